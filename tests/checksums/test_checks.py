"""Every checksum accepts values with its checksum, and refuses them with one character changed."""

import base64
import hashlib
import random
import re

import pytest

from scanner.checksums import CHECKS, ed25519, encodings, tokens
from scanner.placeholders import make

# check, placeholder, argument
CASES = [
    ("wif", "wif", ""),
    ("wif", "wif", "testnet"),
    ("wif", "wif", "litecoin"),
    ("wif", "wif", "dogecoin"),
    ("wif", "wif", "dash"),
    ("wif", "wif", "bitcoin.uncompressed"),
    ("wif_dash", "wif", "dash"),
    ("wif_dogecoin", "wif", "dogecoin"),
    ("wif_eos", "wif", "bitcoin.uncompressed"),
    ("wif_litecoin", "wif", "litecoin"),
    *(("bip32", name, form) for name in ("xprv", "yprv", "zprv", "tprv") for form in ("", "child")),
    *(("bip32", name, "") for name in ("uprv", "vprv", "Yprv", "Zprv", "Uprv", "Vprv", "Ltpv")),
    ("bip38", "bip38", ""),
    ("stellar", "stellar", ""),
    ("xrp", "xrp", ""),
    ("xrp", "xrp", "ed25519"),
    ("xrp_numbers", "xrp_numbers", ""),
    ("cardano", "cardano", ""),
    ("cardano", "cardano", "acct_xsk"),
    ("sui", "sui", ""),
    ("nostr", "nostr", ""),
    ("nostr", "nostr", "encrypted"),
    ("near", "near", ""),
    ("solana_array", "solana_array", ""),
    ("solana_base58", "solana_base58", ""),
    ("grafana", "grafana", "glsa"),
    ("ed25519_pair", "ed25519_pair", ""),
    ("github", "github", "ghp"),
    ("npm", "npm", ""),
    ("age", "age", ""),
    ("nkey", "nkey", ""),
    ("nkey", "nkey", "account"),
]
PROBES = (
    b"",
    b"x",
    b"\xff\xfe",
    b"6P",
    b"ed25519:",
    b"[",
    b"0x",
    b"a.b.c",
    b"-" * 200,
    b"1" * 2000,
)


def changed(value: str, rng: random.Random) -> str:
    """Return the value with one letter or digit in its second half replaced by one of its own."""
    places = [
        i for i in range(len(value) // 2, len(value)) if value[i].isalnum() and value[i] != "="
    ]
    while True:
        place = rng.choice(places)
        other = rng.choice([c for c in value[len(value) // 2 :] if c.isalnum()])
        same = other == value[place] or other.isdigit() != value[place].isdigit()
        if not same and other.isupper() == value[place].isupper():
            return value[:place] + other + value[place + 1 :]


@pytest.mark.parametrize(("check", "name", "argument"), CASES)
def test_a_checksum_holds_until_a_character_changes(check: str, name: str, argument: str) -> None:
    rng = random.Random(f"{check}/{name}/{argument}")
    for _ in range(3):
        value = make(name, argument, rng)
        assert CHECKS[check](value.encode())
        assert not CHECKS[check](changed(value, rng).encode())


@pytest.mark.parametrize(
    ("check", "name", "argument"),
    [
        ("cardano_cbor", "cardano_cbor", ""),
        ("cardano_cbor", "cardano_cbor", "extended"),
        ("aptos", "aptos", ""),
        ("aptos", "aptos", "secp256k1"),
        ("sui_base64", "sui_base64", ""),
        ("secp256k1", "evm_key", ""),
        ("starknet", "starknet", ""),
        ("monero_key", "monero_key", ""),
        ("keystore", "keystore", ""),
        ("keystore", "keystore", "indented"),
        ("keystore", "keystore", "hex"),
        ("jwt", "jwt", ""),
        ("intercom", "intercom", ""),
        ("onepassword", "onepassword", ""),
        ("supabase_anon", "supabase", "anon"),
        ("supabase_service", "supabase", "service_role"),
        ("pypi", "pypi", ""),
        ("discord", "discord", "bot"),
        ("aws_key_id", "aws", "akia"),
        ("totp", "totp", ""),
        ("base32", "totp", "32"),
        ("uuid4", "uuid", ""),
        ("der", "pem_rsa", "body"),
        *(("pem", f"pem_{kind}", "") for kind in ("rsa", "ec", "pkcs8", "ed25519", "openssh")),
        *(("pem", f"pem_{kind}", "json") for kind in ("rsa", "ec", "secp256k1", "openssh")),
        ("pem_encrypted", "pem_encrypted", ""),
        ("pem_encrypted", "pem_legacy", "json"),
        ("pem_encrypted", "pem_openssh", "encrypted"),
    ],
)
def test_a_form_is_told(check: str, name: str, argument: str) -> None:
    rng = random.Random(f"{check}/{name}/{argument}")
    for _ in range(3):
        assert CHECKS[check](make(name, argument, rng).encode())


@pytest.mark.parametrize(
    ("check", "value"),
    [
        ("secp256k1", "f" * 64),
        ("secp256k1", "0" * 64),
        ("secp256k1", "g" * 64),
        ("starknet", "0x" + "f" * 64),
        ("monero_key", "f" * 64),
        ("cardano_cbor", "5840" + "0123456789abcdef" * 4),
        ("solana_array", str([1] * 64)),
        ("solana_array", str([300] * 64)),
        ("stellar", "G" + "A" * 55),
        ("nkey", "U" + "A" * 55),
        ("aptos", "ed25519-priv-0x" + "0" * 63 + "1"),
        ("pem", "-----BEGIN PRIVATE KEY-----\n" + "QUJD" * 20 + "\n-----END PRIVATE KEY-----"),
        ("pem_encrypted", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n...\n-----END"),
        (
            "keystore",
            '{"crypto": {"ciphertext": "", "cipherparams": {}, "kdfparams": {}, "mac": ""}}',
        ),
        ("jwt", "eyJ.eyJ.x"),
        ("totp", "A" * 32),
        ("uuid4", "00000000-0000-4000-8000-000000000000"),
        ("aws_key_id", "AKIA" + "7" * 16),
        ("age", "AGE-SECRET-KEY-1" + "Q" * 58),
        ("intercom", "dG9rOm5vdC1vbmU="),
        ("onepassword", "ops_eyJhbGciOiJub25lIn0"),
        ("supabase_anon", "eyJ.eyJyb2xlIjogImFkbWluIn0.x"),
        ("supabase_service", "eyJ.eyJyb2xlIjogImFub24ifQ.x"),
    ],
)
def test_what_has_the_form_alone_is_refused(check: str, value: str) -> None:
    assert not CHECKS[check](value.encode())


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_no_check_raises_on_odd_bytes(check: str) -> None:
    rng = random.Random(check)
    for probe in (*PROBES, *(rng.randbytes(size) for size in (1, 16, 52, 64, 88, 300))):
        assert CHECKS[check](probe) is False


def test_an_encrypted_key_is_no_open_one() -> None:
    rng = random.Random(1)
    assert not CHECKS["pem_encrypted"](make("pem_openssh", "", rng).encode())
    assert not CHECKS["pem_encrypted"](make("pem_rsa", "", rng).encode())


def test_a_pem_block_may_be_joined_strings() -> None:
    lines = make("pem_rsa", "", random.Random(2)).split("\n")
    joined = '\\n" +\n    "'.join(lines)
    assert CHECKS["pem"](joined.encode())


def test_ed25519_gives_the_public_key_of_the_standard() -> None:
    # of the seed of 32 zero bytes; the public halves are printed in many implementations' tests
    public = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
    assert ed25519.public_key(bytes(32)).hex() == public


def test_bech32_has_the_checksum_of_bip_173() -> None:
    assert encodings.bech32_decode(b"A12UEL5L") == ("a", b"")
    assert encodings.bech32_decode(b"A12UEL5M") is None
    assert encodings.bech32_decode(b"a12UEL5L") is None


@pytest.mark.parametrize("size", [0, 1, 31, 32, 78])
def test_encodings_come_back(size: int) -> None:
    data = bytes(2) + random.Random(size).randbytes(size)
    assert encodings.base58_decode(encodings.base58_encode(data).encode()) == data
    assert encodings.base58check_decode(encodings.base58check_encode(data).encode()) == data
    assert encodings.bech32_decode(encodings.bech32_encode("test", data).encode()) == ("test", data)


def test_github_tokens_end_in_the_crc_of_their_body() -> None:
    body = hashlib.sha256(b"body").hexdigest()[:30]
    assert re.fullmatch(rb"[0-9A-Za-z]{6}", tokens.base62_crc(body.encode()))
    assert tokens.base62_crc(b"123456789") == _base62(0xCBF43926)


def _base62(number: int) -> bytes:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, digit = divmod(number, 62)
        text = digits[digit] + text
    return text.rjust(6, "0").encode()


def test_ed25519_pair_takes_both_base64_alphabets() -> None:
    rng = random.Random(3)
    for _ in range(4):
        value = base64.b64decode(make("ed25519_pair", "", rng))
        assert CHECKS["ed25519_pair"](base64.urlsafe_b64encode(value).rstrip(b"="))
