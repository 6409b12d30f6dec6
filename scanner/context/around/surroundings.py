"""Why the bytes around a value say that it is no secret: a digest, a piece of more, code, a reference."""

from scanner.context.layout import lists
from scanner.context.values.lookalikes import HASHED, is_name_like
from scanner.lazy import lazy_compile

_DIGEST_BEFORE = lazy_compile(
    rb"(?i)(?:sha(?:1|224|256|384|512)|md5|blake2b?|blake3|ripemd160|h1|integrity|digest|checksum|etag|commit|keccak(?:256)?|hash(?:es)?|txid|tx)(?:/[\w.\-]{1,60})?[\"']?\s{0,2}[-:=@/(]\s{0,2}[\"']?(?:0x)?\Z"
)
_IN_DIGEST = lazy_compile(rb"\bsha(?:256|384|512)[=-][A-Za-z0-9+/_\-]{0,64}[+/_\-]\Z")
"""The beginning of a digest in base64, as lists of installed files and lock files have it."""
_KEYED = lazy_compile(rb"(?i)hmac[_.:-]{0,2}sha_?(?:1|224|256|384|512)\(\s{0,4}b?[\"']?\Z")
"""``hmac_sha256("...``: what a keyed digest is called with first is its key."""


_CASTS, _CAST = (
    lazy_compile(rb"(?:=|\breturn)\s{0,4}\(\Z"),
    lazy_compile(rb"\)[ ]?[A-Za-z_]\w{0,40}[;.,)]"),
)
"""What stands before and after the type that something is cast to: ``= (ServerCredential) config;``."""


def of_surroundings(data: bytes, start: int, end: int) -> str | None:
    """Return why the bytes around a value say that it is no secret; None if they do not."""
    before = data[max(0, start - 80) : start]
    if before[-1:] == b"." and is_selector(data, start, end):
        return "a class of a style sheet"
    if _DIGEST_BEFORE.search(before) and not _KEYED.search(before):
        return "a digest"
    if _IN_DIGEST.search(before):
        return "a piece of a digest"
    if _PUBLIC_REMARK.match(data, end, end + 60) or (
        _ON_CHAINS.fullmatch(data, start, end) and _PUBLIC_BEFORE.search(before)
    ):
        return "a public key"
    if b"?" in before and _OF_ORDER.search(before):
        return "the id of an order"
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
        or (before[-1:] == b"$" and HASHED.match(before[-1:] + data[start:end]))
    ):
        return "a piece of a password hash"
    if _LITERAL_AFTER.match(data, end) or (
        before[-2:].strip(b"-_+/")[-1:] in _QUOTES and _LITERAL_BEFORE.search(before)
    ):
        return "a piece of a string in several literals"
    if before.endswith(
        (b"${", b"{{", b"$(", b"<%=", b"{{ ", b"${{ ", b"secrets.", b"%(", b"url(#")
    ):
        return "a reference, not a value"
    if _NAME_AFTER.match(data, end):
        return "a name, not a value"
    if is_call(data, start, end):
        return "a call"
    if before[-1:] == b"(" and _CAST.match(data, end) and _CASTS.search(before):
        return "a type"
    following = data[end : end + 3]
    if following == b"..." or (following == b"***" and not before.endswith(b"**")):
        return "cut short"
    if data[end : end + 2] in (b":{", b":$"):
        return "a piece of an expression or a template"
    if data[end : end + 1] in _QUOTES and _TIMES.match(data, end, end + 40):
        return "a piece that is repeated"
    if _in_expression(data, start, end) or (b"{%" in before and _in_tag(data, start)):
        return "a piece of an expression or a template"
    if _is_member(data, start, end):
        return "a member of an object"
    if data[end : end + 1] in _ACCENTED and data[end - 1 : end].islower():
        return "the beginning of a word"
    if _WORD_BEFORE.search(data, max(0, start - 3), start) and data[start : start + 1].islower():
        return "the end of a word"
    return None


_ACCENTED = (b"\xc3", b"\xc4", b"\xc5")
"""First bytes of the letters with marks of Latin alphabets, in UTF-8."""
_WORD_BEFORE = lazy_compile(rb"(?:[\xc3-\xc9][\x80-\xbf]|\xe1[\xb8-\xbb][\x80-\xbf])\Z")
"""Such a letter, up to the end: ``Şifreniz`` is one word."""
_MEMBER = lazy_compile(
    rb"(?:[\w$]{1,40}=)?(?:[\w$]{1,40}[*/+-])?(?:[A-Za-z_$][\w$]{0,40}\??\.){1,6}\w{0,40}?"
    rb"(?i:credentials?|secret(?:_?key)?|passphrase|password|token|api_?key)[0-9_]{0,3}"
)
"""Members of objects, in minified programs, too: the last is called after a secret. A digit before it: a password."""


_MEMBERS = (
    *(b"credential", b"credentials", b"secret", b"secretkey", b"secret_key", b"passphrase"),
    *(b"password", b"token", b"apikey", b"api_key"),
)


def _is_member(data: bytes, start: int, end: int) -> bool:
    """Tell whether a value without quotes is what program text calls a member of an object.

    >>> _is_member(b"(c.passphrase, 1)", 1, 13), _is_member(b"'c.passphrase'", 1, 13)
    (True, False)
    """
    if data.find(b".", start, end) < 0 or data[start - 1 : start] in (*_QUOTES, b"`"):
        return False
    if not data[start:end].lower().rstrip(b"0123456789_").endswith(_MEMBERS):
        return False  # most values: the expression is not even compiled for them
    return _MEMBER.fullmatch(data, start, end) is not None


def is_call(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` is the name of what is called.

    >>> is_call(b"pw = get_pass(1)", 5, 13), is_call(b"pw = 'get_pass(1)'", 6, 14)
    (True, False)
    """
    return data[end : end + 1] == b"(" and data[start - 1 : start] not in (b'"', b"'", b"`")


_TIMES = lazy_compile(rb"[\"'][ \t]{0,3}\*[ \t]{0,3}(?:\d{1,4}|[A-Z][A-Z_]{1,20})(?![\w.])")
"""How often a text is repeated: ``b"\\x0b" * 20``."""


def is_selector(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` is a class that a style sheet selects; tools draw their names at random.

    >>> is_selector(b"a,.GwNKbUyob5S7f7Z:hover{top:0}", 3, 18), is_selector(b"key.GwNKbUyob5S7f7Z,", 4, 19)
    (True, False)
    """
    return _SELECTS.match(data, start - 2) is not None and data[end : end + 1] in _SELECTED


_SELECTS = lazy_compile(rb"[^\w.\-\"'`=]\.")
_SELECTED = tuple(b"%c" % mark for mark in b"{,:.>[ +~)")
_OF_ORDER = lazy_compile(rb"paypal\.com/[\w./\-]{0,40}\?(?:[\w=&\-]{0,40}&)?token=\Z")
"""Where a buyer is sent to approve a payment: https://developer.paypal.com/docs/api/orders/v2/"""
_PUBLIC_REMARK = lazy_compile(
    rb"[\"',;)\]]{0,4}[ \t]{1,8}(?://|#)[ \t]*\w{0,20}pub(?:lic)?[ _]?key\b"
)
_PUBLIC_BEFORE = lazy_compile(
    rb"(?i)(?:(?:\b|(?-i:(?<=[a-z])(?=P)))pub(?:lic)?[ _-]?(?:(?:view|spend|signing|verify)[ _-]?)?|\bverify(?:ing|ication)?[ _])key[ \w()]{0,16}"
    rb"[\\\"'`*]{0,6}\s{0,2}[:=][\\\"'`* ]{0,6}(?:0x)?\Z"
    rb"|PubKey\w{0,16}\\?[\"']\s{0,4},\s{0,20}\\?[\"'](?:value|key)\\?[\"']\s{0,2}:\s{0,3}\\?[\"']\Z"
)
_ON_CHAINS = lazy_compile(
    rb"(?:EOS|PUB_\w\d_)[1-9A-HJ-NP-Za-km-z]{45,55}|(?:ed|sp|p2)pk[1-9A-HJ-NP-Za-km-z]{50,52}|G[A-Z2-7]{55}"
    rb"|(?:0x)?[0-9a-fA-F]{64,130}|[1-9A-HJ-NP-Za-km-z]{43,44}|[A-Za-z0-9+/]{43,44}={0,2}"
)
"""Words that call a key public, and the forms that public keys of chains have: an API key may be called so too."""
_HASH_BEFORE = lazy_compile(
    rb"(?:\$(?:2[abxy]|argon2\w{1,2}|[156y]|scrypt)\$|(?:pbkdf2|scrypt)[:_][\w:]{1,30}\$)(?:[\w./$=+]|,(?=\w{1,3}=)){0,72}\Z"
)
_QUOTES = (b'"', b"'")
# The joined whole is a layer of its own. Without an indent the lines may be rows of a table.
_LITERAL_BEFORE = lazy_compile(
    rb"[A-Za-z0-9][\"'][ \t]*(?:\+[ \t]*(?:\r?\n[ \t]*)?|\\?\r?\n[ \t]+(?:\+[ \t]*)?)[\"'][\-_+/]?\Z"
)
_LITERAL_AFTER = lazy_compile(
    rb"[\"'][ \t]*(?:\+[ \t]*(?:\r?\n[ \t]*)?|\\?\r?\n[ \t]+(?:\+[ \t]*)?)[\"'][A-Za-z0-9+/=_.\-][^\s\"']*[\"'](?![ \t]*[:=])"
)


def _is_encrypted(data: bytes, start: int) -> bool:
    """Inside ``ENC[...]`` as sops and eyaml write it, or ``ENC(...)``."""
    if data[start - 4 : start] == b"ENC(":
        return True  # Jasypt
    opened = data.rfind(b"ENC[", max(0, start - 1000), start)
    return opened >= 0 and b"]" not in data[opened:start]


_NAME_AFTER = lazy_compile(rb"[ \t]{0,3}(?:=(?![=~])|:=)[ \t]*[\"'\w\[{(]|[\"'][ \t]{0,3}:[ \t]")
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


def _in_tag(data: bytes, start: int) -> bool:
    """Tell whether a value is an argument of a template's tag that sets nothing: ``{% response 'body', 'req_..``."""
    return _TAG.search(data, max(0, start - 80), start) is not None


_TAG = lazy_compile(rb"\{%-?[ ]{0,3}(?!set\b|assign\b|with\b)\w{2,30}[ ][^=%:{}\n]{0,76}[\"']\Z")
_PUBLIC_WEB = lazy_compile(rb"(?i)indexName|docsearch|algolia(?!.{0,20}(?:admin|secret|write))")
_ADMIN = lazy_compile(rb"(?i)(?:admin|write|secret)[^\n]*\Z")
_SEGMENT = lazy_compile(rb"[A-Za-z0-9+_\-]{4,64}")
_BEFORE = lazy_compile(rb"[A-Za-z0-9_+\-/]{1,64}\Z")
_AFTER = lazy_compile(rb"[A-Za-z0-9_+\-/]{1,64}")
_BASE64_PIECE = lazy_compile(rb"^[ \t]*[A-Za-z0-9+/]{1,76}={0,2}[ \t\r]*$")
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
    """A line of base64 among lines of base64 of the same length: three at least, two may be a key and a secret."""
    begin = _line_begin(data, start)
    stop = data.find(b"\n", end, end + _LONGEST_WRAPPED)
    line = data[begin : stop if stop >= 0 else end + _LONGEST_WRAPPED]
    if not _BASE64_LINE.match(line):
        return False
    above = data[_line_begin(data, max(0, begin - 1)) : max(0, begin - 1)]
    if len(above) < len(line) or len(above) not in (60, 61, 64, 65, 72, 76, 77):
        return False
    top = begin - len(above) - 1
    before = data[_line_begin(data, max(0, top - 1)) : max(0, top - 1)]
    after = data[stop + 1 : stop + 80].partition(b"\n")[0] if stop >= 0 else b""
    others = (len(before) == len(above) and before, len(after) <= len(above) and after)
    is_among = bool(_BASE64_LINE.match(above)) and any(
        other and _BASE64_PIECE.match(other) for other in others
    )
    return is_among and not lists.name_of(data, start, end)


_LONGEST_WRAPPED = 80


def _line_begin(data: bytes, at: int) -> int:
    """Return where the line before an offset begins, of one too long for base64 some byte of it."""
    low = max(0, at - _LONGEST_WRAPPED)
    return data.rfind(b"\n", low, at) + 1 or low


_ON_CHAIN = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{43,44}")
_TOKEN_BEFORE = lazy_compile(
    rb"(?i)(?:^|[\s\"'(-]|\b(?:buy|sell|swap|snipe|base|quote|in|out|meme)_?)token"
    rb"(?:[\"']?\s{0,3}[:=]\s{0,8}[\"']?|[:\s]{1,2}[\w$./\-]{1,30}[ ]\(?|\s{1,3}|[:\s]?[ ]?\([\"']?)\Z"
)
_MINT = lazy_compile(
    rb"(?i)\bspl-token|\bsolana|\bmint\b|\braydium|\bjupiter|\bpump\.?fun|\bsniper|\bliquidity\b|\bdex\b"
    rb"|(?-i:\bSOL[-/][A-Za-z0-9]|[A-Za-z0-9][-/]SOL\b)"
)


def _is_mint(data: bytes, start: int, end: int) -> bool:
    """``token`` and 32 bytes in base58, where chains are spoken of: an address, which all may know."""
    return (
        end - start in (43, 44)
        and _ON_CHAIN.fullmatch(data, start, end) is not None
        and _TOKEN_BEFORE.search(data[max(0, start - 48) : start]) is not None
        and _MINT.search(data, max(0, start - 2000), end + 800) is not None
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
