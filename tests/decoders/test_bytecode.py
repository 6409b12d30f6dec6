"""Compiled Python gives back what its source bound to names, whichever version wrote it."""

import base64
import json
import marshal
import py_compile
import random
import sys
import time
import types
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner import wiring
from scanner.decoders.bytecode import Bytecode
from scanner.models import Blob, Origin, Skipped
from scanner.placeholders import fill

DATA = json.loads((Path(__file__).parents[1] / "data" / "compiled.json").read_text())
COMPILED = {version: base64.b64decode("".join(text)) for version, text in DATA["compiled"].items()}
"""One source, compiled by CPython of each version (those of Pyodide on npm, but for 3.11)."""

LINES = """
import ccxt
from okx import Account
GATE_API_KEY = "KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK"
GATE_API_SECRET = "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"
exchange = ccxt.gate({"apiKey": GATE_API_KEY, "secret": GATE_API_SECRET, "options": {"a": 1}})
account = Account.AccountAPI("KEY", "SECRET", passphrase="PHRASE")
ACCOUNTS = [("gate", "k1", "s1"), ("gate", "k2", "s2"), ("gate", "k3", "s3")]
token = "TOKEN"
self.password = "hunter2!"
other = "hunter2!"
self.headers = {"KEY": name, "Authorization": "Bearer " + other + ".x"}
self.rows["a"] = ["one", "two"]
name == "admin9"
print("loop", at)
host = "db.example"
return "postgres://bot:" + self.password + "@" + inner()
""".strip().split("\n")


def layers(data: bytes) -> list[Blob | Skipped]:
    return list(Bytecode().layers(Blob(data, Origin("file", "a.pyc"))))


def decoded(data: bytes) -> Blob:
    (layer,) = layers(data)
    assert isinstance(layer, Blob)
    return layer


@pytest.mark.parametrize("version", COMPILED)
def test_all_versions_say_the_same(version: str) -> None:
    text = decoded(COMPILED[version]).data.decode()
    assert [line for line in text.split("\n") if line in LINES] == LINES


def test_this_python(tmp_path: Path) -> None:
    """What this interpreter writes is read too, so that a version that comes is not missed."""
    source = tmp_path / "config.py"
    source.write_text("\n".join(DATA["source"]))
    file = py_compile.compile(str(source), cfile=str(tmp_path / "config.pyc"), doraise=True)
    text = decoded(Path(str(file)).read_bytes()).data.decode()
    assert [line for line in text.split("\n") if line in LINES] == LINES


@pytest.mark.parametrize("version", COMPILED)
def test_secrets_are_found_at_their_place(version: str) -> None:
    """With its names and its partner; the place is that of the text in the file."""
    key, secret = (fill(text, random.Random(3))[0].encode() for text in ("{hex:32}", "{hex:64}"))
    data = COMPILED[version].replace(b"K" * 32, key).replace(b"S" * 64, secret)
    detector = wiring.detector_maker(wiring.Patterns())()
    drafts = [
        item
        for item in detector.drafts(Blob(data, Origin("file", "c.pyc")))
        if not isinstance(item, Skipped)
    ]
    found = {draft.match.rule.id: draft for draft in drafts}
    assert {"gate-api-key", "gate-api-secret"} <= set(found)
    draft = found["gate-api-secret"]
    assert (draft.secret, draft.layers) == (secret, ("pyc",))
    assert draft.spots == (data.index(secret),)


def test_places_are_exact() -> None:
    data = COMPILED["3.12"]
    layer = decoded(data)
    assert layer.locate is not None
    for text in (b"KKKKKKKK", b"PHRASE", b"db.example"):
        at = layer.data.index(text)
        span = layer.locate(at, at + len(text))
        assert span is not None
        assert data[slice(*span)] == text
    assert layer.locate(0, 1) is None  # no text
    assert layer.locate(layer.data.index(b" = ccxt"), layer.data.index(b" = ccxt") + 4) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"3\r\r\n" + b"c" * 60,
        b"\xcb\r\r\n" + bytes(40),
        COMPILED["3.12"].replace(b"\0", b"\n"),
        (9999).to_bytes(2, "little") + COMPILED["3.12"][2:],
    ],
    ids=range(6),
)
def test_what_is_no_compiled_file(data: bytes) -> None:
    assert layers(data) == []


@pytest.mark.parametrize("cut", [17, 40, 400, 1700])
def test_a_damaged_file_is_told(cut: int) -> None:
    (told,) = layers(COMPILED["3.12"][:cut])
    assert isinstance(told, Skipped)
    assert told.reason == "corrupt"


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(sorted(COMPILED)), st.integers(16, 1300), st.binary(min_size=1, max_size=6))
def test_nothing_in_a_file_breaks_the_reader(version: str, at: int, piece: bytes) -> None:
    data = COMPILED[version]
    for layer in layers(data[:at] + piece + data[at + len(piece) :]):
        assert isinstance(layer, Skipped) or len(layer.data) <= 5 * len(data) + 8192


def compiled(code: types.CodeType) -> bytes:
    """Return a file of this interpreter's version."""
    from importlib.util import MAGIC_NUMBER

    return MAGIC_NUMBER + bytes(12) + marshal.dumps(code)


def file_of(constant: bytes) -> bytes:
    """Return a file of 3.12, by hand, that binds a constant to a name: ``x = constant``."""
    text = b"s\x04\0\0\0" + bytes([100, 0, 90, 0])
    nothing = b"z\0"
    parts = (
        text,
        b")\x01" + constant,
        b")\x01z\x01x",
        b")\0",
        b"s" + bytes(4),
        nothing * 3,
        bytes(4),
        b"s" + bytes(4),
        b"s" + bytes(4),
    )
    return b"\xcb\x0d\r\n" + bytes(12) + b"c" + bytes(20) + b"".join(parts)


def referred(levels: int, width: int) -> bytes:
    """Return tuples in each other, of one and ``width - 1`` references to it each; the innermost has a text."""
    made = b"\xfa\x06a text"
    for level in range(levels, 0, -1):
        made = b"\xa9" + bytes([width]) + made + (b"r" + level.to_bytes(4, "little")) * (width - 1)
    return made


def test_a_file_by_hand() -> None:
    assert decoded(file_of(b"z\x03one")).data == b'x = "one"\n'
    assert decoded(file_of(referred(1, 3))).data == b'x = ("a text", "a text", "a text")\n'


def test_a_text_that_is_referred_to_without_end_is_cut() -> None:
    """Ten tuples of ten of each other: ten billion texts in a few hundred bytes."""
    began = time.process_time()
    found = layers(file_of(referred(10, 10)))
    assert [item.reason for item in found if isinstance(item, Skipped)] == ["limit"]
    assert time.process_time() - began < 5


def test_code_that_is_referred_to_without_end_is_read_once() -> None:
    code = compile("x = 'here'", "a", "exec")
    for _ in range(9):
        outer = compile("pass", "a", "exec")
        code = outer.replace(co_consts=((code,), *[code] * 4, *outer.co_consts))
    assert decoded(compiled(code)).data.count(b"here") == 1


def test_deep_nesting_is_damage() -> None:
    (told,) = layers(file_of(b")\x01" * 500 + b"z\x01a"))
    assert isinstance(told, Skipped)
    assert told.reason == "corrupt"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('a = b = "x9"', 'b = "x9"'),
        ('d = {**old, "k": "v9"}', '"v9"'),
        ('l = ["a1", "b1", "c1", "d1"]', 'l = ["a1", "b1", "c1", "d1"]'),
        ('f(*args, key="v9")', '"v9"'),
        ('b = b"raw9"', 'b = b"raw9"'),
        ('s = "line\\nbreak\\"q"', 's = "line\\nbreak\\"q"'),
        ('def f(key="default9"): pass', '"default9"'),
        ('x: str = "typed9"', 'x = "typed9"'),
        ('with open("file9") as f: pass', 'open("file9")'),
        ('try:\n  x = "in9"\nexcept ValueError:\n  y = "out9"', 'y = "out9"'),
        ('x = "a9" if y else "b9"', '"a9"'),
        ("d = {" + ", ".join(f'"k{n}": f("v{n}")' for n in range(40)) + "}", '"k39": f("v39")'),
        ('k = "schl\\u00fcssel"', 'k = "schl\u00fcssel"'),
    ],
)
def test_no_text_is_lost(source: str, line: str) -> None:
    text = decoded(compiled(compile(source, "a", "exec"))).data.decode()
    assert line in text, text


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the numbers are those of 3.11")
def test_unknown_instructions_end_the_line() -> None:
    """Whatever stands there: the texts on the stack are written as they are."""
    code = compile('a = f("one9", "two9")', "a", "exec")
    broken = code.replace(co_code=code.co_code.replace(bytes([171]), bytes([255])))
    text = decoded(compiled(broken)).data
    assert b'"one9"' in text
    assert b'"two9"' in text
