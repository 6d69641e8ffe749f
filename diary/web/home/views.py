"""The first page of the day."""

from typing import Any

from flask import Blueprint, render_template

bp = Blueprint("home", __name__)


@bp.get("/")
def today() -> Any:
    return render_template("home/today.html")
