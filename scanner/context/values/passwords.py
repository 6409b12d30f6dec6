"""What a literal beside a telling name is worth: a secret, a weak one, or none at all.

Keys are generated, so a key that reads as words is none. Passwords are chosen: ``hunter2!`` is one, and the
words of examples and tests (``password``, ``changeit``, ``some-secret``) are too, but nobody is robbed by them.
docs/judgement.md says how the limits were found.
"""

import re

from scanner.checksums.chains import base64_decode
from scanner.context.values.captions import is_example, names_secret
from scanner.context.values.customary import (
    is_customary,
    is_list_of_words,
    is_secret_phrase,
    is_spoken,
    is_spoken_list,
)
from scanner.context.values.encoded import says_words
from scanner.context.values.ids import is_ulid
from scanner.context.values.lookalikes import is_name_like, of_value
from scanner.context.values.made_up import is_periodic
from scanner.context.values.marks import (
    has_brackets,
    has_digit,
    is_drawn,
    is_drawn_behind,
    is_expression,
    is_no_ending,
    is_noise,
    is_range,
)
from scanner.context.values.notations import is_constant, is_symbol, why_notation
from scanner.context.values.phrases import is_marked, is_own, is_several
from scanner.context.values.randomness import entropy, has_sequence, is_random, least_entropy
from scanner.context.values.signers import may_sign
from scanner.context.values.styles import is_style
from scanner.context.values.wordlike import wordiness
from scanner.context.values.words import LEET, is_prose, names_coin, reads_as_word
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

STRONG, CHOSEN, COMMON, WEAK = "generated", "chosen", "common", "weak"
PHRASE, OWN = "words", "own"
"""Several words, and what calls itself a password with a number of its own: weak, but common beside what they
open (``judges.literal``)."""


_TEMPLATE = lazy_compile(
    rb"\$\{|\$\(|\{\{|\}\}|#\{|<%|%>|%\([\w]+\)|^%[\w-]*[sdvq]$|%[sdvq]\b|%[#+][vdsqx]|^(?:\\[nrt])+\w|\{\w{0,30}\}|^(?P<around>[~#])[a-z_]+(?P=around)$|\[\[|(?<![\w#$!%*])@[\w.]+@|^%\w+%$|^\$[A-Za-z_{(][\w{(.:}]*$|%\[\d\]|^[A-Za-z_]\w*=\$[\w{(@*]|^&lt;"
    # https://oracle.github.io/weblogic-deploy-tooling/concepts/model/#model-tokens
    rb"|^@@(?:FILE|PROP|ENV|SECRET):"
)
_REFERENCE = lazy_compile(
    rb"^(?:[A-Za-z_][\w-]*(?:(?:\.|::|->)[A-Za-z_][\w-]*)+|:[a-z_]\w*|&\w+|\*\w+|@\w+|--?[a-z][\w-]*|#[a-z][\w-]*)$"
)
_EMPTY = frozenset(
    b"string str text bool boolean true false null none nil undefined unset optional required void number integer int "
    b"any object bytes char varchar array list dict map self this yes no on off hidden submit todo "
    b"default value".split()
)
_MASKED = lazy_compile(
    rb"[*\xe2\xa2]{3}|x{4,}|X{3,}|(?:\.|#|\?|_|-){4,}|(?i:^(?:generate|create|insert|paste)[_\- ](?:this|a|an|with|using|your|it|by)[_\- ])|\[?REDACTED|\[FILTERED|^<[^<>]*>$|\.\.\.|\xe2\x80\xa6"
)
_BETWEEN = lazy_compile(rb"\)[,;:].*[(\[{,:+]")
_CALLED = lazy_compile(rb"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\([\w, '\"-]{0,40}\);?")
"""A call with all that it takes: ``history.go(-1)``."""
_PASSES = lazy_compile(r"(?i)(?:fastcgi|scgi|uwsgi|proxy|grpc|memcached)_?pass")
"""Where nginx passes a request on to (https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass)."""
_BROKEN = lazy_compile(rb"[A-Za-z_]\w{1,40}\\n")
"""A variable at the end of a line of a notebook."""
_SEVERAL_WORDS = lazy_compile(
    rb"(?!.*(?:Test|User|Admin|Demo|Sample|Hello|World|Mock|Your|Some|Valid|Wrong|Default))"
    rb"(?:(?:[A-Z][a-z]{3,12}){2,4}[0-9]{2,4}|(?:[A-Z][a-z]{2,12}[0-9]{1,5}){2,4})"
)
_WORD_AND_NUMBER = lazy_compile(
    rb"(?i)(?!(?:test|user|admin|demo|sample|hello|world|mock|your|some|valid|wrong|default|name|field|item|key|id|"
    rb"value|data|type|role|group|team|node|host|server|client|account|version|release|build|step|page|line|part)s?[_.-])"
    rb"[a-z]{4,14}[_.-][0-9]{3,6}"
)
_MOST_DIGITS = 40
"""Digits of the longest key; orders of groups and the largest of 256 bits have 77 and 78."""
_EXAMPLE = lazy_compile(
    rb"(?i)passw|pa[s$]{2}phr|secret|token|letmein|chang(?:e_?me|eit)|change_?it|example|dummy|sample|foobar|"
    rb"(?:^|[\W_])(?:pass|pwd|my|your|some|fake|mock|invalid|wrong|bad|valid|correct|test)(?:[\W_\d]|$)|[_-]pw$|"
    rb"^(?:bad|wrong|invalid|fake|test|my|some|foo)(?:pw|pwd|pass)\d*$|"
    rb"(?:api|access|auth|private|secret|client|my|your|some)[_\-. ]?(?:key|id)(?:[\W_\d]|$)"
)
_OF_WORDS = lazy_compile(
    rb"(?:[A-Za-z]|[\xc3-\xc5][\x80-\xbf]){2,16}(?:[_\- ](?:[A-Za-z]|[\xc3-\xc5][\x80-\xbf]){2,16}){1,4}"
)
"""Words with lines between them: one for a secret makes them a placeholder, in any language (``sua_senha_segura``)."""
_POPULAR = lazy_compile(
    rb"(?i)qwerty|12345|abc123|^(?:admin|root|user|guest|foo|bar|hello|test)[\W_\d]*$"
)
_KEYBOARD = lazy_compile(rb"(?i)^(?:1q2w|qaz|asdf|zxcv|qwer|aaaa|abcd|0000|1111|1234)")
_NUMBER = lazy_compile(rb"0x[0-9a-fA-F]{1,16}[uUlL]{0,3}|[0-9]+(?:\.[0-9]+)?")
_VERSION = lazy_compile(
    rb"[\d:./,+ -]*[:./,+ ][\d:./,+ -]*$|[~^<>=v ]*\d+(?:\.(?:\d+|x|\*)){1,3}$|[A-Za-z]:\\"
    rb"|\d+\.(?:second|minute|hour|day|week|month|year)s?$|\d+/\d{0,4}[smhd](?:[/,][\w/,]{1,60})?$|\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-][\d:]{2,6})?$"
)
_ADDRESS = lazy_compile(rb"0x[0-9a-fA-F]{40}")
_PLAIN_ID = lazy_compile(
    rb"(?i)0x[0-9a-f]*|[0-9a-z]{8,9}(?:-[0-9a-z]{4}){3}-[0-9a-z]{12}|[0-9a-f]{12,}|.*%[0-9a-f]{2}.*"
)
_KEY_OF = lazy_compile(
    r"(?i)api|access|secret|auth|private|client|consumer|app|crypt|sign|master|service|licen[cs]e|account|storage"
    r"|subscription|shared|aes|jwt|hmac|deploy|partner|project|integration|instrumentation|spend|wallet|gate(?!way)"
)
_CAPTION = lazy_compile(
    rb"(?:[A-Z]|[\xc3-\xd3][\x80-\xbf])(?:[a-z\x80-\xff]|['\xe2\x80\x99-])*[:.!?]?|(?:[A-Za-z\x80-\xff'.,:!?()/-]+[ ])+[A-Za-z\x80-\xff'.,:!?()/-]+"
    rb"|(?:[^\\\"]{0,4}\\{1,2}u(?!00[0-7])[0-9a-fA-F]{4}){2,}.*|[a-z]*[\x80-\xff][a-z\x80-\xff]*"
)
"""Labels of forms in any language: a capitalised word, several words of letters only, escaped letters."""
_ESCAPED = lazy_compile(rb"\\{1,2}u(0[0-9a-fA-F]{3}|1[eE][0-9a-fA-F]{2})")
"""Letters of the Latin and Greek alphabets and their neighbours, as properties of Java have them: ``Jelsz\\u00f3``."""
_ELSEWHERE = lazy_compile(rb"(?:[\w .,:!?()-]{0,12}\\{1,2}u(?!00)[0-9a-fA-F]{4}){2}")
"""Letters of other alphabets, as they are escaped."""
_NAME_OF_SECRET = lazy_compile(
    rb"[a-z]{2,30}(?:-[a-z]{1,30}){0,4}-(?:secrets?|credentials?|creds|tls|tokens?|auth|config)"
)
"""What a cluster calls where a secret lies: ``orders-db-secret``."""
_PDF_PADDING = (b"28bf4e5e4e758a4164", b"4019178947811713865")
"""With what PDF fills short passwords up, in hexadecimal and in decimal (ISO 32000-1, 7.6.3.3)."""
_FOUR_BY_FOUR = lazy_compile(rb"[a-z]{4}(?: [a-z]{4}){3}")
"""How Google writes a password for an app (https://support.google.com/accounts/answer/185833)."""
_UNHASHED = lazy_compile(rb"(?i)^\{(?:noop|plain|clear(?:text)?)\}")
"""What tells Spring, Dovecot and others that a password stands there as it is."""
_CONTROL = lazy_compile(rb"\\{1,2}(?:u00[01][0-9a-fA-F]|x1[bB]|033\[)")
"""Control characters as they are escaped: what stands behind one is another field, or a colour."""
_CONSTANT = lazy_compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)+|PGPASSWORD|SSHPASS")
_CHECKS = lazy_compile(
    rb"(?:^|\|)(?:required(?:_\w{1,30})?|nullable|sometimes|confirmed|trim|xss_clean"
    rb"|(?:min|max|exact|size|digits)(?:_length)?(?::\d{1,4}|\[\d{1,4}\])|(?:digits_)?between:\d{1,4},\d{1,4}"
    rb"|(?:same|different|required_(?:if|with|without)|regex|exists|unique):[^|]{1,80})(?:\||$)"
)
"""Rules for a field of a form (https://laravel.com/docs/validation, CodeIgniter): ``required|min:8``."""
_PUBLIC_DER = (b"MFww", b"MIGf", b"MIIBIjAN", b"MCowBQ", b"MFkwEw", b"MHYwEA", b"MIICIjAN", b"ssh-")
_SLUG = lazy_compile(rb"[A-Za-z]+(?:[_\-./:][A-Za-z0-9]+)+")
_FILE = lazy_compile(
    rb"(?i)[\w/\-.]+\.(?:enc|key|pem|crt|cer|yml|yaml|json|txt|env|conf|cfg|xml|html?|py|js|ts|go|rb|md)"
)


@remembered(1 << 15)
def of_literal(value: bytes, kind: str, how: str, name: str) -> tuple[str | None, str]:
    """Return the worth of a literal (``STRONG``, ``CHOSEN``, ``COMMON``, ``PHRASE``, ``WEAK`` or None), and why.

    Args:
        value: the bytes between the quotes, or the whole setting.
        kind: what its name promises, of ``roles.literal_kind``.
        how: how it is written, of ``literals.Literal``.
        name: the identifier that binds it.

    >>> of_literal(b"hunter2!", "password", "quoted", "password")[0]
    'chosen'
    >>> of_literal(b"${DB_PASSWORD}", "password", "setting", "password")[0] is None
    True
    """
    value = _CONTROL.split(value)[0]
    value = _UNHASHED.sub(b"", value)
    if b"\\u" in value and _ELSEWHERE.match(value):
        return None, "words"
    is_between = kind == "api_key" or _BETWEEN.fullmatch(value)
    if value[:1] in (b",", b")") and is_between and of_value(value) == "code":
        return None, "code"  # what stands between two texts in packed code
    if (
        kind in ("password", "passphrase")
        and _FOUR_BY_FOUR.fullmatch(value)
        and not is_prose(value)
    ):
        return STRONG, "a password for an app"
    if kind == "passphrase" and value.isdigit() and _TAG.search(name):
        return None, "the tag of a deposit"
    if kind == "passphrase" and how != "bare" and is_list_of_words(value):
        return COMMON, "words of a list"
    is_said = how == "quoted" and is_spoken(value)
    if kind == "password" and how in ("quoted", "setting") and (is_said or is_spoken_list(value)):
        return PHRASE, "several words"
    if how == "bytes":
        several = len(set(re.findall(rb"\w+", value))) >= 8
        if re.sub(rb"0x|\W", b"", value.lower()).startswith(_PDF_PADDING):
            return None, "a constant of a format"
        return (STRONG, "an array of bytes") if several else (None, "few different bytes")
    chosen = kind in ("password", "passphrase")
    reason = None
    if chosen or not is_noise(value):
        reason = _never(value, how, name) or (None if chosen else _never_a_key(value, how))
    if (
        how == "setting"
        and kind == "api_secret"
        and _VARIABLE.fullmatch(value)
        and value.endswith(name.encode())
    ):
        return None, "a variable"
    if name and _only_letters(value) == _only_letters(name.encode()):
        return WEAK if reason is None and chosen and how != "bare" else None, "its own name"
    if not chosen and _names_itself(value, name):
        return None, "its own name"
    if chosen and reason is None:
        return _as_password(value, how)
    worth = None
    if reason is None:
        worth, reason = _as_key(value, kind, how, name)
    if worth in (None, WEAK) and not chosen and may_sign(value, kind, how, name, reason):
        return PHRASE, reason
    return worth, reason


def _names_itself(value: bytes, name: str) -> bool:
    """Tell whether a constant is called after its value: ``SYSTEM_SIGNING_KEY = "SigningKey"``.

    >>> _names_itself(b"SigningKey", "SYSTEM_SIGNING_KEY"), _names_itself(b"signing-key", "SYSTEM_SIGNING_KEY")
    (True, False)
    """
    is_written = (
        value.isalpha() and value[:1].isupper() and not (value.isupper() or value.istitle())
    )
    return is_written and name.isupper() and _only_letters(name.encode()).endswith(value.lower())


def _only_letters(text: bytes) -> bytes:
    return re.sub(rb"[^a-z]", b"", text.lower()) or text


def _never(value: bytes, how: str, name: str) -> str | None:
    """Return why a literal is no value at all: a template, a type, a reference, prose, a mask."""
    if not value or value.lower() in _EMPTY:
        return "a type or an empty value"
    if _PASSES.fullmatch(name):
        return "an address or a path"
    if how != "quoted" and value.endswith(b"\\n") and _BROKEN.fullmatch(value):
        return "a reference"
    reason = of_value(value)
    is_path = reason == "an address or a path" and not (
        is_drawn_behind(value, b"/") or is_no_ending(value)
    )
    if is_path or reason in ("hashed or encrypted", "the id of a resource", "the name of an index"):
        return reason
    is_template = _TEMPLATE.search(value) and not is_drawn_behind(value, b"$")
    if is_template or _MASKED.search(value):
        return "a template or a mask"
    is_reference = _REFERENCE.match(value) and not is_customary(value.removeprefix(b"@"))
    is_reference = is_reference and (how != "quoted" or reads_as_word(value))
    if is_reference and (how == "bare" or not is_drawn(value)):
        return "a reference"
    half = len(value) // 2
    if (
        len(set(value)) <= 2
        or _DRAWN_OUT.search(value)
        or (half > 2 and value[:half] == value[half:])
        or (len(value) >= 16 and is_periodic(value))
    ):
        return "a placeholder"
    if sum(byte >= 128 for byte in value) * 3 > len(value):
        return "words"
    blanks = value.strip().count(b" ")
    spelled = _ESCAPED.sub(_letter, value) if b"\\u" in value else value
    if (blanks and (blanks > 2 or is_prose(value))) or _CAPTION.fullmatch(spelled.strip()):
        is_called = _CONSTANT.fullmatch(name) or (how == "quoted" and not name and b"!" in value)
        return None if is_called and not blanks else "words"
    if is_expression(value):
        return "a regular expression"
    if is_style(value):
        return "a size or a colour"
    if _CHECKS.search(value):
        return "rules for a field"
    if not value.isascii() and names_secret(value) and not is_own(value):
        return "words"
    if reason == "code" and _CALLED.fullmatch(value):
        return reason
    is_code = how != "quoted" and reason == "code"
    if is_code and not (how == "setting" and (has_brackets(value) or is_drawn(value))):
        return reason
    is_file = _FILE.fullmatch(value) and not is_no_ending(value)
    if _VERSION.match(value) or is_file or is_range(value):
        return "a version or a file"
    return why_notation(value)


def _letter(escape: "re.Match[bytes]") -> bytes:
    letter = chr(int(escape[1], 16))
    return letter.encode() if letter.isalpha() and not letter.isascii() else escape[0]


def _never_a_key(value: bytes, how: str) -> str | None:
    if any(byte >= 128 for byte in value) or any(byte in b" \t" for byte in value):
        return "words"
    if _ADDRESS.fullmatch(value):
        return "an address"
    if is_constant(value) or says_words(value):
        return "words"
    if value[:1].islower() and _NAME_OF_SECRET.fullmatch(value):
        return "the name of a secret"
    if value.startswith(_PUBLIC_DER):
        return "a public key"
    reason = of_value(value)
    if reason in ("a placeholder", "a reference, not a value") and not reads_as_word(value):
        return None
    if value.isdigit() and len(value) > _MOST_DIGITS:
        return "a number"
    if value.isdigit() or (reason == "code" and how == "quoted"):
        return None
    return reason


def _as_password(value: bytes, how: str) -> tuple[str | None, str]:
    if value.endswith(b"=") and says_words(value):
        return _as_password(base64_decode(value) or b"", how)
    wordy = reads_as_word(value)
    digit = has_digit(value)
    has_symbol = any(not (48 <= b <= 57 or 65 <= b <= 90 or 97 <= b <= 122) for b in value)
    if how == "bare":
        if not digit or len(value) < 6 or wordy or is_name_like(value) or _NUMBER.fullmatch(value):
            return None, "a variable"
        if is_example(value):
            return None, "a word of examples"
        return CHOSEN, "no word and no variable"
    if len(value) < (8 if b" " in value else 4):
        return WEAK, "short"
    if how != "quoted" and value[:2] == b"0x" and _NUMBER.fullmatch(value):
        return None, "a number"
    if _NUMBER.fullmatch(value):
        few = len(value) < 6 or has_sequence(value, 5)
        return (WEAK, "a number") if few else (CHOSEN, "digits")
    spelled = value.lower().translate(LEET)
    shown = b"passw" in spelled or _EXAMPLE.search(value) is not None or is_example(value)
    shown = shown or (_OF_WORDS.fullmatch(value) is not None and names_secret(value))
    if shown or _POPULAR.search(value) or _KEYBOARD.search(value) or has_sequence(value):
        strong = len(value) >= 14 and digit and not wordy and is_random(value)
        if strong:
            return STRONG, "random"
        if not shown and is_customary(value):
            return COMMON, "words and a number"
        return OWN if is_own(value) else WEAK, "a word of examples"
    if wordy and not (digit and has_symbol and not _SLUG.fullmatch(value)):
        if _SEVERAL_WORDS.fullmatch(value) or _WORD_AND_NUMBER.fullmatch(value):
            return CHOSEN, "words and a number"
        if is_customary(value) or is_marked(value):
            return COMMON, "words and a number"
        return (PHRASE, "several words") if is_several(value) else (WEAK, "reads as words")
    return (STRONG if len(value) >= 12 and is_random(value) else CHOSEN), "no word"


def _as_key(value: bytes, kind: str, how: str, name: str) -> tuple[str | None, str]:
    least = {"api_key": 12, "salt": 16, "private_key": 24, "api_secret": 6}.get(kind, 8)
    if how == "quoted" and _SIGNS.search(name) and is_customary(value):
        least = 8
    is_number = how == "quoted" and value.isdigit() and name[-6:].lower() == "secret"
    if is_number and least > len(value) > 3:
        return WEAK, "a number"
    if len(value) < (16 if how == "bare" else least if how == "quoted" else max(least, 8)):
        return None, "short for a key"
    digit = has_digit(value)
    wordy = is_name_like(value) or reads_as_word(value)
    wordy = wordy or (
        not digit and _SLUG.fullmatch(value) is not None and not _is_drawn_of_letters(value)
    )
    if is_example(value):
        return None, "a word of examples"
    if kind == "token" and is_symbol(value):
        return None, "a market"
    wordy = wordy or (how != "quoted" and names_coin(value))
    is_chosen = kind == "api_secret" or (how == "quoted" and _SIGNS.search(name))
    if wordy and is_chosen and _is_chosen(value, how):
        return COMMON, "words and a number"
    if wordy and not value.isdigit():
        return WEAK if how == "quoted" and kind == "api_secret" else None, "reads as words"
    if value.startswith(b"0x") and _NUMBER.fullmatch(value):
        return None, "a number"
    if _NUMBER.fullmatch(value) and len(value) < (16 if kind != "api_secret" else 10):
        return None, "a number"
    if kind == "api_key" and not digit and len(value) < 24:
        return None, "a name"
    is_short = kind == "token" and len(value) < 20 and value.islower() and value.isalpha()
    if is_short and wordiness(value) > _SPOKEN:  # somebody's name is no word, but can be spoken
        return None, "a name"
    if (_PLAIN_ID.fullmatch(value) or is_ulid(value)) and (
        (kind == "salt" and value.startswith(b"0x"))
        or (kind == "api_key" and not _KEY_OF.search(name))
    ):
        return None, "an id of nobody knows what"
    if _EXAMPLE.search(value) or _POPULAR.search(value) or has_sequence(value):
        return None, "a word of examples"
    if len(value) < 16:
        return CHOSEN, "no word"
    if is_random(value):
        return STRONG, "as random as a generated key"
    return (CHOSEN, "no word") if _is_irregular(value) else (None, "not random enough for a key")


def _is_chosen(value: bytes, how: str) -> bool:
    """Tell whether an application's secret is what people choose: it is no name of where a secret lies.

    >>> _is_chosen(b"velvet1984", "setting"), _is_chosen(b"velvet-store22", "setting")
    (True, False)
    """
    names = how == "setting" and re.search(rb"[_.\-]", value) is not None
    if how not in ("quoted", "setting") or names:
        return False
    return is_secret_phrase(value) or (
        is_customary(value) and not _EXAMPLE.search(value) and not _POPULAR.search(value)
    )


_VARIABLE = lazy_compile(rb"[a-z]+(?:_[a-z]+){2,6}")
_SPOKEN = -5.8
"""How much like words names are at least (``wordlike``): random letters score -6 to -8."""
_TAG = lazy_compile(r"(?i)(?<!bitmart_)(?<!bitmart)memo$")
"""Exchanges call by a number whose a deposit on their address is (XRP, XLM, TON); BitMart's memo is a passphrase."""
_SIGNS = lazy_compile(r"(?i)(?:jwt|sign(?:ing)?)_?key$")
"""Names of keys that people choose as they do an application's secret."""


def _is_drawn_of_letters(value: bytes) -> bool:
    """Tell whether the last part of a value is a long run of letters that are no words: ``sk-`` and 48 of them."""
    last = re.split(rb"[_\-./:]", value)[-1]
    return len(last) >= _LONG_RUN and not is_name_like(last)


_LONG_RUN = 24


def _is_irregular(value: bytes) -> bool:
    """Tell whether a value is as random as one of hexadecimal digits, whatever characters it has."""
    body = value[:400]
    return not _RUN.search(body) and entropy(body) >= least_entropy(len(body), 16)


_RUN = lazy_compile(rb"(.)\1{4,}")
_DRAWN_OUT = lazy_compile(rb"(.)\1{11}")
"""A letter again and again: ``loooooooooooong``."""
