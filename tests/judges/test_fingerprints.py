"""Behaviour of scanner.judges.fingerprints: what keysweep wrote is no secret, a key beside it is."""

import secrets

import pytest

from scanner.judges.fingerprints import FingerprintJudge
from scanner.models import Blob, Match, Origin, Rule

RULE = Rule("acme-api-key", "acme", "api_key", "low", "")


def rejected(text: str, mark: str) -> bool:
    data = text.encode()
    start = data.index(mark.encode())
    blob = Blob(data, Origin("file", "x"))
    (judged,) = FingerprintJudge().judge(blob, [Match(RULE, start, start + len(mark))])
    return judged.rejected is not None


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("{} accepted 2026-01-31 acme-api-key src/a.py # note", True),
        ("# keysweep baseline 1\n{} rejected 2026-01-31 acme-api-key a", True),
        ('  "fingerprint": "{}",', True),
        ("acme_key={} accepted 2026-01-31 acme-api-key a", False),
        ("{} accepted yesterday acme-api-key a", False),
        ("{}", False),
        ('"key": "{}"', False),
        ('"fingerprint": "{}0"', False),
    ],
)
def test_only_a_whole_fingerprint_in_its_place(text: str, is_ours: bool) -> None:
    mark = secrets.token_hex(16)
    assert rejected(text.replace("{}", mark), mark) == is_ours


def test_other_lengths_are_no_fingerprints() -> None:
    mark = secrets.token_hex(20)
    assert not rejected(f'"fingerprint": "{mark}"', mark)
    assert not rejected(f"{mark} accepted 2026-01-31 acme-api-key a", mark)


def test_hashes_of_detect_secrets() -> None:
    """Its baseline lies beside the code when people switch."""
    mark = secrets.token_hex(20)
    assert rejected(f'"hashed_secret": "{mark}",', mark)
    assert not rejected(f'"hashed_secret": "{mark[:32]}",', mark[:32])
