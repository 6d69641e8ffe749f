"""What a member's evaluation sheet holds: the facts of the year, and everything said of it so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select

from ..domain import evaluation_sheets as shapes
from ..domain.actors import COMMITTEE, POST_LABELS
from ..domain.criterion_lines import criterion_lines, points_note
from ..domain.dates import paper_day
from ..domain.documents import DocumentKind
from ..domain.eligibility import Arrival, eligibility, rated_on
from ..domain.errors import NotFound
from ..domain.evaluations import BEFORE_THE_MEETING, SENT_UP, EvaluationState
from ..domain.evidence_sheets import EvidenceSheet
from ..domain.level_names import level_names, named_level
from ..domain.names import full_name
from ..domain.papers import Signer
from ..domain.schemes import Scheme, require_scheme
from ..domain.transfers import EarlierStay
from ..domain.units import UnitKind
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.evaluations import Decision, Evaluation, EvaluationStep, RatingMeeting
from ..models.members import Member, Membership
from ..models.units import Unit
from . import years
from .accounts import held_on
from .ballots import Turnout, turnout
from .evaluations.branches import arrivals
from .evaluations.tables import present_count, votes_of
from .evidence_sheets import evidence_of_many
from .letterheads import Issuer, issuer, signer
from .transfers import earlier_stays
from .unit_names import line_on

_Row = Row[*tuple[Any, ...]]
_S = EvaluationState
_MOST_STAYS = 3  # of a year, on one sheet


@dataclass(frozen=True, slots=True)
class _Books:
    """What the sheets of one branch rest on, read once for all of them."""

    scheme: Scheme
    unit: Issuer
    evidence: Mapping[int, EvidenceSheet]
    since: Mapping[int, date | None]
    arrivals: Mapping[int, Arrival]
    rated_on: date
    positions: Mapping[int, str]
    earlier: Mapping[int, Sequence[EarlierStay]]
    votes: Mapping[UUID, Mapping[str, int]]
    ballots: Mapping[UUID, Turnout]
    present: int
    through_base: frozenset[UUID]
    base_signer: Signer | None
    bloc_signer: Signer


def evaluation_sheet(member_id: int, year: int, day: date) -> shapes.EvaluationSheet:
    """The sheet as a paper of `day`, still without number and date: a draft.

    NotFound where the member has no evaluation, WrongMoment in a year without a scheme. What a member has not sent is not on it.
    """
    row = db.session.execute(_evaluations(year).where(Evaluation.member_id == member_id)).one_or_none()
    if row is None:
        raise NotFound()
    return _sheet(row, _books([row], day))


def evaluation_sheets_of(unit_id: int, year: int, day: date) -> dict[int, shapes.EvaluationSheet]:
    """The sheets of all whom the branch rates, by member id in the order of their names: the same statements for two and for two hundred.

    WrongMoment in a year without a scheme.
    """
    of_branch = _evaluations(year).where(Evaluation.unit_id == unit_id).order_by(Member.sort_key, Member.id)
    rows = db.session.execute(of_branch).all()
    books = _books(rows, day) if rows else None
    return {row.member_id: _sheet(row, books) for row in rows if books}


def _books(rows: Sequence[_Row], day: date) -> _Books:
    """What the sheets of these evaluations rest on, which are of one branch and year; at least one."""
    unit_id, year, meeting_id = rows[0].unit_id, rows[0].year, rows[0].meeting_id
    scheme = require_scheme(years.scheme_of(year), year)
    members, line = [row.member_id for row in rows], line_on(unit_id, min(day, date(year, 12, 31)))
    return _Books(
        scheme=scheme,
        unit=issuer(unit_id, day),
        evidence=evidence_of_many(scheme, {row.member_id: row.snapshot for row in rows}, year, day),
        since=_since(unit_id, members),
        arrivals=arrivals(unit_id, members),
        rated_on=rated_on(year, rows[0].held_on, day),
        positions=positions(unit_id, day),
        earlier=earlier_stays(members, year, unit_id),
        votes=votes_of(meeting_id) if meeting_id else {},
        ballots=turnout(meeting_id) if meeting_id else {},
        present=present_count(meeting_id) if meeting_id else 0,
        through_base=_through_base(rows),
        base_signer=signer(line[-2], UnitKind.BASE_UNION, day) if len(line) > 2 else None,
        bloc_signer=signer(line[0], UnitKind.BLOC, day),
    )


def _sheet(row: _Row, books: _Books) -> shapes.EvaluationSheet:
    evidence, scheme = books.evidence[row.member_id], books.scheme
    return shapes.EvaluationSheet(
        year=row.year,
        letterhead=books.unit.letterhead(DocumentKind.EVALUATION_SHEET),
        member=_member(row, books),
        levels=level_names(scheme),
        criteria=criterion_lines(scheme, evidence),
        notes=tuple(note for note in (points_note(evidence),) if note),
        self_assessment=_self_assessment(row, scheme),
        remark="" if row.state in BEFORE_THE_MEETING else row.branch_words,
        vote=_vote(row, books),
        proposal=_proposal(row, scheme) if row.state in SENT_UP else None,
        branch_signer=books.unit.signer,
        base=_base(row, books, books.base_signer) if books.base_signer else None,
        bloc=_bloc(row, books),
        evidence=evidence,
        unrated=_unrated(row, books),
    )


def _evaluations(year: int) -> Select[*tuple[Any, ...]]:
    columns = (
        Evaluation.id, Evaluation.year, Evaluation.unit_id, Evaluation.state, Evaluation.strengths, Evaluation.weaknesses,
        Evaluation.remedies, Evaluation.self_level, Evaluation.self_assessed_at, Evaluation.branch_words, Evaluation.proposed_level,
        Evaluation.proposal_reason, Evaluation.decided_level, Evaluation.snapshot, Evaluation.member_id, Unit.path,
        Member.family_name, Member.given_name, Member.born_on, Member.birth_year, Member.joined_union_on, Member.job,
        Member.party_member, Decision.number, Decision.decided_on, RatingMeeting.id.label("meeting_id"), RatingMeeting.held_on,
    )  # fmt: skip
    meeting = and_(RatingMeeting.unit_id == Evaluation.unit_id, RatingMeeting.year == Evaluation.year)
    return (
        select(*columns)
        .select_from(Evaluation)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .join(Member, Member.id == Evaluation.member_id)
        .outerjoin(Decision, Decision.id == Evaluation.decision_id)
        .outerjoin(RatingMeeting, meeting)
        .where(Evaluation.year == year)
    )


def _since(unit_id: int, member_ids: Sequence[int]) -> dict[int, date | None]:
    """Since when each of the members is in the branch, this last time."""
    query = select(Membership.member_id, Membership.from_day).where(Membership.unit_id == unit_id, Membership.member_id.in_(member_ids))
    found = db.session.execute(query.order_by(Membership.id))
    return {member_id: from_day for member_id, from_day in found}  # noqa: C416 - dict() of rows loses their types


def _member(row: _Row, books: _Books) -> shapes.SheetMember:
    since, where = books.since.get(row.member_id), books.unit.letterhead(DocumentKind.EVALUATION_SHEET).author
    earlier = books.earlier.get(row.member_id, ())
    return shapes.SheetMember(
        name=full_name(row.family_name, row.given_name),
        born_on=row.born_on,
        joined_union_on=row.joined_union_on,
        position=books.positions.get(row.member_id, "Đoàn viên"),
        branch=f"{where}, từ {paper_day(since)}" if since and since.year <= row.year else where,
        job=row.job,
        party_member=row.party_member,
        birth_year=row.birth_year,
        earlier=tuple(stay.words for stay in earlier[-_MOST_STAYS:]),
    )


def _unrated(row: _Row, books: _Books) -> str:
    """Why the member is not rated, "" for who is; whom a meeting voted on is."""
    if row.state not in BEFORE_THE_MEETING:
        return ""
    came = books.arrivals.get(row.member_id, Arrival())
    return eligibility(books.scheme, came, row.party_member, books.rated_on).reason


def positions(unit_id: int, day: date) -> dict[int, str]:
    """What members with a post in the unit on `day` are called, by member id: "Bí thư", "Phó Bí thư", "Ủy viên BCH"."""
    held = (Appointment.unit_id == unit_id) & Appointment.post.in_(COMMITTEE) & held_on(day)
    query = select(Account.member_id, Appointment.post).join(Account, Account.id == Appointment.account_id).where(held)
    ranked = sorted(db.session.execute(query), key=lambda found: list(POST_LABELS).index(found[1]), reverse=True)
    return {member_id: POST_LABELS[post] for member_id, post in ranked if member_id is not None}


def _self_assessment(row: _Row, scheme: Scheme) -> shapes.SelfAssessment | None:
    if row.state is _S.NOT_STARTED or row.self_assessed_at is None:
        return None
    return shapes.SelfAssessment(row.strengths, row.weaknesses, row.remedies, named_level(scheme, row.self_level))


def _vote(row: _Row, books: _Books) -> shapes.VoteCount | None:
    votes = books.votes.get(row.id) if row.state not in BEFORE_THE_MEETING else None
    if not votes:
        return None
    ballot = books.ballots.get(row.id)
    present = ballot.voters if ballot else books.present
    return shapes.VoteCount(
        row.held_on,
        ballot is not None,
        present,
        ballot.voted if ballot else present,
        tuple(votes.get(level.code, 0) for level in books.scheme.levels),
    )


def _proposal(row: _Row, scheme: Scheme) -> shapes.Proposal | None:
    level = named_level(scheme, row.proposed_level)
    return shapes.Proposal(level, row.proposal_reason) if level else None


def _base(row: _Row, books: _Books, signs: Signer) -> shapes.Instance:
    level = named_level(books.scheme, row.proposed_level)
    verdict = shapes.Verdict(level) if level and row.id in books.through_base else None
    return shapes.Instance("Đoàn cơ sở xem xét", signs, verdict)


def _through_base(rows: Sequence[_Row]) -> frozenset[UUID]:
    """Those of the evaluations that a base passed on, decided since or not."""
    decided = [row.id for row in rows if row.state is _S.DECIDED]
    steps = select(EvaluationStep.evaluation_id, EvaluationStep.from_state)
    steps = steps.where(EvaluationStep.evaluation_id.in_(decided), EvaluationStep.to_state == _S.DECIDED)
    found = db.session.execute(steps.order_by(EvaluationStep.at, EvaluationStep.id)) if decided else ()
    last = {key: state for key, state in found}  # noqa: C416 - dict() of rows loses their types
    return frozenset(row.id for row in rows if last.get(row.id, row.state) is _S.PASSED_ON)


def _bloc(row: _Row, books: _Books) -> shapes.Instance:
    level = named_level(books.scheme, row.decided_level) if row.state is _S.DECIDED else None
    verdict = None
    if level:
        reason = (row.snapshot or {}).get("decision_reason") or ""
        verdict = shapes.Verdict(level, f"Quyết định số {row.number} ngày {paper_day(row.decided_on)}", reason)
    return shapes.Instance("Đoàn Khối quyết định", books.bloc_signer, verdict)
