"""The rating meeting: opening it, who is there, and one person at a time for the projector and the phone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request

from ...domain.ballots import tally, with_the_rest
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
from .hands import hands_touched, touched

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
    chair_id = current_actor().member_id
    opening = queries.opening(branch, clock.today(), chair_id)
    form.offer(opening.members)
    if request.method == "GET":
        form.id.data, form.held_on.data, form.chair_id.data, form.clerk_id.data = str(new_id()), clock.today(), chair_id, opening.clerk_id
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
    ready = _enough(after) and not after.unmarked
    return redirect(branch_url(".show", branch.id, branch.year, **({} if ready else {"buoc": "diem-danh"})), 303)


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
    """Store what was changed on the page: hands and remark of the person, and what was discussed."""
    actor, meeting_id, sent = current_actor(), meeting.facts.id, request.form
    votes = _hands(meeting, meeting.turn) if meeting.turn else None
    words = clean_text(sent["branch_words"]) if touched(sent, "branch_words") else None
    if votes is not None or words is not None:
        meetings.save_ballot(actor, meeting_id, Ballot(evaluation_id, votes, words, sent.get("version", 0, type=int)))
    if touched(sent, "notes"):
        meetings.save_notes(actor, meeting_id, clean_text(sent["notes"]), sent.get("notes_version", 0, type=int))


def _hands(meeting: queries.Meeting, turn: queries.Turn) -> dict[str, int] | None:
    """The hands counted on the page, with those of the rest where a level for them was pressed; None where it counted none."""
    levels = [level.code for level in meeting.scheme.levels]
    if meeting.secret or (turn.ballot and turn.ballot.open) or not hands_touched(request.form, levels):
        return None
    votes, rest = read_votes(request.form, levels), request.form.get("rest", "")
    return with_the_rest(votes, rest, turn.voters) if rest in votes else votes


def _kept(branch: Branch, evaluation_id: UUID) -> Any:
    """Where to go on: the same person, the one before or after, or the results when the meeting was ended."""
    meeting, go = _meeting(branch, evaluation_id), request.form.get("go", "")
    if wants_json():
        return _as_json(meeting)
    if go == "close":
        flash("Cuộc họp đã kết thúc. Kết quả biểu quyết đã ghi.", "success")
        return redirect(branch_url("ratings.table", branch.id, branch.year), 303)
    beside = meeting.beside({"next": 1, "prev": -1}.get(go, 0)) or evaluation_id
    if request.form.get("rest"):
        _say_unanimous(meeting)
        beside = meeting.after() or evaluation_id
    return redirect(branch_url(".show", branch.id, branch.year, nguoi=beside), 303)


def _say_unanimous(meeting: queries.Meeting) -> None:
    """What was stored by one press, told on the page of the next person, where a wrong one is seen."""
    assert meeting.turn is not None
    hands = [f"{meeting.scheme.level(level).short} {count}" for level, count in meeting.turn.votes.items() if count]
    flash(f"{meeting.turn.person.name}: {', '.join(hands)} phiếu. Bấm Trước nếu cần sửa.", "success")


def _as_json(meeting: queries.Meeting) -> Any:
    assert meeting.turn is not None
    said = tally(meeting.scheme, meeting.turn.votes, meeting.turn.voters)
    versions = {"version": meeting.turn.person.version, "notes_version": meeting.facts.version}
    return jsonify(**versions, counted=said.counted, words=said.words, settled=said.settled)


def _hall(meeting: queries.Meeting, error: Exception | None = None, *, typed: bool = False) -> str:
    turn = meeting.turn
    readings.note_readings(current_actor(), [one.id for one in turn.best] if turn else (), Way.MEETING)
    shown = {level.code: str(turn.votes.get(level.code, 0) if turn else 0) for level in meeting.scheme.levels}
    sent = request.form if typed else {}
    return render_template(
        "ratings/hall.html",
        meeting=meeting,
        branch=meeting.branch,
        turn=turn,
        seen=shown,
        shown={code: sent.get(f"votes-{code}", count) for code, count in shown.items()},
        branch_words=sent.get("branch_words", turn.branch_words if turn else ""),
        notes=sent.get("notes", meeting.notes),
        tally=tally(meeting.scheme, turn.votes, turn.voters, secret=meeting.secret) if turn else None,
        missing=meeting.waiting if sent.get("go") == "close" and isinstance(error, WrongMoment) and _enough(meeting) else (),
        fault=str(error) if error else "",
        fault_field=error.field if isinstance(error, BadInput) else "",
        excused=meeting.named(Attendance.EXCUSED),
        absent=meeting.named(Attendance.ABSENT),
    )


def _enough(meeting: queries.Meeting) -> bool:
    return meeting.present >= meeting.needed


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
