# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Look-alikes of blockchains and exchanges: hashes, addresses, public keys, bytecode, orders, signatures."""

from __future__ import annotations

import json

from corpus import encoders
from corpus.curves import eip55
from corpus.lookalikes.base import Shelf

_RIPPLE = encoders.RIPPLE58


def transactions(s: Shelf) -> None:
    """Write receipts, blocks, address books and code constants of an EVM chain."""
    rows = [
        {
            "transactionHash": s("tx_hash", "0x{hex:64}"),
            "blockHash": s("block_hash", "0x{hex:64}"),
            "from": s.mark("evm_address", eip55(s.draw.fill("{hex:40}"))),
            "topics": [
                s("event_topic", "0x{hex:64}"),
                s("event_topic", "0x000000000000000000000000{hex:40}"),
            ],
            "data": s("abi_data", "0x{hex:64}{hex:64}{hex:64}"),
            "nonce": s.draw.fill("{digits:4}"),
        }
        for _ in range(50)
    ]
    s.add("indexer/receipts.json", json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    lines = ["tx_hash,from,to,value"] + [
        f"{s('tx_hash', '0x{hex:64}')},{s('evm_address', '0x{hex:40}')},{s('evm_address', '0x{hex:40}')},{s('wei', '{digits:21}')}"
        for _ in range(60)
    ]
    s.add("data/transfers.csv", "\n".join(lines) + "\n")
    names = [
        "INIT_CODE_HASH",
        "PERMIT_TYPEHASH",
        "DOMAIN_SEPARATOR",
        "DEFAULT_ADMIN_ROLE",
        "MINTER_ROLE",
        "MERKLE_ROOT",
        "STORAGE_SLOT",
        "POOL_ID",
    ]
    lines = [
        f"    bytes32 public constant {n}{i} = {s('constant_hash', '0x{hex:64}')};"
        for i in range(3)
        for n in names
    ]
    s.add(
        "contracts/Constants.sol",
        "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.24;\n\nlibrary Constants {\n"
        + "\n".join(lines)
        + "\n}\n",
    )
    lines = [
        f"export const {n}_TX = '{s('tx_hash', '0x{hex:64}')}'; // see etherscan" for n in names
    ]
    lines += [
        f"const {n.lower()}Token = '{s.mark('evm_address', eip55(s.draw.fill('{hex:40}')))}';"
        for n in names
    ]
    s.add("src/constants.ts", "\n".join(lines) + "\n")
    artifact = {
        "contractName": "Vault",
        "abi": [
            {"inputs": [], "name": "apiKey", "outputs": [{"type": "bytes32"}], "type": "function"}
        ],
        "bytecode": s.mark("bytecode", "0x6080604052" + s.rng.randbytes(1500).hex()),
        "deployedBytecode": s.mark("bytecode", "0x6080604052" + s.rng.randbytes(1300).hex()),
        "metadata": {"ipfs": s.mark("ipfs_cid", "Qm" + encoders.base58(s.rng.randbytes(32)))},
    }
    s.add("artifacts/Vault.json", json.dumps(artifact, indent=2, ensure_ascii=False) + "\n")
    lines = [f"eth: {s('tx_hash', '0x{hex:64}')}" for _ in range(10)] + [
        f"btc txid: {s('tx_hash', '{hex:64}')}" for _ in range(25)
    ]
    s.add(
        "docs/incidents.md",
        "# Key transactions\n\nThe private key was never exposed; the transactions were:\n\n- "
        + "\n- ".join(lines)
        + "\n",
    )


def addresses(s: Shelf) -> None:
    """Write public addresses and keys of many chains."""

    def base58_id(size: int) -> str:
        return encoders.base58(s.rng.randbytes(size))

    rows: list[str] = []
    for i in range(14):
        values = {
            "btc_address": encoders.base58check(b"\0" + s.rng.randbytes(20)),
            "btc_address#1": encoders.bech32("bc", b"\0" + s.rng.randbytes(20)),
            "tron_address": encoders.base58check(b"\x41" + s.rng.randbytes(20)),
            "ripple_address": encoders.base58check(b"\0" + s.rng.randbytes(20), _RIPPLE),
            "stellar_public_key": encoders.stellar(6 << 3, s.rng.randbytes(32)),
            "solana_address": base58_id(32),
            "solana_signature": base58_id(64),
            "cosmos_address": encoders.bech32("cosmos", s.rng.randbytes(20)),
            "cardano_address": encoders.bech32("addr", s.rng.randbytes(57)),
            "cardano_public_key": encoders.bech32("addr_vk", s.rng.randbytes(32)),
            "nostr_public_key": encoders.bech32("npub", s.rng.randbytes(32)),
            "nostr_note": encoders.bech32("note", s.rng.randbytes(32)),
            "near_public_key": "ed25519:" + base58_id(32),
            "sui_address": "0x" + s.rng.randbytes(32).hex(),
            "aptos_address": "0x" + s.rng.randbytes(32).hex(),
            "algorand_address": s.draw.fill("{b32:58}"),
            "substrate_address": base58_id(35),
            "ton_address": "EQ" + s.draw.fill("{urlchars:46}"),
            "monero_address": "4" + s.draw.fill("{alnum:94}"),
            "xpub": encoders.base58check(
                bytes.fromhex("0488B21E")
                + bytes(9)
                + s.rng.randbytes(32)
                + b"\x02"
                + s.rng.randbytes(32)
            ),
            "zpub": encoders.base58check(
                bytes.fromhex("04B24746")
                + bytes(9)
                + s.rng.randbytes(32)
                + b"\x03"
                + s.rng.randbytes(32)
            ),
            "starknet_class_hash": "0x0" + s.draw.fill("{hex:63}"),
            "public_key": "02" + s.draw.fill("{hex:64}"),
        }
        rows += [
            f"  - {name.split('#')[0]}: {s.mark(name.split('#')[0], value)}  # wallet {i}"
            for name, value in values.items()
        ]
    s.add("config/addressbook.yaml", "watch_only:\n" + "\n".join(rows) + "\n")


def exchange_data(s: Shelf) -> None:
    """Write what exchanges return and what programs sign: orders, ids, nonces, signatures."""
    orders = [
        {
            "id": s("object_id", "{oid}"),
            "clientOid": s("order_id", "{uuid}"),
            "orderId": s("order_id", "{digits:19}"),
            "tradeId": s("order_id", "{oid}"),
            "clientOrderId": s("order_id", "x-{alnum:22}"),
            "symbol": "BTC-USDT",
            "txid": s("order_id", "{ALNUM:6}-{ALNUM:5}-{ALNUM:6}"),
        }
        for _ in range(40)
    ]
    s.add(
        "fixtures/orders.json",
        json.dumps({"code": "200000", "data": orders}, indent=1, ensure_ascii=False) + "\n",
    )
    hosts = ("api.binance.com", "api.gateio.ws", "www.okx.com", "api.kucoin.com", "api.bybit.com")
    lines = []
    for i in range(12):
        host = hosts[i % 5]
        lines += [
            f"DEBUG GET https://{host}/v1/order?orderId={s('order_id', '{digits:19}')}&timestamp=1715938201001&signature={s('signature', '{hex:64}')}",
            f"DEBUG headers SIGN={s('signature', '{hex:128}')} OK-ACCESS-SIGN={s('signature', '{b64:32}')} nonce={s('nonce', '{digits:16}')}",
            f"DEBUG headers X-BAPI-SIGN={s('signature', '{hex:64}')} X-BAPI-API-KEY=***{s.draw.fill('{alnum:4}')} listenKey={s('listen_key', '<redacted>')}",
        ]
    s.add("logs/exchange.log", "\n".join(lines) + "\n")
    lines = ["# expected HMAC results of the signing tests"] + [
        f'    ("symbol=BTCUSDT&side=BUY", "{s("signature", "{hex:64}")}"),' for _ in range(20)
    ]
    s.add("tests/test_signing.py", "EXPECTED = [\n" + "\n".join(lines) + "\n]\n")
    pem = encoders.pem("PUBLIC KEY", s.rng.randbytes(91)).rstrip()
    cert = encoders.pem("CERTIFICATE", s.rng.randbytes(900)).rstrip()
    csr = encoders.pem("CERTIFICATE REQUEST", s.rng.randbytes(600)).rstrip()
    sig = encoders.pem("PGP SIGNATURE", s.rng.randbytes(400)).rstrip()
    for name, text, category in (
        ("pub.pem", pem, "public_key"),
        ("ca.crt", cert, "certificate"),
        ("req.csr", csr, "certificate"),
        ("release.asc", sig, "signature"),
    ):
        s.add(f"certs/{name}", s.mark(category, text) + "\n")
    lines = [
        f"ssh-ed25519 {s('ssh_public_key', 'AAAAC3NzaC1lZDI1NTE5AAAAI{b64np:30}')} dev{i}@host"
        for i in range(10)
    ]
    s.add("ops/authorized_keys", "\n".join(lines) + "\n")
    lines = [
        f"|1|{s('known_hosts', '{b64:20}')}|{s.draw.fill('{b64:20}')} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{s.draw.fill('{b64np:30}')}"
        for _ in range(8)
    ]
    s.add("ops/known_hosts", "\n".join(lines) + "\n")
