"""`keysweep explain`: what a secret can do, and the steps, by rule or by fingerprint."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Keysweep = Callable[..., Any]
Made = Callable[..., str]
GATE = "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}\n"


@pytest.mark.parametrize("rule", ["gate-api-secret", "bip39-mnemonic-phrase", "generic-token"])
def test_a_rule(here: Path, keysweep: Keysweep, rule: str) -> None:
    ran = keysweep("explain", rule)
    assert (ran.status, ran.err) == (0, "")
    assert rule in ran.out
    assert len(ran.out.splitlines()) > 5


@pytest.mark.parametrize("name", ["gate", "Gate.io", "GATEIO"])
def test_a_system_by_any_name(here: Path, keysweep: Keysweep, name: str) -> None:
    """The worst of its rules is explained, and the others are named."""
    ran = keysweep("explain", name)
    assert (ran.status, ran.err) == (0, "")
    page, _, others = ran.out.partition("\nOther rules: ")
    assert page == keysweep("explain", "gate-api-secret").out
    assert others.startswith("gate-api-key, ")
    assert "gate-api-secret" not in others


def test_an_exchange_names_its_page(here: Path, keysweep: Keysweep) -> None:
    out = keysweep("explain", "gate-api-secret").out
    assert "Gate.io" in out
    assert "https://www.gate.com/myaccount/profile/api-key/manage" in out


def test_a_finding_here(here: Path, keysweep: Keysweep, made: Made) -> None:
    text = made(GATE)
    (here / "bot.env").write_text(text)
    finding = keysweep("scan", "--format", "json").findings[1]
    ran = keysweep("explain", finding["fingerprint"])
    assert ran.status == 0
    assert ran.out.startswith(f"bot.env:2:17  {finding['redacted']}\nGate.io API secret (gate-")
    assert "critical, in a file here" in ran.out
    words = " ".join(ran.out.replace("`", "").split())
    for number, step in enumerate(finding["remediation"]["steps"], 1):
        assert f"{number}. {step.replace('`', '')}" in words
    # The steps for this place, once, and no others.
    assert ran.out.count("What to do") == 1
    assert "PUSHED" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100
    assert text.splitlines()[1].partition("=")[2] not in ran.out


def test_a_finding_of_a_report(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "bot.env").write_text(made(GATE))
    keysweep("scan", "--format", "json", "--output", "report.json")
    report = json.loads((here / "report.json").read_text())
    (here / "bot.env").unlink()
    mark = report["findings"][0]["fingerprint"]
    ran = keysweep("explain", mark, "--report", "report.json")
    assert ran.status == 0
    assert ran.out.startswith("bot.env:1:14  ")


def test_a_hostile_path_is_escaped(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a\x1b[31m\nb.env").write_text(made(GATE))
    mark = keysweep("scan", "--format", "json").findings[0]["fingerprint"]
    out = keysweep("explain", mark).out
    assert "\x1b" not in out
    assert "a\\x1b[31m" in out


NO_REPORT = [
    ("", "not a JSON report of keysweep"),
    ("[]", "not a JSON report of keysweep"),
    ("{}", "not a JSON report of keysweep"),
    ('{"findings": 7}', "not a JSON report of keysweep"),
    ('{"findings": [7]}', "not a JSON report of keysweep"),
    ('{"findings": [{"fingerprint": "%s"}]}' % ("0" * 32), "not a JSON report of keysweep"),
    ('{"findings": []}', "holds no finding with this fingerprint"),
]


@pytest.mark.parametrize(("content", "said"), NO_REPORT)
def test_no_report(here: Path, keysweep: Keysweep, content: str, said: str) -> None:
    (here / "report.json").write_text(content)
    ran = keysweep("explain", "0" * 32, "--report", "report.json")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_hostile_report_is_escaped(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "bot.env").write_text(made(GATE))
    report = keysweep("scan", "--format", "json").json
    finding = report["findings"][0]
    finding["redacted"] = finding["exposure"] = "\x1b[2J"
    finding["remediation"]["steps"] = ["one\n\x1b]0;two"]
    (here / "report.json").write_text(json.dumps(report))
    ran = keysweep("explain", finding["fingerprint"], "--report", "report.json")
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "1. one\\n\\x1b]0;two" in ran.out


ERRORS = [
    (("gate-api-secert",), "no rule 'gate-api-secert' (did you mean 'gate-api-secret'?)"),
    (("Coinbase",), "'Coinbase' is no rule, but these are: coinbase-"),
    (("wallet",), "'wallet' is no rule, but these are: aevo-wallet-private-key, "),
    (("private key",), " ... (see keysweep rules list)"),
    (("Binence",), "did you mean 'binance'?"),
    (("0" * 8,), "a fingerprint has all of its 32 hex digits"),
    (("0" * 32,), "no finding here has this fingerprint"),
    (("0" * 32, "--report", "none.json"), "none.json: No such file"),
    (("0" * 32, "--report", "."), ".: Is a directory"),
    ((), "required"),
]


@pytest.mark.parametrize(("args", "said"), ERRORS)
def test_errors(here: Path, keysweep: Keysweep, args: tuple[str, ...], said: str) -> None:
    ran = keysweep("explain", *args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
