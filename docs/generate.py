"""Write docs/systems.md: every system with its fields, how each is told, and where to revoke it.

usage: python docs/generate.py [--check]     (--check: exit 1 if the page is not what would be written)
"""

import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from scanner.models import Rule, Shape, System  # noqa: E402  (the path comes first)
from scanner.rules import load, pattern_files  # noqa: E402

PAGE = TOP / "docs" / "systems.md"
HEAD = """# What keysweep knows

Made by `python docs/generate.py` from `patterns/`, not by hand. *Told by*: `structure`, the value's own form;
`pair`, its form beside its partner; `shape`, its form and a telling name; `context`, a name, host or call.

{count} systems, {rules} rules.
"""


def main() -> int:
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
    text = "\n".join(lines).rstrip() + "\n"
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


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
