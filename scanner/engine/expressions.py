"""All expressions of the one pass, made from the catalog: numbers, texts, and what they mean.

First pass: keywords and triggers of the pattern rules, the words that tell systems (gates), and the
places where a name may bind a secret. Second pass, only over bytes that a gate opened: long runs.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from scanner.checksums import promise
from scanner.lazy import lazy_compile
from scanner.models import Rule, Shape, System
from scanner.shapes import SHORTEST_BARE

GATE, BOUND, PHRASE, LITERAL, TABLE = "gate", "bound", "phrase", "literal", "table"
PAIR = "pair"
_QUOTE, _COMMA = r"""["'`]""", r"""["'`],\s{0,24}["'`]"""
_PAIR = (
    rf"{_QUOTE}(?:[A-Za-z0-9]{{18}}{_COMMA}[A-Za-z0-9]{{36}}|[A-Za-z0-9]{{64}}{_COMMA}[A-Za-z0-9]{{64}}"
    rf"|[A-Za-z0-9]{{78,88}}{_COMMA}[A-Za-z0-9]{{78,88}}|[A-Za-z0-9+/]{{56}}{_COMMA}[A-Za-z0-9+/]{{86}}==){_QUOTE}"
)
"""A key and its secret side by side: of Bybit, Binance, BingX and Kraken, whose forms nothing else has."""

_TABLES = ("insert", "from stdin", "</th>")
"""What begins or heads a table whose rows ``context.literals.cells`` reads."""
_JOINED = (
    "api key", "api id", "access key", "access id", "private key", "priv key", "pri key", "auth key", "sign key",
    "signing key", "signature key", "wallet key", "client key", "consumer key", "app key", "pass phrase",
)  # fmt: skip
_WORDS = (
    "secret", "token", "passw", "credential", "deployer", "mnemonic", "pwd", "webhook",
    *(part.replace(" ", mark) for part in _JOINED for mark in ("", "_", "-", ".", " ")),
    '"value"',  # beside a "name" that tells, in JSON
)  # fmt: skip
_NAMES = "|".join(re.escape(word) for word in _WORDS)
_FOREIGN = (
    "金鑰|金钥|키|비번|приватн|Приватн|ПРИВАТН|таємн|Таємн|апи|Апи|АПИ|مفتاح|مرور|كلمة السر|کلید|رمز|कुंजी|पासवर्ड|"
    "गुप्त|คีย์|รหัส|กุญแจ|khóa|khoá|Khóa|Khoá|KHÓA|khoa|bí mật|Bí mật|mật khẩu|Mật khẩu|bi_mat|bimat|khau|anahtar|"
    "gizli|şifre|Şifre|ŞİFRE|sifre|parol|kunci|rahasia|sandi|llave|chave|chiave|segre|cle_api|cle_secr|cle_priv|"
    "cle api|clepriv|cleapi|clesecr|schluessel|schlussel|klucz|hasło|Hasło|haslo|heslo|sekret|klíč|wachtwoord|"
    "sleutel|motdepasse|mot_de_passe|privatnik|klyuch|siyao|miyao|"
    "密钥|密鑰|秘钥|私钥|私鑰|密码|密碼|口令|公钥|令牌|助记词|シークレット|秘密|パスワード|パスフレーズ|キー|鍵|トークン|"
    "시크릿|비밀|패스프레이즈|암호|액세스|토큰|секрет|парол|ключ|токен|Секрет|Парол|Ключ|Токен|СЕКРЕТ|ПАРОЛ|КЛЮЧ|clave|contrase|"
    "frase|mot de passe|kennwort|geheim|clé|schlüssel|senha|passord|salasana|losenord"
)
_SEPARATOR = r"""(?:[:=>,( "'`\[{|\t\r\n]|：|＝|「|『|“|は|是|为|為|는|은)"""
_TAIL = rf"[^\n]{{0,40}}{_SEPARATOR}[\s\"'`(\[{{\\]{{0,32}}(?:-[ ]{{1,4}}[\"']?)?[!#-&*+\-./0-9:=?@A-Z^_a-z|~]{{8}}"
_KEYS = "key|keys|pat|pass|sk|pk|pks|seed|memo|pw|phrase|default"
_ASSIGNED = (
    r"(?:[\"'\]]{0,2}[ \t]{0,40}(?:[|?]{1,2}=|:{1,3}=|[:=]>?|<-)[ \t]{0,40}[\"']?"
    r"|[\"'](?:,[ \t]{0,40}| value=)[\"']|[\"']>)(?:[!-~]{6}|[\[({]?\r?\n[ \t]{0,8}[\"'\-])"
)
_TYPED = r":[ ]?(?:&(?:'static )?)?str[ \t]{0,8}=[ \t]{0,8}[\"'][!-~]{6}"
"""The type of a constant in Rust, between its name and the value."""
_BASE = lazy_compile(rf"(?i)(?:{_NAMES})")
_BESIDE = (
    r"""(?i)(?:pass|paswo?r?d|pw|pword|pwd|pswd?|mdp|salt|pepper|auth(?:orization|_?data|_?bytes|code)?_?|verifier|ticket|sess(?:ion_?)?id)"""
    r"""[0-9]?(?:\[\w{0,20}\])?[\\"'`\])*]{0,4}[ \t]{0,40}"""
    r"""(?:[:=!|?]{1,3}>?\*{0,3}[ \t]{0,40}[^\s=:]{3}|[,(>{][ \t]{0,40}[\\"'`@b<]"""
    r"""|,?[ \t\r\n]{1,40}["':]?value["']?[ \t]{0,40}[:=])""",
    # A row of PHP or Ruby that begins with its name.
    r"""(?i)(?:secret|token|key|passw(?:or)?d|credentials?)["']?,[ \t\r\n]{1,60}["':]value["']?[ \t]{0,20}=>""",
    # Without a sign: a macro of C, an element of XML, a variable of Robot Framework.
    r"""(?i)(?:pass|pw|pwd|pswd?|mdp|salt|pepper)[0-9]?"""
    r"""(?:[ \t]{1,40}(?:["'][^\s"']|string =)|>(?:[^\s<>&]|<!\[)|\}[ ]?=?(?:  |\t))""",
    # Macros whose names would be found in every text without what stands before them, and Docker's other form of ENV.
    r"""(?i)define[ \t]{1,8}\w{0,60}(?:auth|key)[ \t]{1,40}"[^\s"]{8}""",
    r"""(?:^|\n)[ \t]{0,8}ENV[ \t]{1,8}\w{0,60}(?i:pass|pw|pwd|pswd|salt|pepper|auth|key)[ \t]{1,8}[^\s=]{6}""",
    r"""(?i)[a-z]key(?:[\\"'\])]{0,4}[ \t]{0,40}[:=]>?[ \t]{0,40}(?:\[\]byte\()?[\\"']{0,3}|\{["'])"""
    r"""[A-Za-z0-9+/=_\-]{12}""",
)
"""Names too short or run together to be looked for anywhere, where a literal stands beside them."""

_SHORT = 4
NAMED_ONLY = ("code", "cloud", "ai", "messaging", "service")
"""Categories whose values are proved or named, and whose words stand in every other file."""
_TOO_COMMON = 4
"""Words of wallets up to this length (geth, nsec) stand inside common ones (together, consecutive)."""
_SHORTEST_MODULE = 8
"""Characters of the shortest module that opens the second pass; most hold a word that does."""
_WORD_EDGES = (
    *(
        ("'", "'"),
        ('"', '"'),
        (" ", " "),
        ("\n", " "),
        ("|", "|"),
        (",", ","),
        ("\n", ","),
        ("\n", "\n"),
    ),
    *(
        (" ", ":"),
        ("\n", ":"),
        ("*", "*"),
        (" ", "="),
        ("=", " "),
        ("=", "\n"),
        (".", " "),
        (".", "("),
        (">", "<"),
    ),
    *(("\n", "_"), (" ", "_"), ('"', "-"), ("`", "`"), (" ", "-"), ("\n", "-")),
)
"""What stands before and after a common word that names an exchange."""
_SET_EDGES = (
    ('"', '"'),
    ("'", "'"),
    *((before, after) for before in " \n" for after in (" =", "=", ":")),
)
"""The same for a common word that names a store of data, where a value is set by it."""
ASSIGNMENT = lazy_compile(rf"(?:{_TYPED}|{_ASSIGNED})\Z".encode())
"""From the end of a name to the end of the hit that its assignment gave."""
TAIL = lazy_compile(_TAIL.encode())
"""What must follow a telling word: up to 40 bytes, a separator, and eight characters of something."""


def own_names(rules: tuple[Rule, ...]) -> str:
    """Return the alternatives of the short names, and of those that only some rule knows."""
    own = {
        r"[_\-. ]?".join(re.escape(part) for part in re.split(r"[_\-. ]+", name.lower()))
        for rule in rules
        for name in rule.names
        if name.isascii() and len(name) > 2 and not _BASE.search(name)
    }
    return "|".join([_KEYS, *sorted(own)])


class Expression(NamedTuple):
    """One expression: its text, whether it is a literal, and what a hit means.

    ``role`` is one of the words above or the index of a rule as text; ``once``: one hit a blob is enough.
    """

    text: str
    literal: bool
    role: str
    once: bool = False


def first_pass(rules: tuple[Rule, ...], systems: dict[str, System]) -> list[Expression]:
    """Return the expressions of the first pass, in a fixed order."""
    # Telling words are found as literals: their form as an expression is twenty times slower.
    made = [Expression(word, True, BOUND) for word in (*_WORDS, *_FOREIGN.split("|"))]
    # Two expressions: the short names in one with all others make it four times slower.
    names = own_names(rules).split("|")
    for some in (
        [name for name in names if len(name) <= _SHORT],
        [name for name in names if len(name) > _SHORT],
    ):
        if some:
            text = rf"(?:^|[^a-z])(?:{'|'.join(some)}){_ASSIGNED}"
            made.append(Expression(text, False, BOUND))
    made += (Expression(text, False, BOUND) for text in (rf"(?:^|[^a-z])ak{_ASSIGNED}", _TYPED))
    made += (Expression(text, False, LITERAL) for text in _BESIDE)
    made += (Expression(word, True, TABLE) for word in _TABLES)
    made.append(Expression(_PAIR, False, PAIR))
    if any(rule.check == "mnemonic" for rule in rules):
        made += (Expression(text, False, PHRASE) for text in promise.TRIGGERS)
        made += (Expression(text, True, PHRASE) for text in promise.literals())
    for index, rule in enumerate(rules):
        if rule.trigger:
            made.append(Expression(rule.trigger, False, str(index)))
        else:
            made += (Expression(word, True, str(index)) for word in rule.keywords)
    bare = {rule.system for rule in rules if _is_bare(rule)}
    opening = [s for s in systems.values() if s.id in bare and s.category not in NAMED_ONLY]
    made += (Expression(text, True, GATE, once=True) for text in _gates(opening))
    return made


def _is_bare(rule: Rule) -> bool:
    """Tell whether a rule's values are worth a search where no name binds them."""
    return any(
        shape.minimum >= SHORTEST_BARE and shape.charset != "user_chosen" for shape in rule.shapes
    )


def _gates(systems: Iterable[System]) -> list[str]:
    """Return the literals that open the second pass: too many are opened, never too few."""
    texts = {
        variant
        for system in systems
        for word in (
            *(*system.words, *system.hosts, *system.headers),
            *(module for module in system.imports if len(module) > _SHORTEST_MODULE),
            *(call for call in system.constructors if call.startswith("ccxt.")),
            *_full_name(system),
        )
        for variant in _spellings(word.lower())
        if system.category not in ("wallet", "2fa") or len(variant.encode()) > _TOO_COMMON
    }
    # A common word is a name where it stands as a value, a key or a cell of its own.
    texts |= {
        f"{before}{word}{after}"
        for system in systems
        for word in system.weak_words
        for before, after in _WORD_EDGES
        if system.category == "exchange" and len(word) > 2
    }
    texts |= {
        f"{before}{word}{after}"
        for system in systems
        for word in system.weak_words
        for before, after in _SET_EDGES
        if system.category == "data" and len(word) > 2
    }
    # "api.binance.com" holds "binance": the shorter literal finds both.
    return sorted(text for text in texts if not _holds_other(text, texts))


def _full_name(system: System) -> tuple[str, ...]:
    """Return a name of several words, as prose spells it: the word list has it in one."""
    name = system.name.partition(" (")[0]
    is_told = system.category in ("exchange", "broker") and " " in name and len(name) > 7
    return (name,) if is_told else ()


def _holds_other(text: str, texts: set[str]) -> bool:
    size = len(text)
    return any(
        text[start:end] in texts
        for start in range(size)
        for end in range(start + 2, size + 1)
        if end - start < size
    )


def _spellings(word: str) -> set[str]:
    """Return a word as identifiers spell it: with ``_``, ``-``, a blank, or nothing between."""
    if not word.isascii():
        return {word, word.capitalize(), word.upper()}  # the search minds the case of such letters
    parts = re.split(r"[ _\-]+", word)
    return {word, *(mark.join(parts) for mark in ("_", "-", " ", ""))}


LEAST_RUN = 16
_RUN_CLASS, _TELLING = r"[A-Za-z0-9+/_\-]", r"[A-Z0-9+]"
_REST_CLASS = r"[a-z/_\-]"
"""What runs are made of: a key has a digit or a capital, and names and paths, most runs, have none."""


def _told_at(place: int) -> str:
    """Return the rest of a run's first 16 characters, with a telling one at this place or later."""
    left = LEAST_RUN - 1 - place
    if not left:
        return _TELLING
    return f"(?:{_TELLING}{_RUN_CLASS}{{{left}}}|{_REST_CLASS}{_told_at(place + 1)})"


_RUN_STARTS = (_told_at(0), rf"{_REST_CLASS}{{{LEAST_RUN}}}{_REST_CLASS}*{_TELLING}")
RUN_EXPRESSIONS = tuple(
    border + start for border in (r"[^A-Za-z0-9+/_\-]", "^") for start in _RUN_STARTS
)
"""The second pass: one hit for every run of 16 or more characters that a key may be in.

Some four times as fast as one for every run: Hyperscan has another engine for it.
"""


def second_pass(rules: tuple[Rule, ...]) -> list[Shape]:
    """Return the different shapes worth a search where no name binds the value, in a fixed order."""
    shapes: list[Shape] = []
    for rule in rules:
        for shape in rule.shapes:
            if (
                shape.minimum >= SHORTEST_BARE
                and shape.charset != "user_chosen"
                and rule.system is not None
                and shape not in shapes
            ):
                shapes.append(shape)
    return shapes
