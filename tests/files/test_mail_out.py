"""Mail out: what a mail looks like on the wire, and what can never get into its headers."""

import socket
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.mails import is_address, wait_after
from diary.files.mail_out import BadMailSetting, CannotSend, Letter, MailServer, NoWay, message, open_way, read_server
from tests.smtp_sink import smtp_sink

ID = UUID("01890000-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
SERVER = MailServer("127.0.0.1", 25, "nhatky@example.vn", "Sổ nhật ký")


def letter(address="a.b@example.vn", subject="Mã đặt lại mật khẩu", words="Chào bạn,\n\nMã: ABCD-2345"):
    return Letter(ID, address, subject, words, AT)


@pytest.fixture
def sink():
    with smtp_sink() as one:
        yield one


def server(sink, **facts):
    return MailServer("127.0.0.1", sink.port, "nhatky@example.vn", "Sổ nhật ký", **facts)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.vn", ("mail.example.vn", 25, "", "", False)),
        ("smtp://u:p@mail.example.vn", ("mail.example.vn", 587, "u", "p", False)),
        ("smtp://u%40x:p%2Fq%3A@mail.example.vn:2525", ("mail.example.vn", 2525, "u@x", "p/q:", False)),
        ("smtps://u:p@mail.example.vn", ("mail.example.vn", 465, "u", "p", True)),
        ("smtp://[::1]:25/", ("::1", 25, "", "", False)),
    ],
)
def test_a_server_is_read_from_its_address(url, expected):
    found = read_server(url, "nhatky@example.vn")
    assert (found.host, found.port, found.user, found.password, found.tls_first) == expected


@pytest.mark.parametrize(
    "url", ["mail.example.vn", "http://mail.example.vn", "smtp://", "smtp://host:port", "smtp://u@host", "smtp://host/x", "smtp://host?a=1"]
)
def test_what_is_no_server_is_refused(url):
    with pytest.raises(BadMailSetting):
        read_server(url, "nhatky@example.vn")


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("nhatky@example.vn", ("", "nhatky@example.vn")),
        ("Sổ nhật ký <nhatky@example.vn>", ("Sổ nhật ký", "nhatky@example.vn")),
        ('"Sổ" <nhatky@example.vn>', ("Sổ", "nhatky@example.vn")),
        ("<nhatky@example.vn>", ("", "nhatky@example.vn")),
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(sender, expected):
    found = read_server("smtp://host", sender)
    assert (found.sender_name, found.sender) == expected


@pytest.mark.parametrize("sender", ["", "nhatky", "Sổ <nhatky>", "a\nb <nhatky@example.vn>", "a@b.vn, c@d.vn"])
def test_what_is_no_sender_is_refused(sender):
    with pytest.raises(BadMailSetting):
        read_server("smtp://host", sender)


def test_the_password_is_never_shown():
    assert "bi-mat" not in repr(read_server("smtp://u:bi-mat@host", "nhatky@example.vn"))


def test_a_mail_arrives_as_it_was_written(sink):
    with open_way(server(sink)) as postman:
        postman.send(letter())
        postman.send(letter(words="."))
    first, second = sink.mails
    assert sink.envelopes == [("nhatky@example.vn", "a.b@example.vn")] * 2 and sink.connections == 1
    assert (first["Subject"], first["From"], first["To"]) == (
        "Mã đặt lại mật khẩu",
        "Sổ nhật ký <nhatky@example.vn>",
        "a.b@example.vn",
    )
    assert first["Message-ID"] == f"<{ID}@example.vn>" and first["Auto-Submitted"] == "auto-generated"
    assert first.get_content() == "Chào bạn,\r\n\r\nMã: ABCD-2345\r\n" and second.get_content() == ".\r\n"
    assert all(raw.isascii() for raw in sink.raw)


LETTERS = "ab:.,;<>@\"'\\ \r\n\t\x00\x0b\x0c\x85\u2028\u200bố"
DIRT = st.lists(st.sampled_from([*LETTERS, "Bcc: x@y.vn", "\r\n\r\n", "%0d%0a"])).map("".join)


@given(DIRT, DIRT)
def test_no_subject_and_no_words_add_a_header_or_a_recipient(subject, words):
    raw = message(letter(subject=subject, words=words), SERVER).as_bytes()
    head = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    names = [line.split(b":")[0] for line in head if not line.startswith((b" ", b"\t"))]
    fixed = [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"Content-Type"]
    assert names == [*fixed, b"Content-Transfer-Encoding", b"MIME-Version"]


@given(DIRT)
def test_an_address_is_one_plain_address_or_nothing_is_made(dirt):
    for address in (dirt, f"a{dirt}@example.vn", f"a@example{dirt}.vn", f"a@example.vn{dirt}"):
        if is_address(address):
            assert not set(address) & set('\r\n\t\x00 ,;<>"\\:()') and address.count("@") == 1
        else:
            with pytest.raises(CannotSend) as refused:
                message(letter(address=address), SERVER)
            assert refused.value.for_good


@pytest.mark.parametrize("address", ["a.b@example.vn", "a+b@mail.example.vn", "A_B-1@x.vn", "a@localhost"])
def test_usual_addresses_are_addresses(address):
    assert is_address(address)


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b.vn", "a@b..vn", "a@-b.vn", "ố@b.vn", "a@b.vn\n", f"{'a' * 65}@b.vn", f"a@{'b' * 64}.vn"]
)
def test_what_is_no_address_is_none(address):
    assert not is_address(address)


def test_a_refused_recipient_is_for_good_and_a_busy_server_is_not(sink):
    sink.refuse = {"gone@example.vn": "550 no such user", "later@example.vn": "451 later"}
    with open_way(server(sink)) as postman:
        for address, for_good in (("gone@example.vn", True), ("later@example.vn", False)):
            with pytest.raises(CannotSend) as refused:
                postman.send(letter(address=address))
            assert refused.value.for_good is for_good and not isinstance(refused.value, NoWay)
            assert address not in str(refused.value), "the trouble is shown to the administrator, the address is not"
        postman.send(letter())
    assert len(sink.raw) == 1


def test_a_server_that_does_not_answer_or_greets_with_a_refusal_is_no_way(sink):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    with pytest.raises(NoWay), open_way(MailServer("127.0.0.1", closed, "nhatky@example.vn")):
        pass
    sink.greeting = "554 go away"
    with pytest.raises(NoWay), open_way(server(sink)):
        pass


def test_a_server_without_tls_where_tls_is_asked_for_gets_nothing(sink):
    with pytest.raises(NoWay), open_way(server(sink, tls_first=True, user="u", password="bi-mat")):
        pass
    assert sink.raw == [] and sink.signed_in == []


def test_a_password_goes_over_an_unencrypted_line_to_this_machine_only(sink, monkeypatch):
    sink.extensions = ("AUTH PLAIN",)
    with open_way(server(sink, user="u", password="bi-mat")) as postman:
        postman.send(letter())
    assert len(sink.signed_in) == 1
    monkeypatch.setattr("diary.files.mail_out._is_this_machine", lambda host: False)
    with pytest.raises(NoWay, match="không mã hóa"), open_way(server(sink, user="u", password="bi-mat")):
        pass
    assert len(sink.signed_in) == 1


def test_waits_grow_and_end():
    waits = [wait_after(tries) for tries in range(1, 10)]
    assert waits[:7] == sorted(waits[:7]) and None not in waits[:7] and waits[7:] == [None, None]
