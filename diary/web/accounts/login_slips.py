"""Printing slips with one-time codes for those of a unit who have not activated their account yet."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request

from ...documents import login_slips as paper
from ...domain.errors import BadInput
from ...domain.login_slips import LoginSlip, LoginSlips
from ...queries import login_slips as queries
from ...services import codes
from ..ids import row_number
from ..session import current_actor

bp = Blueprint("login_slips", __name__)


@bp.post("/doan-vien/phieu-ma")
def print_slips() -> Any:
    unit_id = request.form.get("don-vi", type=row_number)
    if unit_id is None:
        raise BadInput("don-vi", "Hãy chọn nơi cần in phiếu.")
    actor = current_actor()
    waiting = queries.not_activated(actor, unit_id)
    issued = codes.issue_first_codes(actor, waiting.member_ids, current_app.config["SECRET_KEY"])
    if not issued:
        flash(f"{waiting.unit}: không còn ai chờ kích hoạt mà bạn được cấp mã, nên không có phiếu nào để in.", "warning")
        return redirect("/doan-vien", 303)
    return _pdf(paper.render(LoginSlips(waiting.unit, _site(), _slips(issued))))


def _slips(issued: Sequence[codes.IssuedCode]) -> tuple[LoginSlip, ...]:
    return tuple(
        LoginSlip(one.name, ", ".join(filter(None, (one.unit.branch, one.unit.base))), one.username, one.code, one.good_until)
        for one in issued
    )


def _site() -> str:
    return current_app.config["DIARY_PUBLIC_URL"] or request.host_url.rstrip("/")


def _pdf(content: bytes) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="phieu-ma-dang-nhap.pdf"'
    response.headers["Cache-Control"] = "no-store"  # the codes stand in it in clear
    return response
