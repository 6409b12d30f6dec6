"""Clones an address into a temporary folder, for one scan: the only thing that opens a connection.

Nothing but https and ssh is spoken, nothing asks, and nothing of the user's or the machine's git
settings counts (they can name programs); ssh reads its own files, and https the user's ``.netrc``.
A user name and password in an https address (a token is often the user name) never stand in an
argument or in a setting on the disk: git asks a helper that reads them from its environment, and
asks it only about the host they were given for.
"""

import os
import re
import shutil
import signal
import tempfile
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import Any, NamedTuple
from urllib.parse import unquote

from scanner.errors import SourceError, UsageError
from scanner.lazy import lazy_compile
from scanner.repository.paths import printable
from scanner.repository.process import Process

_SCHEME = lazy_compile(r"([A-Za-z][A-Za-z0-9+.-]*)(://|::)")
_WITH_SCHEME = lazy_compile(r"(https|ssh)://(?:([^/@]*)@)?([^/@?#]+)(/[^?#]+)((?:[?#].*)?)")
_SHORT = lazy_compile(r"([A-Za-z0-9_][A-Za-z0-9_.+-]*)@([A-Za-z0-9][A-Za-z0-9.-]*):([^:].*)")
_HOST = lazy_compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_NAME = lazy_compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")
_KEPT = frozenset(
    {
        *("GIT_EXEC_PATH", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY"),
        *("GIT_PROXY_SSL_CAINFO", "GIT_SSH_COMMAND"),
    }
)
"""What of git's environment counts: how to connect. The rest could trace, redirect or run things."""
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "https:ssh",
    "GIT_ASKPASS": "",  # set but empty: neither core.askPass nor SSH_ASKPASS is tried
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = (
    *("-c", "core.hooksPath=" + os.devnull),
    *("-c", "credential.interactive=false"),
    *("-c", "gc.auto=0"),
    *("-c", "transfer.bundleURI=false"),
)
_HELPER = (
    "!f() { test \"$1\" = get && printf 'username=%s\\npassword=%s\\n'"
    ' "$KEYSWEEP_CLONE_USER" "$KEYSWEEP_CLONE_PASSWORD"; }; f'
)
_SAYS_NOTHING = (b"fatal: Could not read from remote", b"Please make sure", b"and the repository")
_SHORT_WORD = 5  # characters: a shorter secret may be a part of any word
_GRACE_S = 5.0  # for git to end its own children and remove what it has begun


class Address(NamedTuple):
    """A repository elsewhere.

    Attributes:
        url: what git is given; it holds no secret.
        host: ``https://host:port``, for which the name and password are meant.
        user, password: of an https address, None without.
    """

    url: str
    host: str
    user: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Address({self.url!r})"


def parse_address(text: str) -> Address | None:
    """Return the address that a text is, None for a path.

    Raises:
        UsageError: an address that is not cloned; the message quotes no password.

    >>> parse_address("https://me:word@example.com/bot.git")
    Address('https://example.com/bot.git')
    >>> parse_address("git@example.com:me/bot.git").url
    'git@example.com:me/bot.git'
    >>> parse_address("../bot") is None
    True
    """
    scheme = _SCHEME.match(text)
    if scheme is None:
        if os.path.exists(text) or "@" not in text:
            return None
        short = _SHORT.fullmatch(text)
        if short is None:  # not shown: it may be an address with a password, and a slip in it
            raise UsageError("REPO is no path that exists, and no address like git@host:path")
        _refuse_odd(text)
        return Address(text, f"ssh://{short[2]}")
    if scheme[2] == "::" or scheme[1] not in ("https", "ssh"):
        hint = "; for a repository on this machine give its path" if scheme[1] == "file" else ""
        raise UsageError(
            f"{scheme[0]} addresses are not cloned, only https://, ssh:// and git@host:{hint}"
        )
    parts = _WITH_SCHEME.fullmatch(text)
    if parts is None or _HOST.fullmatch(parts[3]) is None:
        raise UsageError(f"this {scheme[0]} address is not one of a repository")
    _refuse_odd(text)
    name, user, host, path, more = parts.groups()
    if more:
        raise UsageError("an address with ? or # is not cloned: tokens in it would be shown")
    if name == "https":
        return _with_password(f"https://{host}", path, user)
    if user is not None and _NAME.fullmatch(user) is None:
        raise UsageError("an ssh:// address takes a user name, and no password")
    return Address(f"ssh://{user + '@' if user else ''}{host}{path}", f"ssh://{host}")


def _with_password(host: str, path: str, userinfo: str | None) -> Address:
    if not userinfo:
        return Address(host + path, host)
    user, _, password = userinfo.partition(":")
    user, password = unquote(user), unquote(password)
    if not (user + password).isprintable():
        raise UsageError("the user name or password of the address holds a control character")
    return Address(host + path, host, user, password)


def _refuse_odd(text: str) -> None:
    if not text.isprintable() or " " in text or "\\" in text:
        raise UsageError("the address holds a blank, a backslash or a control character")


class Clone:
    """A mirror of an address in a folder of its own (0700), gone at the end of the ``with`` block.

    SIGTERM and SIGHUP end the block as Ctrl-C does, so that nothing is left behind.
    """

    def __init__(self, address: Address) -> None:
        """Prepare; nothing is opened yet."""
        self._address = address
        self._folder = ""
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> str:
        """Clone and return the path of the bare repository.

        Raises:
            SourceError: it cannot be cloned.
        """
        self._catch_signals()
        try:
            self._folder = _new_folder()
            target = os.path.join(self._folder, "mirror.git")
            self._clone(target)
        except BaseException:
            self._end(is_failing=True)
            raise
        return target

    def __exit__(self, kind: Any, *unused: object) -> None:
        self._end(is_failing=kind is not None)

    def _clone(self, target: str) -> None:
        command = ("git", "-C", self._folder, *_OPTIONS, "clone", "--mirror", "--quiet")
        argv = (*command, "--template=", "--", self._address.url, target)
        with Process(argv, self._environment(), b"", is_leader=True) as process:
            try:
                process.stdout.read()
                code = process.wait()
            except BaseException:
                _stop(process)
                raise
            if code:
                raise SourceError(f"{self._address.url}: {self._complaint(process)}")

    def _environment(self) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _KEPT}
        env |= _ENVIRONMENT
        env["GIT_SSH_COMMAND"] = f"{env.get('GIT_SSH_COMMAND') or 'ssh'} -oBatchMode=yes"
        # A folder above could be somebody's repository, whose settings would count.
        env["GIT_CEILING_DIRECTORIES"] = os.path.dirname(self._folder)
        if self._address.user is not None:
            env |= {
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"credential.{self._address.host}.helper",
                "GIT_CONFIG_VALUE_0": _HELPER,
                "KEYSWEEP_CLONE_USER": self._address.user,
                "KEYSWEEP_CLONE_PASSWORD": self._address.password or "",
            }
        return env

    def _complaint(self, process: Process) -> str:
        """Return why git could not; without secrets, as a server could send back what it was sent."""
        lines = [line for line in process.errors().splitlines() if line.strip()]
        lines = [line for line in lines if not line.startswith(_SAYS_NOTHING)]
        telling = [line for line in lines if line.startswith((b"fatal:", b"error:"))] or lines
        text = (telling or [b"git gave no reason"])[-1].decode("utf-8", "backslashreplace")
        for secret in (self._address.password, self._address.user):
            if secret:
                text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "****", text)
                text = text.replace(secret, "****") if len(secret) > _SHORT_WORD else text
        return printable(text)[:500]

    def _catch_signals(self) -> None:
        """Let signals that would end the process at once unwind it; only the main thread may."""
        owner = os.getpid()

        def leave(number: int, _frame: FrameType | None) -> None:
            if os.getpid() != owner:  # a worker: it has nothing to clean up
                os._exit(128 + number)
            raise SystemExit(128 + number)

        if threading.current_thread() is not threading.main_thread():
            return
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            number = getattr(signal, name, None)
            if number is None or signal.getsignal(number) == signal.SIG_IGN:  # nohup
                continue
            self._handlers[number] = signal.getsignal(number)
            if name != "SIGINT":  # Python raises for that one
                signal.signal(number, leave)

    def _end(self, *, is_failing: bool) -> None:
        for number in self._handlers:
            signal.signal(number, signal.SIG_IGN)  # impatience must not stop the removal
        try:
            _remove(self._folder)
        finally:
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            self._handlers.clear()
        if self._folder and os.path.lexists(self._folder) and not is_failing:
            raise SourceError(f"{self._folder}: the clone could not be removed; remove it yourself")


def _new_folder() -> str:
    try:
        return tempfile.mkdtemp(prefix="keysweep-clone-")
    except OSError as error:
        raise SourceError(f"no temporary folder for the clone: {error.strerror}") from error


def _stop(process: Process) -> None:
    """End git and its helpers: first let it remove what it has begun, then at once."""
    deadline = time.monotonic() + _GRACE_S
    _signal(process, signal.SIGTERM)
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))


def _signal(process: Process, number: int) -> None:
    """Send a signal to the whole group, whose members may have ended already."""
    with suppress(ProcessLookupError, PermissionError):  # the latter is what macOS says of zombies
        if hasattr(os, "killpg"):
            os.killpg(process.pid, number)
        else:
            os.kill(process.pid, number)


def _remove(folder: str) -> None:
    """Remove a folder; a helper of a git that was killed may still write into it for a moment."""
    for _ in range(50):
        if not folder or not os.path.lexists(folder):
            return
        shutil.rmtree(folder, ignore_errors=True)
        if os.path.lexists(folder):
            time.sleep(0.1)
