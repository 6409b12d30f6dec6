"""Behaviour of scanner.context.names.things: names of what has an id or a digest of its own."""

import pytest

from scanner.context.names.things import is_file, is_thing, lists_ids, names_signature


@pytest.mark.parametrize("name", ["run", "lastSession", "model.checkpoint", "SNAPSHOT", "job"])
def test_a_thing(name: str) -> None:
    assert is_thing(name)


@pytest.mark.parametrize("name", ["", "key", "run_key", "session_secret", "account", "sk"])
def test_no_thing(name: str) -> None:
    assert not is_thing(name)


@pytest.mark.parametrize("name", ["0024_api_key.sql", "src/api_key.py", "lib/password.min.js"])
def test_a_file(name: str) -> None:
    assert is_file(name)


@pytest.mark.parametrize("name", ["db.password", "api.key", "binance.secret", "sql"])
def test_no_file(name: str) -> None:
    assert not is_file(name)


@pytest.mark.parametrize(
    "label",
    ["Firma: `", "Signatur:", "assinatura = ", "Подпись: ", "签名：", "API-Sign: ", "서명: "],
)
def test_a_signature(label: str) -> None:
    assert names_signature(label)


@pytest.mark.parametrize(
    "label", ["signing key: ", "签名密钥：", "design: ", "ключ: ", "API key: "]
)
def test_no_signature(label: str) -> None:
    assert not names_signature(label)


@pytest.mark.parametrize("opener", ["ids = [", "ids = ", "accountIds: ", "order_ids := []string{"])
def test_a_list_of_ids(opener: str) -> None:
    assert lists_ids(opener)


@pytest.mark.parametrize("opener", ["keys = [", "account_id = ", "grids = [", "Client("])
def test_no_list_of_ids(opener: str) -> None:
    assert not lists_ids(opener)
