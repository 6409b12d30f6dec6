"""Private keys of secp256k1 by their section: ``private_keys:`` with a line for each account below.

The name of a member says whose a key is, and only what opens the section says that it is one.
"""

from scanner.checksums.handed import ELSEWHERE, OF_WALLETS, OTHER, TELLING
from scanner.checksums.secp256k1 import ORDER
from scanner.lazy import lazy_compile

_MEMBER = lazy_compile(
    rb"(?:(?:\A|[\s{,(])[\"']?([\w.\-]{1,48})[\"']?[ \t]{0,8}(?::|=>?)|\n(?P<dash>[ \t]{0,40}-))"
    rb"[ \t]{0,8}[\"'`]?(?P<marked>0[xX])?\Z"
)
"""The name that one key has in its section, or the dash before it, up to its digits."""
_NAME = (
    rb"(?i)(?:\A|[\s\"'{,.\[$])(?:(?:\w{1,16}[_-])?(?P<sure>priv(?:ate)?[_-]?keys?|privates|privs|pks)"
    rb"|(?P<weak>(?:\w{1,12}[_-])?wallets?|evm|web3|deployers?|signers?|accounts|keys|keyring))"
)
_OPENER = lazy_compile(
    _NAME
    + rb"[\"'\]]{0,2}[ \t]{0,4}(?::[ ]?[\w<>\[\], ]{1,32}(?==))?(?::|=>?|:=)?[ \t]{0,4}(?:[\w.\[\]]{1,32}\(?)?\{\Z"
)
"""What a brace opens, up to it."""
_HEADING = lazy_compile(
    _NAME + rb"[\"']?[ \t]{0,4}:[ \t]{0,4}(?:&\w{1,20}[ \t]{0,4})?(?:#[^\n]{0,80})?\Z"
)
_TABLE = lazy_compile(_NAME + rb"[\"']?\]{1,2}[ \t]{0,4}(?:[#;][^\n]{0,80})?\Z")
_REACH, _MOST_LINES, _AROUND = 6000, 80, 600


def evm_section(data: bytes, start: int, end: int) -> bool:
    """Check that ``data[start:end]``, 64 hex digits, are a member of a section of private keys.

    >>> evm_section(b"private_keys:\\n  main: " + b"1a" * 32, 22, 86)
    True
    >>> evm_section(b"block_hashes:\\n  main: " + b"1a" * 32, 22, 86)
    False
    """
    member = _MEMBER.search(data, max(0, start - 80), start)
    if member is None or not 0 < int(data[start:end], 16) < ORDER:
        return False
    if member[1] and (OTHER.search(member[1]) or TELLING.search(member[1])):
        return False
    own = member.start(1) if member[1] else member.end("dash")
    opener = _brace(data, start) or _heading(data, own)
    if opener is None or (member["dash"] and not _is_of_wallets(data, *opener)):
        return False
    at, is_sure = opener
    around = data[max(0, at - _AROUND) : end + _AROUND]
    if is_sure:
        return ELSEWHERE.search(data, max(0, at - 40), at) is None
    return bool(member["marked"] or OF_WALLETS.search(around)) and ELSEWHERE.search(around) is None


def _is_of_wallets(data: bytes, at: int, is_sure: bool) -> bool:
    """Tell whether a list is called wallets: what is called private keys in each of its rows, its name tells."""
    return not is_sure and b"wallet" in data[max(0, at - 40) : at].lower()


def _brace(data: bytes, start: int) -> tuple[int, bool] | None:
    """Return where the brace around ``start`` opens, and whether that says private keys; None if it says nothing."""
    low = max(0, start - _REACH)
    at = data.rfind(b"{", low, start)
    if at < 0 or data.find(b"}", at, start) >= 0:
        return None
    named = _OPENER.search(data, max(0, at - 100), at + 1)
    return (at, named["sure"] is not None) if named else None


def _heading(data: bytes, start: int) -> tuple[int, bool] | None:
    """Return where the heading above ``start`` ends, and whether it says private keys; None if it says nothing."""
    line = data.rfind(b"\n", 0, start) + 1
    indent = len(data[line:start]) - len(data[line:start].lstrip(b" \t\"'"))
    for _ in range(_MOST_LINES):
        if line <= 0:
            return None
        before = data.rfind(b"\n", max(0, line - 400), line - 1) + 1
        text = data[before : line - 1].rstrip()
        own = text.lstrip(b" \t\"'")
        if own.startswith(b"["):
            named = _TABLE.search(text)
            return (line, named["sure"] is not None) if named else None
        if own and not own.startswith(b"#") and len(text) - len(own) < indent:
            named = _HEADING.search(text)
            return (line, named["sure"] is not None) if named else None
        line = before
    return None
