"""Say what to do about a leaked secret, in the order that saves the money.

First stop the harm (``stop``: delete the key, or move the funds of a wallet), then look for damage
and make a replacement, and only then clean up where the secret lay (``clean``): taking a secret out
of a commit never makes it secret again. A step is one or two short sentences in the imperative;
commands stand in backticks, ready to paste.
"""

from collections.abc import Mapping
from typing import NamedTuple

from scanner.lazy import lazy_compile
from scanner.models import COMPRESSED, Draft, Rule, System
from scanner.remediation.clean import Place, cleaning
from scanner.remediation.stop import stopping, unless_kept

_CLAUSE = lazy_compile(r"[.,:;`](?:\s|\Z)")
_FOR_SHOW = (
    "It lies among tests or examples. If the value is made up and opens nothing, nothing is lost:"
    " write `keysweep:allow` in a comment on its line, and stop here. Go on if it is real, or if you"
    " are not sure."
)


class Remediation(NamedTuple):
    """What to do about one finding.

    Attributes:
        revoke_url: page of the provider where the key is deleted, or None.
        steps: sentences in the order to do them, without numbers.
    """

    revoke_url: str | None
    steps: tuple[str, ...]


def remediate(
    rule: Rule,
    system: System | None,
    *,
    exposure: str,
    path: str | None = None,
    commit: str | None = None,
    source: str = "file",
    severity: str | None = None,
    is_paired: bool = False,
    is_for_show: bool = False,
    is_binary: bool = False,
) -> Remediation:
    """Return the page and the steps for a secret of ``rule`` found at this place.

    Args:
        rule: what it is.   system: whose it is, None for a generic rule.
        exposure: one of ``EXPOSURES``.
        path: as in the finding, None in messages.   commit: full object id or None.
        source: as in the finding's origin, or ``archive-member``.
        severity: of the finding, if judges moved it; else the rule's.
        is_paired: other parts of the same credential were found too.
        is_for_show: it lies in a folder of tests or examples, where many values are made up.
        is_binary: it is a piece of a file that is no text: one that keeps keys, or is compiled.
    """
    place = Place(exposure, path, commit, source, is_binary)
    clean = cleaning(rule, place)
    stop = stopping(rule, system, severity or rule.severity, is_paired=is_paired)
    first = (_FOR_SHOW,) if is_for_show else ()
    if exposure in ("worktree", "staged") and stop:
        # By its words: a report may write the last steps once for several secrets.
        target = _CLAUSE.split(clean[0], maxsplit=1)[0]
        unless = f'Only if no copy ever left this computer, skip to "{target}".'
        stop = unless_kept(stop, unless)
    stop = first + stop
    return Remediation(system.advice.page if system else None, stop + clean)


class RemediationAdviser:
    """Says what to do about a draft: the pipeline's adviser."""

    def __init__(self, systems: Mapping[str, System]) -> None:
        self._systems = systems

    def advise(self, draft: Draft) -> Remediation:
        """Return the page where the key is revoked, and the steps in order."""
        rule, origin = draft.match.rule, draft.origin
        is_member = any(":" in layer or layer in COMPRESSED for layer in draft.layers)
        return remediate(
            rule,
            self._systems.get(rule.system or ""),
            exposure=draft.exposure,
            path=origin.path,
            commit=origin.commit,
            source="archive-member" if is_member else origin.source,
            is_paired=bool(draft.partners),
            is_for_show=any(evidence.what == "examples" for evidence in draft.match.evidence),
            is_binary="pyc" in draft.layers
            or (rule.kind == "private_key" and not _is_text(draft.secret)),
        )


def _is_text(secret: bytes) -> bool:
    try:
        return b"\0" not in secret and bool(secret.decode())
    except UnicodeDecodeError:
        return False
