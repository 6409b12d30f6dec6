"""A text full of long values fills no cache."""

import importlib
import random
import tracemalloc

import pytest

from scanner.remembered import LONGEST, remembered


def test_short_texts_are_asked_once_and_long_ones_each_time() -> None:
    asked: list[str] = []

    @remembered(10)
    def size(text: str, other: str = "") -> int:
        """Return a size."""
        asked.append(text)
        return len(text)

    long = "x" * (LONGEST + 1)
    assert [size("ab"), size("ab"), size(long), size(long)] == [2, 2, len(long), len(long)]
    assert size("ab", long) == 2
    assert asked == ["ab", long, long, "ab"]
    assert size.__doc__ == "Return a size."


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize(
    ("module", "name", "more"),
    [
        ("lookalikes", "of_itself", ()),
        ("passwords", "of_literal", ("password", "quoted", "password")),
        ("wordlike", "wordiness", ()),
    ],
)
def test_long_values_are_not_kept(module: str, name: str, more: tuple[str, ...]) -> None:
    function = getattr(importlib.import_module(f"scanner.context.values.{module}"), name)
    generator = random.Random(4)
    letters = [bytes(generator.choices(b"bcdfghjk", k=4000)) for _ in range(41)]
    function(letters[0], *more)  # loads its tables
    tracemalloc.start()
    for text in letters[1:]:
        function(b"%b" % text, *more)
        function(text[:3990] + b"x", *more)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 200_000  # 320,000 if the values were
