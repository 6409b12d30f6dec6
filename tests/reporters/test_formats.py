"""What every format keeps: the counts, the allowed ones, and no secret in it."""

import io
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from scanner.reporters.csv import CsvReporter
from scanner.reporters.github import GithubReporter
from scanner.reporters.gitlab import GitlabReporter
from scanner.reporters.html import HtmlReporter
from scanner.reporters.json import JsonReporter
from scanner.reporters.jsonl import JsonlReporter
from scanner.reporters.junit import JunitReporter
from scanner.reporters.sarif import SarifReporter
from scanner.reporters.text import TextReporter

MAKERS: dict[str, Callable[..., Any]] = {
    "text": lambda sample, **options: TextReporter(names=sample.NAMES, **options),
    "json": lambda sample, **options: JsonReporter("1.2.3", **options),
    "jsonl": lambda sample, **options: JsonlReporter(**options),
    "sarif": lambda sample, **options: SarifReporter(
        "1.2.3", sample.RULES, sample.SYSTEMS, **options
    ),
    "csv": lambda sample, **options: CsvReporter(**options),
    "junit": lambda sample, **options: JunitReporter(names=sample.NAMES, **options),
    "github": lambda sample, **options: GithubReporter(names=sample.NAMES, **options),
    "gitlab": lambda sample, **options: GitlabReporter("1.2.3", names=sample.NAMES, **options),
    "html": lambda sample, **options: HtmlReporter("1.2.3", names=sample.NAMES, **options),
}
FORMATS = pytest.mark.parametrize("name", MAKERS)
# Most of the page is the same in every report: tests/reporters/html looks at it.
WITH_GOLDEN = pytest.mark.parametrize("name", [name for name in MAKERS if name != "html"])


@FORMATS
def test_counts(sample: ModuleType, name: str) -> None:
    """Allowed findings are counted and written only when asked for."""
    hidden, shown = io.StringIO(), io.StringIO()
    tally = MAKERS[name](sample).write(sample.make_report(sample.mixed()), hidden)
    assert (tally.findings, tally.allowed, tally.skipped) == (7, 1, 2)
    tally = MAKERS[name](sample, show_allowed=True).write(sample.make_report(sample.mixed()), shown)
    assert (tally.findings, tally.allowed, tally.skipped) == (7, 1, 2)
    assert "app.ini" not in hidden.getvalue()
    assert "app.ini" in shown.getvalue()


@FORMATS
def test_nothing_can_act(sample: ModuleType, name: str) -> None:
    """Hostile names and summaries come out without control characters, in every format."""
    out = io.StringIO()
    MAKERS[name](sample, show_allowed=True).write(sample.make_report(sample.mixed()), out)
    text = out.getvalue()
    assert all(line.isprintable() for line in text.splitlines())
    assert text.endswith("\n")
    assert "txt.exe" in text
    assert "caf" in text
    if name != "github":
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())


@FORMATS
@pytest.mark.parametrize("is_empty", [True, False])
def test_gaps_are_told(sample: ModuleType, name: str, is_empty: bool) -> None:
    """What was not read is named with its reason; no format ever says clean."""
    out = io.StringIO()
    items = () if is_empty else sample.mixed()
    MAKERS[name](sample).write(sample.make_report(items), out)
    assert "clean" not in out.getvalue().lower()
    assert ("more than 1 GB" in out.getvalue()) is not is_empty
    assert ("partial clone" in out.getvalue()) is not is_empty


@FORMATS
def test_revealed_secrets_stay_out_of_what_is_uploaded(sample: ModuleType, name: str) -> None:
    """``--show-secrets`` reaches people and JSON; never a format made for other services."""
    secret = "Zx" * 20 + "\x1b"
    out = io.StringIO()
    MAKERS[name](sample).write(sample.make_report([sample.make_finding(secret=secret)]), out)
    assert ("Zx" * 20 in out.getvalue()) is (name in ("text", "json", "jsonl"))
    assert "\x1b" not in out.getvalue()


@WITH_GOLDEN
def test_golden(sample: ModuleType, name: str, golden: Callable[[str, str], None]) -> None:
    """The whole output of a mixed report, read in review."""
    out = io.StringIO()
    report = sample.make_report(sample.mixed(), notes=("settings of the repository are in force",))
    MAKERS[name](sample, show_allowed=name == "sarif").write(report, out)
    golden(f"mixed.{name}", out.getvalue())


@FORMATS
def test_coverage_closes_every_format(sample: ModuleType, name: str) -> None:
    """What was read, what was left out and how long it took is in all of them."""
    out = io.StringIO()
    counts = {"blobs": 1234, "commits": 56, "messages": 78, "bytes": 5_000_000}
    report = sample.make_report((), command="history", **counts)
    report.coverage.leave_out("max-blob-size", 9)
    MAKERS[name](sample).write(report, out)
    text = out.getvalue()
    if name in ("json", "jsonl"):
        assert all(f'"{key}": {value}' in text for key, value in counts.items())
        assert '"max-blob-size": 9' in text
        assert '"seconds": ' in text
    else:
        assert "1,234 blobs, 78 messages, 56 commits (5.0 MB)" in text
        assert "left out: 9 max-blob-size" in text
        assert re.search(r"; \d+\.\d\d s\b", text)
