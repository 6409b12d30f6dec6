"""What stands between a sign and its literal: calls that only wrap it, a variable of the environment that goes first.

``Some("...")``, ``String::from("...")``, ``getenv("DB_PASSWORD") ?: "..."``: the literal is the value all the same.
"""

from scanner.lazy import lazy_compile

_STRINGS = (
    rb"(?:std::string\{[ ]{0,2}|(?:Q(?:String|Latin1|ByteArray)(?:Literal|String)?|(?:std::)?string|StringPiece"
    rb"|(?:\w{0,24}(?:String|Secret|Password|Passphrase|Token|Credential|Key)(?:String|Box)?|Box|Arc|Rc|Cow|Zeroizing)"
    rb"::(?:new|from|from_str|from_static|from_utf8|fromUtf8|fromLatin1)|_T|_?TEXT)\([ \t]{0,3})"
)
"""Calls of C++, Qt and Rust that make a string, or a secret, of a literal."""
FALLBACK = (
    rb"(?:(?:\.(?:ok|as_deref|as_ref)\(\)){0,2}\.(?:unwrap_or(?:_else)?|getOrElse|or[eE]lse|or_else|orElseGet)\([ \t]{0,3}"
    rb"(?:\|\w{0,12}\|[ ]?|\(\)[ ]?->[ ]?)?\{?[ ]?"
    rb"|[ ]?\?:[ \t]{0,3})(?=[\"'`]|" + _STRINGS + rb")"
)
"""What a value is taken from where the variable is not set: Rust's and Scala's calls, ``?:`` of Kotlin and PHP."""
IN_BRACES = rb"[ ]?\{[ ]{0,2}(?=[\"'])"
"""``std::string password{"..."}`` of C++, and ``ENV.fetch("DB_PASSWORD") { "..." }`` of Ruby."""
OPENS_CALL = rb"\([ \t]{0,4}(?=\\?[\"'`]|b[\"']|@\"|" + _STRINGS + rb"[\"'])"
_LOOKED_UP = (
    rb"(?:Option(?:al\.ofNullable)?\()?[\w.:$]{0,50}(?:[eE]nv|ENV|[vV]ar|VAR|Variable|Property|[gG]et|fetch|lookup)!?"
    rb"[(\[][\"'][\w.\-]{1,60}[\"'][)\]]{1,2}"
)
WRAP = lazy_compile(
    rb"""(?:(?!(?:[\w.]{0,40}[._])?(?:get|load|fetch|read|decrypt|lookup|find|resolve|retrieve)_?(?:[A-Z]|(?<=_)\w)|[\w.]{1,40}_from_|[\w.]{0,40}(?<!Service)ClientCredentials?\()(?:Some|Just|String|str|bytes|bytearray|\[\]byte|_T|_?TEXT|new[ \t]+[\w.<>]+|[\w.]{1,40}(?:[Pp]assword|[Ss]ecret|[Tt]oken|[Cc]redential|Value|From|Of|of|encode|quote|Of)\w{0,20})\([ \t]{0,3}){1,2}(?=[@bru]{0,2}\\?["'`])"""
    rb"""|(?:(?:Some|Just)\([ \t]{0,3})?(?:""" + _STRINGS + rb"""){1,2}(?=[@bru]{0,2}\\?["'`])"""
    rb"""|(?:os\.)?(?:getenv|environ\.get|ENV\.fetch|env|config|get)\(\\?["'][\w.\-]{1,60}\\?["'],[ \t]{0,3}(?=["'])"""
    rb"""|[\w.]{1,40}(?:\[["']\w{1,40}["']\])?[ \t]{0,3}(?:\|\||\?\?|\bor\b)[ \t]{0,3}(?=["'`])"""
    rb"""|"""
    + _LOOKED_UP
    + rb"(?:"
    + FALLBACK
    + rb"|[ \t]{1,3}(?:\|\||\?\?|or)[ \t]{1,3}(?=[\"'])|[ ]\{[ ](?=[\"']))(?:"
    + _STRINGS
    + rb""")?(?=["'`])"""
    rb"""|\$ENV\{["']?\w{1,60}["']?\}[ ]{0,3}(?://|\|\|)[ ]{0,3}(?=["'])"""
    rb"""|["']?\$\{[\w.\-]{1,80}:[-=]?(?=[^}\s])|<<(?=")"""
    rb"""|!?[A-Za-z_][\w.]{0,40}(?:[ ]?[=!]==?[ ]?["'\w.]{1,24})?[ ]?\?[ ](?=["'][^"'\n]{1,80}["'][ ]?:)"""
)
"""From a sign to a literal that is not right behind it."""
_BELOW = lazy_compile(
    rb"[\"']\){1,2}[ \t]{0,8}\r?\n[ \t]{1,40}" + FALLBACK + rb"(?:" + _STRINGS + rb")?(?=[\"'`])"
)
_FLAG = lazy_compile(rb"\bString(?:Var)?P?\((?:\s{0,20}&?[\w.\[\]]{1,60},)?\s{0,20}[\"`]\Z")
_SHORT = lazy_compile(rb"[\"`],[ \t]{0,3}\"\w?\",[ \t]{0,3}(?=\")")


def flag_default(data: bytes, start: int, end: int) -> int | None:
    """Return where the default of a flag of Go begins whose name is ``data[start:end]``, None if it is none.

    https://pkg.go.dev/flag and https://pkg.go.dev/github.com/spf13/pflag, which has a letter behind the name.

    >>> flag_default(b'pw := flag.String("password", "x", "of it")', 19, 27)
    30
    """
    if data[end : end + 1] not in (b'"', b"`"):
        return None
    call = _FLAG.search(data, max(0, start - 110), start)
    if call is None:
        return None
    letter = _SHORT.match(data, end, end + 16) if b"P(" in call.group() else None
    if letter is not None:
        return letter.end()
    behind = _NEXT.match(data, end, end + 40)
    return behind.end() if behind is not None else None


_NEXT = lazy_compile(rb"[\"`],\s{0,20}(?=\")")


def default_below(data: bytes, end: int) -> int | None:
    """Return where a default begins that the line below a lookup gives, its name's end given; None if it gives none.

    >>> default_below(b'env::var("PW")\\n  .unwrap_or("x")', 12)
    28
    """
    found = _BELOW.match(data, end, end + 240)
    return found.end() if found is not None else None


_LONGEST = 400
_KEYWORD = rb"[A-Za-z_]\w{0,30}\s{0,2}[=:]\s{0,2}"
_ARGUMENT = rb"(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[A-Za-z0-9_.]{1,60}(?:\[[^\[\]\n]{0,40}\])?)"
_DEFAULT = lazy_compile(
    rb"[\"'],(?:\s{0,40}(?:"
    + _KEYWORD
    + rb")?(?:\{\s{0,20}"
    + _KEYWORD
    + rb")?"
    + _ARGUMENT
    + rb",){0,6}"
    rb"\s{0,40}(?:\{\s{0,20})?[dD]efault(?:_value|Value)?\s{0,2}[=:]\s{0,2}(?=[\"'])"
)
"""From the name of an option or a parameter to its default, over what else it is declared with."""


def keyword_default(data: bytes, end: int) -> int | None:
    """Return where the default begins that a call declares the name before it with, None if it declares none.

    ``add_argument("--password", help=..., default=...)``, ``Parameter("Password", NoEcho=True, Default=...)``.

    >>> keyword_default(b'("--pw", type=str, default="x")', 6)
    27
    """
    found = _DEFAULT.match(data, end, end + _LONGEST)
    return found.end() if found is not None else None


def is_binding_brace(data: bytes, start: int, sign: int) -> bool:
    """Tell whether a brace at ``sign`` begins what the name at ``start`` is set to: in C++, or a default in Ruby.

    >>> data = b"std::string password{'x'}; let('password') { 'x' }"
    >>> is_binding_brace(data, 12, 20), is_binding_brace(data, 32, 43)
    (True, False)
    """
    if data[sign : sign + 1] == b"{" and data[sign - 1 : sign].isalnum():
        return True
    return data[max(0, start - 12) : start].rstrip(b"\"':").endswith(b"fetch(")
