"""keysweep inside another program: the three functions that ``from scanner import ...`` gives.

Each call gives a ``Scan``: an iterator of ``Finding | Skipped`` that reads as it goes, or, with
``Scan.result()``, all of it sorted into a ``Result``. What a call does depends on its arguments alone:
it takes no settings and no ignore file, neither of the user nor of what is scanned; of marks in the
text (``keysweep:allow``) it says so in ``Finding.allowed_by``. It prints nothing, opens no connection,
tries no key, and writes nothing but its cache of compiled patterns.
"""

import io
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypedDict, Unpack

from scanner import wiring
from scanner.config import Config
from scanner.errors import ScannerError, UsageError, crash
from scanner.models import CONFIDENCES, SEVERITIES, Coverage, Finding, Skipped
from scanner.repository import Repository
from scanner.silence import Silence
from scanner.sources import Source
from scanner.sources.files import FilesSource
from scanner.sources.history import HistorySource
from scanner.sources.stdin import StdinSource


class Options(TypedDict, total=False):
    """Keywords that all three functions take; those left out have the command line's defaults.

    Attributes:
        patterns: more pattern files or folders of them; a process reads them once.
        only, exclude: globs of rule ids.
        exclude_paths: globs of paths below the repository's top level that are not reported
            (``Coverage.left_out`` counts them).
        ignore: fingerprints of accepted findings; these have ``allowed_by`` set.
        min_confidence: ``low``, ``medium`` (default) or ``high``.
        min_severity: ``low`` (default), ``medium``, ``high`` or ``critical``.
        max_blob_bytes: leave out what is larger; None (default) for the limit of 1 GiB.
        jobs: processes, 1 by default; more are started by fork and only for files and histories.
        reveal: give the secrets in ``Finding.secret``; without it no finding holds one.
        use_cache: keep compiled patterns in the user's cache folder (default: True).
    """

    patterns: Iterable[str | os.PathLike[str]]
    only: Iterable[str]
    exclude: Iterable[str]
    exclude_paths: Iterable[str]
    ignore: Iterable[str]
    min_confidence: str
    min_severity: str
    max_blob_bytes: int | None
    jobs: int
    reveal: bool
    use_cache: bool


class Result(NamedTuple):
    """All that a scan gave.

    Attributes:
        root: absolute folder that the findings' paths start at, or None.
        findings: what counts, in the order found.
        allowed: what a mark in the text or ``ignore`` silences; ``allowed_by`` says which.
        skipped: what should have been read and could not be.
        coverage: what was read, and what was left out on purpose.
    """

    root: str | None
    findings: tuple[Finding, ...]
    allowed: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    coverage: Coverage

    @property
    def complete(self) -> bool:
        """Tell whether all was read: without that, no findings does not mean clean."""
        return not self.skipped


class Scan(Iterator[Finding | Skipped]):
    """A scan that runs while it is iterated; it can be iterated once.

    Attributes:
        root: absolute folder that the findings' paths start at, or None.
        coverage: counted as it goes, final when the iterator is exhausted.
    """

    def __init__(self, source: Source, items: Iterator[Finding | Skipped]) -> None:
        self.root = source.root
        self.coverage = source.coverage
        self._items = items

    def __next__(self) -> Finding | Skipped:
        """Return the next finding, silenced or not, or what could not be read.

        Raises:
            ScannerError: the scan cannot go on; what it gave so far stands, the rest is unread.
        """
        return next(self._items)

    def result(self) -> Result:
        """Read to the end and return all that was not yet iterated.

        Raises:
            ScannerError: the scan cannot go on.
        """
        items = tuple(self._items)
        findings = [item for item in items if isinstance(item, Finding)]
        return Result(
            self.root,
            tuple(finding for finding in findings if finding.allowed_by is None),
            tuple(finding for finding in findings if finding.allowed_by is not None),
            tuple(item for item in items if isinstance(item, Skipped)),
            self.coverage,
        )


def scan_text(text: str | bytes, *, path: str | None = None, **options: Unpack[Options]) -> Scan:
    """Scan a text, or the bytes of a file of any kind that ``keysweep scan`` reads.

    Args:
        text: what to scan; a str is read as UTF-8.
        path: a name for it: what a path tells counts (``.env``, ``bot.py``), and fingerprints hold it.
        options: see ``Options``.

    Raises:
        ScannerError: an option is wrong (``UsageError``); while it is iterated: a pattern file is
            wrong (``RuleError``).

    Example:
        >>> scan_text("api_key = os.environ['API_KEY']", path="bot.py").result().findings
        ()
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _scan(lambda limit: StdinSource(io.BytesIO(data), path, limit), **options)


def scan_paths(
    *paths: str | os.PathLike[str], include_ignored: bool = False, **options: Unpack[Options]
) -> Scan:
    """Scan files and folders as they lie; nothing is scanned where no path is given.

    Args:
        paths: files and folders; these are read even if git ignores them.
        include_ignored: read what git ignores below the folders too.
        options: see ``Options``.

    Raises:
        ScannerError: a path does not exist or an option is wrong (``UsageError``); while it is
            iterated: a pattern file is wrong (``RuleError``).
    """
    names = [os.fspath(path) for path in paths]
    return _scan(lambda limit: FilesSource(names, include_ignored, limit), **options)


def scan_history(
    repository: str | os.PathLike[str] = ".",
    *,
    range: str | None = None,  # noqa: A002 (the option's name)
    since: str | None = None,
    branches: Iterable[str] = (),
    unreachable: bool = False,
    **options: Unpack[Options],
) -> Scan:
    """Scan every blob, commit message, tag message and note that a ref, stash or reflog reaches.

    Args:
        repository: a folder of it; a bare repository too. Nothing is cloned.
        range: ``A..B``: only what these commits introduce.
        since: a date: only what commits since then introduce.
        branches: only what these branches reach.
        unreachable: objects that nothing reaches too.
        options: see ``Options``.

    Raises:
        ScannerError: there is no repository (``SourceError``), an option is wrong (``UsageError``);
            while it is iterated: a range, date or branch is not there (``SourceError``), a pattern
            file is wrong (``RuleError``).
    """

    def make(limit: int | None) -> Source:
        return HistorySource(
            Repository.discover(os.fspath(repository)),
            range=range,
            since=since,
            branches=_texts(branches),
            unreachable=unreachable,
            max_blob_bytes=limit,
        )

    return _scan(make, **options)


def _scan(
    make_source: Callable[[int | None], Source],
    *,
    patterns: Iterable[str | os.PathLike[str]] = (),
    only: Iterable[str] = (),
    exclude: Iterable[str] = (),
    exclude_paths: Iterable[str] = (),
    ignore: Iterable[str] = (),
    min_confidence: str = "medium",
    min_severity: str = "low",
    max_blob_bytes: int | None = None,
    jobs: int = 1,
    reveal: bool = False,
    use_cache: bool = True,
) -> Scan:
    if min_confidence not in CONFIDENCES or min_severity not in SEVERITIES:
        raise UsageError(f"confidence: {', '.join(CONFIDENCES)}; severity: {', '.join(SEVERITIES)}")
    if jobs < 1:
        raise UsageError("jobs: a number from 1 is needed")
    ignored = frozenset(_texts(ignore))
    if any(len(mark) != 32 or mark.strip("0123456789abcdef") for mark in ignored):
        raise UsageError("ignore: fingerprints have 32 hex digits")
    config = Config()
    values = {
        "only": _texts(only),
        "exclude": _texts(exclude),
        "exclude_paths": _texts(exclude_paths),
        "min_confidence": min_confidence,
        "min_severity": min_severity,
        "show_secrets": reveal,
    }
    config.update(values, "argument")
    source = make_source(max_blob_bytes)
    kept = _kept_patterns(_texts(patterns), use_cache)
    pipeline = wiring.pipeline(source, config, kept, Silence(ignored), jobs)
    return Scan(source, _guarded(pipeline.items()))


def _texts(values: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    """Return texts as a tuple; one text alone is not taken for its letters."""
    one = isinstance(values, str | os.PathLike)
    return tuple(os.fspath(value) for value in ((values,) if one else values))  # type: ignore[arg-type]


def _guarded(items: Iterator[Finding | Skipped]) -> Iterator[Finding | Skipped]:
    """Pass items on; what nobody expected is told without its message, which may quote content."""
    try:
        yield from items
    except ScannerError:
        raise
    except Exception as error:  # noqa: BLE001  (see above)
        problem = crash(error)
    else:
        return
    raise ScannerError(problem)  # out here, so that the first error is not its context


class _Patterns(wiring.Patterns):
    """Patterns whose engine is loaded once: a call for each of many short texts must not load it."""

    def __init__(self, extra: tuple[str, ...], use_cache: bool) -> None:
        super().__init__(extra, use_cache)
        self._engines: dict[bool, wiring.LazyEngine] = {}

    def engine(self, with_weak: bool = True) -> wiring.LazyEngine:
        if with_weak not in self._engines:
            self._engines[with_weak] = super().engine(with_weak)
        return self._engines[with_weak]


_kept = threading.local()
"""The last patterns of each thread: two threads must not share the scratch space of Hyperscan."""


def _kept_patterns(files: tuple[str, ...], use_cache: bool) -> _Patterns:
    key = (files, use_cache, os.environ.get("KEYSWEEP_ENGINE"))
    if getattr(_kept, "key", None) != key:
        _kept.patterns = _Patterns(files, use_cache)
        _kept.key = key
    patterns: _Patterns = _kept.patterns
    return patterns
