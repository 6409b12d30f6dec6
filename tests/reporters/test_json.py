"""The contract's fields, exactly."""

import io
import json
from types import ModuleType
from typing import Any

from scanner.reporters.json import JsonReporter
from scanner.reporters.jsonl import JsonlReporter

FIELDS = (
    "rule system kind severity confidence path line column end_line end_column source blob commit"
    " author email date summary exposure fingerprint redacted evidence paired_with decoded"
    " remediation allowed_by occurrences"
).split()
SUMMARY = (
    "complete findings allowed files blobs commits messages bytes left_out seconds command notes"
).split()


def written(sample: ModuleType, *items: Any, **options: Any) -> Any:
    """Return the JSON report of ``items``."""
    out = io.StringIO()
    JsonReporter("1.2.3", **options).write(sample.make_report(items), out)
    return json.loads(out.getvalue())


def test_fields_are_those_of_the_contract(sample: ModuleType) -> None:
    """Every key is there, null where it does not apply; only ``secret`` comes and goes."""
    value = written(sample, *sample.mixed())
    assert list(value) == ["schema", "tool", "root", "findings", "skipped", "summary"]
    assert value["schema"] == 1
    assert value["tool"] == {"name": "keysweep", "version": "1.2.3"}
    assert value["root"] == "/home/ada/bot"
    for found in value["findings"]:
        assert set(found) == set(FIELDS)
        assert set(found["remediation"]) == {"revoke_url", "steps"}
        for place in found["occurrences"]:
            keys = {"line", "column", "end_line", "end_column", "blob", "commit", "date"}
            assert set(place) == keys
    assert list(value["summary"]) == SUMMARY
    assert list(value["skipped"][0]) == ["path", "commit", "blob", "reason", "detail"]


def test_values(sample: ModuleType) -> None:
    """Names come back as they were, evidence as objects, times as numbers."""
    value = written(sample, *sample.mixed())
    assert sample.HOSTILE in [found["path"] for found in value["findings"]]
    first = value["findings"][0]
    assert first["evidence"][0] == {"what": "name", "detail": "bound to ACME_API_SECRET"}
    assert first["remediation"]["revoke_url"] == "https://acme.example/settings/api"
    assert value["summary"]["complete"] is False
    assert value["summary"]["findings"] == 7
    assert value["summary"]["allowed"] == 1
    assert 0 <= value["summary"]["seconds"] < 60


def test_secret_only_when_revealed(sample: ModuleType) -> None:
    """The key ``secret`` is there only with ``--show-secrets``."""
    found = written(sample, sample.make_finding(secret="open sesame"))["findings"][0]
    assert found["secret"] == "open sesame"


def test_complete_when_all_was_read(sample: ModuleType) -> None:
    """An empty report is complete."""
    value = written(sample)
    assert value["summary"]["complete"] is True
    assert value["findings"] == value["skipped"] == []


def test_lines_are_the_same_objects(sample: ModuleType) -> None:
    """``jsonl``: the same objects with a type, in the order they came, the summary last."""
    out = io.StringIO()
    JsonlReporter(show_allowed=True).write(sample.make_report(sample.mixed()), out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line.pop("type") for line in lines] == ["finding"] * 8 + ["skipped"] * 2 + ["summary"]
    whole = written(sample, *sample.mixed(), show_allowed=True)
    assert lines[:8] == whole["findings"]
    assert lines[8:10] == whole["skipped"]
    assert {**lines[10], "seconds": 0} == {**whole["summary"], "seconds": 0}


def test_lines_come_as_they_are_known(sample: ModuleType) -> None:
    """A finding is written before the next one is asked for."""
    out = io.StringIO()
    seen = []

    def items() -> Any:
        yield sample.make_finding()
        seen.append(out.getvalue().count("\n"))

    report = sample.make_report()._replace(items=items())
    JsonlReporter().write(report, out)
    assert seen == [1]


def test_notes_and_command_are_in_the_summary(sample: ModuleType) -> None:
    """What a reader must know of the settings reaches programs too, and reports made from these."""
    for reporter in (JsonReporter("1.2.3"), JsonlReporter()):
        out = io.StringIO()
        reporter.write(sample.make_report(notes=("vendor is left out",)), out)
        value = json.loads(out.getvalue())
        summary = value.get("summary", value)
        assert summary["notes"] == ["vendor is left out"]
        assert summary["command"] == "staged"
