"""The library: the three functions agree with the commands, keep secrets, and say what went wrong."""

import contextlib
import doctest
import io
import json
import os
import secrets
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import scanner
from scanner import api, scan_history, scan_paths, scan_text
from scanner.cli import main
from scanner.errors import RuleError, ScannerError, SourceError, UsageError
from scanner.models import Finding, Skipped

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _silence(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing in this file may print, but where a test says so."""
    yield
    assert capfd.readouterr() == ("", "")


def leak(name: str = "gate_secret") -> tuple[str, str]:
    """Return a secret and a line of Python that holds it."""
    secret = secrets.token_hex(32)
    return secret, f'{name} = "{secret}"\n'


def as_command(capfd: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    main([*args, "--format", "json", "--show-allowed", "--no-progress"])
    report: dict[str, Any] = json.loads(capfd.readouterr().out)
    return report


@pytest.fixture
def repo(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a repository with a leaked key in its last commit, and nothing on the commit before."""
    made = git_repo()
    made.git("commit", "--allow-empty", "--message", "first")
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.write("src/bot.py", f"import gate_api\n{leak()[1]}")
    made.write("settings.py", "DEBUG = False\n")
    made.git("add", ".")
    made.commit("add the bot")
    monkeypatch.chdir(made.path)
    return made


def test_page(repo: Any) -> None:
    """Every example of docs/library.md gives what the page says."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        failed, tried = doctest.testfile(
            str(ROOT / "docs" / "library.md"),
            module_relative=False,
            optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
        )
    assert tried > 20
    assert not failed, output.getvalue()


@pytest.mark.parametrize("text", [str, str.encode], ids=["str", "bytes"])
def test_text(text: Callable[[str], Any]) -> None:
    secret, line = leak()
    (finding,) = scan_text(text(line)).result().findings
    assert (finding.rule, finding.path, finding.source) == ("gate-api-secret", "-", "stdin")
    assert finding.secret is None
    assert finding.steps
    assert secret not in repr(scan_text(text(line)).result())


def test_text_that_utf_8_cannot_write() -> None:
    """Half a surrogate pair, as JSON and file names can hold, does not end a scan."""
    assert len(scan_text(f"# \ud83d \udcff\n{leak()[1]}").result().findings) == 1


def test_reveal() -> None:
    secret, line = leak()
    (finding,) = scan_text(line, reveal=True).result().findings
    assert finding.secret == secret


def test_agrees_with_scan(repo: Any, capfd: pytest.CaptureFixture[str]) -> None:
    repo.write("allowed.py", leak()[1].replace("\n", "  # keysweep:allow\n"))
    reported = as_command(capfd, "scan", ".")
    result = scan_paths(".").result()
    expected = {f["fingerprint"]: f["allowed_by"] for f in reported["findings"]}
    assert len(expected) == 2
    assert {f.fingerprint: f.allowed_by for f in result.findings + result.allowed} == expected
    assert [f.path for f in result.allowed] == ["allowed.py"]
    assert result.root == str(repo.path)
    assert result.coverage.files == reported["summary"]["files"]
    assert result.complete


def test_agrees_with_history(repo: Any, capfd: pytest.CaptureFixture[str]) -> None:
    reported = as_command(capfd, "history")
    result = scan_history(repo.path).result()
    assert [(f.fingerprint, f.commit) for f in result.findings] == [
        (f["fingerprint"], f["commit"]) for f in reported["findings"]
    ]
    assert result.coverage.commits == reported["summary"]["commits"] == 2
    assert not scan_history(repo.path, branches="main", range="HEAD..HEAD").result().findings


def test_no_path_is_nothing(repo: Any) -> None:
    """An empty list of files is not the current folder."""
    result = scan_paths().result()
    assert (result.findings, result.coverage.files) == ((), 0)


def test_reads_as_it_is_iterated(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.py").write_text(leak()[1])
    scan = scan_paths(tmp_path)
    assert scan.coverage.files == 0
    first = next(scan)
    assert isinstance(first, Finding)
    assert (first.path, scan.coverage.files) == ("a.py", 1)
    assert [finding.path for finding in scan.result().findings] == ["b.py"]
    assert list(scan) == []


def test_unread_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(40))
    (tmp_path / "bot.py").write_text(leak()[1])
    result = scan_paths(tmp_path).result()
    assert [type(item) for item in result.skipped] == [Skipped]
    assert not result.complete
    assert len(result.findings) == 1


def test_takes_nothing_from_repository_user_or_environment(
    repo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (finding,) = scan_paths("src").result().findings
    repo.write(".keysweep.yaml", "exclude: ['*']\n")
    repo.write(".keysweepignore", f"{finding.fingerprint}\n")
    repo.write("home/keysweep/config.yaml", "min-severity: nonsense\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(repo.path / "home"))
    monkeypatch.setenv("KEYSWEEP_ONLY", "nothing")
    monkeypatch.setenv("GIT_DIR", str(repo.path / "elsewhere"))
    assert len(scan_paths("src").result().findings) == 1
    assert len(scan_history(".").result().findings) == 1


def test_options(repo: Any) -> None:
    (finding,) = scan_paths("src").result().findings
    assert scan_paths("src", ignore=[finding.fingerprint]).result().allowed[0].allowed_by
    assert not scan_paths("src", only="binance-*").result().findings
    assert not scan_paths("src", exclude=["gate-*"]).result().findings
    assert scan_paths("src", min_severity="critical").result().findings
    out = scan_paths("src", exclude_paths=["src/bot.py"]).result()
    assert (out.findings, out.coverage.left_out) == ((), {"excluded-path": 1})
    out = scan_paths("src", max_blob_bytes=9).result()
    assert (out.complete, out.coverage.left_out) == (True, {"max-blob-size": 1})
    assert len(scan_paths("src", "settings.py", jobs=2).result().findings) == 1
    assert len(scan_history(".", jobs=2, use_cache=False).result().findings) == 1


def test_own_patterns(tmp_path: Path) -> None:
    file = tmp_path / "acme.yaml"
    file.write_text(
        "system: acme\nname: Acme\ncategory: exchange\nreferences: [https://acme.example]\n"
        "tells: {words: [acme]}\n"
        "remediation: {page: null, revoke: [Press delete], check: [Look], new_key: [Make one]}\n"
        "rules:\n- id: acme-token\n  kind: token\n  severity: high\n  about: A token.\n"
        "  pattern: (?<![a-z])(?P<secret>acme_[a-z0-9]{32})(?![a-z0-9])\n  keywords: [acme_]\n"
        "  examples: ['acme_{alnum_lower:32}']\n  non_examples: ['acme_']\n"
    )
    text = f"token: acme_{secrets.token_hex(16)}"
    assert [f.rule for f in scan_text(text, patterns=file).result().findings] == ["acme-token"]
    assert [f.rule for f in scan_text(text).result().findings] != ["acme-token"]
    file.write_text("system: 1\n")
    with pytest.raises(RuleError, match=r"acme\.yaml"):
        scan_text(text, patterns=[file], use_cache=False).result()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: scan_paths("nowhere"), UsageError, "nowhere"),
        (lambda: scan_text("", min_confidence="sure"), UsageError, "medium"),
        (lambda: scan_text("", min_severity="bad"), UsageError, "critical"),
        (lambda: scan_text("", jobs=0), UsageError, "jobs"),
        (lambda: scan_text("", ignore=["abc"]), UsageError, "32 hex"),
        (lambda: scan_history("/"), SourceError, "/"),
        (lambda: scan_history(".", range="no..HEAD").result(), SourceError, "no"),
        (lambda: scan_text("", colour=True), TypeError, "colour"),
    ],
)
def test_errors(repo: Any, call: Callable[[], object], error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        call()


def test_an_unexpected_error_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours comes as ScannerError; its message, which may quote content, is gone for good."""
    secret, line = leak()

    def broken(self: object, draft: Any) -> str:
        raise ValueError(secret)

    monkeypatch.setattr("scanner.silence.Silence.reason", broken)
    with pytest.raises(ScannerError, match="internal error") as caught:
        scan_text(line).result()
    assert caught.value.__context__ is None
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_threads_do_not_share_an_engine() -> None:
    lines = [leak()[1] for _ in range(40)]
    found: list[int] = []

    def work() -> None:
        found.append(sum(len(scan_text(line).result().findings) for line in lines))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [40, 40, 40]


def test_patterns_are_kept_between_calls() -> None:
    scan_text("").result()
    kept = api._kept.patterns
    scan_text("").result()
    assert api._kept.patterns is kept


def test_two_scans_in_turn(tmp_path: Path) -> None:
    """Iterators that are advanced by turns do not disturb each other."""
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(leak()[1])
    pairs = list(zip(scan_paths(tmp_path), scan_paths(tmp_path), strict=True))
    assert len(pairs) == 3
    assert all(one == other for one, other in pairs)


def test_names_are_those_of_the_page() -> None:
    assert scanner.__all__ == ("__version__", "scan_history", "scan_paths", "scan_text")
    with pytest.raises(AttributeError, match="scan_tree"):
        _ = scanner.scan_tree  # type: ignore[attr-defined]


def test_import_loads_nothing() -> None:
    """``import scanner`` is what the hook does first; the library loads with its first name."""
    code = (
        "import sys, scanner; early = 'scanner.api' in sys.modules; scanner.scan_text;"
        "raise SystemExit(early or 'scanner.api' not in sys.modules)"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=False)
    assert done.returncode == 0


def test_type_checkers_know_the_functions(tmp_path: Path) -> None:
    """mypy sees the arguments, refuses wrong ones, and does not believe in other names."""
    pytest.importorskip("mypy", reason="needs mypy from PyPI (extra dev)")
    program = tmp_path / "embed.py"
    program.write_text(
        "from scanner import scan_text\n"
        "print(scan_text('a').result().findings[0].line)\n"
        "scan_text('a', reveal='yes')\n"
        "from scanner import scan_tree\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, str(program)],
        env=os.environ | {"MYPYPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in done.stdout.splitlines() if line.startswith("embed.py")]
    assert [line.split(":")[1] for line in wrong] == ["3", "4"], done.stdout


def test_no_field_holds_a_secret(tmp_path: Path) -> None:
    """Not in any field of any value that leaves, although the text is full of them."""
    drawn = [secrets.token_hex(32) for _ in range(3)]
    text = (
        f'gate_api_key = "{drawn[0][:32]}"\ngate_secret = "{drawn[1]}"  # keysweep:allow\n'
        f'password = "{drawn[2][:20]}"\n'
    )
    (tmp_path / "bot.py").write_text(text)
    for result in (scan_text(text).result(), scan_paths(tmp_path).result()):
        assert len(result.findings + result.allowed) == 3
        said = repr([tuple(finding) for finding in result.findings + result.allowed])
        pieces = [part[i : i + 9] for part in drawn for i in range(12)]
        assert not [piece for piece in pieces if piece in said + repr(result)]
