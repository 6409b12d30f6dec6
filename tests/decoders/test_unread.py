"""Behaviour of scanner.decoders.unread: notices of one blob are told once for each kind, never silently."""

from scanner.decoders.unread import Unread
from scanner.models import ENCRYPTED, Skipped


def notice(detail: str, reason: str = "limit") -> Skipped:
    return Skipped("a.zip", None, None, reason, detail)


def test_the_same_notice_is_told_once_with_a_count() -> None:
    unread = Unread()
    for _ in range(4_213):
        assert list(unread.take(notice("not opened"))) == []
    assert list(unread.take(notice("cut"))) == []
    assert list(unread.told()) == [notice("not opened (4,213 times)"), notice("cut")]


def test_many_of_one_reason_are_counted() -> None:
    """The first of each reason are told word for word, then how many more they are; other reasons stay."""
    unread = Unread()
    for number in range(1_000):
        list(unread.take(notice(f"{number}: damaged", "corrupt")))
    list(unread.take(notice("cut")))
    told = [one.detail for one in unread.told()]
    assert told[:3] == ["0: damaged", "1: damaged", "2: damaged"]
    assert told[-2:] == ["cut", "20: damaged (and 979 more like it)"]
    assert len(told) == 22
    unread = Unread()
    for number in range(21):
        list(unread.take(notice(f"{number}: damaged")))
    assert [one.detail for one in unread.told()][-1] == "20: damaged"


def test_what_is_only_counted_passes_at_once() -> None:
    one = notice("zip: 3 encrypted members", ENCRYPTED)
    unread = Unread()
    assert [*unread.take(one), *unread.take(one)] == [one, one]
    assert list(unread.told()) == []
