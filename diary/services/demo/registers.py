"""The registers of the demo: Đoàn phí by quarter, results of the Chương trình rèn luyện. Their dice are their own."""

import random
from datetime import date, datetime, time

from ...domain.fees import QUARTERS, FeeState, quarter_of
from ...domain.training import TrainingResult
from ...models.fees import Fee
from ...models.training import Training
from ..clock import VIETNAM
from .people import Bloc, Branch, Person
from .rows import Rows

AMOUNTS = (6_000, 15_000, 15_000, 30_000)  # what branches ask for a quarter
_LAST_MONTH = {1: 3, 2: 6, 3: 9, 4: 12}
_NOTES = ("", "", "", "", "Đạt giải hội thi cấp cơ sở.", "Có sáng kiến được công nhận.")


def note_registers(rows: Rows, bloc: Bloc, year: int, today: date, seed: int) -> None:
    """Fill in the fees and results of a year up to `today`: most paid, a few exempt, some still open; results of years that are over."""
    dice = random.Random(f"{seed} {year}")
    for branch in bloc.branches:
        amount = dice.choice(AMOUNTS)
        for person in branch.people:
            _fees(rows, dice, branch, person, year, amount, today)
            if year < today.year or (branch is bloc.home and dice.random() < 0.5):
                _result(rows, dice, branch, person, year, today)


def _fees(rows: Rows, dice: random.Random, branch: Branch, person: Person, year: int, amount: int, today: date) -> None:
    exempt = dice.random() < 0.04
    over = year < today.year
    for quarter in QUARTERS:
        day = date(year, _LAST_MONTH[quarter], dice.randint(5, 25))
        chance = 1.0 if over else 0.93 if quarter < quarter_of(today) else 0.35
        if person.since > day or (not over and quarter > quarter_of(today)) or dice.random() > chance:
            continue
        state = FeeState.EXEMPT if exempt else FeeState.PAID
        facts = {
            "state": state,
            "amount": 0 if exempt else amount,
            "noted_by": branch.people[0].account_id,
            "noted_at": _at(min(day, today)),
        }
        rows.add(Fee, member_id=person.id, unit_id=branch.id, year=year, quarter=quarter, **facts)


def _result(rows: Rows, dice: random.Random, branch: Branch, person: Person, year: int, today: date) -> None:
    if person.since.year > year:
        return
    chance = dice.random()
    result = (
        TrainingResult.EXCELLENT if chance < 0.15 + person.zeal / 4
        else TrainingResult.GOOD if chance < 0.8
        else TrainingResult.COMPLETED if chance < 0.98
        else TrainingResult.NOT_COMPLETED
    )  # fmt: skip
    note = dice.choice(_NOTES) if result is TrainingResult.EXCELLENT else ""
    facts = {"result": result, "note": note, "noted_by": branch.people[0].account_id, "noted_at": _at(min(date(year, 12, 8), today))}
    rows.add(Training, member_id=person.id, unit_id=branch.id, year=year, **facts)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), VIETNAM)
