"""Make text from a repository safe to show: nothing in it may act on a terminal or a reader.

Names and summaries are written by strangers. Control characters, escape sequences, characters that
turn the reading direction, and invisible ones become visible escapes (``\\x1b``, ``\\u202e``).
"""

from typing import TextIO

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Return ``text`` on one line, with every character that cannot be seen as an escape.

    Everything that Unicode calls control, format, private, unassigned, surrogate or an unusual
    space is escaped; letters of every script stay as they are.

    Example:
        >>> print(visible("a\\x1b[31mb\\u202ec"))
        a\\x1b[31mb\\u202ec
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    """Return the escape of one character, as Python and most shells would write it."""
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shorten(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, the last three dots if any were cut.

    Example:
        >>> shorten("abcdefgh", 6)
        'abc...'
    """
    return text if len(text) <= limit else text[: limit - 3] + "..."


def emit(out: TextIO, text: str) -> None:
    """Write lines for people, with escapes for what the encoding of ``out`` cannot hold.

    In a GitHub workflow a printed line is a command if it begins with ``::`` or holds ``##[``, and
    a file may be named so: both are broken by a backslash.
    """
    if "::" in text:
        lines = text.splitlines(keepends=True)
        text = "".join(
            line.replace("::", ":\\:", 1) if line.lstrip().startswith("::") else line
            for line in lines
        )
    text = text.replace("##[", "##\\[")
    encoding = getattr(out, "encoding", None)
    if encoding and not text.isascii():
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    out.write(text)
