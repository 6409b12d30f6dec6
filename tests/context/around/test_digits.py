"""Behaviour of scanner.context.around.digits: a file of bare keys is told from a list with more in it."""

import pytest

from scanner.context.around.digits import is_list, may_be_list, says_keys

LINE = b"0x" + b"1a" * 32 + b"\n"


def test_lines_of_digits_and_remarks_are_a_list() -> None:
    assert is_list(LINE * 3)
    assert is_list(b"# wallets\n\n" + LINE + b"// more\n" + LINE[2:-1])


@pytest.mark.parametrize("mark", [":", ";", ",", "|", "\t", " ", "----", " , "])
def test_an_address_may_stand_beside_the_digits(mark: str) -> None:
    address, between = b"0x" + b"5C" * 20, mark.encode()
    for row in (address + between + LINE, LINE.rstrip() + between + address + b"\n"):
        assert is_list(row * 3)
        assert is_list(row.rstrip() + between + b"http://u1:x7Kq@45.12.1.9:8000\n")
        assert not is_list(row.rstrip() + between + b"12.5\n")


def test_a_proxy_and_keys_of_solana_may_stand_among_the_digits() -> None:
    assert is_list(LINE.rstrip() + b":45.12.1.9:8000\n" + LINE)
    assert is_list(b"5Kj" * 29 + b"\n" + LINE) and is_list(LINE + b"5Kj" * 29)


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
