"""Run as the GitHub Action: scan what the event brings, with the settings of before the change.

Everything comes from the environment, as action.yml and GitHub set it. Annotations go to standard
output, the rest into the files that GitHub names.
"""

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

from scanner import wiring
from scanner.ci.event import Event, path_below, read_event
from scanner.ci.files import write_outputs, write_summary
from scanner.ci.marks import Mark, new_marks
from scanner.ci.plan import DEPTH, Plan, make_plan
from scanner.ci.trusted import altered, lay_out
from scanner.commands.scanning import add_options, run_scan
from scanner.config import Config, Setting
from scanner.errors import ScannerError, UsageError
from scanner.lazy import lazy_compile
from scanner.models import Report
from scanner.reporters import Tally
from scanner.reporters.escape import emit, visible
from scanner.reporters.summary import plain
from scanner.repository import Repository
from scanner.sources import Source

EXAMPLE = "keysweep action"
_PREFIX = "KEYSWEEP_ACTION_"
_INPUTS = ("range", "config", "baseline", "min-confidence", "min-severity", "exit-zero", "path")
_MOST_MARKS = 50
_ADDRESS = lazy_compile(r"https://[\w.-]+(:\d+)?(/[\w.-]+){2}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: the inputs are environment variables, so that no shell ever reads them."""


def run(args: argparse.Namespace) -> int:
    """Scan, and tell GitHub."""
    del args
    environment = dict(os.environ)
    try:
        return _Action(environment).run()
    except ScannerError as error:
        _tell_failure(environment, str(error))
        raise


class _Action:
    """One run; ``inputs`` by name, empty where the workflow gave none."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        names = (*_INPUTS, "sarif-file")
        variables = {name: _PREFIX + name.upper().replace("-", "_") for name in names}
        self._env = environment
        self.inputs = {n: environment.get(v, "").strip() for n, v in variables.items()}
        self._event: Event | None = None
        self._plan: Plan | None = None
        self._marks: tuple[Mark, ...] = ()
        self._about: list[str] = []
        self._sarif = ""

    def run(self) -> int:
        event = self._event = read_event(self._env)
        workspace = self._env.get("GITHUB_WORKSPACE") or os.getcwd()
        folder = path_below(workspace, self.inputs["path"] or ".", "path")
        _trust(folder)
        os.chdir(folder)
        repository = Repository.discover()
        plan = self._plan = make_plan(event, repository, self.inputs["range"])
        self._about = [f"Scanned: {plan.why}."]
        self._look_at_change(repository)
        with tempfile.TemporaryDirectory(prefix="keysweep-settings-") as settings:  # mode 0700
            options = self._options(repository, settings)
            return run_scan(
                options,
                lambda config: _source(plan, repository, config),
                top=settings,
                command="history",
                write=self._write,
            )

    def _look_at_change(self, repository: Repository) -> None:
        """Say whose settings count, and find the marks that the change brings."""
        event, plan = self._event, self._plan
        assert event is not None and plan is not None  # noqa: PT018
        if plan.base is None or event.new is None:
            return
        self._about.append(f"Settings and ignore files: those of the base, {plan.base[:12]}.")
        changed = altered(repository, plan.base, event.new)
        if changed:
            names = ", ".join(changed)
            self._about.append(f"Other than in the base, and not used here: {names}.")
        self._marks = tuple(new_marks(repository, plan.base, event.new))

    def _options(self, repository: Repository, settings: str) -> argparse.Namespace:
        """Return the options of the scan, and lay out the files that they and the settings name."""
        argv = ["--no-progress", "--color=never"]
        named = []
        for name in ("config", "baseline"):
            value = self.inputs[name]
            if value and os.path.isabs(value):
                argv.append(f"--{name}={value}")
            elif value:
                path = os.path.normpath(value)
                if path.startswith(".."):
                    raise UsageError(f"{name}: {value!r} is outside the repository")
                named.append(path.replace(os.sep, "/"))
                argv.append(f"--{name}={os.path.join(settings, path)}")
        argv += [
            f"--{n}={self.inputs[n]}" for n in ("min-confidence", "min-severity") if self.inputs[n]
        ]
        if _is_true(self.inputs["exit-zero"], "exit-zero"):
            argv.append("--exit-zero")
        if self._plan is not None and self._plan.settings is not None:
            lay_out(repository, self._plan.settings, settings, named)
        parser = _Options(prog="keysweep action", allow_abbrev=False)
        add_options(parser)
        return parser.parse_args(argv)

    def _write(self, config: Config, patterns: wiring.Patterns, report: Report) -> int:
        """Write annotations, the SARIF file, the summary and the outputs; return the exit status."""
        items = list(report.items)
        report = report._replace(items=items)
        for text in (*self._about, *report.notes):
            emit(sys.stdout, f"keysweep: {visible(text)}\n")
        tally = wiring.reporter(_as("github", config), patterns, sys.stdout).write(
            report, sys.stdout
        )
        for mark in self._marks[:_MOST_MARKS]:
            print(_annotation("notice", mark.path, mark.line, _MARKED))
        if tally.skipped:
            print(f"::error title=keysweep::{_escaped(_UNREAD)}")
        self._sarif = self._sarif_path()
        with open(self._sarif, "w", encoding="utf-8", newline="\n") as file:
            wiring.reporter(_as("sarif", config), patterns, file).write(report, file)
        self._tell(patterns, report, tally)
        if tally.skipped:
            return 2
        return 1 if tally.findings and not config.exit_zero else 0

    def _tell(self, patterns: wiring.Patterns, report: Report, tally: Tally) -> None:
        about = list(self._about)
        if self._marks:
            places = ", ".join(f"{mark.path}:{mark.line}" for mark in self._marks[:_MOST_MARKS])
            about.append(f"Marks that silence, which this change brings: {places}.")
        address = f"{self._env.get('GITHUB_SERVER_URL')}/{self._env.get('GITHUB_REPOSITORY')}"
        page = io.StringIO()
        wiring.summary_reporter(
            patterns, about, address if _ADDRESS.fullmatch(address) else None, _UNREAD
        ).write(report, page)
        if self._env.get("GITHUB_STEP_SUMMARY"):
            write_summary(self._env["GITHUB_STEP_SUMMARY"], page.getvalue())
        if self._env.get("GITHUB_OUTPUT"):
            values = {"findings": str(tally.findings), "sarif-file": self._sarif}
            write_outputs(self._env["GITHUB_OUTPUT"], values)

    def _sarif_path(self) -> str:
        """Return where the SARIF file goes: a new folder unless the workflow names a file."""
        chosen = self.inputs["sarif-file"]
        if not chosen:
            base = self._env.get("RUNNER_TEMP") or None
            return os.path.join(tempfile.mkdtemp(prefix="keysweep-", dir=base), "keysweep.sarif")
        if not chosen.isprintable():
            raise UsageError("sarif-file: characters that cannot be seen")
        workspace = self._env.get("GITHUB_WORKSPACE") or os.getcwd()
        # A link that the change brings must not lead the file elsewhere.
        path = chosen if os.path.isabs(chosen) else path_below(workspace, chosen, "sarif-file")
        if os.path.lexists(path):
            raise UsageError(f"sarif-file: {chosen!r} is there already")
        return path


_MARKED = "This change brings a mark that silences what keysweep finds on this line."
_UNREAD = (
    "Something that should have been scanned could not be read, so this is no clean result. In a"
    f" shallow or partial checkout the commits are not there: {DEPTH}, and without a filter."
)


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise UsageError(f"an input is wrong: {message}")


def _source(plan: Plan, repository: Repository, config: Config) -> Source:
    from scanner.sources.history import HistorySource  # noqa: PLC0415  (only the source that is used)

    return HistorySource(
        repository, range=plan.range, commits=plan.tips, max_blob_bytes=config.max_blob_size
    )


def _as(name: str, config: Config) -> Config:
    """Return the same settings with another format."""
    other = Config()
    vars(other).update(vars(config))
    other.settings = {**config.settings, "format": Setting(name, "action")}
    return other


def _trust(folder: str) -> None:
    """Let git open the checkout of another user: in a container job, the runner's.

    git reads this setting from the environment, so nothing is written anywhere.
    """
    count = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    os.environ[f"GIT_CONFIG_KEY_{count}"] = "safe.directory"
    os.environ[f"GIT_CONFIG_VALUE_{count}"] = folder
    os.environ["GIT_CONFIG_COUNT"] = str(count + 1)


def _is_true(text: str, name: str) -> bool:
    if text.lower() not in ("", "true", "false"):
        raise UsageError(f"{name}: true or false is needed")
    return text.lower() == "true"


def _tell_failure(environment: Mapping[str, str], text: str) -> None:
    """Annotate an error, and say in the summary that nothing was scanned."""
    print(f"::error title=keysweep::{_escaped(text)}")
    if environment.get("GITHUB_STEP_SUMMARY"):
        page = f"## keysweep: NOT SCANNED\n\n{plain(text)}\n\n"
        write_summary(environment["GITHUB_STEP_SUMMARY"], page)


def _annotation(kind: str, path: str, line: int, text: str) -> str:
    file = _escaped(path).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={file},line={line},title=keysweep::{_escaped(text)}"


def _escaped(text: str) -> str:
    return visible(text).replace("%", "%25")
