"""The rating meeting: opening it, who is there, and one person at a time for the projector and the phone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request

from ...domain.ballots import tally
from ...domain.errors import BadInput, NotFound, WrongMoment
from ...domain.evaluations import ATTENDANCE_LABELS, Attendance
from ...domain.permissions import Action
from ...domain.readings import Way
from ...domain.vietnamese import clean_text
from ...queries import documents
from ...queries import evaluations as evaluation_queries
from ...queries import meetings as queries
from ...queries.evaluations import Branch
from ...services import clock, meetings, readings
from ...services.meetings import Ballot, MeetingDraft
from ..attempts import HAPPENED, attempt
from ..ids import form_id, new_id
from ..paging import chosen_year
from ..session import current_actor, open_page, wants_json
from ..year_ends import branch_url, chosen_unit, why_closed
from .forms import SECRET, OpeningForm, as_uuid, read_marks, read_votes

bp = Blueprint("hall", __name__, url_prefix="/xep-loai/hop")


@bp.route("", methods=["GET", "POST"])
def show() -> Any:
    unit_id = chosen_unit(open_page(Action.EVALUATION_PROPOSE)).unit_id
    branch = evaluation_queries.load_branch(current_actor(), Action.EVALUATION_PROPOSE, unit_id, chosen_year())
    closed = why_closed(branch.the_scheme)
    if closed:
        return render_template("ratings/unrated_year.html", closed=closed, branch=branch), 409 if request.method == "POST" else 200
    if request.method == "POST":
        return _open(branch)
    wanted = request.args.get("nguoi", "")
    meeting = queries.meeting_of(branch, clock.today(), as_uuid(wanted))
    if wanted and as_uuid(wanted) is None:
        raise NotFound()
    if meeting is None:
        return _opening_page(branch, _opening_form(branch))
    if meeting.facts.closed:
        return _closed_page(meeting)
    if request.args.get("buoc") == "diem-danh" or (not wanted and meeting.unmarked == len(meeting.attendees)):
        return _attendance_page(meeting)
    return _hall(meeting)


# Opening


def _opening_form(branch: Branch) -> OpeningForm:
    form = OpeningForm(formdata=request.form or None)
    form.offer(queries.opening(branch, clock.today()).members)
    if request.method == "GET":
        form.id.data, form.held_on.data, form.chair_id.data = str(new_id()), clock.today(), current_actor().member_id
    return form


def _open(branch: Branch) -> Any:
    form, status = _opening_form(branch), 200
    if form.validate_on_submit():
        status = attempt(form, lambda: meetings.open_meeting(current_actor(), _draft(form, branch)))
    if status == HAPPENED:
        return redirect(branch_url(".show", branch.id, branch.year, buoc="diem-danh"), 303)
    return _opening_page(branch, form), status


def _draft(form: OpeningForm, branch: Branch) -> MeetingDraft:
    held_on = form.held_on.data
    if held_on is None:
        raise BadInput("held_on", "Hãy ghi ngày họp.")
    return MeetingDraft(
        id=form_id(form.id.data),
        unit_id=branch.id,
        year=branch.year,
        held_on=held_on,
        chair_id=form.chair_id.data,
        clerk_id=form.clerk_id.data,
        secret=form.manner.data == SECRET,
        abstains=form.abstains.data,
    )


def _opening_page(branch: Branch, form: OpeningForm) -> str:
    return render_template("ratings/opening.html", branch=branch, form=form, opening=queries.opening(branch, clock.today()))


# Attendance


@bp.post("/<uuid:meeting_id>/diem-danh")
def attendance(meeting_id: UUID) -> Any:
    branch = queries.load_meeting_branch(current_actor(), meeting_id)
    meeting = _meeting(branch)
    rest = Attendance.PRESENT.value if request.form.get("act") == "rest" else ""
    marks = read_marks(request.form, [one.person.member_id for one in meeting.attendees], rest)
    try:
        meetings.save_attendance(current_actor(), meeting_id, marks)
    except BadInput as error:
        return _attendance_page(meeting, marks, str(error))
    except WrongMoment as error:
        return _attendance_page(meeting, marks, str(error)), 409
    after = _meeting(branch)
    flash(f"Đã điểm danh: {after.present}/{len(after.attendees)} người có mặt.", "success")
    enough = after.present >= after.needed and not after.unmarked
    return redirect(branch_url(".show", branch.id, branch.year, **({} if enough else {"buoc": "diem-danh"})), 303)


def _attendance_page(meeting: queries.Meeting, typed: Mapping[int, Attendance] | None = None, fault: str = "") -> str:
    stored = {one.person.member_id: one.attendance for one in meeting.attendees if one.attendance}
    return render_template(
        "ratings/attendance.html",
        meeting=meeting,
        branch=meeting.branch,
        marks=stored | dict(typed or {}),
        labels=ATTENDANCE_LABELS,
        fault=fault,
    )


# One person at a time


@bp.post("/<uuid:meeting_id>/phieu/<uuid:evaluation_id>")
def ballot(meeting_id: UUID, evaluation_id: UUID) -> Any:
    branch = queries.load_meeting_branch(current_actor(), meeting_id)
    meeting = _meeting(branch, evaluation_id)
    try:
        _keep(meeting, evaluation_id)
        if request.form.get("go") == "close":
            meetings.close_meeting(current_actor(), meeting_id)
    except (BadInput, WrongMoment) as error:
        if wants_json():
            raise
        refused = 200 if isinstance(error, BadInput) else 409
        return _hall(_meeting(branch, evaluation_id), error, typed=True), refused
    return _kept(branch, evaluation_id)


def _keep(meeting: queries.Meeting, evaluation_id: UUID) -> None:
    """Store what the page sent: hands and remark of the person while they are still voted on, and what was discussed."""
    actor, meeting_id = current_actor(), meeting.facts.id
    if meeting.turn is not None and meeting.turn.open:
        by_hands = not (meeting.secret or (meeting.turn.ballot and meeting.turn.ballot.open))
        votes = read_votes(request.form, [level.code for level in meeting.scheme.levels]) if by_hands else None
        words = clean_text(request.form.get("branch_words", ""))
        meetings.save_ballot(actor, meeting_id, Ballot(evaluation_id, votes, words, request.form.get("version", 0, type=int)))
    notes = clean_text(request.form.get("notes", ""))
    meetings.save_notes(actor, meeting_id, notes, request.form.get("notes_version", 0, type=int))


def _kept(branch: Branch, evaluation_id: UUID) -> Any:
    """Where to go on: the same person, the one before or after, or the results when the meeting was ended."""
    meeting, go = _meeting(branch, evaluation_id), request.form.get("go", "")
    if wants_json():
        return _as_json(meeting)
    if go == "close":
        flash("Cuộc họp đã kết thúc. Kết quả biểu quyết đã ghi.", "success")
        return redirect(branch_url("ratings.table", branch.id, branch.year), 303)
    beside = meeting.beside({"next": 1, "prev": -1}.get(go, 0)) or evaluation_id
    return redirect(branch_url(".show", branch.id, branch.year, nguoi=beside), 303)


def _as_json(meeting: queries.Meeting) -> Any:
    assert meeting.turn is not None
    said = tally(meeting.scheme, meeting.turn.votes, meeting.present)
    versions = {"version": meeting.turn.person.version, "notes_version": meeting.facts.version}
    return jsonify(**versions, counted=said.counted, words=said.words, settled=said.settled)


def _hall(meeting: queries.Meeting, error: Exception | None = None, *, typed: bool = False) -> str:
    turn = meeting.turn
    readings.note_readings(current_actor(), [one.id for one in turn.best] if turn else (), Way.MEETING)
    votes = turn.votes if turn else {}
    shown = {level.code: str(votes.get(level.code, 0)) for level in meeting.scheme.levels}
    sent = request.form if typed else {}
    return render_template(
        "ratings/hall.html",
        meeting=meeting,
        branch=meeting.branch,
        turn=turn,
        shown={code: sent.get(f"votes-{code}", count) for code, count in shown.items()},
        branch_words=sent.get("branch_words", turn.branch_words if turn else ""),
        notes=sent.get("notes", meeting.notes),
        tally=tally(meeting.scheme, votes, meeting.present, secret=meeting.secret),
        fault=str(error) if error else "",
        fault_field=error.field if isinstance(error, BadInput) else "",
        excused=meeting.named(Attendance.EXCUSED),
        absent=meeting.named(Attendance.ABSENT),
    )


# After the meeting


@bp.post("/<uuid:meeting_id>/mo-lai")
def reopen(meeting_id: UUID) -> Any:
    branch, words = queries.load_meeting_branch(current_actor(), meeting_id), clean_text(request.form.get("words", ""))
    try:
        meetings.reopen_meeting(current_actor(), meeting_id, words)
    except BadInput as error:
        return _closed_page(_meeting(branch), words, str(error))
    except WrongMoment as error:
        return _closed_page(_meeting(branch), words, str(error)), 409
    flash("Đã mở lại họp. Số phiếu cũ vẫn còn để bắt đầu.", "success")
    return redirect(branch_url(".show", branch.id, branch.year), 303)


def _closed_page(meeting: queries.Meeting, words: str = "", fault: str = "") -> str:
    facts = {"again": any(one.person.state == "met" for one in meeting.attendees), "words": words, "fault": fault}
    papers = (documents.minutes_of(current_actor(), meeting.branch.id, meeting.branch.year),)
    return render_template("ratings/closed.html", meeting=meeting, branch=meeting.branch, papers=papers, **facts)


def _meeting(branch: Branch, evaluation_id: UUID | None = None) -> queries.Meeting:
    found = queries.meeting_of(branch, clock.today(), evaluation_id)
    if found is None:
        raise NotFound()
    return found
