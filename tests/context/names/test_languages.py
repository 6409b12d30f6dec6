"""Behaviour of scanner.context.names.languages: words of twenty languages tell secrets; their prose is none."""

import random

import pytest

from scanner.context.names import languages
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin, Skipped
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker

KEYS = {
    "private_key": "私钥|錢包私鑰|秘密鍵|개인키|프라이빗키"
    "|Приватный ключ|Закритий ключ|Özel anahtar|Khóa riêng tư|kunci pribadi"
    "|Llave privada|chave privada|clé privée"
    "|Privater Schlüssel|Chiave privata|klucz prywatny|المفتاح الخاص|کلید خصوصی"
    "|निजी कुंजी|คีย์ส่วนตัว|chave_privada|clePrivee|ozel_anahtar|KUNCI_PRIVAT|khoa_rieng|siyao",
    "api_secret": "密钥|密鑰|シークレットキー|시크릿 키"
    "|Секретный ключ|Таємний ключ|Gizli anahtar|Khóa bí mật|kunci rahasia"
    "|clave secreta|Chave secreta|Clé secrète|Geheimer Schlüssel"
    "|Chiave segreta|Tajny klucz|مفتاح سري|کلید مخفی|गुप्त कुंजी"
    "|คีย์ลับ|gizli_anahtar|KHOA_BI_MAT|rahasia|segredo|miyao",
    "api_key": "API 密钥|金鑰|アクセスキー|API 키|Ключ API"
    "|API anahtarı|Khóa API|kunci api|clave de API|Chave da api|clé d'API"
    "|API-Schlüssel|Chiave API|klucz api|مفتاح API|کلید API"
    "|API कुंजी|คีย์ API|api_anahtari|khoaApi|CHAVE_API|api_schluessel",
}
PASSWORDS = (
    "密码|口令|パスワード|비밀번호|비번|Пароль|Şifre"
    "|parola|Mật khẩu|Kata sandi|Contraseña|senha|Mot de passe|Passwort|Kennwort"
    "|hasło|كلمة المرور|رمز عبور|पासवर्ड|รหัสผ่าน|mat_khau"
    "|kataSandi|SIFRE|contrasena|mot_de_passe|HASLO|heslo|wachtwoord"
)
SHOWN = (
    "dein_passwort|IHR_API_SCHLUESSEL|votre_mot_de_passe"
    "|votre_cle_api_ici|TU_CLAVE_SECRETA|contraseña_segura|contrasena123"
    "|sua_senha_segura|SUA_NOVA_SENHA|SuaSenhaForte123"
    "|LA_TUA_CHIAVE_SEGRETA|twoje_haslo|SIFRENIZ_BURAYA|api_anahtariniz"
    "|mat_khau_cua_ban|KATA_SANDI_ANDA|ваш_пароль|VASH_KLYUCH"
    "|你的密码|请输入密码|パスワードを入力|비밀번호를_입력하세요|jouw_wachtwoord"
    "|Zugangsdaten|Infrastruktur|obligatoire|credenziali|wymagane|zorunlu|wajib|Uwierzytelnianie"
)
SILENT = (
    '"sifre": "Şifrenizi mi unuttunuz?"',
    '"Incorrect username or password": "Nami pangguna atanapi sandi salah"',
    'clave = "producto_principal_01"',
    'chave_primaria = "codigo_cliente_2024"',
    'chave_pix = "{uuid}"',
    "clave pública: {hex:64}",
    "öffentlicher Schlüssel: {hex:64}",
    "khóa công khai: {hex:64}",
    '{"交易所": "gate", "哈希": "{hex:64}"}',
    "Firma: `{base64:88}`",
    "- `BINGX_API_SECRET`: Zugangsdaten für die Börse",
    "`BINGX_API_SECRET`\n\n## 2. Umgebungsvariable",
)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def found(detector: Detector, template: str, path: str = "a.txt") -> set[tuple[str, str | None]]:
    """Return kind and system of what is found in a text with invented values."""
    drafts = detector.drafts(
        Blob(fill(template, random.Random(7))[0].encode(), Origin("file", path))
    )
    return {
        (draft.match.rule.kind, draft.match.rule.system)
        for draft in drafts
        if not isinstance(draft, Skipped)
        if draft.match.score >= MEDIUM and draft.match.rejected is None
    }


@pytest.mark.parametrize(
    ("kind", "label"), [(kind, one) for kind, all_ in KEYS.items() for one in all_.split("|")]
)
@pytest.mark.parametrize("form", ["{}: VALUE\n", "- {} = VALUE\n", '{{"{}": "VALUE"}}\n'])
def test_labels_of_keys(detector: Detector, kind: str, label: str, form: str) -> None:
    """A key is told by its label, in a note and as a member of JSON, with its kind."""
    values = ("{evm_key}", "0x{evm_key}") if kind == "private_key" else ("{alnum:40}",)
    for value in values:
        text = form.format(label).replace("VALUE", value)
        assert {told for told, _ in found(detector, text)} == {kind}, text


@pytest.mark.parametrize("label", PASSWORDS.split("|"))
def test_labels_of_passwords(detector: Detector, label: str) -> None:
    """A password that somebody chose is told by its label, quoted or not."""
    chosen = "Kq7" + "*" + "919338"
    for text in (f"{label}: {chosen}\n", f'{{"{label}": "{chosen}"}}\n'):
        assert {kind for kind, _ in found(detector, text)} == {"password"}, text


@pytest.mark.parametrize("value", SHOWN.split("|"))
def test_placeholders(detector: Detector, value: str) -> None:
    """What a documentation of another language has in a secret's place is no finding."""
    for name in ("BINGX_API_SECRET", "OKX_PASSPHRASE", "DB_PASSWORD", "senha", "şifre", "пароль"):
        for text in (f"{name}={value}\n", f'{name.lower()}: "{value}"\n', f"- `{name}`: {value}\n"):
            assert not found(detector, text, "README.md"), text


@pytest.mark.parametrize("text", SILENT)
def test_prose(detector: Detector, text: str) -> None:
    """Captions, messages, public keys, hashes and keys of tables are no secrets in any language."""
    assert not found(detector, text + "\n")


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("Бинанс", "binance"),
        ("幣安", "binance"),
        ("바이낸스", "binance"),
        ("БАЙБИТ", "bybit"),
        ("歐易", "okx"),
        ("Окх", "okx"),
        ("火幣", "htx"),
        ("بينانس", "binance"),
    ],
)
def test_names_of_exchanges(detector: Detector, name: str, system: str) -> None:
    """An exchange's name in its users' script tells whose the keys below are, whatever its case."""
    forms = {
        "binance": ("{alnum:64}", "{alnum:64!}"),
        "bybit": ("{alnum:18}", "{alnum:36}"),
        "okx": ("{uuid}", "{HEX:32}"),
        "htx": ("{hex:8}-{hex:8}-bg5t6ygr6y-{hex:5}", "{hex:8}-{hex:8}-{hex:8}-{hex:5}"),
    }
    key, secret = forms[system]
    text = f"{name}\nключ {key}\nсекретный ключ {secret}\n"
    assert found(detector, text) == {("api_key", system), ("api_secret", system)}


def test_member_names_exchange(detector: Detector) -> None:
    """A word for an exchange names it as ``exchange`` does."""
    text = '{"交易所": "gate", "访问密钥": "{hex:32}", "私密密钥": "{hex:64}"}\n'
    assert found(detector, text) == {("api_key", "gate"), ("api_secret", "gate")}


def test_decomposed_letters() -> None:
    """Letters whose marks stand apart, as file systems of macOS write them, are the same."""
    assert languages.plain("kho\u0301a bi\u0301 m\u00e2\u0323t") == "khoa bi mat"
    assert languages.kind_in_name("kho\u0301a_bi\u0301_m\u1ead\u0074") == "api_secret"
