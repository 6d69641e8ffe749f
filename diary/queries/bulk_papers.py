"""Which units' sheets an actor may print together, and how many each branch has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from ..domain.actors import Actor
from ..domain.bulk_papers import KIND, BranchToPrint
from ..domain.errors import NotFound
from ..domain.jobs import JobState
from ..domain.permissions import Action, Subject, may, require
from ..domain.units import Place, UnitKind, path_range
from ..models.base import db
from ..models.evaluations import Evaluation
from ..models.jobs import Job, JobFile
from ..models.units import Unit
from .reach import units_within

MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class PrintUnit:
    """A unit one may print for, with the people to print in it and below; `depth` from 0 for the bloc."""

    id: int
    name: str
    kind: UnitKind
    depth: int
    people: int


def print_units(actor: Actor, year: int) -> tuple[PrintUnit, ...]:
    """The units whose sheets of `year` the actor may print together and that have any, in the order of the tree."""
    reach = units_within(actor, Action.EVALUATION_PRINT)
    assert reach is not None
    units = db.session.execute(select(Unit.id, Unit.name, Unit.kind, Unit.path).where(reach).order_by(Unit.path)).all()
    within = select(Unit.path, func.count()).join(Evaluation, Evaluation.unit_id == Unit.id).where(reach, Evaluation.year == year)
    people: dict[str, int] = {path: count for path, count in db.session.execute(within.group_by(Unit.path))}  # noqa: C416 - dict() loses types
    below = {unit.path: 0 for unit in units}
    for path, count in people.items():
        steps = path.split(".")
        for step in range(1, len(steps)):
            above = ".".join(steps[:step]) + "."
            if above in below:
                below[above] += count
    found = (PrintUnit(unit.id, unit.name, unit.kind, unit.path.count(".") - 1, below[unit.path]) for unit in units if below[unit.path])
    return tuple(found)[:MOST_UNITS]


def branches_to_print(actor: Actor, unit_id: int, year: int) -> tuple[BranchToPrint, ...]:
    """The branches of the unit and below it that have sheets of `year`, in the order of the tree, numbered from 1.

    NotFound or NotAllowed where the actor may not print for the unit.
    """
    place = place_to_print(actor, unit_id)
    first, after = path_range(place.path)
    query = select(Unit.id, Unit.code, func.count()).join(Evaluation, Evaluation.unit_id == Unit.id)
    query = query.where(Unit.path >= first, Unit.path < after, Evaluation.year == year).group_by(Unit.id, Unit.code, Unit.path)
    rows = db.session.execute(query.order_by(Unit.path))
    return tuple(BranchToPrint(number, *row) for number, row in enumerate(rows, 1))


def place_to_print(actor: Actor, unit_id: int) -> Place:
    """Where the unit stands, for those who may print its sheets together; NotFound or NotAllowed to others."""
    path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
    if path is None:
        raise NotFound()
    place = Place(unit_id, path)
    require(actor, Action.EVALUATION_PRINT, Subject(place))
    return place


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file of a job, for as long as it is kept. `size` in bytes."""

    number: int
    name: str
    sha256: str
    size: int
    people: int
    pages: int
    kept_until: datetime
    unit_id: int
    year: int


def printed_files(actor: Actor, job_id: UUID, now: datetime) -> tuple[PrintedFile, ...]:
    """The files of a job that are kept at `now`, in the order of the branches: for who asked for it, while they may print them.

    Nothing to everyone else, for a job of another kind, and of one that was stopped.
    """
    job = db.session.execute(select(Job.kind, Job.state, Job.asked_by, Job.facts).where(Job.id == job_id)).one_or_none()
    if job is None or job.kind != KIND or job.asked_by != actor.account_id or job.state is JobState.CANCELLED:
        return ()
    path = db.session.execute(select(Unit.path).where(Unit.id == job.facts["unit_id"])).scalar_one()
    if not may(actor, Action.EVALUATION_PRINT, Subject(Place(job.facts["unit_id"], path))):
        return ()
    columns = (JobFile.number, JobFile.name, JobFile.sha256, JobFile.size, JobFile.people, JobFile.pages, JobFile.kept_until)
    query = select(*columns).where(JobFile.job_id == job_id, JobFile.kept_until > now).order_by(JobFile.number)
    return tuple(PrintedFile(*row, job.facts["unit_id"], job.facts["year"]) for row in db.session.execute(query))
