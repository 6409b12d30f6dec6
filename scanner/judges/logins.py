"""Logins written whole, as ``user:password``: the password behind the colon is the secret, the user is not."""

from scanner.context.around.handles import OF_BOUNCER
from scanner.context.names.roles import words
from scanner.lazy import lazy_compile
from scanner.models import Match

_LOGIN = lazy_compile(rb"[A-Za-z][\w.@+-]{0,60}:(?=[^\s:]{4,120}\Z)(?!//)")
_UNHASHED = lazy_compile(rb"(?i)\{(?:noop|plain|clear(?:text)?)\}(?=\S{3})")
"""https://docs.spring.io/spring-security/reference/features/authentication/password-storage.html"""
_ENCODED = lazy_compile(rb"[\"']\.(?:bytes|getBytes\([^()\n]{0,40}\))\.encodeBase64\(")
"""What Groovy encodes for a header, as a user and a password are: https://docs.groovy-lang.org/latest/html/groovy-jdk/"""
_SCHEMES = (b"md5:", b"sha1:", b"sha256:", b"sha512:", b"plain:", b"bearer:", b"token:", b"basic:")
_BEFORE_AUTH = frozenset(("basic", "http", "cloud", "proxy", "digest", "flower", "registry", "web"))


def behind_login(data: bytes, match: Match, kind: str, name: str) -> tuple[Match, str]:
    """Return a match without the user or the mark before its password, and the kind of what is left."""
    value = data[match.start : match.end]
    if kind == "password":
        cut = _UNHASHED.match(value) or (OF_BOUNCER.match(value) if b"/" in value else None)
    elif (
        kind == "token"
        and b":" in value
        and (_is_of_login(name) or _ENCODED.match(data, match.end))
    ):
        is_scheme = value.lower().startswith(_SCHEMES)
        cut = None if is_scheme else _LOGIN.match(value)
    else:
        cut = None
    if cut is None:
        return match, kind
    return match._replace(start=match.start + cut.end()), "password"


def _is_of_login(name: str) -> bool:
    """Tell whether a name says that a user and a password stand together: ``BASIC_AUTH``, ``cloud.auth``."""
    parts = words(name)
    if parts[-1:] in (("credentials",), ("credential",), ("creds",)):
        return parts[-2:-1] != () and parts[-2] in _BEFORE_AUTH
    return parts[-1:] == ("auth",) and not _BEFORE_AUTH.isdisjoint(parts[:-1])
