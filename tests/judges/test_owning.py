"""Behaviour of scanner.judges.owning: whose a secret is that has nobody's own form."""

import random

import pytest

from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def owners(detector: Detector, text: str) -> list[tuple[str, str | None]]:
    """Return the rule and the system of what is reported in a text with placeholders, in order of place."""
    data = fill(text, random.Random(4))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    alive = [m for m in matches if m.rejected is None and m.score >= MEDIUM]
    return [(match.rule.id, match.rule.system) for match in alive]


TEXTS = [
    (
        'API_KEY = "{alnum:64}"\nAPI_SECRET = "{alnum:64!}"\nTELEGRAM_TOKEN = "{digits:10}:AA{base64url:33}"\n',
        [None, None, "telegram_bot"],
    ),
    ("POSTMARK_SERVER_TOKEN={uuid}\nRELAY_TOKEN={alnum:60}\n", ["postmark", None]),
    ("POSTMARK_SERVER_TOKEN={uuid}\nOP_SERVICE_ACCOUNT_TOKEN={alnum:60}\n", ["postmark", "1password"]),
    ("# telegram bot\nAPI_SECRET={alnum:40}\n", [None]),
    ("BITSTAMP_API_KEY={alnum:32}\nAPI_SECRET={alnum:50}\n", ["bitstamp", "bitstamp"]),
    ("# postmark\nRELAY_TOKEN={alnum:60}\n", ["postmark"]),
    ("KUCOIN_PASSPHRASE=kucoin123\n", ["kucoin"]),
    ("# kucoin\nSSH_PASSPHRASE=moonriver77\n", [None]),
    ("# binance\nADMIN_PASSWORD=velvet-Orbit-77\n", [None]),  # an exchange hands out none
    ("BINANCE_PASSWORD=velvet-Orbit-77\n", ["binance"]),
    ("run -e MYSQL_ROOT_PASSWORD=velvet-Orbit-77 registry.cn-hangzhou.aliyuncs.com/a/mysql\n", [None]),
    ("# bitcoin\nhashing_secret = '{hex:40}'\n", [None]),
    ("# binance\napp.secret_key = '{alnum:24}'\n", [None]),
    ("# binance\nSESSION_SECRET = '{alnum:24}'\n", [None]),
    ("# binance\nsecret_key = '{alnum:24}'\n", ["binance"]),
    (
        '{{"client_id": "{digits:12}-{alnum_lower:32}.apps.googleusercontent.com", "client_secret": "{alnum:24}"}}',
        ["google"],
    ),
    (
        'openai.api_key = "{hex:32}"\nopenai.api_base = "https://acme.openai.azure.com/"\n',
        ["azure"],
    ),
    ('openai.api_key = "{hex:32}"\nopenai.api_base = "https://llm.acme.dev/"\n', ["openai"]),
    ("k = '{wif:dogecoin}'\nj = '{wif:litecoin}'\nl = '{wif:dash}'\n", ["dogecoin", "litecoin", "dash"]),
    ("cleos wallet import --private-key {wif:bitcoin.uncompressed}\n", ["eos"]),
    ("# eosio\nk = '{wif:bitcoin}'\n", ["bitcoin_wif"]),
    ("dogecoin wallet\nk = '{wif:bitcoin}'\n", ["bitcoin_wif"]),
    ('import (\n\t"github.com/c9s/bbgo/pkg/exchange/woo"\n)\nvar cfg = conf{\n\tKey: "{base64:24}",\n}\n', ["woo"]),
    ('import (\n\t"github.com/acme/sounds/woo"\n)\nvar cfg = conf{\n\tKey: "{base64:24}",\n}\n', [None]),
    ("TRON_PRIVATE_KEY={evm_key}\n", ["tron"]),
    ("PRIVATE_KEY={evm_key}\n", ["evm_private_key"]),
    ("COINPAYMENTS_PRIV={evm_key}\n", [None]),
    ("OWNER_KEY=0x{evm_key}\n", ["evm_private_key"]),
    ("const accountKey = '0x{evm_key}';\n", ["evm_private_key"]),
    ("sk: '0x{evm_key}'\n", ["evm_private_key"]),
    ("OWNER_KEY={evm_key}\n", [None]),
    ("priceKey = '0x{evm_key}'\n", []),
    ("COINS_PRIV={evm_key}\n", ["evm_private_key"]),
    ("GITHUB_TOKEN=npm_{alnum:36}\n", ["npm"]),
    ("GITHUB_TOKEN=my-{alnum:36}\n", ["github"]),
    ("mongo: {url: env.URL},\napi: {apiKey: '{uuid}'}\n", [None]),
    ("mongo: {url: env.URL},\natlas = {MONGODB_ATLAS_PRIVATE_KEY: '{uuid!}'}\n", ["mongodb"]),
    ('dsn = "ghost:{alnum:16}@tcp(db.internal:3306)/app"\n', [None]),
    ("const PLUGIN_KEY = '{HEX:8}-{HEX:8}-{HEX:8}-{HEX:8}'\n", [None]),
    ('import xrpl\nserver = smtplib.SMTP("h")\nserver.login("bot@acme.io", "{alnum:16}")\n', [None]),
    ('import xrpl\nmqttc.username_pw_set("hb", "{alnum:16}")\n', [None]),
    ('$c = mysqli_connect("localhost", "twitter_app", "{alnum:16}", "twitter");\n', [None]),
    ('smtp.PlainAuth("", "apikey", "{alnum:22}", "smtp.sendgrid.net")\n', ["sendgrid"]),
    (
        "x = 1\n\nINSERT INTO keys (id, exchange_name, api_key, api_secret)"
        " VALUES ('{uuid}', 'Gate', '{hex:32}', '{hex:64}');",
        ["gate", "gate"],
    ),
    (
        "curl -XPOST localhost:3000/add -d"
        """ '{{"exchange":"bitstamp","values":{{"key":"{alnum:32}","secret":"{alnum:32!}"}}}}'""",
        ["bitstamp", "bitstamp"],
    ),
    ("heroku config:set SECRET={hex:32}\n", [None]),
    (
        "exchange: 'kraken',\n}}\nconfig.trader = {{\n  key: '{base64:56}',\n  secret: '{base64:88}',\n"
        "  username: '', // only required for specific exchanges.\n  passphrase: '', // GDAX, requires it.\n}}",
        ["kraken", "kraken"],
    ),
    ("heroku config:set API_TOKEN={hex:32}\n", [None]),
    ("gh secret set DEPLOY_TOKEN --body {hex:32}\n", [None]),
    ("//silver.jfrog.io/artifactory/api/npm/:_authToken=cmVmdGtuOjAxOj{alnum:50}\n", ["jfrog"]),
    ("# KuCoinBot\nssh root@box-87.acme.io -p 5823\nPassword: `Kx{alnum:8}7`\n", [None]),
    ('d("over a prime field");regist("k1",160,"{HEX:40}","{HEX:40!}",2);', []),
    ('/addkey gate {hex:32} {hex:64}\n', ["gate", "gate"]),
    ('var payer = solana.MustPrivateKeyFromBase58("{base58:88}")\n', ["solana"]),
    ('{{"name": "x", "key": "{hex:24}", "secret": "{uuid}", "pairs": ["XRP/USDT"]}}', [None, None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "systems"), TEXTS)
def test_owners(text: str, systems: list[str | None], detector: Detector) -> None:
    """The name of another service's secret nearby names nobody; an exchange's does, and so does a host."""
    assert [system for _, system in owners(detector, text)] == systems


SCHEMES = [
    ('curl "https://api.twitter.com/2/users/me" -H "Authorization: Bearer §"', 1),
    ('curl -H "Authorization: Token §" "https://api.twitter.com/2/users/me"', 1),
    ('curl "https://api.twitter.com/2/users/me" -H "X-Image: §"', 0),
]


@pytest.mark.parametrize(("text", "count"), SCHEMES)
def test_what_stands_behind_the_scheme_of_a_header_is_a_token(
    text: str, count: int, detector: Detector
) -> None:
    """Of the system whose host its line names, whatever marks the token has."""
    text = text.replace("§", "AAAAAAAAAAAAAAAAAAAAA{alnum:30}%3D{alnum:45!}")
    assert owners(detector, text) == [("twitter-bearer-token", "twitter")] * count


CHAINS = [
    # text, rule and system of what is found
    ("{ed25519:pair}\n", "generic-private-key", None),
    ("privateKey: '{ed25519:pair}'\n", "generic-private-key", None),
    ("secret = '{ed25519:pair}'\n", "coinbase-cdp-api-secret", "coinbase_cdp"),
    ("# coinbase\n{ed25519:pair}\n", "coinbase-cdp-api-secret", "coinbase_cdp"),
    ("chain = ETHEREUM\nget('https://api.acme.dev/v1?key={alnum:32}')\n", "generic-api-key", None),
    ("chain = ETHEREUM\napi_key = 'xkey_{hex:27}'\n", "generic-api-key", None),
    ("ETHEREUM_API_KEY = '{alnum:32}'\n", "generic-api-key", "evm_private_key"),
    ("subkeys\nconst privKeyHex = '{hex:96}'\n", "generic-private-key", None),
    ("substrate\nconst privKeyHex = '{hex:96}'\n", "generic-private-key", "substrate"),
]


@pytest.mark.parametrize(("text", "rule", "system"), CHAINS)
def test_chains_and_pairs_of_keys(
    detector: Detector, text: str, rule: str, system: str | None
) -> None:
    """A chain spoken of nearby has no keys of an API, and a pair of keys alone in a file is any program's."""
    assert owners(detector, text) == [(rule, system)]
