"""Find the pattern files and make one Catalog of systems and rules of them; ``reading`` reads each.

They are looked for beside the package (wheel) and then one folder up (checkout, sdist, editable
install).
"""

import os
import re
import warnings
from collections.abc import Iterable
from typing import Any, NamedTuple

from scanner.errors import RuleError
from scanner.lazy import compile_now
from scanner.models import Rule, System
from scanner.patience import MOST_UNFOLDED, unfolded

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

TELLS = ("words", "weak_words", "hosts", "headers", "imports", "constructors")
"""What tells a system, by the field of ``System``."""
_TOO_LARGE = "its repeats inside repeats multiply to too much"


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
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(top, "patterns"), os.path.join(os.path.dirname(top), "patterns")):
        if os.path.isdir(folder):
            return folder
    raise RuleError(top, None, "no pattern files beside the package: reinstall keysweep")


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


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def load(paths: Iterable[str]) -> Catalog:
    """Read and check pattern files, in this order; reads the disk.

    Raises:
        RuleError: a file cannot be read, is not YAML, or breaks the schema of docs/patterns.md.
    """
    from scanner.rules.reading import read_file  # noqa: PLC0415  (the hook has them compiled)

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
        key: tuple(dict.fromkeys((*getattr(old, key), *getattr(new, key)))) for key in TELLS
    }
    return old._replace(**told)


def extended(paths: Iterable[str]) -> list[str]:
    """Return the files that gitleaks files among ``paths`` extend: they decide what is found, too."""
    foreign = [path for path in paths if path.endswith(".toml")]
    if not foreign:
        return []
    from scanner.foreign.gitleaks import read_gitleaks  # noqa: PLC0415  (only for such a file)

    return [file for path in foreign for file in read_gitleaks(path).files]


def compile_pattern(rule: Rule) -> Any:
    """Compile a rule's pattern over bytes: ours with ``re``, which is there already and compiles sooner.

    Others with ``regex``, whose searches can be stopped, and ours where ``re`` cannot look behind that far.

    Raises:
        RuleError: the pattern is no regular expression.
    """
    if is_own(rule):
        try:
            return compile_now((rule.pattern or "").encode())
        except re.error:
            pass  # ``regex`` can, or says what is wrong
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


def is_ours(path: str) -> bool:
    """Tell whether a pattern file ships with keysweep."""
    return os.path.dirname(path) == pattern_folder()


def is_own(rule: Rule) -> bool:
    """Tell whether a rule ships with keysweep."""
    return is_ours(rule.origin)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'x'?)"`` for the known word that is like this one, or nothing."""
    import difflib  # noqa: PLC0415  (only for an error message)

    close = difflib.get_close_matches(word, list(known), 1)
    return f" (did you mean {close[0]!r}?)" if close else ""
