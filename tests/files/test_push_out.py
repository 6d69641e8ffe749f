"""Pushes over the wire: what the browser can read, what the push service can check, and where no push ever goes."""

import os
import re
import stat
from dataclasses import replace
from uuid import uuid4

import http_ece
import pytest
from py_vapid import Vapid
from py_vapid.utils import b64urldecode

from diary.files import push_out
from diary.files.mail_out import CannotSend
from diary.files.push_keys import FILE, BadPushKey, push_keys
from diary.files.push_out import Gone, Parcel, Sender, is_public, open_ways
from tests.pushes import Browser, push_service
from tests.test_architecture import ROOT, modules


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with push_service(tmp_path_factory.mktemp("service")) as one:
        yield one


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return push_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def sender(service, keys):
    service.bodies.clear(), service.headers.clear(), service.answer.clear(), service.hang_up_on.clear(), service.drip_on.clear()
    service.send_to = ""
    return Sender("mailto:van-phong@example.vn", keys, service.certificate)


def send(sender, browser, words="Tuần này bạn chưa ghi nhật ký.", times=1, push_id=None):
    with open_ways(sender) as courier:
        for _ in range(times):
            courier.send(Parcel(push_id or uuid4(), browser.address, words, "/nhat-ky/moi"))


def test_the_browser_reads_the_words_and_nobody_on_the_way_does(service, sender):
    browser, push_id = service.browser(), uuid4()
    send(sender, browser, push_id=push_id)
    ((path, body),) = service.bodies
    assert path == "/1" and "nhật ký".encode() not in body
    said = {"title": "Sổ nhật ký", "words": "Tuần này bạn chưa ghi nhật ký.", "link": "/nhat-ky/moi", "tag": push_id.hex}
    assert browser.read(body) == said
    with pytest.raises(http_ece.ECEException):
        Browser().read(body)


def test_the_push_service_can_check_who_sends(service, sender, keys):
    send(sender, service.browser())
    (headers,) = service.headers
    assert headers["authorization"].startswith("vapid t=") and headers["authorization"].endswith(f"k={keys.public}")
    assert Vapid.verify(headers["authorization"])
    claims = b64urldecode(headers["authorization"].split(".")[1].encode())
    assert b'"sub": "mailto:van-phong@example.vn"' in claims.replace(b'":"', b'": "')
    assert f"https://127.0.0.1:{service.port}".encode() in claims
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "172800") and len(headers["topic"]) == 32


def test_the_longest_words_fit_what_push_services_take(service, sender):
    browser = service.browser()
    send(sender, browser, words="Ữ" * 300)
    assert len(service.bodies[0][1]) <= 4096 and browser.read(service.bodies[0][1])["words"] == "Ữ" * 300


def test_several_go_over_one_way_and_one_that_was_closed_is_opened_anew(service, sender):
    send(sender, service.browser(), times=3)
    assert len(service.bodies) == 3
    service.hang_up_on = {"/1"}
    with open_ways(sender) as courier:
        courier.send(Parcel(uuid4(), service.browser("2").address, "Một.", "/"))
        with pytest.raises(CannotSend, match="Không nối được"):
            courier.send(Parcel(uuid4(), service.browser("1").address, "Hai.", "/"))
        courier.send(Parcel(uuid4(), service.browser("2").address, "Ba.", "/"))
    assert [path for path, _ in service.bodies] == ["/1"] * 3 + ["/2", "/1", "/1", "/2"]


@pytest.mark.parametrize(
    ("status", "kind", "for_good"),
    [
        (404, Gone, True), (410, Gone, True), (403, CannotSend, True), (413, CannotSend, True), (429, CannotSend, False),
        (500, CannotSend, False),
    ],
)  # fmt: skip
def test_what_a_push_service_answers_decides_whether_it_is_tried_again(service, sender, status, kind, for_good):
    service.answer = {"/1": status}
    with pytest.raises(kind) as refused:
        send(sender, service.browser())
    assert refused.value.for_good is for_good and isinstance(refused.value, Gone) is (kind is Gone)


def test_no_redirect_is_followed(service, sender):
    service.answer, service.send_to = {"/1": 307}, f"https://127.0.0.1:{service.port}/2"
    with pytest.raises(CannotSend) as refused:
        send(sender, service.browser())
    assert [path for path, _ in service.bodies] == ["/1"] and refused.value.for_good


def test_an_address_of_this_machine_is_never_called(service, sender):
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(CannotSend, match="mạng riêng"):
            send(replace(sender, local_certificate=""), Browser(f"https://{host}:{service.port}/1"))
    assert service.bodies == []


def test_a_name_is_called_where_it_led_when_it_was_looked_at_and_not_at_all_where_one_of_its_addresses_is_private(sender, monkeypatch):
    led, called = iter((["8.8.8.8"], ["8.8.8.8", "10.0.0.1"], ["127.0.0.1"])), []

    def call(address, timeout):
        called.append(address)
        raise OSError

    leads = lambda host, port, **how: [(2, 1, 6, "", (one, port)) for one in next(led)]  # noqa: E731
    monkeypatch.setattr(push_out.socket, "getaddrinfo", leads)
    monkeypatch.setattr(push_out.socket, "create_connection", call)
    for words in ("Không nối được", "mạng riêng"):
        with pytest.raises(CannotSend, match=words):
            send(replace(sender, local_certificate=""), Browser())
    assert called == [("8.8.8.8", 443)]


def test_whoever_answers_in_drops_is_cut_off(service, sender, monkeypatch):
    monkeypatch.setattr(push_out, "LONGEST", 0.3)
    service.drip_on = {"/1"}
    with pytest.raises(CannotSend, match="Không nối được"):
        send(sender, service.browser())


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("64:ff9b::808:808", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_open_net_are_called(address, public):
    assert is_public(address) is public


def test_what_takes_long_to_load_is_loaded_when_a_push_or_a_calendar_is_made_and_not_before():
    slow = re.compile(r"^(?:from|import) (?:pywebpush|py_vapid|http_ece|cryptography|icalendar)\b", re.MULTILINE)
    assert [path.name for path in modules(ROOT) if slow.search(path.read_text("utf-8"))] == []


def test_a_key_that_is_none_is_refused_for_good(service, sender):
    browser = service.browser()
    wrong = replace(browser.address, p256dh="B" + "A" * 86)
    with open_ways(sender) as courier, pytest.raises(CannotSend) as refused:
        courier.send(Parcel(uuid4(), wrong, "Một.", "/"))
    assert refused.value.for_good and service.bodies == []


def test_keys_are_made_once_for_their_owner_alone(tmp_path):
    made = push_keys(tmp_path)
    assert push_keys(tmp_path) == made and len(b64urldecode(made.public.encode())) == 65
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert os.name == "nt" or stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert made.private not in repr(made)


def test_a_key_may_be_given_and_leaves_no_file(tmp_path):
    made = push_keys(tmp_path)
    assert push_keys(tmp_path / "elsewhere", made.private) == made
    for wrong in ("abc", "A" * 43, "****"):
        with pytest.raises(BadPushKey):
            push_keys(tmp_path, wrong)
