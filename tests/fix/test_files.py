"""``.env``: what is written there is what shells read, and other lines stay."""

import os
import secrets
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scanner.errors import SourceError, UsageError
from scanner.fix.files import EnvFile, read_text, write_text


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "p$W#x!`id`&d",
        "a b  c",
        'say "x"',
        "back\\slash",
        "é=ü",
        "#",
        "~",
        "$(id)",
        "*",
        "a;b|c<d>",
    ],
)
def test_a_shell_reads_the_value(value: str, tmp_path: Path) -> None:
    """Whatever is in it, nothing is expanded, and nothing is run; read again, it is known."""
    value += secrets.token_hex(4)
    env = EnvFile(str(tmp_path / ".env"))
    assert env.name_for(value, "NAME") == "NAME"
    env.save()
    code = f'set -eu; . {tmp_path}/.env; printf %s "$NAME"'
    done = subprocess.run(["sh", "-c", code], capture_output=True, check=True)
    assert done.stdout.decode() == value
    assert EnvFile(str(tmp_path / ".env")).name_for(value, "OTHER") == "NAME"


@pytest.mark.parametrize("value", ["it's", "two\nlines", "bell\x07"])
def test_values_without_a_common_form(value: str, tmp_path: Path) -> None:
    env = EnvFile(str(tmp_path / ".env"))
    with pytest.raises(UsageError):
        env.name_for(value, "NAME")
    assert env.new == {}


def test_no_value_is_in_its_repr(tmp_path: Path) -> None:
    value = secrets.token_hex(8)
    env = EnvFile(str(tmp_path / ".env"))
    env.name_for(value, "NAME")
    assert value not in repr(env)


def test_reading_and_writing(tmp_path: Path) -> None:
    """No link is followed, a mode stays, and a failed write leaves the file as it was."""
    assert read_text(str(tmp_path / "none")) is None
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="no file"):
        read_text(str(tmp_path / "folder"))
    script = tmp_path / "run.sh"
    script.write_text("a")
    script.chmod(0o750)
    write_text(str(script), "b")
    assert (script.read_text(), stat.S_IMODE(script.stat().st_mode)) == ("b", 0o750)
    with pytest.raises(SourceError):
        write_text(str(tmp_path / "nowhere" / "x"), "b")
    with pytest.raises(SourceError):
        write_text(str(tmp_path / "folder"), "b")
    assert sorted(os.listdir(tmp_path)) == ["folder", "run.sh"]


def test_places(tmp_path: Path) -> None:
    from scanner.fix.spans import cut, places_of, secret_at
    from scanner.models import Occurrence

    assert cut("abc", Occurrence(2, 1, 2, 2)) is None
    assert cut("abc", Occurrence(None, None, None, None)) is None
    assert places_of("aa", "aaaa aa") == [0, 2, 5]
    found: Any = type("F", (), {"fingerprint": "0" * 32})()
    assert secret_at("abc", Occurrence(1, 1, 1, 3), found, "x") is None
