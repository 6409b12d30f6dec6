"""The patterns of one run: the catalog, the compiled databases and the engine over them.

What is compiled comes from the cache, under a key that any change of the patterns or of the code that
compiles them changes.
"""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scanner import lazy, rules
from scanner.engine import Hits

if TYPE_CHECKING:
    from scanner.engine.cache import CacheFile
    from scanner.engine.expressions import Expression
    from scanner.models import Rule
    from scanner.rules import Catalog


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
        self._by_id: dict[str, Rule] | None = None
        self.engine_name = engine_name()

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

    def rule_of(self, rule_id: str) -> "Rule | None":
        """Return the rule with an id, None if there is none."""
        if self._by_id is None:
            self._by_id = {rule.id: rule for rule in self.catalog.rules}
        return self._by_id.get(rule_id)

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
        if self._use_cache:
            _keep_expressions()
        if self.engine_name == "plain":
            from scanner.engine.plain import PlainPrefilter

            expressions = self.expressions

            def is_own(index: int) -> bool:
                return rules.is_own(self.catalog.rules[index])

            return LazyEngine(lambda: PlainPrefilter(expressions, is_own), self, with_weak)
        databases = self._databases()

        def load() -> Any:
            from scanner.engine.vector import VectorPrefilter

            return VectorPrefilter(*databases)

        return LazyEngine(load, self, with_weak)

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
    """An engine that loads its databases for the first text, and the catalog when they name a place."""

    def __init__(self, load: Callable[[], Any], patterns: Patterns, with_weak: bool) -> None:
        self._load = load
        self._patterns = patterns
        self._with_weak = with_weak
        self._loaded: Any = None
        self._engine: Any = None

    def search(self, data: bytes) -> list[Any]:
        """Return the matches in the bytes."""
        hits: Hits = self._prefilter().candidates(data)
        if not hits.ends and not hits.gates:
            from scanner.engine.exports import (
                is_export,  # what a rescan finds again needs no search
            )

            if not is_export(data):
                return []
        found: list[Any] = self.whole().confirm(data, hits)
        return found

    def _prefilter(self) -> Any:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def whole(self) -> Any:
        """Return the engine itself."""
        if self._engine is None:
            from scanner.engine.expressions import second_pass
            from scanner.engine.search import Engine

            patterns, rules_ = self._patterns, self._patterns.catalog.rules
            self._engine = Engine(
                self._prefilter(),
                patterns.expressions,
                second_pass(rules_),
                rules_,
                self._with_weak,
            )
        return self._engine


def engine_name() -> str:
    """Return ``hyperscan``, or ``plain`` where it is not there or not wanted."""
    if os.environ.get("KEYSWEEP_ENGINE") == "plain":
        return "plain"
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
    from scanner.checksums import CHECKS, PLACED
    from scanner.errors import RuleError

    for rule in catalog.rules:
        if rule.check is not None and rule.check not in CHECKS and rule.check not in PLACED:
            near = rules.nearest(rule.check, (*CHECKS, *PLACED))
            raise RuleError(rule.origin, rule.id, f"check: no checksum {rule.check!r}{near}")
    return catalog


def _keep_expressions() -> None:
    """Have this process take its regular expressions from the user's cache, if it does not yet."""
    if not lazy.has_compiler():
        from scanner.engine.compiled import KeptExpressions

        lazy.use(KeptExpressions())


def _makers() -> list[str]:
    """Return the files that decide what is compiled from the patterns.

    A checkout that was pulled or edited has the version of before, and its numbers of expressions differ: with
    a stale database it would look for the wrong things and say nothing.
    """
    here = os.path.abspath(__file__)
    top = os.path.dirname(os.path.dirname(here))
    files = [here, *(os.path.join(top, name) for name in ("models.py", "shapes.py"))]
    for folder in ("engine", "checksums", "data", "foreign", "rules"):
        with os.scandir(os.path.join(top, folder)) as entries:
            files += sorted(entry.path for entry in entries if entry.is_file())
    return files
