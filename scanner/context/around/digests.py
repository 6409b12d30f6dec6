"""Digests and commits among words: forty digits at the end of ``- sonar: fix token parsing`` are no token.

Many services' keys are 32, 40 or 64 hexadecimal digits, and so are commits and checksums. What stands just before
them on their line tells: ``md5``, ``commit``, a sentence that goes on behind ``token``.
"""

from scanner.lazy import lazy_compile

_REACH = 200
"""Bytes before a value in which its line is read."""
_NEAR = 800
"""Bytes on both sides in which other commits make a list of changes."""

_DIGITS = lazy_compile(rb"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
_TELLS_DIGEST = (
    rb"\b(?:commit|revision|rev|sha-?(?:1|256|512)?|md5|checksum|digest|hash|trace|zone)"
)
_SAID_BEFORE = lazy_compile(
    rb"(?i)" + _TELLS_DIGEST + rb"(?:[ _-]id)?(?:[\"'],)?[ \t]{1,3}[`\"'(]{0,2}\Z"
    rb"|\b(?:sha-?(?:1|256|512)?|md5|checksum|digest|hash)(?:sum)? of [^\n]{1,80}[:=]?[ \t]*\Z"
)
_COMPUTED = lazy_compile(
    rb"(?i)(?:keccak|sha_?[0-9]|hexdigest|\bmd5|ripemd|namehash|\butils\.id|\bethers\.id|formatbytes32)\w{0,10}\([^\n]{0,120}\)?"
    rb"[ \t;)]{1,8}(?:\n[ \t]{0,20})?(?:(?:#|//|--)[ \t]{0,4}(?:(?:->|=>|=|\xe2\x86\x92)[ \t]{0,4})?|(?:=>|->)[ ]{1,4})[\"'`]?(?:0x)?\Z"
)
"""A remark behind a call that hashes something, or below it: ``sha256(...)  # ``."""
_SEEN_AT = lazy_compile(rb"(?i)[a-z,] (?:see|at|since|until|before|after|by)[ ]{1,2}[`\"']?\Z")
_PINNED = lazy_compile(rb"\buses:[ \t]{1,8}[\"']?[\w./\-]{3,160}@\Z")
"""An action that a workflow uses at one commit."""
_CELL = lazy_compile(
    rb"(?i)\|[ \t]*(?:[^|\n]{0,40}"
    + _TELLS_DIGEST
    + rb"(?:[ _-]id)?|(?:commit|revision)\b[^|\n]{0,40}?)"
    rb"[ \t]*\|(?:[^|\n]{0,60}\|)?[ \t`]*\Z"
)
_CHANGE = lazy_compile(
    rb"(?i)[ \t]*[-*+][ \t]+[^\n=]{0,120}\b(?:key|token|secret|password|credential)s?[ \t]+"
    rb"(?!(?:for|of|on|in|from|at|to|is|was|prod|live|stag|test|dev|new|old)[a-z]{0,8}\b)(?-i:[a-z])[^\n:=]{2,80}[ \t`(]\Z"
)
"""An item of a list whose words go on behind the telling one: ``- sonar: fix token parsing``."""
_CHANGED = lazy_compile(
    rb"(?i)\b(?:fix|add|remove|bump|update|upgrade|refactor|chore|feat|docs?|release|revert|support)"
)
_HASH_LINE = lazy_compile(rb"[ \t`(]([0-9a-f]{40})[`)]?[ \t\r]*(?:\n|\Z)")


def why_digest(data: bytes, start: int, end: int) -> str | None:
    """Return why hexadecimal digits are a commit or a digest: the words before them, or a list of changes.

    >>> why_digest(b"md5 of the api key: " + b"0f" * 16, 20, 52)
    'a digest or an id'
    """
    if _DIGITS.fullmatch(data, start, end) is None:
        return None
    near = data[max(0, start - 12) : start]
    if any(sign in near for sign in (b"#", b"//", b"=> ")) and _COMPUTED.search(
        data, max(0, start - _REACH), start
    ):
        return "a digest or an id"
    low = max(data.rfind(b"\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    before = data[low:start]
    if _SAID_BEFORE.search(before) or _CELL.search(before):
        return "a digest or an id"
    if end - start == 40 and (_SEEN_AT.search(before) or _PINNED.search(before)):
        return "a commit"
    if (
        end - start == 40
        and _CHANGE.fullmatch(before)
        and _HASH_LINE.match(data, start - 1, end + 4)
    ):
        others = set(_HASH_LINE.findall(data, max(0, start - _NEAR), end + _NEAR))
        if len(others) > 1 or _CHANGED.search(before):
            return "a commit"
    return None
