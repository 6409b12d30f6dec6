"""Behaviour of scanner.engine.cutting: where a run of characters holds its values."""

import pytest

from scanner.engine.cutting import trim

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
