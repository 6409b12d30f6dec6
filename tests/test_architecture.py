"""Who may import whom, which part alone may use a library or open a connection, and that names are given once."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "scanner"

# From the ground up. A part imports only from lower groups; members of a group do not know each
# other. New parts are added here on purpose.
GROUPS = (
    (
        "binary",
        "data",
        "digests",
        "documents",
        "errors",
        "lazy",
        "models",
        "patience",
        "remembered",
    ),
    ("foreign",),  # files of other scanners, which rules and config read
    ("rules", "repository", "redaction", "shapes", "checksums"),
    ("config", "context", "placeholders"),  # config: rules.nearest; context: what values look like
    ("sources", "decoders", "engine", "judges", "remediation", "baseline", "silence"),
    ("detector", "reporters", "ci", "fix"),  # one blob; the findings of all; what CI asks for
    ("workers",),  # the same, in other processes
    ("pipeline", "proof"),
    ("wiring",),
    ("api", "commands"),  # what programs call, what people call
    ("cli",),
    ("__main__",),
)
LEVEL = {part: level for level, group in enumerate(GROUPS) for part in group}

# The rooms of context, each knowing only those before it (scanner/context/__init__.py).
CONTEXT = ("values", "names", "layout", "around", "literals")

LIBRARIES = {
    "hyperscan": {"engine", "wiring"},  # wiring: is it there, and which one
    "regex": {"engine", "rules"},  # rules: does a pattern compile
    "yaml": {"documents"},
    "rich": {"reporters"},
    "git": {"repository"},
}
# No key is ever tried, and no cache is ever trusted to be code.
FORBIDDEN = {"socket", "ssl", "http", "urllib.request", "pickle", "marshal", "shelve"}
SEAMS = ("sources", "decoders", "engine", "judges", "reporters")

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def part_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse((PACKAGE / module).read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            assert node.module
            if node.module == "scanner":
                yield from (f"scanner.{alias.name}" for alias in node.names)
            else:
                yield node.module


def test_every_part_has_its_group() -> None:
    parts = {part_of(module) for module in MODULES} - {"__init__"}
    assert parts <= set(LEVEL)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_only_from_lower_groups(module: Path) -> None:
    part = part_of(module)
    for name in imports(module):
        if not name.startswith("scanner.") or name == "scanner.__version__":
            continue
        other = name.split(".")[1]
        if part == "__init__":  # the library, when it is asked for (tests/test_startup.py)
            assert other == "api", f"scanner/__init__.py imports {name}"
        elif other != part:
            assert LEVEL[other] < LEVEL[part], f"{module} imports {name}"


@pytest.mark.parametrize("room", CONTEXT)
def test_a_room_of_context_knows_only_those_before_it(room: str) -> None:
    rooms = {path.name for path in (PACKAGE / "context").iterdir() if path.is_dir()} - {
        "__pycache__"
    }
    assert rooms == set(CONTEXT)
    level = CONTEXT.index(room)
    for path in (PACKAGE / "context" / room).glob("*.py"):
        for name in imports(path.relative_to(PACKAGE)):
            parts = name.split(".")
            if parts[:2] == ["scanner", "context"]:
                assert CONTEXT.index(parts[2]) <= level, f"{path} imports {name}"


@pytest.mark.parametrize("seam", SEAMS)
def test_seam_imports_no_member(seam: str) -> None:
    for name in imports(Path(seam, "__init__.py")):
        assert not name.startswith(f"scanner.{seam}."), f"{seam}/__init__.py imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_libraries_stay_in_their_place(module: Path) -> None:
    for name in imports(module):
        top = name.split(".")[0]
        assert not {top, name} & FORBIDDEN, f"{module} imports {name}"
        if top in LIBRARIES:
            assert part_of(module) in LIBRARIES[top], f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_name_is_given_once(module: Path) -> None:
    """A second constant of the same name would silently change what the first one bounds."""
    body = ast.parse((PACKAGE / module).read_text(encoding="utf-8")).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_top_level_holds_what_is_meant_to_lie_there() -> None:
    """A result that was written into the checkout once went out with it."""
    listed = ("git", "ls-files", "--cached", "-z")
    names = subprocess.run(listed, cwd=PACKAGE.parent, check=True, capture_output=True).stdout
    assert {name.split(b"/")[0].decode() for name in names.split(b"\0") if name} == {
        *(".ci", "action", "benchmarks", "docs", "patterns", "scanner", "tests"),
        *(".dockerignore", ".gitignore", ".keysweep.yaml", ".pre-commit-hooks.yaml"),
        *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"),
        *("Dockerfile", "action.yml", "mkdocs.yml", "pyproject.toml"),
    }
