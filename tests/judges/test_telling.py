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
