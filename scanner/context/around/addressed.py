"""Values that say where something is sent to, or what is meant: devices, receivers, queries, numbers, examples.

An application tells everybody who sends messages for it the token of a device. A persisted query is asked for by its
digest, under the name of what it does. A prime that a secret is shared over is printed in the program.
A description of a service shows an answer, with the id of a token that nobody has.
"""

from scanner.context.names.roles import words
from scanner.context.values.ids import is_uuid
from scanner.lazy import lazy_compile

_REACH = 300
"""Bytes on each side in which a second query, or the service, is looked for."""
_APNS = lazy_compile(rb"[0-9a-fA-F]{64}|[0-9a-fA-F]{160}")
"""https://developer.apple.com/documentation/usernotifications/registering-your-app-with-apns"""
_FCM = lazy_compile(rb"[\w-]{11,24}:APA91b[\w-]{100,200}")
"""https://firebase.google.com/docs/cloud-messaging/manage-tokens"""
_DEVICES = frozenset(("device", "push", "apns", "fcm", "registration"))
_QUERY = lazy_compile(
    rb"\b(?:Get|Fetch|List|Search|Create|Add|Update|Set|Edit|Delete|Remove|Reset|Change|Forgot|Confirm|Verify"
    rb"|Validate|Refresh|Revoke|Login|Logout|Register|Request|Send)[A-Z][A-Za-z]{1,60}[\"']?\s{0,3}:\s{0,3}[\"'][0-9a-f]{64}[\"']"
)
"""An operation and the SHA-256 of its text: https://www.apollographql.com/docs/apollo-server/performance/apq"""
_NUMBERS = frozenset(("prime", "modulus"))
_NUMBER = lazy_compile(rb"(?:0[xX])?[0-9a-fA-F]{16,1024}")
_PUSHOVER = lazy_compile(rb"[A-Za-z0-9]{30}")
"""https://pushover.net/api#identifiers: the key of a user is no secret, the token of an application is."""
_SHOWN = lazy_compile(rb"(?:^|[\s{,\"'-])[eE]xamples?[\"']?\s{0,2}:\s{0,8}\Z")
"""What a description shows: https://spec.openapis.org/oas/v3.1.0#media-type-object"""
_FAR = 700
"""Bytes before a value in which what it is a member of begins."""


def why_addressed(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why ``data[start:end]``, bound to ``name``, is an address, a query or a number; None if it may be a secret.

    >>> why_addressed(b"deviceToken=" + b"0f" * 32, 12, 76, "deviceToken")
    'the address of a device'
    """
    parts = words(name)
    if parts[-1:] == ("token",) and not _DEVICES.isdisjoint(parts[-2:-1]):
        is_apple = parts[-2] != "registration" and _APNS.fullmatch(data, start, end)
        if is_apple or _FCM.fullmatch(data, start, end):
            return "the address of a device"
    if parts[-2:] == ("user", "key") and _PUSHOVER.fullmatch(data, start, end):
        near = data[max(0, start - _REACH) : end + _REACH]
        return "the address of a receiver" if b"pushover" in near.lower() else None
    if not _NUMBERS.isdisjoint(parts[-1:]) and _NUMBER.fullmatch(data, start, end):
        return "a number of mathematics"
    if end - start == 64 and name[:1].isupper() and _is_query(data, start, end):
        return "the digest of a query"
    if end - start == 36 and is_uuid(data[start:end]) and _is_shown(data, start):
        return "an example of an answer"
    return None


def _is_shown(data: bytes, start: int) -> bool:
    """Tell whether a value is a member of an ``example``, by the brace around it or by the lines of YAML above.

    >>> _is_shown(b"example: { id: 7, token: x", 25), _is_shown(b"example: { id: 7 }, token: x", 27)
    (True, False)
    """
    low = max(0, start - _FAR)
    opened = data.rfind(b"{", low, start)
    if opened >= 0 and data.find(b"}", opened, start) < 0:
        return _SHOWN.search(data, max(0, opened - 30), opened) is not None
    *above, own = data[low:start].split(b"\n")
    indent = len(own) - len(own.lstrip(b" "))
    for line in reversed(above[1:]):
        if line.strip() and len(line) - len(line.lstrip(b" ")) < indent:
            return _SHOWN.search(line) is not None
    return False


def _is_query(data: bytes, start: int, end: int) -> bool:
    """Tell whether a digest and another one near it are bound to names of what is asked for."""
    found = [
        query.end() - 1 for query in _QUERY.finditer(data, max(0, start - _REACH), end + _REACH)
    ]
    return end in found and len(found) > 1
