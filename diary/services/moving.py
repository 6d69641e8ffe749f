"""Letting people belong to another unit, one or hundreds in the same few statements.

What was sent stays with the unit of its day, and so do its figures; drafts that are not tied to a day before the move follow.
The happenings around it (moving, accepting a transfer, merging) have asked about rights and moments.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, or_, select, update

from ..domain.entries import EntryState
from ..domain.evaluations import BEFORE_THE_MEETING
from ..domain.pledges import PledgeState
from ..domain.transfers import TransferState
from ..domain.units import lineage
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.counts import MemberYear
from ..models.entries import Entry
from ..models.evaluations import BallotVoter, Evaluation, MeetingAttendance, RatingMeeting, SecretBallot, VoteTally
from ..models.members import Member, Membership
from ..models.pledges import Pledge
from ..models.transfers import Transfer
from ..models.units import Unit
from . import clock, pledge_changes

_UNSYNCED = {"synchronize_session": False}
_AT_ONCE = 900  # ids a statement names at most: SQLite's old limit of variables


def carry(member_ids: Sequence[int], before: Unit, after: Unit, today: date, *, keep_transfers: bool = False) -> None:
    """Let active members of `before` belong to `after` from `today`; they are counted there, and their posts in `before` and wherever
    they no longer stand below end. A transfer that waits for a further unit is withdrawn, and so are wishes to change a pledge that
    their old officers have yet to answer, unless they are kept: of a unit that goes into another, all goes along."""
    db.session.flush()
    for start in range(0, len(member_ids), _AT_ONCE):
        _carry(member_ids[start : start + _AT_ONCE], before, after, today)
        if not keep_transfers:
            withdraw_transfers(member_ids[start : start + _AT_ONCE], but_to=after.id)
            pledge_changes.drop_waiting(Pledge.member_id.in_(member_ids[start : start + _AT_ONCE]))
    count_members(before.id, -len(member_ids))
    count_members(after.id, len(member_ids))
    db.session.expire_all()


def _carry(ids: Sequence[int], before: Unit, after: Unit, today: date) -> None:
    _run(update(Member).where(Member.id.in_(ids)).values(unit_id=after.id, version=Member.version + 1))
    end_memberships(Membership.member_id.in_(ids), today)
    joined = select(Member.id, literal(after.id), literal(today)).where(Member.id.in_(ids)).order_by(Member.id)
    db.session.execute(insert(Membership).from_select(["member_id", "unit_id", "from_day"], joined))
    elsewhere = or_(Appointment.unit_id == before.id, Appointment.unit_id.not_in(lineage(after.path)))
    end_posts((Appointment.account_id.in_(select(Account.id).where(Account.member_id.in_(ids)))) & elsewhere, today)
    _carry_drafts(ids, before.id, after.id, today)
    _carry_evaluations(ids, before.id, after.id, today.year)


def count_members(unit_id: int, more: int) -> None:
    """Let the unit count `more` active members (fewer when negative)."""
    db.session.execute(update(Unit).where(Unit.id == unit_id).values(member_count=Unit.member_count + more))


def end_posts(which: ColumnElement[bool], today: date) -> None:
    """End the posts that `which` names: yesterday was their last day, those given today are taken back."""
    still = or_(Appointment.to_day.is_(None), Appointment.to_day >= today)
    _run(delete(Appointment).where(which, Appointment.from_day >= today))
    _run(update(Appointment).where(which, still).values(to_day=today - timedelta(days=1)))


def end_memberships(whose: ColumnElement[bool], today: date) -> None:
    """Close the open memberships of `whose` yesterday; those that began today never were."""
    current = (whose, Membership.to_day.is_(None))
    _run(delete(Membership).where(*current, Membership.from_day >= today))
    _run(update(Membership).where(*current).values(to_day=today - timedelta(days=1)))


def withdraw_transfers(member_ids: Sequence[int], but_to: int | None = None) -> None:
    """Withdraw the transfers that wait for these members, but for one to the unit `but_to`."""
    waiting = (Transfer.member_id.in_(member_ids), Transfer.state == TransferState.WAITING)
    others = waiting if but_to is None else (*waiting, Transfer.to_unit_id != but_to)
    _run(update(Transfer).where(*others).values(state=TransferState.WITHDRAWN, answered_at=clock.now()))


def _carry_drafts(ids: Sequence[int], before: int, after: int, today: date) -> None:
    """Drafts of pledges, and of entries of today or later, go along; an entry belongs to the branch of its day."""
    mine = (Pledge.member_id.in_(ids), Pledge.unit_id == before, Pledge.state == PledgeState.DRAFT)
    _run(update(Pledge).where(*mine).values(unit_id=after))
    drafts = (Entry.member_id.in_(ids), Entry.unit_id == before, Entry.state == EntryState.DRAFT, Entry.happened_on >= today)
    _run(update(Entry).where(*drafts).values(unit_id=after))
    _recount_drafts(ids, before, after)


def _recount_drafts(ids: Sequence[int], before: int, after: int) -> None:
    """Let the summary rows of both units say how many drafts each has now."""
    for table in (Pledge, Entry):
        there = select(MemberYear.member_id).where(
            MemberYear.member_id == table.member_id, MemberYear.year == table.year, MemberYear.unit_id == after
        )
        new = select(table.member_id, table.year, literal(after)).where(
            table.member_id.in_(ids), table.unit_id == after, table.state == "draft", ~there.exists()
        )
        zeros = [column.name for column in MemberYear.__table__.columns if not column.primary_key]
        values = new.add_columns(*(literal(0) for _ in zeros)).distinct()
        db.session.execute(insert(MemberYear).from_select(["member_id", "year", "unit_id", *zeros], values))
    rows = (MemberYear.member_id.in_(ids), MemberYear.unit_id.in_((before, after)))
    _run(update(MemberYear).where(*rows).values(entries_draft=_drafts_of(Entry), pledges_draft=_drafts_of(Pledge)))


def _drafts_of(table: Any) -> Any:
    same = (table.member_id == MemberYear.member_id, table.year == MemberYear.year, table.unit_id == MemberYear.unit_id)
    return select(func.count()).select_from(table).where(*same, table.state == "draft").scalar_subquery()


def _carry_evaluations(ids: Sequence[int], before: int, after: int, year: int) -> None:
    """Who is not voted on yet is rated by the branch they come to; what an unfinished meeting noted of them is taken back."""
    theirs = (Evaluation.member_id.in_(ids), Evaluation.unit_id == before, Evaluation.state.in_(BEFORE_THE_MEETING))
    moving = select(Evaluation.id).where(*theirs, Evaluation.year >= year)
    unfinished = select(RatingMeeting.id).where(
        RatingMeeting.unit_id == before, RatingMeeting.closed_at.is_(None), RatingMeeting.year >= year
    )
    _leave_meetings(ids, moving, unfinished)
    _run(update(Evaluation).where(*theirs, Evaluation.year >= year).values(unit_id=after, return_words=""))


def _leave_meetings(ids: Sequence[int], moving: Select[UUID], unfinished: Select[UUID]) -> None:
    """No vote on who moves is left, and none of theirs is waited for. Who sat there while others were voted on stays present."""
    _run(delete(VoteTally).where(VoteTally.meeting_id.in_(unfinished), VoteTally.evaluation_id.in_(moving)))
    _run(delete(SecretBallot).where(SecretBallot.meeting_id.in_(unfinished), SecretBallot.evaluation_id.in_(moving)))
    others = select(SecretBallot.evaluation_id).where(SecretBallot.meeting_id.in_(unfinished), SecretBallot.open)
    _run(delete(BallotVoter).where(BallotVoter.member_id.in_(ids), BallotVoter.evaluation_id.in_(others), ~BallotVoter.voted))
    counted = select(VoteTally.evaluation_id).where(VoteTally.meeting_id == MeetingAttendance.meeting_id).exists()
    there = (MeetingAttendance.meeting_id.in_(unfinished), MeetingAttendance.member_id.in_(ids))
    _run(delete(MeetingAttendance).where(*there, ~counted))


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options=_UNSYNCED)
