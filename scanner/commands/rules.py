"""List, show, test and import patterns.

`rules list` names all rules, `rules show ID` prints one, `rules test [FILE...]` proves each file's
own examples, `rules placeholders` lists what examples may hold. `rules import FILE` writes the rules of
gitleaks or betterleaks (TOML), kingfisher or noseyparker (YAML) as a pattern file, to --output or
standard output, and says what cannot be carried over.
"""

import argparse
import os

from scanner import wiring
from scanner.commands.scanning import add_options, config_of, repository_top
from scanner.errors import UsageError
from scanner.models import Rule
from scanner.rules import load, nearest, pattern_files

EXAMPLE = "keysweep rules show binance-api-secret"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = ("list", "show", "test", "import", "placeholders")
    parser.add_argument("action", choices=actions, metavar="|".join(actions), help="what to do")
    parser.add_argument("names", metavar="ID|FILE", nargs="*", help="rule ids, or files to test")
    parser.add_argument("--seed", type=int, default=None, help="seed of the examples' values")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """List, show or test."""
    if args.action == "import":
        if len(args.names) != 1:
            raise UsageError("rules import: name one file")
        from scanner.commands.importing import import_rules  # noqa: PLC0415  (only for this action)

        return import_rules(args.names[0], args.output)
    config = config_of(args, repository_top("."))
    if args.action == "placeholders":
        from scanner.placeholders import PLACEHOLDERS  # noqa: PLC0415  (only for this action)

        for name, text in PLACEHOLDERS.items():
            print(f"{{{name}}}  {text}")
        return 0
    if args.action == "test":
        return _test(args, config.patterns)
    catalog = load(pattern_files(config.patterns))
    if args.action == "list":
        for rule in catalog.rules:
            print(f"{rule.id:<36} {rule.severity:<9} {rule.kind:<18} {rule.system or '-'}")
        return 0
    return _show(args.names, {rule.id: rule for rule in catalog.rules})


def _show(names: list[str], rules: dict[str, Rule]) -> int:
    if not names:
        raise UsageError("rules show: name a rule (see keysweep rules list)")
    for name in names:
        rule = rules.get(name)
        if rule is None:
            raise UsageError(f"no rule {name!r}{nearest(name, rules)} (see keysweep rules list)")
        for field, value in rule._asdict().items():
            if value not in (None, (), "", 0.0) or field == "system":
                print(f"{field}: {_shown(value)}")
        print()
    return 0


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "".join(f"\n  - {_shown(item)}" for item in value)
    return str(value).replace("\n", "\n    ")


def _test(args: argparse.Namespace, extra: tuple[str, ...]) -> int:
    from scanner.proof import prove  # noqa: PLC0415  (only for this action)

    ours = pattern_files(extra)
    chosen = args.names or ours
    others = [path for path in args.names if os.path.abspath(path) not in ours]
    patterns = wiring.Patterns([*extra, *others], use_cache=False)
    rules = [
        rule
        for rule in load(pattern_files([*extra, *others])).rules
        if rule.origin in _real(chosen)
    ]
    failures = list(prove(rules, wiring.detector_maker(patterns)(), args.seed))
    for failure in failures:
        print(failure)
    examples = sum(len(rule.examples) + len(rule.non_examples) for rule in rules)
    print(f"{len(rules)} rules, {examples} examples, {len(failures)} failed")
    if not rules:
        raise UsageError("no rules in these files")
    return 1 if failures else 0


def _real(paths: list[str]) -> set[str]:
    return {*paths, *(os.path.abspath(path) for path in paths)}
