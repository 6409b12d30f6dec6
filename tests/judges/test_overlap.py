"""Behaviour of scanner.judges.overlap: of matches over the same bytes one stays, the most telling."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.judges.overlap import OverlapJudge
from scanner.models import Blob, Match, Origin, Rule

BLOB = Blob(b"x" * 1000, Origin("file", "a"))
GENERIC = Rule("generic-secret", None, "api_secret", "high", "", told_by="context")
NAMED = Rule("acme-secret", "acme", "api_secret", "high", "", told_by="pair")
SHAPED = Rule("acme-shape", "acme", "api_secret", "high", "", told_by="shape")
PROVED = Rule("wallet-key", "wallet", "private_key", "high", "", told_by="structure")
PEM = Rule("private-key-pem", None, "private_key", "high", "", told_by="structure")
LONG = Rule("acme-admin", "acme", "token", "high", "", told_by="structure", keywords=("ac-admin-",))
SHORT = Rule("acme-token", "acme", "token", "high", "", told_by="structure", keywords=("ac-",))


def left(*matches: Match) -> list[str]:
    """Return the rules of the matches that stay, whatever the order they come in."""
    results = set()
    for seed in range(6):
        mixed = list(matches)
        random.Random(seed).shuffle(mixed)
        judged = OverlapJudge().judge(BLOB, mixed)
        assert [m._replace(rejected=None) for m in judged] == [
            m._replace(rejected=None) for m in mixed
        ]
        results.add(tuple(sorted(m.rule.id for m in judged if m.rejected is None)))
    (result,) = results
    return list(result)


RIVALS = [
    # who stays, who goes
    (Match(PROVED, 10, 40, 5), Match(GENERIC, 0, 50, 14)),  # proof before points
    (Match(NAMED, 10, 40, 9), Match(GENERIC, 10, 40, 8)),  # points
    (Match(NAMED, 10, 40, 8), Match(GENERIC, 10, 40, 8)),  # a system that is told
    (Match(NAMED, 10, 40, 8), Match(SHAPED, 10, 40, 8)),  # how it is told
    (Match(NAMED, 10, 40, 8), Match(NAMED._replace(id="b"), 15, 40, 8)),  # the longer value
    (Match(LONG, 10, 40, 10), Match(SHORT, 10, 40, 10)),  # the longer literal
    (
        Match(SHORT._replace(id="acme-b"), 10, 40),
        Match(SHORT._replace(id="acme-a"), 10, 40),
    ),  # the id
    (Match(GENERIC, 10, 40, 12), Match(PEM, 10, 40, 10)),  # a form without a system is no proof
]


@pytest.mark.parametrize(("better", "worse"), RIVALS)
def test_who_stays(better: Match, worse: Match) -> None:
    assert left(better, worse) == [better.rule.id]


def test_the_reason_names_the_other() -> None:
    judged = OverlapJudge().judge(BLOB, [Match(GENERIC, 10, 40, 5), Match(NAMED, 10, 40, 9)])
    assert [match.rejected for match in judged] == ["covered by acme-secret", None]


def test_neighbours_are_no_rivals() -> None:
    assert left(Match(NAMED, 10, 40, 9), Match(GENERIC, 40, 50, 5)) == [
        "acme-secret",
        "generic-secret",
    ]


def test_what_is_rejected_covers_nothing() -> None:
    judged = OverlapJudge().judge(
        BLOB, [Match(NAMED, 10, 40, 9, rejected="no"), Match(GENERIC, 10, 40, 5)]
    )
    assert [match.rejected for match in judged] == ["no", None]


def test_what_a_covered_one_covers_is_free() -> None:
    chain = (Match(NAMED, 0, 20, 9), Match(SHAPED, 15, 35, 8), Match(GENERIC, 30, 50, 7))
    assert left(*chain) == ["acme-secret", "generic-secret"]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(0, 15))


@given(st.lists(SPANS, max_size=25))
def test_survivors_are_disjoint_and_cover_the_rest(spans: list[tuple[int, int, int]]) -> None:
    matches = [Match(NAMED, start, start + size, score) for start, size, score in spans]
    judged = OverlapJudge().judge(BLOB, matches)
    alive = sorted((m.start, m.end) for m in judged if m.rejected is None)
    assert all(one[1] <= other[0] for one, other in zip(alive, alive[1:], strict=False))
    for match in judged:
        if match.rejected is not None:
            assert any(start < match.end and match.start < end for start, end in alive)
