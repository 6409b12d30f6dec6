"""Small histories of files, made of fragments whose lines return in other surroundings."""

import functools
import json
import random
import re
from base64 import b64encode
from collections.abc import Sequence

from hypothesis import strategies as st

from scanner import rules
from scanner.placeholders import fill
from scanner.placeholders.encoding import encode

ROWS = r"""
@ = "%" | @ = '%'; | const @ = `%`; | @=% | export @=% | @: % | "@": "%", |   @: "%", |     "%", | 0x% | - % | %
@ = | @ = ( | @ = { | @: > | @: >- | @: |- | @ = \ | @, | { | } | ) | [@] | "@" |     "%" | "%" + | % | @ := "%" +
variable "@" { |   default = "%" |   default = "" |   type = string | } | {{ vault }} | @: > |   % | @: >+
  value: "%" |   value: % | - name: @ | - name: "@" |   name: "@" | @: "%" | @ = "%" | value = 3 | "@": "%"
machine api.example.com |   login admin |   password % |   password "%" | user admin | user: admin | end
Cookie: a=b; @=% | cookies = {} | session_id = "%" | sessionid=% | set-cookie | @ = "%"
<tr><td>@</td><td> | <td>@</td><td>%</td> | %</td></tr> | <td>@</td> | <td>%</td> | <td> | %
<property name="@" type="string"> | <property name="@"> |   <value>%</value> | <value> | <key>@</key> | <string>%
"Jwt": { | jwt: |   "Key": "%" |   key: % | key = "%" | "other": { | other: | } | "Jwt": { "Key": "%" }
INSERT INTO users (id, @) VALUES | (1, '%'), | (2, '%'); | INSERT INTO users (id, note) VALUES
COPY t (id, @) FROM stdin; | 1\t% | \. | COPY t (id, note) FROM stdin; | 2\t%
id,@,note | 1,%,x | 2,y,% | \| @ \| value \| | \|---\|---\| | \| x \| % \| | \| name \| % \|
import ccxt | import binance | # binance | # kraken keys | exchange = "okx" | [gate.io] | [section] | @ = "%" | @: %
client = ccxt.bybit({ |     "apiKey": "%", |     "secret": "%", | }) | "@": "%", | client = ccxt.bybit({"secret": "%",
client = Binance(api_key=@, api_secret=@) | ccxt.okx(@, other) | url = "https://x.dev/?api_key=" + @ | @ = "%" | @ = %
https://user:%@host.example.com/x | postgres://u:%@db/x | curl -u admin:% https://x.example.com | **@:** `%` | @ %
apiVersion: v1 | kind: Secret | data: |   @: % |   token: % | <?php | . "%" | @ = "%" | "%" . "%"
SPEC CHECKSUMS: |   Token: % | DEPENDENCIES: | private_keys = [ | block_hashes = [ |     "%", | ] | @: %
-----BEGIN RSA PRIVATE KEY----- | -----END RSA PRIVATE KEY----- | % | # solana mint | # wallet of the bot | @ = "%"
"""
"""Lines that belong together, a row of them each; ``@`` is a name, ``%`` a value."""
WHOLE = (
    "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}",
    'client = ccxt.binance({\n    "apiKey": "{alnum:64}",\n    "secret": "{alnum:64}",\n})',
    'kucoin:\n  key: {hex:24}\n  secret: {uuid}\n  passphrase: "Tr0ub4dor&3x"',
    "private_keys = [\n" + '    "{hex:64}",\n' * 9 + "]",
    "# binance\n" + "{alnum:64}\n" * 40,
    "{hex:64}\n" * 12,
    "| exchange | key | secret |\n|---|---|---|\n| okx | {uuid} | {HEX:32} |\n| bybit | {alnum:18} | {alnum:36} |",
    "okx {uuid} {HEX:32} Sumatra77pass",
    '"""Sign in.\n\n>>> login("admin", "hunter2")\n"""',
    'def f():\n    """Give the token.\n\n    Args:\n        token: the secret of the account.\n    """',
    '{"exchange": "okx", "apiKey": "{uuid}", "secret": "{HEX:32}", "list": ["{hex:40}", "{alnum:24}"]}',
    "aws_access_key_id = {aws:akia}\naws_secret_access_key = {aws:secret}",
    "{github:ghp}\n",
    "mnemonic: {bip39:12}",
    "payload = {base64:700}",
    "{base64:76}\n" * 6,
    "api_secret = (\n    '{alnum:32}'\n    '{alnum:32}'\n)",
)
NAMES = (
    *("password", "db_password", "api_key", "apiSecret", "secret", "SECRET_KEY", "token", "key"),
    *(
        "first",
        "private_key",
        "session_id",
        "user",
        "value",
        "binance_api_key",
        "checksum",
        "feedKey",
    ),
)
FORMS = (
    "{hex:64}",
    "{alnum:64}",
    "{hex:32}",
    "{uuid}",
    "{alnum:24}",
    "{hex:40}",
    "{solana_base58}",
)
PASSWORDS = ("Xk2(9fLq)8vR", "hu%nter2!xQ9", "Sumatra77pass", "changeme", "${X}", "x", "")
FILLERS = (
    "",
    "x = compute({}, 2)",
    "# nothing to see here",
    "some words of a longer text, {} of them",
    "1,2,{}",
)


@functools.cache
def examples() -> tuple[str, ...]:
    """Return the fragments of more than a line, and all examples of our patterns, filled."""
    made = random.Random(8)
    ours = [
        one if isinstance(one, str) else one["text"]
        for rule in rules.load(rules.pattern_files()).rules
        for one in (*rule.examples, *rule.non_examples)
    ]
    filled = (fill(text, made)[0] for text in (*WHOLE * 12, *ours))
    return tuple(text for text in filled if b"\0" not in encode(text))  # no pieces of binary files


def encoded(text: str) -> str:
    """Return a text in base64."""
    return b64encode(text.encode()).decode()


def filler(text: str, first: int, count: int) -> str:
    """Return many lines of nothing, or a long one."""
    mark = "\n" if count > 0 else " "
    return mark.join(text.format(number) for number in range(first, first + abs(count)))


ROW = st.sampled_from([re.split(r"(?<!\\) \| ", row) for row in ROWS.strip().split("\n")])
NAME, PASSWORD = st.sampled_from(NAMES), st.sampled_from(PASSWORDS)
VALUE = st.builds(
    lambda form, seed: fill(form, random.Random(seed))[0], st.sampled_from(FORMS), st.integers(0, 9)
)
FILLER = st.builds(
    filler,
    st.sampled_from(FILLERS),
    st.sampled_from((0, 0, 7, 1000)),
    st.sampled_from((1, 5, 12, 40, 80, 200, -50, -150)),
)
MARK = st.sampled_from(("\n",) * 8 + ("\r\n", " ", "\n\n", ",", "json", "utf-16"))


Versions = list[tuple[str, bytes]]
"""Names of files and their texts, one after the other."""


def lines_of(draw: st.DrawFn) -> st.SearchStrategy[str]:
    """Draw lines of a row or two with few names and values, so that they return in other surroundings."""
    lines = [
        line.replace("\\|", "|").replace("\\t", "\t")
        for row in draw(st.lists(ROW, min_size=1, max_size=2))
        for line in row
    ]
    names = draw(st.lists(NAME, min_size=1, max_size=2))
    values = draw(st.lists(st.one_of(PASSWORD, VALUE), min_size=1, max_size=3))
    return st.builds(
        lambda form, name, value: form.replace("@", name).replace("%", value),
        *(st.sampled_from(some) for some in (lines, names, values)),
    )


@st.composite
def short_histories(draw: st.DrawFn) -> Versions:
    """Draw texts of a few lines."""
    texts = st.lists(lines_of(draw), min_size=1, max_size=5).map(lambda lines: joined(lines, "\n"))
    return [("a.txt", text) for text in draw(st.lists(texts, min_size=2, max_size=9))]


def joined(pieces: Sequence[str], mark: str) -> bytes:
    """Return the text of a file."""
    if mark == "json":
        return json.dumps({"lines": [*pieces]}).encode()
    text = "\n".join(pieces) + "\n"
    return text.encode("utf-16") if mark == "utf-16" else text.replace("\n", mark).encode()


@st.composite
def histories(draw: st.DrawFn) -> Versions:
    """Draw the versions of two files, each an edit of one before or behind it."""
    line, example = lines_of(draw), st.sampled_from(examples())
    piece = st.one_of(*[line] * 5, *[FILLER] * 3, example, example.map(encoded))
    files = [[draw(FILLER), *draw(st.lists(piece, min_size=2, max_size=9))] for _ in range(2)]
    marks = [draw(MARK) for _ in files]
    versions = [(f"{at}.txt", joined(files[at], marks[at])) for at in (0, 1)]
    for _ in range(draw(st.integers(1, 6))):
        at, edit = draw(st.integers(0, 1)), draw(st.integers(0, 6))
        own, other = files[at], files[1 - at]
        place = draw(st.integers(0, len(own) - 1))
        if edit < 2:
            own.insert(place, draw(piece))
        elif edit == 2:
            own[place] = draw(piece)
        elif edit == 3:
            own.append(own.pop(place))
        elif edit == 4 and len(own) > 1:
            del own[place]
        elif edit == 5:
            own.insert(0, filler(draw(st.sampled_from(FILLERS)), draw(st.integers(0, 9)), 250))
        else:
            own[place:place] = other[-5:]
        versions.append((f"{at}.txt", joined(own, marks[at])))
    return versions[:: draw(st.sampled_from((1, -1)))]
