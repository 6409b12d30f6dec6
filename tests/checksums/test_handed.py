"""Behaviour of scanner.checksums.handed: a key is proved by what is done with it."""

import random

import pytest

from scanner.checksums import PLACED
from scanner.checksums.handed import evm_listed, hands_each
from scanner.placeholders import make

KEY = make("evm_key", "", random.Random(11))


def holds(check: str, before: str, after: str) -> bool:
    data = (before + KEY + after).encode()
    start = len(before.encode())
    return PLACED[check](data, start, start + len(KEY))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('const dev = "', '"\nmodule.exports = {networks: {a: {accounts: [dev]}}}', True),
        ('const dev: string = "0x', '"\nconst w = new ethers.Wallet(dev, rpc)', True),
        ('k = "', '"\nacct = Account.from_key(k)', True),
        ('const dev = "', '"\nverify(dev)', False),
        ('const root = "', '"\nmodule.exports = {accounts: [process.env.KEY]}', False),
        ('const secretKey = "', '"\nnew Wallet(secretKey)', False),  # its name is enough
        ('KEY = "', '"\nacct = Account.from_key(KEY)', True),
        ('const a = "', '"\nweb3.eth.accounts.wallet.add(a);', True),
        ("import { ethers } from 'ethers';\nconst deployer = '0x", "';", True),
        ("from web3 import Web3\nhot_wallet = '0x", "'", True),
        ("import { ethers } from 'ethers';\nconst deployer = '", "';", False),
        ("import { ethers } from 'ethers';\nconst MINTER = '0x", "';", False),  # the hash of a role
        ("import { SuiClient } from '@mysten/sui/client';\nconst deployer = '0x", "';", False),
        ("import { ethers } from 'ethers';\nimport aptos\nconst deployer = '0x", "';", False),
        ('const a = fromHex("', '");\nconst w = await DirectSecp256k1Wallet.fromKey(a);', True),
        ('const a = "', '"\nconst w = new zksync.Wallet(a.trim(), rpc)', True),
        (
            'const a = "',
            '"\nawait accounts.signTransaction({to: b, gas: web3.utils.toHex(1)}, a)',
            True,
        ),
        ("const operatorKey = '", "';\nfinal c = EthPrivateKey.fromHex(operatorKey);", True),
        ("const rootHash = '", "';\nfinal c = EthereumAddress.fromHex(rootHash);", False),
        ('const a = "', '"\nawait accounts.signTransaction(a, key)', False),
        ('const a = "', '"\nconst sig = signHash(wallet, a)', False),
        ('const a = "', '"\nconst s = await signTransaction(tx); check(s, a)', False),
        ('const a = "', '"\nnew Wallet(a1); new Wallet(b.a); new Wallet(a(1))', False),
        ('raw, _ := hex.DecodeString("', '")\npriv, _ := btcec.PrivKeyFromBytes(raw)', True),
        ("raw = '", "'\nsk = SigningKey.from_string(bytes.fromhex(raw), curve=SECP256k1)", True),
        ('raw, _ := hex.DecodeString("', '")\nsum := sha256.Sum256(raw)', False),
        ('msg = "', '"\nkey = PrivateKey(sha256_hash(msg))', False),
        ("", "", False),
    ],
)
def test_a_variable_handed_to_a_wallet(before: str, after: str, expected: bool) -> None:
    """A variable that becomes an account's key below holds one."""
    assert holds("evm_handed", before, after) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("# deployer private key\nx = '0x", "'", True),
        ("// 钱包私钥\nconst x = '", "';", True),
        ("const acc = '0x", "'; // private key of the deployer", True),
        ("// the private key signs this\nconst txHash = '0x", "'", False),
        ("x = '", "'  # sha256 of the private key hash", False),
        ("# private key = none\n\nx = '", "'", False),
        ("const acc = '0x", "'; // the private key's address", False),
    ],
)
def test_a_remark_that_says_so(before: str, after: str, expected: bool) -> None:
    """A remark above or behind calls it a private key, and no more than that."""
    assert holds("evm_handed", before, after) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("wallets.forEach(pk => send(pk))", True),
        ("for i, private_key in enumerate(wallets):", True),
        ("for k in wallets:\n    acct = Account.from_key(k)", True),
        ("for h in wallets:\n    check(h)", False),
    ],
)
def test_a_loop_over_a_list(code: str, expected: bool) -> None:
    """A loop hands each value to a wallet, or calls it a private key."""
    assert hands_each(f"wallets = []\n{code}".encode(), 0, b"wallets") is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("from web3 import Web3\nKEYS = ['", True),
        ("# wallets\nKEYS = [\n    # main\n    '0x", True),
        ("KEYS = ['", False),  # of anything
        ("from web3 import Web3\nkeys = ['", False),
        ('wallets := []string{"', True),
        ("const WALLETS: string[] = ['0x", True),
        ("privates = [\n  '" + "0x" + "1a" * 32 + "',\n  '", True),
        ('{"wallets": ["', True),
        ("evm_keys = ['", True),
        ('{"keys": ["', False),  # of anything
        ("storage_keys = ['", False),
        ("api_keys = ['", False),
        ("# leaves of the merkle tree\nwallets = ['", False),
        ("import aptos_sdk\nwallets = ['0x", False),  # addresses
        ("keys = ['a']\nroot = ['", False),
        ("keys = []\nx = '", False),
        ("cfg.keys = ['", False),
    ],
)
def test_a_list_called_keys_or_wallets(before: str, expected: bool) -> None:
    """A list in code that is called so holds keys, if nothing near it says what else they are."""
    assert holds("evm_listed", before, "'") is expected


def test_a_number_above_the_order_is_no_key() -> None:
    assert not PLACED["evm_listed"](b"WALLETS = ['" + b"f" * 64, 12, 76)


@pytest.mark.parametrize("name", ["keys", "pks"])
def test_a_list_of_code_called_keys(name: str) -> None:
    """Its values are private keys if code below makes accounts; keys of anything else are not."""
    head = f'{name} = ["'.encode()
    text = head + b"1a" * 32 + b'"]\ndef check(pk):\n    return w3.eth.account.from_key(pk)\n'
    span = len(head), len(head) + 64
    assert evm_listed(text, *span)
    assert not evm_listed(text.replace(b"from_key", b"get_row"), *span)
