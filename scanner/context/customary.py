"""Passwords that many people choose: a word or two with a year or a number, a walk over the keyboard.

They read as words, as names do; but a name hardly ends in two digits and more, and none is typed ``1q2w3e4r``.
The words of examples (``test1234``), of fields (``user_01``) and of algorithms (``sha256``) tell the others.
"""

from scanner.lazy import lazy_compile

_LEAST = 8
"""Bytes of the shortest: below that, ids and variables are as frequent."""
_WORDS_AND_NUMBER = lazy_compile(
    rb"(?P<words>[A-Za-z][A-Za-z013457@$]{3,24}?(?:[_.\-][A-Za-z]{3,14}){0,2})"
    rb"(?P<mark>[@#!$_.\-*&+]{0,2})[0-9]{2,6}(?P<end>[!@#$%*?.]{0,3})"
)
_PARTS = lazy_compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LEET = bytes.maketrans(b"013457@$", b"oleastas")
_DEFAULTS = frozenset(b"admin administrator root".split())
"""Accounts: with digits alone they stand in every example, with a mark they are set somewhere."""
_SHOWN = frozenset(
    b"password passwd passwort pass pwd pw passphrase passcode test tests testing tester change changeme changeit me my "
    b"your some example examples sample dummy demo secret token key api foo bar baz foobar hello world mock fake "
    b"placeholder default value string text abc abcd xyz letmein user users username guest login name names field "
    b"item id data type role group team node host hostname server client account version release build step page line "
    b"part section column row table label button input form option param arg index file path dir port new old wrong "
    b"invalid valid correct bad good random temp tmp var null none true false hash encrypted bcrypt sha md aes rsa "
    b"utf base pbkdf argon hs rs es ed ecdsa hmac crc http https ipv oauth sso saml ldap ntlm kerberos scram curve "
    b"camellia des sm iso latin windows cp msg message error code enc bearer basic digest plain".split()
)
_KEYBOARD = lazy_compile(
    rb"(?i)(?:qwert[yz]?|asdf(?:gh?)?|zxcv(?:bn?m?)?|qazwsx|qaz2wsx|zaq12wsx|1qaz2wsx|1q2w3e(?:4r(?:5t)?)?|q1w2e3(?:r4)?)"
    rb"[0-9a-z]{0,2}[!@#$%._\-]{0,2}[0-9]{0,6}[!@#$%]{0,3}"
)


def is_customary(value: bytes) -> bool:
    """Tell whether a password is a word or two and a number, or a walk over the keyboard.

    >>> [is_customary(v) for v in (b"Summer2024", b"velvet_falcon55", b"Admin@123", b"qwerty123")]
    [True, True, True, True]
    >>> [is_customary(v) for v in (b"test1234", b"your_value55", b"sha256", b"admin123", b"promise")]
    [False, False, False, False, False]
    """
    if len(value) < _LEAST or not any(48 <= byte <= 57 for byte in value):
        return False
    if _KEYBOARD.fullmatch(value):
        return True
    found = _WORDS_AND_NUMBER.fullmatch(value)
    if found is None:
        return False
    words = found["words"]
    if len(set(words.lower())) < 3:
        return False
    spelled = words.lower().translate(_LEET)
    parts = {part.lower() for part in _PARTS.findall(words)}
    parts |= {spelled, *spelled.replace(b"-", b"_").replace(b".", b"_").split(b"_")}
    if not parts.isdisjoint(_SHOWN) or b"passw" in spelled:
        return False
    return parts.isdisjoint(_DEFAULTS) or bool(found["mark"] or found["end"])
