"""Valid by the published schema, within GitHub's limits, stable, without the secret."""

import io
import json
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scanner.reporters import sarif
from scanner.reporters.sarif import SarifReporter

SCHEMA = Path(__file__).parent.parent / "data" / "sarif-2.1.0.json"


def written(sample: ModuleType, *items: Any, **options: Any) -> Any:
    """Return the SARIF run of ``items``, after checking it against the schema."""
    jsonschema = pytest.importorskip("jsonschema")
    out = io.StringIO()
    SarifReporter("1.2.3", sample.RULES, sample.SYSTEMS, **options).write(
        sample.make_report(items), out
    )
    value = json.loads(out.getvalue())
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(value)] == []
    return value["runs"][0]


def test_valid_with_and_without_findings(sample: ModuleType) -> None:
    """The empty run too."""
    assert written(sample)["results"] == []
    run = written(sample, *sample.mixed(), show_allowed=True)
    assert len(run["results"]) == 8


def test_rules_carry_the_remediation(sample: ModuleType) -> None:
    """Help text, severity for GitHub, few tags; an index for each result."""
    run = written(sample, *sample.mixed())
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    secret = next(rule for rule in rules if rule["id"] == "acme-api-secret")
    assert secret["properties"]["security-severity"] == "9.5"
    assert "Delete the API key at Acme Exchange" in secret["help"]["markdown"]
    assert "https://acme.example/settings/api" in secret["help"]["text"]
    assert all(len(rule["properties"]["tags"]) <= 10 for rule in rules)


def test_every_result_has_a_place_and_a_fingerprint(sample: ModuleType) -> None:
    """GitHub refuses a file in which one has none; the fingerprint is the finding's."""
    run = written(sample, *sample.mixed())
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert place["artifactLocation"]["uri"].isascii()
        assert result["partialFingerprints"]["keysweep/v1"] == "0123456789abcdef" * 2
        assert "primaryLocationLineHash" in result["partialFingerprints"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/c#d?.py", "a%20b/c%23d%3F.py"),
        ("caf\\xe9.py", "caf%E9.py"),
        ("\u65e5.py", "%E6%97%A5.py"),
        ("a\\x1b.py", "a%5Cx1b.py"),
        ("\x1b\n", "%1B%0A"),
    ],
)
def test_paths_are_uris(sample: ModuleType, path: str, uri: str) -> None:
    """Bytes that are not UTF-8 are themselves again, all else is percent-encoded."""
    run = written(sample, sample.make_finding(path=path))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "ROOT"}
    assert run["originalUriBaseIds"]["ROOT"]["uri"] == "file:///home/ada/bot/"


def test_not_read_is_a_failed_run(sample: ModuleType) -> None:
    """What was not read is a notification, and the invocation did not succeed."""
    invocation = written(sample, *sample.mixed())["invocations"][0]
    assert invocation["executionSuccessful"] is False
    texts = [notice["message"]["text"] for notice in invocation["toolExecutionNotifications"]]
    assert any("more than 1 GB" in text for text in texts)
    assert written(sample)["invocations"][0]["executionSuccessful"] is True


def test_allowed_is_suppressed(sample: ModuleType) -> None:
    """Silenced findings are results with a suppression, not open ones."""
    run = written(sample, sample.make_finding(allowed_by="inline"), show_allowed=True)
    assert run["results"][0]["suppressions"] == [{"kind": "inSource", "justification": "inline"}]


def test_limits(sample: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """More results than viewers take: the worst stay, and the cut is told."""
    monkeypatch.setattr(sarif, "_MAX_RESULTS", 2)
    low = sample.make_finding("acme-api-key")
    run = written(sample, low, sample.make_finding(), sample.make_finding())
    assert [result["ruleId"] for result in run["results"]] == ["acme-api-secret"] * 2
    notices = run["invocations"][0]["toolExecutionNotifications"]
    assert any("1 results left out" in notice["message"]["text"] for notice in notices)


def notices_of(run: Any) -> list[tuple[str, str]]:
    """Return level and text of the notifications."""
    notices = run["invocations"][0]["toolExecutionNotifications"]
    return [(notice["level"], notice["message"]["text"]) for notice in notices]


def test_too_large_to_upload(sample: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the steps go, then the mildest results, until the log fits; all of it is told."""
    items = [sample.make_finding(path=f"{n}.py") for n in range(64)]
    whole = written(sample, *items)
    out = io.StringIO()
    SarifReporter("1.2.3", sample.RULES, sample.SYSTEMS).write(sample.make_report(items), out)
    monkeypatch.setattr(sarif, "_MAX_GZIP", len(zlib.compress(out.getvalue().encode())) - 1)
    without_steps = written(sample, *items)
    assert len(without_steps["results"]) == 64
    assert "steps" not in without_steps["results"][0]["properties"]
    assert "steps" in whole["results"][0]["properties"]
    assert any("steps of each result are left out" in text for _, text in notices_of(without_steps))
    monkeypatch.setattr(sarif, "_MAX_GZIP", sarif._MAX_GZIP // 2)
    low = sample.make_finding("acme-api-key")
    halved = written(sample, low, *items, low)
    assert 0 < len(halved["results"]) < 64
    assert {result["ruleId"] for result in halved["results"]} == {"acme-api-secret"}
    left = 66 - len(halved["results"])
    assert ("error", f"{left} results left out: SARIF viewers take no more.") in notices_of(halved)


def test_more_than_github_shows(sample: ModuleType) -> None:
    """GitHub keeps 25,000 and shows 5,000: the log says so."""
    run = written(sample, *[sample.make_finding()] * 5_001)
    assert len(run["results"]) == 5_001
    assert ("warning", "5,001 results: GitHub shows the worst 5,000 of them.") in notices_of(run)


def test_notes_and_many_gaps(sample: ModuleType) -> None:
    """Settings in force are notifications too; thousands of gaps are counted, not listed."""
    out = io.StringIO()
    gap = sample.mixed()[-1]
    report = sample.make_report([gap] * 1_500, notes=("vendor is left out",))
    SarifReporter("1.2.3", sample.RULES, sample.SYSTEMS).write(report, out)
    run = json.loads(out.getvalue())["runs"][0]
    found = notices_of(run)
    assert len(found) == 1_002
    assert found[-2] == ("error", "NOT READ: 500 more items.")
    settings = run["invocations"][0]["toolConfigurationNotifications"]
    assert [notice["message"]["text"] for notice in settings] == ["vendor is left out"]


def test_names_make_no_links(sample: ModuleType) -> None:
    """Viewers make links of ``[words](address)``: a file of that name does not become one."""
    trap = "[click](https://evil.example)"
    found = sample.make_finding(path=None, source="note", exposure="pushed")
    found = found._replace(
        evidence=(found.evidence[0]._replace(detail=trap),), rule="other", steps=(trap,)
    )
    run = written(
        sample, found, sample.make_finding(path=trap), sample.mixed()[-1]._replace(detail=trap)
    )
    texts: list[str] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            texts.extend(
                value[key] for key in ("text", "markdown") if isinstance(value.get(key), str)
            )
        for inner in (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        ):
            collect(inner)

    collect(run)
    assert any("evil.example" in text for text in texts)
    assert not any("](" in text for text in texts)
