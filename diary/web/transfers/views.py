"""Sending a member to another unit, what waits to be answered, the answer, and moving many at once."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import NotAllowed
from ...domain.permissions import Action
from ...domain.transfers import TransferState
from ...queries import members
from ...queries import transfers as queries
from ...queries.handovers import posts_to_hand_over
from ...services import clock, transfers
from ..attempts import HAPPENED, attempt
from ..ids import new_id, row_number
from ..members.forms import unit_options
from ..paging import page_number
from ..session import current_actor, open_page
from .forms import AskForm, DeclineForm, ManyForm

bp = Blueprint("transfers", __name__)


@bp.get("/chuyen-sinh-hoat")
def index() -> Any:
    open_page(Action.MEMBER_READ)
    sort = next((one for one in queries.Sort if one.value == request.args.get("xem")), queries.Sort.COMING)
    listed = queries.transfer_list(current_actor(), sort, page_number())
    return render_template("transfers/index.html", listed=listed, sort=sort, sorts=queries.Sort)


@bp.get("/chuyen-sinh-hoat/<uuid:transfer_id>")
def show(transfer_id: UUID) -> Any:
    return _page(transfer_id, DeclineForm(), 200)


@bp.route("/doan-vien/<int:member_id>/chuyen", methods=["GET", "POST"])
def ask(member_id: int) -> Any:
    actor, today, words = current_actor(), clock.today(), request.args.get("q", "")[:100]
    member = members.load_member(actor, member_id, clock.now())
    if not member.may_edit:
        raise NotAllowed()
    form, status, came = AskForm(), 200, list[TransferState]()
    units = queries.destinations(member.place.unit_id, words)
    form.offer(units)
    if form.validate_on_submit():
        facts = (form.chosen_id(), member_id, form.unit_id.data, form.comment.data, today)
        status = attempt(form, lambda: came.append(transfers.ask_transfer(actor, *facts)))
        if status == HAPPENED:
            return _asked(form.chosen_id(), came[0])
    form.id.data = form.id.data or str(new_id())
    figures = queries.branch_figures(member_id, member.place.unit_id, today)
    found = {"units": units, "words": words, "most": queries.MOST_UNITS if words.strip() else queries.NEAREST}
    posts = posts_to_hand_over(actor, member_id, today)
    return render_template("transfers/ask.html", form=form, member=member, figures=figures, year=today.year, posts=posts, **found), status


@bp.post("/chuyen-sinh-hoat/<uuid:transfer_id>/tiep-nhan")
def accept(transfer_id: UUID) -> Any:
    transfers.accept_transfer(current_actor(), transfer_id, clock.today())
    flash("Đã tiếp nhận. Người này sinh hoạt ở nơi mới từ hôm nay.", "success")
    return redirect(url_for(".show", transfer_id=transfer_id), 303)


@bp.post("/chuyen-sinh-hoat/<uuid:transfer_id>/khong-nhan")
def decline(transfer_id: UUID) -> Any:
    form, status = DeclineForm(), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: transfers.decline_transfer(current_actor(), transfer_id, form.answer.data))
        if status == HAPPENED:
            flash("Đã trả lời nơi gửi.", "success")
            return redirect(url_for(".show", transfer_id=transfer_id), 303)
    return _page(transfer_id, form, status)


@bp.post("/chuyen-sinh-hoat/<uuid:transfer_id>/rut-lai")
def withdraw(transfer_id: UUID) -> Any:
    transfers.withdraw_transfer(current_actor(), transfer_id)
    flash("Đã rút lại. Người này vẫn sinh hoạt ở chỗ cũ.", "success")
    return redirect(url_for(".show", transfer_id=transfer_id), 303)


@bp.route("/doan-vien/chuyen-nhieu", methods=["GET", "POST"])
def many() -> Any:
    open_page(Action.MEMBER_EDIT)
    actor, form, status, moved = current_actor(), ManyForm(), 200, list[int]()
    ids = request.values.getlist("nguoi", type=row_number)[: transfers.MOST_AT_ONCE + 1]
    form.unit_id.choices = unit_options(members.unit_choices(actor, Action.MEMBER_EDIT))
    people = queries.people_named(actor, ids)
    if form.validate_on_submit():
        status = attempt(form, lambda: moved.append(transfers.move_members(actor, ids, form.unit_id.data, clock.today())))
        if status == HAPPENED:
            flash(f"Đã chuyển {moved[0]} người.", "success")
            return redirect(url_for("members.index", **{"don-vi": form.unit_id.data}), 303)
    return render_template("transfers/many.html", form=form, people=people), status


def _asked(transfer_id: UUID, state: TransferState) -> Any:
    done = state is TransferState.DONE
    flash("Đã chuyển sinh hoạt từ hôm nay." if done else "Đã gửi. Nơi nhận sẽ thấy và trả lời; bạn rút lại được khi còn chờ.", "success")
    return redirect(url_for(".show", transfer_id=transfer_id), 303)


def _page(transfer_id: UUID, form: DeclineForm, status: int) -> Any:
    transfer = queries.load_transfer(current_actor(), transfer_id, clock.today())
    return render_template("transfers/show.html", transfer=transfer, form=form), status
