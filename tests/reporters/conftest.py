"""Invented findings for the reporters, and the golden files they are compared with."""

import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

import pytest

from scanner.models import (
    Advice,
    Coverage,
    Evidence,
    Finding,
    Occurrence,
    Report,
    Rule,
    Shape,
    Skipped,
    System,
)
from scanner.remediation import remediate

GOLDEN = Path(__file__).parent.parent / "data" / "golden"

HOSTILE = "a\x1b[31m\u202etxt.exe\n::error::\x9b2J\u200b\x7f<b>&\"'`"

SYSTEMS = {
    "acme": System(
        "acme",
        "Acme Exchange",
        "exchange",
        hosts=("api.acme.example",),
        words=("acme",),
        advice=Advice(
            page="https://acme.example/settings/api",
            revoke=(
                "Sign in and open Profile, API Management",
                "Press Delete beside the leaked key",
                "Confirm with your second factor",
            ),
            check=(
                "Look through your withdrawals, and at the address book",
                "Look for orders that you did not place",
            ),
            freeze="Open Security and choose Freeze account",
            new_key=("Make it read only, or trade", "Make one key for each program"),
            limits="Keys without an IP list expire after 90 days.",
        ),
        references=("https://docs.acme.example/api?a=b#c",),
    ),
    "bip39": System("bip39", "BIP-39 seed phrase", "wallet"),
    "chat": System("chat", "Chat", "messaging", advice=Advice(page="https://chat.example/apps")),
}
RULES = {
    rule.id: rule
    for rule in (
        Rule(
            "acme-api-secret",
            "acme",
            "api_secret",
            "critical",
            "Signs orders and, if the key allows it, withdrawals.",
            shapes=(Shape("alnum", 64, 64),),
            told_by="pair",
            names=("sign_key",),
            pairs_with=("acme-api-key",),
        ),
        Rule("acme-api-key", "acme", "api_key", "low", "Names the account.", told_by="shape"),
        Rule("acme-passphrase", "acme", "passphrase", "high", "Third part of the key."),
        Rule("bip39-mnemonic", "bip39", "mnemonic", "critical", "Owns every account of a wallet."),
        Rule("chat-webhook", "chat", "webhook", "medium", "Posts to a channel."),
        Rule("generic-password", None, "password", "medium", "A password bound to a name."),
    )
}
NAMES = {key: system.name for key, system in SYSTEMS.items()}


@pytest.fixture
def sample() -> ModuleType:
    """Return this module: what tests in importlib mode cannot import."""
    return sys.modules[__name__]


def make_finding(rule_id: str = "acme-api-secret", **changes: object) -> Finding:
    """Make a finding whose steps are the real ones for its place."""
    rule = RULES[rule_id]
    values: dict[str, object] = {
        "path": "src/bot/settings.py",
        "line": 12,
        "column": 18,
        "source": "staged",
        "exposure": "staged",
        "commit": None,
        "severity": rule.severity,
        **changes,
    }
    place = {key: values[key] for key in ("exposure", "path", "commit", "source", "severity")}
    url, steps = remediate(rule, SYSTEMS.get(rule.system or ""), **place)  # type: ignore[arg-type]
    line, column = values["line"], values["column"]
    end = column + 64 if isinstance(column, int) else None
    blob = "b" * 40 if values["source"] != "file" else None
    commit = values["commit"]
    defaults: dict[str, object] = {
        "rule": rule_id,
        "system": rule.system,
        "kind": rule.kind,
        "confidence": "high",
        "end_line": line,
        "end_column": end,
        "blob": blob,
        "author": "Ada Example" if commit else None,
        "email": "ada@example.org" if commit else None,
        "date": "2024-05-01T12:00:00+02:00" if commit else None,
        "summary": "Add the bot" if commit else None,
        "fingerprint": "0123456789abcdef0123456789abcdef",
        "redacted": "a1B2****x9Z0" if rule.kind == "api_secret" else "****",
        "evidence": (
            Evidence("name", "bound to ACME_API_SECRET"),
            Evidence("format", "64 letters and digits"),
            Evidence("pair", "an Acme API key two lines above"),
        ),
        "paired_with": ("f" * 32,),
        "decoded": (),
        "revoke_url": url,
        "steps": steps,
        "allowed_by": None,
        "occurrences": (Occurrence(line, column, line, end, blob, commit),),  # type: ignore[arg-type]
    }
    return Finding(**{**defaults, **values})  # type: ignore[arg-type]


def make_report(
    items: Iterable[Finding | Skipped] = (),
    command: str = "staged",
    root: str | None = "/home/ada/bot",
    notes: tuple[str, ...] = (),
    **counters: int,
) -> Report:
    """Make a report over three small files; ``counters`` replace what was counted."""
    coverage = Coverage()
    for name, count in (counters or {"files": 3, "bytes": 12_345}).items():
        setattr(coverage, name, count)
    return Report(root, iter(tuple(items)), coverage, command, time.monotonic(), notes)


def mixed() -> tuple[Finding | Skipped, ...]:
    """Return findings of every kind and exposure, hostile names, and things not read."""
    commit = "c0ffee" + "0" * 34
    return (
        make_finding(),
        make_finding("acme-api-key", path="src/bot/keys.py", line=3, column=5),
        make_finding(path="deploy/live keys.env.py", line=7),
        make_finding(
            "bip39-mnemonic",
            path="notes/wallet.txt",
            exposure="pushed",
            source="blob",
            commit=commit,
            line=1,
            column=1,
        ),
        make_finding(
            "chat-webhook",
            path=HOSTILE,
            exposure="local",
            source="blob",
            commit=commit,
            summary=HOSTILE,
            author=HOSTILE,
        ),
        make_finding(
            "generic-password",
            path=None,
            source="commit-message",
            exposure="pushed",
            commit=commit,
            line=2,
            column=9,
            decoded=("base64",),
        ),
        make_finding("generic-password", path="app.ini", allowed_by="baseline"),
        make_finding("acme-api-secret", path="caf\\xe9.py", exposure="worktree", source="file"),
        Skipped("big\x1b.zip", None, None, "limit", "The archive holds more than 1 GB."),
        Skipped(None, None, "d" * 40, "missing", "The object is not in this partial clone."),
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag that rewrites the golden files (give pytest the path ``tests/reporters``)."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/data/golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a check that a text, its times scrubbed, equals the golden file of that name."""

    def check(name: str, text: str) -> None:
        text = re.sub(r"\d+\.\d\d s\b", "0.00 s", text)
        text = re.sub(r'("seconds": |time=")[\d.]+', r"\g<1>0.0", text)
        scrubbed = re.sub(r'(_time": ")[^"]+', r"\g<1>TIME", text)
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False) or os.environ.get(
            "UPDATE_GOLDEN"
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(scrubbed, encoding="utf-8", newline="\n")
        assert scrubbed == path.read_text(encoding="utf-8")

    return check
