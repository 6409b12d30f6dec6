# The text of a file that is written stays in one piece.
"""Easy shapes: the name says provider and role, the value stands beside it."""

from __future__ import annotations

from corpus.contexts.base import Kit, camel, quote, shape, simple
from corpus.systems import Credential

Creds = list[Credential]


def _env_value(text: str) -> str:
    if '"' in text:
        return f"'{text}'"
    return f'"{text}"' if " " in text or "\u3000" in text else text


@shape("dotenv", "easy", batch=4, weight=10)
def dotenv(kit: Kit, creds: Creds) -> None:
    """Write a .env with several providers."""
    export = kit.pick("", "", "export ")
    lines = ["# bot settings, do not commit"]
    for credential in creds:
        lines += [f"{export}{name}={_env_value(value)}" for name, value in kit.noise(2)]
        lines += ["", f"# {credential.system.brand}"]
        for part in credential.parts:
            text = kit.one(part)
            text = f'"{text}"' if part.is_multiline and '"' not in text else _env_value(text)
            tail = kit.pick("", "", "  # main account")
            lines.append(f"{export}{credential.env(part)}={text}{tail}")
    folder = kit.pick("", "bot/", "services/trader/", "apps/api/", "deploy/")
    kit.add(folder + kit.pick(".env", ".env.local", ".env.production"), "\n".join(lines) + "\n")


@shape("shell_export", "easy", batch=2)
def shell_export(kit: Kit, creds: Creds) -> None:
    """Write a start script."""
    lines = ["#!/usr/bin/env bash", "set -euo pipefail"]
    for credential in creds:
        lines += [f"export {credential.env(p)}='{kit.one(p)}'" for p in credential.parts]
    lines += [f"export {name}='{value}'" for name, value in kit.noise()]
    kit.add(f"scripts/{kit.pick('run', 'start', 'env')}.sh", "\n".join([*lines, "exec ./bot", ""]))


@shape("powershell", "easy", simple)
def powershell(kit: Kit, creds: Creds) -> None:
    """Write a PowerShell profile."""
    lines = [
        f'$env:{credential.env(p)} = "{kit.s(p)}"' for credential in creds for p in credential.parts
    ]
    kit.add("scripts/env.ps1", "\n".join(["# local only", *lines, "python bot.py", ""]))


@shape("dockerfile", "easy", simple, batch=2)
def dockerfile(kit: Kit, creds: Creds) -> None:
    """Write a Dockerfile with ENV lines."""
    digest = kit.tree.look("docker_digest", "sha256:" + f"{kit.rng.getrandbits(256):064x}")
    lines = [f"FROM python:3.11-slim@{digest}", "WORKDIR /app"]
    lines += [f"ENV {name}={value}" for name, value in kit.noise() if " " not in value]
    for credential in creds:
        pairs = [f"{credential.env(p)}={kit.s(p)}" for p in credential.parts]
        lines += (
            ["ENV " + " ".join(pairs)] if kit.rng.random() < 0.3 else [f"ENV {x}" for x in pairs]
        )
    lines += ["COPY . .", 'CMD ["python", "main.py"]', ""]
    kit.add(kit.pick("Dockerfile", "docker/Dockerfile", "bot/Dockerfile"), "\n".join(lines))


@shape("compose", "easy", simple, batch=2, weight=4)
def compose(kit: Kit, creds: Creds) -> None:
    """Write a docker-compose service."""
    listed = kit.rng.random() < 0.5
    join = "      - {}={}" if listed else "      {}: {}"
    lines = [
        'version: "3.8"',
        "services:",
        "  bot:",
        "    image: ghcr.io/acme/bot:1.4.2",
        "    environment:",
    ]
    lines += [join.format(name, value) for name, value in kit.noise()]
    for credential in creds:
        lines += [join.format(credential.env(p), kit.s(p)) for p in credential.parts]
    lines += ["    restart: unless-stopped", "volumes:", "  data: {}", ""]
    kit.add(kit.pick("docker-compose.yml", "deploy/docker-compose.prod.yml"), "\n".join(lines))


@shape("k8s_stringdata", "easy")
def k8s_stringdata(kit: Kit, creds: Creds) -> None:
    """Write a Kubernetes Secret in plain text."""
    lines = [
        "apiVersion: v1",
        "kind: Secret",
        "metadata:",
        "  name: bot",
        "type: Opaque",
        "stringData:",
    ]
    for credential in creds:
        for part in credential.parts:
            if part.is_multiline:
                body = kit.s(part, text=part.value.rstrip("\n").replace("\n", "\n    "))
                lines += [f"  {credential.env(part)}: |", f"    {body}"]
            else:
                lines.append(f"  {credential.env(part)}: {kit.q(part)}")
    kit.add("k8s/secret.yaml", "\n".join(lines) + "\n")


@shape("tfvars", "easy", batch=2)
def tfvars(kit: Kit, creds: Creds) -> None:
    """Write Terraform variables."""
    lines = ['region = "ap-northeast-1"', 'instance_type = "t3.small"']
    for credential in creds:
        lines += [f"{credential.env(p).lower()} = {kit.q(p)}" for p in credential.parts]
    lines += [f'{name.lower()} = "{value}"' for name, value in kit.noise(1)]
    kit.add(kit.pick("terraform.tfvars", "infra/prod.auto.tfvars"), "\n".join(lines) + "\n")


@shape("terraform_default", "easy", simple)
def terraform_default(kit: Kit, creds: Creds) -> None:
    """Write Terraform variables with defaults."""
    blocks = [
        f'variable "{credential.env(p).lower()}" {{\n  type    = string\n  default = "{kit.s(p)}"\n}}\n'
        for credential in creds
        for p in credential.parts
    ]
    kit.add("infra/variables.tf", "\n".join(blocks))


@shape("properties", "easy", simple, batch=2)
def properties(kit: Kit, creds: Creds) -> None:
    """Write Spring properties."""
    lines = ["server.port=8080", "spring.application.name=trader"]
    lines += [f"app.{name.lower().replace('_', '-')}={value}" for name, value in kit.noise(1)]
    for c in creds:
        slug = c.prefix.lower().replace("_", "-")
        lines += [f"{slug}.{c.generic(p).replace('_', '-')}={kit.s(p)}" for p in c.parts]
    kit.add("src/main/resources/application.properties", "\n".join(lines) + "\n")


@shape("yaml_section", "easy", batch=3, weight=5)
def yaml_section(kit: Kit, creds: Creds) -> None:
    """Write a YAML file with a section per provider."""
    lines = ["# exchanges and services", *(f"{n.lower()}: {v}" for n, v in kit.noise(2))]
    for credential in creds:
        lines.append(f"{credential.prefix.lower()}:")
        for part in credential.parts:
            is_bare = credential.is_simple and ":" not in part.value and kit.rng.random() < 0.6
            lines.append(f"  {credential.generic(part)}: {kit.s(part) if is_bare else kit.q(part)}")
    kit.add(
        kit.pick("config.yml", "config/exchanges.yaml", "settings.yaml"), "\n".join(lines) + "\n"
    )


@shape("toml_section", "easy", batch=2, weight=3)
def toml_section(kit: Kit, creds: Creds) -> None:
    """Write TOML, as Streamlit secrets have it."""
    lines = ['title = "bot"', ""]
    for credential in creds:
        lines.append(f"[{credential.prefix.lower()}]")
        lines += [f"{credential.generic(p)} = {kit.q(p)}" for p in credential.parts]
        lines.append("")
    lines += ["[app]", *(f'{name.lower()} = "{value}"' for name, value in kit.noise()), ""]
    kit.add(kit.pick(".streamlit/secrets.toml", "config.toml", "Secrets.toml"), "\n".join(lines))


@shape("ini_section", "easy", simple, batch=2, weight=3)
def ini_section(kit: Kit, creds: Creds) -> None:
    """Write an INI file with a section per provider."""
    lines = ["[general]", *(f"{name.lower()} = {value}" for name, value in kit.noise(2)), ""]
    for credential in creds:
        lines.append(f"[{credential.prefix.lower()}]")
        lines += [f"{credential.generic(p)} = {kit.s(p)}" for p in credential.parts]
    kit.add(kit.pick("config.ini", "secrets.ini", "bot.cfg"), "\n".join(lines) + "\n")


@shape("workflow_env", "easy", simple, batch=2)
def workflow_env(kit: Kit, creds: Creds) -> None:
    """Write a CI workflow with literal env values."""
    pin = kit.tree.look("git_commit", f"{kit.rng.getrandbits(160):040x}")
    lines = ["name: nightly", "on:", "  schedule:", "    - cron: '0 3 * * *'", "jobs:", "  run:"]
    lines += [
        "    runs-on: ubuntu-latest",
        "    env:",
        "      GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}",
    ]
    for credential in creds:
        lines += [f"      {credential.env(p)}: {kit.s(p)}" for p in credential.parts]
    lines += [
        "    steps:",
        f"      - uses: actions/checkout@{pin} # v4",
        "      - run: make test",
        "",
    ]
    kit.add(".github/workflows/nightly.yml", "\n".join(lines))


@shape("systemd_unit", "easy", simple)
def systemd_unit(kit: Kit, creds: Creds) -> None:
    """Write a systemd unit."""
    lines = ["[Unit]", "Description=Trading bot", "", "[Service]"]
    for credential in creds:
        lines += [f'Environment="{credential.env(p)}={kit.s(p)}"' for p in credential.parts]
    lines += ["ExecStart=/opt/bot/venv/bin/python main.py", "Restart=always", "", "[Install]"]
    kit.add("deploy/bot.service", "\n".join([*lines, "WantedBy=multi-user.target", ""]))


@shape("mcp_config", "easy")
def mcp_config(kit: Kit, creds: Creds) -> None:
    """Write an MCP client configuration."""
    lines = [
        "{",
        '  "mcpServers": {',
        '    "trading": {',
        '      "command": "npx",',
        '      "env": {',
    ]
    pairs = [f"        {quote(c.env(p))}: {kit.q(p)}" for c in creds for p in c.parts]
    kit.add(
        "claude_desktop_config.json",
        "\n".join([*lines, ",\n".join(pairs), "      }", "    }", "  }", "}", ""]),
    )


@shape("workspace_xml", "easy", simple)
def workspace_xml(kit: Kit, creds: Creds) -> None:
    """Write an IDE run configuration."""
    guid = kit.tree.look("uuid_id", f"{kit.rng.getrandbits(128):032x}")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<project version="4">',
        f"  <!-- {guid} -->",
    ]
    lines += [
        '  <component name="RunManager">',
        "    <envs>",
        '      <env name="PYTHONUNBUFFERED" value="1" />',
    ]
    for c in creds:
        lines += [
            f'      <env name="{c.env(p)}" value="{kit.s(p).replace("&", "&amp;")}" />'
            for p in c.parts
        ]
    kit.add(
        ".idea/workspace.xml",
        "\n".join([*lines, "    </envs>", "  </component>", "</project>", ""]),
    )


@shape("json_named", "easy", batch=2, weight=3)
def json_named(kit: Kit, creds: Creds) -> None:
    """Write JSON whose keys name the provider in camel case."""
    rows = [f'  "{camel(name)}": {quote(value)}' for name, value in kit.noise(2)]
    rows += [f'  "{camel(c.env(p))}": {kit.q(p)}' for c in creds for p in c.parts]
    kit.add(
        kit.pick("config.json", "secrets.json", "settings.local.json"),
        "{\n" + ",\n".join(rows) + "\n}\n",
    )
