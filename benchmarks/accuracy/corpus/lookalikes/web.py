# ruff: noqa: E501
# The text of a file that is written stays in one piece.
"""Look-alikes of web programs: images, bundles, source maps, translations, tokens in documentation, notebooks."""

from __future__ import annotations

import base64
import json

from corpus.lookalikes.base import Shelf


def images(s: Shelf) -> None:
    """Write data URIs, fonts and notebook images."""
    rows = [
        f".icon-{i} {{ background: url({s('base64_image', 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{b64:300}')}); }}"
        for i in range(40)
    ]
    rows += [
        f"@font-face {{ font-family: F{i}; src: url({s('base64_font', 'data:font/woff2;base64,d09GMgABAAAAA{b64:600}')}); }}"
        for i in range(6)
    ]
    s.add("web/icons.css", "\n".join(rows) + "\n")
    cells = [
        {
            "cell_type": "code",
            "execution_count": i,
            "metadata": {},
            "source": ["plt.show()"],
            "id": s.draw.fill("{hex:8}"),
            "outputs": [
                {
                    "output_type": "display_data",
                    "data": {"image/png": s("base64_image", "iVBORw0KGgoAAAANSUhEUgAA{b64:900}")},
                }
            ],
        }
        for i in range(20)
    ]
    s.add(
        "research/plots.ipynb",
        json.dumps(
            {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5},
            indent=1,
            ensure_ascii=False,
        )
        + "\n",
    )
    rows = [
        f'  <image href="{s("base64_image", "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAA{b64:300}")}"/>'
        for _ in range(15)
    ]
    s.add(
        "web/logo.svg",
        '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(rows) + "\n</svg>\n",
    )


def bundles(s: Shelf) -> None:
    """Write minified scripts, source maps and chunk tables."""
    for i in range(4):
        names = s.rows(120, "{lower:3}")
        body = "".join(
            f"function {chr(97 + j % 26)}{n}(t,e){{return t.key===e.{n}?{j}:e[t.apiKey]}}"
            for j, n in enumerate(names)
        )
        s.add(
            f"web/dist/app{i}.min.js",
            s.mark("minified", f"!function(){{{body}}}();")
            + f"\n//# sourceMappingURL=app{i}.min.js.map\n",
        )
        mapping = "".join(s.rng.choices("ABCDEFGIKMOQSUWYacegikmoqsuwy;,", k=1500))
        s.add(
            f"web/dist/app{i}.min.js.map",
            json.dumps(
                {
                    "version": 3,
                    "sources": ["app.ts"],
                    "names": [],
                    "mappings": s.mark("source_map", mapping),
                },
                ensure_ascii=False,
            )
            + "\n",
        )
    rows = [f'  {i}: "{s("chunk_hash", "{hex:20}")}"' for i in range(80)]
    s.add("web/chunks.js", "const chunks = {\n" + ",\n".join(rows) + "\n};\n")
    rows = [
        f'file_descriptor{i} = "{s("protobuf", "CgtvcmRlci5wcm90bxI{b64:120}")}"' for i in range(10)
    ]
    s.add("gen/order_pb2.py", "\n".join(rows) + "\n")


def translations(s: Shelf) -> None:
    """Write i18n files about keys and secrets."""
    texts = {
        "en": (
            "Enter your API key",
            "Secret key (shown once)",
            "Passphrase must have 8 to 32 characters",
            "Private key copied to clipboard",
            "Seed phrase",
        ),
        "zh": (
            "请输入您的 API 密钥",
            "私钥（仅显示一次）",
            "密码短语必须为 8 到 32 个字符",
            "私钥已复制到剪贴板",
            "助记词",
        ),
        "ko": (
            "API 키를 입력하세요",
            "시크릿 키 (한 번만 표시)",
            "비밀번호는 8자에서 32자여야 합니다",
            "개인 키가 복사되었습니다",
            "시드 문구",
        ),
        "ja": (
            "APIキーを入力してください",
            "シークレットキー（一度だけ表示）",
            "パスフレーズは8文字から32文字",
            "秘密鍵をコピーしました",
            "シードフレーズ",
        ),
        "ru": (
            "Введите ключ API",
            "Секретный ключ (показывается один раз)",
            "Пароль от 8 до 32 символов",
            "Приватный ключ скопирован",
            "Мнемоническая фраза",
        ),
    }
    names = ("api_key", "secret_key", "passphrase", "private_key", "mnemonic")
    for language, values in texts.items():
        rows = [
            f'  "{scope}.{n}": "{s.mark("translation", v)}"'
            for scope in ("form", "error", "help")
            for n, v in zip(names, values, strict=True)
        ]
        s.add(f"web/locales/{language}.json", "{\n" + ",\n".join(rows) + "\n}\n")


def documentation_tokens(s: Shelf) -> None:
    """Write the JWT of jwt.io, base64 of ordinary text, and encoded settings without secrets."""
    jwt = ".".join(
        (
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
            "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ",
            "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        )
    )
    forms = (
        jwt,
        "eyJhbGciOi...",
        "<header>.<payload>.<signature>",
        "Bearer YOUR_JWT",
        "Bearer <token>",
        "eyJhbGciOiJIUzI1NiJ9.e30.xxxxxxxx",
    )
    rows = [
        f"curl -H 'Authorization: {s.mark('jwt_example', f)}' https://api.example.org/v{i}/orders"
        for i, f in enumerate(forms * 3)
    ]
    s.add("docs/auth.md", "# Authentication\n\n```sh\n" + "\n".join(rows) + "\n```\n")
    plain = (
        "production",
        "the quick brown fox jumps over the lazy dog and keeps running",
        "LOG_LEVEL=info\nDRY_RUN=true\nSYMBOL=BTC/USDT\nTIMEFRAME=15m\n",
        '{"stage":"prod","replicas":3,"region":"ap-northeast-1"}',
        "host all all 0.0.0.0/0 scram-sha-256",
        "-----BEGIN PUBLIC KEY-----",
    )
    rows = [
        f"  value{i}: {s.mark('base64_text', base64.b64encode(p.encode()).decode())}"
        for i, p in enumerate(plain * 4)
    ]
    s.add(
        "k8s/config.yaml",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: settings\ndata:\n"
        + "\n".join(rows)
        + "\n",
    )
    rows = [
        f"  - url: https://mainnet.infura.io/v3/{s.mark('placeholder', p)}"
        for p in ("YOUR-PROJECT-ID", "${INFURA_KEY}", "<key>", "your-api-key")
    ]
    rows += [
        f"  - url: https://eth-mainnet.g.alchemy.com/v2/{s.mark('placeholder', p)}"
        for p in ("demo", "your-api-key", "${ALCHEMY_KEY}")
    ]
    rows += [
        f"  - url: https://api.telegram.org/bot{s.mark('placeholder', p)}/sendMessage"
        for p in ("<token>", "${TOKEN}", "YOUR_TOKEN")
    ]
    s.add("docs/endpoints.yaml", "endpoints:\n" + "\n".join(rows) + "\n")
    spec = {
        f"/key{i}": {
            "get": {
                "operationId": f"getKey{i}",
                "responses": {
                    "200": {
                        "example": {
                            "requestId": s("uuid_id", "{uuid}"),
                            "keyId": s("uuid_id", "{uuid}"),
                        }
                    }
                },
            }
        }
        for i in range(25)
    }
    s.add(
        "openapi.json",
        json.dumps({"openapi": "3.0.0", "paths": spec}, indent=1, ensure_ascii=False) + "\n",
    )
