"""Behaviour of scanner.baseline.foreign: what other tools' files accept, and nothing more."""

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from scanner.baseline.foreign import Foreign, read_foreign
from scanner.errors import ConfigError
from scanner.models import Draft, Match, Occurrence, Origin, Rule

RULE = Rule("acme-api-key", "acme", "api_key", "low", "")
COMMIT = "c" * 40


def draft(secret: bytes, line: int = 1, commit: str | None = None) -> Draft:
    place = Occurrence(line, 1, line, 9, None, commit)
    return Draft(Match(RULE, 0, 9), secret, Origin("file", "a/b.py"), (place,))


def foreign(folder: Path, content: Any, name: str = "file") -> Foreign:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return read_foreign(str(path))


def sha1(text: bytes) -> str:
    return hashlib.sha1(text).hexdigest()


def detect_secrets(*entries: tuple[bytes, int, bool | None], path: str = "a/b.py") -> Any:
    listed = [
        {"type": "Secret Keyword", "filename": path, "hashed_secret": sha1(s), "line_number": line}
        | ({} if verdict is None else {"is_secret": verdict})
        for s, line, verdict in entries
    ]
    return {"version": "1.5.0", "results": {path: listed}}


def test_detect_secrets_knows_the_secret_on_any_line(tmp_path: Path) -> None:
    one, two, new = (secrets.token_hex(20).encode() for _ in range(3))
    file = foreign(tmp_path, detect_secrets((one, 3, None), (two, 4, True)))
    accepted, rejected = file.verdict(draft(one, 99), "a/b.py"), file.verdict(draft(two), "a/b.py")
    assert accepted == ("a/b.py:3: Secret Keyword", True)
    assert rejected == ("a/b.py:4: Secret Keyword", False)
    assert file.verdict(draft(new, 3), "a/b.py") is None
    assert file.verdict(draft(one), "other.py") is None
    assert file.entries == ("a/b.py:3: Secret Keyword", "a/b.py:4: Secret Keyword")
    assert not file.has_commits


def test_detect_secrets_knows_a_part(tmp_path: Path) -> None:
    """It reports the password of an address, keysweep the whole address."""
    word = secrets.token_urlsafe(12).encode()
    file = foreign(tmp_path, detect_secrets((word, 1, False), path="a\\b.py"))
    assert file.verdict(draft(b"postgres://me:" + word + b"@db.example/x"), "a/b.py") is not None
    assert file.verdict(draft(b"postgres://me:other-" + word + b"@db/x"), "a/b.py") is None


def test_detect_secrets_hashes_only_the_first_line_of_a_pem_block(tmp_path: Path) -> None:
    """That line is the same for all keys, so the number of the line must agree."""
    head = b"BEGIN RSA PRIVATE KEY"
    block = b"-----" + head + b"-----\n" + secrets.token_hex(40).encode()
    file = foreign(tmp_path, detect_secrets((head, 7, None)))
    assert file.verdict(draft(block, 7), "a/b.py") is not None
    assert file.verdict(draft(block, 8), "a/b.py") is None


def test_gitleaksignore(tmp_path: Path) -> None:
    text = f"# note\n\n{COMMIT}:a/b.py:some-rule:5\n./a/b.py:generic-api-key:7  # why\n"
    file = foreign(tmp_path, text)
    assert file.has_commits
    assert len(file.entries) == 2
    assert file.verdict(draft(b"x", 5, COMMIT), "a/b.py") is not None
    assert file.verdict(draft(b"x", 5), "a/b.py") is None
    assert file.verdict(draft(b"x", 5, "d" * 40), "a/b.py") is None
    assert file.verdict(draft(b"x", 7), "a/b.py") is not None
    assert file.verdict(draft(b"x", 7), "c.py") is None


def test_gitleaks_report(tmp_path: Path) -> None:
    report = [{"File": "a/b.py", "StartLine": 5, "Commit": COMMIT}, {"File": "c", "StartLine": 1}]
    file = foreign(tmp_path, report)
    assert file.entries == (f"{COMMIT}:a/b.py:5", "c:1")
    assert file.verdict(draft(b"x", 5, COMMIT), "a/b.py") is not None
    assert foreign(tmp_path, []).entries == ()


@pytest.mark.parametrize(
    "content",
    ["{", "[1]", "{}", '{"results": {"a": [{}]}}', '{"results": 7}', '[{"File": "x"}]', "a:b", "["],
)
def test_what_is_neither(tmp_path: Path, content: str) -> None:
    with pytest.raises(ConfigError):
        foreign(tmp_path, content)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        read_foreign(str(tmp_path / "none"))
    (tmp_path / "x").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="not text"):
        read_foreign(str(tmp_path / "x"))
