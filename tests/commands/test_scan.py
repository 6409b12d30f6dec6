"""`keysweep scan`: the contract of its JSON, its exit status, its options, and any kind of input."""

import io
import lzma
import os
import random
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Keysweep = Callable[..., Any]
Made = Callable[..., str]
GATE = "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}\n"

NONE = type(None)
TOP = {"schema", "tool", "root", "findings", "skipped", "summary"}
FINDING = {
    "rule": str,
    "system": (str, NONE),
    "kind": str,
    "severity": str,
    "confidence": str,
    "path": (str, NONE),
    "line": (int, NONE),
    "column": (int, NONE),
    "end_line": (int, NONE),
    "end_column": (int, NONE),
    "source": str,
    "blob": (str, NONE),
    "commit": (str, NONE),
    "author": (str, NONE),
    "email": (str, NONE),
    "date": (str, NONE),
    "summary": (str, NONE),
    "exposure": str,
    "fingerprint": str,
    "redacted": str,
    "evidence": list,
    "paired_with": list,
    "decoded": list,
    "remediation": dict,
    "allowed_by": (str, NONE),
    "occurrences": list,
}
PLACE = {"line", "column", "end_line", "end_column", "blob", "commit", "date"}
SKIPPED = {"path", "commit", "blob", "reason", "detail"}
SUMMARY = {
    "complete": bool,
    "findings": int,
    "allowed": int,
    "files": int,
    "blobs": int,
    "commits": int,
    "messages": int,
    "bytes": int,
    "left_out": dict,
    "command": str,
    "notes": list,
    "seconds": float,
}


def assert_contract(report: dict[str, Any]) -> None:
    """Check every field of a report: there, of its type, and of its words."""
    assert set(report) == TOP
    assert report["schema"] == 1
    assert set(report["tool"]) == {"name", "version"}
    for finding in report["findings"]:
        assert set(finding) == set(FINDING)
        for name, kind in FINDING.items():
            assert isinstance(finding[name], kind), name
        assert re.fullmatch("[0-9a-f]{32}", finding["fingerprint"])
        assert finding["severity"] in ("low", "medium", "high", "critical")
        assert finding["confidence"] in ("low", "medium", "high")
        assert finding["exposure"] in ("worktree", "staged", "local", "pushed", "unreachable")
        assert all(set(item) == {"what", "detail"} for item in finding["evidence"])
        assert finding["evidence"]
        assert set(finding["remediation"]) == {"revoke_url", "steps"}
        assert finding["remediation"]["steps"]
        first = finding["occurrences"][0]
        assert set(first) == PLACE
        assert [first[k] for k in ("line", "column", "end_line", "end_column")] == [
            finding[k] for k in ("line", "column", "end_line", "end_column")
        ]
    for skipped in report["skipped"]:
        assert set(skipped) == SKIPPED
    assert set(report["summary"]) == set(SUMMARY)
    for name, kind in SUMMARY.items():
        assert isinstance(report["summary"][name], kind), name
    assert report["summary"]["complete"] == (not report["skipped"])


# The contract


def test_json(here: Path, keysweep: Keysweep, made: Made) -> None:
    text = made(GATE)
    (here / "bot.env").write_text("# main\n" + text)
    ran = keysweep("scan", "--format", "json")
    assert (ran.status, ran.err) == (1, "")
    assert_contract(ran.json)
    assert ran.json["root"] == str(here)
    key, secret = ran.findings
    value = text.splitlines()[1].partition("=")[2]
    expected = {
        "rule": "gate-api-secret",
        "system": "gate",
        "kind": "api_secret",
        "severity": "critical",
        "confidence": "high",
        "path": "bot.env",
        "line": 3,
        "column": 17,
        "end_line": 3,
        "end_column": 81,
        "source": "file",
        "exposure": "worktree",
        "redacted": f"{value[:4]}****{value[-4:]}",
        "paired_with": [key["fingerprint"]],
        "decoded": [],
        "allowed_by": None,
    }
    assert {name: secret[name] for name in expected} == expected
    for name in ("blob", "commit", "author", "email", "date", "summary"):
        assert secret[name] is None
    summary = ran.json["summary"]
    assert (summary["findings"], summary["files"], summary["commits"]) == (2, 1, 0)
    assert summary["bytes"] == len(text) + 7


def test_null_where_there_is_no_system(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.py").write_text(made("client_secret = '{alnum:40}'\n"))
    ran = keysweep("scan", "--format", "json")
    assert_contract(ran.json)
    assert ran.findings[0]["system"] is None


def test_jsonl(here: Path, keysweep: Keysweep, made: Made) -> None:
    import json

    (here / "bot.env").write_text(made(GATE))
    ran = keysweep("scan", "--format", "jsonl")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line.pop("type") for line in lines] == ["finding", "finding", "summary"]
    assert lines[:2] == keysweep("scan", "--format", "json").findings


def test_one_finding_a_secret_and_path(here: Path, keysweep: Keysweep, made: Made) -> None:
    line = made("GATE_API_SECRET={hex:64}\n")
    (here / "one.env").write_text(line + "# again\n" + line)
    (here / "two.env").write_text(line)
    findings = keysweep("scan", "--format", "json").findings
    assert [(f["path"], f["line"], len(f["occurrences"])) for f in findings] == [
        ("one.env", 1, 2),
        ("two.env", 1, 1),
    ]
    assert [place["line"] for place in findings[0]["occurrences"]] == [1, 3]
    assert findings[0]["fingerprint"] != findings[1]["fingerprint"]
    assert findings[0]["redacted"] == findings[1]["redacted"]


def test_one_finding_though_it_is_there_encoded_too(
    here: Path, keysweep: Keysweep, made: Made
) -> None:
    import base64

    line = made("GATE_API_SECRET={hex:64}\n")
    (here / "a.env").write_text(f"{line}BLOB={base64.b64encode(line.encode()).decode()}\n")
    findings = keysweep("scan", "--format", "json").findings
    prints = [f["fingerprint"] for f in findings if f["rule"] == "gate-api-secret"]
    assert len(prints) == len(set(prints)) == 1


def test_fingerprints_do_not_depend_on_the_line(here: Path, keysweep: Keysweep, made: Made) -> None:
    path = here / "a.env"
    path.write_text(made(GATE))
    before = keysweep("scan", "--format", "json").findings
    path.write_text("\n\n# moved\n" + made(GATE))
    after = keysweep("scan", "--format", "json").findings
    assert [f["fingerprint"] for f in before] == [f["fingerprint"] for f in after]


# Exit status


def test_clean(here: Path, keysweep: Keysweep) -> None:
    (here / "a.py").write_text("a = 1\n")
    ran = keysweep("scan", "--format", "json")
    assert (ran.status, ran.findings, ran.json["summary"]["complete"]) == (0, [], True)


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_nothing_to_scan_is_said(here: Path, keysweep: Keysweep, options: tuple[str, ...]) -> None:
    ran = keysweep("scan", *options)
    assert ran.status == 0
    assert "clean" not in ran.out
    if not options:
        assert "nothing" in (ran.out + ran.err).lower()


def test_exit_zero(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.env").write_text(made(GATE))
    assert keysweep("scan").status == 1
    ran = keysweep("scan", "--exit-zero", "--format", "json")
    assert (ran.status, len(ran.findings)) == (0, 2)


def test_two_wins_over_one(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.env").write_text(made(GATE))
    for options in ((), ("--exit-zero",)):
        ran = keysweep("scan", "a.env", "/proc/self/mem", "--format", "json", *options)
        assert ran.status == 2
        assert_contract(ran.json)
        assert ran.rules == ["gate-api-key", "gate-api-secret"]
        assert [skipped["reason"] for skipped in ran.json["skipped"]] == ["unreadable"]


def test_unread_is_said_in_text_too(here: Path, keysweep: Keysweep) -> None:
    ran = keysweep("scan", "/proc/self/mem")
    assert ran.status == 2
    assert "/proc/self/mem" in ran.out
    assert "clean" not in ran.out


WRONG = [
    (("scan", "none.txt"), "none.txt: no such file"),
    (("scan", "a\nb\x1b[31m"), "no such file"),
    (("scan", "a", "-"), "cannot be mixed"),
    (("scan", "--format", "xml"), "invalid choice: 'xml'"),
    (("scan", "--format"), "expected one argument"),
    (("scan", "--formt", "json"), "--formt"),
    (("scan", "--jobs", "-1"), "--jobs"),
    (("scan", "--jobs", "two"), "--jobs"),
    (("scan", "--max-blob-size", "big"), "--max-blob-size: 'big' is no size"),
    (("scan", "--config", "none.yaml"), "none.yaml: cannot be read"),
    (("scan", "--patterns", "none.yaml"), "no such pattern file"),
    (("scan", "--output", "no/such/folder"), "--output no/such/folder"),
    (("scna",), "no command 'scna' (did you mean 'scan'?)"),
]


@pytest.mark.parametrize(("args", "said"), WRONG)
def test_wrong_usage_is_one_line(
    here: Path, keysweep: Keysweep, args: tuple[str, ...], said: str
) -> None:
    ran = keysweep(*args)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("keysweep: error: ")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


FILES = [
    # name, content, options, what is said
    (
        ".keysweep.yaml",
        "formt: json\n",
        (),
        ".keysweep.yaml: unknown setting 'formt' (did you mean 'format'?)",
    ),
    (".keysweep.yaml", "a: [\n", (), ".keysweep.yaml: is not YAML in line 2"),
    (".keysweep.yaml", "show-secrets: true\n", (), "show-secrets cannot be set by a repository"),
    (".keysweepignore", "abc\n", (), ".keysweepignore, line 1: not a fingerprint"),
    ("p.yaml", "rules: [\n", ("--patterns", "p.yaml"), "p.yaml: is not YAML"),
    (
        "p.yaml",
        "system: acme\nname: A\ncategory: x\nrules:\n- {id: acme-key, kind: token, severity: low, "
        "about: x, keywords: [a], pattern: '(?P<secret>['}\n",
        ("--patterns", "p.yaml"),
        "p.yaml: rule acme-key: pattern: ",
    ),
]


@pytest.mark.parametrize(("name", "content", "options", "said"), FILES)
def test_wrong_files_are_named(
    here: Path, keysweep: Keysweep, name: str, content: str, options: tuple[str, ...], said: str
) -> None:
    (here / ".git").mkdir()  # a repository's top, as far as settings go
    (here / name).write_text(content)
    (here / "a.txt").write_text("")
    ran = keysweep("scan", "a.txt", *options)
    assert ran.status == 2
    assert said in ran.err + ran.out
    assert ran.err.count("\n") <= 1


def test_own_patterns(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "p.yaml").write_text(
        "system: acme\nname: Acme\ncategory: x\nrules:\n"
        "- {id: acme-token, kind: token, severity: low, about: A token., keywords: [acme_],\n"
        "   pattern: '(?P<secret>acme_[a-z0-9]{32})'}\n"
    )
    (here / "a.txt").write_text(made("acme_{alnum_lower:32}"))
    assert keysweep("scan", "a.txt", "--format", "json").rules == []
    ran = keysweep("scan", "a.txt", "--patterns", "p.yaml", "--format", "json")
    assert ran.rules == ["acme-token"]


# Options


def test_standard_input(here: Path, keysweep: Keysweep, made: Made) -> None:
    ran = keysweep("scan", "-", "--format", "json", stdin=made(GATE).encode())
    assert_contract(ran.json)
    assert ran.json["root"] is None
    assert {(f["path"], f["source"]) for f in ran.findings} == {("-", "stdin")}
    ran = keysweep(
        "scan", "-", "--stdin-path", "gate/keys.env", "--format", "json", stdin=made(GATE).encode()
    )
    assert {f["path"] for f in ran.findings} == {"gate/keys.env"}
    assert keysweep("scan", "-", stdin=b"").status == 0


@pytest.mark.skipif(os.name == "nt", reason="file modes mean little on Windows")
def test_output_file(here: Path, keysweep: Keysweep, made: Made) -> None:
    import json

    (here / "a.env").write_text(made(GATE))
    before = os.umask(0)
    try:
        ran = keysweep("scan", "a.env", "--format", "json", "--output", "report.json")
    finally:
        os.umask(before)
    assert (ran.status, ran.out) == (1, "")
    path = here / "report.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert_contract(json.loads(path.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_output_follows_no_link(here: Path, keysweep: Keysweep) -> None:
    (here / "a.txt").write_text("precious")
    (here / "report").symlink_to("a.txt")
    ran = keysweep("scan", "a.txt", "--output", "report")
    assert ran.status == 2
    assert "--output report" in ran.err
    assert (here / "a.txt").read_text() == "precious"


def test_an_old_report_is_for_its_owner_alone_too(here: Path, keysweep: Keysweep) -> None:
    (here / "a.txt").write_text("x")
    (here / "report").write_text("a longer report than the new one" * 100)
    (here / "report").chmod(0o644)
    assert keysweep("scan", "a.txt", "--format", "json", "--output", "report").status == 0
    assert stat.S_IMODE((here / "report").stat().st_mode) == 0o600
    assert "longer" not in (here / "report").read_text()


def test_show_secrets(here: Path, keysweep: Keysweep, made: Made) -> None:
    text = made(GATE)
    (here / "a.env").write_text(text)
    ran = keysweep("scan", "--show-secrets", "--format", "json")
    values = {line.partition("=")[2] for line in text.splitlines()}
    assert {f["secret"] for f in ran.findings} == values
    for finding in keysweep("scan", "--format", "json").findings:
        assert "secret" not in finding


def test_quiet(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.py").write_text("a = 1\n")
    assert keysweep("scan", "--quiet") == (0, "", "")
    (here / "a.env").write_text(made(GATE))
    assert "Gate.io" in keysweep("scan", "--quiet").out


def test_silenced_findings(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.env").write_text(made("GATE_API_SECRET={hex:64}  # keysweep:" + "allow\n"))
    ran = keysweep("scan", "--format", "json")
    assert (ran.status, ran.findings, ran.json["summary"]["allowed"]) == (0, [], 1)
    ran = keysweep("scan", "--format", "json", "--show-allowed")
    assert_contract(ran.json)
    assert (ran.status, [f["allowed_by"] for f in ran.findings]) == (0, ["inline"])


def test_the_ignore_file_and_isolated(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / ".git").mkdir()
    (here / "a.env").write_text(made("GATE_API_SECRET={hex:64}\n"))
    (finding,) = keysweep("scan", "a.env", "--format", "json").findings
    (here / ".keysweepignore").write_text(f"# mine\n\n{finding['fingerprint']}  # old\n")
    assert keysweep("scan", "a.env").status == 0
    assert keysweep("scan", "a.env", "--isolated").status == 1


def test_repository_settings_are_said(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / ".git").mkdir()
    (here / ".keysweep.yaml").write_text("allow: [{name: mine, paths: ['env$']}]\n")
    (here / "a.env").write_text(made(GATE))
    ran = keysweep("scan", "a.env")
    assert ran.status == 0
    assert ".keysweep.yaml" in ran.out
    assert keysweep("scan", "a.env", "--isolated").status == 1


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("gate", "no rule 'gate' (did you mean 'gate-*'?)"),
        ("gate-api-kye", "no rule 'gate-api-kye' (did you mean 'gate-api-key'?)"),
        ("nothing-*", "no rule 'nothing-*'"),
    ],
)
def test_only_that_names_no_rule_is_no_all_clear(
    here: Path, keysweep: Keysweep, made: Made, only: str, said: str
) -> None:
    """A mistyped id would find nothing for ever; it is an error that helps."""
    (here / "a.env").write_text(made(GATE))
    ran = keysweep("scan", "--only", only)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (("--only", "gate-api-k*"), ["gate-api-key"]),
        (("--exclude", "*-key", "--exclude", "generic-*"), ["gate-api-secret"]),
        (("--min-severity", "critical"), ["gate-api-secret"]),
    ],
)
def test_narrowing(
    here: Path, keysweep: Keysweep, made: Made, options: tuple[str, ...], rules: list[str]
) -> None:
    (here / "a.env").write_text(made(GATE))
    assert keysweep("scan", "--format", "json", *options).rules == rules


def test_max_blob_size(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.env").write_text(made(GATE) + "#" * 2000)
    ran = keysweep("scan", "--max-blob-size", "1k", "--format", "json")
    assert (ran.status, ran.findings) == (0, [])
    assert ran.json["summary"]["left_out"] == {"max-blob-size": 1}


# Any kind of input


def utf(name: str) -> Callable[[str], bytes]:
    return lambda text: text.encode(name)


CONTENTS = {
    "utf-8": utf("utf-8"),
    "utf-8-sig": utf("utf-8-sig"),
    "utf-16": utf("utf-16"),
    "utf-16-le without a mark": utf("utf-16-le"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-32": utf("utf-32"),
    "latin-1": lambda text: b"# caf\xe9 \xfc\n" + text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "no line end": lambda text: text.rstrip().encode(),
    "in a long line": lambda text: b"x; " * 20_000 + text.encode() + b"; y" * 20_000,
    "invalid utf-8": lambda text: b"\xff\xfe\xfa\n\xc3\x28\n" + text.encode(),
    "nul later": lambda text: b"# x\n" * 3000 + text.encode() + b"\x00",
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_contents(here: Path, keysweep: Keysweep, made: Made, kind: str) -> None:
    (here / "a.env").write_bytes(CONTENTS[kind](made(GATE)))
    ran = keysweep("scan", "--format", "json")
    assert_contract(ran.json)
    assert ran.rules == ["gate-api-key", "gate-api-secret"]
    assert ran.json["skipped"] == []


def test_binary(here: Path, keysweep: Keysweep, made: Made) -> None:
    (here / "a.bin").write_bytes(
        b"\x7fELF\x00\x00" + made("token={github:ghp}\n").encode() + b"\x00"
    )
    assert keysweep("scan", "--format", "json").rules == ["github-personal-token"]


def test_text_with_nuls_is_no_binary(here: Path, keysweep: Keysweep, made: Made) -> None:
    """A stray NUL hides no named key, nor does a dump of an environment; its place is that in the file."""
    text = made(GATE).encode()
    (here / ".env").write_bytes(text + b"\0")
    (here / "environ").write_bytes(text.replace(b"\n", b"\0"))
    (here / "chinese.env").write_bytes(("配置\n" * 2000 + text.decode()).encode("utf-16"))
    ran = keysweep("scan", "--format", "json")
    assert ran.status == 1
    places = {(f["path"], f["line"]) for f in ran.findings}
    assert places == {
        *((".env", 1), (".env", 2), ("environ", 1), ("chinese.env", 2001), ("chinese.env", 2002))
    }
    assert {tuple(f["decoded"]) for f in ran.findings} == {("nul",), ("utf-16",)}


def test_archives_that_cannot_be_opened_are_counted(
    here: Path, keysweep: Keysweep, made: Made
) -> None:
    """They are said beside what was read, as encrypted ones are, and change no exit status."""
    (here / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256)))
    (here / "b.zst").write_bytes(b"\x28\xb5\x2f\xfd\x04" + bytes(range(1, 256)))
    ran = keysweep("scan", "--format", "json")
    assert ran.status == 0
    assert ran.json["summary"]["left_out"] == {"unsupported-archive": 2}
    assert "left out: 2 unsupported-archive" in keysweep("scan").out
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("conf.env", made(GATE))
    (here / "setup.exe").write_bytes(b"MZ" + bytes(5000) + packed.getvalue())
    (here / "c.lzma").write_bytes(lzma.compress(made(GATE, 2).encode(), lzma.FORMAT_ALONE))
    assert {tuple(f["decoded"]) for f in keysweep("scan", "--format", "json").findings} == {
        ("zip:conf.env",),
        ("lzma",),
    }


def test_one_line_of_five_megabytes(here: Path, keysweep: Keysweep, made: Made) -> None:
    filler = b"function f(a,b){return a+b};" * 90_000
    data = filler + b"GATE_API_SECRET='" + made("{hex:64}").encode() + b"';" + filler
    assert len(data) > 5_000_000
    (here / "bundle.js").write_bytes(data)
    ran = keysweep("scan", "--format", "json")
    assert ran.rules == ["gate-api-secret"]
    assert ran.findings[0]["column"] == len(filler) + 18


NAMES = [
    b"a\nb",
    b'a"b',
    b"a'b",
    b"a\x1b[31mb",
    b"a\xff\xfeb",
    "ключ".encode(),
    b"-n",
    b"a\tb",
    b" a ",
]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only on Linux")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "csv", "github"])
def test_names(here: Path, keysweep: Keysweep, made: Made, name: bytes, form: str) -> None:
    (here / os.fsdecode(name)).write_text(made(GATE))
    ran = keysweep("scan", ".", "--format", form)
    assert ran.status == 1
    assert "\x1b" not in ran.out
    ran.out.encode()  # no lone surrogate
    if form == "json":
        shown = name.decode("utf-8", "backslashreplace")
        assert {f["path"] for f in ran.findings} == {shown}


def test_help_of_every_command(keysweep: Keysweep, capsys: pytest.CaptureFixture[str]) -> None:
    from scanner.cli import COMMANDS, main

    assert main([]) == 0
    overview = capsys.readouterr().out
    for name in COMMANDS:
        assert f"  {name} " in overview
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"])
        assert ended.value.code == 0
        assert "Example: keysweep " in capsys.readouterr().out


def test_a_reader_that_goes_away(here: Path, made: Made) -> None:
    (here / "a.env").write_text("".join(made(GATE, seed) for seed in range(200)))
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        f'"{sys.executable}" -P -m scanner scan . --format json | head -c 10',
        shell=True,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


@pytest.mark.parametrize("digits", [16, 40])
def test_signing_key_of_a_gitconfig_is_public(here: Path, keysweep: Keysweep, digits: int) -> None:
    """git's user.signingkey names a public key by its id; a long value under that name is none."""
    shown = "".join(random.choice("0123456789ABCDEF") for _ in range(digits))
    (here / "gitconfig").write_text(f"[user]\n\tsigningkey = {shown}\n")
    assert keysweep("scan", "--min-confidence", "low").status == 0
    other = "".join(random.choice("ghijkLMNOPQR0123456789stuvw") for _ in range(48))
    (here / "gitconfig").write_text(f"[app]\n\tsigningkey = {other}\n")
    assert keysweep("scan", "--min-confidence", "low").status == 1


@pytest.mark.parametrize("before", ["0x", "0x" + "0" * 24])
@pytest.mark.parametrize("name", ["token0", "tokenIn", "token", "quoteToken"])
def test_address_of_a_traded_token_is_no_secret(
    here: Path, keysweep: Keysweep, name: str, before: str
) -> None:
    """To a trading program a token is a contract; the same digits without 0x may be a secret."""
    digits = "".join(random.choice("0123456789abcdefABCDEF") for _ in range(40))
    (here / "pool.ts").write_text(f'const {name} = "{before}{digits}";\n')
    assert keysweep("scan").status == 0
    amount = random.randrange(10**18, 10**22)
    (here / "pool.ts").write_text(f'"receipt{name}Delta0": "{amount}", "{name}": "{amount}"\n')
    assert keysweep("scan").status == 0


def test_a_finding_among_tests_begins_calmly(here: Path, keysweep: Keysweep, made: Made) -> None:
    """Its first step is for made-up values; elsewhere the first step stops the harm."""
    (here / "tests").mkdir()
    (here / "tests" / "a.env").write_text(made(GATE))
    (here / "b.env").write_text(made(GATE))
    steps = {
        (finding["path"], finding["rule"]): finding["remediation"]["steps"]
        for finding in keysweep("scan", "--format", "json").findings
    }
    assert len(steps) == 4
    for (path, _), (first, second, *_) in steps.items():
        among_tests = path.startswith("tests/")
        assert ("made up" in first) is among_tests
        assert "Delete the API key" in (second if among_tests else first)
