"""Kết quả xếp loại: a unit's results of a year in counts; the list of everyone's, its columns and the file."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, Stale
from ...domain.permissions import Action, scopes
from ...domain.result_columns import FIELDS, MOST_COLUMNS, SAMPLE, Column, OutRow, fingerprint
from ...domain.results import TURN_LABELS, UNRATED_LABELS
from ...domain.units import BRANCHES
from ...files.sheets import write_sheet
from ...queries import results as queries
from ...queries import years
from ...services import clock, exports, results
from ..downloads import workbook
from ..ids import row_number
from ..paging import chosen_year, page_number
from ..session import current_actor, may_open, open_page
from .forms import typed_columns

bp = Blueprint("results", __name__, url_prefix="/xep-loai/ket-qua")
SHOWN = 10  # rows of the list that its page shows


@bp.get("")
def index() -> Any:
    posts = open_page(Action.EVALUATION_READ)
    year = chosen_year()
    scheme, unit_id = years.scheme_of(year), request.args.get("don-vi", type=row_number)
    page = queries.results_page(current_actor(), unit_id, year, scheme, clock.today(), page_number()) if scheme else None
    return render_template(
        "results/index.html",
        page=page,
        year=year,
        years=years.years(),
        posts=posts,
        branches=BRANCHES,
        turns=TURN_LABELS,
        reasons=UNRATED_LABELS,
        may_decide=may_open(Action.EVALUATION_DECIDE) or may_open(Action.EVALUATION_PASS_ON),
        proposes={post.unit_id for post in scopes(current_actor(), Action.EVALUATION_PROPOSE)},
        may_export=may_open(Action.RESULT_EXPORT),
    )


@bp.route("/xuat", methods=["GET", "POST"])
def columns() -> Any:
    open_page(Action.RESULT_EXPORT)
    now = queries.columns()
    if request.method == "GET":
        return _columns_page(now, now)
    typed = typed_columns(request.form)
    if typed.act != "save":
        return _columns_page(typed.columns, now, unsaved=typed.columns != now)
    try:
        changed = results.set_columns(current_actor(), typed.columns, request.form.get("seen", ""))
    except BadInput as refusal:
        return _columns_page(typed.columns, now, refusal, unsaved=True)
    except Stale as refusal:
        return _columns_page(typed.columns, now, refusal, unsaved=True), 409
    flash("Đã lưu các cột." if changed else "Các cột vẫn như cũ.", "success")
    return redirect(url_for(".columns", nam=chosen_year()), 303)


@bp.get("/tep")
def file() -> Any:
    open_page(Action.RESULT_EXPORT)
    ending = "csv" if request.args.get("dang") == "csv" else "xlsx"
    year, shown = chosen_year(), queries.columns()
    rows = queries.export_rows(year, clock.today())
    content = write_sheet(f"Xếp loại {year}.{ending}", [one.head for one in shown], ([one.cell(row) for one in shown] for row in rows))
    exports.note_export(current_actor(), "result_list", len(rows), fields=[year, ending])
    return workbook(f"ket-qua-xep-loai-{year}.{ending}", content)


def _columns_page(shown: Sequence[Column], now: Sequence[Column], refusal: Exception | None = None, *, unsaved: bool = False) -> str:
    year = chosen_year()
    scheme = years.scheme_of(year)
    return render_template(
        "results/columns.html",
        columns=shown,
        seen=fingerprint(now),
        unsaved=unsaved,
        refusal=str(refusal) if refusal else "",
        fault=refusal.field if isinstance(refusal, BadInput) else "",
        fields={code: field.label for code, field in FIELDS.items()},
        most=MOST_COLUMNS,
        rows=_preview(year) if scheme else (),
        made_up=not may_open(Action.EVALUATION_READ),
        count=queries.decided_count(year),
        year=year,
        years=years.years(),
        scheme=scheme,
    )


def _preview(year: int) -> Sequence[OutRow]:
    """The first rows; to who may not read levels on a page (an administrator) a made-up one."""
    return queries.export_rows(year, clock.today(), SHOWN) if may_open(Action.EVALUATION_READ) else (SAMPLE,)
