# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Hard shapes: notes, chats, comments and dumps for people, in several languages, and pairs without any name."""

from __future__ import annotations

import json

from corpus.contexts.base import Kit, pair, quote, required, roles, shape, simple
from corpus.systems import Credential

Creds = list[Credential]

_PROSE = {
    "en": (
        "# Onboarding\n\nAsk Maria for VPN access first. For {brand} we share one account: the API key is {k} and the\nsecret is {s}.{p} Please do not trade futures with it.\n\nRun `make dev` afterwards.\n",
        " The passphrase is {p}.",
    ),
    "zh": (
        "# 部署说明\n\n{brand} 主账号的 API 密钥是 {k}，对应的私钥是 {s}。{p}\n请不要外传，谢谢。\n",
        "密码短语：{p}。",
    ),
    "ko": (
        "# 설정 안내\n\n{brand} 계정의 액세스 키는 {k} 이고 시크릿 키는 {s} 입니다.{p}\n서버 재시작 후 적용됩니다.\n",
        " 비밀번호는 {p} 입니다.",
    ),
    "ja": (
        "# 手順\n\n{brand} のAPIキーは「{k}」、シークレットは「{s}」です。{p}\n本番では出金権限を外してください。\n",
        "パスフレーズは「{p}」。",
    ),
    "ru": (
        "# Заметки\n\nКлюч API для {brand}: {k}, секретный ключ: {s}.{p}\nНе забудьте включить белый список IP.\n",
        " Пароль: {p}.",
    ),
    "es": (
        "# Notas\n\nLa clave API de {brand} es {k} y la clave secreta es {s}.{p}\nNo la compartas.\n",
        " La frase de acceso es {p}.",
    ),
    "fr": (
        "# Notes\n\nClé API {brand} : {k}\nClé secrète : {s}{p}\nMerci de ne pas la diffuser.\n",
        "\nMot de passe : {p}",
    ),
}
_LABELS = {
    "en": ("API Key", "Secret Key", "Passphrase"),
    "zh": ("API 密钥", "私钥", "密码短语"),
    "ja": ("APIキー", "シークレット", "パスフレーズ"),
    "ko": ("액세스 키", "시크릿 키", "비밀번호"),
    "es": ("Clave API", "Clave secreta", "Frase"),
    "ru": ("Ключ API", "Секретный ключ", "Пароль"),
    "fr": ("Clé API", "Clé secrète", "Phrase secrète"),
}
_COMMENTS = {
    "en": "old keys of {brand}, rotate later",
    "zh": "{brand} 测试账号，上线前删除",
    "ko": "{brand} 임시 키, 나중에 삭제",
    "ja": "{brand} の一時的なキー、後で消す",
    "ru": "временный ключ {brand}, потом убрать",
}


@shape("prose", "hard", pair, weight=8)
def prose(kit: Kit, creds: Creds) -> None:
    """Write a note for people in one of seven languages."""
    key, secret, passphrase = roles(creds[0])
    text, third = _PROSE[kit.pick(*_PROSE)]
    tail = third.format(p=kit.s(passphrase)) if passphrase else ""
    body = text.format(brand=creds[0].system.brand, k=kit.s(key), s=kit.s(secret), p=tail)
    link = kit.tree.look("git_commit", f"{kit.rng.getrandbits(160):040x}")
    kit.add(
        kit.pick("docs/onboarding.md", "NOTES.md", "wiki/accounts.md"),
        body + f"\nSee commit {link}.\n",
    )


@shape("key_dump", "hard", pair, weight=7)
def key_dump(kit: Kit, creds: Creds) -> None:
    """Write what an exchange's key page shows, labels in one of seven languages."""
    key, secret, passphrase = roles(creds[0])
    labels = _LABELS[kit.pick(*_LABELS)]
    join = kit.pick(": ", "\n", " : ", "：")
    rows = [f"{labels[0]}{join}{kit.s(key)}", f"{labels[1]}{join}{kit.s(secret)}"]
    if passphrase:
        rows.append(f"{labels[2]}{join}{kit.s(passphrase)}")
    lines = [creds[0].system.brand, "", *rows, "", "IP: 203.0.113.7", ""]
    kit.add(kit.pick("keys.txt", "notes/api.txt", "api-keys.txt"), "\n".join(lines))


@shape("okx_dump", "hard", lambda c: c.system.id == "okx", weight=12)
def okx_dump(kit: Kit, creds: Creds) -> None:
    """Write the block that OKX lets its users copy; the passphrase follows without a label."""
    key, secret, passphrase = roles(creds[0])
    chinese = kit.rng.random() < 0.6
    names = (
        ('备注名 = "grid"', '权限 = "读取/交易"')
        if chinese
        else ('API key name = "grid"', 'Permissions = "Read/Trade"')
    )
    rows = [f'apikey = "{kit.s(key)}"', f'secretkey = "{kit.s(secret)}"', 'IP = ""', *names]
    if passphrase:
        rows.append(f"passphrase {kit.s(passphrase)}")
    kit.add("okx.txt", "\n".join([*rows, ""]))


@shape("comment", "hard", simple, weight=6)
def comment(kit: Kit, creds: Creds) -> None:
    """Write commented-out keys with a remark in one of five languages."""
    c = creds[0]
    remark = _COMMENTS[kit.pick(*_COMMENTS)].format(brand=c.system.brand)
    mark = kit.pick("#", "//")
    rows = [f"{mark} {c.generic(p)} = {kit.q(p)}" for p in c.parts]
    text = "\n".join([f"{mark} {remark}", *rows, ""])
    if mark == "#":
        kit.add(
            "bot/strategy.py",
            f"import math\n\n{text}\n\ndef size(x: float) -> float:\n    return math.sqrt(x)\n",
        )
    else:
        kit.add(
            "src/strategy.ts",
            f"import {{ round }} from './math';\n\n{text}\nexport const size = (x: number) => round(x);\n",
        )


@shape("bare_pair", "hard", pair, told=False, weight=4)
def bare_pair(kit: Kit, creds: Creds) -> None:
    """Write key and secret on two lines without any word."""
    key, secret, passphrase = roles(creds[0])
    rows = [kit.s(key), kit.s(secret), *([kit.s(passphrase)] if passphrase else [])]
    kit.add(kit.pick("k.txt", "misc/tmp.txt", "new 1.txt"), "\n".join([*rows, ""]))


@shape("named_pair_file", "hard", pair, weight=3)
def named_pair_file(kit: Kit, creds: Creds) -> None:
    """Write two lines in a file named after the exchange, as kraken.key."""
    key, secret, _ = roles(creds[0])
    kit.add(f"{creds[0].system.slug}.key", f"{kit.s(key)}\n{kit.s(secret)}\n")


@shape("csv_columns", "hard", pair, batch=3, weight=3)
def csv_columns(kit: Kit, creds: Creds) -> None:
    """Write a table whose header alone gives the roles."""
    cut = kit.pick(",", ";", "\t")
    lines = [cut.join(("Exchange", "Label", "API Key", "Secret Key", "Created"))]
    for number, credential in enumerate(creds):
        key, secret, _ = roles(credential)
        lines.append(
            cut.join(
                (credential.system.brand, f"bot{number}", kit.s(key), kit.s(secret), "2024-05-17")
            )
        )
    kit.add("ops/keys." + ("tsv" if cut == "\t" else "csv"), "\n".join([*lines, ""]))


@shape("chat_export", "hard", pair, weight=3)
def chat_export(kit: Kit, creds: Creds) -> None:
    """Write a chat export: the pair in the messages."""
    key, secret, passphrase = roles(creds[0])
    third = f" / {kit.s(passphrase)}" if passphrase else ""
    texts = [
        f"can you send me the {creds[0].system.brand} read/trade key again?",
        f"sure: {kit.s(key)} / {kit.s(secret)}{third}",
        "thx, works " + kit.tree.look("uuid_id", f"(request id {kit.rng.getrandbits(64):016x})"),
    ]
    rows = [
        {"id": i, "from": "dev" if i % 2 else "ops", "text": text} for i, text in enumerate(texts)
    ]
    kit.add(
        "export/result.json",
        json.dumps({"name": "bots", "messages": rows}, indent=1, ensure_ascii=False) + "\n",
    )


@shape("log_dump", "hard", simple, weight=3)
def log_dump(kit: Kit, creds: Creds) -> None:
    """Write a debug log line with a printed dictionary."""
    c = creds[0]
    shown = ", ".join(f"'{c.generic(p)}': '{kit.s(p)}'" for p in c.parts)
    sign = kit.tree.look("signature", f"{kit.rng.getrandbits(256):064x}")
    lines = [
        "2024-05-17 09:30:00,113 INFO  bot.main starting",
        f"2024-05-17 09:30:00,207 DEBUG bot.{c.system.slug} credentials {{{shown}}}",
        f"2024-05-17 09:30:01,001 DEBUG bot.http params={{'timestamp': 1715938201001, 'signature': '{sign}'}}",
        "",
    ]
    kit.add("logs/bot.log", "\n".join(lines))


@shape("patch", "hard", simple, weight=3)
def patch(kit: Kit, creds: Creds) -> None:
    """Write a diff that adds and removes keys."""
    c = creds[0]
    blob = kit.tree.look("git_blob", f"{kit.rng.getrandbits(160):040x}")
    lines = [
        f"From {blob} Mon Sep 17 00:00:00 2001",
        "Subject: [PATCH] move settings",
        "",
        "--- a/config.py",
        "+++ b/config.py",
        "@@ -1,4 +1,4 @@",
        " import os",
    ]
    lines += [f"-{c.env(p)} = {kit.q(p)}" for p in c.parts]
    lines += [f'+{c.env(p)} = os.environ["{c.env(p)}"]' for p in c.parts]
    kit.add("patches/0001-move-settings.patch", "\n".join([*lines, "-- ", "2.44.0", ""]))


@shape("cli_flags", "hard", simple, weight=3)
def cli_flags(kit: Kit, creds: Creds) -> None:
    """Write a shell history with flags."""
    c = creds[0]
    flags = " ".join(f"--{c.env(p).lower().replace('_', '-')} {kit.s(p)}" for p in required(c))
    lines = [
        "cd bot",
        "git pull",
        f"python main.py --live {flags}",
        "tail -f bot.log",
        "git show " + kit.tree.look("git_commit", f"{kit.rng.getrandbits(160):040x}"),
        "",
    ]
    kit.add("home/.bash_history", "\n".join(lines))


@shape("mobile_strings", "hard", simple, weight=2)
def mobile_strings(kit: Kit, creds: Creds) -> None:
    """Write Android strings or a Dart constant."""
    c = creds[0]
    if kit.rng.random() < 0.5:
        rows = [
            f'    <string name="{c.env(p).lower()}">{kit.s(p).replace("&", "&amp;")}</string>'
            for p in c.parts
        ]
        kit.add(
            "app/src/main/res/values/strings.xml",
            "\n".join(
                [
                    "<resources>",
                    '    <string name="app_name">Wallet</string>',
                    *rows,
                    "</resources>",
                    "",
                ]
            ),
        )
    else:
        rows = [
            f"const String {c.generic(p)} = {quote(kit.s(p))}; // {c.system.brand}" for p in c.parts
        ]
        kit.add("lib/config.dart", "\n".join(["import 'dart:io';", "", *rows, ""]))


@shape("bug_report", "hard", simple, weight=3)
def bug_report(kit: Kit, creds: Creds) -> None:
    """Write an issue text with a quoted configuration, half of it redacted by hand."""
    c = creds[0]
    hidden = kit.tree.look("redacted", "sk****" + f"{kit.rng.getrandbits(16):04x}")
    rows = "\n".join(f"    {c.generic(p)}: {kit.s(p)}" for p in c.parts)
    kit.add(
        "issues/1423.md",
        f"**Describe the bug**\n\n{c.system.brand} says `Invalid signature`. My config:\n\n```yaml\nopenai: {hidden}\nexchange:\n  {c.system.slug}:\n{rows}\n```\n\nVersion 2024.4, Python 3.11.\n",
    )
