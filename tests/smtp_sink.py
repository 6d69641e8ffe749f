"""A mail server on loopback that keeps what it is sent, and refuses or hangs up when told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Sink:
    """What came in. `refuse`: recipient -> the answer it gets in place of "250"; `hang_up_on`: recipients whose mail ends the connection
    once it was taken, before the server says so; `greeting`, `extensions`: what it says of itself."""

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    hang_up_on: set[str] = field(default_factory=set)
    greeting: str = "220 sink"
    extensions: tuple[str, ...] = ("8BITMIME",)
    signed_in: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=default) for raw in self.raw]  # type: ignore[misc]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink: Sink = self.server.sink
        sink.connections += 1
        self.say(sink.greeting)
        sender = recipient = ""
        while line := self.rfile.readline():
            verb, _, rest = line.decode(errors="replace").strip().partition(" ")
            match verb.upper():
                case "EHLO":
                    lines = ["sink", *sink.extensions]
                    self.say("\r\n".join(f"250{'-' if n < len(lines) - 1 else ' '}{words}" for n, words in enumerate(lines)))
                case "AUTH":
                    sink.signed_in.append(rest)
                    self.say("235 welcome" if "wrong" not in rest else "535 no")
                case "MAIL":
                    sender = rest.split("<")[1].split(">")[0]
                    self.say("250 ok")
                case "RCPT":
                    recipient = rest.split("<")[1].split(">")[0]
                    self.say(sink.refuse.get(recipient, "250 ok"))
                case "DATA":
                    self.say("354 go on")
                    self.take(sink, sender, recipient)
                    if recipient in sink.hang_up_on:
                        return
                    self.say("250 kept")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 ok")

    def take(self, sink: Sink, sender: str, recipient: str) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        sink.raw.append(b"".join(lines))
        sink.envelopes.append((sender, recipient))

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    sink: Sink

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is no news here."""


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """A running mail server on a free port of loopback."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.sink = Sink(port=server.server_address[1])
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
        thread.start()
        yield server.sink
        server.shutdown()
        thread.join()
