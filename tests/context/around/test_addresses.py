"""Behaviour of scanner.context.around.addresses: a piece of an address or of a file's name is no secret."""

import random

import pytest

from scanner.context.around.addresses import in_address
from scanner.placeholders import fill

PIECE = "a piece of an address"
IMAGE = "the name of an image or a document"
MODULE = "the address of a module"
ROWS = [
    # text before, value, text after, reason
    ('get("https://api.kucoin.com/api/v1/orders/', "{hex:24}", '")', PIECE),
    ('get("https://api.kucoin.com/api/v1/accounts/', "{hex:24}", '/ledgers")', PIECE),
    ("wss://stream.example.org/ws/", "{uuid}", "\n", PIECE),
    ("https://user-images.githubusercontent.com/57/1277-", "{uuid}", "\n", PIECE),
    ("https://explorer.example.org/tx/0x", "{hex:64}", "\n", PIECE),
    ("![key](https://cdn.example.org/a?b=", "{uuid}", ".png)", IMAGE),
    ("assets/", "{hex:24}", ".PDF", IMAGE),
    ("postgresql://user:password@db:", "5432/signals", '"', PIECE),
    ("https://api.github.com/repos/acme/jwt/zipball/", "{hex:40}", '"', "a commit"),
    ("https://git.acme.dev/acme/jwt/commit/", "{hex:40}", "\n", "a commit"),
    ("https://node.example.org/v1/", "{hex:40}", "\n", None),
    ('IsValid("0x', "{hex:64}", '::coin::Coin")', MODULE),
    ("https://api.kucoin.com/?apiKey=", "{hex:24}", "\n", None),  # a key among the parameters
    ("https://api.kucoin.com/ ", "{hex:24}", "\n", None),
    ('Client("https://api.kucoin.com/", "', "{hex:24}", '")', None),
    ("https://node.example.org/v1/", "{alnum:32}", "\n", None),  # a node's keys are in its path
    ("https://node.example.org/v1/", "{hex:32}", "\n", None),
    ("key: ", "{hex:24}", ".\n", None),
    ("key: ", "{hex:24}", ".pngs\n", None),
    ("postgresql://user:", "{alnum:20}", "@db:5432/signals\n", None),
]


@pytest.mark.parametrize(("before", "value", "after", "reason"), ROWS)
def test_pieces_of_addresses(before: str, value: str, after: str, reason: str | None) -> None:
    secret = fill(value, random.Random(3))[0]
    data = f"{before}{secret}{after}".encode()
    assert in_address(data, len(before), len(before) + len(secret)) == reason
