"""What the words and the code around a value say that it is: a role, what it is worth, and why."""

import re

from scanner.context.around.binding import Binding
from scanner.context.literals.beside import hands_out
from scanner.context.names import roles
from scanner.context.names.calls import takes_pair, takes_public
from scanner.context.names.languages import caption_of, is_bare_key
from scanner.context.names.prose import kind_in_prose
from scanner.judges.fitting import ROLE_NAMED, ROLE_PROSE, ROLE_SHORT, Role
from scanner.judges.forms import PARTS
from scanner.judges.telling import clip
from scanner.lazy import lazy_compile
from scanner.models import Evidence

_PROSE = lazy_compile(
    r"^[^\W\d_](?:[\w ]{2,40}|[\w .\-()/'’]{1,40} [\w .\-()/'’]{0,30})[ ]?[:：=]$"
    r"|^(?=.{0,40}[^\x00-\x7f])[\w \-()/'’]{2,40}[:：=]$"
)
_OF_CLIENT = (("client", "credentials"), ("client", "credential"))
_SIGNS = lazy_compile(r"(?i)signer|hmac|^sign")
_HMACS = (("hmac.new", 0), ("HMAC.new", 0), ("Hmac.new", 0), ("hmac.New", 1))
"""Calls and which of their arguments is the key; Go's is passed the hash first."""
_FROM_SEED = lazy_compile(r"(?i)key(?:s|_?pair)?(?:_|\.|::)?from_?(?:seed|secret|priv)")
_FROM_SECOND = ("from_private_key", "fromPrivateKey", "from_secret_key", "fromSecretKey")
"""Calls that may be passed a client, or a curve, before the key."""
_CHANGES = lazy_compile(
    r"(?i)(?:delete|remove|update|show|find|cancel|retrieve|list)_?(?:web_?hook|api_?key|token|secret|credential)s?$"
)
"""Calls that are passed the id of what they delete or look up: ``deleteWebHook``."""
_SCHEME = lazy_compile(
    r"(?i)\bbearer$|\bauthorization[\"']{0,2}[ ]?[:,=][ ]?[\"']?(?:token|apikey|api-key|key|bot|oauth)$"
)
"""What stands before the token of a header, up to it: ``-H "Authorization: Bearer``."""
_OF_WHOM = lazy_compile(
    r"(?i)[a-z]{2} (?:user|tenant|customer|member|subscriber|visitor|organi[sz]ation|session|request|order|job)$"
)
"""The last word before a value that is the id of somebody: ``the private key was rotated for tenant``."""
_SIGNED = lazy_compile(r"(?i)\bsign(?:ed|s|ing)? (?:with|by|using)\b")
_CAPTION = lazy_compile(
    r"[^\x00-\x7f]\s?[:：]\s?[\"'`“「]?$|(?:парол[ьея]|密码|密碼|パスワード|비밀번호|암호)(?:\s?[=是は]|는|은)?\s?$"
    r"|(?i:\b(?:password|passphrase|passwort|contraseña|senha) (?:is|lautet|ist|es|é))[: ]*[\"'`]?$"
)
"""Words that are a caption, as names are: ``密码：``, ``the password is``."""


def role_of(binding: Binding, openers: tuple[str, ...]) -> Role:
    """Return what the binding says that the value is."""
    name = binding.name
    kind = roles.kind_of(name) if name else None
    if kind:
        parts = roles.words(name)
        is_short = parts[-1] in ("key", "pass", "seed", "auth", "pk") and len(parts) == 1
        is_short = is_short or is_bare_key(name)
        points = ROLE_SHORT if is_short else ROLE_NAMED
        return Role(kind, points, Evidence("name", f"bound to {clip(name)}"))
    if binding.how == "assignment" and name.lower() == "api":
        return Role("api_key", ROLE_SHORT, Evidence("name", f"bound to {clip(name)}"))
    if binding.callee and not takes_public(binding.callee):
        last = re.split(r"[.:>\\]", binding.callee)[-1]
        kind = roles.kind_of(last)
        if _is_client_id(name, last, binding.place):
            return Role()
        if takes_pair(binding.callee) and 0 <= binding.place < len(PARTS):
            kind = PARTS[binding.place]
            return Role(kind, ROLE_NAMED, Evidence("name", f"argument of {clip(binding.callee)}"))
        is_first = binding.place == 0 or (binding.place == 1 and last in _FROM_SECOND)
        if kind and is_first and not hands_out(last) and not _CHANGES.match(last):
            return Role(kind, ROLE_NAMED, Evidence("name", f"argument of {clip(binding.callee)}"))
        if _FROM_SEED.search(binding.callee) and binding.place == 0:
            return Role(
                "private_key", ROLE_NAMED, Evidence("name", f"argument of {clip(binding.callee)}")
            )
        if _SIGNS.search(last) or binding[2:4] in _HMACS:
            return Role(
                "api_secret", ROLE_PROSE, Evidence("name", f"signs: {clip(binding.callee)}")
            )
    if not name and _SCHEME.search(binding.label):
        return Role("token", ROLE_NAMED, Evidence("words", "behind the scheme of a header"))
    return _in_words(binding) or _around(binding, openers) or Role()


_HEADS = lazy_compile(
    r"(?i)[\s*#>\-\d.)]{0,6}(?:api[ _-]?(?:key|secret(?:[ _-]?key)?|token|passphrase)|secret(?:[ _-]?key)?"
    r"|access[ _-]?(?:key|token)|private[ _-]?key|passphrase)[\s*:：]{0,4}"
)
"""A line that is nothing but a name, as pages of exchanges show it above a key."""


def _is_client_id(name: str, call: str, place: int) -> bool:
    """Tell whether an argument is a client's id: by its name, or first of the client's credentials (RFC 6749, 2.3.1).

    >>> _is_client_id("", "ClientCredentials", 0), _is_client_id("client_id", "setCredentials", 1)
    (True, True)
    """
    if name:
        return roles.words(name)[-2:] == ("client", "id")
    parts = roles.words(call)
    return place == 0 and parts[-2:] in _OF_CLIENT and "service" not in parts


def _in_words(binding: Binding) -> Role | None:
    """Return the role that prose before the value or a comment behind it gives."""
    label = binding.label
    if binding.how != "above" and _OF_WHOM.search(label):
        return None
    if label and (not binding.name or _PROSE.search(label)):
        kind = kind_in_prose(label)
        if kind and binding.how == "above" and _HEADS.fullmatch(label):
            return Role(kind, ROLE_NAMED, Evidence("name", f"the line above is {clip(label)}"))
        if kind:
            where = "the line above" if binding.how == "above" else "the words before it"
            words = f"{where} name a {kind.replace('_', ' ')}"
            is_named = _CAPTION.search(label) or caption_of(label)
            points = ROLE_NAMED if is_named else ROLE_PROSE
            return Role(kind, points, Evidence("words", words))
        if _SIGNED.search(label):
            return Role("api_secret", ROLE_PROSE, Evidence("words", "something is signed with it"))
    if binding.remark and not binding.name:
        kind = kind_in_prose(binding.remark)
        if kind:
            words = f"the remark behind it names a {kind.replace('_', ' ')}"
            return Role(kind, ROLE_PROSE, Evidence("words", words))
    return None


def _around(binding: Binding, openers: tuple[str, ...]) -> Role | None:
    """Return the role of a member such as ``apiKey: { v4: "..." }``: the outer name gives it."""
    if not (binding.how == "assignment" and openers and len(binding.name) <= 4):
        return None
    outer = roles.words(openers[0])[-2:]
    kind = roles.kind_of("_".join(outer))
    if kind is None:
        return None
    return Role(kind, ROLE_PROSE, Evidence("name", f"bound within {clip(' '.join(outer))}"))
