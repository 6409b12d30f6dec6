"""Which systems a text tells: their words, hosts, headers, imports and constructors.

Texts are cut into words and looked up in one table, so the cost does not grow with the number of systems.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import add
from typing import NamedTuple

from scanner.context.names.packages import exchanges, packages
from scanner.context.names.roles import words
from scanner.context.names.things import NO_BRANDS
from scanner.context.values.lookalikes import is_name_like
from scanner.lazy import lazy_compile
from scanner.models import System

_HOST = lazy_compile(
    r"(?<![\w.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,10}(?![\w-])", re.IGNORECASE
)
_TOKEN = lazy_compile(r"[A-Za-z][A-Za-z0-9_\-]{0,79}")
_PART = lazy_compile(r"[a-z][a-z0-9]{2,}")
_MODULE = lazy_compile(r"[\w@][\w@./\-]*")
_IDENTIFIER = lazy_compile(r"[^\s.:/\\\[\]()<>\"'`,;=]+")
# Each word first, and what stands before it after it: ``re`` seeks the first letters then.
_IMPORT = lazy_compile(
    r"""(?:import(?<!\wimport)|from(?<!\wfrom)|require(?<!\wrequire)|use(?<!\wuse)|using(?<!\wusing)|library(?<!\wlibrary)(?=\()"""
    r"""|#include|include(?<!\winclude)|extern(?<!\wextern))[ \t(<"']{1,4}(?P<what>[^\n;]{1,160})"""
)
_CLASS = lazy_compile(r"(?<![\w.\-/@])(?:[A-Z]\w{2,40}|(?<=\bas )\w{2,40})(?![\w\-])")
_HEX_NUMBER = lazy_compile(r"(?:0[xX])?(?=[a-fA-F]{0,40}[0-9])[0-9a-fA-F]{7,}")
_FOREIGN = lazy_compile(r"[^\x00-\x7f]{2,80}")
_LETTERED = frozenset(
    map(chr, (*range(0x400, 0x530), 0xD0, 0xD1, *range(0x600, 0x700), 0xD8, 0xD9, 0xDA, 0xDB))
)
"""First letters of Cyrillic and Arabic words, as characters or as bytes: these scripts part their words."""
_LONG_ID = 24
_UUID = lazy_compile(r"[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4,12}")


_MOST_LINES = 50_000
_BASE64_LINE = lazy_compile(rb"[\s\"'+]{0,40}([A-Za-z0-9+/]{44,80})={0,2}[\"'\\n,;+\s]{0,8}")


class Spot(NamedTuple):
    """A system told at an offset (characters) of a text.

    ``what`` is ``host``, ``header``, ``import``, ``constructor`` or ``name``; ``weak`` words only count
    in names, sections and calls.
    """

    offset: int
    system: str
    what: str
    word: str
    weak: bool


_HEX_PART = lazy_compile(r"(?<![A-Za-z0-9])(?=[a-f]{0,40}[0-9])[0-9a-f]{8,}(?![A-Za-z0-9])")
"""A digest in an id: the "dd" of ``pair_c3e97dd2`` names nobody."""
_DIGEST = lazy_compile(r"(?<=[a-z])(?=[A-F]{0,7}[0-9])[0-9A-F]{8}\Z")
"""AWS ends the logical ids of CloudFormation with eight digits of a digest of the path."""


class Spotter:
    """Finds systems in texts; built once from the catalog."""

    def __init__(self, systems: Iterable[System]) -> None:
        self.words: dict[str, list[tuple[str, bool]]] = {}
        self._tokens: dict[str, tuple[tuple[str, str, bool], ...]] = {}
        self._lines: dict[bytes, tuple[Spot, ...]] = {}
        self._imports: dict[str, tuple[Spot, ...]] = {}
        self.foreign: dict[str, str] = {}
        self.hosts: dict[str, list[str]] = {}
        self.headers: dict[str, list[str]] = {}
        self.calls: dict[str, list[str]] = {}
        self.modules: dict[str, list[str]] = {}
        for system in systems:
            self._add(system)

    def _add(self, system: System) -> None:
        for listed, weak in ((system.words, False), (system.weak_words, True)):
            for word in listed:
                if word.isascii():
                    key = re.sub(r"[^a-z0-9]", "", word)
                    self.words.setdefault(key, []).append((system.id, weak))
                else:
                    # Texts come decoded as UTF-8 or byte for byte as Latin-1; both must match.
                    for written in {word, word.capitalize(), word.upper()}:
                        self.foreign[written] = system.id
                        self.foreign[written.encode().decode("latin-1")] = system.id
        for host in system.hosts:
            self.hosts.setdefault(host.lower().split("/")[0], []).append(system.id)
        for header in system.headers:
            if len(header) > 6 and header.lower() not in _COMMON_HEADERS:
                self.headers.setdefault(header.lower(), []).append(system.id)
        for call in system.constructors:
            self.calls.setdefault(call.split("(")[0].lower(), []).append(system.id)
        for module in system.imports:
            self.modules.setdefault(module.lower(), []).append(system.id)

    def in_name(self, name: str) -> list[Spot]:
        """Return the systems that an identifier, section or call names, weak words included.

        An id such as ``AC`` and 32 hexadecimal digits before a ``:`` names nobody, nor does the digest at
        the end of a stack's resource: ``widgetsapiidBF5424ED``.
        """
        name = _HEX_PART.sub("", _DIGEST.sub("", name))
        if len(name) >= _LONG_ID and (
            _UUID.search(name) or (name.isalnum() and not is_name_like(name.encode()))
        ):
            return []
        foreign = [] if name.isascii() else self._in_foreign(name)
        return [*foreign, *self._by_words(name, 0), *self._headers(name)]

    def _in_foreign(self, text: str) -> list[Spot]:
        """Return the systems whose names in other scripts a text has; a word begins with such a name."""
        return [
            Spot(found.start(), self.foreign[word], "name", "its name", False)
            for found in _FOREIGN.finditer(text)
            for word in self.foreign
            if word in (run := found.group()) and (word[0] not in _LETTERED or run.startswith(word))
        ]

    def _headers(self, name: str) -> list[Spot]:
        return [
            Spot(0, system, "header", name, False)
            for system in self.headers.get(name.lower().replace("_", "-"), ())
        ]

    def in_text(self, text: str) -> list[Spot]:
        """Return the systems told in running text or code, in order of place; no weak words."""
        spots = self._in_tokens(text) if self._may_tell(text) else []
        if "." in text:
            for found in _HOST.finditer(text):
                spots += self._host(found.group().lower(), found.start())
        if not text.isascii():
            spots += self._in_foreign(text)
        spots.sort(key=lambda spot: spot.offset)
        return spots

    def of_line(self, line: bytes) -> tuple[Spot, ...]:
        """Return the systems told in one line, as ``in_text``; remembered, for files repeat their lines."""
        spots = self._lines.get(line)
        if spots is None:
            if len(self._lines) > _MOST_LINES:
                self._lines.clear()
            told = () if _is_base64(line) else self.in_text(line.decode("latin-1"))
            spots = self._lines[line] = tuple(told)
        return spots

    def _may_tell(self, text: str) -> bool:
        """Tell, a token at a time and at the speed of sets, whether any token or two of a text tell."""
        tokens = _TOKEN.findall(text)
        for token in set(tokens):
            told = self._tokens.get(token)
            if self._learn(token) if told is None else told:
                return True
        lower = [token.lower() for token in tokens]
        return not self.words.keys().isdisjoint(map(add, lower, lower[1:]))

    def _in_tokens(self, text: str) -> list[Spot]:
        spots: list[Spot] = []
        known = self._tokens
        before, before_end = "", -2
        for found in _TOKEN.finditer(text):
            token = found.group()
            if found.start() == before_end + 1:  # "The Graph", "gate.io"
                # Never by a weak word: "g h" in packed code is not "gh".
                joined = [
                    system
                    for system, weak in self.words.get((before + token).lower(), ())
                    if not weak
                ]
                if joined and text[before_end] == " ":  # "Kraken Futures" is not Kraken
                    while spots and spots[-1].offset == found.start() - 1 - len(before):
                        spots.pop()
                at, word = found.start(), f"{before} {token}"
                spots += (Spot(at, system, "name", word, False) for system in joined)
            before, before_end = token, found.end()
            told = known.get(token)
            if told is None:
                told = self._learn(token)
            if told and _PAIRED.match(text, found.end()):
                continue  # what is traded is not whose key it is
            for system, what, weak in told:
                if not weak:
                    spots.append(Spot(found.start(), system, what, token, False))
        return spots

    def _learn(self, token: str) -> tuple[tuple[str, str, bool], ...]:
        """Work out what a token tells and remember it; a scan sees the same tokens again and again."""
        if len(token) > 20 and not is_name_like(token.encode()):
            self._tokens[token] = ()
            return ()  # "btse" somewhere in random characters names nobody
        told = [(system, "header", False) for system in self.headers.get(token.lower(), ())]
        told += ((spot.system, "name", spot.weak) for spot in self._by_words(token, 0))
        if len(self._tokens) > 200_000:
            self._tokens.clear()
        self._tokens[token] = result = tuple(dict.fromkeys(told))
        return result

    def imports(self, text: str) -> list[Spot]:
        """Return the systems that import lines of a text name; no weak words."""
        return [
            spot._replace(offset=found.start())
            for found in _IMPORT.finditer(text)
            for spot in self._imported_by(found["what"])
        ] + [
            Spot(at, system, "import", word, False)
            for at, word in exchanges(text)
            for system, weak in self.words.get(word, ())
            if weak
        ]

    def _imported_by(self, line: str) -> tuple[Spot, ...]:
        """Return the systems that the rest of an import line names; remembered, as lines are."""
        spots = self._imports.get(line)
        if spots is None:
            if len(self._imports) > _MOST_LINES:
                self._imports.clear()
            named = [spot for spot in self._by_words(line, 0) if not spot.weak]
            for module in _MODULE.findall(line.lower()):
                named += (
                    Spot(0, system, "import", module, False)
                    for prefix in _prefixes(module)
                    for system in self.modules.get(prefix, ())
                )
            spots = tuple(spot._replace(what="import", weak=False) for spot in named)
            self._imports[line] = spots
        return spots

    def imported(self, text: str, spots: Iterable[Spot]) -> dict[str, list[Spot]]:
        """Return the names that import lines bring in, each with the systems of its line.

        Only names with a capital letter (classes), and those after ``as``; ``spots`` are what
        ``imports`` gave for the same text.
        """
        by_line: dict[int, list[Spot]] = {}
        for spot in spots:
            by_line.setdefault(spot.offset, []).append(spot)
        names: dict[str, list[Spot]] = {}
        for start, told in by_line.items():
            stop = text.find("\n", start)
            line = text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else len(text)][:300]
            if line.rstrip().endswith(("(", "{")):  # a list over lines follows
                line += text[stop : stop + 400].partition(")")[0]
            elif line.lstrip().startswith("}"):  # or comes before
                line = text[max(0, start - 400) : start].rpartition("{")[2]
            for name in _CLASS.findall(line):
                names.setdefault(name, told)
        for package, path in packages(text):
            listed = [
                Spot(0, system, "import", path, False)
                for prefix in _prefixes(path.lower())
                if prefix.count("/") > 1  # a host and its user are nobody's module
                for system in self.modules.get(prefix, ())
            ]
            if listed:
                names.setdefault(package, listed)
        return names

    def _host(self, host: str, offset: int) -> list[Spot]:
        while host.count("."):
            if host in self.hosts:
                return [Spot(offset, system, "host", host, False) for system in self.hosts[host]]
            host = host.split(".", 1)[1]
        return []

    def _by_words(self, name: str, offset: int) -> list[Spot]:
        """Look the words of a name up, alone and joined with the next two of the same identifier."""
        spots: list[Spot] = []
        for identifier in _IDENTIFIER.findall(name[:200]):
            if len(identifier) >= 7 and _HEX_NUMBER.fullmatch(identifier):
                continue  # the "cc" of an address names nobody
            parts, is_hyphenated = words(identifier), "-" in identifier
            place = 0
            while place < len(parts):
                place += self._longest(parts, place, offset, spots, is_hyphenated=is_hyphenated)
            if not spots:
                no_brands = {word for two in pairwise(parts) if two in NO_BRANDS for word in two}
                for whole in _PART.findall(identifier.lower()):  # "LBank" is one word, "dYdXv3" too
                    if whole in no_brands:
                        continue
                    for word in (whole, whole.rstrip("0123456789").removesuffix("v")):
                        spots += (
                            Spot(offset, system, "name", word, weak)
                            for system, weak in self.words.get(word, ())
                        )
        return spots

    def _longest(
        self,
        parts: tuple[str, ...],
        place: int,
        offset: int,
        spots: list[Spot],
        *,
        is_hyphenated: bool,
    ) -> int:
        """Add the systems of the longest name that begins here; return how many words it took.

        ``kraken_futures`` is not ``kraken``.
        """
        joined, best, taken = "", "", 1
        for count, part in enumerate(parts[place : place + 3], 1):
            if parts[place : place + count] in _TWO_WORDS and is_hyphenated:
                break
            if joined and (len(joined) == 1 or (len(part) == 1 and len(joined) < 3)):
                break  # "t_api" is not "tapi", but "BingXConfig" is BingX's
            joined += part
            if joined in self.words:
                best, taken = joined, count
        if parts[place : place + 2] in NO_BRANDS:
            return 2
        spots += (Spot(offset, s, "name", best, weak) for s, weak in self.words.get(best, ()))
        return taken

    def of_call(self, callee: str) -> list[Spot]:
        """Return the systems whose constructor a call is (``UMFutures``, ``ccxt.okx``)."""
        parts = [part for part in re.split(r"[.:>\\\s(]+|->", callee.lower()) if part]
        spots = [
            Spot(0, system, "constructor", callee, False)
            for at in range(len(parts))
            for system in self.calls.get(".".join(parts[at:]), ())
        ]
        # "base64.b64decode" is no call of Base: a common word counts as a whole part only.
        named = (s for s in self.in_name(callee) if not s.weak or s.word in parts)
        return spots + [spot._replace(what="constructor") for spot in named]


def _is_base64(line: bytes) -> bool:
    """Tell whether a line is one of a key or a certificate: three letters between its marks name nobody.

    >>> _is_base64(b"y1wH0r3xQp/bpx+A9" * 4), _is_base64(b"src/exchanges/htx/" * 4)
    (True, False)
    """
    whole = _BASE64_LINE.fullmatch(line)
    return whole is not None and b"+" in whole[1] and len(set(whole[1])) > _LEAST_OF_BASE64


_LEAST_OF_BASE64 = 11


def _prefixes(module: str) -> Iterator[str]:
    """Yield a module path and the paths above it (``a.b.c``, ``a.b``, ``a``)."""
    yield module
    for at in range(len(module) - 1, 0, -1):
        if module[at] in "./:":
            yield module[:at]


_TWO_WORDS = frozenset(
    (("coin", "base"), ("bit", "get"), ("by", "bit"), ("bit", "mart"), ("coin", "ex"))
)
"""Brands of two words of the field: with a hyphen they are those words, as in the package ``coin-base``."""
_PAIRED = lazy_compile(r"/(?:USD[TC]?|FDUSD|BUSD|EUR|TRY|BTC|ETH|BNB|PERP)(?![A-Za-z0-9])")
"""The second half of a market behind the first: ``XRP/USDT``."""
_COMMON_HEADERS = frozenset(("authorization", "x-api-key", "timestamp", "content-type", "api-key"))
