"""Papers of a year to print, and issuing them: numbers, codes, what was issued, issuing again, withdrawing."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.documents import About, DocumentKind, DocumentState
from ...domain.errors import BadInput, NotAllowed, NotFound
from ...domain.permissions import Action, may_somewhere
from ...jobs import documents as jobs
from ...queries import documents as queries
from ...queries import years
from ...services import clock
from ...services import documents as services
from ..attempts import HAPPENED, attempt
from ..paging import chosen_year, page_number
from ..session import current_actor, open_page
from .downloads import handed_out, pdf, site, storage
from .forms import WithdrawalForm

bp = Blueprint("documents", __name__)
_ISSUED_HERE = frozenset(DocumentKind) - {DocumentKind.EVALUATION_SHEET, DocumentKind.YEAR_BOOK}
_BACK = {"xep-loai": "ratings.table", "hop": "hall.show", "xet-duyet": "approvals.index", "dang-ky": "branches.branch"}


@bp.get("/danh-gia/<uuid:evaluation_id>/phieu.pdf")
def sheet(evaluation_id: UUID) -> Any:
    paper = queries.sheet_of(current_actor(), evaluation_id)
    return handed_out(paper.about, jobs.printed(paper.about, clock.today(), storage()), f"{paper.title} {paper.person}")


@bp.get("/so-nhat-ky/<int:year>.pdf")
def year_book(year: int) -> Any:
    actor = current_actor()
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    about = About(DocumentKind.YEAR_BOOK, actor.place.unit_id, year, actor.member_id)
    return pdf(jobs.printed(about, clock.today(), storage()), f"{about.title} {actor.name}")


@bp.get("/van-ban-phat-hanh")
def index() -> Any:
    open_page(Action.EVALUATION_READ)
    year = chosen_year()
    found = queries.issued_documents(current_actor(), year, page_number())
    may_print = may_somewhere(current_actor(), Action.EVALUATION_PRINT)
    return render_template("documents/index.html", found=found, year=year, years=years.years(), may_print=may_print)


@bp.post("/van-ban-phat-hanh")
def issue() -> Any:
    actor, press = current_actor(), _press()
    if request.form.get("kind") == DocumentKind.EVALUATION_SHEET:
        return _issued(jobs.issue_sheet(actor, _uuid(request.form.get("id", "")), press))
    return _issued(jobs.issue(actor, _wanted_paper(), press))


def _wanted_paper() -> About:
    """What the form names: a paper of a unit, a member's registration, or a decision by its number and day. Who may issue it is asked
    where its number is reserved; what cannot be read is not found here."""
    actor, kind, form = current_actor(), request.form.get("kind", ""), request.form
    if kind not in _ISSUED_HERE:
        raise BadInput("kind", "Không phát hành được loại văn bản này.")
    subject, year = _number(form.get("id", "")), _number(form.get("year", ""))
    if kind == DocumentKind.REGISTRATION:
        return queries.registration_of(actor, subject, year, _number(form.get("unit", ""))).about
    if kind == DocumentKind.DECISION:
        return queries.decision_of(actor, year, form.get("number", ""), _day(form.get("day", ""))).about
    return About(DocumentKind(kind), subject, year)


@bp.get("/van-ban-phat-hanh/<uuid:document_id>.pdf")
def download(document_id: UUID) -> Any:
    document = queries.load_document(current_actor(), document_id)
    if document.state is DocumentState.RESERVED:
        raise NotFound("Văn bản này đang lập, chưa có tệp để tải về.")
    return handed_out(document.about, jobs.stored(storage(), document.sha256), document.file_name)


@bp.post("/van-ban-phat-hanh/<uuid:document_id>/lap-tiep")
def finish(document_id: UUID) -> Any:
    return _issued(jobs.finish(current_actor(), document_id, _press()))


@bp.post("/van-ban-phat-hanh/<uuid:document_id>/phat-hanh-lai")
def issue_again(document_id: UUID) -> Any:
    return _issued(jobs.issue_again(current_actor(), document_id, _press()))


@bp.route("/van-ban-phat-hanh/<uuid:document_id>/thu-hoi", methods=["GET", "POST"])
def withdraw(document_id: UUID) -> Any:
    document, form, status = _changeable(document_id), WithdrawalForm(), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: services.withdraw_document(current_actor(), document_id, form.reason.data))
        if status == HAPPENED:
            flash(f"Đã thu hồi văn bản số {document.symbol}.", "success")
            return redirect(url_for(".index", nam=document.about.year), 303)
    return render_template("documents/withdraw.html", document=document, form=form), status


def _changeable(document_id: UUID) -> queries.DocumentRow:
    """The document, for officers of the branch that issued it."""
    document = queries.load_document(current_actor(), document_id)
    if not document.may_change:
        raise NotAllowed("Chỉ bí thư, phó bí thư đơn vị phát hành mới thu hồi được văn bản.")
    return document


def _issued(document_id: UUID) -> Any:
    """Say which number it got, and go to the list of documents, or back to the page where it was issued."""
    document = queries.load_document(current_actor(), document_id)
    flash(f"Đã phát hành {document.title[0].lower()}{document.title[1:]}, số {document.symbol}.", "success")
    about, back = document.about, _BACK.get(request.form.get("ve", ""))
    if back is None:
        return redirect(url_for(".index", nam=about.year), 303)
    where: dict[str, Any] = {"nam": about.year, "don-vi": about.unit_id}
    if about.kind is DocumentKind.EVALUATION_SHEET:
        where["phieu"] = 1
    return redirect(url_for(back, _anchor="van-ban-in", **where), 303)


def _press() -> jobs.Press:
    return jobs.Press(storage(), site())


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFound()
    return int(text)
