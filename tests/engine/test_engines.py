"""Hyperscan and the plain engine find the same, in every example and in any mixture of them."""

import importlib
import random
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner import rules, wiring
from scanner.detector import Detector
from scanner.engine.cutting import key_runs
from scanner.engine.plain import PlainPrefilter
from scanner.errors import RuleError
from scanner.models import Blob, Origin
from scanner.placeholders import fill
from scanner.placeholders.encoding import encode

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def detectors(engines: dict[str, wiring.Patterns]) -> tuple[Detector, Detector]:
    """Return the detectors with Hyperscan and with the plain engine."""
    fast, plain = (wiring.detector_maker(patterns)() for patterns in engines.values())
    return fast, plain


@cache
def texts() -> list[bytes]:
    """Return every example and non-example of our patterns, filled."""
    generator = random.Random(1)
    found = []
    for rule in rules.load(rules.pattern_files()).rules:
        for text_or_file in (*rule.examples, *rule.non_examples):
            text = text_or_file if isinstance(text_or_file, str) else text_or_file["text"]
            found.append(encode(fill(text, generator)[0]))
    return found


def matches(detector: Detector, data: bytes) -> set[tuple[object, ...]]:
    """Return all matches of a text with all that is told of them, the rejected ones too."""
    found = detector.matches(Blob(data, Origin("file", "a")))
    return {(match.rule.id, *match[1:]) for match in found}


def assert_alike(detectors: tuple[Detector, Detector], data: bytes) -> int:
    """Compare what both find; return how much that is."""
    fast, plain = (matches(detector, data) for detector in detectors)
    assert fast == plain
    return len(fast)


@pytest.mark.no_cover  # much of the same
def test_every_example(detectors: tuple[Detector, Detector]) -> None:
    found = [assert_alike(detectors, data) for data in texts()]
    assert sum(map(bool, found)) > len(texts()) / 2  # both finding nothing would be alike, too


def test_all_examples_in_one_blob(detectors: tuple[Detector, Detector]) -> None:
    assert assert_alike(detectors, b"\n".join(texts()[::7])) > 100


GLUE = st.sampled_from(
    [b"\n", b" ", b"", b"\t", b"\r\n", b"=", b'": "', b"', '", b"\x00", b"\xff\xfe", b"0x", b"."]
    + ["é：密钥は".encode(), b"API_KEY=", b"secret: ", b"binance ", b"\n\n\n", b"x" * 700]
)
CHANGES = st.sampled_from([bytes, bytes, bytes, bytes.upper, bytes.lower, bytes.swapcase])


@pytest.mark.no_cover  # much of the same
@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10_000), st.sampled_from([0, 0, 0, 7, 20, 40]), CHANGES, GLUE),
        max_size=8,
    )
)
def test_any_mixture(
    detectors: tuple[Detector, Detector],
    parts: list[tuple[int, int, Callable[[bytes], bytes], bytes]],
) -> None:
    pool = texts()
    mixed = b"".join(change(pool[at % len(pool)])[cut:] + glue for at, cut, change, glue in parts)
    assert_alike(detectors, mixed)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b"secret", b"Token", b"apiKey", b"pwd", b"sk", b"=", b":", b" ", b"\n", b'"', b"'"]
            + [
                b"(",
                b"[",
                b"{",
                b",",
                b"|",
                b"gate",
                b"okx",
                b"ghp_",
                b"AKIA",
                b"xprv",
                b"-----BEGIN",
            ]
            + [
                b"9f86d081884c7d65",
                b"Zx9Kq2Lw8Vr1Tz5",
                b"\xc3\xa9",
                b"\x00",
                b"0x",
                b"==",
                b"_",
                b"-",
            ]
        ),
        max_size=60,
    )
)
def test_any_text(detectors: tuple[Detector, Detector], parts: list[bytes]) -> None:
    assert_alike(detectors, b"".join(parts))


@example(["some_path/with/words/" + "Z7" * 9, "a" * 40], "=")
@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("aZ7_/+-", min_size=12, max_size=40), max_size=6), st.text(" =\n", min_size=1)
)
def test_the_second_pass_names_each_run_with_a_digit_or_a_capital(
    runs: list[str], between: str
) -> None:
    pytest.importorskip("hyperscan", reason="needs hyperscan from PyPI")
    vector = importlib.import_module("scanner.engine.vector")
    data = between.join(runs).encode()
    prefilters = vector.VectorPrefilter([], vector.compile_runs(), 0), PlainPrefilter([], bool)
    fast, plain = (list(key_runs(data, one.runs(data))) for one in prefilters)
    assert fast == plain
    assert [data[start:end].decode() for start, end in fast] == [
        run for run in runs if len(run) >= 16 and re.search("[A-Z0-9+]", run)
    ]


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


def test_a_trigger_that_cannot_run_is_named(tmp_path: Path) -> None:
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
            assert matches(detector, data) == set()


@pytest.mark.parametrize(
    "line",
    [
        'integrity "sha512-{base64:86}=="',
        "  integrity sha1-{alnum:27}=",
        'resolved "https://registry.example/x/-/x-1.0.0.tgz#{hex:40}"',
        "    --hash=sha256:{hex:64} \\",
        "pip/__init__.py,sha256={base64url:43},357",
        "example.com/x v1.0.0/go.mod h1:{base64:43}=",
    ],
)
def test_the_digest_of_a_package_is_no_match_at_all(
    line: str, detectors: tuple[Detector, Detector]
) -> None:
    """A file of thousands of them would be judged one by one; the same value elsewhere is looked at."""
    text, secrets = fill("# binance\n" + line + "\n", random.Random(5))
    assert assert_alike(detectors, text.encode()) == 0
    assert assert_alike(detectors, f"# binance\n{secrets[0][0]}\n".encode())
