"""Đoàn phí: the table of a branch with its ticks, sums below, one member's quarters, export."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.fee_lists import FEES
from ...domain.fees import QUARTERS, quarter_label, quarter_of
from ...domain.figures import number
from ...domain.permissions import Action
from ...files.sheets import write_sheet
from ...queries import fees as queries
from ...queries import registers, years
from ...services import clock, exports, fees
from ..attempts import HAPPENED, attempt
from ..downloads import workbook
from ..ids import row_number
from ..paging import chosen_year, page_number
from ..registers.branches import chosen_branch
from ..registers.imports import Kit, import_pages
from ..session import current_actor, may_open, open_page
from .forms import MemberFeesForm, NewFeeForm, amount_of, boxes, ticks_of

bp = Blueprint("fees", __name__, url_prefix="/doan-phi")
lists = import_pages(Kit(FEES, "/doan-phi", queries.plan_import, fees.import_fees, "“Họ và tên” và “Quý I”, “Quý II”…"))


@bp.get("")
def index() -> Any:
    return _page()


@bp.post("")
def tick() -> Any:
    """Keep the ticks of the table, and with `act` "all" note the chosen quarter for the whole branch too."""
    unit_id, year = _posted_unit(), chosen_year()
    try:
        amount = amount_of(request.form.get("amount", ""), "amount")
        changed = fees.tick_branch(current_actor(), unit_id, year, amount, ticks_of(request.form))
        if request.form.get("act") == "all":
            return _whole_branch(unit_id, year, amount)
    except (BadInput, WrongMoment) as refusal:
        return _page(refusal), 409 if isinstance(refusal, WrongMoment) else 200
    flash(f"Đã lưu {number(changed)} thay đổi." if changed else "Không có gì thay đổi.", "success")
    return redirect(_here(unit_id, year), 303)


@bp.post("/hoan-tac")
def undo() -> Any:
    unit_id, year, quarter = _posted_unit(), chosen_year(), request.form.get("quy", 0, int)
    try:
        count = fees.undo_branch(current_actor(), unit_id, year, quarter, _moment(request.form.get("luc", "")))
        flash(f"Đã hoàn tác: {number(count)} người trở lại chưa ghi.", "success")
    except WrongMoment as refusal:
        flash(str(refusal), "warning")
    return redirect(_here(unit_id, year), 303)


@bp.route("/them", methods=["GET", "POST"])
def add() -> Any:
    open_page(Action.REGISTER_EDIT)
    actor, year = current_actor(), chosen_year()
    branches = registers.branch_choices(actor)
    unit_id = chosen_branch(branches)
    if unit_id is None:
        return render_template("registers/choose_branch.html", branches=branches, year=year, title=FEES.title, back="fees.index")
    form, status = NewFeeForm(formdata=request.form or None), 200
    form.offer(registers.everyone_of(unit_id), queries.usual_amount(unit_id, year))
    if form.validate_on_submit():
        status = attempt(form, lambda: fees.note_member(actor, form.member_id.data, year, form.to_notes()))
        if status == HAPPENED:
            flash("Đã ghi đoàn phí.", "success")
            return redirect(_here(unit_id, year), 303)
    return render_template("fees/add.html", form=form, year=year, unit_id=unit_id), status


@bp.route("/<int:member_id>", methods=["GET", "POST"])
def member(member_id: int) -> Any:
    actor, year = current_actor(), chosen_year()
    found = queries.load_member_fees(actor, member_id, year)
    own = [quarter for quarter in QUARTERS if not found.cells[quarter].elsewhere]
    form, status = MemberFeesForm(formdata=request.form or None), 200
    form.offer()
    if form.validate_on_submit():
        status = attempt(form, lambda: fees.note_member(actor, member_id, year, form.to_notes(own)))
        if status == HAPPENED:
            flash("Đã lưu đoàn phí.", "success")
            return redirect(_here(found.unit.unit_id, year), 303)
    else:
        form.show({quarter: found.cells[quarter].note for quarter in QUARTERS}, queries.usual_amount(found.unit.unit_id, year))
    return render_template("fees/member.html", form=form, member=found, year=year, own=own), status


@bp.get("/xuat")
def export() -> Any:
    unit = registers.load_place(current_actor(), request.args.get("don-vi", type=row_number))
    year = chosen_year()
    rows = queries.export_rows(current_actor(), year, unit.place)
    content = write_sheet(f"Đoàn phí {year}.xlsx", FEES.header, rows)
    exports.note_export(current_actor(), "fees_list", len(rows), unit.id, [year])
    return workbook(f"doan-phi-{year}.xlsx", content)


def _whole_branch(unit_id: int, year: int, amount: int) -> Any:
    quarter = request.form.get("quy", 0, int)
    done = fees.note_branch(current_actor(), unit_id, year, quarter, amount)
    if not done.count:
        flash(f"{quarter_label(quarter)} đã ghi đủ từ trước.", "success")
        return redirect(_here(unit_id, year), 303)
    return redirect(_here(unit_id, year, xong=f"{quarter}-{_micros(done.at)}"), 303)


def _page(refusal: Exception | None = None) -> str:
    actor, year = current_actor(), chosen_year()
    page = queries.fee_page(actor, request.values.get("don-vi", type=row_number), year, page_number())
    return render_template(
        "fees/index.html",
        page=page,
        years=years.years(),
        refusal=str(refusal) if refusal else "",
        amount=request.form.get("amount", number(page.amount)),
        ticked=boxes(request.form, "dong") if refusal else None,
        quarter=_quarter(page),
        labels={quarter: quarter_label(quarter) for quarter in QUARTERS},
        offer=_offer(page),
        may_note=may_open(Action.REGISTER_EDIT),
        page_url=lambda wanted: _here(page.unit.id, year, trang=wanted),
    )


def _quarter(page: queries.FeePage) -> int:
    """The quarter offered: the one chosen, else today's in the running year, else the first that is not full."""
    chosen = request.values.get("quy", 0, int)
    if chosen in QUARTERS:
        return chosen
    today = clock.today()
    if page.year == today.year:
        return quarter_of(today)
    return next((one.quarter for one in page.sums if one.settled < one.members), 4)


def _offer(page: queries.FeePage) -> tuple[queries.Undoable, int] | None:
    """What was just noted for the whole branch and may be taken back, with its moment as a number."""
    quarter, _, micros = request.args.get("xong", "").partition("-")
    if quarter not in {"1", "2", "3", "4"} or not page.unit.may_edit:
        return None
    found = queries.noted_at_once(current_actor(), page.unit.id, page.year, int(quarter), _moment(micros))
    return (found, int(micros)) if found else None


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def _moment(micros: str) -> datetime:
    """The moment a number names; the beginning of time where it names none."""
    number_of = int(micros) if micros.isascii() and micros.isdigit() and len(micros) < 17 else 0
    return datetime.fromtimestamp(number_of // 1_000_000, UTC).replace(microsecond=number_of % 1_000_000)


def _posted_unit() -> int:
    unit_id = request.values.get("don-vi", type=row_number)
    if unit_id is None:
        raise BadInput("don-vi", "Không rõ đang ghi cho chi đoàn nào. Hãy tải lại trang Đoàn phí.")
    return unit_id


def _here(unit_id: int, year: int, **more: Any) -> str:
    return url_for("fees.index", **{"don-vi": unit_id, "nam": year, "trang": request.values.get("trang", type=int), **more})
