"""The settings: defaults, user file, repository file, environment, flags; the later one wins.

A repository's own file (``.keysweep.yaml`` or ``[tool.keysweep]`` in ``pyproject.toml`` at its top level)
comes from whoever wrote the repository: it may narrow and allow visibly, never reveal or redirect.
``files`` reads the files, ``checking`` says what a value may be; most runs need neither.
"""

import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from scanner.errors import ConfigError

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
_OTHER_VARIABLES = ("CACHE_DIR", "ENGINE")
"""What else is read from the environment as ``KEYSWEEP_...``."""


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
        from scanner.config.files import take  # noqa: PLC0415  (only when there is a file)

        take(config, user)
    if chosen:
        from scanner.config.files import take_chosen  # noqa: PLC0415

        take_chosen(config, chosen)
    elif repository_top:
        path = repository_file(repository_top)
        if path:
            from scanner.config.files import take_from_repository  # noqa: PLC0415

            take_from_repository(config, path, repository_top)
    config.update(_environment(), "environment")
    config.update({k: v for k, v in flags.items() if k in DEFAULTS and v is not None}, "flag")
    return config


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
            from scanner.config.files import tool_table  # noqa: PLC0415  (only when it may be ours)

            return path if "keysweep" in tool_table(path, content) else None
    return None


def _environment() -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, text in os.environ.items():
        if not key.startswith("KEYSWEEP_"):
            continue
        name = key[len("KEYSWEEP_") :].lower()
        if name not in DEFAULTS or name == "allow":
            _refuse_slip(key, name)
            continue
        from scanner.config.checking import from_text  # noqa: PLC0415  (only when one is set)

        values[name] = from_text(name, text, key)
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
