"""What leads from a name to its value: signs and types, the element or the member that holds it, a block of YAML."""

import re

from scanner.context.literals import wrapped
from scanner.lazy import lazy_compile

_WIDE_SIGN = "：|＝|是|は|는|은".encode()
"""Signs of an assignment in such texts: wide ``:`` and ``=``, and words for ``is``."""
_TYPE = (
    rb"(?:(?<![\"'`])[ \t]{0,3}(?::|\bAs\b)[ \t]{0,3}"
    rb"(?:[\w&<>\[\]?.'| ]{1,40}?(?=[ \t]{1,8}=[^=>~])|[A-Za-z_&<\[][A-Za-z_&<>\[\]?.'| ]{0,39}?(?==[^=>~]))"
    rb"|[ \t]{1,40}(?:string|\[\]byte|(?i:n?(?:var)?char2?)\(\w{1,6}\))(?=[ \t]{0,40}=[^=>~]))?"
)
"""A type behind the name that it is of, as TypeScript, Basic, Go and SQL have it; one right before ``=`` has no digit."""
AFTER = lazy_compile(
    rb"(?P<size>\[\w{0,20}\](?=[ \t]{0,40}=[^=]))?(?P<close>(?:\\{0,3}[\"'`]|[\])])*)"
    + _TYPE
    + rb"""(?:(?:(?<=[)\]])(?P<fallback>"""
    + wrapped.FALLBACK
    + rb""")|(?P<brace>"""
    + wrapped.IN_BRACES
    + rb"""))|[ \t]{0,40}(?P<sep>:{1,3}=|=>|->|<-|[=!]==?|\?\??=|\?\?|\|\|=?|=|:-|:(?!:)|"""
    + _WIDE_SIGN
    + rb""")[ \t]{0,40}
    |[ \t]{0,3}(?P<comma>,)[ \t]{0,40}(?=\\?["'`]|b["']|<<["'])
    |[ \t]{0,2}(?P<call>"""
    + wrapped.OPENS_CALL
    + rb""")
    |(?P<tag>(?:[ \t][^<>]{0,80})?>(?:\s{0,8}<!\[CDATA\[)?)(?=[^<>\s])
    |(?P<gap>[ \t]{1,40}))""",
    re.VERBOSE,
)
_DECLARED = rb"(?:[ \t]{0,3}\{(?:\s{1,20}(?:type|description|sensitive|nullable)[ \t]{0,20}=[^\n]{0,120}){0,4})?"
"""What Terraform has between a variable's name and its default."""
_ELEMENT = (
    rb"""(?:</(?i:(?:[a-z-]{1,16}-)?name|key)>(?:\s{0,40}<(?P<type>[a-z-]{1,16}-type)>[\w.]{1,60}</(?P=type)>)?"""
    rb"""|["'][^<>\n]{0,60}>|>)\s{0,40}<(?i:(?:[a-z-]{1,16}-)?value|string)>(?:\s{0,8}<string>)?"""
    rb"""|</stringProp>\s{0,40}<stringProp name="(?:Argument|Header)\.value">"""
)
"""From a name to the element that holds its value: ``<name>x.secret</name><value>``, ``<param-name>`` beside its own; of JMeter, too."""
VALUE = lazy_compile(
    rb"""(?:["'`]?"""
    + _DECLARED
    + rb"""(?:,[ \t\r\n]{0,40}|[ \t\r\n]{1,40})["':]?(?:android:|[Pp]arameter)?(?:(?i:value)|content|(?:env)?[dD]efault(?:_value|Value)?|initialValue)["']?[ \t]{0,12}(?:=>|[:=])[ \t]{0,3}|"""
    + _ELEMENT
    + rb""")(?=[^\s{\[(<])"""
)
"""What leads from a name that is itself a value to its partner: ``name="password" value="..."``."""
BELOW = lazy_compile(
    rb"""["']?[ \t]{0,3}:[ \t]{1,8}[|>][+\-]?[ \t]{0,4}\r?\n(?P<indent>[ \t]{1,40})(?=[^\s\-#])"""
)
"""What leads from a name to a block of YAML (``password: |``)."""
BINDS = lazy_compile(
    rb"""(?:[\w$.\-]{0,40}|(?:[\xd0\xd1][\x80-\xbf]){1,2}|"""
    + "번호|ñas?|ผ่าน| عبور|ور".encode()
    + rb""")(?:\*{0,3}[ \t]{0,3}(?:"""
    + _WIDE_SIGN
    + rb""")|\}[ ]?=?(?:  |\t)|(?:\[\w{0,20}\])?[\\"'`\])*]{0,6}(?:[ \t]{0,40}[:=!|?,(<]|>|(?:[ \t]{0,8}\r?\n[ \t]{1,40}(?=[.?]))?(?:(?:\.\w{2,10}\(\)){0,2}\.(?:unwrap_or|getOrElse|or[eE_])|\?:)|[ ]?\{[ ]{0,2}["']|[ \t]{1,40}(?:["']|(?<=[A-Za-z][ \t])[^\s\-]))"""
    rb"""|["'`]?"""
    + _DECLARED
    + rb"""(?:,[ \t\r\n]{0,40}|[ \t\r\n]{1,40})["':]?(?:android:|[Pp]arameter)?(?:(?i:value)|content|(?:env)?[dD]efault(?:_value|Value)?|initialValue)["']?[ \t]{0,12}[:=]|"""
    + _ELEMENT
    + rb""")"""
)
"""What must follow a telling word for its line to be read: anything that may bind a value to it."""
