"""Words of any language, as translations have them beside telling names: ``"token": "Adgangstoken"``.

The models of words know English and code. A caption of another language is told by its letters: nothing but
words with vowels, each with a capital at most at its front, or one that holds a word for secrets.
"""

import unicodedata

from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_WORDS = lazy_compile(
    r"[A-Z][a-z]{3,24}(?:[ -][a-z]{2,24}|[ -]?[A-Z][a-z]{1,24}|-?(?:API|ID|PIN|URL|OTP|SSH)){0,4}[.!?:]?"
    r"|(?:API|ID|PIN|URL|OTP|SSH)-?(?:[A-Z][a-z]{2,24}){1,4}|(?:API|ID|PIN|URL|T?OTP|JWT|SSH|AWS|SSO)-[a-z]{3,24}"
)
_PART = lazy_compile(r"[A-Z]?[a-z]+")
_NO_WORD = lazy_compile(r"(?i)[bcdfghjklmnpqrstvwxz]{6}|[aeiouy]{5}|q[^u]|(.)\1\1")
_LETTERS = lazy_compile(r"[A-Za-z]+(?:[ '-][A-Za-z]+){0,6}[.!?:]?")
_OF_SECRETS = lazy_compile(
    r"token|passw|passord|kennwort|losung|s?chl(?:ue|u)ssel|geheim|zugang|zugriff|wachtwoord|sleutel|toegang|parol"
    r"|sifre|anahtar|gizli|contrase|clave|secret|senha|chave|segre[dt]|losenord|nyckel|hemlig|adgang|hemmelig|nogle"
    r"|kodeord|salasana|salaisuu|tunnist|tunnus|avain|salaus|haslo|klucz|sekret|heslo|jelszo|kulcs|titkos|motdepasse|jeton"
    r"|sandi|kunci|rahasia|lozink|kljuc|klyuch|geslo|slaptazod|chiave|matkhau|khoaapi|apikhoa|khoabimat|klic(?![a-z])|parool"
    r"|cleapi|apicle|clepriv|clesecr"
)
"""Words for secrets in the languages of Europe and its neighbours, their marks and accents left out."""


@remembered(1 << 14)
def is_caption(value: bytes) -> bool:
    """Tell whether a value is words of some language: letters alone, and as words have them.

    >>> is_caption("NuevaContraseña".encode()), is_caption(b"Zugriffsschluessel"), is_caption(b"kqzjwxbTrm")
    (True, True, False)
    """
    if len(value) > 120 or any(48 <= byte <= 57 for byte in value):
        return False
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return False
    plain = _without_marks(text)
    if not plain.isascii():
        return False
    if _LETTERS.fullmatch(plain) and _OF_SECRETS.search(plain.lower().replace(" ", "")):
        return True
    if _WORDS.fullmatch(plain) is None:
        return False
    vowels = sum(letter in "aeiouy" for letter in plain.lower())
    parts = _PART.findall(plain)
    return (
        not value.isascii() or 0.25 <= vowels / sum(map(str.isalpha, plain)) <= 0.65
    ) and not any(_NO_WORD.search(part) or not _has_vowel(part) for part in parts)


@remembered(1 << 12)
def names_secret(value: bytes) -> bool:
    """Tell whether a text holds a word for a secret in some language.

    >>> names_secret("Passwort-zur\u00fccksetzen1".encode()), names_secret(b"velvetfalcon")
    (True, False)
    """
    plain = _without_marks(value.decode("utf-8", "replace")).lower()
    return _OF_SECRETS.search(plain) is not None or (
        "_" in plain and _OF_SECRETS.search(plain.replace("_", "")) is not None
    )


_MADE_OF_WORDS = lazy_compile(
    rb"[A-Za-z\x80-\xff]{1,64}(?:[_\-. ][A-Za-z\x80-\xff]{1,24}){0,7}[_\-. ]?[0-9]{0,4}[!.?]{0,2}"
)
_ASKED = frozenset(
    (
        *("required", "optional", "mandatory", "obligatoire", "facultatif", "optionnel", "requis"),
        *("obligatorio", "opcional", "requerido", "obrigatorio", "requirido", "obbligatorio"),
        *("facoltativo", "richiesto", "erforderlich", "notwendig", "benotigt", "pflichtfeld"),
        *("wymagane", "opcjonalne", "wymagany", "zorunlu", "gerekli", "opsiyonel", "wajib"),
        *("opsional", "diperlukan", "verplicht", "optioneel", "vereist", "povinne", "obligatoriu"),
        *(
            "identifiants",
            "credenciales",
            "credenciais",
            "credenziali",
            "kredensial",
            "zugangsdaten",
        ),
        *("anmeldedaten", "poswiadczenia", "credentials", "configuration", "autentikasi"),
        *("konfigurasi", "yapilandirma", "konfiguracja", "konfiguration", "configuracion"),
    )
)
"""Words of other languages that say of a setting that it is asked for, and what it is."""


@remembered(1 << 14)
def is_example(value: bytes) -> bool:
    """Tell whether a value is words, one of them for a secret, as the examples of other languages are.

    >>> [is_example(v) for v in (b"sua_senha_segura", b"DEIN_PASSWORT", b"contrasena123", b"obligatoire")]
    [True, True, True, True]
    >>> is_example(b"velvetfalcon"), is_example(b"senha8Xk2w")
    (False, False)
    """
    if len(value) > 64 or _MADE_OF_WORDS.fullmatch(value) is None:
        return False
    return names_secret(value) or _without_marks(value.decode("utf-8", "replace")).lower() in _ASKED


def _has_vowel(part: str) -> bool:
    return len(part) < 3 or any(letter in "aeiouy" for letter in part.lower())


def _without_marks(text: str) -> str:
    """Return a text with plain letters in place of those with marks.

    >>> _without_marks("nøgle, Schlüssel, hasło, Käyttö, değişim")
    'nogle, Schlussel, haslo, Kaytto, degisim'
    """
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFKD", text.translate(OWN_LETTERS))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


OWN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae"}
    | {"ß": "ss", "ð": "d", "þ": "th", "œ": "oe", "’": "'"}
)


def is_said(data: bytes, start: int, end: int) -> bool:
    """Tell whether a run of letters is cut from a sentence: words follow it, or a letter that it cannot hold.

    >>> is_said(b'"token": "Kinnituskood on vale"', 10, 22), is_said(b'token = "Kinnituskood"', 9, 21)
    (True, False)
    """
    run = data[start:end]
    return _RUN.fullmatch(run) is not None and _GOES_ON.match(data, end) is not None


_RUN = lazy_compile(
    rb"(?=[^aeiouy]{0,6}[aeiouy])[A-Za-z][a-z]{3,30}(?:-[A-Za-z]?[a-z]{1,30}){0,3}-?|[A-Z][a-z]{2,15}[A-Z]{1,4}"
)
_GOES_ON = lazy_compile(
    rb"[\xc3-\xd4][\x80-\xbf][a-z\s\"'.,!?]|[,:.]?[ ](?:[a-zA-Z(]|[\xc3-\xd4][\x80-\xbf])[a-z\x80-\xff)]{0,24}[ .,!?:\"'<]"
)


def in_quotes(data: bytes, start: int) -> bool:
    """Tell whether a quote is open on the line before ``start``.

    >>> in_quotes(b'"a b', 3), in_quotes(b'"a" b', 4)
    (True, False)
    """
    low = data.rfind(b"\n", max(0, start - 300), start) + 1
    before = data[max(low, start - 300, 0) : start]
    if low == 0 and start > 300:  # on a long line: whether the last quote is one that opens
        at = max(before.rfind(quote) for quote in (b'"', b"'", b"`"))
        return at > 0 and before[at - 1] in b" \t:=([{,+"
    before = before.replace(b'"""', b"")  # of a docstring, in which others are quotes again
    return any(before.count(quote) % 2 for quote in (b'"', b"'", b"`"))
