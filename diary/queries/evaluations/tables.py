"""The table of a branch: everyone rated with self, vote, proposal and the year's evidence, and shares to hold it against."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import case, func, select

from ...domain.evaluations import SENT_UP, Attendance, EvaluationState, needs_reason, oddities
from ...domain.figures import shares
from ...domain.schemes import Scheme
from ...domain.transfers import EarlierStay
from ...domain.year_figures import YearFigures
from ...domain.year_registers import YearRegisters, short_of_training
from ...models.base import db
from ...models.evaluations import Evaluation, MeetingAttendance, Proposal, SecretBallot, VoteTally
from ...models.units import Unit
from .. import years
from ..figures import year_figures
from ..transfers import earlier_stays
from ..year_registers import year_registers
from .branches import Branch, MeetingFacts, Person, meeting_facts, people


@dataclass(frozen=True, slots=True)
class TableRow:
    """One person to be rated. `votes` maps levels to hands; `odd` says what to look at twice; `earlier` where a mover was before."""

    person: Person
    figures: YearFigures
    votes: Mapping[str, int]
    odd: tuple[str, ...]
    registers: YearRegisters = field(default_factory=YearRegisters)
    earlier: tuple[EarlierStay, ...] = ()

    @property
    def default_level(self) -> str:
        """What stands in the field of the proposal: what was proposed before, else what the meeting voted for."""
        return self.person.proposed_level or self.person.vote_level

    @property
    def needs_reason(self) -> bool:
        """Whether what stands in the field already differs from self or vote."""
        return needs_reason(self.person.self_level, self.person.vote_level, self.default_level)

    @property
    def winning_votes(self) -> int:
        return self.votes.get(self.person.vote_level, 0)


@dataclass(frozen=True, slots=True)
class Bar:
    """Counts per level, the highest first, with their shares, () where nobody is counted."""

    label: str
    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def shares(self) -> tuple[Decimal, ...]:
        return shares(self.counts)


@dataclass(frozen=True, slots=True)
class BranchTable:
    """A branch's year-end as its officers, the base and the bloc see it."""

    branch: Branch
    scheme: Scheme
    meeting: MeetingFacts | None
    present: int
    rows: tuple[TableRow, ...]  # the odd ones first, then by name
    unrated: tuple[Person, ...]
    cap_reason: str
    beside: tuple[Bar, ...] = field(default=())  # last year's and the sister branches' shares

    def in_state(self, *states: EvaluationState) -> tuple[TableRow, ...]:
        """The rows in one of these states."""
        return tuple(row for row in self.rows if row.person.state in states)

    @property
    def odd_count(self) -> int:
        return sum(bool(row.odd) for row in self.rows)


def branch_table(branch: Branch, today: date) -> BranchTable:
    """The table of the branch; WrongMoment in a year without a scheme. The same number of queries for any number of people."""
    scheme = branch.the_scheme()
    meeting = meeting_facts(branch.id, branch.year)
    everyone = people(branch, meeting, today)
    rated = [person for person in everyone if person.rated]
    figures = year_figures([person.member_id for person in rated], branch.year, today)
    tallies = votes_of(meeting.id) if meeting else {}
    came = earlier_stays([person.member_id for person in rated], branch.year, branch.id)
    rows = [replace(_row(scheme, person, figures[person.member_id], tallies), earlier=came.get(person.member_id, ())) for person in rated]
    rows = _with_registers(scheme, rows, branch.year)
    return BranchTable(
        branch=branch,
        scheme=scheme,
        meeting=meeting,
        present=present_count(meeting.id) if meeting else 0,
        rows=tuple(sorted(rows, key=lambda row: not row.odd)),
        unrated=tuple(person for person in everyone if not person.rated),
        cap_reason=_cap_reason(branch),
        beside=(*_last_year(branch, scheme), *_sisters(branch, scheme)),
    )


def _row(scheme: Scheme, person: Person, figures: YearFigures, tallies: Mapping[UUID, Mapping[str, int]]) -> TableRow:
    votes = tallies.get(person.evaluation_id, {}) if person.evaluation_id else {}
    odd = oddities(scheme, person.self_level, person.vote_level, person.decided_level or person.proposed_level)
    before_the_vote = not votes and not person.proposed_level
    return TableRow(person, figures, votes, () if before_the_vote else odd)


def _with_registers(scheme: Scheme, rows: Iterable[TableRow], year: int) -> list[TableRow]:
    """The rows with fees and training beside them; a level that does not go with the noted training is odd."""
    kept = list(rows)
    found = year_registers([row.person.member_id for row in kept], year)
    return [_with_training(scheme, replace(row, registers=found[row.person.member_id])) for row in kept]


def _with_training(scheme: Scheme, row: TableRow) -> TableRow:
    level = row.person.decided_level or row.default_level
    short = short_of_training(scheme, level, row.registers) if level else ""
    return replace(row, odd=(*row.odd, short)) if short else row


def level_counts(scheme: Scheme, levels: Iterable[str]) -> tuple[int, ...]:
    """How many of `levels` are each level of the scheme, the highest first."""
    counted = Counter(levels)
    return tuple(counted[level.code] for level in scheme.levels)


def votes_of(meeting_id: UUID) -> dict[UUID, dict[str, int]]:
    """Votes per evaluation and level in a meeting, by hands or by closed secret ballots: an open one is told to nobody."""
    found: dict[UUID, dict[str, int]] = {}
    query = select(VoteTally.evaluation_id, VoteTally.level, VoteTally.votes).where(VoteTally.meeting_id == meeting_id)
    secret = select(SecretBallot.evaluation_id).where(SecretBallot.meeting_id == meeting_id, SecretBallot.open)
    query = query.where(VoteTally.evaluation_id.not_in(secret))
    for evaluation_id, level, votes in db.session.execute(query):
        found.setdefault(evaluation_id, {})[level] = votes
    return found


def present_count(meeting_id: UUID) -> int:
    """How many were present at a meeting."""
    here = (MeetingAttendance.meeting_id == meeting_id) & (MeetingAttendance.attendance == Attendance.PRESENT)
    return db.session.execute(select(func.count()).where(here)).scalar_one()


def _cap_reason(branch: Branch) -> str:
    mine = (Proposal.unit_id == branch.id) & (Proposal.year == branch.year)
    return db.session.execute(select(Proposal.cap_reason).where(mine)).scalar_one_or_none() or ""


def _last_year(branch: Branch, scheme: Scheme) -> tuple[Bar, ...]:
    before = years.scheme_of(branch.year - 1)
    if before is None or before.code != scheme.code:
        return ()
    decided = (Evaluation.unit_id == branch.id) & (Evaluation.year == branch.year - 1) & (Evaluation.decided_level != "")
    query = select(Evaluation.decided_level, func.count()).where(decided).group_by(Evaluation.decided_level)
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    bar = Bar(f"Năm {branch.year - 1}", tuple(counts.get(level.code, 0) for level in scheme.levels))
    return (bar,) if counts else ()


def _sisters(branch: Branch, scheme: Scheme) -> tuple[Bar, ...]:
    """The branches of the same kind under the same unit that sent theirs up, together."""
    own = select(Unit.parent_id, Unit.kind).where(Unit.id == branch.id).subquery()
    sisters = select(Unit.id).join(own, (own.c.parent_id == Unit.parent_id) & (own.c.kind == Unit.kind)).where(Unit.id != branch.id)
    level = case((Evaluation.decided_level != "", Evaluation.decided_level), else_=Evaluation.proposed_level)
    query = (
        select(Evaluation.unit_id, level, func.count())
        .where(Evaluation.unit_id.in_(sisters), Evaluation.year == branch.year, Evaluation.state.in_(SENT_UP))
        .group_by(Evaluation.unit_id, level)
    )
    found: Counter[str] = Counter()
    units = set()
    for unit_id, code, count in db.session.execute(query):
        units.add(unit_id)
        found[code] += count
    return (Bar(f"{len(units)} chi đoàn bạn", tuple(found[level.code] for level in scheme.levels)),) if units else ()
