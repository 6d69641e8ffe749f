"""Sending pushes: each encrypted for one browser (RFC 8291), signed by this installation (RFC 8292), handed to the browser's push service.

The address comes from a browser, so it may lead anywhere: only https on public addresses is called, no redirect is followed, nothing of an
answer but its number is kept, and each has a few seconds.
"""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit
from uuid import UUID

from ..domain.pushes import TITLE, Address
from .mail_out import CannotSend
from .push_keys import PushKeys

TIMEOUT = 10.0  # seconds a push service may take for each step
LONGEST = 20.0  # and for all of them
KEPT_FOR = 2 * 24 * 3600  # seconds a push service keeps what it cannot deliver; a reminder is stale after that
_TRANSLATED = IPv6Network("64:ff9b::/96")  # IPv4 addresses as some networks write them
_GONE, _REFUSED = {404, 410}, {400, 401, 403, 405, 413}


class Gone(CannotSend):
    """The push service does not know this browser any more."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: `contact`, a mailto: or https: address at which push services reach the operator, and the keys.

    `local_certificate`: a file with the certificate of a push service on this very machine, for tests: only then are private addresses
    called.
    """

    contact: str
    keys: PushKeys
    local_certificate: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One push to one browser. The same `id` lets a repeated one take the place of the first."""

    id: UUID
    address: Address
    words: str
    link: str


class Courier:
    """The open ways to push services; it hands over one parcel after another."""

    def __init__(self, sender: Sender):
        self._sender = sender
        self._trust = ssl.create_default_context(cafile=sender.local_certificate or None)
        self._ways: dict[str, _Way] = {}
        self._signed: dict[str, str] = {}

    def send(self, parcel: Parcel) -> None:
        """Hand a parcel to its push service. Raises Gone, or CannotSend where it did not take it."""
        parts = urlsplit(parcel.address.endpoint)
        body = _sealed(parcel)
        headers = {
            "Authorization": self._signature(f"https://{parts.netloc}"), "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream", "TTL": str(KEPT_FOR), "Urgency": "normal", "Topic": parcel.id.hex,
        }  # fmt: skip
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        _judge(self._post(parts.netloc, path, body, headers))

    def _post(self, host: str, path: str, body: bytes, headers: dict[str, str]) -> int:
        """The number a push service answers with. One way to each is kept open; where it was closed meanwhile, a new one is tried once."""
        used = host in self._ways
        way = self._ways.setdefault(host, _Way(host, self._trust, local=bool(self._sender.local_certificate)))
        try:
            return way.post(path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self._ways.pop(host).close()
            if used and not isinstance(error, TimeoutError):
                return self._post(host, path, body, headers)
            raise CannotSend(f"Không nối được với dịch vụ thông báo đẩy ({type(error).__name__}).") from error
        except UnicodeError as error:  # a name no network knows: asked again it would stop all others again
            self._ways.pop(host).close()
            raise CannotSend("Tên của dịch vụ thông báo đẩy không dùng được.", for_good=True) from error
        except CannotSend:
            self._ways.pop(host).close()
            raise

    def _signature(self, audience: str) -> str:
        """The header that says who sends, good for a day and for one push service."""
        if audience not in self._signed:
            from py_vapid import Vapid

            signer = Vapid.from_raw(self._sender.keys.private.encode())
            signer.conf = {"no-strict": True}  # the contact was looked at when the program started
            self._signed[audience] = signer.sign({"aud": audience, "sub": self._sender.contact})["Authorization"]
        return self._signed[audience]

    def close(self) -> None:
        """Close every way."""
        for way in self._ways.values():
            way.close()


@contextmanager
def open_ways(sender: Sender) -> Iterator[Courier]:
    """Ways to push services for as long as the block lasts."""
    courier = Courier(sender)
    try:
        yield courier
    finally:
        courier.close()


def _sealed(parcel: Parcel) -> bytes:
    """The parcel's words, readable by its browser alone."""
    from pywebpush import WebPusher  # it loads what it needs for a third of a second: only who sends has to

    said = {"title": TITLE, "words": parcel.words, "link": parcel.link, "tag": parcel.id.hex}
    keys = {"p256dh": parcel.address.p256dh, "auth": parcel.address.auth}
    try:
        pusher = WebPusher({"endpoint": parcel.address.endpoint, "keys": keys})
        sealed: bytes = pusher.encode(json.dumps(said, ensure_ascii=False).encode())["body"]
    except Exception as error:  # a browser's key may be anything, and so may be what a library says of it
        raise CannotSend("Khóa của trình duyệt không dùng được.", for_good=True) from error
    return sealed


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in _GONE:
        raise Gone(f"Máy này không nhận thông báo nữa (mã {status}).", for_good=True)
    raise CannotSend(f"Dịch vụ thông báo đẩy từ chối (mã {status}).", for_good=status in _REFUSED or 300 <= status < 400)


class _Way(http.client.HTTPSConnection):
    """A connection to one push service, made only where its name leads to a public address."""

    def __init__(self, host: str, trust: ssl.SSLContext, *, local: bool):
        super().__init__(host, timeout=TIMEOUT, context=trust)
        self._trust, self._local, self._over = trust, local, threading.Event()

    def connect(self) -> None:
        """Connect to the very address that was looked at, whatever the name leads to a moment later."""
        plain = self._reached()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # head and body go one after the other: 40 ms a push otherwise
        try:
            self.sock = wrapped = self._trust.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        except BaseException:
            plain.close()
            raise
        if self._over.is_set():
            raise TimeoutError
        wrapped.do_handshake()

    def _reached(self) -> socket.socket:
        found = list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)))
        if not self._local and not all(map(is_public, found)):
            raise CannotSend("Địa chỉ nhận thông báo nằm trong mạng riêng nên không gọi.", for_good=True)
        for address in found[:-1]:
            with suppress(OSError):
                return socket.create_connection((address, self.port), TIMEOUT)
        return socket.create_connection((found[-1], self.port), TIMEOUT)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        """The number of the answer."""
        watch = threading.Timer(LONGEST, self._cut)
        watch.daemon = True
        watch.start()
        try:
            self.request("POST", path, body, headers)
            with self.getresponse() as answer:
                answer.read(4096)
                if self._over.is_set():
                    raise TimeoutError
                if not answer.isclosed():  # whoever says that much is left alone
                    self.close()
                return answer.status
        finally:
            watch.cancel()

    def _cut(self) -> None:
        """End what takes too long, by whatever small steps it goes on."""
        self._over.set()
        with suppress(OSError, AttributeError):  # not there yet, or not any more
            self.sock.shutdown(socket.SHUT_RDWR)


def is_public(text: str) -> bool:
    """Whether a network address may be called: one of the open net, not of this machine, its own network, or one written inside another."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _TRANSLATED:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
        elif address.sixtofour is not None or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast
