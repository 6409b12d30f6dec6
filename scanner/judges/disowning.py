"""Whose a value is not: what its own name or its own section says of its owner beats every neighbour.

Who is named the wrong exchange revokes the wrong key. Nobody knows of every service, so a word that is none
of the general ones is taken for the name of an owner, and what neighbours tell is not asked.
"""

from collections.abc import Collection
from typing import NamedTuple

from scanner.context.around.binding import Binding, bind
from scanner.context.layout.block import Block, around
from scanner.context.layout.sections import request, sections
from scanner.context.names.owners import is_for_program, is_of_another, is_section_of_another
from scanner.context.names.roles import kind_of
from scanner.context.names.spotter import Spotter
from scanner.lazy import lazy_compile
from scanner.models import Evidence
from scanner.rules import Catalog

_ADDRESS = lazy_compile(
    rb"(?i)https?://([a-z0-9.\-]{4,100}\.[a-z]{2,10})(?:[:/?][^\s\"'`<>]{0,400})?[?&][\w\-]{1,40}=\Z"
)
"""An address up to the value of a parameter."""

_CALLED = lazy_compile(
    r"(?i)\w\(\s{0,20}[fbru]?[\"'`]https?://([a-z0-9.\-]{4,100}\.[a-z]{2,10})(?:[:/?\"'`])"
)
"""The address that a call is made to, before what it sends."""

_LOGS_IN = lazy_compile(
    rb"(?<![\w-])(?:ssh|sftp|scp|mosh|telnet)[ ](?:[^\n]{0,40}[ ])?[\w.\-]{1,40}@[\w.\-]{3,80}"
)
"""A command that asks for the password of a machine: ``ssh root@...``."""

OF_OTHERS = Evidence("others", "its own name or section says whose it is")
"""What a value is marked with whose owner is somebody that we do not know."""


class Own(NamedTuple):
    """What is a value's own.

    Attributes:
        is_named: its name is somebody's whom nobody knows.
        is_program: its name, or the command above it, is that of a password which a program asks for: no exchange's.
        section: the bytes of a section that is somebody's.
        called: the name of that section.
    """

    is_named: bool = False
    is_program: bool = False
    section: tuple[int, int] | None = None
    called: str = ""


def own(
    data: bytes, at: int, binding: Binding, block: Block, spotter: Spotter, chains: Collection[str]
) -> Own:
    """Return what a value's name, address and section say of whose it is.

    ``chains``: systems whose sections are networks, where others' keys are as well.
    """
    name = binding.name
    if any(not spot.weak for spot in spotter.in_name(name)):
        return Own()
    address = _ADDRESS.search(data, max(0, at - 500), at)
    if address is not None and _is_strange(address[1].decode(), spotter, chains):
        return Own(section=(at, at))
    sent = request(data, at)
    if sent is not None:
        return Own(_is_strange(sent.name, spotter, chains), section=(sent.start, sent.end))
    called = next(filter(None, map(_CALLED.search, block.openers)), None)
    if called is not None and _is_strange(called[1], spotter, chains):
        return Own(is_named=True, section=(block.start, block.end))
    is_program = is_for_program(name) or (
        kind_of(name) == "password" and _LOGS_IN.search(data, max(0, at - 160), at) is not None
    )
    if is_of_another(name) or is_program:
        return Own(is_of_another(name), is_program)
    for section in sections(data, at, block):
        told = spotter.in_name(section.name)
        is_strange = is_section_of_another(section.name, name)
        if told and not is_strange and all(spot.weak or spot.system in chains for spot in told):
            return Own()
        if told or is_strange:
            return Own(section=(section.start, section.end), called=section.name)
    return Own()


def _is_strange(host: str, spotter: Spotter, chains: Collection[str]) -> bool:
    """Tell whether a host is nobody's whom we know: the name of a chain in it says what is asked for, not who is."""
    told = spotter.in_text(host)
    return all(spot.what != "host" and spot.system in chains for spot in told)


class Disowner:
    """Tells of values that others would take for theirs whose they are not; built once from the catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._systems = catalog.systems
        self._chains = {s.id for s in catalog.systems.values() if s.category == "wallet"}
        self._spotter: Spotter | None = None

    def is_of_others(self, data: bytes, start: int, end: int, system: str) -> bool:
        """Tell whether a value's own name or section says that it is not of ``system``, whose key stands nearby."""
        if self._spotter is None:
            self._spotter = Spotter(self._systems.values())
        binding = bind(data, start, end)
        named = [s for s in self._spotter.in_name(binding.name) if not s.weak]
        if named:
            return all(spot.system != system for spot in named)
        block = around(data, start, end)
        mine = own(data, start, binding, block, self._spotter, self._chains)
        if mine.section is not None:  # it may be that of the key, too
            told = [*self._spotter.in_text(data[slice(*mine.section)].decode("latin-1"))]
            told += self._spotter.in_name(mine.called)
            return all(spot.system != system for spot in told)
        return mine.is_named or mine.is_program
