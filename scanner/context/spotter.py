"""Which systems a text tells: their words, hosts, headers, imports and constructors.

Texts are cut into words and looked up in one table, so the cost does not grow with the number of systems.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from scanner.context.roles import words
from scanner.models import System

_HOST = re.compile(r"(?<![\w.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}[a-z]{2,10}(?![\w-])", re.I)
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_\-]{0,79}")
_IMPORT = re.compile(
    r"""(?:\bimport\b|\bfrom\b|\brequire\b|\buse\b|\busing\b|#include|\binclude\b|\bextern\b)[ \t(<"']{1,4}(?P<what>[^\n;]{1,160})"""
)
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,12}")


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


class Spotter:
    """Finds systems in texts; built once from the catalog."""

    def __init__(self, systems: Iterable[System]) -> None:
        self.words: dict[str, list[tuple[str, bool]]] = {}
        self.foreign: dict[str, str] = {}
        self.hosts: dict[str, list[str]] = {}
        self.headers: dict[str, list[str]] = {}
        self.calls: dict[str, list[str]] = {}
        for system in systems:
            self._add(system)

    def _add(self, system: System) -> None:
        for listed, weak in ((system.words, False), (system.weak_words, True)):
            for word in listed:
                if word.isascii():
                    key = re.sub(r"[^a-z0-9]", "", word)
                    self.words.setdefault(key, []).append((system.id, weak))
                else:
                    self.foreign[word] = system.id
        for host in system.hosts:
            self.hosts.setdefault(host.lower().split("/")[0], []).append(system.id)
        for header in system.headers:
            if len(header) > 6 and header.lower() not in _COMMON_HEADERS:
                self.headers.setdefault(header.lower(), []).append(system.id)
        for call in system.constructors:
            self.calls.setdefault(call.split(".")[-1].split("(")[0].lower(), []).append(system.id)

    def in_name(self, name: str) -> list[Spot]:
        """Return the systems that an identifier, section or call names, weak words included."""
        return [*self._by_words(name, 0), *self._headers(name)]

    def _headers(self, name: str) -> list[Spot]:
        return [
            Spot(0, system, "header", name, False)
            for system in self.headers.get(name.lower().replace("_", "-"), ())
        ]

    def in_text(self, text: str) -> list[Spot]:
        """Return the systems told in running text or code, in order of place; no weak words."""
        spots: list[Spot] = []
        for found in _TOKEN.finditer(text):
            token = found.group()
            lower = token.lower()
            spots += (
                Spot(found.start(), system, "header", token, False)
                for system in self.headers.get(lower, ())
            )
            spots += (s for s in self._by_words(token, found.start()) if not s.weak)
        for found in _HOST.finditer(text):
            spots += self._host(found.group().lower(), found.start())
        spots += (
            Spot(found.start(), self.foreign[word], "name", word, False)
            for found in _FOREIGN.finditer(text)
            for word in self.foreign
            if word in found.group()
        )
        spots.sort(key=lambda spot: spot.offset)
        return spots

    def imports(self, text: str) -> list[Spot]:
        """Return the systems that import lines of a text name (weak words too)."""
        spots: list[Spot] = []
        for found in _IMPORT.finditer(text):
            spots += (
                spot._replace(what="import", weak=False)
                for spot in self._by_words(found["what"], found.start())
            )
        return spots

    def _host(self, host: str, offset: int) -> list[Spot]:
        while host.count("."):
            if host in self.hosts:
                return [Spot(offset, system, "host", host, False) for system in self.hosts[host]]
            host = host.split(".", 1)[1]
        return []

    def _by_words(self, name: str, offset: int) -> list[Spot]:
        parts = words(name) if len(name) < 200 else words(name[:200])
        spots: list[Spot] = []
        for place in range(len(parts)):
            joined = ""
            for part in parts[place : place + 3]:
                joined += part
                for system, weak in self.words.get(joined, ()):
                    spots.append(Spot(offset, system, "name", joined, weak))
        return spots

    def of_call(self, callee: str) -> list[Spot]:
        """Return the systems whose constructor a call is (``UMFutures``, ``ccxt.okx``)."""
        last = re.split(r"[.:>\s]+", callee)[-1].lower()
        spots = [Spot(0, system, "constructor", callee, False) for system in self.calls.get(last, ())]
        return spots + [spot._replace(what="constructor") for spot in self.in_name(callee)]


_COMMON_HEADERS = frozenset(("authorization", "x-api-key", "timestamp", "content-type", "api-key"))
