"""Behaviour of scanner.judges.placed: a list of hashes is not tried to its end, but a key is found in it."""

import random

import pytest

from scanner import wiring
from scanner.detector import Detector
from scanner.judges import UNTRIED, placed
from scanner.models import Blob, Draft, Origin, Skipped
from scanner.placeholders import fill, make

RNG = random.Random(5)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def row(name: str, is_pair: bool = False) -> str:
    address = "{evm_address:a}" if is_pair else "0x{hex:40}"
    key = "{evm_key=a}" if is_pair else "{hex:64}"
    return fill(f'{{"from": "{address}", "{name}": "0x{key}"}}\n', RNG)[0]


def look(detector: Detector, rows: list[str]) -> tuple[list[Draft], list[str]]:
    """Return what is found in rows, and what is said not to be read."""
    items = list(detector.drafts(Blob("".join(rows).encode(), Origin("file", "a.jsonl"))))
    told = [item.detail for item in items if isinstance(item, Skipped)]
    return [item for item in items if isinstance(item, Draft)], told


def test_a_key_below_many_hashes_is_found(
    detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hashes have a name of their own; those below a key are another list."""
    monkeypatch.setattr(placed, "_MOST_ALIKE", 20)
    hashes = [row("hash") for _ in range(30)]
    found, told = look(detector, [*hashes, row("k", is_pair=True), *hashes])
    assert ([draft.match.rule.id for draft in found], told) == (["evm-private-key-beside"], [])


def test_a_long_list_of_hashes_is_not_tried_to_its_end(
    detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key among them begins the count anew."""
    monkeypatch.setattr(placed, "_MOST_ALIKE", 20)
    hashes = [row("k") for _ in range(15)]
    found, told = look(detector, [*hashes, row("k", is_pair=True), *hashes])
    assert (len(found), told) == (1, [])
    found, told = look(detector, [*hashes, *hashes, row("k", is_pair=True)])
    assert (found, told) == ([], [])


@pytest.mark.parametrize("name", ["hash", "txHash", "blockHash", "stateRoot", "topic", "data"])
def test_what_is_called_a_hash_is_not_tried(
    detector: Detector, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A list of transactions names its hashes; each trial would take milliseconds."""
    tried: list[int] = []
    monkeypatch.setitem(
        placed.PLACED, "evm_pair", lambda data, start, end: bool(tried.append(start))
    )
    assert look(detector, [row(name) for _ in range(3)]) == ([], [])
    assert not tried
    look(detector, [row("k") for _ in range(3)])
    assert len(tried) == 3


def test_what_is_not_tried_is_said(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the values differ in what stands before them, a file has only so much time."""
    monkeypatch.setattr(placed, "_MOST", 20)
    hashes = [row(f"h{make('lower', '8', RNG)}") for _ in range(21)]
    assert look(detector, hashes[:20]) == ([], [])
    assert look(detector, hashes) == ([], [UNTRIED])
