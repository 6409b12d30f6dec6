"""A secret is in no output, error, traceback, repr or cache, in no form, whatever goes wrong."""

import base64
import io
import json
import os
import random
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest

from scanner import wiring
from scanner.cli import main
from scanner.models import (
    Blob,
    Coverage,
    Draft,
    Evidence,
    Finding,
    Match,
    Occurrence,
    Origin,
    Report,
    Rule,
    Skipped,
)
from scanner.placeholders import fill

FORMATS = ("text", "json", "jsonl", "sarif", "csv", "junit", "gitlab", "github", "html")
ROOT = Path(__file__).resolve().parents[1]
SHOWN = 8
"""Longest piece of a secret that may be shown: a quarter of 32 characters."""

CANARIES = """\
GATE_API_KEY={hex:32}
GATE_API_SECRET={hex:64}
ccxt.okx({'apiKey': '{uuid}', 'secret': '{HEX:32}', 'password': '{user:12}'})
token: {github:ghp}
MNEMONIC="{bip39:12}"
client_secret = '{alnum:40}'
db_password = '{user:16}'
curl -u {alnum:44}:{alnum:43} https://api.luno.com/api/1/balance
BYBIT_API_SECRET={alnum:36} # keysweep:allow
bybit = Client('{alnum:18}', '{alnum:36}')
"""


class Canary:
    """A text with secrets in it, and the test that none of them is in another text."""

    def __init__(self, text: str = CANARIES, seed: int = 1) -> None:
        self.text, values = fill(text, random.Random(seed))
        self.secrets = [value for value, *_ in values]

    def assert_absent(self, output: str | bytes, where: str = "") -> None:
        """Look for every piece of every secret, plain and encoded, in any case."""
        text = output.decode("latin-1") if isinstance(output, bytes) else output
        lower = text.lower()
        for number, secret in enumerate(self.secrets):
            for escapes in wide_forms(secret):
                for at in range(len(escapes) - SHOWN):
                    piece = "".join(escapes[at : at + SHOWN + 1]).lower()
                    assert piece not in lower, f"secret {number} {where}"
            for form in forms(secret):
                size = 30 if " " in secret else SHOWN + 1  # words may stand anywhere
                for at in range(len(form) - size + 1):
                    # Not shown in the message either: it goes to a log of its own.
                    assert form[at : at + size].lower() not in lower, f"secret {number} {where}"


def forms(secret: str) -> Iterator[str]:
    """Yield a secret as it is and as encoders write it (base64 at each of its three alignments)."""
    data = secret.encode()
    yield secret
    yield data.hex()
    yield secret[::-1]
    yield urllib.parse.quote(secret)
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + data).decode()
        yield encoded[4 if shift else 0 : -4]


WIDE = ("%{:02x}", "\\x{:02x}", "\\u{:04x}", "\\{:03o}", "&#x{:x};", "&#{};", "{:02x} ", "{:c}\0")


def wide_forms(secret: str) -> Iterator[list[str]]:
    """Yield a secret with every character escaped: URL, JSON, shell, HTML, a dump, UTF-16."""
    for escape in WIDE:
        yield [escape.format(byte) for byte in secret.encode()]


@pytest.fixture
def canary() -> Canary:
    return Canary()


@pytest.fixture
def tree(tmp_path: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that holds the secrets plainly and inside layers, the current one."""
    folder = tmp_path / "tree"
    folder.mkdir()
    data = canary.text.encode()
    (folder / "plain.env").write_bytes(data)
    (folder / "utf16.txt").write_bytes(canary.text.encode("utf-16"))
    (folder / "encoded.yaml").write_bytes(b"data: " + base64.b64encode(data) + b"\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(tmp_path / "cache"))
    return folder


@pytest.fixture(autouse=True)
def _one_cache(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compile the patterns only once; each test has a copy of the cache to look into."""
    shared = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEYSWEEP_CACHE_DIR", str(shared))
        wiring.Patterns().engine()
    copy = tmp_path / "cache"
    copy.mkdir(mode=0o700)
    for path in shared.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
        (copy / path.name).chmod(0o600)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], canary: Canary) -> Callable[..., str]:
    """Return a function that runs keysweep, sees that nothing leaks, and gives what it printed."""

    def go(*args: str, status: int = 1) -> str:
        capfd.readouterr()
        ended = main(list(args))
        out, err = capfd.readouterr()
        canary.assert_absent(out, f"on standard output of {args}")
        canary.assert_absent(err, f"on standard error of {args}")
        assert ended == status, out + err
        return out + err

    return go


Run = Callable[..., str]


def test_the_canaries_sing(tree: Path, canary: Canary, capfd: pytest.CaptureFixture[str]) -> None:
    """All of them are found, so their absence elsewhere means something."""
    main(["scan", "plain.env", "--show-secrets", "--show-allowed", "--format", "json"])
    out = capfd.readouterr().out
    found = [secret for secret in canary.secrets if secret in out]
    assert len(found) >= len(canary.secrets) - 2
    with pytest.raises(AssertionError):
        canary.assert_absent(out)
    with pytest.raises(AssertionError):
        canary.assert_absent(base64.b64encode(b"xy" + canary.secrets[1].encode()))
    for escapes in wide_forms(canary.secrets[1]):
        with pytest.raises(AssertionError):
            canary.assert_absent("".join(escapes[5:15]))


@pytest.mark.parametrize("form", FORMATS)
def test_formats(tree: Path, run: Run, form: str) -> None:
    options = ("--verbose", "--show-allowed", "--min-confidence", "low")
    run("scan", "plain.env", "--format", form, *options)


def test_standard_input(
    tree: Path, run: Run, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(canary.text.encode()))
    monkeypatch.setattr("sys.stdin", stream)
    run("scan", "-", "--format", "json")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_jobs(tree: Path, run: Run, jobs: str) -> None:
    run("scan", ".", "--jobs", jobs, "--verbose")


def test_report_file(tree: Path, run: Run, canary: Canary) -> None:
    run("scan", "plain.env", "--format", "json", "--output", "report.json")
    canary.assert_absent((tree / "report.json").read_bytes())


@pytest.mark.parametrize("form", FORMATS)
def test_report_in_another_format(tree: Path, run: Run, canary: Canary, form: str) -> None:
    """From the JSON of a scan; and from one that holds the secrets, which nobody asked for again."""
    options = ("--verbose", "--show-allowed")
    for source, more in (("scan.json", ()), ("open.json", ("--show-secrets",))):
        run("scan", "plain.env", "--format", "json", "--output", source, "--show-allowed", *more)
        run("report", source, "--format", form, *options)
        run("report", source, "--format", form, "--output", "made", *options)
        canary.assert_absent((tree / "made").read_bytes(), f"in {form} of {source}")
    with pytest.raises(AssertionError):
        canary.assert_absent((tree / "open.json").read_bytes())


def test_report_that_is_none(tree: Path, run: Run) -> None:
    """What is wrong is said by the names of keys; nothing that was read is quoted."""
    assert "not a JSON report" in run("report", "plain.env", status=2)
    assert "not a JSON report" in run("report", "utf16.txt", status=2)
    text = (tree / "plain.env").read_text()
    for value in (
        {text: text, "schema": 1},
        {"schema": 1, "findings": [{"rule": text, text: text}], "skipped": [], "summary": {}},
        {"type": text},
        {"type": "summary", "complete": True, "left_out": {text: text}},
        {"schema": text},
    ):
        (tree / "forged.json").write_text(json.dumps(value))
        run("report", "forged.json", status=2)


def test_explain(tree: Path, run: Run) -> None:
    (tree / "utf16.txt").unlink()
    (tree / "encoded.yaml").unlink()
    finding = json.loads(run("scan", "--format", "json"))["findings"][1]
    run("explain", finding["fingerprint"], status=0)


def test_cache(tree: Path, run: Run, canary: Canary, tmp_path: Path) -> None:
    for path in (tmp_path / "cache").iterdir():
        path.unlink()
    run("scan", "plain.env")
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert files
    for path in files:
        canary.assert_absent(path.read_bytes())


def test_staged_and_history(
    tree: Path,
    run: Run,
    canary: Canary,
    git_repo: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repo = git_repo()
    monkeypatch.chdir(repo.path)
    repo.write("plain.env", canary.text)
    repo.git("add", ".")
    for form in ("text", "json"):
        run("staged", "--format", form)
    # The first line of a message is a field of every finding of its commit.
    repo.commit("use " + canary.text.splitlines()[1])
    repo.git("tag", "--annotate", "v1", "--message", canary.text.splitlines()[3])
    for form in FORMATS:
        run("history", "--format", form, "--verbose", "--show-allowed")


# Names of things are shown as evidence, and may themselves be secrets.

BINDINGS = [
    "GATE_API_KEY={hex:32}:{hex:64}",
    "gate key={hex:32}={hex:64}",
    '{"gate": {"{hex:32}": "{hex:64}"}}',
    "gate = {'{hex:32}': '{hex:64}'}",
    "https://{alnum:20}:{alnum:40}@api.gate.io/",
    "# secret {hex:64}\n{hex:64}",
    "gate api secret {hex:64} {hex:64}",
    "gate({hex:64}, {hex:64})",
    "gate.{hex:64}('{hex:64}')",
    "{hex:64}.gate(secret='{hex:64}')",
    "<gate name='{hex:64}'>{hex:64}</gate>",
    "--gate-secret-{hex:64} {hex:64}",
    "gate,{hex:64}\nsecret,{hex:64}\n{hex:64},{hex:64}",
    "[gate {hex:64}]\nsecret = {hex:64}",
    "{github:ghp}_secret = '{alnum:40}'",
    "okx_{uuid}_secret: {HEX:32}",
]


@pytest.mark.parametrize("text", BINDINGS)
def test_names_that_are_secrets(tree: Path, capfd: pytest.CaptureFixture[str], text: str) -> None:
    hidden = Canary(text)
    (tree / "plain.env").write_text(hidden.text)
    for form in ("json", "text"):
        main(["scan", "plain.env", "--format", form, "--min-confidence", "low", "--verbose"])
        hidden.assert_absent(capfd.readouterr().out, f"in {form}")


# Accidents


def test_settings_that_quote_a_secret(tree: Path, run: Run, canary: Canary) -> None:
    """A pattern file with a mistake is quoted, so what is scanned is never taken for one."""
    assert "plain.env" in run("scan", "--patterns", "plain.env", "plain.env", status=2)
    assert "plain.env" in run("scan", "--config", "plain.env", "plain.env", status=2)


PLACES = [
    "scanner.judges.known.KnownJudge.judge",
    "scanner.judges.context.ContextJudge.judge",
    "scanner.judges.overlap.OverlapJudge.judge",
    "scanner.decoders.inline.Inline.layers",
    "scanner.decoders.text.Encodings.layers",
    "scanner.engine.search.Engine.confirm",
    "scanner.pipeline.Pipeline._finding",
    "scanner.silence.Silence.reason",
    "scanner.detector.Detector._place",
    "scanner.detector.occurrence",
    "scanner.redaction.redact",
    "scanner.reporters.text.TextReporter.write",
    "scanner.remediation.RemediationAdviser.advise",
]
WHAT = {"1": ["plain.env", "utf16.txt"], "2": ["."]}
CRASH = """\
import importlib, sys
import scanner.pipeline, scanner.detector
name, attribute = sys.argv[1], sys.argv[2]
parts = name.split(".")
for size in range(len(parts), 0, -1):
    try:
        owner = importlib.import_module(".".join(parts[:size]))
        break
    except ModuleNotFoundError:
        pass
for part in parts[size:]:
    owner = getattr(owner, part)
text = open("plain.env", "rb").read()
def crash(*args, **named):
    everything = (text, args, named)
    raise ValueError(text, text.decode().splitlines(), everything)
for home in {owner, scanner.pipeline, scanner.detector}:
    if hasattr(home, attribute):
        setattr(home, attribute, crash)
from scanner.cli import main
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize(
    ("place", "jobs"), [(place, "1") for place in PLACES] + [(place, "2") for place in PLACES[:7:3]]
)
def test_crashes(tree: Path, canary: Canary, place: str, jobs: str) -> None:
    name, _, attribute = place.rpartition(".")
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            CRASH,
            name,
            attribute,
            "scan",
            *WHAT[jobs],
            "--verbose",
            "--jobs",
            jobs,
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    canary.assert_absent(said, "after a crash")
    assert done.returncode == 2
    # Text for people is broken into lines where it must be.
    assert "internal error (ValueError in" in " ".join(said.split())
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("scanner.reporters.html.page_data", ("scan", "plain.env", "--format", "html")),
        ("scanner.reporters.html.fixed.verdict", ("scan", "plain.env", "--format", "html")),
        ("scanner.reporters.json.finding_fields", ("scan", "plain.env", "--format", "json")),
        ("scanner.reporters.sarif.dump", ("scan", "plain.env", "--format", "sarif")),
        ("scanner.reporters.csv.cell", ("scan", "plain.env", "--format", "csv")),
        ("scanner.reporters.read.read_report", ("report", "plain.env")),
    ],
)
def test_crashes_of_reporters(
    tree: Path, canary: Canary, place: str, command: tuple[str, ...]
) -> None:
    name, _, attribute = place.rpartition(".")
    done = subprocess.run(
        [sys.executable, "-P", "-c", CRASH, name, attribute, *command],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    canary.assert_absent(done.stdout + done.stderr, "after a crash")
    assert done.returncode == 2
    assert "internal error (ValueError in" in done.stderr
    assert "Traceback" not in done.stderr


# Values


def test_reprs(canary: Canary) -> None:
    secret = canary.secrets[1].encode()
    rule = Rule("gate-api-secret", "gate", "api_secret", "critical", "")
    match = Match(rule, 16, 80, 9, (Evidence("name", "bound to GATE_API_SECRET"),))
    blob = Blob(canary.text.encode(), Origin("file", "a.env"))
    layer = Blob(secret, blob.origin, ("base64",), blob, lambda start, end: (start, end))
    place = Occurrence(1, 17, 1, 81)
    draft = Draft(match, secret, blob.origin, (place,), partners=(secret, secret))
    finding = Finding(
        *("gate-api-secret", "gate", "api_secret", "critical", "high", "a.env", 1, 17, 1, 81),
        *("file", None, None, None, None, None, None, "worktree", "0" * 32, "3f2a****9c1d"),
        *(match.evidence, (), (), None, (), None, (place,)),
        secret=secret.decode(),
    )
    report = Report(
        "/x", [finding, Skipped("a", None, None, "error", "x")], Coverage(), "scan", 0.0
    )
    values = [blob, layer, draft, draft.replaced(marks=("*",)), match, finding, report, place]
    for value in values:
        for text in (
            repr(value),
            str(value),
            f"{value}",
            pformat(value),
            repr([value]),
            ascii(value),
        ):
            canary.assert_absent(text, f"in a repr of {type(value).__name__}")


def test_parts_do_not_show_what_they_hold(canary: Canary, tmp_path: Path) -> None:
    detector = wiring.detector_maker(wiring.Patterns())()
    blob = Blob(canary.text.encode(), Origin("file", "a.env"))
    drafts = list(detector.drafts(blob))
    assert len(drafts) > 5
    for value in (detector, drafts, detector.matches(blob), list(detector.walk(blob))):
        canary.assert_absent(repr(value))


def test_errors_do_not_quote(canary: Canary) -> None:
    from scanner.errors import crash

    with pytest.raises(KeyError) as caught:
        raise KeyError(canary.text)
    canary.assert_absent(crash(caught.value))
    assert crash(caught.value).startswith("internal error (KeyError in ")
