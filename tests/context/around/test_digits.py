"""Behaviour of scanner.context.around.digits: a file of bare keys is told from a list with more in it."""

from scanner.context.around.digits import is_list, may_be_list, says_keys

LINE = b"0x" + b"1a" * 32 + b"\n"


def test_lines_of_digits_and_remarks_are_a_list() -> None:
    assert is_list(LINE * 3)
    assert is_list(b"# wallets\n\n" + LINE + b"// more\n" + LINE[2:-1])


def test_a_list_of_json_is_one_too() -> None:
    key = b'"' + LINE.strip() + b'"'
    assert is_list(b"[" + b", ".join([key] * 3) + b"]\n")
    assert is_list(b"[\n  " + b",\n  ".join([key] * 3) + b"\n]")
    assert not is_list(b"[" + key + b', {"a": ' + key + b"}]")
    assert not is_list(b"[" + key + b', "name"]')


def test_anything_else_makes_it_none() -> None:
    """Checksums of files, shorter digits and large files are no such list."""
    assert not is_list(LINE + b"1a" * 32 + b"  setup.py\n")
    assert not is_list(LINE + b"1a" * 20 + b"\n")
    assert not may_be_list(LINE * 4000)
    assert not is_list(b"")


def test_only_remarks_say_keys() -> None:
    assert says_keys(b"# private keys of the bots\n" + LINE)
    assert not says_keys(b"# transactions\n" + LINE)
