# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Look-alikes that were published on purpose: documentation examples, test keys, test vectors, public web keys."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from corpus.lookalikes.base import Shelf
from corpus.words import word_list

_PATH = Path(__file__).parent.parent / "data" / "published.txt"


@cache
def published() -> tuple[tuple[str, str, str, str, str], ...]:
    """Return category, system, role, source and value of every published value."""
    rows = []
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            category, system, role, source, value = line.split(" | ")
            rows.append(
                (
                    category,
                    system,
                    role,
                    source,
                    value.replace("~", " " if "mnemonic" in category else ""),
                )
            )
    return tuple(rows)


def documentation(s: Shelf) -> None:
    """Write tutorials and tests that quote the published examples."""
    for kind in ("documentation_example", "published_key", "published_mnemonic", "test_vector"):
        rows = [row for row in published() if row[0] == kind]
        code = [
            f'    ("{system}", "{role}", "{s.mark(kind, value)}"),  # {source}'
            for _, system, role, source, value in rows
        ]
        s.add(f"tests/vectors_{kind}.py", "VECTORS = [\n" + "\n".join(code) + "\n]\n")
        env = [
            f"{system.upper()}_{role.upper().replace(' ', '_')}{i}={chr(34)}{s.mark(kind, value)}{chr(34)}"
            for i, (_, system, role, _, value) in enumerate(rows)
        ]
        s.add(
            f"docs/{kind}.env.md",
            "# From the official documentation\n\n```\n" + "\n".join(env) + "\n```\n",
        )
    keys = [row[4] for row in published() if row[2] == "hardhat_anvil_keys"]
    text = "\n".join(
        f"Account #{i}: 10000 ETH\nPrivate Key: 0x{s.mark('published_key', key)}\n"
        for i, key in enumerate(keys)
    )
    s.add("docs/anvil.txt", text)
    lines = [f"        '{s.mark('published_key', '0x' + key)}'," for key in keys]
    s.add(
        "hardhat.config.js",
        "module.exports = {\n  networks: {\n    localhost: {\n      accounts: [\n"
        + "\n".join(lines)
        + "\n      ],\n    },\n  },\n};\n",
    )
    phrase = next(row[4] for row in published() if row[2] == "hardhat_anvil_mnemonic")
    s.add(
        "scripts/node.sh",
        f'#!/bin/sh\nMNEMONIC="{s.mark("published_mnemonic", phrase)}"\nanvil --mnemonic "$MNEMONIC"\n',
    )


def public_by_design(s: Shelf) -> None:
    """Write web keys that are meant to be public."""
    lines = ["module.exports = {"]
    for i in range(8):
        lines += [
            f"  algolia{i}: {{ appId: '{s.draw.fill('{ALNUM:10}')}', apiKey: '{s('algolia_search_key', '{hex:32}')}', indexName: 'docs' }},",
            f"  recaptcha{i}: '{s('recaptcha_site_key', '6Lc{urlchars:37}')}',",
            f"  sentryDsn{i}: '{s('sentry_dsn', 'https://{hex:32}@o{digits:6}.ingest.sentry.io/{digits:7}')}',",
            f"  walletConnectProjectId{i}: '{s('walletconnect_id', '{hex:32}')}',",
            f"  gaMeasurementId{i}: '{s('analytics_id', 'G-{ALNUM:10}')}',",
        ]
    s.add("docusaurus.config.js", "\n".join([*lines, "};", ""]))


def word_lists(s: Shelf) -> None:
    """Write word lists and prose that is full of list words."""
    words = word_list("bip39_english")
    s.add(
        "src/wordlists/english.txt", "\n".join(s.mark("word_list", w) for w in words[:400]) + "\n"
    )
    rows = [", ".join(f'"{w}"' for w in words[i : i + 24]) for i in range(0, 480, 24)]
    s.add(
        "src/wordlist.js",
        "export default [\n"
        + ",\n".join("  " + s.mark("word_list", row) for row in rows)
        + "\n];\n",
    )
    spanish = word_list("bip39_spanish")
    s.add("src/es.json", "[" + ", ".join(f'"{w}"' for w in spanish[:200]) + "]\n")
    prose = "Please help me understand how people can trust the system: most users will never verify their own secret phrase, and this is a problem for every wallet. Write the words on paper, hide the paper, and keep a copy in another place. "
    s.add("docs/backup.md", "# Seed phrase backup\n\n" + s.mark("prose", prose * 2) + "\n")
    # Twelve list words in a row whose checksum is wrong.
    lines = []
    for _ in range(20):
        chosen = s.rng.sample(words[::7], 12)
        lines.append(s.mark("sorted_words", " ".join(sorted(chosen))))
    s.add("tests/alphabet.txt", "\n".join(lines) + "\n")
