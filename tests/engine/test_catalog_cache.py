"""Behaviour of scanner.engine.catalog_cache: what comes back is what went in, examples apart."""

import json

from scanner.engine.catalog_cache import dump, parse
from scanner.models import Advice, Rule, Shape, System
from scanner.rules import Catalog


def test_round_trip_of_ours(catalog: Catalog) -> None:
    back = parse(dump(catalog))
    assert back.systems == catalog.systems
    assert list(back.systems) == list(catalog.systems)
    assert back.rules == tuple(
        rule._replace(examples=(), non_examples=()) for rule in catalog.rules
    )


def test_types_come_back(catalog: Catalog) -> None:
    back = parse(dump(catalog))
    for system in back.systems.values():
        assert isinstance(system, System)
        assert isinstance(system.advice, Advice)
        assert isinstance(system.words, tuple)
    for rule in back.rules:
        assert isinstance(rule, Rule)
        assert all(isinstance(shape, Shape) for shape in rule.shapes)
        assert isinstance(rule.keywords, tuple)


def test_text_of_all_sorts() -> None:
    rule = Rule("a", None, "token", "low", 'é\n"\x00\u2028', pattern=r"(?P<secret>\x00[\]\"])")
    assert parse(dump(Catalog({}, (rule,)))).rules == (rule,)


def test_it_is_json(catalog: Catalog) -> None:
    assert set(json.loads(dump(catalog))) == {"systems", "rules"}
