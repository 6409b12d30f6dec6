"""Options to concrete parts: the one table of members, and the one file that imports inside functions.

Everything heavy is built when it is first needed, so that a commit with nothing to say costs nothing.
"""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scanner import __version__, rules
from scanner.engine import Hits
from scanner.engine.exports import is_export
from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.baseline import Baseline
    from scanner.config import Config
    from scanner.detector import Detector
    from scanner.engine.cache import CacheFile
    from scanner.engine.expressions import Expression
    from scanner.fix import Editor
    from scanner.models import Draft
    from scanner.pipeline import Pipeline
    from scanner.reporters import Reporter
    from scanner.repository import Repository
    from scanner.rules import Catalog
    from scanner.sources import Source


class Patterns:
    """The catalog and the compiled databases of one set of pattern files, from the cache if it can be.

    Attributes:
        engine_name: ``hyperscan`` or ``plain``.
    """

    def __init__(self, extra: Sequence[str] = (), use_cache: bool = True) -> None:
        self._files = rules.pattern_files(extra)
        self._use_cache = use_cache
        self._catalog: Catalog | None = None
        self._cached: CacheFile | None = None
        self._rule_ids: frozenset[str] | None = None
        self.engine_name = (
            "plain" if os.environ.get("KEYSWEEP_ENGINE") == "plain" else _engine_name()
        )

    @property
    def catalog(self) -> "Catalog":
        """The systems and rules, without examples when they came from the cache."""
        if self._catalog is None:
            content = self._cached.section(5) if self._cached else None
            if content is not None:
                from scanner.engine.catalog_cache import parse

                self._catalog = parse(content)
            else:
                self._catalog = _with_known_checks(rules.load(self._files))
        return self._catalog

    @property
    def rule_ids(self) -> frozenset[str]:
        """The ids of all rules."""
        if self._rule_ids is None:
            self._rule_ids = frozenset(rule.id for rule in self.catalog.rules)
        return self._rule_ids

    @property
    def expressions(self) -> "list[Expression]":
        """All expressions of the first pass; from the cache, for making them takes 30 ms."""
        import json

        from scanner.engine.expressions import Expression, first_pass

        content = self._cached.section(6) if self._cached else None
        if content is not None:
            return [Expression(*fields) for fields in json.loads(content)]
        return first_pass(self.catalog.rules, self.catalog.systems)

    def engine(self, with_weak: bool = True) -> "LazyEngine":
        """Return an engine over these patterns; ``with_weak``: it looks for words as passwords too."""
        if self.engine_name == "plain":
            from scanner.engine.plain import PlainPrefilter

            return LazyEngine(PlainPrefilter(self.expressions), self, with_weak)
        from scanner.engine.vector import VectorPrefilter

        return LazyEngine(VectorPrefilter(*self._databases()), self, with_weak)

    def _databases(self) -> tuple[list[bytes], bytes, int]:
        """Return the groups of the first pass, the second pass, and the number of the first gate."""
        from scanner.engine import cache

        also = rules.extended(self._files) if any(f.endswith(".toml") for f in self._files) else []
        key = cache.key_of([*self._files, *also, *_makers()], _engine_version())
        cached = cache.open_cached(key) if self._use_cache else None
        if cached is not None:
            sections = [cached.section(number) for number in (0, 1, 2, 3, 4)]
            whole = [section for section in sections if section is not None]
            if len(whole) == len(sections):
                self._cached = cached
                return whole[1:4], whole[4], int(whole[0])
            cached.close()
        return self._compile(key)

    def _compile(self, key: str) -> tuple[list[bytes], bytes, int]:
        import json

        from scanner.engine import cache
        from scanner.engine.catalog_cache import dump
        from scanner.engine.expressions import GATE, first_pass
        from scanner.engine.vector import (
            GROUPS,
            UnusableExpressionError,
            compile_group,
            compile_runs,
        )
        from scanner.errors import RuleError

        catalog = self.catalog
        expressions = first_pass(catalog.rules, catalog.systems)
        gates_from = next(
            (i for i, e in enumerate(expressions) if e.role == GATE), len(expressions)
        )
        try:
            groups = [compile_group(expressions, group) for group in range(GROUPS)]
        except UnusableExpressionError as error:
            rule = catalog.rules[int(expressions[error.number].role)]
            raise RuleError(rule.origin, rule.id, f"trigger: {error}") from error
        runs = compile_runs()
        if self._use_cache:
            made = json.dumps([tuple(one) for one in expressions]).encode()
            cache.store(key, [str(gates_from).encode(), *groups, runs, dump(catalog), made])
        return groups, runs, gates_from


class LazyEngine:
    """An engine that loads the catalog only when the prefilter names a place."""

    def __init__(self, prefilter: Any, patterns: Patterns, with_weak: bool) -> None:
        self._prefilter = prefilter
        self._patterns = patterns
        self._with_weak = with_weak
        self._engine: Any = None

    def search(self, data: bytes) -> list[Any]:
        """Return the matches in the bytes."""
        hits: Hits = self._prefilter.candidates(data)
        if not hits.ends and not hits.gates and not is_export(data):
            return []
        found: list[Any] = self.whole().confirm(data, hits)
        return found

    def whole(self) -> Any:
        """Return the engine itself."""
        if self._engine is None:
            from scanner.engine.expressions import second_pass
            from scanner.engine.search import Engine

            patterns, rules_ = self._patterns, self._patterns.catalog.rules
            self._engine = Engine(
                self._prefilter, patterns.expressions, second_pass(rules_), rules_, self._with_weak
            )
        return self._engine


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


class LazyAdviser:
    """An adviser that is built for the first finding."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._adviser: Any = None

    def advise(self, draft: "Draft") -> Any:
        """Advise as the built adviser does."""
        if self._adviser is None:
            self._adviser = self._build()
        return self._adviser.advise(draft)


def _engine_name() -> str:
    try:
        import hyperscan  # noqa: F401
    except ImportError:
        return "plain"
    return "hyperscan"


def _engine_version() -> str:
    import hyperscan

    return str(getattr(hyperscan, "__version__", "")) + os.path.dirname(hyperscan.__file__)


def _with_known_checks(catalog: "Catalog") -> "Catalog":
    """Return the catalog if every checksum it names is there: a rule with another would never match."""
    from scanner.checksums import CHECKS
    from scanner.errors import RuleError

    for rule in catalog.rules:
        if rule.check is not None and rule.check not in CHECKS:
            near = rules.nearest(rule.check, CHECKS)
            raise RuleError(rule.origin, rule.id, f"check: no checksum {rule.check!r}{near}")
    return catalog


def _makers() -> list[str]:
    """Return the files that decide what is compiled from the patterns.

    A checkout that was pulled or edited has the version of before, and its numbers of expressions differ: with
    a stale database it would look for the wrong things and say nothing.
    """
    here = os.path.dirname(os.path.abspath(__file__))
    files = [
        os.path.join(here, name) for name in ("models.py", "rules.py", "shapes.py", "wiring.py")
    ]
    for folder in ("engine", "checksums", "data", "foreign"):
        with os.scandir(os.path.join(here, folder)) as entries:
            files += sorted(entry.path for entry in entries if entry.is_file())
    return files


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
        from scanner.decoders.inline import Inline
        from scanner.engine.memory import Memory

        inline = Inline()
        memory = Memory(engine.whole(), inline.is_local, inline.within)
        return Detector(
            engine, decoders(), judges(patterns, repeats), memory, rule_ids, drops_weak=drops_weak
        )

    return make


class HistoryStore:
    """Keeps what a scan of a whole history leaves for the next, in the user's cache folder."""

    def __init__(self, key: str) -> None:
        self._key = key

    def load(self) -> list[bytes] | None:
        """Return the sections as they were saved; None if there are none to be trusted."""
        from scanner.engine import cache

        file = cache.open_cached(self._key, ".history")
        if file is None:
            return None
        sections = [file.section(number) for number in range(len(file))]
        file.close()
        whole = [section for section in sections if section is not None]
        return whole if len(whole) == len(sections) else None

    def save(self, sections: list[bytes]) -> None:
        """Replace what is kept, at once or not at all; nothing at all for no sections."""
        from scanner.engine import cache

        cache.store(self._key, sections, ".history")


def history_store(config: "Config", repository: "Repository") -> HistoryStore | None:
    """Return where the state of a repository is kept, for these rules and this code; None for nowhere."""
    if config.no_cache:
        return None
    from scanner.engine import cache

    place = os.path.dirname(os.path.abspath(__file__))
    code = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(place)
        for name in names
        if not name.endswith(".pyc")
    ]
    patterns = rules.pattern_files(config.patterns)
    files = sorted({*patterns, *rules.extended(patterns), *code})
    engine = "plain" if os.environ.get("KEYSWEEP_ENGINE") == "plain" else _engine_name()
    about = "|".join(
        (
            repository.common_dir,
            repository.object_format,
            str(config.max_blob_size),
            engine,
            str(config.min_confidence == "low"),  # weak words are not looked for otherwise
        )
    )
    return HistoryStore(cache.key_of(files, about))


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

    archive_marks = (b"PK", b"\x1f\x8b", b"BZ", b"\xfd7")
    return (
        # First: texts that are known to hold nothing for it skip it (``Detector.walk``).
        LazyDecoder(inline, lambda blob: len(blob.data) >= 16),
        LazyDecoder(encodings, lambda blob: b"\0" in blob.data[:4096]),
        LazyDecoder(
            archives,
            lambda blob: blob.data.startswith(archive_marks) or blob.data[257:262] == b"ustar",
        ),
        LazyDecoder(office, lambda blob: bool(blob.layers)),
        LazyDecoder(notebook, lambda blob: b'"nbformat"' in blob.data),
    )


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

    def pairing() -> Any:
        from scanner.judges.pairing import PairingJudge

        return PairingJudge(patterns.catalog)

    def overlap() -> Any:
        from scanner.judges.overlap import OverlapJudge

        return OverlapJudge()

    builders = (structure, dump, literal, context, known, fingerprints, pairing, overlap)
    return tuple(LazyJudge(build) for build in builders)


def baseline(path: str, top: str | None, repository: str | None = None) -> "Baseline":
    """Return the baseline of a file.

    Args:
        path: the file.   top: folder that paths of the work tree start at.
        repository: path of the repository that is scanned, None for the one around.

    Raises:
        ConfigError: the file cannot be read or is no baseline.
    """
    from scanner.baseline import Baseline
    from scanner.baseline.content import StandingContent
    from scanner.baseline.entries import read

    entries, history = read(path)
    return Baseline(entries, StandingContent(top, repository), history=history)


def _require_rule(glob: str, rule_ids: frozenset[str]) -> None:
    """Raise UsageError for a glob that fits no rule."""
    from fnmatch import fnmatchcase

    if any(fnmatchcase(rule_id, glob) for rule_id in rule_ids):
        return
    all_of = f"{glob}-*"
    is_system = any(fnmatchcase(rule_id, all_of) for rule_id in rule_ids)
    hint = f" (did you mean {all_of!r}?)" if is_system else rules.nearest(glob, rule_ids)
    raise UsageError(f"only: no rule {glob!r}{hint} (see keysweep rules list)")


def pipeline(
    source: "Source", config: "Config", patterns: Patterns, silencer: Any, jobs: int
) -> "Pipeline":
    """Build the pipeline of one run.

    Raises:
        UsageError: ``only`` names no rule; such a scan would find nothing, and look like an all-clear.
    """
    from scanner.pipeline import Limits, Pipeline

    for glob in config.only:
        _require_rule(glob, patterns.rule_ids)

    def path_judge() -> Any:
        from scanner.judges.path import PathJudge

        return PathJudge(patterns.catalog)

    def advise() -> Any:
        from scanner.remediation import RemediationAdviser

        return RemediationAdviser(patterns.catalog.systems)

    return Pipeline(
        source,
        detector_maker(patterns, getattr(source, "repeats", False), config.min_confidence != "low"),
        LazyJudge(path_judge),
        silencer,
        LazyAdviser(advise),
        Limits(
            config.min_confidence,
            config.min_severity,
            tuple(config.only),
            tuple(config.exclude),
            tuple(config.exclude_paths),
            config.show_secrets,
        ),
        jobs,
    )


def reporter_for(command: str, config: "Config", patterns: Patterns, out: Any) -> "Reporter":
    """Return the reporter of a command; ``receive`` has a text of its own, for who pushes."""
    if command == "receive" and config.format == "text" and not config.verbose:
        from scanner.reporters.pusher import PusherReporter

        names = LazyNames(patterns)
        return PusherReporter(names=names, is_refusing=not config.exit_zero, quiet=config.quiet)
    return reporter(config, patterns, out)


def reporter(config: "Config", patterns: Patterns, out: Any) -> "Reporter":
    """Return the reporter of the format, one of ``config.FORMATS``."""
    names = LazyNames(patterns)
    if config.format == "text":
        from scanner.reporters.text import TextReporter

        return TextReporter(
            color=use_color(config.color, out),
            width=None,
            verbose=config.verbose,
            quiet=config.quiet,
            show_allowed=config.show_allowed,
            names=names,
        )
    allowed = {"show_allowed": config.show_allowed}
    if config.format == "json":
        from scanner.reporters.json import JsonReporter

        return JsonReporter(__version__, **allowed)
    if config.format == "jsonl":
        from scanner.reporters.jsonl import JsonlReporter

        return JsonlReporter(**allowed)
    if config.format == "sarif":
        from scanner.reporters.sarif import SarifReporter

        catalog = patterns.catalog
        return SarifReporter(
            __version__, {rule.id: rule for rule in catalog.rules}, catalog.systems, **allowed
        )
    if config.format == "github":
        from scanner.reporters.github import GithubReporter

        return GithubReporter(names=names, **allowed)
    if config.format == "csv":
        from scanner.reporters.csv import CsvReporter

        return CsvReporter(**allowed)
    if config.format == "junit":
        from scanner.reporters.junit import JunitReporter

        return JunitReporter(names=names, **allowed)
    if config.format == "gitlab":
        from scanner.reporters.gitlab import GitlabReporter

        return GitlabReporter(__version__, names=names, **allowed)
    from scanner.reporters.html import HtmlReporter

    return HtmlReporter(__version__, names=names, **allowed)


def use_color(choice: str, out: Any) -> bool:
    """Tell whether to colour: asked for, or a terminal without NO_COLOR."""
    if choice != "auto":
        return choice == "always"
    return (
        bool(out.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


class LazyNames(dict[str, str]):
    """Names of systems by id, read from the catalog when first asked for."""

    def __init__(self, patterns: Patterns) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, system: str) -> str:
        self.update({s.id: s.name for s in self._patterns.catalog.systems.values()})
        return super().get(system, system)

    def get(self, system: str, default: Any = None) -> Any:
        """Return a system's name, the default for an unknown one."""
        name = self[system] if system else default
        return default if name == system and system not in self else name


def summary_reporter(
    patterns: Patterns, about: Sequence[str], address: str | None, unread: str
) -> "Reporter":
    """Return the reporter of a CI job's summary."""
    from scanner.reporters.summary import SummaryReporter

    return SummaryReporter(names=LazyNames(patterns), about=about, address=address, help=unread)


def editor(path: str, text: str) -> "Editor | None":
    """Return what can put reading code into a file, None if nothing can."""
    from scanner.config import parse_yaml
    from scanner.fix.compose import ComposeEditor
    from scanner.fix.javascript import JavaScriptEditor
    from scanner.fix.python import PythonEditor
    from scanner.fix.shell import ShellEditor

    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    first = text.partition("\n")[0]
    if ending in ("py", "pyw") or (first.startswith("#!") and "python" in first):
        return PythonEditor()
    if ending in ("js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"):
        return JavaScriptEditor(typed="ts" in ending, markup=ending.endswith("x"))
    if ending in ("sh", "bash") or (first.startswith("#!") and first.endswith(("sh", "bash"))):
        return ShellEditor()
    if ending in ("yml", "yaml"):
        return ComposeEditor(path, parse_yaml)
    return None
