"""How a member's year ended: the level, the steps that led to it, and what the branch said."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from ...domain.dates import paper_day
from ...domain.evaluations import BEFORE_THE_MEETING, NEXT, SENT_UP, Attendance, EvaluationState
from ...domain.level_names import named_level
from ...domain.papers import LevelName, plain_name
from ...domain.reviews import VIETNAM
from ...domain.schemes import Scheme
from ...domain.year_books import LevelStep
from ...models.accounts import Account
from ...models.base import db
from ...models.evaluations import Decision, Evaluation, EvaluationStep, MeetingAttendance, RatingMeeting, VoteTally
from ..letterheads import Issuer
from ..unit_names import line_on, names_on

_Row = Row[*tuple[Any, ...]]
_Taken = dict[EvaluationState, tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class Ending:
    """What the last page tells; empty where the year has no scheme or nothing was said yet."""

    level: LevelName | None = None
    decision: str = ""
    scheme: str = ""
    steps: tuple[LevelStep, ...] = ()
    branch_remark: str = ""


def ending(member_id: int, year: int, holder: str, branch: Issuer, scheme: Scheme | None) -> Ending:
    """How far the member's year-end has come; `holder` and `branch` are named as the book names them."""
    row = db.session.execute(_evaluation(member_id, year)).one_or_none() if scheme else None
    if row is None or scheme is None:
        return Ending()
    decided = row.state is EvaluationState.DECIDED
    return Ending(
        level=named_level(scheme, row.decided_level) if decided else None,
        decision=f"Quyết định số {row.number} ngày {paper_day(row.decided_on)}" if decided else "",
        scheme=f"Bộ tiêu chí {scheme.first_year}–{scheme.last_year}",
        steps=_steps(row, scheme, holder, branch),
        branch_remark=row.branch_words,
    )


def _evaluation(member_id: int, year: int) -> Any:
    meeting = and_(RatingMeeting.unit_id == Evaluation.unit_id, RatingMeeting.year == Evaluation.year)
    tally = and_(
        VoteTally.meeting_id == RatingMeeting.id, VoteTally.evaluation_id == Evaluation.id, VoteTally.level == Evaluation.vote_level
    )
    here = (
        select(func.count())
        .where(MeetingAttendance.meeting_id == RatingMeeting.id, MeetingAttendance.attendance == Attendance.PRESENT)
        .correlate(RatingMeeting)
        .scalar_subquery()
    )
    columns = (
        Evaluation.id, Evaluation.state, Evaluation.self_level, Evaluation.self_assessed_at, Evaluation.vote_level,
        Evaluation.proposed_level, Evaluation.decided_level, Evaluation.branch_words, Decision.number, Decision.decided_on,
        RatingMeeting.held_on, VoteTally.votes, here.label("present"), Evaluation.unit_id, Evaluation.year,
    )  # fmt: skip
    return (
        select(*columns)
        .outerjoin(Decision, Decision.id == Evaluation.decision_id)
        .outerjoin(RatingMeeting, meeting)
        .outerjoin(VoteTally, tally)
        .where(Evaluation.member_id == member_id, Evaluation.year == year)
    )


def _steps(row: _Row, scheme: Scheme, holder: str, branch: Issuer) -> tuple[LevelStep, ...]:
    taken, above = _taken(row.id), _names_above(row.unit_id, row.year)
    steps = (
        _self_assessment(row, scheme, holder),
        _vote(row, scheme, plain_name(branch.name)),
        _proposal(row, scheme, taken),
        _review_by_the_base(row, scheme, taken, above),
        _decision(row, scheme, above),
    )
    return tuple(step for step in steps if step is not None)


def _self_assessment(row: _Row, scheme: Scheme, holder: str) -> LevelStep | None:
    if row.self_assessed_at is None or row.state is EvaluationState.NOT_STARTED:
        return None
    return LevelStep("Tự xếp loại", _day(row.self_assessed_at), _short(scheme, row.self_level), holder)


def _vote(row: _Row, scheme: Scheme, branch: str) -> LevelStep | None:
    if row.held_on is None or row.state in BEFORE_THE_MEETING:
        return None
    level = f"{_short(scheme, row.vote_level)} ({row.votes}/{row.present})" if row.vote_level else "chưa mức nào quá nửa"
    return LevelStep("Chi đoàn biểu quyết", row.held_on, level, branch)


def _proposal(row: _Row, scheme: Scheme, taken: _Taken) -> LevelStep | None:
    if row.state not in SENT_UP or EvaluationState.PROPOSED not in taken:
        return None
    at, who = taken[EvaluationState.PROPOSED]
    return LevelStep("Chi đoàn đề nghị", _day(at), _short(scheme, row.proposed_level), who)


def _review_by_the_base(row: _Row, scheme: Scheme, taken: _Taken, above: tuple[str, ...]) -> LevelStep | None:
    if row.state not in (EvaluationState.PASSED_ON, EvaluationState.DECIDED) or EvaluationState.PASSED_ON not in taken:
        return None
    at, _ = taken[EvaluationState.PASSED_ON]
    skipped = at < taken[EvaluationState.PROPOSED][0]  # it came through once, was given back, and went straight up the next time
    return None if skipped else LevelStep("Đoàn cơ sở xem xét", _day(at), _short(scheme, row.proposed_level), above[-1])


def _decision(row: _Row, scheme: Scheme, above: tuple[str, ...]) -> LevelStep | None:
    if row.state is not EvaluationState.DECIDED:
        return None
    level = named_level(scheme, row.decided_level)
    return LevelStep("Công nhận", row.decided_on, level.name if level else "", above[0] if above else "")


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _short(scheme: Scheme, code: str) -> str:
    level = named_level(scheme, code)
    return level.short if level else ""


def _taken(evaluation_id: UUID) -> _Taken:
    """When each state was last reached going forward, and by whom; returns are left out."""
    query = (
        select(EvaluationStep.from_state, EvaluationStep.to_state, EvaluationStep.at, Account.name)
        .join(Account, Account.id == EvaluationStep.account_id)
        .where(EvaluationStep.evaluation_id == evaluation_id)
        .order_by(EvaluationStep.at, EvaluationStep.id)
    )
    return {state: (at, name) for before, state, at, name in db.session.execute(query) if state in NEXT[before]}


def _names_above(unit_id: int, year: int) -> tuple[str, ...]:
    """What the units above were called at the end of that year, from the bloc down."""
    last_day = date(year, 12, 31)
    above = line_on(unit_id, last_day)[:-1]
    names = names_on((one, last_day) for one in above)
    return tuple(names[one, last_day] for one in above)
