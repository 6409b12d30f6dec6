"""Behaviour of scanner.context.literals.alone: a setting is read to the end of its line, code to its next mark."""

import pytest

from scanner.context.literals.named import near
from scanner.context.literals.settled import Text, settled
from scanner.models import Evidence, Match
from scanner.rules import LITERAL_VALUE

A, B = "x7Kq2w", "Rz9Tb4"
"""Two halves of an invented password."""
WORDS = "copper raven basil " + "harbor"


def read(text: str) -> list[str]:
    """Return the literals beside passwords, each cut as the whole text has it."""
    data = text.encode()
    place = data.lower().index(b"password") + len("password")
    found = [
        Match(
            LITERAL_VALUE,
            one.start,
            one.end,
            evidence=(Evidence(f"{one.kind}:{one.how}", one.name),),
        )
        for one in near(data, [place], [place + 1])
    ]
    return [
        data[one.start : one.end].decode() for one in (settled(Text(data), one) for one in found)
    ]


@pytest.mark.parametrize(
    "line", ["DB_PASSWORD={}", "password: {}", "  spring.password = {}", "- Mail Password: {} # x"]
)
@pytest.mark.parametrize("mark", list("(),;|'<>[]{}@&*/.:"))
def test_all_of_a_line_is_the_password(line: str, mark: str) -> None:
    """Whatever mark is within it or ends it."""
    for value in (A + mark + B, A + B + mark):
        assert read(f"user = app\n{line.format(value)}\n") == [value]


@pytest.mark.parametrize("mark", list("();,'>.|"))
def test_an_element_is_read_to_its_end(mark: str) -> None:
    """What closes the element ends the password."""
    assert read(f"<password>{A}{mark}{B}</password>") == [A + mark + B]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"user: app,\npassword: {A}{B},\n", A + B),
        (f"host x;\npassword = {A}{B};\n", A + B),
        (f"connect(\n  password={A}{B})\n)\n", A + B),
        (f"{{user: app, password: {A}{B}}}\n", A + B),
        (f"import os\nimport re\npassword: {A}{B};\n", A + B),
        (f"The password: {A}{B}, and more.\n", A + B),
    ],
)
def test_marks_of_the_text_around_are_cut(text: str, value: str) -> None:
    """A mark that other lines end with, code and sentences have theirs."""
    assert read(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "password = getKey(aB3dE7f)\n",
        "password: config(x)\n",
        "if password == aB3(x)\n",
        "password = f(aB3)[0]\n",
    ],
)
def test_calls_and_elements_are_none(text: str) -> None:
    """Code on a line of its own is read as it was."""
    assert not any("(" in value for value in read(text))


def test_an_equals_sign_within_makes_no_type_of_a_password() -> None:
    """``name: type = value`` has a blank there, or a type of letters."""
    assert read(f"password: {A}={B}\n") == [f"{A}={B}"]
    assert read(f"password: str={A}\n") == [A]
    assert read(f"password: u8 = {A}\n") == [A]
    assert read("password: MqIh=7ptXiIonz\n") == ["MqIh=7ptXiIonz"]
    assert read("password: SecretStr=7ptXiIonz\n") == ["7ptXiIonz"]


def test_quotes_may_be_doubled_or_thrice() -> None:
    """As YAML and SQL write one inside, and as settings of Grafana write all of it; an empty text is none."""
    assert read(f"password: '{A}''{B}'") == [f"{A}''{B}"]
    assert read(f'password = """{A}#{B}"""') == [f"{A}#{B}"]
    assert read("password = '' + 'x'") == []


def test_a_passphrase_may_stand_without_quotes() -> None:
    """Four words to the end of the line; a sentence goes on, or has short words."""
    assert read(f"password: {WORDS}\n") == read(f"<password>{WORDS}</password>") == [WORDS]
    assert read(f"password: {WORDS} is it\n") == []


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("password: {}", True),
        ("  - db_password: {}", True),
        ("DB_PASSWORD={}", True),
        ("export DB_PASSWORD={}", True),
        ("Password: {}", False),
        ("The password: {}", False),
        ("password: {} Then log in", False),
    ],
)
def test_a_full_stop_belongs_to_a_setting(line: str, is_kept: bool) -> None:
    """A word and a number with a stop is the password of a setting; in a note the stop ends the sentence."""
    word = "Lem" + "on1981"
    assert read(line.format(word + ".") + "\n") in ([[word + "."]] if is_kept else [[word], []])
