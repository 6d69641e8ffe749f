"""Looking back at a year of one's own: the months with what was done, and the entry chosen as the best of each."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from ...domain.dates import FIRST_YEAR, LAST_YEAR
from ...domain.errors import NotFound
from ...queries import looking_back as queries
from ...services import clock, month_choices
from ..entries.views import keeper
from ..flashes import say

bp = Blueprint("looking_back", __name__)


@bp.get("/nhat-ky/nhin-lai")
def index() -> Any:
    wanted = request.args.get("nam", 0, type=int)
    back = queries.look_back(keeper(), wanted if FIRST_YEAR <= wanted <= LAST_YEAR else None, clock.today())
    return render_template("looking_back/year.html", back=back, today=clock.today())


@bp.post("/nhat-ky/nhin-lai")
def choose() -> Any:
    actor, chosen, away = keeper(), request.form.get("bai", ""), request.form.get("bo", "")
    if not chosen and not away:
        return redirect(url_for(".index"), 303)
    if chosen:
        year, month = month_choices.choose_best(actor, _entry_id(chosen))
        say(f"Đã chọn bài hay nhất của tháng {month}.")
    else:
        year, month = month_choices.take_back_best(actor, _entry_id(away))
        say(f"Đã bỏ chọn bài của tháng {month}.")
    return redirect(url_for(".index", nam=year, _anchor=f"thang-{month}"), 303)


def _entry_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None
