"""The part of the page "Nhắc việc" about browsers that take pushes."""

import logging
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, redirect, request, url_for
from flask_login import current_user

from ...domain.errors import BadInput
from ...domain.pushes import Address, device_name
from ...files.push_keys import push_keys
from ...queries.pushes import own_devices
from ...services import accounts, pushes
from ..flashes import say
from ..session import caller, current_actor

bp = Blueprint("devices", __name__, url_prefix="/ca-nhan/nhac-viec/may")
log = logging.getLogger("diary.pushes")


def about_devices() -> dict[str, Any]:
    """What the page shows of them: the key a browser asks for pushes with ("" where none are sent), and the person's browsers."""
    return {"push_key": _public_key(), "devices": own_devices(current_actor())}


def _public_key() -> str:
    config = current_app.config
    if not config["DIARY_PUSH_CONTACT"]:
        return ""
    try:
        return push_keys(Path(config["DIARY_INSTANCE"]), config["DIARY_PUSH_KEY"]).public
    except OSError as error:
        log.warning("no key for pushes: %s", error.strerror)
        return ""


@bp.post("")
def add() -> Any:
    address = Address(*(request.form.get(name, "") for name in ("endpoint", "p256dh", "auth")))
    try:
        pushes.subscribe(current_actor(), address, device_name(caller().browser), accounts.hash_token(current_user.token))
    except BadInput as error:
        say(str(error), "error")
    else:
        say("Máy này sẽ nhận nhắc việc, cả khi không mở sổ.")
    return redirect(url_for("reminders.own", _anchor="may-nhan"), 303)


@bp.post("/<uuid:device_id>/tat")
def remove(device_id: UUID) -> Any:
    pushes.unsubscribe(current_actor(), device_id)
    say("Đã tắt. Máy đó không nhận nhắc việc nữa.")
    return redirect(url_for("reminders.own", _anchor="may-nhan"), 303)
