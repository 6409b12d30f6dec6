"""Published values are known however they are written, and a near miss is not."""

import random

import pytest

from scanner.judges.published import digest, forms, is_published
from scanner.placeholders import make

JUNK = "test test test test test test test test test test test junk"
ZEROS = " ".join(["abandon"] * 11 + ["about"])
ONE = "0" * 63 + "1"


@pytest.mark.parametrize(
    "value",
    [
        JUNK,
        JUNK.upper(),
        JUNK.replace(" ", ", "),
        JUNK.replace(" ", '", "'),
        JUNK.replace(" ", "\n"),
        ZEROS,
        f"{ZEROS}//Alice",
        ONE,
        f"0x{ONE}",
        "0xAC0974BEC39A17E36BA4A6B4D238FF94" + "4BACB478CBED5EFCAE784D7BF4F2FF80",
        "ac0974bec39a17e36ba4a6b4d238ff94" + "4bacb478cbed5efcae784d7bf4f2ff80",
        f"ed25519-priv-0x{ONE}",
        "snoPBrXtMeMyMHUVTgbuqA" + "fg1SUTb",
        "AKIAIOSFODNN7" + "EXAMPLE",
        "2b7e151628aed2a6" + "abf7158809cf4f3c",
        '_5#y2L"F' + r"4Q8z\n\xec]/",
        "22582BD0CFF14C41" + "EDBF1AB98506286D",
        "da39a3ee5e6b4b0d" + "3255bfef95601890afd80709",
        "D41D8CD98F00B204" + "E9800998ECF8427E",
        "47DEQpj8HBSa+/TImW+5JCeu" + "QeRkm5NMpJWZG3hSuFU=",
        "W0H6FJW4IRPZ1MOQ" + "8FP6KMC5RZDUUKXS",
        "czZCaGRSa3F0Mzpn" + "WDFmQmF0M2JW",
        '{"crypto": {"ciphertext": "%s", "mac": ""}}'
        % ("5318b4d5bcd28de64ee5559e671353e1" + "6f075ecae9f99c7a79a38af5f869aa46"),
    ],
)
def test_a_published_value_is_known(value: str) -> None:
    assert is_published(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        JUNK.replace("junk", "just"),
        JUNK.removesuffix(" junk"),
        "ac0974bec39a17e36ba4a6b4d238ff94" + "4bacb478cbed5efcae784d7bf4f2ff81",
        "snoPBrXtMeMyMHUVTgbuqA" + "fg1SUTc",
        "da39a3ee5e6b4b0d" + "3255bfef95601890afd80708",
        "AKIAIOSFODNN7" + "EXAMPLF",
        "czZCaGRSa3F0Mzpn" + "WDFmQmF0M2JX",
        "",
    ],
)
def test_a_near_miss_is_not(value: str) -> None:
    assert not is_published(value.encode())


@pytest.mark.parametrize("name", ["evm_key", "wif", "xprv", "bip39", "stellar", "keystore"])
def test_invented_values_are_not(name: str) -> None:
    assert not is_published(make(name, "", random.Random(name)).encode())


def test_odd_bytes_are_not() -> None:
    rng = random.Random(1)
    assert not any(is_published(rng.randbytes(size)) for size in range(200))


def test_the_listed_form_is_the_first() -> None:
    assert forms(b"0xABCDEF0123456789")[0] == b"abcdef0123456789"
    assert len(digest(b"")) == 16
