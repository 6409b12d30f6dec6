"""Behaviour of scanner.judges.literal: confidence and severity of passwords where people write them."""

import base64
import random
import string

import pytest

from scanner.detector import Detector
from scanner.models import Blob, Match, Origin
from scanner.placeholders import make
from scanner.wiring import Patterns, detector_maker

V = "k8dq" + "Zx2!m"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns(use_cache=False))()


def found(detector: Detector, text: str) -> list[Match]:
    blob = Blob(text.replace("VALUE", V).encode(), Origin("file", "x"))
    return [m for m in detector.matches(blob) if m.rejected is None and m.score >= 4]


ENCODED = base64.b64encode(V.encode()).decode()
WIDE = base64.b64encode(f'"{V}"'.encode("utf-16-le")).decode()
"""As Active Directory takes a password: in quotes and in UTF-16."""
BASIC = base64.b64encode(f"deploy:{V}".encode()).decode()
KEY_ALONE = base64.b64encode(f"{make('alnum', '40', random.Random(2))}:".encode()).decode()
RULES = [
    # text, rule, score
    ('password = "VALUE"', "generic-password", 6),
    ('client_pwd: "jabber_pw"', "generic-password", 4),
    ('password = "password"', "generic-password", 4),
    ('passphrase: "VALUE"', "generic-passphrase", 6),
    ("DATABASE_URL=clickhouse://app:VALUE@db.internal/app", "generic-url-password", 6),
    ("amqp://guest:guest@localhost", "generic-url-password", 4),
    ("HTTP_PROXY=http://svc-git:q8Zr.Winter@proxy.corp.lan:8080", "generic-url-password", 6),
    ("mysql://app:x@VALUE@db.internal/app", "generic-url-password", 6),
    ("amqp://app:VALUE/x9@mq.internal:5672/", "generic-url-password", 6),
    (f"Authorization: Basic {BASIC}", "generic-basic-auth", 6),
    (f'if auth != "Basic {BASIC}" {{', "generic-basic-auth", 6),
    (f"Authorization: Basic {KEY_ALONE}", "generic-basic-auth", 6),
    ("'key' => 'smtp_password',\n    'value' => 'VALUE',", "generic-password", 6),
    ("{ :name => 'smtp_password',\n  :value => 'VALUE' }", "generic-password", 6),
    ("['key' => 'app_secret',\n 'value' => 'VALUEVALUEVALUE']", "generic-api-secret", 6),
    ("export TEMP_PASSWRD='VALUE'", "generic-password", 6),
    ('paswd: "VALUE"', "generic-password", 6),
    (
        'release { storePassword "VALUE"; keyAlias "k"; keyPassword "other77x" }',
        "generic-password",
        6,
    ),
    (
        '<stringProp name="Argument.name">db_password</stringProp>\n'
        '<stringProp name="Argument.value">VALUE</stringProp>',
        "generic-password",
        6,
    ),
    ('pword = "VALUE"', "generic-password", 6),
    ('cfg = { password: isDev ? "VALUE" : process.env.DB_PASSWORD }', "generic-password", 6),
    (
        f'proxy_set_header Authorization "Bearer {"4f9c07d1" * 4}a1b2";',
        "generic-bearer-hex-token",
        6,
    ),
    ("sshpass -p VALUE ssh deploy@host", "generic-command-password", 6),
    ("curl -s -u deploy:VALUE https://host/", "generic-command-password", 6),
    ("mysql -h db -u root -pVALUE app", "generic-command-password", 6),
    ("curl -u deploy:VALUE -T app.jar https://host/", "generic-command-password", 6),
    ("mysql -pVALUE app", "generic-command-password", 6),
    ("echo 'VALUE' > /tmp/pw && geth --password /tmp/pw", "generic-file-password", 6),
    ('geth account import --password <(echo "VALUE") key.txt', "generic-file-password", 6),
    ("keytool -genkeypair -storepass VALUE -alias a", "generic-tool-password", 6),
    ("mongodump -u admin -p VALUE --db app", "generic-tool-password", 6),
    ("docker login -u deploy -p VALUE registry", "generic-tool-password", 6),
    ("net use Z: \\\\files\\share /user:ACME\\bot VALUE", "generic-tool-password", 6),
    ("echo 'root:VALUE' | chpasswd", "generic-tool-password", 6),
    ("keytool -list -storepass changeit", "generic-tool-password", 4),
    ('smtp.login("bot@acme.internal", "VALUE")', "generic-login-call", 6),
    ('DriverManager.getConnection(url, "app", "VALUE")', "generic-login-call", 6),
    ("new mysqli('db', 'app', 'VALUE', 'shop')", "generic-login-call", 6),
    ("ConvertTo-SecureString 'VALUE' -AsPlainText", "generic-login-call", 6),
    ("CREATE USER 'app'@'%' IDENTIFIED BY 'VALUE';", "generic-login-call", 6),
    ("requests.get(url, auth=('deploy', 'password'))", "generic-login-call", 4),
    ("maxmemory 1gb\nrequirepass VALUE\n", "generic-server-password", 6),
    ('  psk="VALUE"', "generic-server-password", 6),
    ("zip -P VALUE -r b.zip data", "generic-tool-password", 6),
    ("await page.fill('#password', 'VALUE');", "generic-login-call", 6),
    ("driver.find_element(By.ID, 'password').send_keys('VALUE')", "generic-login-call", 6),
    ('expect "password:"\nsend "VALUE\\r"', "generic-login-call", 6),
    ("bindpw VALUE\nbase dc=acme", "generic-server-password", 6),
    ('sql.Open("mysql", "app:VALUE@tcp(db:3306)/shop")', "generic-dsn-password", 6),
    ("jwt.sign({ id: 1 }, 'VALUE')", "generic-signing-key", 6),
    ("crypto.createHmac('sha256', 'VALUE')", "generic-signing-key", 6),
    ('MySQLdb.connect("db", "root", "VALUE", "shop")', "generic-connect-call", 6),
    ('pymysql.connect("db", "root", "password", "shop")', "generic-connect-call", 4),
    ('ssh.connect("db", 22, "root", "VALUE")', "generic-connect-call", 6),
    ('Elasticsearch(hosts, http_auth=("app", "VALUE"))', "generic-connect-call", 6),
    ("jdbc:oracle:thin:erp/VALUE@//ora:1521/ERP", "generic-oracle-address", 6),
    ("- Jenkins: admin / VALUE\n", "generic-note-password", 6),
    ("FROM debian\nENV DB_PASS VALUE\n", "generic-password", 6),
    ("FROM debian\nENV app_pw VALUE\n", "generic-password", 6),
    ("FROM debian\nENV AUTH VALUEvalue7\n", "generic-token", 6),
    ('#define AUTH "VALUEvalue7"\n', "generic-token", 6),
    ('//#define CIPHER_KEY "VALUEvalue7"\n', "generic-api-key", 6),
    ("mot de passe du serveur: VALUE\n", "generic-password", 6),
    ("the root pw on db3 is VALUE.", "generic-note-password", 6),
    ("jdbc:mysql://h/db?user=a&password=VALUE&useSSL=false", "generic-password", 6),
    ("name;user;password\nshop;app;VALUE\n", "generic-password", 6),
    ("openssl rsa -passin pass:VALUE -in k.pem", "generic-password", 6),
    ("db.internal:5432:app:deploy:VALUE", "generic-pgpass", 6),
    ("Cookie: JSESSIONID=VALUEVALUEVALUE; path=/", "generic-token", 6),
    ('salt = "VALUEVALUEVALUE"', "generic-salt", 6),
    ("config.pepper = 'VALUEVALUEVALUE'", "generic-salt", 6),
    ("new Sequelize('shop', 'root', 'VALUE', {})", "generic-login-call", 6),
    ('signInWithEmailAndPassword(auth, "a@b.io", "VALUE")', "generic-login-call", 6),
    ('mysql_real_connect(c, host, "root", "VALUE", "x", 0, NULL, 0)', "generic-connect-call", 6),
    ("Sql.newInstance(url, 'app', 'VALUE', driver)", "generic-connect-call", 6),
    ('epgsql:connect(Host, "app", "VALUE", [])', "generic-connect-call", 6),
    ("rootpw --plaintext VALUE\n", "generic-server-password", 6),
    ("[smtp.acme.internal]:587 bot:VALUE\n", "generic-relay-password", 6),
    ("        auth_pass VALUE\n", "generic-daemon-password", 6),
    ("ldap_default_authtok = VALUE\n", "generic-daemon-password", 6),
    ("\toption key 'VALUE'\n", "generic-daemon-password", 6),
    ("IMAPStore a\nHost b\nUser anna\nPass VALUE\n", "generic-daemon-password", 6),
    ("    stats auth admin:VALUE\n", "generic-daemon-login", 6),
    ("cache_peer a.b parent 3128 0 login=acme:VALUE\n", "generic-daemon-login", 6),
    ("SQLConnectInfo ftp@db:3306 ftp VALUE\n", "generic-daemon-login", 6),
    ("register => 4940:VALUE@sip.acme.io/4940\n", "generic-daemon-login", 6),
    ("user worker on >VALUE ~jobs:* +@all\n", "generic-acl-password", 6),
    ('"app" "VALUE"\n', "generic-userlist-password", 6),
    ('secure_link_md5 "$uri VALUE";', "generic-link-secret", 6),
    ("Backlog SSId1 a; Password1 VALUE; MqttHost b", "generic-device-password", 6),
    ('[[inputs.snmp]]\n  community = "VALUE"\n', "generic-snmp-community", 6),
    ("line vty 0 4\n login\n password VALUE\n", "generic-router-password", 6),
    ("radius server a\n address ipv4 b\n key VALUE\n", "generic-router-password", 6),
    ("/usr/bin/mysqldump -uroot -p'VALUE' erp", "generic-command-password", 6),
    ("htpasswd -b -c .htpasswd admin VALUE", "generic-shell-password", 6),
    ("rclone obscure VALUE", "generic-shell-password", 6),
    ("/msg NickServ IDENTIFY VALUE", "generic-shell-password", 6),
    ("    Login With    admin    VALUE\n", "generic-typed-password", 6),
    ('  And I fill "password" with "VALUE"\n', "generic-step-password", 6),
    ("session({ secret: ['a8Kdw2', 'VALUE'] })", "generic-key-argument", 6),
    ("db.auth('root', 'VALUE');", "generic-password-argument", 6),
    ("login('a@acme.io', 'VALUE')", "generic-password-argument", 6),
    ("db password is now VALUE please update", "generic-note-password", 6),
    ("senha do .pfx é VALUE", "generic-note-password", 6),
    ("FTP: ftp.acme.io / u041 / VALUE\n", "generic-login-note", 6),
    ("WiFi office: Firm_5G / VALUE\n", "generic-login-note", 6),
    ("username admin privilege 15 password 0 VALUE7\n", "generic-router-password", 6),
    ("rocommunity VALUE 10.0.0.0/8\n", "generic-network-password", 6),
    ('createUser anna SHA "VALUE" AES\n', "generic-network-password", 6),
    ('createUser anna SHA "password" AES "VALUE"\n', "generic-network-password", 6),
    ('10.0.0.1 10.0.0.2 : PSK "VALUE"\n', "generic-network-password", 6),
    ("base64Encode(utf8.encode('svc:VALUE7'))", "generic-joined-login", 6),
    ("chpasswd:\n  list: |\n    root:VALUE\n", "generic-listed-password", 6),
    (f'<Pass encoding="base64">{ENCODED}</Pass>', "generic-encoded-password", 6),
    (f"uid: anna\nuserPassword:: {ENCODED}\n", "generic-encoded-password", 6),
    (f"unicodePwd:: {WIDE}\n", "generic-encoded-password", 6),
    ('BUNDLE_GEMS__ACME__COM: "ci:VALUE"', "generic-bundler-login", 6),
    ("rows = [('a@acme.io', 'VALUE7')]", "generic-mail-and-password-pair", 6),
    ("host: 10.0.0.2\nuser: app\npassword: copperharbor\n", "generic-password", 6),
    (
        '{"host": "10.0.0.2", "user": "app", "password": "copper raven 77 basil"}',
        "generic-password",
        6,
    ),
    ('{"password": "copper raven 77 basil"}', "generic-password", 4),
    ('["mysqladmin", "ping", "-uroot", "-pVALUE"]', "generic-command-password", 6),
    ("- mysqladmin\n  - ping\n  - -pVALUE\n", "generic-command-password", 6),
    ("connect(host='db1', user='app', passwd='raven-basil-copper')", "generic-password", 6),
    ("password: copperharbor\n", "generic-password", 4),
    ("host: 10.0.0.2\nuser: app\npassword: promise\n", "generic-password", 4),
    ('{"username": "Benutzer", "password": "copperharbor"}', "generic-password", 4),
    ("mysqli_connect('db', 'app', 'copperharbor')", "generic-login-call", 6),
    ("jwt.sign({ id: 1 }, 'copperharbor')", "generic-signing-key", 6),
    ("app.use(session({ secret: 'raven1984' }))", "generic-api-secret", 6),
    # Passwords of words, where something is opened.
    ('password = "CopperRaven1"', "generic-password", 6),
    ("PGPASSWORD=copper4ever pg_dump app", "generic-password", 6),
    ("PGPASSWORD=Copperharbor! pg_dump app", "generic-password", 6),
    ("user: app\npassword: copperRaven\n", "generic-password", 6),
    ("password: copperRaven\n", "generic-password", 4),
    ("user: app\npasswordEncoder: copperRaven\n", "generic-password", 4),
    ("new mysqli('db', 'app', 'copperRaven', 'shop')", "generic-login-call", 6),
    ("sshpass -p 'Copperharbor!' ssh deploy@host", "generic-command-password", 6),
    ("DATABASE_URL=amqp://app:c0pper-raven@mq:5672", "generic-url-password", 6),
    ("sshpass -p parola88 ssh root@203.0.113.9", "generic-command-password", 6),
    ("sshpass -p parola88 ssh root@localhost", "generic-command-password", 4),
    ("sshpass -p Pass@8841 ssh root@web", "generic-command-password", 6),
    ("sshpass -p Password123 ssh root@203.0.113.9", "generic-command-password", 4),
    ('host: "203.0.113.9", password: "parola47"', "generic-password", 6),
    ('host: "localhost", password: "parola47"', "generic-password", 4),
    ('user: "app", password: "Pass@8841"', "generic-password", 6),
    ('password: "Pass@8841"', "generic-password", 4),
    # Words that sign tokens and sessions.
    ("JWT_SECRET=acme_jwt_secret_prod", "generic-api-secret", 6),
    ("JWT_SECRET=acme-super-jwt", "generic-api-secret", 6),
    ("jwt:\n  secret: copperRavenSigner\n", "generic-api-secret", 6),
    ("app.use(session({ secret: 'keyboard raven cat' }))", "generic-api-secret", 6),
    ('{"Jwt": {"Key": "ThisIsMySecretKeyForAcmeApp"}}', "generic-api-secret", 6),
    ('var jwtKey = []byte("acme_jwt_key_go")', "generic-token", 6),
    ('secret: "copper-raven"', "generic-api-secret", 4),
    (
        'new SymmetricSecurityKey(Encoding.UTF8.GetBytes("this is the acme key 2021"))',
        "generic-key-argument",
        6,
    ),
    ("crypto.createHmac('sha256', 'copperharbor')", "generic-signing-key", 4),
    ('token.SignedString([]byte("VALUE"))', "generic-key-argument", 6),
    ('Algorithm.HMAC256("raven-1984-copper")', "generic-key-argument", 6),
    ('Algorithm.HMAC256("secret")', "generic-key-argument", 4),
    ('new SymmetricSecurityKey(Encoding.UTF8.GetBytes("VALUE"))', "generic-key-argument", 6),
    ("JWT.encode payload, 'VALUE', 'HS256'", "generic-key-argument", 6),
    ('WiFi.begin("office", "VALUE")', "generic-password-argument", 6),
    (
        'gomail.NewDialer("smtp.acme.internal", 587, "a@acme.io", "VALUE")',
        "generic-password-argument",
        6,
    ),
    ('ks.load(stream, "VALUE".toCharArray());', "generic-password-argument", 6),
    (
        'new JedisPool(new Config(), "10.0.0.4", 6379, 2000, "VALUE")',
        "generic-password-argument",
        6,
    ),
    ("btoa('portal:VALUE7')", "generic-joined-login", 6),
    ("$sftp->login('deploy', 'VALUE');", "generic-login-call", 6),
    ("login('deploy', 'VALUE');", "generic-login-call", 6),
    ('{db, [{user, "app"}, {password, "F+H?x1_e6y3eyN"}]}.', "generic-password", 6),
    ('{default_pass, <<"LMFBO93fFqbB">>}.', "generic-password", 6),
    ('Pass string `env:"DB_PASSWORD" envDefault:"k9Xw2Lq8vR1t"`', "generic-password", 6),
    (
        'variable "db_password" {\n  type        = string\n  default     = "Summer93!"\n}',
        "generic-password",
        6,
    ),
    ("await page.type('#pass', 'VALUE');", "generic-login-call", 6),
    ("hasło do bazy: Copper2021!\n", "generic-note-password", 6),
    ("Mot de passe : raven1984\n", "generic-password", 6),
    ("router: admin / raven1984\n", "generic-note-password", 6),
    ("ops: the password is raven1984\n", "generic-note-password", 6),
    ("- DB → user `shop`, pw `T9xkk21aa`\n", "generic-note-password", 6),
    ("Router http://192.168.0.1 (admin / VALUE)\n", "generic-login-note", 6),
    ("Admin login: `ops@acme.io` / `Rav3nBasil!`\n", "generic-login-note", 6),
    ("Prod DB: `shop` / `T9xkk21aaQ`\n", "generic-login-note", 6),
    ("Login with **anna@acme.io** / **VALUE**\n", "generic-login-note", 6),
    ("- Proxmox: https://10.0.0.2:8006 root / VALUE\n", "generic-login-note", 6),
    ("- staging.acme.io  deploy:VALUE\n", "generic-login-note", 6),
    ("Login: `ops@acme.io` / `lypZcT.lKbGGDO2g`\n", "generic-login-note", 6),
    ("Login: `ops@acme.io` / `ro1=kpe0o6wx?U9K-DTC`\n", "generic-login-note", 6),
    ("jenkins: admin/VALUE\n", "generic-login-note", 6),
    ("root/T9xkk21aaQ (db server)\n", "generic-login-note", 6),
    ("db1\n  user root\n  pass VALUE\n", "generic-account-note", 6),
    ('r.auth("Raven-Basil-297")\n', "generic-redis-auth", 6),
    ('get(url, auth=("k9Xw2Lq8vR1tZ5bN7cM3", "X"))\n', "generic-user-key", 6),
    ("GET /x\nAuthorization: Basic ops RavenBasil3226!\n", "generic-http-login", 6),
    (
        "tacacs-server host 10.0.0.9 key ZHWIjqBRXbTfqLwz\nline vty 0 4\n",
        "generic-router-password",
        6,
    ),
    ('"C:\\7-Zip\\7z.exe" a -pVALUE -mhe=on crm.7z\n', "generic-tool-password", 6),
    ("RunAs, Administrator, VALUE\n", "generic-shell-password", 6),
    ("sqlldr userid=load/VALUE control=x.ctl\n", "generic-oracle-password", 6),
    ("FTP login: shop/VALUE\n", "generic-login-note", 6),
    ("| Grafana | admin / VALUE |\n", "generic-login-note", 6),
    ("数据库 mysql 用户名 root 密码 raven_db#77\n", "generic-foreign-note", 6),
    ("пароль от базы T9xkk21aa\n", "generic-foreign-note", 6),
    (
        "INSERT INTO users (id, login, password) values (1, 'ops', 'ravenBasil71');",
        "generic-password",
        6,
    ),
]
SILENT = [
    "JWT_SECRET=my_jwt_secret",
    "Authorization: Basic YWRtaW5pc3RyYXRvcjo=",
    "'key' => 'smtp_password_label',\n    'value' => 'VALUE',",
    'stopword = "VALUE"',
    'input = { type: shown ? "text" : "password" }',
    "secret: copperRavenStore\n",
    "jwt_secret: acme-jwt-secret\n",
    "errJWTSecret = 'JWT secret of acme must be set'",
    '{"jwtSecret": "Tajny klucz"}',
    'const TOKEN_KEY = "acme_token"',
    "The routes are GET / POST and admin / editor2\n",
    "Log in with `Http2Server` / `Http3Server`\n",
    "- **admin** / **Role2Admin**\n",
    "- root / Win32Disk\n",
    '["mysqladmin", "ping", "-uroot", "-p$$MYSQL_ROOT_PASSWORD"]',
    "Set-Cookie: session=aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY; Path=/",
    "Cookie: _ga=GA1.2.1234567890.1234567890; csrftoken=aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY",
    '{"host": "10.0.0.2", "user": "app", "password": "mindestens 8 zeichen lang"}',
    "Released by root / 2024-01-02\n",
    "- Price for admin / 12.5USDx\n",
    "- admin / v1.2.3-RC1\n",
    "- db: `Int64Col` / `Float32Col`\n",
    "- see docs.acme.io  root:Wheel2Group\n",
    "- image registry.acme.io deploy:v1.2.3-RC1\n",
    "- anna@acme.io / Team2024Lead\n",
    "Login: src/Login2Form.tsx\n",
    "the pw `minLength8` rule\n",
    "密码 base64Encode\n",
    "пароль не менее 8 символов\n",
    "ssl_ciphers HIGH:!MD5:!PSK:!RC4;",
    "    ssl_ciphers ECDHE:+PSK:VALUE",
    'given().auth().basic("jetty", "jetty")',
    "btoa('Node:1234x7')",
    "app.keys = [first, second]",
    'var key = Encoding.UTF8.GetBytes("user:1234:profile")',
    "userPassword:: " + base64.b64encode(b"{SSHA}" + b"k8dqZx2m" * 4).decode(),
    "userPassword:: " + base64.b64encode(bytes(range(130, 160))).decode(),
    "userPassword:: VALU=E",
    "[web1.acme.internal] 10.0.0.7:8080",
    "enable password protection\n",
    "chpasswd:\n  list: |\n    root:RANDOM\n",
    "AUTHORS = [('a@acme.io', 'Ingrid')]",
    "KEY_FINGERPRINT = '" + "0f4c91d2e7" * 4 + "'",
    'let pinnedKey = "sha256/' + base64.b64encode(bytes(range(7, 256, 8))).decode() + '"',
    "- Fixed: admin / user2Role\n",
    "- commit: main / " + "0f4c91d2e7" * 4 + "\n",
    "The password is required since Version2 of it",
    "Passwort: NeuesPasswort\n",
    "Contraseña: incorrecta!\n",
    "the password is rfc2617digest of both\n",
    "$rules = ['password' => 'required|min:8|confirmed'];",
    '{"passwordStrength": "Muy-fuerte1", "secret.help": "Geheimnis2Faktor"}',
    "INSERT INTO lang values ('token_expired','Token_abgelaufen1');",
    "password-policy: min12-upper-digit\n",
    "INSERT INTO users (id, password) values (1, MD5('ravenBasil71'));",
    "senha: 8 caracteres\n",
    'button.connect("clicked", "handler", "data")',
    "config.omniauth :github, ENV['ID'], ENV['SECRET']",
    "password = os.environ['PASSWORD']",
    "postgres://${USER}:${PASS}@host/db",
    "https://%s:%s@host/",
    "Authorization: Basic authentication",
    "curl -u $USER:$PASS https://host/",
    "CREATE USER 'app'@'%' IDENTIFIED BY '${PASSWORD}';",
    "msbuild app.sln /p:Configuration=Release48 /v:minimal",
    "Cache key: node-modules-0fbf053a9383a59e2d5a5e3113d5d072f25a7006562e980e32689e9b94898c2b",
    "jwt.sign({ id: 1 }, process.env.SECRET)",
    "password: ENC(k8dqZx2mk8dqZx2mk8dqZx2m)",
    "Login: `user@acme.io` / `settings.adminPassword1`\n",
    "Login: `user@acme.io` / `mode=Advanced2`\n",
    "image: root/Dockerfile2\n",
    "  user clicks\n  pass the size2 on\n",
    'r.auth("oauth2")\n',
    'text.replace("k9Xw2Lq8vR1tZ5bN7cM3", "X")\n',
    "Authorization: Basic is for version2 of it\n",
    "tacacs-server host 10.0.0.9 key SharedKeyOfServers\nline vty 0 4\n",
    "RunAs, %User%, %Password1%\n",
    "export type Login = { password: string }",
    '{"password": "Passwort", "token": "Zugriffstoken", "apiToken": "Rajapintatunniste"}',
    "token_expired: 'Token abgelaufen'",
    'msgstr "Inserisci utente e password corretti per un account. Nota."',
    "SECRET_TOKEN = 'Kinnituskood on vale'",
    "ALTER ROLE app PASSWORD 'md5" + "0f4c91ab" * 4 + "';",
    "config.reset_password_within = 6.hours",
    '{"next_page_token": "VALUEVALUEVALUE", "continuationToken": "VALUEVALUEVALUE"}',
    '<input type="hidden" name="__RequestVerificationToken" value="VALUEVALUEVALUE">',
    'x = {"RABBITMQ_DEFAULT_PASS": "RabbitMQ default password"}',
    'login("http://localhost:8001/account/token", "kjkf101", "123456");',
    'var key = $"acme:llm:cost:by-dealer:{dealer}:{month}";',
    "/// Basic XSS/SQLi detection for anonymous endpoints",
    "export enum Mails {\n  CONFIRM = 4349699,\n  RECOVER_PASSWORD = 4349707,\n}",
    "- Secrets: one for each service (`auth-db-secret`, `vehiclessaleservice-db-secret`)",
    "Resend__ApiKey=re_Bi3rubbH_***",
    '--from-literal=LlmService__ApiKey="gsk_YOUR_GROQ_KEY"',
    "Número de ticket: ACME-T-2026-00042",
    "const SUPABASE_KEY = 'sb_publishable_RRSWxhXvvaUqk3S9nF7m9A_loMqoxxw';",
    '{"rpc-password": "{' + "8b95495591d31b53fa6a" * 2 + 'z533bLiK"}',
    'Password_PBKDF2="@ByteArray(mF/Yn6wBmEW81W2xuMnlbw==:Z0N2dnsPfcgKP)"',
    '{"type": "before", "stepId": "pw:api@29"}',
    'var x={L:"x",Sk:"005E006000A800AF00B400B802C2-02C502D2-02DF02E5"}',
    "if(1){AU=2*AH.r0_/Aa;AK=2*AH.r1_/Aa-AU}var AS=AH.colors_;",
    "MULTILINE: 0x0001000,\n  PASSWORD: 0x0002000,\n",
    "defaultPasswordBytes = new Uint8Array([0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E])",
    "if (isToken('erc20ftm', currency)) {",
    "PASSWORD_PADDING = new byte[] {40, 191, 78, 94, 78, 117, 138, 65, 100, 0, 78, 86};",
    "idempotency_token: 7831c0be-15d1-4463-9ec2-02bc8ded7120",
    "rpcauth=bitcoin:" + "c15fb70bbb0239f9" * 2 + "$$" + "0c9257124cf65b81" * 4,
    'e("label", null, "Password:"), x ? _react2.default.createElement("code", null, "x2") : null',
    'e("label",null,"Password:"),username?_react2.default.createElement("code",null,"x"):null',
    "var a={erc20:new j({tokenStandard:N.iF.ERC20MATIC,coinType:N.hQ.MATIC_TOKEN})}",
    'rows = [("password", "73616c74", 20, 1, SHA1, "x")]',
    '("password", "78578E5A5D63CB06", 16, 1000, "DC19847E05C64D2FAF10EBFB4A3D2A20")',
    'key = b"\\x90\\x91\\x92\\x93" * 4',
    'printerror("NotToUseDefPass","history.go(-1)");',
    "$cfg_dbpwd = '~dbpwd~';",
    "$rules = array('password_confirmation' => 'between:4,20');",
    r"$_rfc2045Token = '/^[\x21\x23-\x27\x2A\x41-\x5A\x5E-\x7E]+$/D';",
    "// half of the password is thrown away in Rijndael-128 / AES",
    "auth: 'isaacschlueter',\nhost: 'jabber.org'",
    "[cache] key=user:01HERH3T7WJKFZRC2TZ36ZAT87 hit",
    "default login anonymous password user@site",
    "encryptedkey: AIIXVpe2+b1TFjwnz9VAC4IWxqsroeWTaIKRsLUGRTO5sUnmWH858S5gkoYgRulQmPDuyJ",
    "Bitte nach dem ersten Login ändern. Das alte Kennwort gilt nicht mehr.",
    "kind: SealedSecret\nspec:\n  encryptedData:\n    password: VALUEVALUEVALUE",
]


@pytest.mark.parametrize(("text", "rule", "score"), RULES, ids=[text for text, *_ in RULES])
def test_rule_and_confidence(detector: Detector, text: str, rule: str, score: int) -> None:
    """Chosen passwords are medium, words of examples low; each form has its rule."""
    assert (rule, score) in {(m.rule.id, m.score) for m in found(detector, text)}


@pytest.mark.parametrize("text", SILENT)
def test_no_secret(detector: Detector, text: str) -> None:
    """Variables, templates, calls, types and encrypted values are none at any confidence."""
    assert found(detector, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "jdbc:mysql://h/db?user=a&password=VALUE&useSSL=false",
        "the root pw on db3 is VALUE.",
        "| a | b |\nContraseña del panel: VALUE\r\n",
        "id,name,hash,password\n1,a,$2b$12$nSMUTwR2c4eDkqV.W3Ni4U,VALUE\n",
    ],
)
def test_a_password_ends_where_its_writer_ended_it(detector: Detector, text: str) -> None:
    """The next parameter, the end of a sentence and the cell before are no part of it."""
    spans = {(m.start, m.end) for m in found(detector, text) if m.score >= 6}
    start = text.encode().index(b"VALUE")
    assert spans == {(start, start + len(V))}


def test_weak_ones_are_not_raised_by_a_key_beside_them(detector: Detector) -> None:
    """A placeholder for a passphrase stays low though a real key stands above it."""
    key = "bg_" + "0f4c91" * 5 + "7a"
    text = f'BITGET_API_KEY = "{key}"\nBITGET_PASSPHRASE = "REPLACE_ME_PLEASE"\n'
    assert all(m.score < 6 for m in found(detector, text) if m.start > 60)


BRACKETS = "xK3q[7Zp]" + "{w9R#"


@pytest.mark.parametrize(
    "text",
    [
        "db:\n  password: §\n",
        "DB_PASSWORD=§\nDB_HOST=db\n",
        "machine ftp.acme.internal login anna password §\n",
        'var c = new SqlConnection("Server=db;Password=§;Timeout=3");',
        'var c = new SqlConnection("Server=db;pwd=§");',
        "<password>§</password>",
        "<password><![CDATA[§]]></password>",
    ],
)
def test_brackets_do_not_end_a_password(detector: Detector, text: str) -> None:
    """A setting goes on to its end, whatever marks are in it."""
    values = [
        text.replace("§", BRACKETS).encode()[m.start : m.end]
        for m in found(detector, text.replace("§", BRACKETS))
    ]
    assert values == [BRACKETS.encode()]


@pytest.mark.parametrize("blanks", [1, 5, 16, 30])
@pytest.mark.parametrize(
    "name",
    ["db_password", "FTP_PASS", "session_salt", "authkey", "client_secret", "storage_account_key"],
)
@pytest.mark.parametrize("form", ['{name}{blanks}= "{value}"', '{name}:{blanks}"{value}"'])
def test_columns_of_settings_are_read(
    detector: Detector, name: str, blanks: int, form: str
) -> None:
    """Formatters put the signs or the values of a block below each other, as far out as the longest name asks."""
    value = "".join(random.Random(7).choices(string.ascii_letters + string.digits, k=86)) + "=="
    line = form.format(name=name, blanks=" " * blanks, value=value)
    assert [m for m in found(detector, line) if m.score >= 6]


@pytest.mark.parametrize(
    ("address", "password"),
    [
        ("mongodb+srv://shop:shop@VALUE@cluster0.acme.internal/shop", "shop@VALUE"),
        ("mongodb://shop:p@x#VALUE@10.0.0.7:27017/shop", "p@x#VALUE"),
        ("postgres://shop:VALUE@x7@db.internal:5432/shop", "VALUE@x7"),
        ("mysql+pymysql://shop:VALUE@x@7@db.internal:3306/shop", "VALUE@x@7"),
        ("postgresql://shop:VALUE/x7@db.internal:5432/shop", "VALUE/x7"),
        ("redis://:x7/VALUE/@cache:6379/0", "x7/VALUE/"),
        ("smtp://bot:VALUE@mail.internal:587?from=bot@acme.internal", "VALUE"),
        ("https://bot:VALUE@npm.internal/@types/node@18", "VALUE"),
        ("mongodb://a:VALUE@h1.internal:27017,b@h2.internal/x", "VALUE"),
    ],
)
def test_the_last_sign_before_the_host_ends_a_password(
    detector: Detector, address: str, password: str
) -> None:
    """A password in an address that nobody encoded holds signs that part addresses."""
    text = f'uri = "{address}"'.replace("VALUE", V)
    spans = {text[m.start : m.end] for m in found(detector, text)}
    assert spans == {password.replace("VALUE", V)}


@pytest.mark.parametrize(
    "address",
    [
        "mongodb://db1.internal:27017,db2.internal:27017/shop?owner=anna@acme.internal",
        "mysql://db.internal:3306/anna@acme.internal",
        "https://npm.internal:4873/@types/node@18.1.2",
        "https://cdn.internal:443/x7/lib@1.2.3/a.js",
        "redis://cache:6379/0,anna@acme.internal",
    ],
)
def test_no_password_in_an_address_without_one(detector: Detector, address: str) -> None:
    """Mail addresses and versions in the path behind a port are none."""
    assert found(detector, f'uri = "{address}"') == []


@pytest.mark.parametrize(
    ("other", "score"),
    [
        ('"password": "Admin_123"', 6),
        ('"password": "VALUE"', 6),
        ('"passwd": "VALUE"', 4),
        ('"password": "root123"', 4),
    ],
)
def test_an_account_with_a_number_beside_others(detector: Detector, other: str, score: int) -> None:
    """``User1_123`` is what its siblings are: an example alone, a password beside others of the same name."""
    text = f'[{{{other}}},\n {{"password": "User1_123"}},\n {{"password": "test1234"}}]'
    scores = [match.score for match in found(detector, text)]
    assert scores[1:] == [score, 4]
