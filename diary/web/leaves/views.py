"""Days of leave: one's own beside the diary, a member's for the officers of the branch; changing, taking back, putting back."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from ...domain.errors import BadInput, NotAllowed
from ...queries import leaves as queries
from ...queries.leaves import LeavesPage
from ...services import clock, leaves
from ..attempts import HAPPENED, attempt
from ..flashes import say
from ..ids import row_number
from ..session import current_actor
from .forms import LeaveForm

bp = Blueprint("leaves", __name__)


@bp.route("/nhat-ky/nghi", methods=["GET", "POST"])
def own() -> Any:
    actor = current_actor()
    if actor.member_id is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    return _index(actor.member_id)


@bp.route("/doan-vien/<int:member_id>/nghi", methods=["GET", "POST"])
def of_member(member_id: int) -> Any:
    return _index(member_id)


@bp.route("/nhat-ky/nghi/<int:leave_id>", methods=["GET", "POST"])
def change(leave_id: int) -> Any:
    page, row = queries.load_leave(current_actor(), leave_id)
    form, status = LeaveForm(), 200
    form.offer()
    if request.method == "GET":
        form.show(row.draft, row.version)
    elif form.validate():
        facts = (leave_id, form.version.data or 0, form.to_draft(), clock.today())
        status = attempt(form, lambda: leaves.change_leave(current_actor(), *facts))
        if status == HAPPENED:
            say("Đã lưu ngày nghỉ.")
            return redirect(_home(page.member_id), 303)
        form.version.data = row.version  # the next press means what is seen now
    return render_template("leaves/change.html", form=form, page=page, row=row, home=_home(page.member_id)), status


@bp.post("/nhat-ky/nghi/<int:leave_id>/rut-lai")
def take_back(leave_id: int) -> Any:
    member_id = leaves.take_back(current_actor(), leave_id)
    return redirect(_home(member_id, xong=leave_id), 303)


@bp.post("/nhat-ky/nghi/<int:leave_id>/hoan-tac")
def put_back(leave_id: int) -> Any:
    try:
        member_id = leaves.put_back(current_actor(), leave_id)
        say("Đã ghi lại đợt nghỉ.")
    except BadInput as refusal:
        member_id = queries.whose(current_actor(), leave_id)
        say(str(refusal), "hint")
    return redirect(_home(member_id), 303)


def _index(member_id: int) -> Any:
    page, form, status = _load(member_id), LeaveForm(), 200
    form.offer()
    if form.validate_on_submit():
        draft = form.to_draft()
        status = attempt(form, lambda: leaves.note_leave(current_actor(), member_id, draft, clock.today()))
        if status == HAPPENED:
            say("Đã ghi ngày nghỉ.")
            return redirect(_home(member_id), 303)
    return render_template("leaves/index.html", form=form, page=page), status


def _load(member_id: int) -> LeavesPage:
    return queries.leaves_page(current_actor(), member_id, request.args.get("xong", type=row_number))


def _home(member_id: int, **asked: Any) -> str:
    if member_id == current_actor().member_id:
        return url_for(".own", **asked)
    return url_for(".of_member", member_id=member_id, **asked)
