"""Behaviour of scanner.judges.telling: the systems told around a value, the best place of each."""

import pytest

from scanner.context.around.binding import bind
from scanner.context.layout.block import around
from scanner.judges.telling import (
    BLOCK,
    CALL,
    LINE,
    NAME,
    NEAR,
    OPENER,
    Teller,
    Told,
    named_in,
    owner_of,
)
from scanner.models import Evidence, Match
from scanner.rules import BARE_VALUE, Catalog

VALUE = "Zx9Kq2Lw8Vr1Tz5NbGh3"


@pytest.fixture(scope="module")
def teller(catalog: Catalog) -> Teller:
    return Teller(catalog.systems.values())


def told(teller: Teller, text: str) -> dict[str, int]:
    data = text.replace("§", VALUE).encode()
    start = data.index(VALUE.encode())
    end = start + len(VALUE)
    match = Match(BARE_VALUE, start, end)
    places = teller.told(
        data, match, bind(data, start, end), around(data, start, end), teller.scene(data)
    )
    return {system: t.points for system, t in places.items()}


PLACES = [
    ("BYBIT_KEY=§", "bybit", NAME),
    ('ccxt.bybit("§")', "bybit", CALL),
    ("from bybit.client import User\n" + "#\n" * 900 + 'User("§")', "bybit", CALL),
    ("import { User } from 'bybit-api';\n" + "//\n" * 900 + 'new User("§")', "bybit", CALL),
    ("import {\n  User,\n} from 'bybit-api';\n" + "//\n" * 900 + 'new User("§")', "bybit", CALL),
    ("curl https://api.bybit.com -H 'k: §'", "bybit", LINE),
    ("ex = ccxt.gate()\nex.apiKey = '§'", "gate", OPENER),
    ('GateOptions o = new GateOptions();\no.setApiKey("§");', "gate", OPENER),
    ("ex = ccxt.bybit()\n\n\nex.login('§')", "bybit", OPENER),
    ("ex = ccxt.bybit()\n\n\nex.get('§')", "bybit", NEAR),
    ("BYBIT_KEY=1\nTRADER_SECRET=§", "bybit", BLOCK),
    ("BYBIT_KEY=1\nJWT_SECRET=§", "bybit", None),
    ("BYBIT_JWT_SECRET=§", "bybit", NAME),
    ("if x == 'bybit':\n  k = '§'\nelif x == 'okx':\n  k = 1", "bybit", OPENER),
    ("if x == 'bybit':\n  k = '§'\nelif x == 'okx':\n  k = 1", "okx", NEAR),
    ("if x == 'bybit':\n  if live:\n    k = '§'", "bybit", OPENER),
    ("case $1 in\n  gate)\n    K=§\n    ;;\n", "gate", OPENER),
    ("exchange = 'bybit'\nif live:\n  k = '§'", "bybit", OPENER),
    ("a: 1\nbybit: 2\nkey: §", "bybit", BLOCK),
    ("see bybit, please\n\n\nx, y\n\nkey: §", "bybit", NEAR),
    ("run --exchange woo && exit\n\n\n\nkey: §", "woo", NEAR),
    ("- name: okx\n  key: 1\n- name: bybit\n  key: §", "bybit", OPENER),
]


@pytest.mark.parametrize(("text", "system", "points"), PLACES)
def test_places(teller: Teller, text: str, system: str, points: int | None) -> None:
    assert told(teller, text).get(system) == points


def test_the_item_before_in_a_list_is_not_around(teller: Teller) -> None:
    """The item of a YAML list that the value is in ends where the next begins."""
    found = told(teller, "- name: okx\n  key: 1\n- name: bybit\n  key: §\n- name: kraken\n")
    assert found["okx"] == found["kraken"] == NEAR


def test_longer_names_go_first(teller: Teller) -> None:
    """Coinbase Prime is not Coinbase, in prose as in names."""
    assert "coinbase_exchange" not in told(teller, "old keys of Coinbase Prime\nkey: §")


def told_as(points: int, what: str = "name", weak: bool = False) -> Told:
    return Told(points, Evidence(what, "x"), weak)


def test_named_in() -> None:
    """A plain name in the value's own name leaves the neighbours out, a common word does not."""
    told = {"okx": told_as(LINE), "phemex": told_as(NAME)}
    assert set(named_in(told)) == {"phemex"}
    told["phemex"] = told_as(NAME, weak=True)
    assert set(named_in(told)) == {"okx", "phemex"}


def test_owner_of() -> None:
    assert owner_of({}) is None
    assert owner_of({"okx": told_as(NEAR)}) == "okx"
    assert owner_of({"okx": told_as(NEAR), "bybit": told_as(NEAR)}) is None
    assert owner_of({"okx": told_as(NEAR), "bybit": told_as(LINE)}) == "bybit"
    assert owner_of({"okx": told_as(LINE, weak=True)}) is None


def test_a_common_word_in_code_is_no_chain(teller: Teller) -> None:
    """A class named BaseTest is nobody's; a section named base is the chain's."""
    assert "evm_private_key" not in told(
        teller, 'public class BaseTest {\n  String secretKey = "§";\n}\n'
    )
    assert told(teller, 'base:\n  secret_key: "§"\n')["evm_private_key"] == OPENER


def test_members_of_one_line(teller: Teller) -> None:
    """What other members of an object tell on the same line is told of them."""
    places = told(teller, '{"aptos":{"rpc":"u"},"kraken":{"privateKey":"§"},"bybit":{"id":"1"}}')
    assert places["kraken"] == LINE
    assert max(places.get("aptos", 0), places.get("bybit", 0)) < LINE


def test_the_name_of_a_neighbour(teller: Teller) -> None:
    """Whose key another variable is says nothing of one that names somebody itself."""
    text = "ALCHEMY_API_KEY=x1\n{}=§\n"
    assert told(teller, text.format("OPENSEA_API_KEY")).get("alchemy", 0) < NEAR
    assert told(teller, text.format("MAIN_API_KEY"))["alchemy"] == BLOCK
    assert told(teller, "ALCHEMY_URL=x1\nOPENSEA_API_KEY=§\n")["alchemy"] == BLOCK


def test_brands_of_two_words(teller: Teller) -> None:
    """A package named coin-base is not Coinbase's; COIN_BASE and CoinBase are."""
    assert "coinbase" not in told(teller, 'import { x } from "@w/coin-base";\nkey = "§"\n')
    assert told(teller, 'COIN_BASE_KEY = "§"\n')["coinbase"] == NAME
    assert told(teller, 'CoinBaseKey = "§"\n')["coinbase"] == NAME


def test_a_file_for_many_chains(teller: Teller) -> None:
    """A chain that is only spoken of nearby tells nothing where there are several."""
    evidence = Evidence("name", "APTOS_NODE in the same block")
    several = {"aptos": Told(BLOCK, evidence), "etherscan": Told(BLOCK, evidence)}
    assert teller.without_chains(several).keys() == {"etherscan"}
    assert teller.without_chains({"aptos": Told(BLOCK, evidence)}).keys() == {"aptos"}
    named = several | {"aptos": Told(NAME, evidence)}
    assert teller.without_chains(named) == named


MEMBERS = "stripe:\n  api_key: a1\n\n{}:\n  password: §\n\nbybit:\n  login: x\n  secret: b2\n"


def test_each_member_has_a_service_of_its_own(teller: Teller) -> None:
    """In a file of many services' settings the others, and the top, tell nothing of one called after something."""
    assert told(teller, MEMBERS.format("spreedly")) == {}
    assert told(teller, MEMBERS.format("bybit"))["bybit"] == OPENER
    assert told(teller, MEMBERS.format("# stripe\nspreedly"))["stripe"] == BLOCK
    assert {"stripe", "bybit"} <= told(teller, MEMBERS.format("credentials")).keys()
