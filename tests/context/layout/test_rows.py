"""Behaviour of scanner.context.layout.rows: which value of a row this is, and what stands beside it."""

import pytest

from scanner.context.layout.rows import accounts, beside, may_be_accounts, pair_before

A, B, C = "Zx9Kq2Lw8Vr1Tz5NbG", "k9Xw2Lq8vR1tZ5bN7c", "qW3eR5tY7uI9oP1aS2"


@pytest.mark.parametrize(
    ("text", "place", "others"),
    [
        (f"gate §{A} {B}", 0, [B]),
        (f"gate {A} §{B}", 1, [A]),
        (f"gate|{A}|§{B}|{C}", 1, [A, C]),
        (f"('{A}', '{B}', '§{C}')", 2, [B]),
        (f"** Gate\n  - §{A}\n  - {B}\n", 0, [B]),
        (f"GATE_K=§{A}\nGATE_S={B}\n", 0, [B]),
        (f"{{k: '{A}', s: '§{B}'}}", 1, [A]),
        (f"bot -k {A} -s §{B}", 1, [A]),
        (f"|gate\n|§{A}\n|{B}\n|===", 0, [B]),
        (f"    '{A}',  # key\n    '§{B}',  # secret\n", 1, [A]),
    ],
)
def test_places(text: str, place: int, others: list[str]) -> None:
    start = text.index("§")
    data = text.replace("§", "").encode()
    row = beside(data, start, start + len(A))
    assert row is not None
    assert (row.place, [one.decode() for one in row.others]) == (place, others)


@pytest.mark.parametrize(
    "text",
    [
        f"alone §{A}",
        f"§{A} someReadableIdentifierName",
        f"§{A} is not followed by {B}",
        f"{A}\n\n\n§{B}",
        f"a = '§{A}'\nb = '{B}'",
    ],
)
def test_what_is_no_row(text: str) -> None:
    start = text.index("§")
    assert beside(text.replace("§", "").encode(), start, start + len(A)) is None


def test_rows_of_a_file_without_a_heading() -> None:
    row = f"{A},{B}\n"
    assert accounts(row.encode()) == [[(0, 18), (19, 37)]]
    third = f"# mine\n\nmain:{A}:{B}:moon2024\n".encode()
    assert [third[low:high] for low, high in accounts(third)[0]] == [
        A.encode(),
        B.encode(),
        b"moon2024",
    ]
    assert len(accounts((row * 3).encode())) == 3


@pytest.mark.parametrize(
    "other", ["and so on\n", f"{A}\n", f"{A},{B},{C},0.5,BUY\n", "key,secret\n"]
)
def test_any_other_line_makes_it_none(other: str) -> None:
    row = f"{A},{B}\n"
    assert accounts((row * 2 + other).encode()) == []
    assert may_be_accounts((row + other).encode()) and not may_be_accounts((other + row).encode())


def test_a_large_file_is_data() -> None:
    data = f"{A},{B}\n".encode() * 1000
    assert accounts(data) == [] and not may_be_accounts(data)


@pytest.mark.parametrize(
    ("text", "is_pair"),
    [
        ('run("§")', True),
        ('run(exchange, "§", 5)', True),
        ('["§"]', True),
        ('("main", "§", "moon2024")', True),
        ('{"a", "b", "§", ""}', True),
        ('k, s = "§"', False),  # names are looked at elsewhere
        ('logger.info("§")', False),
        ('console.log("§")', False),
        ('self.assertEqual("§")', False),
        ('catalogs.add("§")', True),
        (f'["§", "{C * 3}"]', False),
        (f'["{C * 3}", "§"]', False),
    ],
)
def test_a_pair_in_brackets(text: str, is_pair: bool) -> None:
    key, secret = A, B * 2
    before, _, after = text.partition("§")
    data = f'{before}{key}", "{secret}{after}'.encode()
    spans = pair_before(data, data.index(secret.encode()) + 37)
    assert [data[low:high].decode() for low, high in spans] == ([key, secret] if is_pair else [])
