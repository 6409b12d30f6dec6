"""The file for git filter-repo, read by git filter-repo itself."""

import re
import secrets
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scanner.errors import SourceError
from scanner.fix.expressions import lines_for, write_private

WORD = secrets.token_hex(8).encode()
AWKWARD = [
    WORD + b"==>" + WORD,
    b"regex:" + WORD + b".*",
    b"glob:" + WORD + b"*",
    b"literal:" + WORD,
    WORD + b"\nsecond \\d line==>\n",
    WORD + b"\r\nwindows\r\n",
    b" " + WORD + b" \t",
    "clé\\1".encode() + WORD,
    b"\xff\xfe" + WORD,
    b"#" + WORD,
]


def find_tool() -> str | None:
    beside = Path(sys.executable).with_name("git-filter-repo")
    return str(beside) if beside.exists() else shutil.which("git-filter-repo")


def without_word(secret: bytes) -> str:
    """Return a name that is the same in every process: pytest-xdist compares them."""
    return repr(secret.replace(WORD, b"WORD"))


@pytest.mark.skipif(find_tool() is None, reason="needs git-filter-repo from PyPI (extra dev)")
@pytest.mark.parametrize("secret", AWKWARD, ids=without_word)
def test_awkward_secrets_are_replaced(secret: bytes, git_repo: Any, tmp_path: Path) -> None:
    """Whatever a secret looks like, it is gone, and what stands around it is not."""
    repo = git_repo()
    repo.write("file", b"before[" + secret + b"]after\n" + b"x" * 9 + WORD[:6] + b"\n")
    repo.git("add", ".")
    repo.commit("add")
    file = write_private(str(tmp_path), "replace.txt", lines_for([secret]))
    subprocess.run(
        [find_tool() or "", "--force", "--replace-text", file],
        cwd=repo.path,
        check=True,
        capture_output=True,
    )
    content = (repo.path / "file").read_bytes()
    assert content == b"before[***REMOVED***]after\n" + b"x" * 9 + WORD[:6] + b"\n"


def test_longest_first() -> None:
    """A secret that holds another is replaced whole."""
    short, long = WORD, b"https://u:" + WORD + b"@h"
    lines = lines_for([short, long, short]).split(b"\n")
    assert [re.sub(rb"^literal:|==>.*$", b"", line) for line in lines] == [long, short, b""]


def test_written_once_for_its_owner(tmp_path: Path) -> None:
    path = Path(write_private(str(tmp_path), "a", b"x"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(SourceError):
        write_private(str(tmp_path), "a", b"y")
