"""A browser that takes pushes, and a push service on loopback: it keeps what it is sent, and answers as told."""

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from diary.domain.pushes import Address


def written(raw: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class Browser:
    """A browser with keys of its own, under an address of a push service."""

    def __init__(self, endpoint: str = "https://push.example/wpush/1"):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        self.address = Address(endpoint, written(point(self.key)), written(self.secret))

    def read(self, body: bytes) -> dict[str, str]:
        """What a push said, decrypted as RFC 8291 says."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        said: dict[str, str] = json.loads(plain)
        return said


@dataclass
class Service:
    """What came in. `answer`: path -> the status it gets in place of 201; `hang_up_on`: paths whose push was taken, but never answered;
    `drip_on`: paths that answer letter by letter without an end; `send_to`: where a redirect leads."""

    port: int = 0
    certificate: str = ""
    bodies: list[tuple[str, bytes]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: dict[str, int] = field(default_factory=dict)
    hang_up_on: set[str] = field(default_factory=set)
    drip_on: set[str] = field(default_factory=set)
    send_to: str = ""

    def browser(self, name: str = "1") -> Browser:
        return Browser(f"https://127.0.0.1:{self.port}/{name}")


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        service: Service = self.server.service  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service.bodies.append((self.path, body))
        service.headers.append({name.lower(): value for name, value in self.headers.items()})
        if self.path in service.hang_up_on:
            self.close_connection = True
            return
        if self.path in service.drip_on:
            self._drip()
        self.send_response(service.answer.get(self.path, 201))
        if service.send_to:
            self.send_header("Location", service.send_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 201 OK\r\nX: ")
        with suppress(OSError):  # the other end has had enough
            while not threading.Event().wait(0.01):
                self.wfile.write(b"x")

    def log_message(self, format: str, *args: object) -> None:
        """Tests need no log."""


@contextmanager
def push_service(folder: Path) -> Iterator[Service]:
    """A push service that speaks TLS on 127.0.0.1, with a certificate of its own in `folder`."""
    service = Service(certificate=str(_certificate(folder)))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Talk)
    server.handle_error = lambda *caller: None  # type: ignore[method-assign] # whoever was cut off needs no trace
    server.daemon_threads = True
    server.service, service.port = service, server.server_port  # type: ignore[attr-defined]
    speaks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    speaks.load_cert_chain(service.certificate)
    server.socket = speaks.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    days = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36500)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), *days)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    file = folder / "push-service.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(pem + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file
