"""One's own pledges: the year's list, writing and sending one, and saying how it ended. Reviewers read one here."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.actors import Actor
from ...domain.errors import NotAllowed, WrongMoment
from ...domain.pledge_changes import require_changeable
from ...domain.pledge_coach import FOUR_QUESTIONS, coach
from ...domain.pledge_library import JOBS, VIRTUES, ReadyPledge, found, job_of, virtue_among
from ...domain.pledges import FOUR_TESTS, PledgeState, require_sendable
from ...domain.units import Place
from ...files.pledge_library import ready_pledge, ready_pledges
from ...queries import accounts, documents, years
from ...queries import pledges as queries
from ...services import clock, pledges
from ...services import pledge_changes as changes
from ..attempts import HAPPENED, WRONG_MOMENT, attempt
from ..floods import Gate
from ..ids import form_id, new_id
from ..paging import chosen_year
from ..session import current_actor
from .forms import ChangeForm, OutcomeForm, PledgeForm

bp = Blueprint("pledges", __name__, url_prefix="/dang-ky")
_GATE = Gate(burst=30, every=0.5)  # the coach is asked once after a pause in typing, and not while nothing changed


@bp.get("")
def index() -> Any:
    actor, place = _member()
    all_years, year = years.years(), chosen_year()
    groups, papers = queries.own_pledges(actor, year), documents.registrations(actor, _ids(actor), year)
    closed, today = _closed_words(year, place), clock.today()
    return render_template("pledges/index.html", groups=groups, year=year, years=all_years, closed=closed, today=today, papers=papers)


@bp.route("/moi", methods=["GET", "POST"])
def new() -> Any:
    actor, place = _member()
    year, form = chosen_year(), PledgeForm(formdata=request.form or None)
    virtues = years.virtues(year, place)
    form.offer(virtues)
    status = 200
    if form.validate_on_submit():
        wanted, send = form_id(form.id.data), _wants_to_send()
        status = attempt(form, lambda: pledges.add_pledge(actor, wanted, year, form.to_draft(), clock.today(), send=send))
        if status == HAPPENED:
            return _done(wanted, sent=send)
    form.id.data = form.id.data or str(new_id())
    sample = ready_pledge(request.args.get("mau", ""))
    if sample and request.method == "GET":
        form.take_over(sample, virtue_among(sample.virtue, {one.id: one.name for one in virtues}), sample.due_on(year, clock.today()))
    return _form_page(form, year, place, virtues, sample=sample), status


@bp.get("/mau")
def library() -> Any:
    actor, _ = _member()
    job = request.args.get("nghe")
    if job is None:
        job = job_of(accounts.own_profile(actor).job)
    virtue, words = request.args.get("chuan-muc", ""), request.args.get("q", "")[:100]
    shown = found(ready_pledges(), job if job in JOBS else "", virtue if virtue in VIRTUES else "", words)
    facts = {"job": job, "virtue": virtue, "words": words, "shown": shown, "jobs": JOBS, "virtues": VIRTUES, "year": chosen_year()}
    return render_template("pledges/library.html", **facts)


@bp.post("/goi-y")
def coaching() -> Any:
    actor, _ = _member()
    if not _GATE.lets_in(actor.account_id, clock.now()):
        return "", 429
    return render_template("pledges/_coach.html", coaching=coach(PledgeForm().to_draft()))


@bp.get("/<uuid:pledge_id>")
def show(pledge_id: UUID) -> Any:
    page = _load(pledge_id)
    return _pledge_page(page, _outcome_form(page.pledge))


@bp.route("/<uuid:pledge_id>/sua", methods=["GET", "POST"])
def edit(pledge_id: UUID) -> Any:
    page, (_, place) = _own(pledge_id), _member()
    form, virtues = PledgeForm(formdata=request.form or None), years.virtues(page.pledge.year, place)
    form.offer(virtues)
    status = 200
    if form.validate_on_submit():
        draft, version, send = form.to_draft(), form.version.data or 0, _wants_to_send()
        status = attempt(form, lambda: pledges.edit_pledge(current_actor(), pledge_id, draft, version, clock.today(), send=send))
        if status == HAPPENED:
            return _done(pledge_id, sent=send)
    elif request.method == "GET":
        if not page.pledge.editable:
            return redirect(url_for(".show", pledge_id=pledge_id), 303)
        form.show(page.pledge)
    if status == WRONG_MOMENT:
        page = _own(pledge_id)
        form.version.data, form.version.raw_data = page.pledge.version, None  # the text typed may be sent over what now stands beside it
    return _form_page(form, page.pledge.year, place, virtues, stored=page.pledge), status


@bp.post("/<uuid:pledge_id>/gui")
def send(pledge_id: UUID) -> Any:
    pledges.send_pledge(current_actor(), pledge_id, clock.today())
    return _done(pledge_id, sent=True)


@bp.post("/<uuid:pledge_id>/xoa")
def delete(pledge_id: UUID) -> Any:
    year = _own(pledge_id).pledge.year
    pledges.delete_pledge(current_actor(), pledge_id)
    flash("Đã xóa bản nháp.", "success")
    return redirect(url_for(".index", nam=year), 303)


@bp.route("/<uuid:pledge_id>/xin-doi", methods=["GET", "POST"])
def ask_change(pledge_id: UUID) -> Any:
    page, (actor, place) = _own(pledge_id), _member()
    form, virtues = ChangeForm(formdata=request.form or None), years.virtues(page.pledge.year, place)
    form.offer(virtues)
    form.keep(page.pledge)
    status = 200
    if form.validate_on_submit():
        wanted, draft, version = form_id(form.id.data), form.to_draft(), form.version.data or 0
        status = attempt(form, lambda: changes.ask_change(actor, wanted, pledge_id, draft, form.reason.data, version, clock.today()))
        if status == HAPPENED:
            flash("Đã gửi lời xin đổi. Nội dung đang thực hiện vẫn giữ cho đến khi được duyệt.", "success")
            return redirect(url_for(".show", pledge_id=pledge_id), 303)
    elif request.method == "GET":
        refusal = _unchangeable(page, place)
        if refusal:
            raise WrongMoment(refusal)
        form.show(page.pledge)
        if request.args.get("lai") and page.changes:
            form.wish(page.changes[0])
    if status == WRONG_MOMENT:
        page = _own(pledge_id)
        form.version.data, form.version.raw_data = page.pledge.version, None
    form.id.data = form.id.data or str(new_id())
    return _change_page(form, page, virtues), status


@bp.post("/<uuid:pledge_id>/rut-xin-doi")
def withdraw_change(pledge_id: UUID) -> Any:
    changes.withdraw_change(current_actor(), pledge_id)
    flash("Đã rút lại lời xin đổi. Nội dung đang thực hiện vẫn giữ.", "success")
    return redirect(url_for(".show", pledge_id=pledge_id), 303)


@bp.post("/<uuid:pledge_id>/ket-qua")
def close(pledge_id: UUID) -> Any:
    page, form = _own(pledge_id), OutcomeForm()
    status = 200
    if form.validate_on_submit():
        outcome = _outcome(form.outcome.data)
        status = attempt(form, lambda: pledges.close_pledge(current_actor(), pledge_id, outcome, form.words.data))
        if status == HAPPENED:
            flash("Nội dung trở lại trạng thái Đã duyệt." if outcome is PledgeState.APPROVED else "Đã ghi kết quả.", "success")
            return redirect(url_for(".show", pledge_id=pledge_id), 303)
    return _pledge_page(page, form), status


def _member() -> tuple[Actor, Place]:
    actor = current_actor()
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    return actor, actor.place


def _ids(actor: Actor) -> list[int]:
    return [actor.member_id] if actor.member_id is not None else []


def _load(pledge_id: UUID) -> queries.PledgePage:
    return queries.load_pledge(current_actor(), pledge_id, clock.now())


def _own(pledge_id: UUID) -> queries.PledgePage:
    page = _load(pledge_id)
    if not page.own:
        raise NotAllowed("Chỉ người đăng ký mới sửa được nội dung của mình.")
    return page


def _wants_to_send() -> bool:
    return request.form.get("act") == "send"


def _done(pledge_id: UUID, *, sent: bool) -> Any:
    flash("Đã gửi bí thư." if sent else "Đã lưu nháp.", "success")
    return redirect(url_for(".show", pledge_id=pledge_id), 303)


def _outcome(text: str) -> PledgeState:
    return next((state for state in PledgeState if state.value == text), PledgeState.DRAFT)


def _outcome_form(pledge: queries.PledgeRow) -> OutcomeForm:
    ended = pledge.state in (PledgeState.MET, PledgeState.NOT_MET)
    return OutcomeForm(formdata=None, data={"outcome": pledge.state.value if ended else None, "words": pledge.outcome_words})


def _closed_words(year: int, place: Place, state: PledgeState = PledgeState.DRAFT) -> str:
    """Why a pledge in `state` cannot be sent today; empty when it can."""
    try:
        require_sendable(state, years.year_facts(year, place), clock.today())
    except WrongMoment as error:
        return str(error)
    return ""


def _unchangeable(page: queries.PledgePage, home: Place) -> str:
    """Why no change of the pledge can be asked for today; empty when it can."""
    if page.change:
        return "Nội dung này đang có một lời xin đổi chờ duyệt."
    try:
        require_changeable(page.pledge.state, page.place, home, years.year_facts(page.pledge.year, page.place), clock.today())
    except WrongMoment as error:
        return str(error)
    return ""


def _change_page(form: ChangeForm, page: queries.PledgePage, virtues: Any) -> str:
    return render_template(
        "pledges/change.html",
        form=form,
        pledge=page.pledge,
        virtues=virtues,
        tests=FOUR_TESTS,
        four_questions=FOUR_QUESTIONS,
        coaching=coach(form.to_draft()),
        last_day=date(page.pledge.year, 12, 31),
    )


def _form_page(
    form: PledgeForm, year: int, place: Place, virtues: Any, stored: queries.PledgeRow | None = None, sample: ReadyPledge | None = None
) -> str:
    return render_template(
        "pledges/edit.html",
        form=form,
        year=year,
        virtues=virtues,
        stored=stored,
        sample=sample,
        tests=FOUR_TESTS,
        four_questions=FOUR_QUESTIONS,
        coaching=coach(form.to_draft()),
        closed=_closed_words(year, place, stored.state if stored else PledgeState.DRAFT),
        last_day=date(year, 12, 31),
    )


def _pledge_page(page: queries.PledgePage, form: OutcomeForm) -> str:
    closed = _closed_words(page.pledge.year, page.place, page.pledge.state) if page.own and page.pledge.editable else ""
    home = current_actor().place
    fixed = _unchangeable(page, home) if page.own and home and page.pledge.state is PledgeState.APPROVED else ""
    facts = {"form": form, "closed": closed, "fixed": fixed, "today": clock.today()}
    return render_template("pledges/show.html", page=page, pledge=page.pledge, **facts)
