"""Behaviour of scanner.context.around.connections: a host or an account beside a password tells what it opens."""

import pytest

from scanner.context.around.connections import connects, is_at_host, is_of_host, names_host

OPENS = [
    "host: 10.0.0.2\npassword: VALUE",
    "DB_USERNAME=app\nDB_PASSWORD=VALUE",
    "connect(host='db1', user='app', passwd='VALUE')",
    "<username>deploy</username><password>VALUE</password>",
    '<property name="username" value="app"/><property name="password" value="VALUE"/>',
    "<key>FTPUser</key><string>web</string><key>FTPPassword</key><string>VALUE</string>",
    "define('DB_USER', 'wp');\ndefine('DB_PASSWORD', 'VALUE');",
    '#define FTP_USER "web"\n#define FTP_PASS "VALUE"',
    "machine ftp.acme.internal login ingrid password VALUE",
    '{"password": "VALUE", "host": "db1"}',
    "Server=db;User Id=sa;Password=VALUE",
]
TELLS_NOTHING = [
    "password: VALUE",
    "username: string\npassword: VALUE",
    '{"username": "Benutzername", "password": "VALUE"}',
    "host = getHost()\npassword = 'VALUE'",
    "user = request.user\npassword = 'VALUE'",
    "host: VALUE",
]


@pytest.mark.parametrize("text", OPENS)
def test_a_host_or_an_account_stands_beside_a_password(text: str) -> None:
    """As code, settings, markup and notes write them, before the password or behind it."""
    data = text.encode()
    at = data.index(b"VALUE")
    assert connects(data, at, at + 5)


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_captions_code_and_types_are_none(text: str) -> None:
    """A caption, a call, a type and the value itself are no account."""
    data = text.encode()
    at = data.index(b"VALUE")
    assert not connects(data, at, at + 5)


def test_a_host_that_somebody_runs_is_no_example() -> None:
    """An address or a domain names a host; this machine and the domains of examples do not."""
    for host, real in (
        ("10.0.0.2", True),
        ("db1.acme.io", True),
        ("smtp://mail.acme.io:25", True),
        ("localhost", False),
        ("127.0.0.1", False),
        ("db.example.com", False),
    ):
        data = f"host: {host}\nuser: app\npassword: VALUE".encode()
        at = data.index(b"VALUE")
        assert names_host(data, at, at + 5) is real


def test_a_host_on_its_line_needs_no_name() -> None:
    """An address, or a domain behind ``@``, a scheme or an option, on the line of the password alone."""
    for text, real in (
        ("sshpass -p VALUE ssh root@203.0.113.9", True),
        ("PGPASSWORD=VALUE pg_dump -h db1.acme.io app", True),
        ("curl -u ops:VALUE https://status.acme.io/", True),
        ('server.login("ops@acme.io", "VALUE")', True),
        ('s.connect("198.51.100.7", password="VALUE")', True),
        ("sshpass -p VALUE ssh root@localhost", False),
        ("curl -u ops:VALUE https://api.example.com/", False),
        ("import os.path  # VALUE", False),
        ("root@203.0.113.9\nVALUE", False),
    ):
        data = text.encode()
        at = data.index(b"VALUE")
        assert is_at_host(data, at, at + 5) is real, text


def test_the_host_of_an_address_is_behind_its_password() -> None:
    """A domain or an address of somebody's; a service's short name and this machine are none."""
    for host, real in (
        ("db1.acme.io:27017/shop", True),
        ("10.0.0.4/shop", True),
        ("db:27017", False),
        ("localhost", False),
        ("127.0.0.1", False),
        ("db.example.com", False),
    ):
        assert is_of_host(f"mongodb://app:VALUE@{host}".encode(), 19) is real, host
