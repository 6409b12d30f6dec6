"""The GitHub Action: every kind of event, in this process and by the steps of action.yml."""

import os
import re
import secrets
import shutil
import string
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ZEROS = "0" * 40


class Case(NamedTuple):
    """An event, and what must come of it."""

    event: str
    payload: dict[str, Any]
    sha: str
    ref: str
    status: int
    findings: int | None
    says: str
    depth: int = 0


def pushed(forge: Any, before: str, ref: str = "refs/heads/main", **more: Any) -> dict[str, Any]:
    return {"ref": ref, "before": before, "after": forge.dev.head, **more}


def push_with_leak(forge: Any) -> Case:
    """The push adds two commits; the secret is in the first and removed again in the second."""
    forge.leak("old.py")
    forge.push()
    before = forge.dev.head
    forge.leak()
    forge.dev.write("bot.py", "pass\n")
    sha = forge.commit("take it out")
    forge.push()
    return Case(
        "push", pushed(forge, before), sha, "refs/heads/main", 1, 1, "what this push adds to main"
    )


def push_without(forge: Any) -> Case:
    forge.leak("old.py")
    before = forge.dev.head
    forge.dev.write("bot.py", "pass\n")
    sha = forge.commit("harmless")
    forge.push()
    return Case("push", pushed(forge, before), sha, "refs/heads/main", 0, 0, "nothing found")


def new_branch(forge: Any) -> Case:
    """Only what the default branch lacks: the secret on main is not this branch's."""
    forge.leak("old.py")
    forge.push()
    forge.dev.git("checkout", "--quiet", "-b", "feature")
    sha = forge.leak()
    forge.push("feature")
    ref = "refs/heads/feature"
    return Case(
        "push",
        pushed(forge, ZEROS, ref, created=True),
        sha,
        ref,
        1,
        1,
        "feature is new: what main lacks",
    )


def first_push(forge: Any) -> Case:
    forge.leak("old.py")
    sha = forge.leak()
    forge.push()
    return Case(
        "push",
        pushed(forge, ZEROS),
        sha,
        "refs/heads/main",
        1,
        2,
        "main is new: all of its history",
    )


def forced_push(forge: Any) -> Case:
    """What was there before is on no branch any more, so a fresh checkout does not have it."""
    forge.dev.git("checkout", "--quiet", "-b", "feature")
    before = forge.leak("old.py")
    forge.push("feature")
    forge.dev.git("reset", "--quiet", "--hard", "main")
    sha = forge.leak()
    forge.push("feature")
    ref = "refs/heads/feature"
    payload = pushed(forge, before, ref, forced=True)
    return Case("push", payload, sha, ref, 1, 1, "feature was replaced")


def forced_push_of_main(forge: Any) -> Case:
    before = forge.leak("old.py")
    forge.push()
    forge.dev.git("reset", "--quiet", "--hard", "HEAD^")
    sha = forge.leak()
    forge.push()
    return Case(
        "push",
        pushed(forge, before, forced=True),
        sha,
        "refs/heads/main",
        1,
        1,
        "all of its history",
    )


def new_tag(forge: Any) -> Case:
    """An annotated tag on main: its message is the one new thing."""
    forge.leak("old.py")
    secret = f"gate_secret = {secrets.token_hex(32)}"
    forge.push()
    forge.dev.git("tag", "-a", "-m", f"version 1\n\n{secret}", "v1")
    forge.push("v1")
    tag = forge.dev.git("rev-parse", "v1")
    payload = {"ref": "refs/tags/v1", "before": ZEROS, "after": tag, "created": True}
    return Case("push", payload, forge.dev.head, "refs/tags/v1", 1, 1, "v1 is new: what main lacks")


def deleted_branch(forge: Any) -> Case:
    payload = {"ref": "refs/heads/gone", "before": forge.dev.head, "after": ZEROS, "deleted": True}
    return Case(
        "push",
        payload,
        forge.dev.head,
        "refs/heads/main",
        0,
        0,
        "gone was deleted: nothing to scan",
    )


def pull_request(forge: Any) -> Case:
    forge.leak("old.py")
    forge.push()
    forge.dev.git("checkout", "--quiet", "-b", "topic")
    forge.leak()
    merge, payload = forge.pull_request("topic")
    return Case(
        "pull_request",
        payload,
        merge,
        "refs/pull/1/merge",
        1,
        1,
        "what this pull request adds to main",
    )


def pull_request_behind(forge: Any) -> Case:
    """main has gone on, and was merged into the branch: what main has is not the branch's."""
    forge.dev.git("checkout", "--quiet", "-b", "topic")
    forge.dev.write("a.py", "pass\n")
    forge.commit("harmless")
    forge.dev.git("checkout", "--quiet", "main")
    forge.leak("old.py")
    forge.push()
    forge.dev.git("checkout", "--quiet", "topic")
    forge.dev.git("merge", "--quiet", "-m", "catch up", "main")
    merge, payload = forge.pull_request("topic")
    payload["pull_request"]["base"]["sha"] = forge.first
    return Case("pull_request", payload, merge, "refs/pull/1/merge", 0, 0, "nothing found")


def merge_group(forge: Any) -> Case:
    base = forge.dev.head
    forge.dev.git("checkout", "--quiet", "-b", "gh-readonly-queue/main/pr-1")
    sha = forge.leak()
    forge.push("gh-readonly-queue/main/pr-1")
    ref = "refs/heads/gh-readonly-queue/main/pr-1"
    group = {"head_sha": sha, "base_sha": base, "base_ref": "refs/heads/main", "head_ref": ref}
    return Case(
        "merge_group", {"merge_group": group}, sha, ref, 1, 1, "what this merge group adds to main"
    )


def schedule(forge: Any) -> Case:
    """All branches, not only the one that the workflow runs on."""
    forge.leak("old.py")
    forge.dev.git("checkout", "--quiet", "-b", "other")
    forge.leak("other.py")
    forge.push("main", "other")
    sha = forge.dev.git("rev-parse", "main")
    return Case(
        "schedule",
        {"schedule": "0 4 * * 1"},
        sha,
        "refs/heads/main",
        1,
        2,
        "the whole history, on schedule",
    )


def workflow_dispatch(forge: Any) -> Case:
    case = schedule(forge)
    return case._replace(
        event="workflow_dispatch", payload={"inputs": {}}, says="on workflow_dispatch"
    )


def shallow_push(forge: Any) -> Case:
    before = forge.dev.head
    forge.dev.write("a.py", "pass\n")
    forge.commit("harmless")
    sha = forge.commit("more")
    forge.push()
    return Case("push", pushed(forge, before), sha, "refs/heads/main", 2, 0, "fetch-depth: 0", 1)


def shallow_pull_request(forge: Any) -> Case:
    forge.dev.git("checkout", "--quiet", "-b", "topic")
    forge.dev.write("a.py", "pass\n")
    forge.commit("harmless")
    merge, payload = forge.pull_request("topic")
    return Case("pull_request", payload, merge, "refs/pull/1/merge", 2, None, "fetch-depth: 0", 1)


def shallow_schedule(forge: Any) -> Case:
    return schedule(forge)._replace(status=2, findings=1, says="fetch-depth: 0", depth=1)


def deep_enough_push(forge: Any) -> Case:
    """Two commits deep is enough for a push of one: both it and what it is compared with are here."""
    before = forge.dev.head
    sha = forge.leak()
    forge.push()
    return Case(
        "push", pushed(forge, before), sha, "refs/heads/main", 1, 1, "what this push adds", 2
    )


def pull_request_target(forge: Any) -> Case:
    case = pull_request(forge)
    base = case.payload["pull_request"]["base"]["sha"]
    return case._replace(
        event="pull_request_target",
        sha=base,
        ref="refs/heads/main",
        status=2,
        findings=None,
        says="use `on: pull_request`",
    )


CASES = (
    *(push_with_leak, push_without, new_branch, first_push, forced_push, forced_push_of_main),
    *(new_tag, deleted_branch, pull_request, pull_request_behind, merge_group, schedule),
    *(workflow_dispatch, shallow_push, shallow_pull_request, shallow_schedule, deep_enough_push),
    pull_request_target,
)


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_events(make: Callable[[Any], Case], forge: Any) -> None:
    """Each event scans what it brings: no more, no less, and never falsely nothing."""
    case = make(forge)
    check(case, forge.run(case.event, case.payload, case.sha, case.ref, depth=case.depth))


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_events_by_the_steps(make: Callable[[Any], Case], forge: Any, steps: Any) -> None:
    """The same by the ``run:`` steps of action.yml, with the pinned dependencies and no other."""
    case = make(forge)
    workspace = forge.checkout(case.sha, case.ref, case.depth)
    hijack(workspace)
    environment = forge.environment(case.event, case.payload, case.sha, case.ref, workspace)
    done = steps.run(steps.scan, workspace, {**environment, **forge.inputs()})
    check(case, forge.ended(done.returncode, done.stdout, environment))
    assert not (workspace / "hijacked").exists()


def hijack(workspace: Path) -> None:
    """Put modules into the workspace that must not be imported."""
    for name in ("scanner", "regex", "yaml", "json"):
        (workspace / f"{name}.py").write_text("open('hijacked', 'w')\n")


def check(case: Case, ended: Any) -> None:
    assert ended.status == case.status, ended.out
    assert ended.findings == case.findings, ended.out
    assert case.says in ended.out
    assert "Traceback" not in ended.out
    assert ended.summary.startswith("## keysweep: ")
    if case.findings is None:
        assert "NOT SCANNED" in ended.summary
    else:
        assert len(ended.sarif["runs"][0]["results"]) == case.findings
        commands = [line for line in ended.out.splitlines() if line.startswith("::error ")]
        assert sum("title=keysweep" not in line for line in commands) == case.findings
        assert ("### What to do" in ended.summary) == bool(case.findings)
    if case.status == 2:
        assert "::error title=keysweep" in ended.out


def topic(forge: Any) -> None:
    forge.dev.git("checkout", "--quiet", "-b", "topic")


def run_pull_request(forge: Any, **inputs: str) -> Any:
    merge, payload = forge.pull_request("topic")
    return forge.run("pull_request", payload, merge, "refs/pull/1/merge", **inputs)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".keysweep.yaml", "allow:\n- name: all\n  paths: ['.']\n"),
        (".keysweep.yaml", "exclude: ['*']\n"),
        ("pyproject.toml", "[tool.keysweep]\nmin-severity = 'critical'\nonly = ['none']\n"),
        (".keysweep.yaml", "no: such setting\n"),
        (".keysweepignore", "not a fingerprint\n"),
    ],
)
def test_a_change_cannot_silence_itself(forge: Any, name: str, content: str) -> None:
    """Settings and ignore files that a pull request brings have no effect, and are named."""
    topic(forge)
    forge.dev.write(name, content)
    forge.leak()
    ended = run_pull_request(forge)
    assert (ended.status, ended.findings) == (1, 1), ended.out
    assert f"Other than in the base, and not used here: {name}" in ended.out


def test_settings_of_the_base_count(forge: Any) -> None:
    """Allow-lists, patterns and ignore files that were merged before are used, and told."""
    block = re.search(
        r"```yaml\n(system: acme\n.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL
    )
    assert block
    forge.dev.write("rules/acme.yaml", block[1])
    settings = "allow:\n- name: fixtures\n  paths: ['^fixtures/']\npatterns: [rules]\n"
    forge.dev.write(".keysweep.yaml", settings)
    forge.commit("settings")
    forge.push()
    topic(forge)
    (forge.dev.path / ".keysweep.yaml").unlink()
    shutil.rmtree(forge.dev.path / "rules")
    forge.leak("fixtures/key.py")
    secret = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(72))
    forge.dev.write("bot.env", f"ACME_API_SECRET={secret}\n")
    forge.commit("a key that only the rules of the base know")
    ended = run_pull_request(forge)
    assert (ended.status, ended.findings) == (1, 1), ended.out
    assert "Acme Exchange" in ended.out
    assert ".keysweep.yaml of this repository changes what is reported: allow" in ended.out
    assert "config&#58;fixtures" in ended.summary


def test_fingerprints_of_the_base_count(forge: Any) -> None:
    """What the base's ignore file names is silenced; the same line in the change is not read."""
    topic(forge)
    forge.leak()
    found = run_pull_request(forge)
    fingerprint = found.sarif["runs"][0]["results"][0]["partialFingerprints"]
    (mark,) = {value for value in fingerprint.values() if len(value) == 32}
    forge.dev.git("checkout", "--quiet", "main")
    forge.dev.write(".keysweepignore", mark + "\n")
    forge.commit("accept it")
    forge.push()
    assert run_pull_request(forge).findings == 0


def test_marks_that_a_change_brings_are_listed(forge: Any) -> None:
    """An inline mark silences, but nobody can bring one unseen: on old lines neither."""
    forge.leak("old.py")
    forge.push()
    topic(forge)
    forge.leak("bot.py", "  # keysweep:" + "allow")
    old = forge.dev.path / "old.py"
    old.write_text("import os\n" + old.read_text().rstrip() + "  # gitleaks:" + "allow\n")
    forge.commit("silence the old one too")
    ended = run_pull_request(forge)
    assert (ended.status, ended.findings) == (0, 0)
    assert "::notice file=bot.py,line=1,title=keysweep::" in ended.out
    assert "::notice file=old.py,line=2,title=keysweep::" in ended.out
    assert "Silenced" in ended.summary
    assert "old&#46;py&#58;2" in ended.summary


def test_inputs(forge: Any) -> None:
    """A settings file named by the workflow is the base's too; exit-zero keeps the outputs."""
    forge.dev.write("ci/scan.yaml", "min-severity: low\n")
    forge.commit("settings")
    forge.push()
    topic(forge)
    forge.dev.write("ci/scan.yaml", "exclude: ['*']\n")
    forge.leak()
    ended = run_pull_request(forge, config="ci/scan.yaml", exit_zero="true")
    assert (ended.status, ended.findings) == (0, 1), ended.out
    ended = run_pull_request(forge, min_severity="critical", sarif_file="out.sarif")
    assert (ended.status, ended.findings) == (1, 1)
    assert ended.outputs["sarif-file"].endswith("/out.sarif")
    assert run_pull_request(forge, range="all").findings == 1
    assert run_pull_request(forge, range="HEAD^2^..HEAD^2").findings == 1


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({"min_severity": "highest"}, "min-severity"),
        ({"exit_zero": "yes"}, "exit-zero"),
        ({"config": "../settings.yaml"}, "outside"),
        ({"config": "no-such.yaml"}, "no-such.yaml"),
        ({"path": "../elsewhere"}, "outside"),
        ({"range": "--all"}, "cannot be resolved"),
        ({"range": "main..nowhere"}, "cannot be resolved"),
        ({"sarif_file": "../x.sarif"}, "outside"),
        ({"sarif_file": "README"}, "there already"),
        ({"sarif_file": "a\nfindings=0"}, "cannot be seen"),
    ],
    ids=str,
)
def test_wrong_inputs(forge: Any, inputs: dict[str, str], says: str) -> None:
    """What a workflow asks wrongly is an error that names the input: 2, never nothing found."""
    topic(forge)
    forge.leak()
    ended = run_pull_request(forge, **inputs)
    assert ended.status == 2
    assert says in ended.out
    assert "::error title=keysweep" in ended.out


def test_names_from_a_repository_command_nothing(forge: Any) -> None:
    """File names and messages are text: in the log, in the summary, in the outputs."""
    from markdown_it import MarkdownIt

    topic(forge)
    name = "a|b`c`<img src=x onerror=alert(1)>\n::error::x\n![x](http:y)\u202e.py"
    forge.leak(name)
    forge.dev.git("commit", "--amend", "-m", "::set-output name=findings::0 <script>")
    ended = run_pull_request(forge)
    assert ended.findings == 1
    assert not [
        line for line in ended.out.splitlines() if line.startswith(("::error::", "::set-output"))
    ]
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(ended.summary)
    assert "<img" not in page
    assert "<script" not in page
    assert page.count("<tr>") == 2
    assert "onerror=alert(1)&gt;" in page
    assert ended.out.isprintable() or "\u202e" not in ended.out


def test_no_secret_leaves(forge: Any) -> None:
    topic(forge)
    forge.leak()
    secret = (forge.dev.path / "bot.py").read_text().split('"')[1]
    ended = run_pull_request(forge)
    for text in (ended.out, ended.summary, str(ended.sarif), str(ended.outputs)):
        assert secret not in text
        assert secret[8:24] not in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"after": "main"}, "not an object id"),
        ({"after": "f" * 40}, "not in this checkout"),
        ({"after": None}, "lacks after"),
    ],
)
def test_strange_pushes(forge: Any, change: dict[str, Any], says: str) -> None:
    payload = pushed(forge, ZEROS) | change
    ended = forge.run("push", payload, forge.dev.head)
    assert says in ended.out
    assert ended.status == 2


@pytest.mark.parametrize("content", [None, "{", "[]", "{}"])
def test_strange_event_files(
    forge: Any,
    content: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is not GitHub's event file is an error."""
    from scanner.cli import main

    workspace = forge.checkout(forge.dev.head, "refs/heads/main")
    variables = forge.environment("pull_request", {}, forge.dev.head, "refs/heads/main", workspace)
    path = Path(variables["GITHUB_EVENT_PATH"])
    path.unlink() if content is None else path.write_text(content)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "0")
    monkeypatch.chdir(workspace)
    assert main(["action"]) == 2
    assert "event file" in capsys.readouterr().out
    monkeypatch.delenv("GITHUB_EVENT_NAME")
    assert main(["action"]) == 2


def test_another_users_checkout(forge: Any, steps: Any) -> None:
    """In a container job the workspace is another user's: git opens it all the same."""
    case = push_with_leak(forge)
    workspace = forge.checkout(case.sha, case.ref)
    environment = forge.environment(case.event, case.payload, case.sha, case.ref, workspace)
    environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"  # as git's own tests do it
    refused = subprocess.run(
        ["git", "-C", workspace, "status"],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert refused.returncode == 128
    done = steps.run(steps.scan, workspace, {**environment, **forge.inputs()})
    check(case, forge.ended(done.returncode, done.stdout, environment))
