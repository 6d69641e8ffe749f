"""What people below an officer ask about their data: the list of what waits, and the answer to one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.permissions import Action
from ...jobs.erasing import erase
from ...queries import data_requests as queries
from ...services import clock
from ...services import data_requests as services
from ..attempts import HAPPENED, attempt
from ..documents.downloads import storage
from ..paging import page_number
from ..session import current_actor, open_page
from .forms import AnswerForm

bp = Blueprint("data_requests", __name__, url_prefix="/doan-vien/de-nghi")
_DONE = {
    ("correction", True): "Đã báo người đề nghị: thông tin đã được sửa.",
    ("correction", False): "Đã báo người đề nghị vì sao không sửa được.",
    ("erasure", True): "Đã xóa dữ liệu của người này. Các con số năm trước giữ nguyên.",
    ("erasure", False): "Đã báo người đề nghị vì sao chưa xóa được.",
}


@bp.get("")
def index() -> Any:
    open_page(Action.MEMBER_EDIT)
    return render_template("data_requests/index.html", page=queries.waiting_page(current_actor(), page_number()), today=clock.today())


@bp.get("/<uuid:request_id>")
def show(request_id: UUID) -> Any:
    return _page(queries.load_request(current_actor(), request_id), AnswerForm())


@bp.post("/<uuid:request_id>")
def answer(request_id: UUID) -> Any:
    asked, form, status = queries.load_request(current_actor(), request_id), AnswerForm(), 200
    done = request.form.get("act") == "done"
    if form.validate_on_submit():
        status = attempt(form, lambda: _answer(asked, form.answer.data, done=done))
        if status == HAPPENED:
            flash(_DONE[asked.kind.value, done], "success")
            where = url_for("members.show", member_id=asked.member_id) if not asked.is_erasure else url_for(".index")
            return redirect(where, 303)
    return _page(asked, form), status


def _answer(asked: queries.WaitingRequest, words: str, *, done: bool) -> None:
    actor = current_actor()
    if not asked.is_erasure:
        services.answer_correction(actor, asked.id, words, done=done)
    elif done:
        erase(actor, asked.id, storage(), clock.now())
    else:
        services.refuse_erasure(actor, asked.id, words)


def _page(asked: queries.WaitingRequest, form: AnswerForm) -> str:
    return render_template("data_requests/show.html", asked=asked, form=form, today=clock.today())
