"""Two hundred sheets issued at once by several processes, half of them killed in the middle: numbers 1..200, none twice, none left out."""

import hashlib
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from diary.domain.actors import Actor
from diary.domain.documents import DocumentState
from diary.domain.evaluations import EvaluationState
from diary.files.storage import Storage
from diary.models.base import db
from diary.models.documents import Document
from diary.models.evaluations import Evaluation
from diary.models.members import Member, Membership
from diary.models.units import Unit
from tests.documents.reading import flowing_text
from tests.factories import YEAR, actor
from tests.soak.test_voting import installation

pytestmark = pytest.mark.soak
SHEETS, PROCESSES = 200, 4


def propose_all() -> list[UUID]:
    """A branch of two hundred, all proposed; the ids of their evaluations."""
    home = db.session.execute(select(Unit.id).where(Unit.code == "BV-NOI")).scalar_one()
    members = [Member(unit_id=home, family_name="Kiên Thị", given_name=f"An {n}", sort_key=f"{n:03}", search="an") for n in range(SHEETS)]
    db.session.add_all(members)
    db.session.flush()
    db.session.add_all([Membership(member_id=one.id, unit_id=home) for one in members])
    facts = {"unit_id": home, "year": YEAR, "state": EvaluationState.PROPOSED, "proposed_level": "good"}
    rows = [Evaluation(member_id=one.id, **facts) for one in members]
    db.session.add_all(rows)
    db.session.commit()
    return [row.id for row in rows]


def begin(who: Actor, keys: list[UUID]) -> list[subprocess.Popen]:
    """Processes that all issue the same sheets, each in an order of its own."""
    begun = []
    for place in range(PROCESSES):
        process = subprocess.Popen([sys.executable, "-m", "tests.soak.issuing"], stdin=subprocess.PIPE, env=dict(os.environ))
        shift = place * len(keys) // PROCESSES
        pickle.dump((who, keys[shift:] + keys[:shift]), process.stdin)
        process.stdin.close()
        begun.append(process)
    return begun


def count() -> int:
    found = db.session.execute(select(func.count()).select_from(Document)).scalar_one()
    db.session.rollback()
    return found


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_hundred_sheets_issued_by_processes_that_are_killed(engine, tmp_path, monkeypatch):
    with installation(engine, tmp_path / "instance", monkeypatch):
        keys, who = propose_all(), actor("secretary")
        db.session.remove()
        processes = begin(who, keys)
        until = time.monotonic() + 120
        while count() < SHEETS // 3 and time.monotonic() < until:
            time.sleep(0.01)
        for process in processes[::2]:
            process.kill()
        assert [process.wait(240) for process in processes] == [-signal.SIGKILL, 0] * (PROCESSES // 2)
        assert all(process.wait(240) == 0 for process in begin(who, keys))
        rows = list(db.session.execute(select(Document).order_by(Document.number)).scalars())
        assert [row.number for row in rows] == list(range(1, SHEETS + 1))
        assert len({row.member_id for row in rows}) == SHEETS and {row.state for row in rows} == {DocumentState.VALID}
        storage = Storage(Path(tmp_path / "instance" / "files"))
        for row in rows:
            content = storage.read(row.sha256)
            assert hashlib.sha256(content).hexdigest() == row.sha256 and len(content) == row.size
            printed = re.search(r"Số: (\S+)", flowing_text(content))
            assert printed and printed[1] == row.symbol
