"""Files of nothing but lines of 64 hexadecimal digits, or one list of JSON: keys of wallets, or hashes.

Only words tell which.
"""

from scanner.lazy import lazy_compile

DIGITS = "digits"
"""The evidence of a value in such a file."""
_LARGEST = 200_000
"""Bytes of the largest list that is looked at."""
_FIRST = lazy_compile(
    rb"(?:[ \t]{0,8}(?:#|//)[^\n]{0,200}\n|\s){0,8}(?:\[\s{0,12})?[\"']?(?:0[xX])?[0-9a-fA-F]{64}[\"']?[ \t,\r]{0,8}(?:[\n\"'\]]|\Z)"
)
_WHOLE = lazy_compile(
    rb"(?:\s{0,8}\[)?(?:[ \t]{0,8}[\"']?(?:0[xX])?[0-9a-fA-F]{64}[\"']?[ \t,\r]{0,8}(?:\n|(?=[\"'\]])|\Z)"
    rb"|[ \t]{0,8}(?:#|//)[^\n]{0,200}(?:\n|\Z)|[ \t\r]{0,8}\n)+(?:[ \t]{0,8}\]\s{0,8})?"
)
_REMARK = lazy_compile(rb"(?:#|//)([^\n]{0,200})")
_SAID = lazy_compile(rb"(?i)priv(?:ate)?[ _-]?keys?|\bpks?\b|\bwallets?\b|secret keys?")


def may_be_list(data: bytes) -> bool:
    """Tell by its first line, remarks aside, whether a text may be a list of hexadecimal keys.

    >>> may_be_list(b"# bots" + b"\\n" + b"0x" + b"a1" * 32), may_be_list(b"a1" * 32 + b"  setup.py")
    (True, False)
    """
    return len(data) <= _LARGEST and _FIRST.match(data) is not None


def is_list(data: bytes) -> bool:
    """Tell whether every line or member of a text is 64 hexadecimal digits, a remark, or empty."""
    return may_be_list(data) and _WHOLE.fullmatch(data) is not None


def says_keys(data: bytes) -> bool:
    """Tell whether a remark of such a text says that it holds keys or wallets."""
    return any(_SAID.search(remark) for remark in _REMARK.findall(data))
