"""Hashes of passwords in records of users, and their salts: what a server keeps in a password's place.

Hexadecimal digits beside ``password`` may be a password that was drawn so. In the record of a user (an address of
mail, a role, a day of its making) or beside a salt, a hash or its algorithm they are a digest.
"""

from scanner.context.names.roles import words
from scanner.lazy import lazy_compile

_REACH = 400
"""Bytes on each side in which the record of a value is looked for."""
_DIGEST = lazy_compile(
    rb"(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128}"
    rb"|[0-9A-F]{32}|[0-9A-F]{40}|[0-9A-F]{56}|[0-9A-F]{64}|[0-9A-F]{96}|[0-9A-F]{128})"
)
"""MD5, SHA-1 and the lengths of SHA-2, in hexadecimal digits."""
_ENCODED = lazy_compile(rb"[A-Za-z0-9+/]{20,180}={0,2}")
_PASSWORDS = frozenset(("password", "passwd", "pwd", "pass", "pw", "passhash"))
_BEFORE = rb"(?i)(?:^|[\s{,;(\"'`:.\\>])"
_AFTER = rb"\\{0,3}[\"'`\])]{0,3}[ \t]{0,12}(?:=>|[:=>])"
_HASHES = lazy_compile(
    _BEFORE + rb"(?:[\w-]{0,30}hash(?:ed)?\w{0,30}|iterations?|algo(?:rithm)?|digest)" + _AFTER
)
_HASH = lazy_compile(
    _BEFORE
    + rb"(?:hash_?iterations|(?![\w-]{0,60}salt)(?:[\w-]{0,30}hash(?:ed)?(?:_?(?:password|value))?|digest|password))"
    + _AFTER
    + rb"[ \t]{0,12}\\{0,3}[\"']?(?:[A-Za-z0-9+/$.=]{24}|[0-9]{3,7}\b)"
)
"""The hash that a salt was put into, with its value: a salt beside an algorithm alone is one that all passwords share."""
_SALT = lazy_compile(_BEFORE + rb"[\w-]{0,30}salt" + _AFTER)
_OF_USER = lazy_compile(
    _BEFORE
    + rb"(?:_?id|uid|user_?id|e_?mail(?:_?address)?|roles?|is_?(?:admin|active|staff|superuser|verified)"
    rb"|(?:first|last|full|display)_?name|(?:created|updated|modified|confirmed)_?(?:at|on)|date_?joined|last_?login"
    rb"|avatar|gender|birth\w{0,10}|phone(?:_?number)?)" + _AFTER
)
_OF_SERVER = lazy_compile(
    _BEFORE
    + rb"(?:[\w-]{0,20}(?:host(?:name)?|port|database|db_?name|url|uri|server|dsn|driver|endpoint))"
    + _AFTER
)
_VALUE_OF_HASH = lazy_compile(
    rb"\\{0,3}[\"'](?:value|hash(?:ed)?(?:salted)?(?:value)?)\\{0,3}[\"'][ ]?:[ ]?\\{0,3}[\"']\Z",
)
_HASH_BEFORE = lazy_compile(
    rb"[\"'](?:value|hash)\\{0,3}[\"'][ ]?:[ ]?\\{0,3}[\"'][A-Za-z0-9+/]{40,180}={0,2}\\{0,3}[\"'],\s{0,8}\\{0,3}[\"']salt\\{0,3}[\"']"
)
_MD5 = lazy_compile(rb"[0-9a-f]{32}")
_NAMES_HASH = lazy_compile(r"(?i)(?<![a-z])md5[_-]?(?:secret|password|passwd|pass)$")
"""Asterisk keeps ``md5secret`` (https://docs.asterisk.org/), a digest of user, realm and password, in its stead."""
_OF_GITLAB = ("sql_user_password", "pgbouncer_user_password", "sql_replication_password")
_BY_GITLAB = lazy_compile(rb"postgresql\[[\"']\w{1,40}[\"']\]\s{0,8}=\s{0,8}[\"']\Z")
"""Hashed by ``gitlab-ctl pg-password-md5``: https://docs.gitlab.com/administration/postgresql/replication_and_failover/"""
_EXPECTED = lazy_compile(rb"\)[ ]{0,2}={2,3}[ ]{0,2}b?[\"']\Z")


def why_stored(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why ``data[start:end]``, bound to ``name``, is the hash or the salt of a stored password; None if not.

    >>> record = b'{"id": 7, "password": "' + b"0f" * 16 + b'"}'
    >>> why_stored(record, 23, 55, "password")
    'a password hash'
    """
    last = words(name)[-1:]
    before = data[max(0, start - 40) : start]
    is_told = last in (("salt",), ("secret",)) or not _PASSWORDS.isdisjoint(last)
    if not is_told and b'"' not in before and b") =" not in before:
        return None
    is_digest = _DIGEST.fullmatch(data, start, end) is not None
    if is_digest and b")" in before and _EXPECTED.search(before):
        return "what a call is expected to give back"
    if not is_digest and _ENCODED.fullmatch(data, start, end) is None:
        return None
    if last == ("salt",):
        low, high = _record(data, start, end)
        is_kept = (
            _HASH.search(data, low, start)
            or _HASH.search(data, end, high)
            or _HASH_BEFORE.search(data, low, start)
        )
        return "the salt of a stored password" if is_kept else None
    if _MD5.fullmatch(data, start, end) and (
        _NAMES_HASH.search(name)
        or (name.endswith(_OF_GITLAB) and _BY_GITLAB.search(data, max(0, start - 80), start))
    ):
        return "a password hash"
    if _VALUE_OF_HASH.search(before):
        low, high = _record(data, start, end)
        return "a password hash" if _SALT.search(data, low, high) else None
    if not is_digest or _PASSWORDS.isdisjoint(last):
        return None
    low, high = _record(data, start, end)
    if _OF_SERVER.search(data, low, high):
        return None
    told = _OF_USER, _SALT, _HASHES
    is_of_user = any(one.search(data, low, start) or one.search(data, end, high) for one in told)
    return "a password hash" if is_of_user else None


def _record(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the record around a value: its braces, or the blank lines around it.

    What is held as text within (``"secretData": "{...}"``) is of the record around it.
    """
    low, high = max(0, start - _REACH), min(len(data), end + _REACH)
    is_text = data[start - 2 : start - 1] == b"\\"
    if not is_text:
        low = max(low, data.rfind(b"{", low, start))
        stop = data.find(b"}", end, high)
        high = stop if stop >= 0 else high
    blank = data.rfind(b"\n\n", low, start)
    low = blank if blank >= 0 else low
    stop = data.find(b"\n\n", end, high)
    return low, stop if stop >= 0 else high
