"""Behaviour of scanner.engine.cutting: where a run of characters holds its values."""

import pytest

from scanner.engine.cutting import outside_base64, trim

VALUE = "k9Xw2Lq8vR1t" + "Z5bN7cM3yH4j"
RUNS = [
    # the run, its values
    (f"access_token={VALUE}&user=a", [VALUE]),
    (f"access_token={VALUE}&q=https://a.example/b", [VALUE]),  # names of one letter, too
    (f"access_token={VALUE}&amp", [VALUE]),  # the semicolon of HTML ends a run
    (f"{VALUE}&amplitude", [f"{VALUE}&amplitude", VALUE]),  # a password may have any sign
    (f"{VALUE}&", [VALUE]),
]


@pytest.mark.parametrize(("run", "values"), RUNS)
def test_values_of_a_run(run: str, values: list[str]) -> None:
    assert [run[low:high] for low, high in trim(run.encode(), 0, len(run))] == values


KEY, DATA = "k9Xw2Lq8" * 8, "k9Xw+Lq8" * 8
LISTS = [
    # lines, how many of them are no data
    ([KEY] * 3, 3),
    ([KEY] * 9 + ["a" * 52], 9),  # what follows a list hides none of its keys
    (["a" * 50, *[KEY] * 9, "a" * 50], 9),
    ([KEY] * 9 + ["a" * 76] * 9, 9),
    (["a" * 76, *["0x" + KEY] * 9], 9),
    ([KEY[:63]] * 2, 2),
    ([KEY[:63]] * 3, 0),
    ([KEY] * 2 + ["a" * 76] * 9, 0),
    (["a" * 76] * 9 + [KEY] + ["a" * 76] * 9, 0),
    ([KEY, *[DATA] * 9, "a" * 52], 0),
    ([DATA, KEY, KEY, KEY, KEY, DATA, KEY, KEY, "a" * 52], 0),  # one line in eight has no sign
]


@pytest.mark.parametrize(("lines", "count"), LISTS)
def test_lists_of_keys_are_no_data(lines: list[str], count: int) -> None:
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    assert len(list(outside_base64("\n".join(lines).encode(), spans))) == count
