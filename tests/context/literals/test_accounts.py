"""Behaviour of scanner.context.literals.accounts: the columns of a statement name the passwords in its rows."""

import re

from scanner.context.literals.accounts import inserted, opens


def found(text: str) -> list[str]:
    data = text.encode()
    starts = [
        found.end() for found in re.finditer(rb"(?i)insert", data) if opens(data, found.end())
    ]
    return [data[one.start : one.end].decode() for one in inserted(data, starts)]


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
