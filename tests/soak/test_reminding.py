"""Ten thousand reminders planned and sent while workers are killed: none lost, at most one repeated per worker killed, with its own id."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from diary.domain import consents
from diary.domain.duties import REMIND
from diary.domain.mails import MailState
from diary.domain.years import Activity
from diary.models.accounts import Account, Consent
from diary.models.base import db
from diary.models.jobs import Duty
from diary.models.mails import Mail
from diary.models.members import Member, Membership
from diary.models.notices import Notice
from diary.models.reminders import Reminder, ReminderChoice
from diary.models.units import Unit
from diary.models.years import Window, WorkYear
from diary.services import clock
from tests import factories
from tests.smtp_sink import Sink, smtp_sink
from tests.soak.test_voting import installation

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[2]
PEOPLE, FIRST, WORKERS = 10_000, 10_000, 2


def add_people() -> None:
    """So many members who wrote nothing, are reminded by notice and mail, have no quiet hours, and whose hour of the week it is now."""
    here = clock.now().astimezone(clock.VIETNAM)
    bloc = db.session.execute(select(Unit).where(Unit.code == "KHOI")).scalars().one()
    for year in (here.year - 1, here.year):
        if db.session.get(WorkYear, year) is None:
            factories.work_year(year, bloc)
    others = Window.activity.in_([Activity.REGISTERING, Activity.SELF_ASSESSMENT])
    db.session.execute(update(Window).where(others).values(opens_on=date(2026, 1, 1), closes_on=date(2026, 1, 1)))
    home = db.session.execute(select(Unit.id).where(Unit.code == "BV-NOI")).scalar_one()
    ids = range(FIRST, FIRST + PEOPLE)
    same = {"unit_id": home, "family_name": "Trần Văn", "search": "tran van", "joined_union_on": date(2015, 3, 26)}
    names = [{"id": n, "given_name": f"N{n}", "sort_key": f"n{n}", "email": f"n{n}@example.vn", **same} for n in ids]
    db.session.execute(insert(Member), names)
    db.session.execute(insert(Membership), [{"member_id": n, "unit_id": home, "from_day": date(2020, 1, 1)} for n in ids])
    rows = [{"id": n, "username": f"n{n}", "name": f"Trần Văn N{n}", "member_id": n, "password_hash": "x"} for n in ids]
    db.session.execute(insert(Account), rows)
    given = datetime(2026, 1, 5, 8, tzinfo=clock.VIETNAM)
    db.session.execute(insert(Consent), [{"account_id": n, "version": consents.VERSION, "given_at": given} for n in ids])
    chosen = {"by_notice": True, "by_mail": True, "by_push": False, "weekday": here.weekday(), "hour": here.hour}
    quiet = {"quiet_from": 0, "quiet_to": 0, "version": 1}
    db.session.execute(insert(ReminderChoice), [{"account_id": n, **chosen, **quiet} for n in ids])
    db.session.commit()


def start(sink: Sink) -> "list[subprocess.Popen[bytes]]":
    """Real workers on the installation of the environment, sending to the sink."""
    mail = {"DIARY_MAIL_URL": f"smtp://127.0.0.1:{sink.port}", "DIARY_MAIL_FROM": "nhatky@example.vn"}
    settings = {**os.environ, **mail, "DIARY_PUBLIC_URL": "https://nhatky.example"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    return [subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.DEVNULL) for _ in range(WORKERS)]


def kill(workers: "list[subprocess.Popen[bytes]]") -> None:
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.wait()


def counted(model: type, *where: object) -> int:
    found = db.session.execute(select(func.count()).select_from(model).where(*where)).scalar_one()  # type: ignore[arg-type]
    db.session.rollback()
    return found


def wait_for(reached: Callable[[], bool], seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def let_ten_minutes_pass() -> None:
    """The duty is due again, and what a killed worker held is free."""
    now = clock.now() - timedelta(seconds=1)
    db.session.execute(update(Duty).values(due_at=now))
    db.session.execute(update(Mail).where(Mail.state == MailState.WAITING, Mail.tries > 0).values(not_before=now))
    db.session.commit()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_ten_thousand_reminders_go_out_though_workers_are_killed_while_planning_and_while_sending(engine, tmp_path, monkeypatch, capsys):
    with installation(engine, tmp_path / "instance", monkeypatch), smtp_sink() as sink:
        add_people()
        begun = time.monotonic()
        workers = start(sink)
        wait_for(lambda: counted(Reminder) >= PEOPLE // 5)
        kill(workers)
        assert PEOPLE // 5 <= counted(Reminder) < PEOPLE, "killed in the middle of planning"
        let_ten_minutes_pass()
        workers = start(sink)
        wait_for(lambda: counted(Reminder) == PEOPLE and counted(Mail, Mail.state == MailState.SENT) > PEOPLE // 3)
        kill(workers)
        assert counted(Mail, Mail.state == MailState.SENT) < PEOPLE, "killed in the middle of sending"
        let_ten_minutes_pass()
        workers = start(sink)
        wait_for(lambda: counted(Mail, Mail.state == MailState.SENT) == PEOPLE)
        took = time.monotonic() - begun
        for worker in workers:
            worker.terminate()
        for worker in workers:
            assert worker.wait(60) == 0
        assert counted(Mail) == counted(Reminder) == counted(Notice) == PEOPLE
        assert counted(Duty, Duty.name == REMIND, Duty.trouble == "", Duty.went_well_at.is_not(None)) == 1
        sent = Counter(recipient for _, recipient in sink.envelopes)
        assert set(sent) == {f"n{n}@example.vn" for n in range(FIRST, FIRST + PEOPLE)}
        assert len(sink.raw) - PEOPLE <= 2 * WORKERS, "at most one a worker killed"
        ids = {mail["To"]: set() for mail in sink.mails}
        for mail in sink.mails:
            ids[mail["To"]].add(mail["Message-ID"])
            assert mail["List-Unsubscribe"] == "<https://nhatky.example/ca-nhan/nhac-viec>"
        assert all(len(found) == 1 for found in ids.values())
        with capsys.disabled():
            print(f"\n{engine}: {PEOPLE} reminders, {len(sink.raw) - PEOPLE} repeated, {took:.0f} s with two kills")
