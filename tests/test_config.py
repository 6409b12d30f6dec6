"""Behaviour of scanner.config: which layer wins, what a repository may say, what is said of mistakes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.config import DEFAULTS, Allow, Config, load, size_of
from scanner.config.files import read_file
from scanner.errors import ConfigError

Repo = Callable[..., Config]


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository's top level; the user has no settings and no variables."""
    for name in list(os.environ):
        if name.startswith("KEYSWEEP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "top"
    folder.mkdir()
    return folder


def settings(folder: Path, values: Any, name: str = ".keysweep.yaml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(values if isinstance(values, str) else yaml.safe_dump(values))
    return str(path)


def user_file(top: Path, values: Any) -> str:
    return settings(top.parent / "config" / "keysweep", values, "config.yaml")


def test_defaults(top: Path) -> None:
    config = load(str(top), None, {})
    assert {key: setting.value for key, setting in config.settings.items()} == DEFAULTS
    assert {setting.origin for setting in config.settings.values()} == {"default"}
    assert config.notes == ()
    assert config.min_confidence == "medium"
    with pytest.raises(AttributeError):
        _ = config.nothing


def test_the_later_layer_wins(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = user_file(top, {"format": "json", "jobs": 1, "color": "never", "quiet": True})
    settings(top, {"format": "jsonl", "jobs": 2, "color": "always"})
    monkeypatch.setenv("KEYSWEEP_FORMAT", "csv")
    monkeypatch.setenv("KEYSWEEP_JOBS", "3")
    config = load(str(top), None, {"format": "sarif", "jobs": None})
    origins = {key: config.settings[key] for key in ("format", "jobs", "color", "quiet", "verbose")}
    assert origins == {
        "format": ("sarif", "flag"),
        "jobs": (3, "environment"),
        "color": ("always", ".keysweep.yaml"),
        "quiet": (True, user),
        "verbose": (False, "default"),
    }


def test_lists_add_up_or_replace(top: Path) -> None:
    user_file(top, {"only": ["gate-*"], "exclude-paths": ["a"], "allow": [{"paths": ["u"]}]})
    settings(top, {"only": "okx-*", "exclude-paths": ["b"], "allow": {"name": "r", "rules": ["x"]}})
    config = load(str(top), None, {})
    assert config.only == ("okx-*",)
    assert config.exclude_paths == ("a", "b")
    assert config.allow == (Allow("allow", paths=("u",)), Allow("r", rules=("x",)))


def test_chosen_file_instead_of_the_repositorys(top: Path, tmp_path: Path) -> None:
    settings(top, {"format": "json"})
    chosen = settings(tmp_path, {"show-secrets": True, "output": "x"}, "mine.yaml")
    config = load(str(top), chosen, {})
    assert (config.format, config.show_secrets, config.output) == ("text", True, "x")
    assert config.settings["output"].origin == chosen
    assert config.notes == ()


def test_nothing_of_the_repository_when_isolated(top: Path) -> None:
    settings(top, {"format": "json"})
    assert load(None, None, {}).format == "text"


@pytest.mark.parametrize("name", [".keysweep.yaml", ".keysweep.yml", "pyproject.toml"])
def test_repository_files(top: Path, name: str) -> None:
    text = "[tool.keysweep]\nmin-severity = 'high'\n" if name.endswith("toml") else None
    settings(top, text or {"min-severity": "high"}, name)
    config = load(str(top), None, {})
    assert config.min_severity == "high"
    said = f"{name} of this repository switches rules off: min-severity (high)"
    assert config.warnings == (said,)
    changed = f"{name} of this repository changes what is reported: min-severity (high)"
    assert config.notes == (changed, said)


def test_pyproject_without_our_table_is_no_settings_file(top: Path) -> None:
    settings(top, "[tool.other]\nx = not toml at all", "pyproject.toml")
    assert load(str(top), None, {}).format == "text"


def test_a_link_is_no_settings_file(top: Path, tmp_path: Path) -> None:
    target = settings(tmp_path, {"format": "json"}, "elsewhere.yaml")
    (top / ".keysweep.yaml").symlink_to(target)
    assert load(str(top), None, {}).format == "text"


@pytest.mark.parametrize("key", ["show-secrets", "exit-zero", "output", "no-cache"])
def test_what_a_repository_may_not_say(top: Path, key: str) -> None:
    value = "report.txt" if key == "output" else True
    settings(top, {key: value})
    with pytest.raises(ConfigError, match=f"{key} cannot be set by a repository"):
        load(str(top), None, {})


@pytest.mark.parametrize("key", ["baseline", "patterns"])
@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "link/x", "a/../../b"])
def test_paths_stay_inside_the_repository(top: Path, key: str, path: str) -> None:
    (top / "link").symlink_to(top.parent)
    settings(top, {key: path})
    with pytest.raises(ConfigError, match="is outside the repository"):
        load(str(top), None, {})


def test_paths_of_a_repository_start_at_its_top(top: Path) -> None:
    settings(top, {"baseline": "b.json", "patterns": ["rules", "x/y.yaml"]})
    config = load(str(top), None, {})
    assert config.baseline == str(top / "b.json")
    assert config.patterns == (str(top / "rules"), str(top / "x/y.yaml"))


def test_notes_name_what_narrows(top: Path) -> None:
    settings(top, {"exclude": ["a"], "allow": [{"stopwords": ["x"]}], "color": "never"})
    assert load(str(top), None, {}).notes == (
        ".keysweep.yaml of this repository changes what is reported: allow (allow), exclude (a)",
        ".keysweep.yaml of this repository switches rules off: exclude (a)",
    )


WRONG = [
    ({"formt": "json"}, "unknown setting 'formt' (did you mean 'format'?)"),
    ({"min_confidnce": "low"}, "(did you mean 'min-confidence'?)"),
    ({7: "x"}, "unknown setting 7"),
    ({"format": "xml"}, "format: 'xml' is none of text, json"),
    ({"format": ["json"]}, "format: ['json'] is none of"),
    ({"min-severity": "urgent"}, "min-severity: 'urgent' is none of low, medium"),
    ({"only": 7}, "only: a list of texts is needed"),
    ({"exclude": [["x"]]}, "exclude: a list of texts is needed"),
    ({"quiet": "yes"}, "quiet: true or false is needed"),
    ({"jobs": -1}, "jobs: a number is needed"),
    ({"jobs": True}, "jobs: a number is needed"),
    ({"jobs": "two"}, "jobs: a number is needed"),
    ({"max-blob-size": "big"}, "max-blob-size: 'big' is no size"),
    ({"baseline": 7}, "baseline: a file name is needed"),
    ({"baseline": None}, "baseline: a file name is needed"),
    ({"allow": ["x"]}, "allow: each entry has a name and"),
    ({"allow": [{"path": ["x"]}]}, "allow: unknown key 'path' (did you mean 'paths'?)"),
    ({"allow": [{"name": "x"}]}, "allow: an empty entry would allow everything"),
    ({"allow": [{"paths": [""]}]}, "allow: paths: a list of texts is needed"),
    ({"allow": [{"paths": ["("]}]}, "allow: paths: '(' is no regular expression"),
    ({"allow": [{"regexes": ["*"]}]}, "allow: regexes: '*' is no regular expression"),
    ({"allow": [{"rules": ["x"], "name": ""}]}, "allow: name: a text is needed"),
    ("a: [", "is not YAML in line "),
    ("- a\n", "names and values are needed"),
    ("x: !!python/object/apply:os.system [id]", "is not YAML"),
    ("a: " + "[" * 2_000, "is not YAML"),
]


@pytest.mark.parametrize(("content", "said"), WRONG)
@pytest.mark.parametrize("place", ["chosen", "repository", "user"])
def test_mistakes_are_named(top: Path, content: Any, said: str, place: str) -> None:
    if place == "user":
        path = user_file(top, content)
    else:
        path = settings(top, content)
    with pytest.raises(ConfigError) as caught:
        load(str(top), path if place == "chosen" else None, {})
    assert said in str(caught.value)
    assert os.path.basename(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_file_says_nothing(top: Path) -> None:
    assert load(str(top), settings(top, "# nothing\n"), {}).format == "text"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[tool.keysweep]\nx = \n", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        (b"[tool]\nkeysweep = 7\n", "names and values are needed"),
        (b"tool = 7\n", "names and values are needed"),
    ],
)
def test_wrong_toml(top: Path, content: bytes, said: str) -> None:
    path = top / "x.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        load(None, str(path), {})


def test_yaml_that_is_no_text(top: Path) -> None:
    path = top / "x.yaml"
    path.write_bytes(b"format: \xff\n")
    with pytest.raises(ConfigError, match="is not YAML"):
        read_file(str(path))


def test_missing_file(top: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(None, str(top / "none.yaml"), {})


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("KEYSWEEP_FORMAT", "json", "format", "json"),
        ("KEYSWEEP_MIN_CONFIDENCE", "low", "min_confidence", "low"),
        ("KEYSWEEP_ONLY", "a-*, b", "only", ("a-*", "b")),
        ("KEYSWEEP_QUIET", "1", "quiet", True),
        ("KEYSWEEP_QUIET", "No", "quiet", False),
        ("KEYSWEEP_SHOW_SECRETS", "true", "show_secrets", True),
        ("KEYSWEEP_JOBS", "4", "jobs", 4),
        ("KEYSWEEP_MAX_BLOB_SIZE", "1k", "max_blob_size", 1024),
        ("KEYSWEEP_OUTPUT", "x.json", "output", "x.json"),
        ("KEYSWEEP_UNHEARD_OF", "x", "format", "text"),
        ("KEYSWEEP_ALLOW", "x", "allow", ()),
    ],
)
def test_environment(
    top: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, key: str, value: Any
) -> None:
    monkeypatch.setenv(name, text)
    assert getattr(load(None, None, {}), key) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("KEYSWEEP_FORMAT", "xml", "KEYSWEEP_FORMAT: format: 'xml' is none of"),
        ("KEYSWEEP_QUIET", "maybe", "KEYSWEEP_QUIET: true or false is needed"),
        ("KEYSWEEP_JOBS", "-1", "KEYSWEEP_JOBS: a number is needed"),
        ("KEYSWEEP_JOBS", "²", "KEYSWEEP_JOBS: a number is needed"),
        ("KEYSWEEP_MAX_BLOB_SIZE", "x", "KEYSWEEP_MAX_BLOB_SIZE: max-blob-size: 'x' is no size"),
    ],
)
def test_wrong_environment(
    top: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, said: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(ConfigError) as caught:
        load(None, None, {})
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("500", 500),
        ("20k", 20480),
        ("10MB", 10 << 20),
        ("1GiB", 1 << 30),
        (" 7KB ", 7168),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert size_of(text, "x") == size


@pytest.mark.parametrize("text", ["", "-1", "1.5M", "k", "1T", "one", "٣"])
def test_no_sizes(text: str) -> None:
    with pytest.raises(ConfigError, match="is no size"):
        size_of(text, "--max-blob-size")
