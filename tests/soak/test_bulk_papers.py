"""Papers by the thousand while workers are killed: everybody's pages once, whoever was killed when, and no helper left behind."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, update

from diary.domain.bulk_papers import PrintForm
from diary.domain.jobs import JobState
from diary.domain.units import UnitKind
from diary.files.storage import Storage
from diary.jobs.duties import WORK
from diary.jobs.kinds import Tools
from diary.models.base import db
from diary.models.jobs import Job, JobFile
from diary.models.members import Member, Membership
from diary.models.units import Unit
from diary.services import bulk_papers, clock, jobs
from diary.services.evaluations import ensure_evaluations
from tests import factories
from tests.documents.reading import page_texts
from tests.soak.test_long_runs import family
from tests.soak.test_voting import installation

pytestmark = pytest.mark.soak
ROOT = Path(__file__).parents[2]
YEAR = factories.YEAR
BRANCHES, PEOPLE = 8, 210  # each branch is a piece of its own, of a second or two
FIRST = 10_000


def ask_for_everybody() -> UUID:
    """The branches filled with people, everybody with a sheet, and the whole bloc asked for."""
    base = db.session.execute(select(Unit).where(Unit.kind == UnitKind.BASE_UNION).order_by(Unit.id)).scalars().first()
    branches = [factories.unit(f"SO-{number}", f"Chi đoàn {number}", UnitKind.BRANCH, base).id for number in range(BRANCHES)]
    people = [(FIRST + number, branches[number % BRANCHES]) for number in range(PEOPLE * BRANCHES)]
    same = {"family_name": "Trần Văn", "search": "tran van", "joined_union_on": date(2015, 3, 26)}
    rows = [{"id": one, "given_name": f"N{one}", "sort_key": f"n{one}", "unit_id": unit_id, **same} for one, unit_id in people]
    db.session.execute(insert(Member), rows)
    db.session.execute(
        insert(Membership), [{"member_id": one, "unit_id": unit_id, "from_day": date(2020, 1, 1)} for one, unit_id in people]
    )
    db.session.commit()
    for unit_id in branches:
        ensure_evaluations(unit_id, YEAR)
    actor = factories.actor("bloc_secretary")
    return bulk_papers.ask_for_papers(actor, uuid4(), actor.appointments[0].unit_id, YEAR, PrintForm.PER_BRANCH)


def job(job_id: UUID) -> Job:
    db.session.rollback()
    return db.session.get(Job, job_id, populate_existing=True)


def wait_for(found: Callable[[], object], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def start() -> "subprocess.Popen[bytes]":
    """A real worker with two helpers, on the installation of the environment."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DIARY_PROCESSES": "2"}, stderr=subprocess.DEVNULL)


def is_drawing(worker: "subprocess.Popen[bytes]") -> bool:
    """Whether the worker has helpers that work."""
    return len(family(worker.pid)) >= 4


def kill_in_a_piece(worker: "subprocess.Popen[bytes]", job_id: UUID) -> None:
    """Kill the worker once it got a piece further and draws the next; what it had started ends by itself."""
    reached = job(job_id).position
    wait_for(lambda: is_drawing(worker) and job(job_id).position > reached)
    started = family(worker.pid)
    worker.kill()
    worker.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), 60)
    db.session.rollback()
    db.session.execute(update(Job).values(lease_until=clock.now() - timedelta(seconds=1)))  # as two minutes would do
    db.session.commit()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_worker_killed_three_times_prints_everybody_exactly_once(engine, tmp_path, monkeypatch):
    with installation(engine, tmp_path / "instance", monkeypatch):
        job_id = ask_for_everybody()
        for _ in range(3):
            worker = start()
            kill_in_a_piece(worker, job_id)
            assert job(job_id).state is JobState.RUNNING
        worker = start()
        wait_for(lambda: job(job_id).state is JobState.DONE)
        helpers = family(worker.pid)
        worker.terminate()
        worker.wait(60)
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in helpers), 60)
        store = Storage(tmp_path / "instance" / "files")
        files = db.session.execute(select(JobFile).where(JobFile.job_id == job_id)).scalars().all()
        pages = [page for file in files for page in page_texts(store.read(file.sha256))]
        seen = Counter(page.split("Họ và tên ")[1].split(" Ngày sinh")[0] for page in pages if "Họ và tên " in page)
        everybody = db.session.execute(select(Member.id).where(Member.id >= FIRST)).scalars().all()
        assert {name: seen[name] for name in seen if name.startswith("Trần Văn N")} == {f"Trần Văn N{one}": 1 for one in everybody}
        assert len(pages) == sum(file.pages for file in files) and sum(seen.values()) == job(job_id).result["people"]


def test_a_job_stopped_in_the_middle_leaves_no_file_after_a_day(tmp_path, monkeypatch):
    with installation("sqlite", tmp_path / "instance", monkeypatch):
        job_id = ask_for_everybody()
        worker = start()
        wait_for(lambda: job(job_id).position > 0)
        jobs.cancel_job(factories.actor("bloc_secretary"), job_id)
        wait_for(lambda: job(job_id).state is JobState.CANCELLED)
        worker.terminate()
        worker.wait(60)
        store = Storage(tmp_path / "instance" / "files")
        assert list(store.digests())
        later = clock.now() + timedelta(days=1, minutes=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        WORK["tidy"].do(Tools(tmp_path / "instance", "", "k"))
        assert not list(store.digests())
