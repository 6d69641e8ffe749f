"""Year-end on paper: one member's sheet, and a branch's list of proposals. Both as drafts: without number, day and check code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from ...domain.actors import OFFICERS, POST_LABELS, Actor, Post
from ...domain.dates import paper_day
from ...domain.documents import DocumentKind
from ...domain.errors import NotFound
from ...domain.evaluation_sheets import CriterionLine, EvaluationSheet, Instance, Proposal, SelfAssessment, SheetMember, Verdict, VoteCount
from ...domain.evaluations import BEFORE_THE_MEETING, SENT_UP, EvaluationState, base_between
from ...domain.level_names import level_names, named_level
from ...domain.names import full_name
from ...domain.papers import plain_name
from ...domain.permissions import Action, Subject, require
from ...domain.proposal_lists import EarlierYear, ProposalList, ProposalRow, UnratedRow
from ...domain.schemes import Scheme, require_scheme
from ...domain.units import Place, lineage
from ...domain.year_figures import YearFigures, evidence, from_body
from ...models.accounts import Account, Appointment
from ...models.base import db
from ...models.evaluations import Decision, Evaluation
from ...models.members import Member, Membership
from ...models.units import Unit
from .. import years
from ..accounts import held_on
from ..figures import year_figures
from ..letterheads import Issuer, issuer
from .branches import load_branch, meeting_facts
from .tables import BranchTable, TableRow, branch_table, present_count, votes_of

_Row = Row[*tuple[Any, ...]]


def sheet(actor: Actor, evaluation_id: UUID, day: date) -> EvaluationSheet:
    """The evaluation sheet of one member as of `day`; steps not reached yet stay blank. NotFound to whoever may not read it.

    After the decision the evidence is what the decision rested on, whatever the books say now.
    """
    row = db.session.execute(_evaluation().where(Evaluation.id == evaluation_id)).one_or_none()
    if row is None:
        raise NotFound()
    require(actor, Action.EVALUATION_READ, Subject(Place(row.unit_id, row.path), owner_id=row.member_id))
    scheme, branch = require_scheme(years.scheme_of(row.year), row.year), issuer(row.unit_id, day)
    return EvaluationSheet(
        year=row.year,
        letterhead=branch.letterhead(DocumentKind.EVALUATION_SHEET),
        member=_member(row, branch, day),
        levels=level_names(scheme),
        criteria=_criteria(scheme, _figures(row, day)),
        self_assessment=_self_assessment(row, scheme),
        remark="" if row.state in BEFORE_THE_MEETING else row.branch_words,
        vote=_vote(row, scheme),
        proposal=_proposal(row, scheme),
        branch_signer=branch.signer,
        base=_base(row, scheme, day),
        bloc=_bloc(row, scheme, day),
    )


def _evaluation() -> Any:
    columns = (
        Evaluation.id, Evaluation.year, Evaluation.unit_id, Evaluation.state, Evaluation.strengths, Evaluation.weaknesses,
        Evaluation.remedies, Evaluation.self_level, Evaluation.self_assessed_at, Evaluation.branch_words, Evaluation.proposed_level,
        Evaluation.proposal_reason, Evaluation.decided_level, Evaluation.snapshot, Unit.path, Member.id.label("member_id"),
        Member.family_name, Member.given_name, Member.born_on, Member.birth_year, Member.joined_union_on, Member.job,
        Member.party_member, Decision.number, Decision.decided_on,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .join(Member, Member.id == Evaluation.member_id)
        .outerjoin(Decision, Decision.id == Evaluation.decision_id)
    )


def _figures(row: _Row, day: date) -> YearFigures:
    if row.state is EvaluationState.DECIDED and row.snapshot:
        return from_body(row.snapshot.get("figures", {}))
    return year_figures([row.member_id], row.year, day)[row.member_id]


def _criteria(scheme: Scheme, figures: YearFigures) -> tuple[CriterionLine, ...]:
    known = evidence(figures)
    return tuple(CriterionLine(criterion.text, *known.get(criterion.evidence, ("", ""))) for criterion in scheme.criteria)


def _member(row: _Row, branch: Issuer, day: date) -> SheetMember:
    here = (Membership.member_id == row.member_id) & (Membership.unit_id == row.unit_id) & Membership.to_day.is_(None)
    since = db.session.execute(select(Membership.from_day).where(here)).scalar()
    names = (plain_name(branch.name), plain_name(branch.superior), f"từ {paper_day(since)}" if since else "")
    return SheetMember(
        name=full_name(row.family_name, row.given_name),
        born_on=row.born_on,
        joined_union_on=row.joined_union_on,
        position=_positions([row.member_id], row.unit_id, day).get(row.member_id, MEMBER),
        branch=", ".join(name for name in names if name),
        job=row.job,
        party_member=row.party_member,
        birth_year=row.birth_year,
    )


MEMBER = "Đoàn viên"  # the position of whoever holds no post
_POSITION_ORDER = (*(post for post in Post if post in OFFICERS), Post.COMMITTEE_MEMBER)


def _positions(member_ids: Sequence[int], unit_id: int, day: date) -> dict[int, str]:
    """The highest post each member holds in the unit on `day`, in words; those without one are left out."""
    query = (
        select(Account.member_id, Appointment.post)
        .join(Account, Account.id == Appointment.account_id)
        .where(Account.member_id.in_(member_ids), Appointment.unit_id == unit_id, Appointment.post.in_(_POSITION_ORDER), held_on(day))
    )
    held = [(member_id, post) for member_id, post in db.session.execute(query) if member_id is not None]
    held.sort(key=lambda one: -_POSITION_ORDER.index(one[1]))
    return {member_id: POST_LABELS[post] for member_id, post in held}


def _self_assessment(row: _Row, scheme: Scheme) -> SelfAssessment | None:
    if row.self_assessed_at is None or row.state is EvaluationState.NOT_STARTED:
        return None
    return SelfAssessment(row.strengths, row.weaknesses, row.remedies, named_level(scheme, row.self_level))


def _vote(row: _Row, scheme: Scheme) -> VoteCount | None:
    meeting = None if row.state in BEFORE_THE_MEETING else meeting_facts(row.unit_id, row.year)
    if meeting is None:
        return None
    votes, present = votes_of(meeting.id).get(row.id, {}), present_count(meeting.id)
    return VoteCount(meeting.held_on, False, present, present, tuple(votes.get(level.code, 0) for level in scheme.levels))


def _proposal(row: _Row, scheme: Scheme) -> Proposal | None:
    level = named_level(scheme, row.proposed_level) if row.state in SENT_UP else None
    return Proposal(level, row.proposal_reason) if level else None


def _base(row: _Row, scheme: Scheme, day: date) -> Instance | None:
    """The base agrees with what it passes on: it returns what it does not agree with."""
    if not base_between(row.path):
        return None
    passed = row.state in (EvaluationState.PASSED_ON, EvaluationState.DECIDED)
    level = named_level(scheme, row.proposed_level) if passed else None
    signer = issuer(lineage(row.path)[-2], day).signer
    return Instance("Đoàn cơ sở xem xét", signer, Verdict(level) if level else None)


def _bloc(row: _Row, scheme: Scheme, day: date) -> Instance:
    level = named_level(scheme, row.decided_level) if row.state is EvaluationState.DECIDED else None
    signer = issuer(lineage(row.path)[0], day).signer
    if level is None:
        return Instance("Đoàn Khối quyết định", signer)
    reason = (row.snapshot or {}).get("decision_reason", "")
    paper = f"Quyết định số {row.number} ngày {paper_day(row.decided_on)}"
    return Instance("Đoàn Khối quyết định", signer, Verdict(level, paper, reason))


def proposal_list(actor: Actor, unit_id: int, year: int, day: date) -> ProposalList:
    """The list of what a branch proposes for the year, as of `day`; for whoever may read its evaluations, NotFound to others."""
    branch = load_branch(actor, Action.EVALUATION_READ, unit_id, year)
    table, paper = branch_table(branch, day), issuer(unit_id, day)
    everyone = [*(row.person for row in table.rows), *table.unrated]
    facts = _facts([person.member_id for person in everyone], unit_id, day)
    rows = sorted(table.rows, key=lambda row: facts[row.person.member_id].sort_key)
    return ProposalList(
        year=year,
        letterhead=paper.letterhead(DocumentKind.PROPOSAL_LIST),
        levels=level_names(table.scheme),
        rows=tuple(_list_row(table, row, facts[row.person.member_id]) for row in rows),
        unrated=tuple(UnratedRow(one.name, facts[one.member_id].birth_year, one.eligibility.reason) for one in table.unrated),
        signer=paper.signer,
        recipients=paper.recipients,
        voters=table.present if table.meeting else None,
        earlier=next((EarlierYear(bar.year, bar.counts) for bar in table.beside if bar.year is not None), None),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    sort_key: tuple[str, int]
    birth_year: int | None
    position: str


def _facts(member_ids: Sequence[int], unit_id: int, day: date) -> Mapping[int, _Facts]:
    posts = _positions(member_ids, unit_id, day)
    query = select(Member.id, Member.sort_key, Member.born_on, Member.birth_year).where(Member.id.in_(member_ids))
    return {
        member_id: _Facts((key, member_id), born_on.year if born_on else birth_year, posts.get(member_id, MEMBER))
        for member_id, key, born_on, birth_year in db.session.execute(query)
    }


def _list_row(table: BranchTable, row: TableRow, facts: _Facts) -> ProposalRow:
    scheme, person = table.scheme, row.person
    return ProposalRow(
        name=person.name,
        birth_year=facts.birth_year,
        position=facts.position,
        participation=None,
        self_level=named_level(scheme, person.self_level),
        votes=tuple(row.votes.get(level.code, 0) for level in scheme.levels) if row.votes else None,
        proposed=named_level(scheme, person.proposed_level),
        note=person.proposal_reason,
    )
