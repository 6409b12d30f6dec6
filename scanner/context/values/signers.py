"""Keys that sign tokens and sessions: people choose them as they do a password, and mostly call them what they are.

``acme_jwt_secret`` is one, ``my-jwt-secret`` is a placeholder: what tells them is a word that no such name has.
"""

from scanner.context.values.captions import names_secret
from scanner.context.values.customary import DEFAULTS, EXAMPLES, OF_SECRETS, PARTS, SHOWN
from scanner.context.values.randomness import has_sequence
from scanner.lazy import lazy_compile

_LEAST = 8
_TEXT = lazy_compile(
    rb"[=*#_~-]{0,12}[A-Za-z](?:[A-Za-z0-9@$!]|[_.=*#&+~-]{1,12}(?=\w)|[ ](?=\w)){6,80}[!?.=]{0,12}"
)
_NAME = lazy_compile(
    r"(?i)(?:jwt|session|cookie|token|sign(?:ing|er|ature)?|hmac|express|flask|nextauth|auth)(?:(?!client)[a-z_.\-]){0,24}secret"
    r"|^(?:\w{0,20}\.)?(?:app_?|django_?|flask_?|rails_?)?secret_?key(?:_?base)?$|^secret_?or_?(?:private_?|public_?)?key$"
    r"|(?:jwt|sign(?:ing)?)_?(?:secret_?)?key$"
)
_SAID = EXAMPLES | frozenset(
    b"must required requires missing cannot failed failure error expected provided provide empty found unable unknown "
    b"incorrect ejemplo exemple exemplo beispiel esempio voorbeeld przyklad ornek primer tu sua votre dein deine "
    b"seu mon ihr uw twoj".split()
)
"""Words of messages, and those of examples in other languages."""
_PLAIN = frozenset(
    b"keyboard cat cats cookie cookies shhh shhhh shhhhh shhhhhh mysecret mysecretkey supersecret supersecretkey "
    b"topsecret jwtsecret jwtsecretkey sessionsecret secretword secretsecret verysecret somesecret mysecrettoken "
    b"scotchyscotch ilovescotchyscotch mypassword "
    b"hard guess string you will never ever guess random randomly need needs must changed really nobody knows know "
    b"tell anyone anybody please keep safe put here long longer longest very text phrase something anything whatever "
    b"blah lorem ipsum dolor complex unique precious development insecure unsafe django about least characters "
    b"character bits byte bytes minimum minimal more than enough required used using uses only just signed verify "
    b"verification authentication authorization authenticate login logout user users admin server client backend "
    b"frontend website page site name value number setting settings config configuration variable environment env "
    b"shared optional another other same different hidden crypto cryptographic algorithm hello world first second "
    b"important unsecure unquoted signature verifier encryptor older newer webhook webhooks stripe value values "
    b"custom simple basic easy great good nice bad like love have does doesn should would could which what when where their "
    b"your yours mine ours these those some many much also even then them they were been being over under after "
    b"before because without within store stored storage header bearer cookie-name issuer audience subject claim "
    b"claims payload sample replaced own database passport express spring boot laravel symfony rails node nodejs "
    b"react angular flask fastapi golang java javascript python dotnet asp core web rest http https json "
    b"function undefined object boolean".split()
)
"""What every such placeholder is made of, and the frameworks whose tutorials have them."""


def may_sign(value: bytes, kind: str, how: str, name: str, reason: str) -> bool:
    """Tell whether words may be a key that tokens are signed with: their name says it, or what is around may.

    ``reason``: why ``passwords.of_literal`` takes them for none; the rest as there.

    >>> may_sign(b"acme_jwt_secret_prod", "api_secret", "setting", "JWT_SECRET", "reads as words")
    True
    """
    if how not in ("quoted", "setting") or reason not in _WORDY:
        return False
    is_bare = kind == "api_secret" and name.lower().rpartition(".")[2] in _BARE
    is_signer = is_bare or names_signer(name)
    return is_signer and _LABEL.fullmatch(value) is None and is_signing_text(value)


_WORDY = frozenset(
    ("words", "reads as words", "a word of examples", "short for a key", "a placeholder")
)
_BARE = ("secret", "key")
"""Names that only their section tells: ``jwt: secret: ...``, ``session({ secret: ... })``."""


_LABEL = lazy_compile(rb"[A-Z][a-z]+|[A-Z][A-Za-z.]*(?: [A-Za-z.]+)+|[A-Z]+(?:_[A-Z]+)+")
"""A capitalised word, or several with blanks: what a page calls the field; or the name of a variable."""


def names_signer(name: str) -> bool:
    """Tell whether a name is that of a key that tokens or sessions are signed with.

    >>> [names_signer(name) for name in ("JWT_SECRET", "jwtKey", "SECRET_KEY_BASE", "mySigningKey")]
    [True, True, True, True]
    >>> [names_signer(name) for name in ("oauthClientSecret", "tokenKey", "SESSION_KEY", "jwt_secret_name")]
    [False, False, False, False]
    """
    lower = name.lower()
    if "secret" not in lower and "key" not in lower:
        return False
    found = _NAME.search(name)
    return found is not None and name[found.end() :].lower().strip("_-.") in ("", "key", "prod")


def names_own_signer(name: str) -> bool:
    """Tell whether a name is that of a key that a program signs its own sessions with: no exchange hands it out.

    >>> [names_own_signer(name) for name in ("app.secret_key", "secret_key_base", "SESSION_SECRET", "secret_key")]
    [True, True, True, False]
    """
    return _OWN.search(name) is not None


_OWN = lazy_compile(
    r"(?i)^(?:app|server|flask|django|rails)[._]{1,2}secret_?key$|secret_?key_?base$"
    r"|(?:jwt|session|cookie|csrf|nextauth)(?:_?(?:secret|signing|private|encryption))?_?(?:secret|key|salt)$"
)


def is_signing_text(value: bytes) -> bool:
    """Tell whether a key of words holds one that is its own, and none of placeholders.

    >>> [is_signing_text(v) for v in (b"acme_jwt_secret_prod", b"velvetfalcon", b"the velvet falcon key 2021")]
    [True, True, True]
    >>> [is_signing_text(v) for v in (b"your-256-bit-secret", b"keyboard cat", b"my_jwt_secret", b"changeme now", b"somethingrandom")]
    [False, False, False, False, False]
    """
    if _TEXT.fullmatch(value) is None:
        return False
    parts = [part.lower() for part in PARTS.findall(value)]
    if has_sequence(value) or not _SAID.isdisjoint(parts) or sum(map(len, parts)) < _LEAST:
        return False
    if parts[-1] in _KEPT:
        return False
    return any(len(part) > 3 and _is_own(part) for part in parts)


def _is_own(part: bytes) -> bool:
    if _is_common(part) or names_secret(part) or part.startswith(_SHOWN_FIRST):
        return False
    return not any(
        _is_common(part[:cut]) and (_is_common(part[cut:]) or names_secret(part[cut:]))
        for cut in range(3, len(part) - 2)
    )


def _is_common(word: bytes) -> bool:
    return word in _PLAIN or word in SHOWN or word in OF_SECRETS or word in DEFAULTS


_SHOWN_FIRST = (b"shhh", b"thisis", b"your", b"example", b"test", b"change", b"insert", b"replace")


def may_be_place(value: bytes) -> bool:
    """Tell whether such a text may be where a key is kept: with hyphens or dots, and no number.

    >>> may_be_place(b"acme-jwt-secret"), may_be_place(b"acme_jwt_secret"), may_be_place(b"acme-jwt-77")
    (True, False, False)
    """
    return b" " not in value and (b"-" in value or b"." in value) and _DIGITS.search(value) is None


_DIGITS = lazy_compile(rb"[0-9]{2}")
_KEPT = frozenset(b"token tokens cookie sid only here overlay".split())
"""Last words of the names under which browsers keep a token: ``JWT_KEY = "acme_token"``; and of remarks."""


def names_token(value: bytes) -> bool:
    """Tell whether a key's own words say that it signs: ``acme-token-signing-key``."""
    lower = value.lower()
    return any(word in lower for word in (b"jwt", b"token", b"sign"))
