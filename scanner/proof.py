"""Prove a rule by its own examples: each must be found, each non-example must stay silent.

Examples hold placeholders, filled anew by a seeded generator, so no value that looks live lies in a file.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any

from scanner.detector import MEDIUM, Detector, outermost
from scanner.models import Blob, Match, Origin, Rule
from scanner.placeholders import fill
from scanner.placeholders.encoding import encode


def prove(rules: Iterable[Rule], detector: Detector, seed: int | None = None) -> Iterator[str]:
    """Yield one line for every example that fails, with two draws of its values; nothing if all hold.

    Args:
        rules: with their examples.
        detector: over patterns that hold these rules.
        seed: of the values; None for new ones on every run.
    """
    chosen = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    for rule in rules:
        generator = random.Random(f"{chosen}/{rule.id}")  # noqa: S311  (examples, not keys)
        for number, example in enumerate(rule.examples, 1):
            # One random value in some hundreds is too regular to be told from words and made-up ones.
            reason = _example(rule, example, detector, generator)
            if reason and (reason := _example(rule, example, detector, generator)):
                yield f"{rule.id}: example {number} (seed {chosen}): {reason}"
        for number, example in enumerate(rule.non_examples, 1):
            path, text = _parts(example)
            filled, _ = fill(text, generator)
            for match in _accepted(filled, path, detector):
                if match.rule.id == rule.id:
                    yield f"{rule.id}: non-example {number} (seed {chosen}): is found"


def _parts(example: Any) -> tuple[str, str]:
    if isinstance(example, str):
        return "example.txt", example
    return str(example.get("path", "example.txt")), str(example["text"])


def _accepted(text: str, path: str, detector: Detector) -> list[Match]:
    found = []
    for layer in detector.walk(Blob(encode(text), Origin("file", path))):
        if isinstance(layer, Blob):
            for match in detector.matches(layer):
                if match.rejected is None and match.score >= MEDIUM:
                    _, start, end = outermost(layer, match.start, match.end)
                    found.append(match._replace(start=start, end=end))
    return found


def _example(rule: Rule, example: Any, detector: Detector, generator: random.Random) -> str | None:
    path, text = _parts(example)
    filled, values = fill(text, generator)
    marked = [value for value in values if value[3]] or values
    matches = _accepted(filled, path, detector)
    mine = [match for match in matches if match.rule.id == rule.id]
    if not mine:
        others = sorted({match.rule.id for match in matches})
        return f"is not found{f' (found: {chr(44).join(others)})' if others else ''}"
    if not marked:
        return None
    encoded = [(len(encode(filled[:a])), len(encode(filled[:b]))) for _, a, b, _ in marked]
    if not any(match.start < b and a < match.end for match in mine for a, b in encoded):
        return "is found at another place than the marked value"
    return None
