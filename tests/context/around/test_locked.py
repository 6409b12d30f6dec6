"""Behaviour of scanner.context.around.locked: checksums behind the names of packages and pieces of pages."""

import random

import pytest

from scanner.context.around.locked import why_checksum
from scanner.placeholders import fill

PACKAGE, PIECE = "the checksum of a package", "a digest of a piece of a page"
PODS = "PODS:\n  - TokenField (1.0)\n\nSPEC CHECKSUMS:\n  Alamofire: x\n  TokenField: "
ROWS = [
    (PODS, "{hex:40}", "\n\nPODFILE CHECKSUM: x\n", PACKAGE),
    ("SPEC CHECKSUMS:\n  Auth0: ", "{hex:40}", "\n", PACKAGE),
    (PODS + "x\n\nOTHER:\n  TokenField: ", "{hex:40}", "\n", None),
    ("SERVICES:\n  TokenField: ", "{hex:40}", "\n", None),
    (PODS, "{hex:32}", "\n", None),
    (PODS, "{alnum:40}", "\n", None),
    ('  "token": {:hex, :token, "1.0.0", "', "{hex:64}", '", [:mix]', PACKAGE),
    (' {<<"jwt_secret">>, <<"', "{HEX:64}", '">>}', PACKAGE),
    ('  "token": "', "{hex:64}", '"', None),
    ('{"./auth/token.js":"', "{hex:20}", '"}', PIECE),
    ('{"a.css":"/a.0a1b2c3d4e5f6a7b8c9d.css","password":"', "{hex:20}", '"}', PIECE),
    ('{"a.css":"/a.0a1b2c3d.css","password":"', "{hex:20}", '"}', None),
    ('{"password":"', "{hex:20}", '"}', None),
    ('{7:"', "{hex:20}", '"}[e]+".js?a.0a1b2c3d4e5f6a7b8c9d.js"', PIECE),
    ("{ key: '", "{hex:20}", "', a: 'a.0a1b2c3d4e5f6a7b8c9d.js' }", None),
    ('{"password":"', "{hex:20}", '"}\n"/a.0a1b2c3d4e5f6a7b8c9d.css"', None),
]


@pytest.mark.parametrize(("before", "value", "after", "reason"), ROWS)
def test_why_checksum(before: str, value: str, after: str, reason: str | None) -> None:
    """The list that a checksum stands in, or a built file's name of that length beside it, tells."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_checksum(data, len(before), len(before) + len(drawn)) == reason
