"""Behaviour of scanner.rules: what a pattern file may hold, and what is said about one that is wrong."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.errors import RuleError
from scanner.models import Shape
from scanner.rules import compile_pattern, load, nearest, pattern_files, pattern_folder
from scanner.rules.reading import CHARSETS

SHAPE_RULE: dict[str, Any] = {
    "id": "acme-api-secret",
    "kind": "api_secret",
    "severity": "critical",
    "about": "Signs orders.",
    "value": {"charset": "alnum", "length": 64},
    "told_by": "pair",
    "examples": ["ACME_API_SECRET={alnum:64}"],
}
PATTERN_RULE: dict[str, Any] = {
    "id": "acme-token",
    "kind": "token",
    "severity": "high",
    "about": "Opens everything.",
    "pattern": r"(?<!\w)(?P<secret>acme_[a-z0-9]{32})(?!\w)",
    "keywords": ["ACME_"],
    "prefix": "acme_",
}


def document(**changes: Any) -> dict[str, Any]:
    """Return a whole pattern file; a change to None takes the field away."""
    made = {
        "system": "acme",
        "name": "Acme Exchange",
        "category": "exchange",
        "references": ["https://docs.acme.example"],
        "tells": {"words": ["Acme"], "hosts": ["API.acme.example"]},
        "remediation": {"page": "https://acme.example/keys", "revoke": ["Press delete."]},
        "rules": [SHAPE_RULE],
        **changes,
    }
    return {key: value for key, value in made.items() if value is not None}


def rule(base: dict[str, Any] = SHAPE_RULE, **changes: Any) -> dict[str, Any]:
    """Return a file with one rule, that one changed."""
    entry = {key: value for key, value in {**base, **changes}.items() if value is not None}
    return document(rules=[entry])


def write(folder: Path, content: Any, name: str = "acme.yaml") -> str:
    path = folder / name
    text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_reads_a_whole_file(tmp_path: Path) -> None:
    path = write(tmp_path, document(rules=[SHAPE_RULE, PATTERN_RULE]))
    catalog = load([path])
    system = catalog.systems["acme"]
    assert (system.name, system.category) == ("Acme Exchange", "exchange")
    assert (system.words, system.hosts) == (("acme",), ("api.acme.example",))  # any case
    assert system.advice.revoke == ("Press delete.",)
    secret, token = catalog.rules
    assert secret.shapes == (Shape("alnum", 64, 64),)
    assert (secret.system, secret.told_by, secret.origin) == ("acme", "pair", path)
    assert secret.examples == ("ACME_API_SECRET={alnum:64}",)
    assert (token.keywords, token.width, token.told_by) == (("acme_",), 512, "structure")
    assert catalog.rule("acme-token") is token
    assert catalog.rule("acme-nothing") is None


def test_generic_rules_have_no_system(tmp_path: Path) -> None:
    catalog = load([write(tmp_path, document(system=None) | {"system": None})])
    assert catalog.systems == {}
    assert catalog.rules[0].system is None


@pytest.mark.parametrize(
    ("value", "shapes"),
    [
        ({"charset": "hex", "length": [32, 64]}, [("hex", 32, 64)]),
        ({"charset": "uuid"}, [("uuid", 36, 36)]),
        (
            [{"charset": "alnum", "length": 20}, {"charset": "base64", "length": 44}],
            [("alnum", 20, 20), ("base64", 44, 44)],
        ),
    ],
)
def test_shapes(tmp_path: Path, value: Any, shapes: list[tuple[str, int, int]]) -> None:
    found = load([write(tmp_path, rule(value=value))]).rules[0].shapes
    assert [tuple(shape) for shape in found] == shapes


WRONG = [
    # what the file holds, the rule that is named, and what the message says
    (document(naem="Acme"), None, "the file: unknown field 'naem' (did you mean 'name'?)"),
    (document(name=None), None, "name: a text is needed"),
    (document(name=["Acme"]), None, "name: a text is needed"),
    (document(rules=None), None, "rules: a list with at least one rule"),
    (document(rules=[]), None, "rules: a list with at least one rule"),
    (document(rules={"id": "x"}), None, "rules: a list with at least one rule"),
    (document(rules=["x"]), None, "every rule needs an id"),
    (document(rules=[{"kind": "token"}]), None, "every rule needs an id"),
    (document(rules=[{"id": ""}]), None, "every rule needs an id"),
    (document(rules=[{"id": "two words"}]), None, "every rule needs an id"),
    (
        document(tells={"word": ["acme"]}),
        None,
        "tells: unknown field 'word' (did you mean 'words'?)",
    ),
    (document(tells={"words": "acme"}), None, "tells.words: a list is needed"),
    (document(tells={"words": [1]}), None, "tells.words: a text is needed"),
    (document(tells=["acme"]), None, "tells: names and values are needed"),
    (document(remediation={"revoke": "Press"}), None, "remediation.revoke: a list is needed"),
    (document(remediation={"site": "x"}), None, "remediation: unknown field 'site'"),
    (rule(kind="key"), "acme-api-secret", "kind: 'key' is none of api_key, api_secret"),
    (rule(kind=None), "acme-api-secret", "kind: None is none of"),
    (rule(severity="urgent"), "acme-api-secret", "severity: 'urgent' is none of low, medium"),
    (rule(told_by="magic"), "acme-api-secret", "told_by: 'magic' is none of structure, pair"),
    (rule(about=None), "acme-api-secret", "about: a text is needed"),
    (rule(about="  "), "acme-api-secret", "about: a text is needed"),
    (rule(valeu={}), "acme-api-secret", "unknown field 'valeu' (did you mean 'value'?)"),
    (rule(value=None), "acme-api-secret", "needs either a pattern or a value shape"),
    (rule(value=64), "acme-api-secret", "value: names and values are needed"),
    (rule(value={"charset": "alpha", "length": 9}), "acme-api-secret", "value.charset: 'alpha'"),
    (rule(value={"charset": "hex"}), "acme-api-secret", "value.length: a number from 4"),
    (rule(value={"charset": "hex", "length": True}), "acme-api-secret", "value.length: a number"),
    (
        rule(value={"charset": "hex", "length": 2}),
        "acme-api-secret",
        "value.length: a number from 4",
    ),
    (
        rule(value={"charset": "hex", "length": [64, 32]}),
        "acme-api-secret",
        "value.length: a number from 64",
    ),
    (rule(examples="X={alnum:64}"), "acme-api-secret", "examples: a list is needed"),
    (rule(examples=[{"file": "x"}]), "acme-api-secret", "examples: a text, or a path and a text"),
    (rule(non_examples=[7]), "acme-api-secret", "non_examples: a text, or a path and a text"),
    (rule(pairs_with=["acme-key"]), "acme-api-secret", "pairs_with: no rule is called 'acme-key'"),
    (rule(entropy=9), "acme-api-secret", "entropy: a number from 0 to 8"),
    (rule(entropy="high"), "acme-api-secret", "entropy: a number from 0 to 8"),
    (rule(PATTERN_RULE, value={"charset": "uuid"}), "acme-token", "needs either a pattern or"),
    (rule(PATTERN_RULE, keywords=None), "acme-token", "keywords: a pattern needs keywords or a"),
    (rule(PATTERN_RULE, keywords=[" "]), "acme-token", "keywords: a text is needed"),
    (rule(PATTERN_RULE, keywords=["ключ"]), "acme-token", "keywords: 'ключ' is not ASCII"),
    (rule(PATTERN_RULE, pattern="acme_[a-z]{32}"), "acme-token", "(?P<secret>...) is missing"),
    (rule(PATTERN_RULE, pattern="(?P<secret>acme_["), "acme-token", "pattern: "),
    (rule(PATTERN_RULE, trigger="acme_("), "acme-token", "trigger: "),
    (rule(PATTERN_RULE, width=0), "acme-token", "width: a number from 1"),
    (rule(PATTERN_RULE, width=1 << 21), "acme-token", "width: a number from 1"),
    ("[just, a, list]", None, "the file: names and values are needed"),
    ("", None, "the file: names and values are needed"),
    ("system: acme\nname: [oops\n", None, "is not YAML"),
    ("system: a\n\tname: b\n", None, "in line 2"),
    ("system: !!python/object/apply:os.getcwd []\n", None, "is not YAML"),
    ("a: " + "[" * 2_000, None, "is not YAML"),
]


@pytest.mark.parametrize(("content", "rule_id", "said"), WRONG)
def test_names_file_rule_and_field(
    tmp_path: Path, content: Any, rule_id: str | None, said: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(RuleError) as caught:
        load([path])
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert said in message
    assert caught.value.file == path
    assert caught.value.rule == rule_id
    assert rule_id is None or f"rule {rule_id}: " in message
    assert "\n" not in message


def test_not_text(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"name: \xff\xfe\n")
    with pytest.raises(RuleError, match="is not YAML"):
        load([str(tmp_path / "x.yaml")])


def test_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read: "):
        load([str(tmp_path)])


def test_same_id_in_two_files(tmp_path: Path) -> None:
    first = write(tmp_path, document(), "a.yaml")
    second = write(tmp_path, document(), "b.yaml")
    with pytest.raises(RuleError, match="already used in") as caught:
        load([first, second])
    assert caught.value.file == second
    assert first in str(caught.value)


def test_partner_may_stand_in_another_file(tmp_path: Path) -> None:
    first = write(tmp_path, rule(pairs_with=["acme-token"]), "a.yaml")
    second = write(tmp_path, document(rules=[PATTERN_RULE]), "b.yaml")
    assert len(load([first, second]).rules) == 2


def test_order_of_files(tmp_path: Path) -> None:
    ours = pattern_files()
    assert ours == sorted(ours)
    assert all(os.path.dirname(path) == pattern_folder() for path in ours)
    for name in ("b.yaml", "a.yml", ".hidden.yaml", "notes.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "one").write_text("")  # a file named outright needs no ending
    assert pattern_files([str(tmp_path), str(tmp_path / "one")])[len(ours) :] == [
        str(tmp_path / "a.yml"),
        str(tmp_path / "b.yaml"),
        str(tmp_path / "one"),
    ]


def test_missing_extra_file(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such pattern file or folder"):
        pattern_files([str(tmp_path / "none.yaml")])


def test_ours_load_and_compile() -> None:
    catalog = load(pattern_files())
    for one in catalog.rules:
        if one.pattern is not None:
            assert "secret" in compile_pattern(one).groupindex, one.id
        assert all(shape.charset in CHARSETS for shape in one.shapes)
        assert one.system is None or one.system in catalog.systems


def test_ids_begin_with_their_system() -> None:
    for one in load(pattern_files()).rules:
        if one.system is not None:
            assert one.id.startswith(one.system.replace("_", "-") + "-"), one.id


@pytest.mark.parametrize(
    ("word", "said"),
    [("formt", " (did you mean 'format'?)"), ("zzz", "")],
)
def test_nearest(word: str, said: str) -> None:
    assert nearest(word, ["format", "output"]) == said
