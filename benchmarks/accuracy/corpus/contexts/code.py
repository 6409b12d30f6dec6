# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Medium shapes: code and requests with generic names; import, constructor, host or path tells the provider."""

from __future__ import annotations

import json
from string import Template

from corpus.contexts import sdk
from corpus.contexts.base import Fits, Kit, camel, pair, roles, shape, simple
from corpus.systems import Credential, Part

Creds = list[Credential]


def _kinds(credential: Credential) -> dict[str, Part]:
    letters = {
        "api_key": "k",
        "api_secret": "s",
        "passphrase": "p",
        "token": "t",
        "webhook": "w",
        "private_key": "x",
        "mnemonic": "x",
    }
    found: dict[str, Part] = {}
    for part in credential.parts:
        found.setdefault(letters.get(part.field.kind, "?"), part)
    if "x" in found and "s" not in found and "k" in found:
        found["s"] = found["x"]
    return found


def _fits(table: dict[str, tuple[str, str]]) -> Fits:
    def check(credential: Credential) -> bool:
        row = table.get(credential.system.id)
        if row is None:
            return False
        have = _kinds(credential)
        needs = set(Template(row[1]).get_identifiers()) & set("kspwtx")
        return needs <= set(have) and not any(have[n].is_multiline for n in needs)

    return check


def _call(kit: Kit, credential: Credential, call: str) -> str:
    have = _kinds(credential)
    needs = [n for n in Template(call).get_identifiers() if n in have]
    return Template(call).safe_substitute({n: kit.q(have[n]) for n in needs})


@shape("sdk_python", "medium", _fits(sdk.PYTHON), weight=12)
def sdk_python(kit: Kit, creds: Creds) -> None:
    """Write a client constructor, positional or by generic names."""
    head, call = sdk.PYTHON[creds[0].system.id]
    lines = [head, "import logging", "", "log = logging.getLogger(__name__)"]
    have = _kinds(creds[0])
    names = {
        "k": "API_KEY",
        "s": "API_SECRET",
        "p": "PASSPHRASE",
        "t": "TOKEN",
        "x": "key",
        "w": "url",
    }
    needs = [n for n in Template(call).get_identifiers() if n in have]
    if kit.rng.random() < 0.5:
        lines += [f"{names[n]} = {kit.q(have[n])}" for n in needs]
        call = Template(call).safe_substitute({n: names[n] for n in needs})
    else:
        call = _call(kit, creds[0], call)
    lines += [f'{name} = "{value}"' for name, value in kit.noise(1)]
    kit.add(
        kit.pick("main.py", "bot/client.py", "app.py", "scripts/check.py"),
        "\n".join([*lines, "", call, ""]),
    )


@shape("sdk_javascript", "medium", _fits(sdk.JAVASCRIPT), weight=10)
def sdk_javascript(kit: Kit, creds: Creds) -> None:
    """Write a client constructor."""
    head, call = sdk.JAVASCRIPT[creds[0].system.id]
    lines = [head, "", *(f"const {camel(n)} = '{v}';" for n, v in kit.noise(1))]
    kit.add(
        kit.pick("index.js", "src/client.ts", "lib/trade.mjs"),
        "\n".join([*lines, _call(kit, creds[0], call), ""]),
    )


@shape("sdk_other", "medium", _fits(sdk.OTHER), weight=8)
def sdk_other(kit: Kit, creds: Creds) -> None:
    """Write a client constructor in Go, Java, C#, Ruby, Rust, Kotlin or PHP."""
    name, call = sdk.OTHER[creds[0].system.id]
    kit.add(f"src/{name}", _call(kit, creds[0], call))


@shape("path_only", "medium", simple, weight=5)
def path_only(kit: Kit, creds: Creds) -> None:
    """Write generic names; only the folder or file name tells the provider."""
    slug = creds[0].system.slug.replace("_", "-")
    lines = [f"{creds[0].generic(p).upper()} = {kit.q(p)}" for p in creds[0].parts]
    lines += [f'{name} = "{value}"' for name, value in kit.noise(2)]
    path = kit.pick(
        f"exchanges/{slug}/config.py", f"connectors/{slug}_client.py", f"src/{slug}/settings.py"
    )
    kit.add(path, "\n".join([*lines, ""]))


@shape("getenv_default", "medium", simple, weight=4)
def getenv_default(kit: Kit, creds: Creds) -> None:
    """Write environment look-ups whose default is the leak."""
    if kit.rng.random() < 0.6:
        lines = ["import os", ""]
        lines += [
            f"{creds[0].generic(p)} = os.getenv('{creds[0].env(p)}', '{kit.s(p)}')"
            for p in creds[0].parts
        ]
        kit.add("app/config.py", "\n".join([*lines, ""]))
    else:
        lines = ["module.exports = {"]
        lines += [
            f"  {camel(creds[0].generic(p))}: process.env.{creds[0].env(p)} || '{kit.s(p)}',"
            for p in creds[0].parts
        ]
        kit.add("config/default.js", "\n".join([*lines, "};", ""]))


@shape("argparse_default", "medium", simple)
def argparse_default(kit: Kit, creds: Creds) -> None:
    """Write command line flags with defaults."""
    lines = [
        "import argparse",
        "",
        f'parser = argparse.ArgumentParser(description="{creds[0].system.brand} backfill")',
    ]
    lines += [
        f"parser.add_argument('--{creds[0].generic(p).replace('_', '-')}', default={kit.q(p)})"
        for p in creds[0].parts
    ]
    kit.add("tools/backfill.py", "\n".join([*lines, "args = parser.parse_args()", ""]))


@shape("sql_insert", "medium", pair, batch=3, weight=3)
def sql_insert(kit: Kit, creds: Creds) -> None:
    """Write a dump of an api_keys table."""
    lines = [
        "CREATE TABLE `api_keys` (id INT, exchange TEXT, label TEXT, api_key TEXT, secret TEXT, pass TEXT);"
    ]
    for number, credential in enumerate(creds, 7):
        key, secret, passphrase = roles(credential)
        third = f"'{kit.s(passphrase)}'" if passphrase else "NULL"
        lines.append(
            f"INSERT INTO `api_keys` VALUES ({number},'{credential.system.slug}','main','{kit.s(key)}','{kit.s(secret)}',{third});"
        )
    digest = kit.tree.look(
        "password_hash", "$2b$12$" + "".join(kit.rng.choices("abcdefghABCDEFGH./012345", k=53))
    )
    lines.append(f"INSERT INTO `users` VALUES (1,'admin@example.org','{digest}');")
    kit.add(kit.pick("backup/dump.sql", "db/seed.sql"), "\n".join([*lines, ""]))


@shape("xml_config", "medium", simple)
def xml_config(kit: Kit, creds: Creds) -> None:
    """Write an App.config."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<configuration>", "  <appSettings>"]
    slug = creds[0].system.brand.replace(" ", "")
    for part in creds[0].parts:
        text = kit.s(part).replace("&", "&amp;")
        lines.append(f'    <add key="{slug}.{camel(creds[0].generic(part))}" value="{text}" />')
    kit.add("src/App.config", "\n".join([*lines, "  </appSettings>", "</configuration>", ""]))


@shape("mql_input", "medium", simple)
def mql_input(kit: Kit, creds: Creds) -> None:
    """Write MetaTrader inputs."""
    lines = [f"// {creds[0].system.brand} bridge", "#property strict"]
    lines += [f"input string {creds[0].generic(p).title()} = {kit.q(p)};" for p in creds[0].parts]
    kit.add("mt5/Bridge.mq5", "\n".join([*lines, "int OnInit() { return INIT_SUCCEEDED; }", ""]))


@shape("unquoted", "medium", pair)
def unquoted(kit: Kit, creds: Creds) -> None:
    """Write the beginner's mistake: values without quotes in code."""
    key, secret, passphrase = roles(creds[0])
    third = f"    'password': {kit.s(passphrase)},\n" if passphrase else ""
    text = f"import ccxt\n\nexchange = ccxt.{creds[0].system.slug}({{\n    'apiKey': {kit.s(key)},\n    'secret': {kit.s(secret)},\n{third}}})\n"
    kit.add("first_bot.py", text)


@shape("mistaken_getenv", "medium", pair)
def mistaken_getenv(kit: Kit, creds: Creds) -> None:
    """Write the value where the variable's name belongs."""
    key, secret, _ = roles(creds[0])
    text = f"import os\nimport ccxt\n\napi_key = os.getenv('{kit.s(key)}')\napi_secret = os.getenv('{kit.s(secret)}')\n"
    kit.add(
        "bot/run.py",
        text + f"ex = ccxt.{creds[0].system.slug}({{'apiKey': api_key, 'secret': api_secret}})\n",
    )


@shape("swapped_roles", "medium", pair)
def swapped_roles(kit: Kit, creds: Creds) -> None:
    """Write key and secret under each other's name."""
    key, secret, _ = roles(creds[0])
    lines = [
        f"{creds[0].env(key)}={kit.s(secret)}",
        f"{creds[0].env(secret)}={kit.s(key)}",
        "DEBUG=1",
        "",
    ]
    kit.add("old/.env.bak", "\n".join(lines))


@shape("notebook_cell", "medium", pair, weight=3)
def notebook_cell(kit: Kit, creds: Creds) -> None:
    """Write a notebook whose first cell sets generic names."""
    key, secret, passphrase = roles(creds[0])
    image = kit.tree.look(
        "base64_image",
        "iVBORw0KGgoAAAANSUhEUgAA"
        + "".join(kit.rng.choices("ABCDEFGHabcdefgh0123456789+/", k=400)),
    )
    source = ["import ccxt\n", f'api_key = "{kit.s(key)}"\n', f'api_secret = "{kit.s(secret)}"\n']
    if passphrase:
        source.append(f'password = "{kit.s(passphrase)}"\n')
    source.append(f"ex = ccxt.{creds[0].system.slug}({{'apiKey': api_key, 'secret': api_secret}})")
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Backtest"]},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "outputs": [],
            "source": source,
        },
        {
            "cell_type": "code",
            "execution_count": 2,
            "metadata": {},
            "source": ["df.plot()"],
            "outputs": [{"data": {"image/png": image}, "output_type": "display_data"}],
        },
    ]
    body = {
        "cells": cells,
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    kit.add("notebooks/backtest.ipynb", json.dumps(body, indent=1, ensure_ascii=False) + "\n")
