# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Phrases in configuration files and the way people write them down."""

from __future__ import annotations

from corpus.contexts.base import (
    Kit,
    quote,
    shape,
)
from corpus.systems import Credential

Creds = list[Credential]


def _words(c: Credential) -> bool:
    return (
        len(c.parts) == 1 and c.parts[0].field.kind == "mnemonic" and "//" not in c.parts[0].value
    )


@shape("hardhat_mnemonic", "medium", lambda c: c.system.id == "bip39_mnemonic", weight=3)
def hardhat_mnemonic(kit: Kit, creds: Creds) -> None:
    """Write a Hardhat or Truffle configuration with a phrase."""
    words = quote(kit.s(creds[0].parts[0]))
    if kit.rng.random() < 0.5:
        text = f"import {{ HardhatUserConfig }} from 'hardhat/config';\n\nconst config: HardhatUserConfig = {{\n  networks: {{\n    polygon: {{ url: process.env.RPC, accounts: {{ mnemonic: {words} }} }},\n  }},\n}};\nexport default config;\n"
        kit.add("hardhat.config.ts", text)
    else:
        text = f"const HDWalletProvider = require('@truffle/hdwallet-provider');\nconst mnemonic = {words};\nmodule.exports = {{\n  networks: {{ live: {{ provider: () => new HDWalletProvider(mnemonic, url) }} }},\n}};\n"
        kit.add("truffle-config.js", text)


@shape("mnemonic_prose", "hard", _words, told=False, weight=5)
def mnemonic_prose(kit: Kit, creds: Creds) -> None:
    """Write a phrase in running text."""
    lead = kit.pick(
        "My seed phrase for the treasury wallet:",
        "recovery words ->",
        "助记词：",
        "시드 문구:",
        "Мнемоника:",
        "If I get hit by a bus, the wallet is",
    )
    kit.add(
        kit.pick("notes/wallet.md", "TODO.md", "backup.txt"),
        f"# Things to remember\n\n- renew the domain in June\n- {lead} {kit.s(creds[0].parts[0])}\n- call the accountant\n",
    )


@shape("mnemonic_numbered", "hard", _words, weight=4)
def mnemonic_numbered(kit: Kit, creds: Creds) -> None:
    """Write a phrase as a numbered list."""
    words = creds[0].parts[0].value.split()
    body = "\n".join(f"{i}. {word}" for i, word in enumerate(words, 1))
    kit.add(
        "paper-backup.txt",
        f"{creds[0].system.brand} wallet, 2024\n\n{kit.s(creds[0].parts[0], text=body)}\n\nkeep offline\n",
    )


@shape("mnemonic_array", "hard", _words, weight=4)
def mnemonic_array(kit: Kit, creds: Creds) -> None:
    """Write a phrase as a list of quoted words."""
    words = creds[0].parts[0].value.split()
    body = ", ".join(f'"{word}"' for word in words)
    name = f"{creds[0].system.slug}_words"
    kit.add(
        "wallet/seed.py",
        f"# {creds[0].system.brand}\n{name} = [{kit.s(creds[0].parts[0], text=body)}]\n",
    )


@shape("mnemonic_bare", "hard", _words, told=False, weight=3)
def mnemonic_bare(kit: Kit, creds: Creds) -> None:
    """Write a phrase alone in a file."""
    kit.add("w.txt", kit.s(creds[0].parts[0]) + "\n")


@shape("mnemonic_commas", "hard", _words, weight=2)
def mnemonic_commas(kit: Kit, creds: Creds) -> None:
    """Write a phrase with commas in a comment."""
    body = ",".join(creds[0].parts[0].value.split())
    kit.add(
        "src/wallet.go",
        f"package wallet\n\n// {creds[0].system.brand} backup: {kit.s(creds[0].parts[0], text=body)}\nconst Depth = 5\n",
    )
