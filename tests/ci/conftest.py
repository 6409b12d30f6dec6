"""What GitHub does around an action: a remote, checkouts as actions/checkout makes them, events, steps."""

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from scanner.cli import main

ROOT = Path(__file__).resolve().parents[2]
ZEROS = "0" * 40


class Ended(NamedTuple):
    """How an action ended.

    Attributes:
        outputs: as a later step sees them.   summary: the Markdown.   sarif: the report, or None.
    """

    status: int
    out: str
    outputs: dict[str, str]
    summary: str
    sarif: Any

    @property
    def findings(self) -> int | None:
        """Return the number of findings, None if the output is not there."""
        return int(self.outputs["findings"]) if "findings" in self.outputs else None


class Forge:
    """A repository on a server with a developer's clone of it.

    Attributes:
        remote: the bare repository.   dev: the clone; its ``main`` has one pushed commit.
    """

    def __init__(
        self, make: Callable[..., Any], tmp_path: Path, capsys: Any, monkeypatch: Any
    ) -> None:
        self._tmp, self._capsys, self._monkeypatch = tmp_path, capsys, monkeypatch
        self.remote = make("remote.git", "--bare")
        self.remote.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.dev = make("dev")
        self.dev.git("remote", "add", "origin", f"file://{self.remote.path}")
        self.dev.write("README", "hello\n")
        self.commit("first")
        self.push()
        self.first = self.dev.head
        self._count = 0

    def commit(self, message: str) -> str:
        """Commit everything and return the id."""
        self.dev.git("add", "--all")
        done: str = self.dev.commit(message)
        return done

    def leak(self, name: str = "bot.py", mark: str = "") -> str:
        """Commit a new secret and return the commit's id."""
        self.dev.write(name, f'gate_secret = "{secrets.token_hex(32)}"{mark}\n')
        return self.commit(f"add {name}")

    def push(self, *refs: str) -> None:
        """Push refs (default: main)."""
        self.dev.git("push", "--quiet", "--force", "origin", *(refs or ("main",)))

    def checkout(self, sha: str, ref: str, depth: int = 0) -> Path:
        """Check out as actions/checkout does: all branches and tags with ``depth`` 0."""
        self._count += 1
        path = self._tmp / f"workspace{self._count}"
        path.mkdir()
        name = ref.removeprefix("refs/heads/")
        local = (
            f"refs/remotes/origin/{name}"
            if name != ref
            else ref.replace("refs/pull", "refs/remotes/pull")
        )
        specs = [f"+{sha}:{local}"] if depth or "pull" in ref else []
        if depth == 0:
            specs += ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
        options = ["--depth", str(depth)] if depth else []
        for args in (
            ("init", "--quiet", "--initial-branch=main"),
            ("remote", "add", "origin", f"file://{self.remote.path}"),
            ("fetch", "--quiet", "--no-tags", "--force", *options, "origin", *dict.fromkeys(specs)),
            ("checkout", "--quiet", "--force", "--detach", sha),
        ):
            subprocess.run(["git", *args], cwd=path, check=True, capture_output=True)
        return path

    def pull_request(self, branch: str, number: int = 1) -> tuple[str, dict[str, Any]]:
        """Push a pull request of a branch, as from a fork, and return GitHub's merge and the payload."""
        head, base = (self.dev.git("rev-parse", name) for name in (branch, "main"))
        self.dev.git("checkout", "--quiet", "--detach", "main")
        self.dev.git("merge", "--quiet", "--no-ff", "-m", "merge", branch)
        merge = self.dev.head
        self.push(f"{merge}:refs/pull/{number}/merge", f"{head}:refs/pull/{number}/head")
        payload = {
            "action": "synchronize",
            "number": number,
            "pull_request": {
                "head": {"sha": head, "ref": branch},
                "base": {"sha": base, "ref": "main"},
                "title": 'a";$(touch pwned)`',
            },
        }
        return merge, payload

    def environment(
        self, event: str, payload: Mapping[str, Any], sha: str, ref: str, workspace: Path
    ) -> dict[str, str]:
        """Return the variables that GitHub sets, and write the files that they name."""
        folder = self._tmp / f"runner{self._count}"
        folder.mkdir(exist_ok=True)
        repository = {"default_branch": "main", "full_name": "acme/bot"}
        (folder / "event.json").write_text(json.dumps({"repository": repository, **payload}))
        for name in ("output", "summary", "env"):
            (folder / name).touch()
        return {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ENV": str(folder / "env"),
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_REF": ref,
            "GITHUB_REPOSITORY": "acme/bot",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_SHA": sha,
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(folder),
        }

    @staticmethod
    def inputs(**given: str) -> dict[str, str]:
        """Return the variables that action.yml makes of inputs."""
        return action_inputs(given)

    def ended(self, status: int, out: str, environment: Mapping[str, str]) -> Ended:
        """Read what an action has written."""
        outputs = outputs_of(Path(environment["GITHUB_OUTPUT"]).read_text())
        sarif = None
        if "sarif-file" in outputs:
            sarif = json.loads(Path(outputs["sarif-file"]).read_text())
        return Ended(
            status, out, outputs, Path(environment["GITHUB_STEP_SUMMARY"]).read_text(), sarif
        )

    def run(
        self,
        event: str,
        payload: Mapping[str, Any],
        sha: str,
        ref: str = "refs/heads/main",
        *,
        depth: int = 0,
        workspace: Path | None = None,
        **inputs: str,
    ) -> Ended:
        """Check out and run the command of the action in this process."""
        workspace = workspace or self.checkout(sha, ref, depth)
        environment = self.environment(event, payload, sha, ref, workspace)
        with self._monkeypatch.context() as patch:
            for name, value in {**environment, **action_inputs(inputs)}.items():
                patch.setenv(name, value)
            patch.setenv("GIT_CONFIG_COUNT", "0")  # the command adds to it
            patch.chdir(workspace)
            self._capsys.readouterr()
            status = main(["action"])
        return self.ended(status, self._capsys.readouterr().out, environment)


def outputs_of(text: str) -> dict[str, str]:
    """Read a file of outputs as the runner does."""
    entries = re.finditer(r"^([^\n=<]+)<<(\S+)\n(.*?)\n\2$", text, re.DOTALL | re.MULTILINE)
    return {entry[1]: entry[3] for entry in entries}


def action_inputs(given: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that action.yml makes of inputs; ``_`` in names stands for ``-``."""
    document = yaml.safe_load((ROOT / "action.yml").read_text())
    values = {name: entry.get("default", "") for name, entry in document["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in given.items()}
    (scan,) = (step for step in document["runs"]["steps"] if step.get("id") == "scan")
    return {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda hit: values[hit[1]], text)
        for name, text in scan["env"].items()
    }


class Steps:
    """Runs the ``run:`` steps of action.yml as the runner does; installed once, as within one job."""

    def __init__(self, action: Path, temporary: Path) -> None:
        self._action, self._temporary = action, temporary
        self.document = yaml.safe_load((action / "action.yml").read_text())
        self.install, self.scan = self.document["runs"]["steps"]

    def run(self, step: Mapping[str, Any], cwd: Path, environment: Mapping[str, str]) -> Any:
        """Run one step; nothing of this process's environment but what a runner has."""
        script = cwd.parent / f"step-{secrets.token_hex(4)}.sh"
        script.write_text(step["run"] + "\n")
        kept = ("PATH", "HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "PIP_INDEX_URL")
        kept += (
            "PIP_CONFIG_FILE",
            "HTTPS_PROXY",
            "https_proxy",
            "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE",
        )
        base = {name: os.environ[name] for name in kept if name in os.environ}
        paths = {"GITHUB_ACTION_PATH": str(self._action), "RUNNER_TEMP": str(self._temporary)}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=cwd,
            env={**base, **environment, **paths},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def steps(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Steps:
    """Return the steps, the first of them done (it installs from PyPI, by hash)."""
    made = Steps(snapshot, tmp_path_factory.mktemp("runner-temp"))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = made.run(made.install, tmp_path_factory.mktemp("installing"), {"PATH": path})
    assert done.returncode == 0, done.stdout
    return made


@pytest.fixture
def forge(git_repo: Any, tmp_path: Path, capsys: Any, monkeypatch: Any) -> Forge:
    """Return a repository on a server."""
    return Forge(git_repo, tmp_path, capsys, monkeypatch)
