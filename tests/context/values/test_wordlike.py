"""Behaviour of scanner.context.values.wordlike: words score high, random text low, however it is spelt."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.context.values.wordlike import table, wordiness
from scanner.placeholders import fill

WORDS = b"""getAccountBalance exchange_rate_limit AuthenticationError production-database-name
readConfigurationFile user_password_hash TradingStrategyRunner max_open_orders OrderBookSnapshot
notification_settings enable_rate_limit create_market_buy_order""".split()


@pytest.mark.parametrize("value", WORDS)
def test_words(value: bytes) -> None:
    assert wordiness(value) > -4.2
    assert wordiness(value.upper()) > -4.2


@pytest.mark.parametrize(
    "kind", ["alnum:20", "alnum:64", "alnum_lower:24", "base64:44", "base58:44"]
)
def test_random_text(kind: str) -> None:
    rng = random.Random(kind)
    scores = [wordiness(fill(f"{{{kind}}}", rng)[0].encode()) for _ in range(200)]
    assert sum(score < -4.6 for score in scores) >= 196


def test_words_and_random_text_lie_apart() -> None:
    rng = random.Random(1)
    noise = [wordiness(fill("{alnum:24}", rng)[0].encode()) for _ in range(100)]
    assert min(map(wordiness, WORDS)) > sum(noise) / len(noise) + 1


@given(st.binary(max_size=400))
def test_any_bytes_have_a_score(value: bytes) -> None:
    assert -13 <= wordiness(value) <= 0


def test_the_table_is_whole() -> None:
    assert len(table()) == 28**3
