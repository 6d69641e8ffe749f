"""Sending mail by SMTP, with the standard library.

Addresses and subjects are checked before they become headers, and the message refuses line breaks in them a second time.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit
from uuid import UUID

from ..domain.mails import clean_subject, clean_words, is_address

TIMEOUT = 20  # seconds a server may take for each answer
_PORTS = {"smtp": 25, "smtps": 465}
_SUBMISSION = 587  # where servers take mail from people with a password


class BadMailSetting(ValueError):
    """The address of the mail server, or of the sender, is none; the message says what it must look like."""


class CannotSend(Exception):
    """A mail did not go out. `for_good`: the server refused this mail itself, so that trying again is of no use."""

    def __init__(self, message: str, *, for_good: bool = False):
        super().__init__(message)
        self.for_good = for_good


class NoWay(CannotSend):
    """The server takes no mail at all now: it does not answer, or refuses the sender."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out, and from whom. `tls_first`: the connection is encrypted from its first byte (smtps)."""

    host: str
    port: int
    sender: str
    sender_name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    tls_first: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, to one address. The same `id` makes the same Message-ID, by which a repeated mail is known as the same.

    `unsubscribe`: the page where mails of its sort are switched off, "" for a mail that was asked for.
    """

    id: UUID
    address: str
    subject: str
    words: str
    made_at: datetime
    unsubscribe: str = ""


def read_server(url: str, sender: str) -> MailServer:
    """The server of "smtp://user:password@host:port" or "smtps://…", with `sender` either an address or "Name <address>".

    User, password and port may be missing; special characters in them stand as %XX. Raises BadMailSetting.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadMailSetting("the mail server's port is no number") from error
    if parts.scheme not in _PORTS or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise BadMailSetting("the mail server must be given as smtp://user:password@host:port or smtps://user:password@host:port")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise BadMailSetting("the mail server needs both user and password, or neither")
    name, address = _sender(sender.strip())
    usual = _SUBMISSION if user and parts.scheme == "smtp" else _PORTS[parts.scheme]
    return MailServer(host, port or usual, address, name, user, password, parts.scheme == "smtps")


def _sender(text: str) -> tuple[str, str]:
    name, _, rest = text.rpartition("<")
    address = rest.removesuffix(">").strip() if name or text.startswith("<") else text
    if not is_address(address) or any(not letter.isprintable() for letter in name):
        raise BadMailSetting("the sender must be an address such as nhatky@example.vn, or Sổ nhật ký <nhatky@example.vn>")
    return name.strip().strip('"'), address


def message(letter: Letter, server: MailServer) -> EmailMessage:
    """The mail as it goes over the wire. Raises CannotSend where the address is none."""
    if not is_address(letter.address):
        raise CannotSend("Địa chỉ email không đúng.", for_good=True)
    domain = server.sender.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(server.sender_name, addr_spec=server.sender)
    mail["To"] = Address(addr_spec=letter.address)
    mail["Subject"] = clean_subject(letter.subject)
    mail["Date"] = letter.made_at
    mail["Message-ID"] = f"<{letter.id}@{domain}>"
    if letter.unsubscribe:
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    mail["Auto-Submitted"] = "auto-generated"  # no one's holiday answer comes back
    mail.set_content(clean_words(letter.words) + "\n", cte="base64")
    return mail


class Postman:
    """An open way to the mail server; it sends one letter after another."""

    def __init__(self, server: MailServer, connection: smtplib.SMTP):
        self._server, self._connection = server, connection

    def send(self, letter: Letter) -> None:
        """Hand a letter to the server. Raises CannotSend where it did not take it."""
        mail = message(letter, self._server)
        with _in_words():
            self._connection.send_message(mail, self._server.sender, [letter.address])


@contextmanager
def open_way(server: MailServer) -> Iterator[Postman]:
    """A way to the server for as long as the block lasts. Raises NoWay where the server does not answer or refuses the password."""
    with _in_words():
        connection = _connect(server)
    try:
        yield Postman(server, connection)
    finally:
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()  # the server went first


def _connect(server: MailServer) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    if server.tls_first:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trust)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        connection.ehlo()
        if not server.tls_first and connection.has_extn("starttls"):
            connection.starttls(context=trust)
        elif server.user and not server.tls_first and not _is_this_machine(server.host):
            raise NoWay("Máy chủ thư không mã hóa đường truyền nên không gửi mật khẩu qua đó. Hãy dùng smtps:// hoặc STARTTLS.")
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn what smtplib raises into CannotSend: what kind of trouble and the server's code, never the mail's words."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise CannotSend(f"Máy chủ thư không nhận địa chỉ này (mã {code}).", for_good=code >= 500) from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:
        raise NoWay(f"Máy chủ thư từ chối chương trình này (mã {error.smtp_code}).") from error
    except smtplib.SMTPResponseException as error:
        raise CannotSend(f"Máy chủ thư từ chối (mã {error.smtp_code}).", for_good=error.smtp_code >= 500) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NoWay(f"Không nối được với máy chủ thư ({type(error).__name__}).") from error
