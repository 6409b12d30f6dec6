"""Hyperscan and the plain engine find the same, in every example and in any mixture of them."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner import wiring
from scanner.detector import Detector
from scanner.errors import RuleError
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill
from scanner.rules import Catalog

ROOT = Path(__file__).resolve().parents[2]
Found = set[tuple[str, int, int]]


@pytest.fixture(scope="module")
def detectors(engines: dict[str, wiring.Patterns]) -> tuple[Detector, Detector]:
    """Return the detectors with Hyperscan and with the plain engine."""
    fast, plain = (wiring.detector_maker(patterns)() for patterns in engines.values())
    return fast, plain


def texts(catalog: Catalog, seed: int) -> list[bytes]:
    """Return every example and non-example, filled."""
    generator = random.Random(seed)
    found = []
    for rule in catalog.rules:
        for example in (*rule.examples, *rule.non_examples):
            text = example if isinstance(example, str) else example["text"]
            found.append(fill(text, generator)[0].encode())
    return found


def place(match: Match) -> tuple[str, int, int]:
    return match.rule.id, match.start, match.end


def judged(detector: Detector, data: bytes) -> set[tuple[Any, ...]]:
    """Return what is accepted, and what is rejected and why (not by which of two alike)."""
    return {
        (*place(match), match.score, match.evidence, match.rejected is None)
        for match in detector.matches(Blob(data, Origin("file", "a")))
        if match.rejected is None
    }


def assert_alike(detectors: tuple[Detector, Detector], data: bytes) -> None:
    fast, plain = (
        {place(match) for match in detector._engine.search(data)} for detector in detectors
    )
    assert fast == plain
    assert judged(detectors[0], data) == judged(detectors[1], data)


def test_every_example(catalog: Catalog, detectors: tuple[Detector, Detector]) -> None:
    found = 0
    for data in texts(catalog, 1):
        assert_alike(detectors, data)
        found += bool(detectors[0]._engine.search(data))
    assert found > len(catalog.rules)  # both finding nothing would be alike, too


def test_all_examples_in_one_blob(catalog: Catalog, detectors: tuple[Detector, Detector]) -> None:
    data = b"\n".join(texts(catalog, 2)[::7])
    assert_alike(detectors, data)


GLUE = st.sampled_from(
    [b"\n", b" ", b"", b"\t", b"\r\n", b"=", b'": "', b"', '", b"\x00", b"\xff\xfe", b"0x", b"."]
    + ["é：密钥は".encode(), b"API_KEY=", b"secret: ", b"binance ", b"\n\n\n", b"x" * 700]
)
CHANGES = st.sampled_from([bytes, bytes, bytes, bytes.upper, bytes.lower, bytes.swapcase])


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_mixture(
    catalog: Catalog, detectors: tuple[Detector, Detector], data: st.DataObject
) -> None:
    pool = texts(catalog, data.draw(st.integers(0, 3), label="seed"))
    parts = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(pool) - 1), st.integers(0, 40), CHANGES, GLUE), max_size=8
        ),
        label="parts",
    )
    mixed = b"".join(change(pool[at])[cut if cut > 25 else 0 :] + glue for at, cut, change, glue in parts)
    assert_alike(detectors, mixed)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b"secret", b"Token", b"apiKey", b"pwd", b"sk", b"=", b":", b" ", b"\n", b'"', b"'"]
            + [b"(", b"[", b"{", b",", b"|", b"gate", b"okx", b"ghp_", b"AKIA", b"xprv", b"-----BEGIN"]
            + [b"9f86d081884c7d65", b"Zx9Kq2Lw8Vr1Tz5", b"\xc3\xa9", b"\x00", b"0x", b"==", b"_", b"-"]
        ),
        max_size=60,
    )
)
def test_any_text(detectors: tuple[Detector, Detector], parts: list[bytes]) -> None:
    assert_alike(detectors, b"".join(parts))


def test_the_variable_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYSWEEP_ENGINE", "plain")
    assert wiring.Patterns().engine_name == "plain"
    monkeypatch.delenv("KEYSWEEP_ENGINE")
    assert wiring.Patterns().engine_name == "hyperscan"


def test_without_hyperscan(tmp_path: Path) -> None:
    secret = fill("{hex:64}", random.Random(1))[0]
    (tmp_path / ".env").write_text(f"GATE_API_SECRET={secret}\n")
    code = "import sys; sys.modules['hyperscan'] = None; from scanner.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "scan", str(tmp_path), "--format", "jsonl"],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 1
    assert '"rule": "gate-api-secret"' in done.stdout


def test_a_trigger_that_cannot_run_is_named(tmp_path: Path, engines: Any) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(
        "system: acme\nname: Acme\ncategory: x\nrules:\n"
        "- {id: acme-token, kind: token, severity: high, about: x, width: 40,\n"
        "   pattern: '(?P<secret>acme_[a-z]{30})', trigger: '(?<!x)acme_'}\n"
    )
    with pytest.raises(RuleError, match=r"acme\.yaml: rule acme-token: trigger: "):
        wiring.Patterns([str(path)], use_cache=False).engine()


def test_nothing_in_nothing(detectors: tuple[Detector, Detector]) -> None:
    for detector in detectors:
        for data in (b"", b"\n", b"\x00" * 100, b"a" * 5000, b"=" * 5000, b"0" * 5000):
            assert detector._engine.search(data) == []
