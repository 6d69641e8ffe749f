"""Handing a post over, and the page on which a new officer finds what waits."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import NotAllowed, NotFound
from ...queries import handovers as queries
from ...queries import units as unit_queries
from ...services import clock, units
from ..attempts import HAPPENED, attempt
from ..session import current_actor
from .forms import HandoverForm, NoteForm

bp = Blueprint("handovers", __name__, url_prefix="/to-chuc/<int:unit_id>")


@bp.get("/ban-giao")
def show(unit_id: int) -> Any:
    page = queries.handover_page(current_actor(), unit_id, clock.now())
    return render_template("handovers/show.html", page=page, form=NoteForm(data={"note": page.own_note or ""}))


@bp.post("/ban-giao/loi-nhan")
def leave_note(unit_id: int) -> Any:
    form, status, page = NoteForm(), 200, queries.handover_page(current_actor(), unit_id, clock.now())
    if form.validate_on_submit():
        status = attempt(form, lambda: units.leave_note(current_actor(), unit_id, form.note.data, clock.today()))
        if status == HAPPENED:
            flash("Đã lưu lời nhắn. Người kế nhiệm sẽ đọc được.", "success")
            return redirect(url_for(".show", unit_id=unit_id), 303)
    return render_template("handovers/show.html", page=page, form=form), status


@bp.route("/chuc-vu/<int:appointment_id>/ban-giao", methods=["GET", "POST"])
def hand_over(unit_id: int, appointment_id: int) -> Any:
    actor, today, words = current_actor(), clock.today(), request.args.get("q", "")[:100]
    unit = unit_queries.load_unit(actor, unit_id, today)
    if not unit.may_edit:
        raise NotAllowed()
    officer = next((one for one in unit.officers if one.appointment_id == appointment_id), None)
    if officer is None and request.method == "GET":
        raise NotFound("Chức vụ này không còn ai giữ. Hãy tải lại trang tổ chức.")
    people, form, status = unit_queries.people_for_post(unit.place, words), HandoverForm(), 200
    form.offer((one for one in people if officer is None or one.account_id != officer.account_id), unit.node.name)
    if form.validate_on_submit():
        taken = form.account_id.data, form.note.data, today
        status = attempt(form, lambda: units.hand_over(actor, appointment_id, *taken))
        if status == HAPPENED:
            flash("Đã bàn giao. Người nhận được báo, kèm trang những việc đang chờ.", "success")
            return redirect(url_for("units.show", unit_id=unit_id), 303)
    most = unit_queries.MOST_PEOPLE
    return render_template("handovers/hand_over.html", form=form, unit=unit, officer=officer, people=people, words=words, most=most), status
