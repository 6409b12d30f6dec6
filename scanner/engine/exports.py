"""Small files that nothing but their form gives away: key exports and notes of bare values."""

from scanner.context.around import digits
from scanner.context.layout import rows
from scanner.context.layout.columns import heading
from scanner.lazy import lazy_compile

SMALL = 2000
"""Bytes of the largest file that is taken for a note of bare values."""
_BLANK = lazy_compile(rb"[\s=:;,\"'(){}]")
_HEADING = lazy_compile(rb"(?i)secret|api[ _-]?key|token|passphrase|private[ _-]?key|mnemonic")
_LONGEST_HEADING = 400
_PASSWORDS = lazy_compile(rb"(?i)[^()]*(?:passw|\bpwd\b)[^()]*")
"""A heading row, and no SQL: the passwords there are hashed more often than not."""

_OPENING = lazy_compile(
    rb"(?:\xef\xbb\xbf)?[ \t\"'#*-]{0,4}[A-Za-z][\w.]{1,15}[\"']?[ \t]{0,2}[,;|:= \t/][ \t]{0,2}[\"']?[\w+/=-]{16}"
)
"""A name and a value at the very beginning: the literals that look for names want a character before."""


def is_export(data: bytes) -> bool:
    """Tell whether bare values are worth a look although nothing tells a system."""
    if len(data) <= SMALL and _OPENING.match(data):
        return True
    if has_heading(data) or is_dump(data):
        return True
    if digits.is_json(data):
        return digits.may_be_list(data)
    return rows.opens_with_digits(data) and (digits.may_be_list(data) or rows.may_be_accounts(data))


def is_dump(data: bytes) -> bool:
    """Tell whether a small text holds little but values alone on their lines."""
    if len(data) > SMALL or b"\0" in data:
        return False
    lines = data.split(b"\n")
    alone = sum(len(line) >= 16 and not _BLANK.search(line.strip().rstrip(b"=")) for line in lines)
    return alone > 0 and alone * 3 >= len(lines)


def has_heading(data: bytes) -> bool:
    """Tell whether the first line is a heading row that names a secret, as key exports have."""
    line = heading(data)
    is_row = len(line) <= _LONGEST_HEADING and any(
        mark in line for mark in (b",", b";", b"\t", b"|")
    )
    return is_row and bool(_HEADING.search(line) or _PASSWORDS.fullmatch(line))
