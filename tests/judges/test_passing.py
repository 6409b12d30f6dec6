"""Behaviour of scanner.judges.passing: a variable without a telling name, handed to an exchange's call below."""

import random

import pytest

from scanner.detector import MEDIUM, Detector
from scanner.judges.passing import beyond
from scanner.models import Blob, Origin
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def found(detector: Detector, text: str) -> list[str]:
    """Return the rules of what is reported in a text with placeholders, in order of place."""
    data = fill(text, random.Random(4))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    alive = [m for m in matches if m.rejected is None and m.score >= MEDIUM]
    return [match.rule.id for match in sorted(alive, key=lambda match: match.start)]


PAIRS = {
    "class": ("binance", 'from binance.client import Client\na = "§1"\nb = "§2"\nc = Client(a, b)\n'),
    "module": ("upbit", "import pyupbit\nfirst = '§1'\nsecond = '§2'\nu = pyupbit.Upbit(first, second)\n"),
    "halves": ("binance", 'from binance.client import Client\npub = "§1"\npriv = "§2"\nc = Client(pub, priv)\n'),
    "decoded": (
        "binance",
        "from binance.client import Client\n_k = base64.b64decode('§1').decode()\n"
        "_s = base64.b64decode('§2').decode()\nc = Client(_k, _s)\n",
    ),
    "go": ("binance", 'a := "§1"\nb := "§2"\nclient := binance.NewClient(a, b)\n'),
    "go package": (
        "binance",
        'import (\n\t"context"\n\t"github.com/adshao/go-binance/v2/futures"\n)\n\n'
        'var (\n\tone = "§1"\n\ttwo = "§2"\n)\n\nfunc main() {\n\tclient := futures.NewClient(one, two)\n}\n',
    ),
    "php": ("binance", '<?php\n$one = "§1";\n$two = "§2";\n$api = new Binance\\API($one, $two);\n'),
    "js": (
        "binance",
        "const Binance = require('node-binance-api');\nconst u = '§1', v = '§2';\nconst b = new Binance(u, v);\n",
    ),
    "java": (
        "binance",
        'import com.binance.connector.client.impl.SpotClientImpl;\nclass M {\n  static final String A = "§1";\n'
        '  static final String B = "§2";\n  void run() { SpotClientImpl c = new SpotClientImpl(A, B); }\n}\n',
    ),
    "c#": (
        "binance",
        'using Binance.Net.Clients;\nvar u = "§1";\nvar v = "§2";\n'
        "var c = new BinanceRestClient(o => o.ApiCredentials = new ApiCredentials(u, v));\n",
    ),
    "member": (
        "binance",
        'from binance.spot import Spot\nclass Bot:\n    def __init__(self):\n        self.a = "§1"\n'
        '        self.b = "§2"\n        self.c = Spot(self.a, self.b)\n',
    ),
    "common word": ("gate", "import ccxt\nx = '§1'\ny = '§2'\nex = ccxt.gate({{'apiKey': x, 'secret': y}})\n"),
}  # fmt: skip
VALUES = {
    "binance": ("{alnum:64}", "{alnum:64!}"),
    "upbit": ("{alnum:40}", "{alnum:40!}"),
    "gate": ("{hex:32}", "{hex:64}"),
}


@pytest.mark.parametrize("case", PAIRS)
def test_a_pair_of_variables(case: str, detector: Detector) -> None:
    """Both are told by the call that they are arguments of, in the languages of bots."""
    system, text = PAIRS[case]
    key, secret = VALUES[system]
    text = text.replace("§1", key).replace("§2", secret)
    assert found(detector, text) == [f"{system}-api-key", f"{system}-api-secret"]


@pytest.mark.parametrize(
    "call", ["Client(a, b, c)", "Client(a, b, passphrase=c)", "Client(\n    a,\n    b,\n    c,\n)"]
)
def test_the_third_variable(call: str, detector: Detector) -> None:
    """What stands behind a key and its secret in the call is their passphrase."""
    text = f"from kucoin.client import Client\na = '6{{hex:23}}'\nb = '{{uuid}}'\nc = 'Grid#7731'\nu = {call}\n"
    assert found(detector, text) == ["kucoin-api-key", "kucoin-api-secret", "kucoin-passphrase"]


def test_the_third_of_members(detector: Detector) -> None:
    text = (
        "from okx.Account import AccountAPI\nclass Bot:\n  def __init__(self):\n    self.a = '{uuid}'\n"
        "    self.b = '{HEX:32}'\n    self.c = 'Grid#7731'\n    self.d = AccountAPI(self.a, self.b, self.c)\n"
    )
    assert found(detector, text) == ["okx-api-key", "okx-api-secret", "okx-passphrase"]


@pytest.mark.parametrize(
    "text",
    [
        "from kucoin.client import Client\noid = '{hex:24}'\nclient.get_order(oid)\nclient.cancel_order(oid, 1)\n",
        "import okx\nid = '{uuid}'\nokx.place(id, 1)\nx = okx.Trade(id)\n",
        "const tx = '{hex:64}'\nconst r = bitget.lookup(tx, 1)\nconst m = new GateMonitor(tx);\n",
        "from binance.client import Client\ntx_hash = '{hex:64}'\nc = Client(tx_hash, 1)\n",
        "import okx\na = '{uuid}'\nlog.info(a, okx)\n",
        "import okx\na = '{uuid}'\n" + "# nothing\n" * 400 + "c = okx.Client(a, b)\n",
    ],
)
def test_other_uses(text: str, detector: Detector) -> None:
    """An id that a call acts on, a lone argument and a call of nobody's tell nothing."""
    assert found(detector, text) == []


def test_what_a_verdict_hangs_on() -> None:
    """Text far below counts where it speaks of the variable, and else not: versions share verdicts."""
    data = b"a = 'x'\n" + b"#\n" * 500 + b"Client(a, b)\n"
    assert beyond(data, 5, 907) == data[907:]
    assert beyond(data.replace(b"(a,", b"(z,"), 5, 907) == b""
    assert beyond(b"f('x')", 3, 6) == b""
