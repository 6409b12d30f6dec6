"""Behaviour of ``keysweep rules import`` and of ``--config .gitleaks.toml``."""

import secrets
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.rules.reading import read_file

Keysweep = Callable[..., Any]


def word(length: int) -> str:
    letters = string.ascii_lowercase + string.digits
    return "".join(secrets.choice(letters) for _ in range(length))


TOML = r"""
[extend]
useDefault = true
[[rules]]
id = "my-org-token"
description = "A token of\tmy org"
regex = '''(?i)myorg_([a-z0-9]{24})\b'''
keywords = ["myorg_"]
[[rules.allowlists]]
regexTarget = "line"
regexes = ['''only for tests''']
[[allowlists]]
description = "fixtures"
paths = ['''^fixtures/''']
"""


@pytest.fixture
def folder(here: Path) -> Path:
    (here / ".gitleaks.toml").write_text(TOML)
    (here / "fixtures").mkdir()
    (here / "fixtures/a.txt").write_text(f"x = myorg_{word(24)}\n")
    (here / "b.txt").write_text(f"x = myorg_{word(24)}\ny = MYORG_{word(24)}  # only for tests\n")
    (here / "c.py").write_text(f'gate_secret = "{secrets.token_hex(32)}"\n')
    return here


def test_a_gitleaks_file_as_it_is(folder: Path, keysweep: Keysweep) -> None:
    ran = keysweep("scan", "--config", ".gitleaks.toml", "--format", "json", "--show-allowed")
    assert ran.status == 1
    assert [(f["path"], f["line"], f["rule"], f["allowed_by"]) for f in ran.findings] == [
        ("b.txt", 1, "my-org-token", None),
        ("b.txt", 2, "my-org-token", "config:gitleaks"),
        ("c.py", 1, "gate-api-secret", None),
        ("fixtures/a.txt", 1, "my-org-token", "config:fixtures"),
    ]
    lost = ".gitleaks.toml: not carried over: gitleaks' own rules (keysweep's rules are on instead)"
    assert ran.json["summary"]["notes"] == [lost]
    assert lost in " ".join(keysweep("scan", "--config", ".gitleaks.toml").out.split())


def test_a_change_of_what_it_extends_counts_at_once(folder: Path, keysweep: Keysweep) -> None:
    """The compiled patterns are kept for the content of all files that decide."""
    (folder / ".gitleaks.toml").rename(folder / "base.toml")
    (folder / "x.toml").write_text("[extend]\npath = 'base.toml'\n")
    assert "my-org-token" in keysweep("scan", "--config", "x.toml", "--format", "json").rules
    (folder / "base.toml").write_text(TOML.replace("myorg_", "their_"))
    rules = keysweep("scan", "--config", "x.toml", "--format", "json").rules
    assert rules == ["gate-api-secret"]


def test_a_broken_gitleaks_file_is_an_error(folder: Path, keysweep: Keysweep) -> None:
    (folder / "x.toml").write_text("[[rules]\n")
    assert keysweep("scan", "--config", "x.toml").status == 2
    assert keysweep("scan", "--patterns", "x.toml").status == 2


def test_import(folder: Path, keysweep: Keysweep) -> None:
    ran = keysweep("rules", "import", ".gitleaks.toml", "--output", "mine.yaml")
    assert ran.status == 0
    assert ran.out.startswith("mine.yaml: 1 rules")
    assert "not carried over: gitleaks' own rules" in ran.err
    text = (folder / "mine.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=")
    assert read_file("mine.yaml")[1][0].about == "A token of my org"
    allow = text.partition("# allow:\n")[2].replace("# ", "")
    (folder / ".settings.yaml").write_text(f"allow:\n{allow}patterns: [mine.yaml]\n")
    ran = keysweep("scan", "--config", ".settings.yaml", "--format", "json")
    assert ran.rules == ["gate-api-secret", "my-org-token"]
    assert keysweep("rules", "test", "mine.yaml").status == 0
    assert keysweep("rules", "import", ".gitleaks.toml", "--output", "mine.yaml").status == 2


def test_import_to_standard_output(folder: Path, keysweep: Keysweep) -> None:
    rule = {"id": "np.x.1", "name": "X \x07 é", "pattern": "(?x) xyz_ ([a-z]{9})"}
    (folder / "np.yml").write_text(yaml.safe_dump({"rules": [rule]}))
    ran = keysweep("rules", "import", "np.yml")
    assert ran.status == 0
    assert yaml.safe_load(ran.out)["rules"][0]["pattern"] == "xyz_(?P<secret>[a-z]{9})"
    assert "\x07" not in ran.out


def test_import_needs_one_file(folder: Path, keysweep: Keysweep) -> None:
    assert keysweep("rules", "import").status == 2
    assert keysweep("rules", "import", "a", "b").status == 2
    (folder / "empty.toml").write_text("[extend]\nuseDefault = true\n")
    assert yaml.safe_load(keysweep("rules", "import", "empty.toml").out)["rules"] == []
    ran = keysweep("rules", "import", "empty.toml", "--output", "e.yaml")
    assert (ran.status, "not usable yet" in ran.err) == (2, True)
