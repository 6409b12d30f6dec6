"""Behaviour of scanner.context.values.marks: what a generator drew is told from code, whatever marks it has."""

import pytest

from scanner.context.values.marks import is_drawn, is_drawn_behind, is_no_ending

A, B = "x7Kq2w", "Rz9Tb4"
"""Two halves of an invented password."""


@pytest.mark.parametrize("mark", list("!@#$%^&*()-_=+[]{}<>:?;,.|/~'"))
def test_a_mark_makes_no_code_of_a_password(mark: str) -> None:
    """Before, within and behind drawn letters each mark may be the password's."""
    assert all(is_drawn(text.encode()) for text in (mark + A + B, A + mark + B, A + B + mark))


@pytest.mark.parametrize(
    "value",
    [
        *(
            "getKey(aB3dE7f)",
            "config.db1.Value",
            "Option<U8>",
            "/var/Run1/x",
            "$dbPass1",
            "ENC(x7Kq2w)",
            "{x7Kq2wRz9Tb4=}",
        ),
        *(
            "servers[0].Pass1",
            "req.body.Pw1",
            "Vec<u8>",
            "String(32)",
            "S3Client.getKey1()",
            "a,B1",
        ),
        *("x7kq2w;rz9tb4", "Value1;", "PBKDF2(p1,s2)"),
    ],
)
def test_code_paths_and_variables_are_not_drawn(value: str) -> None:
    """A word on either side of a mark, a call and letters of one case are what programs write."""
    assert not is_drawn(value.encode())


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        ("$" + A + B, True),
        ("$Copper470x", True),
        ("$dbUser1", False),
        ("$HOME", False),
        ("$1" + "0" * 9, False),
    ],
)
def test_a_mark_of_variables_may_begin_a_password(value: str, drawn: bool) -> None:
    """``$`` begins a password where no name follows it."""
    assert is_drawn_behind(value.encode(), b"$") is drawn


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        ("Xqj-Zc2W.mTb", True),
        ("v1.2-Rc3.Ab1", False),
        ("db-Us1r.pwd2", False),
        ("A1b2-C3d4-E5f6", False),
    ],
)
def test_short_pieces_between_several_marks(value: str, drawn: bool) -> None:
    """Four letters at a stretch are enough where the marks differ; versions and series have fewer, or one mark."""
    assert is_drawn(value.encode()) is drawn


@pytest.mark.parametrize(
    ("value", "is_none"), [(".Ts", True), (".mE", True), (".ts", False), (".TS", False)]
)
def test_an_ending_in_both_cases_is_none(value: str, is_none: bool) -> None:
    """Files and hosts end in letters of one case; a name of words is one whatever it ends in."""
    assert is_no_ending((A + B + value).encode()) is is_none
    assert not is_no_ending(("LoginForm" + value).encode())
