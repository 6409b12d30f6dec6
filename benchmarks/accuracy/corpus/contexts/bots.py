# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Medium shapes: how trading bots and ccxt programs keep keys; the provider is named elsewhere in the file."""

from __future__ import annotations

import json
from typing import Any

from corpus.contexts.base import Kit, ccxt_pair, pair, quote, roles, shape
from corpus.systems import Credential

Creds = list[Credential]


def _slug(kit: Kit, credential: Credential) -> str:
    return kit.pick(*credential.system.ccxt) if credential.system.ccxt else credential.system.slug


@shape("ccxt_python", "medium", ccxt_pair, weight=6)
def ccxt_python(kit: Kit, creds: Creds) -> None:
    """Write a ccxt constructor or attributes."""
    key, secret, passphrase = roles(creds[0])
    name, k, s = _slug(kit, creds[0]), kit.s(key), kit.s(secret)
    order = kit.tree.look("order_id", str(kit.rng.randrange(10**18, 10**19)))
    lines = ["import ccxt", "import pandas as pd", ""]
    if kit.rng.random() < 0.7:
        lines += [f"exchange = ccxt.{name}({{", f"    'apiKey': '{k}',", f"    'secret': '{s}',"]
        if passphrase:
            lines.append(f"    'password': '{kit.s(passphrase)}',")
        lines += ["    'enableRateLimit': True,", "})"]
    else:
        lines += [
            f"exchange = ccxt.{name}()",
            f"exchange.apiKey = '{k}'",
            f"exchange.secret = '{s}'",
        ]
        if passphrase:
            lines.append(f"exchange.password = '{kit.s(passphrase)}'")
    lines += [
        "",
        "print(exchange.fetch_balance())",
        f"exchange.cancel_order('{order}', 'BTC/USDT')",
        "",
    ]
    kit.add(kit.pick("bot.py", "src/trade.py", "examples/balance.py", "main.py"), "\n".join(lines))


@shape("ccxt_javascript", "medium", ccxt_pair, weight=4)
def ccxt_javascript(kit: Kit, creds: Creds) -> None:
    """Write a ccxt object literal."""
    key, secret, passphrase = roles(creds[0])
    third = f", password: '{kit.s(passphrase)}'" if passphrase else ""
    text = (
        "import ccxt from 'ccxt'\n\nconst symbol = 'ETH/USDT'\n"
        f"const ex = new ccxt.pro.{_slug(kit, creds[0])}({{\n  apiKey: '{kit.s(key)}',\n"
        f"  secret: '{kit.s(secret)}'{third},\n  options: {{ defaultType: 'swap' }},\n}})\n"
        "const ticker = await ex.fetchTicker(symbol)\nconsole.log(ticker.last)\n"
    )
    kit.add(kit.pick("bot.mjs", "src/exchange.ts", "index.js"), text)


@shape("ccxt_php", "medium", ccxt_pair)
def ccxt_php(kit: Kit, creds: Creds) -> None:
    """Write a ccxt associative array."""
    key, secret, passphrase = roles(creds[0])
    third = f"    'password' => '{kit.s(passphrase)}',\n" if passphrase else ""
    text = (
        f"<?php\nrequire 'vendor/autoload.php';\n\n$exchange = new \\ccxt\\{_slug(kit, creds[0])}([\n"
        f"    'apiKey' => '{kit.s(key)}',\n    'secret' => '{kit.s(secret)}',\n{third}]);\n"
        "var_dump($exchange->fetch_balance());\n"
    )
    kit.add("public/balance.php", text)


@shape("ccxt_keys_json", "medium", ccxt_pair, batch=4, weight=4)
def ccxt_keys_json(kit: Kit, creds: Creds) -> None:
    """Write ccxt's keys.json, some entries without keys."""
    body: dict[str, Any] = {"_1btcxe": {"skip": True}, "anxpro": {"apiKey": "", "secret": ""}}
    for credential in creds:
        key, secret, passphrase = roles(credential)
        entry = {"apiKey": kit.s(key), "secret": kit.s(secret)}
        if passphrase:
            entry["password"] = kit.s(passphrase)
        body[_slug(kit, credential)] = entry
    kit.add("keys.local.json", json.dumps(body, indent=4, ensure_ascii=False) + "\n")


@shape("freqtrade", "medium", ccxt_pair, weight=5)
def freqtrade(kit: Kit, creds: Creds) -> None:
    """Write a freqtrade configuration."""
    key, secret, passphrase = roles(creds[0])
    exchange: dict[str, Any] = {
        "name": _slug(kit, creds[0]),
        "key": kit.s(key),
        "secret": kit.s(secret),
    }
    if passphrase:
        exchange["password"] = kit.s(passphrase)
    exchange |= {"ccxt_config": {}, "pair_whitelist": ["BTC/USDT", "ETH/USDT"]}
    placeholder = kit.tree.look("placeholder", kit.pick("your_telegram_token", "<BOT_TOKEN>", ""))
    body = {
        "max_open_trades": 3,
        "stake_currency": "USDT",
        "dry_run": False,
        "exchange": exchange,
        "telegram": {"enabled": False, "token": placeholder, "chat_id": ""},
        "api_server": {"enabled": False, "listen_port": 8080, "jwt_secret_key": "", "password": ""},
        "bot_name": "freqtrade",
    }
    text = json.dumps(body, indent=4, ensure_ascii=False)
    if kit.rng.random() < 0.3:
        text = text.replace('    "exchange"', '    // live account\n    "exchange"')
    kit.add(kit.pick("user_data/config.json", "config-private.json", "ft/config.json"), text + "\n")


@shape("gocryptotrader", "medium", ccxt_pair)
def gocryptotrader(kit: Kit, creds: Creds) -> None:
    """Write a gocryptotrader configuration, one exchange with placeholders."""
    key, secret, passphrase = roles(creds[0])
    keys = {"key": kit.s(key), "secret": kit.s(secret)}
    if passphrase:
        keys["clientID"] = kit.s(passphrase)
    fake = {
        "key": kit.tree.look("placeholder", "Key"),
        "secret": kit.tree.look("placeholder", "Secret"),
    }
    rows = [
        {"name": "ANX", "enabled": False, "api": {"credentials": fake}},
        {"name": creds[0].system.brand, "enabled": True, "api": {"credentials": keys}},
    ]
    kit.add(
        ".gocryptotrader/config.json",
        json.dumps({"name": "Skynet", "exchanges": rows}, indent=1, ensure_ascii=False) + "\n",
    )


@shape("hummingbot_plain", "medium", pair)
def hummingbot_plain(kit: Kit, creds: Creds) -> None:
    """Write a connector file with values that somebody decrypted by hand."""
    slug = creds[0].prefix.lower()
    lines = [f"connector: {slug}", ""]
    lines += [f"{slug}_{creds[0].generic(part)}: {kit.s(part)}" for part in creds[0].parts]
    kit.add(f"conf/connectors/{slug}.yml", "\n".join(lines) + "\n")


@shape("jesse_csv", "medium", pair, batch=3)
def jesse_csv(kit: Kit, creds: Creds) -> None:
    """Write the CSV that jesse exports."""
    lines = ["Name,Exchange,API Key,API Secret,api_passphrase,wallet_address,stark_private_key"]
    for number, credential in enumerate(creds):
        key, secret, passphrase = roles(credential)
        third = kit.s(passphrase) if passphrase else ""
        lines.append(
            f"main{number},{credential.system.brand} Spot,{kit.s(key)},{kit.s(secret)},{third},,"
        )
    kit.add("storage/api-keys.csv", "\n".join(lines) + "\n")


@shape("gekko", "medium", ccxt_pair)
def gekko(kit: Kit, creds: Creds) -> None:
    """Write a gekko configuration."""
    key, secret, passphrase = roles(creds[0])
    text = (
        "var config = {};\nconfig.debug = true;\n\nconfig.watch = {\n"
        f"  exchange: '{_slug(kit, creds[0])}',\n  currency: 'USDT',\n  asset: 'BTC',\n}};\n\n"
        f"config.trader = {{\n  enabled: true,\n  key: '{kit.s(key)}',\n  secret: '{kit.s(secret)}',\n"
        f"  username: '',\n  passphrase: '{kit.s(passphrase) if passphrase else ''}',\n}};\n\n"
        "config.tradingAdvisor = { enabled: true, method: 'MACD', candleSize: 60 };\nmodule.exports = config;\n"
    )
    kit.add("gekko/config.js", text)


@shape("zenbot", "medium", ccxt_pair)
def zenbot(kit: Kit, creds: Creds) -> None:
    """Write a zenbot conf.js; the leak is the default behind ||."""
    key, secret, _ = roles(creds[0])
    slug = _slug(kit, creds[0])
    upper = slug.upper()
    text = (
        "var c = module.exports = {}\n\nc.selector = 'gdax.BTC-USD'\n"
        f"c.{slug} = {{}}\nc.{slug}.key = process.env.ZENBOT_{upper}_API_KEY || '{kit.s(key)}'\n"
        f"c.{slug}.secret = process.env.ZENBOT_{upper}_SECRET || '{kit.s(secret)}'\n"
        "c.gemini = {}\nc.gemini.key = process.env.ZENBOT_GEMINI_API_KEY || 'YOUR-API-KEY'\n"
    )
    kit.add("zenbot/conf.js", text)


@shape("spring_yaml", "medium", pair, batch=2)
def spring_yaml(kit: Kit, creds: Creds) -> None:
    """Write nested Spring YAML."""
    lines = ["spring:", "  application:", "    name: trader", "trading:", "  exchanges:"]
    for credential in creds:
        lines += [f"    - name: {credential.system.brand}", "      enabled: true"]
        lines += [
            f"      {credential.generic(p).replace('_', '-')}: {kit.q(p)}" for p in credential.parts
        ]
    kit.add("src/main/resources/application.yml", "\n".join(lines) + "\n")


@shape("appsettings", "medium", batch=2, weight=3)
def appsettings(kit: Kit, creds: Creds) -> None:
    """Write .NET settings, a section per provider."""
    body: dict[str, Any] = {
        "Logging": {"LogLevel": {"Default": "Information"}},
        "AllowedHosts": "*",
    }
    for credential in creds:
        name = credential.system.brand.replace(" ", "").replace(".", "")
        values = {}
        for part in credential.parts:
            words = credential.generic(part).split("_")
            values["".join(word.capitalize() for word in words)] = kit.s(part)
        body[name] = values
    body["Build"] = dict(kit.noise(1))
    kit.add(
        "src/Trader/appsettings.Development.json",
        json.dumps(body, indent=2, ensure_ascii=False) + "\n",
    )


@shape("octobot_plain", "medium", ccxt_pair)
def octobot_plain(kit: Kit, creds: Creds) -> None:
    """Write OctoBot's exchanges with keys that are not yet encrypted."""
    key, secret, passphrase = roles(creds[0])
    values = {"api-key": kit.s(key), "api-secret": kit.s(secret), "enabled": True}
    if passphrase:
        values["api-password"] = kit.s(passphrase)
    fernet = kit.tree.look(
        "fernet", "gAAAAAB" + "".join(kit.rng.choices("ABCDEFabcdef0123456789_-", k=113))
    )
    body = {"exchanges": {_slug(kit, creds[0]): values}, "accepted_terms": True, "metrics": fernet}
    kit.add("user/config.json", json.dumps(body, indent=4, ensure_ascii=False) + "\n")


@shape("alert_json", "medium", pair)
def alert_json(kit: Kit, creds: Creds) -> None:
    """Write a Pine script whose alert message carries the exchange keys."""
    key, secret, _ = roles(creds[0])
    message = (
        f'{{"exchange":"{creds[0].system.slug}","apiKey":"{kit.s(key)}","secret":"{kit.s(secret)}",'
        '"side":"{{strategy.order.action}}","symbol":"{{ticker}}"}'
    )
    text = f"//@version=5\nstrategy('EMA cross', overlay=true)\nfast = ta.ema(close, 9)\nif fast > close\n    strategy.entry('L', strategy.long, alert_message={quote(message)})\n"
    kit.add("pine/ema.pine", text)
