"""Behaviour of scanner.context.layout.block: what a value stands in. ``§`` stands for the value."""

import pytest

from scanner.context.layout.block import REACH_AFTER, REACH_BEFORE, Block, around

VALUE = b"Zx9Kq2Lw8Vr1Tz5NbGh3"


def block(text: str) -> tuple[Block, str]:
    """Return the block and its text, with the value as ``§`` again."""
    before = text.partition("§")[0].encode()
    data = text.encode().replace("§".encode(), VALUE)
    found = around(data, len(before), len(before) + len(VALUE))
    assert found.start <= len(before)
    assert found.end >= len(before) + len(VALUE)
    return found, data[found.start : found.end].replace(VALUE, "§".encode()).decode()


OPENERS = [
    # text, what must be among the openers, in this order
    ('"okx": {"apiKey": "§"}', ['"okx": ']),
    ("ccxt.okx({'apiKey': '§'})", ["ccxt.okx"]),
    ("new ccxt.bybit({\n  apiKey: '§'\n})", ["new ccxt.bybit"]),
    ('{"exchanges": {"kucoin": {"api-key": "§"}}}', ['"kucoin": ', '"exchanges": ']),
    ("[kraken]\nkey = §", ["kraken"]),
    ("[okx]\nkey = x\n\n[kraken]\nkey = §", ["kraken"]),
    ("[[exchange.gate]]\nkey = §", ["exchange.gate"]),
    ("bybit:\n  api_key: §", ["bybit"]),
    ("exchanges:\n  gate:\n    keys:\n      secret: §", ["keys", "gate", "exchanges"]),
    ("exchanges:\n  okx:\n    key: x\n  gate:\n    key: §", ["gate", "exchanges"]),
    ("a = f(x)\nb = '§'", []),
    ("§", []),
]


@pytest.mark.parametrize(("text", "openers"), OPENERS)
def test_openers(text: str, openers: list[str]) -> None:
    found = [opener.strip() for opener in block(text)[0].openers]
    wanted = [opener.strip() for opener in openers]
    assert [opener for opener in found if opener.endswith(tuple(wanted))][: len(wanted)] == [
        next(opener for opener in found if opener.endswith(name)) for name in wanted
    ]


def test_closed_brackets_are_not_open() -> None:
    openers = block("okx = {'a': 1}\ngate = {'b': [1, 2], 'secret': '§'}")[0].openers
    assert any("gate" in opener for opener in openers)
    assert not any("okx" in opener for opener in openers)


TEXTS = [
    # what belongs to the block, what does not
    ("x = {a: 1}\ny = {b: '§', c: 2}\nz = 3", "b: ", "z = 3"),
    ("one: 1\n\ntwo: 2\nkey: §\nthree: 3\n\nfour: 4", "two: 2", "one: 1"),
    ("one: 1\n\ntwo: 2\nkey: §\nthree: 3\n\nfour: 4", "three: 3", "four: 4"),
]


@pytest.mark.parametrize(("text", "inside", "outside"), TEXTS)
def test_extent(text: str, inside: str, outside: str) -> None:
    content = block(text)[1]
    assert inside in content
    assert outside not in content


HEADINGS = [
    ("# Gate.io\nkey: §", "Gate.io"),
    ("// Bybit main account\nconst a = 1;\nconst k = '§';", "Bybit main account"),
    ("## OKX keys\n\n- §", "OKX keys"),
    ("Kraken\n§", "Kraken"),
    ("# one\n# two\n§", "two"),
    ("key = §", ""),
]


@pytest.mark.parametrize(("text", "heading"), HEADINGS)
def test_heading(text: str, heading: str) -> None:
    assert block(text)[0].heading.strip(" :") == heading


@pytest.mark.parametrize("filler", ["(", "{\n", "x\n", " y:\n", "[a]\n", "# z\n", "\xff", ")", "a"])
def test_bounded(filler: str) -> None:
    found, _ = block(filler * 20_000 + "§" + filler * 20_000)
    at = len((filler * 20_000).encode())
    assert found.start >= at - REACH_BEFORE
    assert found.end <= at + len(VALUE) + REACH_AFTER
    assert len(found.openers) <= 8


BRANCHES = [
    # text, the conditions, innermost first
    ("if a == 'okx':\n    k = 1\nelif a == 'gate':\n    k = '§'", (" a == 'gate':",)),
    ("if a == 'okx':\n    if test:\n        k = '§'", (" test:", " a == 'okx':")),
    ("if a == 'okx':\n    k = 1\nelse:\n    k = '§'", ("",)),
    ("if a != 'okx':\n    k = '§'", ("",)),
    ("if a == 'okx': k = '§'", ("a == 'okx'",)),
    ("case $1 in\n  okx)\n    K=§", ("okx", " $1 in")),
    ('x = f(\n    "a", "okx-b")\n  "okx")\n    K=§', ()),
    ("case $1 in\n  gate)\n    K=1 ;;\n  okx)\n    K=§", ("okx", " $1 in")),
    ("switch (a) {\n  case 'okx':\n    k = '§'", (" 'okx':",)),
    ('if a == "okx" then\n  k = "§"', (' a == "okx" then',)),
    ("if:\n  - k: §", ()),
    ("k = '§'", ()),
    ("if a == 'okx':\n    k = 1\nk = '§'", ()),
]


@pytest.mark.parametrize(("text", "branches"), BRANCHES)
def test_branches(text: str, branches: tuple[str, ...]) -> None:
    """The branches that a value stands in by its indent, with what each is for; none where it is for the rest."""
    assert block(text)[0].branches == branches


def test_a_branch_ends_with_its_indent() -> None:
    """The branches above and below are no part of the one that the value is in."""
    text = "if a == 'x':\n  k = 1\nelif a == 'y':\n  k = '§'\n  s = 2\nelif a == 'z':\n  k = 3\n"
    found, _ = block(text)
    data = text.encode().replace("§".encode(), VALUE)
    inside = data[slice(*found.branch)].replace(VALUE, "§".encode()).decode()
    assert inside == "elif a == 'y':\n  k = '§'\n  s = 2\n"
