"""What the place of a value says: that it is no secret, or that it is one where its variable goes."""

import re

from scanner.context import roles
from scanner.context.binding import Binding
from scanner.context.block import Block
from scanner.context.records import is_id, is_record
from scanner.judges.fitting import Role
from scanner.lazy import lazy_compile
from scanner.models import Match

_SIGNATURE = lazy_compile(
    r"(?i)[-_ ]sign\b[^:=]{0,16}[:=]?\W{0,4}$|\bsignature\b[^:=]{0,16}[:=]?\W{0,4}$"
)
_COMMIT = lazy_compile(rb"[\[(](?:[0-9a-f]{7,12}|[0-9a-f]{40})[\])]")
"""How lists of changes name the commit behind each, in brackets."""
_QUERIES = lazy_compile(
    r"(?:get|fetch|cancel|query|delete|find|describe|update|check)(?:_[a-z]+|[A-Z][a-z]+)+$"
)
_MAKES = lazy_compile(r"(?i)(?:client|exchange|api|session|instance|connection|service|adapter)$")
"""Calls that ask for a thing by its id, and what they would ask for if they took keys."""
_HANDLES = lazy_compile(r"(?:[Oo]rders?|[Ee]quals?(?:To)?|toBe|AreSame)$")
"""Calls whose arguments are the ids of orders, or what a test expects."""
_ACCOUNT = lazy_compile(rb'"(?:codeHash|storageHash)"')
"""Members of an account in a dump of a chain's state; its ``key`` is the hash of the address."""
_SK = lazy_compile(rb"(?i)\bsk[\"']?\s{0,3}[:=]")


def why_not(data: bytes, match: Match, binding: Binding, block: Block, role: Role) -> str | None:
    """Return why the place of a value says that it is an id, an address or a hash; None if not."""
    if not binding.name and _COMMIT.fullmatch(data, match.start - 1, match.end + 1):
        return "a commit"
    if role.kind is None:
        if not binding.name and _SIGNATURE.search(binding.label):
            return "a signature"
        last = re.split(r"[.:>]", binding.callee)[-1]
        asks = "." in binding.callee and _QUERIES.match(last) and not _MAKES.search(last)
        if last and (asks or _HANDLES.search(last)):
            return "an id or what a test expects"
        return None
    if (
        binding.how == "column"
        and role.kind == "password"
        and _HASH.fullmatch(data[match.start : match.end])
    ):
        return "a password hash"
    if binding.name.lower() == "key" and _ACCOUNT.search(data, block.start, block.end):
        return "the hash of an account's address"
    if binding.name.lower() == "pk" and _SK.search(data, block.start, block.end):
        return "the public half beside the secret one"
    return None


def is_id_of_record(data: bytes, match: Match, binding: Binding, block: Block) -> bool:
    """Tell whether a value that no name binds stands in a record of orders or the like, where ids do."""
    if binding.how == "column" and is_id(binding.name):
        return True
    return is_record(data, match.start, (block.heading, *block.openers))


_HASH = lazy_compile(rb"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})")
"""What a table of users has for passwords: MD5, SHA-1, SHA-256 and SHA-512."""
_HANDED = lazy_compile(
    rb"(?<![\w.])[\"']?([A-Za-z_]\w{1,40})[\"']?[ ]{0,40}(?:=|:|=>)[ ]{0,40}\$?\Z"
)
_HANDED_END = lazy_compile(rb"[ \t]{0,4}[,)}\n\r;]")
_MOST_USES = 12


def used_below(data: bytes, match: Match, name: str) -> Match:
    """Return the match at the place below where its variable is handed on by a telling name.

    ``k = "..."``, then ``Client(api_key=k)``: there it is judged. The match itself if there is none.
    """
    if not name.isidentifier() or len(name) > 16:
        return match
    word, at, stop = name.encode(), match.end, match.end + 3000
    for _ in range(_MOST_USES):
        at = data.find(word, at + 1, stop)
        if at < 0:
            break
        if _HANDED_END.match(data, at + len(word)) is None:
            continue
        found = _HANDED.search(data, max(0, at - 60), at)
        if found is not None and roles.kind_of(found[1].decode()):
            return match._replace(start=at, end=at + len(word))
    return match
