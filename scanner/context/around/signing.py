"""Signing code: what a message is, and what a call of signing gives back, are no secrets.

Of ``hmac.new(key, message)`` the key alone is one. Tests and docstrings show the signature that comes out,
on a line that names the secret, too.
"""

from scanner.lazy import lazy_compile

_REACH, _NEAR = 300, 90
_SIGNS = (
    rb"(?:(?<![A-Za-z])(?:sign|hmac|digest|hexdigest|encode|encrypt|keccak|soliditySha3)|Sign|Hmac|HMAC|[a-z_](?:_sign|_hmac|_digest)"
    rb"|(?:utils|ethers)\.id(?=\())"
)
_RETURNS = lazy_compile(
    _SIGNS
    + rb"[A-Za-z0-9_]{0,30}[ ]?\([^\n]{0,160}\)(?:\.\w{1,20}\(\w{0,10}\)){0,3}"
    + rb"(?:[ \t]{1,4}(?:->|=>|={2,3}|\xe2\x86\x92)[ \t]{0,4}|[ \t]{0,4}\r?\n[ \t#*/]{0,16}"
    rb"|[;,)]{0,3}(?:[ \t]{1,8}|[ \t]{0,4}\r?\n[ \t]{0,40}(?=[^\n]{1,3}(?:[-=]>|\xe2\x86\x92)))(?:#|//)[ \t]{0,3}(?:[-=]{1,2}>|=|\xe2\x86\x92)?[ \t]{0,3}(?:0x)?)[bru]?[\"'`]?\Z"
)
"""``sign("secret") -> "``, ``assert sign(...) == "``, a line of a doctest with its result below; and the remark
behind a call, or below it with an arrow, that shows what comes out: ``digest = h.hexdigest()  # 0a1b``."""
_SHOWN = lazy_compile(rb"\n[ \t]{0,40}(?:#|//)[ \t]{0,3}(?:[-=]{1,2}>|\xe2\x86\x92)[^\n]{0,12}\Z")
_DOCTEST = b">>> "
_MESSAGE = lazy_compile(r"(?:hmac\.(?:new|digest)|HMAC\.new)\Z")
"""Calls of Python that take the key, then the message; Go has ``hmac.New``, Ruby ``HMAC.digest(name, key, ...)``."""
_UPDATED = lazy_compile(rb"(?i)hmac\w{0,20}\([^\n]{0,160}\)\s{0,20}\.update\(\s{0,4}[bru]?[\"'`]\Z")
"""``createHmac("sha256", secret).update("``."""


def why_signed(data: bytes, start: int, callee: str, place: int) -> str | None:
    """Return why signing code says that the value at ``start`` is no secret; None if it does not.

    ``callee`` and ``place``: the call it is an argument of, and which argument, from 0.

    >>> why_signed(b'sign("key") -> "0a1b', 16, "", -1), why_signed(b'sign("0a1b', 6, "sign", 0)
    ('a signature', None)
    """
    if place == 1 and _MESSAGE.search(callee):
        return "a message that is signed"
    low = max(0, start - _REACH)
    near = data[max(0, start - _NEAR) : start]
    if b".update(" in near and _UPDATED.search(data, low, start):
        return "a message that is signed"
    if b")" not in near:
        return None
    found = _RETURNS.search(data, low, start)
    if found is None:
        return None
    line = data[max(data.rfind(b"\n", low, found.start()) + 1, low) : found.start()]
    has_result_below = b"\n" in found.group() and not _SHOWN.search(found.group())
    return None if has_result_below and _DOCTEST not in line else "a signature"


_SECTION = lazy_compile(
    rb"(?i)(?:session|jwt|cookieSession)\w{0,24}(?:\.\w{1,16})?[\"']?\s{0,3}(?:[:=]|=>|\()\s{0,3}(?:new\s{1,3}\w{1,24}\()?[{\[(][^{}]{0,200}\Z"
    rb"|\b(?:jwt|session)\w{0,12}:[ \t]*\r?\n(?:[ \t]+[^\n]{0,80}\n){0,4}[ \t]+[\w.-]{1,30}:[ ]{0,4}[\"']?\Z"
)
_TOKENS = (
    *(b"jwt", b"JWT", b"Jwt", b"Jws", b"SymmetricSecurityKey", b"SignedString", b".signWith("),
    *(b"Algorithm.HMAC", b"cookieParser(", b"cookieSession(", b"CookieStore(", b"app.keys"),
    *(b"cookie.NewStore(", b"memstore.NewStore(", b"redis.NewStore(", b"FilesystemStore("),
    *(b"JSONWebSignature", b"SafeSerializer(", b"TimedSerializer(", b"csrf.Protect("),
)


def signs_tokens(data: bytes, start: int) -> bool:
    """Tell whether the section or the call around a value at ``start`` is one of web tokens or sessions.

    >>> signs_tokens(b'session({ secret: "x', 19), signs_tokens(b'oauth({ secret: "x', 17)
    (True, False)
    """
    return _SECTION.search(data, max(0, start - _REACH), start) is not None


def calls_for_tokens(data: bytes, start: int) -> bool:
    """Tell whether a key at ``start`` is handed to what signs tokens or cookies, where HMAC may have a label for one.

    >>> calls_for_tokens(b'jwt.sign({}, "x', 14), calls_for_tokens(b'createHmac("sha256", "x', 22)
    (True, False)
    """
    near = data[max(0, start - _REACH // 2) : start]
    line = near[near.rfind(b"\n", 0, -60) + 1 :]
    return any(word in line for word in _TOKENS)
