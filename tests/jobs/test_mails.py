"""Mail that waits: written with what causes it, sent once, tried again, its words gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from diary.domain.duties import MAIL
from diary.domain.errors import WrongMoment
from diary.domain.mails import MOST_TRIES, MailState
from diary.files.mail_out import MailServer, NoWay
from diary.jobs.kinds import Tools
from diary.jobs.mails import send_due
from diary.jobs.worker import Worker
from diary.models.base import db
from diary.models.jobs import Duty
from diary.models.mails import Mail
from diary.models.members import Member
from diary.services import mails
from tests.smtp_sink import smtp_sink

NOWHERE = Path("no-such-folder")  # mail needs none


@pytest.fixture
def sink():
    with smtp_sink() as one:
        yield one


@pytest.fixture
def write(session, cast):
    """write("member", …) is the id of a mail to that one of the cast, who has the address NAME@example.vn."""

    def make(name="member", subject="Một thư", words="Mã: ABCD-2345"):
        person = getattr(cast, name)
        address = f"{name}@example.vn"
        session.execute(update(Member).where(Member.id == person.member_id).values(email=address))
        session.commit()
        assert mails.write_to(person.account_id, subject, words)
        return session.execute(select(Mail.id).where(Mail.address == address).order_by(Mail.id.desc()).limit(1)).scalar_one()

    return make


def server(sink):
    return MailServer("127.0.0.1", sink.port, "nhatky@example.vn")


def row(mail_id):
    db.session.rollback()
    return db.session.get(Mail, mail_id, populate_existing=True)


def test_a_mail_is_sent_once_and_its_words_go(write, sink):
    mail_id = write()
    for _ in range(2):
        send_due(server(sink))
    assert len(sink.raw) == 1 and "ABCD-2345" in sink.mails[0].get_content()
    mail = row(mail_id)
    assert (mail.state, mail.words, mail.tries) == (MailState.SENT, "", 1) and mail.sent_at


def test_no_mail_is_written_where_the_happening_fails_or_nobody_can_be_reached(write, session, cast):
    @mails.happening
    def happen():
        mails.write_to(cast.member.account_id, "a", "b")
        raise WrongMoment("")

    write()
    with pytest.raises(WrongMoment):
        happen()
    assert len(session.execute(select(Mail)).all()) == 1
    assert not mails.write_to(cast.administrator.account_id, "a", "b")
    session.execute(update(Member).where(Member.id == cast.member.member_id).values(email="hai@example.vn, ba@example.vn"))
    session.commit()
    assert not mails.write_to(cast.member.account_id, "a", "b")


def test_a_busy_server_gets_the_mail_again_later_and_the_others_go_meanwhile(write, sink, time):
    later, other = write("member"), write("member2")
    sink.refuse = {"member@example.vn": "451 later"}
    send_due(server(sink))
    assert row(later).state is MailState.WAITING and row(other).state is MailState.SENT
    sink.refuse = {}
    send_due(server(sink))
    assert row(later).state is MailState.WAITING, "it rests a minute first"
    time.shift(timedelta(minutes=1))
    send_due(server(sink))
    assert row(later).state is MailState.SENT and row(later).tries == 2


def test_a_mail_is_given_up_after_its_last_try_or_when_refused_for_good_and_its_words_go(write, sink, time):
    gone, never = write("member"), write("member2")
    sink.refuse = {"member@example.vn": "550 unknown", "member2@example.vn": "451 later"}
    for _ in range(MOST_TRIES + 2):
        send_due(server(sink))
        time.shift(timedelta(hours=12))
    assert (row(gone).state, row(gone).tries, row(gone).words) == (MailState.FAILED, 1, "")
    assert (row(never).state, row(never).tries, row(never).words) == (MailState.FAILED, MOST_TRIES, "")
    assert "451" in row(never).trouble


def test_a_server_that_does_not_answer_costs_no_mail_a_try(write, sink):
    mail_id = write()
    sink.greeting = "421 closed"
    with pytest.raises(NoWay):
        send_due(server(sink))
    assert row(mail_id).tries == 0


def test_a_crash_between_sending_and_noting_repeats_that_one_mail_with_the_same_id(write, sink, time, monkeypatch):
    write("member"), write("member2")
    real = mails.note_sent

    def crash(mail_id):
        raise SystemExit("killed")

    monkeypatch.setattr(mails, "note_sent", crash)
    with pytest.raises(SystemExit):
        send_due(server(sink))
    monkeypatch.setattr(mails, "note_sent", real)
    send_due(server(sink))
    assert sorted(to for _, to in sink.envelopes) == ["member2@example.vn", "member@example.vn"]
    time.shift(timedelta(minutes=5))
    send_due(server(sink))
    ids = [mail["Message-ID"] for mail in sink.mails]
    assert len(ids) == 3 and ids[0] == ids[2] != ids[1]


def test_a_line_that_breaks_after_the_mail_was_taken_repeats_it_with_the_same_id(write, sink, time):
    mail_id = write()
    sink.hang_up_on = {"member@example.vn"}
    with pytest.raises(NoWay):
        send_due(server(sink))
    sink.hang_up_on = set()
    time.shift(timedelta(minutes=1))
    send_due(server(sink))
    assert row(mail_id).state is MailState.SENT and len({mail["Message-ID"] for mail in sink.mails}) == 1


def test_a_worker_sends_the_mail_and_one_without_a_server_leaves_it(write, sink):
    mail_id = write()
    Worker(Tools(NOWHERE, "", "k")).turn()
    assert row(mail_id).state is MailState.WAITING
    Worker(Tools(NOWHERE, "", "k", server(sink))).turn()
    assert row(mail_id).state is MailState.SENT


def test_a_worker_notes_that_mail_does_not_go_and_rests_before_it_knocks_again(write, sink, time):
    write()
    sink.greeting = "421 closed"
    worker = Worker(Tools(NOWHERE, "", "k", server(sink)))
    for _ in range(3):
        worker.turn()
        time.shift(timedelta(seconds=5))
    assert sink.connections == 1
    duty = db.session.get(Duty, MAIL, populate_existing=True)
    assert "mã 421" in duty.trouble and duty.went_well_at is None
    sink.greeting = "220 open"
    time.shift(timedelta(minutes=1))
    worker.turn()
    db.session.rollback()
    assert db.session.get(Duty, MAIL, populate_existing=True).trouble == "" and len(sink.raw) == 1


def test_old_mails_are_forgotten_and_waiting_ones_are_not(write, sink, time, session):
    sent, waiting = write("member"), None
    send_due(server(sink))
    waiting = write("member2")
    time.shift(timedelta(days=31))
    mails.forget_old_mails()
    assert row(sent) is None and row(waiting) is not None
