"""`keysweep rules`: the list, one rule, and the proof of a file by its own examples."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.placeholders import PLACEHOLDERS, fill
from scanner.rules import load, pattern_files, pattern_folder

Keysweep = Callable[..., Any]
ACME = """\
system: acme
name: Acme
category: exchange
tells: {words: [acme]}
rules:
- id: acme-api-secret
  kind: api_secret
  severity: critical
  about: Signs orders.
  value: {charset: alnum, length: 40}
  told_by: pair
  examples: ["ACME_API_SECRET={alnum:40}", "acme:\\n  secret: {alnum:40}"]
  non_examples: ["ACME_API_SECRET=your-secret"]
"""


def test_list(keysweep: Keysweep) -> None:
    ran = keysweep("rules", "list")
    assert ran.status == 0
    lines = [line.split() for line in ran.out.splitlines()]
    rules = load(pattern_files()).rules
    assert lines == [[r.id, r.severity, r.kind, r.system or "-"] for r in rules]


def test_list_with_own(here: Path, keysweep: Keysweep) -> None:
    (here / "acme.yaml").write_text(ACME)
    out = keysweep("rules", "list", "--patterns", "acme.yaml").out
    assert re.search(r"^acme-api-secret +critical +api_secret +acme$", out, re.M)


def test_show(keysweep: Keysweep) -> None:
    ran = keysweep("rules", "show", "gate-api-secret", "github-personal-token")
    assert ran.status == 0
    for text in ("id: gate-api-secret", "severity: critical", "pairs_with:", "check: github"):
        assert text in ran.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("show",), "name a rule"),
        (
            ("show", "gate-api-secert"),
            "no rule 'gate-api-secert' (did you mean 'gate-api-secret'?)",
        ),
        (("tset",), "invalid choice"),
        ((), "required"),
        (("test", "none.yaml"), "none.yaml"),
    ],
)
def test_wrong_usage(keysweep: Keysweep, here: Path, args: tuple[str, ...], said: str) -> None:
    ran = keysweep("rules", *args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_proof_of_one_of_ours(keysweep: Keysweep) -> None:
    path = f"{pattern_folder()}/gate.yaml"
    ran = keysweep("rules", "test", path, "--seed", "1")
    rules = [rule for rule in load(pattern_files()).rules if rule.system == "gate"]
    count = sum(len(rule.examples) + len(rule.non_examples) for rule in rules)
    assert (ran.status, ran.out) == (0, f"{len(rules)} rules, {count} examples, 0 failed\n")


def test_proof_of_an_own_file(here: Path, keysweep: Keysweep) -> None:
    (here / "acme.yaml").write_text(ACME)
    ran = keysweep("rules", "test", "acme.yaml", "--seed", "1")
    assert (ran.status, ran.out) == (0, "1 rules, 3 examples, 0 failed\n")


def test_an_example_that_fails(here: Path, keysweep: Keysweep) -> None:
    (here / "acme.yaml").write_text(
        ACME.replace('"ACME_API_SECRET={alnum:40}"', '"ACME={alnum:39}"')
    )
    ran = keysweep("rules", "test", "acme.yaml", "--seed", "7")
    assert ran.status == 1
    assert ran.out.startswith("acme-api-secret: example 1 (seed 7): is not found")
    assert ran.out.endswith("1 rules, 3 examples, 1 failed\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind: api_secret", "kind: key"), "acme.yaml: rule acme-api-secret: kind: 'key'"),
        (
            ("  told_by: pair", "  told_by: pair\n  check: md6"),
            "rule acme-api-secret: check: no checksum 'md6'",
        ),
        (("rules:", "rules"), "acme.yaml: is not YAML"),
    ],
)
def test_a_wrong_file(here: Path, keysweep: Keysweep, change: tuple[str, str], said: str) -> None:
    (here / "acme.yaml").write_text(ACME.replace(*change))
    ran = keysweep("rules", "test", "acme.yaml")
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_placeholders(keysweep: Keysweep) -> None:
    ran = keysweep("rules", "placeholders")
    assert ran.status == 0
    assert [line.split("}")[0].strip("{") for line in ran.out.splitlines()] == list(PLACEHOLDERS)
    assert fill("{github:ghp}", random.Random(1))[0].startswith("ghp_")
