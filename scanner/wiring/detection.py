"""The detector of one blob, with its decoders and judges: the tables of both, in their order."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scanner.binary import is_binary
from scanner.decoders.containers import container_of
from scanner.engine import LEAST_BYTES
from scanner.wiring.patterns import LazyEngine, Patterns

if TYPE_CHECKING:
    from scanner.detector import Detector
    from scanner.engine import Recalled
    from scanner.engine.memory import Memory


def detector_maker(
    patterns: Patterns, repeats: bool = False, drops_weak: bool = False
) -> "Callable[[], Detector]":
    """Return a function that builds the detector (in each worker process anew).

    ``repeats``: the blobs are versions of each other, so what was searched is remembered.
    """

    def make() -> "Detector":
        from scanner.detector import Detector

        def rule_ids() -> frozenset[str]:
            return patterns.rule_ids

        engine = patterns.engine(with_weak=not drops_weak)
        if not repeats:
            return Detector(
                engine, decoders(), judges(patterns), rule_ids=rule_ids, drops_weak=drops_weak
            )
        memory = LazyMemory(engine)
        return Detector(
            engine, decoders(), judges(patterns, repeats), memory, rule_ids, drops_weak=drops_weak
        )

    return make


_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class LazyMemory:
    """A memory that is built for the first text that is worth one."""

    def __init__(self, engine: "LazyEngine") -> None:
        self._engine = engine
        self._memory: Memory | None = None

    def recall(self, data: bytes, layers: tuple[str, ...] = ()) -> "Recalled | None":
        """Return what the memory returns; None for short texts, as it does."""
        if len(data) < LEAST_BYTES:
            return None
        if self._memory is None:
            from scanner.decoders.inline import Inline
            from scanner.engine.memory import Memory

            inline = Inline()
            self._memory = Memory(self._engine.whole(), inline.is_local, inline.within)
        return self._memory.recall(data, layers)


class LazyDecoder:
    """A decoder that is imported for the first blob that could be its own."""

    def __init__(self, build: Callable[[], Any], may_read: Callable[[Any], bool]) -> None:
        self._build = build
        self._may_read = may_read
        self._decoder: Any = None

    def layers(self, blob: Any) -> Any:
        """Yield the layers that the decoder yields, none where it has no chance."""
        if not self._may_read(blob):
            return ()
        if self._decoder is None:
            self._decoder = self._build()
        return self._decoder.layers(blob)


def decoders() -> tuple[Any, ...]:
    """Return the decoders in their order, each behind a test that costs next to nothing."""

    def encodings() -> Any:
        from scanner.decoders.text import Encodings

        return Encodings()

    def archives() -> Any:
        from scanner.decoders.archive import Archives

        return Archives()

    def office() -> Any:
        from scanner.decoders.office import Office

        return Office()

    def notebook() -> Any:
        from scanner.decoders.notebook import Notebook

        return Notebook()

    def inline() -> Any:
        from scanner.decoders.inline import Inline

        return Inline()

    def bytecode() -> Any:
        from scanner.decoders.bytecode import Bytecode

        return Bytecode()

    def pointers() -> Any:
        from scanner.decoders.pointer import Pointers

        return Pointers()

    return (
        # First: texts that are known to hold nothing for it skip it (``Detector.walk``).
        LazyDecoder(inline, lambda blob: len(blob.data) >= 16),
        LazyDecoder(encodings, lambda blob: is_binary(blob.data) or blob.data[:2] in _UTF_16_MARKS),
        LazyDecoder(archives, lambda blob: container_of(blob.data) is not None),
        LazyDecoder(pointers, lambda blob: blob.data.startswith(b"version https://")),
        LazyDecoder(office, lambda blob: bool(blob.layers)),
        LazyDecoder(bytecode, lambda blob: blob.data[2:4] == b"\r\n"),
        LazyDecoder(notebook, lambda blob: b'"nbformat"' in blob.data),
    )


class LazyJudge:
    """A judge that is built when there is something to judge."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._judge: Any = None

    def judge(self, *args: Any) -> Any:
        """Judge as the built judge does."""
        if self._judge is None:
            self._judge = self._build()
        return self._judge.judge(*args)


def judges(patterns: Patterns, repeats: bool = False) -> tuple[Any, ...]:
    """Return the judges in their order; each is built when first needed."""

    def structure() -> Any:
        from scanner.judges.structure import StructureJudge

        return StructureJudge()

    def known() -> Any:
        from scanner.judges.known import KnownJudge

        return KnownJudge()

    def fingerprints() -> Any:
        from scanner.judges.fingerprints import FingerprintJudge

        return FingerprintJudge()

    def dump() -> Any:
        from scanner.judges.dump import DumpJudge

        return DumpJudge(patterns.catalog)

    def context() -> Any:
        from scanner.judges.context import ContextJudge

        judge = ContextJudge(patterns.catalog)
        if not repeats:
            return judge
        from scanner.judges.recalled import RecalledJudge

        return RecalledJudge(judge)

    def literal() -> Any:
        from scanner.judges.literal import LiteralJudge

        return LiteralJudge(patterns.catalog)

    def following() -> Any:
        from scanner.judges.following import FollowingJudge

        return FollowingJudge(patterns.catalog)

    def leading() -> Any:
        from scanner.judges.leading import LeadingJudge

        return LeadingJudge(patterns.catalog)

    def completing() -> Any:
        from scanner.judges.completing import CompletingJudge

        return CompletingJudge(patterns.catalog)

    def pairing() -> Any:
        from scanner.judges.pairing import PairingJudge

        return PairingJudge(patterns.catalog)

    def overlap() -> Any:
        from scanner.judges.overlap import OverlapJudge

        return OverlapJudge()

    builders = (
        *(structure, dump, literal, context, known, fingerprints),
        *(following, leading, completing, pairing, overlap),
    )
    return tuple(LazyJudge(build) for build in builders)
