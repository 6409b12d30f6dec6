"""What the value of a setting may be, in a file or in a variable of the environment."""

from collections.abc import Mapping
from typing import Any

from scanner.config import COLORS, DEFAULTS, FORMATS, Allow, size_of
from scanner.errors import ConfigError
from scanner.models import CONFIDENCES, SEVERITIES
from scanner.rules import compile_words, nearest

_CHOICES = {
    "format": FORMATS,
    "min_confidence": CONFIDENCES,
    "min_severity": SEVERITIES,
    "color": COLORS,
}
_LISTS = ("patterns", "only", "exclude", "exclude_paths")
_ALLOW_KINDS = ("paths", "rules", "regexes", "stopwords", "lines", "commits")


def checked(document: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the checked settings of a document, with ``_`` in their names.

    Raises:
        ConfigError: a setting is unknown, or its value wrong; ``where`` stands before what is said.
    """
    values: dict[str, Any] = {}
    for key, value in document.items():
        name = str(key).replace("-", "_")
        if name not in DEFAULTS:
            known = [known.replace("_", "-") for known in DEFAULTS]
            raise ConfigError(f"{where}: unknown setting {key!r}{nearest(str(key), known)}")
        values[name] = _checked_value(name, value, where)
    return values


def _checked_value(name: str, value: Any, where: str) -> Any:
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
            allow_list(entry, where) for entry in (value if isinstance(value, list) else [value])
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


def allow_list(entry: Any, where: str) -> Allow:
    """Return one entry of ``allow``.

    Raises:
        ConfigError: it is wrong, or would allow everything.
    """
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


def from_text(name: str, text: str, where: str) -> Any:
    """Return the value of a setting that is written as a text, as variables are.

    Raises:
        ConfigError: it is no such value.
    """
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
    return _checked_value(name, text, where)
