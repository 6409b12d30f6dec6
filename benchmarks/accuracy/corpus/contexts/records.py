# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Hard shapes: recordings, dumps and built files in which a value lies deep inside."""

from __future__ import annotations

import json
from typing import Any

from corpus.contexts.base import (
    Kit,
    camel,
    required,
    shape,
    simple,
)
from corpus.systems import Credential

Creds = list[Credential]


@shape("notebook_output", "hard", simple, weight=3)
def notebook_output(kit: Kit, creds: Creds) -> None:
    """Write a notebook that printed its settings."""
    c = creds[0]
    shown = "{" + ", ".join(f"'{c.env(p)}': '{kit.s(p)}'" for p in c.parts) + "}"
    output = [
        {"name": "stdout", "output_type": "stream", "text": ["loaded config\n", shown + "\n"]}
    ]
    cell = {
        "cell_type": "code",
        "execution_count": 4,
        "metadata": {},
        "outputs": output,
        "source": ["print(dict(cfg))"],
    }
    body = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    kit.add("research/explore.ipynb", json.dumps(body, indent=1, ensure_ascii=False) + "\n")


@shape(
    "har",
    "hard",
    lambda c: c.is_simple and bool(c.system.host) and any(p.field.header for p in c.parts),
    weight=4,
)
def har(kit: Kit, creds: Creds) -> None:
    """Write a browser HAR with headers and a JSON body."""
    c = creds[0]
    headers = [
        {"name": "Accept", "value": "*/*"},
        {
            "name": "x-request-id",
            "value": kit.tree.look("uuid_id", f"{kit.rng.getrandbits(128):032x}"),
        },
    ]
    rest = {}
    for part in c.parts:
        name, _, scheme = part.field.header.partition(":")
        if name:
            headers.append({"name": name, "value": f"{scheme} {kit.s(part)}".strip()})
        else:
            rest[camel(c.generic(part))] = kit.s(part)
    request: dict[str, Any] = {
        "method": "POST",
        "url": f"https://{c.system.host}/api/session",
        "headers": headers,
    }
    if rest:
        request["postData"] = {
            "mimeType": "application/json",
            "text": json.dumps(rest, ensure_ascii=False),
        }
    entry = {
        "startedDateTime": "2024-05-17T09:30:00Z",
        "request": request,
        "response": {"status": 200},
    }
    kit.add(
        "debug/session.har",
        json.dumps({"log": {"version": "1.2", "entries": [entry]}}, indent=2, ensure_ascii=False)
        + "\n",
    )


@shape("json_in_json", "hard", weight=3)
def json_in_json(kit: Kit, creds: Creds) -> None:
    """Write JSON inside a JSON string, as secret managers and Lambda settings have it."""
    c = creds[0]
    inner = json.dumps({c.env(p): kit.s(p) for p in c.parts}, ensure_ascii=False)
    body = {
        "Name": f"prod/{c.system.slug}",
        "VersionId": kit.tree.look(
            "uuid_id", "7f3c9b1e-0d5a-4c8e-9f61-" + f"{kit.rng.getrandbits(48):012x}"
        ),
        "SecretString": inner,
    }
    kit.add("ops/secret-value.json", json.dumps(body, indent=2, ensure_ascii=False) + "\n")


@shape("minified_js", "hard", simple, weight=3)
def minified_js(kit: Kit, creds: Creds) -> None:
    """Write a one-line bundle with the keys somewhere inside."""
    c = creds[0]
    chunk = "".join(
        f"function {x}(t,e){{return t[{i}]^e.{x}{i}}}" for i, x in enumerate("abcdefghij")
    )
    keys = ",".join(f"{camel(c.env(p))}:{kit.q(p)}" for p in c.parts)
    digest = kit.tree.look("chunk_hash", f"{kit.rng.getrandbits(80):020x}")
    kit.add(
        "web/dist/bundle.min.js",
        f'!function(){{"use strict";{chunk}var n={{mode:"live",{keys},chunk:"{digest}"}};{chunk}}}();\n',
    )


@shape("tfstate", "hard", weight=3)
def tfstate(kit: Kit, creds: Creds) -> None:
    """Write a Terraform state with a parameter per value."""
    c = creds[0]
    rows = [
        {
            "type": "aws_ssm_parameter",
            "name": c.env(p).lower(),
            "instances": [
                {
                    "attributes": {
                        "arn": f"arn:aws:ssm:eu-west-1:123456789012:parameter/bot/{i}",
                        "name": f"/bot/{c.env(p).lower()}",
                        "type": "SecureString",
                        "value": kit.s(p),
                    }
                }
            ],
        }
        for i, p in enumerate(c.parts)
    ]
    body = {
        "version": 4,
        "terraform_version": "1.7.5",
        "lineage": kit.tree.look(
            "uuid_id", "1c6f0a52-8d1b-4b7e-bb0e-" + f"{kit.rng.getrandbits(48):012x}"
        ),
        "resources": rows,
    }
    kit.add("infra/terraform.tfstate", json.dumps(body, indent=2, ensure_ascii=False) + "\n")


@shape(
    "cassette",
    "hard",
    lambda c: c.is_simple and bool(c.system.host) and any(p.field.header for p in c.parts),
    weight=3,
)
def cassette(kit: Kit, creds: Creds) -> None:
    """Write a VCR recording made with live keys."""
    c = creds[0]
    lines = [
        "interactions:",
        "- request:",
        "    body: null",
        "    headers:",
        "      Accept-Encoding: ['gzip, deflate']",
    ]
    for part in c.parts:
        name, _, scheme = part.field.header.partition(":")
        if name:
            lines.append(f"      {name}: ['{scheme}{' ' if scheme else ''}{kit.s(part)}']")
    rest = [p for p in required(c) if not p.field.header]
    lines += [
        "    method: GET",
        f"    uri: https://{c.system.host}/v1/balance",
        "  response:",
        "    status: {code: 200, message: OK}",
    ]
    lines += [f"# signed with {kit.s(p)}" for p in rest]
    kit.add("tests/cassettes/balance.yaml", "\n".join([*lines, "version: 1", ""]))


@shape("html_data", "hard", simple, weight=2)
def html_data(kit: Kit, creds: Creds) -> None:
    """Write a page with values in an inline script and attributes."""
    c = creds[0]
    attrs = " ".join(f'data-{c.generic(p).replace("_", "-")}="{kit.s(p)}"' for p in c.parts)
    icon = kit.tree.look(
        "base64_image",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA"
        + "".join(kit.rng.choices("ABCDEFabcdef0123456789+/", k=200)),
    )
    kit.add(
        "web/index.html",
        f'<!doctype html>\n<html>\n<head><title>{c.system.brand} balance</title><link rel="icon" href="{icon}"></head>\n<body>\n<div id="app" data-provider="{c.system.slug}" {attrs}></div>\n<script src="app.js"></script>\n</body>\n</html>\n',
    )
