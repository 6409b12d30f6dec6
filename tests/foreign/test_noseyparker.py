"""Behaviour of scanner.foreign.noseyparker: rules of noseyparker and kingfisher."""

from pathlib import Path

import pytest
import yaml

from scanner.errors import ConfigError
from scanner.foreign import Imported
from scanner.foreign.noseyparker import read_noseyparker


def read(folder: Path, content: object) -> Imported:
    path = folder / "rules.yml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content))
    return read_noseyparker(str(path))


RULE = {
    "name": "My token",
    "id": "kingfisher.my.1",
    "pattern": "(?xi)\n  \\b my_\n  (?P<TOKEN> [a-z]{9} ) # nine\n",
    "min_entropy": 3,
    "examples": ["left out"],
    "references": ["https://x.example"],
}


def test_a_rule(tmp_path: Path) -> None:
    imported = read(tmp_path, {"rules": [RULE]})
    assert imported.rules == (
        {
            "id": "kingfisher-my-1",
            "kind": "token",
            "severity": "high",
            "about": "My token",
            "told_by": "structure",
            "pattern": "(?i:\\bmy_(?P<secret>[a-z]{9}))",
            "keywords": ["my_"],
            "width": 512,
            "entropy": 3.0,
        },
    )
    assert imported.lost == ()


def test_losses_are_told(tmp_path: Path) -> None:
    more = {"validation": {}, "visible": False, "depends_on_rule": []}
    imported = read(tmp_path, [RULE | {"pattern": "("}, RULE | more])
    assert imported.rules == ()
    assert imported.told() == (
        "rules with an expression that is not closed: kingfisher.my.1",
        "'depends_on_rule' of rules: kingfisher.my.1",
        "trying keys against their service: kingfisher.my.1",
        "rules that only serve others: kingfisher.my.1",
    )


@pytest.mark.parametrize("content", ["a: [", "7", "rules: []", "rules: [7]", "rules: [{id: x}]"])
def test_what_holds_no_rules(tmp_path: Path, content: str) -> None:
    with pytest.raises(ConfigError):
        read(tmp_path, content)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_noseyparker(str(tmp_path / "none.yml"))
