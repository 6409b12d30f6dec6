"""Behaviour of scanner.proof: an example that fails is told, one that holds is not."""

import random
from collections.abc import Iterator

import pytest

from scanner import wiring
from scanner.detector import Detector
from scanner.models import Blob, Rule, Skipped
from scanner.proof import prove


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wiring.Patterns]:
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
        patch.setenv("KEYSWEEP_CACHE_DIR", str(cache))
        yield wiring.Patterns()


@pytest.fixture(scope="module")
def detector(patterns: wiring.Patterns) -> Detector:
    return wiring.detector_maker(patterns)()


@pytest.fixture
def rule(patterns: wiring.Patterns) -> Rule:
    found = patterns.catalog.rule("gate-api-secret")
    assert found is not None
    return found


HOLD = [
    "GATE_API_SECRET={hex:64}",
    "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64!}",
    {"path": ".env", "text": "GATE_API_SECRET={hex:64}"},
    {"text": "GATE_API_SECRET={hex:64}"},
]


@pytest.mark.parametrize("example", HOLD)
def test_an_example_that_holds(rule: Rule, detector: Detector, example: object) -> None:
    assert list(prove([rule._replace(examples=(example,))], detector, 1)) == []


FAIL = [
    ("nothing to see", "is not found"),
    ("GATE_API_KEY={hex:32}", "is not found (found: gate-api-key)"),
    (
        "GATE_API_KEY={hex:32!}\nGATE_API_SECRET={hex:64}",
        "is found at another place than the marked value",
    ),
    (
        "é密钥={digits:4!}\nGATE_API_SECRET={hex:64}",
        "is found at another place than the marked value",
    ),
]


@pytest.mark.parametrize(("example", "reason"), FAIL)
def test_an_example_that_fails(rule: Rule, detector: Detector, example: str, reason: str) -> None:
    lines = list(
        prove([rule._replace(examples=("GATE_API_SECRET={hex:64}", example))], detector, 1)
    )
    assert lines == [f"gate-api-secret: example 2 (seed 1): {reason}"]


def test_one_value_that_is_too_regular_is_no_failure(rule: Rule, detector: Detector) -> None:
    """An example fails if its next values fail, too: chance makes a made-up one now and then."""
    drawn: list[str] = []

    class Unlucky(Detector):
        """Does not see the first values."""

        def walk(self, blob: Blob, depth: int = 0) -> Iterator[Blob | Skipped]:
            drawn.append(blob.data.decode())
            if len(drawn) > 1:
                yield from super().walk(blob, depth)

    unlucky = Unlucky.__new__(Unlucky)
    unlucky.__dict__.update(detector.__dict__)
    one = rule._replace(examples=("GATE_API_SECRET={hex:64}",), non_examples=())
    assert list(prove([one], unlucky, 1)) == []
    assert len(set(drawn)) == 2


def test_a_place_after_wide_characters(rule: Rule, detector: Detector) -> None:
    example = "# 我的密钥 é\nGATE_API_SECRET={hex:64!}"
    assert list(prove([rule._replace(examples=(example,))], detector, 1)) == []


def test_an_example_inside_a_layer(rule: Rule, detector: Detector) -> None:
    example = '["GATE_API_SECRET = \\"{hex:64!}\\"\\n"]'
    assert list(prove([rule._replace(examples=(example,))], detector, 1)) == []


def test_non_examples(rule: Rule, detector: Detector) -> None:
    silent = ("GATE_API_SECRET=your-secret", "GATE_API_KEY={hex:32}", "sha256:{hex:64}")
    assert list(prove([rule._replace(examples=(), non_examples=silent)], detector, 1)) == []
    loud = (*silent, "GATE_API_SECRET={hex:64}")
    assert list(prove([rule._replace(examples=(), non_examples=loud)], detector, 1)) == [
        "gate-api-secret: non-example 4 (seed 1): is found"
    ]


def test_the_seed_is_told_and_makes_the_values(rule: Rule, detector: Detector) -> None:
    wrong = [rule._replace(examples=("nothing",))]
    (line,) = prove(wrong, detector)
    seed = int(line.split("seed ")[1].split(")")[0])
    assert list(prove(wrong, detector, seed)) == [line]


def test_a_rule_is_proved_alike_alone_and_among_others(
    patterns: wiring.Patterns, detector: Detector
) -> None:
    rules = [
        rule._replace(examples=("{user:8} {hex:64}",))
        for rule in patterns.catalog.rules
        if rule.shapes
    ]
    random.Random(1).shuffle(rules)
    together = list(prove(rules[:9], detector, 5))
    assert together == [line for rule in rules[:9] for line in prove([rule], detector, 5)]


def test_nothing_to_prove(detector: Detector) -> None:
    assert list(prove([], detector)) == []
