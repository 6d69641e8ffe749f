"""Importing a register's list on the web: send the file, look at what it would do, import, take the refused rows to mend them.

Every register gives what is its own in a Kit; the pages are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for

from ...domain.actors import Actor
from ...domain.errors import BadInput, DiaryError, NotFound
from ...domain.figures import number
from ...domain.member_lists.import_plan import Outcome
from ...domain.permissions import Action
from ...domain.registers import Register, RegisterList, read_register
from ...domain.registers.import_plan import RegisterPlan
from ...files.encodings import repair_sheets
from ...files.sheets import read_sheets, write_sheet
from ...files.uploads import GONE, Upload, Uploads
from ...queries import years
from ...services import clock, exports
from ..downloads import workbook
from ..paging import chosen_year
from ..session import current_actor, open_page
from .forms import RegisterListForm

SHOWN = 100  # rows of a kind that a page shows; the refused ones are all in their file
REFUSED_HEADER = ("Trang", "Dòng", "Lý do")
Doing = Callable[[Actor, RegisterList, int | None], RegisterPlan]
"""Who does it, the read list and the year of rows that name none in; the plan out."""


@dataclass(frozen=True, slots=True)
class Kit:
    """A register as its import pages need it: its address, how an import is planned, how it is done, and an example of a list's head."""

    register: Register
    address: str
    plan: Doing
    bring_in: Doing
    example: str

    @property
    def heading(self) -> str:
        """What its pages are called: "Nhập đoàn phí"."""
        return f"Nhập {self.register.title[0].lower()}{self.register.title[1:]}"


def import_pages(kit: Kit) -> Blueprint:
    """The blueprint of a register's import pages, under its address."""
    pages = _Pages(kit)
    bp = Blueprint(f"{kit.register.name}_lists", __name__, url_prefix=f"{kit.address}/nhap")
    bp.add_url_rule("", "send_list", pages.send_list, methods=["GET", "POST"])
    bp.add_url_rule("/<token>", "preview", pages.preview, methods=["GET"])
    bp.add_url_rule("/<token>", "import_list", pages.import_list, methods=["POST"])
    bp.add_url_rule("/<token>/tu-choi.xlsx", "refused_rows", pages.refused_rows, methods=["GET"])
    return bp


class _Pages:
    def __init__(self, kit: Kit):
        self._kit = kit

    def send_list(self) -> Any:
        open_page(Action.REGISTER_EDIT)
        form = RegisterListForm(year=chosen_year())
        form.offer(years.years())
        if form.validate_on_submit():
            token = form.attempt(lambda: self._take_in(form.file.data, form.year.data))
            if token:
                return redirect(url_for(".preview", token=token), 303)
        return render_template("registers/send_list.html", form=form, kit=self._kit)

    def preview(self, token: str) -> Any:
        upload = self._upload(token)
        if "counts" in upload.notes:
            return render_template("registers/imported.html", upload=upload, kit=self._kit)
        listed = self._read(upload.name, upload.content)
        plan = self._kit.plan(current_actor(), listed, upload.notes["year"])
        facts = {"listed": listed, "plan": plan, "outcomes": Outcome, "shown": SHOWN}
        return render_template("registers/preview.html", upload=upload, kit=self._kit, **facts)

    def import_list(self, token: str) -> Any:
        upload = self._upload(token)
        if "counts" not in upload.notes:
            plan = self._kit.bring_in(current_actor(), self._read(upload.name, upload.content), upload.notes["year"])
            counts = {outcome.name: count for outcome, count in plan.counts.items()}
            _uploads().note(current_actor().account_id, token, upload.notes | {"counts": counts})
            flash(f"Đã nhập {number(len(plan.taken))} trên {number(plan.rows_read)} dòng.", "success")
        return redirect(url_for(".preview", token=token), 303)

    def refused_rows(self, token: str) -> Any:
        upload = self._upload(token)
        plan = self._kit.plan(current_actor(), self._read(upload.name, upload.content), upload.notes["year"])
        header = (*self._kit.register.header, *REFUSED_HEADER)
        rows: list[tuple[str | int, ...]] = [(*row.cells, row.sheet, row.row, row.reason) for row in plan.refused]
        content = write_sheet("Dòng bị từ chối.xlsx", header, rows)
        exports.note_export(current_actor(), f"{self._kit.register.name}_list", len(rows), fields=["refused"])
        return workbook("dong-bi-tu-choi.xlsx", content)

    def _take_in(self, file: Any, year: int) -> str:
        """Keep a file that holds such a list; its token. BadInput at the file otherwise."""
        name, content = Path(file.filename or "").name[:120], file.read()
        file.close()
        try:
            listed = self._read(name, content)
        except DiaryError as error:
            raise BadInput("file", str(error)) from None
        if not listed.rows_read:
            raise BadInput("file", f"Không tìm thấy danh sách trong tệp. Tệp cần có một dòng đầu cột với {self._kit.example}.")
        account = current_actor().account_id
        token = _uploads().keep(account, name, content, clock.now())
        _uploads().note(account, token, {"register": self._kit.register.name, "year": year})
        return token

    def _read(self, name: str, content: bytes) -> RegisterList:
        return read_register(repair_sheets(read_sheets(name, content)), self._kit.register, clock.today())

    def _upload(self, token: str) -> Upload:
        """The sender's waiting file, when it was sent here."""
        open_page(Action.REGISTER_EDIT)
        upload = _uploads().get(current_actor().account_id, token, clock.now())
        if upload.notes.get("register") != self._kit.register.name:
            raise NotFound(GONE)
        return upload


def _uploads() -> Uploads:
    return Uploads(Path(current_app.config["DIARY_INSTANCE"]) / "uploads")
