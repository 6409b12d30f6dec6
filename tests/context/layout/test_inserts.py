"""Behaviour of scanner.context.layout.inserts: whose column a value of an SQL dump is in."""

import time

import pytest

from scanner.context.layout import inserts
from scanner.context.layout.inserts import column_of, insert_of

KEYS = "CREATE TABLE accounts (id INTEGER PRIMARY KEY, exchange TEXT, api_key TEXT, secret TEXT);\n"
ORDERS = "CREATE TABLE orders (id INT, exchange TEXT, order_id TEXT, tx_hash TEXT);\n"
ROW = "INSERT INTO accounts VALUES(1,'okx','k','§');\n"


def column(text: str) -> str:
    return column_of(text.encode(), len(text.partition("§")[0].encode()))


@pytest.mark.parametrize(
    "text",
    [
        KEYS + ROW,
        KEYS + ORDERS + ROW,
        ORDERS + "INSERT INTO orders VALUES(1,'okx','a','b');\n" + KEYS + ROW,
        KEYS.replace(", ", ",\n  ").replace("(id", "(\n  id") + ROW,
        KEYS.lower() + ROW.lower(),
        KEYS.replace("accounts", "`accounts`") + ROW.replace("accounts", "`db`.`accounts`"),
        KEYS.replace("accounts", '"public"."accounts"') + ROW.replace("accounts", "[accounts]"),
        KEYS.replace("TABLE", "TABLE IF NOT EXISTS") + ROW.replace("INSERT", "INSERT OR IGNORE"),
        KEYS.replace("exchange TEXT", "fee DECIMAL(10,2) DEFAULT '0,0'") + ROW,
        KEYS.replace("exchange", "-- whose, and which\n exchange") + ROW,
        ROW.replace("accounts", "accounts (id, exchange, `api_key`, [secret])"),
        KEYS + ROW.replace("1,", "1,'it''s, (so)',").replace("'okx',", ""),
        KEYS + ROW.replace("VALUES(", "VALUES(0,'bybit','x','y'),\n("),
        KEYS + ROW.replace("VALUES(", "VALUES" + "(0,'bybit; x','x','y'),\n" * 1000 + "("),
        KEYS + ROW.replace("1,", "coalesce(1, 2),"),
        KEYS + ROW.replace("INSERT", "UPSERT"),
        "INSERT [dbo].[accounts] ([id], [exchange], [api_key], [secret]) VALUES (1, N'okx', N'k', N'§')",
        'INSERT INTO "public"."accounts" ("id","x","y","secret")\nVALUES\n  (1, 2, 3, \'§\')',
    ],
)
def test_the_columns_are_those_of_the_same_table(text: str) -> None:
    """Whatever other tables the dump has, however the names are written, and in every row."""
    assert column(text) == "secret"


@pytest.mark.parametrize(
    "text",
    [
        KEYS + ROW.replace("accounts", "orders"),
        KEYS + "x = ('okx', '§')",
        KEYS + ROW.replace("§", "x") + "SELECT f(1, 2, 3, '§');",
        KEYS + ROW.replace("'k'", "'k', 5"),
        KEYS + "INSERT INTO accounts SELECT (1, 2, 3, '§');",
        "INSERT INTO accounts VALUES" + "x" * 9000 + "(1, 2, 3, '§')",
        "call('§')",
    ],
)
def test_no_column_is_guessed(text: str) -> None:
    """Another table's columns are no help, nor are those of a statement that has ended."""
    assert column(text) == ""


def test_the_table_is_named() -> None:
    """A statement is told with its table and its columns, which may be none."""
    data = (ORDERS + ROW).encode()
    insert = insert_of(data, data.index("§".encode()))
    assert insert is not None and (insert.table, insert.columns) == ("accounts", ())


@pytest.mark.parametrize(
    "text",
    ['{"orderId": "VALUE"}', "api_key = 'VALUE'", "call('VALUE')", '  "VALUE",', "<a>VALUE</a>"],
)
def test_a_whole_text_is_read_for_values_of_rows_alone(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The versions of a long file are asked about thousands of values, and hold no SQL."""
    monkeypatch.setattr(inserts, "insert_of", None)
    assert inserts.cell_of(text.encode(), text.index("VALUE")) == ("", "")


@pytest.mark.parametrize(
    "row",
    ["('x', 'VALUE');", "(\n  'x',\n  'VALUE'\n);", "('y','" + "z" * 9000 + "'),('x','VALUE');"],
)
def test_rows_on_one_line_and_on_many(row: str) -> None:
    text = f"INSERT INTO keys (name, secret) VALUES {row}"
    assert inserts.cell_of(text.encode(), text.index("VALUE'")) == ("keys", "secret")


def test_the_last_of_thousands_of_tables_is_known() -> None:
    tables = "".join(f"CREATE TABLE t{place} (id INT, note TEXT);\n" for place in range(3000))
    assert column(tables + KEYS + ROW) == "secret"


def test_tables_that_are_never_closed_are_read_once_each() -> None:
    text = "".join(f"CREATE TABLE t{place} (id INT, a TEXT, " for place in range(20_000))
    begun = time.process_time()
    column(text + KEYS + ROW)
    assert time.process_time() - begun < 2
