"""What programs write beside telling names in a notation of their own: packages, markets, numbers, formats, algorithms.

``minipass: "npm:^7.0.4"``, ``**Worst token**: AAVEUSDT``, ``pw=1e-12``, ``Password: Argon2id``: nobody chose these,
and no service drew them.
"""

from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_PACKAGE = lazy_compile(
    rb"(?:npm|jsr):(?:@?[\w./-]+@)?(?:[~^<>=*vx\d]\S*|latest|next)|workspace:(?:[~^*]|[~^<>=]{0,2}\d\S*|[\w@./*-]+)"
    rb"|patch:\S+@(?:npm|workspace|patch|virtual)(?::|%3A)\S+|(?:link|portal|file|exec):[.~/]\S*|catalog:\w*"
    rb"|(?:[~^<>=]{1,2}[ ]?)?v?\d{1,4}\.\d{1,4}\.\d{1,4}-(?:alpha|beta|rc|next|canary|dev|pre)[\d.-]{0,12}"
)
"""What a package is wanted from, or in which versions: https://yarnpkg.com/protocols, https://github.com/npm/node-semver"""
_PROTOCOLS = (
    *(b"npm:", b"jsr:", b"workspace:", b"patch:", b"link:", b"portal:", b"file:", b"exec:"),
    b"catalog:",
)
_ENTRY = lazy_compile(
    rb"(?i)(?:cn|uid|ou|dc|o|sn)=[^,=\"]{1,64}(?:,[ ]?(?:cn|uid|ou|dc|o|c|l|st)=[^,=\"]{1,64}){1,8}"
)
"""``cn=admin,dc=acme,dc=io``: https://www.rfc-editor.org/rfc/rfc4514"""
_EXPONENT = lazy_compile(rb"\d+(?:\.\d+)?[eE][+-]\d{1,3}")
_FIELD = lazy_compile(
    rb"\{[A-Za-z_][\w.]{0,40}(?:![rsa])?:[ ,<>=^+]{0,2}\d{0,3},?(?:\.\d{1,2})?[a-z%]?\}"
)
"""A field that Python formats: ``{average:.2f}``."""
_STANDARDS = lazy_compile(
    rb"(?:(?:ERC|EIP|BEP|TRC|BIP|SLIP|SNIP|CAIP|AIP|NEP|RFC|ISO|FIPS|CWE|CVE)-[\d-]{1,12}[/,+]?){1,5}"
)
"""``ERC-4626/SNIP-22``: proposals and standards by their numbers."""
_KEYSTROKES = lazy_compile(
    rb"(?i)(?:ctrl|control|cmd|command|cmdorctrl|commandorcontrol|alt|opt|option|shift|meta|super|win|mod)"
    rb"(?:\+(?:ctrl|control|cmd|command|alt|opt|option|shift|meta|super|win|mod|\w|f\d{1,2}|[a-z]{3,9})){1,4}"
)
"""Keys pressed at once: ``ctrl+shift+p``."""
_OF_REGISTRY = lazy_compile(
    rb"hex(?:\([0-9a-b]{1,2}\))?:(?:[0-9a-fA-F]{2},?){1,16}\\?|dword:[0-9a-fA-F]{8}"
)
"""Bytes and numbers in exports of Windows' registry: ``"Password"=hex:bf,ca``."""
_FORMATTED = lazy_compile(
    rb"%[-+ #0]{0,3}(?:\*|\d{1,3})?(?:\.(?:\*|\d{1,3}))?[hlLzjt]{0,2}[a-zA-Z%]"
)
"""A field that C formats, as a value of its own: ``%.*s``."""
_AMOUNT = lazy_compile(rb"[$\xe2\xc2][\x80-\xbf]{0,2}\d{1,12}(?:[.,]\d{1,8}){0,4}")
"""What something costs: ``$5.00``."""
_TICKERS = lazy_compile(
    rb"[A-Z][A-Z0-9]{1,9}(?:[-/_][A-Z0-9]{2,10})?(?:(?:,[ ]?|->|:)[A-Z][A-Z0-9]{1,9}(?:[-/_][A-Z0-9]{2,10})?){1,20}"
)
"""Tokens to those who trade: ``WETH,USDC``, ``STL_BSC->BUSD_BSC``."""
_IMAGE = lazy_compile(
    rb"[\w./:\-]{1,120}@sha256:[0-9a-f]{8,64}|\d{2,5}/[\w./\-]{3,80}:v?\d[\w.\-]{0,40}"
)
"""An image by its digest, or behind the port of a registry: ``v0.11.0@sha256:77...``, ``5001/webhook:v1.16.3``."""
_MEASURED = lazy_compile(rb"UA-\d{4,10}-\d{1,4}|G-[A-Z0-9]{8,12}|GTM-[A-Z0-9]{4,9}|AW-\d{9,12}")
"""What a page is measured by, and shows: https://support.google.com/tagmanager/answer/9539635"""
_RATE = lazy_compile(rb"[0-9][0-9.,]{0,12}[ ]?[KMGTkmgt]?i?[Bb](?:it|yte)?s?/(?:s|sec|min)")
"""How much in what time: ``361.40MB/s``."""
_EMOJI = lazy_compile(
    rb"1[fF][0-9a-fA-F]{3}(?:-(?:1[fF][0-9a-fA-F]{3}|200[dD]|[fF][eE]0[fF]|2[0-9a-fA-F]{3})){1,8}"
)
"""A drawn sign by the numbers of its characters, as lists of them have it: ``1f1f5-1f1fc``."""
_PUBLISHED = lazy_compile(rb"pk_test_[0-9A-Za-z]{16,}")
"""What a page starts a test of a payment with: https://docs.stripe.com/keys, https://paystack.com/docs/api/authentication"""
_OF_NETWORK = lazy_compile(rb"\d{1,3}(?:\.\d{1,3}){3}[\\/:][\w.\-\\/:$]{1,60}")
"""A host and what is on it: ``192.168.1.101\\server1``."""
_BUNDLE = lazy_compile(rb"(?:com|org|net|io|cn|dev|app)(?:\.[a-z][\w\-]{0,40}){2,6}")
"""What an application is called in its shop, and what is bought in it: ``com.acme.game.gold_6``."""
_INSTRUCTION = lazy_compile(
    rb"(?i)(?:.{0,40}[\-_])?(?:change[\-_]?me|changez[\-_]moi|replace[\-_]?me|changeit)[\-_].*"
    rb"|(?:.{0,60}[\-_])?(?:minimum|min|at[\-_]least)[\-_][0-9]{1,3}[\-_]?(?:chars?|characters?|bytes?|bits?)(?:[\-_].*)?"
    rb"|(?:overrid(?:e|den)|set|provided|injected|loaded|comes?|filled|managed)[\-_](?:by|in|from|via|at)[\-_][a-z_\-]+"
    rb"|(?-i:[A-Za-z0-9+/]{1,10}x{3,}[A-Za-z0-9+/]{0,10}={0,2})"
)
"""What says that something is to be written there: ``zKEh-CHANGE-ME-qIKc``, ``OVERRIDDEN_BY_ENV``, ``TMAxxx1Ng==``."""
_OF_CASE = lazy_compile(rb"[A-Z]{2,6}(?:-[A-Z]{1,4}){0,2}-[0-9]{2,4}-[0-9]{3,8}")
"""What an office calls a case or a paper by: ``RBT-23-277795``, ``ACME-T-2026-00042``."""
_STEP = lazy_compile(rb"(?:api|call|hook|fixture|expect|test\.step)@[0-9]{1,6}")
"""A step in a trace of Playwright: https://playwright.dev/docs/trace-viewer"""
_COINS = tuple(
    b"USD USDT USDC USDD USDE USDM BTC XBT ETH BNB EUR TRY KRW INR JPY SOL DAI PERP SWAP SPBL UMCBL DMCBL".split()
)
_MARKET = lazy_compile(
    rb"\$?[A-Z0-9]{1,14}[-_/:]?(?:USD[TCDEM]?|F?DUSD|BUSD|TUSD|BTC|XBT|ETH|BNB|EUR|TRY|KRW|INR|JPY|SOL|DAI|PERP)"
    rb"(?:[-_.:](?:PERP|SWAP|SPBL|UMCBL|DMCBL|USD[TC]))?",
)
_MOST = 48
_ALGORITHMS = frozenset(
    b"argon2 argon2i argon2d argon2id bcrypt scrypt sha1 sha224 sha256 sha384 sha512 sha3256 sha3512 blake2b blake2s "
    b"pbkdf2 pbkdf2sha256 pbkdf2sha512 pbkdf2hmacsha256 pbkdf2hmacsha512 hmacsha1 hmacsha256 hmacsha384 hmacsha512 "
    b"hkdf hkdfsha256 hs256 hs384 hs512 rs256 es256 aes128 aes192 aes256 aesgcm aescbc aes128gcm aes128cbc aes256gcm "
    b"aes256cbc aes256ctr aes256siv chacha20 chacha20poly1305 xchacha20 xchacha20poly1305 ed25519 x25519 secp256k1 "
    b"rsa2048 rsa4096 keccak256 srp6a rijndael128 rijndael192 rijndael256 twofish256 serpent256 camellia256 3des des3 "
    b"blowfish448 whirlpool512 ripemd160".split()
)


@remembered(1 << 14)
def why_notation(value: bytes) -> str | None:
    """Return what a value is a notation of; None if it is none.

    >>> why_notation(b"npm:^1.0.4"), why_notation(b"1e-12"), why_notation(b"Argon2id"), why_notation(b"npm:k7xQ2")
    ('the version of a package', 'a number', 'the name of an algorithm', None)
    """
    if len(value) > 200:
        return None
    is_version = b"." in value and b"-" in value and value.strip(b"~^<>=v ")[:1].isdigit()
    if (is_version or value.startswith(_PROTOCOLS)) and _PACKAGE.fullmatch(value):
        return "the version of a package"
    if b"=" in value and b"," in value and _ENTRY.fullmatch(value):
        return "the name of an entry of a directory"
    if (b"@sha256:" in value or b"/" in value[2:6]) and _IMAGE.fullmatch(value):
        return "the version of an image"
    if (b"," in value or b">" in value) and _TICKERS.fullmatch(value):
        return "a list of tokens that are traded"
    if len(value) > 2 * _MOST:
        return None
    if _INSTRUCTION.fullmatch(value):
        return "what is to be written there"
    if len(value) > _MOST:
        return None
    if value[:1] in (b"%", b"$", b"\xe2", b"\xc2"):
        if _FORMATTED.fullmatch(value):
            return "a template or a mask"
        if _AMOUNT.fullmatch(value):
            return "an amount"
    if is_algorithm(value):
        return "the name of an algorithm"
    if value[:1] in b"UGA" and b"-" in value[1:4] and _MEASURED.fullmatch(value):
        return "what a page is measured by"
    if value[:3] == b"pk_" and _PUBLISHED.fullmatch(value):
        return "a publishable key of a test"
    if b"." in value:
        if _OF_NETWORK.fullmatch(value) or _BUNDLE.fullmatch(value):
            return "an address or a path"
        if value[:1] == b"." and value[-1:] in b".?" and b"(" in value:
            return "code between two strings"
    if value[:1].isdigit() and (_RATE.fullmatch(value) or _EMOJI.fullmatch(value)):
        return "a number"
    if value[:1].isdigit() and (b"-" in value or b"+" in value) and _EXPONENT.fullmatch(value):
        return "a number"
    if value[:1].isupper() and b"-" in value and _OF_CASE.fullmatch(value):
        return "the number of a case"
    if b"@" in value and _STEP.fullmatch(value):
        return "a step of a trace"
    if b"{" in value and _FIELD.search(value):
        return "a template or a mask"
    if b"+" in value and _KEYSTROKES.fullmatch(value):
        return "keys pressed at once"
    if value.startswith((b"hex", b"dword:")):
        return "a value of a registry" if _OF_REGISTRY.fullmatch(value) else None
    is_standard = value[:3].isupper() and b"-" in value and _STANDARDS.fullmatch(value)
    return "the name of a standard" if is_standard else None


def is_algorithm(value: bytes) -> bool:
    """Tell whether a value is the name of how something is hashed, encrypted or signed.

    >>> is_algorithm(b"AES-256-GCM"), is_algorithm(b"argon2Xq7")
    (True, False)
    """
    return value.lower().translate(None, b"-_") in _ALGORITHMS


def is_constant(value: bytes) -> bool:
    """Tell whether a value is a constant of a program; services draw no underscores among capitals.

    >>> is_constant(b"WIFI_AUTH_WPA2_PSK"), is_constant(b"WINTER7_KXQ")
    (True, False)
    """
    return _CONSTANT.fullmatch(value) is not None


_CONSTANT = lazy_compile(rb"[A-Z]{2,12}(?:_[A-Z]{2,12}\d?){1,6}")


def is_symbol(value: bytes) -> bool:
    """Tell whether a value is what exchanges call a market, in letters of one case: a token to those who trade.

    >>> is_symbol(b"AAVEUSDT"), is_symbol(b"1000bonkusdt"), is_symbol(b"BTC-PERP"), is_symbol(b"aaveUSDT")
    (True, True, True, False)
    """
    upper = value.upper()
    if value not in (upper, value.lower()) or not upper.endswith(_COINS):
        return False
    return _MARKET.fullmatch(upper) is not None
