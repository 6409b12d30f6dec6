"""Values of style sheets: sizes, colours and lists of them, as ``$password-height: 48px`` binds them."""

from scanner.lazy import lazy_compile

_SIZE = (
    rb"[+-]?(?:\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})"
    rb"(?:px|r?em|ex|ch|r?lh|cap|ic|[dls]?v(?:[hwib]|min|max)|cq(?:[whib]|min|max)|pt|pc|cm|mm|in|q"
    rb"|fr|deg|g?rad|turn|m?s|k?hz|dpi|dpcm|dppx|%)"
)
_COLOUR = rb"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
_ONE = lazy_compile(rb"(?i)(?:" + _SIZE + rb"|" + _COLOUR + rb")")
_BEGINS = tuple(bytes([byte]) for byte in b"0123456789.+-#")
_PART = (
    rb"(?:"
    + _SIZE
    + rb"|"
    + _COLOUR
    + rb"|[+-]?(?:\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})|!?[a-z][a-z-]{1,40}|[$@][\w-]{1,60}"
    rb"|[a-z-]{2,30}\([^()\n]{0,120}(?:\)|\Z))"
)
_SEVERAL = lazy_compile(
    rb"(?i)"
    + _PART
    + rb"(?:(?:[ ]{0,2}[,/*][ ]{0,2}|[ ]{1,2}(?:[+-][ ]{1,2})?)"
    + _PART
    + rb"){0,12}[ ]?"
)
_DECLARED = lazy_compile(rb"(?:^|[\s;{(])(?:\$|@|--)[A-Za-z][\w-]{0,80}[ \t]{0,12}:[ \t]{0,12}\Z")
"""A variable of SCSS or LESS, or a property of CSS, up to its value: ``--token-width:``.

https://www.w3.org/TR/css-variables-1/   https://sass-lang.com/documentation/variables/
"""
_REACH = 110


def is_style(value: bytes) -> bool:
    """Tell whether a value is one size or colour of a style sheet, whatever binds it.

    >>> is_style(b"320px"), is_style(b"#f5f5f5"), is_style(b"320pixel")
    (True, True, False)
    """
    is_short = len(value) < 20 and value[:1] in _BEGINS
    return is_short and _ONE.fullmatch(value) is not None


def is_property(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` is what a style sheet gives a variable of its own.

    >>> is_property(b"--token-gap: 0 1.5em", 13, 20), is_property(b"--token: k7 or q9", 9, 17)
    (True, False)
    """
    if not data[max(0, start - 12) : start].rstrip(b" \t").endswith(b":"):
        return False
    if _SEVERAL.fullmatch(data, start, end) is None:
        return False
    low = max(data.rfind(b"\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    return _DECLARED.search(data, low, start) is not None
