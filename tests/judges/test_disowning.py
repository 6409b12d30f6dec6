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
