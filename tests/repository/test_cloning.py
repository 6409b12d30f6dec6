"""What is an address and what is a path; which addresses are refused, and without their password."""

from pathlib import Path

import pytest

from scanner.cli import main
from scanner.errors import SourceError, UsageError
from scanner.repository.cloning import Address, Clone, parse_address


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.com/a/b.git", "https://example.com/a/b.git"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://me:word@example.com/a", "https://example.com/a"),
        ("https://token@example.com/a", "https://example.com/a"),
        ("https://[::1]:8443/a", "https://[::1]:8443/a"),
        ("ssh://git@example.com:22/a", "ssh://git@example.com:22/a"),
        ("ssh://example.com/~me/a", "ssh://example.com/~me/a"),
        ("git@example.com:a/b.git", "git@example.com:a/b.git"),
        ("org-1@example.com:a", "org-1@example.com:a"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    address = parse_address(text)
    assert address is not None
    assert address.url == url
    assert repr(address) == f"Address({url!r})"


@pytest.mark.parametrize("text", [".", "../bot", "C:\\bot", "a:b", "/srv/git/bot.git"])
def test_paths(text: str) -> None:
    assert parse_address(text) is None


def test_folder_that_looks_like_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "git@host:bot").mkdir()
    assert parse_address("git@host:bot") is None


@pytest.mark.parametrize(
    "text",
    [
        "ext::sh -c touch% canary",
        "fd::3",
        "file:///srv/bot",
        "http://me:passw0rd@example.com/a",
        "git://example.com/a",
        "ftp://example.com/a",
        "HTTPS://me:passw0rd@example.com/a",
        "https://me:passw0rd@example.com",
        "https://me:passw0rd@",
        "https://me:passw0rd@-oProxyCommand=x/a",
        "https://me:passw0rd@example.com/a?token=b",
        "https://me:passw0rd@example.com/a#b",
        "https://me:pass@w0rd@example.com/a",
        "https://me:passw0rd@example.com/a b",
        "https://me:passw0rd@example.com/a\nb",
        "https://me%0apassword=x:passw0rd@example.com/a",
        "ssh://me:passw0rd@example.com/a",
        "ssh://-oProxyCommand=touch@example.com/a",
        "ssh://-oProxyCommand=touch/a",
        "me:passw0rd@example.com:a",
        "git@-oProxyCommand=touch:a",
        "-oProxyCommand=touch@example.com:a",
        "git@example.com::a",
    ],
)
def test_refused_addresses(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse_address(text)
    assert "passw0rd" not in str(caught.value)
    assert main(["history", "--", text]) == 2
    said = capsys.readouterr()
    assert "passw0rd" not in said.out + said.err


@pytest.mark.parametrize("args", [["a", "https://me:passw0rd@example.com/a"], ["--upload-pack=x"]])
def test_wrong_usage_shows_no_password(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", *args]) == 2
    assert "passw0rd" not in capsys.readouterr().err


def test_place_for_the_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no such folder"))
    with pytest.raises(SourceError, match="temporary folder"), Clone(Address("https://a/b", "x")):
        pass
