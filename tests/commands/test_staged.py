"""`keysweep staged`: the contract of its JSON and its exit status, in real repositories.

What it reads of the index is tested with its source.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

Keysweep = Callable[..., Any]
Made = Callable[..., str]
GATE = "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}\n"


def stage(repo: Any, name: str, text: str | bytes) -> None:
    repo.write(name, text)
    repo.git("add", "--", name)


def test_json(repo: Any, keysweep: Keysweep, made: Made) -> None:
    text = made(GATE)
    stage(repo, "config/.env", text)
    ran = keysweep("staged", "--format", "json")
    assert (ran.status, ran.err) == (1, "")
    assert ran.json["root"] == str(repo.path)
    key, secret = ran.findings
    blob = repo.git("rev-parse", ":config/.env")
    expected = {
        "rule": "gate-api-secret",
        "path": "config/.env",
        "line": 2,
        "source": "staged",
        "exposure": "staged",
        "blob": blob,
        "commit": None,
        "author": None,
        "email": None,
        "date": None,
        "summary": None,
        "paired_with": [key["fingerprint"]],
    }
    assert {name: secret[name] for name in expected} == expected
    assert [place["blob"] for place in secret["occurrences"]] == [blob]
    assert ran.json["summary"]["files"] == 1
    assert re.search("git (restore --staged|rm --cached)", " ".join(secret["remediation"]["steps"]))


def test_fingerprints_agree_with_scan(repo: Any, keysweep: Keysweep, made: Made) -> None:
    stage(repo, "config/.env", made(GATE))
    staged = {f["rule"]: f["fingerprint"] for f in keysweep("staged", "--format", "json").findings}
    for args in ((), ("config",), ("config/.env",)):
        scanned = keysweep("scan", *args, "--format", "json").findings
        assert {f["rule"]: f["fingerprint"] for f in scanned} == staged


def test_clean(repo: Any, keysweep: Keysweep) -> None:
    stage(repo, "a.py", "a = 2\n")
    ran = keysweep("staged", "--format", "json")
    assert (ran.status, ran.findings, ran.json["summary"]["files"]) == (0, [], 1)


def test_nothing_staged_is_said(repo: Any, keysweep: Keysweep) -> None:
    ran = keysweep("staged")
    assert ran.status == 0
    assert "nothing" in ran.out.lower()
    assert "clean" not in ran.out


def test_only_what_the_change_adds(repo: Any, keysweep: Keysweep, made: Made) -> None:
    old, new = made(GATE), made("BYBIT_API_SECRET={alnum:36}\n")
    stage(repo, "keys.env", old)
    repo.commit("old keys")
    stage(repo, "keys.env", old + new)
    assert keysweep("staged", "--format", "json").rules == ["bybit-api-secret"]
    whole = keysweep("staged", "--whole-files", "--format", "json")
    assert whole.rules == ["bybit-api-secret", "gate-api-key", "gate-api-secret"]


def test_the_index_and_not_the_work_tree(repo: Any, keysweep: Keysweep, made: Made) -> None:
    stage(repo, "keys.env", made(GATE))
    repo.write("keys.env", "")
    assert keysweep("staged").status == 1
    stage(repo, "keys.env", "")
    repo.write("keys.env", made(GATE))
    assert keysweep("staged").status == 0


def test_the_new_line_of_a_secret_that_lies_encoded_too(
    repo: Any, keysweep: Keysweep, made: Made
) -> None:
    """The secret was there encoded; only its plain place is new."""
    import base64

    line = made("GATE_API_SECRET={hex:64}\n")
    encoded = f"BLOB={base64.b64encode(line.encode()).decode()}\n"
    stage(repo, "keys.env", encoded)
    repo.commit("encoded")
    stage(repo, "keys.env", encoded + line)
    (finding,) = keysweep("staged", "--format", "json").findings
    assert finding["line"] == 2


def test_wrong_usage(repo: Any, keysweep: Keysweep) -> None:
    ran = keysweep("staged", "--only")
    assert (ran.status, ran.out) == (2, "")
    assert "expected one argument" in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_that_git_does_not_know(repo: Any, keysweep: Keysweep, made: Made) -> None:
    stage(repo, "a.env", made(GATE))
    ran = keysweep("staged", "none.py", "a.env", "--format", "json")
    assert ran.status == 2
    assert [skipped["detail"] for skipped in ran.json["skipped"]] == [
        "none.py: git does not know this file"
    ]


def test_outside_a_repository(here: Any, keysweep: Keysweep) -> None:
    ran = keysweep("staged")
    assert (ran.status, ran.out) == (2, "")
    assert "repository" in ran.err
    assert ran.err.count("\n") == 1


def test_settings_of_the_repository_are_said(repo: Any, keysweep: Keysweep, made: Made) -> None:
    repo.write(".keysweep.yaml", "exclude: ['gate-*', 'generic-*']\n")
    stage(repo, "keys.env", made(GATE))
    ran = keysweep("staged")
    assert ran.status == 0
    assert ".keysweep.yaml of this repository changes what is reported: exclude" in ran.out
    assert keysweep("staged", "--isolated").status == 1


def test_an_unknown_setting(repo: Any, keysweep: Keysweep) -> None:
    repo.write(".keysweep.yaml", "exlude: []\n")
    stage(repo, "a.py", "a = 2\n")
    ran = keysweep("staged")
    assert ran.status == 2
    assert "unknown setting 'exlude' (did you mean 'exclude'?)" in ran.err


def test_an_inline_mark(repo: Any, keysweep: Keysweep, made: Made) -> None:
    stage(repo, "a.env", made("GATE_API_SECRET={hex:64}  # keysweep:" + "allow\n"))
    ran = keysweep("staged", "--format", "json")
    assert (ran.status, ran.json["summary"]["allowed"]) == (0, 1)


def test_a_damaged_object_is_unread(repo: Any, keysweep: Keysweep, made: Made) -> None:
    stage(repo, "a.env", made(GATE))
    stage(repo, "b.env", made(GATE, 2))
    blob = repo.git("rev-parse", ":a.env")
    path = repo.path / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"damage")
    ran = keysweep("staged", "--format", "json")
    assert ran.status == 2
    assert {f["path"] for f in ran.findings} == {"b.env"}
    assert [(s["path"], s["reason"]) for s in ran.json["skipped"]] == [("a.env", "corrupt")]


@pytest.mark.parametrize(
    "name", ["a\nb.env", 'a"b.env', "a\x1bb.env", "-x.env", "ключ.env", "a b.env"]
)
def test_names(repo: Any, keysweep: Keysweep, made: Made, name: str) -> None:
    stage(repo, name, made(GATE))
    ran = keysweep("staged", "--format", "json")
    assert {f["path"] for f in ran.findings} == {name}
    text = keysweep("staged").out
    assert "\x1b" not in text
    assert "a\nb.env" not in text
