"""The context judge: whose value is this, judged without its public prefix."""

import random

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill, make


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


@pytest.mark.parametrize("seed", range(20))
def test_a_public_prefix_leaves_the_digits_after_it_random(seed: int, detector: Detector) -> None:
    """The ``SK`` of a Twilio key is not counted among its hexadecimal digits."""
    key = "SK" + make("hex", "32", random.Random(seed))
    blob = Blob(f"TWILIO_API_KEY={key}".encode(), Origin("file", "a.env"))
    found = [match.rule.id for match in detector.matches(blob) if not match.rejected]
    assert "twilio-api-key" in found


def test_a_service_is_named_by_its_own_name_not_by_prose(detector: Detector) -> None:
    """A value beside a sentence about a service is not the service's."""
    value = make("hex", "40", random.Random(1))
    text = f"We moved to Datadog last year.\nrevision = '{value}'\n".encode()
    assert not [
        match
        for match in detector.matches(Blob(text, Origin("file", "a.md")))
        if not match.rejected and match.score >= MEDIUM
    ]


PUBLIC = [
    "AUTH0_CLIENT_ID={alnum:32}\nAUTH0_CLIENT_SECRET=x",
    "<key>FacebookClientToken</key>\n<string>{hex:32}</string>",
    "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_live_Y2xlcmsu{alnum:18}",
    "AUTH0_CLIENT_ID={alnum:32}",
    "PLAID_CLIENT_ID={hex:24}",
    "ADOBE_CLIENT_ID={hex:32}",
    'app = SpotifyClientCredentials(client_id="{hex:32}", client_secret=SECRET)',
    'sp = Spotify(client_credentials_manager=SpotifyClientCredentials("{hex:32}", secret))',
    'azure = login("https://login.microsoftonline.com"); o = OAuth(client_id="{hex:32}", secret=S)',
    "ENV GPG_KEY {HEX:40}",
    "$password-input-height: 48px;",
    "token_accessor: {alnum:24}",
    "PrivateSubnetKey: subnet-{hex:17}",
    '{"id": 7, "password": "{hex:64}"}',
    "SPEC CHECKSUMS:\n  TokenField: {hex:40}",
]


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_or_derived_is_not_reported(text: str, detector: Detector) -> None:
    """Ids of clients and resources, fingerprints, hashes and sizes under names that tell of secrets."""
    filled, _ = fill(text, random.Random(text))
    assert not [
        match
        for match in detector.matches(Blob(filled.encode(), Origin("file", "a.txt")))
        if not match.rejected and match.score >= MEDIUM
    ]


KEPT = [
    ("FACEBOOK_APP_SECRET={hex:32}", "facebook-app-secret"),
    ('TokenCredentials("{alnum:40}")', "generic-token"),
    ('ApiKeyServiceClientCredentials("{hex:32!}")', "azure-ai-handed-key"),
    ("DB_PASSWORD={hex:32}", "generic-password"),
    ("APP_SIGNING_KEY={hex:40}", "generic-private-key"),
]


@pytest.mark.parametrize(("text", "rule"), KEPT)
def test_what_only_resembles_them_is_reported(text: str, rule: str, detector: Detector) -> None:
    """A call that takes a token first, digits as a password of a program, a key that signs."""
    filled, _ = fill(text, random.Random(text))
    found = detector.matches(Blob(filled.encode(), Origin("file", "a.txt")))
    assert rule in [match.rule.id for match in found if not match.rejected]
