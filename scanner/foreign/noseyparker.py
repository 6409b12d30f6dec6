"""Read rules of noseyparker and kingfisher: YAML, verbose expressions in Rust's syntax.

Their examples are left out: a real-looking secret has no place in a pattern file. So is what tries a key
against its service: keysweep never does.
"""

from collections.abc import Mapping
from typing import Any

from scanner.documents import DocumentError, load_yaml
from scanner.errors import ConfigError
from scanner.foreign import Imported, id_of, rule_of
from scanner.foreign.expressions import LostError

_RULE = {"name", "id", "pattern", "min_entropy", "description", "references", "categories", "tags"}
_RULE |= {"examples", "negative_examples", "visible", "confidence", "validation", "revocation"}


def read_noseyparker(path: str) -> Imported:
    """Read one file of rules.

    Raises:
        ConfigError: it cannot be read, is not YAML, or holds no rules of theirs.
    """
    rules: list[Mapping[str, Any]] = []
    lost: list[tuple[str, str | None]] = []
    for entry in _entries(path):
        known = str(entry.get("id") or entry.get("name") or "rule")
        lost += [(f"{key!r} of rules", known) for key in sorted(map(str, entry.keys() - _RULE))]
        if "validation" in entry:
            lost.append(("trying keys against their service", known))
        if entry.get("visible") is False:
            lost.append(("rules that only serve others", known))
            continue
        entropy = entry.get("min_entropy")
        is_number = isinstance(entropy, int | float) and not isinstance(entropy, bool)
        facts = {"entropy": min(float(entropy), 8.0)} if is_number and entropy > 0 else {}  # type: ignore[arg-type,operator,unused-ignore]
        try:
            about = str(entry.get("description") or entry.get("name") or "")
            rules.append(rule_of(id_of(known), about, str(entry["pattern"]), "TOKEN", facts))
        except LostError as error:
            lost.append((f"rules with {error}", known))
    return Imported(tuple(rules), lost=tuple(lost))


def _entries(path: str) -> list[Mapping[str, Any]]:
    try:
        with open(path, "rb") as file:
            document = load_yaml(file.read())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except DocumentError as error:
        raise ConfigError(f"{path}: is not YAML") from error
    entries = document.get("rules") if isinstance(document, Mapping) else document
    if (
        not isinstance(entries, list)
        or not entries
        or not all(isinstance(entry, Mapping) and "pattern" in entry for entry in entries)
    ):
        raise ConfigError(f"{path}: no rules of noseyparker or kingfisher")
    return entries
