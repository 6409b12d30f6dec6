"""Behaviour of scanner.judges.logins: of ``user:password`` the password is the secret."""

import pytest

from scanner.detector import Detector
from scanner.models import Blob, Origin
from scanner.wiring import Patterns, detector_maker

V = "k8dqZx2m" + "PvR4tLw9"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns(use_cache=False))()


@pytest.mark.parametrize(
    "text",
    [
        "BASIC_AUTH: 'accounting:VALUE'",
        "[webserver]\nflower_basic_auth = admin:VALUE\n",
        'cloud.auth: "elastic:VALUE"',
        'bnc.password = "anna/libera:VALUE"',
        "def auth = 'admin:VALUE'.bytes.encodeBase64()",
        'User.withUsername("ops").password("{noop}VALUE").build();',
    ],
)
def test_the_password_behind_a_user(detector: Detector, text: str) -> None:
    """Neither the user nor the mark of Spring is part of the password."""
    assert _found(detector, text) == [(V, "password")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("auth = 'accounting:VALUE'", f"accounting:{V}"),
        ('bnc.password = "anna:VALUE"', f"anna:{V}"),
        ('{"text": "<https://acme.example/reset?token=VALUE|reset link> I forgot it"}', V),
        ('{"url": "https://acme.example/reset?token=VALUE"}', V),
    ],
)
def test_whole_values(detector: Detector, text: str, value: str) -> None:
    """Where nothing says that a user stands before a colon, it may be part of the value; a caption is none."""
    assert [secret for secret, _ in _found(detector, text)] == [value]


def _found(detector: Detector, text: str) -> list[tuple[str, str]]:
    data = text.replace("VALUE", V).encode()
    found = [m for m in detector.matches(Blob(data, Origin("file", "x"))) if m.rejected is None]
    return [(data[m.start : m.end].decode(), m.rule.kind) for m in found if m.score >= 6]
