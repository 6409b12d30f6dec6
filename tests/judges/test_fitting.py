"""Behaviour of scanner.judges.fitting: which rule fits a value, and what that is worth."""

import random

import pytest

from scanner.context.around.binding import Binding
from scanner.judges.fitting import ROLE_NAMED, Fitting, Role
from scanner.judges.forms import strength
from scanner.judges.telling import BLOCK, LINE, NAME, Told
from scanner.models import Evidence, Match
from scanner.placeholders import fill
from scanner.rules import BARE_VALUE, Catalog


@pytest.fixture(scope="module")
def fitting(catalog: Catalog) -> Fitting:
    return Fitting(catalog.rules)


def value(placeholder: str) -> bytes:
    return fill(placeholder, random.Random(1))[0].encode()


NAMED = Role("api_secret", ROLE_NAMED, Evidence("name", "bound to secret"))
KEY = Role("api_key", ROLE_NAMED, Evidence("name", "bound to key"))
ROWS = [
    # placeholder, binding, system and its points, role, expected rule
    ("{hex:64}", Binding("secret", "assignment"), ("gate", NAME), NAMED, "gate-api-secret"),
    ("{hex:64}", Binding("", ""), ("gate", BLOCK), Role(), "gate-api-secret"),
    ("{hex:32}", Binding("", ""), ("gate", BLOCK), Role(), None),  # a digest has that form, too
    (
        "{hex:32}",
        Binding(how="argument", callee="x", place=0),
        ("gate", LINE),
        Role(),
        "gate-api-key",
    ),
    ("{hex:32}", Binding(how="listed", place=0), ("gate", LINE), Role(), "gate-api-key"),
    ("{alnum:12}", Binding(how="listed", place=2), ("okx", LINE), Role(), "okx-passphrase"),
    ("{alnum:12}", Binding(how="listed", place=1), ("okx", LINE), Role(), None),
    ("{digits:30}", Binding("secret", "assignment"), ("ib_flex", NAME), NAMED, None),
    # The id of a key is no secret, though it has the form of one.
    ("{hex:40}", Binding("KEY_ID", "assignment"), ("datadog", BLOCK), KEY, None),
    ("{hex:40}", Binding("KEY", "assignment"), ("datadog", NAME), KEY, "datadog-application-key"),
]


@pytest.mark.parametrize(("placeholder", "binding", "told", "role", "expected"), ROWS)
def test_best(
    fitting: Fitting,
    placeholder: str,
    binding: Binding,
    told: tuple[str, int],
    role: Role,
    expected: str | None,
) -> None:
    found = {told[0]: Told(told[1], Evidence("host", "x"))}
    best = fitting.best(value(placeholder), Match(BARE_VALUE, 0, 1), binding, found, role)
    assert (best.rule.id if best else None) == expected


def test_a_value_without_a_chance_is_told_early(fitting: Fitting) -> None:
    """No name of a secret, no listed name, no shape that speaks for itself: nothing can come of it."""
    assert not fitting.has_chance(b"ab!" * 60, Binding("denom"))
    assert fitting.has_chance(value("{alnum:64}"), Binding("x"))
    assert fitting.has_chance(b"abcdefgh", Binding("deribit_client_id"))
    assert fitting.has_chance(b"abcdefgh", Binding(how="argument", callee="x", place=0))


def test_names_and_kinds(fitting: Fitting) -> None:
    assert fitting.is_listed("COINMATE_PUBLIC_KEY")
    assert fitting.lists("public-key", ["coinmate"])
    assert not fitting.lists("public-key", ["okx"])
    assert fitting.has_keys("okx")
    assert not fitting.has_keys("bip39_mnemonic")


def test_strength(catalog: Catalog) -> None:
    rule = catalog.rule("binance-api-secret")
    assert rule is not None
    assert strength(rule, value("{alnum:64}")) == 3
    assert strength(rule, value("{hex:64}")) == 1
    assert strength(rule._replace(prefix="mx0"), b"mx0vgl") == 3
