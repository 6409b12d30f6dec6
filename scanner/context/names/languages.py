"""Words for secrets in the languages that people name them in: Chinese to Vietnamese, with and without accents.

A word counts in prose (``khóa bí mật: ...``) and in names (``KHOA_BI_MAT``, ``gizliAnahtar``): accents are
dropped and the words of a name parted by blanks, so one list serves both. English has its own, in ``roles`` and
``prose``.
"""

import unicodedata
from functools import cache

from scanner.context.values.captions import OWN_LETTERS
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

PASSWORDS = "密码|密碼|パスワード|비밀번호|암호|парол"
"""Password in Chinese, Japanese, Korean and Russian (without its ending)."""
CHOSEN = (
    f"{PASSWORDS}|Парол|口令|비번|ŞİFRE|Şifre|şifre|mật khẩu|Mật khẩu|contraseña|Contraseña|CONTRASEÑA|hasło|Hasło|HASŁO|كلمة المرور"
    "|كلمة السر|رمز عبور|گذرواژه|पासवर्ड|รหัสผ่าน"
)
"""Names of passwords that are no plain letters, as they are written."""
_OF_SEEDS = (
    r"frase (?:semilla|semente|de recuperac|di recupero|mnem)|phrase (?:de )?(?:recup|mnem)"
    r"|wiederherstellungs(?:phrase|w)|kurtarma (?:ifade|kelime)|cum tu khoi phuc|frasa (?:pemulihan|benih)"
    r"|fraza (?:odzysk|seed)|herstelzin"
    r"|助记词|助記詞|シードフレーズ|ニーモニック|니모닉|(?:시드|복구) ?구문|сид[- ]?фраз|мнемон|عبارة الاسترداد|عبارت بازیابی"
)
_OF_PRIVATE = (
    r"(?:clave|llave|chave)s? privada|clef? privee|privat(?:e[rn]?)? ?schlu?e?ssel|ozel anahtar|chiave privata"
    r"|khoa (?:rieng|ca nhan)|kunci (?:pribadi|privat)|klucz prywatn|prywatny klucz|soukromy klic"
    r"|prive ?sleutel|privat ?nyckel|cheie privata|privatn\w{0,4} ?k(?:ly?|lj)uch?|\bprivatnik|\bsiyao\b"
    r"|私钥|私鑰|私密金[鑰钥]|秘密鍵|プライベートキー|개인\s?키|프라이빗\s?키|приватн\w+\s+ключ\w*|закр[ыи]т\w+\s+ключ\w*|приватник"
    r"|مفتاح(?:ك)? (?:ال)?خاص|المفتاح الخاص|کلید خصوصی|निजी कुंजी|प्राइवेट (?:की|कुंजी)|(?:คีย์|กุญแจ)ส่วนตัว"
)
_HIDDEN = (
    r"\b(?:clave|llave|chave) secreta|\bclef? secrete|\bgeheim\w*(?:[ -]?schlu?e?ssel)?|\bsecreto|\bsegre[dt]o"
    r"|\bgizli(?: ?anahtar)?|chiave segreta|geheime sleutel|khoa (?:bi|bao) mat|\bbi mat|kunci rahasia|\brahasia"
    r"|tajny (?:klucz|klic)|klucz tajn|\bsekret|\bhemlig|\bmiyao\b"
    r"|シークレット(?:キー|鍵)?|秘密キー|시크릿\s?키?|비밀\s?키|секретн\w+\s+ключ\w*|секрет\w*|таємн\w+(?:\s+ключ\w*)?"
    r"|(?<!访问)(?<!api)(?<!api )密钥|(?<!訪問)(?<!api)(?<!api )密鑰|秘钥|(?:私有|安全|签名|私密)密[钥鑰]|(?:ال)?مفتاح (?:ال)?سري|المفتاح السري|(?:ال)?سري?(?!\w)|کلید (?:مخفی|محرمانه)|गुप्त(?: कुंजी)?|सीक्रेट"
    r"|คีย์ลับ|รหัสลับ|กุญแจลับ"
)
_PHRASES = (
    r"frase de (?:acceso|contrasen|paso)|frase[- ]senha|frase di accesso|phrase (?:secr|de passe)|\bfrase\b"
    r"|(?:parola|sifre|gecis) ifade|cum mat khau|frasa sandi|密语|密語|密码短语|密碼短語|口令|パスフレーズ|패스프레이즈"
    r"|(?:кодовая|парольная)\s+фраза|عبارة المرور|عبارت عبور"
)
_CHOSEN = (
    r"\bcontrasen|palavra[ -]?passe|\bmot de passe|\bmotdepasse|\bmdp\b|\bpasswort|\bkennwort|\bsenhas?\b|\bparola\w{0,3}\b"
    r"|\bparol\b|\bsifre|\bwachtwoord|\bmat khau|\bmatkhau|\b(?:kata ?)?sandi\b|\bhasl[oa]\b|\bheslo\b|\blosenord|\badgangskode"
    r"|\bsalasana|\bjelszo|\bmima\b"
    rf"|{PASSWORDS}|비번|كلمة (?:ال)?(?:مرور|سر)|رمز عبور|گذرواژه|पासवर्ड|รหัสผ่าน"
)
_HANDED = r"令牌|トークン|토큰|токен|رمز الوصول|توکن|टोकन|โทเค็น|權杖|权杖"
_OPENS = (
    r"(?:\b(?:clave|chave|llave)s?\b|\bclef?\b|\bchiave\b|(?<!\bacik )\banahtar|schlu?e?ssel|\bkunci|\bkhoa\b|\bklucz"
    r"|\bklic\b|\bsleutel|\bnyckel|\bavain|\bk(?:ly|lj|l)uch\b)(?! ?(?:publi|pubbl|cong khai|verejn))"
    r"|公钥|公鑰|访问密钥|訪問密鑰|api ?密[钥鑰]|接入码|金[鑰钥]|(?:api|アクセス)? ?キー|(?<!秘密)鍵|(?:액세스|api|공개|접근)\s?키|(?<![가-힣])키"
    r"|(?<!открытый )(?<!публичный )(?<!публічний )(?<!відкритий )\bключ\w{0,2}|\bапи\b|مفتاح(?! (?:ال)?عام)|کلید(?! عمومی)|कुंजी|एपीआई की|คีย์|กุญแจ"
)
_PUBLIC = lazy_compile(
    r"publi[ckq]|pubblic|offentlich|oeffentlich|\b(?:acik|genel) anahtar|\bumum\b|cong khai|verejn"
    r"|публичн|публічн|открыт\w+\s+ключ|公开|公開|公钥|公鑰|공개|عمومی|सार्वजनिक|สาธารณะ"
)
"""Words for public, before or behind a key."""
_DERIVED = lazy_compile(
    r"\bhash|\bimza|\bfirma\b|assinatura|podpis|unterschrift|prufsumme|direccion|endereco|\badres|alamat|indirizzo|chu ky|dia chi"
    r"|tanda tangan|transa[ck]|transaz|giao dich|\bislem\b|huella|empreinte"
    r"|哈希|散列|签名|簽名|地址|订单|訂單|区块|區塊|交易号|ハッシュ|署名|アドレス|注文|해시|서명|주소|주문|거래 ?id|х[еэ]ш|подпис|підпис|адрес|транзакц"
    r"|ордер|(?:открыт|відкрит)\w+\s+ключ|توقيع|عنوان|هاش|امضا|آدرس|هش(?!\w)|हैश|पता|हस्ताक्षर|แฮช|ที่อยู่|ลายเซ็น"
)
"""Words for what is derived or no secret: a hash, a signature, an address, an order."""
KINDS = (
    (lazy_compile(_OF_SEEDS), "mnemonic"),
    (lazy_compile(_OF_PRIVATE), "private_key"),
    (lazy_compile(_HIDDEN), "api_secret"),
    (lazy_compile(_PHRASES), "passphrase"),
    (lazy_compile(_CHOSEN), "password"),
    (lazy_compile(_HANDED), "token"),
    (lazy_compile(_OPENS), "api_key"),
)
"""Expressions over ``plain`` texts; where two end at the same place, the first tells."""
_STEMS = lazy_compile(
    r"cle(?:f?(?![a-z])|api|secr|priv)|c(?:lave|have|hiav|ontrase|um tu)|s(?:chl|egre[dt]o|andi|ekret|ifre|enha|leutel|alasana|iyao)"
    r"|anahtar|avain|adgangskode|gizli|geheim|kho[ai]|khau|k(?:unci|l(?:ucz|ic|yuch|juch|uch)|ennwort|urtarma)|bi[_ ]?mat"
    r"|rahasia|recup|h(?:asl[oa]|eslo|emlig|erstelz)|tajn|p(?:arol|asse|asswort|alavra|rivatn)|mdp|mima|miyao|mnem|w(?:achtwoord|iederh)"
    r"|nyckel|llave|losenord|jelszo|fras[ae]|fraza|[^\x00-\x7f]"
)
"""What every such name in plain letters holds: hardly one in a hundred names does."""
_WORDS = lazy_compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+")
_OF_SERVICE = lazy_compile(
    r"api|ac+es|zugriff|zugang|erisim|akses|truy cap|dostep|app|client|servi"
)


@cache
def _letters() -> dict[int, str]:
    """Return the plain letter of each Latin one with marks; one for one, so places stay."""
    table = {code: letters[:1] for code, letters in OWN_LETTERS.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        first = unicodedata.normalize("NFD", chr(code))[0]
        if first.isascii():
            table[code] = first
    return table


def find(text: str) -> tuple[int, str] | None:
    """Return where the last word for a secret in another language than English ends, and its kind."""
    read = plain(text)
    if _STEMS.search(read) is None:
        return None
    best: tuple[int, str] | None = None
    for expression, kind in KINDS:
        for found in expression.finditer(read):
            if best is None or found.end() > best[0]:
                best = found.end(), kind
    return best


def plain(text: str) -> str:
    """Return a text in lower case, its Latin letters without marks.

    >>> plain("Khóa bí mật"), plain("ÖZEL anahtar"), plain("秘密鍵")
    ('khoa bi mat', 'ozel anahtar', '秘密鍵')
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).translate(_letters()).lower()


@remembered(4096)
def is_derived(name: str) -> bool:
    """Tell whether a name in another language than English is that of a hash, a signature, an address or an order.

    >>> is_derived("交易哈希"), is_derived("Firma"), is_derived("密钥")
    (True, True, False)
    """
    if name.isascii() and _DERIVED_STEMS.search(name.lower()) is None:
        return False
    latin = unicodedata.normalize("NFC", name).translate(_letters())
    return _DERIVED.search(" ".join(_WORDS.findall(latin)).lower()) is not None


_DERIVED_STEMS = lazy_compile(
    r"i(?:mza|ndiri|slem)|firma|a(?:ssina|dres[^s]|lamat)|podpis|untersch|pru?e?fsum|d(?:irecc|ia_?chi)|endere|chu_?ky|tanda"
)


@remembered(4096)
def kind_in_name(name: str) -> str | None:
    """Return the kind of secret that a name in another language than English promises.

    >>> kind_in_name("KHOA_BI_MAT"), kind_in_name("apiAnahtarı"), kind_in_name("clave_publica"), kind_in_name("article")
    ('api_secret', 'api_key', None, None)
    """
    if name.isascii():
        if _STEMS.search(name.lower()) is None:
            return None
        name = " ".join(_WORDS.findall(name)).lower()
    else:
        latin = unicodedata.normalize("NFC", name).translate(_letters())
        name = " ".join(_WORDS.findall(latin)).lower()
    if _PUBLIC.search(name) or _DERIVED.search(name):
        return None
    best = find(name)
    return best[1] if best else None


def is_bare_key(name: str) -> bool:
    """Tell whether a name is the word for a key alone, or of no service: locks and lists have keys, too.

    >>> is_bare_key("anahtar"), is_bare_key("clave_pedido"), is_bare_key("api_anahtar"), is_bare_key("API ключ")
    (True, True, False, False)
    """
    words = plain(name)
    if not words.isascii() or kind_in_name(name) != "api_key":
        return False
    return _OF_SERVICE.search(words) is None


_CAPTION = lazy_compile(
    r"(?:^|[^A-Za-z\x80-\U0010ffff '\-()/_])[ ]?(?P<words>(?:[A-Za-z]|[^\x00-\x7f：＝「『“”])(?:[A-Za-z]|[^\x00-\x7f：＝「『“”]|[ \-'()/]){1,40}?)"
    r"[\"'`*]{0,3}[ ]?(?:[:：=＝|]|->|=>)[ ]{0,4}[\"'`“「]{0,2}(?:0[xX])?$"
)
"""Words of letters (marks above and below them are none to ``re``) before a sign; the value follows."""


_BULLETS = "-*•>#/ \t0123456789.)"


def caption_of(label: str) -> str:
    """Return the words of another language than English before a colon that tell of a value; empty for none.

    >>> caption_of("Gizli anahtar: "), caption_of("clave: "), caption_of("Khóa công khai: ")
    ('Gizli anahtar', '', '')
    """
    if label.isascii() and _STEMS.search(label.lower()) is None:
        return ""
    found = _CAPTION.search(label.lstrip(_BULLETS))
    if found is None or is_bare_key(found["words"]):
        return ""
    words = found["words"]
    return words if kind_in_name(words) or (not words.isascii() and is_derived(words)) else ""
