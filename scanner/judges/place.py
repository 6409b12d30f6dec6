"""What the place of a value says: that it is no secret, or that it is one where its variable goes."""

from collections.abc import Callable

from scanner.context.around.addresses import in_address
from scanner.context.around.binding import Binding
from scanner.context.around.signing import why_signed
from scanner.context.layout import columns
from scanner.context.layout.block import Block
from scanner.context.layout.records import is_id, is_key_of_row, is_record
from scanner.context.names import roles
from scanner.context.names.calls import takes_ids
from scanner.context.names.things import is_thing, lists_ids, names_signature
from scanner.context.values.captions import is_caption, is_said, names_secret
from scanner.context.values.ids import is_evm_address, is_word_on_chain
from scanner.context.values.notations import is_algorithm
from scanner.judges.fitting import CHOSEN, Fit, Role
from scanner.judges.forms import has_exact_length, has_shape, is_all_kinds
from scanner.lazy import lazy_compile
from scanner.models import Match
from scanner.shapes import is_mixed

_SIGNATURE = lazy_compile(
    r"(?i)[-_ ]sign\b[^:=]{0,16}[:=]?\W{0,4}$|\bsignature\b[^:=]{0,16}[:=]?\W{0,4}$"
)
_ON_SOLANA = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{86,88}")
"""A signature of a transaction, 64 bytes in base58; a pair of keys of that form has a checksum."""
_SECTION = lazy_compile(rb":[ \t]*\r?(?:\n|\Z)")
_SETS_HEADER = lazy_compile(r"(?i)headers?(?:(?:\.|->)(?:set|add|append|put))?$")
_HEADER = lazy_compile(rb"[\"'`]([A-Za-z][\w\-]{1,60})[\"'`]\s{0,3},\s{0,8}[\"'`]\Z")
_MARKET = lazy_compile(
    rb"(?:[_\W]|(?<=[\"'`]))[A-Z0-9]{2,10}[/\-](?:USD[TC]?|BUSD|BTC|ETH|EUR|INR)(?![A-Za-z0-9])"
)
"""A pair that is traded, in a key of prices or orders: ``binance_p2p_USDT/INR``."""
_LONGEST_CHOSEN = 15
"""Digits of a longest number that somebody chose: ids of orders have more."""
_COMMIT = lazy_compile(rb"[\[(](?:[0-9a-f]{7,12}|[0-9a-f]{40})[\])]")
"""How lists of changes name the commit behind each, in brackets."""
_EXPECTS = lazy_compile(r"(?:[Ee]quals?(?:To)?|toBe|AreSame|ObjectI[dD])$")
"""Calls whose arguments are what a test expects, or an id of a document."""
_LISTED_FOR = lazy_compile(r"([\w.:$>\-]{1,100})\(\s*$")
"""The call that a list is handed to: ``cancel_orders([``."""
_ACCOUNT = lazy_compile(rb'"(?:codeHash|storageHash)"')
"""Members of an account in a dump of a chain's state; its ``key`` is the hash of the address."""
_REPLIES = lazy_compile(
    r"(?:\b(?:reply|respond(?:With)?|mock(?:Resolved|Return)Value(?:Once)?|mockResponse(?:Once)?)"
    r"\((?:\s*\d{3}\s*,)?\s*(?:JSON\.stringify\(\s*)?|\breturn_value\s?=\s?)$"
)
"""What a test lets a service answer, up to the object: ``nock(url).get(path).reply(200, {``."""
_SECRET = lazy_compile(rb"(?i)secret|pass|priv|token")
_SK = lazy_compile(rb"(?i)\bsk[\"']?\s{0,3}[:=]")

_MEMBER = lazy_compile(rb"[(, \t\n][a-z_]\w{0,30}(?:\.[A-Za-z_]\w{0,40}){1,4}")
"""What a call is passed without quotes: ``unpack(r.vaultV2ABI, data)``."""
_DEPOSIT = lazy_compile(rb"(?i)[\"'](?:deposit_?|withdraw(?:al)?_?|to_?)?address[\"']\s{0,2}:")


def why_not(data: bytes, match: Match, binding: Binding, block: Block, role: Role) -> str | None:
    """Return why the place of a value says that it is an id, an address or a hash; None if not."""
    if not binding.name and _COMMIT.fullmatch(data, match.start - 1, match.end + 1):
        return "a commit"
    if is_evm_address(data, match.start, match.end):
        return "an address"
    if binding.how == "argument" and _MEMBER.fullmatch(data, match.start - 1, match.end):
        return "a member of an object"
    reason = why_signed(data, match.start, binding.callee, binding.place)
    if reason is not None:
        return reason
    is_said = role.evidence is not None and role.evidence.what == "words"
    if "@" in binding.name or (match.rule.pattern is None and (role.kind is None or is_said)):
        reason = in_address(data, match.start, match.end)
        if reason is not None:
            return reason
    if _SECTION.match(data, match.end) and not _line_before(data, match.start).strip(b" \t-"):
        return "the name of a section"
    if role.kind not in CHOSEN and _is_market(data, match):
        return "a market"
    if role.kind == "token" and is_word_on_chain(data, match.start, match.end):
        return "a hash or a number of a chain"
    if is_said and role.kind in ("passphrase", "password") and _is_number(data, match):
        return "an id of an order or the like"
    if is_said and _shows_public(binding):
        return "what the code before it gives: an address or a hash"
    if role.kind is None:
        if not binding.name and _SIGNATURE.search(binding.label):
            return "a signature"
        if names_signature(binding.label) or _ON_SOLANA.fullmatch(data, match.start, match.end):
            return "a signature"
        if is_thing(binding.name) and _is_digits(data, match, binding.name):
            return "an id or a digest of something else"
        if _SETS_HEADER.search(binding.callee) and binding.place == 1:
            header = _HEADER.search(data, *_before(match.start))
            if header is not None and roles.is_public(header[1].decode()):
                return "a header that is public by its name"
        if block.openers and lists_ids(block.openers[0]):
            return "one of a list of ids"
        listed_for = _LISTED_FOR.search(block.openers[0]) if block.openers else None
        callee = binding.callee or (listed_for[1] if listed_for else "")
        if takes_ids(callee) or _EXPECTS.search(callee):
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
    if binding.name.lower() == "key" and _is_answered(data, match, block):
        return "the key of a record, in an answer that a test makes up"
    if binding.name.lower() == "memo" and _DEPOSIT.search(data, block.start, block.end):
        return "the tag of a deposit"
    if binding.name.lower() == "pk" and _SK.search(data, block.start, block.end):
        return "the public half beside the secret one"
    return None


def why_no_choice(data: bytes, match: Match, name: str) -> bool:
    """Tell whether a value without quotes is no passphrase: a word of a sentence, or a variable of that name.

    ``Memo: p.Memo``, ``tx.memo = xdrMemo``, ``OKX_PASSPHRASE: Kennwort des Kontos``.
    """
    if data[match.start - 1 : match.start] in (b'"', b"'"):
        return _NAMES_NEXT.match(data, match.end) is not None
    value = data[match.start : match.end]
    if value.isalpha() and _IN_TEXT.search(data, *_before(match.start)):
        return True
    if is_algorithm(value) or _MEMBER_OR_END.fullmatch(data, match.start - 1, match.end):
        return True
    is_said_there = is_said(data, match.start, match.end)
    in_sentence = _IN_SENTENCE.search(data, *_before(match.start)) is not None
    if is_caption(value) and (names_secret(value) or is_said_there or in_sentence):
        return True
    if is_said_there and in_sentence and value.isalpha() and value.islower():
        return True  # a word of another language, with words before and behind it
    parts = roles.words(value.decode("latin-1"))
    return (
        len(parts) > 1
        and parts[-1].isalpha()
        and not any(48 <= byte <= 57 for byte in value)
        and not {*roles.words(name)[-1:]}.isdisjoint(parts)
    )


_NAMES_NEXT = lazy_compile(rb"[\"'][ \t]{0,8}=>")
"""What follows the name of a member of an array: ``'kennphrase' => '...'``."""


def _shows_public(binding: Binding) -> bool:
    """Tell whether a remark shows what the code before it gives, and its name says that all may see it.

    ``print(wallet.key().address)  # 1A...``; ``tx_hash = key.send(...)`` above ``# 9d...``.
    """
    found = _GIVEN_ABOVE.match(binding.label) if binding.how == "above" else None
    found = found or _GIVES.search(binding.label)
    return found is not None and roles.is_public(found[1])


_GIVES = lazy_compile(r"\.(\w{2,40})(?:\(\))?\)?;?[ \t]{1,8}(?:#|//)[ \t]{0,4}$")
_GIVEN_ABOVE = lazy_compile(
    r"\s{0,40}(?:(?:const|let|var|auto)[ ])?(\w{2,40})[ ]?:?=[ ]?[^=\s]{1,80}\("
)


def _before(start: int) -> tuple[int, int]:
    return max(0, start - 80), start


def _is_market(data: bytes, match: Match) -> bool:
    found = _MARKET.search(data, match.start, match.end + 8)
    return found is not None and found.start() < match.end


def _line_before(data: bytes, start: int) -> bytes:
    low = max(0, start - 200)
    return data[max(data.rfind(b"\n", low, start) + 1, low) : start]


_MEMBER_OR_END = lazy_compile(
    rb",[A-Za-z_$]+:[A-Za-z_$]+(?:\??\.[A-Za-z_$?.]*)?|\|[\w-]+/[dgimsuvy]{1,6}"
)
"""``,title:m`` of an object in code, and the end of an expression such as ``/passphrase|hash/iu``."""
_IN_TEXT = lazy_compile(
    rb"[\"'`][^\"'`\n]{0,70}(?:[\xc3-\xc9][\x80-\xbf]|\xe1[\xb8-\xbb][\x80-\xbf])[^\"'`\n]{0,70}[ ]\Z"
)
"""The beginning of a text in quotes whose words have letters with marks, as captions of Turkish or Vietnamese have."""
_IN_SENTENCE = lazy_compile(
    rb"[A-Za-z\x80-\xff]{2,20} (?!(?:is|ist|lautet|es|was|war)[ ])[a-z\x80-\xff]{2,12}[ ]\Z"
)
"""Two words before a value, the nearer in small letters: ``Kennwort des Kontos``."""


def _is_number(data: bytes, match: Match) -> bool:
    value = data[match.start : match.end]
    return value.isdigit() and len(value) > _LONGEST_CHOSEN


def _is_digits(data: bytes, match: Match, name: str) -> bool:
    """Tell whether a value has no letters of both cases; what is bound to a session is nothing else at all."""
    return not is_mixed(data[match.start : match.end]) or roles.words(name)[-1] == "session"


def _is_answered(data: bytes, match: Match, block: Block) -> bool:
    """Tell whether an id or a digest is what a test lets a service answer, with no secret beside it."""
    return (
        any(_REPLIES.search(opener) for opener in block.openers[:3])
        and not is_mixed(data[match.start : match.end])
        and not _SECRET.search(data, block.start, block.end)
    )


def is_id_of_record(data: bytes, match: Match, binding: Binding, block: Block) -> bool:
    """Tell whether a value that no name binds stands in a record of orders or the like, where ids do."""
    if binding.how == "column" and is_id(binding.name):
        return True
    return is_record(data, match.start, (block.heading, *block.openers))


def has_secret_beside(data: bytes, match: Match, name: str) -> bool:
    """Tell whether the secret of an id is near, by the same name: ``MB_API_SECRET`` for ``MB_API_ID``."""
    if not name[:-2].isascii() or len(name) <= _SHORTEST_NAME:
        return False
    near = data[max(0, match.start - _BESIDE) : match.end + _BESIDE].lower()
    return (name[:-2].lower() + "secret").encode() in near


_BESIDE, _SHORTEST_NAME = 300, 5


def is_key_of_record(data: bytes, match: Match, binding: Binding, best: Fit | None) -> bool:
    """Tell whether a value in a column ``key`` or ``order_key`` is what its row is found by.

    A form of letters of both cases that one system alone has is a key all the same.
    """
    if binding.how != "column" or roles.words(binding.name)[-1:] != ("key",):
        return False
    value = data[match.start : match.end]
    names = columns.beside(data, match.start)
    if is_key_of_row(binding.name, names):
        return not (best and is_all_kinds(value) and has_exact_length(best.rule, value))
    is_lone = binding.name.lower() == "key" and not any(
        roles.kind_of(name) for name in names if name != binding.name
    )
    return is_lone and best is not None and not has_shape(best.rule, value)


_HASH = lazy_compile(rb"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})")
"""What a table of users has for passwords: MD5, SHA-1, SHA-256 and SHA-512."""
_HANDED = lazy_compile(
    rb"(?<![\w.])[\"']?([A-Za-z_][\w\-]{1,40})[\"']?[ ]{0,40}(?:=|:|=>)[ ]{0,40}\$?\Z"
)
_HANDED_END = lazy_compile(rb"[ \t]{0,4}[,)}\n\r;]")
_MOST_USES = 12


def used_below(data: bytes, match: Match, name: str, tells: Callable[[str], bool]) -> Match:
    """Return the match at the place below where its variable is handed on by a telling name.

    ``k = "..."``, then ``Client(api_key=k)``: there it is judged. The match itself if there is none. ``tells`` says
    of the other name whether it is that of a key. Handed on by its own name (``key=key``) it is judged where it is.
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
        if found is not None and found[1] != word and tells(found[1].decode()):
            return match._replace(start=at, end=at + len(word))
    return match
