"""Behaviour of scanner.judges.path: a path may tell whose a value is, where nothing else does."""

import random

import pytest

from scanner.judges.path import PATH, PathJudge
from scanner.models import Draft, Evidence, Match, Occurrence, Origin
from scanner.placeholders import fill
from scanner.rules import Catalog


@pytest.fixture(scope="module")
def judge(catalog: Catalog) -> PathJudge:
    return PathJudge(catalog)


def draft(catalog: Catalog, rule_id: str, placeholder: str, path: str | None) -> Draft:
    rule = catalog.rule(rule_id)
    assert rule is not None
    secret = fill(placeholder, random.Random(1))[0].encode()
    place = Occurrence(1, 1, 1, 1 + len(secret))
    return Draft(Match(rule, 0, len(secret), 6), secret, Origin("file", path), (place,))


PATHS = [
    # rule, value, path, rule afterwards: None if nothing changes, "" if only the system is told
    ("generic-api-secret", "{alnum:36}", "bybit/keys.txt", "bybit-api-secret"),
    ("generic-api-secret", "{alnum:36}", "src/BybitConfig.py", "bybit-api-secret"),
    ("generic-api-secret", "{alnum:36}", "config/bybit.env", "bybit-api-secret"),
    ("generic-api-key", "{alnum:18}", "config/bybit.env", "bybit-api-key"),
    ("generic-api-key", "{alnum:36}", "config/bybit.env", "bybit-api-secret"),  # by its shape
    ("generic-api-secret", "{alnum:35}", "bybit/keys.txt", ""),  # no such shape there
    ("generic-password", "{alnum:36}", "bybit/keys.txt", None),  # an exchange hands out none
    ("generic-token", "{alnum:28}", "bybit/keys.txt", None),
    ("generic-token", "{alnum:28}", "postmark/keys.txt", None),
    ("private-key-pem", "{pem_pkcs8}", "keys/bybit/private.pem", ""),
    ("generic-api-secret", "{alnum:36}", "src/main.py", None),
    ("generic-api-secret", "{hex:64}", "delegate/gateway.py", None),  # "gate" is another word
    ("generic-api-secret", "{alnum:36}", "-", None),
    ("generic-api-secret", "{alnum:36}", None, None),
    ("bybit-api-secret", "{alnum:36}", "okx/keys.txt", None),  # it has a system
    ("generic-api-secret", "{hex:64}", "gate/keys.txt", "gate-api-secret"),  # a folder of its own
]


@pytest.mark.parametrize(("rule_id", "placeholder", "path", "expected"), PATHS)
def test_paths(
    catalog: Catalog,
    judge: PathJudge,
    rule_id: str,
    placeholder: str,
    path: str | None,
    expected: str | None,
) -> None:
    before = draft(catalog, rule_id, placeholder, path)
    after = judge.judge(before)
    if expected is None:
        assert after.match == before.match
    else:
        assert after.match.rule.id == (expected or rule_id)
        assert after.match.rule.system == (expected.partition("-")[0] or "bybit")
        # Whose it is does not make it more of a secret, unless the form fits as well.
        assert after.match.score == before.match.score + (PATH if expected else 0)
        assert after.match.evidence[-1].what == "path"
    assert before.match.rule.id == rule_id  # the draft that came in is not changed
    assert after.secret == before.secret


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("src/app.py", "high"),
        ("tests/test_app.py", "medium"),
        ("examples/config.yml", "medium"),
        ("spec/fixtures/users.yml", "medium"),
        ("src/latest/app.py", "high"),
        ("vendor/lib/app.js", "high"),
        (None, "high"),
    ],
)
def test_tests_and_examples_lower_the_severity(
    judge: PathJudge, catalog: Catalog, path: str | None, severity: str
) -> None:
    """By one step, and nothing is hidden: people put real keys into fixtures too."""
    judged = judge.judge(draft(catalog, "generic-password", "{alnum:16}", path))
    assert judged.match.rule.severity == severity
    assert judged.match.rejected is None


def test_a_secret_by_its_name_becomes_no_key(judge: PathJudge, catalog: Catalog) -> None:
    """A shape that a folder's system has for keys alone does not make a secret one that anybody may know."""
    match = judge.judge(
        draft(catalog, "generic-api-secret", "{base64url:50}", "polymarket/.env")
    ).match
    assert (match.rule.kind, match.rule.system) == ("api_secret", "other_perp_dex")


@pytest.mark.parametrize(
    ("told", "system"),
    [
        ("ethereum in the name it is bound to", "evm_private_key"),
        ("ethereum close by", "dydx_v4"),
    ],
)
def test_a_name_that_says_ethereum_goes_before_the_folder(
    judge: PathJudge, catalog: Catalog, told: str, system: str
) -> None:
    """``ETHEREUM_PRIVATE_KEY`` in the folder of an exchange is the key of a wallet."""
    one = draft(catalog, "evm-private-key-hex", "{evm_key}", "dydx/main.py")
    named = one.replaced(match=one.match._replace(evidence=(Evidence("name", told),)))
    assert judge.judge(named).match.rule.system == system


def test_a_weak_password_is_not_raised(judge: PathJudge, catalog: Catalog) -> None:
    """A word of examples stays low in the folder of an exchange."""
    one = draft(catalog, "generic-api-secret", "{alnum:36}", "bybit/keys.txt")
    weak = one.replaced(match=one.match._replace(score=4, evidence=(Evidence("weak", "words"),)))
    assert judge.judge(weak).match.score == 4


@pytest.mark.parametrize(
    ("path", "score"),
    [
        ("config/app.yml", 6),
        ("src/latest/db.py", 6),
        (None, 6),
        ("tests/test_db.py", 6),
        ("acme-examples/acme-shop/src/main/resources/application.yml", 6),
        ("acme-examples/acme-shop/src/test/resources/application.yml", 6),
        ("examples/acme-shop/src/main/resources/application.yml", 6),
        ("src/it/java/LoginTest.java", 6),
        ("MyApp.UnitTests/Login.cs", 6),
        ("docs/setup.md", 4),
        ("README.md", 4),
    ],
)
def test_a_common_password_is_low_in_documentation_alone(
    judge: PathJudge, catalog: Catalog, path: str | None, score: int
) -> None:
    """Words and a number are an example in documentation, a password elsewhere: tests hide nothing."""
    one = draft(catalog, "generic-password", "{alnum:16}", path)
    common = one.replaced(match=one.match._replace(evidence=(Evidence("common", "words"),)))
    assert judge.judge(common).match.score == score


def test_what_signs_is_made_up_among_tests(judge: PathJudge, catalog: Catalog) -> None:
    """``existing_key`` is nobody's secret there; elsewhere it may be."""
    for path, score in (("spec/models/hook_spec.rb", 4), ("app/models/hook.rb", 6)):
        one = draft(catalog, "generic-api-secret", "{alnum:16}", path)
        common = one.replaced(match=one.match._replace(evidence=(Evidence("common", "words"),)))
        assert judge.judge(common).match.score == score


@pytest.mark.parametrize(
    ("path", "score"),
    [
        ("README.md", 6),
        ("ops/README.pl.md", 6),
        ("docs/README.md", 4),
        ("tests/README.md", 6),
        ("docs/onboarding.md", 6),
        ("docs/ops-runbook.md", 6),
        ("docs/logins_api.py", 4),
        ("tests/runbook.md", 6),
        ("tests/integration/inventory.yml", 6),
        ("docs/inventory.yml", 4),
    ],
)
def test_a_readme_that_names_the_host_tells_a_password(
    judge: PathJudge, catalog: Catalog, path: str, score: int
) -> None:
    """A project's own notes say what opens what; those below documentation show how."""
    one = draft(catalog, "generic-password", "{alnum:16}", path)
    told = (Evidence("common", "words"), Evidence("connection", "a host"))
    assert judge.judge(one.replaced(match=one.match._replace(evidence=told))).match.score == score


@pytest.mark.parametrize(
    ("path", "score"),
    [
        ("bots/private_keys.txt", 6),
        ("bots/privkeys.json", 6),
        ("data/hashes.json", None),
        ("data/keys.json", None),
        ("wallets.txt", 6),
        (".secret", 6),
        ("geth/nodekey", 6),
        ("accounts.txt", 6),
        ("data/evm_accounts.csv", 6),
        ("data/privates.txt", 6),
        ("pvkeys.txt", 6),
        ("data/evm.txt", 6),
        ("sui/accounts.txt", None),  # addresses of 64 digits
        ("storage_keys.txt", None),
        ("data/cache-keys.txt", None),
        ("data/tx_hashes.txt", None),
        ("public_keys.txt", None),
        ("list.txt", None),
        (None, None),
    ],
)
def test_a_file_of_hexadecimal_lines_needs_a_name(
    judge: PathJudge, catalog: Catalog, path: str | None, score: int | None
) -> None:
    """Nothing but lines of 64 digits are keys where the file is called so, and hashes elsewhere."""
    one = draft(catalog, "evm-private-key-hex", "{evm_key}", path)
    told = (Evidence("alone", "a line"), Evidence("digits", "all lines"))
    match = judge.judge(one.replaced(match=one.match._replace(score=4, evidence=told))).match
    assert (match.score if match.rejected is None else None) == score


@pytest.mark.parametrize(
    ("path", "is_key"),
    [
        ("config/master.key", True),
        ("shop/config/credentials/production.key", True),
        ("config/app.md5", False),
        ("master.key.txt", False),
        (None, False),
    ],
)
def test_a_master_key_lies_where_rails_has_it(
    judge: PathJudge, catalog: Catalog, path: str | None, is_key: bool
) -> None:
    """A file of nothing but 32 digits is a checksum anywhere else."""
    judged = judge.judge(draft(catalog, "generic-master-key", "{hex:32}", path))
    assert (judged.match.rejected is None) == is_key


@pytest.mark.parametrize(
    ("path", "is_cookie"), [("home/.erlang.cookie", True), ("words.txt", False), (None, False)]
)
def test_a_cookie_of_erlang_lies_in_its_file(
    judge: PathJudge, catalog: Catalog, path: str | None, is_cookie: bool
) -> None:
    """Twenty capitals alone are a heading or a code anywhere else."""
    judged = judge.judge(draft(catalog, "generic-erlang-cookie-file", "{upper:20}", path))
    assert (judged.match.rejected is None) == is_cookie


@pytest.mark.parametrize(
    ("path", "rule_id", "system"),
    [
        ("coins/kaspa/README.md", "generic-private-key", None),
        ("coins/ton/wallet.go", "generic-private-key", "ton"),
        ("packages/coin-near/tests/a.ts", "generic-private-key", "near"),
        ("coins/aptos/a.go", "aptos-private-key-hex", "aptos"),
        ("coins/ethereum/a.go", "evm-private-key-hex", "evm_private_key"),
        ("src/kaspa.py", "evm-private-key-hex", "evm_private_key"),
    ],
)
def test_folders_of_chains(
    catalog: Catalog, judge: PathJudge, path: str, rule_id: str, system: str | None
) -> None:
    """A private key in the folder of another chain is not said to be Ethereum's, and is as severe."""
    judged = judge.judge(draft(catalog, "evm-private-key-hex", "{evm_key}", path)).match.rule
    assert (judged.id, judged.system) == (rule_id, system)
    assert judged.severity in ("critical", "high")


@pytest.mark.parametrize(
    ("path", "system"), [("src/algorand/settings.py", "algorand"), ("src/bot/settings.py", None)]
)
def test_any_private_key_in_the_folder_of_a_chain(
    catalog: Catalog, judge: PathJudge, path: str, system: str | None
) -> None:
    """The folder tells whose it is where its form is one that several chains have."""
    judged = judge.judge(draft(catalog, "generic-private-key", "{base64:88}", path)).match.rule
    assert (judged.id, judged.system) == ("generic-private-key", system)


@pytest.mark.parametrize(
    ("path", "is_rejected"),
    [("lists/mixed_ids.txt", True), ("out/tx_hashes.log", True), ("sigs.txt", True)]
    + [("keys.txt", False), ("orchids.txt", False), (None, False)],
)
def test_a_file_of_ids(
    judge: PathJudge, catalog: Catalog, path: str | None, is_rejected: bool
) -> None:
    """Bare lines are ids where the name of their file says so; what a name binds there is a key."""
    named = draft(catalog, "kucoin-api-key", "{hex:24}", path)
    bare = named.replaced(match=named.match._replace(evidence=(Evidence("alone", "a line"),)))
    assert (judge.judge(bare).match.rejected is not None) == is_rejected
    assert judge.judge(named).match.rejected is None


def test_a_common_passphrase_beside_its_key_is_no_example(
    judge: PathJudge, catalog: Catalog
) -> None:
    """In a folder of tests a word and a number is an example, but not where its key and secret stand beside it."""
    one = draft(catalog, "generic-passphrase", "{alnum:16}", "tests/config.php")
    told = (Evidence("common", "words"), Evidence("pair", "beside its api key and api secret"))
    paired = one.replaced(match=one.match._replace(evidence=told))
    assert judge.judge(paired).match.score == one.match.score


@pytest.mark.parametrize(
    ("path", "rule_id", "placeholder", "is_rejected"),
    [
        ("app/src/main/res/values-nl/strings.xml", "generic-password", "{alnum:13}", True),
        ("app/src/main/res/values-fi-rFI/strings.xml", "generic-api-secret", "{alnum:14}", True),
        ("res/values-b+sr+Latn/strings.xml", "generic-password", "{alnum:9}", True),
        ("ios/de.lproj/Localizable.strings", "generic-password", "{alnum:9}", True),
        ("config/locales/eu.yml", "generic-password", "PASAHITZA", True),
        ("src/i18n/validation_de_DE.properties", "generic-password", "Passwort!", True),
        ("web/translations/bqi.json", "generic-password", "razm", True),
        ("web/translations/bqi.json", "generic-password", "k7xq2razm", False),
        ("app/Texts.nl.resx", "generic-password", "wachtwoord", True),
        ("config/settings.yml", "generic-password", "PASAHITZA", False),
        ("app/src/main/res/values/strings.xml", "generic-password", "{alnum:13}", False),
        ("app/src/main/res/values-night/keys.xml", "generic-password", "{alnum:13}", False),
        ("app/src/main/res/values-nl/strings.xml", "generic-api-secret", "{alnum:40}", False),
        ("app/src/main/res/values-nl/strings.xml", "bybit-api-key", "{alnum:18}", False),
        (None, "generic-password", "{alnum:13}", False),
    ],
)
def test_words_of_translations(
    judge: PathJudge,
    catalog: Catalog,
    path: str | None,
    rule_id: str,
    placeholder: str,
    is_rejected: bool,
) -> None:
    """What an application says in one language is no password, whatever language it is; a key stays one."""
    judged = judge.judge(draft(catalog, rule_id, placeholder, path))
    assert (judged.match.rejected is not None) == is_rejected
