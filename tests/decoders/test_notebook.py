"""Notebooks: code as its author sees it, each position in the JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.decoders.notebook import Notebook
from scanner.models import Blob, Origin


def _notebook(*cells, **extra):
    return {"cells": list(cells), "metadata": {"k": "meta"}, "nbformat": 4, **extra}


def _code(source, *outputs):
    return {"cell_type": "code", "source": source, "outputs": list(outputs)}


def _layer(data):
    (layer,) = Notebook().layers(Blob(data, Origin("file", "a.ipynb")))
    return layer


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("is_ascii", [True, False])
@settings(max_examples=50, deadline=None)
@given(lines=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_line_and_its_place(indent, is_ascii, lines):
    outer = json.dumps(_notebook(_code(lines)), indent=indent, ensure_ascii=is_ascii).encode()
    layer = _layer(outer)
    assert layer.data.decode() == "".join(lines)
    done = 0
    for line in lines:
        start, done = done, done + len(line.encode())
        low, high = layer.locate(start, done)
        assert json.loads(b'"' + outer[low:high] + b'"') == line


def test_cells_outputs_and_no_images():
    secret = "Zq8" * 10
    outer = json.dumps(
        _notebook(
            _code(
                ["from binance.client import Client\n", f'client = Client("{secret}", "b\\n")'],
                {"name": "stdout", "text": ["key ", "is 'x'\n"]},
                {"data": {"image/png": "iVBORw0KGgo", "text/plain": [f"'{secret}'"]}},
                {"ename": "E", "traceback": ["line \u001b[31m1"], "evalue": "bad"},
            ),
            {"cell_type": "markdown", "source": "# Title"},
        ),
        indent=1,
    ).encode()
    assert _layer(outer).data.decode().split("\n") == [
        "from binance.client import Client",
        f'client = Client("{secret}", "b\\n")',
        "key is 'x'",
        "",
        f"'{secret}'",
        "line \x1b[31m1",
        "bad",
        "# Title",
    ]


def test_old_worksheets_and_broken_json():
    old = {"worksheets": [{"cells": [{"input": ["a = 1\n", "b"]}]}], "nbformat": 3}
    assert _layer(json.dumps(old).encode()).data == b"a = 1\nb"
    whole = json.dumps(_notebook(_code(["a = 1\n", "b = 2"]), a=["x"])).encode()
    torn = b'{"nbformat": 4, "cells"' + whole[whole.index(b": [") : -20] + b'"source": "c'
    assert _layer(torn).data.startswith(b"a = 1\nb = 2")
    for end in range(len(whole)):
        list(Notebook().layers(Blob(whole[:end], Origin("file"))))


def test_escapes_are_undone_once(walk):
    secret = "Zq8" * 10
    outer = _notebook(
        _code([f'k = {{"a": "{secret}"}}\n', "b"], {"data": {"application/javascript": ["x\n"]}}),
        metadata={"env": f'{{"api_key": "{secret}"}}', "image/png": "abc\\n"},
    )
    (layer,) = walk(json.dumps(outer).encode())
    assert layer.layers == ("ipynb",)
    assert layer.data.decode().splitlines() == [
        f'k = {{"a": "{secret}"}}',
        "b",
        "x",
        "",
        f'{{"api_key": "{secret}"}}',
    ]


def test_a_picture_hides_nothing():
    for picture in ('"image/png": "abc\\n\\"x"', '"png": "\\\\"', '"image/png": "abc"'):
        outer = f'{{"nbformat": 4, "cells": [{{{picture}, "source": "k = 1"}}]}}'
        assert _layer(outer.encode()).data.decode().endswith("k = 1")


@pytest.mark.parametrize("data", [b"", b"{}", b'{"cells": [], "x": 1}', b'["cells", "nbformat"]'])
def test_other_json_is_left(data):
    assert list(Notebook().layers(Blob(data, Origin("file")))) == []


@pytest.mark.parametrize("unit", [b'{"source":["', b"[", b'"\\"', b'"a",', b'\\"', b'"png":"'])
def test_hostile_repeats_take_linear_time(slowdown, unit):
    head = b'{"nbformat": 4, "cells": ['
    assert list(Notebook().layers(Blob(head + unit, Origin("file"))))
    assert slowdown(unit, head=head) < 11


def test_levels_do_not_multiply(walk):
    outer = json.dumps(_notebook(_code([f'k{n} = "{n:040x}"\n' for n in range(50)])))
    assert len(walk(outer.encode())) < 6
