"""Behaviour of scanner.context.literals.wrapped: a literal counts through wrappers, and where a variable goes first."""

import re

import pytest

from scanner.context.literals.named import near

V = "k8dq" + "Zx2!m"
"""An invented value; ``VALUE`` in the rows stands for it."""
FOUND = [
    'let p = env::var("DB_PASSWORD").unwrap_or_else(|_| "VALUE".into());',
    'let p = env::var("DB_PASSWORD").unwrap_or("VALUE".to_string());',
    'let p = env::var("DB_PASSWORD").ok().unwrap_or(String::from("VALUE"));',
    'let password = env::var("DB_PHRASE").unwrap_or_else(|_| "VALUE".into());',
    'let p = env::var("DB_PASSWORD")\n    .unwrap_or_else(|_| "VALUE".into());',
    'val p = System.getenv("DB_PASSWORD") ?: "VALUE"',
    'val p = System.getenv("DB_PASSWORD")\n    ?: "VALUE"',
    "my $password = $ENV{DB} // 'VALUE';",
    ': "${DB_PASSWORD:=VALUE}"',
    'DB_PASSWORD="${DB_PASSWORD:=VALUE}"',
    'auto password = std::string{"VALUE"};',
    "$p = getenv('DB_PASSWORD') ?: 'VALUE';",
    "$password = getenv('DB') ?: 'VALUE';",
    "p = ENV.fetch('DB_PASSWORD') { 'VALUE' }",
    'val p = Option(System.getenv("DB_PASSWORD")).getOrElse("VALUE")',
    'String p = Optional.ofNullable(System.getenv("DB_PASSWORD")).orElse("VALUE");',
    'pw := flag.String("password", "VALUE", "of the database")',
    'flag.StringVar(&cfg.Pass, "password", "VALUE", "of the database")',
    'cmd.Flags().StringP("password", "p", "VALUE", "of the database")',
    'parser.add_argument("--password", type=str, help="of it", default="VALUE")',
    'Parameter(\n    "DBPassword",\n    NoEcho=True,\n    Default="VALUE",\n)',
    "new CfnParameter(this, 'DbPassword', { noEcho: true, default: 'VALUE' });",
    'std::string password{"VALUE"};',
    'QString password = QStringLiteral("VALUE");',
    'db.setPassword(QStringLiteral("VALUE"));',
    'let password = String::from("VALUE");',
    'let password = SecretString::new("VALUE".into());',
    'Config { password: Some(SecretString::from("VALUE")) }',
]
NONE = [
    'let p = env::var("DB_PASSWORD").unwrap_or_default();',
    'let p = env::var("DB_PASSWORD").unwrap_or_else(|_| VALUE);',
    'let p = env::var("DB_PASSWORD").expect("VALUE");',
    'let p = env::var("DB_PASSWORD")\n    .expect("VALUE");',
    'check("password")\n"VALUE"',
    'type User = { password?: "VALUE" | "other" };',
    'flag.String("password", "", "VALUE")',
    'parser.add_argument("--password", help="VALUE", required=True)',
    'parser.add_argument("--password", default=None)\nparser.add_argument("--x", default="VALUE")',
    'translate("password", "VALUE", "of it")',
    "it('has a password') { 'VALUE' }",
    'if (password) {"VALUE"}',
    'let password_re = Regex::new("VALUE");',
]


def literals(text: str) -> list[bytes]:
    data = text.replace("VALUE", V).encode()
    ends = [found.end() for found in re.finditer(rb"(?i)passw", data)]
    return [data[one.start : one.end] for one in near(data, ends)]


@pytest.mark.parametrize("text", FOUND)
def test_the_literal_is_taken(text: str) -> None:
    """Whatever makes a string of it, and whatever is asked before it."""
    assert literals(text) == [V.encode()]


@pytest.mark.parametrize("text", NONE)
def test_nothing_else_is(text: str) -> None:
    """Messages, types, usage texts and what any other call is handed."""
    assert V.encode() not in literals(text)
