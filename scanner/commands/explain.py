"""Say what a secret can do, and every step to put it right.

ID is a rule id (`keysweep rules list`), the name of an exchange, wallet or service, or the fingerprint
of a finding, which is looked up in --report FILE, else by scanning the current folder.
"""

import argparse
import json
import os
from collections.abc import Sequence
from typing import Any

from scanner import wiring
from scanner.commands.scanning import add_options, config_of, repository_top
from scanner.errors import UsageError
from scanner.models import SEVERITIES, Rule
from scanner.reporters.words import KIND
from scanner.rules import Catalog, nearest

EXAMPLE = "keysweep explain okx"
_LISTED = 12
_SHOWN = (
    "rule",
    "path",
    "commit",
    "line",
    "column",
    "redacted",
    "severity",
    "exposure",
    "remediation",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("id", metavar="ID", help="rule id, name of a system, or fingerprint")
    parser.add_argument("--report", metavar="FILE", help="JSON report to look a fingerprint up in")
    add_options(parser, writes_report=False)


def run(args: argparse.Namespace) -> int:
    """Print the page of a rule, or of a finding."""
    config = config_of(args, repository_top("."))
    patterns = wiring.Patterns(config.patterns, use_cache=not config.no_cache)
    if len(args.id) == 32 and not args.id.strip("0123456789abcdef"):
        print(_finding_page(args, config, patterns), end="")
        return 0
    rule = patterns.catalog.rule(args.id) or _worst_of(args.id, patterns.catalog)
    from scanner.reporters.explain import explain  # noqa: PLC0415  (only for this command)

    print(explain(rule, patterns.catalog.systems.get(rule.system or "")), end="")
    others = [
        other.id
        for other in patterns.catalog.rules
        if rule.system and other.system == rule.system and other.id != rule.id
    ]
    if rule.id != args.id and others:
        print(f"\nOther rules: {_listed(others)}")
    return 0


def _worst_of(name: str, catalog: Catalog) -> Rule:
    """Return the most severe rule of a system, by its id, its name or another name of it.

    Raises:
        UsageError: there is no such system, or there are several.
    """
    wanted = _folded(name)
    ids = {
        system.id
        for system in catalog.systems.values()
        if wanted in map(_folded, (system.id, system.name, *system.words))
    }
    worst: dict[str | None, Rule] = {}
    for rule in sorted(
        catalog.rules, key=lambda rule: SEVERITIES.index(rule.severity), reverse=True
    ):
        if rule.system in ids:
            worst.setdefault(rule.system, rule)
    if len(worst) == 1:
        return next(iter(worst.values()))
    raise UsageError(_no_rule(name, list(worst.values()), catalog))


def _no_rule(name: str, rules: Sequence[Rule], catalog: Catalog) -> str:
    """Return what is wrong with an id that is no rule, no fingerprint and no one system."""
    if len(name) >= 6 and not name.strip("0123456789abcdef"):
        return f"no rule {name!r}; a fingerprint has all of its 32 hex digits"
    wanted = _folded(name)
    if not rules and len(wanted) > 2:
        rules = [rule for rule in catalog.rules if wanted in _folded(_words(rule, catalog))]
    if rules:
        return f"{name!r} is no rule, but these are: {_listed([rule.id for rule in rules])}"
    known = [*(rule.id for rule in catalog.rules), *catalog.systems]
    return f"no rule {name!r}{nearest(name.lower(), known)} (see keysweep rules list)"


def _words(rule: Rule, catalog: Catalog) -> str:
    system = catalog.systems.get(rule.system or "")
    return f"{rule.id} {KIND[rule.kind]} {system.name if system else ''}"


def _listed(rules: Sequence[str]) -> str:
    more = " ... (see keysweep rules list)" if len(rules) > _LISTED else ""
    return ", ".join(rules[:_LISTED]) + more


def _folded(name: str) -> str:
    """Return the letters and digits of a name: ``Gate.io`` is ``gateio``."""
    return "".join(character for character in name.lower() if character.isalnum())


def _finding_page(args: argparse.Namespace, config: object, patterns: wiring.Patterns) -> str:
    from scanner.reporters.explain import Found, explain_finding  # noqa: PLC0415

    found = _in_report(args.report, args.id) if args.report else _by_scan(args.id, config, patterns)
    rule = patterns.catalog.rule(found["rule"])
    if rule is None:
        raise UsageError(f"the finding's rule {found['rule']!r} is not among the patterns here")
    where = found["path"] or f"the message of commit {found['commit']}"
    page = Found(
        place=f"{where}:{found['line']}:{found['column']}",
        redacted=str(found["redacted"]),
        severity=str(found["severity"]),
        exposure=str(found["exposure"]),
        steps=tuple(map(str, found["remediation"]["steps"])),
    )
    return explain_finding(page, rule, patterns.catalog.systems.get(rule.system or ""))


def _in_report(path: str, fingerprint: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        for finding in report["findings"]:
            if finding["fingerprint"] == fingerprint:
                found = {name: finding[name] for name in _SHOWN}
                list(found["remediation"]["steps"])
                return found
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UsageError(f"{path}: not a JSON report of keysweep") from error
    raise UsageError(f"{path} holds no finding with this fingerprint")


def _by_scan(fingerprint: str, config: object, patterns: wiring.Patterns) -> dict[str, Any]:
    from scanner.models import Finding  # noqa: PLC0415
    from scanner.reporters.fields import finding_fields  # noqa: PLC0415
    from scanner.silence import Silence  # noqa: PLC0415
    from scanner.sources.files import FilesSource  # noqa: PLC0415

    pipeline = wiring.pipeline(FilesSource(["."]), config, patterns, Silence(), os.cpu_count() or 1)  # type: ignore[arg-type]
    for item in pipeline.items():
        if isinstance(item, Finding) and item.fingerprint == fingerprint:
            return finding_fields(item)
    raise UsageError("no finding here has this fingerprint (name a report with --report FILE)")
