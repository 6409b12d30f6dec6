"""Behaviour of scanner.context.literals.tables: cells that a heading, or the name beside them, says are secret."""

import pytest

from scanner.context.literals.tables import cells

V = "k8dq" + "Zx2!m"
"""An invented value; ``VALUE`` in the rows stands for it."""


def names(text: str) -> list[tuple[str, str, bytes]]:
    data = text.replace("VALUE", V).encode()
    return [(one.name, one.kind, data[one.start : one.end]) for one in cells(data)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("user,password\napp,VALUE\n", "password", "password"),
        ("name;url;username;password;note\nWiki;https://w;app;VALUE;", "password", "password"),
        ('"name","url","user","password"\r\n"a, b","u","app","VALUE"\r\n', "password", "password"),
        ("id\tname\tapi_key\n1\tada\tVALUE", "api_key", "api_key"),
        ("\ufeffkey,value\nstripe_secret,VALUE\n", "stripe_secret", "api_secret"),
        ("service,name,value\nshop,api_token,VALUE", "api_token", "token"),
        ("login;haslo;rola\nanna;VALUE;admin\n", "haslo", "password"),
        ("login;Hasło\nanna;VALUE\n", "Hasło", "password"),
        ("email,contraseña\na@b,VALUE\n", "contraseña", "password"),
        ("# of all accounts\n\nuser,password\napp,VALUE\n", "password", "password"),
        ("\ufeffsep=;\r\nuser;password\r\napp;VALUE\r\n", "password", "password"),
        ("логин,Пароль\nanna,VALUE\n", "Пароль", "password"),
        ("ユーザー名,パスワード\nanna,VALUE\n", "パスワード", "password"),
    ],
)
def test_a_cell_is_read_whole(text: str, name: str, kind: str) -> None:
    assert names(text) == [(name, kind, V.encode())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("| Host | User | Password |\n|---|---|---|\n| db1 | root | VALUE |\n", "Password"),
        ("# A\n\nHost | Password\n:--- | ---:\ndb1 | `VALUE`\n\nText", "Password"),
        ("| Service | **API key** |\n|:-:|---|\n| maps | **`VALUE`** |", "API key"),
        ("| 账号 | 密码 |\n| --- | --- |\n| admin | VALUE |", "密码"),
        ("| Login | Password (initial) |\n|--|--|\n| ana | <code>VALUE</code> |", "Password"),
        ("| Item | Value |\n|---|---|\n| Host | db1 |\n| **Password** | VALUE |", "Password"),
        ("| | |\n|-|-|\n| DB_PASSWORD: | VALUE |", "DB_PASSWORD"),
        (
            "+----+-----+\n| user | password |\n+----+-----+\n| a | VALUE |\n+----+-----+",
            "password",
        ),
        (" user | password\n------+----------\n root | VALUE\n(1 row)", "password"),
        ("# | User | Password |\n# |------|----------|\n# | root | VALUE |\n", "Password"),
    ],
)
def test_a_cell_of_a_table_drawn_with_bars_is_read_whole(text: str, name: str) -> None:
    assert [(one[0], one[2]) for one in names(text)] == [(name, V.encode())]


def test_all_rows_of_a_drawn_table_are_read_whatever_its_width() -> None:
    head = f"| {'Host':40} | {'User':40} | {'Password':40} |\n|{'-' * 42}|{'-' * 42}|{'-' * 42}|\n"
    rows = "".join(f"| {f'db{i}':40} | {'root':40} | {V:40} |\n" for i in range(30))
    assert len(names(f"Text\n\n{head}{rows}\n\n| a | {V} |\n")) == 30


@pytest.mark.parametrize(
    "text",
    [
        "| User | Password |\n|---|---|\n| ana | ask the owner |",
        "| User | Password |\n|---|---|\n| ana | 2024-01-02 |",
        "| User | Password |\n|---|---|\n| ana | VALUE | x |",  # another number of cells
        "| User | Password |\n| ana | VALUE |",  # no rule, no table
        "| Token | Address |\n|---|---|\n| VALUE | x |",  # a coin
        "| Input | Output |\n|---|---|\n| theme | VALUE |",
        "|---|---|\n| user | VALUE |",
    ],
)
def test_what_is_no_drawn_table_of_secrets_gives_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "user,password",
        "user,password\nVALUE\n",  # another number of cells
        'user,password\nx,"VALUE\n',  # a quote that nothing closes
        'user,password\nx,"VALUE"y\n',
        "key,en,de\npassword,VALUE,VALUE\n",  # a translation: its key is a name
        "key,value\ntheme,VALUE\n",
        "password,strength\nVALUE,3\n",  # a list of words, which opens nothing
        "user,password\napp," + "0a" * 16 + "\n",  # a hash
        "user,password_hash\napp,VALUE\n",
        "account_id,session_id\n1,VALUE\n",  # what a heading calls an id is one
        "user,password\napp,abc\n",
        "f(user, password)\ng(app, VALUE)\n",
        "user," * 250 + "password\n" + "x," * 250 + "VALUE\n",
    ],
)
def test_what_is_no_table_of_secrets_gives_none(text: str) -> None:
    assert names(text) == []


def test_every_row_is_read() -> None:
    """An export of all accounts has thousands, and what comes last is as much a secret."""
    text = "user,password\n" + f"app,{V}\n" * 3000
    assert len(names(text)) == 3000


def test_a_wide_table_is_read() -> None:
    heading = "user,password," + ",".join(f"column {place}" for place in range(150))
    found = names(f"{heading}\napp,{V}{',x' * 150}\n")
    assert [name for name, _, _ in found] == ["password"]
