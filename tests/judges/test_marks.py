"""Behaviour of scanner.judges.marks: which comments on a line accept what stands there."""

import time

import pytest

from scanner.judges.marks import common, marks_on

MARK = "0123456789abcdef" * 2
ALLOW = "keysweep:" + "allow"  # split, or this file would accept what it holds
KNOWN = frozenset(("acme-api-key", "acme-api-secret"))
LINES = [
    ("key = 1", ()),
    (f"key = 1  # {ALLOW}", ("*",)),
    (f"key = 1  # {ALLOW} ", ("*",)),
    (f"{ALLOW} key = 1", ("*",)),  # a word that is no id is a note
    (f"key = 1  # {ALLOW} because it is a test", ("*",)),
    (f"key = 1  # {ALLOW}: an old key", ("*",)),
    (f"key = 1  # {ALLOW} false-positive", ("*",)),
    (f"key = 1  # {ALLOW} (acme-api-key)", ("acme-api-key",)),
    (f"key = 1  # {ALLOW}:acme-api-key", ("acme-api-key",)),
    (f"key = 1  # {ALLOW}[acme-api-key]", ("acme-api-key",)),
    (f"key = 1  # {ALLOW} ACME-api-key", ("acme-api-key",)),
    (f"key = 1  # {ALLOW} acme-* in tests", ("acme-*",)),
    (f"key = 1  # {ALLOW} acme-api-kye", ("acme-api-kye",)),  # a slip accepts nothing
    (f"key = 1  # {ALLOW} acme-old", ("acme-old",)),  # nor does a rule that is gone
    (f"key = 1  # {ALLOW} other-api-token", ("other-api-token",)),
    (f"key = 1  # {ALLOW} {MARK[:20]}", (MARK[:20],)),
    (f"key = 1  # {ALLOW} why?", ("*",)),
    (f"key = 1  /* {ALLOW} acme-*/", ("acme-",)),  # half a comment's end: accepts nothing
    (f"key = 1  /* {ALLOW}*/", ("*",)),
    (f"key = 1  <!-- {ALLOW}-->", ("*",)),
    (f"key = 1  // {ALLOW} acme-api-key", ("acme-api-key",)),
    (f"key = 1  # {ALLOW} {MARK}", (MARK,)),
    (f"key = 1  # {ALLOW} acme-x {ALLOW} acme-y", ("acme-x", "acme-y")),
    (f"key: 1 <!-- {ALLOW} -->", ("*",)),
    (f"key: 1 <!-- {ALLOW} acme-api-key -->", ("acme-api-key",)),
    (f"key = 1 /* {ALLOW} */", ("*",)),
    (f"key = 1  # {ALLOW.upper()}", ()),
    (f"key = 1  # not {ALLOW}ed", ()),
    ("key = 1  # keysweep: " + "allow", ()),
    ("key = 1  # gitleaks:" + "allow", ("*",)),
    ("key = 1  # betterleaks:" + "allow", ("*",)),
    ("key = 1  # pragma: " + "allowlist secret", ("*",)),
    ("key = 1  # pragma:" + "allowlist secret", ("*",)),
    ("key = 1  # pragma: " + "whitelist secret", ("*",)),
    ("key = 1  # trufflehog:" + "ignore", ("*",)),
    ("key = 1  # pragma: no cover", ()),
]


@pytest.mark.parametrize(("line", "marks"), LINES)
@pytest.mark.parametrize("frame", [("", ""), ("a: b\n", "\nc: d"), ("", "\r\nrest")])
def test_marks(line: str, marks: tuple[str, ...], frame: tuple[str, str]) -> None:
    data = (frame[0] + line + frame[1]).encode()
    assert marks_on(data, len(frame[0]) + 2, KNOWN) == marks


@pytest.mark.parametrize("start", ["#", "//", "<!--", "  # ", "/*"])
def test_the_line_below_a_comment_of_detect_secrets(start: str) -> None:
    """As there, the comment stands alone; a word before it could hide what is meant."""
    data = f"a\n{start} pragma: {'allowlist'} nextline secret\nkey = 1\nkey = 2\n".encode()
    assert marks_on(data, data.index(b"key = 1") + 3) == ("*",)
    assert marks_on(data, data.index(b"key = 2")) == ()
    spoilt = data.replace(b"a\n", b"a ")
    assert marks_on(spoilt, spoilt.index(b"key = 1")) == ()


def test_only_its_own_line() -> None:
    data = f"one  # {ALLOW}\ntwo\n# {ALLOW}\n".encode()
    assert [marks_on(data, at) for at in (0, data.index(b"two"))] == [("*",), ()]


def test_at_the_edges() -> None:
    assert marks_on(b"", 0) == ()
    data = f"x # {ALLOW}".encode()
    assert marks_on(data, 0) == marks_on(data, len(data)) == ("*",)


def test_bytes_that_are_no_text() -> None:
    assert marks_on(b"\xff\x00 # " + ALLOW.encode() + b" \xff", 0) == ("*",)


def test_a_line_of_thousands_of_marks_and_secrets_takes_no_time() -> None:
    """The marks of a line are read once, and no more of them than anybody writes; more accept nothing."""
    known = frozenset(f"vendor{place}-api-key" for place in range(500))
    line = "".join(f"key = {n} /*{ALLOW} vendr{n}-api-kay*/" for n in range(3000)).encode()
    begun = time.process_time()
    marks = [marks_on(line, at, known) for at in range(0, len(line), 40)]
    assert len(common(marks)) == 20
    assert "*" not in marks_on(line + b" " + ALLOW.encode(), 0, known)
    assert time.process_time() - begun < 3


def test_marks_are_those_of_every_line() -> None:
    """Of a secret on thousands of lines, most with marks for all, one with a mark of its own."""
    own = ("acme-api-key",)
    assert common([("a-key", f"b{n}-key") for n in range(2)]) == ("a-key",)
    assert common([("*",)] * 5000 + [own]) == own
    assert common([("*",)] * 5000 + [own, ()]) == ()
