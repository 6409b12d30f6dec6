"""Reads YAML that may come from a hostile repository: its depth and what its aliases multiply to are bounded."""

from typing import Any

_DEEPEST = 100
"""Values inside each other; the parser in C crashes the process somewhere above ten thousand."""
_MOST = 1_000_000
"""Values with every alias written out, as a message about them would."""


class DocumentError(ValueError):
    """It is not YAML, or too much of it.

    Attributes:
        problem: what is wrong, without content.
        where: `` in line 3``, empty if that is not known.
    """

    def __init__(self, problem: str, where: str = "") -> None:
        self.problem, self.where = problem, where
        super().__init__(problem + where)


def load_yaml(content: bytes | str, *, is_own: bool = False) -> Any:
    """Return what a YAML document means; ``is_own``: it ships with keysweep.

    Raises:
        DocumentError: it is not YAML, too deep, or multiplies too much.
    """
    import yaml  # noqa: PLC0415  (14 ms that most runs do not need)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if not is_own:
            _check(yaml, content, loader)
        return yaml.load(content, Loader=loader)  # noqa: S506  (a SafeLoader, in C where it can be)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" in line {place.line + 1}" if place else ""
        problem = getattr(error, "problem", None) or "not text"
        raise DocumentError(problem, where) from error
    except UnicodeDecodeError as error:
        raise DocumentError("not text") from error
    except DocumentError:
        raise
    except (ValueError, OverflowError, TypeError) as error:  # a date such as 2001-99-99
        raise DocumentError("a value that cannot be") from error


def _check(yaml: Any, content: bytes | str, loader: Any) -> None:
    """Refuse a document before anything is made of it."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(content, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            total += sizes.get(event.anchor, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            total += 1
            open_nodes.append((event.anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_nodes.pop()
            if anchor is not None:
                sizes[anchor] = total - before + 1
        else:
            total += 1
        if len(open_nodes) > _DEEPEST:
            raise DocumentError(f"more than {_DEEPEST} values inside each other")
        if total > _MOST:
            raise DocumentError("aliases that multiply to too much")
