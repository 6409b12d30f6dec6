"""The editors: code that reads a variable in a literal's place, or nothing where that is not safe."""

import ast
import secrets
import shutil
from typing import Any

import pytest
import yaml

from scanner.fix.compose import ComposeEditor
from scanner.fix.javascript import JavaScriptEditor
from scanner.fix.python import PythonEditor
from scanner.fix.shell import ShellEditor

KEY = secrets.token_hex(20)


def edit(editor: Any, text: str) -> str | None:
    """Replace KEY (written KEY) in a text by N, and return the text with KEY written KEY again."""
    real = text.replace("KEY", KEY)
    start = real.index(KEY)
    changed: str | None = editor.replace(real, start, start + len(KEY), "N")
    if changed is None:
        return None
    changed = editor.finish(changed)
    if changed is None:
        return None
    assert editor.complaint(real, changed, "x.js") is None
    return changed.replace(KEY, "KEY")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('k = "KEY"\n', 'import os\nk = os.environ["N"]\n'),
        ("import os\nk = 'KEY'\n", 'import os\nk = os.environ["N"]\n'),
        ("import sys, os\nk = u'KEY'\n", 'import sys, os\nk = os.environ["N"]\n'),
        (
            '"""Doc."""\nimport sys\nk = "KEY"\n',
            '"""Doc."""\nimport os\nimport sys\nk = os.environ["N"]\n',
        ),
        (
            'from __future__ import annotations\r\nk = "KEY"\r\n',
            'from __future__ import annotations\r\nimport os\r\nk = os.environ["N"]\r\n',
        ),
        (
            '#!/bin/python\n# é\nk = "é"; j = "KEY"  # ü\n',
            '#!/bin/python\n# é\nimport os\nk = "é"; j = os.environ["N"]  # ü\n',
        ),
        ('c = f(key="KEY", x={"a": 1})\n', 'import os\nc = f(key=os.environ["N"], x={"a": 1})\n'),
        ('h = "Bearer KEY"\n', 'import os\nh = ("Bearer " + os.environ["N"])\n'),
        ("u = 'https://a:KEY@b'\n", "import os\nu = ('https://a:' + os.environ[\"N\"] + '@b')\n"),
        ('b = b"KEY"\n', 'import os\nb = os.environ["N"].encode()\n'),
        ('k = """KEY"""\n', 'import os\nk = os.environ["N"]\n'),
        ('@f("KEY")\ndef g(): ...\n', 'import os\n@f(os.environ["N"])\ndef g(): ...\n'),
        ('k = "KEY"\nimport os\n', 'import os\nk = os.environ["N"]\nimport os\n'),
        (
            'def f():\n    import os\n    return "KEY"\n',
            'import os\ndef f():\n    import os\n    return os.environ["N"]\n',
        ),
        ('k = "a" "KEY"\n', None),
        ('k = f"KEY{x}"\n', None),
        ('k = f"{x}" "KEY"\n', None),
        ("# KEY\nk = 1\n", None),
        ('"""KEY"""\n', None),
        ('def f():\n    "KEY"\n', None),
        ('os = 1\nk = "KEY"\n', None),
        ('from x import os\nk = "KEY"\n', None),
        ('def f(os): return "KEY"\n', None),
        ("print 'KEY'\n", None),
        ("match x:\n    case 'KEY': pass\n", None),
        ('r = r"KEY\\d"\n', 'import os\nr = (os.environ["N"] + r"\\d")\n'),
    ],
)
def test_python(before: str, after: str | None) -> None:
    changed = edit(PythonEditor(), before)
    assert changed == after
    if changed:
        ast.parse(changed)


def test_python_reads_what_stood_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edited module has the same values as before."""
    text = 'a = "KEY"\nb = b"KEY"\nc = {"x": ["https://u:KEY@h/", r"\\dKEY"]}\n'
    monkeypatch.setenv("N", KEY)
    changed = text.replace("KEY", KEY)
    while KEY in changed:
        start = changed.index(KEY)
        done = PythonEditor().replace(changed, start, start + len(KEY), "N")
        assert done is not None
        changed = done
    finished = PythonEditor().finish(changed)
    assert finished
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    exec(text.replace("KEY", KEY), old)
    exec(finished, new)
    assert [old[name] for name in "abc"] == [new[name] for name in "abc"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("const k = 'KEY';\n", "const k = process.env.N;\n"),
        ('f({key: "KEY", b: 1})\n', "f({key: process.env.N, b: 1})\n"),
        ("const k = `KEY`\n", "const k = `${process.env.N}`\n"),
        ("const k = `a ${f({x: '}'})} KEY`\n", "const k = `a ${f({x: '}'})} ${process.env.N}`\n"),
        ("const h = `x ${g('KEY')} y`\n", "const h = `x ${g(process.env.N)} y`\n"),
        ("const h = 'Bearer KEY'\n", "const h = ('Bearer ' + process.env.N)\n"),
        (
            "const r = /['\"`]/g; const k = 'KEY'\n",
            "const r = /['\"`]/g; const k = process.env.N\n",
        ),
        (
            "const d = a / b; const k = 'KEY' // '\n",
            "const d = a / b; const k = process.env.N // '\n",
        ),
        ("function f() { return'KEY' }\n", "function f() { return process.env.N }\n"),
        (
            "#!/usr/bin/env node\n// don't\nconst k = 'KEY'\n",
            "#!/usr/bin/env node\n// don't\nconst k = process.env.N\n",
        ),
        ("const o = {'KEY': 1}\n", None),
        ("// const k = 'KEY'\n", None),
        ("/* 'KEY' */\n", None),
        ('const j = \'{"k": "KEY"}\'\n', "const j = ('{\"k\": \"' + process.env.N + '\"}')\n"),
        ("const r = /KEY/\n", None),
        ("import x from 'KEY'\n", None),
        ("const k = KEY\n", None),
    ],
)
def test_javascript(before: str, after: str | None) -> None:
    assert edit(JavaScriptEditor(), before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("const k: string = 'KEY';\n", "const k: string = process.env.N!;\n"),
        ("const e = <A key={'KEY'} />\n", "const e = <A key={process.env.N!} />\n"),
        ("const e = <A key='KEY' />\n", None),
    ],
)
def test_typescript(before: str, after: str | None) -> None:
    assert edit(JavaScriptEditor(typed=True, markup=True), before) == after


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node (apt: nodejs)")
def test_node_is_asked() -> None:
    """What node took before and does not take any more is not written."""
    editor = JavaScriptEditor()
    assert editor.complaint("const a = 1", "const a = ;", "a.js") is not None
    assert editor.complaint("const a = ;", "const a = ;;", "a.js") is None
    assert editor.complaint("import a from 'b'", "import a from 'c'", "a.js") is None
    assert editor.complaint("import a from 'b'", "import a fro 'c'", "a.mjs") is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("export K=KEY\n", 'export K="${N:?}"\n'),
        ('K="KEY"\n', 'K="${N:?}"\n'),
        ("K='KEY'\n", 'K="${N:?}"\n'),
        ("curl -H 'X-Key: KEY' x\n", "curl -H 'X-Key: '\"${N:?}\" x\n"),
        ('curl -H "X-Key: KEY" x\n', 'curl -H "X-Key: ${N:?}" x\n'),
        ("# it's\ncurl -u 'a:KEY:b' # x\n", "# it's\ncurl -u 'a:'\"${N:?}\"':b' # x\n"),
        ("echo a\\'b; K=KEY\n", 'echo a\\\'b; K="${N:?}"\n'),
        ("# KEY\n", None),
        ("echo 1 # KEY", None),
        ("cat <<X\nKEY\nX\n", None),
        ("K=`echo KEY`\n", None),
        ("K=$'KEY'\n", None),
        ('K="$(echo "KEY")"\n', None),
    ],
)
def test_shell(before: str, after: str | None) -> None:
    assert edit(ShellEditor(), before) == after


def test_bash_is_asked() -> None:
    assert ShellEditor().complaint("echo 1", "echo 'a", "x.sh") is not None
    assert ShellEditor().complaint("echo 'a", "echo 'a", "x.sh") is None


def parse(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError from error


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("compose.yaml", "a:\n  K: KEY\n", "a:\n  K: ${N:?}\n"),
        ("x/docker-compose.prod.yml", "e:\n- K=KEY\n- 'J=KE'\n", "e:\n- K=${N:?}\n- 'J=KE'\n"),
        ("compose.yml", 'e: {K: "KEY"}\n', 'e: {K: "${N:?}"}\n'),
        ("compose.yml", "e: {K: KEY}\n", None),
        ("compose.yml", "a: 1 # KEY\n", None),
        ("compose.yml", "KEY: 1\n", None),
        ("compose.yml", "a: [\nKEY", None),
        ("app.yml", "k: KEY\n", None),
        ("app.yml", "k: KEY\nh: ${HOST}\n", "k: ${N:?}\nh: ${HOST}\n"),
    ],
)
def test_compose(path: str, before: str, after: str | None) -> None:
    assert edit(ComposeEditor(path, parse), before) == after
