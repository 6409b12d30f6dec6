"""Values one level below their names, as parameters and outputs of templates have them.

``"adminPassword": { "value": "..." }`` of Azure's templates, what ``terraform output -json`` prints, ``Default:`` under
a parameter of CloudFormation: the name opens a member, and one of that member's own settings is the value.
"""

import re

from scanner.lazy import lazy_compile

_OF_IT = rb"""["']?(?:(?i:(?:default_?)?value)|[dD]efault)["']?"""
_MEMBER = rb"""["']?(?!(?i:(?:default_?)?value|default)["' \t:=])[A-Za-z][\w\-]{0,30}["']?[ \t]{0,3}[:=][ \t]{0,3}"""
"""A setting beside the value, up to what it is set to: its type, whether it is sensitive."""
_IN_BRACES = lazy_compile(
    rb"""["'`]?[ \t]{0,3}(?::|=>?)[ \t]{0,3}\{\s{0,40}(?:"""
    + _MEMBER
    + rb"""(?:"[^"\n]{0,160}"|'[^'\n]{0,160}'|[\w.\-]{1,40}|\{[^{}]{0,160}\}|\[[^\[\]]{0,160}\])[ \t]{0,3},?\s{1,40}){0,5}"""
    + _OF_IT
    + rb"""[ \t]{0,3}(?::|=>?)[ \t]{0,3}(?=["'])"""
)
_BY_INDENT = lazy_compile(
    rb"""["']?[ \t]{0,3}:[ \t]{0,8}\r?\n(?P<indent>[ ]{1,40})(?:(?:"""
    + _MEMBER
    + rb"""|#)[^\n]{0,160}\n(?:(?P=indent)[ ][^\n]{0,160}\n){0,4}(?P=indent)){0,5}"""
    + _OF_IT
    + rb""":[ \t]{1,8}(?=[^\s{\[(<&*|>#!])"""
)
_MARGIN = lazy_compile(rb"[ ]{0,80}(?:-[ ]{1,3})?")
_LONGEST = 400


def value_at(data: bytes, start: int, end: int) -> int | None:
    """Return where the value of the member begins that the name ``data[start:end]`` opens; None if it opens none.

    >>> value_at(b'"pw": { "value": "x" }', 1, 3), value_at(b"pw:\\n  value: x", 0, 2), value_at(b"pw:\\nvalue: x", 0, 2)
    (17, 13, None)
    """
    found = _IN_BRACES.match(data, end, end + _LONGEST)
    if found is not None:
        return found.end()
    found = _BY_INDENT.match(data, end, end + _LONGEST)
    if found is None or len(found["indent"]) <= _margin(data, start):
        return None
    return found.end()


def _margin(data: bytes, start: int) -> int:
    """Return how many blanks, and the mark of a list among them, stand before the line of an offset."""
    line = data.rfind(b"\n", max(0, start - _LONGEST), start) + 1
    margin: re.Match[bytes] | None = _MARGIN.match(data, line, start)
    return margin.end() - line if margin is not None else 0
