"""Hooks of mkdocs.yml: pages that are made while the site is built, its menu, and links out of docs/.

A page "my key leaked" for each of some hundred systems is made of the same facts as `keysweep explain`
(patterns/*.yaml), so none is kept in the repository.
"""

import posixpath
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from scanner.models import Rule, System  # noqa: E402  (the path comes first)
from scanner.remediation.stop import is_wallet, stopping  # noqa: E402
from scanner.rules import Catalog, load, pattern_files  # noqa: E402

SOURCE = "https://github.com/keysweep/keysweep"
# Sections of the menu; a page of docs/ that is named nowhere goes to the last one.
MENU = {
    "Use": ["hooks.md", "ci.md", "history.md", "reports.md", "triage.md", "settings.md", "fix.md"],
    "A key leaked": ["leaked.md", "systems.md"],
    "Commands": ["commands/README.md"],
    "Switch": ["comparison.md", "from-gitleaks.md", "from-detect-secrets.md"],
    "Build on it": ["library.md", "patterns.md", "confidence.md"],
}
FIRST = ("exchange", "wallet", "broker", "payment")
SEVERITIES = ("critical", "high", "medium", "low")


def on_config(config: Any) -> Any:
    """Make the menu of the pages that are there."""
    there = {path.relative_to(TOP / "docs").as_posix() for path in TOP.glob("docs/**/*.md")}
    menu = {title: [name for name in names if name in there] for title, names in MENU.items()}
    menu["Commands"] += sorted(n for n in there if n.startswith("commands/") and "README" not in n)
    menu["Build on it"] += sorted(there.difference(*menu.values()))
    config.nav = [{"Home": "index.md"}, *({title: names} for title, names in menu.items())]
    config.nav.append({"Source": SOURCE})
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that no file holds: the home page, and one for each system."""
    from mkdocs.structure.files import File  # noqa: PLC0415  (only there when the site is built)

    home = (TOP / "README.md").read_text(encoding="utf-8")
    files.append(File.generated(config, "index.md", content=home))
    catalog = load(pattern_files())
    for system in systems(catalog):
        text = leaked_page(system, [rule for rule in catalog.rules if rule.system == system.id])
        files.append(File.generated(config, f"leaked/{system.id}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Take out the marks for tests, put in the list of systems, and set links out of docs/ right."""
    uri = page.file.src_uri
    if uri == "leaked.md":
        markdown = markdown.replace(
            "<!-- every system -->", overview(systems(load(pattern_files())))
        )
    markdown = re.sub(r"^<!-- .*? -->\n", "", markdown, flags=re.MULTILINE)
    folder = "" if uri == "index.md" else posixpath.join("docs", posixpath.dirname(uri))
    return re.sub(
        r"\]\((?!https?:|#)([^)#\s]+)", lambda found: f"]({link(found[1], folder, uri)}", markdown
    )


def link(target: str, folder: str, uri: str) -> str:
    """Return a link as the site needs it: what lies outside docs/ is in the repository."""
    path = posixpath.normpath(posixpath.join(folder, target))
    if path.startswith("docs/") and not path.endswith(".py"):
        return posixpath.relpath(path, posixpath.join("docs", posixpath.dirname(uri)))
    return f"{SOURCE}/blob/main/{path}"


def systems(catalog: Catalog) -> list[System]:
    """Return the systems that have rules, by name."""
    used = {rule.system for rule in catalog.rules}
    return sorted(
        (s for s in catalog.systems.values() if s.id in used), key=lambda s: s.name.lower()
    )


def overview(of: Iterable[System]) -> str:
    """Return the list of all pages, by category."""
    groups: dict[str, list[str]] = {}
    for system in of:
        groups.setdefault(system.category, []).append(f"[{system.name}](leaked/{system.id}.md)")
    order = sorted(groups, key=lambda c: (FIRST.index(c) if c in FIRST else len(FIRST), c))
    return "\n\n".join(f"**{title(name)}**: {' · '.join(groups[name])}" for name in order)


def title(category: str) -> str:
    return category.upper() if len(category) <= 3 else category.capitalize()


def leaked_page(system: System, rules: list[Rule]) -> str:
    """Return the page of one system: what to do now, what leaked, and where the facts are from."""
    rules = sorted(rules, key=lambda rule: SEVERITIES.index(rule.severity))
    is_funds = any(is_wallet(rule, system) for rule in rules)
    lines = [
        f"# {system.name}: a {'seed or key' if is_funds else 'key'} leaked, what now\n",
        "Do this first, and read on afterwards. Treat what leaked as seen and used.\n",
        "## Now\n",
        *now(system, rules),
        "## Then\n",
        "Only when that is done, take it out of the place where it lay: "
        "[out of the code, out of the history](../fix.md). See what else leaked:\n",
        "```sh\nkeysweep history\n```\n",
        "## What leaked\n",
        "| rule | severity | |",
        "| --- | --- | --- |",
        *(f"| `{r.id}` | {r.severity} | {markdown(r.about)} |" for r in rules),
        "",
        "`keysweep explain RULE` prints these steps for one of them, in the terminal.\n",
        f"Facts from: {', '.join(f'<{url}>' for url in system.references) or 'its documentation'}",
    ]
    return "\n".join(lines) + "\n"


def now(system: System, rules: list[Rule]) -> list[str]:
    """Return the steps, once for all kinds of secrets that share them."""
    groups: dict[tuple[str, ...], list[Rule]] = {}
    for rule in rules:
        steps = stopping(rule, system, rule.severity, is_paired=True)
        groups.setdefault(steps, []).append(rule)
    worst = next(iter(groups))
    lines: list[str] = []
    for steps, members in groups.items():
        if len(groups) > 1:
            lines.append(f"**{', '.join(f'`{rule.id}`' for rule in members)}**\n")
        if steps != worst and steps[1:] == worst[1:]:
            lines.append(f"{markdown(steps[0])} Then as above, from step 2.\n")
        else:
            lines += [*(f"{i}. {markdown(step)}" for i, step in enumerate(steps, 1)), ""]
    return lines


def markdown(text: str) -> str:
    """Return a sentence whose signs mean nothing in Markdown; backticks and addresses stay.

    Example:
        >>> markdown("Drop a_b and <c> of `d_e`.")
        'Drop a\\\\_b and &lt;c&gt; of `d_e`.'
    """
    parts = re.split(r"(`[^`]*`|https?://[^\s]+)", " ".join(text.split()))
    parts[::2] = [
        re.sub(r"([*_\[\]|])", r"\\\1", part).replace("<", "&lt;").replace(">", "&gt;")
        for part in parts[::2]
    ]
    return "".join(parts)
