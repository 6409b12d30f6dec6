"""Values that look like secrets and are none: placeholders, references, code, addresses, versions.

Judged by themselves; ``surroundings`` looks at what stands around them. Words inside a long random value
never silence it.
"""

import re

from scanner.context.values.ids import is_uuid
from scanner.context.values.made_up import is_made_up
from scanner.context.values.wordlike import wordiness
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_PLACEHOLDER_FORM = lazy_compile(
    rb"""(?ix)^(?:<[^<>]*>|\[[^\[\]]*\]|\{\{?.*\}?\}|%[a-z0-9_.()]+%?[sd]?|\$\{?.*\}?|\#\{.*\}|@[a-z0-9_.]+@?|__[a-z0-9_]+__
    |(?:hoge|fuga|piyo|foo|bar|baz|qux)+[0-9]{0,4}|x{4,}.*|.*x{6,}|\*{3,}.*|.*\*{3,}.*|\.{3,}.*|.*\.{3}.*|-{3,}|_{3,}|0+|1+|(?:deadbeef)+|(?:cafe|babe)+
    )$"""
)
_PLACEHOLDER_WORDS = lazy_compile(
    rb"""(?ix)^(?:.*(?:your|my|the|some|insert|replace|enter|paste|put)[_\-. ]?
        (?:own|api|key|secret|token|pass|here|real|actual|new|private|access|bot|wallet|seed|mnemonic|exchange|binance|okx|gate)
        [a-z0-9_\-. ]*
    |.*your[_\-](?:[a-z0-9]{2,16}[_\-]){1,4}(?:key|token|secret|id|password|pass|pw|here|value|code|url|pat)
    |.*(?:_here|-here|here>|goes[_\- ]?here|change[_\-]?me|changeit|replace[_\-]?(?:me|with|this)|fill[_\-]?(?:me|in)|todo|fixme
        |generate[_\-](?:this|a|an|with|using|your|me|new|strong|random|it|by)
        |random[_\-][0-9]{1,3}[_\-]?(?:char|byte|bit|hex|digit)(?:acter)?s?
        |tbd|redacted|removed|hidden|masked|censored|placeholder|not[_\-]?(?:set|used|real|a[_\-]?real)|undefined|null|none|nil|n/a)
        (?:[^a-z0-9].*)?
    |(?:api|app|access|secret|private|public|client|auth|bot|test|dummy|fake|mock|sample|example|demo|foo|bar|baz|some|random|default
        |invalid|wrong|bad|valid|hoge|fuga|piyo)+[_\-. ]?
        (?:api|key|secret|token|pass|password|passphrase|value|string|id|code|phrase|data|user|account|[0-9]{0,4})*
        (?:[_\-. ](?:api|key|secret|token|value|id|[0-9]{1,4}))*[0-9]{0,4}
    )$"""
)
_WORDS = lazy_compile(
    rb"(?i)(?:^|[_\-. ])(?:example|sample|dummy|fake|placeholder|changeme|your|test|mock)(?:$|[_\-. 0-9])"
)
_REFERENCE = lazy_compile(
    rb"""(?x)^(?:(?:process\.env|os\.environ|env|ENV|secrets?|vars?|config|cfg|settings?|self|this|args?|opts?|options|params?|props|ctx|context|state|data|var|local|module|github|inputs|steps|needs|credentials?|account|user|request|req|res|response|json|window|document|import|std|crypto|Buffer|System|ccxt|logger|console)
    [.\[>:]+[\w.\[\]'":>\-]*|[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)+|[A-Za-z_][\w]*(?:::[A-Za-z_]\w*)+|[A-Za-z_]\w*(?:->[A-Za-z_]\w*)+)$"""
)
_PACKED_MEMBER = lazy_compile(
    rb"(?:[A-Za-z_$][\w$]{0,2}\.){1,4}[A-Z][A-Z0-9]{0,15}(?:_[A-Z0-9]{1,15}){0,4}"
)
"""A constant of a module in packed code, which gives modules names of one or two letters: ``N.iF.ERC20``."""
_PARAMETERS = lazy_compile(
    rb"_{0,2}[A-Za-z]{2,24}\d{0,3}[a-z]?(?:_[a-z]{1,12}){0,2}(?:_\d{1,4}[a-zA-Z]{0,2}){2,8}(?:_[a-z]{1,8})?"
    rb"|__[a-z]{3,12}_[a-z]\w{3,200}"
)
"""What strategies call a column of an indicator, and compilers what they make: ``STOCHRSIk_14_14_3_3_15m``, ``__pyx_n_s_x``."""
_ENVIRONMENT = lazy_compile(
    rb"(?:process\.env|os\.(?:environ|getenv)|import\.meta|System\.getenv|ENV\[|secrets\.|self\.|this\.|config\.|settings\.)"
)
_HEX = lazy_compile(rb"(?:0x)?[0-9a-fA-F\-]*[0-9][0-9a-fA-F\-]*")
_MIXED = lazy_compile(rb"[A-Za-z][0-9]+[A-Za-z]")
_SYMBOL = lazy_compile(rb"[!@#$%^&*]")
_DIGITS = lazy_compile(rb"[0-9]+")
HASHED = lazy_compile(
    rb"^(?:\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*|[156]|y|apr1|7|[APHS])\$|\{(?:SSHA|SHA|CRYPT|BCRYPT)\w*\}|pbkdf2[:_]|scrypt:|sha(?:1|256|512)[:$]|sha(?:1|256)/[A-Za-z0-9+/]{27,43}=|ENC\[|\$ANSIBLE_VAULT|gAAAAA|Ag[A-D][A-Za-z0-9+/]{150}|vault:v\d|AQICAH|-----BEGIN PGP"
    # PostgreSQL, MySQL and SQL Server as their dumps have roles; keystores in hexadecimal digits, as Hummingbot has them.
    rb"|md5[0-9a-f]{32}$|SCRAM-SHA-(?:1|256|512)\$|\*[0-9A-F]{40}$|(?:0x)?(?:0200[0-9A-F]{128,136}|0100[0-9A-F]{48,88})$"
    # https://github.com/Shopify/ejson#format
    rb"|EJ\[1:[A-Za-z0-9+/=]{20,}:"
    # Tomcat's digest (salt, iterations, hash), and what ColdFusion seals for its data sources.
    rb"|[0-9a-f]{2,128}\$[0-9]{1,7}\$[0-9a-f]{32,128}$|encrypted:[0-9A-Fa-f]{32,512}$"
    # https://github.com/bitcoin/bitcoin/tree/master/share/rpcauth: a user, a salt and its HMAC.
    rb"|[\w.@-]{1,60}:[0-9a-f]{16,32}\${1,2}[0-9a-f]{64}$"
    # What ssh-keygen calls a host's key by (https://man.openbsd.org/ssh-keygen, -E).
    rb"|SHA(?:256:[A-Za-z0-9+/]{43}|384:[A-Za-z0-9+/]{64}|512:[A-Za-z0-9+/]{86})={0,2}$|MD5(?::[0-9a-fA-F]{2}){16}$"
    # What the log of an audit has of a secret: https://developer.hashicorp.com/vault/api-docs/system/audit-hash
    rb"|hmac-sha(?:1|256|512):[0-9a-f]{40,128}$"
    # What Transmission and qBittorrent keep of their passwords.
    rb"|\{[0-9a-f]{40}[\w./+]{8}$|\"?@ByteArray\([A-Za-z0-9+/]{16,32}={0,2}:"
    rb"|S:[0-9A-F]{60}(?:;|$)|7b22(?:63727970746f|636970686572|76657273696f6e|61646472657373)22)"
)
_URL = lazy_compile(
    rb"^(?:[a-z][a-z0-9+.\-]{1,15}://|arn:aws[a-z\-]{0,12}:|openpgp4fpr:|www\.|/|\./|\.\./|~/|[a-z]:\\)",
    re.IGNORECASE,
)
_SLASHED = lazy_compile(rb"/(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9+/]{20,}={0,2}")
_VERSION = lazy_compile(
    rb"^\d{1,17}[eE][+\-]?\d{0,3}$|^v?\d+(?:[.\-_]\d+){1,5}(?:[.\-+][\w.]{1,20})?$|^v\.?\d+(?:\.\d+){1,4}(?:[\-+][\w.\-]{1,24})?$|^\d{4}-\d{2}-\d{2}(?:T[\d:.+\-Z]+)?$|^[\d.,:/\-+% ]{1,17}$"
)
_EMAIL = lazy_compile(rb"^[\w.+\-]+@[\w\-]+\.[\w.\-]+$")
_DOMAIN = lazy_compile(
    rb"^(?:[a-z0-9_\-]+\.)+(?:enc|zip|jar|tgz|com|org|net|biz|info|io|dev|app|cn|me|co|us|eu|html?|js|ts|py|json|ya?ml|md|txt|go|rs|java|php|png|svg|jpg|css|env|pem|key|toml|cfg|ini|sh|xml|lock|csv)$",
    re.IGNORECASE,
)
_RESOURCE = lazy_compile(
    rb"^(?:subnet|vpc|sgr?|i|ami|aki|ari|vol|snap|eni|rtb|rtbassoc|igw|eigw|nat|acl|aclassoc|eipalloc|eipassoc|vpce|vpce-svc"
    rb"|tgw|tgw-attach|tgw-rtb|lt|fs|fsap|fsmt|pcx|vgw|cgw|vpn|dopt|pl|fl|cr|r|key|import-ami|export-i|sir|sfr|asg|h|lgw)"
    rb"-[0-9a-f]{8}(?:[0-9a-f]{9})?$|^uksb-[0-9a-z]{8,12}$"
)
"""Ids of Amazon's resources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html"""
_TYPE = lazy_compile(rb"u?int(?:8|16|32|64|ptr|max)_t|s?size_t|(?:wchar|char8|char16|char32)_t")
"""Types of C: what a call that declares a function has for its argument."""
_PUBLIC_DER = (
    *(b"MFwwDQYJKoZIhvcNAQEB", b"MIGfMA0GCSqGSIb3DQEB", b"MIIBIjANBgkqhkiG9w0BAQ"),
    *(b"MIICIjANBgkqhkiG9w0BAQ", b"MFkwEwYHKoZIzj0CAQ", b"MHYwEAYHKoZIzj0CAQ"),
)
"""How public keys of RSA and of curves begin, in base64 (RFC 5280, 4.1)."""
_POINT = lazy_compile(rb"B[A-P][A-Za-z0-9_\-+/]{85}")
"""A point of P-256 that is not compressed, as servers show it that push to browsers (RFC 8292, 3.2)."""
_CONSTRAINT = lazy_compile(rb"(?i)(?:fk|pk|uk|ix|idx|uniq)_[0-9a-f]{8,32}")
"""What tools call keys and indexes of a table, by digests of its name and columns (Doctrine's FK_, IDX_, UNIQ_)."""
_ASSET = lazy_compile(
    rb"^(?:assets|static|images?|img|css|js|fonts|media|dist|chunks)/(?:[\w.\-]{1,80}/){0,4}[\w.\-]{1,120}$"
)
"""The path of a built file below a site's folder, whose name ends with a digest."""
_CODE = lazy_compile(rb"===|!==|=>|&&|\|\||::|->|\?[\w.]+:|\w\[|\]\.|\)\.|\w\(")
_SUM = lazy_compile(
    rb"(?=[^.]*\.)(?:[\w$]{1,4}(?:\.\w{1,12})?[*/+\-]){2,8}[\w$]{1,4}(?:\.\w{1,12})?"
)
"""What packed code counts: ``2*AH.r1_/Aa-AU``."""
_CHARACTERS = lazy_compile(rb"00[0-9A-F]{2}(?:-?[0-9A-F]{4}){11,}")
"""Ranges of characters by their numbers, as editors have them: ``005E0060-007C02C2``."""
_ALTERNATIVES = lazy_compile(
    rb"\|?[a-z_]{2,40}(?:\|[a-z_]{2,40}){2,20}\|?|[A-Z][A-Z0-9]{1,12}(?:_[A-Z0-9]{2,14}){1,6}(?:\|[A-Z0-9_]{0,60}){1,20}"
)
"""Words of a regular expression, or of a choice: ``klucz|sekret|heslo``; and names of variables."""
_ALGORITHMS = frozenset(
    (
        *(b"A%d%s" % (bits, how) for bits in (128, 192, 256) for how in (b"GCM", b"KW", b"GCMKW")),
        *(b"A%dCBC-HS%d" % (bits, 2 * bits) for bits in (128, 192, 256)),
        *(b"ECDH-ES+A%dKW" % bits for bits in (128, 192, 256)),
        *(b"PBES2-HS%d+A%dKW" % (2 * bits, bits) for bits in (128, 192, 256)),
        *(b"RSA-OAEP-256", b"RSA-OAEP-384", b"RSA-OAEP-512", b"RSA1_5", b"ECDH-ES", b"XC20PKW"),
        *(b"SECP256R1", b"SECP256K1", b"SECP384R1", b"SECP521R1", b"SECP224R1", b"SECP192R1"),
    )
)
"""Algorithms by the names of RFC 7518, and curves as classes are called: what keys are made for."""
_DENOMINATION = lazy_compile(
    rb"ibc/[0-9A-F]{64}|factory/[a-z]{2,12}1[0-9a-z]{38,58}/[\w.\-/]{1,60}"
)
"""What the chains of Cosmos call a token: a digest of its path, or who made it."""
_PUBLIC_KEY = lazy_compile(
    rb"(?:[xyztuvYZUV]pub|[LMt]tub)[1-9A-HJ-NP-Za-km-z]{107}|ed25519:[1-9A-HJ-NP-Za-km-z]{43,44}"
    rb"|sb_publishable_[A-Za-z0-9_\-]{20,40}|Iv1\.[0-9a-f]{16}|Iv23[A-Za-z0-9]{16}|phc_[A-Za-z0-9]{40,60}|age1[0-9a-z]{58}|(?:appl|goog|amzn)_[A-Za-z]{24,32}"
)
"""Extended public keys (BIP-32, SLIP-132), those of NEAR, whose private ones are 64 bytes long, of a project in
PostHog, those that age encrypts for, of an application in RevenueCat (https://www.revenuecat.com/docs/projects/authentication),
what Supabase has for pages (https://supabase.com/docs/guides/api/api-keys), and what GitHub calls an application by,
which its pages show (https://docs.github.com/en/apps)."""
_ALPHA_RUN = lazy_compile(
    rb"(?:(?:0123456789|1234567890)(?:abcdef)?|abcdef(?:0123456789|1234567890)|abcdefghij){2,}",
    re.IGNORECASE,
)
_MEDIA = lazy_compile(
    rb"(?:iVBORw0KGgo|R0lGOD[dl]h|/9j/4[A-Za-z]|UklGR|PHN2Zy|d09G[Mi]g|JVBERi0)[A-Za-z0-9+/=\\]{24}"
)
"""Images, fonts and documents in base64, by their first bytes."""


def of_value(value: bytes) -> str | None:
    """Return why a value is no secret, judged by itself; None if it may be one.

    >>> of_value(b"YOUR_API_KEY_HERE"), of_value(b"os.environ.get"), of_value(b"STOCHRSIk_14_14_3_3_15m")
    ('a placeholder', 'a reference, not a value', 'a name with its parameters')
    """
    return _why_none(value, is_name=is_name_like(value))


def _why_none(value: bytes, *, is_name: bool) -> str | None:
    """Return what ``of_value`` returns; ``is_name``: whether the value reads as a name, which takes long to tell."""
    if len(set(value)) <= 3 or _ALPHA_RUN.search(value):
        return "a placeholder"
    if HASHED.match(value):
        return "hashed or encrypted"
    if _MEDIA.match(value):
        return "an image, a font or a document in base64"
    if value.rpartition(b".")[2] in _ALGORITHMS:
        return "the name of an algorithm"
    is_address = _URL.match(value) or _DOMAIN.match(value) or _EMAIL.match(value)
    # One base64 value in 64 begins with a slash.
    if is_address and (is_name or not _SLASHED.fullmatch(value)):
        return "an address or a path"
    if b"/" in value and _ASSET.match(value):
        return "an address or a path"
    if len(value) < 32 and b"-" in value[:-8] and _RESOURCE.match(value):
        return "the id of a resource"
    if value.startswith(_PUBLIC_DER) or (len(value) == 87 and _POINT.fullmatch(value)):
        return "a public key"
    if value.endswith(b"_t") and _TYPE.fullmatch(value):
        return "a type"
    if b"_" in value[2:5] and _CONSTRAINT.fullmatch(value):
        return "the name of an index"
    if len(value) in (51, 52, 111) and _PUBLIC_KEY.fullmatch(value):
        return "a public key"
    if _CODE.search(value) or (b"*" in value and _SUM.fullmatch(value)):
        return "code"
    if b"-" in value and _CHARACTERS.fullmatch(value):
        return "a table of characters"
    if _ALTERNATIVES.fullmatch(value):
        return "alternatives"
    # One UUID in a thousand begins with nothing but digits, as versions do.
    if _VERSION.match(value) and not is_uuid(value):
        return "a number, a date or a version"
    if len(value) <= 80 and _PLACEHOLDER_FORM.match(value):
        return "a placeholder"
    if _DENOMINATION.fullmatch(value):
        return "the name of a token on a chain"
    if value.startswith(
        (b"Iv", b"phc_", b"age1", b"appl_", b"goog_", b"amzn_", b"sb_p")
    ) and _PUBLIC_KEY.fullmatch(value):
        return "a public key"
    if value.startswith(b"eyJ") and b"." not in value:
        return "a piece of a token"
    if (
        len(value) <= 80
        and (is_name or b"your_" in value.lower())
        and _PLACEHOLDER_WORDS.match(value)
    ):
        return "a placeholder"
    if is_name and len(value) < 64 and _WORDS.search(value):
        return "a placeholder"
    if b"_" in value and _PARAMETERS.fullmatch(value):
        return "a name with its parameters"
    if b"." in value[1:4] and _PACKED_MEMBER.fullmatch(value):
        return "a reference, not a value"
    if _ENVIRONMENT.match(value) or (is_name and _REFERENCE.match(value)):
        return "a reference, not a value"
    return "a placeholder" if is_made_up(value) else None


def is_name_like(value: bytes) -> bool:
    """Tell whether a value reads as an identifier or words rather than as something random.

    The limits leave one random value in a hundred above them, fewer when it is long.

    >>> is_name_like(b"getAccountBalance"), is_name_like(b"k9Xw2Lq8vR1tZ5")
    (True, False)
    """
    if _HEX.fullmatch(value) and len(value) >= 8:
        return False
    if len(_DIGITS.findall(value)) >= 4:
        return wordiness(value) > -3  # digits all over the place: words have one or two groups
    mixed = _MIXED.search(value) or (_SYMBOL.search(value) and _DIGITS.search(value))
    if mixed and value not in (value.lower(), value.upper()):
        return wordiness(value) > -3.7  # digits among letters of both cases
    if value.replace(b"_", b"").isalpha() and value in (value.lower(), value.upper()):
        return wordiness(value) > -5.2  # letters of one case: random ones score far lower
    return wordiness(value) > (-4.2 if len(value) < 12 else -4.4 if len(value) < 24 else -4.6)


@remembered(1 << 16)
def of_itself(value: bytes) -> str | None:
    """Return why a value is no generated secret, by its characters alone; None if it may be one.

    Remembered: a source tree binds the same few thousand identifiers again and again.
    """
    return of_value(value) or ("reads as words" if is_name_like(value) else None)


@remembered(1 << 16)
def may_be_secret(value: bytes) -> bool:
    """Tell whether ``of_itself`` has nothing against a value; what reads as words is told sooner.

    >>> may_be_secret(b"k9Xw2Lq8vR1tZ5"), may_be_secret(b"getAccountBalance")
    (True, False)
    """
    return not is_name_like(value) and _why_none(value, is_name=False) is None
