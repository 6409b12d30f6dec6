"""Binary files that keep keys: found by content whatever they are called, and taken out whole."""

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)

from scanner.placeholders import make
from scanner.placeholders.encoding import encode

Keysweep = Callable[..., Any]
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
RSA = rsa.generate_private_key(65537, 2048)
P256, K1, P384 = (
    ec.generate_private_key(curve) for curve in (ec.SECP256R1(), ec.SECP256K1(), ec.SECP384R1())
)
ED = ed25519.Ed25519PrivateKey.generate()
PLAIN = NoEncryption()


def certificate(key: Any) -> x509.Certificate:
    """Return a certificate of a key."""
    builder = x509.CertificateBuilder(NAME, NAME, key.public_key(), 7)
    builder = builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
    return builder.not_valid_after(datetime(2027, 1, 1, tzinfo=UTC)).sign(key, hashes.SHA256())


def store(key: Any) -> bytes:
    """Return a PKCS #12 file with a key and its certificate."""
    how = BestAvailableEncryption(b"changeit")
    return pkcs12.serialize_key_and_certificates(b"a", key, certificate(key), None, how)


def der(key: Any, form: PrivateFormat) -> bytes:
    """Return a private key in DER, not encrypted."""
    return bytes(key.private_bytes(Encoding.DER, form, PLAIN))


def made(name: str) -> bytes:
    """Return the file that a placeholder makes."""
    return encode(make(name, "", random.Random(5)))


TRADITIONAL, PKCS8 = PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8
PKCS12, DER = "private-key-pkcs12", "private-key-der"
KEYS = [
    (PKCS12, store(RSA)),
    (PKCS12, store(P256)),
    (DER, der(RSA, TRADITIONAL)),
    (DER, der(RSA, PKCS8)),
    (DER, der(P256, TRADITIONAL)),
    (DER, der(K1, PKCS8)),
    (DER, der(P384, PKCS8)),
    (DER, der(ED, PKCS8)),
    ("private-key-java-keystore", made("jks")),
    ("bitcoin-core-wallet", made("wallet")),
    ("bitcoin-core-wallet-encrypted", made("wallet_encrypted")),
]
PUBLIC = [
    pkcs12.serialize_key_and_certificates(None, None, None, [certificate(RSA)], PLAIN),
    certificate(RSA).public_bytes(Encoding.DER),
    RSA.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1),
    RSA.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    K1.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    RSA.private_bytes(Encoding.DER, PKCS8, BestAvailableEncryption(b"changeit")),
    made("jks_trusted"),
]


@pytest.mark.parametrize(("rule", "content"), KEYS, ids=range(len(KEYS)))
def test_a_file_that_keeps_a_key(repo: Any, keysweep: Keysweep, rule: str, content: bytes) -> None:
    """Its name tells nothing, its secret is never shown, and the whole file is to be taken out."""
    repo.write("data.bin", content)
    repo.git("add", ".")
    ran = keysweep("staged", "--format", "json")
    assert ran.status == 1
    (found,) = ran.findings
    assert (found["rule"], found["confidence"], found["redacted"]) == (rule, "high", "****")
    steps = " ".join(found["remediation"]["steps"])
    assert "`git rm --cached -- data.bin`" in steps
    assert ".env" not in steps


def number(size: int) -> bytes:
    """Return an INTEGER of so many random bytes in DER, above 0."""
    value = bytes([random.randrange(1, 0x80)]) + random.randbytes(size - 1)
    if size < 0x80:
        return bytes([2, size]) + value
    return (b"\x02\x81" if size < 0x100 else b"\x02\x82\x01") + bytes([size & 0xFF]) + value


@pytest.mark.parametrize("bits", [1024, 2048])
@pytest.mark.parametrize("missing", range(-1, 5))
def test_the_private_exponent_may_be_short(
    repo: Any, keysweep: Keysweep, bits: int, missing: int
) -> None:
    """One of fifty keys has an exponent of a byte less than its modulus, whatever its length."""
    whole = bits // 8
    halves = b"".join(number(whole // 2) for _ in range(5))
    inside = b"\x02\x01\0" + number(whole) + b"\x02\x03\x01\0\x01" + number(whole - missing)
    inside += halves
    repo.write("data.bin", b"\x30\x82" + len(inside).to_bytes(2, "big") + inside)
    repo.git("add", ".")
    ran = keysweep("staged", "--format", "json")
    assert [found["rule"] for found in ran.findings] == [DER]


@pytest.mark.parametrize("content", PUBLIC, ids=range(len(PUBLIC)))
def test_public_parts_are_quiet(repo: Any, keysweep: Keysweep, content: bytes) -> None:
    """Certificates, public keys and truststores; an encrypted key without a store is no text either."""
    repo.write("data.bin", content)
    repo.git("add", ".")
    ran = keysweep("staged", "--format", "json")
    assert (ran.status, ran.findings) == (0, [])


@pytest.mark.parametrize("name", ["wallet", "wallet_encrypted", "pkcs12", "jks"])
def test_a_store_is_told_once(repo: Any, keysweep: Keysweep, name: str) -> None:
    """A wallet file has a key for each of thousands of addresses; other stores may have several."""
    pages = [encode(make(name, "", random.Random(seed))) for seed in range(50)]
    repo.write("wallet.dat", b"".join(pages))
    repo.git("add", ".")
    assert len(keysweep("staged", "--format", "json").findings) == 1


def test_each_store_of_a_text_is_told(repo: Any, keysweep: Keysweep) -> None:
    stores = [make("pkcs12", "base64", random.Random(seed)) for seed in range(3)]
    repo.write("certs.env", "".join(f"CERT_{n}={store}\n" for n, store in enumerate(stores)))
    repo.git("add", ".")
    assert len(keysweep("staged", "--format", "json").findings) == 3


def test_the_file_is_named_where_filter_repo_replaces_nothing(
    repo: Any, keysweep: Keysweep
) -> None:
    repo.write("client.p12", store(RSA))
    repo.git("add", ".")
    repo.commit("certificate")
    ran = keysweep("fix", "--history")
    assert ran.status == 1
    assert re.search(
        r"left: client\.p12:\d+:\d+: private-key-pkcs12 \*{4}: not as plain text; take the whole file",
        ran.out,
    )
    assert "replace.txt" not in ran.out
