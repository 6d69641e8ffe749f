"""Thirty phones voting at once over real HTTP, the server killed in the middle: no vote is lost and none counts twice."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update

from bench.serving import Client, serving
from diary import create_app
from diary.domain.evaluations import Attendance
from diary.migrations import upgrade
from diary.models.accounts import Account
from diary.models.base import db, new_id
from diary.models.evaluations import BallotVoter, Evaluation, VoteTally
from diary.models.members import Member
from diary.models.units import Unit
from diary.services import ballots, clock, meetings
from tests import factories, postgres
from tests.soak.test_long_runs import family

pytestmark = pytest.mark.soak
PHONES, PERSONS = 30, 6
LEVELS = ("outstanding", "good", "done", "not_done")


@contextmanager
def installation(engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """An application on an empty database of its own, the same for this process and for the served one."""
    folder.mkdir()
    settings = {"DIARY_INSTANCE": str(folder), "DIARY_DEMO": "0", "SECRET_KEY": "a secret that is long enough for a test of voting"}
    with postgres.cluster() if engine == "postgresql" else _sqlite(folder) as url:
        for name, value in {**settings, "DATABASE_URL": url}.items():
            monkeypatch.setenv(name, value)
        app = create_app()
        with app.app_context():
            upgrade()
            factories.set_cast()
            yield app
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'diary.sqlite3'}"


def open_hall() -> list[UUID]:
    """A meeting of a branch of thirty, everyone there, ballots open on the first few; their evaluations."""
    branch = db.session.execute(select(Unit).where(Unit.code == "BV-NOI")).scalars().one()
    while db.session.execute(select(func.count()).where(Member.unit_id == branch.id)).scalar_one() < PHONES:
        factories.member("Kiên Thị Thu", "An", branch)
    hashed = PasswordHasher(time_cost=1, memory_cost=1024).hash(factories.PASSWORD)
    db.session.execute(update(Account).values(password_hash=hashed))
    db.session.commit()
    ids = list(db.session.execute(select(Member.id).where(Member.unit_id == branch.id).order_by(Member.id)).scalars())
    officer, year = factories.actor("secretary"), factories.YEAR
    draft = meetings.MeetingDraft(new_id(), branch.id, year, max(clock.today(), date(year, 1, 1)), ids[0], ids[1], secret=True)
    meeting_id = meetings.open_meeting(officer, draft)
    meetings.save_attendance(officer, meeting_id, dict.fromkeys(ids, Attendance.PRESENT))
    keys = list(db.session.execute(select(Evaluation.id).where(Evaluation.unit_id == branch.id).limit(PERSONS)).scalars())
    ballots.open_ballots(officer, meeting_id, keys)
    return keys


class Phone(Thread):
    """Gives its vote on one person after the other, and again where the line broke; `sure`: what the server said it had taken."""

    def __init__(self, port: int, name: str, level: str, keys: list[UUID], start: Barrier):
        super().__init__(daemon=True)
        self.client, self.voter, self.level, self.keys, self.barrier = Client(port), name, level, keys, start
        self.sure: set[UUID] = set()
        self.client.get("/dang-nhap")
        status, _ = self.client.post("/dang-nhap", {"username": name, "password": factories.PASSWORD})
        assert status == 303
        self.client.get("/bo-phieu")

    def run(self) -> None:
        self.barrier.wait()
        try:
            self._vote()
        finally:
            self.client.connection.close()

    def _vote(self) -> None:
        for key in self.keys:
            try:
                status, _ = self.client.post("/bo-phieu", {f"level-{key}": self.level})
            except (OSError, SystemExit):
                return
            if status == 303:
                self.sure.add(key)


def tallies() -> dict[UUID, int]:
    """How many votes were counted on each person."""
    query = select(VoteTally.evaluation_id, func.sum(VoteTally.votes)).group_by(VoteTally.evaluation_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def voted() -> set[tuple[str, UUID]]:
    """Who has voted on whom."""
    query = select(Account.username, BallotVoter.evaluation_id).join(Account, Account.member_id == BallotVoter.member_id)
    return {(row[0], row[1]) for row in db.session.execute(query.where(BallotVoter.voted))}


def kill_in_the_middle(pid: int, phones: list[Phone]) -> None:
    """Kill the server with -9 once half of the votes were taken."""
    while any(phone.is_alive() for phone in phones) and sum(len(phone.sure) for phone in phones) < len(phones) * PERSONS // 2:
        phones[0].join(0.01)
    for one in family(pid):
        os.kill(one, signal.SIGKILL)


def vote_on_all(names: list[str], keys: list[UUID], *, kill: bool) -> set[tuple[str, UUID]]:
    """Let everyone vote on everyone at once; the votes the server said it had taken."""
    start = Barrier(len(names), timeout=60)
    with serving("wsgi:app", dict(os.environ)) as server:
        phones = [Phone(server.port, name, LEVELS[n % 4], keys, start) for n, name in enumerate(names)]
        for phone in phones:
            phone.start()
        if kill:
            kill_in_the_middle(server.process.pid, phones)
        for phone in phones:
            phone.join(60)
    db.session.remove()
    return {(phone.voter, key) for phone in phones for key in phone.sure}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_thirty_phones_vote_at_once_while_the_server_is_killed(engine, tmp_path, monkeypatch):
    with installation(engine, tmp_path / "instance", monkeypatch):
        keys = open_hall()
        in_the_hall = select(Account.username).join(BallotVoter, BallotVoter.member_id == Account.member_id).distinct()
        names = sorted(db.session.execute(in_the_hall).scalars())
        db.session.remove()
        taken = vote_on_all(names, keys, kill=True)
        assert taken <= voted(), "a vote the server had taken is gone"
        assert sum(tallies().values()) == len(voted()) < len(names) * len(keys)
        vote_on_all(names, keys, kill=False)
        assert tallies() == dict.fromkeys(keys, len(names)), "everyone has voted once on everyone"
        spread = select(VoteTally.level, func.sum(VoteTally.votes)).group_by(VoteTally.level)
        wanted = {level: PERSONS * len(names[n::4]) for n, level in enumerate(LEVELS)}
        assert {row[0]: row[1] for row in db.session.execute(spread)} == wanted
