"""Expressions that are compiled when they are used, and are all sound."""

import importlib
import pkgutil
import re

import pytest

import scanner
from scanner import lazy
from scanner.lazy import lazy_compile


def test_behaves_as_a_compiled_expression_and_compiles_once(monkeypatch) -> None:
    compiled = []

    def compile_(*args):
        compiled.append(args)
        return real(*args)

    real = re.compile
    monkeypatch.setattr(lazy.re, "compile", compile_)
    expression = lazy_compile(rb"(?P<name>k)=(\d+)", re.IGNORECASE)
    assert compiled == []
    assert expression.search(b"a K=12")["name"] == b"K"
    assert expression.match(b"a k=1") is None
    assert [found.span() for found in expression.finditer(b"k=1 k=2")] == [(0, 3), (4, 7)]
    assert expression.sub(rb"\2", b"k=1 k=2") == b"1 2"
    assert len(compiled) == 1


def test_a_broken_expression_is_told_when_it_is_used() -> None:
    expression = lazy_compile("(")
    with pytest.raises(re.error):
        expression.search("")


def test_every_expression_of_the_package_compiles() -> None:
    count = 0
    for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
        if module.name == "scanner.__main__":
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, lazy._Lazy):
                value.search(b"" if isinstance(value._text, bytes) else "")
                count += 1
    assert count > 200
