"""The search of one blob: prefilter hits become windows, windows become matches.

Three kinds of match come out: of a pattern rule, of a value that a name may bind (``BOUND_VALUE``), and
of a bare value with a shape that some system's keys have (``BARE_VALUE``). The context judge names the last two.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scanner.binary import is_binary
from scanner.checksums.promise import is_promising, phrases_near
from scanner.context.layout import lists, rows
from scanner.context.literals import cells, named
from scanner.context.literals.beside import name_end
from scanner.context.literals.settled import Text, settled
from scanner.context.values.lookalikes import may_be_secret
from scanner.context.values.passwords import CHOSEN, WEAK
from scanner.engine import Hits, Prefilter
from scanner.engine.bound import BoundValues
from scanner.engine.cutting import ESCAPES, key_runs, outside_base64, windows
from scanner.engine.exports import is_export
from scanner.engine.expressions import BOUND, GATE, LITERAL, PAIR, PHRASE, TABLE, Expression
from scanner.errors import RuleError
from scanner.lazy import lazy_compile
from scanner.models import Evidence, Match, Rule, Shape
from scanner.patience import Patience
from scanner.rules import BARE_VALUE, BOUND_VALUE, LITERAL_VALUE, compile_pattern, is_own
from scanner.shapes import fits, pieces

_REMEMBERED = 100_000
"""Runs whose values are remembered; the versions of a file hold the same ones."""
_LONGEST_RUN = 400
"""No value without a name is longer than this; images and bytecode are."""
_FRACTION = lazy_compile(rb"[0-9]+(?:[eE][+\-]?[0-9]{1,3})?")
"""What stands behind the point of a number."""
_DIGESTS = {
    b"sha512-": (93,),
    b"sha384-": (71,),
    b"sha256-": (50,),
    b"sha1-": (32,),
    b"sha256:": (64,),
    b"sha256=": (43, 64),
    b".tgz#": (40,),
    b"h1:": (43,),
}
"""Lengths of the digests of packages by what they begin with, or what stands before them; padding left out.

https://www.w3.org/TR/SRI/, https://go.dev/ref/mod#go-sum-files,
https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""
BOUND_LIST = -1
"""Stands for the number of an expression where a telling word opens a list of values."""
NEAR = 512
"""Bytes that the rules look at, but for a few whose keys have many lines."""


class Engine:
    """Finds matches in bytes; built by wiring with either prefilter."""

    def __init__(
        self,
        prefilter: Prefilter,
        expressions: list[Expression],
        shapes: list[Shape],
        rules: tuple[Rule, ...],
        with_weak: bool = True,
    ) -> None:
        """Take the parts; ``with_weak``: look for words as passwords too."""
        self._least_worth = WEAK if with_weak else CHOSEN
        self._prefilter = prefilter
        self._roles = [expression.role for expression in expressions]
        self._by_length: dict[int, list[Shape]] = {}
        for shape in shapes:
            for length in range(shape.minimum, shape.maximum + 1):
                self._by_length.setdefault(length, []).append(shape)
        self._rules = rules
        self._literal = [expression.literal for expression in expressions]
        self._gates = {
            number: expression.text.encode().lower()
            for number, expression in enumerate(expressions)
            if expression.role == GATE
        }
        self._values_in: dict[bytes, tuple[tuple[int, int], ...]] = {}
        self._bound = BoundValues()
        self._phrases = {rule.system: rule for rule in rules if rule.check == "mnemonic"}
        self._compiled: dict[int, Any] = {}
        self._patience: dict[int, Patience] = {}

    def search(self, data: bytes) -> list[Match]:
        """Return the matches in the bytes, in order of place, without repeats."""
        return self.confirm(data, self.candidates(data))

    def candidates(self, data: bytes) -> Hits:
        """Return the hits of the first pass."""
        return self._prefilter.candidates(data)

    def confirm(self, data: bytes, hits: Hits, look: bool = False) -> list[Match]:
        """Return the matches at the hits of the first pass; ``look``: bare values whoever is told."""
        is_text = not is_binary(data)  # in binary content only structure proves a secret
        found, far = self.near(data, hits, is_text)
        found += self.far(data, far)
        if is_text and (look or hits.gates or is_export(data)):
            found += (Match(BARE_VALUE, *span) for span in self.bare(data))
        return self.in_order(data, found, far)

    def gates(self, data: bytes, hits: Hits) -> Iterator[int]:
        """Yield the offsets of all words that tell a system, of those that the first pass has named."""
        lower = data.lower()
        for number in set(hits.gates):
            word = self._gates[number]
            at = lower.find(word)
            while at >= 0:
                yield at
                at = lower.find(word, at + len(word))

    def near(
        self, data: bytes, hits: Hits, is_text: bool = True
    ) -> tuple[list[Match], list[tuple[int, int]]]:
        """Return the matches that a few hundred bytes decide, and the hits that more has to decide."""
        words: list[int] = []
        assigned: list[int] = []
        far: list[tuple[int, int]] = []
        beside: list[int] = []
        pairs: list[tuple[int, int]] = []
        by_rule: dict[int, list[int]] = {}
        for number, ends in hits.ends.items():
            role = self._roles[number]
            if role == BOUND:
                (words if self._literal[number] else assigned).extend(ends)
            elif role == LITERAL:
                beside += (name_end(data, end) for end in ends)
            elif role == PHRASE:
                far += ((number, end) for end in ends if is_promising(data, end))
            elif role == TABLE:
                far += ((number, end) for end in ends if cells.opens(data, end))
            elif role == PAIR:
                pairs += (span for end in ends for span in rows.pair_before(data, end))
            elif role != GATE:
                index = int(role)
                if self._rules[index].width > NEAR:
                    far += ((number, end) for end in ends)
                else:
                    by_rule.setdefault(index, []).extend(ends)
        found = [
            match for index, ends in by_rule.items() for match in self._confirm(data, index, ends)
        ]
        if is_text:
            found += (Match(BARE_VALUE, *span) for span in pairs)
            names = self._bound.told(data, words, assigned)
            far += ((BOUND_LIST, end) for end in names if lists.opens(data, end))
            bound = self._bound.values(data, names)
            found += (Match(BOUND_VALUE, low, high) for low, high in bound)
            for one in named.near(data, words, [*assigned, *beside], self._least_worth):
                told = Evidence(f"{one.kind}:{one.how}", one.name)
                found.append(Match(LITERAL_VALUE, one.start, one.end, evidence=(told,)))
        return found, far

    def far(self, data: bytes, hits: Sequence[tuple[int, int]]) -> list[Match]:
        """Return the seed phrases, and the matches of rules that span many lines, at some hits."""
        phrases: list[int] = []
        by_rule: dict[int, list[int]] = {}
        names = sorted(end for number, end in hits if number == BOUND_LIST)
        found = [Match(BOUND_VALUE, *span) for span in lists.all_spans(data, names)]
        for number, end in hits:
            if number == BOUND_LIST:
                continue
            role = self._roles[number]
            if role == PHRASE:
                phrases.append(end)
            elif role != TABLE:
                by_rule.setdefault(int(role), []).append(end)
        for index, ends in by_rule.items():
            found += self._confirm(data, index, ends)
        for start, end, system in phrases_near(data, phrases):
            rule = self._phrases.get(system)
            if rule is not None:
                found.append(Match(rule, start, end))
        return found

    def in_order(
        self, data: bytes, matches: Iterable[Match], far: Iterable[tuple[int, int]]
    ) -> list[Match]:
        """Return matches in order of place, each once, with those that columns name.

        A bound value is no bare value any more. ``far``: the hits that more than near bytes decide.
        """
        found: dict[tuple[int, int, str], Match] = {}
        text = Text(data)
        for cut in matches:
            bare = cut.rule is BARE_VALUE
            match = settled(text, cut) if cut.rule is LITERAL_VALUE else cut
            key = match.start, match.end, "" if bare or match.rule is BOUND_VALUE else match.rule.id
            if not bare or key not in found:
                found[key] = match
        tables = [
            end for number, end in far if number != BOUND_LIST and self._roles[number] == TABLE
        ]
        for one in cells.secret(data, tables) if not is_binary(data) else ():
            told = (Evidence(f"{one.kind}:{one.how}", one.name),)
            cell = Match(LITERAL_VALUE, one.start, one.end, evidence=told)
            found.setdefault((one.start, one.end, LITERAL_VALUE.id), cell)
        for row in rows.accounts(data):  # long keys side by side look like lines of base64
            for span in row[:2]:
                found.setdefault((*span, ""), Match(BARE_VALUE, *span))
        return sorted(found.values(), key=lambda match: (match.start, -match.end, match.rule.id))

    def _confirm(self, data: bytes, index: int, ends: list[int]) -> Iterator[Match]:
        rule = self._rules[index]
        pattern = self._compiled.get(index)
        if pattern is None:
            pattern = self._compiled[index] = compile_pattern(rule)
            if not is_own(rule):
                self._patience[index] = Patience()
        for low, high in windows(ends, rule.width, len(data)):
            for hit in self._hits(index, pattern, data, low, high):
                start, end = hit.span("secret")
                if end > start:
                    yield Match(rule, start, end)

    def _hits(self, index: int, pattern: Any, data: bytes, low: int, high: int) -> Iterable[Any]:
        """Return a rule's matches in a window; a rule that is not ours has only so much time.

        Raises:
            RuleError: it takes too long.
        """
        patience = self._patience.get(index)
        if patience is None:
            return pattern.finditer(data, low, high)  # type: ignore[no-any-return]
        try:
            return patience.run(
                high - low, lambda left: list(pattern.finditer(data, low, high, timeout=left))
            )
        except TimeoutError as error:
            rule = self._rules[index]
            raise RuleError(rule.origin, rule.id, "pattern: takes too long") from error

    def bare(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield the values that have the shape of some system's keys, in runs that are no words."""
        for start, end in self._shaped(data):
            if may_be_secret(data[start:end]):
                yield start, end

    def _shaped(self, data: bytes) -> Iterator[tuple[int, int]]:
        known = self._values_in
        for begin, high in outside_base64(data, key_runs(data, self._prefilter.runs(data))):
            low = begin + (data[begin - 1 : begin + 1] in ESCAPES)
            if high - low > _LONGEST_RUN or _is_of_package(data, low, high):
                continue
            if data[low - 1 : low] == b"." and _FRACTION.fullmatch(data, low, high):
                continue
            run = data[low : high + 2]  # the padding of base64 is no part of a run
            values = known.get(run)
            if values is None:
                if len(known) > _REMEMBERED:
                    known.clear()
                values = known[run] = tuple(self._values(run, high - low))
            for start, end in values:
                yield low + start, low + end

    def _values(self, run: bytes, size: int) -> Iterator[tuple[int, int]]:
        """Yield the spans in a run of ``size`` bytes that have the shape of some system's keys."""
        if not may_be_secret(run[: min(size, 200)]):
            return
        for start, end in pieces(run, 0, len(run)):
            shapes = self._by_length.get(end - start, ())
            if shapes and any(fits(run[start:end], shape) for shape in shapes):
                yield start, end


def _is_of_package(data: bytes, low: int, high: int) -> bool:
    """Tell whether a run is the digest of a package: a file that locks thousands of them has little else.

    >>> _is_of_package(b"sha512-" + b"x" * 86, 0, 93), _is_of_package(b"--hash=sha256:" + b"0" * 64, 14, 78)
    (True, True)
    """
    told = (
        _DIGESTS.get(data[low : data.find(b"-", low, low + 7) + 1])
        or _DIGESTS.get(data[low - 7 : low])
        or _DIGESTS.get(data[low - 5 : low])
        or _DIGESTS.get(data[low - 3 : low])
    )
    return told is not None and high - low in told
