"""A detector that remembers finds in every version of a text what one finds that has never seen any."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scanner import rules, wiring
from scanner.detector import Detector
from scanner.engine import LEAST_BYTES, memory
from scanner.models import Blob, Draft, Origin, Skipped
from scanner.placeholders import fill
from scanner.placeholders.encoding import encode

SOURCES = sorted((Path(__file__).resolve().parents[2] / "scanner").rglob("*.py"))


@cache
def secrets() -> list[str]:
    """Return the examples of all patterns, filled."""
    generator = random.Random(3)
    examples = [
        example if isinstance(example, str) else example["text"]
        for rule in rules.load(rules.pattern_files()).rules
        for example in (*rule.examples, *rule.non_examples)
    ]
    return [fill(text, generator)[0] for text in examples]


def texts(generator: random.Random, count: int) -> Iterator[bytes]:
    """Yield versions of files: each one is another, edited in a few places."""
    versions = [
        "".join(path.read_text(encoding="utf-8") for path in generator.sample(SOURCES, 2))
        for _ in range(4)
    ]
    for _ in range(count):
        text = generator.choice(versions)
        for _ in range(generator.randrange(1, 5)):
            text = edited(generator, text)
        versions.append(text)
        yield encode(text)


def edited(generator: random.Random, text: str) -> str:
    """Return a text with lines put in, taken out, or moved."""
    lines = text.split("\n")
    at = generator.randrange(len(lines))
    kind = generator.randrange(6)
    if kind < 3:
        lines[at:at] = generator.choice(secrets()).split("\n")
    elif kind == 3:
        del lines[at : at + generator.randrange(1, 12)]
    elif kind == 4:
        other = generator.randrange(len(lines))
        lines[at:at], lines[other : other + 8] = lines[other : other + 8], []
    else:
        lines[at] = generator.choice(["", "import ccxt", "# binance", "}", '"""', "api_key = ("])
    return "\n".join(lines) if generator.randrange(8) else " ".join(lines)


def found(detector: Detector, data: bytes) -> list[object]:
    """Return what a detector finds, in order of place."""
    items = []
    for item in detector.drafts(Blob(data, Origin("blob"))):
        if isinstance(item, Skipped):
            items.append(tuple(item))
        elif isinstance(item, Draft):
            match = item.match
            places = sorted(item.occurrences, key=str)
            items.append((match.rule.id, match.score, match.evidence, item.secret, places))
    return sorted(items, key=str)


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("seed", range(4))
def test_it_finds_what_a_fresh_one_finds(engines: dict[str, wiring.Patterns], seed: int) -> None:
    patterns = engines["hyperscan"]
    remembering = wiring.detector_maker(patterns, repeats=True)()
    fresh = wiring.detector_maker(patterns)()
    total = 0
    for data in texts(random.Random(seed), 80):
        expected = found(fresh, data)
        assert found(remembering, data) == expected
        total += len(expected)
    assert total > 50  # both finding nothing would be alike, too


def test_a_paragraph_of_bare_values_is_no_note_of_its_own(
    engines: dict[str, wiring.Patterns],
) -> None:
    """What only small texts are (``is_dump``) is decided by the whole text, not by a piece of it."""
    patterns = engines["hyperscan"]
    remembering = wiring.detector_maker(patterns, repeats=True)()
    fresh = wiring.detector_maker(patterns)()
    memory_of = remembering._memory
    assert memory_of is not None
    lines = ("# okx " + "and so on, " * 18 + "\n\n") * 19
    found(remembering, lines.encode())
    values = fill("{uuid}\n{HEX:32}\nSumatra77pass\n" * 8, random.Random(4))[0]
    text = (lines + values).encode()
    recalled = memory_of.recall(text)
    assert recalled is not None
    assert list(recalled.matches) == fresh._engine.search(text)
    assert found(remembering, text) == found(fresh, text)


def test_what_was_searched_is_not_searched_again(engines: dict[str, wiring.Patterns]) -> None:
    detector = wiring.detector_maker(engines["hyperscan"], repeats=True)()
    found(detector, b"any text\n" * 500)
    recaller = getattr(detector._memory, "_memory", None)
    assert isinstance(recaller, memory.Memory)
    searched: list[int] = []
    candidates = recaller._engine.candidates
    recaller._engine.candidates = lambda data: searched.append(len(data)) or candidates(data)  # type: ignore[method-assign,func-returns-value]
    text = b"".join(path.read_bytes() for path in SOURCES[:20])
    found(detector, text)
    first = sum(searched)
    searched.clear()
    found(detector, text.replace(b"from typing import", b"from typing import Any,", 1))
    assert 0 < sum(searched) < first / 20


def test_it_forgets_when_there_is_too_much(
    engines: dict[str, wiring.Patterns], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_MOST", 10)
    detector = wiring.detector_maker(engines["hyperscan"], repeats=True)()
    fresh = wiring.detector_maker(engines["hyperscan"])()
    for data in texts(random.Random(9), 10):
        assert found(detector, data) == found(fresh, data)


def test_it_forgets_nothing_of_the_text_at_hand(
    engines: dict[str, wiring.Patterns], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of some chunks of a text is still needed when its new ones are learnt."""
    detector = wiring.detector_maker(engines["hyperscan"], repeats=True)()
    fresh = wiring.detector_maker(engines["hyperscan"])()
    filler = b"".join(b"a line of words, number %d\n\n" % number for number in range(200))
    secret = fill('BINANCE_API_SECRET = "{alnum:64}"', random.Random(5))[0].encode()
    known = filler + secret + b"\n\n" + filler
    new = b"".join(b"another line of words, number %d\n\n" % number for number in range(1000))
    found(detector, known)
    found(detector, new[::-1])
    monkeypatch.setattr(memory, "_MOST", 10)
    assert found(detector, new + known) == found(fresh, new + known) != []


@pytest.mark.parametrize(
    ("form", "mark"),
    [("{hex:64}", "\n"), ('"{hex:64}",', "\n"), ("0x{hex:64}", "\n"), ("{alnum:64}", " ")],
)
def test_a_key_put_into_a_list_is_found(
    engines: dict[str, wiring.Patterns], form: str, mark: str
) -> None:
    """The margin of what is new may begin within a key: its stump is none, and must not spoil the list."""
    made = random.Random(7)
    lines = [fill(form, made)[0] for _ in range(100)]
    longer = [*lines[:50], fill(form, made)[0], *lines[50:]]
    before, after = ("# binance keys" + mark + mark.join(some) + "\n" for some in (lines, longer))
    detector = wiring.detector_maker(engines["hyperscan"], repeats=True)()
    found(detector, before.encode())
    fresh = wiring.detector_maker(engines["hyperscan"])()
    assert found(detector, after.encode()) == found(fresh, after.encode())


def crafted(generator: random.Random) -> bytes:
    """Return a text of pieces that belong together, with empty ones between, cut at any mark."""
    pieces: list[str] = []
    for _ in range(generator.randrange(30, 90)):
        pieces += [""] * generator.choice((0, 0, 0, 1, 2, 11))
        pieces.append(generator.choice(_PIECES).replace("%", str(generator.randrange(3))))
    mark = generator.choice(["\n", "\n", "\n\n", ";", ",", " ", "\\n", "},"])
    text = mark.join(pieces)
    while len(text) < LEAST_BYTES:
        text += mark + generator.choice(("filler text of words", "another one", "y = 1"))
    return text.encode()


_PIECES = (
    *(
        '<x name="password"',
        '<x name="other"',
        'value="hu%:nter2!xQ9"',
        "password =",
        "api_key = (",
    ),
    *("import ccxt", "# kraken", '"""', "}", "secret:", "token", "user: a", "pass: Tr0ub4dor&%"),
    *("the quick brown fox jumps over the lazy dog", "def f(): return 1"),
)


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("seed", range(4))
def test_what_lies_beyond_many_small_chunks_counts(
    engines: dict[str, wiring.Patterns], seed: int
) -> None:
    """A name and its value with a dozen empty lines between are read by the name that is there now."""
    patterns = engines["hyperscan"]
    remembering = wiring.detector_maker(patterns, repeats=True)()
    fresh = wiring.detector_maker(patterns)()
    generator = random.Random(seed)
    for _ in range(150):
        data = crafted(generator)
        assert found(remembering, data) == found(fresh, data)


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("seed", range(3))
def test_windows_of_a_long_text_give_what_the_whole_gives(
    engines: dict[str, wiring.Patterns], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(memory, "_LARGEST_TEXT", 2500)
    patterns = engines["hyperscan"]
    remembering = wiring.detector_maker(patterns, repeats=True)()
    fresh = wiring.detector_maker(patterns)()
    generator = random.Random(seed)
    total = 0
    for data in (*texts(generator, 20), *(crafted(generator) for _ in range(60))):
        expected = found(fresh, data)
        assert found(remembering, data) == expected
        total += len(expected)
    assert total > 20
