"""Behaviour of scanner.judges.place: beside the keys of an exchange, other values have their forms, too."""

import random

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill

OKX = "okx:\n  key: {uuid}\n  secret: {HEX:32}\n"
KRAKEN = "Kraken\nAPI-Key: {base64:56}\nPrivate-Key: {base64:88}\n"
BITHUMB = ["bithumb-connect-key", "bithumb-secret-key-old"]
GATE = ["gate-api-key", "gate-api-secret"]
PHEMEX = ["phemex-api-key", "phemex-api-secret"]
KUCOIN = ["kucoin-api-key", "kucoin-api-secret"]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def told(detector: Detector, text: str, seed: int) -> list[str]:
    """Return the rules of what is reported in a text with placeholders, in order of place."""
    data = fill(text, random.Random(seed))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            '[{{"_id": {{"$oid": "{hex:24}"}}, "userId": {{"$oid": "{hex:24}"}}, "exchange": "kucoin",'
            ' "apiKey": "{hex:24}", "apiSecret": "{uuid}"}}]\n',
            KUCOIN,
        ),
        (
            'insertOne({{_id: ObjectId("{hex:24}"), exchange: "kucoin", apiKey: "{hex:24}", secret: "{uuid}"}})\n',
            KUCOIN,
        ),
        (
            'api_key = "{hex:24}"\nsecret_key = "{uuid}"\n# kucoin\nids = [\n  "{hex:24}",\n  "{hex:24}"\n]\n',
            KUCOIN,
        ),
        (
            'const kucoin = {{\n  password: "\u015eifrenizi giriniz",\n  passphrase: "\u015eifreniz",\n}};\n',
            [],
        ),
        ("# kucoin\nprint(api_key.address)  # {hex:24}\n", []),
        ("from kucoin import apiKey, apiSecret\nprint(1, 2)  # {hex:24}\n", []),
        ('requests.get("https://api.kucoin.com/api/v1/orders/{hex:24}", headers=h)\n', []),
        ('{{"name": "OKX Wallet", "categories": ["{uuid}", "{uuid}"]}}\n', []),
        ("Bybit-App. Eine Verbindungsanfrage wird angezeigt. API-Schl\u00fcssel eingeben.\n", []),
        ("Coinbase: Jangan pernah membagikan frase pemulihan rahasia Anda kepada siapa pun.\n", []),
        ("OKX \u914d\u7f6e\uff1a\u7528\u6237\u5bc6\u7801 Argon2id\u3001\u81ea\u52a8\u9501\n", []),
        (
            'okx(\n{{title:m?.hasPassword?"\u8bbe\u7f6e\u5bc6\u7801":"\u5bc6\u7801",desc:m?.a}}\n',
            [],
        ),
        ("// okx: /synthetic-secret|passphrase|hash/iu\n", []),
        ("4. Add the secret-scan gate (gitleaks/trufflehog) before any publish.\n", []),
        ("new Gdax.AuthenticatedClient(c.gdax.key, c.gdax.b64secret, c.gdax.passphrase)\n", []),
        ("HPKE.new(key=key, psk=(psk_id, psk), aead=aead)\n", []),
        ("# kucoin\n![api key](https://images.example.org/12-{uuid}.png)\n", []),
        (
            "ex: bitget\nak: bg_{hex:32}\nsk: {hex:64}\nsnapshot: {hex:64}\n",
            ["bitget-api-key", "bitget-api-secret"],
        ),
        (
            'class BybitClient {{\n  key_{{"{alnum:18}"}};\n  secret_{{"{alnum:36}"}};\n'
            '  auto kSession = "{alnum:36}";\n}};\n',
            ["bybit-api-key", "bybit-api-secret"],
        ),
        (
            "if url.startswith('/okx') {{\n  setHeader('x-request-id', '{uuid}');\n"
            "  setHeader('OK-ACCESS-KEY', '{uuid}');\n",
            ["okx-api-key"],
        ),
        ('M.gate = {{ access = "{hex:32}", secret = "{hex:64}" }}\n', GATE),
        ("bithumb: {{ access: '{hex:32}', secret: '{hex:32}' }},\n", BITHUMB),
        ("gate:\n  access: {hex:32}\n  secret: {hex:64}\n", GATE),
        ("gate = {{ access = '{hex:32}', side = 'x', secret = '{hex:64}' }}\n", GATE[1:]),
        (
            "const id = '{uuid}'\nconst secret = '{phemex:secret}'\nconst b = 'https://api.phemex.com'\n",
            PHEMEX,
        ),
        (
            "const id = '{uuid}'\nconst side = 1\nconst secret = '{phemex:secret}'\nconst b = 'https://api.phemex.com'\n",
            PHEMEX[1:],
        ),
        (
            'twitch: {{ id: "{alnum_lower:30}", secret: "{alnum_lower:30}" }}\n',
            ["twitch-client-secret"],
        ),
        ('oauth = {{"id": "{uuid}", "secret": "{alnum:44}"}}\n', ["generic-api-secret"]),
        (
            'apiPath = "https://futures.kraken.com"\napiPublicKey = "{base64:56}"\napiPrivateKey = "{base64:88}"\n'
            "c = cfApiMethods(apiPath, apiPublicKey=apiPublicKey, apiPrivateKey=apiPrivateKey)\n",
            ["kraken-futures-api-key", "kraken-futures-api-secret"],
        ),
        (KRAKEN + "Firma: `{base64:88}`\n", ["kraken-api-key", "kraken-api-secret"]),
        (KRAKEN + "подпись: `{base64:88}`\n", ["kraken-api-key", "kraken-api-secret"]),
    ],
)
def test_other_values_beside_keys(
    text: str, rules: list[str], seed: int, detector: Detector
) -> None:
    """The id of an account, of a run or of an image, a digest and a signature are left out; keys are not."""
    assert told(detector, text, seed) == rules


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("text", "count"),
    [
        (OKX + '  passphrase: "#Moon_371001"\neureka:\n  url: x\n', 3),
        (OKX + "  passphrase: ${{OKX_PASS}}\nfeishu:\n  url: x\n", 2),
        (OKX + "  passphrase:\neureka:\n  url: x\n", 2),
        (OKX + "  passphrase: moon-2024x\n", 3),
        ("// okx\nbody := Body{{Memo: p.Memo, Passphrase: xdrPassphrase}}\n", 0),
        ("OKX_PASSPHRASE: Kennwort des Kontos\n", 0),
        ("# okx\n# passphrase as above\n# order 8045545491{digits:8}\n", 0),
        ("- `BINGX_API_SECRET`: Zugangsdaten für die Börse\n", 0),
        ("Setze `BINGX_API_KEY` und `BINGX_API_SECRET`\n\n## 2. Infrastruktur\n", 0),
        ("- `BINGX_API_SECRET`: {alnum:86}\n", 1),
    ],
)
def test_names_of_sections_words_and_variables(
    text: str, count: int, seed: int, detector: Detector
) -> None:
    """What stands below a passphrase's name, or a word of a sentence beside it, is none."""
    assert len(told(detector, text, seed)) == count


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('// ethereum\nrAuth := util.ToBigInt("0x{hex:64}")\n', 0),
        ('// ethereum\nprivKey := util.ToBigInt("0x{hex:64}")\n', 1),
        ('// ethereum\nx := "{{\\"pubKey\\":\\"{hex:64}\\"}}"\n', 0),
        ('// ethereum\nx := "{{\\"privKey\\":\\"{hex:64}\\"}}"\n', 1),
        ('// aptos\nValid("0x{hex:64}::coin::Coin<0x{hex:64}::a::B>")\n', 0),
        ("if (key === 'binance_p2p_USDT/INR') continue; // zebpay\n", 0),
        ("feeToken := RinkebyUSDC\nquoteToken = core.GoerliDAI\n", 0),
        ('feeToken := "{alnum:40}"\n', 1),
        ('{{"tokenOutDenom": "ibc/{HEX:64}", "tokenMetadata": "{hex:64}"}}\n', 0),
        ('{{"0024_api_key.sql": "{hex:64}", "lib/password.js": "{hex:32}"}}\n', 0),
        ("risk for token: SOL-XYZ ({base58:44})\n", 0),
        ("solana\nnew token: {base58:44}\n", 0),
        ("psk_id, psk = psk_pair\n", 0),
        ('psk="{alnum:20}"\n', 1),
        (
            "self.users = {{'a': self.hash_password('SUA_NOVA_SENHA')}}\nDB_PASSWORD=sua_senha_segura\n",
            0,
        ),
        ('# TradingView webhook\nDSN="postgresql://user:password@db:5432/tradingbot"\n', 0),
        ("a/bybit-bot/x.pyc,,\na/sign,sha256=f6cuyj-{alnum:36},241\n", 0),
    ],
)
def test_what_telling_names_bind_on_chains_and_in_code(
    text: str, count: int, seed: int, detector: Detector
) -> None:
    """Public keys, addresses, markets, coins and digests have telling names beside them, and open nothing."""
    assert len(told(detector, text, seed)) == count
