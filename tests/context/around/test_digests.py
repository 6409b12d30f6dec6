"""Behaviour of scanner.context.around.digests: the words before hexadecimal digits tell commits from keys."""

import random

import pytest

from scanner.context.around.digests import why_digest
from scanner.placeholders import fill

COMMIT, DIGEST = "a commit", "a digest or an id"
LINES = [
    # text, reason
    ("- sonar: fix token parsing {hex:40}", COMMIT),
    ("* add bitly token refresh (#4) {hex:40}\n", COMMIT),
    ("- sendbird key rotation job {hex:40}\n- other words {hex:40!}\n", COMMIT),
    ("- Twilio: verify the auth token, see {hex:40}", COMMIT),
    ("- twilio auth token rotation, md5 {hex:32}", DIGEST),
    ("md5 of the datadog api key file: {hex:32}", DIGEST),
    ("Use the meraki api key. Firmware hash {hex:40}.", DIGEST),
    ("cloudflare api token docs, see trace {hex:32}", DIGEST),
    ('print("secret digest", "{hex:64}")', DIGEST),
    ("| last release commit | {hex:40} |", DIGEST),
    ("| Commit deployed | main | {hex:40} |", DIGEST),
    ("| Cloudflare zone | a.io | `{hex:32}` |", DIGEST),
    ("print(Web3.keccak(text='secret').hex()) # 0x{hex:64}", DIGEST),
    ("key_hash = hashlib.sha256(api_secret.encode()).hexdigest()  # {hex:64}", DIGEST),
    ("const key = ethers.utils.id('MINTER'); // 0x{hex:64}", DIGEST),
    ("sig = hmac.new(s, b, hashlib.sha256).hexdigest()\n# -> {hex:64}", DIGEST),
    ("      - name: token\n        uses: 'actions/create-app-token@{hex:40}' # v2", COMMIT),
    ("uses: token@{hex:39}", None),
    ("client = Client(api_key)  # {hex:64}", None),
    ("// keccak256('key') => 0x{hex:64}", DIGEST),
    ("const key = () => '{hex:64}'", None),
    ("x = sha256(y)\nkey = load()  # {hex:64}", None),
    ("- sendbird api token {hex:40}", None),
    ("- meraki key for berlin {hex:40}", None),
    ("- meraki key Berlin office {hex:40}\n- meraki key Paris office {hex:40}", None),
    ("- sendbird key rotation job {hex:40}", None),
    ("| Datadog API key | main | {hex:32} |", None),
    ("twilio auth token {hex:32}", None),
    ("md5 {alnum:32}", None),
]


@pytest.mark.parametrize(("text", "reason"), LINES)
def test_words_before_digits(text: str, reason: str | None) -> None:
    """A digest is told by the word before it, a commit by a sentence that goes on behind ``token``."""
    line = text.replace("{hex:40!}", "{hex:40}")
    mark = line.index("{")
    filled = fill(line, random.Random(3))[0]
    end = mark + int(line[mark:].split(":")[1].split("}")[0])
    assert why_digest(filled.encode(), mark, end) == reason
