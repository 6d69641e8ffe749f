"""Reads about background work: one's own jobs, and whether workers keep up with jobs, duties and mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..domain.duties import DUTIES, GRACE, is_late
from ..domain.errors import NotFound
from ..domain.jobs import OPEN, STATE_LABELS, JobState, kind_label
from ..domain.mails import MailState
from ..domain.permissions import Action, may_somewhere, require_somewhere
from ..models.audit import AuditLine
from ..models.base import db
from ..models.jobs import Duty, Job
from ..models.mails import Mail

SHOWN = 20
_NEW = timedelta(days=3)  # an installation younger than this may still wait for its first worker


@dataclass(frozen=True, slots=True)
class JobRow:
    """A background job as who asked for it sees it. `position` of `total` pieces are done; `trouble`: why it failed, in words."""

    id: UUID
    kind: str
    state: JobState
    position: int
    total: int
    asked_at: datetime
    ended_at: datetime | None
    result: dict[str, Any]
    trouble: str
    cancel_asked: bool

    @property
    def label(self) -> str:
        return kind_label(self.kind)

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


_COLUMNS = (
    Job.id, Job.kind, Job.state, Job.position, Job.total, Job.asked_at, Job.ended_at, Job.result, Job.trouble, Job.cancel_asked,
)  # fmt: skip


def load_job(actor: Actor, job_id: UUID) -> JobRow:
    """A job, for who asked for it and for administrators; NotFound to everyone else."""
    row = db.session.execute(select(*_COLUMNS, Job.asked_by).where(Job.id == job_id)).one_or_none()
    if row is None or not (row.asked_by == actor.account_id or may_somewhere(actor, Action.SYSTEM_MANAGE)):
        raise NotFound()
    return JobRow(*row[:-1])


def own_jobs(actor: Actor) -> tuple[JobRow, ...]:
    """The actor's newest jobs."""
    query = select(*_COLUMNS).where(Job.asked_by == actor.account_id).order_by(Job.asked_at.desc(), Job.id.desc()).limit(SHOWN)
    return tuple(JobRow(*row) for row in db.session.execute(query))


def open_or_failed(actor: Actor) -> tuple[JobRow, ...]:
    """The newest jobs of everyone that go on, wait or failed, for administrators; NotAllowed to others."""
    require_somewhere(actor, Action.SYSTEM_MANAGE)
    query = select(*_COLUMNS).where(Job.state.in_([*OPEN, JobState.FAILED])).order_by(Job.asked_at.desc(), Job.id.desc())
    return tuple(JobRow(*row) for row in db.session.execute(query.limit(5)))


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A periodic duty: when it was last begun, when it last went well, and what kept it from that."""

    label: str
    ran_at: datetime | None
    went_well_at: datetime | None
    trouble: str
    late: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the workers keep up. `never_ran`: none has ever worked here; `overdue`: something waits that a running worker would have done;
    `seen_at`: when one last began a duty, which an idle one does every ten minutes; `asleep`: something waits and none was seen lately;
    `jobs_late`: jobs that wait too long or whose lease ran out, `mails_late`: mails that wait too long past their time."""

    duties: tuple[DutyRow, ...]
    jobs_open: int
    jobs_failed: int
    jobs_late: int
    mails_waiting: int
    mails_failed: int
    mails_late: int
    never_ran: bool
    overdue: bool
    seen_at: datetime | None
    asleep: bool


def standing(now: datetime) -> Standing:
    """How the workers keep up with what there is to do at `now`."""
    columns = (Duty.name, Duty.due_at, Duty.ran_at, Duty.went_well_at, Duty.trouble)
    known = {row[0]: tuple(row[1:]) for row in db.session.execute(select(*columns))}
    duties = tuple(_duty(name, known.get(name), now) for name in DUTIES)
    some_jobs, some_mails = _jobs(now), _mails(now)
    never_ran, seen_at = not known, max((duty.ran_at for duty in duties if duty.ran_at), default=None)
    late = bool(some_jobs[2] or some_mails[2]) or any(duty.late for duty in duties)
    overdue = late or (never_ran and _stands_a_while(now))
    asleep = overdue and (seen_at is None or seen_at < now - GRACE)
    return Standing(duties, *some_jobs, *some_mails, never_ran=never_ran, overdue=overdue, seen_at=seen_at, asleep=asleep)


def went_well_at(name: str) -> datetime | None:
    """When a duty last went well; None where it never did."""
    return db.session.execute(select(Duty.went_well_at).where(Duty.name == name)).scalar_one_or_none()


def _duty(name: str, facts: tuple[Any, ...] | None, now: datetime) -> DutyRow:
    if facts is None:
        return DutyRow(DUTIES[name].label, None, None, "", late=False)
    due_at, ran_at, went_well_at, trouble = facts
    return DutyRow(DUTIES[name].label, ran_at, went_well_at, trouble, is_late(DUTIES[name], due_at, now))


def _jobs(now: datetime) -> tuple[int, int, int]:
    """How many are open, failed, and late."""
    waits = (Job.state == JobState.WAITING) & (func.coalesce(Job.lease_until, Job.asked_at) < now - GRACE)
    lost = (Job.state == JobState.RUNNING) & (Job.lease_until < now - GRACE)
    states = (Job.state.in_(OPEN), Job.state == JobState.FAILED)
    counted = [func.count().filter(which) for which in (*states, waits | lost)]
    return tuple(db.session.execute(select(*counted)).one())


def _mails(now: datetime) -> tuple[int, int, int]:
    """How many wait, failed, and are late."""
    waits = (Mail.state == MailState.WAITING) & (Mail.not_before < now - GRACE)
    counted = select(
        func.count().filter(Mail.state == MailState.WAITING),
        func.count().filter(Mail.state == MailState.FAILED),
        func.count().filter(waits),
    )
    waiting, failed, late = db.session.execute(counted).one()
    return waiting, failed, late


def _stands_a_while(now: datetime) -> bool:
    """Whether the installation is old enough for a worker to have run by now."""
    first = db.session.execute(select(AuditLine.at).order_by(AuditLine.id).limit(1)).scalar_one_or_none()
    return first is not None and first < now - _NEW
