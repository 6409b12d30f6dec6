"""Behaviour of scanner.context.layout.records: ids of what happened are told from keys."""

import pytest

from scanner.context.layout.records import is_id, is_record


@pytest.mark.parametrize(
    "before",
    [
        "2024-01-01 kucoin order ",
        "cancel 13bc9f04c99805701769db8b ",
        "okx algo ",
        "gate,order_id: 5, ",
        "bybit clientOid ",
        "INSERT INTO `trades` (a, b) VALUES (1, 'okx', '",
        "exchange,order_id\nkucoin,",
        "exchange,symbol,order_id,client_id\nkucoin,BTC-USDT,x,",
        "| exchange | order | client id |\n|---|---|---|\n| KuCoin | x | ",
        "order filled kucoin ",
        "binance new order BTCUSDT 12 ",
        "insert into trades values " + "(1, 'okx', 'x'),\n" * 400 + "(2, 'okx', '",
    ],
)
def test_records(before: str) -> None:
    assert is_record((before + "§").encode(), len(before.encode()), ())


@pytest.mark.parametrize(
    "before",
    [
        "trade = OkxTrade('",
        "session = HTTP('",
        "my okx trade account: ",
        "INSERT INTO accounts VALUES (1, 'okx', '",
        "exchange,key\nkucoin,",
        "exchange,order_api,client_id,client_secret\nkucoin,a,",
        "exchange,name,client_id\nkucoin,a,",
        "INFO kucoin ",
        "okx ",
        "import okx.Account as Account, okx.Trade as Trade\napi = Account.AccountAPI('k', '",
        "from okx import Account, Trade\napi = Account.AccountAPI('k', '",
    ],
)
def test_what_is_no_record(before: str) -> None:
    assert not is_record((before + "§").encode(), len(before.encode()), ())


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("12:00 kucoin § 1df687e3-3110-4ff4 filled", True),
        ("2024-05-01 12:00:02 INFO bybit link § oid fb390607", True),
        ("[2024-05-01] okx § cancelled", True),
        ("kucoin § 1df687e3-3110-4ff4 filled", False),
        ("12:00 kucoin key § placed", False),
        ("12:00 kucoin § 1df687e3-3110-4ff4 main", False),
    ],
)
def test_lines_of_a_log(line: str, is_one: bool) -> None:
    """What stands behind an id tells it, where a line begins with its time and speaks of no key."""
    data = ("first\n" + line.replace("§", "97db320c478162aa29206d20") + "\n").encode()
    assert is_record(data, data.index(b"97db"), ()) is is_one


def test_headings_tell() -> None:
    assert is_record(b"x", 0, ("kucoin order ids to cancel",))
    assert is_record(b"x", 0, ("DEPOSITS = ",))
    assert is_record(b"x", 0, ("var fills = []Fill",))
    assert not is_record(b"x", 0, ("kucoin accounts",))
    assert not is_record(b"x", 0, ("orders = GateOrders",))


def test_names_of_ids() -> None:
    assert is_id("orderId") and is_id("client_oid") and is_id("tx_hash")
    assert not is_id("client_id") and not is_id("key_id") and not is_id("secret")
