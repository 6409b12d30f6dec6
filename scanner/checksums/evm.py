"""Private keys of secp256k1 that their place proves: beside their own address, or handed to a wallet.

64 hexadecimal digits are most often a hash. So these checks look at the bytes around the digits: an address
that derives from them is proof, and a variable that is passed on as a key is as good as a name.

Only used to compare a key with an address, so that it need not run in constant time.
"""

import re

from scanner.checksums.coins import ORDER
from scanner.checksums.encodings import base58check_decode
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_P = 2**256 - 2**32 - 977
_G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
"""The field and the base point of secp256k1 (SEC 2, 2.4.1)."""
_MASK = (1 << 64) - 1
_REACH = 120
"""Bytes before and behind a key in which its address is looked for."""
_HANDED_WITHIN = 4000
_ADDRESS = lazy_compile(
    rb"(?<![0-9a-zA-Z])(?:0x([0-9a-fA-F]{40})|(T[1-9A-HJ-NP-Za-km-z]{33}))(?![0-9a-zA-Z])"
)
_VARIABLE = lazy_compile(
    rb"([A-Za-z_$][\w$]{0,40})(?:, ?(?:_|err))?[ \t]{0,3}(?::[ \t]{0,3}[&\w:<>\[\]' ]{1,30}[ \t]{0,3})?:?=[ \t]{0,3}"
    rb"(?:(?:new )?[\w.:\[\]]{1,40}!?\(\s{0,4}&?b?)?[\"'`](?:0[xX])?\Z"
)
"""The variable that the digits are given to, decoded or not: ``key, _ := hex.DecodeString("``."""
_TAKES = (
    rb"(?:new (?:\w{1,20}\.)?(?:Wallet|Account|PrivateKey\w{2,30})|privateKeyToAccount"
    rb"|from_key|HDWalletProvider|accounts\.(?:wallet\.)?add"
    rb"|[hH]exToECDSA|\bToECDSA|Credentials\.create|PrivateKeySigner::from_(?:str|bytes|slice)|new (?:KeyPair|EthECKey)"
    rb"|(?<![A-Za-z])(?:PrivateKey|PrivKeyFromBytes|PrivateKey\.from_?(?:hex|bytes))|ECKey\.fromPrivate|\bSigningKey\.from_string"
    rb"|SecretKey::(?:from_(?:slice|str)|parse(?:_slice)?)|\bApiWrapper\.of[A-Z][a-z]{2,9}"
    rb"|\b(?:tx|txn|transaction)\.sign)\(\s{0,20}"
    rb"(?:&?(?!\w{0,20}[hH]ash)(?:new )?[\w.:]{1,40}!?\(\s{0,4})?&?\[?(?:`0x\$\{)?"
)
"""Calls that take a private key first, up to its name, decoded on the way or not."""
_TAKEN = lazy_compile(_TAKES + rb"\Z")
_SIGNED = lazy_compile(
    rb"(?:[sS]ign_?(?:[tT]ransaction|[mM]essage|[hH]ash)|\baccounts\.sign|\btrx\.sign\w{0,12})"
    rb"\((?!\s{0,40}[\w.]{0,24}(?i:priv|key|secret|signer|wallet))[^;]{1,500},\s{0,40}(?:[\w.]{1,40}\(\s{0,4})?\Z"
)
"""Calls that take a private key behind what they sign, up to its name."""
_AMONG = lazy_compile(rb"\baccounts[\"']?\s{0,4}[:=]\s{0,4}\[[^\]]{0,400}\Z")
"""The list of a network's accounts, up to the name of one."""
_BEFORE_NAME, _BEHIND_NAME = lazy_compile(rb"[\w$.]"), lazy_compile(rb"[\w$(]")
_NEAR, _FAR, _MOST_USES = 160, 600, 24
_TELLING = lazy_compile(rb"(?i)priv|secret|token|pass")
"""Names that say enough by themselves: whose key it is, other judges tell."""
_WORDS = (
    rb"(?:\b(?i:priv(?:ate)?[ _-]?key)(?![\w-])|\b(?:wallet|deployer|signer) pk\b|"
    + "私钥|私鑰|秘密鍵|개인키|(?:П|п)риватный ключ".encode()
    + rb")"
)
"""A private key, in English, Chinese, Japanese, Korean and Russian."""
_NOTED = (
    rb"(?:#|//|--|/\*|;)[^\n=:0-9]{0,40}"
    + _WORDS
    + rb"(?!'s|[^\n]{0,30}(?:(?i:hash|address|public|index|ident|fingerprint|sign|topic)|\bid\b))[^\n=]{0,40}"
)
"""A remark that names a private key."""
_PRIVATE = lazy_compile(rb"(?i)pk|p_?key|pri(?:v(?:ate)?)?_?key|private")
"""What a loop calls each value of a list of private keys."""
_NOTED_ABOVE = lazy_compile(rb"(?:\A|\n)[ \t]{0,40}" + _NOTED + rb"\n[^\n]{0,90}\Z")
_NOTED_BEHIND = lazy_compile(rb"[\"'`]\)?[;,]?[ \t]{1,8}" + _NOTED)
_OTHER = lazy_compile(rb"(?i)hash|addr|tx|root|pub|sig|digest|topic|salt|nonce|sha|sum|contract")
"""Names of what a remark about a key may stand above, and that is none."""
_HEADS = lazy_compile(
    rb"(?i)\A[\s\"'`*]{0,8}(?:" + _WORDS + rb"|pkey|secret key|pk[\s\"'`*]{0,8}\Z)"
)
"""A cell of a heading that says that its column holds private keys."""
_TABLE = 6000
"""Bytes above a row in which the heading of its table is looked for."""


def _rounds() -> tuple[int, ...]:
    """Return the round constants of Keccak, from its shift register (FIPS 202, 3.2.5)."""
    constants, state = [], 1
    for _ in range(24):
        constant = 0
        for power in range(7):
            if state & 1:
                constant |= 1 << ((1 << power) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


_ROUNDS = _rounds()


def keccak256(message: bytes) -> bytes:
    """Return Keccak-256 as Ethereum has it: SHA-3 with the padding of before (FIPS 202, 3.2).

    >>> keccak256(b"").hex()[:16]
    'c5d2460186f7233c'
    """
    rate = 136
    padded = bytearray(message + b"\1" + bytes(-(len(message) + 1) % rate))
    padded[-1] |= 0x80
    lanes = [0] * 25
    for at in range(0, len(padded), rate):
        for i in range(rate // 8):
            lanes[i] ^= int.from_bytes(padded[at + 8 * i : at + 8 * i + 8], "little")
        for constant in _ROUNDS:
            _permute(lanes, constant)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permute(lanes: list[int], constant: int) -> None:
    sums = [
        lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)
    ]
    for x in range(5):
        mixed = sums[x - 1] ^ _turned(sums[(x + 1) % 5], 1)
        for y in range(0, 25, 5):
            lanes[x + y] ^= mixed
    x, y, moved = 1, 0, lanes[1]
    for step in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        lanes[x + 5 * y], moved = (
            _turned(moved, (step + 1) * (step + 2) // 2 % 64),
            lanes[x + 5 * y],
        )
    for y in range(0, 25, 5):
        row = lanes[y : y + 5]
        for x in range(5):
            lanes[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5] & _MASK)
    lanes[0] ^= constant


def _turned(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK if by else lane


Point = tuple[int, int, int]


def _doubled(point: Point) -> Point:
    x, y, z = point
    square = y * y % _P
    s, m = 4 * x * square % _P, 3 * x * x % _P
    new = (m * m - 2 * s) % _P
    return new, (m * (s - new) - 8 * square * square) % _P, 2 * y * z % _P


def _added(point: Point) -> Point:
    """Return a point and the base point (another point), in Jacobian coordinates."""
    x, y, z = point
    square = z * z % _P
    h, r = (_G[0] * square - x) % _P, (_G[1] * square * z - y) % _P
    cube = h * h * h % _P
    v = x * h * h % _P
    new = (r * r - cube - 2 * v) % _P
    return new, (r * (v - new) - y * cube) % _P, z * h % _P


@remembered(1 << 12)
def address_of(digits: bytes) -> bytes | None:
    """Return the 20 bytes of the address that a key of 64 hex digits has, None for no key.

    >>> (address_of(b"0" * 63 + b"3") or b"").hex()[:8]
    '6813eb93'
    """
    number = int(digits, 16)
    if not 0 < number < ORDER:
        return None
    point: Point | None = None
    for bit in f"{number:b}":
        point = _doubled(point) if point else None
        if bit == "1":
            point = _added(point) if point else (*_G, 1)
    assert point is not None  # the number is above 0
    inverse = pow(point[2], -1, _P)
    x = point[0] * inverse * inverse % _P
    y = point[1] * inverse * inverse * inverse % _P
    return keccak256(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]


def evm_pair(data: bytes, start: int, end: int) -> bool:
    """Check that an address beside ``data[start:end]``, 64 hex digits, is this key's, or that its column says so."""
    around = data[max(0, start - _REACH) : start] + b" " + data[end : end + _REACH]
    told = set()
    for found in _ADDRESS.finditer(around):
        if found[1]:
            told.add(bytes.fromhex(found[1].decode()))
        else:
            told.add((base58check_decode(found[2]) or b"")[1:])
    return bool(told) and (_is_headed(data, start) or address_of(data[start:end]) in told)


def _is_headed(data: bytes, start: int) -> bool:
    r"""Tell whether the heading of the column at ``start`` names a private key: of Markdown, or in the first line.

    >>> _is_headed(b"address,private_key\n0x00,0a1b", 25), _is_headed(b"address,hash\n0x00,0a1b", 18)
    (True, False)
    """
    low = data.rfind(b"\n", max(0, start - 400), start) + 1
    rule = data.rfind(b"|--", max(0, low - _TABLE), low) if b"|" in data[low:start] else -1
    if rule >= 0:
        stop = data.rfind(b"\n", 0, rule)
        heading = data[data.rfind(b"\n", max(0, stop - 400), max(0, stop)) + 1 : max(0, stop)]
    else:
        heading = data[: max(0, data.find(b"\n", 0, 400))]
    for mark in b"|", b";", b"\t", b",":
        cells, index = heading.split(mark), data.count(mark, low, start)
        if len(cells) > 1:
            return 0 < index < len(cells) and _HEADS.match(cells[index]) is not None
    return False


def evm_handed(data: bytes, start: int, end: int) -> bool:
    """Check that the variable of ``data[start:end]`` is passed on as an account's key, or that a remark says so."""
    variable = _VARIABLE.search(data, max(0, start - 140), start)
    if variable is None or _TELLING.search(variable[1]):
        return False
    if not _OTHER.search(variable[1]) and (
        _NOTED_BEHIND.match(data, end, end + 120)
        or _NOTED_ABOVE.search(data, max(0, start - 220), start)
    ):
        return True
    return _is_handed(data[end : end + _HANDED_WITHIN], variable[1])


def _is_handed(code: bytes, name: bytes) -> bool:
    """Tell whether a call in some code takes the variable ``name`` as a private key.

    >>> _is_handed(b"new Wallet(k)", b"k"), _is_handed(b"hash(k)", b"k")
    (True, False)
    """
    at = -1
    for _ in range(_MOST_USES):
        at = code.find(name, at + 1)
        if at < 0:
            return False
        behind = code[at + len(name) : at + len(name) + 1]
        if _BEFORE_NAME.match(code, at - 1, at) or _BEHIND_NAME.match(behind):
            continue  # a piece of another name, or a call
        before = code[max(0, at - _FAR) : at]
        if (
            _TAKEN.search(before, max(0, len(before) - _NEAR))
            or (b"accounts" in before and _AMONG.search(before))
            or (b"ign" in before and behind in b",) \n" and _SIGNED.search(before))
        ):
            return True
    return False


_LISTED = lazy_compile(
    rb"(?<![\w$.\-])(?:(?:(?:evm|eth|bsc|wallets?)_(?:keys|KEYS)|(?P<keys>KEYS)|(?P<any>keys|pks))"
    rb"|(?:(?:evm|eth|bsc|my|bot|all|main|dev|acc|accounts?)_)?(?:wallets|WALLETS|privates|PRIVATES|privs|PRIVS))"
    rb"[\"']?[ \t]{0,4}"
    rb"(?::[ ]?[A-Za-z][\w<>\[\], ]{1,24})?(?::?=|:)[ \t]{0,4}(?:\[\]string|(?:new )?[A-Za-z.]{0,16}\(?)\Z"
)
_OF_WALLETS = lazy_compile(rb"(?i)private|wallet|web3|eth_account|ethers|from_key|signer|proxies")
_MAKES = lazy_compile(
    rb"\b(?:from_key|new (?:ethers\.)?Wallet|privateKeyToAccount|HDWalletProvider|Account\.fromPrivateKey)\("
)
"""Calls that make accounts of private keys: what a list called keys alone holds, if they stand below."""
_OPENS = (b"[", b"{")
_CLOSES = {b"[": b"]", b"{": b"}"}
_FAR = 6000
"""Bytes before a key in which the name of its list is looked for."""
_ELSEWHERE = lazy_compile(
    rb"(?i)storage|slot|merkle|topic|proof|pub(?:lic)?_?keys?|npub|nostr|feed|bytes32|aptos|starknet|substrate|polkadot"
    rb"|digest|sigstore|cosign|keccak|selector|checksum|\bsui\b|\bnear\b|block_?hash|enode|getproof|trie\b"
)
"""What else has keys, or accounts, of 32 bytes: a storage, a tree, a feed, a chain whose addresses are as long."""


def evm_listed(data: bytes, start: int, end: int) -> bool:
    """Check that ``data[start:end]``, 64 hex digits, are of a list that is called keys or wallets, and of no other.

    >>> evm_listed(b'WALLETS = ["' + b"1a" * 32, 12, 76), evm_listed(b'roots = ["' + b"1a" * 32, 10, 74)
    (True, False)
    """
    low = max(0, start - _FAR)
    at, opener = max((data.rfind(one, low, start), one) for one in _OPENS)
    if (
        at < 0
        or data.find(_CLOSES[opener], at, start) >= 0
        or not 0 < int(data[start:end], 16) < ORDER
    ):
        return False
    named = _LISTED.search(data, max(0, at - 80), at)
    if named is None:
        return False
    if named["keys"] and not _OF_WALLETS.search(data, max(0, at - 600), at + 2000):
        return False  # keys of anything
    if named["any"] and not _MAKES.search(data, end, end + _HANDED_WITHIN):
        return False
    return _ELSEWHERE.search(data, max(0, at - 600), at) is None


def hands_each(data: bytes, start: int, name: bytes) -> bool:
    """Tell whether a loop below ``start`` hands each value of the list ``name`` on as an account's key."""
    name, below = re.escape(name), data[start : start + 2 * _HANDED_WITHIN]
    for loop in re.finditer(
        rb"\bfor[ ]{1,2}\(?(?:const |let |var )?(?:\w{1,20}, ?)?(\w{1,30})(?: in | of |: ?| := range )(?:enumerate\()?"
        + name
        + rb"\b|(?<![\w$.])"
        + name
        + rb"\s{0,4}\.(?:map|forEach)\(\s{0,4}(?:async )?\(?(\w{1,30})",
        below,
    ):
        one = re.escape(loop[1] or loop[2])
        if _PRIVATE.fullmatch(loop[1] or loop[2]):
            return True
        near = below[max(0, loop.start() - 120) : loop.end() + 600]
        if re.search(_TAKES + one + rb"(?![\w$(])", near):
            return True
    return False
