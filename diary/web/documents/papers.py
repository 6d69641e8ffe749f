"""Papers of a year as files: the stored bytes where one was issued, else a draft; DOCX and XLSX to go on working with."""

from datetime import date
from typing import Any

from flask import Blueprint, request

from ...domain.dates import parse_day
from ...domain.documents import DocumentKind, Ending
from ...domain.errors import NotFound
from ...domain.month_sheets import first_of
from ...domain.permissions import Action
from ...jobs import documents as jobs
from ...queries import documents as queries
from ...queries import month_sheets as month_queries
from ...services import clock, exports
from ..paging import chosen_year
from ..session import current_actor, open_page
from .downloads import handed_out, pdf, site, storage

bp = Blueprint("papers", __name__)
_TO_EDIT, _TO_COUNT = "<any(pdf, docx):ending>", "<any(pdf, docx, xlsx):ending>"


@bp.get(f"/xep-loai/danh-sach.{_TO_COUNT}")
def proposal_list(ending: str) -> Any:
    unit_id = _own_or_wanted()
    return _sent(queries.Paper(queries.list_of(current_actor(), unit_id, chosen_year())), ending)


@bp.get(f"/xep-loai/bien-ban.{_TO_EDIT}")
def minutes(ending: str) -> Any:
    return _sent(queries.minutes_of(current_actor(), _own_or_wanted(), chosen_year()), ending)


@bp.get(f"/xet-duyet/to-trinh.{_TO_EDIT}")
def petition(ending: str) -> Any:
    return _sent(_of_a_base(DocumentKind.PETITION), ending)


@bp.get(f"/xet-duyet/danh-sach.{_TO_COUNT}")
def base_list(ending: str) -> Any:
    return _sent(_of_a_base(DocumentKind.BASE_LIST), ending)


@bp.get(f"/xet-duyet/quyet-dinh.{_TO_COUNT}")
def decision(ending: str) -> Any:
    open_page(Action.EVALUATION_READ)
    number, day = request.args.get("so", ""), _day(request.args.get("ngay", ""))
    paper = queries.decision_of(current_actor(), chosen_year(), number, day)
    return _sent(paper, ending, paper.about.number.replace("/", "-"))


@bp.get(f"/dang-ky/<int:year>/<int:member_id>/ban-dang-ky.{_TO_EDIT}")
def registration(year: int, member_id: int, ending: str) -> Any:
    return _sent(queries.registration_of(current_actor(), member_id, year, request.args.get("don-vi", type=int)), ending)


@bp.get("/phieu-ghi-tay/<month>.pdf")
def month_sheet(month: str) -> Any:
    first = first_of(month)
    if first is None:
        raise NotFound()
    name = f"Phiếu ghi tay tháng {first.month:02} năm {first.year}"
    if request.args.get("don-vi"):
        sheets = month_queries.branch_sheets(current_actor(), _wanted(), first, site())
        exports.note_export(current_actor(), "member_list", len(sheets), _wanted(), [month])
        return pdf(jobs.month_sheets(sheets), f"{name} cả chi đoàn")
    return pdf(jobs.month_sheets((month_queries.own_sheet(current_actor(), first, site()),)), name)


def _sent(paper: queries.Paper, ending: str, more: str = "") -> Any:
    """The file, named by what it is, its number and whom it is about."""
    wanted, today = Ending(ending), clock.today()
    content = jobs.printed(paper.about, today, storage()) if wanted is Ending.PDF else jobs.drafted(paper.about, wanted, today)
    return handed_out(paper.about, content, " ".join(part for part in (paper.title, more, paper.person) if part), wanted)


def _own_or_wanted() -> int:
    """The unit `?don-vi=` names, else that of the first post; the page is for those who read evaluations."""
    posts = open_page(Action.EVALUATION_READ)
    return _wanted() if request.args.get("don-vi") else posts[0].unit_id


def _wanted() -> int:
    wanted = request.args.get("don-vi", type=int)
    if wanted is None:
        raise NotFound()
    return wanted


def _of_a_base(kind: DocumentKind) -> queries.Paper:
    return queries.base_paper(current_actor(), kind, _own_or_wanted(), chosen_year())


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise NotFound() from None
