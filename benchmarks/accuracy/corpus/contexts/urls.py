# The text of a file that is written stays in one piece.
"""Medium shapes: provider keys inside a URL, as node, data and messaging providers want them."""

from __future__ import annotations

from corpus.contexts.base import Kit, shape
from corpus.systems import Credential

URLS: dict[str, str] = {
    "infura:api_key": "https://mainnet.infura.io/v3/{}",
    "alchemy:api_key": "https://eth-mainnet.g.alchemy.com/v2/{}",
    "quicknode:endpoint_token": "https://quiet-blue-river.solana-mainnet.quiknode.pro/{}/",
    "helius:api_key": "https://mainnet.helius-rpc.com/?api-key={}",
    "thegraph:api_key": "https://gateway.thegraph.com/api/{}/subgraphs/id/5zvR82QoaXYFyDEKLZ9t6v9adgnptxYpKpSbxtgVENFV",
    "etherscan:api_key": "https://api.etherscan.io/api?module=account&action=balance&apikey={}",
    "cryptocompare:api_key": "https://min-api.cryptocompare.com/data/price?fsym=BTC&tsyms=USD&api_key={}",
    "glassnode:api_key": "https://api.glassnode.com/v1/metrics/market/mvrv?a=BTC&api_key={}",
    "coinmarketcap:api_key": "https://pro-api.coinmarketcap.com/v1/cryptocurrency/map?CMC_PRO_API_KEY={}",
    "coingecko:api_key": "https://pro-api.coingecko.com/api/v3/ping?x_cg_pro_api_key={}",
    "telegram_bot:token": "https://api.telegram.org/bot{}/sendMessage",
    "htx:access_key": "https://api.huobi.pro/v1/account/accounts?AccessKeyId={}&SignatureMethod=HmacSHA256",
    "ib_flex:token": "https://gdcdyn.interactivebrokers.com/Universal/servlet/FlexStatementService.SendRequest?t={}&q=852521&v=3",
    "discord_webhook:webhook_url": "{}",
    "totp_seed:otpauth_uri": "{}",
    "totp_seed:migration_uri": "{}",
    "nostr:nwc_uri": "{}",
    "tradingview_webhook:shared_secret": "https://webhook.traderspost.io/trading/webhook/bot?secret={}",
}


def _url(credential: Credential) -> str:
    return URLS.get(f"{credential.system.id}:{credential.parts[0].field.name}", "")


def _fits(credential: Credential) -> bool:
    return bool(_url(credential))


@shape("url_in_code", "medium", _fits, weight=7)
def url_in_code(kit: Kit, creds: list[Credential]) -> None:
    """Write the URL into Python or JavaScript."""
    url = _url(creds[0]).format(kit.s(creds[0].parts[0]))
    if kit.rng.random() < 0.5:
        kit.add(
            "app/rpc.py",
            f'import requests\n\nURL = "{url}"\nresponse = requests.get(URL, timeout=10)\n',
        )
    else:
        kit.add(
            "src/rpc.js",
            f"const url = '{url}';\nexport const load = () => fetch(url).then((r) => r.json());\n",
        )


@shape("url_in_config", "medium", _fits, weight=6)
def url_in_config(kit: Kit, creds: list[Credential]) -> None:
    """Write the URL into .env or foundry.toml."""
    url = _url(creds[0]).format(kit.s(creds[0].parts[0]))
    if kit.rng.random() < 0.5:
        kit.add("contracts/.env", f"CHAIN_ID=1\nENDPOINT={url}\n")
    else:
        kit.add(
            "foundry.toml", f'[profile.default]\nsrc = "src"\n\n[rpc_endpoints]\nmain = "{url}"\n'
        )


@shape("url_in_log", "hard", _fits, weight=5)
def url_in_log(kit: Kit, creds: list[Credential]) -> None:
    """Write the URL into a log line or a stack trace."""
    url = _url(creds[0]).format(kit.s(creds[0].parts[0]))
    trace = kit.tree.look("trace_id", f"{kit.rng.getrandbits(128):032x}")
    kit.add(
        "logs/error.log",
        f"2024-05-17T09:30:00Z ERROR trace={trace} HTTPError: 429 Too Many Requests for url: {url}\n",
    )


@shape("url_in_markdown", "hard", _fits, weight=4)
def url_in_markdown(kit: Kit, creds: list[Credential]) -> None:
    """Write the URL into a note."""
    url = _url(creds[0]).format(kit.s(creds[0].parts[0]))
    kit.add(
        "docs/setup.md",
        f"# Setup\n\nOpen <{url}> to see whether it answers, then run the indexer.\n",
    )


@shape(
    "webhook_receiver",
    "medium",
    lambda c: c.system.id in ("tradingview_webhook", "3commas"),
    weight=8,
)
def webhook_receiver(kit: Kit, creds: list[Credential]) -> None:
    """Write an alert message with the shared secret."""
    part = creds[0].parts[0]
    name = "email_token" if part.field.name == "email_token" else "passphrase"
    more = (
        '"message_type": "bot",\n  "bot_id": 3472655,\n  "delay_seconds": 0'
        if name == "email_token"
        else '"ticker": "{{ticker}}",\n  "side": "{{strategy.order.action}}"'
    )
    kit.add("alerts/message.json", f'{{\n  "{name}": "{kit.s(part)}",\n  {more}\n}}\n')
