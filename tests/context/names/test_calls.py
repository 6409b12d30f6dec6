"""Behaviour of scanner.context.names.calls: the call a value is an argument of, and what it takes."""

import pytest

from scanner.context.names.calls import open_call, takes_ids, takes_keys, takes_public


@pytest.mark.parametrize(
    ("window", "call"),
    [
        ("okx.Client('a', '", ("okx.Client", 1)),
        ("let c = Okx::new(Some('", ("Okx::new", 0)),
        ("client.cancel_orders(['", ("", -1)),
        ("f(1); x = '", ("", -1)),
        ("sign(PrivateKey(bytes.fromhex('", ("PrivateKey", 0)),
        ('secp256k1.sign(msg, Buffer.from("', ("secp256k1.sign", 1)),
        ('SecretKey::from_slice(&hex!("', ("SecretKey::from_slice", 0)),
        ('x = [bytes.fromhex("', ("bytes.fromhex", 0)),
        ('a = 1; b = hex.DecodeString("', ("hex.DecodeString", 0)),
        ('key = PrivateKey.from_hex("', ("PrivateKey.from_hex", 0)),
    ],
)
def test_open_call(window: str, call: tuple[str, int]) -> None:
    """The nearest bracket that is still open tells, if it is that of a call; what only decodes is passed by."""
    assert open_call(window) == call


@pytest.mark.parametrize(
    "callee",
    [
        *("client.CancelOrderAsync", "client->cancelOrder", "cancel", "client.cancel"),
        *("api.orders.get", "client.transfer", "client.Withdraw", "place_order", "setOrderId"),
        *("web3.Eth.Transactions.GetTransactionReceipt.SendRequestAsync", "okx.order_info"),
        *("api.get_deposit_status", "okx.closed_positions", "CancelOrderRequest", "b.clOrdId"),
    ],
)
def test_takes_ids(callee: str) -> None:
    """A verb of asking or acting as a method, and whatever is done to an order."""
    assert takes_ids(callee)


@pytest.mark.parametrize(
    "callee",
    [
        *("Client", "okx.Client", "new OkxClient", "okx.Trade", "kucoin.client.Trade", "Trader"),
        *("okx.configure", "setCredentials", "authenticate", "okx.connect", "get_client"),
        *("okx.Trade.TradeAPI", "okx.get_session", "transfer", "get_balance", "text.replace"),
        *(
            "os.environ.get",
            "",
            "...",
            "ccxt.binance",
            "web3.Personal.ImportRawKey.SendRequestAsync",
        ),
    ],
)
def test_takes_no_ids(callee: str) -> None:
    """Constructors, logins, functions of one's own, and verbs that may be about anything."""
    assert not takes_ids(callee)


@pytest.mark.parametrize(
    ("callee", "told"),
    [
        *((f"client.{name}", True) for name in ("setApiKey", "login", "authenticate", "withCreds")),
        *((f"client.{name}", False) for name in ("subscribe", "get", "settle", "isFilled")),
        ("", False),
    ],
)
def test_takes_keys(callee: str, told: bool) -> None:
    """An object that is made already takes its keys by few methods, whose names say so."""
    assert takes_keys(callee) is told


@pytest.mark.parametrize(
    ("callee", "told"),
    [
        *(
            (name, True)
            for name in ("PublicKey::from_slice", "VerifyKey", "crypto.DecompressPubkey")
        ),
        *(
            (name, False)
            for name in ("PublicKeyFromSeed", "PublicKeyFromPrivateKey", "verifyToken")
        ),
    ],
)
def test_takes_public(callee: str, told: bool) -> None:
    """A class of public keys takes none of the private ones, unless it is made from them."""
    assert takes_public(callee) is told
