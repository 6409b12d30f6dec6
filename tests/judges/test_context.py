"""Behaviour of scanner.judges.context: the credentials of the first six exchanges, as they stand in files.

Each must be found, with its provider, its kind and its severity, and tied to its partners. The files are
in tests/data/surroundings.txt; the values are made anew here.
"""

import base64
import random
from pathlib import Path

import pytest

from scanner.checksums.encodings import base58_encode
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Draft, Origin, Skipped
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker

SYSTEMS = {
    "gate": ("gate GATE Gate.io Gate", "{hex:32} {hex:64}"),
    "okx": ("okx OKX OKX Okx", "{uuid} {HEX:32} {alnum:12}"),
    "htx": ("huobi HUOBI HTX Huobi", "{hex:8}-{hex:8}-bg5t6ygr6y-{hex:5} {hex:8}-{hex:8}-{hex:8}-{hex:5}"),
    "binance": ("binance BINANCE Binance Binance", "{alnum:64} {alnum:64}"),
    "bingx": ("bingx BINGX BingX BingX", "{alnum:86} {alnum:86}"),
    "kucoin": ("kucoin KUCOIN KuCoin Kucoin", "6{hex:23} {uuid} {alnum:12}"),
}  # fmt: skip
KINDS = (("api_key", "low"), ("api_secret", "critical"), ("passphrase", "high"))
FILES = (
    (Path(__file__).parents[1] / "data" / "surroundings.txt")
    .read_text(encoding="utf-8")
    .split("\n== ")[1:]
)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def found(detector: Detector, text: str, path: str = "a.txt") -> list[Draft]:
    drafts: list[Draft] = []
    for draft in detector.drafts(Blob(text.encode(), Origin("file", path))):
        assert not isinstance(draft, Skipped)
        if draft.match.score >= MEDIUM:
            drafts.append(draft)
    return drafts


@pytest.mark.parametrize("file", FILES, ids=[file.partition("\n")[0] for file in FILES])
@pytest.mark.parametrize("system", SYSTEMS)
def test_surroundings(detector: Detector, system: str, file: str) -> None:
    names, template = SYSTEMS[system]
    n, upper, t, c = names.split()
    # The seed is fixed: one passphrase in fifty reads as words by chance.
    values = fill(template, random.Random(4))[0].split()
    path, _, body = file.partition("\n")
    lines = [line for line in body.splitlines() if len(values) > 2 or "{p}" not in line]
    text = "\n".join(lines).format(
        n=n, N=upper, t=t, c=c, k=values[0], s=values[1], p=(values[2:] or [""])[0]
    )
    by_secret = {draft.secret.decode(): draft for draft in found(detector, text + "\n", path)}
    assert sorted(by_secret) == sorted(values)
    for value, (kind, severity) in zip(values, KINDS, strict=False):
        draft = by_secret[value]
        rule = draft.match.rule
        assert (rule.system, rule.kind, rule.severity) == (system, kind, severity)
        assert {partner.decode() for partner in draft.partners} <= set(values) - {value}
        assert draft.partners


def test_the_name_goes_before_the_neighbours(detector: Detector) -> None:
    """A secret named after one system is not that of another whose keys stand beside it."""
    text, _ = fill(
        "OKX_API_KEY={uuid}\nOKX_SECRET_KEY={HEX:32}\nPHEMEX_SECRET={HEX:32}\n", random.Random(1)
    )
    assert found(detector, text)[-1].match.rule.system == "phemex"


def test_imported_classes_tell(detector: Detector) -> None:
    """What a module of a system brings in tells whose the arguments are, far below the import."""
    text, values = fill(
        "from kucoin.client import (\n    Trade, User)\n" + "# \n" * 600
        + 'c = User("6{hex:23!}", "{uuid!}", "{alnum:12!}")\n',
        random.Random(1),
    )  # fmt: skip
    drafts = found(detector, text)
    assert {draft.match.rule.system for draft in drafts} == {"kucoin"}
    assert len(drafts) == len(values) == 3


def test_columns_of_a_table_tell(detector: Detector) -> None:
    """Values of an SQL statement belong to the columns of the statement or of the table."""
    row = "VALUES ('binance', '{alnum:64}', '{alnum:64}');\n"
    for head in (
        "INSERT INTO keys (exchange, api_key, api_secret) ",
        "CREATE TABLE keys (exchange TEXT, api_key TEXT, api_secret TEXT);\nINSERT INTO keys ",
    ):
        text, _ = fill(head + row, random.Random(1))
        kinds = [draft.match.rule.kind for draft in found(detector, text)]
        assert kinds == ["api_key", "api_secret"]


def test_lists_in_prose_tell(detector: Detector) -> None:
    """``key / secret / passphrase`` after a word that tells the system is a credential."""
    text, _ = fill("alice: OKX please\nbob: {uuid} / {HEX:32} / {alnum:12}\n", random.Random(4))
    kinds = [draft.match.rule.kind for draft in found(detector, text)]
    assert kinds == ["api_key", "api_secret", "passphrase"]


def test_lines_that_are_names_and_nothing_more(detector: Detector) -> None:
    """As pages of exchanges show a key: its name on a line, the value below, and a blank line behind it."""
    text = (
        "Keys of 2024-10-09\n\nAPI Key\n{alnum:64}\n\nSecret Key\n{alnum:64!}\n\nBTC: see above\n"
    )
    kinds = [draft.match.rule.kind for draft in found(detector, fill(text, random.Random(4))[0])]
    assert kinds == ["api_key", "api_secret"]


SILENT = [
    "INSERT INTO `wp_postmeta` (`post_id`, `meta_key`, `meta_value`) VALUES (3,'_oembed_{hex:32}','x');",
    '"original_data_key": "{hex:32}"',
    "see https://cloud.tencent.com/act/redirect?cps_key={hex:32}&from=console",
    "applicationServerKey: 'BA{base64url:85}'",
    "vault.unpackVaultV2Tokens(r.vaultV2ABI, returnData)",
    "env|OKTA_OAUTH2_CLIENT_SECRET|OKTA_OAUTH2_ISSUER|PATH",
    "url: https://gateway.thegraph.com/api/<YOUR_API_KEY_HERE>/subgraphs/id/{base58:44}",
    "$this->client->deleteWebHook('5GP0{alnum_upper:13}');",
    "$this->client->showSetupTokenDetails('5GP0{alnum_upper:13}');",
    "RpkLwM2MBootstrapServerCredential credential = (RpkLwM2MBootstrapServerCredential) config;",
    "Map<String, Object> accessTokenClaims = Collections.singletonMap(OAuth2TokenClaimNames.NBF, before);",
    "- [ ] all tests pass (`bun run test:e2e`)",
    '["NEXTAUTH_SECRET"]="NextAuth.js session encryption secret"',
    "pwdPolicySubentry: cn=expirein10,ou=policies,dc=acme,dc=com",
    "- Ask for a token when using a password :acmepr:`6396` by :user:`jr`",
    'SYSTEM_ASYMMETRIC_SIGNING_KEY = "AsymmetricSigningKey"',
    '{{"flag-pt": "1f1f5-1f1f9", "flag-pw": "1f1f5-1f1fc"}}',
    "Name | MB/sec | speedup\n-----|--------|------\n[pgzip](https://acme.io/a) (k) | 1573.23MB/s | 101.9x\n",
    "https://www.sandbox.paypal.com/checkoutnow?token=5O1{alnum_upper:14}",
    '# kucoin\n{{"address": "0x{hex:40}", "memo": "{hex:24}"}}',
    'const USER_PASSWORD_ADDED = "{uuid}";',
    "[read on](https://medium.com/@a/a-tour-of-keys-{hex:12}?sk={hex:32})",
    '"secret_key_base": "EJ[1:{base64:44}:{base64:32}:{base64:64}]"',
    '"secretKey": "restic_s3_bucket",\n"remoteRef": {{}}',
    "- secretKey: restic_s3_bucket\n  remoteRef:\n    key: x\n",
    'auth = "WIFI_AUTH_WPA2_PSK";',
    'printf("password = %.*s", size, text);',
    'rpc = "https://cloudflare-eth.com"\n"tokens": {{"WETH": "0x{hex:40}"}}',
    'SECRET_KEY="GENERATE_THIS_WITH_OPENSSL_RAND_BASE64_32"',
    "FASTCGI_PASS: php:9000",
    "api = API(key='dummy', secret='ZHVtbXlzZWNyZXQ=')",
    "log: PASS: $5.00 > $2.24",
    'TxSession = {{"SessionToken": "{uuid}"}}',  # the id of a session
    "INSERT INTO users VALUES (1, '$2b$12${alnum:22}.{alnum:30}'); -- binance",  # a hash
    'x = {{"name": "okx_order", "type": "x", "value": "{hex:14}"}}',
    # an account in a dump of a chain's state, whose address has a short name in it
    '{{"0x0cbcc08ee45f": {{"codeHash": "0x{hex:64}", "key": "0x{hex:64}"}}}}',
    '# mexc\nassertThat(order.id()).isEqualTo("{hex:32}");',
    'orders = mexc.getOrder("{hex:32}", "{hex:32}")',
    'injective = "v2"\noracle_base = "0x{hex:64}"',  # no key of Base
    '# solana\nencryption_key: "{alnum:34}", // pke_pubkey',
    '# lighter\n{{"sk": "", "pk": "{hex:80}"}}',  # the public half
    "$ spl-token create-token\nCreating token {base58:44}\n  Token: {base58:44}\n",
]


@pytest.mark.parametrize("text", SILENT)
def test_silent(detector: Detector, text: str) -> None:
    filled, _ = fill(text, random.Random(1))
    assert found(detector, filled.replace("{{", "{").replace("}}", "}")) == []


@pytest.mark.parametrize(
    "text",
    [
        'user_token_in: "%s"\n',
        'token_vault: "%s"\n',
        'const tokenA = "%s"; // raydium\n',
        "WHERE mint IN ('%s','%s')\n",
        "%s\n%s\n",
        '"solana": {"token": "%s", "mint": "%s"}\n',
    ],
)
def test_addresses_of_solana_are_no_keys(detector: Detector, text: str) -> None:
    """Their form is that of keys of Bitfinex and Backpack, and nearly that of a token."""
    rng = random.Random(9)
    for size in (43, 44):
        made = iter(lambda: base58_encode(rng.randbytes(32)), "")
        addresses = [
            address for address, _ in zip(made, range(60), strict=False) if len(address) == size
        ]
        assert found(detector, text % tuple(addresses[: text.count("%s")])) == []


def test_a_token_that_only_looks_like_an_address(detector: Detector) -> None:
    """What opens something is called so, and nothing there speaks of a chain."""
    value = base58_encode(random.Random(9).randbytes(32))
    for text in ('auth_token: "%s"\n', 'token = "%s"\n', 'api_token_vault = "%s"\n'):
        assert len(found(detector, text % value)) == 1


def test_what_is_encoded_is_reported_decoded(detector: Detector) -> None:
    """Base64 of text is no secret of its own: what it holds is found under the same name."""
    import base64

    value = fill("{alnum:64}", random.Random(1))[0]
    wrapped = base64.b64encode(value.encode()).decode()
    (draft,) = found(detector, f'BINANCE_SECRET = b64decode("{wrapped}")\n')
    assert (draft.secret.decode(), draft.layers) == (value, ("base64",))


def test_a_form_of_its_own_keeps_its_name(detector: Detector) -> None:
    """A WIF key stays one whatever exchange or company is named around it."""
    text, _ = fill("OPENAI_API_KEY=x\nBINANCE_URL=y\nWIF={wif}\n", random.Random(1))
    assert [draft.match.rule.system for draft in found(detector, text)] == ["bitcoin_wif"]


def test_other_stores_use_the_names_of_amazons_client(detector: Detector) -> None:
    """Whose key ``aws_secret_access_key`` is, the form of the value and the address tell."""
    text = 'boto3.client("s3", endpoint_url="https://a.{}", aws_secret_access_key="{{{}}}")\n'
    cases = (
        ("r2.cloudflarestorage.com", "hex:64", "cloudflare"),
        ("storage.example.com", "base64:40", "aws"),
        ("r2.cloudflarestorage.com", "base64:40", "aws"),
    )
    for host, form, system in cases:
        filled, _ = fill(text.format(host, form), random.Random(1))
        assert [draft.match.rule.system for draft in found(detector, filled)] == [system]


def test_a_piece_of_a_signature_is_no_key(detector: Detector) -> None:
    """Forty characters without ``+`` inside 44 of base64 have the form of a key."""
    for mark in "+/":
        text, _ = fill(f"APEX-SIGNATURE: OX{mark}{{alnum:40}}=\n", random.Random(2))
        assert found(detector, text) == []


def test_a_form_of_two_letters_gives_way_to_a_name(detector: Detector) -> None:
    """``YC`` begins the keys of Yandex, and one in thousands of other random ones."""
    text = "[{}]\n{}_secret_access_key = YCP{{alnum:36}}7\n"
    for heading, name, system in (("yandex", "aws", "yandex"), ("default", "aws", "aws")):
        filled, _ = fill(text.format(heading, name), random.Random(2))
        assert [draft.match.rule.system for draft in found(detector, filled)] == [system]


def test_an_id_before_a_colon_names_nobody(detector: Detector) -> None:
    """``fb`` and ``cf`` are short names of companies, and pairs of hexadecimal digits."""
    for seed in range(30):
        generator = random.Random(seed)
        text, _ = fill("curl -u AC{hex:30}fb:{hex:32} https://api.twilio.com/x\n", generator)
        assert {draft.match.rule.system for draft in found(detector, text)} == {"twilio"}


def test_a_key_file_is_named_by_what_it_is_bound_to(detector: Detector) -> None:
    """A PEM key is nobody's; the short name of an exchange in its own name says whose it is."""
    text, _ = fill('CDP_API_KEY_SECRET = "{pem_ed25519:json}"\n', random.Random(1))
    assert [draft.match.rule.system for draft in found(detector, text)] == ["coinbase_cdp"]


def test_a_variable_handed_on_below(detector: Detector) -> None:
    """Names that say nothing, or the wrong thing, are judged where their values are handed over."""
    key, secret = fill("{alnum:64} {alnum:64}", random.Random(5))[0].split()
    for first, second in (("pub", "priv"), ("k1", "k2")):
        text = f"{first} = '{key}'\n{second} = '{secret}'\n\n"
        text += f"ex = ccxt.binance({{'apiKey': {first}, 'secret': {second}}})\n"
        kinds = {d.secret.decode(): d.match.rule.kind for d in found(detector, text)}
        assert kinds == {key: "api_key", secret: "api_secret"}
    text = f"pub = '{key}'\n\nclient = Client(api_key=public(pub), name='binance')\n"
    assert found(detector, text) == []


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ('r = requests.get(url, params={"symbol": "BTC/USD", "apikey": key})', 1),
        ("r <- GET(url, query = list(symbol = s, apikey = key))", 1),
        ('r = requests.get(url, headers={"x-api-key": key})', 1),
        ('r = cache.get(url, params={"key": key})', 0),
        ("row = table.find(sort_key=key)", 0),
    ],
)
def test_a_bare_key_handed_on_by_a_fuller_name(detector: Detector, below: str, count: int) -> None:
    """``key`` alone may be anything's; what a service takes as ``apikey`` is its own."""
    text = fill("key = '{hex:32}'\n", random.Random(3))[0] + below + "\n"
    assert len(found(detector, text, "a.py")) == count


def test_words_of_other_scripts_are_captions(detector: Detector) -> None:
    """A password behind ``密码：`` or ``пароль`` is of medium confidence, as behind a name."""
    value = fill("{alnum:14}", random.Random(6))[0]
    for text in ("服务器 密码：{}", "서버 비밀번호: {}", "パスワード：{}", "логин root, пароль {}"):
        assert [d.match.rule.kind for d in found(detector, text.format(value))] == ["password"]


def test_a_list_of_commits_is_no_list_of_secrets(detector: Detector) -> None:
    """Words behind a value on its line say what it is; those of the line above do not."""
    one, two = fill("{hex:40} {hex:40}", random.Random(7))[0].split()
    text = f"# Kraken\n\n* {one} fix secret handling of bitmart\n* {two} fix the build\n"
    assert found(detector, text) == []


def test_a_signature_in_prose(detector: Detector) -> None:
    """An example of a signing header is none of its secrets."""
    value = fill("{base64:88}", random.Random(8))[0]
    assert found(detector, f"Kraken: `API-Sign` is e.g. `{value}`.\n") == []
    assert found(detector, f"Kraken: the secret is e.g. `{value}`.\n")


def test_a_name_of_its_own_in_a_section_of_a_common_word(detector: Detector) -> None:
    """``keystore`` is another wallet's word, but in a section ``sui`` it is Sui's key."""
    for text in (
        'sui:\n  keystore: "{sui_base64}"\n',
        '{{"chain": "Sui", "keystore": "{sui_base64}"}}',
    ):
        filled = fill(text.replace("{{", "{").replace("}}", "}"), random.Random(9))[0]
        assert [d.match.rule.system for d in found(detector, filled)] == ["sui"]


def test_encoded_in_a_kubernetes_secret(detector: Detector) -> None:
    """What is in base64 is reported decoded and by its own form, not as a value that a name binds."""
    seed = fill("{stellar}", random.Random(10))[0]
    encoded = base64.b64encode(seed.encode()).decode()
    text = f"apiVersion: v1\nkind: Secret\ndata:\n  XLM_SECRET_KEY: {encoded}\n"
    (draft,) = found(detector, text)
    assert (draft.match.rule.system, draft.secret.decode()) == ("stellar", seed)


def test_an_imported_class_is_its_module_s(detector: Detector) -> None:
    """A class that another system's client has too is that of the module it is imported from."""
    form = "{hex:8}-{hex:8}-{hex:8}-{hex:5}"
    key, secret = fill(f"{form} {form}", random.Random(11))[0].split()
    text = "from huobi.client.account import AccountClient\n\n"
    text += f"client = AccountClient(api_key='{key}', secret_key='{secret}')\n"
    assert {d.match.rule.system for d in found(detector, text)} == {"htx"}


def test_a_form_that_another_system_has_too(detector: Detector) -> None:
    """A Solana key pair on a line with Pacifica is the key of a Pacifica agent."""
    pair = fill("{solana_base58}", random.Random(12))[0]
    for text, system in (
        (f"- Pacifica private key = `{pair}`\n", "other_perp_dex"),
        (f"- my private key = `{pair}`\n", "solana"),
        (f"- Kraken private key = `{pair}`\n", "solana"),
    ):
        assert [d.match.rule.system for d in found(detector, text)] == [system]


def test_ids_that_a_client_is_asked_for(detector: Detector) -> None:
    """``kucoin.get_fill("...")`` asks for an order; ``kucoin.get_client("...", "...")`` takes keys."""
    key, secret = fill("6{hex:23} {uuid}", random.Random(13))[0].split()
    assert found(detector, f"fill = kucoin.get_fill('{key}')\n") == []
    kinds = {
        d.match.rule.kind for d in found(detector, f"c = kucoin.get_client('{key}', '{secret}')\n")
    }
    assert kinds == {"api_key", "api_secret"}


@pytest.mark.parametrize(
    "branch",
    [
        "    {if} name == '{name}':\n        key = '{key}'\n        sec = '{secret}'\n",
        "    {if} name == '{name}': key = '{key}'; sec = '{secret}'\n",
        "  {name})\n    KEY={key}\n    SECRET={secret}\n    ;;\n",
        "    case '{name}':\n      key = '{key}';\n      secret = '{secret}';\n      break;\n",
    ],
)
def test_a_branch_names_its_exchange(branch: str, detector: Detector) -> None:
    """In a chain of exchanges each branch is for the one that opens it, not for the next one's, nearer below."""
    values = {
        "bitmart": ("{hex:40}", "{hex:64}"),
        "aevo": ("{alnum:32}", "{hex:64}"),
        "bitstamp": ("{alnum:32}", "{alnum:32}"),
        "gate": ("{hex:32}", "{hex:64}"),
    }
    drawn = {name: fill(" ".join(pair), random.Random(name))[0] for name, pair in values.items()}
    text = "def make(name):\n"
    for name, pair in drawn.items():
        parts = dict(zip(("{key}", "{secret}"), pair.split(), strict=True))
        written = branch.replace("{name}", name).replace(
            "{if}", "if" if name == "bitmart" else "elif"
        )
        for part, value in parts.items():
            written = written.replace(part, value)
        text += written
    told = [(d.secret.decode(), d.match.rule.system) for d in found(detector, text)]
    assert told == [(value, name) for name, pair in drawn.items() for value in pair.split()]


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ('def _sign(secret): return hmac.new(secret.encode(), b"{hex:32}", sha256)', []),
        ('# >>> self._sign("secret") -> "{hex:64}"', []),
        ('hmac.new(b"{hex:64}", message, sha256)', ["gate-api-secret"]),
        (
            "nock('https://api.gateio.ws').get('/o').reply(200, { id: '{hex:24}', key: '{hex:32}' });",
            [],
        ),
        ("post.mockResolvedValue({ data: { key: '{hex:32}' } });", []),
        (
            "nock(url).reply(200, { key: '{hex:32}', secret: '{hex:64}' });",
            ["gate-api-key", "gate-api-secret"],
        ),
        ("const gate = { key: '{hex:32}' };", ["gate-api-key"]),
    ],
)
def test_signing_code_and_made_up_answers(code: str, rules: list[str], detector: Detector) -> None:
    """Messages, signatures and the keys of records in answers are public; keys of digests and credentials are not."""
    text = "class Gate:\n    host = 'https://api.gateio.ws'\n    " + code + "\n"
    text = text.replace("{ ", "{{ ").replace(" }", " }}")
    drawn = fill(text, random.Random(20))[0].replace("{{", "{").replace("}}", "}")
    assert [d.match.rule.id for d in found(detector, drawn)] == rules


@pytest.mark.parametrize(
    "line",
    [
        "KMS_KEY_ID={uuid}",
        "EBS_KMS_KEY_ID={uuid}",
        "SSH_KEY_ID={uuid}",
        "instanceKey: '{uuid}'",
        "idempotencyKey: '{hex:32}'",
        "partition_key = '{HEX:32}'",
        "cacheKey = '{hex:32}'",
        "okx_request_key = '{uuid}'",
    ],
)
def test_a_key_of_something_else_beside_credentials(line: str, detector: Detector) -> None:
    """Beside an exchange's credentials a name still says that its key finds or opens something else."""
    head = "OKX_API_KEY={uuid}\nOKX_API_SECRET={HEX:32}\n"
    kinds = [d.match.rule.kind for d in found(detector, fill(head + line, random.Random(19))[0])]
    assert sorted(kinds) == ["api_key", "api_secret"]


@pytest.mark.parametrize(
    "name", ["JWT_SECRET", "SESSION_SECRET", "WEBHOOK_SECRET", "ENCRYPTION_KEY"]
)
def test_a_site_s_own_secret_beside_credentials(name: str, detector: Detector) -> None:
    """It is a secret whose service nothing tells, whatever exchange's credentials stand above it."""
    head = f"GATE_API_KEY={{hex:32}}\nGATE_API_SECRET={{hex:64}}\n{name}="
    drafts = found(detector, fill(head + "{hex:64}\n", random.Random(21))[0])
    assert [d.match.rule.system for d in drafts] == ["gate", "gate", None]


def test_a_key_of_an_instance_as_mixed_as_a_secret(detector: Detector) -> None:
    """The names of such keys are no proof: what only a generated secret looks like is still weighed."""
    text = "binance = Client()\nbinance.instance_key = '{alnum:64}'\n"
    (draft,) = found(detector, fill(text, random.Random(19))[0])
    assert draft.match.rule.system == "binance"


@pytest.mark.parametrize(
    "call",
    [
        'await client.CancelOrderAsync("{uuid}");',
        'var o = await client.GetOrderByIdAsync("{hex:32}", "{uuid}");',
        "client.transfer('{uuid}', '{uuid}', 5)",
        "await client.cancel('{uuid}');",
        "client.cancel_orders(['{uuid}', '{uuid}'])",
        "client.withdraw('USDT', 100, 'T9FkMJUrZWE7KS', client_id='{uuid}')",
        "$client->orders->get('{hex:32}');",
        'OkxOrder o = client.orderDetail("{uuid}");',
    ],
)
def test_what_is_done_to_an_order_takes_its_id(call: str, detector: Detector) -> None:
    """The name of a call says what it takes: an order is cancelled by its id, whatever form an exchange's keys have."""
    head = "import okx\nclient = okx.Client(env('OKX_API_KEY'), env('OKX_API_SECRET'))\n"
    drawn = fill(call, random.Random(17))[0]
    assert found(detector, head + drawn + "\n") == []


@pytest.mark.parametrize(
    "call",
    [
        "client = okx.Client('{uuid}', '{HEX:32}')",
        "okx_client.authenticate('{uuid}', '{HEX:32}')",
        "okx.configure('{uuid}', '{HEX:32}')",
        "okx.connect('{uuid}', '{HEX:32}')",
        "okx.setCredentials('{uuid}', '{HEX:32}')",
        "t = okx.Trade('{uuid}', '{HEX:32}')",
        "t = okx.Trade.TradeAPI('{uuid}', '{HEX:32}')",
        "bot = OkxTrader('{uuid}', '{HEX:32}')",
        "c = okx.get_client('{uuid}', '{HEX:32}')",
    ],
)
def test_what_is_made_or_logged_in_takes_keys(call: str, detector: Detector) -> None:
    """A constructor, or a call that logs in, is given the key and the secret."""
    kinds = {d.match.rule.kind for d in found(detector, fill(call, random.Random(18))[0] + "\n")}
    assert kinds == {"api_key", "api_secret"}


def test_commits_in_a_list_of_changes(detector: Detector) -> None:
    """What stands in brackets behind a change is its commit."""
    short, whole = fill("{hex:8} {hex:40}", random.Random(14))[0].split()
    text = f"- rotate KuCoin passphrase handling ({short})\n- bump okx sdk, secret masking [{whole}](x)\n"
    assert found(detector, text) == []


def test_the_password_is(detector: Detector) -> None:
    """A password that a sentence gives away is of medium confidence."""
    value = fill("{alnum:14}", random.Random(6))[0]
    assert [d.match.rule.kind for d in found(detector, f"The admin password is {value}\n")] == [
        "password"
    ]
    assert found(detector, "The admin password is required\n") == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("private key rotated for tenant {uuid}", 0),
        ("password reset mail sent to user {uuid}", 0),
        ("the private key is {uuid}", 1),
    ],
)
def test_the_id_of_somebody_that_something_is_done_for(
    detector: Detector, line: str, count: int
) -> None:
    """The last word before an id says whose it is, whatever the line tells of keys."""
    text, _ = fill(f"mongodb://db1.acme.internal/crm\n{line}\n", random.Random(7))
    assert len(found(detector, text)) == count


def test_the_credentials_of_any_exchange(detector: Detector) -> None:
    """``ApiCredentials`` of .NET takes a key and its secret: for Hyperliquid an address and the private key."""
    text, values = fill(
        "using Hyperliquid.Net.Clients;\n\nvar client = new HyperliquidRestClient(options =>\n{\n"
        '    options.ApiCredentials = new ApiCredentials("0x{hex:40}", "0x{hex:64!}");\n}\n',
        random.Random(5),
    )
    drafts = found(detector, text)
    assert [draft.match.rule.id for draft in drafts] == ["hyperliquid-secret-key"]
    (marked,) = [(start, end) for _, start, end, is_marked in values if is_marked]
    assert (drafts[0].match.start, drafts[0].match.end) == marked
    text, _ = fill('x = new ApiCredentials("{alnum:40}", "{alnum:60}");\n', random.Random(5))
    kinds = [draft.match.rule.kind for draft in found(detector, text)]
    assert kinds == ["api_key", "api_secret"]


def test_an_id_beside_its_secret(detector: Detector) -> None:
    """The id of a key is reported beside the secret of the same name, and not without it."""
    for text, kinds in (
        ("env:\n  MB_API_ID: {hex:32}\n  MB_API_SECRET: {hex:64}\n", ["api_key", "api_secret"]),
        ("MB_API_ID={hex:32}\nSHOP_API_SECRET={hex:64}\n", ["api_secret"]),
        ("MB_API_ID={hex:32}\n", []),
    ):
        filled, _ = fill(text, random.Random(6))
        assert [draft.match.rule.kind for draft in found(detector, filled)] == kinds


def test_assignments_of_r(detector: Detector) -> None:
    """The arrow of R binds a value as ``=`` does, a short name before it, too."""
    text, _ = fill(
        'library(httr)\nbtcturk_key <- "{uuid}"\nlast_tx <- "0x{hex:64}"\n', random.Random(2)
    )
    assert [draft.match.rule.id for draft in found(detector, text)] == ["btcturk-public-key"]


OWNERS = [
    # text, and the system of its last 64 digits
    ("BINANCE_API_KEY={alnum:64}\nBINANCE_SECRET={alnum:64!}\nPRIVATE_KEY=0x{evm_key}\n", "evm_private_key"),
    ("gate:\n  key: {hex:32}\n  secret: {hex:64}\nwallet:\n  private_key: '0x{evm_key}'\n", "evm_private_key"),
    ("# bitmart\nkey = '{hex:40}'\nwallet_pk = '{evm_key}'\n", "evm_private_key"),
    ("BITMART_PRIVATE_KEY={hex:64}\n", "bitmart"),  # its own name says so
    ("import hyperliquid\nprivate_key = '0x{evm_key}'\n", "hyperliquid"),  # which has such keys
    ("私钥: {evm_key}\n", "evm_private_key"),
    ('BigInteger privKey = new BigInteger("{evm_key}", 16);\n', "evm_private_key"),
    ("SIGNING_KEY={hex:64}\n", None),
    (
        '{{"exchanges": {{"binance": {{"api-key": "{alnum:64}", "api-secret": "{alnum:64!}"}}}},\n'
        ' "web": {{"password": "{hex:64}"}}}}\n',
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "system"), OWNERS)
def test_whose_64_digits(detector: Detector, text: str, system: str | None) -> None:
    """What is called a private key is a wallet's, whatever exchange stands beside it; a password is a hash."""
    drafts = found(detector, fill(text, random.Random(4))[0])
    digits = [draft for draft in drafts if len(draft.secret) in (64, 66)]
    assert digits[-1].match.rule.system == system


def test_the_id_of_a_secret(detector: Detector) -> None:
    """A name that ends in SECRET_ID holds a secret, if its value is no id."""
    text = fill("X_SECRET_ID={alnum:50}\nITEM_SECRET_ID={uuid}\n", random.Random(4))[0]
    assert [draft.match.rule.id for draft in found(detector, text)] == ["generic-api-secret"]


def test_a_constant_names_what_is_stored(detector: Detector) -> None:
    """``Add(Names.BinanceKey, "...")`` stores the key, though it is the second argument."""
    text = 'AddSetting(Names.BinanceKey, "{alnum:64}", 3);\nAddSetting(Names.BinanceSecret, "{alnum:64!}", 3);\n'
    drafts = found(detector, fill(text, random.Random(4))[0])
    assert [draft.match.rule.id for draft in drafts] == ["binance-api-key", "binance-api-secret"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('// gate\nconst AK: &str = "{hex:32}";\nconst SK: &\'static str = "{hex:64}";', "gate-api-secret"),
        ("okx_keys = '{uuid}'\nokx_secret = '{HEX:32}'", "okx-api-key"),
        ('import okx\nmac := hmac.New(sha256.New, []byte("{HEX:32}"))', "okx-api-secret"),
        ('package bitget\nString make(String q, String secretKey) { }\nmake("a", "{hex:64}");', "bitget-api-secret"),
        ('package aptos\nkey, _ := ed25519.PublicKeyFromSeed("{hex:64}")', "aptos-private-key-hex"),
        ('sk = SigningKey(bytes.fromhex("{hex:64}"))', "generic-private-key"),
        ('priKey, _ := hex.DecodeString("{hex:64}")', "evm-private-key-hex"),
    ],
)  # fmt: skip
def test_calls_types_and_parameters(detector: Detector, text: str, rule: str) -> None:
    """A key is told by the call around what decodes it, by its parameter, or behind a type of Rust."""
    filled = fill(text, random.Random(5))[0]
    assert rule in {draft.match.rule.id for draft in found(detector, filled)}


@pytest.mark.parametrize(
    "text",
    [
        'let pk = PublicKey::from_slice(&hex::decode("{hex:64}").unwrap());',
        'verify_key = VerifyKey(bytes.fromhex("{hex:64}"))',
        "public_keys = '{hex:64}'",
        "AGGREGATE_KEYS = '{hex:32}'",
        'const HASH: &str = "{hex:64}";',
        'tx_id = bytes.fromhex("{hex:64}")',
    ],
)
def test_public_keys_and_digests_are_none(detector: Detector, text: str) -> None:
    """What decodes a value says nothing of it; a class of public keys, and a digest's name, do."""
    assert not found(detector, fill(text, random.Random(6))[0])


@pytest.mark.parametrize(
    ("text", "is_token"),
    [
        ("DEPLOY_PAT={alnum_lower:52}", True),
        ("pat: {alnum:40}", True),
        ("const pat = '{alnum:64}';", True),
        ("pat = '{alnum:20}'", False),
        ("pat = '{hex:32}'", False),
        ("pat = '[a-z]+{alnum:32}'", False),
        ("DATE_PAT = 'YYYY-MM-DDTHH:mm:ss.SSSZ-HH:mm:ss'", False),
        ("pattern = '{alnum:40}'", False),
    ],
)
def test_personal_access_tokens(detector: Detector, text: str, is_token: bool) -> None:
    """``pat`` is short for pattern as well: only what is long and random is a token."""
    drafts = found(detector, fill(text, random.Random(7))[0])
    assert [draft.match.rule.id for draft in drafts] == ["generic-token"] * is_token
