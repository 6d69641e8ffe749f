"""Background jobs: asked for in the transaction of what causes them, held by one worker at a time, noted a piece at a time.

The row is the queue. A worker claims it for the length of a lease; every piece it notes renews the lease, and whoever lost the hold notes
nothing more. So each piece is noted once, whichever worker was killed when.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, or_, select

from ..domain.actors import Actor
from ..domain.errors import NotFound, WrongMoment
from ..domain.jobs import KEPT, LEASE, MOST_TRIES, OPEN, WORN_OUT, JobState, Task, kind_label, wait_before
from ..domain.permissions import Action, may_somewhere
from ..models.base import UtcDateTime, db, new_id
from ..models.jobs import Job
from . import audit, clock, notices
from .transaction import happening


class LostHold(WrongMoment):
    """The job is no longer this worker's: its lease ran out and another took it up, or it was ended."""


_NOW = bindparam("now", type_=UtcDateTime)
_FREE = or_(
    and_(Job.state == JobState.WAITING, or_(Job.lease_until.is_(None), Job.lease_until <= _NOW)),
    and_(Job.state == JobState.RUNNING, Job.lease_until <= _NOW),
)
_NEXT = select(Job).where(_FREE).order_by(Job.asked_at, Job.id).limit(1).with_for_update(skip_locked=True)
_ANY = select(Job.id).where(_FREE).limit(1)
_OF_KINDS = Job.kind.in_(bindparam("kinds", expanding=True))


@happening
def ask_job(actor: Actor | None, kind: str, facts: Mapping[str, Any], job_id: UUID | None = None) -> UUID:
    """Ask for a job of `kind` (a name in the registry of kinds); its id. `facts` is what JSON can hold.

    Called within a happening it is part of it: no job without what caused it, and none lost. The same `job_id` asked again by the same
    account is the same job; NotFound when it is another's.
    """
    asked_by = actor.account_id if actor else None
    known = db.session.get(Job, job_id) if job_id else None
    if known is not None:
        if known.asked_by != asked_by:
            raise NotFound()
        return known.id
    row = Job(
        id=job_id or new_id(), kind=kind, facts=dict(facts), state=JobState.WAITING, asked_by=asked_by, asked_at=clock.now(), result={}
    )
    db.session.add(row)
    db.session.flush()
    if actor:
        audit.record(actor, "job_ask", "job", row.id, None, [kind])
    return row.id


@happening
def cancel_job(actor: Actor, job_id: UUID) -> None:
    """Stop a job: at once while it waits, after the piece in hand while it runs. By who asked for it, and by administrators.

    NotFound to everyone else, WrongMoment when it has ended.
    """
    row = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if row is None or not (row.asked_by == actor.account_id or may_somewhere(actor, Action.SYSTEM_MANAGE)):
        raise NotFound()
    if row.state not in OPEN:
        raise WrongMoment("Việc này đã kết thúc nên không dừng được nữa.")
    row.cancel_asked = True
    if row.state is JobState.WAITING:
        _end(row, JobState.CANCELLED)
    audit.record(actor, "job_cancel", "job", row.id, None, [row.kind])


def is_any_free(kinds: Sequence[str] = ()) -> bool:
    """Whether some job waits for a worker, one of `kinds` where they are given: one short read, asked again and again by idle workers."""
    try:
        return db.session.execute(_ANY.where(_OF_KINDS) if kinds else _ANY, _facts(kinds, clock.now())).first() is not None
    finally:
        db.session.rollback()  # nothing stays open while it waits; after a lost connection the next look begins anew


@happening
def claim(holder: str, kinds: Sequence[str] = ()) -> Task | None:
    """Take the job that waits longest, or one whose worker was lost, for the length of a lease; one of `kinds` where they are given. None
    when there is none.

    `holder` names the worker (at most 32 characters). What was run too often without getting further ends here as failed.
    """
    now = clock.now()
    query = (_NEXT.where(_OF_KINDS) if kinds else _NEXT).execution_options(populate_existing=True)
    while (row := db.session.execute(query, _facts(kinds, now)).scalars().first()) is not None:
        if row.cancel_asked:
            _end(row, JobState.CANCELLED)
        elif row.tries >= MOST_TRIES:
            _fail(row, WORN_OUT)
        else:
            row.state, row.holder, row.lease_until, row.tries = JobState.RUNNING, holder, now + LEASE, row.tries + 1
            row.started_at = row.started_at or now
            return _task(row)
        db.session.flush()
    return None


@happening
def plan(task: Task, pieces: Sequence[Any]) -> Task:
    """Note what the job will work through (what JSON can hold, some hundreds of pieces at most); the task with it. LostHold."""
    row = _held(task)
    row.result, row.total = {"pieces": list(pieces), "made": []}, len(pieces)
    return _task(row)


@happening
def keep_piece(task: Task, made: Any, keep: Callable[[], None]) -> Task:
    """Note that the next piece is done, and what came of it; `keep` writes what belongs to it, in the same transaction: both or neither.

    Returns the task as it stands now. LostHold when the job is another worker's by now, and then nothing is written.
    """
    row = _held(task)
    keep()
    row.result = {**row.result, "made": [*row.result["made"], made]}
    row.position, row.tries, row.lease_until = row.position + 1, 1, clock.now() + LEASE
    return _task(row)


@happening
def finish(task: Task, end: Callable[[], Mapping[str, Any]]) -> None:
    """End a job whose pieces are all done; what `end` answers stays as its result, what it writes is part of this transaction. LostHold."""
    row = _held(task)
    row.result = dict(end())
    _end(row, JobState.DONE)
    if row.asked_by is not None:
        audit.record(None, "job_done", "job", row.id, None, [row.kind])


@happening
def fail(task: Task, trouble: str) -> None:
    """End a job that a rule refuses: trying again is of no use. LostHold."""
    _fail(_held(task), trouble)


@happening
def put_off(task: Task, trouble: str) -> None:
    """Let a job that broke wait a while for its next try, or end it after the last. LostHold."""
    row = _held(task)
    if row.tries >= MOST_TRIES:
        _fail(row, f"{WORN_OUT} {trouble}")
    else:
        _let_go(row, clock.now() + wait_before(row.tries))
        row.trouble = trouble[:300]


@happening
def give_back(task: Task) -> None:
    """Let go of a job that another worker shall go on with at once: this one is stopping. It counts as no try. LostHold."""
    row = _held(task)
    _let_go(row, None)
    row.tries = max(row.tries - 1, 0)


@happening
def stop_cancelled(task: Task) -> None:
    """End a job whose end was asked for. LostHold."""
    _end(_held(task), JobState.CANCELLED)


@happening
def forget_old_jobs() -> int:
    """Delete what ended longer ago than jobs are kept; how many."""
    old = delete(Job).where(Job.state.not_in(OPEN), Job.ended_at < clock.now() - KEPT)
    return db.session.execute(old, execution_options={"synchronize_session": False}).rowcount  # type: ignore[attr-defined, no-any-return]


def _facts(kinds: Sequence[str], now: datetime) -> dict[str, Any]:
    return {"now": now, "kinds": list(kinds)} if kinds else {"now": now}


def _held(task: Task) -> Job:
    row = db.session.get(Job, task.id, with_for_update=True, populate_existing=True)
    if row is None or row.state is not JobState.RUNNING or row.holder != task.holder:
        raise LostHold("Việc này đã sang tay chương trình khác.")
    return row


def _task(row: Job) -> Task:
    pieces, made = row.result.get("pieces"), row.result.get("made", ())
    return Task(
        row.id,
        row.kind,
        row.facts,
        row.asked_by,
        None if pieces is None else tuple(pieces),
        tuple(made),
        row.tries,
        row.holder,
        row.cancel_asked,
    )


def _let_go(row: Job, until: datetime | None) -> None:
    row.state, row.holder, row.lease_until = JobState.WAITING, "", until


def _end(row: Job, state: JobState) -> None:
    row.state, row.holder, row.lease_until, row.ended_at = state, "", None, clock.now()
    row.trouble = "" if state is JobState.DONE else row.trouble
    if row.asked_by is None:
        row.facts = {}  # what a stranger typed at the door goes once it was answered


def _fail(row: Job, trouble: str) -> None:
    row.trouble = trouble[:300]
    _end(row, JobState.FAILED)
    if row.asked_by is not None:
        audit.record(None, "job_fail", "job", row.id, None, [row.kind])
        notices.tell(row.asked_by, f"Việc “{kind_label(row.kind)}” không xong: {row.trouble}", f"/viec-nen/{row.id}")
