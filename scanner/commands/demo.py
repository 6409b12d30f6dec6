"""Plant invented keys in a temporary repository, commit them, and show the refused commit.

The keys are drawn anew each time and open nothing. The repository is removed afterwards; your own
repositories, git settings and network are not touched.
"""

import argparse
import os
import secrets
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from scanner import wiring
from scanner.commands.hooking import launcher
from scanner.errors import SourceError

EXAMPLE = "keysweep demo"

_BOT = '''\
"""Buys on Gate.io what costs more on Binance."""

import ccxt

gate = ccxt.gateio({{
    "apiKey": "{gate_key}",
    "secret": "{gate_secret}",
}})
binance = ccxt.binance({{
    "apiKey": "{binance_key}",
    "secret": "{binance_secret}",
}})


def spread(symbol: str) -> float:
    return binance.fetch_ticker(symbol)["bid"] - gate.fetch_ticker(symbol)["ask"]


if spread("BTC/USDT") > 50:
    gate.create_market_buy_order("BTC/USDT", 0.01)
'''
_TOLD = ("Gate.io API secret", "Binance API secret")
# Settings that only say where things lie; others could make the commit pass.
_KEPT = ("KEYSWEEP_CACHE_DIR", "KEYSWEEP_ENGINE")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments: there are none."""


def run(args: argparse.Namespace) -> int:  # noqa: ARG001  (every command has it)
    """Show the refused commit; return 0 if it was refused because of the keys, else 2."""
    with tempfile.TemporaryDirectory(prefix="keysweep-demo-") as folder:  # mode 0700
        return _Demo(folder).run()


class _Demo:
    """One demonstration in a folder of its own."""

    def __init__(self, folder: str) -> None:
        self._repo = os.path.join(folder, "trading-bot")
        self._env = _environment(folder)
        self._bold = wiring.use_color(os.environ.get("KEYSWEEP_COLOR", "auto"), sys.stdout)
        self._env["KEYSWEEP_COLOR"] = "always" if self._bold else "never"

    def run(self) -> int:
        """Plant, commit, show; return the exit status."""
        keys = _invent()
        self._say("A new repository, with keysweep's hook in it:")
        self._quietly("git", "init", "--quiet", "--template=", "--initial-branch=main", self._repo)
        self._show("git init trading-bot && cd trading-bot && keysweep install")
        self._quietly(*launcher("install", self._repo))
        self._say("\nSomebody writes a bot, and puts the keys of two exchanges into the source:")
        with open(os.path.join(self._repo, "bot.py"), "w", encoding="utf-8") as file:
            file.write(_BOT.format(**keys))
        self._quietly("git", "-C", self._repo, "add", "bot.py")
        self._show('git add bot.py && git commit -m "Add the bot"')
        status, output = self._commit()
        print(f"\n{output.strip()}\n", flush=True)
        return self._end(status, output, keys)

    def _end(self, status: int, output: str, keys: dict[str, str]) -> int:
        head = self._git("rev-parse", "--verify", "--quiet", "HEAD")
        untold = [what for what in _TOLD if what not in output]
        if status == 0 or head.returncode == 0:
            wrong = "the commit was made"
        elif any(secret in output for secret in keys.values()):
            wrong = "the output holds a secret"
        elif untold:
            wrong = f"the commit was refused, but nothing is said of the {' and the '.join(untold)}"
        else:
            self._say("The commit was refused: the keys (invented ones) are in no history.")
            print("Now in a repository of your own:\n")
            print(f"    cd YOUR-REPOSITORY && {_own_name()} install\n")
            print(f"What lies there already: {_own_name()} scan, and {_own_name()} history.")
            return 0
        print(f"keysweep: error: the demonstration failed: {wrong}", file=sys.stderr)
        return 2

    def _commit(self) -> tuple[int, str]:
        done = self._git("commit", "-m", "Add the bot")
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def _git(self, *args: str) -> subprocess.CompletedProcess[bytes]:
        # git before 2.32 reads the user's settings in spite of GIT_CONFIG_GLOBAL.
        hooks = f"core.hooksPath={os.path.join(self._repo, '.git', 'hooks')}"
        options = ("-C", self._repo, "-c", hooks, "-c", "commit.gpgSign=false")
        return self._started(("git", *options, *args))

    def _quietly(self, *command: str) -> None:
        done = self._started(command)
        if done.returncode:
            lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
            raise SourceError(f"the demonstration cannot be set up: {lines[-1] if lines else ''}")

    def _started(self, command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                command,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except FileNotFoundError as error:
            raise SourceError("git was not found; the demonstration needs it") from error

    def _say(self, text: str) -> None:
        print(f"\033[1m{text}\033[0m" if self._bold else text, flush=True)

    def _show(self, command: str) -> None:
        print(f"\n    $ {command}", flush=True)


def _environment(folder: str) -> dict[str, str]:
    """Return an environment without the user's git and keysweep settings, and without network."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "KEYSWEEP_")) or name in _KEPT
    }
    return kept | {
        "COLUMNS": str(shutil.get_terminal_size((100, 40)).columns),
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_AUTHOR_EMAIL": "demo@example.com",
        "GIT_AUTHOR_NAME": "Demo",
        "GIT_COMMITTER_EMAIL": "demo@example.com",
        "GIT_COMMITTER_NAME": "Demo",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": folder,
        "GIT_TERMINAL_PROMPT": "0",
        "PYTHONIOENCODING": "utf-8",
        "XDG_CONFIG_HOME": folder,  # settings of keysweep and of git
    }


def _invent() -> dict[str, str]:
    alphabet = string.ascii_letters + string.digits
    return {
        "gate_key": secrets.token_hex(16),
        "gate_secret": secrets.token_hex(32),
        "binance_key": "".join(secrets.choice(alphabet) for _ in range(64)),
        "binance_secret": "".join(secrets.choice(alphabet) for _ in range(64)),
    }


def _own_name() -> str:
    """Return what to type to run this keysweep from another folder."""
    own = os.path.abspath(sys.argv[0])
    if not os.path.basename(own).startswith("keysweep"):
        return "keysweep"
    found = shutil.which("keysweep")
    return "keysweep" if found and os.path.samefile(found, own) else own
