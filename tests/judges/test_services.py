"""The context judge: whose value is this, judged without its public prefix."""

import random

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import make


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
