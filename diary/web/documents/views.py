"""Papers of a year to print, and issuing them: numbers, codes, what was issued, issuing again, withdrawing."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from ...domain.documents import About, DocumentKind, DocumentState
from ...domain.errors import BadInput, NotAllowed, NotFound
from ...domain.permissions import Action
from ...jobs import documents as jobs
from ...queries import documents as queries
from ...queries import years
from ...services import clock, readings
from ...services import documents as services
from ..attempts import HAPPENED, attempt
from ..paging import chosen_year, page_number
from ..session import current_actor, open_page
from .downloads import pdf, storage
from .forms import WithdrawalForm

bp = Blueprint("documents", __name__)


@bp.get("/danh-gia/<uuid:evaluation_id>/phieu.pdf")
def sheet(evaluation_id: UUID) -> Any:
    paper = queries.sheet_of(current_actor(), evaluation_id)
    return pdf(jobs.printed(paper.about, clock.today(), storage()), f"{paper.title} {paper.person}")


@bp.get("/so-nhat-ky/<int:year>.pdf")
def year_book(year: int) -> Any:
    actor = current_actor()
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    about = About(DocumentKind.YEAR_BOOK, actor.place.unit_id, year, actor.member_id)
    return pdf(jobs.printed(about, clock.today(), storage()), f"{about.title} {actor.name}")


@bp.get("/xep-loai/danh-sach.pdf")
def proposal_list() -> Any:
    posts = open_page(Action.EVALUATION_READ)
    wanted = request.args.get("don-vi", type=int) if request.args.get("don-vi") else posts[0].unit_id
    if wanted is None:
        raise NotFound()
    about = queries.list_of(current_actor(), wanted, chosen_year())
    return pdf(jobs.printed(about, clock.today(), storage()), about.title)


@bp.get("/van-ban-phat-hanh")
def index() -> Any:
    open_page(Action.EVALUATION_READ)
    year = chosen_year()
    found = queries.issued_documents(current_actor(), year, page_number())
    return render_template("documents/index.html", found=found, year=year, years=years.years())


@bp.post("/van-ban-phat-hanh")
def issue() -> Any:
    actor, kind, subject = current_actor(), request.form.get("kind", ""), request.form.get("id", "")
    if kind == DocumentKind.EVALUATION_SHEET:
        return _issued(jobs.issue_sheet(actor, _uuid(subject), _press()))
    if kind == DocumentKind.PROPOSAL_LIST:
        return _issued(jobs.issue_list(actor, _number(subject), _number(request.form.get("year", "")), _press()))
    raise BadInput("kind", "Chỉ phát hành được phiếu đánh giá và danh sách đề nghị xếp loại.")


@bp.get("/van-ban-phat-hanh/<uuid:document_id>.pdf")
def download(document_id: UUID) -> Any:
    document = queries.load_document(current_actor(), document_id)
    if document.state is DocumentState.RESERVED:
        raise NotFound("Văn bản này đang lập, chưa có tệp để tải về.")
    if document.about.kind is DocumentKind.YEAR_BOOK and document.about.member_id is not None:
        readings.note_books(current_actor(), document.about.year, [(document.about.member_id, document.about.unit_id)])
    return pdf(jobs.stored(storage(), document.sha256), document.file_name)


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
    """Say which number it got, and go to the list of documents, or back to the branch's page where it was issued from there."""
    document = queries.load_document(current_actor(), document_id)
    flash(f"Đã phát hành {document.title[0].lower()}{document.title[1:]}, số {document.symbol}.", "success")
    about = document.about
    if request.form.get("ve") == "xep-loai":
        where: dict[str, Any] = {"nam": about.year, "don-vi": about.unit_id}
        if about.kind is DocumentKind.EVALUATION_SHEET:
            where["phieu"] = 1
        return redirect(url_for("ratings.table", _anchor="van-ban-in", **where), 303)
    return redirect(url_for(".index", nam=about.year), 303)


def _press() -> jobs.Press:
    return jobs.Press(storage(), current_app.config["DIARY_PUBLIC_URL"] or request.host_url.rstrip("/"))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFound()
    return int(text)
