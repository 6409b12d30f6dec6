"""What a scan found, written down without the secrets, and made again from the blobs without a search.

A record says where in which blob which rule matched and why: what is the same as long as the blob, the
rules and this program are, for which the state answers. A secret that stands in the blob as it is, is read
there again. What only a decoder sees is *sealed*: mixed with a hash of the whole blob, as are fingerprints
of short secrets, which cost 50 ms each. Who can open a seal has the blob, and with it the secret; who
only guesses at the blob has its id to compare with, which costs less.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from scanner.context.layout.lines import line_of
from scanner.context.values.hiding import hidden
from scanner.digests import blake2b, shake_256
from scanner.models import Draft, Evidence, Match, Occurrence, Origin, Rule, Skipped
from scanner.redaction import keep_fingerprint, kept_fingerprint
from scanner.repository import ObjectReader, Repository

_NONCE_BYTES = 16
RuleOf = Callable[[str], Rule | None]
"""Gives the rule of an id, None if there is none."""


class Remade(NamedTuple):
    """Drafts made again.

    Attributes:
        drafts: as the detector made them; of their evidence what may be a secret is hidden.
        hashes: of the blobs that were read, if something was sealed with them, by id.
        skipped: blobs that could not be read.
    """

    drafts: list[Draft]
    hashes: dict[str, bytes]
    skipped: list[Skipped]


def recorded(
    repository: Repository, found: Iterable[Draft], rule_of: RuleOf | None
) -> tuple[dict[str, list[Any]], set[str]]:
    """Return records of drafts by the id of their blob, and the ids of objects that have others too."""
    made: dict[str, list[Any]] = {}
    partly: set[str] = set()
    decoded: dict[str, list[tuple[Draft, list[Any]]]] = {}
    for draft in found:
        record = _record(draft, rule_of)
        oid = draft.origin.blob or draft.origin.commit or ""
        if record is None:
            partly.add(oid)
            continue
        made.setdefault(oid, []).append(record)
        if not is_plain(draft):
            decoded.setdefault(oid, []).append((draft, record))
    hashes = blob_hashes(repository, set(decoded))
    for oid, drafts in decoded.items():
        if oid not in hashes:
            del made[oid]
            partly.add(oid)
            continue
        for draft, record in drafts:
            record[-1] = _sealed(hashes[oid], draft)
    return made, partly


def is_plain(draft: Draft) -> bool:
    """Tell whether a draft stands in its blob as it is, with its partners."""
    return draft.spots is not None and not draft.layers


def key_of(oid: str, record: list[Any]) -> list[Any]:
    """Return what tells a recorded draft among all of one scan, as ``state`` has it."""
    return [oid, record[0][0], list(record[7]), list(record[4][0])]


def _record(draft: Draft, rule_of: RuleOf | None) -> list[Any] | None:
    match, origin = draft.match, draft.origin
    rule = rule_of(match.rule.id) if rule_of is not None else None
    if (
        rule is None
        or rule._replace(system=match.rule.system) != match.rule
        or origin != Origin("blob", None, origin.blob)
        or match.rejected is not None
        or any(place[4:] != (origin.blob, None, None) for place in draft.occurrences)
    ):
        return None
    evidence = [(what, hidden(detail)) for what, detail in match.evidence]
    if any(hidden(detail) != detail for _, detail in evidence):
        return None
    places = [place[:4] for place in draft.occurrences]
    span = (match.start, match.end, match.score)
    about = (match.rule.id, match.rule.system)
    spots = draft.spots if is_plain(draft) else ()
    return [about, span, evidence, match.partners, places, draft.marks, spots, draft.layers, None]


def remade(
    reader: ObjectReader,
    records: dict[str, list[Any]],
    rule_of: RuleOf | None,
    sealed: Collection[str],
) -> Remade | None:
    """Return the drafts of records, read from their blobs; None if they do not fit the rules.

    ``sealed``: ids of blobs whose hashes open what is kept apart from the records.
    """
    made = Remade([], {}, [])
    for answer in reader.read_each(records):
        if answer.data is None or answer.type != "blob":
            detail = f"what an earlier scan found in it cannot be read: {answer.error}"
            made.skipped.append(Skipped(None, None, answer.oid, "error", detail))
            continue
        if answer.oid in sealed:
            made.hashes[answer.oid] = _hash(answer.data)
        for record in records[answer.oid]:
            try:
                draft = _draft(answer.oid, answer.data, record, rule_of)
            except (ValueError, TypeError, IndexError, AttributeError):
                draft = None  # not what this program writes, or another blob
            if draft is None:
                return None
            made.drafts.append(draft)
    return made


def _draft(oid: str, data: bytes, record: list[Any], rule_of: RuleOf | None) -> Draft | None:
    about, (start, end, score), evidence, partners, places, marks, spots, layers, sealed = record
    rule = rule_of(about[0]) if rule_of is not None else None
    if rule is None or not 0 <= start < end or not (sealed or end <= len(data)):
        return None
    match = Match(
        rule._replace(system=about[1]),
        start,
        end,
        score,
        tuple(Evidence(*one) for one in evidence),
        None,
        tuple((low, high) for low, high in partners),
    )
    if sealed:
        secret, others, lines = _opened(_hash(data), sealed)
    else:
        secret, others = data[start:end], [data[low:high] for low, high in match.partners]
        lines = list(dict.fromkeys(line_of(data, spot) for spot in spots))
    return Draft(
        match,
        secret,
        Origin("blob", None, oid),
        tuple(Occurrence(line, column, last, stop, oid) for line, column, last, stop in places),
        tuple(layers),
        tuple(others),
        tuple(marks),
        lines=tuple(lines),
        spots=None if sealed else tuple(spots),
    )


def _sealed(blob_hash: bytes, draft: Draft) -> str:
    """Return the secret, its partners and its lines, in base64 that the hash of the blob opens."""
    texts = [draft.secret, *draft.partners], draft.lines
    plain = json.dumps([[one.decode("latin-1") for one in some] for some in texts]).encode()
    return seal(blob_hash, plain)


def _opened(blob_hash: bytes, sealed: str) -> tuple[bytes, list[bytes], list[bytes]]:
    """Return secret, partners and lines.

    Raises:
        ValueError: the hash is another blob's.
    """
    texts, lines = json.loads(_open(blob_hash, sealed))
    secret, *partners = [one.encode("latin-1") for one in texts]
    return secret, partners, [one.encode("latin-1") for one in lines]


def seal(blob_hash: bytes, content: bytes) -> str:
    """Return bytes mixed with a stream that only the blob gives, in base64.

    Each with a nonce of its own: of two under one stream each would tell about the other.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return b64encode(nonce + _keyed(blob_hash, nonce, content)).decode()


def _open(blob_hash: bytes, sealed: str) -> bytes:
    content = b64decode(sealed)
    return _keyed(blob_hash, content[:_NONCE_BYTES], content[_NONCE_BYTES:])


def _keyed(blob_hash: bytes, nonce: bytes, content: bytes) -> bytes:
    stream = shake_256(b"keysweep seal 1" + blob_hash + nonce).digest(len(content))
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))


def sealed_in(
    repository: Repository, placed: Iterable[tuple[str, bytes, str]]
) -> dict[tuple[str, bytes, str], str]:
    """Return the sealed fingerprints of (blob id, secret, path), of those whose making costs time."""
    wanted = {one: mark for one in placed if (mark := kept_fingerprint(one[1], one[2]))}
    hashes = blob_hashes(repository, {oid for oid, _, _ in wanted})
    return {
        one: seal(hashes[one[0]], bytes.fromhex(mark))
        for one, mark in wanted.items()
        if one[0] in hashes
    }


def blob_hashes(repository: Repository, oids: set[str]) -> dict[str, bytes]:
    """Return what opens the fingerprints that were sealed with these blobs, by id."""
    with ObjectReader(repository) as reader:
        answers = reader.read_each(sorted(oids))
        return {answer.oid: _hash(answer.data) for answer in answers if answer.data is not None}


def unseal(blob_hash: bytes, secret: bytes, path: str, sealed: str) -> None:
    """Keep the fingerprint of a secret at a path for who asks for it in this run."""
    keep_fingerprint(secret, path, _open(blob_hash, sealed).hex())


def _hash(data: bytes) -> bytes:
    return blake2b(data, digest_size=32, person=b"keysweep seal 1").digest()
