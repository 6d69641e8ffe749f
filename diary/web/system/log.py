"""The audit log: narrowed by who, what and when, paged back, everything that was done to one thing, and taken out as a file."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from ...domain.audit import ACTION_LABELS, SUBJECT_LABELS
from ...domain.permissions import Action
from ...files.sheets import write_sheet
from ...queries import audit as queries
from ...services import exports
from ...services.clock import VIETNAM
from ..downloads import workbook
from ..session import current_actor, open_page
from .forms import asked, read_wanted

bp = Blueprint("audit", __name__, url_prefix="/quan-tri/nhat-ky")
HEADER = (
    "Lúc",
    "Ai",
    "Tên đăng nhập",
    "Việc",
    "Đối tượng",
    "Mã đối tượng",
    "Tổ chức",
    "Chi tiết",
    "Từ địa chỉ",
    "Khối niêm phong",
    "Mã dòng",
)


@bp.get("")
def log() -> Any:
    open_page(Action.AUDIT_READ)
    wanted, faults = read_wanted(request.args)
    before = request.args.get("truoc", type=UUID)
    page = queries.LinePage((), None) if faults else queries.audit_lines(current_actor(), wanted, before)
    return render_template(
        "system/log.html",
        log=page,
        wanted=wanted,
        asked=asked(wanted),
        typed=request.args,
        faults=faults,
        actions=ACTION_LABELS,
        subjects=SUBJECT_LABELS,
        most=queries.MOST_EXPORTED,
        later="truoc" in request.args,
    )


@bp.get("/xuat")
def export() -> Any:
    open_page(Action.AUDIT_READ)
    wanted, faults = read_wanted(request.args)
    if faults:
        asked_for: dict[str, Any] = request.args.to_dict()
        return redirect(url_for(".log", **asked_for), 303)
    kind = "csv" if request.args.get("dang") == "csv" else "xlsx"
    lines = queries.lines_to_export(current_actor(), wanted)
    content = write_sheet(f"Nhật ký hệ thống.{kind}", HEADER, _rows(lines))
    exports.note_export(current_actor(), "audit_log", len(lines), fields=[kind])
    return workbook(f"nhat-ky-he-thong.{kind}", content)


def _rows(lines: Iterable[queries.Line]) -> Iterable[tuple[str | int | None, ...]]:
    for line in lines:
        at = line.at.astimezone(VIETNAM)
        yield (
            f"{at:%d/%m/%Y %H:%M:%S}", line.who, line.username, line.action_label, line.subject_label, line.subject_id, line.unit_name,
            ", ".join(line.fields), line.address, line.block, str(line.id),
        )  # fmt: skip
