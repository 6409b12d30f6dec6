"""Behaviour of scanner.judges.marks: which comments on a line accept what stands there."""

import pytest

from scanner.judges.marks import marks_on

MARK = "0123456789abcdef" * 2
ALLOW = "keysweep:" + "allow"  # split, or this file would accept what it holds
LINES = [
    ("key = 1", ()),
    (f"key = 1  # {ALLOW}", ("*",)),
    (f"key = 1  # {ALLOW} ", ("*",)),
    (f"{ALLOW} key = 1", ("key",)),  # what follows is read as an id, and is none
    (f"key = 1  // {ALLOW} acme-api-key", ("acme-api-key",)),
    (f"key = 1  # {ALLOW} {MARK}", (MARK,)),
    (f"key = 1  # {ALLOW} a-b {ALLOW} c-d", ("a-b", "c-d")),
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
    assert marks_on(data, len(frame[0]) + 2) == marks


def test_only_its_own_line() -> None:
    data = f"one  # {ALLOW}\ntwo\n# {ALLOW}\n".encode()
    assert [marks_on(data, at) for at in (0, data.index(b"two"))] == [("*",), ()]


def test_at_the_edges() -> None:
    assert marks_on(b"", 0) == ()
    data = f"x # {ALLOW}".encode()
    assert marks_on(data, 0) == marks_on(data, len(data)) == ("*",)


def test_bytes_that_are_no_text() -> None:
    assert marks_on(b"\xff\x00 # " + ALLOW.encode() + b" \xff", 0) == ("*",)
