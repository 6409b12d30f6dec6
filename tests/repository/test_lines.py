"""Behaviour of scanner.repository.lines: what git diff calls an added line."""

import random
import time

import pytest

from scanner.repository.lines import added_lines


@pytest.mark.parametrize(
    ("old", "new", "added"),
    [
        ("", "a\n", {1}),
        ("a\nb\nc\n", "a\nb\nc\n", set()),
        ("a\nb\nc\n", "a\nB\nc\n", {2}),
        ("a\nb\nc\n", "x\na\nb\nc\ny\n", {1, 5}),
        ("a\nb\nc\n", "c\n", set()),
        ("a\n", "a\na\n", {2}),  # a copy of a line is a new line
        ("s\nx\ny\nz\n", "x\ny\nz\ns\n", {4}),  # so is one that was moved
        ("a", "a\n", set()),
        ("a", "a\nb", {2}),
        ("1\n{\n}\n2\n{\n}\n3\n", "0\n{\n}\n1\n{\n}\n2\n{\n}\n3\n", {1, 2, 3}),
        ("a\nb\n", "a\r\nb\r\n", {1, 2}),
    ],
)
def test_added(old, new, added):
    end = {new.count("\n") + 1} if new.endswith("\n") else set()  # the empty rest is no line
    assert added_lines(old.encode(), new.encode()) - end == added


def test_what_is_kept_is_a_common_subsequence():
    draw = random.Random(7)
    for _ in range(300):
        old = [b"%d" % draw.randrange(12) for _ in range(draw.randrange(40))]
        new = list(old)
        for _ in range(draw.randrange(8)):
            place = draw.randrange(len(new) + 1)
            new[place : place + draw.randrange(3)] = [b"%d" % draw.randrange(14)] * draw.randrange(
                3
            )
        added = added_lines(b"\n".join(old), b"\n".join(new))
        kept = [line for number, line in enumerate(new, 1) if number not in added]
        rest = iter(old or [b""])
        assert all(line in rest for line in kept)
        assert {new.index(line) + 1 for line in set(new) - set(old or [b""])} <= added


@pytest.mark.parametrize("kind", ["shuffled", "reversed", "few", "same"])
def test_large_files_stay_fast(kind):
    draw = random.Random(1)
    old = [b"%d" % (number % 3 if kind == "few" else number) for number in range(100_000)]
    new = list(old)
    if kind == "reversed":
        new.reverse()
    elif kind != "same":
        draw.shuffle(new)
    start = time.process_time()
    added_lines(b"\n".join(old), b"\n".join(new))
    assert time.process_time() - start < 5
