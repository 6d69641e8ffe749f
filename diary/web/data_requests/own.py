"""What a person may do about their own data: take it along, ask for a correction, ask for erasure, take a request back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for

from ...domain.data_requests import RequestKind
from ...domain.errors import NotAllowed
from ...domain.own_data import ARCHIVE_NAME
from ...jobs.own_data import archive
from ...queries import accounts, data_requests
from ...services import clock
from ...services import data_requests as services
from ..attempts import HAPPENED, attempt
from ..documents.downloads import storage
from ..ids import form_id, new_id
from ..session import current_actor
from .forms import CorrectionForm

bp = Blueprint("own_data", __name__, url_prefix="/ca-nhan")


@bp.post("/tai-du-lieu")
def download() -> Response:
    packed = archive(current_actor(), clock.today(), storage())
    size = packed.seek(0, 2)
    packed.seek(0)
    response = send_file(packed, mimetype="application/zip", as_attachment=True, download_name=ARCHIVE_NAME)  # closed with the answer
    response.content_length = size
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/de-nghi-sua", methods=["GET", "POST"])
def ask_correction() -> Any:
    actor, form, status = current_actor(), CorrectionForm(), 200
    if actor.member_id is None:
        raise NotAllowed(services.NO_MEMBER)
    if form.validate_on_submit():
        wanted = form_id(form.id.data)
        status = attempt(form, lambda: services.ask_correction(actor, wanted, form.words.data))
        if status == HAPPENED:
            return _back("Đã gửi đề nghị. Người trả lời sẽ báo bạn ở trang Thông báo.")
    form.id.data = form.id.data or str(new_id())
    waits = data_requests.own_requests(actor, clock.today()).waits(RequestKind.CORRECTION)
    return render_template("data_requests/correct.html", form=form, person=accounts.own_profile(actor), waits=waits), status


@bp.post("/xoa-du-lieu")
def ask_erasure() -> Any:
    services.ask_erasure(current_actor(), form_id(request.form.get("id")))
    return _back("Đã gửi đề nghị xóa dữ liệu. Bạn còn rút lại được cho đến khi Đoàn Khối xóa.")


@bp.post("/de-nghi/<uuid:request_id>/rut-lai")
def withdraw(request_id: UUID) -> Any:
    services.withdraw_request(current_actor(), request_id)
    return _back("Đã rút lại đề nghị.")


def _back(words: str) -> Any:
    flash(words, "success")
    return redirect(url_for("accounts.profile", _anchor="du-lieu"), 303)
