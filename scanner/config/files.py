"""Read settings files, each as far as whoever wrote it may decide."""

import os
from collections.abc import Mapping
from typing import Any

from scanner.config import DEFAULTS, Allow, Config
from scanner.config.checking import allow_list, checked
from scanner.documents import DocumentError, load_yaml
from scanner.errors import ConfigError
from scanner.rules import own_ids

_NOT_FROM_REPOSITORY = ("show_secrets", "exit_zero", "output", "no_cache", "quiet")
_CHANGING = (
    *("allow", "baseline", "exclude", "exclude_paths", "max_blob_size", "min_confidence"),
    *("min_severity", "only", "patterns"),
)
_SWITCHING_OFF = ("only", "exclude", "min_confidence", "min_severity")


def take(config: Config, path: str) -> None:
    """Set what a file says that the user wrote or named.

    Raises:
        ConfigError: it cannot be read, or a setting is wrong.
    """
    config.update(checked(read_file(path), path), path)


def take_chosen(config: Config, path: str) -> None:
    """Set what the file of ``--config`` says, ours or gitleaks's.

    Raises:
        ConfigError: as of ``take``.
    """
    if _is_gitleaks(path):
        _take_gitleaks(config, path)
    else:
        take(config, path)


def _is_gitleaks(path: str) -> bool:
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
    values: dict[str, Any] = {
        "allow": tuple(allow_list(dict(entry), path) for entry in imported.allow)
    }
    if imported.rules:
        values["patterns"] = (path,)
    config.update(values, path)
    config.notes += tuple(f"{path}: not carried over: {line}" for line in imported.told())


def take_from_repository(config: Config, path: str, top: str) -> None:
    """Set what the file of a repository says, as far as that is for a repository to say, and note it.

    Raises:
        ConfigError: as of ``take``, or a setting is not for a repository.
    """
    values = checked(read_file(path), path)
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
    table = tool_table(path, content).get("keysweep", {})
    if not isinstance(table, Mapping):
        raise ConfigError(f"{path}: [tool.keysweep]: names and values are needed")
    return table


def tool_table(path: str, content: bytes) -> Mapping[str, Any]:
    """Return the table ``[tool]`` of a TOML file.

    Raises:
        ConfigError: it is not TOML.
    """
    import tomllib  # noqa: PLC0415  (only when there is a settings file)

    try:
        document = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    tool = document.get("tool", {})
    if not isinstance(tool, Mapping):
        raise ConfigError(f"{path}: [tool]: names and values are needed")
    return tool
