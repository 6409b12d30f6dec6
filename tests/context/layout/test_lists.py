"""Behaviour of scanner.context.layout.lists: values of one length under one name, whatever the language."""

import random

import pytest

from scanner import wiring
from scanner.context.layout import lists
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Draft, Origin
from scanner.placeholders import fill

THREE = ("{evm_key}", "{evm_key}", "{evm_key}")


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def filled(text: str) -> bytes:
    return fill(text, random.Random(4))[0].encode()


def told(detector: Detector, text: str) -> list[str]:
    """Return the rules of what is reported in a text with placeholders, in order of place."""
    matches = detector.matches(Blob(filled(text), Origin("file", "a.txt")))
    return [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]


@pytest.mark.parametrize(
    "text",
    [
        "PRIVATE_KEYS = [\n    '0x§',\n    '0x§',\n    '0x§',\n]\n",
        "const privateKeys = ['§', '§', '§'];\n",
        "const privateKeys: string[] = [\n  '§',\n\n  // the third one\n  '§', // mine\n  '§'\n]\n",
        "const privateKeys = `\n0x§\n0x§\n0x§\n`.trim().split('\\n')\n",
        "private_keys:\n  - 0x§\n  - '§'\n  # old\n  - \"§\"\n",
        'wallet_private_keys = [\n  "0x§",\n  "0x§",\n  "0x§",\n]\n',
        'let private_keys: Vec<&str> = vec![\n    "§",\n    "§",\n    "§",\n];\n',
        'privateKeys := []string{\n\t"§",\n\t"§",\n\t"§",\n}\n',
        'List<String> privateKeys = Arrays.asList(\n    "§",\n    "§",\n    "§");\n',
        "pks = ('§', '§', '§')\n",
        "private_key\n§\n§\n§\n",
        "keys = ['§', '§', '§']\nfor pk in keys:\n    a = w3.eth.account.from_key(pk)\n",
        "const list = [\n '§',\n '§',\n '§'];\nlist.forEach((k) => {\n const w = new ethers.Wallet(k);\n});\n",
    ],
)
def test_every_private_key_of_a_list(text: str, detector: Detector) -> None:
    parts = text.split("§")
    made = "".join(a + b for a, b in zip(parts, (*THREE, ""), strict=True))
    rules = told(detector, made)
    assert len(rules) == 3
    assert {*rules} in ({"evm-private-key-hex"}, {"evm-private-key-of-list"})


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("binance_api_secrets = ['{alnum:64}', '{alnum:64}']\n", ["binance-api-secret"] * 2),
        ("okx_secret_keys = [\n '{HEX:32}',\n '{HEX:32}',\n]\n", ["okx-api-secret"] * 2),
        ("API_TOKENS = ['{alnum:40}', '{alnum:40}']\n", ["generic-token"] * 2),
        ("api_keys:\n- {alnum:40}\n- {alnum:40}\n- {alnum:40}\n", ["generic-api-key"] * 3),
        (
            "binance_keys = ['{alnum:64}', '{alnum:64}']\n",
            ["binance-api-key", "binance-api-secret"],
        ),
    ],
)
def test_lists_of_other_secrets(text: str, rules: list[str], detector: Detector) -> None:
    assert told(detector, text) == rules


@pytest.mark.parametrize(
    "text",
    [
        "const keys = ['0x{hex:64}', '0x{hex:64}', '0x{hex:64}'];\n",
        "topics = ['0x{hex:64}', '0x{hex:64}']\nfor t in topics: log(t)\n",
        "STORAGE_KEYS = [\n'0x{hex:64}',\n'0x{hex:64}',\n]\n",
        "PUBLIC_KEYS = ['{hex:64}', '{hex:64}', '{hex:64}']\n",
        '{"validator_keys": ["0x{hex:64}", "0x{hex:64}", "0x{hex:64}"]}\n',
        "private_key_hashes:\n  - {hex:64}\n  - {hex:64}\n",
    ],
)
def test_lists_of_what_is_public(text: str, detector: Detector) -> None:
    assert told(detector, text) == []


def test_lines_of_base64_are_no_list(detector: Detector) -> None:
    """A long secret may be wrapped: it is told once, by its first line."""
    text = "secret = `{base64:64}\n{base64:64}\n{base64:64}\n{base64:64}\n{base64:64}`\n"
    assert told(detector, text) == ["generic-api-secret"]


def test_a_long_list_is_found_to_its_end_in_time_that_grows_with_it(detector: Detector) -> None:
    """A value is asked about once; its name may be thousands of bytes before it."""
    rows = "".join("  '{evm_key}',\n" for _ in range(300))
    assert told(detector, f"private_keys = [\n{rows}]\n") == ["evm-private-key-hex"] * 300
    data = filled(f"private_keys = [\n{rows}]\n")
    spans = lists.spans(data, data.index(b"s = "))
    assert len(spans) == 300
    assert {lists.name_of(data, *span) for span in spans} == {"private_key"}


def test_another_name_is_another_verdict_when_versions_are_remembered() -> None:
    """The name may be beyond all that verdicts else hang on, above; and the loop that hands the keys on, below."""
    rows = filled("".join("  '{evm_key}',\n" for _ in range(90))).decode()
    loop = "for one in list: a = Account.from_key(one)\n"
    patterns = wiring.Patterns()
    remembering = wiring.detector_maker(patterns, repeats=True)()
    counts = []
    for text in (
        f"# ethereum\nblock_hashes = [\n{rows}]\n",
        f"# ethereum\nprivate_keys = [\n{rows}]\n",
        f"# ethereum\nlist = [\n{rows}]\n",
        f"# ethereum\nlist = [\n{rows}]\n{loop}",
    ):
        blob = Blob(text.encode(), Origin("blob"))
        found = [list(d.drafts(blob)) for d in (remembering, wiring.detector_maker(patterns)())]
        counts.append([sum(_is_told(draft) for draft in drafts) for drafts in found])
    assert counts == [[0, 0], [90, 90], [0, 0], [90, 90]]


def _is_told(item: object) -> bool:
    return isinstance(item, Draft) and item.match.score >= MEDIUM


NAMES = "A_URL=\nB_USER=\nC_PASSWORD=\n"


@pytest.mark.parametrize(
    ("before", "value", "after", "is_name"),
    [
        (NAMES + "API_KEY=\n", "{alnum:31}=", "\nD=\n", True),
        (NAMES + "API_KEY=\n", "encrypted_{hex:12}_iv", "=\nD=\n", True),
        ("API_KEY=\r\n", "{alnum:31}=", "\r\n" + NAMES, True),
        (NAMES + "API_KEY=\n", "{alnum:32}", "\nD=\n", False),
        (NAMES + "API_KEY=\n", "{alnum:30}==", "\nD=\n", False),
        ("API_KEY=\n", "{alnum:43}=", "\nSECRET=\n{alnum:86}==\n", False),
        (NAMES + "API_KEY=", "{alnum:31}=", "\nD=\n", False),
        (NAMES + "# mine\n", "{alnum:31}=", "\nD=\n", False),
    ],
)
def test_lists_of_names_without_values(before: str, value: str, after: str, is_name: bool) -> None:
    """What stands below an empty setting is the next name where all around it are such; in notes it is the value."""
    start, secret = len(before.encode()), filled(value)
    data = before.encode() + secret + filled(after)
    assert lists.is_listed_name(data, start, start + len(secret)) is is_name
