"""Secret ballots: the hall opens and closes them, and each phone votes. What a phone sent is stored by nobody but the count."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup

from ...documents.qr_svg import qr_svg
from ...domain.errors import BadInput, NotFound, WrongMoment
from ...domain.evaluations import Attendance
from ...domain.permissions import Action
from ...queries import ballots as queries
from ...queries import meetings
from ...services import ballots as services
from ...services import clock
from ..paging import chosen_year
from ..session import current_actor, open_page
from ..year_ends import branch_url, chosen_unit
from .forms import as_uuid

bp = Blueprint("ballots", __name__)


# The hall


@bp.post("/xep-loai/hop/<uuid:meeting_id>/phieu-kin")
def control(meeting_id: UUID) -> Any:
    """Open or close the ballot on one person or on all, or change the manner of voting."""
    meeting = _meeting(meeting_id)
    act, one = request.form.get("act", ""), as_uuid(request.form.get("nguoi", ""))
    try:
        _control(meeting, act, one)
    except (BadInput, WrongMoment) as error:
        flash(str(error), "warning")
    where = {"nguoi": one} if one else {}
    return redirect(branch_url("hall.show", meeting.branch.id, meeting.branch.year, **where), 303)


def _control(meeting: meetings.Meeting, act: str, one: UUID | None) -> None:
    actor, meeting_id = current_actor(), meeting.facts.id
    everyone = [key for attendee in meeting.attendees if (key := attendee.person.evaluation_id)]
    if act == "open" and one:
        services.open_ballots(actor, meeting_id, [one])
    elif act == "open-all":
        services.open_ballots(actor, meeting_id, meeting.to_vote_on())
    elif act == "close" and one:
        services.close_ballots(actor, meeting_id, [one])
    elif act == "close-all":
        services.close_ballots(actor, meeting_id, everyone)
    elif act in {"secret", "hands"}:
        services.set_manner(actor, meeting_id, secret=act == "secret")
    else:
        raise BadInput("act", "Hãy bấm một nút trên trang.")


@bp.get("/xep-loai/hop/<uuid:meeting_id>/tinh-hinh")
def standing(meeting_id: UUID) -> Any:
    """What the screen of the hall asks every few seconds: who came, how many voted."""
    meeting = _meeting(meeting_id)
    turnout = {str(key): [one.voted, one.voters] for key, one in queries.turnout(meeting_id).items() if one.open}
    return jsonify(present=meeting.present, marked=len(meeting.attendees) - meeting.unmarked, open=turnout)


@bp.get("/xep-loai/hop/ma-qr")
def poster() -> Any:
    """The QR by which phones come into the hall, full screen."""
    unit_id = chosen_unit(open_page(Action.EVALUATION_PROPOSE)).unit_id
    hall = meetings.going_on(current_actor(), unit_id, clock.today())
    if hall is None:
        flash("Chi đoàn chưa mở họp nên chưa có mã.", "warning")
        return redirect(branch_url("hall.show", unit_id, chosen_year()), 303)
    address = entrance(hall.facts.id)
    picture = Markup(qr_svg(address, "Mã QR để vào họp bằng điện thoại", 420))  # noqa: S704 - drawn by us, no text in it
    return render_template("ratings/poster.html", meeting=hall, branch=hall.branch, address=address, picture=picture)


def entrance(meeting_id: UUID) -> str:
    """The address in the hall's QR."""
    code = services.hall_code(meeting_id, current_app.config["SECRET_KEY"])
    site = current_app.config["DIARY_PUBLIC_URL"] or request.host_url.rstrip("/")
    return f"{site}{url_for('ballots.come_in', meeting_id=meeting_id, hall_code=code)}"


def _meeting(meeting_id: UUID) -> meetings.Meeting:
    branch = meetings.load_meeting_branch(current_actor(), meeting_id)
    found = meetings.meeting_of(branch, clock.today())
    if found is None:
        raise NotFound()
    return found


# The phone


@bp.route("/xep-loai/hop/<uuid:meeting_id>/co-mat/<hall_code>", methods=["GET", "POST"])
def come_in(meeting_id: UUID, hall_code: str) -> Any:
    if not services.is_hall_code(meeting_id, hall_code, current_app.config["SECRET_KEY"]):
        raise NotFound()
    hall = queries.own_hall(current_actor())
    if hall is None or hall.meeting_id != meeting_id:
        raise NotFound("Cuộc họp này đã kết thúc, hoặc không phải của chi đoàn bạn.")
    if request.method == "POST":
        services.come_in(current_actor(), meeting_id)
        flash("Đã ghi bạn có mặt.", "success")
        return redirect(url_for(".papers"), 303)
    if hall.present:
        return redirect(url_for(".papers"), 303)
    return render_template("ratings/come_in.html", hall=hall, label=Attendance.PRESENT)


@bp.route("/bo-phieu", methods=["GET", "POST"])
def papers() -> Any:
    hall = queries.own_hall(current_actor())
    if request.method == "POST":
        return _cast(hall)
    return render_template("ratings/papers.html", hall=hall)


def _cast(hall: queries.OwnHall | None) -> Any:
    """Give each vote chosen on the page, one after the other; what is not open any more is said, and the others count."""
    given, refused = 0, []
    for field, level in request.form.items():
        evaluation_id = as_uuid(field.removeprefix("level-")) if field.startswith("level-") else None
        if evaluation_id is None:
            continue
        try:
            services.vote(current_actor(), evaluation_id, level)
            given += 1
        except (BadInput, WrongMoment) as error:
            refused.append(str(error))
    if given:
        flash(f"Đã bỏ {given} phiếu. Phiếu kín: chương trình chỉ cộng số phiếu, không ghi ai chọn gì.", "success")
    for words in dict.fromkeys(refused):
        flash(words, "warning")
    if not given and not refused and hall and hall.papers:
        flash("Hãy chọn mức cho ít nhất một người rồi bấm Bỏ phiếu.", "warning")
    return redirect(url_for(".papers"), 303)


@bp.get("/bo-phieu/dang-mo")
def waiting() -> Any:
    """What a waiting phone asks every few seconds: how many ballots it has not given yet."""
    hall = queries.own_hall(current_actor())
    return jsonify(waiting=len(hall.papers) if hall else 0, voted=hall.voted if hall else 0, going_on=hall is not None)
