"""What the program told the person."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from ...queries import notices as queries
from ...services import notices
from ..paging import page_number
from ..session import current_actor

bp = Blueprint("notices", __name__, url_prefix="/thong-bao")


@bp.get("")
def index() -> Any:
    return render_template("notices/index.html", page=queries.own_notices(current_actor(), page_number()))


@bp.post("/da-doc")
def mark_read() -> Any:
    notices.mark_read(current_actor())
    flash("Đã đánh dấu tất cả là đã đọc.", "success")
    return redirect(url_for(".index"), 303)
