"""Files of nothing but lines of 64 hexadecimal digits, or one list of JSON: keys of wallets, or hashes.

Only words tell which. An address or a proxy may stand beside the digits, as wallets are kept in lists.
"""

from scanner.context.layout.rows import opens_with_digits
from scanner.lazy import lazy_compile

DIGITS = "digits"
"""The evidence of a value in such a file."""
_LARGEST = 200_000
"""Bytes of the largest list that is looked at."""
_DIGITS = rb"(?:0[xX])?[0-9a-fA-F]{64}"
_ADDRESS = rb"(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33})"
_GAP = rb"[ ]?(?:[:;,|\t ]|-{2,4})[ ]?"
_PROXY = rb"(?:[a-z0-9]{4,6}://)?(?:[\w.\-]{1,64}:[^\s@]{1,64}@)?[\w.\-]{4,64}:[0-9]{2,5}"
_ROW = (
    rb"[ \t]{0,8}(?:"
    + rb"|".join(
        (
            _DIGITS + rb"(?:" + _GAP + _ADDRESS + rb"|(?=" + _GAP + _PROXY + rb"))?",
            _ADDRESS + _GAP + _DIGITS,
            rb"[1-9A-HJ-NP-Za-km-z]{86,88}",
        )
    )
    + rb")(?:"
    + _GAP
    + _PROXY
    + rb")?[ \t,\r]{0,8}(?:\n|\Z)"
)
"""64 digits alone, beside an address or before a proxy, or a key of Solana among such lines."""
_FIRST = lazy_compile(rb"(?:[ \t]{0,8}(?:#|//)[^\n]{0,200}\n|\s){0,8}" + _ROW)
_WHOLE = lazy_compile(
    rb"(?:" + _ROW + rb"|[ \t]{0,8}(?:#|//)[^\n]{0,200}(?:\n|\Z)|[ \t\r]{0,8}\n)+"
)
_MEMBER = rb"[\"'](?:0[xX])?[0-9a-fA-F]{64}[\"']"
_OPENS_JSON = lazy_compile(rb"\s{0,8}\[\s{0,40}" + _MEMBER)
_JSON = lazy_compile(
    rb"\s{0,8}\[\s{0,40}"
    + _MEMBER
    + rb"(?:\s{0,40},\s{0,40}"
    + _MEMBER
    + rb"){0,4000},?\s{0,40}\]\s{0,8}"
)
_REMARK = lazy_compile(rb"(?:#|//)([^\n]{0,200})")
_SAID = lazy_compile(rb"(?i)priv(?:ate)?[ _-]?keys?|\bpks?\b|\bwallets?\b|secret keys?")


def may_be_list(data: bytes) -> bool:
    """Tell by its first line, remarks aside, whether a text may be a list of hexadecimal keys.

    >>> may_be_list(b"# bots" + b"\\n" + b"0x" + b"a1" * 32), may_be_list(b"a1" * 32 + b"  setup.py")
    (True, False)
    """
    if len(data) > _LARGEST:
        return False
    if is_json(data):
        return _OPENS_JSON.match(data) is not None
    return opens_with_digits(data) and _FIRST.match(data) is not None


def is_json(data: bytes) -> bool:
    """Tell whether a text opens as a list of JSON does."""
    return data[:8].lstrip()[:1] == b"["


def is_list(data: bytes) -> bool:
    """Tell whether a text is 64 hexadecimal digits in every line, with an address or without, or in a list of JSON."""
    whole = _JSON if is_json(data) else _WHOLE
    return may_be_list(data) and whole.fullmatch(data) is not None


def says_keys(data: bytes) -> bool:
    """Tell whether a remark of such a text says that it holds keys or wallets."""
    return any(_SAID.search(remark) for remark in _REMARK.findall(data))
