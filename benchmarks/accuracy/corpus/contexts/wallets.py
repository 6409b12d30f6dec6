# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Wallet keys and phrases in the files of their own tools, and phrases the way people write them down."""

from __future__ import annotations

import json

from corpus.contexts.base import Fits, Kit, quote, shape
from corpus.systems import Credential

Creds = list[Credential]


def _is(*names: str, field: str = "") -> Fits:
    def check(c: Credential) -> bool:
        return c.system.id in names and (not field or c.parts[0].field.name == field)

    return check


def _pem(c: Credential) -> bool:
    return any(p.value.startswith("-----BEGIN") for p in c.parts)


def _wallet_key(c: Credential) -> bool:
    return c.system.group == "wallets" and c.is_simple and len(c.parts) == 1


@shape("hardhat_accounts", "medium", _is("evm_private_key", "vertex", "hyperliquid"), weight=5)
def hardhat_accounts(kit: Kit, creds: Creds) -> None:
    """Write a Hardhat network with a literal account beside the published test key."""
    key = next(p for p in creds[0].parts if p.field.kind == "private_key")
    public = kit.tree.look(
        "published_key",
        "0x" + "ac0974bec39a17e36ba4a6b4d238ff94" + "4bacb478cbed5efcae784d7bf4f2ff80",
    )
    text = (
        "require('@nomicfoundation/hardhat-toolbox');\n\nmodule.exports = {\n  solidity: '0.8.24',\n  networks: {\n"
        f"    localhost: {{ accounts: ['{public}'] }},\n"
        f"    bsc: {{\n      url: 'https://bsc-dataseed.binance.org',\n      accounts: ['{kit.s(key)}'],\n    }},\n  }},\n}};\n"
    )
    name = {"evm_private_key": "", "vertex": "vertex/", "hyperliquid": "hyperliquid/"}[
        creds[0].system.id
    ]
    kit.add(f"{name}hardhat.config.js", text)


@shape("foundry_script", "medium", _is("evm_private_key"), weight=4)
def foundry_script(kit: Kit, creds: Creds) -> None:
    """Write a deploy script with --private-key."""
    address = kit.tree.look("evm_address", f"0x{kit.rng.getrandbits(160):040x}")
    text = f"#!/bin/sh\nforge script script/Deploy.s.sol --rpc-url $RPC --broadcast --private-key {kit.s(creds[0].parts[0])}\ncast call {address} 'owner()'\n"
    kit.add("script/deploy.sh", text)


@shape("pem_file", "medium", _pem, weight=6)
def pem_file(kit: Kit, creds: Creds) -> None:
    """Write a PEM in a file of its own, the key id beside it."""
    slug = creds[0].system.slug
    for part in creds[0].parts:
        if part.value.startswith("-----BEGIN"):
            kit.add(f"keys/{slug}/private.pem", kit.s(part, text=part.value.rstrip("\n")) + "\n")
        else:
            kit.add(f"keys/{slug}/key_id.env", f"{creds[0].env(part)}={kit.s(part)}\n")


@shape("pem_in_code", "medium", _pem, weight=5)
def pem_in_code(kit: Kit, creds: Creds) -> None:
    """Write a PEM in a triple-quoted string."""
    lines = [f'"""{creds[0].system.brand} client."""', ""]
    for part in creds[0].parts:
        text = kit.s(part, text=part.value.rstrip("\n"))
        name = creds[0].generic(part).upper()
        lines.append(f'{name} = """{text}\n"""' if part.is_multiline else f'{name} = "{text}"')
    kit.add("client/auth.py", "\n".join([*lines, ""]))


@shape("cdp_json", "medium", _is("coinbase_cdp"), weight=8)
def cdp_json(kit: Kit, creds: Creds) -> None:
    """Write the JSON that Coinbase lets its users download."""
    body = {}
    for part in creds[0].parts:
        name = {"api_key_name": "name", "api_key_id": "id", "wallet_secret": "walletSecret"}.get(
            part.field.name, "privateKey"
        )
        body[name] = kit.s(part)
    kit.add("cdp_api_key.json", json.dumps(body, indent=4, ensure_ascii=False) + "\n")


@shape("solana_id_json", "medium", _is("solana", field="keypair_array"), weight=8)
def solana_id_json(kit: Kit, creds: Creds) -> None:
    """Write the key file of the Solana tools."""
    kit.add(
        kit.pick("id.json", "keypairs/payer-keypair.json", ".config/solana/id.json"),
        kit.s(creds[0].parts[0]),
    )


@shape("solana_array_code", "hard", _is("solana"), weight=6)
def solana_array_code(kit: Kit, creds: Creds) -> None:
    """Write a byte array, spread over lines or in one."""
    part = creds[0].parts[0]
    if part.value.startswith("["):
        numbers = json.loads(part.value)
        rows = [", ".join(map(str, numbers[i : i + 16])) for i in range(0, len(numbers), 16)]
        call = f"fromSecretKey(Uint8Array.from({kit.s(part, text='[' + chr(10) + (',' + chr(10)).join('  ' + r for r in rows) + chr(10) + ']')}))"
        if len(numbers) == 32:
            call = call.replace("fromSecretKey", "fromSeed")
    else:
        call = f"fromSecretKey(bs58.decode('{kit.s(part)}'))"
    kit.add(
        "app/payer.ts",
        f"import {{ Keypair }} from '@solana/web3.js';\n\nexport const payer = Keypair.{call};\n",
    )


@shape("keystore_file", "medium", _is("evm_keystore", field="keystore"), weight=8)
def keystore_file(kit: Kit, creds: Creds) -> None:
    """Write a geth key file."""
    text = creds[0].parts[0].value
    address = json.loads(text)["address"]
    kit.add(f"keystore/UTC--2024-05-17T09-30-00.113Z--{address}", kit.s(creds[0].parts[0]))


@shape(
    "hummingbot_encrypted",
    "medium",
    _is("evm_keystore", field="hummingbot_encrypted_value"),
    weight=8,
)
def hummingbot_encrypted(kit: Kit, creds: Creds) -> None:
    """Write a connector file with an encrypted value and, beside it, the password."""
    kit.add(
        "conf/connectors/binance.yml",
        f"connector: binance\n\nbinance_api_key: {kit.s(creds[0].parts[0])}\n",
    )


@shape("cardano_skey", "medium", _is("cardano", field="cli_skey_file"), weight=8)
def cardano_skey(kit: Kit, creds: Creds) -> None:
    """Write a cardano-cli signing key beside its verification key."""
    kit.add("keys/payment.skey", kit.s(creds[0].parts[0]) + "\n")
    public = kit.tree.look("public_key", "5820" + f"{kit.rng.getrandbits(256):064x}")
    kit.add(
        "keys/payment.vkey",
        json.dumps(
            {
                "type": "PaymentVerificationKeyShelley_ed25519",
                "description": "Payment Verification Key",
                "cborHex": public,
            },
            indent=4,
        )
        + "\n",
    )


@shape("near_credentials", "medium", _is("near"), weight=6)
def near_credentials(kit: Kit, creds: Creds) -> None:
    """Write the credentials file of near-cli."""
    public = kit.tree.look(
        "public_key",
        "ed25519:" + "".join(kit.rng.choices("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefgh", k=44)),
    )
    body = {"account_id": "bot.near", "public_key": public, "private_key": kit.s(creds[0].parts[0])}
    kit.add(".near-credentials/mainnet/bot.near.json", json.dumps(body, ensure_ascii=False) + "\n")


@shape("sui_keystore", "medium", _is("sui", field="base64_keystore"), weight=6)
def sui_keystore(kit: Kit, creds: Creds) -> None:
    """Write sui.keystore."""
    kit.add(".sui/sui_config/sui.keystore", f"[\n  {quote(kit.s(creds[0].parts[0]))}\n]")


@shape("aptos_config", "medium", _is("aptos"), weight=6)
def aptos_config(kit: Kit, creds: Creds) -> None:
    """Write .aptos/config.yaml."""
    public = kit.tree.look("public_key", f"0x{kit.rng.getrandbits(256):064x}")
    account = kit.tree.look("account_address", f"{kit.rng.getrandbits(256):064x}")
    kit.add(
        ".aptos/config.yaml",
        f'---\nprofiles:\n  default:\n    network: Mainnet\n    private_key: "{kit.s(creds[0].parts[0])}"\n    public_key: "{public}"\n    account: {account}\n',
    )


@shape("validator_key", "medium", _is("cosmos", field="validator_key"), weight=6)
def validator_key(kit: Kit, creds: Creds) -> None:
    """Write priv_validator_key.json."""
    body = {
        "address": kit.tree.look("account_address", f"{kit.rng.getrandbits(160):040X}"),
        "pub_key": {
            "type": "tendermint/PubKeyEd25519",
            "value": kit.tree.look(
                "public_key",
                "p3Xb4hTnC9wV" + "".join(kit.rng.choices("ABCDabcd01234567+/", k=31)) + "=",
            ),
        },
        "priv_key": {"type": "tendermint/PrivKeyEd25519", "value": kit.s(creds[0].parts[0])},
    }
    kit.add("config/priv_validator_key.json", json.dumps(body, indent=2, ensure_ascii=False) + "\n")


@shape("importprivkey", "medium", _is("bitcoin_wif", "bip38", "bip32_xprv"), weight=5)
def importprivkey(kit: Kit, creds: Creds) -> None:
    """Write wallet commands."""
    address = kit.tree.look(
        "btc_address", "bc1q" + "".join(kit.rng.choices("qpzry9x8gf2tvdw0s3jn54khce6mua7l", k=38))
    )
    kit.add(
        "scripts/restore.sh",
        f'#!/bin/sh\nbitcoin-cli importprivkey "{kit.s(creds[0].parts[0])}" "cold" false\nbitcoin-cli getreceivedbyaddress {address}\n',
    )


@shape("monero_cli", "medium", _is("monero"), weight=5)
def monero_cli(kit: Kit, creds: Creds) -> None:
    """Write a restore script for monero-wallet-cli."""
    rows = [f"echo '{kit.s(p)}'  # {p.field.name.replace('_', ' ')}" for p in creds[0].parts]
    kit.add(
        "restore-monero.sh",
        "#!/bin/sh\nmonero-wallet-cli --restore-deterministic-wallet\n" + "\n".join([*rows, ""]),
    )


@shape(
    "wallet_key_bare",
    "hard",
    lambda c: _wallet_key(c) and c.parts[0].field.tells_system,
    told=False,
    weight=3,
)
def wallet_key_bare(kit: Kit, creds: Creds) -> None:
    """Write a checksummed key alone in prose."""
    kit.add(
        "misc/old.md",
        f"found this in the drawer\n\n{kit.s(creds[0].parts[0])}\n\nno idea what it is for\n",
    )


@shape("wallet_csv", "hard", _wallet_key, weight=3)
def wallet_csv(kit: Kit, creds: Creds) -> None:
    """Write a table of addresses and keys."""
    address = kit.tree.look("account_address", f"0x{kit.rng.getrandbits(160):040x}")
    kit.add(
        "wallets.csv",
        f"chain,address,private_key\n{creds[0].system.slug},{address},{kit.s(creds[0].parts[0])}\n",
    )


@shape("address_key_list", "hard", _is("evm_private_key"), weight=4)
def key_list(kit: Kit, creds: Creds) -> None:
    """Write an address:key list, as wallet checkers print it."""
    address = kit.tree.look("evm_address", f"0x{kit.rng.getrandbits(160):040x}")
    kit.add("wallets/list.txt", f"{address}:{kit.s(creds[0].parts[0])}\n")
