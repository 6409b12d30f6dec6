"""The bytes that a history's secrets stand there as: what ``git filter-repo`` is to replace."""

from collections.abc import Iterable

from scanner.binary import is_binary
from scanner.fix.spans import cut, secret_at
from scanner.models import Finding
from scanner.redaction import fingerprint
from scanner.repository import ObjectReader, Repository

LEAST_ENCODED = 16
"""Characters: less could stand anywhere by chance."""


def secrets_of(
    repository: Repository, findings: Iterable[Finding]
) -> tuple[set[bytes], list[Finding]]:
    """Return the secrets as they stand in files and messages, and findings that keep no such form.

    The secret of a file in UTF-16 is among the first, since it may stand elsewhere too, and its finding among the
    second: filter-repo leaves such a file as it is.
    """
    secrets: set[bytes] = set()
    left: list[Finding] = []
    with ObjectReader(repository) as reader:
        for finding in findings:
            found, elsewhere = _forms(reader, finding)
            secrets |= found | elsewhere
            if not found:
                left.append(finding)
    return secrets, left


def _forms(reader: ObjectReader, finding: Finding) -> tuple[set[bytes], set[bytes]]:
    forms: set[bytes] = set()
    elsewhere: set[bytes] = set()
    path = finding.path or ""
    for place in finding.occurrences:
        oid = place.blob or finding.blob or place.commit or finding.commit
        if oid is None or finding.source == "archive-member":
            continue
        kind, content = reader.read(oid)
        if kind in ("commit", "tag"):
            content = content.partition(b"\n\n")[2]
        text = content.decode("utf-8", "surrogateescape")
        if kind == "blob" and is_binary(content):
            narrow = (cut(text, place) or "").replace("\0", "").encode("utf-8", "surrogateescape")
            if fingerprint(narrow, path) == finding.fingerprint:
                elsewhere.add(narrow)
            continue
        secret = secret_at(text, place, finding, path)
        if secret is None and finding.decoded:
            written = cut(text, place)
            secret = written if written and len(written) >= LEAST_ENCODED else None
        if secret is not None:
            forms.add(secret.encode("utf-8", "surrogateescape"))
    return forms, elsewhere
