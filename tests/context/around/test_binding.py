"""Behaviour of scanner.context.around.binding: what a reader would say that a value is assigned to.

One row a case; ``§`` stands for the value.
"""

import pytest

from scanner.context.around.binding import Binding, bind, one_of_keys
from scanner.context.names.roles import kind_of

VALUE = "Zx9Kq2Lw8Vr1Tz5NbGh3"


def bound(text: str, value: str = VALUE) -> Binding:
    before = text.partition("§")[0].encode()
    data = text.replace("§", value).encode()
    return bind(data, len(before))


NAMED = [
    # settings
    ("GATE_API_KEY=§", "GATE_API_KEY"),
    ("GATE_API_KEY = §", "GATE_API_KEY"),
    ("GATE_API_KEY ?= §", "GATE_API_KEY"),
    ("GATE_API_KEY ::= §", "GATE_API_KEY"),
    ("export GATE_API_KEY='§'", "GATE_API_KEY"),
    ('GATE_API_SECRET="§" # main account', "GATE_API_SECRET"),
    ("A=1\nGATE_API_KEY=§\nB=2", "GATE_API_KEY"),
    ("GATE_API_KEY=§\r\n", "GATE_API_KEY"),
    ("set GATE_API_KEY=§", "GATE_API_KEY"),
    ('$env:PHEMEX_API_SECRET = "§"', "PHEMEX_API_SECRET"),
    ("huobi.access-key=§", "huobi.access-key"),
    ("[kraken]\nkey = §", "key"),
    ("[kraken]\nkey: §", "key"),
    ('[bybit]\napi_key = "§"', "api_key"),
    ('env = { GATE_API_KEY = "§" }', "GATE_API_KEY"),
    ('kucoin_api_key = "§"', "kucoin_api_key"),
    # YAML
    ("api_key: §", "api_key"),
    ("exchange:\n  api_key: §", "api_key"),
    ('  "api_key": "§"', "api_key"),
    ("- name: x\n  secret: '§'", "secret"),
    ("environment:\n  - BYBIT_API_KEY=§", "BYBIT_API_KEY"),
    ('environment:\n  OKX_PASSPHRASE: "§"', "OKX_PASSPHRASE"),
    ("env:\n  BINANCE_API_KEY: §", "BINANCE_API_KEY"),
    ("headers:\n  X-BAPI-API-KEY: [§]", "X-BAPI-API-KEY"),
    # JSON
    ('{"apiKey": "§"}', "apiKey"),
    ('{"apiKey":"§"}', "apiKey"),
    ('{\n  "a": 1,\n  "api-secret": "§"\n}', "api-secret"),
    ('{\\"apiKey\\": \\"§\\"}', "apiKey"),
    ('["api_key = \\"§\\"\\n"]', "api_key"),
    # code
    ("api_key = '§'", "api_key"),
    ("key, secret = 'abc', '§'", "secret"),
    ("const [apiKey, secretKey] = ['§', 'abc']", "apiKey"),
    ('apiKey, secretKey := "abc", "§"', "secretKey"),
    ("api_key='§'", "api_key"),
    ("self.api_key = '§'", "self.api_key"),
    ("API_KEY: str = '§'", "API_KEY"),
    ("API_KEY: Final[str] = '§'", "API_KEY"),
    ("api_key = b'§'", "api_key"),
    ("api_key = f'§'", "api_key"),
    ("exchange.apiKey = '§'", "exchange.apiKey"),
    ("config['api_key'] = '§'", "config['api_key"),
    ("os.environ['OKX_API_KEY'] = '§'", "os.environ['OKX_API_KEY"),
    ("ccxt.okx({'apiKey': '§', 'secret': 'x'})", "apiKey"),
    ("ccxt.okx({'apiKey': 'x', 'secret': '§'})", "secret"),
    ("new ccxt.bybit({ apiKey: '§' })", "apiKey"),
    ("{ secret: `§` }", "secret"),
    ("new \\ccxt\\kucoin(['apiKey' => '§'])", "apiKey"),
    ("$apiKey = '§';", "apiKey"),
    ("define('API_KEY', '§');", "API_KEY"),
    ("const API_KEY = '§';", "API_KEY"),
    ('const std::string GATE_KEY{"§"};', "GATE_KEY"),
    ('auto gateSecret { "§" };', "gateSecret"),
    ("const apiKey: string = '§';", "apiKey"),
    ('const API_KEY: &str = "§";', "API_KEY"),
    ("let apiKey = `§`;", "apiKey"),
    ('private const string ApiKey = "§";', "ApiKey"),
    ('public static final String SECRET_KEY = "§";', "SECRET_KEY"),
    ('val apiKey = "§"', "apiKey"),
    ('let apiKey: String = "§"', "apiKey"),
    ('const (\n\tApiKey = "§"\n)', "ApiKey"),
    ('apiKey := "§"', "apiKey"),
    ('Config{APIKey: "§"}', "APIKey"),
    ('input string Bybit_Api_Key = "§";', "Bybit_Api_Key"),
    ("client = HTTP(testnet=False, api_key='§')", "api_key"),
    ("config.trader = {\n  key: '§',\n}", "key"),
    ("'apiKey': §,", "apiKey"),
    # defaults
    ("key = os.getenv('OKX_API_KEY', '§')", "OKX_API_KEY"),
    ("key = os.environ.get('OKX_API_KEY', '§')", "OKX_API_KEY"),
    ("key = process.env.OKX_API_KEY || '§'", "process.env.OKX_API_KEY"),
    ("key = process.env.OKX_API_KEY ?? '§'", "process.env.OKX_API_KEY"),
    ("x = os.environ['OKX_API_KEY'] or '§'", "OKX_API_KEY"),
    ("KEY=${OKX_API_KEY:-§}", "OKX_API_KEY"),
    # command lines and requests
    ("bot --api-key § --live", "api-key"),
    ("bot --api-key=§", "api-key"),
    ("curl -H 'OK-ACCESS-KEY: §' https://x.example", "OK-ACCESS-KEY"),
    ("X-MBX-APIKEY: §", "X-MBX-APIKEY"),
    ("https://x.example/?api_key=§&b=1", "api_key"),
    ("@apiKey = §", "apiKey"),
    # name and value apart
    ('{"key": "X-MBX-APIKEY", "value": "§", "type": "text"}', "X-MBX-APIKEY"),
    ('{"name": "KC-API-KEY", "value": "§"}', "KC-API-KEY"),
    ('{\n "key": "secretKey",\n "value": "§"\n}', "secretKey"),
    ('<env name="KUCOIN_API_SECRET" value="§" />', "KUCOIN_API_SECRET"),
    ('<add key="ApiKey" value="§" />', "ApiKey"),
    ("- name: API_KEY\n  value: §", "API_KEY"),
    # markup
    ("<apiKey>§</apiKey>", "apiKey"),
    ('<string name="api_key">§</string>', "api_key"),
    # Docker
    ("ENV MEXC_API_KEY=§", "MEXC_API_KEY"),
    ("ENV A=1 MEXC_SECRET_KEY=§", "MEXC_SECRET_KEY"),
    ("ARG API_KEY=§", "API_KEY"),
    # columns
    ("Name,API Key,Secret Key\nbot1,§,x", "API Key"),
    ("Name,API Key,Secret Key\nbot1,x,§", "Secret Key"),
    ("Name,API Key,Secret Key\nbot1,x,y\nbot2,x,§", "Secret Key"),
    ("name;api_key;secret\na;§;b", "api_key"),
    ('"Name","API Key"\n"bot1","§"', "API Key"),
    ("<tr><td>API key</td><td>§</td></tr>", "API key"),
    ("<dl><dt><b>API key</b></dt><dd><code>§</code></dd></dl>", "API key"),
    ("#,name,api key\n1,a,§", "api key"),
    # decoded
    ('apiKey, err := hex.DecodeString("§")', "apiKey"),
    ('String secret = new String("§");', "secret"),
    # called only "default" or "value" where it stands
    ('variable "api_key" {\n  default = "§"\n}', "api_key"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_name(text: str, name: str) -> None:
    assert bound(text).name.strip("$'\"[]@") == name


CALLS = [
    ("client.setApiKey('§')", "client.setApiKey", 0),
    ('spec.setSecretKey("§");', "spec.setSecretKey", 0),
    ("Client('§', 'qLnelkRuPVWs')", "Client", 0),
    ("Client('mTSM7EUyad3Y', '§')", "Client", 1),
    ("Client('mTSM7EUyad3Y', 'qLnelkRuPVWs', '§')", "Client", 2),
    ("client = Client(\n    '§',\n    'qLnelkRuPVWs')", "Client", 0),
    ("client = Client(\n    'mTSM7EUyad3Y',\n    '§')", "Client", 1),
    ('bybit.NewBybitHttpClient("mTSM7EUyad3Y", "§")', "bybit.NewBybitHttpClient", 1),
    ('new ApiCredentials(ApiKey, "§")', "ApiCredentials", 1),
    ("f(g(1, 2), '§')", "f", 1),
    ("Binance::new(Some(KEY.into()), Some('§'.into()))", "Binance::new", 1),
]


@pytest.mark.parametrize(("text", "callee", "index"), CALLS)
def test_argument(text: str, callee: str, index: int) -> None:
    found = bound(text)
    assert found.callee == callee
    assert found.place == index
    assert not found.name


LABELS = [
    ("API Key\n§\nSecret Key\nx", "API Key"),
    ("API Key: x\n\nSecret Key\n§", "Secret Key"),
    ("Secret Key:\n  - §", "Secret Key:"),
    ("My secret key is §", "My secret key is"),
    ("Мой секретный ключ: §", "Мой секретный ключ:"),
    ("访问密钥：§", "访问密钥："),
    ("シークレット\n§", "シークレット"),
    ("私钥: 0x§", "私钥:"),
]


@pytest.mark.parametrize(("text", "label"), LABELS)
def test_label(text: str, label: str) -> None:
    assert bound(text).label == label


NOTHING = [
    "§",
    "\n\n§\n",
    "a = 1\n\n\n\n\n§",
    "https://§",
    "just words before § and after",
    'enum Side{"§"}',
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_name(text: str) -> None:
    assert bound(text).name == ""


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5000 + "§",
        "(" * 5000 + "§",
        '"' * 5000 + "§",
        "a=" * 5000 + "§",
        "\n" * 5000 + "§",
        "a, " * 5000 + "§",
        "\xff\x00" * 2000 + "§",
        "a:" + " " * 5000 + "§",
        "<a " + "b=" * 2000 + "§",
    ],
)
def test_hostile_text_is_no_trouble(text: str) -> None:
    bound(text)  # ends, and quickly: only a window of it is looked at


def test_at_the_edges() -> None:
    assert bind(b"", 0).name == ""
    assert bind(b"key=" + VALUE.encode(), 4).name == "key"


def whole(text: str) -> Binding:
    data = text.replace("§", VALUE).encode()
    start = data.index(VALUE.encode())
    return bind(data, start, start + len(VALUE))


FIELDS = [
    ('api_key: str = Field(default="§")', "api_key"),
    ("ENV['DERIBIT_CLIENT_ID'] ||= \"§\"", "ENV['DERIBIT_CLIENT_ID"),
    ("ENV BOT_API_KEY §", "BOT_API_KEY"),
    ("SET bot:api_key §", "bot:api_key"),
    ('redis-cli -n 1 setex "bot:token" 3600 "§"', "bot:token"),
    ("127.0.0.1:6379> HSET accounts:gate api_key a1 api_secret §", "api_secret"),
    ("HMSET a:b label x secret '§'", "secret"),
    ('API_KEY = (\n    "§"\n)', "API_KEY"),
    ("p.add_argument('--client-id', default=\"§\")", "client-id"),
    ("10:00:01 INFO connecting with apiKey=§", "apiKey"),
    ("- Secret Key: `§`", "Secret Key"),
    ('"name": "/bot/okx_secret",\n "type": "SecureString",\n "value": "§"', "/bot/okx_secret"),
    ("run --private-key 0x§", "private-key"),
    ("| name | key |\n| binance | §", "key"),
    ("INSERT INTO t (a, api_key) VALUES (1, '§')", "api_key"),
    ("CREATE TABLE t (a INT, secret TEXT);\nINSERT INTO t VALUES (1, '§')", "secret"),
    ("INSERT INTO t VALUES (1, '§')", ""),
    ('Public Const API_KEY As String = "§"', "API_KEY"),
    ('#define OKX_PASSPHRASE "§"', "OKX_PASSPHRASE"),
    ('//#define OKX_PASSPHRASE "§"', "OKX_PASSPHRASE"),
    ('  // # define OKX_PASSPHRASE "§"', "OKX_PASSPHRASE"),
    ('/*#define OKX_PASSPHRASE "§"*/', "OKX_PASSPHRASE"),
    ("UPDATE t SET value = '§' WHERE name = 'okx_secret'", "okx_secret"),
    ("COPY t (id, api_key, secret_key) FROM stdin;\n1\tx\t§\t2024", "secret_key"),
    ("POLY_API_KEY:\n- §", "POLY_API_KEY"),
    ('btcturk_key <- "§"', "btcturk_key"),
    ('{:api-key "§"}', "api-key"),
    ('gh secret set GATE_API_KEY --body "§"', "GATE_API_KEY"),
    ("aws ssm put-parameter --name /bot/IR_API_SECRET --value '§'", "/bot/IR_API_SECRET"),
    ("set -gx COINONE_ACCESS_TOKEN §", "COINONE_ACCESS_TOKEN"),
    ('"apiKey" to "§"', "apiKey"),
    ("<tr><th>Name</th><th>API key</th></tr>\n<tr><td>a</td><td>§</td></tr>", "API key"),
    ("<key>OKX_API_KEY</key>\n\t<string>§</string>", "OKX_API_KEY"),
]


@pytest.mark.parametrize(
    ("head", "row", "end"),
    [
        ("COPY t (id, api_key) FROM stdin;\n", "1\tx7Kq\n", "2\t§\n"),
        (
            "<table><tr><th>Name</th><th>API key</th></tr>\n",
            "<tr><td>a</td><td>x7Kq</td></tr>\n",
            "<tr><td>b</td><td>§</td></tr>",
        ),
    ],
)
def test_the_last_of_thousands_of_rows_has_the_column_of_the_first(
    head: str, row: str, end: str
) -> None:
    assert kind_of(whole(head + end).name) == "api_key"
    assert kind_of(whole(head + row * 3000 + end).name) == "api_key"


def test_rows_end_where_the_copy_ends() -> None:
    text = "COPY t (id, api_key) FROM stdin;\n1\tx\n\\.\n\n2\t§\n"
    assert whole(text).how != "column"


@pytest.mark.parametrize(("text", "name"), FIELDS)
def test_fields(text: str, name: str) -> None:
    assert whole(text).name == name


LISTED = [
    ("bob: § / AbCdEfGh12", "listed", 0),
    ("bob: Zz19AbCdEfGh12 / §", "listed", 1),
    ("bob: Zz19AbCdEfGh12 / Yy19AbCdEfGh12 / §", "listed", 2),
    ('"gate": ("§", "Zz19AbCdEfGh12")', "argument", 0),
    ('"gate": ["Zz19AbCdEfGh12", "§"]', "argument", 1),
    ('"gate": ["a12345", "b12345", "c12345", "§"]', "", -1),  # a list of many is no credential
    ("('gate', '§', 'Zz19AbCdEfGh12')", "argument", 0),
    ("('gate', 'Zz19AbCdEfGh12', '§')", "argument", 1),
    ('"gate": {"Zz19AbCdEfGh12", "§"},', "argument", 1),
    ("return 'Zz19AbCdEfGh12', '§'\n", "argument", 1),
    ("[10:02] ann: Gate?\n[10:03] bob: §", "above", -1),
    ("2024-03-01 10:03 <bob> §", "above", -1),
]


@pytest.mark.parametrize(("text", "how", "place"), LISTED)
def test_listed(text: str, how: str, place: int) -> None:
    binding = whole(text)
    assert (binding.how if how else "", binding.place) == (how, place)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<a value="1" name="x.path"/>\n<a value="§" name="gate.api.secret"/>', "gate.api.secret"),
        ("<property value='§' key='GateKey'></property>", "GateKey"),
        ('<input name="gate_key" value="§" id="q">', "gate_key"),
        ('<a secret="§" name="x"/>', "secret"),
    ],
)
def test_an_attribute_behind_a_value_names_it(text: str, name: str) -> None:
    assert whole(text).name == name


def test_remarks() -> None:
    """The comment behind a value is kept: it may say what the value is."""
    assert whole("echo '§'  # secret spend key").remark == "secret spend key"
    assert whole("x = '§'").remark == ""


def test_a_note_names_a_value_behind_it() -> None:
    """The variable in brackets is the value's name, where no other is."""
    assert whole("the key is `§` (HEROKU_API_KEY) now").name == "HEROKU_API_KEY"
    assert whole("the key is `§` (READ_ONLY)").name == ""
    assert whole("gate_secret = '§' (HEROKU_API_KEY)").name == "gate_secret"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("OKX_KEYS = '", "OKX_KEY"),
        ("gate_secrets: ", "gate_secret"),
        ("OKX_KEYS = ['", "OKX_KEYS"),
        ("keys = '", "keys"),
    ],
)
def test_a_lone_value_of_a_plural(text: str, name: str) -> None:
    """A name in the plural that is given one value is that of one."""
    plural = Binding(text.partition(" ")[0].rstrip(":"), "assignment")
    assert one_of_keys(text.encode(), plural, len(text)).name == name
