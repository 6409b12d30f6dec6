"""Which commits an event asks to scan, and which commit's settings count.

In doubt too much is scanned, never too little: a commit that is not here excludes nothing, and a
commit that should be scanned and is not here is an error that says what to change.
"""

from typing import NamedTuple

from scanner.ci.event import Event
from scanner.errors import SourceError, UsageError
from scanner.repository import Repository

DEPTH = "check out with `fetch-depth: 0`"
_REFUSED = (
    "pull_request_target runs with the repository's secrets and write access. A scan of what a"
    " stranger sends needs neither: use `on: pull_request`, which works for forks too"
)


class Plan(NamedTuple):
    """What to scan.

    Attributes:
        tips: (new, already known) object ids as ``HistorySource`` takes them; None for all of the
            history; new empty for nothing.
        settings: commit whose settings and ignore files count, None where nothing is scanned.
        base: commit to compare with for what the change brings (marks, settings), or None.
        why: one sentence for people: what is scanned, and why.
        range: a revision range instead of ``tips``, or None.
    """

    tips: tuple[tuple[str, ...], tuple[str, ...]] | None
    settings: str | None
    base: str | None
    why: str
    range: str | None = None


def make_plan(event: Event, repository: Repository, chosen: str = "") -> Plan:
    """Return the plan for an event.

    Args:
        event: what happened.   repository: the checkout.
        chosen: a range that the workflow names itself, ``all`` for the history; empty: as the event says.

    Raises:
        UsageError: an event that is refused.
        SourceError: a commit that should be scanned is not in this checkout.
    """
    if event.name == "pull_request_target":
        raise UsageError(_REFUSED)
    if chosen:
        plan = Plan(None, _present(event.sha, repository), None, "the whole history, as asked for")
        if event.is_change:
            base = _base(event, repository)
            plan = plan._replace(settings=base, base=base)
        if chosen == "all":
            return plan
        return plan._replace(range=chosen, why=f"the range {chosen}, as asked for")
    if event.name == "push":
        return _push(event, repository)
    if event.is_change:
        return _change(event, repository)
    settings = _present(event.sha, repository)
    return Plan(None, settings, None, f"the whole history, on {event.name}")


def _push(event: Event, repository: Repository) -> Plan:
    short = event.ref.removeprefix("refs/heads/").removeprefix("refs/tags/")
    if event.new is None:
        return Plan(((), ()), None, None, f"{short} was deleted: nothing to scan")
    new, settings = _present(event.new, repository), _present(event.sha, repository)
    if event.old is not None and has_commit(event.old, repository):
        return Plan(((new,), (event.old,)), settings, None, f"what this push adds to {short}")
    default = event.default_branch
    is_default = event.ref == f"refs/heads/{default}"
    known = None if default is None or is_default else _remote_branch(default, repository)
    if event.old is None:
        what = f"{short} is new"
    else:
        what = f"{short} was replaced, and what it was before ({event.old[:12]}) is not here"
    if known is None:
        return Plan(((new,), ()), settings, None, f"{what}: all of its history")
    return Plan(((new,), (known,)), settings, None, f"{what}: what {default} lacks")


def _change(event: Event, repository: Repository) -> Plan:
    assert event.new is not None and event.old is not None  # noqa: PT018  (read_event saw to it)
    new = _present(event.new, repository)
    base = _base(event, repository)
    known = [base]
    if event.base_ref:
        tip = _remote_branch(event.base_ref, repository)
        known += [tip] if tip and tip != base else []
    kind = "merge group" if event.name == "merge_group" else "pull request"
    target = event.base_ref or "its base"
    return Plan(((new,), tuple(known)), base, base, f"what this {kind} adds to {target}")


def _base(event: Event, repository: Repository) -> str:
    """Return the commit that the change starts from, as the repository has it."""
    if event.old and has_commit(event.old, repository):
        return event.old
    tip = _remote_branch(event.base_ref, repository) if event.base_ref else None
    if tip is None:
        raise SourceError(
            f"the commit that this change is compared with ({(event.old or '')[:12]}) is not in"
            f" this checkout: {DEPTH}"
        )
    return tip


def _present(oid: str, repository: Repository) -> str:
    """Return the id.

    Raises:
        SourceError: there is no such object here.
    """
    try:
        repository.run("cat-file", "-e", oid)
    except SourceError as error:
        raise SourceError(
            f"the commit to scan ({oid[:12]}) is not in this checkout: {DEPTH}"
        ) from error
    return oid


def has_commit(oid: str, repository: Repository) -> bool:
    """Tell whether an object is here that is, or leads to, a commit."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", oid + "^{commit}")
    return bool(repository.run(*words, ok=(0, 1, 128)))


def _remote_branch(name: str, repository: Repository) -> str | None:
    """Return the commit of a branch as it was fetched, or None."""
    full = f"refs/remotes/origin/{name}^{{commit}}"
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", full)
    return repository.run(*words, ok=(0, 1, 128)).decode().strip() or None
