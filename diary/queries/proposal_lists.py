"""What a branch's proposal list holds: everyone rated with self, vote and proposal, and who is not rated."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from ..domain.documents import DocumentKind
from ..domain.errors import NotFound
from ..domain.evaluations import BEFORE_THE_MEETING, SENT_UP, EvaluationState
from ..domain.level_names import level_names, named_level
from ..domain.measures import Measured
from ..domain.proposal_lists import ProposalList, ProposalRow, UnratedRow
from ..domain.schemes import Scheme
from ..domain.units import Place
from ..models.base import db
from ..models.evaluations import Evaluation
from ..models.members import Member
from ..models.units import Unit
from . import years
from .earlier_years import earlier_year
from .evaluation_sheets import positions
from .evaluations.branches import Branch, Person, meeting_facts, people
from .evaluations.tables import present_count, votes_of
from .evidence_sheets import evidence_of_many
from .letterheads import issuer


def proposal_list(unit_id: int, year: int, day: date) -> ProposalList:
    """The list as a paper of `day`, still without number and date: a draft.

    NotFound for a unit there is not, WrongMoment in a year without a scheme. The same number of queries for any number of people.
    """
    branch = branch_of(unit_id, year)
    scheme, unit = branch.the_scheme(), issuer(unit_id, day)
    meeting = meeting_facts(unit_id, year)
    everyone = people(branch, meeting, day)
    births, posts = _births([person.member_id for person in everyone]), positions(unit_id, day)
    votes = votes_of(meeting.id) if meeting else {}
    taking_part = _participation(scheme, everyone, year, day)
    return ProposalList(
        year=year,
        letterhead=unit.letterhead(DocumentKind.PROPOSAL_LIST),
        levels=level_names(scheme),
        rows=tuple(_rated(scheme, person, births, posts, votes, taking_part) for person in everyone if person.rated),
        unrated=tuple(_unrated(person, births) for person in everyone if not person.rated),
        signer=unit.signer,
        recipients=unit.recipients,
        voters=present_count(meeting.id) if meeting else None,
        earlier=earlier_year((unit_id,), year, scheme),
    )


def branch_of(unit_id: int, year: int) -> Branch:
    """The unit as the one that rates, for papers; NotFound when there is none."""
    row = db.session.execute(select(Unit.name, Unit.path).where(Unit.id == unit_id)).one_or_none()
    if row is None:
        raise NotFound()
    return Branch(unit_id, row.name, row.path, year, years.year_facts(year, Place(unit_id, row.path)), years.scheme_of(year))


def _births(member_ids: Sequence[int]) -> dict[int, int | None]:
    """The year each was born in, where it is known."""
    query = select(Member.id, Member.born_on, Member.birth_year).where(Member.id.in_(member_ids))
    return {member_id: born_on.year if born_on else birth_year for member_id, born_on, birth_year in db.session.execute(query)}


def _participation(scheme: Scheme, everyone: Sequence[Person], year: int, day: date) -> dict[int, Decimal]:
    """How much each took part, in per cent, where anything is known of it: what a decision rested on where it kept it."""
    begun = [one.evaluation_id for one in everyone if one.evaluation_id]
    kept = select(Evaluation.member_id, Evaluation.snapshot).where(Evaluation.id.in_(begun))
    snapshots = {member_id: snapshot for member_id, snapshot in db.session.execute(kept)}  # noqa: C416 - dict() of rows loses their types
    evidence = evidence_of_many(scheme, {one.member_id: snapshots.get(one.member_id) for one in everyone if one.rated}, year, day)
    shares = {member_id: one.measures.get("participation", Measured()).value for member_id, one in evidence.items()}
    return {member_id: Decimal(share.numerator) / share.denominator for member_id, share in shares.items() if share is not None}


def _rated(
    scheme: Scheme, person: Person, births: Mapping[int, int | None], posts: Mapping[int, str], votes: Mapping[UUID, Mapping[str, int]],
    taking_part: Mapping[int, Decimal],
) -> ProposalRow:  # fmt: skip
    hands = votes.get(person.evaluation_id) if person.evaluation_id and person.state not in BEFORE_THE_MEETING else None
    sent_up = person.state in SENT_UP
    return ProposalRow(
        name=person.name,
        birth_year=births[person.member_id],
        position=posts.get(person.member_id, "Đoàn viên"),
        participation=taking_part.get(person.member_id),
        self_level=named_level(scheme, person.self_level) if person.state is not EvaluationState.NOT_STARTED else None,
        votes=tuple(hands.get(level.code, 0) for level in scheme.levels) if hands else None,
        proposed=named_level(scheme, person.proposed_level) if sent_up else None,
        note=person.proposal_reason if sent_up else "",
    )


def _unrated(person: Person, births: Mapping[int, int | None]) -> UnratedRow:
    reason = person.eligibility.reason
    plain = reason[:1].lower() + reason[1:]
    return UnratedRow(person.name, births[person.member_id], plain)
