"""Behaviour of scanner.context.values.randomness: random values pass, made-up ones do not."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.context.values.lookalikes import of_itself
from scanner.context.values.randomness import (
    alphabet_of,
    entropy,
    has_sequence,
    is_random,
    least_entropy,
)
from scanner.placeholders import fill

KINDS = ["hex:32", "hex:64", "HEX:32", "alnum:18", "alnum:36", "alnum:64", "base64:88", "uuid"]
KINDS += ["base64url:43", "base58:44", "digits:20", "alnum_lower:24", "UUID", "base64:24"]


@pytest.mark.parametrize("kind", KINDS)
def test_random_values_pass(kind: str) -> None:
    rng = random.Random(kind)
    values = [fill(f"{{{kind}}}", rng)[0].encode() for _ in range(300)]
    # 999 in 1,000 exceed the limit of their entropy; a chance run may reject a few more.
    assert sum(map(is_random, values)) >= 290


@pytest.mark.parametrize("kind", KINDS)
def test_fewer_random_values_are_lost_where_the_form_is_told(kind: str) -> None:
    """Of 300,000 values nine were lost; a lost one in 3,000 here is a change of the limit."""
    rng = random.Random(kind)
    values = [fill(f"{{{kind}}}", rng)[0].encode() for _ in range(3000)]
    assert sum(is_random(value, is_formed=True) for value in values) >= 2999


def test_a_repeat_that_chance_gives_silences_no_key() -> None:
    """Five or six of a digit in a row: one in 1,000 keys of 64 hexadecimal digits has them."""
    rng = random.Random(1)
    for size in (32, 64):
        for count in (5, 6):
            value = fill(f"{{hex:{size}}}", rng)[0]
            assert is_random((value[:9] + "5" * count + value[9 + count :]).encode())
    assert is_random(b"bbbbb0a5-775f-4ea4-8a00-04debcde0f0f")
    assert not is_random(b"9a8cdbbb" + b"0" * 7 + b"5e3d7b1c2f4a69a01")


def test_marks_between_the_parts_are_no_letters() -> None:
    assert is_random(b"s2ocwn.cw9qwq8qwkzvwl2s")
    value = fill("{alnum:30}%3D{alnum:45}", random.Random(1))[0]
    assert is_random(value.encode())


@pytest.mark.parametrize(
    ("kind", "most"),
    [("uuid", 0), ("hex:16", 0), ("alnum_lower:12", 4), ("alnum_lower:16", 1), ("alnum_upper:16", 1), ("alnum:14", 1)],
)  # fmt: skip
def test_few_random_values_look_like_something_else(kind: str, most: int) -> None:
    """Of 3,000 short values 16 read as words once, and three UUIDs as versions."""
    rng = random.Random(kind)
    values = [fill(f"{{{kind}}}", rng)[0].encode() for _ in range(3000)]
    assert sum(of_itself(value) is not None for value in values) <= most


MADE_UP = [
    b"",
    b"a",
    b"aaaaaaaaaaaaaaaaaaaaaaaa",
    b"0" * 64,
    b"abababababababababababab",
    b"0123456789abcdef0123456789abcdef",
    b"1234567890" * 4,
    b"abcdefghijklmnopqrstuvwxyz123456",
    b"qwertyuiopasdfghjklzxcvbnm123456",
    b"deadbeef" * 8,
    b"cafebabe" * 4,
    b"745a13d54c856e9d" * 2,  # says the same twice
    b"745a13d500000000000fb3b96459bfae3",
    b"00000000-0000-0000-0000-000000000001",
    b"11111111-2222-3333-4444-555555555555",
    b"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
    b"the-quick-the-quick-the-quick-the",
]


@pytest.mark.parametrize("value", MADE_UP)
def test_made_up_values_do_not(value: bytes) -> None:
    assert not is_random(value)


@given(st.binary(max_size=200))
def test_entropy_is_within_its_bounds(value: bytes) -> None:
    found = entropy(value)
    assert 0 <= found <= math.log2(max(1, len(set(value)))) + 1e-9
    assert found == pytest.approx(entropy(bytes(sorted(value))))  # order plays no part


@pytest.mark.parametrize(
    ("value", "bits"), [(b"", 0), (b"aaaa", 0), (b"ab", 1), (b"abcd", 2), (bytes(range(256)), 8)]
)
def test_entropy(value: bytes, bits: float) -> None:
    assert entropy(value) == pytest.approx(bits)


@pytest.mark.parametrize("alphabet", [10, 16, 36, 62, 64, 94])
def test_the_limit_grows_with_the_size(alphabet: int) -> None:
    limits = [least_entropy(size, alphabet) for size in (8, 16, 32, 64, 128, 400)]
    assert limits == sorted(limits)
    assert limits[-1] < math.log2(alphabet)


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (b"123", 10),
        (b"12ab", 16),
        (b"12AB", 16),
        (b"12xyz", 36),
        (b"12XYZ", 36),
        (b"12Xyz", 62),
        (b"12Xyz+/=", 64),
        (b"12Xyz-_", 64),
        (b"p#ss!", 94),
    ],
)
def test_alphabet(value: bytes, size: int) -> None:
    assert alphabet_of(value) == size


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"Zx1234567Kq", True),
        (b"Zx123456Kq", False),
        (b"xxABCDEFGxx", True),
        (b"9876543", True),
        (b"abcabcabcabc", True),
        (b"abcabcabcabd", False),
        (b"Zx9Kq2LwZx9Kq2Lw", True),
        (b"", False),
    ],
)
def test_sequences(value: bytes, expected: bool) -> None:
    assert has_sequence(value) is expected
