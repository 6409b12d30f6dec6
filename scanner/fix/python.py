"""Python: ``os.environ["NAME"]``, and ``import os`` where it is missing; checked by Python's parser."""

import ast
import re
import warnings
from itertools import accumulate

from scanner.lazy import lazy_compile

_LITERAL = lazy_compile(
    r"""(?P<prefix>[rRuUbB]{0,2})(?P<quote>\"{3}|'{3}|"|')(?P<body>(?:\\.|(?!(?P=quote)).)*)(?P=quote)""",
    re.DOTALL,
)


class PythonEditor:
    """See ``Editor``."""

    def replace(self, text: str, start: int, end: int, name: str) -> str | None:
        """Replace a plain string, or a part of one; leave docstrings, f-strings and comments."""
        tree = _parse(text)
        found = None if tree is None else _literal_around(tree, text, start, end)
        if found is None:
            return None
        first, last = found
        token = _LITERAL.fullmatch(text, first, last)
        if token is None or "\\" in text[start:end]:
            return None
        prefix, quote = token["prefix"], token["quote"]
        read = f'os.environ["{name}"]' + (".encode()" if "b" in prefix.lower() else "")
        before, after = text[token.start("body") : start], text[end : token.end("body")]
        parts = [f"{prefix}{quote}{before}{quote}"] if before else []
        parts += [read, *([f"{prefix}{quote}{after}{quote}"] if after else [])]
        code = read if len(parts) == 1 else f"({' + '.join(parts)})"
        changed = text[:first] + code + text[last:]
        return changed if _parse(changed) is not None else None

    def finish(self, text: str) -> str | None:
        """Import ``os``, unless the module does so above; None if it names something else so."""
        tree = _parse(text)
        if tree is None or _binds_os_otherwise(tree):
            return None
        used = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "os"]
        imported = [node.lineno for node in tree.body if _imports_os(node)]
        if imported and imported[0] < min(used, default=1 << 30):
            return text
        for position, node in enumerate(tree.body):
            if _is_docstring(node, position) or _is_future(node):
                continue
            decorators = getattr(node, "decorator_list", [])
            line = min([node.lineno, *(entry.lineno for entry in decorators)])
            if node.col_offset:
                return None
            lines = text.split("\n")
            lines.insert(line - 1, "import os\r" if lines[0].endswith("\r") else "import os")
            return "\n".join(lines)
        return None

    def complaint(self, before: str, after: str, path: str) -> str | None:
        """Parse with Python's own parser."""
        del before, path
        return None if _parse(after) is not None else "Python could not parse the result"


def _parse(text: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a strange escape in a file is not ours to warn about
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _literal_around(tree: ast.Module, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the plain string that holds a span, None if there is none."""
    if "\r" in text.replace("\r\n", ""):
        return None  # Python's parser would count lines that others do not
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    unsafe: set[int] = set()
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.MatchValue) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            unsafe |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            assert node.end_lineno is not None and node.end_col_offset is not None  # noqa: PT018
            first = offset(node.lineno, node.col_offset)
            last = offset(node.end_lineno, node.end_col_offset)
            if first <= start and end <= last:
                found = (first, last) if id(node) not in unsafe else None
                if found is None:
                    return None
    return found


def _is_docstring(node: ast.stmt, position: int) -> bool:
    return position == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _imports_os(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import) and any(
        alias.name == "os" and alias.asname is None for alias in node.names
    )


def _binds_os_otherwise(tree: ast.Module) -> bool:
    """Whether something in the module, at any depth, is called ``os`` and is not the module."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id="os", ctx=ast.Store() | ast.Del())
                | ast.arg(arg="os")
                | ast.FunctionDef(name="os")
                | ast.AsyncFunctionDef(name="os")
                | ast.ClassDef(name="os")
            ):
                return True
            case ast.Import(names=names) if any(alias.asname == "os" for alias in names):
                return True
            case ast.ImportFrom(names=names) if any(
                (alias.asname or alias.name) in ("os", "*") for alias in names
            ):
                return True
    return False
