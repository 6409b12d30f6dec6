"""Who: the systems that are told around one value, each at its best place.

The nearer and the plainer the place, the more points: the name that binds the value, the call it is
passed to, its line, what is around it, the block, the neighbourhood, the imports, the file's top.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from scanner.context.around.binding import Binding
from scanner.context.layout.block import Block
from scanner.context.layout.lines import command
from scanner.context.layout.members import own_member
from scanner.context.names import roles
from scanner.context.names.calls import takes_keys
from scanner.context.names.owners import is_of_sibling, own_part
from scanner.context.names.spotmap import SpotMap
from scanner.context.names.spotter import Spot, Spotter
from scanner.judges.addresses import SHARED
from scanner.judges.disowning import Own, own
from scanner.judges.siblings import set_before, siblings
from scanner.lazy import lazy_compile
from scanner.models import Evidence, Match, System

NAME, CALL, LINE, OPENER, BLOCK, NEAR, IMPORT, FILE = 6, 6, 5, 5, 4, 3, 3, 1
HEAD = 6000
"""Bytes at the beginning of a file in which imports are looked for; words for all of it stand nearer to the top."""

_SPOKEN_OF = frozenset(("exchange", "broker", "wallet", "data"))
"""Categories whose keys have no names of their own: a word for them nearby says whose a key is."""
_NODES = frozenset(("etherscan", "infura", "alchemy"))
"""Services for chains of Ethereum's kind."""
_IN_BLOCK = "in the same block"
_ROW_WORD = lazy_compile(r"(?<![\w.\-])[A-Za-z][a-zA-Z]{1,15}(?![\w\-])")
_NEXT = rb"[)\]}]\s{0,8},\s{0,8}(?:[\"'][\w.\- ]{1,40}[\"']\s{0,4}:\s{0,4}|[\w.]{0,40})[(\[{]"
_NEXT_ROW = lazy_compile(_NEXT)
"""The end of one row, or member, and the beginning of the next, on one line."""
_NEW_ROW = lazy_compile(_NEXT + rb"\Z")
_MEMBER = lazy_compile(r"[\"']([\w.\- ]{1,40})[\"']\s{0,4}:\s{0,4}$")
"""The name of an object in another one."""
_CODE = lazy_compile(
    r"\b(?:class|interface|struct|enum|record|trait|object|namespace|package|def|func|function|fn"
    r"|public|private|protected|static|void|describe|it|test|suite)\b|=>\s?$"
)
"""What opens a block of code: words in the name of a class are those of its author."""
_STORE = lazy_compile(
    rb"\b(?:(?:heroku|dokku)[ ]config:(?:set|add)|netlify[ ]env:set|firebase[ ]functions:config:set"
    rb"|(?:fly|flyctl|gh|supabase|wrangler|doppler)[ ](?:secrets?|variable)[ ](?:set|put|bulk)"
    rb"|railway[ ]variables?|glab[ ]variable[ ]set|vercel[ ]env[ ]add|eb[ ]setenv|cf[ ]set-env"
    rb"|aws[ ](?:ssm|secretsmanager)[ ](?:put|create)-[a-z-]{5,20}|az[ ]keyvault[ ]secret[ ]set"
    rb"|pulumi[ ]config[ ]set)\b"
)
"""Commands that keep a variable for a program, whoever handed it out: ``heroku config:set STRIPE_KEY=``."""
_LAST_CALL = lazy_compile(r"([\w.:>\\]+)\s*\(?\s*$")


class Scene(NamedTuple):
    """What a whole blob tells, worked out once: where systems are told, and which are imported."""

    spots: SpotMap
    imports: tuple[Spot, ...]
    imported: dict[str, list[Spot]]


class Told(NamedTuple):
    """A system told around one value: the best place it was told at."""

    points: int
    evidence: Evidence
    weak: bool = False


def owner_of(told: dict[str, Told], least: int = LINE) -> str | None:
    """Return the system told best, by more than a common word; None if that is not sure.

    Below ``least`` points it must be the only one told nearby.
    """
    sure = {system: t.points for system, t in told.items() if t.points >= NEAR and not t.weak}
    best = max(sure, key=lambda system: sure[system]) if sure else None
    return best if best and (sure[best] >= least or len(sure) == 1) else None


def _told_by(spots: Iterable[Spot]) -> tuple[tuple[str, str, str, bool], ...]:
    """Return what spots tell, in order, wherever they are."""
    return tuple((spot.system, spot.what, spot.word, spot.weak) for spot in spots)


def named_in(told: dict[str, Told]) -> dict[str, Told]:
    """Return the systems that the value's own name tells plainly, all of them if it tells none.

    ``PHEMEX_SECRET`` beside OKX's keys is no OKX secret, whatever its form.
    """
    named = {
        system: t
        for system, t in told.items()
        if t.points == NAME and t.evidence.what in ("name", "header")
    }
    return told if all(t.weak for t in named.values()) else named


class Teller:
    """Works out which systems are told; built once from the catalog's systems."""

    def __init__(self, systems: Iterable[System]) -> None:
        listed = tuple(systems)
        self.spotter = Spotter(listed)
        self._exchanges = {s.id for s in listed if s.category == "exchange"}
        self._wallets = {s.id for s in listed if s.category == "wallet"}
        self._everywhere = {s.id for s in listed if s.category in ("code", "cloud", "service")}
        self._services = {s.id for s in listed if s.category not in _SPOKEN_OF}

    def scene(self, data: bytes) -> Scene:
        """Return what a blob tells as a whole."""
        text = data[:HEAD].decode("latin-1")
        imports = tuple(self.spotter.imports(text))
        imported = self.spotter.imported(text, imports)
        return Scene(SpotMap(self.spotter, data), imports, imported)

    def setting(self, data: bytes) -> Hashable:
        """Return all of a scene that a verdict may hang on beyond the reach of its value's surroundings."""
        scene = self.scene(data)
        imported = ((name, *_told_by(spots)) for name, spots in scene.imported.items())
        return _told_by(scene.imports), tuple(imported), _told_by(scene.spots.top())

    def is_of_exchange(self, scene: Scene, callee: str) -> bool:
        """Tell whether a call is one of an exchange's library."""
        spots = (*_of_class(callee, scene), *self.spotter.of_call(callee))
        return any(spot.system in self._exchanges for spot in spots)

    def told(
        self,
        data: bytes,
        match: Match,
        binding: Binding,
        block: Block,
        scene: Scene,
        *,
        in_row: bool = False,
    ) -> dict[str, Told]:
        """Return the systems told around a value, each with its best place.

        ``in_row``: it stands in a row of values, whose other words may be common ones, too.
        """
        spotter = self.spotter
        told: dict[str, Told] = {}
        part: tuple[str, ...] = ()
        mine = Own()

        def note(spots: Iterable[Spot], points: int, where: str) -> None:
            for spot in spots:
                if part and points <= BLOCK and is_of_sibling(spot.word, part):
                    continue  # ``ALCHEMY_API_KEY`` says nothing of ``OPENSEA_API_KEY`` beside it
                if mine.is_named and points < NAME and self._is_neighbours(spot, points):
                    continue
                if mine.section and points <= NEAR:
                    continue
                if spot.system not in told or told[spot.system].points < points:
                    evidence = Evidence(spot.what, f"{clip(spot.word)} {where}")
                    vague = spot.weak or (points < LINE and spot.system in self._everywhere)
                    if points <= NEAR and spot.what == "name":
                        vague = vague or spot.system in self._services
                    vague = vague or (mine.is_named and points == BLOCK and where == _IN_BLOCK)
                    told[spot.system] = Told(points, evidence, vague)

        named = spotter.in_name(binding.name)
        note(named, NAME, "in the name it is bound to")
        part = () if named else own_part(binding.name)
        mine = own(data, match.start, binding, block, spotter, self._wallets)
        if binding.callee:
            # First what is imported: a class of that name may be that of others, too.
            note(_of_class(binding.callee, scene), CALL, "brings in what it is passed to")
            note(spotter.of_call(binding.callee), CALL, "is what it is passed to")
        at, after = match.start, match.end
        line_start = max(data.rfind(b"\n", max(0, at - 300), at) + 1, at - 300)
        line_end = data.find(b"\n", after, after + 300)
        line_end = line_end if line_end >= 0 else after + 300
        line_start, line_end = command(data, line_start, line_end)
        if _NEXT_ROW.match(data, block.end, block.end + 80):
            line_end = min(line_end, block.end)  # what follows is told of others
        store = _STORE.search(data, line_start, at)
        if store is not None:
            line_start = store.end()  # who keeps the variables of a program has not handed them out
        row = _NEW_ROW.search(data, max(line_start, block.start - 80), block.start)
        if row is not None:
            line_start = row.start()  # and so is what comes before
        if mine.section:
            first, last = mine.section
            line_start, line_end = max(line_start, first), min(line_end, max(last, after))
            block = block._replace(
                start=max(block.start, first), end=min(block.end, max(last, after))
            )
        between = scene.spots.between
        note(between(line_start, at), LINE, "on its line")
        note(between(after, line_end), LINE, "on its line")
        if in_row:
            note(self._row_words(data[line_start:at]), LINE, "in its row")
        if binding.how == "above":
            note(spotter.in_text(binding.label), LINE, "on the line above")
        for depth, opener in enumerate(filter(str.strip, block.openers)):  # a bare "(" is no step
            note(self._in_opener(opener), OPENER - min(depth, 2), "around it")
            note(spotter.of_call(_last_call(opener)), OPENER - min(depth, 2), "around it")
        conditions = [spotter.in_name(condition) for condition in block.branches]
        note(next(filter(None, conditions), ()), OPENER, "opens its branch")
        if conditions and conditions[0]:  # the other branches are others'
            block = block._replace(start=block.branch[0], end=block.branch[1])
        note(siblings(spotter, data, match, block), OPENER, "beside it")
        low, high = own_member(data, at, max(0, at - 1500), after + 500) or (0, len(data))
        if mine.is_named:  # a heading says more than what stands beside it
            note(self._in_heading(block.heading), BLOCK, "in the line or heading above")
        note(between(max(block.start, low), at), BLOCK, _IN_BLOCK)
        below = between(after, min(block.end, high))
        note((s for s in below if not _needs(data, after, s.offset)), BLOCK, _IN_BLOCK)
        if not mine.section or block.heading.encode("latin-1") in data[mine.section[0] : at]:
            note(self._in_heading(block.heading), BLOCK, "in the line or heading above")
        note(between(max(at - 1500, low), at), NEAR, "close by")
        below = between(after, min(after + 500, high))
        note((s for s in below if not _needs(data, after, s.offset)), NEAR, "close by")
        note(set_before(spotter, data, at), NEAR, "is set above")
        note(self._made(data, at, binding), OPENER, "made the object")
        note(scene.imports, IMPORT, "is imported")
        if not low:  # else the top is that of other services' settings
            note(scene.spots.top(), FILE, "at the top of this file")
        if mine.is_program or roles.is_elsewhere(binding.name):
            # ``JWT_SECRET`` below an exchange's keys
            return {s: t for s, t in told.items() if t.points >= NAME or s not in self._exchanges}
        return told

    def _is_neighbours(self, spot: Spot, points: int) -> bool:
        """Tell whether what tells a system says nothing of a value whose own name is somebody else's."""
        if roles.kind_of(spot.word) or points <= NEAR or spot.what == "sibling":
            return True
        return points == BLOCK and (spot.what != "name" or spot.system in self._exchanges)

    def is_of_others(self, data: bytes, at: int, binding: Binding, block: Block) -> bool:
        """Tell whether a value's own name or section is called after somebody whom neighbours do not know."""
        mine = own(data, at, binding, block, self.spotter, self._wallets)
        return mine.is_named or mine.is_program or mine.section is not None

    def without_exchanges(self, told: dict[str, Told]) -> dict[str, Told]:
        """Return what is told without the exchanges: the value is of a proxy or the like."""
        return {system: t for system, t in told.items() if system not in self._exchanges}

    def without_chains(self, told: dict[str, Told]) -> dict[str, Told]:
        """Return what is told without the chains that are only spoken of nearby, if there are several.

        Of the keys of a file for many chains, one without a chain's name is of any.
        """
        chains = [s for s, t in told.items() if t.points >= NEAR and s in self._wallets | _NODES]
        if len(chains) < 2:
            return told
        return {
            s: t
            for s, t in told.items()
            if s not in self._wallets - {SHARED} or t.points >= OPENER or t.evidence.what != "name"
        }

    def _in_opener(self, opener: str) -> list[Spot]:
        """Return the systems that what opens a block names; a common word in code is no chain: ``class BaseTest {``."""
        opener = opener.rpartition(");")[2]  # what stands before it is a statement of its own
        member = _MEMBER.search(opener)
        spots = self.spotter.in_name(member[1] if member else opener)
        if _CODE.search(opener):
            return [spot for spot in spots if not spot.weak or spot.system in self._exchanges]
        return spots

    def _row_words(self, before: bytes) -> Iterator[Spot]:
        """Yield the systems that the words before a row of values name, common words too.

        What stands before the end of a statement is of another: packed code has thousands on one line.
        """
        for word in _ROW_WORD.findall(before.rpartition(b");")[2].decode("latin-1")):
            for spot in self.spotter.in_name(word):
                if spot.word == word.lower():
                    yield spot._replace(what="sibling")

    def _in_heading(self, heading: str) -> Iterator[Spot]:
        """Yield the systems of a heading: names of two words whole, and common words."""
        yield from self.spotter.in_text(heading)
        yield from (spot for spot in self.spotter.in_name(heading) if spot.weak)

    def _made(self, data: bytes, at: int, binding: Binding) -> Iterator[Spot]:
        """Yield the systems of the call that made the object whose member the value becomes.

        ``ex = ccxt.gate()`` tells whose ``ex.apiKey`` is.
        """
        is_member = "." in binding.name
        found = _OBJECT.match(binding.name if is_member else binding.callee)
        if found is None or not (is_member or takes_keys(binding.callee)):
            return
        made = re.compile(
            rf"(?<!\w){found[1]}\s{{0,3}}:?=\s{{0,3}}(?:await\s|new\s)?\s{{0,2}}([\w.:\\]{{2,60}})\("
        )
        calls = made.findall(data[max(0, at - 2000) : at].decode("latin-1"))
        if calls:
            yield from self.spotter.of_call(calls[-1].replace("\\", "."))


def _needs(data: bytes, after: int, at: int) -> bool:
    """Tell whether a place is in a remark behind another setting that says who needs that one.

    >>> data = b"secret: 'x',\\npassphrase: '', // GDAX requires it\\n"
    >>> _needs(data, 11, data.index(b"GDAX")), _needs(data, 11, data.index(b"pass"))
    (True, False)
    """
    begin = data.rfind(b"\n", after, at) + 1
    if not begin or _REMARK.search(data, begin, at) is None:
        return False
    end = data.find(b"\n", at, at + 200)
    return _NEEDED.search(data, begin, end if end >= 0 else at + 200) is not None


_REMARK = lazy_compile(rb"\S[ \t]{1,20}(?://|\#)[^\n]{0,120}\Z")
_NEEDED = lazy_compile(
    rb"(?i)\brequire[sd]?\b|\bonly (?:for|on|if)\b|\bspecific\b|\boptional\b|\be\.g\."
)
_OBJECT = lazy_compile(r"(?:this\.|self\.|\$)?(\w{1,40})(?:\.|->|::)\w")


def _of_class(callee: str, scene: Scene) -> Iterator[Spot]:
    """Yield the systems whose module brings in the class or the object that is called."""
    for part in re.split(r"[.:>\\\s(]+|->", callee):
        yield from scene.imported.get(part, ())


def _last_call(opener: str) -> str:
    found = _LAST_CALL.search(opener)
    return found[1] if found else ""


def clip(text: str, size: int = 60) -> str:
    """Return a name short enough for a line of evidence."""
    return text if len(text) <= size else text[: size - 1] + "…"
