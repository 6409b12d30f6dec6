"""Valid by the published schema, within GitHub's limits, stable, without the secret."""

import io
import json
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
    assert "1 results left out" in notices[0]["message"]["text"]
