"""Find, read and check the pattern files; the result is a Catalog of systems and rules.

Pattern files are data that people edit, so every mistake is named with file, rule and field. They are
looked for beside the package (wheel) and then one folder up (checkout, sdist, editable install).
"""

import os
import warnings
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scanner.documents import DocumentError, load_yaml
from scanner.errors import ConfigError, RuleError
from scanner.models import KINDS, SEVERITIES, Advice, Rule, Shape, System
from scanner.patience import MOST_UNFOLDED, unfolded

CHARSETS = (
    "hex_lower",
    "hex_upper",
    "hex",
    "alnum",
    "alnum_lower",
    "alnum_upper",
    "base64",
    "base64url",
    "base58",
    "base32",
    "digits",
    "uuid",
    "user_chosen",
)
TOLD_BY = ("structure", "pair", "shape", "context")

BOUND_VALUE = Rule(
    "bound-value",
    None,
    "api_secret",
    "medium",
    "A value that a telling name may bind.",
    told_by="context",
)
BARE_VALUE = Rule(
    "bare-value",
    None,
    "api_secret",
    "medium",
    "A value with the shape of a system's keys.",
    told_by="context",
)
LITERAL_VALUE = Rule(
    "literal-value",
    None,
    "password",
    "medium",
    "A literal beside a telling name.",
    told_by="context",
)
"""What the engine finds without knowing whose it is; the context judge names or rejects it."""

_LONGEST_NAME = 200
_TOO_LARGE = "its repeats inside repeats multiply to too much"
_TOP = {"system", "name", "category", "references", "tells", "remediation", "rules", "aliases"}
_TELLS = ("words", "weak_words", "hosts", "headers", "imports", "constructors")
_RULE = {
    "id",
    "kind",
    "severity",
    "about",
    "value",
    "pattern",
    "keywords",
    "trigger",
    "width",
    "prefix",
    "check",
    "entropy",
    "told_by",
    "names",
    "pairs_with",
    "examples",
    "non_examples",
}
_ADVICE = {"page", "revoke", "check", "freeze", "new_key", "limits"}


class Catalog(NamedTuple):
    """All systems by id, and all rules in order of file and place."""

    systems: dict[str, System]
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule with this id, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def pattern_folder() -> str:
    """Return the folder of the pattern files that ship with keysweep.

    Raises:
        RuleError: it is nowhere; the installation is broken.
    """
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in (os.path.join(here, "patterns"), os.path.join(os.path.dirname(here), "patterns")):
        if os.path.isdir(folder):
            return folder
    raise RuleError(here, None, "no pattern files beside the package: reinstall keysweep")


def pattern_files(extra: Iterable[str] = ()) -> list[str]:
    """Return the paths of our pattern files, sorted, then those in ``extra`` files or folders.

    Raises:
        RuleError: an extra path does not exist.
    """
    folder = pattern_folder()
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if _is_yaml(name)]
    for path in extra:
        if os.path.isdir(path):
            paths += [
                os.path.join(path, name) for name in sorted(os.listdir(path)) if _is_yaml(name)
            ]
        elif os.path.isfile(path):
            paths.append(path)
        else:
            raise RuleError(path, None, "no such pattern file or folder")
    return paths


def own_ids() -> frozenset[str]:
    """Return the ids of the rules that ship with keysweep, without parsing their files."""
    found: set[str] = set()
    for path in pattern_files():
        with open(path, encoding="utf-8") as file:
            lines = (line.partition("- id:") for line in file)
            found.update(rest.split()[0] for _, mark, rest in lines if mark and rest.split())
    return frozenset(found)


def _is_id(name: str) -> bool:
    """An id stands in inline marks and globs, so it is one word of the letters allowed there."""
    return name.isascii() and name.replace("-", "").isalnum() and not name.startswith("-")


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def load(paths: Iterable[str]) -> Catalog:
    """Read and check pattern files, in this order; reads the disk.

    Raises:
        RuleError: a file cannot be read, is not YAML, or breaks the schema of docs/patterns.md.
    """
    systems: dict[str, System] = {}
    rules: dict[str, Rule] = {}
    for path in paths:
        system, own = read_file(path)
        if system is not None:
            systems[system.id] = _joined(systems.get(system.id), system)
        for rule in own:
            if rule.id in rules:
                raise RuleError(
                    path, rule.id, f"this id is already used in {rules[rule.id].origin}"
                )
            rules[rule.id] = rule
    for rule in rules.values():
        for partner in rule.pairs_with:
            if partner not in rules:
                raise RuleError(rule.origin, rule.id, f"pairs_with: no rule is called {partner!r}")
    return Catalog(systems, tuple(rules.values()))


def _joined(old: System | None, new: System) -> System:
    """Return a system with what a later file adds; it can take nothing away, and change no advice."""
    if old is None:
        return new
    told: dict[str, Any] = {
        key: tuple(dict.fromkeys((*getattr(old, key), *getattr(new, key)))) for key in _TELLS
    }
    return old._replace(**told)


def read_file(path: str) -> tuple[System | None, list[Rule]]:
    """Read one pattern file; the system is None for generic rules (``system: null``).

    Raises:
        RuleError: as in ``load``.
    """
    if path.endswith(".toml"):
        return _read_gitleaks(path)
    try:
        with open(path, "rb") as file:
            content = file.read()
        document = load_yaml(content, is_own=os.path.dirname(path) == pattern_folder())
    except OSError as error:
        raise RuleError(path, None, f"cannot be read: {error.strerror}") from error
    except DocumentError as error:
        raise RuleError(path, None, f"is not YAML: {error}") from error
    return _FileReader(path).read(document)


def _read_gitleaks(path: str) -> tuple[None, list[Rule]]:
    """Read the rules of a gitleaks file; ids that are ours get ``gitleaks-`` before them."""
    from scanner.foreign.gitleaks import read_gitleaks  # noqa: PLC0415  (only for such a file)

    try:
        imported = read_gitleaks(path, own_ids())
    except ConfigError as error:
        raise RuleError(path, None, str(error)) from error
    reader = _FileReader(path)
    return None, [reader.rule(entry, None) for entry in imported.rules]


def extended(paths: Iterable[str]) -> list[str]:
    """Return the files that gitleaks files among ``paths`` extend: they decide what is found, too."""
    from scanner.foreign.gitleaks import read_gitleaks  # noqa: PLC0415  (only for such a file)

    return [file for path in paths if path.endswith(".toml") for file in read_gitleaks(path).files]


class _FileReader:
    """Turns one parsed file into values, and knows its path for errors."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_ours = os.path.dirname(path) == pattern_folder()

    def read(self, document: Any) -> tuple[System | None, list[Rule]]:
        top = self.mapping(document, None, "the file", _TOP)
        system = None if top.get("system") is None else self.system(top)
        entries = top.get("rules")
        if not isinstance(entries, list) or not entries:
            raise RuleError(self.path, None, "rules: a list with at least one rule is needed")
        return system, [self.rule(entry, system) for entry in entries]

    def system(self, top: Mapping[str, Any]) -> System:
        tells = self.mapping(top.get("tells") or {}, None, "tells", set(_TELLS))
        words = {key: self.texts(tells.get(key), None, f"tells.{key}") for key in _TELLS}
        name = self.text(top.get("name"), None, "name")
        for key, some in (("name", (name,)), *((f"tells.{key}", words[key]) for key in _TELLS)):
            if any(len(word) > _LONGEST_NAME for word in some):
                detail = f"{key}: no name has more than {_LONGEST_NAME} characters"
                raise RuleError(self.path, None, detail)
        return System(
            id=self.text(top.get("system"), None, "system"),
            name=name,
            category=self.text(top.get("category"), None, "category"),
            words=tuple(word.lower() for word in words["words"]),
            weak_words=tuple(word.lower() for word in words["weak_words"]),
            hosts=tuple(host.lower() for host in words["hosts"]),
            headers=words["headers"],
            imports=words["imports"],
            constructors=words["constructors"],
            advice=self.advice(top.get("remediation") or {}),
            references=self.texts(top.get("references"), None, "references"),
        )

    def advice(self, entry: Any) -> Advice:
        facts = self.mapping(entry, None, "remediation", _ADVICE)
        return Advice(
            page=self.optional(facts.get("page"), None, "remediation.page"),
            revoke=self.texts(facts.get("revoke"), None, "remediation.revoke"),
            check=self.texts(facts.get("check"), None, "remediation.check"),
            freeze=self.optional(facts.get("freeze"), None, "remediation.freeze"),
            new_key=self.texts(facts.get("new_key"), None, "remediation.new_key"),
            limits=self.optional(facts.get("limits"), None, "remediation.limits"),
        )

    def rule(self, entry: Any, system: System | None) -> Rule:
        name = entry.get("id") if isinstance(entry, Mapping) else None
        if not isinstance(name, str) or not _is_id(name):
            raise RuleError(
                self.path, None, "rules: every rule needs an id of letters, digits and -"
            )
        self.mapping(entry, name, "rule", _RULE)
        rule = Rule(
            id=name,
            system=system.id if system else None,
            kind=self.choice(entry.get("kind"), name, "kind", KINDS),
            severity=self.choice(entry.get("severity"), name, "severity", SEVERITIES),
            about=self.text(entry.get("about"), name, "about"),
            pattern=self.optional(entry.get("pattern"), name, "pattern"),
            keywords=tuple(k.lower() for k in self.texts(entry.get("keywords"), name, "keywords")),
            trigger=self.optional(entry.get("trigger"), name, "trigger"),
            width=self.number(entry.get("width", 512), name, "width", 1, 1 << 20),
            shapes=self.shapes(entry.get("value"), name),
            names=self.texts(entry.get("names"), name, "names"),
            told_by=self.choice(
                entry.get("told_by", "structure" if entry.get("pattern") else "context"),
                name,
                "told_by",
                TOLD_BY,
            ),
            check=self.optional(entry.get("check"), name, "check"),
            entropy=self.amount(entry.get("entropy", 0), name, "entropy"),
            pairs_with=self.texts(entry.get("pairs_with"), name, "pairs_with"),
            prefix=self.optional(entry.get("prefix"), name, "prefix") or "",
            examples=self.examples(entry.get("examples"), name, "examples"),
            non_examples=self.examples(entry.get("non_examples"), name, "non_examples"),
            origin=self.path,
        )
        self.check(rule)
        return rule

    def check(self, rule: Rule) -> None:
        if (rule.pattern is None) == (not rule.shapes) and rule.check != "mnemonic":
            raise RuleError(self.path, rule.id, "needs either a pattern or a value shape")
        if rule.pattern is not None:
            if not rule.keywords and not rule.trigger:
                raise RuleError(
                    self.path, rule.id, "keywords: a pattern needs keywords or a trigger"
                )
            if "(?P<secret>" not in rule.pattern:
                raise RuleError(self.path, rule.id, "pattern: the group (?P<secret>...) is missing")
            for word in rule.keywords:
                if not word.isascii():
                    raise RuleError(self.path, rule.id, f"keywords: {word!r} is not ASCII")
            if not self.is_ours:  # ours are proved by tests; compiling all takes most of a second
                compile_pattern(rule)
                compile_text(rule, "trigger", rule.trigger or "")

    def shapes(self, entry: Any, rule: str) -> tuple[Shape, ...]:
        if entry is None:
            return ()
        return tuple(
            self.shape(one, rule) for one in (entry if isinstance(entry, list) else [entry])
        )

    def shape(self, entry: Any, rule: str) -> Shape:
        facts = self.mapping(entry, rule, "value", {"charset", "length"})
        charset = self.choice(facts.get("charset"), rule, "value.charset", CHARSETS)
        if charset == "uuid":
            return Shape("uuid", 36, 36)
        length = facts.get("length")
        pair = length if isinstance(length, list) and len(length) == 2 else [length, length]
        low = self.number(pair[0], rule, "value.length", 4, 4096)
        return Shape(charset, low, self.number(pair[1], rule, "value.length", low, 4096))

    def examples(self, entry: Any, rule: str, field: str) -> tuple[Any, ...]:
        if entry is None:
            return ()
        if not isinstance(entry, list):
            raise RuleError(self.path, rule, f"{field}: a list is needed")
        for one in entry:
            if not isinstance(one, str) and not (
                isinstance(one, Mapping) and set(one) <= {"path", "text"} and "text" in one
            ):
                raise RuleError(self.path, rule, f"{field}: a text, or a path and a text")
        return tuple(entry)

    def mapping(
        self, entry: Any, rule: str | None, field: str, known: set[str]
    ) -> Mapping[str, Any]:
        if not isinstance(entry, Mapping):
            raise RuleError(self.path, rule, f"{field}: names and values are needed")
        for key in entry:
            if key not in known:
                raise RuleError(
                    self.path, rule, f"{field}: unknown field {key!r}{nearest(str(key), known)}"
                )
        return entry

    def text(self, entry: Any, rule: str | None, field: str) -> str:
        if not isinstance(entry, str) or not entry.strip():
            raise RuleError(self.path, rule, f"{field}: a text is needed")
        return entry.strip()

    def optional(self, entry: Any, rule: str | None, field: str) -> str | None:
        return None if entry is None else self.text(entry, rule, field)

    def texts(self, entry: Any, rule: str | None, field: str) -> tuple[str, ...]:
        if entry is None:
            return ()
        if not isinstance(entry, list):
            raise RuleError(self.path, rule, f"{field}: a list is needed")
        return tuple(self.text(one, rule, field) for one in entry)

    def choice(self, entry: Any, rule: str, field: str, choices: tuple[str, ...]) -> str:
        if entry not in choices:
            raise RuleError(self.path, rule, f"{field}: {entry!r} is none of {', '.join(choices)}")
        return str(entry)

    def number(self, entry: Any, rule: str, field: str, low: int, high: int) -> int:
        if not isinstance(entry, int) or isinstance(entry, bool) or not low <= entry <= high:
            raise RuleError(self.path, rule, f"{field}: a number from {low} to {high} is needed")
        return entry

    def amount(self, entry: Any, rule: str, field: str) -> float:
        if not isinstance(entry, int | float) or isinstance(entry, bool) or not 0 <= entry <= 8:
            raise RuleError(self.path, rule, f"{field}: a number from 0 to 8 is needed")
        return float(entry)


def compile_pattern(rule: Rule) -> Any:
    """Compile a rule's pattern over bytes with ``regex``.

    Raises:
        RuleError: the pattern is no regular expression.
    """
    return compile_text(rule, "pattern", rule.pattern or "")


def compile_text(rule: Rule, field: str, text: str) -> Any:
    """Compile an expression of a rule over bytes with ``regex``.

    Raises:
        RuleError: it is no regular expression; the message names the field.
    """
    import regex  # noqa: PLC0415  (only when something has to be confirmed)

    if unfolded(text) > MOST_UNFOLDED:
        raise RuleError(rule.origin, rule.id, f"{field}: {_TOO_LARGE}")
    try:
        return regex.compile(text.encode(), regex.V0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise RuleError(rule.origin, rule.id, f"{field}: {error}") from error


def compile_words(text: str) -> Any:
    """Compile an expression over text with ``regex``, whose searches can be stopped.

    Raises:
        ValueError: it is no regular expression, or its repeats multiply without end.
    """
    import regex  # noqa: PLC0415  (only for an allow-list with expressions)

    if unfolded(text) > MOST_UNFOLDED:
        raise ValueError(_TOO_LARGE)
    try:
        with warnings.catch_warnings(
            action="ignore", category=FutureWarning
        ):  # of sets that a later version may nest
            return regex.compile(text, regex.V0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error


def is_own(rule: Rule) -> bool:
    """Tell whether a rule ships with keysweep."""
    return os.path.dirname(rule.origin) == pattern_folder()


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'x'?)"`` for the known word that is like this one, or nothing."""
    import difflib  # noqa: PLC0415  (only for an error message)

    close = difflib.get_close_matches(word, list(known), 1)
    return f" (did you mean {close[0]!r}?)" if close else ""
