"""Pushes that wait: sent once, tried again, a browser that is gone forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.mails import MOST_TRIES
from diary.domain.reminders import PushState
from diary.files.push_keys import push_keys
from diary.files.push_out import Sender
from diary.jobs.kinds import Tools
from diary.jobs.pushes import send_due
from diary.jobs.worker import Worker
from diary.models.base import db
from diary.models.reminders import Push, PushSubscription
from diary.services import clock, pushes
from tests.pushes import push_service


@pytest.fixture(scope="module")
def open_service(tmp_path_factory):
    with push_service(tmp_path_factory.mktemp("service")) as one:
        yield one


@pytest.fixture
def service(open_service):
    open_service.bodies.clear(), open_service.headers.clear(), open_service.answer.clear()
    return open_service


@pytest.fixture(scope="module")
def sender(open_service, tmp_path_factory):
    return Sender("mailto:van-phong@example.vn", push_keys(tmp_path_factory.mktemp("keys")), open_service.certificate)


@pytest.fixture
def phone(session, actor, service):
    """The browser of `member`, which takes pushes."""
    browser = service.browser()
    pushes.subscribe(actor("member"), browser.address, "Chrome trên Android", "h")
    return browser


def tell(cast, words="Tuần này bạn chưa ghi nhật ký."):
    assert pushes.push_to(cast.member.account_id, words, "/nhat-ky/moi", clock.now()) == 1


def row():
    db.session.rollback()
    return db.session.execute(select(Push), execution_options={"populate_existing": True}).scalars().one()


def count(model):
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def test_a_push_is_sent_once_read_by_its_browser_and_its_words_go(phone, service, sender, cast):
    tell(cast)
    for _ in range(2):
        send_due(sender)
    ((_, body),) = service.bodies
    assert phone.read(body)["words"] == "Tuần này bạn chưa ghi nhật ký." and phone.read(body)["link"] == "/nhat-ky/moi"
    assert (row().state, row().words, row().tries) == (PushState.SENT, "", 1) and row().sent_at


def test_a_browser_that_is_gone_is_forgotten_with_all_that_waits_for_it(phone, service, sender, cast):
    service.answer = {"/1": 410}
    tell(cast), tell(cast, "Bài cần bổ sung.")
    send_due(sender)
    assert len(service.bodies) == 1 and count(PushSubscription) == count(Push) == 0


def test_what_fails_is_tried_again_later_and_given_up_after_the_last_try(phone, service, sender, cast, time):
    service.answer = {"/1": 503}
    tell(cast)
    send_due(sender)
    send_due(sender)
    assert len(service.bodies) == 1 and row().state is PushState.WAITING and "503" in row().trouble
    for _ in range(MOST_TRIES):
        time.shift(timedelta(hours=12))
        send_due(sender)
    assert len(service.bodies) == MOST_TRIES and (row().state, row().words) == (PushState.FAILED, "")


def test_a_crash_between_sending_and_noting_repeats_that_one_push_in_the_place_of_the_first(
    phone, service, sender, cast, time, monkeypatch
):
    tell(cast), tell(cast, "Bài cần bổ sung.")
    real = pushes.note_sent

    def crash(push_id):
        raise SystemExit("killed")

    monkeypatch.setattr(pushes, "note_sent", crash)
    with pytest.raises(SystemExit):
        send_due(sender)
    monkeypatch.setattr(pushes, "note_sent", real)
    send_due(sender)
    assert len(service.bodies) == 2, "the one in the hands of the crashed worker waits"
    time.shift(timedelta(minutes=5))
    send_due(sender)
    said = [phone.read(body) for _, body in service.bodies]
    assert len(said) == 3 and said[0] == said[2] != said[1]
    assert service.headers[0]["topic"] == service.headers[2]["topic"] == said[0]["tag"]


def test_a_browser_switched_off_while_it_is_sent_to_breaks_nothing(phone, service, sender, cast, actor):
    tell(cast)
    due = pushes.take_due()
    pushes.unsubscribe(actor("member"), due.subscription_id)
    pushes.note_sent(due.id)
    pushes.note_failed(due.id, "x", for_good=False)
    pushes.note_gone(due.subscription_id)
    assert count(Push) == 0


def test_a_worker_sends_the_pushes_and_one_without_a_contact_leaves_them(phone, service, sender, cast, tmp_path):
    tell(cast)
    Worker(Tools(tmp_path, "", "k")).turn()
    assert row().state is PushState.WAITING
    Worker(Tools(tmp_path, "", "k", push=sender)).turn()
    assert row().state is PushState.SENT


def test_old_pushes_are_forgotten_and_waiting_ones_are_not(phone, service, sender, cast, time):
    tell(cast)
    send_due(sender)
    tell(cast, "Bài cần bổ sung.")
    time.shift(timedelta(days=31))
    pushes.forget_old_pushes()
    assert row().state is PushState.WAITING
