"""A branch as its officers look after it: who is missing first, a reminder each, and a text for the group."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.branches import group_nudge
from ...domain.errors import BadInput, WrongMoment
from ...queries import branches as queries
from ...queries import documents, years
from ...services import branches, clock
from ..paging import page_number
from ..session import current_actor, open_page

bp = Blueprint("branches", __name__, url_prefix="/chi-doan")


@bp.get("")
def branch() -> Any:
    return _page()


@bp.post("/nhac")
def nudge() -> Any:
    member_id = request.form.get("member_id", type=int)
    if member_id is None:
        raise BadInput("member_id", "Không rõ cần nhắc ai. Hãy tải lại trang Chi đoàn rồi bấm Nhắc.")
    try:
        name = branches.nudge_member(current_actor(), member_id, clock.today())
    except WrongMoment as refusal:
        return _page(str(refusal)), 409
    flash(f"Đã nhắc {name}.", "success")
    return redirect(url_for(".branch", **_kept()), 303)


def _page(refusal: str = "") -> str:
    open_page(queries.LOOK_AFTER)
    actor, today = current_actor(), clock.today()
    mine = queries.my_branches(actor)
    wanted = request.values.get("don-vi", mine[0].id, int)
    found = queries.load_branch(actor, wanted, years.current_year(today), today, page_number())
    return render_template(
        "branches/branch.html",
        branch=found,
        branches=mine,
        today=today,
        me=actor.member_id,
        refusal=refusal,
        papers=documents.registrations(actor, [one.id for one in found.people], found.year),
        nudge_text=group_nudge(found.figures),
        page_url=lambda number: url_for(".branch", **_kept() | {"trang": number}),
    )


def _kept() -> dict[str, Any]:
    """The branch and page the person is on, where the address or the form says so."""
    kept = {name: request.values.get(name, type=int) for name in ("don-vi", "trang")}
    return {name: value for name, value in kept.items() if value}
