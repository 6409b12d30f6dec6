"""The templates for other CI systems: each can be parsed, and its keysweep lines find what they should."""

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "ci"
YAML = sorted([*FOLDER.glob("*.yml"), *FOLDER.glob("*.yaml")])


def commands(name: str) -> list[str]:
    """Return the shell lines of a template that run keysweep, or what it needs before."""
    path = FOLDER / name
    if name == "Jenkinsfile":
        found = re.findall(r"^\s*sh '(.*)'$", path.read_text(), re.MULTILINE)
    elif path.suffix == ".sh":
        found = path.read_text().splitlines()
    else:
        found = list(_strings(yaml.safe_load(path.read_text())))
    kept = [
        text for text in found if re.search(r"(^|\n|\")[^#\n]*keysweep\"? (history|staged)", text)
    ]
    assert kept
    return [text.replace('"$HOME/venv/bin/keysweep"', "keysweep") for text in kept]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)
    elif isinstance(value, str):
        yield value


@pytest.fixture
def change(git_repo: Any) -> Any:
    """Return a checkout of a merge request that has a secret, and settings that would allow it."""
    repo = git_repo()
    repo.write("old.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    repo.git("add", ".")
    repo.commit("first")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repo.write(".keysweep.yaml", "exclude: ['*']\n")
    repo.write("bot.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    repo.git("add", ".")
    repo.commit("change")
    return repo


def run(text: str, repo: Any, tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir(exist_ok=True)
    program = bin_folder / "keysweep"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m scanner "$@"\n'
    )
    program.chmod(0o755)
    variables = {
        "BITBUCKET_PR_DESTINATION_BRANCH": "main",
        "CHANGE_TARGET": "main",
        "CI_COMMIT_TARGET_BRANCH": "main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": repo.git("rev-parse", "HEAD^"),
        "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
    }
    return subprocess.run(
        ["sh", "-e", "-c", text],
        cwd=repo.path,
        env={**os.environ, **variables, "PATH": f"{bin_folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "name",
    [
        "gitlab-ci.yml",
        "bitbucket-pipelines.yml",
        "azure-pipelines.yml",
        "woodpecker.yaml",
        "Jenkinsfile",
    ],
)
def test_scans_the_change_and_the_history(name: str, change: Any, tmp_path: Path) -> None:
    """For a change: what it brings, in spite of its own settings. Else: the whole history."""
    of_change, of_history = commands(name)
    done = run(of_change, change, tmp_path)
    report = done.stdout + "".join(p.read_text() for p in change.path.glob("*.xml"))
    report += "".join(p.read_text() for p in change.path.glob("gl-*.json"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "bot.py" in report
    assert "old.py" not in report
    (change.path / ".keysweep.yaml").unlink()
    assert run(of_history, change, tmp_path).returncode == 1


@pytest.mark.parametrize("name", ["husky-pre-commit.sh", "lefthook.yml"])
def test_hook_managers_scan_what_is_staged(name: str, change: Any, tmp_path: Path) -> None:
    (line,) = commands(name)
    assert run(line, change, tmp_path).returncode == 0
    (change.path / ".keysweep.yaml").unlink()
    change.write("new.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    change.git("add", "new.py")
    assert run(line, change, tmp_path).returncode == 1


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_yaml_can_be_parsed(path: Path) -> None:
    """Each is a mapping; each that clones says that it clones all."""
    document = yaml.safe_load(path.read_text())
    assert isinstance(document, dict)
    if "lefthook" not in path.name:
        assert re.search(r"(fetch-depth|fetchDepth|GIT_DEPTH|depth): (\"?0|full)", path.read_text())


def test_jenkinsfile_is_balanced() -> None:
    """There is no parser for it here: its braces and quotes close."""
    text = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|//.*", "", (FOLDER / "Jenkinsfile").read_text())
    assert not {"'", '"'} & set(text)
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


def test_settings_from_a_commit_that_is_not_there(change: Any, tmp_path: Path) -> None:
    done = run("keysweep history --settings-from nowhere", change, tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_every_template_is_in_the_page() -> None:
    page = (ROOT / "docs" / "ci.md").read_text()
    for path in FOLDER.iterdir():
        assert f"(ci/{path.name})" in page


def test_dockerfile() -> None:
    """The image ends as a user without rights, with git, and installs nothing without a hash."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    words = [line.split(None, 1)[0] for line in lines]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD"}
    assert [word for word in words if word not in known | {"#"} and not word.startswith("&&")] == []
    last = lines[max(i for i, word in enumerate(words) if word == "FROM") :]
    assert any(line == "USER keysweep" for line in last)
    assert any("apk add --no-cache git" in line for line in last)
    assert "pip install" not in text or "--require-hashes" in text
    for source in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / source).exists()


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")
def test_image_layout_works(tmp_path: Path) -> None:
    """The starter and folders that the Dockerfile makes run keysweep from another folder."""
    share = tmp_path / "share"
    share.mkdir()
    for name in ("scanner", "patterns"):
        (share / name).symlink_to(ROOT / name)
    text = (ROOT / "Dockerfile").read_text()
    starter = re.search(r"printf '(.*?)' >", text)
    assert starter
    code = starter[1].replace("\\n", "\n").partition("\n")[2]
    done = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(share)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("keysweep ")
