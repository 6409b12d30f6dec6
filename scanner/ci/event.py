"""The event that GitHub says it runs for: names and ids, checked, from a file and the environment."""

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from scanner.errors import UsageError

PULL_REQUESTS = ("pull_request", "pull_request_review", "pull_request_review_comment")


class Event(NamedTuple):
    """What happened.

    Attributes:
        name: as GitHub names it: ``push``, ``pull_request``, ``schedule``...
        ref: full name of the ref that was pushed or that the workflow runs on, or ``""``.
        sha: commit that the workflow runs on (of a pull request: GitHub's own merge of it).
        new, old: full object ids of the state after and before; None where the event has none, or
            where there was nothing (a new or a deleted ref).
        base_ref: short name of the branch that a pull request or merge group goes to, or None.
        default_branch: short name, or None if the event does not tell.
    """

    name: str
    ref: str
    sha: str
    new: str | None = None
    old: str | None = None
    base_ref: str | None = None
    default_branch: str | None = None

    @property
    def is_change(self) -> bool:
        """Whether it is about a change that somebody proposes: its settings do not count."""
        return self.name in PULL_REQUESTS or self.name == "merge_group"


def read_event(environment: Mapping[str, str]) -> Event:
    """Return the event that the variables and the event file tell about.

    Raises:
        UsageError: not a GitHub workflow, or the file is not what GitHub writes.
    """
    name = environment.get("GITHUB_EVENT_NAME", "")
    path = environment.get("GITHUB_EVENT_PATH", "")
    if not name or not path:
        raise UsageError("GITHUB_EVENT_NAME and GITHUB_EVENT_PATH are not set: no GitHub workflow")
    try:
        with open(path, encoding="utf-8") as file:
            payload = json.load(file)
    except OSError as error:
        raise UsageError(f"the event file cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError("the event file is not JSON") from error
    if not isinstance(payload, dict):
        raise UsageError("the event file is not a JSON object")
    sha = oid(environment.get("GITHUB_SHA"), "GITHUB_SHA")
    if sha is None:
        raise UsageError("GITHUB_SHA names no commit")
    ref = environment.get("GITHUB_REF", "")
    common = Event(name, ref, sha, default_branch=_text(payload, "repository", "default_branch"))
    if name == "push":
        if _text(payload, "after") is None:
            raise UsageError("the event file lacks after")  # zeros say that the ref was deleted
        return common._replace(
            ref=_text(payload, "ref") or ref,
            new=oid(_text(payload, "after"), "after"),
            old=oid(_text(payload, "before"), "before"),
        )
    if name in PULL_REQUESTS:
        return common._replace(
            new=_needed(payload, "pull_request", "head", "sha"),
            old=_needed(payload, "pull_request", "base", "sha"),
            base_ref=_text(payload, "pull_request", "base", "ref"),
        )
    if name == "merge_group":
        base = _text(payload, "merge_group", "base_ref") or ""
        return common._replace(
            new=_needed(payload, "merge_group", "head_sha"),
            old=_needed(payload, "merge_group", "base_sha"),
            base_ref=base.removeprefix("refs/heads/") or None,
        )
    return common


def oid(text: str | None, where: str) -> str | None:
    """Return a full object id, None for no id or zeros.

    Raises:
        UsageError: it is anything else.

    >>> oid("0" * 40, "before") is None, oid("ab" * 20, "after") == "ab" * 20
    (True, True)
    """
    if not text or not text.strip("0"):
        return None
    if len(text) not in (40, 64) or text.strip("0123456789abcdef"):
        raise UsageError(f"{where}: not an object id")
    return text


def _needed(payload: Mapping[str, Any], *keys: str) -> str:
    found = oid(_text(payload, *keys), ".".join(keys))
    if found is None:
        raise UsageError(f"the event file lacks {'.'.join(keys)}")
    return found


def _text(payload: Any, *keys: str) -> str | None:
    for key in keys:
        payload = payload.get(key) if isinstance(payload, dict) else None
    return payload if isinstance(payload, str) else None


def path_below(folder: str, name: str, what: str) -> str:
    """Return the absolute path of ``name`` in ``folder``.

    Raises:
        UsageError: it leads out of the folder.
    """
    top = os.path.realpath(folder)
    full = os.path.realpath(os.path.join(top, name))
    if full != top and os.path.commonpath([full, top]) != top:
        raise UsageError(f"{what}: {name!r} is outside the workspace")
    return full
