"""Behaviour of scanner.context.around.documents: a key that only says which document is meant is no secret."""

import random

import pytest

from scanner.context.around.documents import why_document
from scanner.placeholders import fill

DOCUMENT, ISSUE = "the id of a document", "the id of an issue"
SHEET = "1{base64url:43}"
ROWS = [
    # name, text before, value, text after, reason
    ("SPREADSHEET_KEY", "SPREADSHEET_KEY = '", SHEET, "'", DOCUMENT),
    ("sheetKey", "const sheetKey = '", SHEET, "';", DOCUMENT),
    ("DRIVE_KEY", 'DRIVE_KEY = "', "1{base64url:32}", '"', DOCUMENT),
    ("folder_key", 'folder_key = "', "0B{base64url:26}", '"', DOCUMENT),
    ("key", "Tabletop.init({ key: '", "0{base64url:43}", "' });", DOCUMENT),
    ("key", 'key <- "', SHEET, '"\ngs_key(key)', DOCUMENT),
    ("key", 'import gspread\nkey = "', SHEET, '"\nsheet = gc.open_by_key(key)', DOCUMENT),
    ("FIGMA_FILE_KEY", "FIGMA_FILE_KEY=", "{alnum:22}", "", DOCUMENT),
    ("key", '{"issues":[{"key":"', "AX{alnum:18}", '","rule":"java:S2068","hash":"x"}]}', ISSUE),
    ("FIGMA_KEY", "FIGMA_KEY=", "{alnum:22}", "", DOCUMENT),
    ("sheet_id_key", "sheet_id_key: ", SHEET, "", DOCUMENT),
    (
        "const KEY",
        "const KEY = '",
        SHEET,
        "';\nx = `https://docs.google.com/spreadsheets/d/${{KEY}}`",
        DOCUMENT,
    ),
    ("SHEET_KEY", "SHEET_KEY = 'x1a_", "{alnum:40}", "'", None),
    ("SHEET_KEY", "SHEET_KEY = '1ab_", "{alnum:36}", "-xyz'", DOCUMENT),
    ("key", 'key = "', SHEET, '"', None),
    ("api_key", 'import gspread\napi_key = "', SHEET, '"', None),
    ("DRIVE_KEY", 'DRIVE_KEY = "', "AIza{base64url:35}", '"', None),
    ("SHEET_SECRET", 'SHEET_SECRET = "', SHEET, '"', None),
    ("FILE_KEY", "FILE_KEY=", "{alnum:22}", "", None),
    ("key", '{"key":"', "AX{alnum:18}", '","secret":"x"}', None),
    ("key", '{"key":"', "BX{alnum:18}", '","rule":"java:S2068"}', None),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "reason"), ROWS)
def test_why_document(name: str, before: str, value: str, after: str, reason: str | None) -> None:
    """The name tells, or what takes a bare key; another form of value may be a secret all the same."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_document(data, len(before), len(before) + len(drawn), name) == reason
