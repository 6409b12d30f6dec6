"""Behaviour of scanner.context.names.spotter: which systems a text tells, where, and by what."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.context.names.spotmap import SpotMap
from scanner.context.names.spotter import Spot, Spotter
from scanner.models import System

SYSTEMS = (
    System(
        "acme",
        "Acme",
        "exchange",
        words=("acme", "acmeus", "芝麻开门"),
        weak_words=("ac",),
        hosts=("acme.example", "api.acme.test/v1"),
        headers=("X-ACME-APIKEY", "KEY"),
        imports=("acme_api", "github.com/acme/go", "Acme.Net"),
        constructors=("ccxt.acme", "AcmeClient"),
    ),
    System("acme_futures", "Acme Futures", "exchange", words=("acme_futures",)),
    System("linear", "Linear", "service", weak_words=("linear",)),
    System("okx", "OKX", "exchange", words=("okx",), constructors=("ccxt.okx",)),
    System("gate", "Gate", "exchange", words=("gateio",), weak_words=("gate",)),
)


@pytest.fixture(scope="module")
def spotter() -> Spotter:
    return Spotter(SYSTEMS)


def told(spots: Iterable[Spot]) -> set[tuple[str, str]]:
    return {(spot.system, spot.what) for spot in spots}


NAMES = [
    ("0x0acme", {"acme"}),
    ("b5ac21f", set()),  # nor that of a commit
    ("0x0cbcc08eeaac7eb4", set()),  # the "cc" of an address names nobody
    ("ACME_API_KEY", {"acme"}),
    ("acmeApiKey", {"acme"}),
    ("my-acme-key", {"acme"}),
    ("AcmeUSKey", {"acme"}),
    ("acme_us_key", {"acme"}),
    ("ACME_FUTURES_KEY", {"acme_futures"}),  # the longest name
    ("acmeFuturesKey", {"acme_futures"}),
    ("AC_KEY", {"acme"}),
    ("gate", {"gate"}),
    ("LINEAR_KEY", {"linear"}),
    ("linearGradient", set()),  # of a drawing
    ("GATE_KEY", {"gate"}),
    ("DELEGATE_API_KEY", set()),
    ("gateway_key", set()),
    ("acmex_key", set()),
    ("macmec", set()),
    ("widgetsApiIdAC5424ED", set()),  # the digest of a stack's resource
    ("widgetsAcmeApiIdAB5424ED", {"acme"}),
    ("X-ACME-APIKEY", {"acme"}),
    ("x_acme_apikey", {"acme"}),
    ("ACME_OKX_KEY", {"acme", "okx"}),
    ("acmeTradingBotApiSecretKey2", {"acme"}),
    ("4f7ac3d0e91b5ac8d7026ac9e1f4ac7d", set()),  # random characters name nobody
    ("", set()),
]


@pytest.mark.parametrize(("name", "systems"), NAMES)
def test_in_a_name(spotter: Spotter, name: str, systems: set[str]) -> None:
    assert {spot.system for spot in spotter.in_name(name)} == systems


TEXTS = [
    ("trade on acme today", {("acme", "name")}),
    ("Trade on ACME today", {("acme", "name")}),
    ("see https://api.acme.example/v1/x", {("acme", "host")}),
    ("HTTPS://ACME.EXAMPLE", {("acme", "host")}),
    ("GET api.acme.test", {("acme", "host")}),
    ("notacme.example.org", set()),
    ("acme.example.evil.org", set()),
    ("X-ACME-APIKEY: abc", {("acme", "header")}),
    ("pairs: OKX/USD and ACME", {("acme", "name")}),
    ("OKX/USDT", set()),  # what is traded
    ("OKX/USDTEST", {("okx", "name")}),
    ("x-acme-apikey: abc", {("acme", "header")}),
    ("KEY: abc", set()),  # too common a header
    ("open the gate", set()),  # a weak word is no telling in prose
    ("e=a c:1", set()),  # nor are two words that make one up
    ("gateio", {("gate", "name")}),
    ("我的芝麻开门密钥", {("acme", "name")}),
    ("nothing here", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "spots"), TEXTS)
def test_in_text(spotter: Spotter, text: str, spots: set[tuple[str, str]]) -> None:
    found = told(spotter.in_text(text))
    assert spots <= found
    assert {system for system, _ in found} <= {"acme"} if "acme" in text.lower() else found == spots


@pytest.mark.parametrize("text", ["我的芝麻开门密钥", "x 芝麻开门: "])
def test_in_latin_1(spotter: Spotter, text: str) -> None:
    assert ("acme", "name") in told(spotter.in_text(text.encode().decode("latin-1")))


def test_places_are_in_order(spotter: Spotter) -> None:
    spots = spotter.in_text("okx then api.acme.example then okx")
    assert [spot.offset for spot in spots] == sorted(spot.offset for spot in spots)
    assert {spot.offset for spot in spots if spot.system == "okx"} == {0, 31}


IMPORTS = [
    ("import acme_api", {"acme"}),
    ("from acme_api.client import Client", {"acme"}),
    ("import okx", {"okx"}),
    ("const x = require('acme_api')", {"acme"}),
    ('import "github.com/acme/go/v2"', {"acme"}),
    ("using Acme.Net.Clients;", {"acme"}),
    ("use gate::Client;", set()),  # a weak word is no telling here either
    ('import (\n\t"github.com/bot/pkg/exchange/gate"\n)', {"gate"}),
    ('import (\n\t"github.com/bot/pkg/doors/gate"\n)', set()),
    ("import os, sys", set()),
    ("an important gate", set()),
]


@pytest.mark.parametrize(("text", "systems"), IMPORTS)
def test_imports(spotter: Spotter, text: str, systems: set[str]) -> None:
    spots = spotter.imports(text)
    assert {spot.system for spot in spots} == systems
    assert {spot.what for spot in spots} <= {"import"}
    assert not any(spot.weak for spot in spots)


CALLS = [
    ("ccxt.acme", {"acme"}),
    ("AcmeClient", {"acme"}),
    ("lib.AcmeClient", {"acme"}),
    ("ccxt.okx", {"okx"}),
    ("okx.Account", {"okx"}),
    ("gate.Client", {"gate"}),
    ("print", set()),
    ("", set()),
]


@pytest.mark.parametrize(("callee", "systems"), CALLS)
def test_calls(spotter: Spotter, callee: str, systems: set[str]) -> None:
    spots = spotter.of_call(callee)
    assert {spot.system for spot in spots} == systems
    assert {spot.what for spot in spots} <= {"constructor"}


FILLER = st.sampled_from(
    ["x ", "\n", "é", "acme ", "okx\n", "芝麻开门 ", "api.acme.example ", "y" * 200 + " "]
)


@given(st.lists(FILLER, max_size=60), st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_map_tells_what_the_text_tells(parts: list[str], one: int, other: int) -> None:
    data = "".join(parts).encode()
    whole = Spotter(SYSTEMS).in_text(data.decode("latin-1"))
    spots = SpotMap(Spotter(SYSTEMS), data)
    start, end = sorted((one, other))
    assert sorted(spots.between(0, len(data))) == sorted(whole)
    assert sorted(spots.between(start, end)) == sorted(s for s in whole if start <= s.offset < end)


@given(
    st.lists(FILLER, max_size=60),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), max_size=8),
)
def test_a_map_tells_the_same_whatever_was_asked_before(
    parts: list[str], spans: list[tuple[int, int]]
) -> None:
    data = "".join(parts).encode()
    asked = SpotMap(Spotter(SYSTEMS), data)
    for start, end in spans:
        fresh = SpotMap(Spotter(SYSTEMS), data)
        assert list(asked.between(start, end)) == list(fresh.between(start, end))


def test_pieces_are_cut_at_line_ends() -> None:
    data = (b"x" * 80 + b"\n") * 101 + b"acme okx\n" + (b"y" * 80 + b"\n") * 300
    found = list(SpotMap(Spotter(SYSTEMS), data).between(0, len(data)))
    assert [spot.system for spot in found] == ["acme", "okx"]
    assert found[0].offset == data.index(b"acme")


def test_a_long_line_elsewhere_changes_nothing() -> None:
    data = b"# ac\nme acme\nfutures okx\n" + b"x\n" * 2000
    both = [
        list(SpotMap(Spotter(SYSTEMS), text).between(0, 40))
        for text in (data, data + b"y" * 3000 + b"\n")
    ]
    assert both[0] == both[1]
