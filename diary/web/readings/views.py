"""Who read my diary: shown to its owner alone."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from ...domain.errors import NotAllowed
from ...domain.readings import WAY_LABELS
from ...queries import readings as queries
from ..session import current_actor

bp = Blueprint("readings", __name__)


@bp.get("/ca-nhan/ai-da-doc")
def index() -> Any:
    actor = current_actor()
    if actor.member_id is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    page = queries.own_readings(actor, request.args.get("truoc", type=UUID))
    return render_template("readings/index.html", page=page, ways=WAY_LABELS, later="truoc" in request.args)
