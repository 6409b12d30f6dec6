"""Checksums of seed phrases: BIP-39, Electrum, TON, Monero, Algorand.

Two layers: ``standard_of`` decides for words that are known to be members of one word list; the
functions named in ``CHECKS`` take the bytes of a whole phrase, however it is written.
"""

import unicodedata
import zlib

from scanner.checksums import phrases, words

LENGTHS = (25, 24, 21, 18, 15, 13, 12)
"""Numbers of words that some standard allows, longest first."""
_COUNTS = {"monero": (25, 13), "electrum_old": (24, 12)}
_ELECTRUM = ("01", "100", "101", "102")
_ELECTRUM_LISTS = ("english", "spanish", "japanese", "portuguese", "chinese_simplified")


def bip39_holds(places: list[int]) -> bool:
    """Tell whether places in a list of 2048 words end in BIP-39's checksum.

    https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki : entropy, then as many first
    bits of its SHA-256 as the entropy has words of 32 bits; 12 to 24 words.
    """
    from hashlib import sha256  # noqa: PLC0415  (OpenSSL takes 5 ms)

    if len(places) not in (12, 15, 18, 21, 24):
        return False
    number = 0
    for place in places:
        number = number << 11 | place
    spare = len(places) // 3
    entropy = (number >> spare).to_bytes(spare * 4, "big")
    return sha256(entropy).digest()[0] >> 8 - spare == number & (1 << spare) - 1


def electrum_holds(phrase: list[str]) -> bool:
    """Tell whether words are a seed of Electrum 2 and later: a keyed hash begins with the version.

    https://electrum.readthedocs.io/en/latest/seedphrase.html
    """
    import hmac  # noqa: PLC0415  (OpenSSL takes 5 ms)

    folded = unicodedata.normalize("NFKD", " ".join(phrase)).lower()
    text = " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())
    if any(ord(c) >= 0x3000 for c in text):
        text = text.replace(" ", "")
    digest = hmac.new(b"Seed version", text.encode(), "sha512").hexdigest()
    return digest.startswith(_ELECTRUM)


def ton_holds(phrase: list[str]) -> bool:
    """Tell whether 24 words are a TON seed without a password.

    https://github.com/ton-org/ton-crypto/blob/master/src/mnemonic/mnemonic.ts
    """
    import hashlib  # noqa: PLC0415  (OpenSSL takes 5 ms)
    import hmac  # noqa: PLC0415  (OpenSSL takes 5 ms)

    entropy = hmac.new(" ".join(phrase).encode(), b"", "sha512").digest()
    return hashlib.pbkdf2_hmac("sha512", entropy, b"TON seed version", 390)[0] == 0


def algorand_holds(places: list[int]) -> bool:
    """Tell whether 25 places in BIP-39's English list are an Algorand key and its checksum.

    https://developer.algorand.org/docs/get-details/accounts/#transformation-private-key-to-25-word-mnemonic
    """
    import hashlib  # noqa: PLC0415  (OpenSSL takes 5 ms)

    number = sum(place << 11 * i for i, place in enumerate(places[:24]))
    if number >> 256:
        return False
    digest = hashlib.new("sha512_256", number.to_bytes(32, "little")).digest()
    return (digest[0] | digest[1] << 8) & 0x7FF == places[24]


def monero_holds(phrase: list[str], language: str) -> bool:
    """Tell whether the last of 13 or 25 words is the one that the CRC-32 of the others names.

    https://docs.getmonero.org/public-address/standard-address/ and src/mnemonics/electrum-words.cpp
    """
    letters = words.PREFIXES.get(language, 4)
    short = [word[:letters] for word in phrase]
    return short[zlib.crc32("".join(short[:-1]).encode()) % (len(short) - 1)] == short[-1]


def counts(name: str) -> tuple[int, ...]:
    """Return the numbers of words that phrases of a list may have, longest first."""
    return _COUNTS.get(name.partition(":")[0], LENGTHS)


def standard_of(name: str, keys: list[str]) -> str | None:
    """Return the id of the system whose checksum holds for words of one list, or None.

    Args:
        name: the list: ``bip39:...``, ``monero:...``, ``electrum_old`` or ``short:english``.
        keys: the words' keys, all of them members of that list.
    """
    family, _, language = name.partition(":")
    index = words.indexes(name)
    places = [index[key] for key in keys]
    count = len(places)
    if family == "monero":
        whole = words.words(name)
        fits = count in (13, 25) and monero_holds([whole[place] for place in places], language)
        return "monero" if fits else None
    if family == "electrum_old":
        return "electrum_seed" if count in (12, 24) else None
    if bip39_holds(places):
        return "bip39_mnemonic"
    whole = words.words(f"bip39:{language}")
    phrase = [whole[place] for place in places]
    # One phrase in 256 passes for both; Electrum itself writes twelve words.
    if language == "english" and count == 24 and ton_holds(phrase):
        return "ton"
    if count in (12, 24) and language in _ELECTRUM_LISTS and electrum_holds(phrase):
        return "electrum_seed"
    if language == "english" and count == 25 and algorand_holds(places):
        return "algorand"
    return None


def _is(secret: bytes, family: str, system: str) -> bool:
    keys = phrases.keys(secret)
    if len(keys) not in LENGTHS:
        return False
    return any(
        name.startswith(family) and standard_of(name, keys) == system
        for name in phrases.lists_with(keys)
    )


def bip39(secret: bytes) -> bool:
    """Check a phrase of BIP-39, in any of its ten languages or by its words' first four letters."""
    return _is(secret, "bip39", "bip39_mnemonic") or _is(secret, "short", "bip39_mnemonic")


def electrum(secret: bytes) -> bool:
    """Check a seed of Electrum, version 2 and later."""
    keys = phrases.keys(secret)
    return 12 <= len(keys) <= 25 and electrum_holds(keys)


def electrum_old(secret: bytes) -> bool:
    """Check that 12 or 24 words are all in Electrum's first list; it has no checksum."""
    return _is(secret, "electrum_old", "electrum_seed")


def monero25(secret: bytes) -> bool:
    """Check a seed of Monero: 25 words, or 13 as MyMonero made them."""
    return _is(secret, "monero", "monero")


def algorand25(secret: bytes) -> bool:
    """Check a phrase of Algorand."""
    return _is(secret, "bip39:english", "algorand")


def ton(secret: bytes) -> bool:
    """Check a phrase of TON, made without a password."""
    keys = phrases.keys(secret)
    return len(keys) == 24 and "bip39:english" in phrases.lists_with(keys) and ton_holds(keys)


def substrate(secret: bytes) -> bool:
    """Check a BIP-39 phrase with a derivation path behind it (Substrate's secret URI)."""
    phrase, slash, _ = secret.partition(b"/")
    return bool(slash) and bip39(phrase)


def mnemonic(secret: bytes) -> bool:
    """Check a phrase of any of these standards."""
    return bool(phrases.find_mnemonics(secret, 0, len(secret))) or bip39(secret.partition(b"/")[0])
