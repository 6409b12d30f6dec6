"""Behaviour of scanner.detector: layers, one draft a secret, places in the outermost text."""

import base64
import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner import wiring
from scanner.context.layout.lines import characters
from scanner.detector import (
    MAX_DEPTH,
    Detector,
    Spans,
    is_binary,
    line_of,
    occurrence,
    outermost,
)
from scanner.models import Blob, Draft, Match, Origin, Rule, Skipped
from scanner.placeholders import fill

RULE = Rule("test-token", None, "token", "high", "", pattern="x")


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Detector]:
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
        patch.setenv("KEYSWEEP_CACHE_DIR", str(cache))
        yield wiring.detector_maker(wiring.Patterns())()


def made(text: str, seed: int = 1) -> tuple[str, list[str]]:
    filled, values = fill(text, random.Random(seed))
    return filled, [value for value, *_ in values]


def drafts(detector: Detector, data: bytes, path: str = "a.txt") -> list[Draft]:
    found = list(detector.drafts(Blob(data, Origin("file", path))))
    assert all(isinstance(draft, Draft) for draft in found), found
    return [draft for draft in found if isinstance(draft, Draft)]


def places(draft: Draft) -> list[tuple[int | None, ...]]:
    return [tuple(place[:4]) for place in draft.occurrences]


class Fixed:
    """An engine that finds every ``TOKEN`` and a digit."""

    def search(self, data: bytes) -> list[Match]:
        found, at = [], data.find(b"TOKEN")
        while at >= 0:
            found.append(Match(RULE, at, at + 6, 12))
            at = data.find(b"TOKEN", at + 1)
        return found


class Onion:
    """A decoder that takes one ``(...)`` off."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        if blob.data.startswith(b"("):
            inner = blob.data[1:-1]
            yield Blob(
                inner, blob.origin, (*blob.layers, "onion"), blob, lambda a, b: (a + 1, b + 1)
            )


class Rejecting:
    """A judge that rejects all."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        return [match._replace(rejected="no") for match in matches]


def test_the_line_of_a_secret() -> None:
    assert line_of(b"a\nkey = 1\nb", 4) == b"key = 1"
    assert line_of(b"key = 1", 0) == b"key = 1"
    assert line_of(b"x" * 9000, 4000) == b"x" * 2000


def test_one_draft_a_secret_with_all_its_places() -> None:
    data = b"TOKEN1 TOKEN2\nTOKEN1\n  TOKEN1"
    found = drafts(Detector(Fixed(), (), ()), data)
    assert {draft.secret: places(draft) for draft in found} == {
        b"TOKEN1": [(1, 1, 1, 7), (2, 1, 2, 7), (3, 3, 3, 9)],
        b"TOKEN2": [(1, 8, 1, 14)],
    }


@pytest.mark.parametrize("depth", range(MAX_DEPTH + 1))
def test_layers_are_walked(depth: int) -> None:
    class Innermost(Fixed):
        def search(self, data: bytes) -> list[Match]:
            return [] if data.startswith(b"(") else super().search(data)

    data = b"(" * depth + b"TOKEN1" + b")" * depth
    (draft,) = drafts(Detector(Innermost(), (Onion(),), ()), data)
    assert draft.layers == ("onion",) * depth
    assert places(draft) == [(1, depth + 1, 1, depth + 7)]  # in the outermost text


def test_too_deep_is_told() -> None:
    data = b"(" * 20 + b"x" + b")" * 20
    origin = Origin("blob", None, "b" * 40, "c" * 40)
    (skipped,) = Detector(Fixed(), (Onion(),), ()).drafts(Blob(data, origin))
    assert isinstance(skipped, Skipped)
    assert skipped[:4] == (None, "c" * 40, "b" * 40, "limit")


def test_a_bomb_of_archives_is_told_once() -> None:
    """Archives in archives past the limit are counted in one notice; what was found before a crash keeps its own."""

    class Bomb:
        def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
            yield from [Skipped(blob.origin.path, None, None, "limit", "not opened")] * 4_213
            if blob.data == b"crash":
                raise MemoryError

    def told(data: bytes) -> Iterator[Draft | Skipped]:
        return Detector(Fixed(), (Onion(), Bomb()), ()).drafts(Blob(data, Origin("file", "a.gz")))

    (skipped,) = told(b"x")
    assert isinstance(skipped, Skipped)
    assert skipped.detail == "not opened (4,213 times)"
    cut = told(b"crash")
    assert next(cut) == skipped
    with pytest.raises(MemoryError):
        next(cut)


def test_more_secrets_than_a_report_can_hold_are_told() -> None:
    """The first are given; a secret that is among them has all of its places."""
    data = b"TOKEN1 TOKEN2 TOKEN3 TOKEN1"
    found = list(Detector(Fixed(), (), (), most=2).drafts(Blob(data, Origin("file", "a"))))
    first, second, told = found
    assert isinstance(first, Draft) and len(first.occurrences) == 2
    assert isinstance(second, Draft) and second.secret == b"TOKEN2"
    assert isinstance(told, Skipped) and told.reason == "limit"
    assert len(drafts(Detector(Fixed(), (), (), most=3), data)) == 3


def test_a_secret_in_thousands_of_members_takes_no_time() -> None:
    """Its places are joined once, not again for each member."""

    class Members:
        def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
            for number in range(0 if blob.layers else 10_000):
                yield Blob(b" " * number + b"TOKEN1", blob.origin, (f"zip:{number}",), blob)

    begun = time.process_time()
    (draft,) = drafts(Detector(Fixed(), (Members(),), ()), b"PK")
    assert [place.column for place in draft.occurrences] == [*range(1, 10_001)]
    assert time.process_time() - begun < 4


def test_spans_that_outer_layers_have() -> None:
    spans = Spans()
    rng = random.Random(1)
    plain: list[tuple[int, int]] = []
    for _ in range(500):
        start = rng.randrange(2000)
        end = start + rng.randrange(1, 9)
        assert spans.meets(start, end) == any(start < b and a < end for a, b in plain)
        spans.add(start, end)
        plain.append((start, end))


def test_what_was_found_before_a_crash_is_not_lost() -> None:
    class Broken:
        def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
            raise ValueError(blob.data)

    found = Detector(Fixed(), (Broken(),), ()).drafts(Blob(b"TOKEN1", Origin("file", "a")))
    assert isinstance(next(found), Draft)
    with pytest.raises(ValueError, match="TOKEN1"):
        next(found)


def test_one_secret_in_two_layers_is_one_draft(detector: Detector) -> None:
    text, (secret,) = made("GATE_API_SECRET={hex:64}\n")
    data = f"{text}BLOB={base64.b64encode(text.encode()).decode()}\n".encode()
    (draft,) = (d for d in drafts(detector, data) if d.secret == secret.encode())
    assert [place.line for place in draft.occurrences] == [1, 2]
    assert draft.layers == ()


def test_a_secret_seen_outside_is_not_told_again_inside() -> None:
    found = drafts(Detector(Fixed(), (Onion(),), ()), b"(TOKEN1)")
    assert [draft.layers for draft in found] == [()]


def test_rejected_and_weak_matches_are_no_drafts() -> None:
    assert drafts(Detector(Fixed(), (), (Rejecting(),)), b"TOKEN1") == []


def test_matches_tell_why() -> None:
    blob = Blob(b"TOKEN1", Origin("file", "a"))
    (match,) = Detector(Fixed(), (), (Rejecting(),)).matches(blob)
    assert match.rejected == "no"


def test_binary_content_holds_only_what_its_form_tells(detector: Detector) -> None:
    text, (named, proved) = made("GATE_API_SECRET={hex:64}\n{github:ghp}\n")
    assert {draft.secret for draft in drafts(detector, text.encode())} == {
        named.encode(),
        proved.encode(),
    }
    binary = drafts(detector, b"\x7fELF\x00\x00" + text.encode())
    assert {draft.secret for draft in binary} == {proved.encode()}


LAYERED = [
    ("base64", lambda text: base64.b64encode(text), ("base64",)),
    ("utf-16", lambda text: text.decode().encode("utf-16"), ("utf-16",)),
    ("utf-32", lambda text: text.decode().encode("utf-32"), ("utf-32",)),
]


@pytest.mark.parametrize(("name", "encode", "layers"), LAYERED, ids=[row[0] for row in LAYERED])
def test_real_layers(
    detector: Detector, name: str, encode: object, layers: tuple[str, ...]
) -> None:
    text, (secret,) = made("# main account\nBINANCE_API_SECRET={alnum:64}\n")
    data = encode(text.encode())  # type: ignore[operator]
    (draft,) = drafts(detector, data)
    assert draft.secret == secret.encode()
    assert len(draft.layers) == 1
    assert draft.layers[0].startswith(layers[0])
    assert draft.occurrences[0].line is not None


def test_a_notebook(detector: Detector) -> None:
    text, (secret,) = made("BYBIT_API_SECRET = '{alnum:36}'\n")
    cell = {"cell_type": "code", "source": ["import os\n", text], "outputs": [], "metadata": {}}
    notebook = json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )
    (draft,) = drafts(detector, notebook.encode(), "a.ipynb")
    lines = notebook.split("\n")
    place = draft.occurrences[0]
    assert place.line and place.column and place.end_column
    assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == secret


def test_an_archive_member(detector: Detector) -> None:
    text, (secret,) = made("# one\nGATE_API_SECRET={hex:64}\n")
    (draft,) = drafts(detector, gzip.compress(text.encode()), "a.gz")
    assert draft.secret == secret.encode()
    assert places(draft) == [(2, 17, 2, 81)]  # lines of the member


def test_partners_are_secrets_too(detector: Detector) -> None:
    text, (key, secret) = made("GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}\n")
    found = {draft.secret: draft.partners for draft in drafts(detector, text.encode())}
    assert found == {key.encode(): (secret.encode(),), secret.encode(): (key.encode(),)}


def test_marks_of_its_line(detector: Detector) -> None:
    text, _ = made("GATE_API_SECRET={hex:64}  # keysweep:" + "allow\n")
    (draft,) = drafts(detector, text.encode())
    assert draft.marks == ("*",)


def test_a_mark_on_one_of_two_lines_does_not_accept_both(detector: Detector) -> None:
    text, _ = made("GATE_API_SECRET={hex:64=a}  # keysweep:" + "allow\nGATE_SECRET={hex:64=a}\n")
    (draft,) = drafts(detector, text.encode())
    assert draft.marks == ()
    assert len(draft.occurrences) == 2


PLACES = [
    # text, value, line, column, end line, end column
    (b"abc", b"abc", 1, 1, 1, 4),
    (b"\nabc", b"abc", 2, 1, 2, 4),
    (b"x\r\nyabc\r\n", b"abc", 2, 2, 2, 5),
    ("é=abc".encode(), b"abc", 1, 3, 1, 6),
    ("密钥：abc".encode(), b"abc", 1, 4, 1, 7),
    (b"\xff\xfe=abc", b"abc", 1, 4, 1, 7),  # one character a byte where it is no UTF-8
    (b"x\nab\ncd\ny", b"ab\ncd", 2, 1, 3, 3),
    (b"\n" * 9 + b"abc", b"abc", 10, 1, 10, 4),
]


@pytest.mark.parametrize(("data", "value", "line", "column", "end_line", "end_column"), PLACES)
def test_places(
    data: bytes, value: bytes, line: int, column: int, end_line: int, end_column: int
) -> None:
    at = data.index(value)
    found = occurrence(Blob(data, Origin("blob", "a", "b", "c")), at, at + len(value))
    assert found == (line, column, end_line, end_column, "b", "c", None)


@given(
    st.lists(st.sampled_from([b"a", b"\n", "é".encode(), b"\r\n", b"\xff", b"\x00"]), min_size=1)
)
def test_a_place_points_at_its_value(parts: list[bytes]) -> None:
    data = b"".join(parts) + b"VALUE" + b"".join(parts)
    at = data.index(b"VALUE")
    place = occurrence(Blob(data, Origin("file", "a")), at, at + 5)
    assert place.line is not None
    line = data.split(b"\n")[place.line - 1]
    before = line[: line.index(b"VALUE")]
    assert place.column == characters(before) + 1
    assert place.end_line == place.line


def test_outermost_stops_where_places_end() -> None:
    inner = Blob(b"abc", Origin("file", "a"), ("zip:x",), Blob(b"PK", Origin("file", "a")), None)
    assert outermost(inner, 0, 3) == (inner, 0, 3)
    lost = Blob(
        b"abc", Origin("file", "a"), ("x",), Blob(b"..", Origin("file", "a")), lambda a, b: None
    )
    assert outermost(lost, 1, 2) == (lost, 1, 2)


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"", False), (b"a\x00b", True), (b"x" * 7999 + b"\0", True), (b"x" * 8000 + b"\0", False)],
)
def test_what_is_binary(data: bytes, expected: bool) -> None:
    assert is_binary(data) is expected
