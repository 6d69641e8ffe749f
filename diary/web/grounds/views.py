"""What stands behind the figures of a member's year, for the member and the officers of the branch."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from ...domain.readings import Way
from ...queries import grounds as queries
from ...queries import years
from ...queries.grounds import View
from ...services import clock, readings
from ..paging import chosen_year, page_number
from ..session import current_actor

bp = Blueprint("grounds", __name__, url_prefix="/xep-loai/can-cu")
_OF_ENTRIES = frozenset({View.APPROVED, View.LATE, View.RETURNED})


@bp.get("/<int:member_id>")
def show(member_id: int) -> Any:
    actor, year, month = current_actor(), chosen_year(), request.args.get("thang", 0, type=int)
    view = next((one for one in View if one == request.args.get("xem")), View.APPROVED)
    found = queries.load_grounds(actor, member_id, year, clock.today(), view, month if 1 <= month <= 12 else 0, page_number())
    if view in _OF_ENTRIES and actor.member_id != member_id:
        readings.note_readings(actor, [row.id for row in found.rows], Way.GROUNDS)
    return render_template(
        "grounds/show.html",
        found=found,
        years=years.years(),
        labels=queries.VIEW_LABELS,
        own=actor.member_id == member_id,
        page_url=lambda wanted: url_for(".show", member_id=member_id, nam=year, xem=view.value, thang=found.month or None, trang=wanted),
        link=lambda **asked: url_for(".show", member_id=member_id, **{"nam": year, "xem": view.value, **asked}),
    )
