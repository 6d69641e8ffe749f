"""Work years as the bloc committee sets them; inspectors read."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from ...domain.permissions import Action
from ...domain.years import ACTIVITY_LABELS, Activity
from ...queries import units
from ...queries import years as queries
from ...services import clock, schemes, virtues, years
from ..attempts import HAPPENED, attempt
from ..forms import DiaryForm
from ..session import current_actor, may_open, open_page
from .forms import LockForm, OpenYearForm, OwnWindowForm, SchemeForm, VirtuesForm, WindowsForm

bp = Blueprint("years", __name__, url_prefix="/nam-cong-tac")


@bp.get("")
def index() -> Any:
    open_page(Action.YEAR_READ)
    return _index_page(OpenYearForm(formdata=None))


@bp.post("/mo")
def open_year() -> Any:
    open_page(Action.YEAR_EDIT)
    form, status = OpenYearForm(), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: years.open_year(current_actor(), form.year.data))
        if status == HAPPENED:
            flash(f"Đã mở năm {form.year.data}. Hãy xem lại thời gian và chuẩn mực.", "success")
            return redirect(url_for(".show", year=form.year.data), 303)
    return _index_page(form), status


@bp.get("/<int:year>")
def show(year: int) -> Any:
    open_page(Action.YEAR_READ)
    return _page(year)


@bp.post("/<int:year>/thoi-gian")
def set_windows(year: int) -> Any:
    form = WindowsForm()
    bloc_id = _settable(year).bloc.unit_id
    return _settle(year, "windows", form, "Đã lưu thời gian.", lambda: years.set_windows(current_actor(), year, bloc_id, form.to_windows()))


@bp.post("/<int:year>/lich-rieng")
def set_own_window(year: int) -> Any:
    _settable(year)
    form = OwnWindowForm()
    form.offer(units.top_units())

    def act() -> None:
        years.set_window(current_actor(), year, form.unit_id.data, Activity(form.activity.data), form.days())

    return _settle(year, "own", form, "Đã đặt lịch riêng.", act)


@bp.post("/<int:year>/lich-rieng/<int:unit_id>/<activity>/bo")
def drop_own_window(year: int, unit_id: int, activity: str) -> Any:
    _settable(year)
    known = next((one for one in Activity if one.value == activity), None)
    if known is not None:
        years.set_window(current_actor(), year, unit_id, known, None)
        flash("Đã bỏ lịch riêng; tổ chức theo thời gian chung.", "success")
    return redirect(url_for(".show", year=year), 303)


@bp.post("/<int:year>/bo-tieu-chi")
def choose_scheme(year: int) -> Any:
    _settable(year)
    form = SchemeForm()
    form.offer(queries.scheme_choices())
    return _settle(
        year, "scheme", form, "Đã chọn bộ tiêu chí.", lambda: schemes.choose_scheme(current_actor(), year, form.scheme.data or None)
    )


@bp.post("/<int:year>/chuan-muc")
def set_virtues(year: int) -> Any:
    form = VirtuesForm()
    bloc_id = _settable(year).bloc.unit_id
    return _settle(
        year, "virtues", form, "Đã lưu chuẩn mực.", lambda: virtues.set_virtues(current_actor(), bloc_id, year, form.to_drafts())
    )


@bp.post("/<int:year>/khoa")
def lock(year: int) -> Any:
    _settable(year)
    form = LockForm()
    return _settle(year, "lock", form, f"Đã khóa sổ năm {year}.", lambda: years.lock_year(current_actor(), year, form.reason.data))


@bp.post("/<int:year>/mo-khoa")
def unlock(year: int) -> Any:
    _settable(year)
    form = LockForm()
    return _settle(year, "lock", form, f"Đã mở lại sổ năm {year}.", lambda: years.unlock_year(current_actor(), year, form.reason.data))


def _settable(year: int) -> queries.YearPage:
    open_page(Action.YEAR_EDIT)
    return queries.load_year(current_actor(), year)


def _settle(year: int, name: str, form: DiaryForm, done: str, happening: Callable[[], Any]) -> Any:
    """Do what the form asks and go back to the year's page, or show the page again with this form as it was typed."""
    status = 200
    if form.validate_on_submit():
        status = attempt(form, happening)
        if status == HAPPENED:
            flash(done, "success")
            return redirect(url_for(".show", year=year), 303)
    return _page(year, **{name: form}), status


def _index_page(form: OpenYearForm) -> str:
    today = clock.today()
    cards = queries.year_cards(current_actor(), today)
    if form.year.data is None and not form.errors:
        form.year.data = cards[0].year + 1 if cards else today.year
    return render_template("years/index.html", cards=cards, form=form, may_edit=may_open(Action.YEAR_EDIT))


def _page(year: int, **typed: DiaryForm) -> str:
    page = queries.load_year(current_actor(), year)
    forms = _forms(page) | typed if page.may_edit else {}
    return render_template("years/show.html", page=page, year=year, forms_of=forms, labels=ACTIVITY_LABELS, today=clock.today())


def _forms(page: queries.YearPage) -> dict[str, DiaryForm]:
    """The page's forms as nobody has typed into them yet."""
    windows, own, virtue_form = WindowsForm(formdata=None), OwnWindowForm(formdata=None), VirtuesForm(formdata=None)
    scheme = SchemeForm(formdata=None, scheme=page.facts.scheme_code or "")
    windows.show(page.facts.windows)
    own.offer(units.top_units())
    scheme.offer(queries.scheme_choices())
    virtue_form.show(page.virtues)
    return {"windows": windows, "own": own, "scheme": scheme, "virtues": virtue_form, "lock": LockForm(formdata=None)}
