"""Phrases beside a value: which kind of secret they name, in the languages that people write."""

import re

from scanner.lazy import lazy_compile

PASSWORDS = "密码|密碼|パスワード|비밀번호|암호|парол"
"""Password in Chinese, Japanese, Korean and Russian (without its ending)."""
_PROSE = (
    (r"助记词|助記詞|シードフレーズ|니모닉|сид[- ]?фраз|мнемоник", "mnemonic"),
    (r"私钥|私鑰|秘密鍵|개인\s?키|приватный\s+ключ|закрытый\s+ключ", "private_key"),
    (r"密码短语|口令|パスフレーズ|패스프레이즈|кодовая\s+фраза|парольная\s+фраза", "passphrase"),
    # Longer words first where one ends as another does: "シークレットキー" is a secret, not a key.
    (
        r"シークレット(?:キー|鍵)?|秘密キー|시크릿\s?키?|비밀\s?키|секретн\w+\s+ключ\w*|секрет\w*|(?<!访问)(?<!API)(?<!API )密钥|(?<!訪問)密鑰|秘钥|(?:私有|安全|签名)密钥",
        "api_secret",
    ),
    (rf"{PASSWORDS}|contraseña", "password"),
    (r"令牌|トークン|토큰|токен", "token"),
    (
        r"公钥|公鑰|访问密钥|API\s?密钥|接入码|(?<!シークレット)(?<!秘密)(?:API|アクセス)?キー|(?<!秘密)鍵|(?:액세스|API|공개)\s?키|접근\s?키|(?<!секретный\s)ключ",
        "api_key",
    ),
)
_PROSE_RES = tuple((lazy_compile(text, re.IGNORECASE), kind) for text, kind in _PROSE)
_LATIN = (
    (r"frase\s+(?:semilla|semente|de\s+recuperaci)|phrase\s+de\s+r[eé]cup", "mnemonic"),
    (
        r"\b(?:clave|llave)\s+privada|\bcl[eé]\s+priv[eé]e|privater\s+schl|\bchave\s+privada|\bözel\s+anahtar|\bchiave\s+privata",
        "private_key",
    ),
    (
        r"\bclave\s+secreta|\bcl[eé]\s+secr[eè]te|\bgeheim\w*(?:[ -]?schl(?:ü|ue)ssel)?|\bsecreto|\bchave\s+secreta|\bsegredo|\bgizli\s+anahtar|\bchiave\s+segreta|\bgeheime\s+sleutel",
        "api_secret",
    ),
    (r"\bfrase\b|\bphrase\s+secr", "passphrase"),
    (
        r"\bcontrase|\bmot\s+de\s+passe|\bpasswort|\bkennwort|\bsenha|\bparola\b|\bşifre|\bwachtwoord",
        "password",
    ),
    (r"\bclave\b|\bcl[eé]\b|\bchave\b|\bchiave\b|\banahtar|\bschl(?:ü|ue)ssel", "api_key"),
)
_ENGLISH_WORDS = (
    (r"(?:seed|recovery|mnemonic|backup)[ _-]?(?:phrase|words?|seed)?", "mnemonic"),
    (r"private[ _-]?key", "private_key"),
    (r"pass[ _-]?phrase", "passphrase"),
    (r"password|passwd|pwd|pass", "password"),
    (r"token", "token"),
    (
        r"(?:api|access)[ _-]?(?:key|id)|apikey"
        r"|(?<!cache[ _-])(?<!sort[ _-])(?<!foreign[ _-])(?<!primary[ _-])(?<!partition[ _-])key",
        "api_key",
    ),
)
_ENGLISH = (
    *((lazy_compile(text, re.IGNORECASE), kind) for text, kind in _LATIN),
    (lazy_compile(r"secret(?:[ _-]?key(?![a-z]))?", re.IGNORECASE), "api_secret"),
    # Not \b: "API Key是" has no border of words for it.
    *(
        (lazy_compile(rf"(?<![A-Za-z0-9_])(?:{text})(?![A-Za-z0-9_])", re.IGNORECASE), kind)
        for text, kind in _ENGLISH_WORDS
    ),
)


def kind_in_prose(text: str) -> str | None:
    """Return the kind that a phrase before a value names, the latest mention first; else None.

    >>> kind_in_prose("my Secret Key is")
    'api_secret'
    """
    best: tuple[int, str] | None = None
    for expression, kind in _ENGLISH if text.isascii() else _PROSE_RES + _ENGLISH:
        for found in expression.finditer(text):
            if best is None or found.end() > best[0]:
                best = (found.end(), kind)
    if best and best[1] == "api_key" and "secret" in text[-30:].lower():
        return "api_secret"
    return best[1] if best else None
