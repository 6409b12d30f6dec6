"""Passwords that many people choose: words with a year, a number or a mark, a walk over the keyboard.

They read as words, as names do; but a name hardly ends in two digits and more, and none is typed ``1q2w3e4r``.
The words of examples (``test1234``), of fields (``user_01``) and of algorithms (``sha256``) tell the others.
"""

from scanner.context.values.captions import names_secret
from scanner.context.values.vocabulary import words as vocabulary
from scanner.lazy import lazy_compile

_LEAST = 8
"""Bytes of the shortest: below that, ids and variables are as frequent."""
_WORDS_AND_NUMBER = lazy_compile(
    rb"(?P<words>(?:[A-Za-z]|0(?=[a-wyz]))[A-Za-z013457@$]{3,24}?(?:[_.\-][A-Za-z]{3,14}){0,2})"
    rb"(?P<mark>[@#!$_.\-*&+]{0,2})[0-9]{2,6}(?P<end>[!@#$%*?.]{0,3})"
)
_WORDS_AND_SIGN = lazy_compile(
    rb"(?P<words>[A-Za-z][a-z]{2,24}(?:[_.\-][a-z]{3,14})?)(?:[0-9][!@#$%*+]{0,2}|[!@#$*+]{1,3})"
)
"""Two words and one digit, or a mark: what is capitalised before a mark alone calls out (``Updated!``)."""
_NUMBER_BETWEEN = lazy_compile(
    rb"(?P<words>[A-Z]?[a-z]{3,14}[_.\-]?[0-9]{2,6}[_.\-@#!$*]?[A-Z]?[a-z]{3,14})[0-9!@#$*]{0,3}"
)
_NUMBER_AND_LETTERS = lazy_compile(
    rb"(?P<words>[A-Z]?[a-z]{3,14})[_.\-@#!$]?[0-9]{3,6}"
    rb"(?!(?:px|em|pt|[kmg]b|ms|s|sec|min|bit|st|nd|rd|th)[!@#$*.]{0,2}$)[A-Za-z]{1,3}[!@#$*.]{0,2}"
)
_NUMBER_AND_CAPITALS = lazy_compile(
    rb"(?P<words>[A-Z]?[a-z]{5,14})[_.\-@#!$]?[0-9]{2,6}(?!(?:MB|GB|KB|TB|LE|BE|MS|HZ|RSA|DSA|GCM|CBC)[!@#$*.]{0,2}$)[A-Z]{2,4}[!@#$*.]{0,2}"
)
"""A word, a number and letters that no word is spelled with; ``aes256GCM`` is an algorithm."""
_NUMBER_FIRST = lazy_compile(rb"[0-9]{4,6}[_.\-@#!$]?(?P<words>[A-Z]?[a-z]{4,14})[!@#$*.]{0,3}")
_NUMBERS_AROUND = lazy_compile(
    rb"[0-9]{1,3}(?P<words>[A-Z]?[a-z]{3,14}(?:[A-Z][a-z]{2,14})?)[0-9]{2,4}[!@#$*.?]{0,2}"
    rb"|[0-9]{2,3}[_.\-@#!$]?(?P<capital>[A-Z][a-z]{3,14})[!@#$*.?]{0,3}"
    rb"|[0-9](?P<turn>[a-z]{4,14}[0-9][a-z]{4,14})"
)
"""A number before words and one behind them, before a capital, or in turn with two words: no name begins so."""
_JOINED_AND_SIGNS = lazy_compile(
    rb"(?P<words>[A-Z]?[a-z@$]{3,14}[_.\-][A-Z][a-z]{2,14})[!?*#$]{2,3}"
)
"""Two words joined, and marks: a message has a blank there, a name no marks."""
_PHRASE = lazy_compile(rb"[a-z]{9,28}|[A-Za-z][a-z]{2,12}(?:[_.\- ][A-Za-z][a-z]{2,12}){2,5}")
_LEAST_OF_PHRASE = 8
"""Letters of two words: below that, one word that the vocabulary lacks is as frequent."""
PARTS = lazy_compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LEET = bytes.maketrans(b"013457@$", b"oleastas")
DEFAULTS = frozenset(b"admin administrator root".split())
"""Accounts: with digits alone they stand in every example, with a mark they are set somewhere."""
SHOWN = frozenset(
    b"password passwd passwort pass pwd pw passphrase passcode test tests testing tester change changeme changeit me my "
    b"your some example examples sample dummy demo secret token key api foo bar baz foobar hello world mock fake "
    b"placeholder default value string text abc abcd xyz letmein user users username guest login name names field "
    b"item id data type role group team node host hostname server client account version release build step page line "
    b"part section column row table label button input form option param arg index file path dir port new old wrong "
    b"invalid valid correct bad good random temp tmp var null none true false hash encrypted bcrypt sha md aes rsa "
    b"utf base pbkdf argon hs rs es ed ecdsa hmac crc http https ipv oauth sso saml ldap ntlm kerberos scram curve "
    b"camellia des sm iso latin windows cp msg message error code enc bearer basic digest plain".split()
)
COUNTED = frozenset(
    b"second seconds minute minutes hour hours day days week weeks month months year years bit bits byte bytes char "
    b"chars character characters digit digits percent item items point points edition pixel pixels word words meter "
    b"meters time times line lines row rows core cores".split()
)
OF_SECRETS = frozenset(
    b"secret secrets key keys secretkey supersecret apikey jwt token tokens super very this that the for and with "
    b"from into app application session signing sign auth access refresh private public encryption encrypt strong "
    b"long secure security safe production prod development staging local service project shared master cookie hash "
    b"client consumer generate generated replace please need must least should here".split()
)
"""What names of secrets are made of: a phrase of nothing else is one."""
_KEYBOARD = lazy_compile(
    rb"(?i)(?:qwert[yz]?|asdf(?:gh?)?|zxcv(?:bn?m?)?|qazwsx|qaz2wsx|zaq12wsx|1qaz2wsx|1q2w3e(?:4r(?:5t)?)?|q1w2e3(?:r4)?)"
    rb"[0-9a-z]{0,2}[!@#$%._\-]{0,2}[0-9]{0,6}[!@#$%]{0,3}"
)


def is_customary(value: bytes) -> bool:
    """Tell whether a password is a word or two and a number, or a walk over the keyboard.

    >>> [is_customary(v) for v in (b"Summer2024", b"velvet_falcon55", b"Admin@123", b"qwerty123")]
    [True, True, True, True]
    >>> [is_customary(v) for v in (b"velvetfalcon!", b"velvetfalcon5", b"velvet55falcon", b"Updated!")]
    [True, True, True, False]
    >>> [is_customary(v) for v in (b"test1234", b"your_value55", b"sha256", b"admin123", b"promise")]
    [False, False, False, False, False]
    """
    if len(value) < _LEAST or value.isalpha():
        return False
    if _KEYBOARD.fullmatch(value):
        return True
    found = _WORDS_AND_NUMBER.fullmatch(value)
    if found is None:
        return _is_marked(value)
    words = found["words"]
    if len(set(words.lower())) < 3:
        return False
    spelled = words.lower().translate(_LEET)
    parts = {part.lower() for part in PARTS.findall(words)}
    parts |= {spelled, *spelled.replace(b"-", b"_").replace(b".", b"_").split(b"_")}
    if not parts.isdisjoint(SHOWN) or b"passw" in spelled or names_secret(words):
        return False
    return parts.isdisjoint(DEFAULTS) or bool(found["mark"] or found["end"])


def _is_marked(value: bytes) -> bool:
    """Tell whether a value is several words and a digit or a mark, or two words around a number."""
    between = (
        _NUMBER_BETWEEN.fullmatch(value)
        or _NUMBER_AND_LETTERS.fullmatch(value)
        or _NUMBER_AND_CAPITALS.fullmatch(value)
    )
    if between is not None:
        return _are_chosen(PARTS.findall(between["words"]))
    counted = _NUMBER_FIRST.fullmatch(value)
    if counted is not None:
        return _are_chosen([counted["words"]]) and counted["words"].lower() not in COUNTED
    around = _NUMBERS_AROUND.fullmatch(value)
    if around is not None:
        parts = PARTS.findall(around.group(around.lastgroup or 0))
        return _are_chosen(parts) and COUNTED.isdisjoint(part.lower() for part in parts)
    joined = _JOINED_AND_SIGNS.fullmatch(value)
    if joined is not None:
        return _are_several(joined["words"].translate(_LEET))
    found = _WORDS_AND_SIGN.fullmatch(value)
    if found is None or (found["words"][:1].isupper() and not _has_digit(value)):
        return False
    return _are_several(found["words"])


def is_account(value: bytes) -> bool:
    """Tell whether a value is the name of an account and a number: an example, but beside other passwords one of them.

    >>> is_account(b"User1_123"), is_account(b"admin123"), is_account(b"test1234")
    (True, True, False)
    """
    return _ACCOUNT.fullmatch(value) is not None


_ACCOUNT = lazy_compile(rb"(?i)(?:admin|administrator|root|user|guest)\d{0,2}[_.@#!\-]?\d{2,6}")


def is_phrase(value: bytes) -> bool:
    """Tell whether a value is several words without digit or mark, as passwords beside a host may be.

    >>> [is_phrase(v) for v in (b"velvetfalcon", b"velvet-falcon-river", b"promise", b"testpassword")]
    [True, True, False, False]
    """
    return _PHRASE.fullmatch(value) is not None and _are_several(value)


def is_secret_phrase(value: bytes) -> bool:
    """Tell whether words and a number that call themselves a secret hold a word of their own.

    >>> [is_secret_phrase(v) for v in (b"velvet_secret_1952", b"acmeJwtSecretKey77", b"mySecretKey123")]
    [True, True, False]
    """
    number = _LONG_NUMBER if b"-" in value else _NUMBER  # ``ingress-tls-secret-01`` is a name
    if not number.search(value) or not _IDENTIFIER.fullmatch(value):
        return False
    parts = {part.lower() for part in PARTS.findall(value)}
    if parts.isdisjoint((b"secret", b"key")) or not parts.isdisjoint(EXAMPLES):
        return False
    return any(
        len(part) > 3 and not names_secret(part)
        for part in parts - SHOWN - OF_SECRETS - DEFAULTS - COUNTED
    )


def is_list_of_words(value: bytes) -> bool:
    """Tell whether a passphrase is drawn from a list of words: four and more, none that only joins others.

    One of them may be a number; then capitals are chosen, too, and do not begin a sentence.

    >>> is_list_of_words(b"velvet falcon river marble"), is_list_of_words(b"enter it for the wallet")
    (True, False)
    >>> is_list_of_words(b"velvet Falcon 7 marble"), is_list_of_words(b"Velvet falcon river marble")
    (True, False)
    """
    words = value.lower().split(b" ")
    return (
        len(set(words)) > 3
        and (_LIST_OF_WORDS.fullmatch(value) or _NUMBERED_LIST.fullmatch(value)) is not None
        and _UNCHOSEN.isdisjoint(words)
        and OF_SECRETS.isdisjoint(words)
        and _are_chosen(words)
    )


def is_spoken_list(value: bytes) -> bool:
    """Tell whether a password is drawn from a list of words as ``is_list_of_words`` has it, none of them short.

    What a form says of a password has a short word, or one that only joins others, in any language.

    >>> is_spoken_list(b"velvet falcon river marble"), is_spoken_list(b"introduzca su nueva clave")
    (True, False)
    """
    words = value.split(b" ")
    return (
        min(map(len, words)) > 3
        and is_list_of_words(value)
        and COUNTED.isdisjoint(words)
        and not any(word.endswith((b"ing", b"ed", b"ly")) for word in words)
    )


def is_spoken(value: bytes) -> bool:
    """Tell whether a password is words in small letters with blanks between them, one of them a number.

    A small number, and a limit of lengths, stand in the message of a form.

    >>> [is_spoken(v) for v in (b"velvet falcon 77 river", b"velvet 1984 river")]
    [True, True]
    >>> [is_spoken(v) for v in (b"mindestens 8 zeichen", b"velvet falcon river", b"up to 72 bytes")]
    [False, False, False]
    """
    if _SPOKEN.fullmatch(value) is None:
        return False
    words = value.split(b" ")
    numbers = [int(word) for word in words if word.isdigit()]
    if len(numbers) != 1 or numbers[0] < _LEAST_NUMBER or numbers[0] in _LIMITS:
        return False
    known = (_UNCHOSEN, OF_SECRETS, COUNTED)
    return all(some.isdisjoint(words) for some in known) and _are_chosen(words)


_LEAST_NUMBER = 33
_LIMITS = frozenset((40, 48, 50, 60, 64, 72, 100, 120, 128, 200, 255, 256, 404, 500, 512))


def _are_several(text: bytes) -> bool:
    """Tell whether letters are more than one word, and none of those of examples and fields."""
    parts = PARTS.findall(text)
    letters = b"".join(parts).lower()
    if len(letters) < _LEAST_OF_PHRASE or letters in vocabulary() or len(set(letters)) < 5:
        return False
    return _are_chosen(parts) and not letters.startswith(_LONG) and not letters.endswith(_LONG)


def _are_chosen(parts: list[bytes]) -> bool:
    lower = [part.lower() for part in parts]
    return SHOWN.isdisjoint(lower) and not names_secret(b"".join(lower))


EXAMPLES = frozenset(
    b"test tests testing example examples sample dummy demo fake mock your some change changeme placeholder default "
    b"invalid wrong foo bar".split()
)
_NUMBER, _LONG_NUMBER = lazy_compile(rb"[0-9]{2}"), lazy_compile(rb"[0-9]{3}")
_IDENTIFIER = lazy_compile(rb"[A-Za-z][A-Za-z0-9]*(?:[_.\-!@#$][A-Za-z0-9]+){0,6}[!@#$]{0,2}")
_LIST_OF_WORDS = lazy_compile(rb"[a-z]{3,12}(?: [a-z]{3,12}){3,11}")
_NUMBERED_LIST = lazy_compile(
    rb"(?=[A-Za-z ]{0,80}[0-9]{1,4}[A-Za-z ]{0,80}\Z)[A-Za-z]{3,12}(?: (?:[A-Za-z]{3,12}|[0-9]{1,4})){3,11}"
)
_SPOKEN = lazy_compile(rb"[a-z]{3,12}(?: (?:[a-z]{3,12}|[0-9]{1,6})){2,5}")
JOINING = frozenset(
    b"the for and you not are this that with from use used using must will can has have was been one all any per via "
    b"its out when where which then than into only also more most least between enter type set sets get gets give".split()
)
"""Words between others, as sentences have them."""
_UNCHOSEN = JOINING | {b"correct", b"horse"}
"""Those, and the phrase that everybody shows."""


def _has_digit(value: bytes) -> bool:
    return any(48 <= byte <= 57 for byte in value)


_LONG = tuple(sorted(word for word in SHOWN | DEFAULTS if len(word) >= 4))
"""Words of examples that also tell where they are run together with others: ``userserver``."""
