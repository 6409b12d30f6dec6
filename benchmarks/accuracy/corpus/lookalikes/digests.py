# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Look-alikes of building and versioning: lock files, checksums, commits, digests, ids of projects."""

from __future__ import annotations

import json

from corpus.lookalikes.base import Shelf

_NAMES = [
    "lodash",
    "axios",
    "react",
    "ethers",
    "web3",
    "express",
    "chalk",
    "debug",
    "semver",
    "ccxt",
    "bn.js",
    "elliptic",
    "ws",
    "dotenv",
]


def lock_files(s: Shelf) -> None:
    """Write the lock files of eight package managers."""
    packages = {
        f"node_modules/{name}-{i}": {
            "version": f"{i}.2.1",
            "resolved": f"https://registry.npmjs.org/{name}/-/{name}-{i}.2.1.tgz",
            "integrity": s("integrity", "sha512-{b64:64}"),
        }
        for i, name in enumerate(_NAMES * 4)
    }
    s.add(
        "web/package-lock.json",
        json.dumps(
            {"name": "web", "lockfileVersion": 3, "packages": packages},
            indent=2,
            ensure_ascii=False,
        )
        + "\n",
    )
    rows = [
        f'{n}@^{i}.0.0:\n  version "{i}.3.0"\n  resolved "https://registry.yarnpkg.com/{n}/-/{n}-{i}.3.0.tgz#{s.sha("checksum", 1)}"\n  integrity {s("integrity", "sha512-{b64:64}")}\n'
        for i, n in enumerate(_NAMES * 2)
    ]
    s.add("web/yarn.lock", "# yarn lockfile v1\n\n" + "\n".join(rows))
    rows = [
        f"  {n}@{i}.1.0:\n    resolution: {{integrity: {s('integrity', 'sha512-{b64:64}')}}}"
        for i, n in enumerate(_NAMES)
    ]
    s.add("web/pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages:\n" + "\n".join(rows) + "\n")
    rows = [
        f"github.com/acme/{n} v1.{i}.0 {s('integrity', 'h1:{b64:32}')}\ngithub.com/acme/{n} v1.{i}.0/go.mod {s('integrity', 'h1:{b64:32}')}"
        for i, n in enumerate(_NAMES * 3)
    ]
    s.add("svc/go.sum", "\n".join(rows) + "\n")
    rows = [
        f'[[package]]\nname = "{n}"\nversion = "0.{i}.1"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "{s.sha("checksum")}"\n'
        for i, n in enumerate(_NAMES * 3)
    ]
    s.add("engine/Cargo.lock", "version = 3\n\n" + "\n".join(rows))
    rows = [
        f"{n}==1.{i}.0 \\\n    --hash=sha256:{s.sha('checksum')} \\\n    --hash=sha256:{s.sha('checksum')}"
        for i, n in enumerate(_NAMES * 2)
    ]
    s.add("bot/requirements.txt", "\n".join(rows) + "\n")
    rows = [
        f'[[package]]\nname = "{n}"\nversion = "2.{i}"\nfiles = [\n    {{file = "{n}-2.{i}-py3-none-any.whl", hash = "sha256:{s.sha("checksum")}"}},\n]\n'
        for i, n in enumerate(_NAMES * 2)
    ]
    s.add("bot/poetry.lock", "\n".join(rows))
    packages_php = [
        {
            "name": f"acme/{n}",
            "version": "1.0.0",
            "dist": {
                "type": "zip",
                "reference": s("git_commit", "{hex:40}"),
                "shasum": s.sha("checksum", 1),
            },
        }
        for n in _NAMES
    ]
    s.add(
        "php/composer.lock",
        json.dumps(
            {"content-hash": s("checksum", "{hex:32}"), "packages": packages_php},
            indent=4,
            ensure_ascii=False,
        )
        + "\n",
    )
    rows = [
        f'  "{n}": {{ "sha256": "{s("nix_hash", "sha256-{b64:32}")}", "rev": "{s("git_commit", "{hex:40}")}" }}'
        for n in _NAMES
    ]
    s.add("nix/sources.json", "{\n" + ",\n".join(rows) + "\n}\n")


def checksums(s: Shelf) -> None:
    """Write checksum files, a git log, pins and build metadata."""
    rows = [f"{s.sha('checksum')}  keysweep-1.{i}.0-linux-amd64.tar.gz" for i in range(40)]
    s.add("release/SHA256SUMS", "\n".join(rows) + "\n")
    rows = [f"{s.sha('checksum', 512)}  data-{i}.parquet" for i in range(25)]
    s.add("release/SHA512SUMS", "\n".join(rows) + "\n")
    rows = [f"{s('checksum', '{hex:32}')} *img/{n}.png" for n in _NAMES]
    s.add("release/MD5SUMS", "\n".join(rows) + "\n")
    rows = [
        f"commit {s('git_commit', '{hex:40}')}\nAuthor: Dev <dev@example.org>\nDate:   Fri May 17 2024\n\n    api key rotation, secret handling (#{i})\n"
        for i in range(40)
    ]
    s.add("docs/git-log.txt", "\n".join(rows))
    rows = [f"      - uses: acme/{n}@{s('git_commit', '{hex:40}')}" for n in _NAMES]
    s.add(
        ".github/workflows/ci.yml",
        "jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        + "\n".join(rows)
        + "\n        env:\n          API_KEY: ${{ secrets.BINANCE_API_KEY }}\n          API_SECRET: ${{ secrets.BINANCE_API_SECRET }}\n",
    )
    rows = [
        f"  {n}:\n    image: ghcr.io/acme/{n}@{s('docker_digest', 'sha256:{hex:64}')}"
        for n in _NAMES
    ]
    s.add("deploy/images.yaml", "services:\n" + "\n".join(rows) + "\n")
    rows = [
        f'  "{n}.js": "/static/js/{n}.{s("asset_fingerprint", "{hex:20}")}.chunk.js"'
        for n in _NAMES
    ]
    s.add("web/asset-manifest.json", "{\n" + ",\n".join(rows) + "\n}\n")
    rows = [
        f'<script src="https://cdn.example.org/{n}.js" integrity="{s("integrity", "sha384-{b64:48}")}" crossorigin="anonymous"></script>'
        for n in _NAMES
    ]
    csp = " ".join(f"'{s('csp_hash', 'sha256-{b64:32}')}'" for _ in range(6))
    s.add(
        "web/page.html",
        f'<meta http-equiv="Content-Security-Policy" content="script-src {csp}">\n'
        + "\n".join(rows)
        + "\n",
    )
    rows = [f'sha256_{n.replace(".", "_")} = "{s.sha("checksum")}"' for n in _NAMES]
    s.add("tools/download.py", '"""Pinned downloads."""\n\n' + "\n".join(rows) + "\n")


def project_ids(s: Shelf) -> None:
    """Write UUIDs and hex ids of projects, assets and records."""
    rows = [
        f'Project("{{{s("uuid_id", "{HEXUUID}")}}}") = "{n}", "{n}.csproj", "{{{s("uuid_id", "{HEXUUID}")}}}"\nEndProject'
        for n in _NAMES
    ]
    s.add(
        "net/Trader.sln",
        "Microsoft Visual Studio Solution File, Format Version 12.00\n" + "\n".join(rows) + "\n",
    )
    for i in range(12):
        s.add(
            f"unity/Asset{i}.cs.meta",
            f"fileFormatVersion: 2\nguid: {s('uuid_id', '{uuid4hex}')}\nMonoImporter:\n  serializedVersion: 2\n",
        )
    rows = [
        f"\t\t{s('xcode_id', '{HEX:24}')} /* {n}.swift */ = {{isa = PBXFileReference; path = {n}.swift; }};"
        for n in _NAMES
    ]
    s.add(
        "ios/App.xcodeproj/project.pbxproj", "{\n\tobjects = {\n" + "\n".join(rows) + "\n\t};\n}\n"
    )
    rows = [
        f'  {{"_id": {{"$oid": "{s("object_id", "{oid}")}"}}, "user": "{s("uuid_id", "{uuid}")}", "etag": "{s("etag", "{hex:32}")}"}}'
        for _ in range(40)
    ]
    s.add("fixtures/users.json", "[\n" + ",\n".join(rows) + "\n]\n")
    rows = [
        f"2024-05-17T09:30:{i:02d}Z INFO request_id={s('uuid_id', '{uuid}')} trace_id={s('trace_id', '{hex:32}')} span={s('trace_id', '{hex:16}')} GET /api/key 200"
        for i in range(60)
    ]
    s.add("logs/requests.log", "\n".join(rows) + "\n")
    rows = [
        f"INSERT INTO accounts VALUES ('{s('uuid_id', '{uuid}')}', 'user{i}@example.org', '{s('gravatar', '{hex:32}')}');"
        for i in range(30)
    ]
    s.add("db/accounts.sql", "\n".join(rows) + "\n")
