"""Encodings inside a text: each gives a layer with the value, and the place in the original."""

import base64 as b64
import gzip
import html
import json
import random
import string
import unicodedata
import urllib.parse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.decoders.inline import Inline
from scanner.models import Blob, Origin

_ALNUM = string.ascii_letters + string.digits


def _secret(length=40, seed=1, alphabet=_ALNUM):
    return "".join(random.Random(seed).choices(alphabet, k=length))


SECRET = _secret()
secrets = st.text(st.sampled_from(_ALNUM), min_size=20, max_size=90)
ESCAPERS = {
    "unicode": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "braces": lambda text: "".join(f"\\u{{{ord(c):x}}}" for c in text) + "\\u0041" * 9,
    "hex": lambda text: "".join(f"\\x{ord(c):02x}" for c in text),
    "percent": lambda text: "".join(f"%{ord(c):02X}" for c in text),
    "entity": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hex entity": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
}


@pytest.mark.parametrize("name", ESCAPERS)
@settings(max_examples=40, deadline=None)
@given(secret=secrets)
def test_a_value_in_escapes(places, name, secret):
    escaped = ESCAPERS[name](secret)
    outer = f'# Schlüssel\nkey = "{escaped}" # end'.encode()
    whole = escaped.removesuffix("\\u0041" * 9)
    assert [where for _, where in places(outer, secret.encode())] == [whole.encode()]


@settings(max_examples=40, deadline=None)
@given(secret=secrets, place=st.integers(0, 19))
def test_one_escape_inside_a_value(places, secret, place):
    for name in ("unicode", "hex", "percent", "entity", "hex entity"):
        escaped = secret[:place] + ESCAPERS[name](secret[place]) + secret[place + 1 :]
        outer = f"key = '{escaped}'\n".encode()
        assert [where for _, where in places(outer, secret.encode())] == [escaped.encode()]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_embedded_json(places, depth):
    text = json.dumps({"apiKey": SECRET, "name": "gateio"})
    wanted = text
    for _ in range(depth):
        text = json.dumps({"postData": {"text": text}}, indent=1)
    layers, where = places(text.encode(), wanted.encode())[-1]
    assert layers == ("escapes",) * depth
    assert where.startswith(b"{")
    assert SECRET.encode() in where
    assert (("escapes",), SECRET.encode()) in places(text.encode(), SECRET.encode())


def test_a_key_in_pem_lines_escaped(places):
    body = "\n".join(_secret(64, seed, _ALNUM + "+/") for seed in range(5))
    pem = f"-----BEGIN EC PRIVATE KEY-----\n{body}\n-----END EC PRIVATE KEY-----\n"
    outer = json.dumps({"privateKey": pem}).encode()
    ((layers, where),) = places(outer, pem.encode())
    assert layers == ("escapes",)
    assert where == json.dumps(pem).encode()[1:-1]


def test_base64_with_escaped_slashes(places):
    secret = _secret(20) + "/" + _secret(20, 2) + "/" + _secret(6, 3) + "9"
    outer = json.dumps({"secret": secret}).replace("/", "\\/").encode()
    ((_, where),) = places(outer, secret.encode())
    assert where == secret.replace("/", "\\/").encode()


@pytest.mark.parametrize(
    ("escaped", "wanted"),
    [
        ("&quot;key&quot;: &quot;{}&quot;", '"key": "{}"'),
        ("?a=1&amp;token={}", "?a=1&token={}"),
        ("%7B%22key%22%3A%22{}%22%7D", '{{"key":"{}"}}'),
        ("'\\nAPI_KEY={}\\n'", "'\nAPI_KEY={}\n'"),
        ('<Grid k="{{&#x22;key&#x22;:&#x22;{}&#x22;}}">', '{{"key":"{}"}}'),
    ],
)
def test_what_stands_about_a_value(places, escaped, wanted):
    found = places(escaped.format(SECRET).encode(), wanted.format(SECRET).encode())
    assert len(found) == 1


def test_mnemonics_in_escapes(places):
    words = [_secret(5, seed, string.ascii_lowercase) for seed in range(12)]
    lines = json.dumps("\n".join(words))
    assert places(lines.encode(), "\n".join(words).encode())
    chinese = " ".join(random.Random(3).choices("的一是在不了有和人这中大", k=12))
    assert places(json.dumps({"m": chinese}).encode(), chinese.encode())
    french = "abaisser acadé éclair " + " ".join(words[:9])
    assert places(json.dumps(french).encode(), french.encode())


def test_ordinary_escapes_give_no_layer(walk):
    text = r"""
    print("Usage: %s [options]\n\nAvailable commands:\n\t%d files\n" % (name, count))
    re.compile(r"\w+\s*\(\"[^\"]*\"\)") ; x = "C:\\Users\\name" ; y = a && b & c; "50%; color"
    <p>Tom &amp; Jerry &lt;said&gt; so, that&#39;s it</p> "this is a sentence that " + "goes on"
    "abc" "def" ; path/to/some/longerComponentName/anotherComponentName.tsx
    """
    assert walk(text.encode()) == []


@settings(max_examples=60, deadline=None)
@given(secret=secrets, before=st.sampled_from(["", "key: ", "\n  a/", "x='"]))
def test_base64(places, secret, before):
    for text in (secret, f"user:{secret}", f'{{"key": "{secret}", "naïve": "✓"}}', f"?>~{secret}"):
        for encode in (b64.b64encode, b64.urlsafe_b64encode):
            run = encode(text.encode())
            outer = before.encode() + run + b"\nnext: line"
            ((layers, where),) = places(outer, secret.encode())
            assert layers == ("base64",)
            # The characters that hold the value's bits; bits of its neighbours may be in them.
            start = text.encode().index(secret.encode())
            first, last = start * 4 // 3, -(-(start + len(secret)) * 4 // 3)
            assert where == run[first:last]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("start", ["é", "xé", "yzé", "próximo", "naïve", "à la"])
def test_base64_of_accented_text(places, start, form):
    """Letters of two bytes among the first do not hide a text."""
    text = unicodedata.normalize(form, f"{start} quince {SECRET}").encode()
    ((layers, _),) = places(b"PHRASE: " + b64.b64encode(text), SECRET.encode())
    assert layers == ("base64",)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n    "])
def test_wrapped_base64(places, newline):
    text = "\n".join(f"KEY_{number}={_secret(40, number)}" for number in range(20))
    run = b64.b64encode(text.encode()).decode()
    lines = newline.join(run[at : at + 76] for at in range(0, len(run), 76))
    outer = f"config: |{newline}{lines}\nother: 1\n".encode()
    for number in range(20):
        ((_, where),) = places(outer, _secret(40, number).encode())
        kept = "".join(where.decode().split())
        assert kept in run
    ((_, where),) = places(outer, text.encode())
    assert "".join(where.decode().split()) == run.rstrip("=")


def test_a_whole_file_in_base64(places):
    text = f"export API_KEY={SECRET}\n" * 50
    for run in (b64.b64encode(text.encode()), b64.encodebytes(text.encode())):
        assert places(run, SECRET.encode())[0][0] == ("base64",)


def test_containers_in_base64(places):
    packed = b64.b64encode(gzip.compress(f"key={SECRET}".encode()))
    assert places(b"data: " + packed, SECRET.encode())[0][0] == ("base64", "gzip")
    wide = b64.b64encode(f"$key = '{SECRET}'".encode("utf-16-le"))
    outer = b"powershell -EncodedCommand " + wide
    ((layers, where),) = places(outer, SECRET.encode())
    assert layers == ("base64", "utf-16")
    assert where in wide


def test_base64_in_base64(places):
    inner = b64.b64encode(f"the secret is {SECRET}".encode())
    assert places(b64.b64encode(inner), SECRET.encode())[0][0] == ("base64", "base64")


@settings(max_examples=40, deadline=None)
@given(secret=secrets)
def test_hex(places, secret):
    for text in (secret.encode().hex(), secret.encode().hex().upper()):
        for before in ("", "0x", "key="):
            outer = f"{before}{text}\n".encode()
            assert [where for _, where in places(outer, secret.encode())] == [text.encode()]


def test_a_kubernetes_secret_with_short_values(places):
    for text in (
        b"tr0ub4dor&3",
        b"D00^viWJ~klouWxF",
        b"D0>viWJ~klo~Wx>",
    ):  # the others with + in base64
        value = b64.b64encode(text).decode()
        outer = f"apiVersion: v1\nkind: Secret\ndata:\n  passphrase: {value}\n".encode()
        assert places(outer, b"passphrase: " + text)[0][0] == ("base64",)


def test_what_is_no_text_gives_no_layer(walk):
    rng = random.Random(5)
    noise = "\n".join(
        [
            *(rng.randbytes(32).hex() for _ in range(300)),
            *(b64.b64encode(rng.randbytes(48)).decode() for _ in range(300)),
            *(_secret(64, seed) for seed in range(300)),
        ]
    )
    svg = b64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>").decode()
    media = f"url(data:image/svg+xml;base64,{svg}) data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA"
    head, body = b64.b64encode(b'{"alg": "HS256"}'), b64.b64encode(b'{"sub": "12345678901"}')
    token = b".".join((head.rstrip(b"="), body.rstrip(b"="), b"A" * 43)).decode()
    assert walk(f"{noise}\n{media}\n{token}\n".encode()) == []


@settings(max_examples=60, deadline=None)
@given(secret=secrets, cut=st.integers(3, 17), data=st.data())
def test_joined_strings(places, secret, cut, data):
    join = data.draw(
        st.sampled_from(
            ['" + "', '" +\n    "', '"\n    + "', '"+"', "\\\n", '" +\r\n\t"', '" \\\n    "']
        )
    )
    outer = f'key = "{secret[:cut]}{join}{secret[cut:]}"\n'.encode()
    ((layers, where),) = places(outer, secret.encode())
    assert layers == ("joined",)
    assert where == f"{secret[:cut]}{join}{secret[cut:]}".encode()


def test_arguments_of_a_shell_are_not_joined(walk):
    """Quoted arguments on continued lines are one each."""
    text = f'curl --data "password=$PASS" \\\n  "https://host/{SECRET}"\n'
    assert all(b"$PASShttps" not in layer.data for layer in walk(text.encode()))


@pytest.mark.parametrize("sign", ["=", " = ", "    = ", ": ", " => "])
def test_the_next_name_of_a_map_is_no_piece(walk, sign):
    """Maps of HCL have no comma at the end of a line."""
    text = f'config = {{\n    "API_TOKEN" = "{SECRET}"\n    "REGION"{sign}var.region\n}}\n'
    assert all(f"{SECRET}REGION".encode() not in layer.data for layer in walk(text.encode()))


def test_many_short_pieces(places):
    outer = ("key = " + " + ".join(f"'{SECRET[at : at + 3]}'" for at in range(0, 40, 3))).encode()
    ((_, where),) = places(outer, SECRET.encode())
    assert where == outer[7:-1]


def test_adjacent_literals_php_and_words(places):
    assert places(f'("{SECRET[:20]}"\n    "{SECRET[20:]}")'.encode(), SECRET.encode())
    assert places(f'("{SECRET[:8]}"\n    "{SECRET[8:]}")'.encode(), SECRET.encode())
    assert places(f"<?php $k = '{SECRET[:20]}' . '{SECRET[20:]}';".encode(), SECRET.encode())
    words = [_secret(5, seed, string.ascii_lowercase) for seed in range(12)]
    outer = f'"{" ".join(words[:6])} " + \n "{" ".join(words[6:])}"'
    assert places(outer.encode(), " ".join(words).encode())


def test_a_key_in_pem_lines_joined(places):
    body = [_secret(64, seed, _ALNUM + "+/") for seed in range(5)]
    outer = '"-----BEGIN PRIVATE KEY-----\\n" +\n' + " +\n".join(f'"{line}\\n"' for line in body)
    assert any(
        layers == ("joined", "escapes")
        for layers, _ in places(outer.encode(), "\n".join(body).encode())
    )


@pytest.mark.parametrize(
    "encode",
    [urllib.parse.quote, html.escape, json.dumps, lambda t: b64.b64encode(t.encode()).decode()],
)
def test_levels_do_not_multiply(walk, encode):
    text = json.dumps({"key": f"a+b/{SECRET}=="})
    for _ in range(6):
        text = encode(text)
    assert len(walk(text.encode())) < 40


def test_binary_is_left_to_the_engine(walk):
    run = b64.b64encode(f"user:{SECRET}".encode())
    assert walk(b"\x7fELF\0\0" + run) == []


@pytest.mark.parametrize(
    "unit",
    [
        b"A", b"\\", b"%41", b'"a"+', b"%41a", b"\\x41b", b'\\"', b"&#65;", b"&", b"6162",
        b"QUFB", b"aaaaaaaaaaaaaaaa/", b'"abcdefghijklmnopq"\n', b"abcdefghijkl\\\n",
        b"\\nabcdefg", b"\\u4e00", b"+ ", b"base64,QUFBQUFBQUFBQUFBQUFB", b"QUFB" * 10 + b"\n",
    ],
)  # fmt: skip
def test_hostile_repeats_take_linear_time(slowdown, unit):
    assert slowdown(unit) < 11  # 4 if linear, 16 if quadratic


def test_a_secret_in_a_line_of_five_megabytes():
    filler = 'a = "b\\n"; ' * 240_000
    outer = f'{filler}x = "\\u0041{SECRET}"; {filler}'.encode()
    (layer,) = Inline().layers(Blob(outer, Origin("file")))
    assert len(layer.data) < 20_000
    start = layer.data.index(b"A" + SECRET.encode())
    assert outer[slice(*layer.locate(start, start + 41))] == b"\\u0041" + SECRET.encode()
