"""Private keys of secp256k1 that are handed to a wallet: by a variable, from a list, or as a remark says.

64 hexadecimal digits are most often a hash. A variable that is passed on as a key is as good as a name.
"""

import re

from scanner.checksums.secp256k1 import ORDER
from scanner.lazy import lazy_compile

_HANDED_WITHIN = 4000
"""Bytes behind a key in which it is handed on."""
_VARIABLE = lazy_compile(
    rb"([A-Za-z_$][\w$]{0,40})(?:, ?(?:_|err))?[ \t]{0,3}(?::[ \t]{0,3}[&\w:<>\[\]' ]{1,30}[ \t]{0,3})?:?=[ \t]{0,3}"
    rb"(?:(?:new )?[\w.:\[\]]{1,40}!?\(\s{0,4}&?b?)?[\"'`](?:0[xX])?\Z"
)
"""The variable that the digits are given to, decoded or not: ``key, _ := hex.DecodeString("``."""
_TAKES = (
    rb"(?:new (?:\w{1,20}\.)?(?:Wallet|Account|PrivateKey\w{2,30})|privateKeyToAccount"
    rb"|from_key|HDWalletProvider|EthPrivateKey\.from(?:Hex|Int)|accounts\.(?:wallet\.)?add"
    rb"|[hH]exToECDSA|\bToECDSA|Credentials\.create|PrivateKeySigner::from_(?:str|bytes|slice)|new (?:KeyPair|EthECKey)"
    rb"|(?<![A-Za-z])(?:PrivateKey|PrivKeyFromBytes|PrivateKey\.from_?(?:hex|bytes))|ECKey\.fromPrivate|\bDirectSecp256k1Wallet\.fromKey|\bSigningKey\.from_string"
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
_TOP = 6000
_NEAR, _REACH, _MOST_USES = 160, 600, 24
"""Bytes before a use in which a call stands, and in which it begins; uses that are looked at."""
TELLING = lazy_compile(rb"(?i)priv|secret|token|pass")
"""Names that say enough by themselves: whose key it is, other judges tell."""
_SENDER = lazy_compile(
    rb"(?i)(?:\w{0,20}_)?(?:deployer|signer|funder|relayer|liquidator|burner|sniper|attacker|(?:hot|dev|main|bot)_?wallet)\d?"
)
_FOR_CHAINS = lazy_compile(rb"\b(?:ethers|web3|Web3|viem|hardhat|eth_account|brownie|alloy)\b")
"""What an account that sends transactions is called, and the libraries of Ethereum's kind: there it is its key."""
PRIVATE_KEY = (
    rb"(?:\b(?i:priv(?:ate)?[ _-]?key)(?![\w-])|\b(?:wallet|deployer|signer) pk\b|"
    + "私钥|私鑰|秘密鍵|개인키|(?:П|п)риватный ключ".encode()
    + rb")"
)
"""A private key, in English, Chinese, Japanese, Korean and Russian."""
_NOTED = (
    rb"(?:#|//|--|/\*|;)[^\n=:0-9]{0,40}"
    + PRIVATE_KEY
    + rb"(?!'s|[^\n]{0,30}(?:(?i:hash|address|public|index|ident|fingerprint|sign|topic)|\bid\b))[^\n=]{0,40}"
)
"""A remark that names a private key."""
_PRIVATE = lazy_compile(rb"(?i)pk|p_?key|pri(?:v(?:ate)?)?_?key|private")
"""What a loop calls each value of a list of private keys."""
_NOTED_ABOVE = lazy_compile(rb"(?:\A|\n)[ \t]{0,40}" + _NOTED + rb"\n[^\n]{0,90}\Z")
_NOTED_BEHIND = lazy_compile(rb"[\"'`]\)?[;,]?[ \t]{1,8}" + _NOTED)
OTHER = lazy_compile(rb"(?i)hash|addr|tx|root|pub|sig|digest|topic|salt|nonce|sha|sum|contract")
"""Names of what a remark about a key may stand above, and that is none."""
_LISTED = lazy_compile(
    rb"(?<![\w$.\-])(?:(?:(?:evm|eth|bsc|wallets?)_(?:keys|KEYS)|(?P<keys>KEYS)|(?P<any>keys|pks))"
    rb"|(?:(?:evm|eth|bsc|my|bot|all|main|dev|acc|accounts?)_)?(?:wallets|WALLETS|privates|PRIVATES|privs|PRIVS))"
    rb"[\"']?[ \t]{0,4}"
    rb"(?::[ ]?[A-Za-z][\w<>\[\], ]{1,24})?(?::?=|:)[ \t]{0,4}(?:\[\]string|(?:new )?[A-Za-z.]{0,16}\(?)\Z"
)
OF_WALLETS = lazy_compile(rb"(?i)private|wallet|web3|eth_account|ethers|from_key|signer|proxies")
_MAKES = lazy_compile(
    rb"\b(?:from_key|new (?:ethers\.)?Wallet|privateKeyToAccount|HDWalletProvider|Account\.fromPrivateKey)\("
)
"""Calls that make accounts of private keys: what a list called keys alone holds, if they stand below."""
_OPENS = (b"[", b"{")
_CLOSES = {b"[": b"]", b"{": b"}"}
_LIST = 6000
"""Bytes before a key in which the name of its list is looked for."""
ELSEWHERE = lazy_compile(
    rb"(?i)storage|slot|merkle|topic|proof|pub(?:lic)?_?keys?|npub|nostr|feed|bytes32|aptos|starknet|substrate|polkadot"
    rb"|digest|sigstore|cosign|keccak|selector|checksum|\bsui\b|\bnear\b|block_?hash|enode|getproof|trie\b"
)
"""What else has keys, or accounts, of 32 bytes: a storage, a tree, a feed, a chain whose addresses are as long."""


def evm_handed(data: bytes, start: int, end: int) -> bool:
    """Check that the variable of ``data[start:end]`` is passed on as an account's key, or that a remark says so."""
    variable = _VARIABLE.search(data, max(0, start - 140), start)
    if variable is None or TELLING.search(variable[1]):
        return False
    if not OTHER.search(variable[1]) and (
        _NOTED_BEHIND.match(data, end, end + 120)
        or _NOTED_ABOVE.search(data, max(0, start - 220), start)
    ):
        return True
    if (
        _SENDER.fullmatch(variable[1])
        and data[start - 2 : start] == b"0x"
        and b"(" not in variable[0]
    ):
        top = data[:_TOP]
        return _FOR_CHAINS.search(top) is not None and ELSEWHERE.search(top) is None
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
        before = code[max(0, at - _REACH) : at]
        if (
            _TAKEN.search(before, max(0, len(before) - _NEAR))
            or (b"accounts" in before and _AMONG.search(before))
            or (b"ign" in before and behind in b",) \n" and _SIGNED.search(before))
        ):
            return True
    return False


def evm_listed(data: bytes, start: int, end: int) -> bool:
    """Check that ``data[start:end]``, 64 hex digits, are of a list that is called keys or wallets, and of no other.

    >>> evm_listed(b'WALLETS = ["' + b"1a" * 32, 12, 76), evm_listed(b'roots = ["' + b"1a" * 32, 10, 74)
    (True, False)
    """
    low = max(0, start - _LIST)
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
    if named["keys"] and not OF_WALLETS.search(data, max(0, at - 600), at + 2000):
        return False  # keys of anything
    if named["any"] and not _MAKES.search(data, end, end + _HANDED_WITHIN):
        return False
    return ELSEWHERE.search(data, max(0, at - 600), at) is None


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
