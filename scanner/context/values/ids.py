"""Forms of ids and addresses, which are public: UUID, ULID, accounts of Ethereum, keys of PGP."""

from scanner.lazy import lazy_compile

_EVM_HEX = lazy_compile(rb"[0-9a-fA-F]{40}")
_EVM_BEFORE = lazy_compile(rb"0[xX](?:0{24})?\Z")


def is_evm_address(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` are the 40 digits of an Ethereum address, also padded to a word.

    A token is a contract to programs that trade: ``token0 = "0x..."`` holds its address.

    >>> is_evm_address(b"0x" + b"a1" * 20, 2, 42), is_evm_address(b"=" + b"a1" * 20, 1, 41)
    (True, False)
    """
    if data[start : start + 2] in (b"0x", b"0X"):
        start += 2
    is_hex = end - start == 40 and _EVM_HEX.fullmatch(data, start, end) is not None
    return is_hex and _EVM_BEFORE.search(data[max(0, start - 26) : start]) is not None


_WORD_ON_CHAIN = lazy_compile(rb"0[xX][0-9a-fA-F]{64,}\Z")


def is_word_on_chain(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` are a word of 32 bytes or more as chains write it, with ``0x`` before.

    No service writes its tokens so; what is called ``auth`` there is signed, or to be signed.

    >>> is_word_on_chain(b"0x" + b"a1" * 32, 2, 66), is_word_on_chain(b"a1" * 32, 0, 64)
    (True, False)
    """
    return _WORD_ON_CHAIN.search(data, max(0, start - 2), end) is not None


_PGP_ID = lazy_compile(rb"(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40}|[0-9A-F]{64})")
_PGP_FINGERPRINT = lazy_compile(rb"(?:0x)?[0-9A-F]{40}")
_PGP_LOWER = lazy_compile(rb"(?:0x)?(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{40})")
_OF_PGP = lazy_compile(
    r"(?i)(?<![a-z])(?:gpg|pgp|apt|openpgp|keyring|keyserver|rpm|yum|deb)(?![a-z])|(?:gpg|pgp)[_.-]?key"
)
_KEY_OF_PGP = lazy_compile(
    r"(?i)(?:key|keys|key_?ids?|keyring|fingerprints?|fpr|sign(?:ing)?_?key)[0-9]{0,2}\Z"
)
_SIGNS = lazy_compile(
    r"(?i)(?:sign(?:ing|ed|er)?|release|maintainer|repo(?:sitory)?|package)[_.-]?key\Z"
)
_NO_ID = lazy_compile(r"(?i)secret|priv|pass")


def is_pgp_key_id(name: str, value: bytes) -> bool:
    """Tell whether a value is the id or fingerprint of a PGP key, which is public.

    Of git's ``user.signingkey`` and of what a name calls a key of GPG or APT; a fingerprint in capitals, as
    GnuPG writes it (RFC 9580, 5.5.4), also of what signs something.

    >>> is_pgp_key_id("signingkey", b"0A1B2C3D4E5F6071"), is_pgp_key_id("key", b"0A1B2C3D4E5F6071")
    (True, False)
    >>> is_pgp_key_id("GPG_KEY", b"0A1B2C3D" * 5), is_pgp_key_id("GPG_PRIVATE_KEY", b"0A1B2C3D" * 5)
    (True, False)
    """
    value = value.replace(b" ", b"")
    if not (40 >= len(value) - 2 * value.startswith(b"0x") >= 8) and len(value) != 64:
        return False
    if name.rpartition(".")[2].lower() == "signingkey":
        return _PGP_ID.fullmatch(value) is not None
    if _NO_ID.search(name):
        return False
    if _SIGNS.search(name) and _PGP_FINGERPRINT.fullmatch(value):
        return True
    is_id = _PGP_ID.fullmatch(value) or _PGP_LOWER.fullmatch(value)
    return is_id is not None and bool(_OF_PGP.search(name) and _KEY_OF_PGP.search(name))


_ULID = lazy_compile(rb"(?i)(?:[a-z_]{1,20}:)?01[0-9a-hj][0-9a-hjkmnp-tv-z]{23}")


def is_ulid(value: bytes) -> bool:
    """Tell whether a value is the id of a record that was made after 2016, behind its table's name or not.

    https://github.com/ulid/spec

    >>> is_ulid(b"user:01HERH3T7WJKFZRC2TZ36ZAT87"), is_ulid(b"k1HERH3T7WJKFZRC2TZ36ZAT87")
    (True, False)
    """
    return _ULID.fullmatch(value) is not None


_UUID = lazy_compile(rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_uuid(value: bytes) -> bool:
    """Tell whether a value has the form of a UUID.

    >>> is_uuid(b"0" * 8 + b"-0000" * 3 + b"-" + b"0" * 12), is_uuid(b"0-0")
    (True, False)
    """
    return _UUID.fullmatch(value) is not None
