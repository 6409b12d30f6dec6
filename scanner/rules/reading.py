"""Read and check one pattern file, ours or another scanner's.

Pattern files are data that people edit, so every mistake is named with file, rule and field.
"""

from collections.abc import Mapping
from typing import Any

from scanner.documents import DocumentError, load_yaml
from scanner.errors import ConfigError, RuleError
from scanner.models import KINDS, SEVERITIES, Advice, Rule, Shape, System
from scanner.rules import TELLS, compile_pattern, compile_text, is_ours, nearest, own_ids

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

_LONGEST_NAME = 200
_TOP = {"system", "name", "category", "references", "tells", "remediation", "rules", "aliases"}
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
        document = load_yaml(content, is_own=is_ours(path))
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


class _FileReader:
    """Turns one parsed file into values, and knows its path for errors."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_ours = is_ours(path)

    def read(self, document: Any) -> tuple[System | None, list[Rule]]:
        top = self.mapping(document, None, "the file", _TOP)
        system = None if top.get("system") is None else self.system(top)
        entries = top.get("rules")
        if not isinstance(entries, list) or not entries:
            raise RuleError(self.path, None, "rules: a list with at least one rule is needed")
        return system, [self.rule(entry, system) for entry in entries]

    def system(self, top: Mapping[str, Any]) -> System:
        tells = self.mapping(top.get("tells") or {}, None, "tells", set(TELLS))
        words = {key: self.texts(tells.get(key), None, f"tells.{key}") for key in TELLS}
        name = self.text(top.get("name"), None, "name")
        for key, some in (("name", (name,)), *((f"tells.{key}", words[key]) for key in TELLS)):
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


def _is_id(name: str) -> bool:
    """An id stands in inline marks and globs, so it is one word of the letters allowed there."""
    return name.isascii() and name.replace("-", "").isalnum() and not name.startswith("-")
