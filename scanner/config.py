"""The settings: defaults, user file, repository file, environment, flags; the later one wins.

A repository's own file (``.keysweep.yaml`` or ``[tool.keysweep]`` in ``pyproject.toml`` at its top level)
comes from whoever wrote the repository: it may narrow and allow visibly, never reveal or redirect.
"""

import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from scanner.documents import DocumentError, load_yaml
from scanner.errors import ConfigError
from scanner.models import CONFIDENCES, SEVERITIES
from scanner.rules import compile_words, nearest, own_ids

FORMATS = ("text", "json", "jsonl", "sarif", "csv", "junit", "gitlab", "github", "html")
COLORS = ("auto", "always", "never")


class Allow(NamedTuple):
    """One allow-list of the settings; a finding is silenced if every kind given matches.

    Attributes:
        name: shown as ``config:<name>``.
        paths, regexes: regular expressions, searched in the path and fully matched on the secret.
        rules: globs of rule ids.   stopwords: words that the secret holds.
        lines: regular expressions, searched in each of the secret's lines.
        commits: full ids; all commits that introduce the secret must be among them.
    """

    name: str
    paths: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    regexes: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()


class Setting(NamedTuple):
    """A value and the layer it came from: ``default``, ``environment``, ``flag``, or a file's name.

    Lists that add up name all their layers.
    """

    value: Any
    origin: str


class Config:
    """All settings of one run, each with its origin.

    Attributes:
        settings: name (with ``_``) to Setting.
        notes: lines that a reader of the output must know (what a repository's settings change).
        warnings: those of the notes that say which rules a repository switches off; quiet or not.
    """

    def __init__(self) -> None:
        self.warnings: tuple[str, ...] = ()
        self.settings: dict[str, Setting] = {k: Setting(v, "default") for k, v in DEFAULTS.items()}
        self.notes: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self.settings[name].value
        except KeyError:
            raise AttributeError(name) from None

    def update(self, values: Mapping[str, Any], origin: str) -> None:
        """Set values of a higher layer; lists of patterns and allow-lists add up."""
        for name, value in values.items():
            old = self.settings[name]
            if name in _ADDING and old.value:
                self.settings[name] = Setting((*old.value, *value), f"{old.origin}, {origin}")
            else:
                self.settings[name] = Setting(value, origin)


DEFAULTS: dict[str, Any] = {
    "format": "text",
    "output": None,
    "patterns": (),
    "only": (),
    "exclude": (),
    "exclude_paths": (),
    "baseline": None,
    "min_confidence": "medium",
    "min_severity": "low",
    "show_secrets": False,
    "show_allowed": False,
    "include_ignored": False,
    "jobs": 0,
    "max_blob_size": None,
    "exit_zero": False,
    "quiet": False,
    "verbose": False,
    "color": "auto",
    "no_progress": False,
    "no_cache": False,
    "allow": (),
}
_ADDING = ("patterns", "exclude_paths", "allow")
_CHOICES = {
    "format": FORMATS,
    "min_confidence": CONFIDENCES,
    "min_severity": SEVERITIES,
    "color": COLORS,
}
_LISTS = ("patterns", "only", "exclude", "exclude_paths")
_NOT_FROM_REPOSITORY = ("show_secrets", "exit_zero", "output", "no_cache", "quiet")
_CHANGING = (
    *("allow", "baseline", "exclude", "exclude_paths", "max_blob_size", "min_confidence"),
    *("min_severity", "only", "patterns"),
)
_SWITCHING_OFF = ("only", "exclude", "min_confidence", "min_severity")
_OTHER_VARIABLES = ("CACHE_DIR", "ENGINE")
"""What else is read from the environment as ``KEYSWEEP_...``."""
_ALLOW_KINDS = ("paths", "rules", "regexes", "stopwords", "lines", "commits")


def load(repository_top: str | None, chosen: str | None, flags: Mapping[str, Any]) -> Config:
    """Return the settings of a run.

    Args:
        repository_top: absolute folder whose settings file counts, None to take none of it.
        chosen: file named with ``--config``, None for the usual places.
        flags: what the command line gave, by setting name; absent keys were not given.

    Raises:
        ConfigError: a file cannot be read, a key is unknown, a value is wrong.
    """
    config = Config()
    user = user_file()
    if os.path.isfile(user):
        config.update(_values(read_file(user), user), user)
    if chosen and _is_gitleaks_file(chosen):
        _take_gitleaks(config, chosen)
    elif chosen:
        config.update(_values(read_file(chosen), chosen), chosen)
    elif repository_top:
        path = repository_file(repository_top)
        if path:
            _take_from_repository(config, path, repository_top)
    config.update(_environment(), "environment")
    config.update({k: v for k, v in flags.items() if k in DEFAULTS and v is not None}, "flag")
    return config


def _is_gitleaks_file(path: str) -> bool:
    if not path.endswith(".toml"):
        return False
    import tomllib  # noqa: PLC0415  (only for a TOML file)

    from scanner.foreign.gitleaks import is_gitleaks  # noqa: PLC0415

    try:
        with open(path, encoding="utf-8-sig") as file:
            return is_gitleaks(tomllib.loads(file.read()))
    except (OSError, ValueError, RecursionError):
        return False  # said when the settings are read


def _take_gitleaks(config: Config, path: str) -> None:
    """Use rules and allow-lists of another scanner's file, and note what cannot be carried over."""
    from scanner.foreign.gitleaks import read_gitleaks  # noqa: PLC0415  (only for such a file)

    imported = read_gitleaks(path, own_ids())
    values: dict[str, Any] = {"allow": tuple(_allow(dict(entry), path) for entry in imported.allow)}
    if imported.rules:
        values["patterns"] = (path,)
    config.update(values, path)
    config.notes += tuple(f"{path}: not carried over: {line}" for line in imported.told())


def user_file() -> str:
    """Return the path of the user's settings file, there or not."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(base, "keysweep", "config.yaml")


def repository_file(top: str) -> str | None:
    """Return the settings file at a repository's top level, or None."""
    for name in (".keysweep.yaml", ".keysweep.yml"):
        path = os.path.join(top, name)
        if os.path.isfile(path) and not os.path.islink(path):
            return path
    path = os.path.join(top, "pyproject.toml")
    if os.path.isfile(path) and not os.path.islink(path):
        with open(path, "rb") as file:
            content = file.read()
        # Most projects have the file, and nothing of ours in it: no need to parse it then.
        if b"keysweep" in content and re.search(
            rb"tool[^\n]{0,20}\bkeysweep\b|^\s*keysweep\b", content, re.MULTILINE
        ):
            return path if "keysweep" in _tool_table(path, content) else None
    return None


def _take_from_repository(config: Config, path: str, top: str) -> None:
    values = _values(read_file(path), path)
    name = os.path.relpath(path, top)
    for key in _NOT_FROM_REPOSITORY:
        if key in values:
            raise ConfigError(f"{name}: {key.replace('_', '-')} cannot be set by a repository")
    shown = dict(values)
    for key in ("baseline", "patterns"):
        inside = values.get(key) or ()
        for entry in (inside,) if isinstance(inside, str) else inside:
            if "\0" in entry:
                raise ConfigError(f"{name}: {key}: {entry!r} is no file name")
            full = os.path.realpath(os.path.join(top, entry))
            if os.path.commonpath([full, os.path.realpath(top)]) != os.path.realpath(top):
                raise ConfigError(f"{name}: {key}: {entry!r} is outside the repository")
    if "baseline" in values:
        values["baseline"] = os.path.join(top, values["baseline"])
    if "patterns" in values:
        values["patterns"] = tuple(os.path.join(top, entry) for entry in values["patterns"])
    if "jobs" in values:  # how many processes are started is not for a repository to say
        values["jobs"] = min(values["jobs"], os.cpu_count() or 1)
    config.update(values, name)
    told = {key: _told(key, shown[key]) for key in values if key in _CHANGING}
    off = [told[k] for k in _SWITCHING_OFF if k in values and values[k] != DEFAULTS[k]]
    if told:
        changed = ", ".join(sorted(told.values()))
        config.notes += (f"{name} of this repository changes what is reported: {changed}",)
    if off:
        config.warnings = (f"{name} of this repository switches rules off: {', '.join(off)}",)
        config.notes += config.warnings


def _told(key: str, value: Any) -> str:
    """Return a setting and what it says, for people."""
    entries = value if isinstance(value, tuple) else (value,)
    names = [entry.name if isinstance(entry, Allow) else str(entry) for entry in entries]
    shown = names if len(names) < 6 else [*names[:5], f"{len(names) - 5} more"]
    return f"{key.replace('_', '-')} ({', '.join(shown)})"


def read_file(path: str) -> Mapping[str, Any]:
    """Read a settings file (YAML, or the ``[tool.keysweep]`` table of a TOML file).

    Raises:
        ConfigError: it cannot be read or parsed.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if path.endswith(".toml"):
        return _read_toml(path, content)
    try:
        document = load_yaml(content)
    except DocumentError as error:
        raise ConfigError(f"{path}: is not YAML{error.where or f': {error.problem}'}") from error
    if document is None:
        return {}
    if not isinstance(document, Mapping):
        raise ConfigError(f"{path}: names and values are needed")
    return document


def parse_yaml(text: str) -> Any:
    """Return what a YAML document means.

    Raises:
        ValueError: it is not YAML.
    """
    return load_yaml(text)


def _read_toml(path: str, content: bytes) -> Mapping[str, Any]:
    table = _tool_table(path, content).get("keysweep", {})
    if not isinstance(table, Mapping):
        raise ConfigError(f"{path}: [tool.keysweep]: names and values are needed")
    return table


def _tool_table(path: str, content: bytes) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415  (only when there is a settings file)

    try:
        document = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    tool = document.get("tool", {})
    if not isinstance(tool, Mapping):
        raise ConfigError(f"{path}: [tool]: names and values are needed")
    return tool


def _values(document: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return checked settings with ``_`` in their names."""
    values: dict[str, Any] = {}
    for key, value in document.items():
        name = str(key).replace("-", "_")
        if name not in DEFAULTS:
            known = [known.replace("_", "-") for known in DEFAULTS]
            raise ConfigError(f"{where}: unknown setting {key!r}{nearest(str(key), known)}")
        values[name] = _checked(name, value, where)
    return values


def _checked(name: str, value: Any, where: str) -> Any:
    shown = name.replace("_", "-")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise ConfigError(f"{where}: {shown}: {value!r} is none of {', '.join(_CHOICES[name])}")
    if name in _LISTS:
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list | tuple) or not all(isinstance(e, str) for e in entries):
            raise ConfigError(f"{where}: {shown}: a list of texts is needed")
        return tuple(entries)
    if name == "allow":
        return tuple(
            _allow(entry, where) for entry in (value if isinstance(value, list) else [value])
        )
    if isinstance(DEFAULTS[name], bool):
        if not isinstance(value, bool):
            raise ConfigError(f"{where}: {shown}: true or false is needed")
        return value
    if name == "jobs" and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ConfigError(f"{where}: jobs: a number is needed")
    if name == "max_blob_size":
        return size_of(str(value), f"{where}: max-blob-size")
    if name in ("baseline", "output") and not isinstance(value, str):
        raise ConfigError(f"{where}: {shown}: a file name is needed")
    return value


def _allow(entry: Any, where: str) -> Allow:
    if not isinstance(entry, Mapping):
        raise ConfigError(
            f"{where}: allow: each entry has a name and paths, rules, regexes or stopwords"
        )
    for key in entry:
        if key not in _ALLOW_KINDS and key != "name":
            near = nearest(str(key), ("name", *_ALLOW_KINDS))
            raise ConfigError(f"{where}: allow: unknown key {key!r}{near}")
    lists: dict[str, tuple[str, ...]] = {}
    for key in _ALLOW_KINDS:
        value = entry.get(key) or ()
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v for v in value):
            raise ConfigError(f"{where}: allow: {key}: a list of texts is needed")
        lists[key] = tuple(value)
    if not any(lists.values()):
        raise ConfigError(f"{where}: allow: an empty entry would allow everything")
    for key in ("paths", "regexes", "lines"):
        for text in lists[key]:
            _check_regex(text, f"{where}: allow: {key}")
    name = entry.get("name", "allow")
    if not isinstance(name, str) or not name:
        raise ConfigError(f"{where}: allow: name: a text is needed")
    return Allow(name, **lists)


def _check_regex(text: str, where: str) -> None:
    try:
        compile_words(text)
    except ValueError as error:
        raise ConfigError(f"{where}: {text!r} is no regular expression: {error}") from error


def _environment() -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, text in os.environ.items():
        if not key.startswith("KEYSWEEP_"):
            continue
        name = key[len("KEYSWEEP_") :].lower()
        if name not in DEFAULTS or name == "allow":
            _refuse_slip(key, name)
            continue
        values[name] = _from_text(name, text, key)
    return values


def _refuse_slip(key: str, name: str) -> None:
    """Refuse a variable that is nearly a setting; others may be anybody's."""
    if key[len("KEYSWEEP_") :] in _OTHER_VARIABLES:
        return
    import difflib  # noqa: PLC0415  (only for a variable that is no setting)

    known = [setting for setting in DEFAULTS if setting != "allow"]
    close = difflib.get_close_matches(name, known, 1, 0.85)
    if close:
        raise ConfigError(f"{key}: no such setting (did you mean KEYSWEEP_{close[0].upper()}?)")


def _from_text(name: str, text: str, where: str) -> Any:
    default = DEFAULTS[name]
    if isinstance(default, bool):
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("", "0", "false", "no", "off"):
            return False
        raise ConfigError(f"{where}: true or false is needed")
    if name in _LISTS:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name == "jobs":
        if not (text.isascii() and text.isdigit()):
            raise ConfigError(f"{where}: a number is needed")
        return int(text)
    return _checked(name, text, where)


def size_of(text: str, where: str) -> int:
    """Return a size in bytes from a text such as ``500``, ``20k``, ``10MB`` or ``1GiB`` (1024 steps).

    Raises:
        ConfigError: it is no size.

    >>> size_of("10MB", "--max-blob-size")
    10485760
    """
    lower = text.strip().lower().removesuffix("ib").removesuffix("b")
    factor = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}.get(lower[-1:], 1)
    digits = lower[:-1] if factor > 1 else lower
    if not (digits.isascii() and digits.isdigit()):
        raise ConfigError(f"{where}: {text!r} is no size such as 500k or 10MB")
    return int(digits) * factor
