"""Every pattern file proves itself: its examples are found, its non-examples are not, and in linear time."""

import os
import random
import time
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from scanner import wiring
from scanner.checksums import CHECKS, PLACED
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin, Rule
from scanner.placeholders import fill
from scanner.placeholders.encoding import encode
from scanner.proof import prove
from scanner.rules import Catalog, compile_pattern, load, pattern_files, pattern_folder

SEEDS = (1, 2)
SMALL, LARGE = 25_000, 100_000
# Four times the bytes take four times the time, or sixteen where time is quadratic.
WORST_RATIO = 9.0
LEAST_S = 0.01


@cache
def catalog() -> Catalog:
    return load(pattern_files())


RULES = catalog().rules
PATTERNS = [rule for rule in RULES if rule.pattern is not None]


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wiring.Patterns]:
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
        patch.setenv("KEYSWEEP_CACHE_DIR", str(cache))
        yield wiring.Patterns()


@pytest.fixture(scope="module")
def detector(patterns: wiring.Patterns) -> Detector:
    return wiring.detector_maker(patterns)()


def ids(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_examples(rule: Rule, detector: Detector) -> None:
    assert [line for seed in SEEDS for line in prove([rule], detector, seed)] == []


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_every_rule_has_what_it_needs(rule: Rule) -> None:
    assert len(rule.examples) >= 2, "an example in code and one in a file of settings"
    assert len(rule.non_examples) >= 2, "two near misses"
    assert rule.check is None or rule.check in CHECKS or rule.check in PLACED
    assert rule.about.endswith("."), "about is a sentence"
    for partner in rule.pairs_with:
        other = catalog().rule(partner)
        assert other is not None
        assert other.system == rule.system, "partners are of one system"
    if rule.pattern is not None:
        pattern = compile_pattern(rule)
        assert pattern.groups == 1, "exactly one group"
        assert pattern.search(b"") is None, "matches nothing"


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_no_value_that_looks_live(rule: Rule, detector: Detector) -> None:
    """Placeholders make the values: without those no example holds one that a form or checksum proves."""
    for example in (*rule.examples, *rule.non_examples):
        text, values = fill(
            example if isinstance(example, str) else example["text"], random.Random(1)
        )
        for _, start, end, _ in reversed(values):
            text = text[:start] + text[end:]
        for match in detector.matches(Blob(encode(text), Origin("file", "a"))):
            proved = match.rule.told_by == "structure" and match.score >= MEDIUM
            assert match.rejected is not None or not proved, match


@pytest.mark.parametrize("name", sorted(os.listdir(pattern_folder())))
def test_one_provider_a_file(name: str) -> None:
    with open(os.path.join(pattern_folder(), name), encoding="utf-8") as file:
        document = yaml.safe_load(file)
    assert name.endswith(".yaml")
    if document["system"] is not None:
        assert name == f"{document['system']}.yaml"
        assert document["references"], "no facts without a source"
        assert document["remediation"]["revoke"], "no rule without advice"


@pytest.mark.parametrize("rule", PATTERNS, ids=ids)
def test_a_match_fits_its_width(rule: Rule) -> None:
    """Windows are cut ``width`` bytes before and after a hit, so no match may be longer."""
    pattern = compile_pattern(rule)
    rng = random.Random(1)
    longest = 0
    for example in rule.examples:
        text = example if isinstance(example, str) else example["text"]
        data = encode(fill(text, rng)[0])
        for found in pattern.finditer(data):
            longest = max(longest, len(found.group()))
    assert longest <= rule.width


def lures(rule: Rule) -> list[bytes]:
    """Return texts that a rule must look at, and that end just before they would match."""
    parts = [word.encode() for word in rule.keywords]
    rng = random.Random(1)
    pattern = compile_pattern(rule)
    for example in rule.examples[:1]:
        text = example if isinstance(example, str) else example["text"]
        data = encode(fill(text, rng)[0])
        found = pattern.search(data)
        if found:
            whole = found.group()
            parts += (whole[:-1], whole[: len(whole) // 2], whole + b" ")
    return parts or [(rule.prefix or "x").encode()]


def hostile(lure: list[bytes], size: int) -> bytes:
    """Return the lures one after the other, each again and again, of this size together."""
    share = size // len(lure)
    return b"\n".join(part * (share // len(part)) for part in lure)


def seconds(detector: Detector, data: bytes) -> float:
    """Return the processor time of one search of the whole engine."""
    start = time.process_time()
    detector._engine.search(data)
    return time.process_time() - start


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("rule", PATTERNS, ids=ids)
def test_linear_in_time(rule: Rule, detector: Detector) -> None:
    small, large = (hostile(lures(rule), size) for size in (SMALL, LARGE))
    times: list[tuple[float, float]] = []
    for _ in range(5):  # again only if the machine was busy, or the time is not linear
        times.append((seconds(detector, small), seconds(detector, large)))
        least, most = (min(column) for column in zip(*times, strict=True))
        if most < WORST_RATIO * max(least, LEAST_S):
            return
    pytest.fail(f"{SMALL} bytes take {least:.3f} s, {LARGE} bytes {most:.3f} s")
