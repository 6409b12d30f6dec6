# The text of a file that is written stays in one piece.
"""Hard shapes: the value lies under a layer (base64, escapes, archive, another encoding) or is cut in pieces."""

from __future__ import annotations

import base64
import gzip
import io
import tarfile
import zipfile
from urllib.parse import quote as percent

from corpus.contexts.base import Kit, pair, quote, roles, shape, simple
from corpus.systems import Credential

Creds = list[Credential]
_DATE = (2024, 5, 17, 9, 30, 0)


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _env_text(kit: Kit, creds: Creds) -> str:
    lines = [f"{name}={value}" for name, value in kit.noise(2)]
    lines += [f"{c.env(p)}={kit.one(p)}" for c in creds for p in c.parts]
    return "\n".join([*lines, ""])


@shape("k8s_base64", "hard", batch=2, weight=6)
def k8s_base64(kit: Kit, creds: Creds) -> None:
    """Write a Kubernetes Secret with base64 values."""
    kind = kit.tree.look("base64_text", _b64("production"))
    lines = [
        "apiVersion: v1",
        "kind: Secret",
        "metadata:",
        f"  name: {creds[0].system.slug.replace('_', '-')}-keys",
    ]
    lines += ["type: Opaque", "data:", f"  stage: {kind}"]
    for credential in creds:
        for part in credential.parts:
            lines.append(f"  {credential.env(part)}: {kit.s(part, text=_b64(part.value))}")
    kit.add(kit.pick("k8s/secret-b64.yaml", "deploy/secrets.yaml"), "\n".join([*lines, ""]))


@shape("env_in_base64", "hard", batch=2, weight=3)
def env_in_base64(kit: Kit, creds: Creds) -> None:
    """Write a script that holds a whole .env in base64."""
    text = _env_text(kit, creds)
    packed = kit.tree.wrap(text, _b64(kit.tree.lift(text)[0]))
    kit.add(
        "ci/restore-env.sh",
        f'#!/bin/sh\n# writes .env\nENV_FILE_B64="{packed}"\necho "$ENV_FILE_B64" | base64 -d > .env\n',
    )


@shape("joined_strings", "hard", simple, weight=4)
def joined_strings(kit: Kit, creds: Creds) -> None:
    """Write values cut into adjacent or added literals."""
    c = creds[0]
    style = kit.rng.randrange(3)
    lines = [
        ["import requests", ""],
        ["const axios = require('axios');", ""],
        ["public class K {"],
    ][style]
    for part in c.parts:
        cut = len(part.value) // 2
        a, b = part.value[:cut], part.value[cut:]
        joined = (f'"{a}"\n    "{b}"', f"'{a}' + '{b}'", f'"{a}"\n        + "{b}"')[style]
        name = c.env(part)
        form = (
            f"{name} = (\n    {{}}\n)",
            f"const {name} = {{}};",
            f"    static final String {name} = {{}};",
        )[style]
        lines.append(form.format(kit.s(part, text=joined)))
    if style == 2:
        lines.append("}")
    kit.add(("src/keys.py", "src/keys.js", "src/K.java")[style], "\n".join([*lines, ""]))


@shape("escapes", "hard", simple, weight=3)
def escapes(kit: Kit, creds: Creds) -> None:
    """Write values with backslash-x or backslash-u escapes, or percent signs."""
    c = creds[0]
    style = kit.rng.randrange(3)
    if style == 2:
        pairs = "&".join(
            f"{c.env(p).lower()}={kit.s(p, text=percent(p.value, safe=''))}" for p in c.parts
        )
        host = c.system.host or "example.org"
        kit.add(
            "logs/access.log",
            f'10.0.0.5 - - [17/May/2024:09:30:00 +0000] "GET https://{host}/login?{pairs} HTTP/1.1" 200 512\n',
        )
        return
    form = "\\x{:02x}" if style == 0 else "\\u{:04x}"
    rows = [
        f'{c.env(p)} = "{kit.s(p, text="".join(form.format(ord(x)) for x in p.value))}"'
        for p in c.parts
    ]
    head = "# obfuscated a little\n" if style == 0 else "// obfuscated a little\nvar "
    kit.add(
        "lib/k.py" if style == 0 else "lib/k.js",
        head + ("\n" if style == 0 else ";\nvar ").join(rows) + "\n",
    )


def _zip(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), text)
    return out.getvalue()


@shape("archive", "hard", batch=2, weight=5)
def archive(kit: Kit, creds: Creds) -> None:
    """Write a zip, gzip or tar.gz with a .env inside."""
    text = _env_text(kit, creds)
    body = kit.tree.lift(text)[0]
    style = kit.rng.randrange(3)
    if style == 0:
        data = _zip({"bot/README.md": "# bot\n", "bot/.env": body})
        kit.add("backup/bot.zip", text, data=data)
    elif style == 1:
        kit.add("backup/env.txt.gz", text, data=gzip.compress(body.encode(), mtime=0))
    else:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as tar:
            info = tarfile.TarInfo("bot/config.env")
            info.size = len(body.encode())
            tar.addfile(info, io.BytesIO(body.encode()))
        kit.add("backup/bot.tar.gz", text, data=gzip.compress(out.getvalue(), mtime=0))


@shape("xlsx", "hard", pair, batch=2)
def xlsx(kit: Kit, creds: Creds) -> None:
    """Write a spreadsheet; strings lie in sharedStrings.xml."""
    cells = ["Exchange", "API Key", "Secret Key"]
    for credential in creds:
        key, secret, _ = roles(credential)
        cells += [credential.system.brand, kit.s(key), kit.s(secret)]
    strings = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    text = f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    rows = "".join(
        f'<row r="{r + 1}">'
        + "".join(f'<c r="{"ABC"[i]}{r + 1}" t="s"><v>{3 * r + i}</v></c>' for i in range(3))
        + "</row>"
        for r in range(len(cells) // 3)
    )
    files = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": kit.tree.lift(text)[0],
    }
    kit.add("ops/accounts.xlsx", text, data=_zip(files))


@shape("utf16_env", "hard", batch=2, weight=3)
def utf16_env(kit: Kit, creds: Creds) -> None:
    """Write a .env as Notepad saves it."""
    encoding = kit.pick("utf-16", "utf-16-le", "utf-8-sig")
    text = _env_text(kit, creds).replace("\n", "\r\n")
    if encoding == "utf-16-le":
        text = "\ufeff" + text
    kit.add(kit.pick("windows/.env", "env.txt"), text, encoding=encoding)


@shape("basic_auth", "hard", lambda c: c.system.id in ("luno", "deribit") and c.is_pair, weight=6)
def basic_auth(kit: Kit, creds: Creds) -> None:
    """Write an Authorization: Basic header of id and secret."""
    key, secret, _ = roles(creds[0])
    packed = _b64(f"{key.value}:{secret.value}")
    marked = kit.s(secret, text=packed)
    kit.add(
        "scripts/auth.sh",
        f"curl -H 'Authorization: Basic {marked}' https://{creds[0].system.host}/api/1/balance\n",
    )


@shape("python_bytes_base64", "hard", simple, weight=2)
def python_bytes_base64(kit: Kit, creds: Creds) -> None:
    """Write values in base64 that the program decodes."""
    c = creds[0]
    lines = ["import base64", ""]
    lines += [
        f"{c.env(p)} = base64.b64decode({quote(kit.s(p, text=_b64(p.value)))}).decode()"
        for p in c.parts
    ]
    kit.add("bot/hidden.py", "\n".join([*lines, ""]))
