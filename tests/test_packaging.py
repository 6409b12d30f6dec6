"""Wheel, sdist, editable install and bare checkout: each has every pattern, and works elsewhere."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("build", reason="needs build from PyPI (extra dev)")


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """Run a program and return its standard output."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist, and the wheel that was built from the sdist."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", out, snapshot, cwd=out)
    return out


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Return the Python of a new environment that has our dependencies, but not keysweep."""
    folder = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=tmp_path)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path)
    # Only the folder: .pth files in it, such as one of an editable keysweep, do not count.
    Path(site.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def install(python: Path, *what: str | Path) -> None:
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps")
    run(*pip, "--ignore-installed", *what, cwd=python.parent)


def works(command: Path | tuple[Path | str, ...], folder: Path, snapshot: Path, **env: str) -> None:
    """Assert that all rules are there, in a folder that has nothing to do with the checkout."""
    command = command if isinstance(command, tuple) else (command,)
    listed = run(*command, "rules", "list", cwd=folder, **env).splitlines()
    rules = "".join(path.read_text() for path in (snapshot / "patterns").glob("*.yaml"))
    assert len(listed) == rules.count("\n- id: ") + rules.startswith("- id: ")
    (folder / "clean.py").write_text("print('hello')\n")
    assert "nothing found" in run(*command, "scan", "clean.py", cwd=folder, **env)
    assert "Nothing found" in run(
        *command, "scan", "clean.py", "--format", "html", cwd=folder, **env
    )


def script(python: Path) -> Path:
    return python.with_name("keysweep.exe" if os.name == "nt" else "keysweep")


def test_wheel_holds_every_pattern(built: Path, snapshot: Path) -> None:
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        names = set(wheel.namelist())
        for path in (snapshot / "patterns").iterdir():
            assert wheel.read(f"scanner/patterns/{path.name}") == path.read_bytes()
    folder = snapshot / "scanner" / "data"
    data = {f"scanner/data/{path.name}" for path in folder.iterdir() if path.is_file()}
    assert data <= names
    assert {"scanner/schemas/settings.json", "scanner/schemas/patterns.json"} <= names
    assert "scanner/py.typed" in names
    for name in ("page.html", "page.css", "script/page.js"):
        assert f"scanner/reporters/html/{name}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"scanner", "keysweep"}


def test_sdist_holds_what_tests_need(built: Path) -> None:
    with tarfile.open(only(built, "*.tar.gz")) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    for name in (
        "README.md",
        "LICENSE",
        "patterns/gate.yaml",
        "tests/conftest.py",
        "docs/hooks.md",
        "benchmarks/startup.py",
        ".pre-commit-hooks.yaml",
        ".ci/run",
    ):
        assert name in names


def test_wheel(built: Path, python: Path, tmp_path: Path, snapshot: Path) -> None:
    install(python, only(built, "*.whl"))
    works(script(python), tmp_path, snapshot)


def test_sdist(built: Path, python: Path, tmp_path: Path, snapshot: Path) -> None:
    install(python, only(built, "*.tar.gz"))
    works(script(python), tmp_path, snapshot)


def test_editable(python: Path, tmp_path: Path, snapshot: Path) -> None:
    install(python, "--editable", snapshot)
    works(script(python), tmp_path, snapshot)


def test_bare_checkout(python: Path, tmp_path: Path, snapshot: Path) -> None:
    works((python, "-m", "scanner"), tmp_path, snapshot, PYTHONPATH=str(snapshot))


def test_installed_hook_needs_no_path(
    built: Path, python: Path, tmp_path: Path, snapshot: Path
) -> None:
    install(python, only(built, "*.whl"))
    repo = tmp_path / "repo"
    run("git", "init", "--quiet", repo, cwd=tmp_path)
    run(script(python), "install", cwd=repo)
    hook = (repo / ".git" / "hooks" / "pre-commit").read_text()
    assert " -I -c " in hook
    assert str(snapshot) not in hook
    (repo / "clean.py").write_text("print('hello')\n")
    run("git", "add", ".", cwd=repo)
    run("git", "commit", "--quiet", "--message", "clean", cwd=repo)
