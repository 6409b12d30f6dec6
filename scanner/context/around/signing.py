"""Signing code: what a message is, and what a call of signing gives back, are no secrets.

Of ``hmac.new(key, message)`` the key alone is one. Tests and docstrings show the signature that comes out,
on a line that names the secret, too.
"""

from scanner.lazy import lazy_compile

_REACH, _NEAR = 300, 90
_SIGNS = rb"(?:(?<![A-Za-z])(?:sign|hmac|digest|hexdigest|encode|encrypt)|Sign|Hmac|HMAC|[a-z_](?:_sign|_hmac|_digest))"
_RETURNS = lazy_compile(
    _SIGNS
    + rb"[A-Za-z0-9_]{0,30}[ ]?\([^\n]{0,160}\)(?:\.\w{1,20}\(\w{0,10}\)){0,3}"
    + rb"(?:[ \t]{1,4}(?:->|=>|={2,3}|\xe2\x86\x92)[ \t]{0,4}|[ \t]{0,4}\r?\n[ \t#*/]{0,16})[bru]?[\"'`]?\Z"
)
"""``sign("secret") -> "``, ``assert sign(...) == "``, and a line of a doctest with its result below."""
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
    has_result_below = b"\n" in found.group()
    return None if has_result_below and _DOCTEST not in line else "a signature"
