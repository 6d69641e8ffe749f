"""Where a reader of a unit's figures finds what they count: only pages this reader may open."""

from ...domain.actors import Actor
from ...domain.permissions import Action, Subject, may, may_somewhere
from ..evaluations.branches import Branch


def links(actor: Actor, unit: Branch, is_base: bool) -> dict[str, str]:
    """Addresses by code of measure."""
    found = {}
    of_year = f"don-vi={unit.id}&nam={unit.year}"
    if may(actor, Action.REGISTER_READ, Subject(unit.place)):
        found["fees"] = f"/doan-phi?{of_year}"
    if may(actor, Action.MEMBER_READ, Subject(unit.place)):
        found["registered"] = found["rhythm"] = f"/doan-vien?don-vi={unit.id}"
    rated = _rated(actor, unit, is_base, of_year)
    if rated:
        found["rated_well"] = found["rated_low"] = rated
    if _above(actor):
        found["branches_strong"] = f"/xet-duyet/to-chuc?nam={unit.year}&co-so={unit.id}"
    return found


def _rated(actor: Actor, unit: Branch, is_base: bool, of_year: str) -> str:
    if not is_base and may(actor, Action.EVALUATION_PROPOSE, Subject(unit.place)):
        return f"/xep-loai?{of_year}"
    if any(may(actor, action, Subject(unit.place)) for action in (Action.EVALUATION_PASS_ON, Action.EVALUATION_DECIDE)):
        return f"/xet-duyet?nam={unit.year}" if is_base else f"/xet-duyet/{unit.id}?nam={unit.year}"
    return f"/xet-duyet?nam={unit.year}" if is_base and _above(actor) else ""


def _above(actor: Actor) -> bool:
    return may_somewhere(actor, Action.EVALUATION_PASS_ON) or may_somewhere(actor, Action.EVALUATION_DECIDE)
