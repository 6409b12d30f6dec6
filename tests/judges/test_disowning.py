"""Behaviour of scanner.judges.disowning: a value's own name or section beats its neighbours."""

import random

import pytest

from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def owner(detector: Detector, text: str) -> list[str | None]:
    """Return the systems of what is reported on the line of a text that ends with ``#``."""
    filled = fill(text, random.Random(5))[0]
    mark = filled.rindex("#")
    data = f"{filled[:mark]} {filled[mark + 1 :]}".encode()
    low, high = data.rfind(b"\n", 0, mark) + 1, mark
    return [
        match.rule.system
        for match in detector.matches(Blob(data, Origin("file", "a.txt")))
        if match.rejected is None and match.score >= MEDIUM and low <= match.start < high
    ]


OKX = "OKX_API_KEY={uuid}\nOKX_SECRET={HEX:32}\n"
OF_OTHERS = [
    f"MYSQL_PASSWORD={{alnum:14}}#\n{OKX}",
    f"{OKX}WEB_PASSWORD={{alnum:14}}#\n",
    f"{OKX}COINALYZE_API_KEY={{uuid}}#\n",
    "BITGET_KEY=bg_{hex:32}\nBITGET_SECRET={hex:64}\nNEWSAPI_KEY={hex:32}#\n",
    "spring:\n  datasource:\n    password: {alnum:14}#\nkucoin:\n  api-key: {hex:24}\n  secret: {uuid}\n",
    "const wazirx = { key: '{alnum:64}', secret: '{alnum:40}' };\n"
    "const delta = { api_key: '{alnum:30}', api_secret: '{alnum:60}' };#\n",
    "BINANCE_KEY={alnum:64}\nPROXY=http://u8:{alnum:12}@10.2.3.4:80#\n",
    "import binance\nBINANCE_KEY='{alnum:64}'\nFERNET_KEY = '{base64url:43}='#\n",
    "GET https://public-api.birdeye.so/defi/price\nX-API-KEY: {hex:32}\n\n### nft\n"
    "GET https://api.opensea.io/api/v2/collections\nX-API-KEY: {hex:32}#\n",
    "curl https://public-api.birdeye.so/defi/price -H 'X-API-KEY: {hex:32}'\n"
    "curl https://api.opensea.io/api/v2/collections \\\n  -H 'X-API-KEY: {hex:32}'#\n",
    "axios.post('https://api.taapi.io/bulk', {\n  secret: '{alnum:64}',#\n  construct: { exchange: 'binance' },\n});\n",
    "node = 'https://polkadot.api.onfinality.io/rpc?apikey={uuid}'#\n",
]


@pytest.mark.parametrize("text", OF_OTHERS)
def test_a_value_of_somebody_else(text: str, detector: Detector) -> None:
    """What says itself whose it is, by a word nobody knows, is reported as nobody's."""
    assert set(owner(detector, text)) == {None}


OWN = [
    (
        "GET https://api.opensea.io/api/v2/collections\nX-API-KEY: {hex:32}\n\n###\n"
        "GET https://public-api.birdeye.so/defi/price\nX-API-KEY: {hex:32}#\n",
        "birdeye",
    ),
    (
        "GET https://api.opensea.io/x\n\n### keys\nBIRDEYE_API_KEY={hex:32}#\n",
        "birdeye",
    ),
    (
        "client = Binance('https://mirror.example.com', { apiKey: '{alnum:64}' });#\n",
        "binance",
    ),
    (f"{OKX}PASSPHRASE={{alnum:14}}#\n", "okx"),
    (f"{OKX}TRADING_PASSWORD={{alnum:14}}#\n", "okx"),
    ("kucoin:\n  key: {hex:24}\n  secret: {uuid}\n  password: {alnum:14}#\n", "kucoin"),
    ("const cfg = {{ exchange: 'bybit', key: '{alnum:18}', secret: '{alnum:36}' }};#\n", "bybit"),
]


@pytest.mark.parametrize(("text", "system"), OWN)
def test_a_value_of_the_exchange(text: str, system: str, detector: Detector) -> None:
    """General names in an exchange's block are the exchange's."""
    assert set(owner(detector, text)) == {system}


SERVICES = [
    (
        'run: |\n  curl -X POST "https://api.cloudflare.com/client/v4/zones" \\\n'
        '    -H "Authorization: Bearer {alnum:40}"#\nenv:\n  SLACK_WEBHOOK_URL: x\n',
        "cloudflare",
    ),
    ("curl https://api.cloudflare.com/x\ncurl -H 'Authorization: Bearer {alnum:40}'#\n", None),
    (
        "'acmemail' => ['secret' => '{hex:32}'],#\n'messagebird' => ['access_key' => '{alnum:25}'],\n",
        None,
    ),
    ("[database]\nurl = mysql://grafana:{alnum:20}@db:3306/grafana#\n", None),
    (
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql://airflow:{alnum:20}@pg1/airflow#\n",
        "postgres",
    ),
    ("ALCHEMY_API_KEY={base64url:32}#\n", "alchemy"),
    ("CLERK_SECRET_KEY=sk_live_{alnum:42}#\n", "clerk"),
    ("clerk: {{ secretKey: 'sk_live_{alnum:42}' }#\n".replace("{{", "{"), "clerk"),
    ("CLERK_SECRET_KEY=sk_live_{alnum:42}\nSTRIPE_SECRET_KEY=sk_live_{alnum:42}#\n", "stripe"),
    ("CLERK_SECRET_KEY=sk_live_{alnum:42}\nkey = 'sk_live_{alnum:42}'#\n", "stripe"),
    ("PAYSTACK_SECRET_KEY=sk_live_{hex:40}#\n", "paystack"),
    (
        "[s3]\nprovider = Wasabi\nsecret_access_key = {alnum:40}#\nendpoint = s3.wasabisys.com\n\n"
        "[gdrive]\nclient_id = {digits:12}.apps.googleusercontent.com\n",
        "wasabi",
    ),
]


@pytest.mark.parametrize(("text", "system"), SERVICES)
def test_a_value_of_the_service_that_its_line_names(
    text: str, system: str | None, detector: Detector
) -> None:
    """The lines of a command, a section and a name say whose a key is, whatever stands below."""
    assert set(owner(detector, text)) == {system}
