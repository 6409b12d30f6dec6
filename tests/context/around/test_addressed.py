"""Behaviour of scanner.context.around.addressed: devices, receivers, queries, numbers and examples are no secrets."""

import random

import pytest

from scanner.context.around.addressed import why_addressed
from scanner.placeholders import fill

DEVICE, QUERY, NUMBER = (
    "the address of a device",
    "the digest of a query",
    "a number of mathematics",
)
SHOWN, RECEIVER = "an example of an answer", "the address of a receiver"
OTHER = ", ResetPassword: '" + "0f" * 32 + "' }"
ROWS = [
    # name, text before, value, text after, reason
    ("deviceToken", '"deviceToken": "', "{hex:64}", '"', DEVICE),
    ("device_token", "device_token=", "{alnum:22}:APA91b{alnum:134}", "", DEVICE),
    ("device_token", "device_token=", "{alnum:40}", "", None),
    ("registration_token", "registration_token=", "{hex:64}", "", None),
    ("GetToken", "{ GetToken: '", "{hex:64}", "'" + OTHER, QUERY),
    ("GetToken", "{ GetToken: '", "{hex:64}", "' }", None),
    ("token", "{ token: '", "{hex:64}", "'" + OTHER, None),
    ("secret_sharing_prime", "secret_sharing_prime = 0x", "{hex:64}", "", NUMBER),
    ("secret_of_coinbase_prime", "secret_of_coinbase_prime = ", "{base64:88}", "", None),
    ("user_key", "pushover_configs: [{ user_key: ", "{alnum_lower:30}", " }]", RECEIVER),
    ("user_key", "user_key: ", "{alnum_lower:30}", "", None),
    ("refreshToken", 'example: { id: 7, refreshToken: "', "{uuid}", '" }', SHOWN),
    ("refreshToken", '"example": {"refreshToken": "', "{uuid}", '"}', SHOWN),
    ("refreshToken", "\n  example:\n    id: 7\n    refreshToken: ", "{uuid}", "", SHOWN),
    ("refreshToken", "\n  example:\n    id: 7\n  refreshToken: ", "{uuid}", "", None),
    ("refreshToken", 'example: { id: 7 }, refreshToken: "', "{uuid}", '"', None),
    ("refreshToken", 'example: { refreshToken: "', "{hex:40}", '" }', None),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "reason"), ROWS)
def test_why_addressed(name: str, before: str, value: str, after: str, reason: str | None) -> None:
    """The form and the name together tell; the same name with another form may be a secret's."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_addressed(data, len(before), len(before) + len(drawn), name) == reason
