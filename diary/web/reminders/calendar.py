"""The part of the page "Nhắc việc" about calendars, and the calendar itself, read by programs that do not sign in."""

from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for

from ...domain.errors import NotFound
from ...files.calendars import write_calendar
from ...queries import calendar_feeds as queries
from ...services import accounts, calendar_feeds, clock
from ..flashes import say
from ..session import current_actor, public

bp = Blueprint("calendar", __name__)


def about_calendar() -> dict[str, Any]:
    """What the page shows of it."""
    return {"feed": queries.own_feed(current_actor())}


@bp.post("/ca-nhan/nhac-viec/lich")
def change() -> Any:
    actor, act, weekly = current_actor(), request.form.get("act", ""), request.form.get("weekly") == "y"
    if act == "make":
        address = f"{_site()}{url_for('.read', token=calendar_feeds.make(actor, weekly=weekly))}"
        return render_template("reminders/calendar_address.html", address=address, webcal=f"webcal://{address.partition('://')[2]}")
    if act == "off":
        calendar_feeds.switch_off(actor)
        say("Đã tắt địa chỉ lịch. Lịch đã thêm trên máy sẽ không cập nhật nữa; bạn có thể xóa lịch đó đi.")
    elif act == "weekly":
        try:
            calendar_feeds.choose_weekly(actor, weekly=weekly)
            say("Đã lưu. Lịch trên máy đổi theo sau vài giờ.")
        except NotFound as error:
            say(str(error), "error")
    return redirect(url_for("reminders.own", _anchor="lich"), 303)


@bp.get("/lich/<token>.ics")
@public
def read(token: str) -> Response:
    """A person's calendar. What it says changes once a day at most without their doing, so a program that asks often is told so."""
    today = clock.today()
    found = queries.calendar_of(accounts.hash_token(token), today)
    stamp = datetime.combine(today, time.min, UTC)
    response = Response(write_calendar(found.events, found.hours, _site(), stamp), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Disposition"] = 'inline; filename="nhat-ky.ics"'
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # werkzeug names its own base class


def _site() -> str:
    """Scheme and host calendars are read at."""
    return current_app.config["DIARY_PUBLIC_URL"] or request.host_url.rstrip("/")
