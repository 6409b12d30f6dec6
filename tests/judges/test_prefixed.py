"""Behaviour of scanner.judges.prefixed: which of several services a shared prefix is of."""

import pytest

from scanner.judges.prefixed import claimant
from scanner.judges.telling import BLOCK, LINE, NAME, NEAR, Told
from scanner.models import Evidence

ROWS = [
    ({"clerk": NAME}, "clerk"),
    ({"clerk": LINE, "stripe": BLOCK}, "clerk"),
    ({"clerk": BLOCK}, None),
    ({"clerk": LINE, "stripe": NAME}, None),
    ({"stripe": NEAR}, None),
]


@pytest.mark.parametrize(("points", "expected"), ROWS)
def test_a_claim_needs_the_line_or_a_name(points: dict[str, int], expected: str | None) -> None:
    """A claimant is told on the value's line or nearer, and better than the owner of the prefix."""
    told = {system: Told(worth, Evidence("name", "x")) for system, worth in points.items()}
    assert claimant(told, "stripe", ["alchemy", "clerk"]) == expected
