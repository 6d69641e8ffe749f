"""What a member's evaluation sheet holds: the facts of the year, and everything said of it so far."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, select

from ..domain import evaluation_sheets as shapes
from ..domain.actors import COMMITTEE, POST_LABELS
from ..domain.criterion_lines import criterion_lines, points_note
from ..domain.dates import paper_day
from ..domain.documents import DocumentKind
from ..domain.errors import NotFound
from ..domain.evaluations import BEFORE_THE_MEETING, SENT_UP, EvaluationState
from ..domain.level_names import level_names, named_level
from ..domain.names import full_name
from ..domain.schemes import Scheme, require_scheme
from ..domain.units import UnitKind
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.evaluations import Decision, Evaluation, EvaluationStep, RatingMeeting
from ..models.members import Member, Membership
from ..models.units import Unit
from . import years
from .accounts import held_on
from .ballots import turnout
from .evaluations.tables import present_count, votes_of
from .evidence_sheets import evidence_of
from .letterheads import Issuer, issuer, signer
from .transfers import earlier_stays
from .unit_names import line_on

_Row = Row[*tuple[Any, ...]]
_S = EvaluationState
_MOST_STAYS = 3  # of a year, on one sheet


def evaluation_sheet(member_id: int, year: int, day: date) -> shapes.EvaluationSheet:
    """The sheet as a paper of `day`, still without number and date: a draft.

    NotFound where the member has no evaluation, WrongMoment in a year without a scheme. What a member has not sent is not on it.
    """
    row = db.session.execute(_evaluation(member_id, year)).one_or_none()
    if row is None:
        raise NotFound()
    scheme = require_scheme(years.scheme_of(row.year), row.year)
    unit = issuer(row.unit_id, day)
    evidence = evidence_of(scheme, row.member_id, row.year, day, row.snapshot)
    sent_up, line = row.state in SENT_UP, line_on(row.unit_id, min(day, date(row.year, 12, 31)))
    return shapes.EvaluationSheet(
        year=row.year,
        letterhead=unit.letterhead(DocumentKind.EVALUATION_SHEET),
        member=_member(row, unit, day),
        levels=level_names(scheme),
        criteria=criterion_lines(scheme, evidence),
        notes=tuple(note for note in (points_note(evidence),) if note),
        self_assessment=_self_assessment(row, scheme),
        remark="" if row.state in BEFORE_THE_MEETING else row.branch_words,
        vote=_vote(row, scheme),
        proposal=_proposal(row, scheme) if sent_up else None,
        branch_signer=unit.signer,
        base=_base(row, scheme, line, day) if len(line) > 2 else None,
        bloc=_bloc(row, scheme, line, day),
        evidence=evidence,
    )


def _evaluation(member_id: int, year: int) -> Select[*tuple[Any, ...]]:
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
        .where(Evaluation.member_id == member_id, Evaluation.year == year)
    )


def _member(row: _Row, unit: Issuer, day: date) -> shapes.SheetMember:
    in_branch = (Membership.member_id == row.member_id) & (Membership.unit_id == row.unit_id)
    since = db.session.execute(select(Membership.from_day).where(in_branch).order_by(Membership.id.desc()).limit(1)).scalar()
    where = unit.letterhead(DocumentKind.EVALUATION_SHEET).author
    earlier = earlier_stays((row.member_id,), row.year, row.unit_id).get(row.member_id, ())
    return shapes.SheetMember(
        name=full_name(row.family_name, row.given_name),
        born_on=row.born_on,
        joined_union_on=row.joined_union_on,
        position=positions(row.unit_id, day).get(row.member_id, "Đoàn viên"),
        branch=f"{where}, từ {paper_day(since)}" if since and since.year <= row.year else where,
        job=row.job,
        party_member=row.party_member,
        birth_year=row.birth_year,
        earlier=tuple(stay.words for stay in earlier[-_MOST_STAYS:]),
    )


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


def _vote(row: _Row, scheme: Scheme) -> shapes.VoteCount | None:
    votes = votes_of(row.meeting_id).get(row.id) if row.meeting_id and row.state not in BEFORE_THE_MEETING else None
    if not votes:
        return None
    ballot = turnout(row.meeting_id).get(row.id)
    present = ballot.voters if ballot else present_count(row.meeting_id)
    return shapes.VoteCount(
        row.held_on,
        ballot is not None,
        present,
        ballot.voted if ballot else present,
        tuple(votes.get(level.code, 0) for level in scheme.levels),
    )


def _proposal(row: _Row, scheme: Scheme) -> shapes.Proposal | None:
    level = named_level(scheme, row.proposed_level)
    return shapes.Proposal(level, row.proposal_reason) if level else None


def _base(row: _Row, scheme: Scheme, line: Sequence[int], day: date) -> shapes.Instance:
    level = named_level(scheme, row.proposed_level)
    verdict = shapes.Verdict(level) if level and _came_through_base(row) else None
    return shapes.Instance("Đoàn cơ sở xem xét", signer(line[-2], UnitKind.BASE_UNION, day), verdict)


def _came_through_base(row: _Row) -> bool:
    if row.state is not _S.DECIDED:
        return row.state is _S.PASSED_ON
    decided = (EvaluationStep.evaluation_id == row.id) & (EvaluationStep.to_state == _S.DECIDED)
    last = select(EvaluationStep.from_state).where(decided).order_by(EvaluationStep.at.desc(), EvaluationStep.id.desc()).limit(1)
    return db.session.execute(last).scalar() is _S.PASSED_ON


def _bloc(row: _Row, scheme: Scheme, line: Sequence[int], day: date) -> shapes.Instance:
    level = named_level(scheme, row.decided_level) if row.state is _S.DECIDED else None
    verdict = None
    if level:
        reason = (row.snapshot or {}).get("decision_reason") or ""
        verdict = shapes.Verdict(level, f"Quyết định số {row.number} ngày {paper_day(row.decided_on)}", reason)
    return shapes.Instance("Đoàn Khối quyết định", signer(line[0], UnitKind.BLOC, day), verdict)
