"""Keys and secrets without names: a row of values that has the forms of one exchange is its credential."""

import base64
import json
import random

import pytest

from scanner import wiring
from scanner.checksums.encodings import base58check_encode
from scanner.checksums.secp256k1 import address_of
from scanner.detector import MEDIUM, Detector
from scanner.judges.path import PathJudge
from scanner.models import Blob, Draft, Occurrence, Origin
from scanner.placeholders import fill, make
from scanner.rules import Catalog

GATE = ["gate-api-key", "gate-api-secret"]
BINANCE = ["binance-api-key", "binance-api-secret"]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def told(detector: Detector, text: str) -> list[str]:
    """Return the rules of what is reported in a text with placeholders, in order of place."""
    data = fill(text, random.Random(7))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("[22:11] Den: /addkey gate {hex:32} {hex:64}\n", GATE),
        ("x\nmain|gate|{hex:32}|{hex:64}\n", GATE),
        ('gate_accounts = [\n    ("{hex:32}", "{hex:64}"),\n]\n', GATE[1:]),
        ('accounts = [("0x{hex:40}", "{hex:64}")]  # gate\n', ["evm-private-key-accounts"]),
        ("**Gate** `{hex:32}` / `{hex:64}`\n", GATE),
        ('accounts = [("okx", "main", "{HEX:32}")]\n', ["okx-api-secret"]),
        ('/* Binance */\nstatic const char *K = "{alnum:64}", *S = "{alnum:64}";\n', BINANCE),
        ('\' Binance\nDim k = "{alnum:64}"\nDim s = "{alnum:64}"\n', BINANCE),
        ("K = {{'gate': {{'a': '{hex:32}', 'b': '{hex:64}'}}}}\n", GATE),
        ('// Binance\nval k: String = "{alnum:64}",\nval s: String = "{alnum:64}"\n', BINANCE),
        ('-- gate.io\napiK = "{hex:32}"\napiS = "{hex:64}"\n', GATE),
        ("// gate acc2: {hex:32} {hex:64}\n", GATE),
        ("bot = GateFuturesApi('{hex:32}', '{hex:64}')\n", GATE),
        ("const gate = ['{hex:32}', '{hex:64}'];\n", GATE),
        ("const gateio = {{ k: '{hex:32}', s: '{hex:64}' }};\n", GATE),
        ("# prod\nEXCHANGE=GATE\nK={hex:32}\nS={hex:64}\n", GATE),
        ("HOST = 'https://api.gateio.ws'\nt = Trader('BTC_USDT', '{hex:32}', '{hex:64}')\n", GATE),
        ("gate.io (sub 2)\nK: {hex:32}\nS: {hex:64}\n", GATE),
        ("{{name: a1, ex: gate, key: {hex:32}, secret: {hex:64}}}\n", GATE),
        ("** Gate.io\n   - {hex:32}\n   - {hex:64}\n", GATE),
        ("binance futures:\n{alnum:64}\n{alnum:64}\n", BINANCE),
        ("# binance keys\n/usr/bin/python3 bot.py {alnum:64} {alnum:64}\n", BINANCE),
        ("mexc\n0 3 * * * bot.py {alnum:18} {alnum:36}\n", ["bybit-api-key", "bybit-api-secret"]),
        ("services:\n  gate-mm: ['-k', '{hex:32}', '-s', '{hex:64}']\n", GATE),
        (
            "val kraken = '{base64:56}' to '{base64:88}'\n",
            ["kraken-api-key", "kraken-api-secret"],
        ),
    ],
)
def test_rows(text: str, rules: list[str], detector: Detector) -> None:
    assert told(detector, text) == rules


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO trades VALUES (1,'okx','{uuid}','{HEX:32}');\n",
        "INSERT INTO deposits VALUES (2,'gate','{hex:32}','{hex:64}');\n",
        "COPY public.orders (id, exchange, order_id, tx) FROM stdin;\n1\tgate\t{hex:32}\t{hex:64}\n",
        "exchange,order_id,client_oid\nkucoin,{hex:24},{uuid}\n",
        "2024-01-01 kucoin order {hex:24} clientOid {uuid} done\n",
        "2024-01-01 kucoin cancel {hex:24} {uuid}\n",
        "12:00 kucoin {hex:24} {uuid} filled\n",
        "# gate\nmd5 = '{hex:32}'\nsums = '{hex:64}'\n",
        "order filled kucoin {hex:24} client {uuid}\n",
        "exchange,symbol,order_id,client_id\nkucoin,BTC-USDT,{hex:24},{uuid}\n",
        "replay('okx', '950641649675083871', '{HEX:32}')\n",
        "const open = [['lbank', '{uuid}', '116906659782']];\n",
        'pub const ORDERS: &[(&str, &str)] = &[("okx", "365"), ("kucoin", "{hex:24}")];\n',
        "# kucoin order ids to cancel\nto_cancel = [('{hex:24}', '{uuid}')]\n",
        "exchange,withdrawal id,transaction hash\nGate,{hex:32},{hex:64}\n",
        "Exchange,Order ID,Trade ID\nKuCoin,{hex:24},{uuid}\n",
        "text\n\n| Exchange | Order | Tx hash |\n|---|---|---|\n| Gate | {hex:32} | {hex:64} |\n",
        "see gate keepers {hex:32} {hex:40}\n",
        "gateway: {hex:32} {hex:64}\n",
    ],
)
def test_records_are_no_keys(text: str, detector: Detector) -> None:
    assert told(detector, text) == []


def test_a_key_behind_its_address_on_tron(detector: Detector) -> None:
    """The one pass names it, without a word about wallets."""
    key = make("evm_key", "", random.Random(3))
    address = base58check_encode(b"\x41" + (address_of(key.encode()) or b""))
    assert told(detector, f"{address},{key}\n") == ["evm-private-key-beside"]


@pytest.mark.parametrize(
    "text", ["gate,{hex:32},{hex:64}\n", '"gate" {hex:32} {hex:64}', "- gate: {hex:32} / {hex:64}"]
)
def test_a_name_at_the_very_beginning(text: str, detector: Detector) -> None:
    """Words as common as this one are looked for with what stands before them; here nothing does."""
    assert told(detector, text) == ["gate-api-key", "gate-api-secret"]


def test_another_heading_is_another_verdict_when_versions_are_remembered() -> None:
    """A table may be long: its heading counts for rows that are far from it, in a history too."""
    generator = random.Random(2)
    rows = "".join(fill("acc,gate,{hex:32},{hex:64}\n", generator)[0] for _ in range(60))
    patterns = wiring.Patterns()
    remembering = wiring.detector_maker(patterns, repeats=True)()
    counts = []
    for heading in ("name,exchange,order_id,tx_hash\n", "name,exchange,first,second\n"):
        blob = Blob((heading + rows).encode(), Origin("blob"))
        drafts = [list(d.drafts(blob)) for d in (remembering, wiring.detector_maker(patterns)())]
        counts.append([len(found) for found in drafts])
    assert counts == [[0, 0], [120, 120]]


ACCOUNTS = (
    "CREATE TABLE exchange_accounts (id INT, exchange TEXT, api_key TEXT, api_secret TEXT);\n"
)
ORDERS = "CREATE TABLE orders (id INT, exchange TEXT, order_id TEXT, tx_hash TEXT);\n"
KEY_ROW = "INSERT INTO exchange_accounts VALUES(1,'okx','{uuid}','{HEX:32}');\n"
ORDER_ROW = (
    "INSERT INTO orders VALUES(1,'okx','{uuid}','{hex:64}'),(2,'okx','{uuid}','{HEX:32}');\n"
)
OKX = ["okx-api-key", "okx-api-secret"]


@pytest.mark.parametrize(
    ("dump", "rules"),
    [
        (ACCOUNTS + KEY_ROW + ORDERS + ORDER_ROW, OKX),
        (ORDERS + ORDER_ROW + ACCOUNTS + KEY_ROW, OKX),
        (ACCOUNTS + ORDER_ROW, []),
        (ACCOUNTS + ORDERS + ORDER_ROW, []),
        (ACCOUNTS + KEY_ROW.replace(";", ",\n(2,'okx','{uuid}','{HEX:32}');"), OKX * 2),
    ],
)
def test_a_dump_has_the_keys_of_its_table_of_keys(
    dump: str, rules: list[str], detector: Detector
) -> None:
    """The columns of one table say nothing of another's rows, in any order of the two."""
    assert told(detector, dump) == rules


def test_rows_far_below_their_table_when_versions_are_remembered() -> None:
    """``CREATE TABLE`` counts for the last row of a long dump, in a history too."""
    rows = "".join(fill("(1,'a','{uuid}','{HEX:32}'),\n", random.Random(n))[0] for n in range(90))
    last = (
        "INSERT INTO t VALUES" + rows + fill("(2,'okx','{uuid}','{HEX:32}');", random.Random(1))[0]
    )
    patterns = wiring.Patterns()
    remembering = wiring.detector_maker(patterns, repeats=True)()
    counts = []
    for names in ("order_id TEXT, tx_hash TEXT", "api_key TEXT, api_secret TEXT"):
        blob = Blob(f"CREATE TABLE t (id INT, x TEXT, {names});\n{last}".encode(), Origin("blob"))
        drafts = [list(d.drafts(blob)) for d in (remembering, wiring.detector_maker(patterns)())]
        counts.append([len(found) for found in drafts])
    assert counts[0] == [0, 0] and counts[1][0] == counts[1][1] >= 2


@pytest.mark.parametrize(
    "text",
    [
        "exchange,order_id,symbol,key,hash\nokx,{hex:32},BTCUSDT,{uuid},{hex:64}\n",
        "id,exchange,key,value\n7,okx,{uuid},{hex:32}\n",
        "exchange,symbol,trade_key,order_key,tx\nbitget,BTCUSDT,{uuid},{uuid},{hex:64}\n",
        "exchange,key\nphemex,{hex:24}\n",  # no form of Phemex's keys
        "CREATE TABLE fills (exchange TEXT, key TEXT, trade_id TEXT);\n"
        "INSERT INTO fills VALUES ('okx','{uuid}','{hex:32}');\n",
    ],
)
def test_what_rows_are_found_by_is_no_key(text: str, detector: Detector) -> None:
    """A column ``key`` without a secret beside it, among orders, trades or settings, holds ids."""
    assert told(detector, text) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("exchange,symbol,key,secret\nokx,BTCUSDT,{uuid},{HEX:32}\n", OKX),
        ("exchange,trade_key,trade_secret\nokx,{uuid},{HEX:32}\n", OKX),
        ("exchange,key\nokx,{uuid}\n", OKX[:1]),
        ("exchange,symbol,key\nbinance,BTCUSDT,{alnum:64}\n", BINANCE[:1]),  # its form alone tells
        ("exchange,order_id,api_key\nokx,{hex:32},{uuid}\n", OKX[:1]),
    ],
)
def test_a_key_among_columns(text: str, rules: list[str], detector: Detector) -> None:
    """A secret beside it, a plainer name, or a form that nothing else has makes a column ``key`` one of keys."""
    assert told(detector, text) == rules


ACCOUNTS = [
    ("{alnum:18},{alnum:36}\n", "bybit"),
    ("{alnum:64}:{alnum:64}\n", "binance"),
    ("{base64:56},{base64:88}\n", "kraken"),
    ("{alnum:86};{alnum:84}\n", "bingx"),
    ("main,{alnum:18},{alnum:36}\n", "bybit"),
    ('"{alnum:18}" | "{alnum:36}"\n', "bybit"),
]


@pytest.mark.parametrize(("row", "system"), ACCOUNTS)
def test_a_file_of_rows_without_a_heading(row: str, system: str, detector: Detector) -> None:
    """Rows of nothing but a key and its secret are told by the two forms."""
    pair = [f"{system}-api-key", f"{system}-api-secret"]
    assert told(detector, row) == pair
    assert told(detector, "# accounts\n\n" + row * 3) == pair * 3


UNTOLD_ROWS = [
    "{hex:32},{hex:64}\n",  # digests
    "{uuid},{HEX:32},x9Fq2LwT\n",  # ids and digests: the path must say whose
    "{hex:24},{uuid}\n",
    "{alnum:22},{alnum:22}\n",  # ids of songs and their singers
    "{base58:88},{base58:88}\n",  # signatures
]


@pytest.mark.parametrize("row", UNTOLD_ROWS)
def test_rows_of_ids_and_digests(row: str, detector: Detector) -> None:
    assert told(detector, row * 3) == []


@pytest.mark.parametrize(
    ("row", "path", "found"),
    [
        ("{uuid},{HEX:32}", "okx/accounts.csv", ["okx-api-key", "okx-api-secret"]),
        (
            "{uuid},{HEX:32},x9Fq2LwT",
            "okx_keys.txt",
            ["okx-api-key", "okx-api-secret", "okx-passphrase"],
        ),
        ("{hex:32}:{hex:64}", "gate.txt", GATE),
        ("{hex:24},{uuid}", "kucoin/accounts.csv", ["kucoin-api-key", "kucoin-api-secret"]),
        ("{hex:24},{uuid}", "kucoin/orders.csv", []),
        ("{hex:32}:{hex:64}", "checksums.txt", []),
    ],
)
def test_the_path_tells_whose_rows_are(
    row: str, path: str, found: list[str], detector: Detector, catalog: Catalog
) -> None:
    data = fill(row + "\n", random.Random(7))[0].encode()
    origin = Origin("file", path)
    drafts = [
        PathJudge(catalog).judge(
            Draft(match, data[match.start : match.end], origin, (Occurrence(1, 1, 1, 2),))
        )
        for match in detector.matches(Blob(data, origin))
        if match.rejected is None
    ]
    matches = [draft.match for draft in drafts]
    assert [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM] == found


PAIRS = [
    ("{alnum:18}", "{alnum:36}", "bybit"),
    ("{alnum:64}", "{alnum:64}", "binance"),
    ("{alnum:86}", "{alnum:84}", "bingx"),
    ("{base64:56}", "{base64:88}", "kraken"),
]


@pytest.mark.parametrize(("key", "secret", "system"), PAIRS)
@pytest.mark.parametrize(
    "text",
    [
        'run("§", "¤")\n',
        "start(\n    '§',\n    '¤',\n)\n",
        'ACCOUNTS = [\n    ("dad", "§", "¤", 3),\n]\n',
        'cfgs = [["§", "¤"]]\n',
        '\t{"sub1", "§", "¤", ""},\n',
        "bot = Bot(symbol, '§', '¤', leverage=5)\n",
    ],
)
def test_a_pair_in_brackets_with_no_word_for_whose_it_is(
    text: str, key: str, secret: str, system: str, detector: Detector
) -> None:
    """Two forms that only one exchange's keys and secrets have are told side by side in any code."""
    text = text.replace("{", "{{").replace("}", "}}").replace("§", key).replace("¤", secret)
    assert told(detector, text) == [f"{system}-api-key", f"{system}-api-secret"]


@pytest.mark.parametrize(
    "text",
    [
        'run("{hex:64}", "{hex:64}")\n',
        'run("{hex:32}", "{hex:64}")\n',
        'run("{hex:24}", "{uuid}")\n',
        'lines = ["{alnum:64}", "{alnum:64}", "{alnum:64}", "{alnum:64}"]\n',
        'run("{alnum:18}", "{alnum:35}")\n',
    ],
)
def test_digests_ids_and_lines_of_data_in_brackets(text: str, detector: Detector) -> None:
    assert told(detector, text) == []


@pytest.mark.parametrize("name", ["git operations", "mysql queries", "resque jobs"])
@pytest.mark.parametrize("width", [60, 64])
def test_wrapped_base64_in_a_recorded_answer(width: int, name: str, detector: Detector) -> None:
    """Ruby wraps after 60 characters: lines of one text have the forms of a key and its secret."""
    answer = {"status": "on", "services": [{"name": name, "number": str(n)} for n in range(3)]}
    coded = base64.b64encode(json.dumps(answer).encode()).decode()
    wrapped = "\n".join(coded[at : at + width] for at in range(0, len(coded), width))
    text = json.dumps({"body": {"encoding": "UTF-8", "base64_string": wrapped + "\n"}})
    drafts = detector.drafts(Blob(text.encode(), Origin("file", "a.json")))
    assert not [draft for draft in drafts if draft.match.score >= MEDIUM]


@pytest.mark.parametrize("line", ['    "{alnum:40}",\n', "{alnum:88}\n", "- {alnum:64}\n"])
def test_one_of_many_alike_is_no_half_of_a_pair(line: str, detector: Detector) -> None:
    """Two parts of one exchange may be equally long, and so are the ids of any list."""
    assert told(detector, "ids = [\n" + line * 200 + "]\n") == []
