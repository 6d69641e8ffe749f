"""Chương trình rèn luyện: the table of a branch with results to choose, counts below, export."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.figures import number
from ...domain.permissions import Action
from ...domain.training import RESULT_LABELS
from ...domain.training_lists import TRAINING
from ...files.sheets import write_sheet
from ...queries import registers, years
from ...queries import training as queries
from ...services import exports, training
from ..attempts import HAPPENED, attempt
from ..downloads import workbook
from ..ids import row_number
from ..paging import chosen_year, page_number
from ..registers.branches import chosen_branch
from ..registers.imports import Kit, import_pages
from ..session import current_actor, may_open, open_page
from .forms import NewTrainingForm, lines_of

bp = Blueprint("training", __name__, url_prefix="/ren-luyen")
lists = import_pages(Kit(TRAINING, "/ren-luyen", queries.plan_import, training.import_training, "“Họ và tên” và “Kết quả”"))


@bp.get("")
def index() -> Any:
    return _page()


@bp.post("")
def note() -> Any:
    """Keep the lines of the table that were changed."""
    unit_id, year = request.values.get("don-vi", type=row_number), chosen_year()
    if unit_id is None:
        raise BadInput("don-vi", "Không rõ đang ghi cho chi đoàn nào. Hãy tải lại trang Chương trình rèn luyện.")
    try:
        changed = training.note_branch(current_actor(), unit_id, year, [line.to_choice() for line in lines_of(request.form)])
    except (BadInput, WrongMoment) as refusal:
        return _page(refusal), 409 if isinstance(refusal, WrongMoment) else 200
    flash(f"Đã lưu {number(changed)} thay đổi." if changed else "Không có gì thay đổi.", "success")
    return redirect(_here(unit_id, year), 303)


@bp.route("/them", methods=["GET", "POST"])
def add() -> Any:
    open_page(Action.REGISTER_EDIT)
    actor, year = current_actor(), chosen_year()
    branches = registers.branch_choices(actor)
    unit_id = chosen_branch(branches)
    if unit_id is None:
        return render_template("registers/choose_branch.html", branches=branches, year=year, title=TRAINING.title, back="training.index")
    form, status = NewTrainingForm(formdata=request.form or None), 200
    form.offer(registers.everyone_of(unit_id))
    if form.validate_on_submit():
        status = attempt(form, lambda: training.note_member(actor, form.member_id.data, year, form.to_training()))
        if status == HAPPENED:
            flash("Đã ghi kết quả rèn luyện.", "success")
            return redirect(_here(unit_id, year), 303)
    return render_template("training/add.html", form=form, year=year, unit_id=unit_id), status


@bp.get("/xuat")
def export() -> Any:
    unit = registers.load_place(current_actor(), request.args.get("don-vi", type=row_number))
    year = chosen_year()
    rows = queries.export_rows(current_actor(), [year], unit.place)
    content = write_sheet(f"Rèn luyện {year}.xlsx", TRAINING.header, rows)
    exports.note_export(current_actor(), "training_list", len(rows), unit.id, [year])
    return workbook(f"ren-luyen-{year}.xlsx", content)


def _page(refusal: Exception | None = None) -> str:
    actor, year = current_actor(), chosen_year()
    page = queries.training_page(actor, request.values.get("don-vi", type=row_number), year, page_number())
    typed = {line.member_id: line for line in lines_of(request.form)} if refusal else {}
    return render_template(
        "training/index.html",
        page=page,
        years=years.years(),
        refusal=str(refusal) if refusal else "",
        typed=typed,
        labels=RESULT_LABELS,
        may_note=may_open(Action.REGISTER_EDIT),
        page_url=lambda wanted: _here(page.unit.id, year, trang=wanted),
    )


def _here(unit_id: int, year: int, **more: Any) -> str:
    return url_for("training.index", **{"don-vi": unit_id, "nam": year, "trang": request.values.get("trang", type=int), **more})
