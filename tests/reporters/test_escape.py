"""Nothing from a repository may act on a terminal, a log or a reader's eye."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.reporters.escape import emit, shorten, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("src/main.py", "src/main.py"),
        ("caf\u00e9 \u65e5\u672c.py", "caf\u00e9 \u65e5\u672c.py"),
        ("\x1b]0;x\x07", "\\x1b]0;x\\x07"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\u202ereversed\u2066", "\\u202ereversed\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\x9b31m\x7f\xad", "\\x9b31m\\x7f\\xad"),
        ("\u2028\u2029\U000e0041", "\\u2028\\u2029\\U000e0041"),
        ("\udcff", "\\udcff"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    """One row for each class of character."""
    assert visible(text) == expected


@given(st.text())
def test_visible_is_printable_and_stable(text: str) -> None:
    """What is visible stays as it is."""
    assert visible(text).isprintable()
    assert visible(visible(text)) == visible(text)


def test_shorten() -> None:
    """Never longer than the limit."""
    assert shorten("abc", 3) == "abc"
    assert shorten("abcdefgh", 6) == "abc..."


def test_emit_keeps_to_the_encoding() -> None:
    """A terminal without Unicode gets escapes, not an error."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    emit(out, "caf\u00e9\n")
    out.flush()
    assert raw.getvalue() == b"caf\\xe9\n"


@pytest.mark.parametrize(
    "line", ["::error::x\n", "  ::stop-commands::x\n", "a ##[error]x\n", "a\n::debug::x"]
)
def test_emit_writes_no_workflow_command(line: str) -> None:
    """A file may be named like a command of GitHub's runner."""
    out = io.StringIO()
    emit(out, line)
    assert not any(part.lstrip().startswith("::") for part in out.getvalue().splitlines())
    assert "##[" not in out.getvalue()


def test_emit_leaves_other_colons() -> None:
    """C++ names stay as they are."""
    out = io.StringIO()
    emit(out, "std::string\n")
    assert out.getvalue() == "std::string\n"
