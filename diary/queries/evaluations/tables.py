"""The table of a branch: everyone rated with self, vote, proposal and the year's evidence, and shares to hold it against."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import case, func, select

from ...domain.evaluations import SENT_UP, Attendance, EvaluationState
from ...domain.figures import shares
from ...domain.proposals import Evidence, OddCases, Said, needs_reason, odd_cases
from ...domain.schemes import Scheme
from ...domain.transfers import EarlierStay
from ...models.base import db
from ...models.evaluations import Evaluation, MeetingAttendance, Proposal, SecretBallot, VoteTally
from ...models.units import Unit
from .. import years
from ..transfers import earlier_stays
from .branches import Branch, MeetingFacts, Person, meeting_facts, people
from .evidence import evidence_of


@dataclass(frozen=True, slots=True)
class TableRow:
    """One person to be rated. `level` is what stands in the field of the proposal or was decided, "" where nobody chose one; `votes` maps
    levels to hands; `odd` says what to look at twice; `earlier` where a mover was before."""

    person: Person
    level: str
    votes: Mapping[str, int]
    evidence: Evidence
    odd: tuple[str, ...] = ()
    needs_reason: bool = False
    earlier: tuple[EarlierStay, ...] = ()

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
    rows: tuple[TableRow, ...]  # those returned first, then the odd ones, then by name
    unrated: tuple[Person, ...]
    cap_reason: str
    beside: tuple[Bar, ...] = field(default=())  # last year's and the sister branches' shares
    lacking: str = ""  # figures that nobody has whose level asks for them

    def in_state(self, *states: EvaluationState) -> tuple[TableRow, ...]:
        """The rows in one of these states."""
        return tuple(row for row in self.rows if row.person.state in states)

    @property
    def odd_count(self) -> int:
        return sum(bool(row.odd) for row in self.rows)

    @property
    def order_words(self) -> str:
        """In which order the rows stand, as the table's caption says it."""
        returned = any(row.person.return_words for row in self.rows)
        first = [*(["người bị trả lại"] if returned else []), *([f"{self.odd_count} trường hợp cần xem"] if self.odd_count else [])]
        words = " và ".join(first)
        return f"{words[0].upper()}{words[1:]} xếp trước, còn lại theo tên." if words else "Xếp theo tên."


def branch_table(branch: Branch, today: date, typed: Mapping[str, str] | None = None) -> BranchTable:
    """The table of the branch, with the levels `typed` so far by evaluation id; WrongMoment in a year without a scheme.

    The same number of queries for any number of people.
    """
    scheme = branch.the_scheme()
    meeting = meeting_facts(branch.id, branch.year)
    everyone = people(branch, meeting, today)
    rows, lacking = _rows(branch, meeting, [person for person in everyone if person.rated], today, typed or {})
    return BranchTable(
        branch=branch,
        scheme=scheme,
        meeting=meeting,
        present=present_count(meeting.id) if meeting else 0,
        rows=rows,
        unrated=tuple(person for person in everyone if not person.rated),
        cap_reason=_cap_reason(branch),
        beside=(*_last_year(branch, scheme), *_sisters(branch, scheme)),
        lacking=lacking,
    )


def _rows(
    branch: Branch, meeting: MeetingFacts | None, rated: list[Person], today: date, typed: Mapping[str, str]
) -> tuple[tuple[TableRow, ...], str]:
    """The rows, those returned and the odd ones first, and what figures all of them lack; an order that stays while levels are typed."""
    scheme, ids = branch.the_scheme(), [person.member_id for person in rated]
    came = earlier_stays(ids, branch.year, branch.id)
    evidence = evidence_of(scheme, ids, branch.year, today, came)
    tallies = votes_of(meeting.id) if meeting else {}
    standing = {person.member_id: standing_level(person) for person in rated}
    now = standing | {person.member_id: typed[person.key] for person in rated if person.key in typed and not person.decided_level}
    said = {person.member_id: person.said(evidence[person.member_id]) for person in rated}
    told = {person.member_id: said[person.member_id] for person in rated if _told(person, tallies)}
    first, odd = odd_cases(scheme, told, standing), odd_cases(scheme, told, now)
    rows = (_row(scheme, person, said[person.member_id], now, tallies, odd, came) for person in rated)
    return tuple(sorted(rows, key=lambda row: (not row.person.return_words, row.person.member_id not in first.of))), odd.everywhere


def standing_level(person: Person) -> str:
    """What was decided, else proposed before, else what the meeting voted for: nothing else is ever filled in."""
    return person.decided_level or person.proposed_level or person.vote_level


def _told(person: Person, tallies: Mapping[UUID, Mapping[str, int]]) -> bool:
    """Whether there is something to look at: a vote or a proposal."""
    return bool(person.proposed_level or (person.evaluation_id and tallies.get(person.evaluation_id)))


def _row(
    scheme: Scheme,
    person: Person,
    said: Said,
    levels: Mapping[int, str],
    tallies: Mapping[UUID, Mapping[str, int]],
    odd: OddCases,
    came: Mapping[int, tuple[EarlierStay, ...]],
) -> TableRow:
    level = levels[person.member_id]
    return TableRow(
        person=person,
        level=level,
        votes=tallies.get(person.evaluation_id, {}) if person.evaluation_id else {},
        evidence=said.evidence,
        odd=odd.of.get(person.member_id, ()),
        needs_reason=needs_reason(scheme, said, level),
        earlier=came.get(person.member_id, ()),
    )


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
