"""The editors that put reading code where a secret was: the table of languages."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.fix import Editor


def editor(path: str, text: str) -> "Editor | None":
    """Return what can put reading code into a file, None if nothing can."""
    from scanner.config.files import parse_yaml
    from scanner.fix.compose import ComposeEditor
    from scanner.fix.javascript import JavaScriptEditor
    from scanner.fix.python import PythonEditor
    from scanner.fix.shell import ShellEditor

    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    first = text.partition("\n")[0]
    if ending in ("py", "pyw") or (first.startswith("#!") and "python" in first):
        return PythonEditor()
    if ending in ("js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"):
        return JavaScriptEditor(typed="ts" in ending, markup=ending.endswith("x"))
    if ending in ("sh", "bash") or (first.startswith("#!") and first.endswith(("sh", "bash"))):
        return ShellEditor()
    if ending in ("yml", "yaml"):
        return ComposeEditor(path, parse_yaml)
    return None
