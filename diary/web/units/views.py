"""The tree of units, a unit with its history, and what its committee above may change of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, NotAllowed
from ...domain.units import CHILD_KINDS
from ...queries import units as queries
from ...queries import years
from ...services import clock, units, virtues
from ..attempts import HAPPENED, attempt
from ..paging import chosen_year, page_number
from ..session import current_actor
from ..years.forms import VirtuesForm
from .forms import MergeForm, MoveForm, NewUnitForm, PostForm, UnitForm

bp = Blueprint("units", __name__, url_prefix="/to-chuc")


@bp.get("")
def index() -> Any:
    words = request.args.get("q", "")[:100]
    tree = queries.unit_tree(current_actor(), clock.today(), page_number(), words)
    return render_template("units/index.html", tree=tree, words=words)


@bp.get("/<int:unit_id>")
def show(unit_id: int) -> Any:
    return render_template("units/show.html", unit=_load(unit_id))


@bp.route("/<int:unit_id>/them", methods=["GET", "POST"])
def add(unit_id: int) -> Any:
    above = _load(unit_id)
    if not above.may_edit and not above.may_add:
        raise NotAllowed()
    form, status = NewUnitForm(), 200
    form.offer(CHILD_KINDS[above.node.kind])
    if form.validate_on_submit():
        made: list[int] = []
        status = attempt(form, lambda: made.append(units.add_unit(current_actor(), unit_id, form.to_draft(), _kind(form), clock.today())))
        if status == HAPPENED:
            return _done(made[0], "Đã thêm tổ chức.")
    return render_template("units/add.html", form=form, above=above), status


@bp.route("/<int:unit_id>/sua", methods=["GET", "POST"])
def edit(unit_id: int) -> Any:
    unit = _editable(unit_id)
    shown = {name: getattr(unit.draft, name) for name in ("name", "symbol", "town", "letterhead")} | {"version": unit.version}
    form, status = UnitForm(data=shown), 200
    if form.validate_on_submit():
        seen = form.version.data
        status = attempt(form, lambda: units.rename_unit(current_actor(), unit_id, form.to_draft(), clock.today(), version=seen))
        if status == HAPPENED:
            return _done(unit_id, "Đã lưu thay đổi.")
        form.version.data = unit.version  # the next press means what is seen now
    return render_template("units/edit.html", form=form, unit=unit), status


@bp.route("/<int:unit_id>/chuyen", methods=["GET", "POST"])
def move(unit_id: int) -> Any:
    unit = _editable(unit_id)
    form, status = MoveForm(data={"version": unit.version}), 200
    form.offer(queries.places_for(current_actor(), unit.node))
    if form.validate_on_submit():
        above, seen = form.parent_id.data, form.version.data
        status = attempt(form, lambda: units.move_unit(current_actor(), unit_id, above, clock.today(), version=seen))
        if status == HAPPENED:
            return _done(unit_id, "Đã chuyển tổ chức.")
        form.version.data = unit.version
    return render_template("units/move.html", form=form, unit=unit), status


@bp.route("/<int:unit_id>/sap-nhap", methods=["GET", "POST"])
def merge(unit_id: int) -> Any:
    unit, moved = _editable(unit_id), list[int]()
    form, status = MergeForm(data={"version": unit.version}), 200
    form.offer(queries.merge_choices(current_actor(), unit.node))
    if form.validate_on_submit():
        into, seen = form.into_id.data, form.version.data
        status = attempt(form, lambda: moved.append(units.merge_units(current_actor(), unit_id, into, clock.today(), version=seen)))
        if status == HAPPENED:
            return _done(into, f"Đã sáp nhập {unit.node.name}: {moved[0]} đoàn viên chuyển về đây.")
        form.version.data = unit.version
    return render_template("units/merge.html", form=form, unit=unit), status


@bp.route("/<int:unit_id>/chuc-vu", methods=["GET", "POST"])
def appoint(unit_id: int) -> Any:
    unit, words = _editable(unit_id), request.args.get("q", "")[:100]
    people, form, status = queries.people_for_post(unit.place, words), PostForm(), 200
    form.offer(people, units.posts_of(unit.node.kind))
    if form.validate_on_submit():
        status = attempt(form, lambda: units.appoint(current_actor(), unit_id, form.account_id.data, _post(form), clock.today()))
        if status == HAPPENED:
            return _done(unit_id, "Đã giao chức vụ.")
    return render_template("units/appoint.html", form=form, unit=unit, people=people, words=words, most=queries.MOST_PEOPLE), status


@bp.post("/<int:unit_id>/chuc-vu/<int:appointment_id>/thoi")
def end_post(unit_id: int, appointment_id: int) -> Any:
    units.end_appointment(current_actor(), appointment_id, clock.today())
    return _done(unit_id, "Đã cho thôi giữ chức vụ.")


@bp.post("/<int:unit_id>/dong")
def close(unit_id: int) -> Any:
    units.close_unit(current_actor(), unit_id, clock.today())
    return _done(unit_id, "Đã đóng tổ chức. Lịch sử vẫn còn.")


@bp.post("/<int:unit_id>/mo-lai")
def reopen(unit_id: int) -> Any:
    units.reopen_unit(current_actor(), unit_id)
    return _done(unit_id, "Đã mở lại tổ chức.")


@bp.route("/<int:unit_id>/chuan-muc", methods=["GET", "POST"])
def set_virtues(unit_id: int) -> Any:
    unit, year = _load(unit_id), chosen_year()
    if not unit.may_set_virtues:
        raise NotAllowed()
    form, status = VirtuesForm(formdata=request.form or None), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: virtues.set_virtues(current_actor(), unit_id, year, form.to_drafts()))
        if status == HAPPENED:
            flash("Đã lưu chuẩn mực.", "success")
            return redirect(url_for(".set_virtues", unit_id=unit_id, nam=year), 303)
    own = years.own_virtues(unit_id, year)
    if request.method == "GET":
        form.show(own)
    above = [virtue for virtue in years.virtues(year, unit.place) if virtue.name not in {one.name for one in own}]
    facts = years.year_facts(year, unit.place)
    return render_template("units/virtues.html", form=form, unit=unit, above=above, year=year, years=years.years(), facts=facts), status


def _load(unit_id: int) -> queries.UnitPage:
    return queries.load_unit(current_actor(), unit_id, clock.today(), page_number())


def _editable(unit_id: int) -> queries.UnitPage:
    unit = _load(unit_id)
    if not unit.may_edit:
        raise NotAllowed()
    return unit


def _kind(form: NewUnitForm) -> Any:
    kind = form.chosen()
    if kind is None:
        raise BadInput("kind", "Hãy chọn một loại trong danh sách.")
    return kind


def _post(form: PostForm) -> Any:
    post = form.chosen()
    if post is None:
        raise BadInput("post", "Hãy chọn một chức vụ trong danh sách.")
    return post


def _done(unit_id: int, words: str) -> Any:
    flash(words, "success")
    return redirect(url_for(".show", unit_id=unit_id), 303)
