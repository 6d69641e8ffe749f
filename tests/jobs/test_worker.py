"""Background jobs: every piece once, whatever happens to the workers."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time as real_time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from diary.domain.errors import NotFound, WrongMoment
from diary.domain.jobs import LEASE, MOST_TRIES, JobState
from diary.jobs.kinds import Tools
from diary.jobs.registry import KINDS
from diary.jobs.worker import AFTER_TROUBLE, Worker
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.jobs import Job
from diary.models.notices import Notice
from diary.queries import jobs as queries
from diary.services import jobs
from tests.jobs import made_up

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tools(tmp_path):
    return Tools(tmp_path, "", "a key")


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(KINDS, made_up.NAME, made_up.KIND)


@pytest.fixture
def ask(actor, cast):
    """ask(pieces=3, …) is the id of a new made-up job of the secretary."""

    def make(name="secretary", **facts):
        return jobs.ask_job(actor(name), made_up.NAME, {"pieces": 3, "tells": cast.secretary.account_id, **facts})

    return make


def row(job_id):
    db.session.rollback()
    return db.session.get(Job, job_id, populate_existing=True)


def kept():
    """The pieces that were kept, each as often as it was."""
    db.session.rollback()
    texts = db.session.execute(select(Notice.text).where(Notice.text.like("% made-%"))).scalars()
    return Counter(int(text.split()[0]) for text in texts)


def stop_after(tools, pieces):
    """A worker that is told to stop once so many pieces were begun."""
    return Worker(tools, lambda: len(made_up.worked(tools.instance)) >= pieces)


def test_a_job_is_worked_piece_by_piece_to_its_end(ask, tools):
    job_id = ask(pieces=4)
    assert row(job_id).state is JobState.WAITING
    assert Worker(tools).turn()
    job = row(job_id)
    assert (job.state, job.position, job.total, job.holder) == (JobState.DONE, 4, 4, "")
    assert job.result == {"all": ["made-100", "made-101", "made-102", "made-103"]}
    assert made_up.worked(tools.instance) == [100, 101, 102, 103] and set(kept().values()) == {1}
    assert not Worker(tools).turn(), "nothing is left to do"


def test_a_job_is_part_of_the_happening_that_asks_for_it(ask, session):
    @jobs.happening
    def happen():
        ask()
        raise WrongMoment("")

    with pytest.raises(WrongMoment):
        happen()
    session.rollback()
    assert session.execute(select(Job)).first() is None


def test_the_same_form_sent_twice_asks_once_and_another_s_id_is_not_found(session, actor):
    job_id = uuid4()
    for _ in range(2):
        assert jobs.ask_job(actor("secretary"), made_up.NAME, {}, job_id) == job_id
    assert len(session.execute(select(Job)).all()) == 1
    with pytest.raises(NotFound):
        jobs.ask_job(actor("stranger"), made_up.NAME, {}, job_id)


def test_a_stopping_worker_finishes_its_piece_and_gives_the_job_back_to_the_next(ask, tools):
    job_id = ask(pieces=5)
    stop_after(tools, 2).turn()
    job = row(job_id)
    assert (job.state, job.position, job.tries, job.lease_until) == (JobState.WAITING, 2, 0, None)
    Worker(tools).turn()
    assert row(job_id).state is JobState.DONE
    assert made_up.worked(tools.instance) == [100, 101, 102, 103, 104]


def test_a_job_whose_worker_was_lost_is_taken_up_after_its_lease_from_where_it_was(ask, tools, time):
    job_id = ask(pieces=4)
    lost = jobs.claim("lost")
    lost = jobs.plan(lost, [100, 101, 102, 103])
    jobs.keep_piece(lost, "made-100", lambda: None)
    assert not Worker(tools).turn(), "the lease holds"
    time.shift(LEASE)
    assert Worker(tools).turn()
    assert row(job_id).state is JobState.DONE and made_up.worked(tools.instance) == [101, 102, 103]


def test_who_lost_the_hold_writes_nothing_more(ask, tools, time, session):
    ask(pieces=2)
    slow = jobs.plan(jobs.claim("slow"), [100, 101])
    time.shift(LEASE)
    quick = jobs.claim("quick")
    with pytest.raises(jobs.LostHold):
        jobs.keep_piece(slow, "made-100", lambda: pytest.fail("it was written"))
    for late in (lambda: jobs.finish(slow, dict), lambda: jobs.fail(slow, ""), lambda: jobs.give_back(slow), lambda: jobs.plan(slow, [])):
        with pytest.raises(jobs.LostHold):
            late()
    assert row(quick.id).holder == "quick"


def test_what_is_kept_and_the_position_are_one_transaction(ask, tools):
    job_id = ask(pieces=2)
    task = jobs.plan(jobs.claim("one"), [100, 101])

    def keep():
        made_up.keep(task, 100, "made-100")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        jobs.keep_piece(task, "made-100", keep)
    assert row(job_id).position == 0 and not kept()


def test_a_piece_that_breaks_is_tried_again_later_and_the_job_fails_after_the_last_try(ask, tools, time, actor):
    job_id = ask(pieces=3, breaks=101)
    worker = Worker(tools)
    for tries in range(1, MOST_TRIES + 1):
        assert worker.turn()
        job = row(job_id)
        assert job.position == 1 and "RuntimeError" in job.trouble
        if tries < MOST_TRIES:
            assert (job.state, job.tries) == (JobState.WAITING, tries)
            assert not worker.turn(), "it rests first"
            time.shift(timedelta(hours=2))
    assert job.state is JobState.FAILED and made_up.worked(tools.instance) == [100] + [101] * MOST_TRIES
    assert kept() == {100: 1}
    assert "không xong" in db.session.execute(select(Notice.text).order_by(Notice.id.desc()).limit(1)).scalar_one()


def test_a_job_that_kills_its_worker_each_time_is_given_up(ask, tools, time):
    job_id = ask()
    for _ in range(MOST_TRIES):
        assert jobs.claim("killed")
        time.shift(LEASE)
    assert jobs.claim("next") is None
    assert row(job_id).state is JobState.FAILED and "5 lần" in row(job_id).trouble


def test_getting_further_gives_a_job_all_its_tries_again(ask, tools, time):
    job_id = ask(pieces=MOST_TRIES * 2)
    for _ in range(MOST_TRIES * 2):
        task = jobs.claim("killed")
        task = task if task.pieces else jobs.plan(task, [100] * MOST_TRIES * 2)
        jobs.keep_piece(task, "", lambda: None)
        time.shift(LEASE)
    assert row(job_id).position == MOST_TRIES * 2
    assert Worker(tools).turn() and row(job_id).state is JobState.DONE


def test_a_rule_s_refusal_ends_the_job_in_its_words(ask, tools):
    job_id = ask(refused=101)
    Worker(tools).turn()
    assert (row(job_id).state, row(job_id).trouble) == (JobState.FAILED, "Không làm được lúc này.")


def test_a_kind_nobody_knows_fails_in_words(session, actor, tools):
    job_id = jobs.ask_job(actor("secretary"), "of_a_newer_version", {})
    Worker(tools).turn()
    assert row(job_id).state is JobState.FAILED and "không biết" in row(job_id).trouble


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_after_its_piece(ask, actor, tools):
    waiting = ask()
    jobs.cancel_job(actor("secretary"), waiting)
    assert row(waiting).state is JobState.CANCELLED
    assert not Worker(tools).turn()
    running = ask(pieces=3)
    task = jobs.plan(jobs.claim("one"), [100, 101, 102])
    jobs.cancel_job(actor("secretary"), running)
    assert row(running).state is JobState.RUNNING
    assert jobs.keep_piece(task, "", lambda: None).cancel_asked
    jobs.stop_cancelled(task)
    assert (row(running).state, row(running).position) == (JobState.CANCELLED, 1)
    with pytest.raises(WrongMoment):
        jobs.cancel_job(actor("secretary"), running)


def test_a_worker_stops_a_cancelled_job_between_two_pieces(ask, actor, tools):
    job_id = ask(pieces=3)
    canceller = actor("secretary")

    def look():
        if len(made_up.worked(tools.instance)) == 1 and row(job_id).state is JobState.RUNNING:
            jobs.cancel_job(canceller, job_id)
        return False

    Worker(tools, look).turn()
    assert row(job_id).state is JobState.CANCELLED and len(made_up.worked(tools.instance)) < 3


def test_only_who_asked_and_administrators_know_of_a_job(ask, actor):
    job_id = ask()
    for name in ("deputy", "stranger", "bloc_secretary"):
        with pytest.raises(NotFound):
            jobs.cancel_job(actor(name), job_id)
        with pytest.raises(NotFound):
            queries.load_job(actor(name), job_id)
    assert queries.load_job(actor("secretary"), job_id).state is JobState.WAITING
    assert [job.id for job in queries.own_jobs(actor("secretary"))] == [job_id] and queries.own_jobs(actor("deputy")) == ()
    jobs.cancel_job(actor("administrator"), job_id)
    assert row(job_id).state is JobState.CANCELLED


def test_asking_cancelling_and_ending_leave_audit_lines(ask, actor, tools):
    first, second = ask(), ask()
    jobs.cancel_job(actor("secretary"), first)
    Worker(tools).turn()
    lines = db.session.execute(select(AuditLine.action, AuditLine.subject_id).order_by(AuditLine.id)).all()
    wanted = [("job_ask", first), ("job_ask", second), ("job_cancel", first), ("job_done", second)]
    assert [tuple(line) for line in lines] == [(action, str(job)) for action, job in wanted]


def test_jobs_that_ended_long_ago_are_forgotten_and_open_ones_are_not(ask, tools, time):
    done, open_job = ask(), None
    Worker(tools).turn()
    open_job = ask()
    time.shift(timedelta(days=91))
    assert jobs.forget_old_jobs() == 1
    assert row(done) is None and row(open_job).state is JobState.WAITING


def test_workers_that_look_at_once_take_each_job_once(app, ask, tools):
    asked = {ask(pieces=1) for _ in range(12)}
    taken: list[object] = []

    def claim_all(name):
        with app.app_context():
            while (task := jobs.claim(name)) is not None:
                taken.append(task.id)

    threads = [threading.Thread(target=claim_all, args=(f"worker-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(asked)


def test_a_quick_job_does_not_wait_for_a_long_one_to_end(ask, tools, monkeypatch):
    order = []
    long = replace(made_up.KIND, work=lambda task, piece, tools: order.append(piece))
    monkeypatch.setitem(KINDS, made_up.NAME, long)
    monkeypatch.setitem(KINDS, "quick", replace(KINDS["password_code"], end=lambda task, tools: order.append("quick") or {}))
    ask(pieces=3)
    quick_id = jobs.ask_job(None, "quick", {})
    another = ask(pieces=1)
    worker = Worker(tools)
    worker.turn()
    assert order == [100, "quick", 101, 102] and row(quick_id).state is JobState.DONE and row(another).state is JobState.WAITING


def test_after_a_lost_connection_a_worker_goes_on(ask, tools, monkeypatch):
    rests = []
    worker = Worker(tools, lambda: len(rests) >= 2)
    monkeypatch.setattr(worker, "_wait", rests.append)
    worker.turn()  # the duties of the hour are done, so the next look is the one for jobs
    job_id = ask()
    db.session.execute(select(Job.id))
    db.session.connection().invalidate()
    worker.work()
    assert rests == [AFTER_TROUBLE, 0.0] and row(job_id).state is JobState.DONE


def test_what_a_stranger_typed_goes_when_it_was_answered(session, tools):
    job_id = jobs.ask_job(None, "password_code", {"username": "khong-co-ai"})
    assert Worker(tools).turn()
    assert (row(job_id).state, row(job_id).facts) == (JobState.DONE, {})


# Real workers, in processes of their own, killed and stopped.


@pytest.fixture
def start(app, engine_url, tmp_path):
    """start() is a new worker process on the database of this test."""
    processes = []
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "secret_key").write_text("k" * 48)

    def begin():
        environment = {**os.environ, "DATABASE_URL": engine_url, "DIARY_INSTANCE": str(folder), "DIARY_DEMO": "0"}
        process = subprocess.Popen([sys.executable, "-m", "tests.jobs.made_up"], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        processes.append(process)
        return process

    begin.folder = folder
    yield begin
    for process in processes:
        process.kill()
        process.wait()
        process.stderr.close()


def wait_for(found, seconds=60):
    deadline = real_time.monotonic() + seconds
    while not (answer := found()):
        assert real_time.monotonic() < deadline, "it never came"
        real_time.sleep(0.02)
    return answer


def lose_the_lease(job_id):
    db.session.rollback()
    held = update(Job).where(Job.id == job_id, Job.holder != "")
    db.session.execute(held.values(lease_until=datetime(2020, 1, 1, tzinfo=UTC)))
    db.session.commit()


@pytest.mark.parametrize("moment", ["seconds", "seconds_in_keep"])
def test_a_worker_killed_in_the_middle_of_a_piece_leaves_every_piece_done_once(app, ask, start, moment):
    job_id = ask(pieces=8, **{moment: 0.15})
    first = start()
    wait_for(lambda: len(made_up.worked(start.folder)) >= 3)
    first.kill()
    first.wait()
    before = row(job_id)
    assert before.state is JobState.RUNNING and 2 <= before.position < 8
    lose_the_lease(job_id)
    start()
    wait_for(lambda: row(job_id).state is JobState.DONE)
    assert kept() == dict.fromkeys(range(100, 108), 1)
    assert row(job_id).result["all"] == [f"made-{piece}" for piece in range(100, 108)]
    assert len(made_up.worked(start.folder)) <= 9, "at most the piece in hand was begun twice"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_ends_soon_with_its_job_given_back(app, ask, start, number):
    job_id = ask(pieces=50, seconds=0.1)
    process = start()
    wait_for(lambda: len(made_up.worked(start.folder)) >= 2)
    process.send_signal(number)
    assert process.wait(10) == 0
    job = row(job_id)
    assert job.state is JobState.WAITING and job.position == len(made_up.worked(start.folder)) < 50


def test_two_workers_share_the_jobs_and_do_each_piece_once(app, ask, start):
    asked = [ask(pieces=3, seconds=0.02) for _ in range(8)]
    start(), start()
    wait_for(lambda: all(row(job_id).state is JobState.DONE for job_id in asked))
    assert kept() == dict.fromkeys((100, 101, 102), 8)


def test_a_worker_ends_with_the_process_that_started_it(app, engine_url, start, tmp_path):
    script = (
        "import json, os, subprocess, sys\n"
        "worker = subprocess.Popen([sys.executable, '-m', 'flask', '--app', 'wsgi', 'worker', '--parent', str(os.getpid())])\n"
        "print(json.dumps(worker.pid), flush=True)\n"
        "sys.stdin.read()\n"
    )
    environment = {**os.environ, "DATABASE_URL": engine_url, "DIARY_INSTANCE": str(start.folder), "DIARY_DEMO": "0"}
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pid = json.loads(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    wait_for(lambda: not Path(f"/proc/{pid}/exe").exists())


@pytest.mark.soak
def test_workers_killed_again_and_again_do_every_piece_of_every_job_once(app, ask, start):
    lot = random.Random(7)
    asked = [ask(pieces=60, seconds=0.01, seconds_in_keep=0.01) for _ in range(3)]
    workers = [start(), start()]
    kills = 0
    while not all(row(job_id).state is JobState.DONE for job_id in asked):
        real_time.sleep(lot.uniform(0.2, 1.2))
        if kills < 25:
            victim = lot.choice(workers)
            victim.kill()
            victim.wait()
            workers.remove(victim)
            workers.append(start())
            kills += 1
            db.session.rollback()  # what was read before is of another moment: SQLite writes nothing after it
            for job_id in asked:
                db.session.execute(
                    update(Job).where(Job.id == job_id, Job.holder != "").values(lease_until=datetime(2020, 1, 1, tzinfo=UTC))
                )
            db.session.commit()
    assert kept() == dict.fromkeys(range(100, 160), 3)
    assert all(row(job_id).result["all"] == [f"made-{piece}" for piece in range(100, 160)] for job_id in asked)
