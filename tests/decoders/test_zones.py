"""Zones of base64: pictures are left out, and nothing that could hide a secret is."""

import base64
import gzip
import json
import random
import string

import pytest

from scanner.decoders.base64 import runs
from scanner.decoders.inline import Inline
from scanner.decoders.zones import outside
from scanner.models import Blob, Origin

_BREAKS = ["\n", "\r\n", "\n    ", "\\n", "\\r\\n", "\\\n", "&#10;", "&#xa;", "%0A", "%0D%0A"]
_HEADS = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\0\1\0\0\0", b"\xd7\x9a\x01\xf0\xe8\xc1"]


def _random(length, seed=1):
    return "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=length))


SECRET = _random(40)


def _wrapped(content, newline, width=76):
    text = base64.b64encode(content).decode()
    return newline.join(text[at : at + width] for at in range(0, len(text), width))


def _picture(head=_HEADS[0], size=3000):
    return head + random.Random(3).randbytes(size)


@pytest.mark.parametrize("newline", _BREAKS)
@pytest.mark.parametrize("head", _HEADS)
def test_a_picture_in_lines_is_one_zone(newline, head):
    text = _wrapped(_picture(head), newline)
    outer = f'{{"image/png": "{text}"}}'.encode()
    (zone,) = runs(outer).zones
    assert outer[slice(*zone)] == text.encode()


@pytest.mark.parametrize("slash", ["/", "\\/", "%2F", "\\u002f"])
def test_a_picture_in_one_run(slash):
    text = base64.b64encode(_picture()).decode().replace("/", slash)
    outer = f'src="data:image/png;base64,{text}"'.encode()
    (zone,) = runs(outer).zones
    assert outer[slice(*zone)] == text.encode()


def test_the_name_of_a_program_in_a_picture():
    content = _HEADS[0] + b"\0" * 30 + b"tEXtSoftware\0matplotlib 3.1, https://matplotlib.org/"
    assert runs(_wrapped(content + _picture(), "\\n").encode()).zones


@pytest.mark.parametrize("newline", _BREAKS)
def test_a_secret_beside_a_picture(places, newline):
    text = _wrapped(_picture(), newline)
    outer = f'a = "{text}"\nb = "key: \\u0041{SECRET}"\nc = "{text}"\n'.encode()
    ((layers, where),) = places(outer, f"A{SECRET}".encode())
    assert layers == ("escapes",)
    assert where == f"\\u0041{SECRET}".encode()


@pytest.mark.parametrize("before", ["", "\\n", "\\r\\n", "%0A", "\\u000a", "static/files/", "x="])
@pytest.mark.parametrize("newline", ["\\n", "\n", "%0A"])
def test_text_and_containers_are_no_zone(before, newline):
    text = f"export API_KEY={SECRET}\n".encode() * 20
    foreign = "ключ для биржи, никому не показывать\n".encode() * 20
    noise = gzip.compress(random.Random(1).randbytes(2000))
    wide = text.decode().encode("utf-16-le")
    contents = (text, noise, wide, b"\xff\xfe" + wide, foreign)
    # Below a path only what ASCII begins is told.
    for content in contents[: 3 if before.endswith("/") else 5]:
        outer = f'x = "{before}{_wrapped(content, newline)}"\n'.encode()
        assert runs(outer).zones == []


@pytest.mark.parametrize("newline", ["\\n", "\n"])
def test_wrapped_text_is_decoded(places, newline):
    text = f"export API_KEY={SECRET}\n" * 20
    outer = f'x = "{newline}{_wrapped(text.encode(), newline)}"\n'.encode()
    assert places(outer, text[:900].encode())


def test_keys_in_lines_are_no_zone(places):
    keys = [_random(64, seed) for seed in range(9)]
    outer = json.dumps({"keys": "\n" + "\n".join(keys)}).encode()
    assert places(outer, f"\n{keys[4]}\n".encode())
    for head, label in ((b"\x30\x82", "key"), (b"\x95", "-----BEGIN PRIVATE KEY-----")):
        body = _wrapped(head + random.Random(2).randbytes(900), "\n", 64)
        outer = json.dumps({"text": f"{label}\n{body}\n{label}\n"}).encode()
        assert places(outer, body.encode())


def test_outside():
    assert outside([], 5) == [(0, 5)]
    assert outside([(0, 2), (4, 5)], 5) == [(2, 4)]


def test_nothing_is_sought_in_a_picture():
    text = _wrapped(_picture(size=200_000), "\\n")
    outer = f'{{"image/png": "{text}"}}'.encode()
    found = runs(outer)
    assert not found.encoded
    assert not found.literal
    assert list(Inline().layers(Blob(outer, Origin("file")))) == []


@pytest.mark.parametrize(
    "unit", [b"A" * 76 + b"\\n", b"QUFB/+" * 13 + b"\n", b"A+" * 30 + b"\\/", b"A" * 48 + b"\\n "]
)
def test_hostile_repeats_take_linear_time(slowdown, unit):
    assert slowdown(unit) < 11  # 4 if linear, 16 if quadratic
