"""Behaviour of scanner.context.literals.parallel: of several names each is given its own value."""

import re

import pytest

from scanner.context.literals.named import near

V = "k8dq" + "Zx2!m"
"""An invented value; ``VALUE`` in the rows stands for it."""


@pytest.mark.parametrize(
    "text",
    [
        "user, password = 'svc_ledger', 'VALUE'",
        'user, pass := "svc", "VALUE"',
        'const bindDN, bindPassword = "cn=app,dc=lab,dc=lan", "VALUE"',
        'user, pwd = cfg["user"], "VALUE"',
        'host, port, password = os.environ["H"], 5432, "VALUE"',
        'password, user = "VALUE", "admin"',
        "const [user, password] = ['app', 'VALUE'];",
        "($user, $password) = ('app', 'VALUE');",
        'def connect(host, password="VALUE"):',
        'user, password="VALUE"',
    ],
)
def test_each_name_has_its_own_value(text: str) -> None:
    data = text.replace("VALUE", V).encode()
    ends = [found.end() for found in re.finditer(rb"(?i)pass\w*|pwd", data)]
    assert {data[one.start : one.end] for one in near(data, ends)} == {V.encode()}


@pytest.mark.parametrize(
    "text",
    ["user, password = line.split(':')", 'a, password = "k8dq Zx", read()', "_, token = get()"],
)
def test_what_is_not_written_there(text: str) -> None:
    data = text.encode()
    ends = [found.end() for found in re.finditer(rb"password|token", data)]
    assert not list(near(data, ends, least="weak"))
