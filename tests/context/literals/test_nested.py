"""Behaviour of scanner.context.literals.nested: a value one level below its name is that name's."""

import re

import pytest

from scanner.context.literals import named
from scanner.context.literals.named import near

V = "k8dq" + "Zx2!m"
"""An invented value; ``VALUE`` in the rows stands for it."""
FOUND = [
    '"adminPassword": { "value": "VALUE" },',
    '"adminPassword": {\n  "value": "VALUE"\n}',
    '"db_password": {\n  "sensitive": true,\n  "type": "string",\n  "value": "VALUE"\n}',
    '"loginPassword": { "type": "securestring", "defaultValue": "VALUE" }',
    'password = {\n  type  = "String"\n  value = "VALUE"\n}',
    "adminPassword:\n  value: VALUE\n",
    '- dbPassword:\n    type: String\n    Default: "VALUE"\n',
    '"adminPassword": { "metadata": { "description": "x" }, "defaultValue": "VALUE" }',
    "dbPassword:\n  # of the shop\n  Description: >-\n    for all\n  Default: VALUE\n",
    '{ "ParameterKey": "DBPassword", "ParameterValue": "VALUE" }',
    '"ParameterKey": "DBPassword",\n"ParameterValue": "VALUE"',
    "- ParameterKey: DBPassword\n  ParameterValue: VALUE\n",
    '{ "Key": "db_password", "Value": "VALUE" }',
]
NONE = [
    '"password": { "label": "VALUE", "required": true }',
    '"password": { "valueFrom": "VALUE" }',
    '"password": {}, "user": { "value": "VALUE" }',
    "password: { value: props.password }",
    "password:\nvalue: VALUE\n",
    "  password:\n  value: VALUE\n",
    "password:\n  value:\n    from: VALUE\n",
    "password:\n  from:\n    value: VALUE\n",
    "password:\n  value: *anchor\n",
    '{ "ParameterKey": "DBPassword", "UsePreviousValue": true }',
]


def literals(text: str) -> list[bytes]:
    data = text.replace("VALUE", V).encode()
    ends = [found.end() for found in re.finditer(rb"(?i)passw", data)]
    return [data[one.start : one.end] for one in near(data, ends)]


@pytest.mark.parametrize("text", FOUND)
def test_the_value_below_a_name_is_taken(text: str) -> None:
    """In braces or by its indent, beside its type and what else is said of it."""
    assert literals(text) == [V.encode()]


@pytest.mark.parametrize("text", NONE)
def test_what_is_not_of_the_name_is_left(text: str) -> None:
    """Another member's value, one on the name's own level, a reference."""
    assert V.encode() not in literals(text)


def test_the_line_of_the_name_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says nothing alone: what is below it may differ."""
    monkeypatch.setattr(named, "_LINES", {least: {} for least in named._LINES})
    for head in ("password:\n", '"password": {\n', '"password": { "type": "string",\n'):
        assert literals(head + "  other: 1\n") == []
        assert literals(head + '  "value": "VALUE"\n') == [V.encode()]
