"""Số liệu ghi tay: the table of a branch with what no register counts, and who of the units below has noted it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, Stale, WrongMoment
from ...domain.figure_lists import FIGURES
from ...domain.figures import number
from ...domain.measures import MEMBER_MEASURES
from ...domain.noted_figures import NOTED, SHARES, SHORT_LABELS, WHOLE_LABELS, NotedFigure, TypedFigure
from ...domain.permissions import Action, scopes
from ...files.sheets import write_sheet
from ...queries import noted_figures as queries
from ...queries import registers, years
from ...services import exports, noted_figures
from ..downloads import workbook
from ..ids import row_number
from ..paging import chosen_year, page_number
from ..registers.imports import Kit, import_pages
from ..session import current_actor
from .forms import FigureTable, read_table

bp = Blueprint("noted_figures", __name__, url_prefix="/xep-loai/so-lieu")
lists = import_pages(
    Kit(FIGURES, "/xep-loai/so-lieu", queries.plan_import, noted_figures.import_figures, "“Họ và tên” và “Dự sinh hoạt”, “Khen thưởng”…")
)


@bp.get("")
def index() -> Any:
    found = _found()
    return _page(found, _kept(found))


@bp.post("")
def note() -> Any:
    """Keep the whole table; what was typed stays on the page where it is refused."""
    found = _found()
    typed = read_table(request.form, (row.id for row in found.rows))
    if typed.faults:
        return _page(found, typed, "Có ô chưa đúng; hãy sửa rồi lưu lại.")
    try:
        changed = noted_figures.note_figures(current_actor(), found.unit.id, found.year, typed.figures, request.form.get("seen", ""))
    except BadInput as refusal:
        return _page(found, typed, str(refusal))
    except WrongMoment as refusal:
        return _page(_found(), typed, str(refusal), beside=isinstance(refusal, Stale)), 409
    flash(f"Đã lưu {number(changed)} thay đổi." if changed else "Không có gì thay đổi.", "success")
    return redirect(_here(found), 303)


@bp.get("/xuat")
def export() -> Any:
    unit = registers.load_place(current_actor(), request.args.get("don-vi", type=row_number))
    year = chosen_year()
    rows = queries.export_rows(current_actor(), year, unit.place)
    content = write_sheet(f"Số liệu ghi tay {year}.xlsx", FIGURES.header, rows)
    exports.note_export(current_actor(), "figures_list", len(rows), unit.id, [year])
    return workbook(f"so-lieu-{year}.xlsx", content)


def _found() -> queries.FigurePage:
    return queries.figure_page(current_actor(), request.values.get("don-vi", type=row_number), chosen_year(), page_number())


def _kept(found: queries.FigurePage) -> FigureTable:
    """What is noted, as the fields of the table show it: a row as much as most says nothing of its own."""
    wholes = {code: str(found.wholes[code]) if code in found.wholes else "" for code in SHARES}
    rows = {row.id: {code: _cell(row.cells.get(code), found.wholes.get(code)) for code in NOTED} for row in found.rows}
    return FigureTable(wholes, rows)


def _cell(figure: NotedFigure | None, whole: int | None) -> TypedFigure:
    if figure is None:
        return TypedFigure()
    return TypedFigure(str(figure.count), "" if figure.of in (None, whole) else str(figure.of), figure.words)


def _page(found: queries.FigurePage, typed: FigureTable, refusal: str = "", beside: bool = False) -> str:
    """The page with what was typed, and what is noted where nothing was; `beside`: with what is noted where that is something else."""
    kept = _kept(found)
    return render_template(
        "noted_figures/index.html",
        page=found,
        table=replace(typed, rows={**kept.rows, **typed.rows}),
        refusal=refusal,
        beside=kept if beside else None,
        years=years.years(),
        may_rate=found.unit.id in {post.unit_id for post in scopes(current_actor(), Action.EVALUATION_PROPOSE)},
        codes=NOTED,
        shares=SHARES,
        labels=SHORT_LABELS,
        whole_labels=WHOLE_LABELS,
        units={code: MEMBER_MEASURES[code].unit for code in NOTED},
        page_url=lambda wanted: _here(found, trang=wanted),
    )


def _here(found: queries.FigurePage, **more: Any) -> str:
    return url_for(".index", **{"nam": found.year, "don-vi": found.unit.id, **more})
