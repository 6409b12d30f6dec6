"""For people: the clean line, one finding, many findings, gaps, and what is never imported."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from scanner.reporters.text import TextReporter

ROOT_COMMIT = "c0ffee" + "0" * 34


def written(
    sample: ModuleType, *items: Any, options: dict[str, Any] | None = None, **report: Any
) -> str:
    """Return the text for ``items``."""
    out = io.StringIO()
    reporter = TextReporter(width=80, names=sample.NAMES, **(options or {}))
    reporter.write(sample.make_report(items, **report), out)
    return out.getvalue()


def test_nothing_found_is_one_line(sample: ModuleType) -> None:
    """Short, with what was read."""
    assert written(sample) == "keysweep: nothing found in 3 staged files (12 kB)\n"
    assert written(sample, options={"quiet": True}) == ""
    text = written(sample, command="history", blobs=1234, commits=1, messages=2, bytes=5_000_000)
    read = "1,234 blobs, 2 messages, 1 commit (5.0 MB)"
    assert re.fullmatch(rf"keysweep: nothing found in {re.escape(read)}; \d+\.\d\d s\n", text)
    assert written(sample, command="scan", files=1, bytes=10) == (
        "keysweep: nothing found in 1 file (10 bytes)\n"
    )


def test_nothing_to_scan(sample: ModuleType) -> None:
    """An empty request is not a clean one."""
    assert written(sample, files=0) == "keysweep: nothing to scan\n"


def test_left_out_and_allowed_are_told(sample: ModuleType) -> None:
    """The line says what it does not cover."""
    report = sample.make_report([sample.make_finding(allowed_by="baseline")])
    report.coverage.leave_out("ignored by git", 4)
    out = io.StringIO()
    TextReporter().write(report, out)
    assert out.getvalue() == (
        "keysweep: nothing new found in 3 staged files (12 kB); 1 allowed;"
        " left out: 4 ignored by git\n"
    )


def test_gaps_are_incomplete(sample: ModuleType) -> None:
    """Something not read: never the line of a clean run, even when quiet."""
    gap = sample.mixed()[-1]
    text = written(sample, gap)
    assert "NOT READ" in text
    assert "not in this partial clone" in text
    assert "keysweep: incomplete: nothing found in 3 staged files (12 kB); 1 item NOT" in text
    assert "NOT READ" in written(sample, gap, options={"quiet": True})


def test_one_finding(sample: ModuleType, golden: Callable[[str, str], None]) -> None:
    """Everything about it, then its numbered steps, in 80 columns."""
    text = written(sample, sample.make_finding())
    golden("one-staged.text", text)
    assert max(map(len, text.splitlines())) <= 80
    assert "\n  src/bot/settings.py:12:18\n" in text


def test_colours(sample: ModuleType, golden: Callable[[str, str], None]) -> None:
    """The same text with badges; nothing else differs."""
    found = sample.make_finding(exposure="pushed", source="blob", commit=ROOT_COMMIT)
    golden("one-pushed.ansi.text", written(sample, found, options={"color": True}))


def test_a_pair_shares_its_steps(sample: ModuleType) -> None:
    """Key, secret and passphrase of one credential: three findings, one list of steps."""
    parts = [
        sample.make_finding(),
        sample.make_finding("acme-passphrase", line=13),
        sample.make_finding(line=14),
    ]
    text = written(sample, *parts)
    assert text.count("Delete the API key") == 1
    assert text.count("Fingerprint") == 3


def test_many_are_listed_first(sample: ModuleType) -> None:
    """A list, worst first, then the steps once a group, on all its paths."""
    paths = [f"d/f{number}.py" for number in range(5)]
    text = written(sample, *(sample.make_finding(path=path) for path in paths))
    assert text.count("Delete the API key") == 1
    assert "5 secrets: 5 critical" in text
    assert f"git restore --staged -- {' '.join(paths)}\n" in text
    text = written(sample, *(sample.make_finding(path=f"f{n}.py") for n in range(9)))
    assert "git restore --staged -- FILE...\n" in text


def test_quiet_is_a_line_each(sample: ModuleType) -> None:
    """As compilers write."""
    text = written(sample, sample.make_finding(), options={"quiet": True})
    line = "src/bot/settings.py:12:18: critical: Acme Exchange API secret a1B2****x9Z0\n"
    assert text == line


def test_verbose_lists_all_places(sample: ModuleType) -> None:
    """Every occurrence with its commit."""
    found = sample.make_finding()
    more = found._replace(occurrences=found.occurrences * 2)
    assert "1 more place" in written(sample, more)
    assert "12:18" in written(sample, more, options={"verbose": True}).split("Also at")[1]


@pytest.mark.parametrize("width", [20, 40, 200])
def test_any_width(sample: ModuleType, width: int) -> None:
    """Narrow terminals get narrow text, commands and paths stay whole."""
    out = io.StringIO()
    TextReporter(width=width).write(sample.make_report([sample.make_finding()]), out)
    assert "git restore --staged -- src/bot/settings.py" in out.getvalue()


def test_a_quiet_run_imports_nothing_heavy() -> None:
    """The hook's clean run loads neither rich nor other slow modules because of us."""
    code = (
        "import sys, io\n"
        "before = set(sys.modules)\n"
        "from scanner.reporters.text import TextReporter\n"
        "from scanner.models import Coverage, Report\n"
        "import scanner.redaction, scanner.remediation\n"
        "TextReporter().write(Report(None, (), Coverage(), 'staged', 0.0), io.StringIO())\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    heavy = {"rich", "json", "hashlib", "dataclasses", "pathlib", "inspect", "logging", "textwrap"}
    assert loaded & heavy == set()
