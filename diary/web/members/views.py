"""The members below an officer: the list, one member, adding, editing, moving, new codes, export."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for

from ...domain.errors import NotAllowed
from ...domain.member_lists import CLEAN_HEADER
from ...domain.members import STANDING_LABELS, MemberDraft, Standing
from ...domain.permissions import Action
from ...files.sheets import write_sheet
from ...queries import data_requests, transfers
from ...queries import member_lists as lists
from ...queries import members as queries
from ...queries.handovers import posts_to_hand_over
from ...queries.leaves import may_note_leave
from ...services import clock, codes, exports, members
from ..attempts import HAPPENED, attempt
from ..ids import row_number
from ..paging import page_number
from ..session import current_actor, may_open, open_page
from .forms import LeaveForm, MemberForm, NewMemberForm, unit_options

bp = Blueprint("members", __name__, url_prefix="/doan-vien")


@bp.get("")
def index() -> Any:
    open_page(Action.MEMBER_READ)
    words, unit_id = request.args.get("q", "")[:100], request.args.get("don-vi", type=row_number)
    standing = next((one for one in Standing if one.value == request.args.get("trang-thai")), Standing.ACTIVE)
    page = queries.member_page(current_actor(), clock.today(), page_number(), words, unit_id, standing)
    return render_template(
        "members/index.html",
        page=page,
        words=words,
        unit_id=unit_id,
        standing=standing,
        standings=STANDING_LABELS,
        units=queries.unit_choices(current_actor()),
        may_edit=may_open(Action.MEMBER_EDIT),
        coming=transfers.waiting_count(current_actor(), clock.now(), clock.today()),
        requests=data_requests.waiting_total(current_actor()),
    )


@bp.get("/<int:member_id>")
def show(member_id: int) -> Any:
    member = _load(member_id)
    return render_template(
        "members/show.html",
        member=member,
        issued=None,
        transfers=transfers.transfers_of(current_actor(), member_id),
        requests=data_requests.waiting_of(current_actor(), member_id),
        may_note_leave=may_note_leave(current_actor(), member_id, member.place),
    )


@bp.route("/moi", methods=["GET", "POST"])
def add() -> Any:
    open_page(Action.MEMBER_EDIT)
    actor, form, status = current_actor(), NewMemberForm(), 200
    form.offer()
    form.unit_id.choices = unit_options(queries.unit_choices(actor, Action.MEMBER_EDIT))
    if form.validate_on_submit():
        draft, home, made = form.to_draft(), form.unit_id.data, list[int]()
        another = bool(form.another.data)
        status = attempt(form, lambda: made.append(members.add_member(actor, home, draft, clock.today(), another=another)))
        if status == HAPPENED:
            return _done(made[0], "Đã thêm đoàn viên. Bấm Cấp mã mới để người này kích hoạt tài khoản.")
    return render_template("members/add.html", form=form), status


@bp.route("/<int:member_id>/sua", methods=["GET", "POST"])
def edit(member_id: int) -> Any:
    member = _editable(member_id)
    form, status = MemberForm(data=_shown(member.draft) | {"version": member.version}), 200
    form.offer()
    if form.validate_on_submit():
        version, draft = form.version.data or 0, form.to_draft()
        status = attempt(form, lambda: members.edit_member(current_actor(), member_id, version, draft, clock.today()))
        if status == HAPPENED:
            return _done(member_id, "Đã lưu thay đổi.")
        form.version.data = member.version  # the next press means what is seen now
    return render_template("members/edit.html", form=form, member=member), status


@bp.route("/<int:member_id>/thoi-sinh-hoat", methods=["GET", "POST"])
def leave(member_id: int) -> Any:
    member, form, status = _editable(member_id), LeaveForm(), 200
    form.offer()
    if form.validate_on_submit():
        standing = Standing(form.standing.data)
        status = attempt(form, lambda: members.end_standing(current_actor(), member_id, standing, clock.today()))
        if status == HAPPENED:
            return _done(member_id, f"Đã ghi: {STANDING_LABELS[standing].lower()}.")
    posts = posts_to_hand_over(current_actor(), member_id, clock.today())
    return render_template("members/leave.html", form=form, member=member, posts=posts), status


@bp.post("/<int:member_id>/sinh-hoat-lai")
def come_back(member_id: int) -> Any:
    members.restore_standing(current_actor(), member_id, clock.today())
    return _done(member_id, "Đã mở lại: người này đang sinh hoạt.")


@bp.post("/<int:member_id>/ma")
def issue_code(member_id: int) -> Any:
    issued = codes.issue_code(current_actor(), member_id, current_app.config["SECRET_KEY"])
    return render_template("members/code.html", issued=issued, member_id=member_id)


@bp.get("/xuat")
def export() -> Any:
    open_page(Action.MEMBER_READ)
    rows = lists.export_rows(current_actor(), clock.today())
    content = write_sheet("Đoàn viên.xlsx", CLEAN_HEADER, rows)
    exports.note_export(current_actor(), "member_list", len(rows))
    return xlsx("doan-vien.xlsx", content)


def xlsx(name: str, content: bytes) -> Response:
    """A workbook to keep; nothing on the way does."""
    response = Response(content, mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _load(member_id: int) -> queries.MemberFacts:
    return queries.load_member(current_actor(), member_id, clock.now())


def _editable(member_id: int) -> queries.MemberFacts:
    member = _load(member_id)
    if not member.may_edit:
        raise NotAllowed()
    return member


def _shown(draft: MemberDraft) -> dict[str, Any]:
    fields = {field: getattr(draft, field) for field in MemberDraft.__dataclass_fields__}
    return fields | {"gender": draft.gender.value if draft.gender else ""}


def _done(member_id: int, words: str) -> Any:
    flash(words, "success")
    return redirect(url_for(".show", member_id=member_id), 303)
