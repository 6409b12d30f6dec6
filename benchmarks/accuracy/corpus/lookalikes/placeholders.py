# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Look-alikes in the place of a secret: placeholders, references, redacted and encrypted values, hashes, detectors."""

from __future__ import annotations

import json

from corpus.lookalikes.base import Shelf

_PLACEHOLDERS = [
    "your_api_key",
    "YOUR_API_KEY_HERE",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "<API_KEY>",
    "<your-api-secret>",
    "api_key_here",
    "changeme",
    "CHANGE_ME",
    "test",
    "dummy",
    "fake-key",
    "example",
    "REPLACE_ME",
    "INSERT_API_KEY_HERE",
    "hogehoge",
    "fugafuga",
    "발급받은_access_key",
    "여기에_시크릿키",
    "вставь_свой_ключ",
    "你的API密钥",
    "填写你的密钥",
    "あなたのAPIキー",
    "TODO",
    "********",
    "................",
    "0123456789abcdef0123456789abcdef",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "00000000-0000-0000-0000-000000000000",
    "1234567890abcdef1234567890abcdef12345678",
    "mysecretpassphrase",
    "none",
    "null",
    "my-api-key",
    "tu_clave_api",
    "votre_cle_api",
    "ваш_секрет",
    "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX",
    "0x0000000000000000000000000000000000000000000000000000000000000001",
    "0xYOUR_PRIVATE_KEY",
    "word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12",
    "your twelve word seed phrase goes here",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "deadbeefdeadbeefdeadbeefdeadbeef",
    "secret123",
    "insert-secret",
]
_REFERENCES = [
    "${VAR}",
    "${BINANCE_API_KEY}",
    "$KRAKEN_SECRET",
    "$(cat /run/secrets/okx_secret)",
    "{{ vault.gate_secret }}",
    "<%= ENV['BYBIT_API_KEY'] %>",
    "!vault_ref kv/bots#secret",
    "op://bots/kucoin/secret",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:bots/okx-AbCdEf",
    "vault:secret/data/bots#api_secret",
    "projects/123456/secrets/mexc/versions/latest",
    "@Microsoft.KeyVault(SecretUri=https://kv.example.org/secrets/htx)",
    "ref+awsssm://bots/gate",
    "%BITGET_SECRET%",
    "{{BITMEX_SECRET}}",
    "#{ENV.fetch('LUNO_SECRET')}",
    "file:///etc/keys/kraken.key",
    "env:DERIBIT_CLIENT_SECRET",
]
_VENDORS = [
    "BINANCE",
    "OKX",
    "GATE",
    "KUCOIN",
    "BYBIT",
    "KRAKEN",
    "MEXC",
    "BITGET",
    "HTX",
    "COINBASE",
    "BITMEX",
    "DERIBIT",
    "ALCHEMY",
    "INFURA",
    "ETHERSCAN",
    "TELEGRAM",
]


def placeholders(s: Shelf) -> None:
    """Write samples whose values are placeholders, in five kinds of file."""
    roles = ("API_KEY", "API_SECRET", "PASSPHRASE", "PRIVATE_KEY")
    lines, number = [], 0
    for vendor in _VENDORS:
        for role in roles:
            value = _PLACEHOLDERS[number % len(_PLACEHOLDERS)]
            number += 1
            lines.append(
                f'{vendor}_{role}="{s.mark("placeholder", value)}"'
                if " " in value
                else f"{vendor}_{role}={s.mark('placeholder', value)}"
            )
    s.add(".env.example", "# copy to .env and fill in\n" + "\n".join(lines) + "\n")
    body = {
        v.lower(): {
            "apiKey": s.mark("placeholder", _PLACEHOLDERS[i % len(_PLACEHOLDERS)]),
            "secret": s.mark("placeholder", _PLACEHOLDERS[(i + 17) % len(_PLACEHOLDERS)]),
        }
        for i, v in enumerate(_VENDORS)
    }
    s.add("config.sample.json", json.dumps(body, indent=2, ensure_ascii=False) + "\n")
    lines = [
        f'exchange.{"secret" if i % 2 else "apiKey"} = "{s.mark("placeholder", p)}"'
        for i, p in enumerate(_PLACEHOLDERS)
    ]
    s.add(
        "examples/quickstart.py",
        "import ccxt\n\nexchange = ccxt.binance()\n" + "\n".join(lines) + "\n",
    )
    lines = [
        f"| `{v}_API_KEY` | `{s.mark('placeholder', p)}` |"
        for v, p in zip(_VENDORS * 3, _PLACEHOLDERS, strict=False)
    ]
    s.add("README.md", "# Bot\n\n| variable | example |\n|---|---|\n" + "\n".join(lines) + "\n")


def references(s: Shelf) -> None:
    """Write values that are only names of secrets."""
    lines = [
        f"{v}_API_SECRET={s.mark('reference', r)}"
        for v, r in zip(_VENDORS * 2, _REFERENCES, strict=False)
    ]
    s.add("deploy/env.tpl", "\n".join(lines) + "\n")
    lines = [
        f"{v}_API_KEY = {s.mark('reference', f'os.environ[{chr(34)}{v}_API_KEY{chr(34)}]')}\n{v}_SECRET = {s.mark('reference', f'os.getenv({chr(39)}{v}_SECRET{chr(39)})')}"
        for v in _VENDORS
    ]
    s.add("bot/settings.py", "import os\n\n" + "\n".join(lines) + "\n")
    lines = [
        f"  {v.lower()}Key: {s.mark('reference', f'process.env.{v}_API_KEY')}," for v in _VENDORS
    ]
    s.add("src/config.js", "module.exports = {\n" + "\n".join(lines) + "\n};\n")
    lines = [
        f"        - name: {v}_API_SECRET\n          valueFrom:\n            secretKeyRef: {{name: {s.mark('reference', f'{v.lower()}-api-secret')}, key: api-secret}}"
        for v in _VENDORS
    ]
    s.add(
        "k8s/deployment.yaml",
        "kind: Deployment\nspec:\n  containers:\n    - env:\n" + "\n".join(lines) + "\n",
    )
    lines = [
        f'resource "aws_ssm_parameter" "{v.lower()}" {{\n  value = {s.mark("reference", f"var.{v.lower()}_api_secret")}\n}}'
        for v in _VENDORS
    ]
    s.add("infra/main.tf", "\n".join(lines) + "\n")


def encrypted(s: Shelf) -> None:
    """Write sops, ansible-vault, sealed secrets, Fernet, age and git-crypt content."""
    lines = [
        f"{v.lower()}_secret: {s('sops', 'ENC[AES256_GCM,data:{b64:48},iv:{b64:32},tag:{b64:16},type:str]')}"
        for v in _VENDORS
    ]
    s.add(
        "secrets/prod.enc.yaml",
        "\n".join(lines)
        + f"\nsops:\n    mac: {s('sops', 'ENC[AES256_GCM,data:{b64:64},iv:{b64:32},tag:{b64:16},type:str]')}\n    version: 3.8.1\n",
    )
    for i in range(6):
        rows = [s.mark("ansible_vault", row) for row in s.rows(10, "{digits:80}")]
        s.add(
            f"ansible/group_vars/vault{i}.yml",
            "$ANSIBLE_VAULT;1.1;AES256\n" + "\n".join(rows) + "\n",
        )
    lines = [f"    {v.lower()}: {s('sealed_secret', 'AgB{b64:200}')}" for v in _VENDORS]
    s.add(
        "k8s/sealed.yaml",
        "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n"
        + "\n".join(lines)
        + "\n",
    )
    lines = [f'  "{v.lower()}": "{s("fernet", "gAAAAAB{urlchars:133}=")}"' for v in _VENDORS]
    s.add("data/tokens.fernet.json", "{\n" + ",\n".join(lines) + "\n}\n")
    age = s.mark(
        "age",
        "-----BEGIN AGE ENCRYPTED FILE-----\n"
        + "\n".join(s.rows(6, "{b64np:48}"))
        + "\n-----END AGE ENCRYPTED FILE-----",
    )
    s.add("secrets/env.age", age + "\n")
    pgp = s.mark(
        "pgp_message",
        "-----BEGIN PGP MESSAGE-----\n\n"
        + "\n".join(s.rows(8, "{b64np:48}"))
        + "\n-----END PGP MESSAGE-----",
    )
    s.add("secrets/env.asc", pgp + "\n")


def hashes_of_passwords(s: Shelf) -> None:
    """Write password hashes."""
    lines = []
    for i in range(8):
        lines += [
            f"user{i}:{s('password_hash', '$2b$12${alnum:53}')}",
            f"user{i}:{s('password_hash', '$argon2id$v=19$m=65536,t=3,p=4${b64np:16}${b64np:32}')}",
            f"user{i}:{s('password_hash', 'scrypt:32768:8:1${alnum:16}${hex:128}')}",
            f"user{i}:{s('password_hash', 'pbkdf2_sha256$600000${alnum:22}${b64:32}')}",
            f"user{i}:{s('password_hash', '$6$rounds=5000${alnum:16}${alnum:86}')}",
            f"user{i}:{s('password_hash', 'md5{hex:32}')}",
        ]
    s.add("ops/passwd.txt", "\n".join(lines) + "\n")


def redacted(s: Shelf) -> None:
    """Write values that somebody masked."""
    forms = (
        "{alnum:4}****{alnum:4}",
        "{hex:6}...{hex:4}",
        "****************{alnum:4}",
        "[REDACTED]",
        "bg_****{hex:4}",
        "{hex:4}xxxxxxxxxxxxxxxxxxxxxxxx{hex:4}",
        "0x{hex:4}…{hex:4}",
        "{alnum:3}•••••••••••",
        "<hidden>",
        "sk-***",
    )
    lines = [f"{v}_API_KEY={s('redacted', form)}" for v in _VENDORS for form in forms[:5]]
    lines += [
        f"loaded secret {s('redacted', form)} for {v}" for v in _VENDORS for form in forms[5:]
    ]
    s.add("logs/startup.log", "\n".join(lines) + "\n")


def detectors(s: Shelf) -> None:
    """Write code and rules that describe keys."""
    rules = {
        "binance": r"[A-Za-z0-9]{64}",
        "gate": r"\b[0-9a-f]{32}\b",
        "evm": r"0x[a-fA-F0-9]{64}",
        "bitget": r"bg_[0-9a-f]{32}",
        "mexc": r"mx0vgl[0-9A-Za-z]{12}",
        "wif": r"\b[5KL][1-9A-HJ-NP-Za-km-z]{50,51}\b",
        "xprv": r"xprv[1-9A-HJ-NP-Za-km-z]{107}",
        "telegram": r"[0-9]{8,10}:AA[\w-]{33}",
        "discord": r"https://discord\.com/api/webhooks/[0-9]+/[\w-]+",
        "pem": r"-----BEGIN (?:EC|RSA)? ?PRIVATE KEY-----",
        "suiprivkey": r"suiprivkey1[02-9ac-hj-np-z]{59}",
        "generic": r"""(?i)(api_key|secret)\s*=\s*["'][^"']{16,}["']""",
    }
    lines = [
        f"    '{n}': re.compile(r'''{s.mark('regex', r)}'''),  # {n} api key"
        for n, r in rules.items()
    ]
    s.add("tools/detect.py", "import re\n\nPATTERNS = {\n" + "\n".join(lines) + "\n}\n")
    lines = [
        f"[[rules]]\nid = \"{n}-api-key\"\nregex = '''{s.mark('regex', r)}'''\nkeywords = [\"{n}\"]\n"
        for n, r in rules.items()
    ]
    s.add("rules/gitleaks.toml", "\n".join(lines))
    lines = [
        "def is_api_secret(value: str) -> bool:",
        '    return len(value) == 64 and value != "0" * 64',
        "",
        "",
        "def check(api_key: str, api_secret: str, passphrase: str | None = None) -> None:",
        '    if api_key == "" or api_secret == "":',
        '        raise ValueError("api_key and api_secret must be set, e.g. OKX_API_KEY")',
        "",
    ]
    s.add("src/validate.py", "\n".join(lines))
    names = (
        "monkey",
        "turkey_id",
        "keyword",
        "keyboard_layout",
        "public_key_fingerprint",
        "primary_key",
        "foreign_key_name",
        "sort_key",
        "partition_key",
        "secretary_email",
        "tokenizer",
        "token_symbol",
        "passphrase_hint",
        "api_key_header",
        "SMS_DELEGATE_KEY_NAME",
        "AGGREGATE_KEYS",
        "NEXT_PUBLIC_SITE",
    )
    lines = [f'{n} = "{s("innocent_name", "{word}-{word}-{digits:3}")}"' for n in names]
    s.add("config/names.toml", "\n".join(lines) + "\n")
