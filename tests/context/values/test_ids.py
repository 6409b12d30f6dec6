"""Behaviour of scanner.context.values.ids: the ids and fingerprints of PGP keys are public."""

import pytest

from scanner.context.values.ids import is_pgp_key_id

FINGERPRINT, ID = "0A1B2C3D" * 5, "0A1B2C3D4E5F6071"
PGP_KEYS = [
    ("GPG_KEY", FINGERPRINT),
    ("NGINX_GPGKEY", FINGERPRINT),
    ("RABBITMQ_PGP_KEY_ID", "0x" + FINGERPRINT),
    ("apt_key", FINGERPRINT),
    ("gpgKey", FINGERPRINT.lower()),
    ("gpg_key_id", ID),
    ("gpg_key", "0A1B 2C3D 0A1B 2C3D 0A1B  2C3D 0A1B 2C3D 0A1B 2C3D"),
    ("signing_key", FINGERPRINT),
    ("release_key", FINGERPRINT),
    ("user.signingkey", ID),
]
NO_PGP_KEYS = [
    ("signing_key", FINGERPRINT.lower()),
    ("signing_key", ID),
    ("GPG_PRIVATE_KEY", FINGERPRINT),
    ("GPG_PASSPHRASE", FINGERPRINT),
    ("api_key", FINGERPRINT),
    ("captcha_key", FINGERPRINT),
    ("GPG_KEY", "0A1B2C3D" * 4),
    ("GPG_KEY", "short"),
]


@pytest.mark.parametrize(("name", "value"), PGP_KEYS)
def test_ids_and_fingerprints_of_pgp_keys_are_public(name: str, value: str) -> None:
    """Dockerfiles and lists of packages name the keys that releases are signed with."""
    assert is_pgp_key_id(name, value.encode())


@pytest.mark.parametrize(("name", "value"), NO_PGP_KEYS)
def test_other_names_and_forms_are_no_pgp_keys(name: str, value: str) -> None:
    """Digits of another length, in another case, or with a name that says secret, may be one."""
    assert not is_pgp_key_id(name, value.encode())
