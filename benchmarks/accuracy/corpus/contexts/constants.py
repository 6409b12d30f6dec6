# The text of a file that is written stays in one piece.
"""Easy shapes in code: constants whose names say provider and role."""

from __future__ import annotations

from corpus.contexts.base import (
    Kit,
    pascal,
    shape,
)
from corpus.systems import Credential

Creds = list[Credential]


@shape("python_constants", "easy", batch=2, weight=6)
def python_constants(kit: Kit, creds: Creds) -> None:
    """Write a Python settings module."""
    lines = ['"""Settings of the trading bot."""', "", "import os", "", "DEBUG = False"]
    for credential in creds:
        lines += [f'{name} = "{value}"' for name, value in kit.noise(2)]
        lines += [f"{credential.env(p)} = {kit.q(p)}" for p in credential.parts]
    lines += [
        "",
        "",
        "def data_dir() -> str:",
        '    return os.environ.get("DATA_DIR", "/data")',
        "",
    ]
    kit.add(kit.pick("config.py", "settings.py", "src/bot/config.py", "keys.py"), "\n".join(lines))


@shape("js_constants", "easy", batch=2, weight=4)
def js_constants(kit: Kit, creds: Creds) -> None:
    """Write a JavaScript or TypeScript module of constants."""
    typed = kit.rng.random() < 0.5
    lines = ["// config", "export const retries = 5;" if typed else "'use strict';"]
    for credential in creds:
        lines += [f"const {name} = '{value}';" for name, value in kit.noise(1)]
        word = "export const" if typed else "const"
        lines += [f"{word} {credential.env(p)} = {kit.q(p)};" for p in credential.parts]
    lines.append("" if typed else "module.exports = { retries: 5 };")
    kit.add("src/config/keys." + ("ts" if typed else "js"), "\n".join(lines) + "\n")


@shape("java_constants", "easy", batch=2)
def java_constants(kit: Kit, creds: Creds) -> None:
    """Write a Java class of constants."""
    lines = ["package com.acme.trader;", "", "public final class Keys {"]
    for credential in creds:
        lines += [
            f"    public static final String {credential.env(p)} = {kit.q(p)};"
            for p in credential.parts
        ]
    lines += [f'    static final String {name} = "{value}";' for name, value in kit.noise(2)]
    kit.add("src/main/java/com/acme/trader/Keys.java", "\n".join([*lines, "}", ""]))


@shape("go_const", "easy")
def go_const(kit: Kit, creds: Creds) -> None:
    """Write Go constants."""
    lines = ["package config", "", "const ("]
    for credential in creds:
        lines += [f"\t{pascal(credential.env(p))} = {kit.q(p)}" for p in credential.parts]
    lines += [f'\t{pascal(name)} = "{value}"' for name, value in kit.noise(2)]
    kit.add("internal/config/config.go", "\n".join([*lines, ")", ""]))


@shape("rust_const", "easy")
def rust_const(kit: Kit, creds: Creds) -> None:
    """Write Rust constants."""
    lines = ["//! Keys of the bot.", "use std::time::Duration;", ""]
    for credential in creds:
        lines += [f"pub const {credential.env(p)}: &str = {kit.q(p)};" for p in credential.parts]
    kit.add(
        "src/config.rs",
        "\n".join([*lines, "pub const WAIT: Duration = Duration::from_secs(5);", ""]),
    )


@shape("csharp_const", "easy")
def csharp_const(kit: Kit, creds: Creds) -> None:
    """Write C# constants."""
    lines = ["namespace Trader;", "", "internal static class Secrets", "{"]
    for credential in creds:
        lines += [
            f"    public const string {pascal(credential.env(p))} = {kit.q(p)};"
            for p in credential.parts
        ]
    kit.add("src/Trader/Secrets.cs", "\n".join([*lines, "}", ""]))


@shape("ruby_env", "easy")
def ruby_env(kit: Kit, creds: Creds) -> None:
    """Write a Ruby initializer."""
    lines = ["# frozen_string_literal: true", "", "require 'net/http'"]
    for credential in creds:
        lines += [f"ENV['{credential.env(p)}'] ||= {kit.q(p)}" for p in credential.parts]
    kit.add("config/initializers/keys.rb", "\n".join([*lines, "Rails.logger.info 'ready'", ""]))


@shape("php_define", "easy")
def php_define(kit: Kit, creds: Creds) -> None:
    """Write PHP constants."""
    lines = ["<?php", "date_default_timezone_set('UTC');"]
    for credential in creds:
        lines += [f"define('{credential.env(p)}', {kit.q(p)});" for p in credential.parts]
    kit.add(
        "includes/config.php", "\n".join([*lines, "require __DIR__ . '/vendor/autoload.php';", ""])
    )
