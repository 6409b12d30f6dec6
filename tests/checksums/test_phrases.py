"""Seed phrases are found however they are written, and word lists and prose stay silent."""

import random
import re

import pytest

from scanner.checksums import CHECKS, mnemonics, promise, words
from scanner.checksums.phrases import find_mnemonics
from scanner.placeholders import make
from scanner.placeholders.seeds import bip39_words

LANGUAGES = [("bip39_mnemonic", f"bip39_{name}", str(n)) for name in words.BIP39 for n in (12, 24)]
FORMS = ("comma", "quoted", "lines", "numbered", "upper", "short", "html", "env")
CASES = [
    *LANGUAGES,
    *(("bip39_mnemonic", "bip39", f"{count}.{form}") for count in (12, 24) for form in FORMS),
    *(("bip39_mnemonic", "bip39", str(count)) for count in (15, 18, 21)),
    ("electrum_seed", "electrum", ""),
    ("ton", "ton", ""),
    ("algorand", "algorand", ""),
    ("substrate", "substrate", ""),
    *(
        ("monero", "monero", name)
        for name in ("english", "german", "spanish", "russian", "japanese", "chinese_simplified")
    ),
]


def found(text: str) -> list[tuple[str, str]]:
    """Return (system, text of the span) of the phrases in a text."""
    data = text.encode()
    return [
        (system, data[start:end].decode())
        for start, end, system in find_mnemonics(data, 0, len(data))
    ]


@pytest.mark.parametrize(("system", "name", "argument"), CASES)
def test_a_phrase_is_found_with_its_span(system: str, name: str, argument: str) -> None:
    rng = random.Random(f"{name}/{argument}")
    phrase = make(name, argument, rng)
    found_here = found(f'before it\nkey = "{phrase}";\nand after it')
    assert [system for system, _ in found_here] == [system]
    span = found_here[0][1]
    assert span in phrase
    assert len(span) > len(phrase) * 0.8


@pytest.mark.parametrize(
    "text",
    [
        "My recovery phrase is: {}.",
        "mnemonic: {}",
        "const m = '{}'.split(' ');",
        'export MNEMONIC="{}" # main',
        '{{"seed": "{}"}}',
        "INSERT INTO wallets VALUES (1, '{}', 'main');",
        "id,phrase,chain\n1,{},eth",
        "{}",
    ],
)
def test_a_phrase_is_found_in_its_surroundings(text: str) -> None:
    phrase = make("bip39", "12", random.Random(text))
    assert found(text.format(phrase)) == [("bip39_mnemonic", phrase)]


def test_a_phrase_may_be_broken_over_lines() -> None:
    listed = bip39_words(random.Random(4), "english", 24)
    rows = [" ".join(listed[i : i + 6]) for i in range(0, 24, 6)]
    assert found("\n".join(rows)) == [("bip39_mnemonic", "\n".join(rows))]
    joined = '" +\n  "'.join(f"{row} " for row in rows).strip()
    assert [system for system, _ in found(f'"{joined}"')] == ["bip39_mnemonic"]


def test_phrases_on_lines_of_their_own_are_several() -> None:
    rng = random.Random(5)
    phrases = [make("bip39", "12", rng) for _ in range(40)]
    assert found("\n".join(phrases)) == [("bip39_mnemonic", phrase) for phrase in phrases]


def test_accents_may_be_missing() -> None:
    rng = random.Random(6)
    phrase = make("bip39_spanish", "24", rng)
    plain = " ".join(map(words.key, phrase.split()))
    assert found(f"frase: {plain}") == [("bip39_mnemonic", plain)]


@pytest.mark.parametrize("name", words.BIP39_LATIN)
@pytest.mark.parametrize("join", ["\n", " ", '", "'])
def test_word_lists_are_silent(name: str, join: str) -> None:
    listed = list(words.words(f"bip39:{name}"))
    assert found(join.join(listed)) == []
    random.Random(name).shuffle(listed)
    assert found(join.join(listed)) == []


@pytest.mark.parametrize("name", ["chinese_simplified", "chinese_traditional"])
def test_tables_of_characters_are_silent(name: str) -> None:
    listed = list(words.words(f"bip39:{name}"))
    random.Random(name).shuffle(listed)
    assert found('["' + '", "'.join(listed) + '"]') == []


@pytest.mark.parametrize(
    "text",
    [
        "test test test test test test test test test test test junk",
        " ".join(["abandon"] * 11 + ["about"]),
        "abandon ability able about above absent absorb abstract absurd abuse access accident",
    ],
)
def test_repeated_and_sorted_words_are_silent(text: str) -> None:
    assert found(text) == []


def test_words_of_one_stretch_of_the_list_are_silent() -> None:
    """Shuffled words that begin alike are a test's list: a phrase is drawn from all of it."""
    listed = sorted(words.indexes("bip39:english"))[:200]
    texts = (" ".join(random.Random(seed).sample(listed, 12)) for seed in range(40))
    assert [text for text in texts if found(text)] == []


def test_a_wrong_word_breaks_the_checksum() -> None:
    rng = random.Random(8)
    silent = 0
    for _ in range(64):
        listed = bip39_words(rng, "english", 12)
        listed[5] = rng.choice(words.words("bip39:english"))
        silent += not found(" ".join(listed))
    assert silent > 48


@pytest.mark.parametrize(
    ("check", "name"),
    [
        ("bip39", "bip39"),
        ("electrum", "electrum"),
        ("electrum_old", "electrum_old"),
        ("ton", "ton"),
        ("algorand25", "algorand"),
        ("monero25", "monero"),
        ("substrate", "substrate"),
        ("mnemonic", "bip39_korean"),
    ],
)
def test_checks_take_whole_phrases(check: str, name: str) -> None:
    rng = random.Random(check)
    phrase = make(name, "", rng)
    assert CHECKS[check](phrase.encode())
    assert not CHECKS[check](phrase.encode()[:40])


def test_words_that_pass_for_two_wallets_are_the_common_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One TON phrase in 256 has the hash of an Electrum seed, but of 24 words Electrum makes none."""
    phrase = make("ton", "", random.Random(9))
    monkeypatch.setattr(mnemonics, "electrum_holds", lambda words: True)
    assert found(f"seed: {phrase}") == [("ton", phrase)]


def test_an_old_electrum_seed_needs_its_name() -> None:
    phrase = make("electrum_old", "", random.Random(9))
    assert found(f"electrum seed: {phrase}") == [("electrum_seed", phrase)]
    assert found(f'lyrics = "{phrase}"') == []


@pytest.mark.parametrize("name", [f"bip39:{name}" for name in words.BIP39_LATIN])
def test_literals_cover_the_latin_lists(name: str) -> None:
    parts = promise.literals()
    listed = words.words(name)
    covered = sum(any(part in word for part in parts) for word in listed)
    assert covered / len(listed) > (0.4 if name == "bip39:english" else 0.27)


@pytest.mark.parametrize(("system", "name", "argument"), [*LANGUAGES, CASES[-1], CASES[-3]])
def test_the_one_pass_names_phrases(system: str, name: str, argument: str) -> None:
    regex = pytest.importorskip("regex")
    rng = random.Random(f"pass {name} {argument}")
    named = 0
    for _ in range(8):
        data = f'x = "{make(name, argument, rng)}"'.encode()
        low = data.lower()
        ends = [low.find(p.encode()) + len(p) for p in promise.literals() if p.encode() in low]
        for trigger in promise.TRIGGERS:
            ends += (match.end() for match in regex.finditer(trigger.encode(), data))
        named += [found for *_, found in promise.phrases_near(data, ends)] == [system]
    assert named >= 7


@pytest.mark.parametrize("word", promise.CONTEXT)
def test_a_word_that_announces_a_phrase_is_enough(word: str) -> None:
    phrase = make("bip39_spanish", "12", random.Random(word))
    data = f"x\n{word} = '{phrase}'\n".encode()
    ends = [data.index(word.encode()) + len(word.encode())]
    assert [system for *_, system in promise.phrases_near(data, ends)] == ["bip39_mnemonic"]


def test_places_without_words_are_dismissed() -> None:
    data = b"x = 1\n" * 100 + "ж".encode() * 200
    assert promise.phrases_near(data, range(0, len(data) + 1, 7)) == []


def test_the_words_kept_ready_are_those_of_the_lists() -> None:
    assert words.members(words.LATIN) == words.made_members(words.LATIN)


@pytest.mark.parametrize("size", [12, 24])
@pytest.mark.parametrize("number", ["{}. ", "[{}] ", "#{} ", "Word {}: "])
@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("by_column", [False, True])
def test_numbers_give_the_order_in_any_columns(
    size: int, number: str, columns: int, by_column: bool
) -> None:
    """Rows or columns of numbered words are read by their numbers, a heading of list words or not."""
    phrase = make("bip39", str(size), random.Random(size * columns)).split()
    cells = [number.format(at + 1) + word for at, word in enumerate(phrase)]
    rows = size // columns
    lines = [
        cells[at::rows] if by_column else cells[at * columns : (at + 1) * columns]
        for at in range(rows)
    ]
    for heading in ("Recovery phrase\n", "in the right order\n\n", ""):
        text = heading + "\n".join("".join(cell.ljust(18) for cell in line) for line in lines)
        ((system, secret),) = found(text)
        assert system == "bip39_mnemonic"
        assert CHECKS["mnemonic"](secret.encode())
        assert sorted(re.findall(r"\b[a-z]{3,}", secret)) == sorted(phrase)


def test_numbers_that_are_not_all_there_give_no_order() -> None:
    """A list that lacks a number, or has one twice, is read as it stands."""
    phrase = make("bip39", "12", random.Random(4)).split()
    numbers = [*range(1, 11), 10, 12]
    text = "\n".join(f"{n}. {w}" for n, w in zip(numbers, reversed(phrase), strict=True))
    assert not any(set(secret.split()) == set(phrase) for _, secret in found(text))
