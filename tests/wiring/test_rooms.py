"""What the door of scanner.wiring opens, and what each room builds."""

import ast
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner import wiring
from scanner.config import FORMATS, Config
from scanner.engine import cache
from scanner.repository import Repository

TOP = Path(wiring.__file__).parents[1]


def config(**settings: Any) -> Config:
    made = Config()
    made.update(settings, "flag")
    return made


def test_the_door_opens_what_type_checkers_are_told() -> None:
    """The names that are imported for type checkers are those that come when asked for."""
    tree = ast.parse(Path(wiring.__file__).read_bytes())
    told = {
        alias.asname: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("scanner.wiring.")
        for alias in node.names
    }
    assert told == {name: f"scanner.wiring.{room}" for name, room in wiring.ROOMS.items()}
    for name, module in told.items():
        assert getattr(wiring, name).__module__ == module
    with pytest.raises(AttributeError, match="has no attribute 'cellar'"):
        wiring.cellar  # type: ignore[attr-defined]  # noqa: B018


def test_each_format_has_a_reporter_of_its_own() -> None:
    patterns = wiring.Patterns()
    made = {type(wiring.reporter(config(format=form), patterns, io.StringIO())) for form in FORMATS}
    assert len(made) == len(FORMATS)


def test_changed_code_scans_a_history_anew(
    git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept of a history goes with all code of this package, and not with what it compiles to."""
    asked: list[list[str]] = []
    monkeypatch.setattr(cache, "key_of", lambda files, about: asked.append(files) or about)
    repository = Repository.discover(str(git_repo().path))
    assert wiring.history_store(config(), repository) is not None
    (files,) = asked
    code = {str(path) for path in TOP.rglob("*.py")}
    assert code <= set(files)
    assert not [name for name in files if name.endswith(".pyc")]
    assert wiring.history_store(config(no_cache=True), repository) is None
