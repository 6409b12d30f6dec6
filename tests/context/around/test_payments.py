"""Behaviour of scanner.context.around.payments: references to cards and payments are told from tokens that open."""

import random

import pytest

from scanner.context.around.payments import why_payment
from scanner.placeholders import fill

REFERENCE = "a reference to a payment"
ROWS = [
    # name, text before, value, text after, is a reference
    ("requestToken", "<ErrCode>0</ErrCode><requestToken>", "{base64:72}", "</requestToken>", True),
    ("c:requestToken", "<c:reasonCode>1</c:reasonCode><c:requestToken>", "{base64:72}", "<", True),
    ("requestToken", "<requestToken>", "{base64:72}", "</requestToken>", False),
    ("paymentToken", '{"maskedCard": "1", "paymentToken": "', "{alnum:32}", '"}', True),
    ("paymentToken", '{"paymentToken": "', "{alnum:32}", '"}', False),
    ("PAYMENT_TOKEN", "PAYMENT_TOKEN=", "{alnum:32}", "\nCARD_TYPE=visa", False),
    ("payment_token", 'payment_token = "', "{digits:9}:TEST:{hex:16}", '"', False),
    ("card_token", 'card_token: "', "{alnum_lower:12}", '"', True),
    ("credit_card_token", 'credit_card_token = "', "{alnum:24}", '"', True),
    ("cardtoken", "operation=Sale&cardtoken=", "{hex:64}", "&amount=5", True),
    ("CARD_TOKEN", 'CARD_TOKEN = "', "{alnum:24}", '"', False),
    ("xToken", "xCvvResultCode=N&xToken=", "{hex:32}", "", True),
    ("token", '{"token":"', "{alnum:32}", '","card_type":"CREDIT"}', True),
    ("token", '{\\"token\\":\\"', "{alnum:32}", '\\",\\"card_type\\":\\"CREDIT\\"}', True),
    ("token", '{"payment_method": {"token": "', "{uuid}", '"}}', True),
    ("token", '{"token":"', "{alnum:32}", '","user":{"cards":[{"card_type":"CREDIT"}]}}', False),
    ("token", '{"api_key":"x","token":"', "{alnum:32}", '","card_type":"CREDIT"}', False),
    ("access_token", '{"access_token":"', "{alnum:32}", '","card_type":"CREDIT"}', False),
    ("auth_token", '{"card_type":"CREDIT","auth_token":"', "{alnum:32}", '"}', False),
    ("sessionToken", '{"card_type":"CREDIT","sessionToken":"', "{alnum:32}", '"}', False),
    ("gateway_token", 'login: "x"\n  gateway_token: "', "{alnum:27}", '"\ncard_type: 1', False),
    ("token", "[ 'token' => '", "{uuid}", "', ];\n$x['payment_method_id'] = 1;", False),
    ("token", 'token = "', "tok_{alnum:24}", '"', True),
    ("token", 'token = "', "cus_{alnum:14}|card_{alnum:14}", '"', True),
    ("token", 'token = "', "EC-{HEX:17}", '"', True),
    ("token", 'token = "', "ch_{alnum:22}", '"\nself.gateway.find(token)', True),
    ("token", 'token = "', "ch_{alnum:22}", '"\nlog(token)', False),
    ("api_token", 'api_token = "', "tok_{alnum:24}", '"', False),
    ("authorization", "authorization = '", "|/debits/{alnum:24}", "'", True),
    (
        "authorization",
        "authorization = '",
        "{alnum:24}",
        "'\n@gateway.refund(1, authorization)",
        True,
    ),
    ("auth", "auth = '", "{uuid}", "'\n response = @gateway.capture(@amount, auth)", True),
    ("authorization", "authorization = '", "{alnum:12}|{hex:32}", "'\nrun(gateway)", True),
    ("authorization", "authorization = '", "{alnum:12}|{hex:32}", "'\nrun(client)", False),
    ("authorization", "authorization = '", "{alnum:24}", "'\nclient.get(authorization)", False),
    ("authorization", "authorization = '", "12|{alnum:40}", "'\nrun(gateway)", False),
    ("Authorization", "Authorization: ", "{base64:44}", "\nX: approved", False),
    ("token", "token = '", "{alnum:40}", "'\ngateway.purchase(amount, token, o)", True),
    ("token", "token = '", "{alnum:40}", "'\napi.purchase(token, amount)", False),
    ("transactionAuth", "transactionId=1\\ntransactionAuth=", "{hex:32}", "\\n", True),
    ("AuthCode", '{"TransactionId": 1, "AuthCode":"', "{uuid}", '"}', True),
    ("AuthCode", '{"scope": 1, "AuthCode":"', "{uuid}", '"}', False),
    ("emv_auth_data", '"emv_auth_data": "', "8A02{HEX:16}", '"', True),
    ("emv_auth_data", '"emv_auth_data": "', "{alnum:20}", '"', False),
    (
        "metadata[transaction_token]",
        "[transaction_id]=1&metadata[transaction_token]=",
        "{alnum:27}",
        "",
        True,
    ),
    ("api_secret", '{"card_type": 1, "api_secret":"', "{alnum:27}", '"}', False),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "is_reference"), ROWS)
def test_why_payment(name: str, before: str, value: str, after: str, is_reference: bool) -> None:
    """The record of a payment, what is done with a value or how it begins tell a reference; a login beside it not."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    reason = why_payment(data, len(before), len(before) + len(drawn), name)
    assert reason == (REFERENCE if is_reference else None)
