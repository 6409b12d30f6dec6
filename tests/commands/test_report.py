"""`keysweep report`: a JSON report in any other format; nothing gets lost, nothing becomes clean."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.config import FORMATS

Keysweep = Callable[..., Any]
Made = Callable[..., str]
TEXT = "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}\nBYBIT_API_SECRET={alnum:36} # keysweep:allow\n"


@pytest.fixture
def scanned(here: Path, keysweep: Keysweep, made: Made) -> Path:
    """Return the folder with `all.json` and `all.jsonl`, the reports of a scan of `bot.env`."""
    (here / "bot.env").write_text(made(TEXT))
    for form in ("json", "jsonl"):
        ran = keysweep(
            *("scan", "bot.env", "--show-allowed"),
            *("--format", form, "--output", f"all.{form}"),
        )
        assert ran.status == 1
    return here


def changed(folder: Path, change: Callable[[Any], Any]) -> Path:
    """Write `changed.json`: the report after `change`."""
    value = json.loads((folder / "all.json").read_text())
    change(value)
    path = folder / "changed.json"
    path.write_text(json.dumps(value))
    return path


def scrub(text: str, form: str) -> str:
    """Return a report without what a clock tells."""
    if form in ("json", "jsonl"):
        lines = [json.loads(text)] if form == "json" else [*map(json.loads, text.splitlines())]
        (lines[0]["summary"] if form == "json" else lines[-1]).pop("seconds")
        return json.dumps(lines)
    import re

    return re.sub(r"[\d.]+ s\b|time=\"[\d.]+\"|\d{4}-\d\d-\d\d.\d\d:\d\d(:\d\d)?", "T", text)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("options", [(), ("--show-allowed",)], ids=" ".join)
def test_as_if_scanned(
    scanned: Path, keysweep: Keysweep, form: str, options: tuple[str, ...]
) -> None:
    """The converted report is the one that the scan itself would have written."""
    direct = keysweep("scan", "bot.env", "--format", form, *options)
    for source in ("all.json", "all.jsonl"):
        ran = keysweep("report", source, "--format", form, *options)
        assert (ran.status, ran.err) == (direct.status, direct.err)
        if source == "all.jsonl" and form in ("json", "html", "sarif"):
            continue  # the lines do not say the root
        assert scrub(ran.out, form) == scrub(direct.out, form)


def test_standard_input(scanned: Path, keysweep: Keysweep) -> None:
    for name in ("all.json", "all.jsonl"):
        data = (scanned / name).read_bytes()
        ran = keysweep("report", "-", "--format", "csv", stdin=b"\xef\xbb\xbf" + data)
        assert ran.status == 1
        assert ran.out.count("\nfinding,") == 2


def test_output_file(scanned: Path, keysweep: Keysweep) -> None:
    ran = keysweep("report", "all.json", "--format", "html", "--output", "page.html")
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert (scanned / "page.html").read_text().startswith("<!DOCTYPE html>")
    assert (scanned / "page.html").stat().st_mode & 0o777 == 0o600


def test_exit_status_follows_the_report(scanned: Path, keysweep: Keysweep) -> None:
    """0 nothing, 1 findings, 2 gaps; --exit-zero only turns 1 into 0."""
    assert keysweep("report", "all.json", "--exit-zero").status == 0

    def empty(value: Any) -> None:
        value["findings"] = []
        value["summary"]["findings"] = 0

    ran = keysweep("report", changed(scanned, empty))
    assert ran.status == 0
    assert "1 allowed" in ran.out
    gap = {"path": "a", "commit": None, "blob": None, "reason": "unreadable", "detail": "No."}
    ran = keysweep("report", changed(scanned, lambda v: v["skipped"].append(gap)), "--exit-zero")
    assert ran.status == 2


CUTS: list[tuple[Callable[[Any], Any], str]] = [
    (lambda value: value.update(findings=[]), "counts 2 findings and lists 0"),
    (lambda value: value["findings"].append(value["findings"][0]), "counts 2 findings and lists 3"),
    (lambda value: value["summary"].update(complete=False), "something was not read"),
]


@pytest.mark.parametrize(("cut", "said"), CUTS)
@pytest.mark.parametrize("form", FORMATS)
def test_what_was_taken_out_is_told(
    scanned: Path, keysweep: Keysweep, cut: Callable[[Any], Any], said: str, form: str
) -> None:
    """A report that lacks what it counts is incomplete in every format, never an all-clear."""
    ran = keysweep("report", changed(scanned, cut), "--format", form)
    assert ran.status == 2
    assert said in " ".join(ran.out.split())


def test_lines_without_summary(scanned: Path, keysweep: Keysweep) -> None:
    """A report of lines that was cut between two lines shows what is there, as incomplete."""
    lines = (scanned / "all.jsonl").read_text().splitlines()[:-2]
    (scanned / "cut.jsonl").write_text("\n".join(lines))
    ran = keysweep("report", "cut.jsonl", "--format", "json")
    assert ran.status == 2
    assert len(ran.findings) == len(lines)
    assert "before its summary" in ran.json["skipped"][0]["detail"]


def test_notes_of_the_scan_are_kept(here: Path, keysweep: Keysweep, made: Made) -> None:
    """What the repository's settings changed is told in every format made from the report."""
    (here / ".git").mkdir()
    (here / ".keysweep.yaml").write_text("min-severity: critical\n")
    (here / "bot.env").write_text(made(TEXT))
    said = ".keysweep.yaml of this repository changes what is reported: min-severity"
    keysweep("scan", "bot.env", "--format", "json", "--output", "../all.json")
    for form in FORMATS:
        out = keysweep("report", "../all.json", "--format", form).out
        assert said in " ".join(out.split()), form


def test_secrets_only_when_asked_twice(here: Path, keysweep: Keysweep, made: Made) -> None:
    """A report with secrets gives them away only if that is asked for again."""
    text = made(TEXT)
    (here / "bot.env").write_text(text)
    keysweep("scan", "--show-secrets", "--format", "json", "--output", "../all.json")
    secret = text.splitlines()[1].partition("=")[2]
    assert secret in Path("../all.json").read_text()
    for form in FORMATS:
        assert secret not in keysweep("report", "../all.json", "--format", form).out
    shown = keysweep("report", "../all.json", "--format", "json", "--show-secrets").out
    assert secret in shown


def test_settings_of_the_folder_do_not_count(scanned: Path, keysweep: Keysweep) -> None:
    """The report may be of any repository: that of the current folder has no say."""
    (scanned / ".git").mkdir()
    (scanned / ".keysweep.yaml").write_text("format: json\nmin-severity: critical\n")
    ran = keysweep("report", "all.json", "--quiet")
    assert len(ran.out.splitlines()) == 2


NO_REPORTS = [
    (b"", "it is empty"),
    (b"\n\n", "it is empty"),
    (b"[]", "line 1 is no finding"),
    (b"7", "line 1 is no finding"),
    (b"{}", "schema: 1 is needed"),
    (b'{"schema": 2}', "schema: 1 is needed"),
    (b'{"schema": 1}', "findings is missing"),
    (b'{"schema": 1, "findings": 7}', "findings: a list is needed"),
    (b'{"schema": 1, "findings": [], "skipped": []}', "summary is missing"),
    (b'{"schema": 1, "findings": [], "skipped": [], "summary": {}}', "summary.complete"),
    (b'{"schema": 1, "findings": [], "skipped": [], "summary": []}', "summary.complete"),
    (b'{"type": "other"}', "line 1 is no finding"),
    (b'{"type": "summary", "complete": true}\n' * 2, "more than one summary"),
    (b'{"type": "finding"}', "findings[0].rule is missing"),
    (b'{"type": "skipped"}', "skipped[0].path is missing"),
    (b'{\n  "schema": 1,\n  "findi', "line 1 is no JSON; was the file cut?"),
    (b'{"type": "summary", "complete": true}\n{"type": "fin', "line 2 is no JSON"),
    (b"\xff\xfe", "it is not UTF-8"),
    (b"[" * 100_000, "line 1 is no JSON"),
    (b"1" * 10_000, "line 1 is no JSON"),
]


@pytest.mark.parametrize(("content", "said"), NO_REPORTS, ids=lambda value: str(value)[:25])
def test_no_report(here: Path, keysweep: Keysweep, content: bytes, said: str) -> None:
    """One line that says what is wrong, and nothing of what was read."""
    (here / "report.json").write_bytes(content)
    ran = keysweep("report", "report.json")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.startswith("keysweep: error: report.json: not a JSON report of keysweep")
    assert ran.err.count("\n") == 1


WRONG: list[tuple[Callable[[Any], Any], str]] = [
    (lambda v: v["findings"][0].update(severity="clean"), "findings[0].severity: one of low"),
    (lambda v: v["findings"][0].update(kind=[]), "findings[0].kind: one of"),
    (lambda v: v["findings"][0].update(line=0), "findings[0].line: lines and columns begin at 1"),
    (lambda v: v["findings"][0].update(line=True), "findings[0].line: a count"),
    (lambda v: v["findings"][0].update(line=-1), "findings[0].line: a count"),
    (lambda v: v["findings"][0].update(path=7), "findings[0].path: a text"),
    (lambda v: v["findings"][1].update(fingerprint="x"), "findings[1].fingerprint: 32 hex"),
    (lambda v: v["findings"][0].update(remediation=None), "findings[0].remediation: an object"),
    (lambda v: v["findings"][0].update(evidence=[{}]), "findings[0].evidence.what is missing"),
    (lambda v: v["findings"][0].update(occurrences=[7]), "findings[0].occurrences: an object"),
    (lambda v: v["findings"][0].pop("decoded"), "findings[0].decoded is missing"),
    (lambda v: v["findings"].insert(0, 7), "findings[0]: an object"),
    (lambda v: v["findings"][0].update(commit="\x1b[2J"), "findings[0].commit: an object id"),
    (lambda v: v["findings"][0].update(date="\x1b[2J"), "findings[0].date: a date"),
    (lambda v: v["findings"][0].update(source="\x1b[2J"), "findings[0].source: one of file"),
    (lambda v: v["summary"].update(files="3"), "summary.files: a count"),
    (lambda v: v["summary"].update(bytes=1 << 70), "summary.bytes: a count"),
    (lambda v: v["summary"].update(left_out=[]), "summary.left_out: an object"),
    (lambda v: v["summary"].update(seconds=float("inf")), "summary.seconds: a number"),
    (lambda v: v["summary"].update(notes="x"), "summary.notes: a list"),
    (lambda v: v.update(root=7), "root: a text"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_wrong_values(
    scanned: Path, keysweep: Keysweep, change: Callable[[Any], Any], said: str
) -> None:
    ran = keysweep("report", changed(scanned, change))
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_files_that_cannot_be_read(here: Path, keysweep: Keysweep) -> None:
    for name, said in (("none.json", "No such file"), (".", "Is a directory"), ("a\0b", "not")):
        ran = keysweep("report", name)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("form", FORMATS)
def test_forged_reports_crash_nothing(scanned: Path, keysweep: Keysweep, form: str) -> None:
    """Values of the right type and any content come out escaped, in every format."""
    draw = random.Random(7)
    odd = [
        "",
        "\x1b[2J",
        "\ud800",
        "</script>",
        "=1+1",
        "%0A::error::x",
        "]]>",
        "../" * 40,
        "\u202e",
    ]
    keys = "rule system path author email summary redacted".split()

    def forge(value: Any) -> None:
        for finding in value["findings"]:
            finding.update({key: draw.choice(odd) for key in keys})
            finding["allowed_by"] = None
            finding["decoded"] = finding["remediation"]["steps"] = [draw.choice(odd)]
            finding["remediation"]["revoke_url"] = draw.choice([*odd, "javascript:alert(1)"])
        value["summary"]["findings"] = len(value["findings"])
        value["root"] = draw.choice(odd)
        value["summary"]["notes"] = [draw.choice(odd)]

    for _ in range(10):
        ran = keysweep("report", changed(scanned, forge), "--format", form)
        assert (ran.status, ran.err) == (1, "")
        assert all(line.isprintable() for line in ran.out.splitlines())


@pytest.mark.parametrize("form", ["text", "html"])
def test_steps_with_open_backticks(scanned: Path, keysweep: Keysweep, form: str) -> None:
    """Steps that look alike and are not, as only a forged report has them, stand side by side."""

    def forge(value: Any) -> None:
        for finding, step in zip(
            value["findings"], ("a `x` c", "a `x` c`y -- z", "`"), strict=False
        ):
            finding["remediation"]["steps"] = [step]
            finding["kind"] = "token"

    ran = keysweep("report", changed(scanned, forge), "--format", form)
    assert (ran.status, ran.err) == (1, "")
