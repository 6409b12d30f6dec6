"""The pipeline: source, detector, attribution, path, silencing, finding; and the only concurrency.

One item at a time from end to end. Drafts (which hold secrets) become findings (which do not) here and
nowhere else.
"""

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scanner.detector import HIGH, LOW, MEDIUM, Detector, is_member, run
from scanner.models import (
    CONFIDENCES,
    SEVERITIES,
    Blob,
    Coverage,
    Draft,
    Evidence,
    Finding,
    Origin,
    Skipped,
)
from scanner.redaction import MASK, fingerprint, is_costly, redact
from scanner.silence import set_path
from scanner.sources import Source

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_PARTS = 16
"""Parts of a source for each process: the smaller they are, the less one waits for another in the end."""
_AHEAD = 32
"""Findings whose fingerprints are made side by side; no more are held back."""


class Silencer(Protocol):
    """Says what silences a draft."""

    def reason(
        self, draft: Draft, fingerprint: str, place: str, is_free: Callable[[bytes, str], bool]
    ) -> str | None:
        """Return ``inline``, ``baseline`` or ``config:<name>``; None for nothing.

        Args:
            draft, fingerprint: what may be silenced.
            place: its path below the repository's top level.
            is_free: tells whether a text at a path holds no secret (asked for renames).
        """
        ...


class PathJudge(Protocol):
    """Judges what a path tells, once it is known."""

    def judge(self, draft: Draft) -> Draft:
        """Return the draft with the path's evidence."""
        ...


class Adviser(Protocol):
    """Says what to do about a draft."""

    def advise(self, draft: Draft) -> tuple[str | None, tuple[str, ...]]:
        """Return the page where the key is revoked, and the steps in order."""
        ...


_OTHER_MARK = Evidence("mark", "the mark on its line names another rule or fingerprint")


class Limits(NamedTuple):
    """What to report: least confidence and severity, globs of rule ids and of paths, and whether
    secrets are shown.
    """

    min_confidence: str = "medium"
    min_severity: str = "low"
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    exclude_paths: tuple[str, ...] = ()
    reveal: bool = False


class Pipeline:
    """Runs a source through the parts; built by wiring."""

    def __init__(
        self,
        source: Source,
        detector: Callable[[], Detector],
        path_judge: PathJudge,
        silencer: Silencer,
        adviser: Adviser,
        limits: Limits,
        jobs: int = 1,
    ) -> None:
        self._source = source
        self._make_detector = detector
        self._path_judge = path_judge
        self._silencer = silencer
        self._adviser = adviser
        self._limits = limits
        self._jobs = jobs
        self._detector: Detector | None = None
        self._summaries: dict[str, str] = {}

    def items(self) -> Iterator[Finding | Skipped]:
        """Yield findings and what was not read; the source's coverage is final at the end."""
        accepted = self._accepted()
        for item in accepted if self._jobs < 2 else self._ahead(accepted):
            yield item if isinstance(item, Skipped) else self._finding(item)
        finish = getattr(self._source, "finish", None)
        if finish is not None:
            finish()

    def _accepted(self) -> Iterator[Draft | Skipped]:
        """Yield the drafts that are reported or silenced, each in its place, and what was not read."""
        skipped: list[Skipped] = []
        drafts = _only_drafts(self._drafts(), skipped, self._source.coverage)
        for item in self._source.attribute(drafts):
            yield from _drain(skipped)
            if isinstance(item, Skipped):
                yield item
                continue
            draft = self._path_judge.judge(item)
            if self._is_accepted(draft):
                yield draft
        yield from _drain(skipped)

    def _ahead(self, items: Iterator[Draft | Skipped]) -> Iterator[Draft | Skipped]:
        """Pass items on, some at a time; their costly fingerprints are made side by side meanwhile."""
        pool: ThreadPoolExecutor | None = None
        failure: Exception | None = None
        is_more = True
        try:
            while is_more and failure is None:
                some: list[Draft | Skipped] = []
                try:
                    some.extend(islice(items, _AHEAD))
                except Exception as error:  # noqa: BLE001  (raised again, after what came before it)
                    failure = error
                is_more = len(some) == _AHEAD
                drafts = [item for item in some if isinstance(item, Draft)]
                secrets = [(draft.secret, self._place(draft)) for draft in drafts]
                costly = [one for one in secrets if is_costly(*one)]
                if costly:
                    pool = pool or _pool(self._jobs)
                    for _ in pool.map(fingerprint, *zip(*costly, strict=True)):
                        pass
                yield from some
        finally:
            if pool is not None:
                pool.shutdown()
        if failure is not None:
            raise failure

    def _drafts(self) -> Iterator[Draft | Skipped]:
        parts = self._source.split(self._jobs * _PARTS) if self._jobs > 1 else ()
        if len(parts) > 1:
            from scanner.workers import in_processes  # noqa: PLC0415  (25 ms, only for large scans)

            yield from in_processes(parts, self._jobs, self._make_detector, self._source.coverage)
        else:
            self._detector = self._make_detector()
            yield from run(self._source, self._detector)

    def _is_accepted(self, draft: Draft) -> bool:
        match, rule = draft.match, draft.match.rule
        if match.rejected is not None or not self._wanted(rule.id):
            return False
        globs = self._limits.exclude_paths
        if globs and _is_among(globs, set_path(draft, self._place(draft))):
            self._source.coverage.leave_out("excluded-path")
            return False
        least = CONFIDENCES.index(self._limits.min_confidence)
        return (
            match.score >= LOW
            and CONFIDENCES.index(confidence_of(match.score)) >= least
            and SEVERITIES.index(rule.severity) >= SEVERITIES.index(self._limits.min_severity)
        )

    def _place(self, draft: Draft) -> str:
        """Return the path that fingerprints count from."""
        place: str = getattr(self._source, "repository_path", str)(draft.origin.path or "")
        return place

    def _finding(self, draft: Draft) -> Finding:
        match, rule = draft.match, draft.match.rule
        from scanner.context.values.hiding import hidden  # noqa: PLC0415  (a clean run needs none of it)

        place = self._place(draft)
        mark = fingerprint(draft.secret, place)
        url, steps = self._adviser.advise(draft)
        allowed_by = self._silencer.reason(draft, mark, place, self._is_free)
        evidence = (*match.evidence, *((_OTHER_MARK,) if draft.marks and not allowed_by else ()))
        first = draft.occurrences[0]
        info = draft.info
        return Finding(
            rule=rule.id,
            system=rule.system,
            kind=rule.kind,
            severity=rule.severity,
            confidence=confidence_of(match.score),
            path=draft.origin.path,
            line=first.line,
            column=first.column,
            end_line=first.end_line,
            end_column=first.end_column,
            source="archive-member" if is_member(draft.layers) else draft.origin.source,
            blob=draft.origin.blob,
            commit=draft.origin.commit,
            author=info.author if info else None,
            email=info.email if info else None,
            date=info.date if info else None,
            summary=self._summary(info.summary, draft.origin.commit) if info else None,
            exposure=draft.exposure,
            fingerprint=mark,
            redacted=redact(draft.secret, rule),
            evidence=tuple(e._replace(detail=hidden(e.detail)) for e in evidence),
            paired_with=tuple(fingerprint(partner, place) for partner in draft.partners),
            decoded=draft.layers,
            revoke_url=url,
            steps=steps,
            allowed_by=allowed_by,
            occurrences=draft.occurrences,
            secret=draft.secret.decode("utf-8", "backslashreplace")
            if self._limits.reveal
            else None,
        )

    def _is_free(self, data: bytes, path: str) -> bool:
        """Tell whether a text holds no secret that would be reported, marked ones included."""
        if self._detector is None:
            self._detector = self._make_detector()
        least = CONFIDENCES.index(self._limits.min_confidence)
        for found in self._detector.drafts(Blob(data, Origin("file", path))):
            if isinstance(found, Skipped):
                return False
            match = self._path_judge.judge(found).match
            if match.score >= LOW and CONFIDENCES.index(confidence_of(match.score)) >= least:
                return False
        return True

    def _summary(self, text: str, commit: str | None) -> str:
        """Return the first line of a commit's message without secrets: people paste them there too."""
        from scanner.context.values.hiding import hidden  # noqa: PLC0415  (a clean run needs none of it)

        if getattr(self._source, "is_quiet", _never)(commit):
            return hidden(text)
        if text not in self._summaries:
            if self._detector is None:
                self._detector = self._make_detector()
            blob = Blob(text.encode("utf-8", "surrogateescape"), Origin("commit-message"))
            data = bytearray(blob.data)
            for match in reversed(self._detector.matches(blob)):
                if match.rejected is None and match.score >= LOW:
                    data[match.start : match.end] = MASK.encode()
            self._summaries[text] = hidden(data.decode("utf-8", "surrogateescape"))
        return self._summaries[text]

    def _wanted(self, rule_id: str) -> bool:
        limits = self._limits
        if limits.only and not any(fnmatchcase(rule_id, glob) for glob in limits.only):
            return False
        return not any(fnmatchcase(rule_id, glob) for glob in limits.exclude)


def _never(_: object) -> bool:
    return False


def _is_among(globs: Iterable[str], path: str) -> bool:
    return any(fnmatchcase(path, glob) for glob in globs)


def confidence_of(score: int) -> str:
    """Return the confidence of a score (see docs/confidence.md)."""
    return "high" if score >= HIGH else "medium" if score >= MEDIUM else "low"


def _pool(threads: int) -> "ThreadPoolExecutor":
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (10 ms, only with findings)

    return ThreadPoolExecutor(threads)


def _only_drafts(
    items: Iterable[Draft | Skipped], skipped: list[Skipped], coverage: Coverage
) -> Iterator[Draft]:
    for item in items:
        if isinstance(item, Skipped):
            skipped.append(item)
            coverage.unread += 1
        else:
            yield item


def _drain(skipped: list[Skipped]) -> Iterator[Skipped]:
    while skipped:
        yield skipped.pop(0)
