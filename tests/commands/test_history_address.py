"""`keysweep history ADDRESS`: from a real https server with git's own backend, and as if by ssh."""

import base64
import http.server
import os
import re
import secrets
import signal
import ssl
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.repository.cloning import Address, Clone

Repos = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and modes")


class Server:
    """A https server of one folder of repositories; knows what it was asked, and may ask for a name.

    Attributes:
        address: without a path.   seen: what ``look`` gave, at each request.
        wanted: ``user:password`` to ask for, or None.   given: what was sent.
        redirect: where to send everybody, or None.   is_stuck: whether to answer nothing.
    """

    def __init__(self, folder: Path, certificate: Path, key: Path) -> None:
        self.wanted: str | None = None
        self.given: list[str] = []
        self.seen: list[Any] = []
        self.look: Callable[[], Any] = lambda: None
        self.redirect: str | None = None
        self.stuck = threading.Event()
        self.is_stuck = False
        self.message = ""
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *unused: object) -> None:
                pass

            def do_GET(self) -> None:
                outer.answer(self, folder)

            do_POST = do_GET  # noqa: N815

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.address = f"https://127.0.0.1:{self.http.server_address[1]}"
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    def url(self, userinfo: str = "", path: str = "bot.git") -> str:
        return self.address.replace("https://", f"https://{userinfo}") + f"/{path}"

    def answer(self, request: Any, folder: Path) -> None:
        self.seen.append(self.look())
        if self.is_stuck:
            self.stuck.wait(30)
            return
        sent = request.headers.get("Authorization")
        if sent:
            self.given.append(base64.b64decode(sent.removeprefix("Basic ")).decode())
        if self.redirect:
            request.send_response(302)
            request.send_header("Location", self.redirect + request.path)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        if self.wanted is not None and (not sent or self.given[-1] != self.wanted):
            body = self.message.encode()
            request.send_response(401)
            request.send_header("WWW-Authenticate", 'Basic realm="bots"')
            request.send_header("Content-Type", "text/plain")
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)
            return
        path, _, query = request.path.partition("?")
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env={
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
                "REQUEST_METHOD": request.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": request.headers.get("Content-Type") or "",
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding") or "",
                "GIT_PROTOCOL": request.headers.get("Git-Protocol") or "",
                "REMOTE_USER": "",
                "REMOTE_ADDR": "127.0.0.1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        request.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def close(self) -> None:
        self.stuck.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate for 127.0.0.1 and its key, made for this run."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    return made, key


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for temporary files, an empty one."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


@pytest.fixture
def server(
    tmp_path: Path,
    certificate: tuple[Path, Path],
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Server]:
    monkeypatch.setenv("GIT_SSL_CAINFO", str(certificate[0]))
    made = Server(tmp_path / "served", *certificate)
    yield made
    made.close()


@pytest.fixture
def secret(git_repo: Repos, tmp_path: Path) -> str:
    """Return an invented key in the history of a repository that is served."""
    value = secrets.token_hex(32)
    (tmp_path / "served").mkdir()
    repo = git_repo("work")
    repo.write("a.env", f"GATE_API_SECRET={value}\n")
    repo.git("add", ".")
    repo.commit()
    repo.git("rm", "--quiet", "a.env")
    repo.commit("take it out")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit("on a branch")
    repo.git("clone", "--quiet", "--mirror", ".", "../served/bot.git")
    return value


def processes_with(word: str) -> list[str]:
    """Return the command lines of all processes that hold a word."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has ended
            continue
        if word in text:
            found.append(text)
    return found


def test_history_of_an_https_address(
    server: Server, secret: str, scratch: Path, keysweep: Any
) -> None:
    def look() -> list[int]:
        return [stat.S_IMODE(path.stat().st_mode) for path in scratch.iterdir()]

    server.look = look
    ran = keysweep("history", server.url(), "--format", "json")
    assert ran.status == 1, ran.err
    (found,) = ran.findings
    assert (found["path"], found["exposure"]) == ("a.env", "pushed")
    assert ran.json["root"] is None
    assert ran.json["summary"]["commits"] == 3
    assert server.seen
    assert all(modes == [0o700] for modes in server.seen)
    assert list(scratch.iterdir()) == []
    assert (
        keysweep("history", server.url(), "--branch", "side", "--since", "2001-01-01").status == 1
    )
    assert keysweep("history", server.url(), "--range", "main..side").status == 0
    assert keysweep("history", server.url(), "--range", "nope..side").status == 2
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("userinfo", ["me:p%40ssw0rd-x@", "t0ken-of-mine@"])
def test_password_is_used_and_shown_nowhere(
    server: Server, secret: str, scratch: Path, keysweep: Any, userinfo: str
) -> None:
    server.wanted = "me:p@ssw0rd-x" if ":" in userinfo else "t0ken-of-mine:"
    word = "ssw0rd-x" if ":" in userinfo else "t0ken-of-mine"

    def look() -> tuple[list[str], list[str]]:
        written = [
            str(p) for p in scratch.rglob("*") if p.is_file() and word in p.read_text("latin")
        ]
        return processes_with(word), written

    server.look = look
    ran = keysweep("history", server.url(userinfo), "--format", "json", "--verbose")
    assert ran.status == 1, ran.err
    assert set(server.given) == {server.wanted}
    assert server.seen
    assert all(seen == ([], []) for seen in server.seen)
    assert word not in ran.out + ran.err


def test_wrong_password_is_an_error_that_does_not_show_it(
    server: Server, secret: str, scratch: Path, keysweep: Any
) -> None:
    server.wanted = "me:another"
    server.message = "not passw0rd-x"
    ran = keysweep("history", server.url("me:passw0rd-x@"))
    assert ran.status == 2
    assert "passw0rd-x" not in ran.out + ran.err
    assert "127.0.0.1" in ran.err
    assert ran.err.count("\n") == 1
    assert list(scratch.iterdir()) == []
    assert keysweep("history", server.url()).status == 2  # nobody is asked


def test_password_stays_with_its_host(
    server: Server, secret: str, certificate: tuple[Path, Path], keysweep: Any, tmp_path: Path
) -> None:
    other = Server(tmp_path / "served", *certificate)
    other.wanted = "me:passw0rd-x"
    server.redirect = other.address
    try:
        ran = keysweep("history", server.url("me:passw0rd-x@"))
        assert ran.status == 2
        assert other.seen
        assert other.given == []
    finally:
        other.close()


@pytest.mark.parametrize("path", ["nothing.git", "%2e%2e"])
def test_no_repository_there(server: Server, secret: str, path: str, keysweep: Any) -> None:
    ran = keysweep("history", server.url("", path))
    assert ran.status == 2
    assert ran.err.startswith("keysweep: error: https://127.0.0.1")


def test_empty_repository(server: Server, secret: str, git_repo: Repos, keysweep: Any) -> None:
    git_repo("served/empty.git", "--bare")
    ran = keysweep("history", server.url("", "empty.git"))
    assert (ran.status, ran.out) == (0, "keysweep: nothing to scan\n")


def test_settings_run_nothing(
    server: Server,
    secret: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    git_repo: Repos,
    keysweep: Any,
) -> None:
    """Neither the user's settings, nor a template, nor the repository one stands in."""
    canary = tmp_path / "canary"
    script = tmp_path / "evil"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> "{canary}"\nexit 1\n')
    script.chmod(0o755)
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (hooks / name).write_bytes(script.read_bytes())
        (hooks / name).chmod(0o755)
    settings = tmp_path / "gitconfig"
    here = git_repo("here")
    for key, value in {
        "core.hooksPath": str(hooks),
        "core.askPass": str(script),
        "core.sshCommand": str(script),
        "credential.helper": f"!{script}",
        "init.templateDir": str(tmp_path / "template"),
        "remote.origin.uploadpack": str(script),
        "url.ext::evil.insteadOf": "https://",
        "http.proxy": "http://127.0.0.1:1",
    }.items():
        here.git("config", "--file", str(settings), key, value)
        here.git("config", key, value)
    for name, value in {
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_TEMPLATE_DIR": str(tmp_path / "template"),
        "GIT_ASKPASS": str(script),
        "SSH_ASKPASS": str(script),
        "GIT_SSH": str(script),
        "GIT_DIR": str(here.path / ".git"),
        "GIT_ALLOW_PROTOCOL": "ext:file",
        "GIT_TRACE": str(tmp_path / "trace"),
        "GIT_TRACE_CURL": str(tmp_path / "trace"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": str(hooks),
        "HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".gitconfig").write_bytes(settings.read_bytes())
    monkeypatch.chdir(here.path)
    server.wanted = "me:word-x"
    assert keysweep("history", server.url("me:word-x@")).status == 1
    assert keysweep("history", server.url("me:wrong@")).status == 2
    assert not canary.exists()
    assert "remote-https" not in (tmp_path / "trace").read_text()  # what is sent is not traced


def test_own_settings_of_the_clone_count_for_nothing(
    server: Server, secret: str, tmp_path: Path, git_repo: Repos, keysweep: Any
) -> None:
    repo = type(git_repo("unused"))(tmp_path / "work")
    repo.write(".keysweep.yaml", "allow:\n- name: all\n  paths: ['.']\n")
    repo.git("add", ".")
    repo.commit()
    repo.git("push", "--quiet", "../served/bot.git", "side")
    assert keysweep("history", server.url()).status == 1


@posix_only
def test_ssh(
    secret: str, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, keysweep: Any
) -> None:
    """What git would run as ssh gets the batch mode; here a script that runs the far end's command."""
    log = tmp_path / "log"
    script = tmp_path / "ssh"
    script.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{log}"\n'
        f'for last; do :; done\ncd "{tmp_path}/served"\neval "$last"\n'
    )
    script.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(script))
    for address in ("git@localhost:bot.git", f"ssh://git@localhost:2222{tmp_path}/served/bot.git"):
        log.unlink(missing_ok=True)
        ran = keysweep("history", address, "--format", "json")
        assert [f["path"] for f in ran.findings] == ["a.env"]
        assert "-oBatchMode=yes" in log.read_text().split()
        assert "git@localhost" in log.read_text().split()
    assert list(scratch.iterdir()) == []
    script.write_text("#!/bin/sh\necho 'ssh: no such host' >&2\nexit 255\n")
    ran = keysweep("history", "git@localhost:bot.git")
    assert ran.err == "keysweep: error: git@localhost:bot.git: ssh: no such host\n"


@posix_only
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_interrupted_clone_leaves_nothing(
    server: Server, secret: str, scratch: Path, number: int, status: int
) -> None:
    server.is_stuck = True
    mark = f"bot-{secrets.token_hex(4)}.git"
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "scanner", "history", server.url("me:passw0rd@", mark)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 30
        while not server.seen and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.seen
        process.send_signal(number)
        out, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert b"passw0rd" not in out + said
    assert b"Traceback" not in said
    assert list(scratch.iterdir()) == []
    server.stuck.set()
    assert processes_with(mark) == []


@posix_only
def test_interrupted_scan_removes_the_clone(
    server: Server, secret: str, scratch: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # writing the report waits for a reader: the clone is there then
    with subprocess.Popen(
        [
            *(sys.executable, "-P", "-m", "scanner", "history", server.url()),
            *("--output", str(pipe)),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    ) as process:
        deadline = time.monotonic() + 30
        while not list(scratch.glob("*/mirror.git/packed-refs")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        assert list(scratch.iterdir())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 143
    assert list(scratch.iterdir()) == []


def test_signal_handlers_are_put_back(server: Server, secret: str, scratch: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Clone(Address(server.url(), server.address)) as path:
        assert Path(path).is_dir()
        assert signal.getsignal(signal.SIGTERM) != before
        assert re.search(r"mirror\.git$", path)
    assert signal.getsignal(signal.SIGTERM) == before


@posix_only
def test_ignored_signals_stay_ignored(server: Server, secret: str, scratch: Path) -> None:
    """Under nohup a closed terminal does not end the scan."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Clone(Address(server.url(), server.address)):
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert list(scratch.iterdir()) == []
