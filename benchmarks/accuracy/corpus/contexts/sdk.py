# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Constructor calls of client libraries; $k, $s and $p stand for key, secret and passphrase."""

from __future__ import annotations

PYTHON: dict[str, tuple[str, str]] = {
    "binance": ("from binance.client import Client", "client = Client($k, $s)"),
    "okx": (
        "import okx.Account as Account",
        "account = Account.AccountAPI($k, $s, $p, False, '0')",
    ),
    "kucoin": ("from kucoin.client import User", "client = User($k, $s, $p)"),
    "bybit": (
        "from pybit.unified_trading import HTTP",
        "session = HTTP(testnet=False, api_key=$k, api_secret=$s)",
    ),
    "gate": (
        "from gate_api import ApiClient, Configuration",
        "api = ApiClient(Configuration(key=$k, secret=$s))",
    ),
    "htx": (
        "from huobi.client.account import AccountClient",
        "account = AccountClient(api_key=$k, secret_key=$s)",
    ),
    "coinbase_cdp": (
        "from coinbase.rest import RESTClient",
        "client = RESTClient(api_key=$k, api_secret=$s)",
    ),
    "coinbase_legacy": ("from coinbase.wallet.client import Client", "client = Client($k, $s)"),
    "coinbase_exchange": ("import cbpro", "client = cbpro.AuthenticatedClient($k, $s, $p)"),
    "kraken": ("import krakenex", "api = krakenex.API(key=$k, secret=$s)"),
    "kraken_futures": ("from kraken.futures import Trade", "trade = Trade(key=$k, secret=$s)"),
    "mexc": ("from pymexc import spot", "client = spot.HTTP(api_key=$k, api_secret=$s)"),
    "cryptocom": (
        "import cryptocom.exchange as cro",
        "account = cro.Account(api_key=$k, api_secret=$s)",
    ),
    "bitfinex": ("from bfxapi import Client", "bfx = Client(api_key=$k, api_secret=$s)"),
    "bitstamp": (
        "import bitstamp.client",
        "trading = bitstamp.client.Trading(username='main', key=$k, secret=$s)",
    ),
    "bitmex": ("import bitmex", "client = bitmex.bitmex(test=False, api_key=$k, api_secret=$s)"),
    "upbit": ("import pyupbit", "upbit = pyupbit.Upbit($k, $s)"),
    "bithumb": ("import pybithumb", "bithumb = pybithumb.Bithumb($k, $s)"),
    "korbit": ("import pykorbit", "korbit = pykorbit.Korbit($k, $s)"),
    "bitflyer": ("import pybitflyer", "api = pybitflyer.API(api_key=$k, api_secret=$s)"),
    "coincheck": ("from coincheck.coincheck import CoinCheck", "cc = CoinCheck($k, $s)"),
    "bitbank": ("import python_bitbankcc", "prv = python_bitbankcc.private($k, $s)"),
    "zaif": ("from zaifapi import ZaifTradeApi", "zaif = ZaifTradeApi($k, $s)"),
    "bitvavo": (
        "from python_bitvavo_api.bitvavo import Bitvavo",
        "bv = Bitvavo({'APIKEY': $k, 'APISECRET': $s})",
    ),
    "luno": (
        "from luno_python.client import Client",
        "c = Client(api_key_id=$k, api_key_secret=$s)",
    ),
    "bitmart": (
        "from bitmart.api_spot import APISpot",
        "spot = APISpot(api_key=$k, secret_key=$s, memo='bot')",
    ),
    "xt": (
        "from pyxt.spot import Spot",
        "xt = Spot(host='https://sapi.xt.com', access_key=$k, secret_key=$s)",
    ),
    "bitso": ("import bitso", "api = bitso.Api($k, $s)"),
    "alpaca": (
        "from alpaca.trading.client import TradingClient",
        "trading = TradingClient($k, $s, paper=True)",
    ),
    "poloniex": ("from polosdk import RestClient", "client = RestClient($k, $s)"),
    "oanda": ("import oandapyV20", "client = oandapyV20.API(access_token=$t, environment='live')"),
    "ib_flex": ("from ibflex import client", "response = client.download($t, '852521')"),
    "blockfrost": ("from blockfrost import BlockFrostApi", "api = BlockFrostApi(project_id=$k)"),
    "moralis": (
        "from moralis import evm_api",
        "r = evm_api.balance.get_native_balance(api_key=$k, params=params)",
    ),
    "coinbase_commerce": (
        "from coinbase_commerce.client import Client",
        "client = Client(api_key=$k)",
    ),
    "telegram_bot": (
        "from telegram.ext import Application",
        "app = Application.builder().token($t).build()",
    ),
    "totp_seed": ("import pyotp", "code = pyotp.TOTP($s).now()"),
    "vertex": (
        "from vertex_protocol.client import create_vertex_client, VertexClientMode",
        "client = create_vertex_client(VertexClientMode.MAINNET, $x)",
    ),
    "hyperliquid": (
        "import eth_account\nfrom hyperliquid.exchange import Exchange",
        "wallet = eth_account.Account.from_key($x)\nexchange = Exchange(wallet)",
    ),
    "paradex": (
        "from paradex_py import ParadexSubkey",
        "p = ParadexSubkey(env='prod', l2_private_key=$x)",
    ),
    "dydx_v4": (
        "from dydx_v4_client.wallet import Wallet",
        "wallet = Wallet.from_mnemonic(node, $x, address)",
    ),
    "evm_private_key": ("from eth_account import Account", "acct = Account.from_key($x)"),
    "bitcoin_wif": ("from bit import Key", "key = Key($x)"),
    "stellar": ("from stellar_sdk import Keypair", "pair = Keypair.from_secret($x)"),
    "ripple": ("from xrpl.wallet import Wallet", "wallet = Wallet.from_seed($x)"),
    "solana": ("from solders.keypair import Keypair", "payer = Keypair.from_base58_string($x)"),
    "algorand": ("from algosdk import mnemonic", "sk = mnemonic.to_private_key($x)"),
    "substrate": ("from substrateinterface import Keypair", "kp = Keypair.create_from_uri($x)"),
    "bip32_xprv": ("from bip32 import BIP32", "root = BIP32.from_xpriv($x)"),
    "bip39_mnemonic": (
        "from bip_utils import Bip39SeedGenerator",
        "seed = Bip39SeedGenerator($x).Generate()",
    ),
    "monero": ("from monero.seed import Seed", "wallet = Seed($x)"),
    "nostr": ("from nostr_sdk import Keys", "keys = Keys.parse($x)"),
}

JAVASCRIPT: dict[str, tuple[str, str]] = {
    "binance": (
        "const Binance = require('node-binance-api');",
        "const b = new Binance().options({ APIKEY: $k, APISECRET: $s });",
    ),
    "okx": (
        "import { RestClient } from 'okx-api';",
        "const c = new RestClient({ apiKey: $k, apiSecret: $s, apiPass: $p });",
    ),
    "kucoin": (
        "const API = require('kucoin-node-sdk');",
        "API.init({ apiAuth: { key: $k, secret: $s, passphrase: $p } });",
    ),
    "bybit": (
        "const { RestClientV5 } = require('bybit-api');",
        "const c = new RestClientV5({ key: $k, secret: $s });",
    ),
    "gate": (
        "import { RestClient } from 'gateio-api';",
        "const c = new RestClient({ apiKey: $k, apiSecret: $s });",
    ),
    "bitget": (
        "import { RestClientV2 } from 'bitget-api';",
        "const c = new RestClientV2({ apiKey: $k, apiSecret: $s, apiPass: $p });",
    ),
    "kraken": (
        "const KrakenClient = require('kraken-api');",
        "const kraken = new KrakenClient($k, $s);",
    ),
    "mexc": ("import * as Mexc from 'mexc-api-sdk';", "const client = new Mexc.Spot($k, $s);"),
    "bitfinex": (
        "const BFX = require('bitfinex-api-node');",
        "const bfx = new BFX({ apiKey: $k, apiSecret: $s });",
    ),
    "gemini": (
        "import GeminiAPI from 'gemini-api';",
        "const rest = new GeminiAPI({ key: $k, secret: $s });",
    ),
    "bitmex": (
        "const BitMEXClient = require('bitmex-realtime-api');",
        "const c = new BitMEXClient({ apiKeyID: $k, apiKeySecret: $s });",
    ),
    "coinbase_legacy": (
        "const { Client } = require('coinbase');",
        "const client = new Client({ apiKey: $k, apiSecret: $s });",
    ),
    "bingx": (
        "import { BingX } from 'bingx-api';",
        "const bx = new BingX({ apiKey: $k, apiSecret: $s });",
    ),
    "moralis": ("import Moralis from 'moralis';", "await Moralis.start({ apiKey: $k });"),
    "helius": (
        "import { createHelius } from 'helius-sdk';",
        "const helius = createHelius({ apiKey: $k });",
    ),
    "nowpayments": (
        "const NowPaymentsApi = require('@nowpaymentsio/nowpayments-api-js');",
        "const np = new NowPaymentsApi({ apiKey: $k });",
    ),
    "tatum": (
        "import { TatumSDK, Network } from '@tatumio/tatum';",
        "const t = await TatumSDK.init({ network: Network.BITCOIN, apiKey: { v4: $k } });",
    ),
    "alchemy": (
        "import { Alchemy, Network } from 'alchemy-sdk';",
        "const a = new Alchemy({ apiKey: $k, network: Network.ETH_MAINNET });",
    ),
    "telegram_bot": (
        "const TelegramBot = require('node-telegram-bot-api');",
        "const bot = new TelegramBot($t, { polling: true });",
    ),
    "discord_webhook": (
        "const { WebhookClient } = require('discord.js');",
        "const hook = new WebhookClient({ url: $w });",
    ),
    "evm_private_key": (
        "const { ethers } = require('ethers');",
        "const wallet = new ethers.Wallet($x, provider);",
    ),
    "bip39_mnemonic": (
        "import { ethers } from 'ethers';",
        "const wallet = ethers.Wallet.fromPhrase($x);",
    ),
    "solana": (
        "import { Keypair } from '@solana/web3.js';\nimport bs58 from 'bs58';",
        "const payer = Keypair.fromSecretKey(bs58.decode($x));",
    ),
    "stellar": (
        "import { Keypair } from '@stellar/stellar-sdk';",
        "const source = Keypair.fromSecret($x);",
    ),
    "ripple": ("const xrpl = require('xrpl');", "const wallet = xrpl.Wallet.fromSeed($x);"),
    "ton": (
        "import { mnemonicToPrivateKey } from '@ton/crypto';",
        "const pair = await mnemonicToPrivateKey($x.split(' '));",
    ),
    "cosmos": (
        "import { DirectSecp256k1HdWallet } from '@cosmjs/proto-signing';",
        "const w = await DirectSecp256k1HdWallet.fromMnemonic($x, { prefix: 'cosmos' });",
    ),
    "near": ("import { KeyPair } from 'near-api-js';", "const keyPair = KeyPair.fromString($x);"),
    "sui": (
        "import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';",
        "const kp = Ed25519Keypair.fromSecretKey($x);",
    ),
    "aptos": (
        "import { Account, Ed25519PrivateKey } from '@aptos-labs/ts-sdk';",
        "const acc = Account.fromPrivateKey({ privateKey: new Ed25519PrivateKey($x) });",
    ),
    "starknet": (
        "import { Account, RpcProvider } from 'starknet';",
        "const account = new Account(provider, address, $x);",
    ),
    "algorand": (
        "const algosdk = require('algosdk');",
        "const account = algosdk.mnemonicToSecretKey($x);",
    ),
    "substrate": (
        "import { Keyring } from '@polkadot/keyring';",
        "const stash = new Keyring({ type: 'sr25519' }).addFromUri($x);",
    ),
    "bitcoin_wif": ("import { ECPairFactory } from 'ecpair';", "const pair = ECPair.fromWIF($x);"),
    "bip32_xprv": ("import BIP32Factory from 'bip32';", "const node = bip32.fromBase58($x);"),
    "hyperliquid": (
        "import { Hyperliquid } from 'hyperliquid';",
        "const sdk = new Hyperliquid({ privateKey: $x });",
    ),
}

OTHER: dict[str, tuple[str, str]] = {
    "binance": (
        "main.go",
        'package main\n\nimport "github.com/adshao/go-binance/v2"\n\nfunc main() {\n\tclient := binance.NewClient($k, $s)\n\t_ = client\n}\n',
    ),
    "bybit": (
        "main.go",
        'package main\n\nimport bybit "github.com/bybit-exchange/bybit.go.api"\n\nvar client = bybit.NewBybitHttpClient($k, $s)\n',
    ),
    "kraken": (
        "Main.java",
        "import org.knowm.xchange.kraken.KrakenExchange;\n\nclass Main {\n  void run() {\n    spec.setApiKey($k);\n    spec.setSecretKey($s);\n  }\n}\n",
    ),
    "kucoin": (
        "Program.cs",
        "using Kucoin.Net.Clients;\n\nvar client = new KucoinRestClient(o =>\n    o.ApiCredentials = new ApiCredentials($k, $s, $p));\n",
    ),
    "mexc": (
        "Program.cs",
        "using Mexc.Net;\nusing CryptoExchange.Net.Authentication;\n\nclient.SetApiCredentials(new ApiCredentials($k, $s));\n",
    ),
    "bitstamp": (
        "trade.rb",
        "require 'bitstamp'\n\nBitstamp.setup do |config|\n  config.key = $k\n  config.secret = $s\nend\n",
    ),
    "bitfinex": (
        "client.rs",
        "use bitfinex::api::*;\n\nfn main() {\n    let api = Bitfinex::new(Some($k.into()), Some($s.into()));\n}\n",
    ),
    "coinex": (
        "Main.kt",
        "import com.coinex.client.CoinexClient\n\nval client = CoinexClient($k, $s)\n",
    ),
    "luno": (
        "main.go",
        'package main\n\nimport luno "github.com/luno/luno-go"\n\nfunc init() {\n\tlunoClient.SetAuth($k, $s)\n}\n',
    ),
    "htx": (
        "HuobiClient.java",
        "import com.huobi.client.TradeClient;\n\nclass Demo {\n  TradeClient c = TradeClient.create(HuobiOptions.builder().apiKey($k).secretKey($s).build());\n}\n",
    ),
    "poloniex": ("polo.php", "<?php\nrequire 'poloniex.php';\n$api = new poloniex($k, $s);\n"),
    "independentreserve": (
        "Program.cs",
        'using IndependentReserve.DotNetClientApi;\n\nvar client = Client.CreatePrivate($k, $s, "https://api.independentreserve.com");\n',
    ),
}
