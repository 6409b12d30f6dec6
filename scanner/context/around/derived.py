"""What was made of a secret, or is its public half: keys that are encrypted, digests of tokens, keys to encrypt with.

A JWE's ``encrypted_key`` opens nothing without the key that wrapped it (RFC 7516, 7.2); GitHub answers a question
for the key of a repository's secrets with its public half alone: https://docs.github.com/en/rest/actions/secrets
"""

from scanner.context.names.roles import words
from scanner.context.values.encoded import is_line_of_text
from scanner.lazy import lazy_compile

_WRAPPED = lazy_compile(
    rb"[A-Za-z0-9_\-]{22,1400}|[A-Za-z0-9+/]{22,1400}={0,2}|eyJ[A-Za-z0-9_\-]{10,}(?:\.[A-Za-z0-9_\-]{0,2000}){4}"
)
_HEX = lazy_compile(rb"(?:0x)?[0-9a-fA-F]+")
_OF_SSH = lazy_compile(rb"(?:ssh-[a-z0-9]{3,8}|ecdsa-sha2-\w{5,20}) AAAA")
_COMPACT = lazy_compile(rb"eyJ[A-Za-z0-9_\-]{10,600}(?:\.[A-Za-z0-9_\-]{1,4000}){4}")
"""A JWE of five parts: header, wrapped key, initialization vector, ciphertext, tag (RFC 7516, 7.1)."""
_PUBLIC_REPLY = lazy_compile(
    rb"\bkey_id\\{0,3}[\"']?\s?(?::|=>)\s?\\{0,3}[\"']\d{15,22}\\{0,3}[\"']\s?,"
    rb"\s{0,20}\\{0,3}[\"']?key\\{0,3}[\"']?\s?(?::|=>)\s?\\{0,3}[\"']\Z"
)
# https://www.kucoin.com/docs-new/authentication: with KC-API-KEY-VERSION 2 and 3 the passphrase is signed by the secret.
_BYTES_32 = lazy_compile(rb"[A-Za-z0-9+/]{43}=?")
_DIGEST = lazy_compile(rb"[0-9a-fA-F]{32,128}|[A-Za-z0-9+/]{27,88}={0,2}")


def why_derived(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why a value is no secret but something made of one; None if it may be a secret.

    >>> why_derived(b"hashed_token=" + b"0f" * 32, 13, 77, "hashed_token")
    'a digest of a token'
    """
    if b"\\n" in data[start:end] and _goes_on_encoded(data[start:end]):
        return "a piece of wrapped base64"
    parts = words(name)
    if parts[-1:] == ("key",):
        if _OF_SSH.match(data, start, end):
            return "a public key"
        if _COMPACT.fullmatch(data, start, end):
            return "encrypted"
        if "encrypted" in parts:
            is_wrapped = _WRAPPED.fullmatch(data, start, end) is not None
            return None if not is_wrapped or _HEX.fullmatch(data, start, end) else "encrypted"
        if parts == ("key",) and _BYTES_32.fullmatch(data, start, end):
            is_reply = _PUBLIC_REPLY.search(data, max(0, start - 90), start) is not None
            return "a public key" if is_reply else None
        return None
    if parts[-2:] == ("hashed", "token") and _DIGEST.fullmatch(data, start, end):
        return "a digest of a token"
    if parts == ("kc", "api", "passphrase") and _BYTES_32.fullmatch(data, start, end):
        return "signed: what KuCoin is sent for a passphrase"
    if parts[-2:] in (("last", "eight"), ("last", "four")) and end - start <= 8:
        return "the last characters of a token"
    return None


def _goes_on_encoded(value: bytes) -> bool:
    r"""Tell whether text goes on behind a written line break as base64 of text: half of it was decoded.

    >>> _goes_on_encoded(rb'9MOi3h6\nbm5iVVNCZnBQL3hzPSJ9'), _goes_on_encoded(rb"9MOi3h6\nbm5i")
    (True, False)
    """
    first, _, rest = value.partition(b"\\n")
    line = rest.partition(b"\\n")[0]
    return len(first) < len(line) and is_line_of_text(line, least=20)
