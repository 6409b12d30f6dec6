"""Behaviour of ``keysweep config``, and of a repository's settings in every format."""

import json
import os
import secrets
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.config import DEFAULTS, FORMATS

Keysweep = Callable[..., Any]


@pytest.fixture
def repo(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a repository, the current folder; nothing of the user counts."""
    made = git_repo()
    monkeypatch.chdir(made.path)
    for name in list(os.environ):
        if name.startswith("KEYSWEEP_"):
            monkeypatch.delenv(name)
    return made


def test_show_tells_where_each_value_is_from(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "keysweep").mkdir()
    user = tmp_path / "keysweep" / "config.yaml"
    user.write_text("verbose: true\nexclude-paths: [mine/*]\n")
    repo.write(".keysweep.yaml", "exclude-paths: [docs/*]\nallow: {name: t, rules: gate-*}\n")
    monkeypatch.setenv("KEYSWEEP_JOBS", "2")
    ran = keysweep("config", "show", "--min-severity", "high")
    rows = {row.split()[0]: row.split(maxsplit=1)[1] for row in ran.out.splitlines()[:21]}
    assert set(rows) == {name.replace("_", "-") for name in DEFAULTS}
    said = {name: " ".join(row.split()) for name, row in rows.items()}
    assert said["verbose"] == f"true {user}"
    assert said["exclude-paths"] == f"mine/*, docs/* {user}, .keysweep.yaml"
    assert said["jobs"] == "2 environment (KEYSWEEP_JOBS)"
    assert said["min-severity"] == "high --min-severity"
    assert said["allow"] == "t .keysweep.yaml"
    assert said["format"] == "text default"
    assert f"The user's settings: {user}\n" in ran.out
    assert "note: .keysweep.yaml of this repository changes what is reported" in ran.out


def test_show_as_json(repo: Any, keysweep: Keysweep) -> None:
    repo.write("pyproject.toml", "[tool]\nkeysweep = {exclude = ['gate-*']}\n")
    shown = keysweep("config", "show", "--format", "json").json
    assert shown["settings"]["exclude"] == {"value": ["gate-*"], "origin": "pyproject.toml"}
    assert shown["settings"]["format"] == {"value": "text", "origin": "default"}
    assert shown["notes"][1:] == [
        "pyproject.toml of this repository switches rules off: exclude (gate-*)"
    ]
    isolated = keysweep("config", "show", "--format", "json", "--isolated").json
    assert isolated["notes"] == []


def test_schema(keysweep: Keysweep) -> None:
    for which in ((), ("settings",), ("patterns",)):
        assert keysweep("config", "schema", *which).json["title"]
    assert keysweep("config", "schema", "other").status == 2
    assert keysweep("config", "show", "other").status == 2
    assert keysweep("config", "show", "--format", "csv").status == 2


def test_no_settings_where_nothing_is(here: Path, keysweep: Keysweep) -> None:
    (here / "pyproject.toml").write_text("[project]\ndependencies = ['keysweep']\n")
    assert keysweep("config", "show").status == 0


FORMATS_NOW = [name for name in FORMATS if name != "html"]


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
@pytest.mark.parametrize("name", FORMATS_NOW)
def test_rules_are_never_switched_off_silently(
    repo: Any, keysweep: Keysweep, name: str, quiet: tuple[str, ...]
) -> None:
    repo.write("a.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    repo.write(".keysweep.yaml", "exclude: ['*']\n")
    ran = keysweep("scan", "--format", name, *quiet)
    said = ".keysweep.yaml of this repository switches rules off: exclude (*)"
    assert ran.status == 0
    assert said in ran.out + ran.err
    assert said in (ran.err if name == "csv" or quiet else ran.out)


def test_notes_leave_every_format_whole(repo: Any, keysweep: Keysweep) -> None:
    repo.write("a.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    repo.write(".keysweep.yaml", 'allow: {name: "]]>\\u0001&::%", rules: x}\n')
    assert keysweep("scan", "--format", "json").json["summary"]["notes"]
    for row in keysweep("scan", "--format", "jsonl").out.splitlines():
        json.loads(row)
    assert keysweep("scan", "--format", "sarif").json["runs"][0]["invocations"][0][
        "toolConfigurationNotifications"
    ]
    assert keysweep("scan", "--format", "gitlab").json["scan"]["messages"][0]["level"] == "info"
    ElementTree.fromstring(keysweep("scan", "--format", "junit").out)
    assert "::notice title=keysweep%3A settings::" in keysweep("scan", "--format", "github").out


def test_a_repository_cannot_be_quiet(repo: Any, keysweep: Keysweep) -> None:
    repo.write(".keysweep.yaml", "quiet: true\n")
    assert keysweep("scan").status == 2


def test_patterns_of_a_repository_take_nothing_away(repo: Any, keysweep: Keysweep) -> None:
    """Naming a known system in a file of one's own adds to what tells it."""
    repo.write(
        "rules/gate.yaml",
        "system: gate\nname: X\ncategory: y\nrules:\n- id: my-rule\n  kind: token\n"
        "  severity: low\n  about: Mine.\n  value: {charset: hex, length: 64}\n",
    )
    repo.write("a.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    repo.write(".keysweep.yaml", "patterns: [rules]\n")
    ran = keysweep("scan", "a.py", "--format", "json")
    assert ran.rules == ["gate-api-secret"]
    assert "gate.com" in ran.findings[0]["remediation"]["revoke_url"]


def test_a_slip_in_a_variable_is_told(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYSWEEP_MIN_CONFIDNCE", "low")
    ran = keysweep("scan")
    assert (ran.status, "did you mean KEYSWEEP_MIN_CONFIDENCE?" in ran.err) == (2, True)


@pytest.mark.parametrize("setting", ["allow: {name: t, paths: ^bots/}", "exclude-paths: [bots/*]"])
def test_paths_of_settings_count_from_the_top_whatever_folder_is_scanned(
    repo: Any, keysweep: Keysweep, setting: str
) -> None:
    repo.write(".keysweep.yaml", f"{setting}\n")
    text = f'gate_secret = "{secrets.token_hex(32)}"\n'
    repo.write("bots/a.py", text)
    repo.write("src/bots/b.py", text)
    everywhere = keysweep("scan", ".", "--format", "json").findings
    assert [finding["path"] for finding in everywhere] == ["src/bots/b.py"]
    assert keysweep("scan", "bots", "--format", "json").findings == []
    inside = keysweep("scan", "src", "--format", "json").findings
    assert [finding["path"] for finding in inside] == ["bots/b.py"]
