"""Behaviour of scanner.context.around.onchain: what a chain or a page shows to everybody is no secret."""

import random

import pytest

from scanner.context.around.handles import why_handle
from scanner.context.around.onchain import why_on_chain
from scanner.placeholders import fill

HELD = "the key of something held on a chain"
ACCOUNT = "the key of an account that all may see"
PUBLIC = "a public key"
PROJECT = "the id of a project in WalletConnect, which its pages show"
HALF = "the public half beside the secret one"
WORD = "a word of a contract"
SOLANA = 'import { PublicKey } from "@solana/web3.js";\n'
WALLETS = 'import { createWeb3Modal } from "@web3modal/wagmi/react";\n'
ROWS = [
    # name, text before, value, text after, reason
    ("poolKey", 'poolKey = "0x', "{hex:64}", '"; const secret = load()', HELD),
    ("pyth_price_feed_key", 'pyth_price_feed_key = "', "0x{hex:64}", '"', HELD),
    ("feed_key", '"feed_key": "', "{hex:64}", '"', HELD),
    ("dataKey", 'dataKey = "0x', "{hex:64}", '"', HELD),
    ("dataKey", 'dataKey = "', "{hex:64}", '"', None),
    ("toKey", 'toKey = "0x', "{hex:64}", '"', None),
    ("bridgeKey", 'bridgeKey = "0x', "{hex:64}", '"', None),
    ("POOL_OWNER_KEY", 'POOL_OWNER_KEY = "0x', "{hex:64}", '"', None),
    ("authentication_key", '"authentication_key": "0x', "{hex:64}", '"', PUBLIC),
    ("authentication_key", '"authentication_key": "', "{hex:64}", '"', None),
    ("STARK_KEY", "STARK_KEY=", "0x{hex:62}", "", PUBLIC),
    ("STARK_PRIVATE_KEY", "STARK_PRIVATE_KEY=", "0x{hex:62}", "", None),
    ("SECRET_SLOT", "bytes32 private constant SECRET_SLOT = 0x", "{hex:64}", ";", WORD),
    ("privateKey", "bytes32 privateKey = 0x", "{hex:64}", ";", None),
    ("orderlyKey", "orderlyKey: 'ed25519:", "{base58:44}", "'", HALF),
    ("orderly-key", '"orderly-key": "', "ed25519:{base58:44}", '"', HALF),
    ("orderlySecretKey", "orderlySecretKey: '", "ed25519:{base58:44}", "'", None),
    ("orderlyKey", "orderlyKey: '", "ed25519:{base58:88}", "'", None),
    ("SECRET_SLOT", "uint256 constant SECRET_SLOT = 0x", "{hex:64}", ";", None),
    (
        "withdrawal_credentials",
        '"withdrawal_credentials": "',
        "{hex:64}",
        '"',
        "whom a deposit of a validator is paid back to",
    ),
    ("PUMP_FUN_KEY", SOLANA + 'PUMP_FUN_KEY = "', "{sol}", '"', ACCOUNT),
    ("walletKey", SOLANA + 'walletKey = "', "{sol}", '"', ACCOUNT),
    ("key", '{mint: "x", key: "', "{sol}", '"}', ACCOUNT),
    ("key", SOLANA + "\n" * 300 + 'key: "', "{sol}", '"', None),
    ("walletKey", 'walletKey = "', "{sol}", '"', None),
    ("walletKey", SOLANA + 'walletKey = "', "{sol}", '"; Keypair.fromSeed(x)', None),
    ("PRIVATE_KEY", SOLANA + 'PRIVATE_KEY = "', "{sol}", '"', None),
    ("API_KEY", SOLANA + 'API_KEY = "', "{sol}", '"', None),
    ("REACT_APP_WC_PROJECT_ID", "REACT_APP_WC_PROJECT_ID=", "{hex:32}", "", PROJECT),
    ("VITE_WC_ID", "VITE_WC_ID=", "{hex:32}", "", PROJECT),
    ("WALLETCONNECT_PROJECT_ID", "WALLETCONNECT_PROJECT_ID=", "{hex:32}", "", PROJECT),
    ("NEXT_PUBLIC_PROJECT_ID", "NEXT_PUBLIC_PROJECT_ID=", "{hex:32}", "", PROJECT),
    ("NEXT_PUBLIC_PROJECT_ID", "NEXT_PUBLIC_PROJECT_ID=", "{hex:32}", "\nIPFS_SECRET=x", None),
    ("projectId", "projectId = '", "{hex:32}", "'; // WalletConnect", PROJECT),
    ("projectId", WALLETS + "projectId = '", "{hex:32}", "'", PROJECT),
    ("projectId", WALLETS + "infuraProvider({ projectId: '", "{hex:32}", "' })", None),
    ("projectId", "projectId = '", "{hex:32}", "'", None),
    ("projectId", WALLETS + "projectId = '", "{alnum:32}", "'", None),
    ("INFURA_PROJECT_ID", WALLETS + "INFURA_PROJECT_ID=", "{hex:32}", "", None),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "reason"), ROWS)
def test_why_on_chain(name: str, before: str, value: str, after: str, reason: str | None) -> None:
    """The form of the value and the words of its name tell together; anything else may be a secret."""
    # 44 digits of base58 that begin with a low one are 32 bytes, as an account is.
    drawn = fill(value.replace("{sol}", "4{base58:43}"), random.Random(5))[0]
    data = (before + drawn + after).encode()
    start = len(before)
    assert why_on_chain(data, start, start + len(drawn), name) == reason
    assert reason is None or why_handle(data, start, start + len(drawn), name) == reason
