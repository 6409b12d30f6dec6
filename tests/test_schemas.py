"""The JSON Schemas say what the loaders do: editors complete and warn as keysweep will."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scanner.commands.config import SCHEMAS
from scanner.config import DEFAULTS, Config, load
from scanner.errors import ConfigError, RuleError
from scanner.rules import pattern_files
from scanner.rules.reading import read_file

FOLDER = Path(__file__).resolve().parents[1] / "scanner" / "schemas"


@cache
def validator(name: str) -> Any:
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_each_schema_has_a_command() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(SCHEMAS)


@pytest.mark.parametrize("path", pattern_files(), ids=lambda path: Path(path).stem)
def test_our_pattern_files(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        validator("patterns").validate(yaml.safe_load(file))


RULE = {"id": "a-b", "kind": "token", "severity": "low", "about": "A value."}
SHAPE = {"charset": "hex", "length": 32}
PATTERN = {"pattern": "(?P<secret>a_[a-z]{9})", "keywords": ["a_"]}
SYSTEM = {"system": "a", "name": "A", "category": "data"}
FILES: list[tuple[Any, bool]] = [
    ({"rules": [RULE | {"value": SHAPE}]}, True),
    ({"system": None, "rules": [RULE | {"value": [SHAPE, {"charset": "uuid"}]}]}, True),
    (SYSTEM | {"rules": [RULE | PATTERN]}, True),
    (SYSTEM | {"tells": None, "remediation": None, "rules": [RULE | PATTERN]}, True),
    ({"rules": [RULE | PATTERN | {"keywords": None, "trigger": "a_"}]}, True),
    ({"rules": [RULE | {"check": "mnemonic"}]}, True),
    ({"rules": [RULE | {"value": SHAPE, "examples": ["x", {"text": "y", "path": "z"}]}]}, True),
    ({"system": "a", "rules": [RULE | PATTERN]}, False),
    ({"rules": []}, False),
    ({}, False),
    ([], False),
    ({"rules": [RULE]}, False),
    ({"rules": [RULE | PATTERN | {"value": SHAPE}]}, False),
    ({"rules": [RULE | {"pattern": "(?P<secret>a)"}]}, False),
    ({"rules": [RULE | PATTERN | {"pattern": "a"}]}, False),
    ({"rules": [RULE | PATTERN | {"keywords": ["ä"]}]}, False),
    ({"rules": [RULE | PATTERN | {"keywords": [" "]}]}, False),
    ({"rules": [RULE | PATTERN | {"width": 0}]}, False),
    ({"rules": [RULE | PATTERN | {"entropy": 9}]}, False),
    ({"rules": [RULE | PATTERN | {"told_by": "me"}]}, False),
    ({"rules": [RULE | PATTERN | {"surprise": 1}]}, False),
    ({"rules": [RULE | PATTERN], "extra": 1}, False),
    ({"rules": [RULE | PATTERN | {"id": "a_b"}]}, False),
    ({"rules": [RULE | PATTERN | {"id": "-a"}]}, False),
    ({"rules": [RULE | PATTERN | {"kind": "thing"}]}, False),
    ({"rules": [RULE | {"value": {"charset": "hex"}}]}, False),
    ({"rules": [RULE | {"value": {"charset": "hex", "length": 2}}]}, False),
    ({"rules": [RULE | {"value": {"charset": "hex", "length": [4, 5, 6]}}]}, False),
    ({"rules": [RULE | {"value": SHAPE, "examples": [{"path": "z"}]}]}, False),
    (SYSTEM | {"tells": {"word": ["a"]}, "rules": [RULE | PATTERN]}, False),
    (SYSTEM | {"references": "https://a.example", "rules": [RULE | PATTERN]}, False),
]


@pytest.mark.parametrize(("document", "good"), FILES)
def test_pattern_schema_and_loader_agree(document: Any, good: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    try:
        read_file(str(path))
        loaded = True
    except RuleError:
        loaded = False
    assert (loaded, validator("patterns").is_valid(document)) == (good, good)


def test_every_setting_is_in_the_schema() -> None:
    known = validator("settings").schema["properties"]
    assert set(known) == {name.replace("_", "-") for name in DEFAULTS}
    assert all(entry["description"] for entry in known.values())


SETTINGS: list[tuple[Any, bool]] = [
    ({}, True),
    (None, True),
    ({"format": "json", "jobs": 2, "quiet": True, "color": "never"}, True),
    ({"only": "gate-*", "exclude": ["a", "b"], "exclude-paths": ["x/*"]}, True),
    ({"max-blob-size": "10MB"}, True),
    ({"max-blob-size": 500}, True),
    ({"max-blob-size": "1GiB"}, True),
    ({"max-blob-size": "x"}, False),
    ({"allow": {"rules": "x"}}, True),
    ({"allow": [{"name": "t", "paths": ["^tests/"], "stopwords": ["example"]}]}, True),
    ({"allow": [{"name": "t"}]}, False),
    ({"allow": [{"paths": []}]}, False),
    ({"allow": [{"paths": [""]}]}, False),
    ({"allow": [{"path": ["x"]}]}, False),
    ({"allow": [{"paths": ["x"], "name": ""}]}, False),
    ({"allow": ["x"]}, False),
    ({"formt": "json"}, False),
    ({"format": "xml"}, False),
    ({"jobs": -1}, False),
    ({"jobs": True}, False),
    ({"quiet": "yes"}, False),
    ({"only": [7]}, False),
    ({"baseline": None}, False),
    ({"output": 7}, False),
    ([], False),
]


@pytest.mark.parametrize(("document", "good"), SETTINGS)
def test_settings_schema_and_loader_agree(
    document: Any, good: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "a.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    loaded: Config | None = None
    try:
        loaded = load(None, str(path), {})
    except ConfigError:
        pass
    assert (loaded is not None, validator("settings").is_valid(document)) == (good, good)
