"""Write what is made of other files: docs/systems.md (of patterns/), docs/commands/ (of the commands' help) and
the figures in docs/comparison.md (of the last records in benchmarks/results/).

usage: python docs/generate.py [--check]     (--check: exit 1 if the pages are not what would be written)
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from scanner.cli import COMMANDS, parser_of  # noqa: E402  (the path comes first)
from scanner.commands.scanning import SHARED, add_options  # noqa: E402
from scanner.models import Rule, Shape, System  # noqa: E402
from scanner.rules import load, pattern_files  # noqa: E402

DOCS = TOP / "docs"
HEAD = """# What keysweep knows

Made by `python docs/generate.py` from `patterns/`, not by hand. *Told by*: `structure`, the value's own form;
`pair`, its form beside its partner; `shape`, its form and a telling name; `context`, a name, host or call.

{count} systems, {rules} rules.
"""


COMMANDS_HEAD = """# Commands

Made by `python docs/generate.py` from what `keysweep COMMAND --help` prints, not by hand.

| command | |
| --- | --- |
{commands}

## Exit status

| | |
| --- | --- |
| 0 | all was read, and nothing was found |
| 1 | secrets were found |
| 2 | an error, or something that should have been read could not be; 2 wins over 1 |
| 130 | interrupted |

## Options of every scan

A flag wins over the environment (`KEYSWEEP_FORMAT`, ...), and that over the [settings](../settings.md).

{options}
"""
# How tests/test_readme.py runs the examples, in a repository with a leaked key in its last commit and another
# one staged; "run" where a command is not named.
RUNS = {
    "scan": "run: exit 1",
    "staged": "run: exit 1",
    "history": "run: exit 1",
    "push": "run: exit 1",
    "fix": "run: exit 1",
    "receive": "not run: git hands the hook its lines, tests/commands/test_receive.py does",
    "report": "not run: needs a report, tests/commands/test_report.py has one",
}


def main() -> int:
    made = {DOCS / "systems.md": systems_page(), DOCS / "commands" / "README.md": overview_page()}
    made |= {DOCS / "commands" / f"{name}.md": command_page(name) for name in COMMANDS}
    made[DOCS / "comparison.md"] = comparison_page()
    stray = set((DOCS / "commands").glob("*")) - set(made)
    if "--check" in sys.argv:
        fresh = (p.is_file() and p.read_text(encoding="utf-8") == text for p, text in made.items())
        return 0 if all(fresh) and not stray else 1
    (DOCS / "commands").mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in stray:
        path.unlink()
    return 0


def comparison_page() -> str:
    """Return the page as it is, with the figures of the last records."""
    page = (DOCS / "comparison.md").read_text(encoding="utf-8")
    tables = {
        "peers": found_figures,
        "startup": figures,
        "throughput": figures,
        "history": history_figures,
    }
    for name, table in tables.items():
        records = json.loads((TOP / "benchmarks" / "results" / f"{name}.json").read_text())
        last = records[-1]
        versions = ", ".join(f"{n} {v}" for n, v in last["versions"].items() if n != "keysweep")
        where = f"{last['date'][:10]}, commit {last['commit'].rstrip('+')}, {last['machine']}"
        text = "\n".join([*table(records), "", f"Recorded {where}; {versions}."])
        begin, end = f"<!-- figures: {name} -->\n", "<!-- end -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}{text}\n{end}{rest.partition(end)[2]}"
    return page


def figures(records: list[dict[str, Any]]) -> list[str]:
    """Return the rows of the last record of times."""
    last = records[-1]
    rows = ["| tool | median | keysweep takes |", "| --- | --- | --- |"]
    for tool, seconds in last["median_s"].items():
        times = f"{last['ratio'][tool]:.2f} of its time" if tool in last["ratio"] else ""
        rows.append(f"| {tool} | {seconds:.2f} s | {times} |")
    return rows


PEERS = ("kingfisher", "gitleaks", "betterleaks")


def history_figures(records: list[dict[str, Any]]) -> list[str]:
    """Return the rows of the last record of each repository that was timed with kingfisher."""
    timed = [record for record in records if "kingfisher" in record.get("ratio", {})]
    rows = [
        "| repository | a whole scan | of kingfisher's time | of gitleaks' | of betterleaks' | again, nothing new "
        "| 100 new commits |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, record in {record["repository"]: record for record in timed}.items():
        taken, ratio = record["median_s"], record["ratio"]
        peers = (f"{ratio[peer]:.1f}" if peer in ratio else "" for peer in PEERS)
        rows.append(
            f"| {name} | {taken['keysweep']:.1f} s | {' | '.join(peers)} "
            f"| {taken['nothing new']:.2f} s | {taken['100 new commits']:.2f} s |"
        )
    return rows


def found_figures(records: list[dict[str, Any]]) -> list[str]:
    """Return the rows of the last record of findings."""
    last = records[-1]
    rows = [f"| tool | of {last['planted']:,} found | false findings |", "| --- | --- | --- |"]
    for tool, got in last["tools"].items():
        share = got["found"] / last["planted"]
        rows.append(f"| {tool} | {got['found']:,} ({share:.0%}) | {got['false']:,} |")
    return rows


def overview_page() -> str:
    rows = [f"| [`keysweep {name}`]({name}.md) | {text} |" for name, text in COMMANDS.items()]
    shared = argparse.ArgumentParser(add_help=False)
    add_options(shared)
    options = arguments(shared._actions, "option")
    return COMMANDS_HEAD.format(commands="\n".join(rows), options="\n".join(options))


def command_page(name: str) -> str:
    parser = parser_of(name)
    usage = (parser.usage or "").replace("%(prog)s", parser.prog)
    own: list[argparse.Action] = []
    has_shared = False
    for group in parser._action_groups:
        if group.title in SHARED:
            has_shared = True
        else:
            own += [action for action in group._group_actions if action.dest != "help"]
    positional = [action for action in own if not action.option_strings and action.help]
    options = [action for action in own if action.option_strings]
    lines = [f"# keysweep {name}", "", f"```text\n{usage}\n```", "", *prose(parser.description)]
    if positional:
        lines += [*arguments(positional, "argument"), ""]
    if options:
        lines += [*arguments(options, "option"), ""]
    if has_shared:
        lines += ["Also all [options of every scan](README.md#options-of-every-scan).", ""]
    example = importlib.import_module(f"scanner.commands.{name}").EXAMPLE
    lines += ["## Example", "", f"<!-- {RUNS.get(name, 'run')} -->", f"```sh\n{example}\n```"]
    return "\n".join(lines) + "\n"


def prose(text: str | None) -> list[str]:
    """Return a docstring's paragraphs; an indented one is lines to type."""
    paragraphs = (text or "").strip().split("\n\n")
    made: list[str] = []
    for paragraph in paragraphs:
        is_code = paragraph.startswith("  ")
        made += [f"```text\n{paragraph}\n```" if is_code else paragraph, ""]
    return made


def arguments(actions: Iterable[argparse.Action], what: str) -> list[str]:
    rows = [f"| {what} | |", "| --- | --- |"]
    for action in actions:
        takes = f" {action.metavar or action.dest.upper()}" if action.nargs != 0 else ""
        shown = ", ".join(f"{name}{takes}" for name in action.option_strings) or takes.strip()
        rows.append("| `{}` | {} |".format(shown.replace("|", "\\|"), action.help or ""))
    return rows


def systems_page() -> str:
    catalog = load(pattern_files())
    groups: dict[str, list[System]] = {}
    for system in catalog.systems.values():
        groups.setdefault(system.category, []).append(system)
    lines = [HEAD.format(count=len(catalog.systems), rules=len(catalog.rules))]
    for category in sorted(groups, key=lambda name: (name not in ("exchange", "wallet"), name)):
        lines.append(f"## {category.capitalize()}\n")
        for system in sorted(groups[category], key=lambda s: s.name.lower()):
            lines += section(system, [r for r in catalog.rules if r.system == system.id])
    lines.append("## No system\n")
    lines += table([rule for rule in catalog.rules if rule.system is None])
    return "\n".join(lines).rstrip() + "\n"


def section(system: System, rules: list[Rule]) -> list[str]:
    revoke = f" Revoke: <{system.advice.page}>" if system.advice.page else ""
    sources = " ".join(f"[{i}]({url})" for i, url in enumerate(system.references, 1))
    return [
        f"### {system.name}\n",
        f"`{system.id}`.{revoke} Sources: {sources or 'none'}\n",
        *table(rules),
    ]


def table(rules: list[Rule]) -> list[str]:
    rows = ["| rule | kind | severity | form | told by |", "| --- | --- | --- | --- | --- |"]
    rows += [
        f"| `{rule.id}` | {rule.kind} | {rule.severity} | {form(rule)} | {rule.told_by} |"
        for rule in rules
    ]
    return [*rows, ""]


def form(rule: Rule) -> str:
    if rule.shapes:
        return " or ".join(shape(one) for one in rule.shapes)
    parts = [f"`{rule.prefix}`…" if rule.prefix else "pattern"]
    return ", ".join([*parts, f"checksum {rule.check}"] if rule.check else parts)


def shape(one: Shape) -> str:
    if one.charset == "uuid":
        return "UUID"
    size = str(one.minimum) if one.minimum == one.maximum else f"{one.minimum} to {one.maximum}"
    return f"{size} {one.charset.replace('_', ' ')}"


if __name__ == "__main__":
    raise SystemExit(main())
