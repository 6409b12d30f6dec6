"""The detector: everything that happens to one blob, from its bytes to drafts.

Layers are walked with bounds, every layer is searched and judged, and what is accepted is placed in the
outermost text. Nothing here touches disk or git; a worker process holds one detector.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain

from scanner.binary import is_binary
from scanner.context.layout.lines import column, line_number, line_of
from scanner.decoders import Decoder
from scanner.decoders.unread import Unread
from scanner.engine import Recalled, Recaller, Searcher
from scanner.errors import ScannerError, crash
from scanner.judges import UNTRIED, Judge
from scanner.judges.marks import common, marks_on
from scanner.models import COMPRESSED, CONTENT_REASONS, Blob, Draft, Match, Occurrence, Skipped
from scanner.sources import Source

MAX_DEPTH = 6
"""Layers inside layers; a document deeper than this is told as skipped."""
MOST_SECRETS = 50_000
"""Secrets of one blob that are told, and that there are more: a report takes some 20 kB of memory for each."""
LOW, MEDIUM, HIGH = 4, 6, 9
"""Least score of each confidence; see docs/confidence.md."""


_MANY = 1000


class Spans:
    """Half-open spans of a text, joined where they overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        """Note a span."""
        low, high = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if low < high:
            start, end = min(start, self._starts[low]), max(end, self._ends[high - 1])
        self._starts[low:high], self._ends[low:high] = [start], [end]

    def meets(self, start: int, end: int) -> bool:
        """Tell whether one of the spans has something of this one."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end


Seen = dict[Blob, Spans]


class Detector:
    """Engine, decoders and judges in their order."""

    def __init__(
        self,
        engine: Searcher,
        decoders: Sequence[Decoder],
        judges: Sequence[Judge],
        memory: Recaller | None = None,
        rule_ids: Callable[[], Collection[str]] = tuple,
        *,
        drops_weak: bool = False,
        most: int = MOST_SECRETS,
    ) -> None:
        """Take the parts.

        Args:
            engine, decoders, judges: in their order.
            memory: spares the first decoder texts that it knows to hold nothing for it.
            rule_ids: gives the ids of all rules, which inline marks may name.
            drops_weak: give no drafts of weak words as passwords: nobody asked for low confidence, and
                no path raises them.
            most: secrets of one blob that are told.
        """
        self._most = most
        self._drops_weak = drops_weak
        self._rule_ids = rule_ids
        self._engine = engine
        self._decoders = decoders
        self._judges = judges
        self._memory = memory
        self._recalled: tuple[Blob | None, Recalled | None] = None, None

    def drafts(self, blob: Blob) -> Iterator[Draft | Skipped]:
        """Yield what was found in a blob and in the layers inside it, and what could not be read."""
        seen: Seen = {}
        drafts: dict[tuple[bytes, bool], list[Draft]] = {}
        is_cut, unread = False, Unread()
        try:
            for layer in self.walk(blob):
                if isinstance(layer, Skipped):
                    yield from unread.take(layer)
                    continue
                matches = self.matches(layer)
                if any(match.rejected == UNTRIED for match in matches):
                    yield from unread.take(_limit(layer, UNTRIED))
                if matches:
                    for draft in self._place(layer, matches, seen):
                        # The places inside an archive have lines of their own and are kept apart.
                        key = draft.secret, is_member(draft.layers)
                        if key in drafts or len(drafts) < self._most:
                            drafts.setdefault(key, []).append(draft)
                        else:
                            is_cut = True
        except Exception:
            yield from unread.told()
            yield from map(_joined, drafts.values())  # what was found before is not lost
            raise
        yield from unread.told()
        for (secret, inside), same in drafts.items():
            # What a member holds uncompressed shows in the archive's own bytes, too.
            if inside or (secret, True) not in drafts or not is_binary(blob.data):
                yield _joined(same)
        if is_cut:
            yield _limit(blob, f"more than {self._most:,} secrets in one file: not all are told")

    def matches(self, blob: Blob) -> list[Match]:
        """Return all matches of one layer, the rejected ones with their reasons."""
        recalled = self._recall(blob)
        matches: Sequence[Match] = (
            recalled.matches if recalled is not None else self._engine.search(blob.data)
        )
        if not matches:
            return []
        if is_binary(blob.data):
            matches = [
                m if m.rule.told_by == "structure" else m._replace(rejected="binary content")
                for m in matches
            ]
        for judge in self._judges:
            matches = judge.judge(blob, matches)
        return list(matches)

    def _recall(self, blob: Blob) -> Recalled | None:
        """Return what the memory has of a blob; asked twice in a row, it is asked once."""
        if self._memory is None:
            return None
        if self._recalled[0] is not blob:
            self._recalled = blob, self._memory.recall(blob.data, blob.layers)
        return self._recalled[1]

    def walk(self, blob: Blob, depth: int = 0) -> Iterator[Blob | Skipped]:
        """Yield a blob and all layers inside it, outermost first."""
        yield blob
        recalled = self._recall(blob)
        is_plain = recalled is not None and not recalled.is_encoded
        for decoder in self._decoders[is_plain:]:
            for layer in decoder.layers(blob):
                if isinstance(layer, Skipped):
                    yield layer
                elif depth < MAX_DEPTH:
                    yield from self.walk(layer, depth + 1)
                else:
                    detail = f"more than {MAX_DEPTH} layers of encoding inside each other"
                    yield _limit(blob, detail)

    def _place(self, layer: Blob, matches: list[Match], seen: Seen) -> Iterator[Draft]:
        """Group accepted matches by secret; one draft a secret, its places in order.

        ``seen`` are the spans that outer layers have accounted for, by the text they lie in.
        """
        groups: dict[bytes, list[tuple[Match, Blob, int, int]]] = {}
        for match in matches:
            if match.rejected is None and match.score >= LOW and not self._is_dropped(match):
                home, start, end = outermost(layer, match.start, match.end)
                if home in seen and seen[home].meets(start, end):
                    continue
                secret = layer.data[match.start : match.end]
                groups.setdefault(secret, []).append((match, home, start, end))
        for secret, group in groups.items():
            best = max((match for match, *_ in group), key=lambda match: match.score)
            for match, home, start, end in group:
                if match.score >= MEDIUM:
                    seen.setdefault(home, Spans()).add(start, end)
            yield Draft(
                best,
                secret,
                layer.origin,
                tuple(occurrence(where, a, b) for _, where, a, b in group),
                layer.layers,
                tuple(layer.data[a:b] for a, b in best.partners),
                self._marks(group),
                lines=_lines_of(group),
                spots=None if len(group) > _MANY else tuple(start for _, _, start, _ in group),
            )

    def _is_dropped(self, match: Match) -> bool:
        return (
            self._drops_weak
            and match.score < MEDIUM
            and any(evidence.what == "weak" for evidence in match.evidence)
        )

    def _marks(self, group: list[tuple[Match, Blob, int, int]]) -> tuple[str, ...]:
        """Return the marks for every line of a secret: one line without keeps it reported."""
        known = self._rule_ids()
        return common([marks_on(home.data, start, known) for _, home, start, _ in group])


def _lines_of(group: list[tuple[Match, Blob, int, int]]) -> tuple[bytes, ...]:
    """Return the lines that a secret is on; of very many some, and an empty one that allows nothing."""
    some = dict.fromkeys(line_of(home.data, start) for _, home, start, _ in group[:_MANY])
    return (*some, b"") if len(group) > _MANY else tuple(some)


def _limit(blob: Blob, detail: str) -> Skipped:
    where = blob.origin
    return Skipped(where.path, where.commit, where.blob, "limit", detail)


def _joined(drafts: Sequence[Draft]) -> Draft:
    """Return one draft of a secret that layers hold again: one finding, with all its places.

    The first is that of the outermost layer. All are joined at once: an archive may have thousands.
    """
    outer = drafts[0]
    if len(drafts) == 1:
        return outer
    match = max((draft.match for draft in drafts), key=lambda match: match.score)
    partners = tuple(dict.fromkeys(partner for draft in drafts for partner in draft.partners))
    spots: tuple[int, ...] | None = None
    if match is outer.match and partners == outer.partners:
        known = [draft.spots for draft in drafts if draft.spots is not None]
        spots = tuple(chain.from_iterable(known)) if len(known) == len(drafts) else None
    return outer.replaced(
        match=match,
        occurrences=tuple(dict.fromkeys(place for d in drafts for place in d.occurrences)),
        partners=partners,
        marks=common([draft.marks for draft in drafts]),
        lines=tuple(dict.fromkeys(line for draft in drafts for line in draft.lines)),
        spots=spots,
    )


def is_member(layers: tuple[str, ...]) -> bool:
    """Tell whether layers lead into an archive, whose members have lines of their own."""
    return any(":" in layer or layer in COMPRESSED for layer in layers)


def run(
    source: Source, detector: Detector, tick: Callable[[], None] | None = None
) -> Iterator[Draft | Skipped]:
    """Yield the drafts of every blob of a source, in its order; ``tick`` is called before each."""
    for item in source.blobs():
        if tick is not None:
            tick()
        if isinstance(item, Skipped):
            yield item
            continue
        try:
            for found in detector.drafts(item):
                if isinstance(found, Skipped) and found.reason in CONTENT_REASONS:
                    source.coverage.leave_out(found.reason)
                else:
                    yield found
        except ScannerError:
            raise
        except Exception as error:  # noqa: BLE001  (one blob never ends a scan; it is told as unread)
            where = item.origin
            yield Skipped(where.path, where.commit, where.blob, "error", crash(error))


def outermost(layer: Blob, start: int, end: int) -> tuple[Blob, int, int]:
    """Return the outermost text that a span of a layer can be pointed at, and the span there."""
    while layer.parent is not None and layer.locate is not None:
        span = layer.locate(start, end)
        if span is None:
            break
        layer, (start, end) = layer.parent, span
    return layer, start, end


def occurrence(blob: Blob, start: int, end: int) -> Occurrence:
    """Return the place of a span in lines and columns of characters, 1-based, end exclusive."""
    data = blob.data
    first, last = line_number(data, start), line_number(data, max(start, end - 1))
    return Occurrence(
        first + 1,
        column(data, first, start) + 1,
        last + 1,
        column(data, last, end) + 1,
        blob.origin.blob,
        blob.origin.commit,
    )
