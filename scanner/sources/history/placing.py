"""The places of findings, kept without their secrets, and put together again with what was found anew."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from scanner.models import Draft, Occurrence, Origin
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.grouping import all_lines
from scanner.sources.history.records import parse_commit
from scanner.sources.history.told import sealed_in


def told_id(draft: Draft) -> str:
    """Return the id of the object a draft was found in, before attribution."""
    return draft.origin.blob or draft.origin.commit or ""


def _key(draft: Draft) -> list[Any]:
    """Return what tells a draft among all of one scan, without a word of its secret."""
    first = draft.occurrences[0]
    return [told_id(draft), draft.match.rule.id, list(draft.layers), list(first[:4])]


def _content(draft: Draft) -> tuple[Any, ...]:
    """Return all of a draft that attribution leaves as it is."""
    match = draft.match
    return (
        draft.secret,
        match.rule.id,
        match.rule.system,
        match.score,
        match.evidence,
        draft.partners,
    )


def name_of(draft: Draft) -> str:
    """Return what tells a draft as text, to look it up by."""
    return json.dumps(_key(draft))


def records(
    repository: Repository, found: Iterable[Draft], placed: Sequence[Draft]
) -> list[Any] | None:
    """Return the places of drafts without their secrets; None if one cannot be led back to what was found.

    Each: keys of the found drafts, spans, layers, origin, occurrences, marks, exposure, sealed fingerprint.
    """
    sources: dict[tuple[Any, ...], Draft] = {}
    versions: dict[bytes, list[Draft]] = {}
    for draft in found:
        sources.setdefault(_content(draft), draft)
        versions.setdefault(draft.secret, []).append(draft)
    chosen = [sources.get(_content(draft)) for draft in placed]
    named = [
        (told_id(source) if source else "", draft.secret, draft.origin.path or "")
        for draft, source in zip(placed, chosen, strict=True)
    ]
    sealed = sealed_in(repository, named)
    made = []
    for draft, source, name in zip(placed, chosen, named, strict=True):
        if source is None:
            return None
        match = draft.match
        made.append(
            [
                [_key(one) for one in _with_lines(draft, source, versions[draft.secret])],
                [match.start, match.end, match.partners],
                draft.layers,
                draft.origin,
                draft.occurrences,
                draft.marks,
                draft.exposure,
                sealed.get(name),
            ]
        )
    return made


def _with_lines(placed: Draft, source: Draft, versions: Iterable[Draft]) -> list[Draft]:
    """Return the found drafts that give all lines of a placed one, which allow-lists look at; ``source`` first."""
    chosen, lacking = [source], set(placed.lines).difference(source.lines)
    for draft in versions:
        if not lacking:
            break
        if not lacking.isdisjoint(draft.lines) and set(placed.lines).issuperset(draft.lines):
            chosen.append(draft)
            lacking.difference_update(draft.lines)
    return chosen


def placed_again(
    reader: ObjectReader, found: Iterable[Draft], placed: Iterable[Any]
) -> list[Draft] | None:
    """Return found drafts in the places of an earlier scan; None if they do not fit each other."""
    by_name = {name_of(draft): draft for draft in found}
    drafts: list[Draft] = []
    try:
        for keys, span, layers, origin, occurrences, marks, exposure, _ in placed:
            versions = [by_name[json.dumps(key)] for key in keys]
            draft = versions[0]
            start, end, partners = span
            match = draft.match._replace(
                start=start, end=end, partners=tuple((low, high) for low, high in partners)
            )
            drafts.append(
                draft.replaced(
                    match=match,
                    layers=tuple(layers),
                    origin=Origin(*origin),
                    occurrences=tuple(Occurrence(*place) for place in occurrences),
                    marks=tuple(marks),
                    exposure=exposure,
                    lines=all_lines(versions),
                )
            )
    except (KeyError, IndexError, ValueError, TypeError):
        return None
    return drafts if _tell_commits(reader, drafts) else None


def _tell_commits(reader: ObjectReader, drafts: list[Draft]) -> bool:
    """Add who and when to the drafts; False if a commit cannot be read."""
    wanted = sorted({draft.origin.commit for draft in drafts if draft.origin.commit is not None})
    infos = {}
    for answer in reader.read_each(wanted):
        if answer.type != "commit" or answer.data is None:
            return False
        infos[answer.oid] = parse_commit(answer.data).info
    for draft in drafts:
        draft.info = infos[draft.origin.commit] if draft.origin.commit is not None else None
    return True
