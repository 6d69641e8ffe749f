"""What branches below let wait: figures for the committee that answers for them."""

from math import ceil
from typing import Any

from flask import Blueprint, render_template

from ...domain.errors import NotAllowed
from ...queries import reviews as queries
from ...services import clock
from ..paging import page_number
from ..session import current_actor

bp = Blueprint("backlog", __name__)


@bp.get("/duyet/ton-dong")
def index() -> Any:
    actor, page = current_actor(), page_number()
    if not queries.looks_down(actor):
        raise NotAllowed("Trang này dành cho Đoàn cơ sở và Đoàn Khối.")
    found = queries.backlog(actor, clock.now(), page)
    last = max(1, ceil(found.branches / queries.BRANCHES_A_PAGE))
    return render_template("reviews/backlog.html", found=found, page=page, last=last, page_url="/duyet/ton-dong?trang={}".format)
