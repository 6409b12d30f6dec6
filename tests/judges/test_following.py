"""Behaviour of scanner.judges.following: the secret that stands behind an id that proves its system."""

import random
from collections.abc import Callable

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.judges.following import FollowingJudge
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill
from scanner.rules import Catalog

ID, SECRET = "{aws:akia}", "{aws:secret!}"


RULES = ("aws-access-key-id", "aws-secret-access-key")
Find = Callable[[str], list[tuple[str, bool]]]


@pytest.fixture(scope="module")
def found() -> Find:
    """Return what finds the rules in a text with placeholders, and whether each is at the marked one."""
    detector: Detector = wiring.detector_maker(wiring.Patterns())()

    def find(template: str) -> list[tuple[str, bool]]:
        text, values = fill(template, random.Random(7))
        marked = {(start, end) for _, start, end, is_marked in values if is_marked}
        return [
            (match.rule.id, (match.start, match.end) in marked)
            for match in detector.matches(Blob(text.encode(), Origin("file", "a.txt")))
            if match.rejected is None and match.score >= MEDIUM
        ]

    return find


@pytest.mark.parametrize(
    "text",
    [
        f'session = boto3.Session("{ID}", "{SECRET}")',
        f'rows = [["prod", "{ID}", "{SECRET}"]]',
        f"{ID}:{SECRET}",
        f"the bucket: {ID} / {SECRET}",
        f"mc alias set x https://minio.internal {ID} {SECRET}",
        f"{ID}\n{SECRET}\n",
        f"12/03/24, 09:14 - Lena: {ID}\n12/03/24, 09:15 - Lena: {SECRET}\n",
        f"| prod | {ID} | {SECRET} |",
    ],
)
def test_the_next_value_of_its_form_is_the_secret(found: Find, text: str) -> None:
    assert ("aws-secret-access-key", True) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        f"use('{ID}');\nload('{SECRET}')",
        f"The id was {ID} until May.\n\nThen {SECRET} came.",
        f"id={ID}&signature={SECRET}",
        f"{ID} at {{hex:40!}}",
        f"{ID} see src/Main/Java/{SECRET}",
        f"was {ID}\nuntil\nlast May,\nthen {SECRET} came",
    ],
)
def test_what_belongs_to_another_matter_is_not(found: Find, text: str) -> None:
    assert "aws-secret-access-key" not in [rule for rule, _ in found(text)]


def test_a_form_that_digests_share_must_be_joined_to_the_id(found: Find) -> None:
    joined = "SCW{alnum_upper:17} {uuid!}"
    assert ("scaleway-secret-key", True) in found(joined)
    assert not found("SCW{alnum_upper:17} ran as request {uuid!}")[1:]


def test_a_secret_that_is_found_already_stays_as_it_is(catalog: Catalog) -> None:
    text, values = fill(f'["{ID}", "{SECRET}"]', random.Random(1))
    key, secret = (rule for rule in catalog.rules if rule.id in RULES)
    spans = [(start, end) for _, start, end, _ in values]
    matches = [Match(key, *spans[0], 10), Match(secret, *spans[1], 9)]
    blob = Blob(text.encode(), Origin("file", "a.txt"))
    assert FollowingJudge(catalog).judge(blob, matches) == matches
    added = FollowingJudge(catalog).judge(blob, matches[:1])[1:]
    assert [(match.rule.id, match.start) for match in added] == [(RULES[1], spans[1][0])]
