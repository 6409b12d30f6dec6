"""Behaviour of scanner.context.literals.named: the literal beside a telling name is taken whole, in every syntax."""

import re

import pytest

from scanner.context.literals import named
from scanner.context.literals.named import Literal, near
from scanner.context.literals.settled import Text, how_of
from scanner.context.values.passwords import CHOSEN

V = "k8dq" + "Zx2!m"
"""An invented value; ``VALUE`` in the rows stands for it."""

FOUND = [
    # text, how it is written
    ('password = "VALUE"', "quoted"),
    ("password: 'VALUE',", "quoted"),
    ("password: VALUE", "setting"),
    ("DB_PASSWORD=VALUE", "setting"),
    ('psw = "VALUE"', "quoted"),
    ("$mdp = 'VALUE';", "quoted"),
    ("passord: VALUE", "setting"),
    ("const salasana = 'VALUE'", "quoted"),
    ("export DB_PASSWORD=VALUE", "setting"),
    ("ENV DB_PASSWORD VALUE", "setting"),
    ("  # proxy_set_header X-Api-Token VALUE;", "setting"),
    ("UID=sa;PWD=VALUE;", "setting"),
    ("  http-request set-header X-Api-Token VALUE", "setting"),
    ("  add_header X-Api-Token VALUE;", "setting"),
    ("set -gx DB_PASSWORD VALUE", "setting"),
    ('set --export DB_PASSWORD "VALUE"', "quoted"),
    ('(setq erc-password "VALUE")', "quoted"),
    ('(erc-tls :nick "jan" :nickserv-password "VALUE")', "quoted"),
    ('((sql-server "db1")\n (sql-password "VALUE"))', "quoted"),
    ("docker run -e MYSQL_ROOT_PASSWORD=VALUE -d mysql", "setting"),
    ("{user: app, password: VALUE}", "setting"),
    ("<password>VALUE</password>", "setting"),
    ('<add key="DbPassword" value="VALUE" />', "quoted"),
    ('{"name": "DB_PASSWORD", "value": "VALUE"}', "quoted"),
    ("- name: DB_PASSWORD\n  value: VALUE\n", "setting"),
    ('"pass":  \\"VALUE\\"}', "quoted"),
    ("define('DB_PASSWORD', 'VALUE');", "quoted"),
    ('os.environ["DB_PASSWORD"] = "VALUE"', "quoted"),
    ('os.getenv("DB_PASSWORD", "VALUE")', "quoted"),
    ("const pw = process.env.PW || 'VALUE'", "quoted"),
    ('password = Some("VALUE"),', "quoted"),
    ('let password: &str = "VALUE";', "quoted"),
    ('val dbPassword: String = "VALUE"', "quoted"),
    ('client.setPassword("VALUE");', "quoted"),
    ('if user.password == "VALUE":', "quoted"),
    ("CREATE USER app WITH PASSWORD 'VALUE';", "quoted"),
    ("ALTER USER app IDENTIFIED BY x; SET PASSWORD = 'VALUE'", "quoted"),
    ("tool --password VALUE --verbose", "setting"),
    ("tool --password=VALUE", "setting"),
    ("**Password:** `VALUE`", "setting"),
    ("- **Admin password**: VALUE", "setting"),
    ("***Password***: VALUE", "setting"),
    ("__Password:__ VALUE", "setting"),
    ("**`DB_PASSWORD`**: `VALUE`", "setting"),
    ("password: **VALUE**", "setting"),
    ("<b>Password:</b> VALUE<br>", "setting"),
    ("<strong>Password</strong>: <code>VALUE</code>", "setting"),
    ("<td>Password</td><td>VALUE</td>", "setting"),
    ("<tr>\n<th><b>Password:</b></th>\n<td class='v'>VALUE</td>\n</tr>", "setting"),
    ("<dt>Password</dt>\n  <dd>VALUE</dd>", "setting"),
    ('char password[] = "VALUE";', "quoted"),
    ('const char *password[MAX] = "VALUE";', "quoted"),
    ('TCHAR password[8] = _T("VALUE");', "quoted"),
    ('var password string = "VALUE"', "quoted"),
    ("DECLARE @password nvarchar(50) = N'VALUE'", "quoted"),
    ("machine api.internal login deploy password VALUE", "setting"),
    ("machine api.internal\n  login deploy\n  password VALUE\n", "setting"),
    ('#define DB_PASSWORD "VALUE"', "quoted"),
    ('#define WIFI_PASS   "VALUE"', "quoted"),
    ('//#define WIFI_PASSWORD "VALUE"', "quoted"),
    ('  // #define WIFI_PASSWORD "VALUE"', "quoted"),
    ('/*#define WIFI_PASSWORD "VALUE"*/', "quoted"),
    ('rcon_password "VALUE"', "quoted"),
    ('hostname smtp.acme.internal\npassword "VALUE"  # of the robot\n', "quoted"),
    ("user bot@acme.internal\npassword VALUE\n", "setting"),
    ('(def db-password "VALUE")', "quoted"),
    ('(defonce ^:private api-secret "VALUE")', "quoted"),
    ("<User>web</User><Pass>VALUE</Pass>", "setting"),
    ("<password><![CDATA[VALUE]]></password>", "setting"),
    ("*** Variables ***\n${DB PASSWORD}    VALUE\n", "setting"),
    ("${PASSWORD} =\tVALUE\n", "setting"),
    ("    Set Suite Variable    ${PASSWORD}    VALUE\n", "setting"),
    ('password                       =              "VALUE"', "quoted"),
    ("define('AUTH_SALT',                    'VALUE');", "quoted"),
    ('Public Const DB_PASSWORD As String = "VALUE"', "quoted"),
    ('variable "db_password" {\n  type    = string\n  default = "VALUE"\n}', "quoted"),
    ("Server=db;User Id=sa;Password=VALUE;Timeout=3", "setting"),
    ("https://host/path?user=a&password=VALUE&x=1", "setting"),
    ("https://host/path?user=a&amp;password=VALUE&amp;x=1", "setting"),
    ("<url>jdbc:mysql://db/shop?user=root&amp;password=VALUE</url>", "setting"),
    ("password: ${DB_PASSWORD:-VALUE}", "setting"),
    ("    :password => 'VALUE'", "quoted"),
    ("password := `VALUE`", "quoted"),
    ("DB_PASSWORD ?= VALUE", "setting"),
    ("DB_PASSWORD?=VALUE", "setting"),
    ("SECRET ::= VALUE", "setting"),
    ("<name>fs.secret.key</name><value>VALUE</value>", "setting"),
    ("<name>fs.secret.key</name>\n  <value>VALUE</value>", "setting"),
    ('<setting name="ApiSecret" serializeAs="String"><value>VALUE</value>', "setting"),
    ("<Password><Value>VALUE</Value></Password>", "setting"),
    ('<meta-data android:name="x.secret" android:value="VALUE"/>', "quoted"),
    ("<key>api_secret</key>\n<string>VALUE</string>", "setting"),
    ("<dict>\n\t<key>FTPPassword</key>\n\t<string>VALUE</string>\n</dict>", "setting"),
    ("<param-name>dbPassword</param-name><param-value>VALUE</param-value>", "setting"),
    ("<param-name>dbPassword</param-name>\n  <param-value>VALUE</param-value>", "setting"),
    (
        "<env-entry-name>dbPassword</env-entry-name>\n<env-entry-type>java.lang.String</env-entry-type>\n"
        "<env-entry-value>VALUE</env-entry-value>",
        "setting",
    ),
    ("<name>password</name>\n<value><string>VALUE</string></value>", "setting"),
    ("password: |\n  VALUE\nuser: x", "setting"),
    (
        "<key>FTPUser</key><string>web</string><key>FTPPassword</key><string>VALUE</string>",
        "setting",
    ),
    ("host mail.acme.internal\nuser a@acme.internal\npassword VALUE\n", "setting"),
    ('username "a@acme.internal"\npassword "VALUE"\n', "quoted"),
    ("hostname sw1\nenable password VALUE\n", "setting"),
    ("username admin privilege 15 password 0 VALUE\n", "setting"),
    ("token: >-\n  VALUE\n", "setting"),
    ("CREATE LOGIN crm WITH PASSWORD = N'VALUE';", "quoted"),
]
NONE = [
    "echo ${PWD:$VALUE}",
    "[ $PWD = VALUE ]",
    "krbpasswordexpiration: VALUE",
    "lookup('community.general.onepassword', 'VALUE')",
    """<Icon v-if="type === 'password'" :icon="VALUE" class="k" />""",
    "**Password:** VALUE of the account",
    "<AuthPassword>0</AuthPassword>VALUE<State>",  # the element is over
    "password:** VALUE",  # nothing opens the emphasis
    "<td>Password</td><td>{{ VALUE }}</td>",
    "<label>Password:</label> <input name='VALUE'>",
    "html = '<b>Password:</b> ' . $VALUE . '<br>'",
    'password[0] = "VALUE"',
    'Password string `json:"VALUE"`',
    'if test "$pass" = last; then',
    "fi # $pass = last",
    "when: file|unvault(data_password) == data_plaintext",
    "password = getpass()",
    'the set -x password "VALUE" of it',
    '(read-password "VALUE")',
    '(verify-password user "VALUE")',
    "password = get_password(user)",
    'pw = get_password("VALUE")',
    'user_password = read_secret("VALUE")',
    'login(user, password_from_vault("VALUE"))',
    'New-Object PSCredential ("VALUE", $pw)',
    "password_changed_at: 2024-02-01T08:00:00Z",
    '{"passwordUpdatedAt": "VALUE"}',
    "Sec-WebSocket-Key: VALUE0123456789",
    'password = f"{user}-{host}"',
    'password = "prefix" + secret_part',
    'print("Enter your password", file=err)',
    'Hash("password", "saltsalt")',
    'labels = {"password": "Passwort" + colon}',
    "the password is the one of your account",
    "def login(user, password, remember):",
    "public_key = 'abcdefghijklmnop'",
    "password_url: https://host/reset",
    "compass = 'northwest'",
    "password: |\n  VALUE and more\n",
    "password: |\n  VALUE\n  VALUE\n",
    "password: |\nVALUE\n",
]


def literals(text: str) -> list[tuple[bytes, str]]:
    data = text.encode()
    ends = [
        m.end()
        for m in re.finditer(
            rb"(?i)passo?r?d?(?:word)?|pwd?|psw|mdp|salasana|token|secret|auth", data
        )
    ]
    text_of = Text(data)
    return [
        (data[one.start : one.end], how_of(text_of, one.how, one.start)) for one in near(data, ends)
    ]


@pytest.mark.parametrize(("text", "how"), FOUND, ids=[text for text, _ in FOUND])
def test_taken_whole(text: str, how: str) -> None:
    """The value comes without quotes and separators, and all of it."""
    assert (V.encode(), how) in literals(text.replace("VALUE", V))


@pytest.mark.parametrize("text", NONE)
def test_no_literal(text: str) -> None:
    """Calls, templates, pieces of expressions, prose and names that tell nothing bind no literal."""
    assert literals(text) == []


def test_bare_words_of_code_are_told_apart() -> None:
    """Without quotes a word in program text is a variable, in a string of many lines it is a setting."""
    head = "import os\n\ndef main():\n    "
    assert literals(head + f"password = {V[:8]}\n") == [(V[:8].encode(), "bare")]
    assert (V[:8].encode(), "setting") in literals(head + f'text = """\npassword: {V[:8]}\n"""\n')


def test_the_scheme_of_a_header_is_cut() -> None:
    """``Bearer`` is no part of the token; Basic is left to its own rule."""
    assert literals(f"X-Auth-Token: Bearer {V}") == [(V.encode(), "setting")]
    assert literals('auth_token: "Token abgelaufen"') == [(b"Token abgelaufen", "quoted")]
    assert literals(f'auth = "Basic {V[:8]}"') == []


def test_json_in_a_text_gives_its_longest_run() -> None:
    """A token that is itself JSON is reported by what is secret in it."""
    inner = "4f9c" * 2 + "07d1" * 2 + "ab"
    assert literals(f'"Apitoken": "{{\\"name\\":\\"root\\",\\"sig\\":\\"{inner}\\"}}"') == [
        (inner.encode(), "quoted")
    ]


def test_an_array_of_bytes_is_a_value() -> None:
    """Keys are also written as numbers."""
    numbers = ", ".join(str(37 * n % 251) for n in range(1, 17))
    assert literals(f"secretKey := []byte{{{numbers}}}") == [(numbers.encode(), "bytes")]


def test_long_lines_cost_once() -> None:
    """A minified line of thousands of names gives each literal once."""
    line = ";".join(f'password{n}="{V}{n}"' for n in range(3000))
    assert len(literals(line)) == 3000


def test_the_key_of_web_tokens_is_a_secret() -> None:
    """``Key`` below ``Jwt`` signs tokens, on its line or below; elsewhere it is a key like others."""

    def kinds(text: str) -> list[str]:
        data = text.encode()
        return [one.kind for one in near(data, [data.index(b"Key") + 3])]

    line = '"Key": "VALUE"'
    assert kinds('{"Jwt": {' + line + "}}") == ["api_secret"]
    assert kinds('{"Map": {\n' + line + "\n}}") == ["api_key"]
    assert kinds('{"JwtSettings": {\n' + line + "\n}}") == ["api_secret"]
    assert kinds("jwt:\n  issuer: acme\n  Key: VALUE\n") == ["api_secret"]


def test_a_list_of_settings_in_a_string_is_no_code() -> None:
    """What a driver is handed beside a host or a user is a setting, in a program too."""
    code = "import a\nimport b\n"
    for line, how in (
        ('c = connect("server=db;uid=app;pwd=VALUE;database=x")', "setting"),
        ('c = connect("host=db user=app password=VALUE dbname=x")', "setting"),
        ('print("usage: tool pwd=VALUE")', "bare"),
    ):
        data = (code + line).encode()
        text = Text(data)
        assert how_of(text, "open", data.index(b"VALUE")) == how


def test_accounts_with_a_number_are_read_where_weak_ones_are_not() -> None:
    """Beside other passwords they are some, which the judge decides; of other words of examples nobody asks."""
    lines = b'password = "User1_123"\npassword = "test1234"\npassword = "password"\n'
    ends = [found.end() for found in re.finditer(b"password(?= =)", lines)]
    values = [lines[one.start : one.end] for one in near(lines, ends, (), CHOSEN)]
    assert values == [b"User1_123"]


BESIDE = [
    # two texts that share a line whose value another line decides
    (
        'variable "db_password" {\n  default = ""\n}\n',
        'variable "db_password" {\n  default = "VALUE"\n}\n',
    ),
    ("password: >\n  {{ vault }}\n", "password: >\n  VALUE\n"),
    ("password: >+\n  {{ vault }}\n", "password: >+\n  VALUE\n"),
    ("<td>Password</td><td>\n\n</td>\n", "<td>Password</td><td>\nVALUE</td>\n"),
    (
        '<property name="db.password" type="string">\n  <value></value>\n',
        '<property name="db.password" type="string">\n  <value>VALUE</value>\n',
    ),
    ("login admin\n  password VALUE\n", "note\n  password VALUE\n"),
    ('password: "VALUE"\n  value: x\n', 'password: "VALUE"\n  other: x\n'),
    ('key: "password_a"\nvalue: "x"\n', 'key: "password_a"\nother: "x"\n'),
    ('cookies = {}\nsession_id = "VALUEVALUE"\n', 'users = {}\nsession_id = "VALUEVALUE"\n'),
]


@pytest.mark.parametrize(("one", "other"), BESIDE)
def test_a_line_read_before_is_read_in_its_own_place(
    one: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was read before, in whichever order: lines are remembered only where no other line counts."""

    def told(text: str) -> list[Literal]:
        data = text.replace("VALUE", V).encode()
        ends = [m.end() for m in re.finditer(rb"(?i)passw(?:ord)?|session_id|key", data)]
        return list(near(data, ends, ends, CHOSEN))

    def forget() -> None:
        monkeypatch.setattr(named, "_LINES", {least: {} for least in named._LINES})

    alone = []
    for text in (one, other):
        forget()
        alone.append(told(text))
    for first, second, expected in ((one, other, alone[1]), (other, one, alone[0])):
        forget()
        told(first)
        assert told(second) == expected
