"""Noting figures of members by hand: the whole table of a branch in one act."""

from collections.abc import Mapping

from sqlalchemy import select

from ..domain.actors import Actor
from ..domain.errors import BadInput, Stale
from ..domain.noted_figures import NOTED, NotedFigure
from ..domain.registers import RegisterList
from ..domain.registers.import_plan import RegisterPlan
from ..models.base import db
from ..models.noted_figures import MemberFigure
from ..queries.noted_figures import plan_import, seen_state
from ..queries.registers import everyone_of
from . import audit, clock, registers
from .transaction import happening

Figures = Mapping[int, Mapping[str, NotedFigure | None]]
"""What is to be noted by member and measure; None takes it back."""


@happening
def note_figures(actor: Actor, unit_id: int, year: int, figures: Figures, seen: str) -> int:
    """Note the table of a branch; how many figures changed. What other branches noted of a mover stays theirs.

    `seen` names the state the table was filled in from: Stale where it is another by now. Members of other units are passed over.
    NotFound, NotAllowed where it is not theirs; WrongMoment in a locked year; BadInput for a measure that is not noted by hand.
    """
    registers.require_branch(actor, unit_id, year)
    if seen != seen_state(unit_id, year):
        raise Stale("Bảng này vừa được người khác lưu. Những gì bạn gõ vẫn còn dưới đây; hãy so với số trong sổ rồi lưu lại.")
    mine = {person.id for person in everyone_of(unit_id)}
    kept = _kept(unit_id, year)
    changed: dict[int, list[str]] = {}
    for member_id, row in figures.items():
        for code, figure in row.items():
            if member_id in mine and _put(actor, (member_id, unit_id, year, _known(code)), kept.get((member_id, code)), figure):
                changed.setdefault(member_id, []).append(code)
    for member_id, codes in changed.items():
        audit.record(actor, "figures_note", "member", member_id, unit_id, [year, *codes])
    return sum(map(len, changed.values()))


def _kept(unit_id: int, year: int) -> dict[tuple[int, str], MemberFigure]:
    rows = db.session.execute(select(MemberFigure).where(MemberFigure.unit_id == unit_id, MemberFigure.year == year)).scalars()
    return {(row.member_id, row.measure): row for row in rows}


def _known(code: str) -> str:
    if code not in NOTED:
        raise BadInput(code, "Không có loại số liệu này.")
    return code


def _put(actor: Actor, key: tuple[int, int, int, str], row: MemberFigure | None, figure: NotedFigure | None) -> bool:
    """Bring one figure to what it should say; whether it said something else."""
    if (NotedFigure(row.count, row.of, row.words) if row else None) == figure:
        return False
    if figure is None:
        db.session.delete(row)
    elif row is None:
        member_id, unit_id, year, measure = key
        facts = {"member_id": member_id, "unit_id": unit_id, "year": year, "measure": measure, "noted_by": actor.account_id}
        db.session.add(MemberFigure(**facts, count=figure.count, of=figure.of, words=figure.words, noted_at=clock.now()))
    else:
        row.count, row.of, row.words = figure.count, figure.of, figure.words
        row.noted_by, row.noted_at = actor.account_id, clock.now()
    return True


@happening
def import_figures(actor: Actor, listed: RegisterList, year: int | None) -> RegisterPlan:
    """Bring a list of figures into the books, as `queries.noted_figures.plan_import` says at this moment; the plan it followed.

    The same list again changes nothing.
    """
    plan = plan_import(actor, listed, year)
    for row in plan.taken:
        for code, figure in row.changes.items():
            assert isinstance(figure, NotedFigure)
            key = (row.member.id, row.unit.id, row.year, code)
            _put(actor, key, db.session.get(MemberFigure, key), figure)
    if plan.changes_something:
        registers.record_import(actor, "figures", plan)
    return plan
