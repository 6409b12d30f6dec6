# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Medium shapes: literal requests; host and header names tell the provider."""

from __future__ import annotations

import json

from corpus.contexts.base import (
    Kit,
    camel,
    quote,
    required,
    shape,
)
from corpus.systems import Credential

Creds = list[Credential]


def _has_headers(credential: Credential) -> bool:
    return (
        credential.is_simple
        and bool(credential.system.host)
        and any(p.field.header for p in credential.parts)
    )


def _headers(kit: Kit, credential: Credential) -> list[tuple[str, str]]:
    rows = []
    for part in credential.parts:
        name, _, scheme = part.field.header.partition(":")
        if name:
            rows.append((name, f"{scheme} {kit.s(part)}".lstrip()))
    return rows


@shape("python_requests", "medium", _has_headers, weight=4)
def python_requests(kit: Kit, creds: Creds) -> None:
    """Write a request with literal headers; the secret is a generic variable."""
    secret = [p for p in required(creds[0]) if not p.field.header]
    sign = kit.tree.look("signature", f"{kit.rng.getrandbits(256):064x}")
    lines = ["import hashlib", "import hmac", "import requests", ""]
    lines += [f'BASE = "https://{creds[0].system.host}"']
    lines += [f"{['SECRET', 'KEY2', 'KEY3'][i]} = {kit.q(p)}" for i, p in enumerate(secret)]
    lines += [f"# last signature: {sign}", "headers = {"]
    lines += [f"    {quote(name)}: {quote(value)}," for name, value in _headers(kit, creds[0])]
    lines += [
        "}",
        'r = requests.get(BASE + "/v1/account", headers=headers, timeout=10)',
        "print(r.json())",
        "",
    ]
    kit.add(kit.pick("client.py", "tools/rest.py", "fetch.py"), "\n".join(lines))


@shape("js_fetch", "medium", _has_headers, weight=3)
def js_fetch(kit: Kit, creds: Creds) -> None:
    """Write a fetch call with literal headers."""
    rows = ",\n".join(f"    '{name}': '{value}'" for name, value in _headers(kit, creds[0]))
    text = f"const res = await fetch('https://{creds[0].system.host}/v1/account', {{\n  headers: {{\n{rows},\n  }},\n}});\n"
    rest = [p for p in required(creds[0]) if not p.field.header]
    text += "".join(f"const signer{i} = makeSigner({kit.q(p)});\n" for i, p in enumerate(rest))
    kit.add(kit.pick("src/api.js", "web/src/fetcher.ts"), text)


@shape("curl", "medium", _has_headers, weight=4)
def curl(kit: Kit, creds: Creds) -> None:
    """Write a curl line in a script or README."""
    args = " \\\n  ".join(f"-H '{name}: {value}'" for name, value in _headers(kit, creds[0]))
    sign = kit.tree.look("signature", f"{kit.rng.getrandbits(256):064x}")
    text = f"curl -s 'https://{creds[0].system.host}/api/account?timestamp=1718000000000&signature={sign}' \\\n  {args}\n"
    if kit.rng.random() < 0.5:
        kit.add("docs/debugging.md", f"# Debugging\n\nThis worked last week:\n\n```sh\n{text}```\n")
    else:
        kit.add("scripts/balance.sh", f"#!/bin/sh\n{text}")


@shape("http_file", "medium", _has_headers, weight=3)
def http_file(kit: Kit, creds: Creds) -> None:
    """Write a .http file with a variable for the secret."""
    rest = [p for p in required(creds[0]) if not p.field.header]
    lines = [f"@{camel(creds[0].generic(p))} = {kit.s(p)}" for p in rest]
    lines += ["", "### account", f"GET https://{creds[0].system.host}/api/v1/account"]
    lines += [f"{name}: {value}" for name, value in _headers(kit, creds[0])]
    kit.add("requests/account.http", "\n".join([*lines, "Accept: application/json", ""]))


@shape("postman", "medium", _has_headers, weight=3)
def postman(kit: Kit, creds: Creds) -> None:
    """Write a Postman collection: name and value in separate members."""
    guid = kit.tree.look("uuid_id", "0f8e1c9e-6a4b-4f67-9d0d-" + f"{kit.rng.getrandbits(48):012x}")
    header = [
        {"key": name, "value": value, "type": "text"} for name, value in _headers(kit, creds[0])
    ]
    rest = [p for p in required(creds[0]) if not p.field.header]
    body = {
        "info": {"_postman_id": guid, "name": "private api"},
        "item": [
            {
                "name": "account",
                "request": {
                    "method": "GET",
                    "header": header,
                    "url": f"https://{creds[0].system.host}/account",
                },
            }
        ],
        "variable": [{"key": camel(creds[0].generic(p)), "value": kit.s(p)} for p in rest],
    }
    kit.add(
        "postman/private.postman_collection.json",
        json.dumps(body, indent=2, ensure_ascii=False) + "\n",
    )
