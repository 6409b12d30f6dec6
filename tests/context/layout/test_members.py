"""Behaviour of scanner.context.layout.members: files whose members are each the settings of another service."""

import pytest

from scanner.context.layout.members import own_member

OTHER = "stripe:\n  api_key: a1\n"
ROWS = [
    # text before the member, the member, text behind it, whether it is told apart
    (OTHER, "spreedly:\n  login: x\n  password: §\n", "", True),
    (OTHER + "\n", "# of spreedly\nspreedly: # live\n  password: §\n", "\n" + OTHER, True),
    ("", "spreedly:\n  password: §\n", OTHER, True),
    ("", "spreedly:\n  password: §\n", "", False),
    (OTHER, "credentials:\n  password: §\n", "", False),
    (OTHER, "stringData:\n  password: §\n", "", False),
    ("stripe:\n  live: true\n", "spreedly:\n  password: §\n", "", False),
    (OTHER, "password: §\n", "", False),
    ("", '{"stripe": {"key": "a"},\n"spreedly": {\n  "password": "§"}}\n', "", False),
    ("  a: b\n", "  password: §\n", "", False),
]


@pytest.mark.parametrize(("before", "member", "behind", "is_apart"), ROWS)
def test_own_member(before: str, member: str, behind: str, is_apart: bool) -> None:
    """A member is told apart where it is called after something, and one beside it holds a secret, too."""
    data = (before + member + behind).replace("§", "x").encode()
    at = len(before) + member.index("§")
    start = len(before.rstrip("\n")) + 1 if before else 0
    found = own_member(data, at, 0, len(data))
    if not is_apart:
        assert found is None
        return
    assert found is not None
    assert data[found[0] : found[1]].strip() == member.replace("§", "x").strip().encode()
    assert found[0] >= start
