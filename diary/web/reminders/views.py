"""How one wants to be reminded: ways, hour, quiet hours; the devices that take pushes and the calendar stand on the same page."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from ...domain.reminders import next_turn
from ...queries import reminders as queries
from ...queries.branches import LOOK_AFTER
from ...services import clock, reminders
from ..attempts import HAPPENED, attempt
from ..flashes import say
from ..session import current_actor, may_open
from .calendar import about_calendar
from .devices import about_devices
from .forms import ReminderForm

bp = Blueprint("reminders", __name__, url_prefix="/ca-nhan/nhac-viec")


@bp.route("", methods=["GET", "POST"])
def own() -> Any:
    actor, form, status = current_actor(), ReminderForm(), 200
    kept = queries.own_choice(actor)
    if request.method == "GET":
        form.show(kept.choice, kept.version)
    elif form.validate():
        status = attempt(form, lambda: reminders.choose(actor, form.to_choice(), form.version.data or 0))
        if status == HAPPENED:
            say("Đã lưu cách nhắc việc.")
            return redirect(url_for(".own"), 303)
        form.version.data = queries.own_choice(actor).version  # the next press means what is seen now
    turn = next_turn(kept.choice, clock.now())
    sends_mail = current_app.config["DIARY_MAIL"] is not None
    facts = {"form": form, "kept": kept, "turn": turn, "sends_mail": sends_mail, "officer": may_open(LOOK_AFTER)}
    return render_template("reminders/own.html", **facts, **about_devices(), **about_calendar()), status
