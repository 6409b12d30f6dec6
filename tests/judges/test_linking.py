"""Behaviour of scanner.judges.linking: a variable without a telling name, put into an address or a header below."""

import random

import pytest

from scanner.detector import MEDIUM, Detector
from scanner.judges.linking import is_telling, linked_below
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill
from scanner.rules import BARE_VALUE
from scanner.wiring import Patterns, detector_maker

URL = "https://api.openweathermap.org/data/2.5/weather?q="
TEXTS = {
    "python": ('API = "§"\nurl = f"' + URL + '{city}&appid={API}"\n', "openweather-api-key"),
    "kotlin": ('val CODE: String = "§"\nval r = URL("' + URL + '$C&appid=$CODE")\n', "openweather-api-key"),
    "javascript": ('const id = "§";\nfetch(`' + URL + "${c}&appid=${id}`)\n", "openweather-api-key"),
    "java": ('String appId = "§";\nURL u = new URL("' + URL + '" + c + "&APPID=" + appId);\n', "openweather-api-key"),
    "swift": ('let code = "§"\nlet u = "' + URL + '\\(c)&appid=\\(code)"\n', "openweather-api-key"),
    "php": ('$x1 = "§";\n$u = "' + URL + '" . $c . "&appid=" . $x1;\n', "openweather-api-key"),
    "member": ('this.w = "§";\nfetch(`' + URL + "${c}&appid=${this.w}`)\n", "openweather-api-key"),
    "near": ('const val API = "§"\nconst val BASE = "' + URL + '"\n', "openweather-api-key"),
    "of nobody we know": ('# kraken\nA1 = "§"\nu = f"https://api.acme.dev/x?api_key={A1}"\n', "generic-api-key"),
}  # fmt: skip
NONE = [
    "# kraken\ncity = '§'\nurl = f'" + URL + "{city}'\n",
    "# kraken\nrun = '§'\nurl = f'https://api.acme.dev/x?key={run}'\n",
    "# kraken\nrun = '§'\nurl = f'https://api.acme.dev/x?token={run}'\n",
    "# kraken\ntx_hash = '§'\nurl = f'https://api.acme.dev/x?api_key={tx_hash}'\n",
    "# kraken\nrun = '§'\nurl = f'https://api.acme.dev/x?api_key={run.key}'\n",
    "# kraken\nrun = '§'\nurl = f'https://api.acme.dev/x?api_key={runner}'\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def found(detector: Detector, text: str, form: str = "hex:32") -> list[str]:
    """Return the rules of what is reported in a text where ``§`` stands for a value."""
    data = text.replace("§", fill(f"{{{form}}}", random.Random(4))[0]).encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]


@pytest.mark.parametrize("case", TEXTS)
def test_a_parameter_of_an_address_tells_what_a_variable_is(case: str, detector: Detector) -> None:
    """By the name that the address has for it, and the host; a variable that is called API by what is around."""
    text, rule = TEXTS[case]
    assert found(detector, text) == [rule]


@pytest.mark.parametrize("text", NONE)
def test_other_parameters_tell_nothing(text: str, detector: Detector) -> None:
    """Neither does a parameter that sheets and coins have too, nor a variable that is something public."""
    assert found(detector, text) == []


def test_a_token_behind_bearer(detector: Detector) -> None:
    """``"Bearer " + BITLY`` is a token, and the address beside it tells whose."""
    text = 'BITLY = "§"\nr = post("https://api-ssl.bitly.com/v4/x", headers={"Authorization": "Bearer " + BITLY})\n'
    assert found(detector, text, "hex:40") == ["bitly-access-token"]
    assert found(detector, text.replace('"Bearer "', '"Digest "'), "hex:40") == []


def test_linked_below() -> None:
    """The place is that of the variable, the name that of its parameter; a longer word is another's."""
    data = b"a1 = 'x7'\nu = f'?key={a12}&token={a1}'\n"
    match = Match(BARE_VALUE, 6, 8)
    place, name = linked_below(data, match, "a1", is_telling) or (match, "")
    assert (place, name) == (match, "")  # by "token" nothing is told
    place, name = linked_below(data, match, "a1", "token".__eq__) or (match, "")
    assert (data[place.start : place.end], place.start, name) == (
        b"a1",
        data.rindex(b"a1"),
        "token",
    )
    assert linked_below(data, match, "a1 b", "token".__eq__) is None


ADDRESSES = {
    'INFURA = "§"\nw3 = HTTPProvider(f"https://mainnet.infura.io/v3/{INFURA}")\n': "infura-url-key",
    'const id = "§";\nconst p = `https://mainnet.infura.io/v3/${id}`;\n': "infura-url-key",
    'const id = "§";\nconst p = "wss://mainnet.infura.io/ws/v3/" + id;\n': "infura-url-key",
    'CS = "§"\nurl = "https://polygon-mainnet.core.chainstack.com/" + CS\n': "rpc-nodes-url-key",
    'POOL = "§"\nurl = f"https://api.acme.dev/v3/{POOL}"\n': None,
    'RUN = "§"\nurl = f"https://mainnet.infura.io/runs/{RUN}"\n': None,
    'RUN = "§"\nurl = f"https://mainnet.infura.io/v3/{RUNNER}"\n': None,
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_a_key_that_an_address_is_completed_with(text: str, detector: Detector) -> None:
    """It is one if a rule knows the address that comes out, whatever the variable is called."""
    rule = ADDRESSES[text]
    assert found(detector, text) == ([rule] if rule else [])
