"""Values beside labels that Markdown or HTML sets off: ``**Password:** x``, ``<td>Password</td><td>x</td>``.

Between such a label and its value stand marks of emphasis or the border of two cells, and no more.
"""

from scanner.lazy import lazy_compile

_TAG = rb"(?:b|strong|em|i|u|code|kbd|tt|samp|span|font|label|p|div|pre)"
_OPEN_TAG = rb"<" + _TAG + rb"(?:[ ][^<>\n]{0,80})?>"
_END = rb"(?:`|\*{1,3}|_{1,2}|</" + _TAG + rb">)"
_SIGN = rb"(?::|=(?![=>])|\xef\xbc\x9a|\xef\xbc\x9d)"
_START = rb"(?:\*{1,3}|" + _OPEN_TAG + rb")"
_MARKS = lazy_compile(
    rb"[ \t]?:?" + _END + rb"{0,2}</(?i:td|th|dt)>\s{0,40}<(?i:td|dd)(?:[ ][^<>\n]{0,120})?>\s{0,40}(?:"
    + _OPEN_TAG + rb"){0,2}"
    + rb"|(?:" + _END + rb"{1,3}[ \t]{0,3}" + _SIGN + rb"|[ \t]?" + _SIGN + _END + rb"{1,3})[ \t]{0,4}"
    + _START + rb"{0,2}"
    + rb"|[ \t]?" + _SIGN + rb"[ \t]{0,4}" + _START + rb"{1,2}"
)  # fmt: skip
"""From a label to its value: cells, the end of an emphasis and a sign in either order, the value's own emphasis."""
_FIRST, _OTHER = rb"[^\s<>\"'`|*(\[{$]", rb"[^\s<>\"'`|]"
_QUOTED = lazy_compile(rb"([`\"'])(?P<value>" + _FIRST + _OTHER + rb"{3,255})\1")
_BARE = lazy_compile(
    rb"(?m)(?P<value>" + _FIRST + _OTHER + rb"{3,255}?)"
    rb"(?=\*{0,3}[,;.]?(?:[ \t\r]{0,8}(?:$|[<|])|[ \t]{2}|[ ](?:[(/#]|(?:-|\xe2\x80[\x93\x94])[ ])))"
)
"""A value up to the end of its line or cell, or a remark; a sentence goes on with a word."""
_REACH = 400


def value_of(data: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the value beside the label ``data[start:end]`` where either is set off.

    >>> value_of(b"**Pass:** `xK3q`", 2, 6), value_of(b"<td>Pass</td><td>xK3q</td>", 4, 8)
    ((11, 15), (17, 21))
    >>> value_of(b"**Pass:** of the account", 2, 6), value_of(b"pass: xK3q", 0, 4)
    (None, None)
    """
    marks = _MARKS.match(data, end, end + _REACH)
    if marks is None:
        return None
    at = marks.end()
    value = _QUOTED.match(data, at, at + _REACH) or _BARE.match(data, at, at + _REACH)
    if value is None:
        return None
    low, high = value.span("value")
    if b"*" in marks.group() and not _is_emphasis(data, start, low, high):
        return None
    return low, high


def _is_emphasis(data: bytes, start: int, low: int, high: int) -> bool:
    """Tell whether stars between a label and its value end an emphasis, or begin one that ends behind it."""
    line = data.rfind(b"\n", max(0, start - 80), start)
    is_opened = data.rfind(b"*", max(line, start - 80, 0), start) >= 0
    return is_opened or (
        data[low - 2 : low].strip(b"`\"'")[-1:] == b"*" == data[high : high + 2].strip(b"`\"'")[:1]
    )
