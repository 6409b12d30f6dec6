"""Behaviour of scanner.context.values.passwords: weak but real ones count, words of examples hardly, code never."""

import random

import pytest

from scanner.context.values.passwords import (
    CHOSEN,
    COMMON,
    OWN,
    PHRASE,
    STRONG,
    WEAK,
    of_literal,
)
from scanner.context.values.words import is_prose, reads_as_word
from scanner.placeholders import fill

PASSWORDS = [
    # value, how it is written, worth
    ("hunter2!", "quoted", CHOSEN),
    ("hunter2!", "setting", CHOSEN),
    ("kqzjwx", "quoted", CHOSEN),
    ("badpw", "quoted", WEAK),
    ("badpwr", "quoted", CHOSEN),
    ("kqzj7x", "quoted", CHOSEN),
    ("@@FILE:/u01/admin.properties@@", "quoted", None),
    ("@@SECRET:@@ENV:UID@@-weblogic:password@@", "setting", None),
    ("@@kqZ7x!q", "quoted", CHOSEN),
    ("kqzj wxvq pzkt gwhf", "quoted", STRONG),
    ("this that with have", "quoted", None),
    ("k9q", "quoted", WEAK),
    ("938172", "quoted", CHOSEN),
    ("42000", "quoted", WEAK),
    ("123456", "quoted", WEAK),
    ("password", "quoted", WEAK),
    ("p4ssw0rd", "quoted", WEAK),
    ("letmein123", "quoted", WEAK),
    ("changeit", "setting", WEAK),
    ("some-secret-2", "quoted", WEAK),
    ("jabber_pw", "quoted", WEAK),
    ("promise", "quoted", WEAK),
    ("maple_6425", "setting", CHOSEN),
    ("dragon-9639", "quoted", CHOSEN),
    ("user_1234", "quoted", WEAK),
    ("maple_6", "quoted", WEAK),
    ("", "quoted", None),
    ("String", "bare", None),
    ("string", "setting", None),
    ("${DB_PASSWORD}", "setting", None),
    ("Jelsz\\u00f3", "setting", None),
    ("Jelsz\\u00f384!", "setting", STRONG),
    ("%(password)s", "quoted", None),
    ("{password}", "quoted", None),
    ("<password>", "quoted", None),
    ("********", "quoted", None),
    ("hogehoge", "quoted", None),
    ("config.password", "bare", None),
    ("IntPtr.Zero", "setting", None),
    ("process.env.PW", "setting", None),
    ("Enter your password again", "quoted", None),
    ("Passwort wird ben\u00f6tigt", "quoted", None),
    ("\u30d1\u30b9\u30ef\u30fc\u30c9", "quoted", None),
    ("$2b$12$abcdefghijklmnopqrstuv", "quoted", None),
    ("~1.3.0", "quoted", None),
    ("6.hours", "setting", None),
    ("2024-02-01T08:00:00Z", "quoted", None),
    ("20/m/ip,5/m/key", "quoted", None),
    ("Adgangstoken", "quoted", None),
    ("KataSandi", "quoted", WEAK),
    ("Zapomn\u011bl/a jsi heslo?", "quoted", None),
    ("/run/secrets/db", "setting", None),
    ("id_rsa.key", "setting", None),
    ("passwd2", "bare", None),
    ("kqzjwx", "bare", None),
    ("c6mc6c", "bare", CHOSEN),
    ("E7u4D#_y7@rCw_b@", "quoted", STRONG),
    ("prefix-@db.password@", "quoted", None),
    ("PurpleDragon26", "setting", CHOSEN),
    ("am@z1ng_p@ssw0rd#!", "quoted", WEAK),
    ("^qpX2hs6St8tWU2Q", "quoted", STRONG),
    ("^[a-z]{3}$", "quoted", None),
    (r"\K.+", "setting", None),
    ("l" + "o" * 40 + "ng!7", "quoted", None),
    ("UNIQ_368A42095F37A13B", "quoted", None),
    (r"\u7528\u6237\u5BC6\u7801", "setting", None),
    (r"x9\u0026kq\u003dZ7", "quoted", STRONG),
    (" Senha vazada", "quoted", None),
    ("ROPASS=$2", "setting", None),
    ("%[1]s", "quoted", None),
    ("&lt;/h5&gt;", "setting", None),
    (r"\033[5m", "quoted", None),
    ("Orb9Cloud30417", "setting", CHOSEN),
    ("StrongPassword26", "setting", WEAK),
    ("TestPerson12", "quoted", WEAK),
    ("qzkv wxjh bqpf vzmk", "quoted", STRONG),  # a password for an app
    ("this that with some", "quoted", None),
    ("2024-02-01T08:00:00Z", "setting", None),
    ("Summer2024", "quoted", COMMON),
    ("copper7641", "setting", COMMON),
    ("Harbor12345", "setting", COMMON),
    ("velvet_falcon55", "setting", COMMON),
    ("Admin@123", "quoted", COMMON),
    ("qwerty123", "quoted", COMMON),
    ("Asdf1234", "quoted", COMMON),
    ("h4ck3d42", "quoted", COMMON),
    ("basil72raven", "quoted", COMMON),
    ("basil73raven", "quoted", COMMON),
    ("copperharbor*", "quoted", COMMON),
    ("copperharbor7", "setting", COMMON),
    ("copperharbor7", "bare", None),
    ("copperharbor", "quoted", PHRASE),
    ("copperRaven", "setting", PHRASE),
    ("CopperRaven1", "quoted", COMMON),
    ("Pass@8841", "quoted", OWN),
    ("contrase\u00f1a47", "quoted", OWN),
    ("contrase\u00f1a1", "quoted", None),
    ("copper-raven-basil", "setting", PHRASE),
    ("required|min:8|confirmed", "quoted", None),
    ("<2.0.5|>=3,<3.0.3", "quoted", None),
    ("<3.1.3.1-dev", "quoted", None),
    (">=1,<1.2.3|>=2,<2.0.0-beta.3|==4.5", "quoted", None),
    ("2.5.13.18:=x", "setting", None),
    ("!7Kq2wZx", "quoted", CHOSEN),
    ("<7Kq2wZx9", "quoted", CHOSEN),
    ("trim|required|min_length[8]|xss_clean", "quoted", None),
    ("string|min:6", "quoted", None),
    ("Passwort-zur\u00fccksetzen1", "quoted", None),
    ("admin123", "quoted", WEAK),
    ("password123", "quoted", WEAK),
    ("test1234", "setting", WEAK),
    ("changeme1", "setting", WEAK),
    ("secret123", "setting", WEAK),
    ("your_password1", "setting", WEAK),
    ("sha256_password", "quoted", WEAK),
    ("web-server-01", "quoted", WEAK),
    ("aaabbb123456", "quoted", WEAK),
    (" && head -1 </dev/stdin | tr -d '#' | $(sha256sum)", "quoted", None),
]
KEYS = [
    # value, kind, name, worth
    ("123.345.567\\u0001nineteen=42\\u0001", "token", "auth", None),
    ("\\x1b[1G\\x1b[K", "api_key", "key", None),
    ("\\n\\tgot:\\t%#v\\n\\twant:\\t%#v", "token", "token", None),
    ("yfqxkjz710115", "api_secret", "oauth_secret", CHOSEN),
    ("my-service-token", "token", "token", None),
    ("0x" + "5a" * 20, "api_key", "api_key", None),
    ("7d046e6e-a429-4335-ab9d-6a681febcde5", "api_key", "DocumentKey", None),
    ("BondiSunburnBrush", "api_key", "Key", None),
    ("traefik-cert", "token", "token", None),
    ("1979160166349076", "api_key", "AES_KEY", CHOSEN),
    ("112233", "token", "token", None),
    ("1157920892" * 7, "api_secret", "SECRET_NUMBER", None),
    (
        "ENC[AES256_GCM,data:1GyEEvvZip9VOGzoyJ2W,iv:2sF6yUw=,tag:Fu+Ec/mWPa0,type:str]",
        "token",
        "token",
        None,
    ),
    ("f#7m1rs2&fx)$(0k%v-w9&)t_14es6v3-=o5-^m%&hntb43%qd", "api_secret", "SECRET_KEY", STRONG),
    ("q~? _VS|_{~2]rbnx| H8o,LX(7dTKn{gn}TlgakvwNL>1Wv", "api_key", "AUTH_KEY", STRONG),
    ("${HOST}:${PORT}/{{ path }}?x=%(y)s&z=<a>#b=[c]!", "api_secret", "SECRET_KEY", None),
]


@pytest.mark.parametrize(
    ("value", "how", "worth"),
    [
        ("xK3q[7Zp]{w9R#", "setting", "generated"),
        ("xK3q[7Zp]{w9R]", "setting", None),  # what is closed there was opened elsewhere
        ("servers[0].Pass1", "setting", None),
        ("config[Key1]{Ab}", "setting", None),
        ("xk3q[7zp]", "setting", None),
        ("xK3q[7Zp]{w9R#", "bare", None),  # in code it is an element of a list
    ],
)
def test_brackets_in_a_setting(value: str, how: str, worth: str | None) -> None:
    """A password without quotes may hold brackets; an element of a list is none."""
    assert of_literal(value.encode(), "password", how, "password")[0] == worth


@pytest.mark.parametrize(
    ("value", "kind", "how", "name", "worth"),
    [
        (
            "sk-qzvkxwjhtbqpfvzmkrdnqzvkxwjhtbqpfvzmkrdnqzvkxwjh",
            "api_key",
            "setting",
            "api-key",
            CHOSEN,
        ),
        ("my-verylongwordofsettings", "api_key", "setting", "api-key", None),
        ("0x400170e4", "api_secret", "open", "new_secret_key", None),
        ("9f3c07d1b2e84a66c05f7718de42ab93", "api_key", "quoted", "gateKey", STRONG),
        ("9f3c07d1b2e84a66c05f7718de42ab93", "api_key", "quoted", "gatewayKey", None),
        ("vault_secret_key", "api_secret", "setting", "secret_key", None),
        (",s),f=!0;if(f)return r.Log.debug(", "api_key", "quoted", "key", None),
        (r"\u041A\u043B\u044E\u0447", "api_key", "setting", "API_KEY", None),
    ],
)
def test_keys_and_code(value: str, kind: str, how: str, name: str, worth: str | None) -> None:
    assert of_literal(value.encode(), kind, how, name)[0] == worth


@pytest.mark.parametrize(
    ("value", "name", "worth"),
    [
        ("6465196068", "memo", None),
        ("6465196068", "BITMART_MEMO", CHOSEN),
        ("6465196068", "passphrase", CHOSEN),
        ("kqzj7x", "memo", CHOSEN),
    ],
)
def test_the_tag_of_a_deposit(value: str, name: str, worth: str | None) -> None:
    """Exchanges call one by a number whose a deposit is; BitMart's memo is a passphrase."""
    assert of_literal(value.encode(), "passphrase", "quoted", name)[0] == worth


@pytest.mark.parametrize(("value", "how", "worth"), PASSWORDS)
def test_passwords(value: str, how: str, worth: str | None) -> None:
    """A chosen password is one; a word of examples is weak; a variable, a template, a type is none."""
    assert of_literal(value.encode(), "password", how, "password")[0] == worth


@pytest.mark.parametrize(("value", "kind", "name", "worth"), KEYS)
def test_keys(value: str, kind: str, name: str, worth: str | None) -> None:
    """A key is generated: no words, no ids, no addresses, no short numbers."""
    assert (of_literal(value.encode(), kind, "quoted", name)[0] in (CHOSEN, STRONG)) == (
        worth is not None
    )


@pytest.mark.parametrize("placeholder", ["{alnum:32}", "{hex:40}", "{base64url:43}", "{user:16}"])
def test_generated_values_are_strong(placeholder: str) -> None:
    """Of 300 generated values at most three are taken for something else."""
    rng = random.Random(7)
    values = [fill(placeholder, rng)[0].encode() for _ in range(300)]
    kind = "password" if "user" in placeholder else "api_secret"
    lost = [v for v in values if of_literal(v, kind, "quoted", "secret")[0] not in (STRONG, CHOSEN)]
    assert len(lost) <= 3


def test_random_letters_are_no_word() -> None:
    """Of 2,000 strings of six random letters at most 3 % read as words."""
    rng = random.Random(3)
    words = [
        bytes(rng.choice(b"abcdefghijklmnopqrstuvwxyz") for _ in range(6)) for _ in range(2000)
    ]
    assert sum(map(reads_as_word, words)) <= 60


@pytest.mark.parametrize(
    "word", ["guest", "harry", "openSesame", "admin2024", "S3cr3t", "user_pass"]
)
def test_words_are_words(word: str) -> None:
    """Names, joined words, and words with digits for letters."""
    assert reads_as_word(word.encode())


def test_its_own_name_is_no_secret() -> None:
    """``clientSecret: "client-secret"`` says nothing."""
    assert of_literal(b"client-secret", "api_secret", "quoted", "clientSecret")[0] is None
    assert of_literal(b"dbpass", "password", "quoted", "DB_PASS")[0] == WEAK


def test_arrays_of_bytes() -> None:
    """Enough different bytes are a key, a row of zeros is none."""
    assert of_literal(b"72, 165, 80, 208, 22, 91, 63, 14, 3", "token", "bytes", "auth")[0] == STRONG
    assert of_literal(b"0, 0, 0, 0, 0, 0, 0, 0, 0, 0", "token", "bytes", "auth")[0] is None


def test_prose() -> None:
    """A sentence is told by its words, not by its blanks."""
    assert is_prose(b"Type the new password twice")
    assert not is_prose(b"kqzj wxyq")


def test_an_applications_secret_may_be_chosen() -> None:
    """Words and a number are common as a secret; in a setting a name with a hyphen is where one lies."""
    for value, how, worth in (
        (b"copper1984", "quoted", COMMON),
        (b"copper1984", "setting", COMMON),
        (b"ravenBasil71", "setting", COMMON),
        (b"copper-store22", "setting", PHRASE),  # none, if nothing around it signs
        (b"secret123", "quoted", None),
    ):
        assert of_literal(value, "api_secret", how, "secret")[0] == worth


def test_keys_that_sign_may_be_chosen() -> None:
    """Words and a number sign tokens where the name says so; elsewhere a private key is longer."""
    assert of_literal(b"copperraven377", "private_key", "quoted", "mySigningKey")[0] == COMMON
    assert of_literal(b"copperraven377", "token", "quoted", "jwtKey")[0] == COMMON
    assert of_literal(b"copperraven377", "private_key", "quoted", "privateKey")[0] is None


def test_a_mark_in_front_is_part_of_a_chosen_password() -> None:
    """``@`` before words and a number begins a password, before a name a reference; {noop} tells how it is kept."""
    assert of_literal(b"@2117Copper", "password", "setting", "PASSWORD")[0] == CHOSEN
    assert of_literal(b"@password1", "password", "setting", "PASSWORD")[0] is None
    assert of_literal(b"{noop}Copper5443!", "password", "quoted", "password")[0] == CHOSEN
    assert of_literal(b"{noop}password", "password", "quoted", "password")[0] == WEAK


def test_a_passphrase_of_words() -> None:
    """Words drawn from a list are a passphrase; a password of them needs what it opens, as words do."""
    words = b"copper raven basil harbor"
    assert of_literal(words, "passphrase", "quoted", "passphrase")[0] == COMMON
    assert of_literal(words, "password", "quoted", "password")[0] == PHRASE
    assert of_literal(b"enter it for the wallet", "password", "quoted", "password")[0] is None


@pytest.mark.parametrize(
    ("kind", "how", "name", "worth"),
    [
        ("api_secret", "quoted", "REFRESH_TOKEN_SECRET", WEAK),
        ("api_secret", "quoted", "secretSize", None),
        ("api_secret", "setting", "REFRESH_TOKEN_SECRET", None),
        ("token", "quoted", "ACCESS_TOKEN", None),
    ],
)
def test_a_short_number_for_a_secret_is_weak(
    kind: str, how: str, name: str, worth: str | None
) -> None:
    """Between quotes, and by a name that ends in ``secret``: as weak as the same number for a password."""
    assert of_literal(b"98765", kind, how, name)[0] == worth
