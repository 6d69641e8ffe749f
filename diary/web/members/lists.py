"""Importing a list on the web: send the file, look at what it would do, import, take the codes and the refused rows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, DiaryError
from ...domain.figures import number
from ...domain.member_lists import Column, MemberList, read_member_list
from ...domain.member_lists.import_plan import ImportPlan, Outcome
from ...domain.member_lists.layout import SheetLayout, layouts
from ...domain.member_lists.mending import REFUSED_HEADER, rows_to_mend
from ...domain.permissions import Action
from ...domain.sheets import Sheet
from ...files.encodings import ENCODINGS, repair_sheets
from ...files.sheets import read_sheets, write_sheet
from ...files.uploads import Upload, Uploads
from ...queries import member_lists as queries
from ...services import clock, codes, exports, member_lists
from ..session import current_actor, open_page
from .forms import ListForm
from .list_choices import (
    DOUBT,
    Answers,
    Choices,
    answer_field,
    as_notes,
    chosen_columns,
    kept_answers,
    kept_choices,
    sent_answers,
    sent_choices,
)
from .views import xlsx

bp = Blueprint("member_lists", __name__, url_prefix="/doan-vien/nhap")

SHOWN = 100  # rows of a kind that a page shows; the rest is in the file
NO_TABLE = "Tệp này không có bảng nào để đọc. Hãy gửi tệp có danh sách đoàn viên, mỗi người một dòng."
LOOK_AGAIN = "Cách hiểu các trang và cột đã đổi. Hãy xem lại rồi bấm Nhập."


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it is read now: its sheets in Unicode, what was said of them, the list, and how each sheet is understood."""

    sheets: tuple[Sheet, ...]
    choices: Choices
    listed: MemberList
    memory: dict[str, Column]

    @property
    def layouts(self) -> tuple[SheetLayout, ...]:
        return layouts(self.sheets, self.choices, self.memory)


@bp.route("", methods=["GET", "POST"])
def send_list() -> Any:
    open_page(Action.MEMBER_EDIT)
    form = ListForm()
    if form.validate_on_submit():
        token = form.attempt(lambda: _take_in(form.file.data))
        if token:
            return redirect(url_for(".preview", token=token), 303)
    return render_template("members/send_list.html", form=form)


@bp.get("/<token>")
def preview(token: str) -> Any:
    upload = _upload(token)
    if "counts" in upload.notes:
        return render_template("members/imported.html", upload=upload, outcomes=Outcome)
    return _preview(upload)


@bp.post("/<token>")
def import_list(token: str) -> Any:
    upload, wanted = _upload(token), request.form.get("act")
    if "counts" in upload.notes:
        return redirect(url_for(".preview", token=token), 303)
    if wanted == "quen":
        member_lists.forget_columns(current_actor())
        flash("Đã quên cách hiểu các cột của những lần trước.", "success")
        return redirect(url_for(".preview", token=token), 303)
    reading, answers = _read(upload), kept_answers(upload.notes)
    try:
        choices, answers = _said(reading, answers)
    except BadInput as error:
        flash(str(error), "warning")
        return redirect(url_for(".preview", token=token), 303)
    _uploads().note(current_actor().account_id, token, as_notes(choices, answers))
    if wanted != "xem" and choices == reading.choices:
        _import(token, reading, answers)
    elif wanted != "xem":
        flash(LOOK_AGAIN, "warning")
    return redirect(url_for(".preview", token=token), 303)


@bp.get("/<token>/tu-choi.xlsx")
def refused_rows(token: str) -> Any:
    upload = _upload(token)
    plan = _plan(_read(upload).listed, kept_answers(upload.notes))
    rows = rows_to_mend(plan.refused)
    content = write_sheet("Dòng bị từ chối.xlsx", REFUSED_HEADER, rows)
    exports.note_export(current_actor(), "member_list", len(rows), fields=["refused"])
    return xlsx("dong-bi-tu-choi.xlsx", content)


@bp.post("/<token>/ma.xlsx")
def take_codes(token: str) -> Any:
    upload, actor = _upload(token), current_actor()
    waiting = upload.notes.get("new", [])
    issued = codes.issue_first_codes(actor, waiting, current_app.config["SECRET_KEY"])
    _uploads().note(actor.account_id, token, upload.notes | {"new": []})
    if not issued:
        flash("Mã của lần nhập này đã được lấy rồi. Cần nữa thì cấp mã mới cho từng người.", "warning")
        return redirect(url_for(".preview", token=token), 303)
    return xlsx("ma-kich-hoat.xlsx", write_sheet("Mã kích hoạt.xlsx", codes.CODES_HEADER, [code.cells for code in issued]))


@bp.post("/<token>/bo")
def drop_list(token: str) -> Any:
    open_page(Action.MEMBER_EDIT)
    _uploads().drop(current_actor().account_id, token)
    return redirect(url_for(".send_list"), 303)


def _take_in(file: Any) -> str:
    """Keep a file that holds a list; its token. BadInput at the file otherwise."""
    name, content = Path(file.filename or "").name[:120], file.read()
    file.close()
    try:
        sheets = read_sheets(name, content)
    except DiaryError as error:
        raise BadInput("file", str(error)) from None
    if not any(sum(cell is not None for cell in row) > 1 for sheet in sheets for row in sheet.rows):
        raise BadInput("file", NO_TABLE)
    return _uploads().keep(current_actor().account_id, name, content, clock.now())


def _read(upload: Upload) -> Reading:
    choices, memory = kept_choices(upload.notes), queries.remembered_columns(current_actor())
    encodings = {name: choice.encoding for name, choice in choices.items()}
    sheets = repair_sheets(read_sheets(upload.name, upload.content), encodings)
    return Reading(sheets, choices, read_member_list(sheets, clock.today(), choices, memory), memory)


def _said(reading: Reading, answers: Answers) -> tuple[Choices, Answers]:
    """What the sent form says of the sheets, and of the doubtful rows it asked about."""
    fields = request.form
    choices = sent_choices(fields, reading.layouts, reading.choices) if "trang" in fields else reading.choices
    if any(field.startswith(DOUBT) for field in fields):
        answers = sent_answers(fields, _plan(reading.listed, answers).doubts, answers)
    return choices, answers


def _import(token: str, reading: Reading, answers: Answers) -> None:
    chosen = chosen_columns(reading.layouts, reading.choices) if any(one.columns is not None for one in reading.choices.values()) else {}
    done = member_lists.import_members(current_actor(), reading.listed, clock.today(), answers=answers, chosen=chosen)
    counts = {outcome.name: count for outcome, count in done.plan.counts.items()}
    notes = as_notes(reading.choices, answers) | {"counts": counts, "new": done.new_member_ids}
    _uploads().note(current_actor().account_id, token, notes)
    flash(f"Đã nhập {number(len(done.plan.taken))} trên {number(done.plan.rows_read)} dòng.", "success")


def _preview(upload: Upload) -> Any:
    reading, answers = _read(upload), kept_answers(upload.notes)
    facts = {"listed": reading.listed, "layouts": reading.layouts, "plan": _plan(reading.listed, answers)}
    words = {"columns": Column, "encodings": ENCODINGS, "outcomes": Outcome, "answer_field": answer_field, "shown": SHOWN}
    return render_template("members/preview.html", upload=upload, **facts, **words)


def _plan(listed: MemberList, answers: Answers) -> ImportPlan:
    return queries.plan_member_import(current_actor(), listed, clock.today(), answers)


def _uploads() -> Uploads:
    return Uploads(Path(current_app.config["DIARY_INSTANCE"]) / "uploads")


def _upload(token: str) -> Upload:
    open_page(Action.MEMBER_EDIT)
    return _uploads().get(current_actor().account_id, token, clock.now())
