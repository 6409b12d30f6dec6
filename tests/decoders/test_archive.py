"""Archives: every member, nested, hostile ones bounded, nothing silent."""

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.decoders.archive import Archives, Limits, printable
from scanner.models import Blob, Origin, Skipped

_TEXT = b"API_KEY=abcdef\n" * 20


def _open(data, **limits):
    blob = Blob(data, Origin("file", "a", "0" * 40))
    layers = list(Archives(Limits(**limits)).layers(blob))
    return (
        [(layer.layers, layer.data) for layer in layers if not isinstance(layer, Skipped)],
        [layer.reason for layer in layers if isinstance(layer, Skipped)],
    )


def _zip(members, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _tar(members, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("name", PACKERS)
@settings(max_examples=30, deadline=None)
@given(data=st.binary(min_size=1, max_size=3000), repeat=st.sampled_from([1, 1000]))
def test_compressed(name, data, repeat):
    data *= repeat
    packed = PACKERS[name](data)
    assert _open(packed) == ([((name,), data)], [])
    assert _open(packed + packed) == ([((name,), data * 2)], [])
    assert _open(packed + b"\0" * 600) == ([((name,), data)], [])


@pytest.mark.parametrize("name", PACKERS)
def test_cut_off_is_read_as_far_as_it_goes(name):
    text = b"".join(b"KEY_%d=%d\n" % (number, number * 7919) for number in range(100_000))
    packed = PACKERS[name](text)
    layers, reasons = _open(packed[:-200])
    assert reasons == ["corrupt"]
    assert text.startswith(layers[0][1])
    assert len(layers[0][1]) > 1000


@settings(max_examples=30, deadline=None)
@given(
    members=st.dictionaries(
        st.from_regex(r"[a-zé/]{0,90}[a-z]{1,60}", fullmatch=True),
        st.binary(min_size=1, max_size=2000),
        max_size=5,
    )
)
@pytest.mark.parametrize("form", ["zip", tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_members(form, members):
    data = _zip(members) if form == "zip" else _tar(members, form)
    kind = "zip:" if form == "zip" else "tar:"
    layers, reasons = _open(data)
    assert reasons == []
    wanted = [
        ((kind + name.lstrip("/" * (form != "zip")),), text) for name, text in members.items()
    ]
    got = [
        ((layer[0].replace(kind + "/", kind) if kind == "tar:" else layer[0],), text)
        for layer, text in layers
    ]
    if form == "zip":
        assert got == wanted
    else:
        assert sorted(text for _, text in got) == sorted(text for _, text in wanted)


def test_ustar_prefix_and_long_names():
    name = "a" * 90 + "/" + "b" * 90
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        assert _open(_tar({name: _TEXT}, form)) == ([((f"tar:{name}",), _TEXT)], [])


def test_nested(walk):
    secret = b"NESTED_SECRET=1"
    data = gzip.compress(_tar({"in.zip": _zip({"a/b.env": secret, "c": b"x"})}))
    found = [
        layer.layers for layer in walk(data) if secret in layer.data and layer.parent.locate is None
    ]
    assert ("gzip", "tar:in.zip", "zip:a/b.env") in found


def test_depth_is_bounded():
    data = _TEXT
    for _ in range(9):
        data = gzip.compress(data)
    blob, skips = Blob(data, Origin("file")), []
    while True:
        layers = list(Archives().layers(blob))
        skips += [layer.reason for layer in layers if isinstance(layer, Skipped)]
        if skips:
            break
        (blob,) = layers
    assert skips == ["limit"]
    assert len(blob.layers) == 6


def test_expansion_is_bounded_for_all_levels_together():
    bomb = _zip({f"{number}.gz": gzip.compress(bytes(1_000_000)) for number in range(20)})
    archives = Archives(Limits(expanded_bytes=5_000_000))
    total, reasons, todo = 0, [], [Blob(bomb, Origin("file"))]
    while todo:
        for layer in archives.layers(todo.pop()):
            if isinstance(layer, Skipped):
                reasons.append(layer.reason)
            else:
                total += len(layer.data)
                todo.append(layer)
    assert total <= 5_000_000
    assert reasons == ["limit"]


def test_ratio_and_members_are_bounded():
    layers, reasons = _open(gzip.compress(bytes(80_000_000)))
    assert reasons == ["limit"]
    assert len(layers[0][1]) < 40_000_000
    layers, reasons = _open(_zip({str(number): b"x" for number in range(30)}), members=10)
    assert (len(layers), reasons) == (10, ["limit"])
    layers, reasons = _open(_tar({str(number): b"x" for number in range(30)}), members=10)
    assert (len(layers), reasons) == (10, ["limit"])


def test_encrypted_members_are_counted_not_opened():
    data = bytearray(_zip({"a": _TEXT, "b": _TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    layers, reasons = _open(bytes(data))
    assert ([name for name, _ in layers], reasons) == ([("zip:b",)], ["encrypted"])


def test_damage_is_named_and_the_rest_read():
    data = bytearray(_zip({"a": bytes(range(256)) * 50, "b": _TEXT}))
    data[80] ^= 0xFF
    layers, reasons = _open(bytes(data))
    assert (("zip:b",), _TEXT) in layers
    assert reasons == ["corrupt"]
    assert _open(bytes(data[:300]))[1] == ["corrupt"]
    whole = _tar({"a": _TEXT, "b": b"y" * 3000})
    assert _open(whole[:2600])[1] == ["corrupt"]
    broken = bytearray(whole)
    broken[1024 + 20] ^= 1
    assert _open(bytes(broken)) == ([(("tar:a",), _TEXT)], ["corrupt"])


def test_an_unknown_method_is_unreadable():
    data = bytearray(_zip({"a": _TEXT}))
    data[8] = 9
    data[data.index(b"PK\x01\x02") + 10] = 9
    assert _open(bytes(data)) == ([], ["unreadable"])


def test_a_member_of_an_archive_in_a_text_is_pointed_at_the_text(places):
    """What is compressed and in base64 on a line of a program lies on that line, nested or not."""
    for packed in (gzip.compress(_TEXT), gzip.compress(_tar({"a/.env": _TEXT}))):
        written = base64.b64encode(packed)
        data = b"import base64\n\nCONFIG = gunzip(base64.b64decode('" + written + b"'))\n"
        found = dict(places(data, b"API_KEY=abcdef"))
        assert found and set(found.values()) <= {written, written.rstrip(b"=")}


def test_a_cut_off_example_in_a_text_is_no_failure(walk):
    packed = base64.b64encode(zlib.compress(_TEXT, wbits=31))[:24]
    assert [layer for layer in walk(b"see " + packed) if isinstance(layer, Skipped)] == []


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=600),
    mark=st.sampled_from([b"PK\3\4", b"\x1f\x8b\x08\0", b"BZh91AY&SY", b"\xfd7zXZ\0"]),
)
def test_noise_never_raises(data, mark):
    _open(mark + data)


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 3000), byte=st.integers(0, 255), kind=st.integers(0, 4))
def test_one_wrong_byte_never_raises(at, byte, kind):
    members = {"a/b": _TEXT, "long" * 60: b"z" * 900}
    data = bytearray(
        [_zip(members), _tar(members), *(pack(_TEXT * 50) for pack in PACKERS.values())][kind]
    )
    data[at % len(data)] = byte
    _open(bytes(data))


def test_names_are_printable():
    assert printable(b"a\x1b[31m\n\xff\xc3\xa9") == "a\\x1b[31m\\x0a\\xff\xe9"
    assert printable("\u202eevil".encode()) == "\\u202eevil"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x" * 9), _TEXT)
    data = out.getvalue().replace(b"x" * 9, b"\xffconf\n.en")
    assert [name for name, _ in _open(data)[0]] == [("zip:\\xffconf\\x0a.en",)]


def test_ten_thousand_empty_streams_take_linear_time(slowdown):
    assert slowdown(gzip.compress(b""), 200_000) < 11
    assert slowdown(gzip.compress(b"x"), 200_000) < 11


def test_lzma_alone():
    """The older format of xz has no magic and no sum, and is read all the same."""
    packed = lzma.compress(_TEXT, format=lzma.FORMAT_ALONE)
    assert _open(packed) == ([(("lzma",), _TEXT)], [])
    layers, reasons = _open(packed[:-12])
    assert (_TEXT.startswith(layers[0][1]) if layers else True, reasons) == (True, ["corrupt"])
    assert _open(b"]\0\0 is no header of any archive" * 20) == ([], [])
    assert _open(b"]\0\0") == ([], [])


@pytest.mark.parametrize("head", [b"MZ" + bytes(5000), b"#!/usr/bin/env python3\n", b"\x7fELF\0"])
def test_zip_behind_a_program(head):
    """A file that unpacks itself is a program with a zip behind it."""
    assert _open(head + _zip({"a.env": _TEXT})) == ([(("zip:a.env",), _TEXT)], [])
    assert _open(head + _zip({"a.env": _TEXT})[:-30]) == ([], [])
    assert _open(head + b"PK\5\6" + bytes(18)) == ([], [])


@pytest.mark.parametrize(
    "data",
    [
        b"\x28\xb5\x2f\xfd\4", b"7z\xbc\xaf\x27\x1c\0\4", b"Rar!\x1a\7\1\0", b"\x04\x22\x4d\x18",
        b"LZIP\1", b"\x1f\x9d\x90", b"MSCF" + bytes(4), b"\xed\xab\xee\xdb", b"xar!\0",
        b"!<arch>\ndebian-binary   ",
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_counted(data):
    """What Python cannot unpack is never passed over in silence."""
    assert _open(data + b"x" * 90) == ([], ["unsupported-archive"])
