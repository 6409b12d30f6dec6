"""Behaviour of scanner.context.around.rowkeys: keys of a program's own rows are told from keys to a service."""

import random

import pytest

from scanner.context.around.rowkeys import why_row_key
from scanner.placeholders import fill

ROW = "what a row of a record is found by"
SENT = ', "viewed_date": null, "sent_date": null, "created_at": 1, "updated_at": 1}'
ROWS = [
    # name, text before, value, text after, is a row's
    (
        "contact_key",
        '{"user_id": 1, "is_primary": true, "contact_key": "',
        "{alnum_lower:32}",
        '"}',
        True,
    ),
    ("contact_key", '{"contact_key": "', "{alnum_lower:32}", '"}', False),
    ("contact_key", '{"user_id": 1, "contact_key": "', "{alnum_lower:32}", '"}', False),
    (
        "gateway_key",
        "$g->company_id = 1;\n$g->user_id = 2;\n$g->gateway_key = '",
        "{hex:32}",
        "'",
        True,
    ),
    (
        "gateway_key",
        "$g->company_id = 1;\n$g->user_id = 2;\n$g->gateway_key = '",
        "{hex:31}",
        "'",
        False,
    ),
    ("gateway_key", "->where('gateway_key', '", "{hex:32}", "')", True),
    ("gateway_key", "->where('gateway_key', '=', '", "{hex:32}", "')", True),
    ("api_key", "->where('api_key', '", "{hex:32}", "')", False),
    (
        "gateway_key",
        "if ($m['gateway_key'] == 'x')\n  $m['gateway_key'] = '",
        "{hex:32}",
        "'",
        True,
    ),
    ("gateway_key", "merchant_id: 12\ngateway_key: ", "{hex:32}", "", False),
    (
        "gateway_key",
        "user_id: 1\ncreated_at: 2\ngateway_secret: 'abcdef'\ngateway_key: ",
        "{hex:32}",
        "",
        False,
    ),
    ("key", "['id' => 4, 'provider' => 'X', 'key' => '", "{hex:32}", "', 'fields' => '']", True),
    ("key", "['id' => 4, 'name' => 'X', 'key' => '", "{hex:32}", "']", False),
    ("key", '{"id": 4, "name": "ci", "created_at": 1, "key": "', "{alnum:40}", '"}', False),
    ("key", '{"quote_id": 4, "client_id": 2, "key": "', "{alnum:64}", '"' + SENT, True),
    ("key", '{"user_id": 4, "client_id": 2, "key": "', "{alnum:64}", '", "created_at": 1}', False),
    (
        "token",
        "['id' => 4, 'provider' => 'X', 'token' => '",
        "{hex:32}",
        "', 'fields' => '']",
        False,
    ),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "is_row"), ROWS)
def test_why_row_key(name: str, before: str, value: str, after: str, is_row: bool) -> None:
    """The thing in a key's name and the columns beside it tell a row; a secret beside it, or a name alone, do not."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_row_key(data, len(before), len(before) + len(drawn), name) == (
        ROW if is_row else None
    )
