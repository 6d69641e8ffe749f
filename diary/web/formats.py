"""How days, moments and figures read in templates: the domain's words as Jinja filters."""

from datetime import date, datetime

from flask import Flask

from ..domain import dates, figures, names
from ..services.clock import VIETNAM


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=dates.screen_day,
        short_day=dates.short_day,
        weekday=dates.weekday_name,
        moment=moment,
        clock=clock,
        number=figures.number,
        money=figures.money,
        file_size=figures.file_size,
        unbroken=unbroken,
    )
    app.jinja_env.globals.update(percent=figures.percent, initials=names.initials)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def unbroken(words: str) -> str:
    """Words whose per cent signs stay on the line of their figures."""
    return words.replace(" %", "\xa0%")


def local_day(moment: datetime) -> date:
    """The day a moment falls on in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def moment(value: datetime) -> str:
    """A moment as people read it: "20:41, 22/11/2026"."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M}, {dates.screen_day(local.date())}"


def clock(value: datetime) -> str:
    """The time of day of a moment: "20:41"."""
    return f"{value.astimezone(VIETNAM):%H:%M}"
