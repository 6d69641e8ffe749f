"""The pair of keys by which push services know this installation (VAPID, RFC 8292), made when it is first needed.

A browser that takes pushes is bound to the public key: with another pair none of them hears anything until it is switched on again.
"""

import base64
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

FILE = "push_key"


class BadPushKey(ValueError):
    """What was given as the private key is none."""


@dataclass(frozen=True, slots=True)
class PushKeys:
    """Both keys in URL-safe base64: the private one as its 32 bytes, the public one as a point of 65."""

    private: str = field(repr=False)
    public: str


def push_keys(instance: Path, given: str = "") -> PushKeys:
    """The keys of `given`, a private key from the environment; else those in the instance folder, made now where there are none.

    BadPushKey where the private key is none. OSError where the file can be neither read nor written.
    """
    if given:
        return _pair(given)
    path = instance / FILE
    if not path.exists():
        _write(path, _new())
    private, public = path.read_text().split()[:2]
    return PushKeys(private, public)


def _write(path: Path, keys: PushKeys) -> None:
    """Put the keys there whole, for their owner alone, unless another process was quicker."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{keys.private}\n{keys.public}\n")
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _new() -> PushKeys:
    from cryptography.hazmat.primitives.asymmetric import ec  # takes a while to load, and is needed once

    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _pair(_text(number.to_bytes(32, "big")))


def _pair(private: str) -> PushKeys:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        raw = base64.urlsafe_b64decode(private + "=" * (-len(private) % 4))
        if len(raw) != 32:
            raise ValueError("32 bytes make a key")
        key = ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
    except ValueError as error:
        raise BadPushKey("a private key of 32 bytes in URL-safe base64 is asked for") from error
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return PushKeys(private, _text(point))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
