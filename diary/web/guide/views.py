"""The guide by role; the sections of the person's own roles stand open."""

from typing import Any

from flask import Blueprint, render_template

from ...domain.actors import Role, roles_anywhere
from ..session import current_actor

bp = Blueprint("guide", __name__)


@bp.get("/huong-dan")
def index() -> Any:
    actor = current_actor()
    mine = {role for appointment in actor.appointments for role in roles_anywhere(appointment)}
    if actor.member_id is not None:
        mine.add(Role.OWNER)
    return render_template("guide/index.html", mine={role.value for role in mine})
