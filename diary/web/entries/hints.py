"""Hints on an entry: asked for while its text is typed, and the page on which it stands beside the earlier one it is like."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from ...domain.dates import DayError, parse_day
from ...domain.entries import LIMITS
from ...domain.hints import already_there
from ...domain.hints.marks import told
from ...domain.hints.same import same_parts
from ...domain.readings import Way
from ...domain.vietnamese import clean_text
from ...queries import hints as queries
from ...queries.entries import EntryPage
from ...queries.hints import Found
from ...services import clock, readings
from ..floods import Gate
from ..session import current_actor

bp = Blueprint("hints", __name__, url_prefix="/nhat-ky")
SHOWN = 2  # hints at once, the most useful first
GATE = Gate(burst=30, every=0.5)  # a page asks once after a pause in typing, and not while nothing changed
NOTHING: dict[str, Any] = {"there": "", "hints": []}


@bp.post("/goi-y")
def ask() -> Any:
    """What the member's own text would get if it were sent now; nothing is kept of it."""
    actor = current_actor()
    if actor.member_id is None or actor.place is None:
        return NOTHING, 403
    if not GATE.lets_in(actor.account_id, clock.now()):
        return NOTHING, 429
    text = told(*(clean_text(request.form.get(name, "")[: LIMITS[name]]) for name in ("did", "people", "result", "result_unit")))
    if not text:
        return NOTHING
    found = queries.found(actor.member_id, actor.place.unit_id, text, clock.today(), _id(), day=_day())
    return {"there": already_there(text), "hints": [_shown(hint, found) for hint in found.hints[:SHOWN]]}


@bp.get("/<uuid:entry_id>/giong")
def alike(entry_id: UUID) -> Any:
    """Two texts side by side, for whoever may read both."""
    entry, earlier = queries.load_alike(current_actor(), entry_id, clock.now())
    both = [one for one in (entry, earlier) if one is not None]
    read = [one.id for one in both if not one.own]
    if read:
        readings.note_readings(current_actor(), read, Way.PAGE)
    mine, theirs = _told(entry), _told(earlier) if earlier else ""
    pairs = list(zip(both, (same_parts(mine, theirs), same_parts(theirs, mine)), strict=False))
    return render_template("entries/alike.html", entry=entry, earlier=earlier, pairs=pairs)


def _told(entry: EntryPage) -> str:
    return told(entry.did, entry.people, entry.result, entry.result_unit)


def _shown(hint: Any, found: Found) -> dict[str, str]:
    """A hint for the page; one that names an earlier entry of the same author leads there."""
    leads = hint.kind.value == "copied" and found.alike_own and found.alike_id is not None
    link = {"link": url_for("entries.show", entry_id=found.alike_id)} if leads else {}
    return {"kind": hint.kind.value, "words": hint.words, **link}


def _id() -> UUID | None:
    try:
        return UUID(request.form.get("id", ""))
    except ValueError:
        return None


def _day() -> date | None:
    try:
        return parse_day(request.form.get("happened_on", "")[:20])
    except DayError:
        return None
