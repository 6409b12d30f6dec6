"""Behaviour of scanner.foreign.gitleaks: rules and allow-lists that mean what they meant, or are told."""

from pathlib import Path
from typing import Any

import pytest

from scanner.errors import ConfigError
from scanner.foreign import Imported
from scanner.foreign.gitleaks import is_gitleaks, read_gitleaks


def read(folder: Path, text: str, taken: tuple[str, ...] = ()) -> Imported:
    path = folder / ".gitleaks.toml"
    path.write_text(text, encoding="utf-8")
    return read_gitleaks(str(path), frozenset(taken))


RULE = """
[[rules]]
id = "my_Org.token"
description = "A token of my org"
regex = '''myorg_([a-z0-9]{24})'''
secretGroup = 1
entropy = 3.5
keywords = ["myorg_"]
tags = ["x"]
"""


def test_a_rule(tmp_path: Path) -> None:
    imported = read(tmp_path, RULE)
    assert imported.rules == (
        {
            "id": "my-org-token",
            "kind": "token",
            "severity": "high",
            "about": "A token of my org",
            "told_by": "structure",
            "pattern": "myorg_(?P<secret>[a-z0-9]{24})",
            "keywords": ["myorg_"],
            "width": 512,
            "entropy": 3.5,
        },
    )
    assert (imported.lost, imported.allow) == ((), ())


@pytest.mark.parametrize(
    ("words", "kind"),
    [("db password", "password"), ("Private Key", "private_key"), ("an api-key", "api_key")],
)
def test_kinds(tmp_path: Path, words: str, kind: str) -> None:
    text = f"[[rules]]\nid = 'x'\ndescription = '{words}'\nregex = 'abcdef[0-9]{{9}}'\n"
    assert read(tmp_path, text).rules[0]["kind"] == kind


def test_an_id_that_is_ours(tmp_path: Path) -> None:
    """Its allow-lists then hold for the imported rule alone."""
    text = RULE + "path = 'conf$'\n[rules.allowlist]\nstopwords = ['x']\n"
    imported = read(tmp_path, text, taken=("my-org-token",))
    assert imported.rules[0]["id"] == "gitleaks-my-org-token"
    assert {tuple(allow["rules"]) for allow in imported.allow} == {("gitleaks-my-org-token",)}


ALLOWS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "[allowlist]\ndescription = 'mine'\npaths = ['a', 'b$']\n",
        [{"name": "mine", "paths": ["a", "b$"]}],
    ),
    (
        "[allowlist]\npaths = ['a']\nstopwords = ['x']\n",
        [{"name": "gitleaks", "paths": ["a"]}, {"name": "gitleaks", "stopwords": ["x"]}],
    ),
    (
        "[[allowlists]]\ncondition = 'AND'\npaths = ['a']\nstopwords = ['x']\n",
        [{"name": "gitleaks", "paths": ["a"], "stopwords": ["x"]}],
    ),
    (
        "[[allowlists]]\nregexes = ['''(?i)abc''']\n",
        [{"name": "gitleaks", "regexes": ["(?s:.*?)(?:(?i:abc))(?s:.*)"]}],
    ),
    (
        "[[allowlists]]\nregexTarget = 'line'\nregexes = ['abc']\n",
        [{"name": "gitleaks", "lines": ["abc"]}],
    ),
    ("[[allowlists]]\ncommits = ['abc']\n", [{"name": "gitleaks", "commits": ["abc"]}]),
    ("[[allowlists]]\ndescription = 'empty'\n", []),
    ("[[allowlists]]\ncondition = 'and'\npaths = ['(']\nstopwords = ['x']\n", []),
    (
        "[[allowlists]]\npaths = ['(']\nstopwords = ['x']\n",
        [{"name": "gitleaks", "stopwords": ["x"]}],
    ),
    (
        RULE + "[[rules.allowlists]]\nstopwords = ['x']\n",
        [{"name": "gitleaks", "rules": ["my-org-token"], "stopwords": ["x"]}],
    ),
    (
        RULE + "[[allowlists]]\ntargetRules = ['my_Org.token', 'other']\nstopwords = ['x']\n",
        [{"name": "gitleaks", "rules": ["my-org-token"], "stopwords": ["x"]}],
    ),
    (
        "[[rules]]\nid = 'generic-api-key'\n[rules.allowlist]\nstopwords = ['x']\n",
        [{"name": "gitleaks", "rules": ["generic-*"], "stopwords": ["x"]}],
    ),
    ("[[rules]]\nid = 'unheard-of'\n[rules.allowlist]\nstopwords = ['x']\n", []),
    (
        RULE + "path = 'conf$'\n",
        [
            {
                "name": "my-org-token only at its paths",
                "rules": ["my-org-token"],
                "paths": ["^(?!(?s:.*)(?:conf$))"],
            }
        ],
    ),
    (
        RULE + "skipReport = true\n",
        [{"name": "my-org-token is only part of others", "rules": ["my-org-token"]}],
    ),
]


@pytest.mark.parametrize(("text", "allow"), ALLOWS)
def test_allow_lists(tmp_path: Path, text: str, allow: list[dict[str, Any]]) -> None:
    assert list(read(tmp_path, text).allow) == allow


LOST = [
    ("[extend]\nuseDefault = true\n", "gitleaks' own rules (keysweep's rules are on instead)"),
    (
        "[extend]\nuseDefault = true\ndisabledRules = ['a', 'b']\n",
        "switching off rules of gitleaks' own: a, b",
    ),
    ("[extend]\nurl = 'https://x.example'\n", "extending from an address"),
    ("[extend]\npath = 'none.toml'\n", "what it extends, none.toml, which is not there"),
    ("whitelist = 1\n", "the setting 'whitelist'"),
    (RULE + "filter = 'x'\n", "'filter' of rules: my_Org.token"),
    ("[[rules]]\nid = 'a'\npath = 'x'\n", "rules that report a file for its path: a"),
    ("[[rules]]\nid = 'a'\n", "changes of rules of gitleaks' own: a"),
    ("[[rules]]\nid = 'a'\nregex = '('\n", "rules with an expression that is not closed: a"),
    ("[[allowlists]]\npaths = ['(']\n", "allow-lists with an expression that is not closed"),
    ("[[allowlists]]\npaths = ['*']\n", "allow-lists with an expression that cannot be read"),
    ("[[allowlists]]\nfiles = ['x']\n", "'files' of allow-lists"),
    (
        "[[allowlists]]\nregexTarget = 'match'\nregexes = ['x']\n",
        "allow-lists for a match are compared with its whole line",
    ),
    (
        "[[allowlists]]\ntargetRules = ['a']\nstopwords = ['x']\n",
        "allow-lists of rules that are not here",
    ),
    (
        RULE + "[[rules.required]]\nid = 'other'\n",
        "a required rule that is not there: my_Org.token",
    ),
    (RULE + "path = '('\n", "paths of rules with an expression that is not closed: my_Org.token"),
]


@pytest.mark.parametrize(("text", "told"), LOST)
def test_losses_are_told(tmp_path: Path, text: str, told: str) -> None:
    assert told in read(tmp_path, text).told()


def test_many_losses_are_one_line(tmp_path: Path) -> None:
    text = "".join(f"[[rules]]\nid = 'r{n}'\nregex = '('\n" for n in range(9))
    (told,) = read(tmp_path, text).told()
    assert told == "rules with an expression that is not closed: r0, r1, r2, r3 and 5 more"


def test_required_rules_become_partners(tmp_path: Path) -> None:
    other = "[[rules]]\nid = 'id'\nregex = 'orgid_[0-9]{9}'\n"
    required = "[[rules.required]]\nid = 'id'\nwithinLines = 5\n"
    imported = read(tmp_path, RULE + required + other)
    assert imported.rules[0]["pairs_with"] == ["id"]
    assert imported.told() == ("that a rule without its required one is silent: my-org-token",)


def test_extended_files(tmp_path: Path) -> None:
    """What is in the file wins over what it extends; rules can be switched off and changed."""
    (tmp_path / "base.toml").write_text(
        RULE + "[[rules]]\nid = 'gone'\nregex = 'gone[0-9]{9}'\n[allowlist]\npaths = ['p']\n"
    )
    text = (
        "[extend]\npath = 'base.toml'\ndisabledRules = ['gone']\n"
        "[[rules]]\nid = 'my_Org.token'\nentropy = 2\ndescription = 'new'\n"
        "[[rules.allowlists]]\nstopwords = ['x']\n"
    )
    imported = read(tmp_path, text)
    (rule,) = imported.rules
    assert (rule["entropy"], rule["about"]) == (2.0, "new")
    assert [sorted(allow) for allow in imported.allow] == [
        ["name", "paths"],
        ["name", "rules", "stopwords"],
    ]
    assert imported.files == (str(tmp_path / "base.toml"),)
    changed = read(tmp_path, text.replace("entropy = 2", "secretGroup = 1"))
    assert changed.told() == ("changes of a rule's group or path: my_Org.token",)


def test_a_file_that_extends_itself_ends(tmp_path: Path) -> None:
    imported = read(tmp_path, "[extend]\npath = '.gitleaks.toml'\n" + RULE)
    assert len(imported.rules) == 1
    assert any("nested too deeply" in line for line in imported.told())


@pytest.mark.parametrize(
    "content", [b"x = ", b"\xff", b"a = " + b"[" * 5000], ids=["syntax", "bytes", "deep"]
)
def test_what_is_no_toml(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is not TOML"):
        read_gitleaks(str(path))
    with pytest.raises(ConfigError, match="cannot be read"):
        read_gitleaks(str(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    "text",
    [
        "rules = 7\nextend = 7\nallowlist = 7\n",
        "[[rules]]\nid = 7\nregex = 7\nkeywords = 7\nentropy = 'x'\nsecretGroup = 'x'\n",
        "[[rules]]\n[[allowlists]]\npaths = [7]\nregexes = 'x'\nstopwords = [['x']]\n",
        "[[rules]]\nid = 'a'\nregex = 'abcdef'\nentropy = 99.0\nrequired = ['x']\n",
        "\ufeff[extend]\npath = 7\ndisabledRules = 7\n",
    ],
)
def test_wrong_types_do_no_harm(tmp_path: Path, text: str) -> None:
    for rule in read(tmp_path, text).rules:
        assert 0 <= rule.get("entropy", 0) <= 8


def test_which_toml_is_of_gitleaks() -> None:
    assert is_gitleaks({"rules": []})
    assert is_gitleaks({"title": "x", "allowList": {}})
    assert not is_gitleaks({"tool": {"keysweep": {}}, "rules": 1})
    assert not is_gitleaks({"title": "x"})
