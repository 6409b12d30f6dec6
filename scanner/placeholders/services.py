"""Credentials of services that say what they are inside."""

import base64
import random
from collections.abc import Callable

from scanner.checksums.encodings import bech32_encode, crc16_xmodem
from scanner.placeholders.charsets import text, uuid


def _age(rng: random.Random, _: str) -> str:
    return bech32_encode("age-secret-key-", rng.randbytes(32)).upper()


def _intercom(rng: random.Random, _: str) -> str:
    inner = f"tok:{uuid(rng).replace('-', '_')}:1:0"
    return base64.b64encode(inner.encode()).decode()


def _nkey(rng: random.Random, kind: str) -> str:
    number = {"": 20, "user": 20, "account": 0, "public": 20}[kind]
    head = bytes([number << 3])
    if kind != "public":
        head = bytes([18 << 3 | number >> 2, (number & 3) << 6])
    data = head + rng.randbytes(32)
    return base64.b32encode(data + crc16_xmodem(data).to_bytes(2, "little")).decode().rstrip("=")


def _onepassword(rng: random.Random, _: str) -> str:
    inner = (
        '{"signInAddress":"acme.1password.com","userAuth":{"method":"SRPg-4096","alg":"PBES2g-HS256",'
        f'"iterations":650000,"salt":"{text(rng, "base64url", 22)}"}},"email":"{text(rng, "lower", 13)}'
        f'@1passwordserviceaccounts.com","srpX":"{text(rng, "hex", 64)}","muk":{{"alg":"A256GCM",'
        f'"k":"{text(rng, "base64url", 43)}","kid":"mp"}},"secretKey":"A3-{text(rng, "alnum_upper", 6)}-'
        f'{text(rng, "alnum_upper", 6)}","throttleSecret":{{"seed":"{text(rng, "hex", 64)}"}},'
        f'"deviceUuid":"{text(rng, "alnum_lower", 26)}"}}'
    )
    return "ops_" + base64.urlsafe_b64encode(inner.encode()).decode().rstrip("=")


def _supabase(rng: random.Random, role: str) -> str:
    def part(inner: str) -> str:
        return base64.urlsafe_b64encode(inner.encode()).decode().rstrip("=")

    header = part('{"alg":"HS256","typ":"JWT"}')
    payload = part(
        f'{{"iss":"supabase","ref":"{text(rng, "lower", 20)}","role":"{role}",'
        f'"iat":{rng.randrange(1_600_000_000, 1_700_000_000)},"exp":2000000000}}'
    )
    return f"{header}.{payload}.{text(rng, 'base64url', 43)}"


TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    "age": (_age, "an age identity with its bech32 checksum"),
    "intercom": (_intercom, "an Intercom access token"),
    "nkey": (_nkey, "{nkey}, {nkey:account}, {nkey:public}: the seed of a NATS key, a public one"),
    "onepassword": (_onepassword, "the token of a 1Password service account"),
    "supabase": (_supabase, "{supabase:service_role}, {supabase:anon}: a key that is a JWT"),
}
