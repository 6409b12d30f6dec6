"""Placeholders: examples without secrets in them, filled anew on every run.

A placeholder is a name in braces, ``{alnum:64}`` or ``{wif}``; values are random and have the
alphabet, the inner form and the checksum of real ones, so that no live-looking value lies in the
repository. Braces around anything that is no placeholder's name stay as they are.
"""

import random
from collections.abc import Callable

from scanner.lazy import lazy_compile
from scanner.placeholders import blocks, charsets, coins, seeds, services, stores, tokens

Maker = Callable[[random.Random, str], str]
"""Makes one value from a source of randomness and what stands after the colon."""
_TABLE: dict[str, tuple[Maker, str]] = {
    **charsets.TABLE,
    **coins.TABLE,
    **seeds.TABLE,
    **blocks.TABLE,
    **tokens.TABLE,
    **services.TABLE,
    **stores.TABLE,
}
PLACEHOLDERS: dict[str, str] = {name: about for name, (_, about) in sorted(_TABLE.items())}
"""Every placeholder's name (``{name}`` or ``{name:...}``) and one line about it."""
_PLACEHOLDER = lazy_compile(
    r"\{([A-Za-z][A-Za-z0-9_]*)(?::([A-Za-z0-9_.\-]+))?(!)?(?:=([A-Za-z0-9_]+))?(!)?\}"
)


def fill(text: str, rng: random.Random) -> tuple[str, list[tuple[str, int, int, bool]]]:
    """Replace the placeholders of a text by values.

    Args:
        text: an example of a pattern file.
        rng: where the values come from; the same state gives the same values.

    Returns:
        The filled text, and for each value (value, start, end, marked): half-open span in
        characters of the filled text, and whether the placeholder has a ``!``.

    Raises:
        ValueError: a placeholder needs a length or another argument, and has none or a wrong one.

    >>> fill("id={digits:3}", random.Random(1))[1][0][1:]
    (3, 6, False)
    """
    parts: list[str] = []
    values: list[tuple[str, int, int, bool]] = []
    named: dict[str, str] = {}
    at = size = 0
    for match in _PLACEHOLDER.finditer(text):
        name, argument, first, label, second = match.groups()
        if name not in _TABLE:
            continue
        if label and label in named:
            value = named[label]
        else:
            value = _made(name, argument or "", rng, named)
            if label:
                named[label] = value
        parts += (text[at : match.start()], value)
        size += match.start() - at
        values.append((value, size, size + len(value), bool(first or second)))
        size += len(value)
        at = match.end()
    return "".join((*parts, text[at:])), values


def _made(name: str, argument: str, rng: random.Random, named: dict[str, str]) -> str:
    """Return a value; the address of a key that a label names has that key drawn with it."""
    if name != "evm_address" or not argument:
        return make(name, argument, rng)
    key = named.get(argument) or named.setdefault(argument, make("evm_key", "", rng))
    return coins.evm_address(key)


def make(name: str, argument: str, rng: random.Random) -> str:
    """Return one value of a placeholder.

    Raises:
        ValueError: the name is unknown or its argument is missing or wrong.
    """
    if name not in _TABLE:
        raise ValueError(f"no placeholder is called {name!r}")
    try:
        return _TABLE[name][0](rng, argument)
    except (KeyError, ValueError) as error:
        raise ValueError(f"placeholder {name}: the argument {argument!r} does not fit") from error
