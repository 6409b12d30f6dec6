"""The values that cross the seams, and nothing else.

Words: a *source* gives blobs; a *blob* is bytes with an origin; a *rule* is one kind of secret of one
system; a *match* is a rule and a span of bytes in one blob, alive only while that blob is in hand; a
*draft* is a finding in the making, the last value that holds the secret; a *finding* is what leaves.

All are immutable. They are ``NamedTuple`` rather than dataclasses because the hook runs on every
commit and importing ``dataclasses`` (with ``inspect``) costs more than reading the index.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

KINDS = (
    "api_key",
    "api_secret",
    "passphrase",
    "private_key",
    "mnemonic",
    "token",
    "password",
    "webhook",
    "connection_string",
)
SEVERITIES = ("low", "medium", "high", "critical")
CONFIDENCES = ("low", "medium", "high")
EXPOSURES = ("worktree", "staged", "local", "pushed", "unreachable")
COMPRESSED = ("gzip", "bzip2", "xz", "lzma")
"""Layers that lead into an archive without the name of a member."""
ENCRYPTED, UNSUPPORTED, ELSEWHERE = "encrypted", "unsupported-archive", "lfs-object"
CONTENT_REASONS = (ENCRYPTED, UNSUPPORTED, ELSEWHERE)
"""Why content is left out and counted, yet no error: seen only by who reads it."""


class Origin(NamedTuple):
    """Where bytes come from.

    Attributes:
        source: ``file``, ``staged``, ``blob``, ``commit-message``, ``tag-message``, ``note``, ``stdin``.
        path: from the root of the scan, ``/`` between parts, bytes that are not UTF-8 as ``\\xNN``;
            None in history before attribution, and for messages.
        blob: full object id, or None outside git.
        commit: full object id of the commit (of a message: the commit it is on), or None.
    """

    source: str
    path: str | None = None
    blob: str | None = None
    commit: str | None = None


Locate = Callable[[int, int], "tuple[int, int] | None"]
"""Maps a half-open span of a layer's bytes to one of its parent's bytes; None if there is none."""


class Blob:
    """Bytes to scan, with their origin; a decoded layer also knows its parent.

    Attributes:
        data: the bytes; never shown by ``repr``.
        origin: where the outermost bytes come from.
        layers: names of the decoded layers, outermost first, ``()`` for the blob itself.
        parent: the blob this layer was found in, None for the outermost.
        locate: maps a span of ``data`` to the parent's bytes; None where positions have no meaning
            there (an archive member), so lines are those of the member.
    """

    __slots__ = ("data", "layers", "locate", "origin", "parent")

    def __init__(
        self,
        data: bytes,
        origin: Origin,
        layers: tuple[str, ...] = (),
        parent: "Blob | None" = None,
        locate: Locate | None = None,
    ) -> None:
        self.data = data
        self.origin = origin
        self.layers = layers
        self.parent = parent
        self.locate = locate

    def __repr__(self) -> str:
        return f"Blob({self.origin!r}, layers={self.layers!r}, {len(self.data)} bytes)"


class Evidence(NamedTuple):
    """One reason for (or against) a match; ``detail`` never holds the secret.

    Attributes:
        what: ``format``, ``name``, ``host``, ``header``, ``import``, ``constructor``, ``sibling``,
            ``path``, ``pair``, ``entropy``, ``checksum``, ``words`` (prose), ``public``, ``mark`` (one
            that does not count).
        detail: a short phrase for people, such as ``bound to BINANCE_API_SECRET``.
    """

    what: str
    detail: str


class Shape(NamedTuple):
    """The shape of a value that has no telling prefix: an alphabet and lengths in characters."""

    charset: str
    minimum: int
    maximum: int


class Advice(NamedTuple):
    """What to do when a secret of one system leaked; every text is a plain sentence or a step.

    Attributes:
        page: address where the key is managed, or None.
        revoke: how to delete the key, in order.
        check: what to look at for misuse.
        freeze: how to stop withdrawals in an emergency, or None.
        new_key: how the replacement should be made.
        limits: facts such as "keys without an IP list expire after 90 days", or None.
    """

    page: str | None = None
    revoke: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    freeze: str | None = None
    new_key: tuple[str, ...] = ()
    limits: str | None = None


class System(NamedTuple):
    """A provider, wallet format or service, and what in a text tells it.

    Attributes:
        id, name, category: ``gate``, ``Gate.io``, ``exchange`` (or ``wallet``, ``cloud``, ...).
        words: lower-case words that name it inside identifiers and prose (``binance``).
        weak_words: words that name it only in a bound name, a section or a constructor (``max``).
        hosts, headers: host names (any case), HTTP header names.
        imports, constructors: module names, and call names that take its keys (``UMFutures``).
        advice: the remediation facts.   references: addresses of the vendor's documentation.
    """

    id: str
    name: str
    category: str
    words: tuple[str, ...] = ()
    weak_words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    constructors: tuple[str, ...] = ()
    advice: Advice = Advice()
    references: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One kind of secret of one system: a pattern with a ``secret`` group, or a shape.

    Attributes:
        id: ``<system>-<what>``.   system: its id, None for generic rules.
        kind, severity: see ``KINDS`` and ``SEVERITIES``.
        about: one sentence: what the value is and what its finder could do.
        pattern: regular expression over bytes; None for a shape rule.
        keywords: literals (ASCII, any case) one of which every match holds; empty for a shape rule.
        trigger: instead of keywords, a cheap expression that matches inside every match.
        width: upper limit of a match in bytes (windows around keywords are this wide).
        shapes: alphabets and lengths; empty for a pattern rule.
        names: names the value is known by besides those of its kind (``memo``, ``OK-ACCESS-KEY``).
        told_by: ``structure``, ``pair``, ``shape``, ``context``: how far the value alone goes.
        check: name of the checksum that a value must pass, or None.
        entropy: least Shannon entropy in bits a character, 0 for none.
        pairs_with: ids of the rules for the other parts of the credential.
        prefix: public prefix that ``redacted`` may show.
        examples, non_examples: texts with placeholders, for ``rules test``.
        origin: file it was read from, for error messages.
    """

    id: str
    system: str | None
    kind: str
    severity: str
    about: str
    pattern: str | None = None
    keywords: tuple[str, ...] = ()
    trigger: str | None = None
    width: int = 512
    shapes: tuple[Shape, ...] = ()
    names: tuple[str, ...] = ()
    told_by: str = "structure"
    check: str | None = None
    entropy: float = 0.0
    pairs_with: tuple[str, ...] = ()
    prefix: str = ""
    examples: tuple[Any, ...] = ()
    non_examples: tuple[Any, ...] = ()
    origin: str = ""


class Match(NamedTuple):
    """A rule and a half-open span of bytes (the secret alone) inside one blob.

    Attributes:
        rule: the rule, replaced by a more telling one when a judge names the provider.
        start, end: bytes of the blob's data.
        score: the sum of the evidence, see docs/confidence.md; thresholds in ``judges``.
        evidence: why, in the order found.
        rejected: why a judge thinks it is no secret, else None. Never deleted, only marked.
        partners: spans (start, end) of the other parts of the same credential.
    """

    rule: Rule
    start: int
    end: int
    score: int = 0
    evidence: tuple[Evidence, ...] = ()
    rejected: str | None = None
    partners: tuple[tuple[int, int], ...] = ()


class Occurrence(NamedTuple):
    """One place of a secret: 1-based lines and columns (characters; end one past the last)."""

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    blob: str | None = None
    commit: str | None = None
    date: str | None = None


class CommitInfo(NamedTuple):
    """Who and when: author name, e-mail, author date (ISO 8601 with offset), first line."""

    author: str
    email: str
    date: str
    summary: str


class Draft:
    """A finding in the making, before attribution: the last value that holds the secret.

    A source's ``attribute`` gives it a path and a commit; the pipeline turns it into a Finding.
    Mutable on purpose: it lives in one place, between the judges and the pipeline's end.

    Attributes:
        match: rule, score and evidence (its span is in the layer it was found in).
        secret: the bytes; never shown by ``repr``.
        partners: (secret bytes) of the other parts of the same credential.
        origin: where; ``origin.path`` None until attribution.
        layers: decoded layers, outermost first.
        occurrences: places in this blob, first in order of lines.
        marks: rule ids or fingerprints of inline allow marks on the secret's first line; ``("*",)``
            for a bare mark, ``()`` for none.
        info: the commit's author and date, or None.   exposure: see ``EXPOSURES``.
        lines: the text of the lines that it is on, for allow-lists; long ones cut.
        spots: where it begins, in bytes of the blob as it is read; None if there are very many, or if
            the match and the partners are not all of the layer that ``layers`` says.
    """

    __slots__ = (
        "exposure",
        "info",
        "layers",
        "lines",
        "marks",
        "match",
        "occurrences",
        "origin",
        "partners",
        "secret",
        "spots",
    )

    def __init__(
        self,
        match: Match,
        secret: bytes,
        origin: Origin,
        occurrences: tuple[Occurrence, ...],
        layers: tuple[str, ...] = (),
        partners: tuple[bytes, ...] = (),
        marks: tuple[str, ...] = (),
        info: CommitInfo | None = None,
        exposure: str = "worktree",
        lines: tuple[bytes, ...] = (),
        spots: tuple[int, ...] | None = None,
    ) -> None:
        self.lines = lines
        self.spots = spots
        self.match = match
        self.secret = secret
        self.origin = origin
        self.occurrences = occurrences
        self.layers = layers
        self.partners = partners
        self.marks = marks
        self.info = info
        self.exposure = exposure

    def __repr__(self) -> str:
        return f"Draft({self.match.rule.id!r}, {self.origin!r}, {self.occurrences[:1]!r})"

    def replaced(self, **changes: Any) -> "Draft":
        """Return a copy with some attributes changed (one draft may fan out to several paths)."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return Draft(**{**values, **changes})


class Finding(NamedTuple):
    """What leaves the pipeline; its fields are those of the JSON contract, in its words.

    ``secret`` is None unless the pipeline was built to reveal it, so no reporter can leak it.
    """

    rule: str
    system: str | None
    kind: str
    severity: str
    confidence: str
    path: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    source: str
    blob: str | None
    commit: str | None
    author: str | None
    email: str | None
    date: str | None
    summary: str | None
    exposure: str
    fingerprint: str
    redacted: str
    evidence: tuple[Evidence, ...]
    paired_with: tuple[str, ...]
    decoded: tuple[str, ...]
    revoke_url: str | None
    steps: tuple[str, ...]
    allowed_by: str | None
    occurrences: tuple[Occurrence, ...]
    secret: str | None = None

    def __repr__(self) -> str:
        return f"Finding({self.rule!r}, {self.path!r}, line {self.line}, {self.fingerprint!r})"


class Skipped(NamedTuple):
    """Something that should have been read and could not be; it makes the exit status 2.

    Attributes:
        reason: a short fixed word: ``unreadable``, ``missing``, ``corrupt``, ``limit``, ``error``.
        detail: one sentence for people, without content.
    """

    path: str | None
    commit: str | None
    blob: str | None
    reason: str
    detail: str


class Coverage:
    """Counters of what was read; workers' counters are added up by the pipeline.

    ``left_out`` counts by reason what options, settings or git's ignore rules leave out; it does
    not change the exit status (``Skipped`` does). ``unread`` counts what was skipped so far.
    """

    __slots__ = ("blobs", "bytes", "commits", "files", "left_out", "messages", "unread")

    def __init__(self) -> None:
        self.files = self.blobs = self.commits = self.messages = self.bytes = self.unread = 0
        self.left_out: dict[str, int] = {}

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count something left out on purpose."""
        self.left_out[reason] = self.left_out.get(reason, 0) + count

    def add(self, other: "Coverage") -> None:
        """Add a worker's counters to these."""
        for name in ("files", "blobs", "commits", "messages", "bytes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for reason, count in other.left_out.items():
            self.leave_out(reason, count)


class Report(NamedTuple):
    """What a reporter writes: findings and skips in order, and what was covered.

    Attributes:
        root: absolute folder that paths start at, or None.
        items: an iterator; its findings are complete. ``coverage`` is final once it is exhausted.
        command: the command line's name for it (``scan``, ``staged``, ``history``).
        notes: lines about settings in force that a reader must know.
        unlisted: silenced findings that are counted, yet not among ``items`` (a report read back).
    """

    root: str | None
    items: "Iterable[Finding | Skipped]"
    coverage: Coverage
    command: str
    started: float
    notes: tuple[str, ...] = ()
    unlisted: int = 0
