"""A branch's page: who is missing first, a reminder each or for all at once, a text and a QR for the group."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from markupsafe import Markup

from ...documents.qr_png import qr_png
from ...documents.qr_svg import qr_svg
from ...domain.branches import group_nudge
from ...domain.dates import monday
from ...domain.errors import BadInput, WrongMoment
from ...queries import branches as queries
from ...queries import documents, years
from ...services import branches, clock
from ...services.reminders import Site
from ..flashes import say
from ..paging import page_number
from ..session import current_actor, open_page

bp = Blueprint("branches", __name__, url_prefix="/chi-doan")
_WRITE = "/nhat-ky/moi"  # where the text for the group leads


@bp.get("")
def branch() -> Any:
    return _page()


@bp.post("/nhac")
def nudge() -> Any:
    member_id = request.form.get("member_id", type=int)
    if member_id is None:
        raise BadInput("member_id", "Không rõ cần nhắc ai. Hãy tải lại trang Chi đoàn rồi bấm Nhắc.")
    try:
        name = branches.nudge_member(current_actor(), member_id, clock.today(), _week(), _outside())
    except WrongMoment as refusal:
        return _page(str(refusal)), 409
    say(f"Đã nhắc {name}.")
    return redirect(url_for(".branch", **_kept()), 303)


@bp.post("/nhac-ca")
def nudge_all() -> Any:
    unit_id = request.form.get("don-vi", type=int)
    if unit_id is None:
        raise BadInput("don-vi", "Không rõ chi đoàn nào. Hãy tải lại trang Chi đoàn rồi bấm lại.")
    try:
        how_many = branches.nudge_missing(current_actor(), unit_id, clock.today(), _week(), _outside())
    except WrongMoment as refusal:
        return _page(str(refusal)), 409
    say(f"Đã nhắc {how_many} người còn thiếu.")
    return redirect(url_for(".branch", **_kept()), 303)


@bp.get("/ma-qr.png")
def qr() -> Any:
    """The QR of the page where one writes, as a picture to send to the group."""
    open_page(queries.LOOK_AFTER)
    picture = Response(qr_png(_site() + _WRITE), mimetype="image/png")
    picture.headers["Content-Disposition"] = "attachment; filename=ma-qr-ghi-nhat-ky.png"
    return picture


def _page(refusal: str = "") -> str:
    open_page(queries.LOOK_AFTER)
    actor, today = current_actor(), clock.today()
    mine = queries.my_branches(actor)
    wanted, week = request.values.get("don-vi", mine[0].id, int), _week()
    found = queries.load_branch(actor, wanted, years.current_year(today), today, page_number(), week)
    address = _site() + _WRITE
    return render_template(
        "branches/branch.html",
        branch=found,
        branches=mine,
        today=today,
        me=actor.member_id,
        refusal=refusal,
        running=week is not None,
        this_week=monday(today),
        papers=documents.registrations(actor, [one.id for one in found.people], found.year),
        nudge_text=group_nudge(found.figures, running=week is not None),
        address=address,
        picture=Markup(qr_svg(address, "Mã QR mở trang Ghi nhật ký", 200)),  # noqa: S704 - drawn by us, no text in it
        page_url=lambda number: url_for(".branch", **_kept() | {"trang": number}),
    )


def _week() -> date | None:
    """The week that runs, where the address or the form asks for it; any other means the last one that is over."""
    this_week = monday(clock.today())
    return this_week if request.values.get("tuan") == this_week.isoformat() else None


def _kept() -> dict[str, Any]:
    """The branch, week and page the person is on, where the address or the form says so."""
    kept: dict[str, Any] = {name: request.values.get(name, type=int) for name in ("don-vi", "trang")}
    week = _week()
    return {name: value for name, value in kept.items() if value} | ({"tuan": week.isoformat()} if week else {})


def _site() -> str:
    return str(current_app.config["DIARY_PUBLIC_URL"] or request.host_url.rstrip("/"))


def _outside() -> Site:
    """What a reminder needs to leave the program."""
    return Site(current_app.config["DIARY_PUBLIC_URL"], current_app.config["DIARY_MAIL"] is not None)
