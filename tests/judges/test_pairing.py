"""Behaviour of scanner.judges.pairing: the parts of one credential raise each other."""

import pytest

from scanner.judges.pairing import BETTER, PAIR, REACH, PairingJudge
from scanner.models import Blob, Match, Origin, Rule, Shape
from scanner.rules import Catalog

KEY = Rule("a-key", "a", "api_key", "low", "", told_by="pair", pairs_with=("a-secret",))
SECRET = Rule("a-secret", "a", "api_secret", "critical", "", pairs_with=("a-key", "a-pass"))
PASS = Rule("a-pass", "a", "passphrase", "high", "")
OPEN = Rule("generic-secret", None, "api_secret", "high", "")
OWN_KEY = KEY._replace(told_by="structure")
SHAPED = SECRET._replace(shapes=(Shape("alnum", 4, 4),))
CATALOG = Catalog({}, (KEY, SHAPED, PASS))
SILENT = Rule("b-key", "b", "api_key", "low", "", pairs_with=("b-secret",))


def judge(*placed: tuple[Rule, int, bytes], rejected: tuple[int, ...] = ()) -> list[Match]:
    """Judge values at their offsets, in this order."""
    data = bytearray(b" " * (max(at + len(value) for _, at, value in placed) + 1))
    matches = []
    for number, (rule, at, value) in enumerate(placed):
        data[at : at + len(value)] = value
        why = "no" if number in rejected else None
        matches.append(Match(rule, at, at + len(value), 5, rejected=why))
    judged = PairingJudge(CATALOG).judge(Blob(bytes(data), Origin("file", "a")), matches)
    assert [(m.rule, m.start, m.rejected) for m in judged] == [
        (m.rule, m.start, m.rejected) for m in matches
    ]
    return judged


def scores(*placed: tuple[Rule, int, bytes], rejected: tuple[int, ...] = ()) -> list[int]:
    return [match.score - 5 for match in judge(*placed, rejected=rejected)]


def test_key_and_secret() -> None:
    key, secret = judge((KEY, 10, b"kkkk"), (SECRET, 40, b"ssss"))
    assert (key.score, secret.score) == (5 + PAIR, 5 + PAIR)
    assert (key.partners, secret.partners) == (((40, 44),), ((10, 14),))
    assert key.evidence[-1] == ("pair", "beside its api secret")
    assert secret.evidence[-1] == ("pair", "beside its api key")


def test_one_of_them_may_name_the_other() -> None:
    passphrase = Rule("a-pass", "a", "passphrase", "high", "", pairs_with=("a-key",))
    key, word = judge((KEY, 0, b"kkkk"), (passphrase, 10, b"pppp"))
    assert key.partners == ((10, 14),)
    assert word.partners == ((0, 4),)


def test_secret_before_key() -> None:
    assert scores((SECRET, 0, b"ssss"), (KEY, 20, b"kkkk")) == [PAIR, PAIR]


def test_three_parts_count_once_and_are_all_named() -> None:
    judged = judge(
        (KEY, 0, b"kkkk"),
        (SECRET, 10, b"ssss"),
        (PASS._replace(pairs_with=("a-secret", "a-key")), 20, b"pppp"),
    )
    assert [match.score for match in judged] == [5 + PAIR] * 3
    assert judged[1].evidence[-1].detail == "beside its api key and passphrase"
    assert judged[1].partners == ((0, 4), (20, 24))


def test_the_nearest_of_several() -> None:
    judged = judge(
        (KEY, 0, b"k1k1"), (SECRET, 50, b"s1s1"), (KEY, 100, b"k2k2"), (SECRET, 150, b"s2s2")
    )
    assert judged[0].partners == ((50, 54),)
    assert judged[3].partners == ((100, 104),)


@pytest.mark.parametrize(
    ("gap", "points"), [(0, PAIR), (REACH, PAIR), (REACH + 1, 0), (10 * REACH, 0)]
)
def test_reach(gap: int, points: int) -> None:
    assert scores((KEY, 0, b"kkkk"), (SECRET, 4 + gap, b"ssss")) == [points, points]


NO_PAIR = [
    ((KEY, 0, b"kkkkk"), (KEY, 10, b"lllll")),  # two keys, too long for a secret
    ((KEY, 0, b"same"), (SECRET, 10, b"same")),  # one value in both places
    ((KEY, 0, b"kkkk"), (SILENT, 10, b"llll")),  # of another system
    ((KEY, 0, b"longvalue"), (SECRET, 4, b"value")),  # one inside the other
    ((KEY, 0, b"kkkk"),),
]


@pytest.mark.parametrize("placed", NO_PAIR)
def test_no_pair(placed: tuple[tuple[Rule, int, bytes], ...]) -> None:
    assert scores(*placed) == [0] * len(placed)


def test_what_is_rejected_is_no_partner() -> None:
    assert scores((KEY, 0, b"kkkk"), (SECRET, 10, b"ssss"), rejected=(1,)) == [0, 0]


def test_a_secret_without_a_system_is_adopted() -> None:
    """The download of an AWS key names no system, but its key id does."""
    placed = ((OWN_KEY, 0, b"kkkk"), (OPEN, 10, b"Ab1c"), (OPEN, 20, b"too long"))
    data = b"kkkk      Ab1c      too long"
    matches = [Match(rule, at, at + len(value), 5) for rule, at, value in placed]
    judged = PairingJudge(CATALOG).judge(Blob(data, Origin("file", "a")), matches)
    assert [match.rule.id for match in judged] == ["a-key", "a-secret", "generic-secret"]
    assert judged[1].score == 5 + PAIR
    told_by_name = [matches[0]._replace(rule=KEY), *matches[1:]]
    judged = PairingJudge(CATALOG).judge(Blob(data, Origin("file", "a")), told_by_name)
    assert judged[1].rule is OPEN


def test_nothing() -> None:
    assert PairingJudge(CATALOG).judge(Blob(b"", Origin("file", "a")), []) == []


def test_nobodys_parts_belong_together_only_side_by_side() -> None:
    key = Rule("generic-key", None, "api_key", "low", "", pairs_with=("generic-secret",))
    secret = OPEN._replace(pairs_with=("generic-key",))
    assert scores((key, 10, b"kkkk"), (secret, 40, b"ssss")) == [PAIR, PAIR]
    assert scores((key, 10, b"kkkk"), (secret, 400, b"ssss")) == [0, 0]


def test_a_partner_is_kept_by_the_match_told_far_better() -> None:
    """The id of an account has the form of its key; the secret beside both is the key's."""
    rules = (KEY, SECRET)
    data = b"iiii kkkk ssss"
    matches = [
        Match(rules[0], 0, 4, 4),
        Match(rules[0], 5, 9, 4 + BETTER),
        Match(rules[1], 10, 14, 9),
    ]
    judged = PairingJudge(CATALOG).judge(Blob(data, Origin("file", "a")), matches)
    assert [m.score - n.score for m, n in zip(judged, matches, strict=True)] == [0, PAIR, PAIR]
    matches[1] = matches[1]._replace(score=3 + BETTER)
    judged = PairingJudge(CATALOG).judge(Blob(data, Origin("file", "a")), matches)
    assert judged[0].score == 4 + PAIR
