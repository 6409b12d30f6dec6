"""Commit and tag objects are read whatever stands in them."""

import pytest

from scanner.sources.history.records import (
    iso_date,
    merged_tags,
    message_of,
    parse_commit,
    target_of,
)

WHO = b"A <a@b.example> 1700000000 "


@pytest.mark.parametrize(
    ("person", "name", "email", "date"),
    [
        (WHO + b"+0000", "A", "a@b.example", "2023-11-14T22:13:20+00:00"),
        (WHO + b"-0330", "A", "a@b.example", "2023-11-14T18:43:20-03:30"),
        (WHO + b"+9999", "A", "a@b.example", "2023-11-15T22:12:20+23:59"),
        (b"A <a@b> 99999999999999999999 +0000", "A", "a@b", "1970-01-01T00:00:00+00:00"),
        (b"A <a@b>", "A", "a@b", "1970-01-01T00:00:00+00:00"),
        (b"A B <a@b> x y", "A B", "a@b", "1970-01-01T00:00:00+00:00"),
        (b"<> 0 +0000", "", "", "1970-01-01T00:00:00+00:00"),
        (b"", "", "", "1970-01-01T00:00:00+00:00"),
        (b"caf\xc3\xa9 \xff <a@b> 0 +0000", "café \\xff", "a@b", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_author(person, name, email, date):
    record = parse_commit(b"tree 1\nauthor " + person + b"\ncommitter " + WHO + b"+0000\n\nx\ny\n")
    assert record.info == (name, email, date, "x")
    assert record.committed == 1700000000


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\n\n", b"tree", b"author\ncommitter", b"\xff" * 9]
)
def test_anything_is_read(content):
    assert parse_commit(content).committed == 0
    assert target_of(content) == ("", "")
    assert merged_tags(content) == b""
    assert isinstance(message_of(content), bytes)


@pytest.mark.parametrize(
    ("encoding", "raw", "summary"),
    [
        (b"ISO-8859-1", b"caf\xe9", "café"),
        (b"UTF-8", b"caf\xe9", "caf\\xe9"),
        (b"no-such", b"caf\xe9", "caf\\xe9"),
        (b"hex", b"6162", "6162"),
        (b"\xff", b"abc", "abc"),
        (b"shift_jis", b"\xff\xff", "\\xff\\xff"),
    ],
)
def test_encoding(encoding, raw, summary):
    assert parse_commit(b"encoding " + encoding + b"\n\n" + raw).info.summary == summary


def test_second_header_of_a_name_is_ignored():
    raw = b"author A <a@b> 1 +0000\nauthor B <b@c> 2 +0000\n\nx"
    assert parse_commit(raw).info.author == "A"


def test_tags_among_merged_tags_are_unfolded():
    tag = b" type commit\n tag v\n tagger x\n \n one\n \n two\n"
    raw = b"tree 1\nmergetag object 2\n" + tag + b"mergetag object 3\n" + tag + b"gpgsig a\n\nm\n"
    assert merged_tags(raw) == b"one\n\ntwo\none\n\ntwo"
    assert message_of(raw) == b"m\n"


def test_date_beyond_any_calendar():
    assert iso_date(10**15, 0) == "1970-01-01T00:00:00+00:00"
