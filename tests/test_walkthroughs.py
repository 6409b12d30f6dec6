"""The pages for people who switch: each is gone through in a repository with their files, untouched."""

import hashlib
import json
import re
import secrets
import shlex
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main

DOCS = Path(__file__).resolve().parents[1] / "docs"
_BLOCK = re.compile(r"<!-- run by: tests/test_walkthroughs.py -->\n```sh\n(.*?)```", re.DOTALL)

# What each line of the pages gives: its exit status, and words of what it says.
FROM_GITLEAKS = {
    "keysweep scan --config .gitleaks.toml": (
        1,
        ["not carried over: gitleaks' own rules", "1 secret found", "3 allowed"],
    ),
    "keysweep baseline create --config .gitleaks.toml --from .gitleaksignore": (
        0,
        ["no such finding  .gitleaksignore: gone.py:generic-api-key:3", "2 findings accepted"],
    ),
    "keysweep history --config .gitleaks.toml --baseline .keysweep-baseline": (
        1,
        ["OKX", "1 secret found", "5 allowed"],  # the other line of old.py was never ignored
    ),
    "keysweep rules import .gitleaks.toml --output rules.yaml": (0, ["rules.yaml: 1 rules"]),
    "keysweep rules test rules.yaml": (0, ["1 rules, 0 examples, 0 failed"]),
}
FROM_DETECT_SECRETS = {
    "keysweep scan": (1, ["2 secrets found", "2 allowed"]),
    "keysweep baseline create --from .secrets.baseline": (
        0,
        ["1 finding accepted", "1 entry marked as real", "no such finding", "gone.py:7"],
    ),
    "keysweep scan --baseline .keysweep-baseline": (1, ["1 secret found", "3 allowed", "real.py"]),
}


def key() -> str:
    return secrets.token_hex(32)


def token() -> str:
    return "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(24))


@pytest.fixture
def repo(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    made = git_repo()
    monkeypatch.chdir(made.path)
    return made


def go(page: str, expected: dict[str, tuple[int, list[str]]], said: Callable[[], str]) -> None:
    """Run all lines of a page in order and compare what they give."""
    text = (DOCS / page).read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.strip().split("\n")]
    assert lines == list(expected)
    for line in lines:
        status, words = expected[line]
        ran = main(shlex.split(line)[1:])
        output = " ".join(said().split(" "))
        flat = re.sub(r"\s+", " ", output)
        assert ran == status, (line, output)
        for word in words:
            assert re.sub(r"\s+", " ", word) in flat, (line, word, output)


def test_a_gitleaks_user_switches(repo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write(
        ".gitleaks.toml",
        "title = 'ours'\n[extend]\nuseDefault = true\n"
        "[[rules]]\nid = 'my-org-token'\ndescription = 'Token of my org'\n"
        "regex = '''myorg_[a-z0-9]{24}'''\nkeywords = ['myorg_']\n"
        "[allowlist]\ndescription = 'fixtures'\npaths = ['''^fixtures/''']\n"
        "regexes = ['''myorg_public''']\n",
    )
    repo.write("fixtures/a.txt", f"myorg_{token()}\n")
    repo.write("public.txt", f"myorg_public{token()[:18]}\n")
    repo.write("marked.py", f'gate_secret = "{key()}"  # {"gitleaks"}:allow\n')
    repo.write("old.py", f'okx_secret = "{key()}"\ngate_secret = "{key()}"\n')
    repo.git("add", ".")
    first = repo.commit()
    repo.write("old.py", "")
    repo.write("new.py", f"\nmyorg_{token()}\n")
    text = (
        "# accepted in 2025\n"
        f"{first}:old.py:generic-api-key:2\nnew.py:my-org-token:2\ngone.py:generic-api-key:3\n"
    )
    repo.write(".gitleaksignore", text)
    repo.git("add", ".")
    repo.commit()
    before = {name: Path(name).read_bytes() for name in (".gitleaks.toml", ".gitleaksignore")}
    go("from-gitleaks.md", FROM_GITLEAKS, lambda: "".join(capsys.readouterr()))
    assert {name: Path(name).read_bytes() for name in before} == before


def test_a_detect_secrets_user_switches(repo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    accepted, real = key(), key()
    pragma = "pragma: " + "allowlist"
    repo.write("a.py", f'\n\ngate_secret = "{accepted}"\n')
    repo.write("real.py", f'gate_secret = "{real}"\n')
    repo.write("marked.py", f'gate_secret = "{key()}"  # {pragma} secret\n')
    repo.write("next.py", f'# {pragma} nextline secret\ngate_secret = "{key()}"\n')
    entries = [("a.py", accepted, 1, False), ("real.py", real, 1, True), ("gone.py", "x", 7, None)]
    results = {
        path: [
            {
                "type": "Hex High Entropy String",
                "filename": path,
                "hashed_secret": hashlib.sha1(secret.encode()).hexdigest(),
                "is_verified": False,
                "line_number": line,
            }
            | ({} if verdict is None else {"is_secret": verdict})
        ]
        for path, secret, line, verdict in entries
    }
    document = {"version": "1.5.0", "plugins_used": [], "filters_used": [], "results": results}
    repo.write(".secrets.baseline", json.dumps(document, indent=2))
    before = Path(".secrets.baseline").read_bytes()
    go("from-detect-secrets.md", FROM_DETECT_SECRETS, lambda: "".join(capsys.readouterr()))
    assert Path(".secrets.baseline").read_bytes() == before
