"""What payment services call tokens and authorizations: references to a card, to a customer, to what was paid.

Such a reference opens nothing: it is of use with the account's own key alone. What it begins with tells it, or
the record that it is a member of (the last digits of a card, the code of a refusal), or that it is captured below.
"""

from scanner.context.names.roles import words
from scanner.lazy import lazy_compile

_REFERENCE = "a reference to a payment"
_NEAR, _BESIDE = 600, 250
"""Bytes on both sides in which a record of a payment is looked for, and in which a login is."""
_ENDS = frozenset(
    ("token", "cryptogram", "ticket", "authorization", "auth", "string", "data", "code")
)
"""Last words of what is looked at; those behind ``auth`` and ``token`` say what of it."""
_OF_CARDS = frozenset(
    (
        *("payment", "card", "creditcard", "cryptogram", "transaction", "customer", "request"),
        *("reference", "fingerprint", "network", "universal", "risk", "gateway", "acquirer"),
        *("account", "refund", "checkout", "purchase", "installment", "settlement"),
    )
)
"""Words that say, in a record of a payment, what a token stands for; none other may be in its name."""
_FILLS = frozenset(
    (
        "c",
        "ns",
        "n",
        "x",
        "future",
        "source",
        "method",
        "credit",
        "debit",
        "string",
        "self",
        "emv",
        "test",
    )
)
"""Other words of such names: a namespace, half of ``credit card``, what an authorization is kept in."""
_OBJECT = lazy_compile(
    rb"(?:tok|card|cus|charge|refund|payment)_[\w\-]{8,60}(?:\|[\w\-]{4,60})?|EC-[0-9A-Z]{10,20}"
    rb"|((?:src|pm|ps|ch|rf|tfer|txn|ocfp)_[\w\-]{8,60})"
)
"""Objects of Stripe, Pin, Rapyd and others by what their ids begin with, and a checkout of PayPal's.

The short beginnings are other services', too: there the group is set."""
_PLACE = lazy_compile(rb"\|?/[a-z][a-z0-9_\-]{1,20}/[\w\-./|]{4,200}")
"""The path of an object below a service's address."""
_RECORD = lazy_compile(
    rb"(?i)(?:masked|credit|debit|payment)[ _-]?card|cc_?(?:number|last)|(?:\b|_)pan\b"
    rb"|card[ _-]?(?:type|brand|num|hold|data|id\b|no\b|exp)|last[_ -]?(?:4|four)\b|(?:[^a-z]|\bx)(?:cvv|cvc|avs)"
    rb"|expi?r?(?:y|ation)?[ _-]?(?:month|year|date)|trans(?:action)?[ _-]?id\b|err_?code|reason_?code"
    rb"|payment[ _-]?(?:method|type)|<transaction>|[\"']transactions?\\{0,3}[\"'] ?:|[\"']credit_card"
    rb"|card tokeni|ticket_number|\bapproved\b|installment|acquirer|\"3ds|[.\"]threeds"
    rb"|\b[45]\d{5}[*xX]{6}\d{4}\b"
)
"""What stands in the record of a card or of a payment."""
_LOGIN = lazy_compile(rb"(?i)secret|passw|api_?key|\blogin|access_?token|client_?id|authorization:")
_MEMBER = lazy_compile(
    rb"(?:[\w:]{1,40}\\{0,3}[\"'][ ]{0,4}(?::|=>)[ ]{0,4}\\{0,3}[\"']|[{,\n][ \t]{0,40}\w{1,40}: [\"']"
    rb"|<[\w:]{1,40}(?: [^<>\n]{1,80})?>|[?&\n\[][\w\[\]]{1,60}=|\\n\w{1,40}=)\Z"
)
_BRACES = lazy_compile(rb"[{}]|;[ \t\r]*\n")
"""What begins and ends a record: braces, and the end of a statement around it."""
_DONE = lazy_compile(
    rb"[.>](?:capture|refund|void|credit|purchase|unstore|recurring)!?[( ]([^()\n]{1,120})"
)
"""What is done with a payment, and with which arguments: ``gateway.capture(amount, authorization)``."""
_TAGGED = lazy_compile(rb"8A02[0-9A-Fa-f]{4,200}")
"""What a card's chip is answered, in EMV's tags and lengths: the code of the answer (8A) comes first."""
_IN_PARTS = lazy_compile(rb"(?!\d{1,9}\|[A-Za-z0-9]{40,48}\Z)[\w\-]{0,64}[|;][\w\-+/;|]{8,120}")
"""Parts of a reference; a number before forty characters is a token of Laravel's Sanctum."""
_GATEWAY = lazy_compile(rb"(?i)\bgateway\b|:void\b|:capture\b")


def why_payment(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why a token or an authorization only refers to a payment; None if it may open something.

    >>> data = b'{"last_four": "4242", "card_token": "k3x9"}'
    >>> why_payment(data, 37, 41, "card_token")
    'a reference to a payment'
    """
    parts = words(name.rpartition("[")[2])
    if parts == ("cardtoken",):
        parts = ("card", "token")
    if not parts or parts[-1] not in _ENDS or parts[-2:] == ("auth", "token"):
        return None
    if parts[-1] in ("token", "authorization") and _PLACE.fullmatch(data, start, end):
        return _REFERENCE
    if not all(part in _OF_CARDS or part in _FILLS or part in _ENDS for part in parts):
        return None
    if "emv" in parts and _TAGGED.fullmatch(data, start, end):
        return _REFERENCE
    is_paid = (
        ("card" in parts and parts[-1] == "token" and not name.isupper())
        or _is_object(data, start, end)
        or _is_paid_with(data, start, end, name)
        or _is_recorded(data, start, end, parts)
    )
    return _REFERENCE if is_paid else None


def _is_object(data: bytes, start: int, end: int) -> bool:
    """Tell whether a value begins as the ids of payments and cards do; as few letters do, if payments are near."""
    found = _OBJECT.fullmatch(data, start, end)
    if found is None or found[1] is None:
        return found is not None
    near = (max(0, start - _NEAR), end + _NEAR)
    return bool(_GATEWAY.search(data, *near) or _RECORD.search(data, *near))


def _is_paid_with(data: bytes, start: int, end: int, name: str) -> bool:
    """Tell whether code below captures, refunds or pays with a variable.

    Of an authorization in two parts, that such calls stand near is enough: its digits alone are no login.
    """
    if name.lower().endswith("authorization") and _IN_PARTS.fullmatch(data, start, end):
        return _GATEWAY.search(data, end, end + _NEAR) is not None
    variable = name.rpartition(" ")[2].lstrip("@$").encode()
    for call in _DONE.finditer(data, end, end + _NEAR):
        arguments = [part.strip().lstrip(b"@$") for part in call[1].split(b",")]
        if variable in arguments[1 if variable == b"token" else 0 :]:
            return True  # a token that comes first may be the caller's own
    return False


def _is_recorded(data: bytes, start: int, end: int, parts: tuple[str, ...]) -> bool:
    """Tell whether a value is a member of the record of a payment: of its own object, if its name says little."""
    is_token = parts[-1] in ("token", "ticket", "cryptogram", "authorization")
    if not is_token and "transaction" not in parts and parts[-2:] != ("auth", "code"):
        return False
    if not _MEMBER.search(data, max(0, start - 160), start):
        return False
    if _LOGIN.search(data, max(0, start - _BESIDE), end + _BESIDE):
        return False
    is_told = len(parts) > 1 and not _OF_CARDS.isdisjoint(parts)
    members = data[max(0, start - _NEAR) : end + _NEAR] if is_told else None
    return _RECORD.search(members or _own_members(data, start, end)) is not None


def _own_members(data: bytes, start: int, end: int) -> bytes:
    """Return what stands in the innermost object of braces around a value, with what names it, without objects inside."""
    low, high = max(0, start - _NEAR), min(len(data), end + _NEAR)
    parts: list[bytes] = []
    depth, at = 0, start
    for brace in reversed(list(_BRACES.finditer(data, low, start))):
        if depth == 0:
            parts.append(data[brace.end() : at])
        depth += 1 if brace[0] == b"}" else -1
        at = brace.start()
        if depth < 0:
            parts.append(data[max(low, at - 40) : at])
            break
    else:
        parts.append(data[low:at] if depth == 0 else b"")
    depth, at = 0, end
    for brace in _BRACES.finditer(data, end, high):
        if depth == 0:
            parts.append(data[at : brace.start()])
        depth += 1 if brace[0] == b"{" else -1
        at = brace.end()
        if depth < 0:
            break
    else:
        parts.append(data[at:high] if depth == 0 else b"")
    return b" ".join(parts)
