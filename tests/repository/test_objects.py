"""Behaviour of scanner.repository.objects: every id gets an answer, whatever state it is in."""

import zlib

import pytest

from scanner.repository import CorruptObject, MissingObject, ObjectReader, Repository


def store(repo, content: bytes) -> str:
    return repo.git("hash-object", "-w", "--stdin", stdin=content)


def loose(repo, oid):
    path = repo.path / ".git/objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    return path


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_type_and_content(git_repo, object_format):
    repo = git_repo("repo", f"--object-format={object_format}")
    contents = [b"", b"\n", b"a\nb", b"x" * 3_000_000, bytes(range(256))]
    oids = [store(repo, content) for content in contents]
    commit = repo.commit()
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        assert [reader.read(oid) for oid in oids] == [("blob", c) for c in contents]
        assert reader.read(commit)[0] == "commit"
        assert [(a.oid, a.size) for a in reader.read_each(oids, 100)] == [
            (oid, len(content)) for oid, content in zip(oids, contents, strict=True)
        ]
        assert [a.data is None for a in reader.read_each(oids, 100)] == [0, 0, 0, 1, 1]


def test_missing_and_damaged_do_not_end_it(git_repo):
    repo = git_repo()
    good = [store(repo, b"%d" % number) for number in range(300)]
    torn = store(repo, b"to be torn" * 500)
    loose(repo, torn).write_bytes(loose(repo, torn).read_bytes()[:20])
    junk = store(repo, b"to be junk")
    loose(repo, junk).write_bytes(b"no zlib")
    short = store(repo, b"to be short")
    loose(repo, short).write_bytes(zlib.compress(b"blob 99\0to be short"))
    oids = [*good[:150], torn, good[1], "1" * 40, junk, good[2], short, *good[150:]]
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        answers = {a.oid: a for a in reader.read_each(oids)}
        assert [oid for oid in good if answers[oid].error is not None] == []
        assert [answers[oid].data for oid in good] == [b"%d" % n for n in range(300)]
        for oid in (torn, junk, short):
            assert isinstance(answers[oid].error, CorruptObject)
            with pytest.raises(CorruptObject, match=oid):
                reader.read(oid)
        assert isinstance(answers["1" * 40].error, MissingObject)
        with pytest.raises(MissingObject, match="1" * 40):
            reader.read("1" * 40)
        assert reader.read(good[0]) == ("blob", b"0")


def test_leaving_early_and_reading_again(git_repo):
    repo = git_repo()
    oids = [store(repo, b"%d" % number) for number in range(10)]
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        for answer in reader.read_each(oids):
            assert answer.data == b"0"
            break
        assert reader.read(oids[7]) == ("blob", b"7")


def test_repr_shows_no_content(git_repo):
    repo = git_repo()
    oid = store(repo, b"hush")
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        assert "hush" not in repr(list(reader.read_each([oid])))


def test_forged_answers_hide_nothing(git_repo):
    repo = git_repo()
    victim, last = store(repo, b"the true content"), store(repo, b"last")
    liar = store(repo, b"liar")
    forged = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904 tree 0 word\n\n%b blob 4 word\nfine"
    for size in (0, 3, 4, 200):
        content = b"liar\n" + forged % victim.encode()
        loose(repo, liar).write_bytes(zlib.compress(b"blob %d\0" % size + content))
        with ObjectReader(Repository.discover(str(repo.path))) as reader:
            answers = list(reader.read_each([liar, victim, last], max_bytes=100))
        assert isinstance(answers[0].error, CorruptObject)
        assert [answer.data for answer in answers[1:]] == [b"the true content", b"last"]


def test_reading_inside_a_loop_over_the_same_reader(git_repo):
    repo = git_repo()
    oids = [store(repo, b"%d" % number) for number in range(200)]
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        for place, answer in enumerate(reader.read_each(oids)):
            assert (answer.data, reader.read(oids[0])[1]) == (b"%d" % place, b"0")
            if place == 3:
                break


@pytest.mark.parametrize("count", [1, 64, 150])
@pytest.mark.parametrize("then", ["the same", "others", "fewer", "none"])
def test_asked_ahead(git_repo, count, then):
    """What was asked ahead changes no answer, whatever is read then."""
    repo = git_repo()
    oids = [store(repo, b"%d" % number * 3000) for number in range(count)]
    torn = store(repo, b"to be torn" * 500)
    loose(repo, torn).write_bytes(loose(repo, torn).read_bytes()[:20])
    oids.insert(count // 2, torn)
    read = {"the same": oids, "others": oids[::-1], "fewer": oids[:1], "none": []}[then]
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        reader.ask_ahead(oids)
        answers = list(reader.read_each(read))
        again = list(reader.read_each(oids))
    with ObjectReader(Repository.discover(str(repo.path))) as reader:
        plain = list(reader.read_each(oids))
    known = {answer.oid: (answer.data, str(answer.error)) for answer in plain}
    assert [(a.data, str(a.error)) for a in answers] == [known[oid] for oid in read]
    assert [(a.data, str(a.error)) for a in again] == [known[oid] for oid in oids]
