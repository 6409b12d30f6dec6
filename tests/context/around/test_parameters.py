"""Behaviour of scanner.context.around.parameters: arguments named after the parameters of a function."""

import pytest

from scanner.context.around.parameters import of_argument

JAVA = (
    "public static String generate(String timestamp, String method,\n"
    "                              String body, String secretKey)\n{ }\n"
)


@pytest.mark.parametrize(
    ("text", "callee", "place", "name"),
    [
        (JAVA + 'generate("1", "GET", null, "', "generate", 3, "secretKey"),
        (JAVA + 'generate("1", "GET", "', "generate", 2, ""),
        (JAVA + 'Sig.generate("1", "GET", null, "', "Sig.generate", 3, "secretKey"),
        ("def run(self, api_key: str = None):\n  x\nc.run('", "c.run", 0, "api_key"),
        ('func Sign(q string, apiSecret string) {\n}\nSign(q, "', "Sign", 1, "apiSecret"),
        ('fn sign(q: &str, api_secret: &str) {}\nsign(q, "', "sign", 1, "api_secret"),
        ("function sign(q, secret) {}\nsign(q, '", "sign", 1, "secret"),
        ("def find(key, token):\n  x\nfind('", "find", 0, ""),
        ("return sign(a, api_secret)\nsign(a, '", "sign", 1, ""),
        ("sign(q, '", "sign", 1, ""),
        ("def f(api_key): x\nf('", "f", 0, ""),
    ],
)
def test_parameters(text: str, callee: str, place: int, name: str) -> None:
    """Only a definition tells, by a name that says more than ``key``."""
    assert of_argument(text.encode(), len(text), callee, place) == name


def test_a_definition_far_away_tells_nothing() -> None:
    """The function stands within a few thousand bytes, as whatever a verdict hangs on."""
    text = JAVA + " " * 4000 + 'generate("1", "GET", null, "'
    assert of_argument(text.encode(), len(text), "generate", 3) == ""


@pytest.mark.parametrize("text", ["sign(" * 2000, "def sign" + " " * 4000, "sign (" + "a," * 3000])
def test_hostile_text_is_no_trouble(text: str) -> None:
    """Long runs of what a definition begins with cost no more than a long text."""
    assert of_argument(text.encode(), len(text), "sign", 1) == ""
