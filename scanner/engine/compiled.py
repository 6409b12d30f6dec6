"""Regular expressions as Python compiled them, kept between runs: to compile them takes a tenth of a scan.

Python compiles an expression in 0.15 milliseconds, a scan uses three hundred of them, and each of its
processes compiles its own. What the compiler made can be handed to the matcher again, in a twentieth of the
time; there is no public way to do so, so nothing is kept where Python is not built as this module knows it,
and only what is shown to be equal to the public ``re.compile`` of the same text is written.
"""

import importlib
import re
import sys
from array import array
from typing import Any, NamedTuple

from scanner import __version__
from scanner.digests import blake2b
from scanner.engine import cache

ENDING = ".re"
_FEW = 8
"""So many new expressions are not worth writing the file."""
_MOST = 4000
"""Expressions kept; what earlier versions used is dropped above it."""
_CODE = "I"
"""What the compiler makes: unsigned numbers of ``_sre.CODESIZE`` bytes."""

Key = tuple[bool, str | bytes, int]
"""Whether an expression is text, the expression, its flags: texts and bytes are never compared."""


class _Made(NamedTuple):
    """What the compiler makes of an expression, as the matcher takes it."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


class KeptExpressions:
    """Compiles expressions, or takes them from the user's cache; ``keep`` adds the new ones to it."""

    def __init__(self) -> None:
        self._known: dict[Key, _Made] | None = None
        self._new: dict[Key, re.Pattern[Any]] = {}
        self._matcher = _matcher()

    def compile(self, text: str | bytes, flags: int = 0) -> re.Pattern[Any]:
        """Return what ``re.compile`` returns.

        Raises:
            re.error: it is no regular expression.
        """
        key = isinstance(text, str), text, int(flags)
        if self._known is None:
            self._known = _read() if self._matcher else {}
        made = self._known.get(key)
        if made is not None:
            return _built(self._matcher, text, made)
        compiled = self._new[key] = re.compile(text, flags)
        return compiled

    def keep(self) -> None:
        """Write what was compiled here to the cache, beside what others have written."""
        if self._matcher is None or len(self._new) < _FEW:
            return
        known = _read()
        if len(known) > _MOST:
            known = {}
        for key, compiled in self._new.items():
            made = _make(*key[1:])
            if _built(self._matcher, key[1], made) == compiled:
                known[key] = made
        self._new.clear()
        _write(known)


def _matcher() -> Any:
    """Return the module that takes compiled code, None where it is not known how it does."""
    if sys.implementation.name != "cpython" or not (3, 11) <= sys.version_info[:2] <= (3, 14):
        return None
    try:
        matcher = importlib.import_module("_sre")
        importlib.import_module("re._compiler")
    except ImportError:
        return None
    return matcher if array(_CODE).itemsize == matcher.CODESIZE else None


def _key() -> str:
    """Return the name of the cache file: of this version on this very Python."""
    magic = importlib.import_module("_sre").MAGIC
    facts = f"{__version__}|{sys.version}|{sys.byteorder}|{magic}"
    return blake2b(facts.encode(), digest_size=16).hexdigest()


def _read() -> dict[Key, _Made]:
    """Return what is kept: numbers of seven fields an expression, then the texts and the codes that they measure."""
    file = cache.open_cached(_key(), ENDING)
    if file is None:
        return {}
    numbers, texts, codes = (file.section(number) for number in range(3))
    file.close()
    known: dict[Key, _Made] = {}
    if numbers is None or texts is None or codes is None:
        return known
    fields = iter(array("q", numbers))
    low = at = 0
    for is_text, flags, final, groups, size, length, names_length in zip(
        *[fields] * 7, strict=True
    ):
        end = low + length
        text = texts[low:end].decode(errors="surrogatepass") if is_text else texts[low:end]
        low = end + names_length
        named = (pair.split("=") for pair in texts[end:low].decode().split())
        names = {name: int(number) for name, number in named}
        known[bool(is_text), text, flags] = _Made(final, codes[at : at + size], groups, names)
        at += size
    return known


def _write(known: dict[Key, _Made]) -> None:
    numbers, texts, codes = array("q"), bytearray(), bytearray()
    for (is_text, text, flags), made in known.items():
        content = text.encode(errors="surrogatepass") if isinstance(text, str) else text
        names = " ".join(f"{name}={number}" for name, number in made.names.items()).encode()
        numbers.extend(
            (is_text, flags, made.flags, made.groups, len(made.code), len(content), len(names))
        )
        texts += content + names
        codes += made.code
    cache.store(_key(), [numbers.tobytes(), bytes(texts), bytes(codes)], ENDING)


def _make(text: str | bytes, flags: int) -> _Made:
    """Compile an expression as ``re.compile`` does, up to the matcher."""
    parser: Any = importlib.import_module("re._parser")
    compiler: Any = importlib.import_module("re._compiler")
    tree = parser.parse(text, flags)
    code = array(_CODE, compiler._code(tree, flags))
    names = dict(tree.state.groupdict)
    return _Made(flags | tree.state.flags, code.tobytes(), tree.state.groups - 1, names)


def _built(matcher: Any, text: str | bytes, made: _Made) -> re.Pattern[Any]:
    by_number: list[str | None] = [None] * (made.groups + 1)
    for name, number in made.names.items():
        by_number[number] = name
    code = array(_CODE, made.code).tolist()
    pattern: re.Pattern[Any] = matcher.compile(
        text, made.flags, code, made.groups, made.names, tuple(by_number)
    )
    return pattern
