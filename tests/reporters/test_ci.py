"""The formats of CI systems: annotations, JUnit, GitLab, and the table for spreadsheets."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scanner.reporters.csv import COLUMNS, CsvReporter, cell
from scanner.reporters.github import GithubReporter
from scanner.reporters.gitlab import GitlabReporter
from scanner.reporters.junit import JunitReporter

ATTACK = "\n::error::own%0A\r,x:y"


def written(sample: ModuleType, reporter: Any, *items: Any) -> str:
    """Return what a reporter writes."""
    out = io.StringIO()
    reporter.write(sample.make_report(items), out)
    return out.getvalue()


def test_annotations(sample: ModuleType) -> None:
    """One command a line, the worst first, at the finding's place."""
    lines = written(sample, GithubReporter(names=sample.NAMES), *sample.mixed()).splitlines()
    kinds = [line.split(" ")[0] for line in lines[:-1]]
    assert kinds == ["::error"] * 6 + ["::warning"] * 2 + ["::notice"]
    assert lines[-1].startswith("keysweep: incomplete: 7 secrets found")
    place = "::error file=src/bot/settings.py,line=12,endLine=12,col=18,endColumn=82,"
    assert any(line.startswith(place) for line in lines)


def test_annotations_cannot_be_broken_out_of(sample: ModuleType) -> None:
    """A hostile name ends neither the command nor a property."""
    found = sample.make_finding(path=ATTACK)
    lines = written(sample, GithubReporter(), found).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("keysweep: ")
    head, _, message = lines[0].removeprefix("::error ").partition("::")
    properties = dict(part.split("=", 1) for part in head.split(","))
    assert properties["file"] == "\\n%3A%3Aerror%3A%3Aown%250A\\r%2Cx%3Ay"
    assert (
        '%0A1. Only if no copy ever left this computer, skip to "Take it out of the commit". Delete the'
        in message
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\uff1d", "\r@"])
def test_cells_are_no_formulas(start: str) -> None:
    """A quote or an escape stands before whatever a spreadsheet would run."""
    assert cell(f"{start}1+1").startswith(("'", "\\"))


def test_table(sample: ModuleType) -> None:
    """A row each, all with the same columns, gaps too."""
    rows = list(csv.DictReader(io.StringIO(written(sample, CsvReporter(), *sample.mixed()))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["type"] for row in rows] == ["finding"] * 7 + ["skipped"] * 2 + ["summary"]
    assert rows[0]["path"] == "src/bot/settings.py"
    assert rows[0]["steps"].startswith("1. Only if no copy ever left this computer, skip to")
    assert rows[-1]["detail"].startswith("incomplete: 7 secrets found in 3 staged files (12 kB)")
    assert rows[-3]["detail"] == "limit: The archive holds more than 1 GB."


def test_junit(sample: ModuleType) -> None:
    """Well-formed with hostile names; counts agree with the cases."""
    root = ElementTree.fromstring(written(sample, JunitReporter(), *sample.mixed()))
    suite = root[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("9", "7", "2")
    assert len(suite.findall("testcase")) == 9
    assert len(suite.findall("testcase/failure")) == 7
    assert len(suite.findall("testcase/error")) == 2


def test_junit_without_findings(sample: ModuleType) -> None:
    """One test that passed, as an empty suite counts as broken."""
    suite = ElementTree.fromstring(written(sample, JunitReporter()))[0]
    assert suite.get("tests") == "1"
    assert "nothing found in 3 staged files" in (suite[0].get("name") or "")


def test_gitlab(sample: ModuleType) -> None:
    """What its schema 15 asks for: times, tool, and a commit in every location."""
    value = json.loads(written(sample, GitlabReporter("1.2.3"), *sample.mixed()))
    assert re.fullmatch(r"\d+\.\d+\.\d+", value["version"])
    scan = value["scan"]
    assert (scan["type"], scan["status"]) == ("secret_detection", "failure")
    for key in ("start_time", "end_time"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", scan[key])
    for key in ("analyzer", "scanner"):
        assert set(scan[key]) >= {"id", "name", "version", "vendor"}
    assert {message["level"] for message in scan["messages"]} <= {"info", "warn", "fatal"}
    for found in value["vulnerabilities"]:
        assert found["id"]
        assert found["identifiers"][0]["type"]
        assert found["severity"] in ("Low", "Medium", "High", "Critical")
        assert len(found["name"]) <= 255
        assert len(found["solution"]) <= 7000
        assert found["location"]["commit"]["sha"]
        assert isinstance(found["location"]["start_line"], int)
        assert all(isinstance(text, str) for text in found["location"]["commit"].values())


SCHEMA = Path(__file__).parent.parent / "data" / "gitlab-secret-detection.json"


@pytest.mark.parametrize("count", [0, 1, 8], ids=["empty", "one", "mixed"])
def test_gitlab_schema(sample: ModuleType, count: int) -> None:
    """Valid by GitLab's published schema, with and without findings, with hostile names."""
    jsonschema = pytest.importorskip("jsonschema")
    out = io.StringIO()
    items = sample.mixed()[:1] if count == 1 else sample.mixed() if count else ()
    report = sample.make_report(items, notes=("vendor is left out", ""))
    GitlabReporter("1.2.3", names=sample.NAMES, show_allowed=True).write(report, out)
    value = json.loads(out.getvalue())
    assert len(value["vulnerabilities"]) == count
    assert {"level": "info", "value": "vendor is left out"} in value["scan"]["messages"]
    checker = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in checker.iter_errors(value)] == []
    # The check can fail: without what is required it does.
    del value["scan"]
    assert not checker.is_valid(value)


def test_gitlab_descriptions_are_no_markup(sample: ModuleType) -> None:
    """GitLab shows descriptions as Markdown: a file named like a picture loads none."""
    trap = "![x](https://evil.example/a.png)<img src=x>`"
    out = written(sample, GitlabReporter("1.2.3"), sample.make_finding(path=trap))
    text = json.loads(out)["vulnerabilities"][0]["description"]
    assert "\\!\\[x\\](https" in text
    assert "\\<img src=x\\>\\`" in text


def test_notes_are_told(sample: ModuleType) -> None:
    """Settings in force are in the table, the annotations and the JUnit report."""
    note = ".keysweep.yaml of this repository\nchanges <what> is reported"
    for reporter, said in (
        (CsvReporter(), ".keysweep.yaml of this repository\\nchanges <what> is reported"),
        (
            GithubReporter(),
            "::notice title=keysweep%3A settings::.keysweep.yaml of this repository%0A",
        ),
        (JunitReporter(), ".keysweep.yaml of this repository\nchanges &lt;what&gt; is reported"),
    ):
        out = io.StringIO()
        reporter.write(sample.make_report(notes=(note,)), out)
        assert said in out.getvalue()


def test_annotations_beyond_what_github_shows(sample: ModuleType) -> None:
    """Ten of a kind are shown, so a longer log says that it has all."""
    assert "this log all" not in written(sample, GithubReporter(), *[sample.make_finding()] * 10)
    lines = written(sample, GithubReporter(), *[sample.make_finding()] * 11).splitlines()
    assert lines[-2] == "keysweep: GitHub shows 10 errors and warnings each, this log all"


ILLEGAL = "\x00\x01\x08\x0b\x0c\x1f\x7f\x85\ud800\udfff\ufffe\uffff\U0001fffe]]>"


def test_junit_holds_no_illegal_character(sample: ModuleType) -> None:
    """What XML does not allow, even as a reference, becomes a visible escape, in every place."""
    from scanner.models import Evidence, Skipped

    found = sample.make_finding(path=ILLEGAL)._replace(
        rule=ILLEGAL, redacted=ILLEGAL, steps=(ILLEGAL,), evidence=(Evidence("x", ILLEGAL),)
    )
    silenced = found._replace(allowed_by=ILLEGAL)
    text = written(
        sample,
        JunitReporter(show_allowed=True),
        found,
        silenced,
        Skipped(ILLEGAL, None, None, ILLEGAL, ILLEGAL),
    )
    assert text.isascii()
    assert "&#" not in text
    root = ElementTree.fromstring(text)
    assert root[0][0].get("name") == (
        "\\x00\\x01\\x08\\x0b\\x0c\\x1f\\x7f\\x85\\ud800\\udfff\\ufffe\\uffff\\U0001fffe]]>:12:18"
    )


def test_every_cell_is_defused(sample: ModuleType) -> None:
    """Whatever a repository's texts begin with, in whatever column, no cell is a formula."""
    for start in ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\ufeff=", "\uff1d", "\xa0="):
        text = f"{start}cmd|' /C calc'!A1"
        found = sample.make_finding()._replace(
            **dict.fromkeys(("path", "author", "email", "summary", "rule", "redacted"), text),
            steps=(text,),
            revoke_url=text,
        )
        for row in csv.reader(io.StringIO(written(sample, CsvReporter(), found))):
            for value in row:
                assert not re.match(r"[\s\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]", value), value
                assert "\t" not in value and "\r" not in value and "\n" not in value
