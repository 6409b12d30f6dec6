"""Behaviour of scanner.judges.completing: passphrases that only their place tells, and all of a chosen value."""

import random

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def passphrases(detector: Detector, text: str) -> list[str]:
    """Return the passphrases reported in a text with placeholders."""
    data = fill(text, random.Random(7))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [
        data[m.start : m.end].decode()
        for m in matches
        if m.rejected is None and m.score >= MEDIUM and m.rule.kind in ("passphrase", "password")
    ]


@pytest.mark.parametrize(
    "value", ["moon2024", "Denis@32256", "kirill8187!", "x9Fq2LwTz5", "Aa12.."]
)
@pytest.mark.parametrize(
    "text",
    [
        "ex = ccxt.okx({{'apiKey': '{uuid}', 'secret': '{HEX:32}', 'password': '§'}})\n",
        '{{"okx":{{"apiKey":"{uuid}","secret":"{HEX:32}","passphrase":"§"}}}}\n',
        "import okx.Trade as Trade\nt = Trade.TradeAPI('{uuid}', '{HEX:32}', '§', False, '0')\n",
        "exchange,key,secret,passphrase\nokx,{uuid},{HEX:32},§\n",
        "INSERT INTO acc (exchange,api_key,api_secret,passphrase) VALUES ('okx','{uuid}','{HEX:32}','§');\n",
        "/addkey okx {uuid} {HEX:32} §\n",
        "okx\n{uuid}\n{HEX:32}\n§\n",
        "OKX_KEY, OKX_SECRET, OKX_PASS = '{uuid}', '{HEX:32}', '§'\n",
        "okx_key = '{uuid}'\nokx_secret = '{HEX:32}'\nokx_phrase = '§'\n",
        "python bot.py --okx-key {uuid} --okx-secret {HEX:32} --okx-pass '§'\n",
        "- name: KUCOIN_KEY\n  value: {hex:24}\n- name: KUC_SEC\n  value: {uuid}\n- name: PHRASE\n  value: §\n",
        "my kucoin stuff, key {hex:24} sec {uuid} phrase §\n",
        "** Kucoin\n   - {hex:24}\n   - {uuid}\n   - §\n",
        '{{"text": "kucoin api key {hex:24} secret {uuid} passphrase §", "ts": "17.2"}}\n',
        '{{"chat":"desk","text":"okx apikey {uuid} secret {HEX:32} pass §"}}\n',
        'okx = {"key": "{uuid}", "secret": "{HEX:32}", "phrase": "§"}\n',
        "OKX = {'k': '{uuid}', 's': '{HEX:32}', 'p': '§'}\n",
        'bitmart = {"key": "{hex:40}", "secret": "{hex:64}", "memo": "§"}\n',
        "[okx]\nklyuch = {uuid}\nsekret = {HEX:32}\nfraza = §\n",
        'okx = {"clave": "{uuid}", "secreto": "{HEX:32}", "frase": "§"}\n',
        "ключ okx {uuid} секрет {HEX:32} пасс §\n",
        'Key { venue: "okx", key: "{uuid}", sec: "{HEX:32}", extra: Some("§") },\n',
        'const (\n\tbitget = 1\n\tak     = "bg_{hex:32}"\n\tsk     = "{hex:64}"\n\tpp     = "§"\n)\n',
        '{"fields": {"exchange": "bitget", "key": "bg_{hex:32}", "secret": "{hex:64}", "phrase": "§", "uid": "41"}}\n',
    ],
)
def test_the_third_part(text: str, value: str, detector: Detector) -> None:
    assert passphrases(detector, text.replace("§", value)) == [value]


@pytest.mark.parametrize(
    "other",
    [
        "BTC-USDT",
        "0.001",
        "10.0.0.4:8080",
        "true",
        "1718000000",
        "<your passphrase>",
        "{hex:40}",
        "spot",
    ],
)
def test_what_else_stands_third(other: str, detector: Detector) -> None:
    assert passphrases(detector, f"okx|{{uuid}}|{{HEX:32}}|{other}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        """okx key {uuid} secret {HEX:32}, see 'pass velvetfal'\n""",
        '{{"text": "okx apikey {uuid} secret {HEX:32}", "note": "by pass trader-x"}}\n',
        'okx apikey {uuid} secret {HEX:32}\nprint("pass velvetfal")\n',
    ],
)
def test_a_word_that_another_quote_ends(text: str, detector: Detector) -> None:
    assert passphrases(detector, text) == []


@pytest.mark.parametrize("value", ["blue velvet horse", "Moon Falcon 77", "trade or die 2024!"])
@pytest.mark.parametrize(
    "text",
    [
        "OKX_KEY={uuid}\nOKX_SECRET={HEX:32}\nOKX_PASSPHRASE=§\n",
        'OKX_PASSWORD="§"\nOKX_KEY={uuid}\nOKX_SECRET={HEX:32}\n',
        "okx:\n  api_key: {uuid}\n  secret: {HEX:32}\n  passphrase: §\n  sandbox: false\n",
        '{{"okx":{{"apiKey":"{uuid}","secret":"{HEX:32}","passphrase":"§"}}}}\n',
    ],
)
def test_a_passphrase_of_several_words(text: str, value: str, detector: Detector) -> None:
    assert passphrases(detector, text.replace("§", value)) == [value]


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize("command", ["python bot.py", "./run", "&& make", "node --prod"])
def test_a_command_behind_a_passphrase(command: str, between: str, detector: Detector) -> None:
    text = f"OKX_KEY={{uuid}}{between}OKX_SECRET={{HEX:32}}{between}OKX_PASS=moon2024 {command}\n"
    assert passphrases(detector, text) == ["moon2024"]
    text = "OKX_KEY={uuid} OKX_SECRET={HEX:32} OKX_PASS=moon2024 npm start\n"
    assert passphrases(detector, text) == ["moon2024"]


@pytest.mark.parametrize(
    "other",
    ["your passphrase here", "same as above", "ask the owner for it", "see 1password", "change me"],
)
def test_remarks_about_a_passphrase(other: str, detector: Detector) -> None:
    for quote in ("", '"'):
        text = f"OKX_KEY={{uuid}}\nOKX_SECRET={{HEX:32}}\nOKX_PASSPHRASE={quote}{other}{quote}\n"
        assert passphrases(detector, text) == []


@pytest.mark.parametrize("value", ["1475340", "velvetfalcon", "cWCyRuDAKALK"])
@pytest.mark.parametrize(
    "text",
    [
        "from okx.Trade import TradeAPI\nt = TradeAPI('{uuid}', '{HEX:32}', '§', False, '0')\n",
        "from kucoin.client import Client\nclient = Client('{hex:24}', '{uuid}', '§')\n",
        'var c = new BitgetApiCredentials("bg_{hex:32}", "{hex:64}", "§");\n',
        "from okx import Okx\nt = Okx(\n    '{uuid}',\n    '{HEX:32}',\n    '§',\n)\n",
    ],
)
def test_a_number_or_a_word_third_in_a_call(text: str, value: str, detector: Detector) -> None:
    """A client of these exchanges takes nothing else third."""
    assert passphrases(detector, text.replace("§", value)) == [value]


@pytest.mark.parametrize("value", ["1475340", "cWCyRuDAKALK"])
def test_a_number_third_in_brackets_or_behind_a_name(value: str, detector: Detector) -> None:
    row = "okx = [\n    ('main', '{uuid}', '{HEX:32}', '§'),\n]\n"
    assert passphrases(detector, row.replace("§", value)) == [value]
    several = "OKX_K, OKX_S, OKX_PASS = '{uuid}', '{HEX:32}', '§'\n"
    assert passphrases(detector, several.replace("§", value)) == [value]


@pytest.mark.parametrize("other", ["sandbox", "1718000000", "BTCUSDT", "passphrase", "futures"])
def test_what_else_stands_third_in_a_call(other: str, detector: Detector) -> None:
    text = f"from kucoin.client import Client\nc = Client('{{hex:24}}', '{{uuid}}', '{other}')\n"
    assert passphrases(detector, text) == []


def test_a_number_or_a_word_third_in_a_row_of_text(detector: Detector) -> None:
    """An amount, a user's number and a name stand there, too."""
    for other in ("1475340", '"1475340"', "velvetfalcon"):
        assert passphrases(detector, f"okx,{{uuid}},{{HEX:32}},{other}\n") == []
    assert passphrases(detector, "okx = [('{uuid}', '{HEX:32}', 'velvetfalcon')]\n") == []


@pytest.mark.parametrize(
    "typed",
    [
        "class Okx {{\n  apiKey: string = '{uuid}';\n  secret: string = '{HEX:32}';\n  passphrase: string = '§';\n}}\n",
        'val okxKey: String = "{uuid}"\nval okxSecret: String = "{HEX:32}"\nval okxPassphrase: String = "§"\n',
        'const KEY: &str = "{uuid}";\nconst SECRET: &str = "{HEX:32}";\nconst PHRASE: &str = "§"; // okx\n',
        'okx_key: str = "{uuid}"\nsecret: str = "{HEX:32}"\np: Optional[str] = "§"\n',
    ],
)
def test_a_type_is_no_passphrase(typed: str, detector: Detector) -> None:
    """Languages name the type between the name and the value; a declaration has no value at all."""
    assert passphrases(detector, typed.replace("§", "Moon2024x")) == ["Moon2024x"]
    okx = "const okx = {{ apiKey: '{uuid}', secret: '{HEX:32}' }};\n"
    for other in (
        "passphrase: string; }}",
        "pass: cfg.okxPass,",
        "phrase = getenv",
        "pw: Optional",
    ):
        assert passphrases(detector, okx + other + "\n") == []


def test_each_account_has_its_own(detector: Detector) -> None:
    rows = ["('{uuid}', '{HEX:32}', 'moon2024'),", "('{uuid}', '{HEX:32}', 'Alex_64021!TNs'),"]
    text = "okx_accounts = [\n    " + "\n    ".join(rows) + "\n]\n"
    assert passphrases(detector, text) == ["moon2024", "Alex_64021!TNs"]


def test_another_key_far_below_changes_nothing(detector: Detector) -> None:
    """The three are tied by their order in the file, whatever else is found behind them."""
    text = '//! OKX\n\nconst DEMO: (&str, &str, &str) = ("{uuid}", "{HEX:32}", "fixLEy7kKFq");\n'
    below = "// a line of code\n" * 80 + 'const API_KEY: &str = "{uuid}"; // of okx\n'
    assert passphrases(detector, text) == passphrases(detector, text + below) == ["fixLEy7kKFq"]


def test_a_name_beyond_a_blank_line_is_another_matter(detector: Detector) -> None:
    assert passphrases(detector, "okx {uuid} {HEX:32}\n\npw = 'moon2024'\n") in ([], ["moon2024"])
    assert passphrases(detector, "okx {uuid} {HEX:32}\n\np = 'moon2024'\n") == []


@pytest.mark.parametrize("name", ["密码: ", "passphrase：", "pass: "])
def test_a_note_below_what_an_exchange_hands_out(detector: Detector, name: str) -> None:
    """What OKX's page gives to copy has no passphrase: it is written below, behind a blank line at times."""
    text = 'apikey = "{uuid}"\nsecretkey = "{HEX:32}"\nIP = ""\n备注名 = "grid"\n\n' + name
    data = fill(text + "Alpha_Rocket97!\n", random.Random(7))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "okx.txt")))
    kinds = [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]
    assert "okx-passphrase" in kinds


@pytest.mark.parametrize("value", ["x9Fq2LwTz5!", "!x9Fq2LwTz5", "x9Fq2LwTz5$", "x9Fq2LwTz5#%"])
@pytest.mark.parametrize(
    "text", ["password = '§'\n", "OKX_PASSPHRASE=§\n", '{{"passphrase": "§"}}\n']
)
def test_signs_at_the_ends_belong_to_a_chosen_value(
    text: str, value: str, detector: Detector
) -> None:
    if text[-2] != "§" or not value.startswith("!"):
        assert passphrases(detector, text.replace("§", value)) == [value]


TWO = (
    '[{"ex": "okx", "ak": "{uuid}", "sk": "{HEX:32}", "pp": "moon2024"},\n'
    ' {"ex": "okx", "ak": "{uuid!}", "sk": "{HEX:32!}", "pp": "mars2025"},\n'
    ' {"ex": "kucoin", "ak": "{hex:24}", "sk": "{uuid}", "pp": "venus2026"}]\n'
)


def test_each_pair_has_the_nearest(detector: Detector) -> None:
    """The nearest in the same brackets is a pair's, not the first of the file."""
    data = fill(TWO, random.Random(7))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    told = [m.rule.id for m in matches if m.rejected is None and m.rule.kind == "passphrase"]
    assert told == ["okx-passphrase", "okx-passphrase", "kucoin-passphrase"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$okx = array('key' => '{uuid}', 'geheimnis' => '{HEX:32}', 'kennphrase' => 'moon2024');\n", ["moon2024"]),
        ("okx = {'key': '{uuid}', 'secret': '{HEX:32}', 'uid': 'moon2024'}\n", []),
        ("a = [['bitmart', '{hex:40}', '{hex:64}'], ['woo', '{base64:24}', '{alnum_upper:28}']]\n", []),
        ("Bitmart\n  key  : {hex:40}\n  secr : {hex:64}\n  memo : moon2024\n", ["moon2024"]),
        ("okx = {'key': '{uuid}', 'secret': '{HEX:32}', 'memo': '10442871'}\n", []),
        ("e = ccxt.bitmart({'apiKey': '{hex:40}', 'secret': '{hex:64}', 'uid': 'moon2024'})\n", ["moon2024"]),
        ("e = ccxt.bitmart({'apiKey': '{hex:40}', 'secret': '{hex:64}', 'uid': '10442871'})\n", []),
    ],
)  # fmt: skip
def test_names_of_other_things(detector: Detector, text: str, found: list[str]) -> None:
    """The name of a member is no passphrase, nor is the number of a user or of a payment."""
    assert passphrases(detector, text) == found
