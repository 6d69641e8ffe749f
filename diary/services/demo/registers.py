"""The registers of the demo: Đoàn phí by quarter, results of the Chương trình rèn luyện. Their dice are their own."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from ...domain.fees import QUARTERS, FeeState, quarter_of
from ...domain.training import TrainingResult
from ...models.base import db
from ...models.evaluations import Evaluation
from ...models.fees import Fee
from ...models.training import Training
from ..clock import VIETNAM
from .people import Bloc, Branch, Person
from .rows import Rows

AMOUNTS = (6_000, 15_000, 15_000, 30_000)  # what branches ask for a quarter
_LAST_MONTH = {1: 3, 2: 6, 3: 9, 4: 12}
_NOTES = ("", "", "", "", "Đạt giải hội thi cấp cơ sở.", "Có sáng kiến được công nhận.")
_R = TrainingResult
_BY_LEVEL = {  # what goes with a level, and what now and then stands beside it to look at twice
    "outstanding": (*[_R.EXCELLENT] * 19, _R.GOOD),
    "good": (_R.EXCELLENT, _R.GOOD, _R.GOOD, _R.GOOD),
    "done": (_R.GOOD, _R.COMPLETED, _R.COMPLETED),
    "not_done": (_R.COMPLETED, _R.NOT_COMPLETED),
}
_UNRATED = (_R.GOOD, _R.COMPLETED)


def note_registers(rows: Rows, bloc: Bloc, year: int, today: date, seed: int) -> None:
    """Fill in the fees and results of a year up to `today`: most paid, a few exempt, some still open; results where levels are given."""
    rows.flush()
    dice, levels = random.Random(f"{seed} {year}"), levels_of(year)
    for branch in bloc.branches:
        amount = dice.choice(AMOUNTS)
        for person in branch.people:
            _fees(rows, dice, branch, person, year, amount, today)
            if person.id in levels or year < today.year:
                _result(rows, dice, branch, person, year, today, levels)


def levels_of(year: int) -> dict[int, str]:
    """The level decided, proposed or wished for, by member."""
    columns = (Evaluation.member_id, Evaluation.decided_level, Evaluation.proposed_level, Evaluation.self_level)
    rows = db.session.execute(select(*columns).where(Evaluation.year == year))
    return {member_id: decided or proposed or own for member_id, decided, proposed, own in rows}


def _fees(rows: Rows, dice: random.Random, branch: Branch, person: Person, year: int, amount: int, today: date) -> None:
    exempt = dice.random() < 0.04
    over = year < today.year
    for quarter in QUARTERS:
        day = date(year, _LAST_MONTH[quarter], dice.randint(5, 25))
        chance = 1.0 if over else 0.93 if quarter < quarter_of(today) else 0.35
        if person.since > day or (not over and quarter > quarter_of(today)) or dice.random() > chance:
            continue
        state = FeeState.EXEMPT if exempt else FeeState.PAID
        by = {"noted_by": branch.people[0].account_id, "noted_at": noted_at(day, today)}
        facts = {"state": state, "amount": 0 if exempt else amount, **by}
        rows.add(Fee, member_id=person.id, unit_id=branch.id, year=year, quarter=quarter, **facts)


def _result(
    rows: Rows, dice: random.Random, branch: Branch, person: Person, year: int, today: date, levels: Mapping[int, str]
) -> None:  # fmt: skip
    if person.since.year > year:
        return
    result = dice.choice(_BY_LEVEL.get(levels.get(person.id, ""), _UNRATED))
    note = dice.choice(_NOTES) if result is _R.EXCELLENT else ""
    facts = {"result": result, "note": note, "noted_by": branch.people[0].account_id, "noted_at": noted_at(date(year, 12, 8), today)}
    rows.add(Training, member_id=person.id, unit_id=branch.id, year=year, **facts)


def noted_at(day: date, today: date) -> datetime:
    """The morning of that day, or of yesterday when the day is still to come."""
    return datetime.combine(min(day, today - timedelta(days=1)), time(9, 30), VIETNAM)
