"""Behaviour of scanner.checksums.secp256k1: the address of a private key."""

import pytest

from scanner.checksums.secp256k1 import ORDER, address_of, keccak256


@pytest.mark.parametrize(
    ("number", "address"),  # of small numbers, known to everybody
    [
        (1, "7e5f4552091a69125d5dfcb7b8c2659029395bdf"),
        (2, "2b5ad5c4795c026514f8317c7a215e218dccd6cf"),
    ],
)
def test_addresses_derive_from_keys(number: int, address: str) -> None:
    """The last 20 bytes of the Keccak hash of the public key."""
    assert (address_of(b"%064x" % number) or b"").hex() == address


def test_numbers_out_of_range_have_no_address() -> None:
    assert address_of(b"0" * 64) is None
    assert address_of(b"%064x" % ORDER) is None


def test_keccak_takes_more_than_a_block() -> None:
    """Texts longer than the rate of 136 bytes are taken in blocks."""
    assert len({keccak256(b"a" * size) for size in (135, 136, 137, 300)}) == 4
