"""Behaviour of scanner.context.around.stored: hashes of passwords in records of users are no passwords."""

import random

import pytest

from scanner.context.around.stored import why_stored
from scanner.placeholders import fill

HASH, SALT = "a password hash", "the salt of a stored password"
ROWS = [
    # name, text before, value, text after, reason
    ("password", '{"id": 7, "password": "', "{hex:64}", '"}', HASH),
    ("password", "{ email: 'a@b.c', password: '", "{hex:32}", "' }", HASH),
    ("password", "- id: 4\n  password: ", "{hex:40}", "\n  created_at: 2020-01-01\n", HASH),
    ("password", '{"password": "', "{hex:128}", '", "salt": "x"}', HASH),
    ("pwd", '{"pwd": "', "{HEX:64}", '", "algorithm": "sha256"}', HASH),
    ("password", '{"password": "', "{hex:32}", '"}', None),
    ("password", '{"name": "db", "password": "', "{hex:32}", '"}', None),
    ("password", '{"id": 7, "password": "', "{alnum:32}", '"}', None),
    ("password", "host: db\nemail: a@b.c\npassword: ", "{hex:32}", "\n", None),
    ("password", "email: a@b.c\n\npassword: ", "{hex:32}", "\n", None),
    ("api_key", '{"id": 7, "api_key": "', "{hex:32}", '"}', None),
    ("salt", '{"salt": "', "{base64:24}", '", "hash": "' + "0f" * 32 + '"}', SALT),
    ("salt", "{ passwordHash: '" + "0f" * 32 + "', salt: '", "{hex:32}", "' }", SALT),
    ("salt", '{"value":"' + "a1B2" * 21 + 'ab==","salt":"', "{base64:24}", '"}', SALT),
    ("salt", "hash_algorithm: sha256\nsalt: ", "{hex:40}", "\n", None),
    ("hash_salt", "hash_salt: ", "{hex:40}", "\n", None),
    ("secretData", r'"{\"value\":\"', "{base64:88}", r'\",\"salt\":\"abc\"}"', HASH),
    ("secretData", r'"{\"value\":\"', "{base64:88}", r'\"}"', None),
    ("md5secret", "md5secret=", "{hex:32}", "\n", HASH),
    ("md5secret", "md5secret=", "{alnum:32}", "\n", None),
    ("sql_user_password", "postgresql['sql_user_password'] = '", "{hex:32}", "'", HASH),
    ("sql_user_password", "sql_user_password = '", "{hex:32}", "'", None),
    ("salt", 'assert h("a", "salt") == "', "{hex:64}", '"', "what a call is expected to give back"),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "reason"), ROWS)
def test_why_stored(name: str, before: str, value: str, after: str, reason: str | None) -> None:
    """A digest beside what only a user's record has is a hash; alone or with a host it may be a password."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_stored(data, len(before), len(before) + len(drawn), name) == reason
