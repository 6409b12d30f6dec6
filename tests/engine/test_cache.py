"""Behaviour of scanner.engine.cache: only what we wrote ourselves is believed; all else is compiled."""

import os
import pickle
import random
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import rules, wiring
from scanner.engine import cache
from scanner.models import Blob, Origin
from scanner.placeholders import fill
from scanner.wiring import patterns as room

SECTIONS = [b"12", b"first" * 50, b"", os.urandom(500)]
posix_only = pytest.mark.skipif(os.name == "nt", reason="file modes mean little on Windows")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the cache, not there yet."""
    folder = tmp_path / "some" / "cache"
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(folder))
    return folder


def sections(key: str = "key") -> list[bytes | None] | None:
    """Return what the cache gives back for a key, None for nothing."""
    found = cache.open_cached(key)
    if found is None:
        return None
    try:
        return [found.section(number) for number in range(len(SECTIONS))]
    finally:
        found.close()


def is_believed(key: str = "key") -> bool:
    """Tell whether every section is given back, as the engine demands."""
    found = sections(key)
    return found is not None and None not in found


def test_round_trip(place: Path) -> None:
    assert sections() is None
    assert cache.store("key", SECTIONS)
    assert sections() == SECTIONS
    assert sections("other") is None


@posix_only
def test_only_the_owner_may_enter(place: Path) -> None:
    before = os.umask(0)
    try:
        cache.store("key", SECTIONS)
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert [stat.S_IMODE(entry.stat().st_mode) for entry in place.iterdir()] == [0o600]


def test_written_whole_or_not_at_all(place: Path) -> None:
    cache.store("key", SECTIONS)
    handle = cache.open_cached("key")
    assert handle is not None
    assert cache.store("key", [b"new", b"", b"", b""])
    assert handle.section(1) == SECTIONS[1]  # who reads keeps what it opened
    handle.close()
    assert sections() == [b"new", b"", b"", b""]
    assert [entry.name for entry in place.iterdir()] == ["key.db"]


def test_every_byte_counts(place: Path) -> None:
    cache.store("key", SECTIONS)
    path = place / "key.db"
    whole = path.read_bytes()
    for at in range(len(whole)):
        if at > 120 and at % 7:
            continue  # of the body, a sample
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x81]) + whole[at + 1 :])
        assert not is_believed(), f"byte {at}"
    path.write_bytes(whole)
    assert is_believed()


def test_every_length_counts(place: Path) -> None:
    cache.store("key", SECTIONS)
    path = place / "key.db"
    whole = path.read_bytes()
    for size in (*range(100), *range(100, len(whole), 13)):
        path.write_bytes(whole[:size])
        assert not is_believed(), f"{size} bytes"
    path.write_bytes(whole + b"more")
    assert not is_believed()


@posix_only
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write(place: Path, mode: int) -> None:
    cache.store("key", SECTIONS)
    (place / "key.db").chmod(mode)
    assert sections() is None
    assert cache.store("key", SECTIONS)
    assert is_believed()


@posix_only
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_folder_that_others_can_write(place: Path, mode: int) -> None:
    cache.store("key", SECTIONS)
    place.chmod(mode)
    assert sections() is None
    place.chmod(0o700)
    assert is_believed()


@posix_only
@pytest.mark.parametrize("what", ["file", "folder"])
def test_of_another_user(place: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store("key", SECTIONS)
    if os.getuid() == 0:
        os.chown(place / "key.db" if what == "file" else place, 65534, -1)
    else:  # only the superuser can give a file away
        someone = os.getuid() + 1
        monkeypatch.setattr(os, "getuid", lambda: someone)
    assert sections() is None


@posix_only
@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "dangling"])
def test_no_file_of_ours(place: Path, tmp_path: Path, kind: str) -> None:
    cache.store("key", SECTIONS)
    path = place / "key.db"
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    if kind == "link":
        path.symlink_to(elsewhere)
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "nothing")
    assert sections() is None
    cache.store("key", SECTIONS)
    assert is_believed() is (kind != "folder")
    assert [entry.name for entry in place.iterdir()] == ["key.db"]  # nothing lies about
    assert elsewhere.exists()


@pytest.mark.parametrize("content", [b"", b"x", pickle.dumps({"a": 1}), b"\x00" * 4096])
def test_foreign_content(place: Path, content: bytes) -> None:
    place.mkdir(parents=True, mode=0o700)
    (place / "key.db").write_bytes(content)
    assert sections() is None


@pytest.mark.parametrize("kind", ["a file", "below a file"])
def test_a_folder_that_cannot_be_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" if kind == "a file" else tmp_path / "file" / "cache"
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(folder))
    assert cache.store("key", SECTIONS) is False
    assert sections() is None


def test_a_folder_of_the_system_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", "/proc/keysweep")
    assert cache.store("key", SECTIONS) is False
    assert sections() is None


def test_old_files_go(place: Path) -> None:
    for number in range(cache.KEEP + 5):
        cache.store(f"key{number}", SECTIONS)
        os.utime(place / f"key{number}.db", (number, number))
    (place / "notes.txt").write_text("mine")
    cache.store("last", SECTIONS)
    kept = {entry.name for entry in place.iterdir()}
    assert kept == {"last.db", "notes.txt"} | {f"key{n}.db" for n in range(6, cache.KEEP + 5)}


def test_key_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "a.yaml", tmp_path / "b.yaml"
    one.write_text("one")
    two.write_text("two")
    files = [str(one), str(two)]
    seen = [cache.key_of(files, "1")]
    assert cache.key_of(files, "1") == seen[0]
    seen += [cache.key_of(files, "2"), cache.key_of(files[:1], "1"), cache.key_of(files[::-1], "1")]
    times = one.stat()
    one.write_text("eno")  # as long as before, and its time put back
    os.utime(one, ns=(times.st_atime_ns, times.st_mtime_ns))
    seen.append(cache.key_of(files, "1"))
    two.write_text("longer")
    seen.append(cache.key_of(files, "1"))
    monkeypatch.setattr(cache, "__version__", "99")
    seen.append(cache.key_of(files, "1"))
    assert len(set(seen)) == len(seen)
    assert all(key.isalnum() for key in seen)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"KEYSWEEP_CACHE_DIR": "/c"}, "/c"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/keysweep"),
        ({"HOME": "/h"}, "/h/.cache/keysweep"),
        ({"HOME": "/h", "XDG_CACHE_HOME": ""}, "/h/.cache/keysweep"),
    ],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other places there")
def test_where_it_is(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("KEYSWEEP_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache.folder() == expected


# Through the door that scans use, over few patterns, for they are compiled again and again.


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Path) -> Path:
    """Let two pattern files be all there are; return their folder."""
    folder = tmp_path / "patterns"
    folder.mkdir()
    for name in ("gate.yaml", "github.yaml"):
        (folder / name).write_bytes(Path(rules.pattern_folder(), name).read_bytes())
    monkeypatch.setattr(rules, "pattern_folder", lambda: str(folder))
    return folder


def found() -> list[str]:
    """Scan with new Patterns and return the rules that match."""
    text = fill("GATE_API_SECRET={hex:64}", random.Random(1))[0].encode()
    detector = wiring.detector_maker(wiring.Patterns())()
    matches = detector.matches(Blob(text, Origin("file", "a")))
    return [match.rule.id for match in matches if match.rejected is None]


def test_a_damaged_cache_is_made_anew(few: Path, place: Path) -> None:
    assert found() == ["gate-api-secret"]
    (path,) = place.iterdir()
    whole = path.read_bytes()
    for damage in (whole[:200], whole[:300] + bytes((whole[300] ^ 1,)) + whole[301:]):
        path.write_bytes(damage)
        assert found() == ["gate-api-secret"]
        assert path.read_bytes() == whole


def test_a_damaged_catalog_is_read_from_the_files(few: Path, place: Path) -> None:
    found()
    (path,) = place.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-5] + b"{}{}{")
    assert found() == ["gate-api-secret"]


def test_a_changed_file_makes_another(few: Path, place: Path) -> None:
    assert found() == ["gate-api-secret"]
    path = few / "gate.yaml"
    path.write_text(path.read_text().replace("id: gate-api-secret", "id: gate-other-secret"))
    path.write_text(path.read_text().replace("[gate-api-secret]", "[gate-other-secret]"))
    assert found() == ["gate-other-secret"]
    assert len(list(place.iterdir())) == 2


def test_changed_code_makes_another(
    few: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout that is pulled keeps its version, but its expressions have other numbers."""
    top = Path(wiring.__file__).parents[1]
    makers = {Path(path).relative_to(top).as_posix() for path in room._makers()}
    assert {"engine/expressions.py", "rules/reading.py", "wiring/patterns.py"} <= makers
    code = tmp_path / "code.py"
    code.write_text("one")
    monkeypatch.setattr(room, "_makers", lambda: [str(code)])
    found()
    code.write_text("other")
    found()
    assert len(list(place.iterdir())) == 2


def test_without_cache_nothing_is_written(few: Path, place: Path) -> None:
    patterns = wiring.Patterns(use_cache=False)
    patterns.engine()
    assert not place.exists()


def test_no_pickle_is_loaded(place: Path) -> None:
    cache.store("key", SECTIONS)
    code = (
        "import sys; from scanner.engine import cache; found = cache.open_cached('key');"
        "print(found.section(1)); print('pickle' in sys.modules, 'marshal' in cache.__dict__)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "KEYSWEEP_CACHE_DIR": str(place),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [str(SECTIONS[1]), "False False"]
