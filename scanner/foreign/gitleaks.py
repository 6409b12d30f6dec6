"""Read a ``.gitleaks.toml`` (or one of betterleaks, as far as it is equal).

Its rules become pattern rules, its allow-lists ours. gitleaks' own rules are not here: where a file
extends them, keysweep's rules stand in. What has no counterpart is told.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from scanner.errors import ConfigError
from scanner.foreign import Imported, id_of, rule_of
from scanner.foreign.expressions import LostError, plain_of

_TOP = {"title", "description", "extend", "rules", "allowlist", "allowlists", "minversion"}
_TOP |= {"betterleaksminversion"}
_RULE = {"id", "description", "path", "regex", "secretgroup", "entropy", "keywords", "tags"}
_RULE |= {"allowlist", "allowlists", "required", "skipreport"}
_ALLOW = {"description", "condition", "commits", "paths", "regextarget", "regexes", "stopwords"}
_ALLOW |= {"targetrules"}
_MOST_EXTENDED = 2
_OURS = {"generic-api-key": "generic-*", "private-key": "pem-*", "jwt": "generic-jwt"}
"""Rules of gitleaks' own that people most often allow something for, and ours that find the same."""


def is_gitleaks(document: Mapping[str, Any]) -> bool:
    """Tell whether a TOML document is a configuration of gitleaks rather than settings of ours."""
    keys = {str(key).lower() for key in document}
    return bool(keys & {"rules", "extend", "allowlist", "allowlists"}) and "tool" not in keys


def read_gitleaks(path: str, taken: frozenset[str] = frozenset()) -> Imported:
    """Read a file and what it extends; rules with ids of ``taken`` get ``gitleaks-`` before them.

    Raises:
        ConfigError: it cannot be read, or is not TOML.
    """
    return _Reader(path, taken).read()


class _Reader:
    """Turns one document into rules, allow-lists and losses."""

    def __init__(
        self, path: str, taken: frozenset[str], depth: int = 0, top: str | None = None
    ) -> None:
        self.path = path
        self.taken = taken
        self.depth = depth
        self.top = top or os.path.dirname(os.path.abspath(path))
        self.rules: dict[str, dict[str, Any]] = {}
        self.ids: dict[str, str] = {}
        self.allow: list[Mapping[str, Any]] = []
        self.files: list[str] = []
        self.lost: list[tuple[str, str | None]] = []
        self.said: list[tuple[str, str | None]] = []

    def read(self) -> Imported:
        document = _lower(_parse(self.path))
        for key in sorted(document.keys() - _TOP):
            self.lost.append((f"the setting {key!r}", None))
        self.extend(_table(document.get("extend")))
        entries = list(_tables(document.get("rules")))
        for entry in entries:
            self.rule(entry)
        for entry in entries:
            self.required(entry)
            for allow in _either(entry):
                self.allowed(allow, [self.target(str(entry.get("id", "")))])
        for allow in _either(document):
            self.allowed(allow, [self.target(name) for name in _texts(allow.get("targetrules"))])
        return Imported(
            tuple(self.rules.values()),
            tuple(self.allow),
            tuple(self.files),
            (*self.lost, *self.said),
        )

    def extend(self, extend: Mapping[str, Any]) -> None:
        if extend.get("usedefault"):
            self.lost.append(("gitleaks' own rules (keysweep's rules are on instead)", None))
        switched_off = _texts(extend.get("disabledrules"))
        if extend.get("usedefault"):
            self.lost += [("switching off rules of gitleaks' own", rule) for rule in switched_off]
        if extend.get("url"):
            self.lost.append(("extending from an address", None))
        name = extend.get("path")
        if not isinstance(name, str) or not name:
            return
        places = (os.path.join(self.top, name), os.path.join(os.path.dirname(self.path), name))
        found = next((os.path.abspath(place) for place in places if os.path.isfile(place)), None)
        if found is None or self.depth == _MOST_EXTENDED:
            why = "which is not there" if found is None else "as it is nested too deeply"
            self.lost.append((f"what it extends, {name}, {why}", None))
            return
        base = _Reader(found, self.taken, self.depth + 1, self.top)
        imported = base.read()
        disabled = {self.name_of(rule) for rule in switched_off}
        self.files += [found, *imported.files]
        self.rules.update({k: v for k, v in base.rules.items() if k not in disabled})
        self.ids.update({k: v for k, v in base.ids.items() if v not in disabled})
        self.allow += imported.allow
        self.lost += imported.lost

    def name_of(self, known: str) -> str:
        name = id_of(known)
        return f"gitleaks-{name}" if name in self.taken else name

    def rule(self, entry: Mapping[str, Any]) -> None:
        known = str(entry.get("id") or entry.get("description") or "rule")
        name = self.name_of(known)
        for key in sorted(entry.keys() - _RULE):
            self.lost.append((f"{key!r} of rules", known))
        regex = entry.get("regex")
        if not isinstance(regex, str) or not regex:
            self.without_regex(entry, known)
            return
        facts = {"entropy": entropy} if (entropy := _entropy(entry.get("entropy"))) else {}
        group = entry.get("secretgroup")
        about = str(entry.get("description") or "")
        try:
            made = rule_of(name, about, regex, group if isinstance(group, int) else 0, facts)
        except LostError as error:
            self.lost.append((f"rules with {error}", known))
            return
        self.rules[name] = made
        self.ids[known] = name
        path = entry.get("path")
        if isinstance(path, str) and path:
            try:
                elsewhere = rf"^(?!(?s:.*)(?:{_checked(path)}))"
            except LostError as error:
                self.lost.append((f"paths of rules with {error}", known))
                return
            allow = {"name": f"{name} only at its paths", "rules": [name], "paths": [elsewhere]}
            self.allow.append(allow)
        if entry.get("skipreport"):
            self.allow.append({"name": f"{name} is only part of others", "rules": [name]})

    def without_regex(self, entry: Mapping[str, Any], known: str) -> None:
        """Say what is lost of a rule that changes one of gitleaks' own, or only names paths."""
        base = self.rules.get(self.name_of(known))
        if base is not None:
            if entropy := _entropy(entry.get("entropy")):
                base["entropy"] = entropy
            if entry.get("description"):
                base["about"] = " ".join(str(entry["description"]).split())
            if entry.get("secretgroup") or entry.get("path"):
                self.lost.append(("changes of a rule's group or path", known))
            return
        if entry.get("path"):
            self.lost.append(("rules that report a file for its path", known))
        elif known not in _OURS:
            self.lost.append(("changes of rules of gitleaks' own", known))

    def required(self, entry: Mapping[str, Any]) -> None:
        name = self.ids.get(str(entry.get("id", "")))
        for need in _tables(entry.get("required")):
            other = self.ids.get(str(need.get("id", "")))
            if name is None or other is None:
                self.lost.append(("a required rule that is not there", str(entry.get("id"))))
                continue
            rule = self.rules[name]
            rule["pairs_with"] = sorted({*rule.get("pairs_with", ()), other})
            self.lost.append(("that a rule without its required one is silent", name))

    def target(self, known: str) -> str:
        """Return the id or glob of ours that a rule's name stands for, ``""`` for none."""
        return self.ids.get(known) or _OURS.get(known, "")

    def allowed(self, entry: Mapping[str, Any], rules: list[str]) -> None:
        """Take over an allow-list, for these rules (``""`` among them is one that is not here)."""
        for key in sorted(entry.keys() - _ALLOW):
            self.lost.append((f"{key!r} of allow-lists", None))
        if rules and not any(rules):
            self.lost.append(("allow-lists of rules that are not here", None))
            return
        about = " ".join(str(entry.get("description") or "").split())[:60]
        name = "".join(c for c in about if c.isprintable()) or "gitleaks"
        kinds = self.kinds(entry)
        head: dict[str, Any] = {"name": name}
        if any(rules):
            head["rules"] = [rule for rule in rules if rule]
        if str(entry.get("condition", "")).lower() in ("and", "&&"):
            if kinds is not None and kinds:
                self.allow.append(head | kinds)
        elif kinds:
            self.allow += [head | {kind: texts} for kind, texts in kinds.items()]

    def kinds(self, entry: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return what an allow-list compares with; nothing if a part of an ``and`` is lost."""
        kinds: dict[str, list[str]] = {}
        before = len(self.lost)
        target = str(entry.get("regextarget") or "secret")
        if target == "match" and entry.get("regexes"):
            self.said.append(("allow-lists for a match are compared with its whole line", None))
        for key, ours in (
            ("paths", "paths"),
            ("regexes", "regexes" if target == "secret" else "lines"),
        ):
            texts = []
            for text in _texts(entry.get(key)):
                try:
                    plain = _checked(text)
                except LostError as error:
                    self.lost.append((f"allow-lists with {error}", None))
                    continue
                texts.append(f"(?s:.*?)(?:{plain})(?s:.*)" if ours == "regexes" else plain)
            if texts:
                kinds[ours] = texts
        for key in ("stopwords", "commits"):
            if _texts(entry.get(key)):
                kinds[key] = [text for text in _texts(entry.get(key)) if text]
        is_and = str(entry.get("condition", "")).lower() in ("and", "&&")
        return {} if is_and and len(self.lost) > before else kinds


def _parse(path: str) -> Mapping[str, Any]:
    try:
        with open(path, "rb") as file:
            return tomllib.loads(file.read().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error


def _checked(text: str) -> str:
    """Return an expression of an allow-list in our syntax, if it can be compiled."""
    plain = plain_of(text)
    try:
        re.compile(plain)
    except (re.error, OverflowError, RecursionError) as error:
        raise LostError("an expression that cannot be read") from error
    return plain


def _lower(value: Any) -> Any:
    """Return a document with names in lower case: gitleaks does not tell case apart."""
    if isinstance(value, Mapping):
        return {str(key).lower(): _lower(entry) for key, entry in value.items()}
    return [_lower(entry) for entry in value] if isinstance(value, list) else value


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _tables(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield tables of one or of a list: people write ``[rules.allowlist]`` and ``[[...]]``."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping):
            yield entry


def _either(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from _tables(entry.get("allowlist"))
    yield from _tables(entry.get("allowlists"))


def _texts(value: Any) -> list[str]:
    entries = [value] if isinstance(value, str) else value
    return (
        [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []
    )


def _entropy(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return min(float(value), 8.0) if is_number and value > 0 else 0.0
