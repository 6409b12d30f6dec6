"""Write rules of another scanner as a pattern file of ours, and say what cannot be carried over."""

import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from scanner.errors import RuleError, UsageError
from scanner.foreign import Imported
from scanner.repository import printable
from scanner.rules import own_ids

SCHEMA = "https://raw.githubusercontent.com/keysweep/keysweep/main/scanner/schemas/patterns.json"


def import_rules(path: str, output: str | None) -> int:
    """Write the rules of a file to another one, or to standard output; return 0.

    Raises:
        UsageError: the output is there already, or cannot be written.
        ConfigError: the file cannot be read.
    """
    imported = _read(path)
    text = _yaml(imported, os.path.basename(path))
    for line in imported.told():
        print(f"keysweep: note: not carried over: {printable(line)}", file=sys.stderr)
    if output is None:
        sys.stdout.write(text)
        return 0
    try:
        with open(output, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"--output {output}: {error.strerror}") from error
    _check(output)
    print(
        f"{printable(output)}: {len(imported.rules)} rules; prove them: keysweep rules test {output}"
    )
    return 0


def _read(path: str) -> Imported:
    if path.endswith(".toml"):
        from scanner.foreign.gitleaks import read_gitleaks  # noqa: PLC0415  (the one that is needed)

        return read_gitleaks(path, own_ids())
    from scanner.foreign.noseyparker import read_noseyparker  # noqa: PLC0415

    return read_noseyparker(path)


def _check(output: str) -> None:
    """Read what was written, so that a mistake shows here and not in the first scan."""
    from scanner.rules.reading import read_file  # noqa: PLC0415

    try:
        read_file(output)
    except RuleError as error:
        raise UsageError(f"written, but not usable yet: {error}") from error


def _yaml(imported: Imported, name: str) -> str:
    """Return a pattern file; scalars are written as JSON, which YAML holds too."""
    lines = [
        f"# yaml-language-server: $schema={SCHEMA}",
        f"# From {printable(name)}.",
        "system: null",
    ]
    lines.append("rules:" if imported.rules else "rules: []  # nothing could be carried over")
    for rule in imported.rules:
        lines += _block(rule, "- ")
    if imported.allow:
        lines += ["", "# Allow-lists belong into .keysweep.yaml:", "# allow:"]
        for allow in imported.allow:
            lines += [f"# {line}" for line in _block(allow, "- ")]
    return "\n".join(lines) + "\n"


def _block(entry: Mapping[str, Any], mark: str) -> list[str]:
    rows = [f"{key}: {_scalar(value)}" for key, value in entry.items()]
    return [f"{mark if number == 0 else '  '}{row}" for number, row in enumerate(rows)]


def _scalar(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
