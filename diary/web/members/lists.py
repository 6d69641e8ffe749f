"""Importing a list on the web: send the file, look at what it would do, import, take the codes and the refused rows."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for

from ...domain.errors import BadInput, DiaryError
from ...domain.figures import number
from ...domain.member_lists import MemberList, read_member_list
from ...domain.member_lists.import_plan import ImportPlan, Outcome
from ...domain.permissions import Action
from ...files.encodings import repair_sheets
from ...files.sheets import read_sheets, write_sheet
from ...files.uploads import Upload, Uploads
from ...queries import member_lists as queries
from ...services import clock, codes, member_lists
from ..session import current_actor, open_page
from .forms import ListForm
from .views import xlsx

bp = Blueprint("member_lists", __name__, url_prefix="/doan-vien/nhap")

REFUSED_HEADER = ("Trang", "Dòng", "Lý do", "Họ và tên", "Các ô của dòng")
SHOWN = 100  # rows of a kind that a page shows; the rest is in the file
NO_LIST = "Không tìm thấy danh sách đoàn viên trong tệp. Tệp cần có một dòng đầu cột với “Họ và tên”."


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
    listed = _read(upload.name, upload.content)
    plan = _plan(listed)
    return render_template("members/preview.html", upload=upload, listed=listed, plan=plan, outcomes=Outcome, shown=SHOWN)


@bp.post("/<token>")
def import_list(token: str) -> Any:
    upload = _upload(token)
    if "counts" not in upload.notes:
        listed = _read(upload.name, upload.content)
        done = member_lists.import_members(current_actor(), listed, clock.today())
        counts = {outcome.name: count for outcome, count in done.plan.counts.items()}
        _uploads().note(current_actor().account_id, token, {"counts": counts, "new": done.new_member_ids})
        flash(f"Đã nhập {number(len(done.plan.taken))} trên {number(done.plan.rows_read)} dòng.", "success")
    return redirect(url_for(".preview", token=token), 303)


@bp.get("/<token>/tu-choi.xlsx")
def refused_rows(token: str) -> Any:
    upload = _upload(token)
    plan = _plan(_read(upload.name, upload.content))
    rows: list[tuple[str | int, ...]] = [(row.sheet, row.row, row.reason, row.name, *row.original) for row in plan.refused]
    return xlsx("dong-bi-tu-choi.xlsx", write_sheet("Dòng bị từ chối.xlsx", REFUSED_HEADER, rows))


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
        listed = _read(name, content)
    except DiaryError as error:
        raise BadInput("file", str(error)) from None
    if not listed.rows_read:
        raise BadInput("file", NO_LIST)
    return _uploads().keep(current_actor().account_id, name, content, clock.now())


def _read(name: str, content: bytes) -> MemberList:
    return read_member_list(repair_sheets(read_sheets(name, content)), clock.today())


def _plan(listed: MemberList) -> ImportPlan:
    return queries.plan_member_import(current_actor(), listed, clock.today())


def _uploads() -> Uploads:
    return Uploads(Path(current_app.config["DIARY_INSTANCE"]) / "uploads")


def _upload(token: str) -> Upload:
    open_page(Action.MEMBER_EDIT)
    return _uploads().get(current_actor().account_id, token, clock.now())
