"""Behaviour of scanner.context.names.prose: what people's words before a value promise."""

import pytest

from scanner.context.names.prose import kind_in_prose

PROSE = [
    ("my Secret Key is", "api_secret"),
    ("API key:", "api_key"),
    ("the password for it:", "password"),
    ("seed phrase", "mnemonic"),
    ("private key ->", "private_key"),
    ("Passphrase", "passphrase"),
    ("bot token:", "token"),
    ("first the API key, then the secret:", "api_secret"),  # the latest mention
    ("API 密钥:", "api_key"),
    ("公钥", "api_key"),
    ("私钥：", "private_key"),
    ("密码：", "password"),
    ("助记词", "mnemonic"),
    ("APIキー", "api_key"),
    ("シークレット", "api_secret"),
    ("パスワード", "password"),
    ("시크릿 키", "api_secret"),
    ("액세스 키", "api_key"),
    ("비밀번호", "password"),
    ("Секрет:", "api_secret"),
    ("Ключ API:", "api_key"),
    ("пароль", "password"),
    ("clave secreta", "api_secret"),
    ("contraseña", "password"),
    ("clé secrète", "api_secret"),
    ("Gizli anahtar", "api_secret"),
    ("API anahtarı", "api_key"),
    ("chiave segreta", "api_secret"),
    ("the cache key", None),
    ("we met at noon", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "kind"), PROSE)
def test_kind_in_prose(text: str, kind: str | None) -> None:
    assert kind_in_prose(text) == kind
