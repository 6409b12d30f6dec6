"""Behaviour of scanner.context.literals.statements: the columns of a statement name the secrets in its rows."""

import random
import re

import pytest

from scanner.context.literals.statements import opens, stored
from scanner.placeholders import fill

KEYS = [fill("{alnum:40}", random.Random(seed))[0] for seed in range(2)]


def found(text: str) -> list[str]:
    data = text.encode()
    words = re.finditer(rb"(?i)insert|from stdin", data)
    ends = [word.end() for word in words if opens(data, word.end())]
    return [data[one.start : one.end].decode() for one in stored(data, ends)]


def test_every_row_has_its_password() -> None:
    """On one line or many, behind commas and quotes inside other texts."""
    text = (
        "INSERT INTO `users` (`id`, `name`, `password`) VALUES\n"
        "(1, 'ingrid, jr', 'ravenBasil71'),\n(2, 'o''hara (b)', N'copper!'),\n(3, NULL, NULL);\n"
        "insert into users (passwd) values ('basil72raven');"
    )
    assert found(text) == ["ravenBasil71", "copper!", "basil72raven"]


def test_hashes_and_calls_are_none() -> None:
    """Digests of any length and what the database makes of a text are no password."""
    rows = (
        f"'{'5f4dcc3b' * 4}'",
        f"'{'5f4dcc3b' * 2}'",
        "'ab" + "Xy7./kQw2zZ'",
        "'" + "Zm9vYmFyQmF6" * 3 + "='",
        "MD5('ravenBasil71')",
    )
    assert (
        found("".join(f"INSERT INTO u (id, password) VALUES (1, {row});\n" for row in rows)) == []
    )


def test_other_columns_and_statements_are_left_alone() -> None:
    """No column of a password, no list of columns, no statement: nothing is read."""
    assert found("INSERT INTO u (id, name) VALUES (1, 'ravenBasil71');") == []
    assert (
        found("INSERT INTO u (password_hint, password_hash) VALUES ('raven71', 'basil72');") == []
    )
    assert found("INSERT INTO u VALUES (1, 'ravenBasil71');") == []
    assert found("values (password) ('ravenBasil71')") == []


def test_a_broken_row_ends_the_statement() -> None:
    """What is no row is not read on, and the next statement is."""
    text = "INSERT INTO u (password) VALUES ('a\n', ('raven71');\nINSERT INTO u (password) VALUES ('basil72');"
    assert found(text) == ["basil72"]


def test_the_table_above_tells_the_columns() -> None:
    """A dump names the columns once, where it makes the table; values of more than one line are read over."""
    table = (
        "CREATE TABLE `users` (\n  `id` int(11) NOT NULL,\n  `bio` text,\n"
        "  `password` varchar(40),\n  PRIMARY KEY (`id`)\n);\n"
    )
    rows = "INSERT INTO `users` VALUES (1,'a, (b)','ravenBasil71'),(2,NULL,'copper!');\n"
    assert found(table + rows) == ["ravenBasil71", "copper!"]


def test_every_row_is_read_of_however_wide_a_table() -> None:
    columns = ", ".join(f"a_column_of_the_table_{place}" for place in range(100))
    rows = ",\n".join(f"('ravenBasil{place}', {place})" for place in range(2500))
    assert len(found(f"INSERT INTO users (password, {columns}) VALUES\n{rows};")) == 2500


@pytest.mark.parametrize("column", ["api_key", "api_secret", "access_token", "privateKey"])
def test_every_row_has_its_key(column: str) -> None:
    """What the first row's column is called stands far from the last row, however the rows get in."""
    first, second = KEYS
    rows = "".join(f"({place}, '{first}'),\n" for place in range(300))
    inserts = f"INSERT INTO t (id, {column}) VALUES\n{rows}(300, '{second}');\n"
    assert found(inserts) == [first] * 300 + [second]
    lines = "".join(f"{place}\t{first}\n" for place in range(300))
    copies = f"COPY public.t (id, {column}) FROM stdin;\n{lines}300\t{second}\n\\.\n1\t{second}\n"
    assert found(copies) == [first] * 300 + [second]


def test_a_copy_without_an_end_is_read_to_the_last_line() -> None:
    assert found(f"copy t (id, api_key) from stdin;\r\n1\t{KEYS[0]}\r\n2\t{KEYS[1]}") == KEYS


@pytest.mark.parametrize(
    "columns", ["id, order_key, price", "token, symbol, id", "public_key, a, b", "key_id, a, b"]
)
def test_columns_of_what_is_no_secret_are_left_alone(columns: str) -> None:
    row = ", ".join(f"'{KEYS[0]}'" for _ in columns.split(","))
    assert found(f"INSERT INTO t ({columns}) VALUES ({row});") == []
    assert found(f"COPY t ({columns}) FROM stdin;\n" + "\t".join([KEYS[0]] * 3) + "\n") == []


def test_nulls_and_texts_of_other_statements_are_none() -> None:
    assert found("COPY t (id, api_key) FROM stdin;\n1\t\\N\n\\.\n") == []
    assert found(f"read it from stdin\n1\t{KEYS[0]}\n") == []
