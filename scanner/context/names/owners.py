"""Whose key a variable is by its own name, where that name is of nobody we know."""

from scanner.context.names.languages import kind_in_name
from scanner.context.names.roles import is_elsewhere, kind_of, words
from scanner.remembered import remembered

_FOR_ALL = frozenset(
    b"my your our test tests testing testnet mainnet demo live prod production dev development stage "
    b"staging paper sandbox real main sub master primary secondary backup default first second third spot "
    b"futures future margin swap perp perpetual linear inverse trade trader trading read readonly write "
    b"withdraw bot exchange exch broker client server service rest http web websocket public private user "
    b"users account accounts owner admin access auth vite next react expo nuxt gatsby config settings "
    b"setting options params const self this quant strategy algo arbitrage hedge grid signal market crypto "
    b"wallet left right long short maker taker source target local global remote api apis apikey apikeys "
    b"apisecret apipass key keys secret secrets token tokens pass password passwd passphrase passcode "
    b"phrase pwd pw psw credential credentials creds cred login pin memo mnemonic seed sign signing "
    b"signature hmac bearer id ids uid uuid nonce value val data string str text encoded base raw hex "
    b"plain encrypted enc name names number num acct accts acc subaccount subaccounts profile profiles env "
    b"environ environment environments var vars variable variables app apps application program project "
    b"module package script worker workers task tasks job jobs runner engine core manager handler helper "
    b"util utils common shared group groups list map dict object item items entry entries record configs "
    b"configuration conf cfg ini setup option opts param parameter parameters args arg kwargs new old "
    b"current temp temporary tmp dummy fake mock sample example examples fixture expected valid invalid "
    b"values fields input inputs attributes properties form given custom other another extra some any the for with from and not hot cold fund funds funding "
    b"trades tradingbot traderbot bots botkey robot robots strategies quantbot fut futs usdm coinm coin "
    b"coins um cm delivery unified classic pro advanced legacy v1 v2 v3 v4 v5 mm marketmaker marketmaking "
    b"scalper scalping dca martingale sniper copy copytrading copytrader arb arbi arbitrageur hedging "
    b"hedger backtest backtesting ccxt freqtrade hummingbot octobot jesse gekko zenbot nautilus superalgos "
    b"exchanges markets marketdata feed feeds order orders position positions balance balances price "
    b"prices ticker candles kline portfolio asset assets fetcher connector connectors adapter adapters "
    b"provider providers gateway btc eth usdt usd usdc bnb sol xrp ltc doge ada trx eur busd bitcoin "
    b"ethereum tether ether only rw ro reader writer readwrite view viewer monitor monitoring watcher "
    b"listener stream websockets socket sockets ws wss fix session sdk lib library https url uri endpoint "
    b"host header headers request requests body query payload response json yaml xml file files path priv "
    b"pub prv part super simple easy quick basic standard premium vip zero one two three four five alpha "
    b"beta gamma node nodejs python rust java php ruby golang deno django flask fastapi laravel spring "
    b"rails express stringdata stringify kubernetes deployment container containers spec template metadata "
    b"services consumer channel repo repository cluster sasl schema registry refresh merchant tenant region team org organization organisation workspace channels page pages site platform partner developer integration production business customer "
    b"sender sending verify verification callback webhook webhooks hook report reporting upload download obj req res ret out log row usr prd stg uat int ext sys foo bar baz mkt trd ord exc run set get all "
    b"abc xyz fee box top low bit man guy dad mom bro ltd inc llc co io net org com web3 cex dex ctx etc per via aws "
    b"gcp has is are was it to of on in at by as or no yes off".decode().split()
)
"""Words that name nobody: the key may be of whoever is spoken of."""
_PARTS = (("api", "key"), ("api", "secret"), ("api", "token"), ("secret", "key"), ("access", "key"))


@remembered(4096)
def own_part(name: str) -> tuple[str, ...]:
    """Return the last words of a name that begins with the name of somebody: what of theirs it holds; else none.

    >>> own_part("OPENSEA_API_KEY"), own_part("TRADING_API_KEY"), own_part("API_KEY_2")
    (('api', 'key'), (), ())
    """
    parts = words(name)
    if parts[-2:] not in _PARTS or len(parts) < 3:
        return ()
    is_whose = any(len(part) > 3 and part not in _FOR_ALL for part in parts[:-2])
    return parts[-2:] if is_whose else ()


def is_of_sibling(word: str, part: tuple[str, ...]) -> bool:
    """Tell whether a word is the name of the same part of somebody's credential.

    >>> is_of_sibling("ALCHEMY_API_KEY", ("api", "key")), is_of_sibling("ALCHEMY_URL", ("api", "key"))
    (True, False)
    """
    said = words(word)
    return len(said) > len(part) and said[-len(part) :] == part


_OF_PEOPLE = frozenset(
    b"admin root login user username web webui ui gui dashboard panel site server http basic config console portal "
    b"ws websocket jupyter notebook account".decode().split()
)
"""Words before ``password`` that say that a program or its page asks for it."""
_OF_OBJECTS = frozenset(("config", "account", "user", "basic"))


@remembered(4096)
def is_of_another(name: str) -> bool:
    """Tell whether a name of a secret has a word that is neither general nor of a secret: somebody's own name.

    >>> is_of_another("NEWSAPI_KEY"), is_of_another("SPOT_BOT_KEY_2"), is_of_another("clave_secreta")
    (True, False, False)
    >>> is_of_another("DEPLOYER_PRIVATE_KEY")
    False
    """
    if kind_of(name) in (None, "private_key", "mnemonic") or not name.isascii():
        return False
    return kind_in_name(name) is None and names_somebody(name)


@remembered(4096)
def is_for_program(name: str) -> bool:
    """Tell whether the name of a password says that a program asks for it, not an exchange: ``API_SERVER__PASSWORD``.

    >>> is_for_program("MYSQL_PASSWORD"), is_for_program("WEB_PASSWORD"), is_for_program("config.password")
    (True, True, False)
    """
    if kind_of(name) not in ("password", "passphrase"):
        return False
    own = {*words(name)[:-1]}
    if "." in name:
        own -= _OF_OBJECTS  # a member of an object that any client has
    return is_elsewhere(name) or is_of_another(name) or not _OF_PEOPLE.isdisjoint(own)


@remembered(4096)
def is_section_of_another(section: str, name: str) -> bool:
    """Tell whether a section of settings is called after somebody, whose the value of ``name`` in it is then.

    >>> [is_section_of_another(one, "key") for one in ("reddit", "datasource", "api_server", "web", "accounts")]
    [True, True, True, False, False]
    >>> is_section_of_another("web", "password"), is_section_of_another("config", "password")
    (True, False)
    """
    parts = words(section)
    if not parts or not section.isascii():
        return False
    is_served = parts[-1] == "server" and len(parts) > 1
    is_short = any(len(part) == _SHORTEST - 1 and part not in _FOR_ALL for part in parts)
    if is_served or is_short or is_elsewhere(f"{section}_key") or names_somebody(section):
        return True
    is_password = kind_of(name) == "password"
    return is_password and not (_OF_PEOPLE - _OF_OBJECTS).isdisjoint(parts)


_SHORTEST = 4


@remembered(4096)
def names_somebody(name: str) -> bool:
    """Tell whether a word of a name is neither general nor of a secret.

    >>> names_somebody("BIRDEYE"), names_somebody("my_exchange")
    (True, False)
    """
    return any(
        len(part) >= _SHORTEST
        and part not in _FOR_ALL
        and not part.isdigit()
        and kind_of(part) is None
        for part in words(name)
    )
