"""No pattern of ours takes ages on a text that nearly fits: examples with lines and blanks many times over."""

import random
import re
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from scanner import rules
from scanner.models import Rule
from scanner.placeholders import fill
from scanner.placeholders.encoding import encode
from scanner.rules import compile_pattern

GUARD_S = 2.0
"""Seconds after which a text is one that never ends; the slowest takes a hundredth."""
MOST = 6000
RULES = [rule for rule in rules.load(rules.pattern_files()).rules if rule.pattern]


def stuffed(text: str) -> Iterator[str]:
    """Yield forms of a text with its blanks wide, each line many times, and much between two lines."""
    yield re.sub(r"(?m)^[ \t]+", " " * 40, text)
    yield re.sub(r"[ \t]+", " " * 30, text)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        yield "\n".join([*before, *[line] * 60, *after])
        yield "\n".join([*before, *[" " * 30 + line.strip()[:60]] * 60, *after])
        for filling in ("\r\n", "\n", "\n  # a b: c"):
            yield "\n".join([*before, line + filling * 60, *after])


def too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_text_takes_ages(rule: Rule) -> None:
    pattern = compile_pattern(rule)
    generator = random.Random(7)
    before = signal.signal(signal.SIGALRM, too_long)
    try:
        for example in (*rule.examples, *rule.non_examples):
            text = example if isinstance(example, str) else example["text"]
            for form in stuffed(fill(text, generator)[0]):
                for part in (form, form[:-1], form[:-8] + "!"):
                    signal.setitimer(signal.ITIMER_REAL, GUARD_S)
                    list(pattern.finditer(encode(part)[:MOST]))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
