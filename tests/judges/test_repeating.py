"""Behaviour of scanner.judges.repeating: rows of data are judged once a column, and what is in no row as ever."""

import random
import time

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.judges.repeating import REASON
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def rows(row: str, count: int, seed: int = 5) -> list[str]:
    generator = random.Random(seed)
    return [fill(row, generator)[0] for _ in range(count)]


def judged(detector: Detector, lines: list[str]) -> tuple[list[Match], bytes]:
    data = "\n".join(lines).encode()
    return detector.matches(Blob(data, Origin("file", "a.csv"))), data


def reported(detector: Detector, lines: list[str]) -> set[bytes]:
    matches, data = judged(detector, lines)
    return {data[m.start : m.end] for m in matches if m.rejected is None and m.score >= MEDIUM}


ORDERS = "BTCUSDT,{digits:10},{alnum:22},FILLED"
TOKENS = '{{"symbol": "{upper:4}", "mint": "{base58:44}", "pool": "{base58:43}"}},'
LOGGED = "2026-01-02T03:04:05Z INFO request_id={hex:32} session={alnum:24} path=/orders 200"


@pytest.mark.parametrize(
    "row", [TOKENS, ORDERS, LOGGED, '    "{alnum:40}",', "{alnum:24},{alnum:9},{digits:9}"]
)
def test_rows_are_left_out_once_many_were_nothing(row: str, detector: Detector) -> None:
    matches, _ = judged(detector, rows(row, 400))
    left = [match for match in matches if match.rejected == REASON]
    assert len(left) > 250
    assert not any(match.rejected == REASON for match in matches[:30])


@pytest.mark.parametrize(
    "line",
    [
        "BINANCE_API_SECRET={alnum:64}",
        'api_key = "{hex:32}"',
        "# binance\nkey: {alnum:64}\nsecret: {alnum:64!}",
    ],
)
@pytest.mark.parametrize("at", [0, 200, 400])
def test_what_is_no_row_is_judged_as_ever(line: str, at: int, detector: Detector) -> None:
    """The same is found of a line amid rows as of the line alone with a few of them."""
    lines, one = rows(ORDERS, 400), rows(line, 1)
    alone = reported(detector, [*lines[:3], *one, *lines[3:6]])
    assert alone
    assert reported(detector, [*lines[:at], *one, *lines[at:]]) == alone


def test_columns_that_hold_secrets_are_told_whole(detector: Detector) -> None:
    lines = ["account,api_key,api_secret", *rows("bot{digits:3},{alnum:32},{alnum:48}", 300)]
    assert len(reported(detector, lines)) == 600


def test_a_short_list_is_judged_one_by_one(detector: Detector) -> None:
    matches, _ = judged(detector, rows(ORDERS, 90))
    assert not any(match.rejected == REASON for match in matches)


def test_ten_times_the_rows_take_little_longer(detector: Detector) -> None:
    def seconds(count: int) -> float:
        lines = rows(ORDERS, count, seed=count)
        start = time.process_time()
        judged(detector, lines)
        return time.process_time() - start

    seconds(300)
    assert min(seconds(6000) for _ in range(2)) < 6 * min(seconds(600) for _ in range(2))


def test_objects_on_one_line_are_rows(detector: Detector) -> None:
    """What a service answers is one line, thousands of orders long."""
    row = '{{"id": {digits:9}, "clientOrderId": "{alnum:22}", "price": 1}}'
    data = ("[" + ", ".join(rows(row, 400)) + "]").encode()
    matches = detector.matches(Blob(data, Origin("file", "a.json")))
    assert sum(match.rejected == REASON for match in matches) > 250
