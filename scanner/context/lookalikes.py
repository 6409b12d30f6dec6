"""Values that look like secrets and are none: placeholders, references, code, digests, pieces of more.

Each test returns a reason in words, or None. They look at the value and a few bytes around it only;
words inside a long random value never silence it.
"""

import re

from scanner.context.wordlike import wordiness
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_PLACEHOLDER_FORM = lazy_compile(
    rb"""(?ix)^(?:<[^<>]*>|\[[^\[\]]*\]|\{\{?.*\}?\}|%[a-z0-9_.()]+%?[sd]?|\$\{?.*\}?|\#\{.*\}|@[a-z0-9_.]+@?|__[a-z0-9_]+__
    |(?:hoge|fuga|piyo|foo|bar|baz|qux)+[0-9]{0,4}|x{4,}.*|.*x{6,}|\*{3,}.*|.*\*{3,}.*|\.{3,}.*|.*\.{3}.*|-{3,}|_{3,}|0+|1+|(?:deadbeef)+|(?:cafe|babe)+
    )$"""
)
_PLACEHOLDER_WORDS = lazy_compile(
    rb"""(?ix)^(?:.*(?:your|my|the|some|insert|replace|enter|paste|put)[_\-. ]?
        (?:own|api|key|secret|token|pass|here|real|actual|new|private|access|bot|wallet|seed|mnemonic|exchange|binance|okx|gate)
        [a-z0-9_\-. ]*
    |.*(?:_here|-here|here>|goes[_\- ]?here|change[_\-]?me|changeit|replace[_\-]?(?:me|with|this)|fill[_\-]?(?:me|in)|todo|fixme
        |tbd|redacted|removed|hidden|masked|censored|placeholder|not[_\-]?(?:set|used|real|a[_\-]?real)|undefined|null|none|nil|n/a)
        (?:[^a-z0-9].*)?
    |(?:api|app|access|secret|private|public|client|auth|bot|test|dummy|fake|mock|sample|example|demo|foo|bar|baz|some|random|default
        |invalid|wrong|bad|valid|hoge|fuga|piyo)+[_\-. ]?
        (?:api|key|secret|token|pass|password|passphrase|value|string|id|code|phrase|data|user|account|[0-9]{0,4})*
        (?:[_\-. ](?:api|key|secret|token|value|id|[0-9]{1,4}))*[0-9]{0,4}
    )$"""
)
_WORDS = lazy_compile(
    rb"(?i)(?:^|[_\-. ])(?:example|sample|dummy|fake|placeholder|changeme|your|test|mock)(?:$|[_\-. 0-9])"
)
_REFERENCE = lazy_compile(
    rb"""(?x)^(?:(?:process\.env|os\.environ|env|ENV|secrets?|vars?|config|cfg|settings?|self|this|args?|opts?|options|params?|props|ctx|context|state|data|var|local|module|github|inputs|steps|needs|credentials?|account|user|request|req|res|response|json|window|document|import|std|crypto|Buffer|System|ccxt|logger|console)
    [.\[>:]+[\w.\[\]'":>\-]*|[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)+|[A-Za-z_][\w]*(?:::[A-Za-z_]\w*)+|[A-Za-z_]\w*(?:->[A-Za-z_]\w*)+)$"""
)
_ENVIRONMENT = lazy_compile(
    rb"(?:process\.env|os\.(?:environ|getenv)|import\.meta|System\.getenv|ENV\[|secrets\.|self\.|this\.|config\.|settings\.)"
)
_HEX = lazy_compile(rb"(?:0x)?[0-9a-fA-F\-]*[0-9][0-9a-fA-F\-]*")
_MIXED = lazy_compile(rb"[A-Za-z][0-9]+[A-Za-z]")
_SYMBOL = lazy_compile(rb"[!@#$%^&*]")
_DIGITS = lazy_compile(rb"[0-9]+")
_DIGEST_BEFORE = lazy_compile(
    rb"(?i)(?:sha(?:1|224|256|384|512)|md5|blake2b?|blake3|ripemd160|h1|integrity|digest|checksum|etag|commit|keccak(?:256)?|hash(?:es)?|txid|tx)(?:/[\w.\-]{1,60})?[\"']?\s{0,2}[-:=@/(]\s{0,2}[\"']?(?:0x)?\Z"
)
_HASHED = lazy_compile(
    rb"^(?:\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*|[156]|y|apr1|7)\$|\{(?:SSHA|SHA|CRYPT|BCRYPT)\w*\}|pbkdf2[:_]|scrypt:|sha(?:1|256|512)[:$]|ENC\[|\$ANSIBLE_VAULT|gAAAAA|Ag[A-D][A-Za-z0-9+/]{150}|vault:v\d|AQICAH|-----BEGIN PGP)"
)
_URL = lazy_compile(
    rb"^(?:[a-z][a-z0-9+.\-]{1,15}://|www\.|/|\./|\.\./|~/|[a-z]:\\)", re.IGNORECASE
)
_SLASHED = lazy_compile(rb"/(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9+/]{20,}={0,2}")
_VERSION = lazy_compile(
    rb"^\d{1,17}[eE][+\-]?\d{0,3}$|^v?\d+(?:[.\-_]\d+){1,5}(?:[.\-+][\w.]{1,20})?$|^v\.?\d+(?:\.\d+){1,4}(?:[\-+][\w.\-]{1,24})?$|^\d{4}-\d{2}-\d{2}(?:T[\d:.+\-Z]+)?$|^[\d.,:/\-+% ]{1,17}$"
)
_EMAIL = lazy_compile(rb"^[\w.+\-]+@[\w\-]+\.[\w.\-]+$")
_DOMAIN = lazy_compile(
    rb"^(?:[a-z0-9_\-]+\.)+(?:enc|com|org|net|io|dev|app|cn|me|co|us|eu|html?|js|ts|py|json|ya?ml|md|txt|go|rs|java|php|png|svg|jpg|css|env|pem|key|toml|cfg|ini|sh|xml|lock|csv)$",
    re.IGNORECASE,
)
_CODE = lazy_compile(rb"===|!==|=>|&&|\|\||::|->|\?[\w.]+:|\w\[|\]\.|\)\.|\w\(")
_ALPHA_RUN = lazy_compile(
    rb"(?:(?:0123456789|1234567890)(?:abcdef)?|abcdef(?:0123456789|1234567890)|abcdefghij){2,}",
    re.IGNORECASE,
)
_MEDIA = lazy_compile(
    rb"(?:iVBORw0KGgo|R0lGOD[dl]h|/9j/4[A-Za-z]|UklGR|PHN2Zy|d09G[Mi]g|JVBERi0)[A-Za-z0-9+/=\\]{24}"
)
"""Images, fonts and documents in base64, by their first bytes."""


def of_value(value: bytes) -> str | None:
    """Return why a value is no secret, judged by itself; None if it may be one.

    >>> of_value(b"YOUR_API_KEY_HERE"), of_value(b"os.environ.get")
    ('a placeholder', 'a reference, not a value')
    """
    if len(set(value)) <= 3 or _ALPHA_RUN.search(value):
        return "a placeholder"
    if _HASHED.match(value):
        return "hashed or encrypted"
    if _MEDIA.match(value):
        return "an image, a font or a document in base64"
    is_address = _URL.match(value) or _DOMAIN.match(value) or _EMAIL.match(value)
    # One base64 value in 64 begins with a slash.
    if is_address and (is_name_like(value) or not _SLASHED.fullmatch(value)):
        return "an address or a path"
    if _CODE.search(value):
        return "code"
    # One UUID in a thousand begins with nothing but digits, as versions do.
    if _VERSION.match(value) and not is_uuid(value):
        return "a number, a date or a version"
    if len(value) <= 80 and _PLACEHOLDER_FORM.match(value):
        return "a placeholder"
    if value.startswith(b"eyJ") and b"." not in value:
        return "a piece of a token"
    if (
        len(value) <= 80
        and _PLACEHOLDER_WORDS.match(value)
        and (is_name_like(value) or b"your_" in value.lower())
    ):
        return "a placeholder"
    if len(value) < 64 and _WORDS.search(value) and is_name_like(value):
        return "a placeholder"
    if _ENVIRONMENT.match(value) or (_REFERENCE.match(value) and is_name_like(value)):
        return "a reference, not a value"
    return None


def is_name_like(value: bytes) -> bool:
    """Tell whether a value reads as an identifier or words rather than as something random.

    The limits leave one random value in a hundred above them, fewer when it is long.

    >>> is_name_like(b"getAccountBalance"), is_name_like(b"k9Xw2Lq8vR1tZ5")
    (True, False)
    """
    if _HEX.fullmatch(value) and len(value) >= 8:
        return False
    if len(_DIGITS.findall(value)) >= 4:
        return wordiness(value) > -3  # digits all over the place: words have one or two groups
    mixed = _MIXED.search(value) or (_SYMBOL.search(value) and _DIGITS.search(value))
    if mixed and value not in (value.lower(), value.upper()):
        return wordiness(value) > -3.7  # digits among letters of both cases
    if value.replace(b"_", b"").isalpha() and value in (value.lower(), value.upper()):
        return wordiness(value) > -5.2  # letters of one case: random ones score far lower
    return wordiness(value) > (-4.2 if len(value) < 12 else -4.4 if len(value) < 24 else -4.6)


@remembered(1 << 16)
def of_itself(value: bytes) -> str | None:
    """Return why a value is no generated secret, by its characters alone; None if it may be one.

    Remembered: a source tree binds the same few thousand identifiers again and again.
    """
    return of_value(value) or ("reads as words" if is_name_like(value) else None)


@remembered(1 << 16)
def may_be_secret(value: bytes) -> bool:
    """Tell whether ``of_itself`` has nothing against a value; what reads as words is told sooner.

    >>> may_be_secret(b"k9Xw2Lq8vR1tZ5"), may_be_secret(b"getAccountBalance")
    (True, False)
    """
    return not is_name_like(value) and of_value(value) is None


_EVM_HEX = lazy_compile(rb"[0-9a-fA-F]{40}")
_EVM_BEFORE = lazy_compile(rb"0[xX](?:0{24})?\Z")


def is_evm_address(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` are the 40 digits of an Ethereum address, also padded to a word.

    A token is a contract to programs that trade: ``token0 = "0x..."`` holds its address.

    >>> is_evm_address(b"0x" + b"a1" * 20, 2, 42), is_evm_address(b"=" + b"a1" * 20, 1, 41)
    (True, False)
    """
    if data[start : start + 2] in (b"0x", b"0X"):
        start += 2
    is_hex = end - start == 40 and _EVM_HEX.fullmatch(data, start, end) is not None
    return is_hex and _EVM_BEFORE.search(data[max(0, start - 26) : start]) is not None


_PGP_ID = lazy_compile(rb"(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})")


def is_pgp_key_id(name: str, value: bytes) -> bool:
    """Tell whether a value is the id or fingerprint of git's ``user.signingkey``, which is public.

    >>> is_pgp_key_id("signingkey", b"0A1B2C3D4E5F6071"), is_pgp_key_id("key", b"0A1B2C3D4E5F6071")
    (True, False)
    """
    of_git = name.rpartition(".")[2].lower() == "signingkey"
    return of_git and _PGP_ID.fullmatch(value) is not None


_UUID = lazy_compile(rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_uuid(value: bytes) -> bool:
    """Tell whether a value has the form of a UUID.

    >>> is_uuid(b"0" * 8 + b"-0000" * 3 + b"-" + b"0" * 12), is_uuid(b"0-0")
    (True, False)
    """
    return _UUID.fullmatch(value) is not None


def of_surroundings(data: bytes, start: int, end: int) -> str | None:
    """Return why the bytes around a value say that it is no secret; None if they do not."""
    before = data[max(0, start - 80) : start]
    if _DIGEST_BEFORE.search(before):
        return "a digest"
    if _PUBLIC_REMARK.match(data, end, end + 60):
        return "a public key"
    if _is_mint(data, start, end):
        return "the address of a token"
    if _is_piece(data, start, end) or _has_random_neighbour(data, start, end):
        return "a piece of a longer run"
    if in_armour(data, start) or _is_wrapped(data, start, end) or in_base64(data, start, end):
        return "a piece of a certificate, a signature or wrapped base64"
    if _PUBLIC_WEB.search(data[max(0, start - 120) : end + 120]) and not _ADMIN.search(before):
        return "public by design: a search key for web pages"
    if _is_encrypted(data, start):
        return "encrypted"
    if b"$" in before and (
        _HASH_BEFORE.search(data[max(0, start - 80) : start])
        or (before[-1:] == b"$" and _HASHED.match(before[-1:] + data[start:end]))
    ):
        return "a piece of a password hash"
    if _LITERAL_AFTER.match(data, end) or (
        before[-2:].strip(b"-_+/")[-1:] in _QUOTES and _LITERAL_BEFORE.search(before)
    ):
        return "a piece of a string in several literals"
    if before.endswith((b"${", b"{{", b"$(", b"<%=", b"{{ ", b"${{ ", b"secrets.", b"%(")):
        return "a reference, not a value"
    if _NAME_AFTER.match(data, end):
        return "a name, not a value"
    if is_call(data, start, end):
        return "a call"
    if data[end : end + 3] == b"...":
        return "cut short"
    if _in_expression(data, start, end):
        return "a piece of an expression or a template"
    return None


def is_call(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` is the name of what is called.

    >>> is_call(b"pw = get_pass(1)", 5, 13), is_call(b"pw = 'get_pass(1)'", 6, 14)
    (True, False)
    """
    return data[end : end + 1] == b"(" and data[start - 1 : start] not in (b'"', b"'", b"`")


_PUBLIC_REMARK = lazy_compile(
    rb"[\"',;)\]]{0,4}[ \t]{1,8}(?://|#)[ \t]*\w{0,20}pub(?:lic)?[ _]?key\b"
)
_HASH_BEFORE = lazy_compile(
    rb"(?:\$(?:2[abxy]|argon2\w{1,2}|[156y]|scrypt)\$|(?:pbkdf2|scrypt)[:_][\w:]{1,30}\$)[\w./$=,+]{0,72}\Z"
)
_QUOTES = (b'"', b"'")
# The joined whole is a layer of its own. Without an indent the lines may be rows of a table.
_LITERAL_BEFORE = lazy_compile(
    rb"[A-Za-z0-9][\"'][ \t]*(?:\+[ \t]*(?:\r?\n[ \t]*)?|\\?\r?\n[ \t]+(?:\+[ \t]*)?)[\"'][\-_+/]?\Z"
)
_LITERAL_AFTER = lazy_compile(
    rb"[\"'][ \t]*(?:\+[ \t]*(?:\r?\n[ \t]*)?|\\?\r?\n[ \t]+(?:\+[ \t]*)?)[\"'][A-Za-z0-9+/=_.\-][^\s\"']*[\"'](?![ \t]*:)"
)


def _is_encrypted(data: bytes, start: int) -> bool:
    """Inside ``ENC[...]`` as sops and eyaml write it, or ``ENC(...)``."""
    if data[start - 4 : start] == b"ENC(":
        return True  # Jasypt
    opened = data.rfind(b"ENC[", max(0, start - 1000), start)
    return opened >= 0 and b"]" not in data[opened:start]


_NAME_AFTER = lazy_compile(rb"[ \t]{0,3}(?:=(?![=~])|:=)[ \t]*[\"'\w]|[\"'][ \t]{0,3}:[ \t]")
_EXPRESSION_BEFORE = lazy_compile(rb"\(\?(?:P<\w+>|<?[:=!])[^\s\"']{0,80}\Z|\[[^\]\s]{0,20}\Z")
_EXPRESSION_AFTER = lazy_compile(
    rb"\[[\^A-Za-z0-9]|\{\d|\{[a-z_0-9]+(?:[:!}])|\\[.dwsb+*(\[]|\)?[+*?]?\(\?"
)
_RANGES = lazy_compile(rb"A-Za-z|a-zA-Z|A-Z0-9|a-z0-9|0-9A-|0-9a-|a-f0-9|A-HJ-N")


def _in_expression(data: bytes, start: int, end: int) -> bool:
    """Inside a regular expression or a template, as detectors and their tests hold them."""
    if data[start - 1 : start] == b"{" and data[end : end + 2].lstrip(b"!").startswith(b"}"):
        return True
    if _RANGES.search(data[start:end]) or _EXPRESSION_AFTER.match(data, end):
        return True
    before = _EXPRESSION_BEFORE.search(data[max(0, start - 100) : start])
    return before is not None and before.group().startswith(b"(?")


_PUBLIC_WEB = lazy_compile(rb"(?i)indexName|docsearch|algolia(?!.{0,20}admin)")
_ADMIN = lazy_compile(rb"(?i)(?:admin|write)[^\n]*\Z")
_SEGMENT = lazy_compile(rb"[A-Za-z0-9+_\-]{4,64}")
_BEFORE = lazy_compile(rb"[A-Za-z0-9_+\-/]{1,64}\Z")
_AFTER = lazy_compile(rb"[A-Za-z0-9_+\-/]{1,64}")
_BASE64_LINE = lazy_compile(rb"^[ \t]*[A-Za-z0-9+/]{40,76}={0,2}[ \t\r]*$")


def _has_random_neighbour(data: bytes, start: int, end: int) -> bool:
    """Random characters glued on by ``-``, ``_``, ``+`` or ``/``: the value is part of a longer one."""
    before = _BEFORE.search(data[max(0, start - 64) : start])
    after = _AFTER.match(data[end : end + 64])
    left = before.group().rstrip(b"/").rpartition(b"/")[2] if before else b""
    right = after.group().lstrip(b"/").partition(b"/")[0] if after else b""
    return any(
        _SEGMENT.fullmatch(part)
        and part not in (part.lower(), part.upper())
        and any(48 <= byte <= 57 for byte in part)
        and not is_name_like(part)
        for part in (left, right)
    )


_ENCODED = lazy_compile(rb"(?:[A-Za-z0-9+/]|\\[nr/])+={0,2}(?:\\[nr])*")


def in_base64(data: bytes, start: int, end: int) -> bool:
    """Tell whether 72 bytes of nothing but base64 stand beside a value: an image, a font, a key block.

    Line breaks may be escaped, as in notebooks. A value after ``image/png": "`` is cut by its quotes.
    """
    left, right = data[max(0, start - 72) : start], data[end : end + 72]
    return any(
        len(part) == 72 and _ENCODED.fullmatch(part) and part not in (part.lower(), part.upper())
        for part in (left, right)
    )


def in_armour(data: bytes, start: int) -> bool:
    """Inside a PEM or PGP block (private keys in such blocks have rules of their own)."""
    opened = data.rfind(b"-----BEGIN ", max(0, start - 8000), start)
    return opened >= 0 and data.find(b"-----END ", opened, start) < 0


def _is_wrapped(data: bytes, start: int, end: int) -> bool:
    """A line of base64 among lines of base64 of the same length."""
    begin = data.rfind(b"\n", 0, start) + 1
    stop = data.find(b"\n", end)
    line = data[begin : stop if stop >= 0 else len(data)]
    if not _BASE64_LINE.match(line):
        return False
    above = data[data.rfind(b"\n", 0, max(0, begin - 1)) + 1 : max(0, begin - 1)]
    return (
        len(above) >= len(line)
        and bool(_BASE64_LINE.match(above))
        and len(above) in (64, 65, 72, 76, 77)
    )


_ON_CHAIN = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{43,44}")
_TOKEN_BEFORE = lazy_compile(rb"(?i)(?:^|[\s\"'-])token[\"']?[:\s]\s{0,8}[\"']?\Z")
_MINT = lazy_compile(rb"(?i)\bspl-token|\bsolana|\bmint\b")


def _is_mint(data: bytes, start: int, end: int) -> bool:
    """``token`` and 32 bytes in base58, where chains are spoken of: an address, which all may know."""
    return (
        end - start in (43, 44)
        and _ON_CHAIN.fullmatch(data, start, end) is not None
        and _TOKEN_BEFORE.search(data[max(0, start - 24) : start]) is not None
        and _MINT.search(data, max(0, start - 2000), end + 1000) is not None
    )


_GLUE = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/")


def _is_piece(data: bytes, start: int, end: int) -> bool:
    """A value with many more characters of its sort glued on, as in bytecode or an image.

    Or with few, where they and its padding make it whole base64: a signature.
    """
    low, high = start, end
    while low > 0 and start - low < 48 and data[low - 1] in _GLUE:
        low -= 1
    while high < len(data) and high - end < 48 and data[high] in _GLUE:
        high += 1
    if data[low : low + 2] in (b"0x", b"0X") and start - low == 2:
        low = start
    is_padded = (
        high == end and data[end : end + 1] == b"=" and data[start - 1 : start] in (b"+", b"/")
    )
    if is_padded and start - low > 1:
        whole = end - low + (2 if data[end : end + 2] == b"==" else 1)
        return whole % 4 == 0
    return (start - low) + (high - end) >= 24
