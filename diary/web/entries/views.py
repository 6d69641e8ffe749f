"""One's own diary: the timeline, writing and sending an entry, reading one, adding to it. Reviewers read one here."""

from datetime import timedelta
from math import ceil
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from ...domain.actors import Actor
from ...domain.errors import NotAllowed, WrongMoment
from ...domain.evidence import limits_text
from ...domain.hints import Hint
from ...domain.hints.marks import told
from ...domain.month_sheets import day_to_begin
from ...domain.readings import Way
from ...domain.years import Activity
from ...queries import entries as queries
from ...queries import hints, years
from ...queries.entries import ENTRIES_A_PAGE, EntryPage, PledgeChoice
from ...services import clock, entries, readings
from ..answers import lead, refuse
from ..attempts import HAPPENED, WRONG_MOMENT, attempt
from ..flashes import say
from ..formats import local_day
from ..ids import form_id, new_id
from ..session import current_actor
from . import asked
from .evidence import keep_files
from .forms import AdditionForm, EntryForm

bp = Blueprint("entries", __name__, url_prefix="/nhat-ky")


@bp.get("")
def index() -> Any:
    actor, wanted = keeper(), asked.wanted()
    assert actor.member_id is not None
    found = queries.timeline(actor.member_id, wanted)
    choices = queries.wanted_choices(actor.member_id) if asked.panel_asked(wanted) else None
    return render_template(
        "entries/timeline.html",
        timeline=found,
        wanted=wanted,
        asked_for=asked,
        choices=choices,
        today=clock.today(),
        last=ceil(found.total / ENTRIES_A_PAGE),
        page_url=asked.page_url,
    )


@bp.route("/moi", methods=["GET", "POST"])
def new() -> Any:
    actor, form, status = keeper(), EntryForm(), 200
    if form.validate_on_submit():
        entry_id = form_id(form.id.data)
        status = attempt(form, lambda: _log(actor, entry_id, form))
        if status == HAPPENED:
            return _done(entry_id)
    elif _wants("more") and not form.did.data:
        return redirect(url_for(".new"), 303)
    _offer(form, actor)
    if request.method == "GET":
        _begin(form, actor)
    if status == WRONG_MOMENT or not form.id.data:  # the page of an entry that is kept already: pressed once more, it is another one
        form.id.data, form.id.raw_data = str(new_id()), None
    return refuse(form, status, lambda: _form_page(form))


@bp.get("/<uuid:entry_id>")
def show(entry_id: UUID) -> Any:
    page = _load(entry_id)
    return _entry_page(page, AdditionForm(formdata=None, data={"id": str(new_id())}))


@bp.route("/<uuid:entry_id>/sua", methods=["GET", "POST"])
def edit(entry_id: UUID) -> Any:
    page, form, status = _own(entry_id), EntryForm(), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: _change(page, form))
        if status == HAPPENED:
            return _done(entry_id)
    elif request.method == "GET":
        if not page.editable:
            return redirect(url_for(".show", entry_id=entry_id), 303)
        form.show(page)
    if status == WRONG_MOMENT:
        page = _own(entry_id)
        form.version.data, form.version.raw_data = page.version, None  # the text typed may be sent over what now stands beside it
    _offer(form, current_actor(), page)
    if status == WRONG_MOMENT:
        return _form_page(form, page), status  # also to the script, which leaves it to the browser: both texts are to be seen
    return refuse(form, status, lambda: _form_page(form, page))


@bp.post("/<uuid:entry_id>/gui")
def send(entry_id: UUID) -> Any:
    entries.send_entry(current_actor(), entry_id, clock.today())
    say("Đã gửi bí thư.")
    return redirect(url_for(".show", entry_id=entry_id), 303)


@bp.post("/<uuid:entry_id>/xoa")
def delete(entry_id: UUID) -> Any:
    entries.delete_entry(current_actor(), entry_id)
    say("Đã xóa bản nháp.")
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:entry_id>/bo-sung")
def add_words(entry_id: UUID) -> Any:
    page, form, status = _load(entry_id), AdditionForm(), 200
    if form.validate_on_submit():
        facts = (form_id(form.id.data), entry_id, form.words.data, clock.today())
        status = attempt(form, lambda: entries.add_words(current_actor(), *facts))
        if status == HAPPENED:
            say("Đã gửi phần bổ sung.")
            return redirect(url_for(".show", entry_id=entry_id), 303)
    return _entry_page(page, form), status


@bp.post("/tuan-khong-co-viec")
def nothing_to_do() -> Any:
    said = request.form.get("hoan-tac") != "1"
    try:
        entries.say_nothing_to_do(current_actor(), clock.today(), said=said)
        say("Đã ghi: tuần này không có việc." if said else "Đã hoàn tác.")
    except WrongMoment as refusal:
        say(str(refusal), "hint")
    return redirect("/", 303)


def keeper() -> Actor:
    """The person who asks, who keeps a diary; NotAllowed for anybody else."""
    actor = current_actor()
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    return actor


def _wants(act: str) -> bool:
    return request.form.get("act") == act


def _log(actor: Actor, entry_id: UUID, form: EntryForm) -> None:
    entries.log_entry(actor, entry_id, form.to_draft(), clock.today(), send=_wants("send"), files=keep_files(form.uploads()))


def _change(page: EntryPage, form: EntryForm) -> None:
    files, away = keep_files(form.uploads(), len(page.evidence)), request.form.get("bo")
    facts = (current_actor(), page.id, form.to_draft(), form.version.data or 0, clock.today())
    entries.edit_entry(*facts, send=_wants("send"), files=files)
    if away in {str(one.id) for one in page.evidence}:
        entries.remove_evidence(current_actor(), UUID(away))


def _done(entry_id: UUID) -> Any:
    """Where a form leads once it is kept: a sent entry to its page, a draft one goes on with back into its form."""
    if _wants("more") or request.form.get("bo"):
        say("Đã lưu nháp. Điền thêm được bao nhiêu hay bấy nhiêu, rồi gửi bí thư.")
        return lead(url_for(".edit", entry_id=entry_id))
    say("Đã gửi bí thư." if _wants("send") else "Đã lưu nháp.")
    return lead(url_for(".show", entry_id=entry_id))


def _load(entry_id: UUID) -> EntryPage:
    return queries.load_entry(current_actor(), entry_id, clock.now())


def _own(entry_id: UUID) -> EntryPage:
    page = _load(entry_id)
    if not page.own:
        raise NotAllowed("Chỉ người viết mới sửa được bài của mình.")
    return page


def _begin(form: EntryForm, actor: Actor) -> None:
    """Fill an empty form in with what the address asks for: a day, a pledge, or what the entry sent last had."""
    assert actor.member_id is not None
    form.begin(new_id(), day_to_begin(request.args.get("thang", ""), clock.today()), request.args.get("dang-ky", ""))
    if "nhu-lan-truoc" not in request.args:
        return
    last = queries.last_sent(actor.member_id)
    if last:
        form.repeat(last)
    else:
        say("Bạn chưa gửi bài nào nên chưa có bài để ghi lại.", "hint")


def _offer(form: EntryForm, actor: Actor, page: EntryPage | None = None) -> None:
    """Put the pledges and virtues to choose from into the form; what the entry names already stays among them."""
    assert actor.member_id is not None and actor.place is not None
    this_year = page.year if page else clock.today().year
    pledges = list(writable_pledges(actor, this_year))
    if page and page.pledge_id and page.pledge_id not in {one.id for one in pledges}:
        pledges.append(PledgeChoice(page.pledge_id, page.year, page.pledge, None))
    virtues = list(years.virtues(this_year, page.place if page else actor.place))
    if page and page.virtue_id and page.virtue_id not in {one.id for one in virtues}:
        virtues.append(years.VirtueRow(page.virtue_id, page.virtue, ""))
    form.offer(pledges, virtues, this_year)


def writable_pledges(actor: Actor, this_year: int) -> tuple[PledgeChoice, ...]:
    """The pledges an entry may serve: this year's, and last year's while its diary is still open."""
    assert actor.member_id is not None and actor.place is not None
    found = queries.pledge_choices(actor.member_id, this_year - 1)
    if all(one.year >= this_year for one in found):
        return found
    facts = years.year_facts(this_year - 1, actor.place)
    still_open = facts is not None and facts.is_open(Activity.WRITING, clock.today())
    return found if still_open else tuple(one for one in found if one.year >= this_year)


def _form_page(form: EntryForm, page: EntryPage | None = None) -> str:
    if request.method == "POST":
        form.ask_for_files_again()
    today = clock.today()
    return render_template(
        "entries/edit.html",
        form=form,
        stored=page,
        again="nhu-lan-truoc" in request.args,
        today=today,
        yesterday=today - timedelta(days=1),
        limits=limits_text(),
    )


def _entry_page(page: EntryPage, form: AdditionForm) -> str:
    if not page.own:
        readings.note_readings(current_actor(), [page.id], Way.PAGE)
    written_on = local_day(page.written_at)
    marks, found = hints.marks_of(page.id) if page.sent_at else None, _hints(page)
    return render_template(
        "entries/show.html",
        entry=page,
        marks=marks,
        hints=found,
        form=form,
        written_on=written_on,
        days=(written_on - page.happened_on).days,
    )


def _hints(page: EntryPage) -> tuple[Hint, ...]:
    """What the author may still add before sending, where the text was not typed on a page that says so itself."""
    if not (page.own and page.editable):
        return ()
    text = told(page.did, page.people, page.result, page.result_unit)
    return hints.found(page.member_id, page.place.unit_id, text, clock.today(), page.id, day=page.happened_on).hints[:2]
