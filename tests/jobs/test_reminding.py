"""Reminders planned and sent by workers that are killed on the way: none lost, the one in hand repeated with its own id."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from diary.domain.mails import MailState
from diary.domain.reminders import USUAL
from diary.domain.years import Activity
from diary.files.mail_out import MailServer
from diary.jobs.kinds import Tools
from diary.jobs.worker import Worker
from diary.models.base import db
from diary.models.mails import Mail
from diary.models.notices import Notice
from diary.models.reminders import Reminder, ReminderChoice
from diary.models.units import Unit
from diary.models.years import Window
from diary.services import mails
from diary.services.reminders import planning
from tests import factories
from tests.smtp_sink import smtp_sink

pytestmark = pytest.mark.sqlite  # the longer one of tests/soak runs on both engines
PEOPLE = 200
FRIDAY = datetime(2026, 11, 27, 16, 5, tzinfo=factories.VIETNAM)


@pytest.fixture
def people(session, cast, time):
    """So many more members who want mail and wrote nothing; it is Friday, their hour has come."""
    time.move_to(FRIDAY)
    home = session.get_one(Unit, cast.units["BV-NGOAI"])
    chosen = {name: getattr(USUAL, name) for name in USUAL.__dataclass_fields__} | {"by_mail": True, "quiet_from": 0, "quiet_to": 0}
    for n in range(PEOPLE):
        _, account = factories.member("Trần Văn", f"Thứ {n}", home, f"n{n}", email=f"n{n}@example.vn")
        account.password_hash = "x"
        session.add(ReminderChoice(account_id=account.id, **chosen))
    session.execute(update(Window).where(Window.activity != Activity.WRITING).values(closes_on=Window.opens_on))
    session.commit()
    return {f"n{n}@example.vn" for n in range(PEOPLE)}


def counted(model, *where):
    return db.session.execute(select(func.count()).select_from(model).where(*where)).scalar_one()


def die_at(monkeypatch, holder, name, call):
    """The `call`-th call of a function is the last thing its worker does."""
    real, calls = getattr(holder, name), []

    def run(*args, **facts):
        calls.append(1)
        if len(calls) == call:
            raise SystemExit("killed")
        return real(*args, **facts)

    monkeypatch.setattr(holder, name, run)


def test_two_hundred_go_out_though_workers_die_while_planning_and_while_sending(people, session, time, monkeypatch):
    monkeypatch.setattr(planning, "BATCH", 50)
    with smtp_sink() as sink:
        tools = Tools(Path("no-such-folder"), "https://nhatky.example", "k", MailServer("127.0.0.1", sink.port, "nhatky@example.vn"))
        die_at(monkeypatch, planning, "write", 3)
        die_at(monkeypatch, mails, "note_sent", 70)
        for _ in range(4):  # one dies planning its third batch, one sending
            try:
                Worker(tools).turn()
            except SystemExit:
                db.session.rollback()
            time.shift(timedelta(minutes=11))
        assert counted(Reminder) == counted(Notice) == counted(Mail) == counted(Mail, Mail.state == MailState.SENT) == PEOPLE
        sent = Counter(recipient for _, recipient in sink.envelopes)
        assert set(sent) == people and sorted(sent.values())[-2:] == [1, 2], "the one in hand a second time"
        assert len({mail["Message-ID"] for mail in sink.mails}) == PEOPLE
        assert {mail["List-Unsubscribe"] for mail in sink.mails} == {"<https://nhatky.example/ca-nhan/nhac-viec>"}
