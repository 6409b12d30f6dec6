"""Behaviour of scanner.judges.recalled: a verdict is known again only where all that it hangs on is the same.

Each case has the same value in the same lines under two headings far above it, or before two uses far below.
"""

import random

import pytest

from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin, Skipped
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker

FAR = 400
"""Lines between what tells and the value: more than any judge looks at around a value."""
CASES = {
    "rows of COPY": (
        "COPY t (id, api_secret) FROM stdin;\n",
        "COPY t (id, checksum) FROM stdin;\n",
        "{n}\t{other}\n",
        "7\t{value}\n",
        "\\.\n",
    ),
    "rows of INSERT": (
        "INSERT INTO t (id, api_secret) VALUES\n",
        "INSERT INTO t (id, checksum) VALUES\n",
        "({n}, '{other}'),\n",
        "(7, '{value}');\n",
        "",
    ),
    "cells of a table": (
        "<table><tr><th>id</th><th>API secret</th></tr>\n",
        "<table><tr><th>id</th><th>Checksum</th></tr>\n",
        "<tr><td>kraken {n}</td><td>{other}</td></tr>\n",
        "<tr><td>gate.io</td><td>{value}</td></tr>\n",
        "</table>\n",
    ),
    "lines of a list": (
        "private_keys = [\n",
        "block_hashes = [\n",
        '    "{other}",\n',
        '    "{value}",\n',
        "]\n",
    ),
    "checksums of packages": (
        "DEPENDENCIES:\n",
        "SPEC CHECKSUMS:\n",
        "  Part{n}: {other:.40}\n",
        "  AuthToken: {value:.40}\n",
        "\n",
    ),
}


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return Patterns()


def found(detector: Detector, text: str) -> list[tuple[str, int, int]]:
    drafts = list(detector.drafts(Blob(text.encode(), Origin("file", "a.txt"))))
    assert not any(isinstance(draft, Skipped) for draft in drafts)
    return [
        (draft.match.rule.id, draft.match.start, draft.match.score)
        for draft in drafts
        if not isinstance(draft, Skipped) and draft.match.score >= MEDIUM
    ]


@pytest.mark.parametrize("case", CASES)
def test_another_heading_far_above_is_another_verdict(patterns: Patterns, case: str) -> None:
    first, second, row, last, end = CASES[case]
    made = random.Random(5)
    values = [fill("{hex:64}", made)[0] for _ in range(FAR)]
    rows = "".join(row.format(n=n, other=other) for n, other in enumerate(values))
    body = rows + last.format(value=fill("{hex:64}", made)[0]) + end
    width = max(len(first), len(second))
    texts = ["a\n" + heading.rstrip("\n").ljust(width) + "\n" + body for heading in (first, second)]
    fresh = [found(detector_maker(patterns)(), text) for text in texts]
    last_line = texts[0].rindex("\n", 0, -len(end) - 1)
    remembering = detector_maker(patterns, repeats=True)()
    assert [found(remembering, text) for text in texts] == fresh
    assert [any(start > last_line for _, start, _ in each) for each in fresh] == [True, False]


@pytest.mark.parametrize("form", ['"0x{value}"', "0x{value}"])
def test_another_use_far_below_is_another_verdict(patterns: Patterns, form: str) -> None:
    value = fill("{hex:64}", random.Random(5))[0]
    filler = "x = compute(1, 2)\n" * 200
    head = f"import ccxt\nimport binance\n{filler}first = {form.format(value=value)}\n{filler[:1500]}\n"
    use = "client = Binance(private_key=first)\nf(api_key=first, api_secret=first)\nccxt.binance(first, b)\n"
    texts = [head + "zz = 1\n" * 4 + filler, head + use + filler]
    fresh = [found(detector_maker(patterns)(), text) for text in texts]
    assert fresh[0] != fresh[1]
    for order in (texts, texts[::-1]):
        remembering = detector_maker(patterns, repeats=True)()
        assert [found(remembering, text) for text in order] == [
            fresh[texts.index(text)] for text in order
        ]
