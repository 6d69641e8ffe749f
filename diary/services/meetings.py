"""The rating meeting of a branch: opening it, who is there, the vote on each person, closing and opening it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from ..domain.actors import Actor
from ..domain.ballots import check_votes, require_quorum, vote_level
from ..domain.errors import BadInput, NotFound, Stale, WrongMoment
from ..domain.evaluations import (
    BEFORE_THE_MEETING,
    TEXT_LIMIT,
    Attendance,
    EvaluationState,
    clean_return,
    move,
    step_back,
)
from ..domain.permissions import Action
from ..domain.years import Activity, require_open
from ..models.base import db
from ..models.evaluations import Evaluation, MeetingAttendance, RatingMeeting, SecretBallot, VoteTally
from ..queries.evaluations.branches import Branch, Person, load_branch, meeting_facts, people
from ..queries.evaluations.tables import present_count, votes_of
from . import audit, clock, notices
from .ballot_voters import counted_voters, seat_voters
from .evaluation_steps import give_back, take_step
from .evaluations import ensure_evaluations
from .transaction import happening


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What opens a meeting: the id it will have, its branch, year and day, and who chairs and keeps the minutes (members)."""

    id: UUID
    unit_id: int
    year: int
    held_on: date
    chair_id: int
    clerk_id: int
    secret: bool = False  # voted on by secret ballot on the phone, else by hands
    abstains: bool = False  # whoever is voted on has no ballot on themselves


@happening
def open_meeting(actor: Actor, draft: MeetingDraft) -> UUID:
    """Open the branch's meeting of the year; the same id again is the same meeting. BadInput when a fact does not fit,
    WrongMoment outside the window, in a year without a scheme, or when another meeting is there."""
    branch = load_branch(actor, Action.EVALUATION_PROPOSE, draft.unit_id, draft.year)
    branch.the_scheme()
    there = meeting_facts(branch.id, branch.year)
    if there is not None:
        if there.id == draft.id:
            return there.id
        raise WrongMoment(f"Chi đoàn đã mở họp xét xếp loại năm {branch.year} rồi. Hãy tải lại trang để vào cuộc họp.")
    if db.session.get(RatingMeeting, draft.id) is not None:
        raise NotFound()
    require_open(branch.facts, Activity.MEETINGS, clock.today())
    ensure_evaluations(branch.id, branch.year)
    _check_opening(draft, {person.member_id for person in people(branch, None, clock.today())})
    facts = {"unit_id": draft.unit_id, "year": draft.year, "held_on": draft.held_on}
    manner = {"secret": draft.secret, "abstains": draft.abstains}
    db.session.add(RatingMeeting(id=draft.id, chair_id=draft.chair_id, clerk_id=draft.clerk_id, opened_at=clock.now(), **facts, **manner))
    audit.record(actor, "meeting_open", "rating_meeting", draft.id, branch.id, fields=["held_on", "chair", "clerk"])
    return draft.id


def _check_opening(draft: MeetingDraft, members: set[int]) -> None:
    if draft.held_on > clock.today():
        raise BadInput("held_on", "Ngày họp chưa tới. Hãy mở họp trong ngày họp.")
    if draft.held_on < date(draft.year, 1, 1):
        raise BadInput("held_on", f"Ngày họp phải từ đầu năm {draft.year}.")
    if draft.chair_id not in members:
        raise BadInput("chair_id", "Hãy chọn người chủ trì trong danh sách đoàn viên.")
    if draft.clerk_id not in members:
        raise BadInput("clerk_id", "Hãy chọn thư ký trong danh sách đoàn viên.")
    if draft.clerk_id == draft.chair_id:
        raise BadInput("clerk_id", "Thư ký phải là người khác với người chủ trì.")


@happening
def save_attendance(actor: Actor, meeting_id: UUID, marks: Mapping[int, Attendance]) -> None:
    """Note who is there, by member id; those not named keep their mark. BadInput where fewer would be present than already voted."""
    meeting, branch = open_sitting(actor, meeting_id)
    rated = {person.member_id: person for person in rated_people(branch, meeting)}
    if not set(marks) <= set(rated):
        raise NotFound()
    known = select(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting_id)
    rows = {row.member_id: row for row in db.session.execute(known).scalars()}
    for member_id, mark in marks.items():
        if member_id in rows:
            rows[member_id].attendance = mark
        else:
            db.session.add(MeetingAttendance(meeting_id=meeting_id, member_id=member_id, attendance=mark))
    db.session.flush()
    _check_against_hands(meeting, rated.values())
    seat_voters(meeting)
    audit.record(actor, "meeting_attendance", "rating_meeting", meeting_id, branch.id, fields=["attendance", len(marks)])


def _check_against_hands(meeting: RatingMeeting, rated: Iterable[Person]) -> None:
    """BadInput where more hands were counted for someone than there are people who may vote on them now."""
    counted = {key: sum(votes.values()) for key, votes in votes_of(meeting.id).items()}
    present = present_count(meeting.id)
    for person in rated:
        hands = counted.get(person.evaluation_id, 0) if person.evaluation_id else 0
        if hands < present:
            continue
        voters = counted_voters(meeting, person.member_id)
        if hands > voters.voting:
            said = f"Đã ghi {hands} phiếu cho {person.name}, không thể chỉ có {voters.words}. Hãy sửa số phiếu trước."
            raise BadInput("attendance", said)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the meeting says of one person: hands per level (None: those counted stay, as under a secret ballot) and the branch's remark
    (None: it stays); `version` is that of the evaluation seen."""

    evaluation_id: UUID
    votes: Mapping[str, int] | None
    branch_words: str | None
    version: int


@happening
def save_ballot(actor: Actor, meeting_id: UUID, ballot: Ballot) -> int:
    """Keep the hands counted for one person and the branch's remark; the evaluation's new version.

    BadInput when the counts do not fit those who vote, WrongMoment after the meeting, without a quorum or for someone not rated, Stale
    when someone else counted in between. The same ballot again changes nothing.
    """
    meeting, branch = open_sitting(actor, meeting_id)
    rated = rated_people(branch, meeting)
    person = next((person for person in rated if person.evaluation_id == ballot.evaluation_id), None)
    if person is None:
        raise NotFound()
    if person.state not in BEFORE_THE_MEETING:
        raise WrongMoment(f"Đã có kết quả biểu quyết cho {person.name}. Muốn biểu quyết lại, hãy mở lại họp.")
    row = db.session.get_one(Evaluation, ballot.evaluation_id)
    before = votes_of(meeting_id).get(row.id, {})
    votes, words = _counted(ballot.votes, before), row.branch_words if ballot.branch_words is None else ballot.branch_words
    if before == votes and row.branch_words == words:
        return row.version
    if row.version != ballot.version:
        raise Stale()
    if len(words) > TEXT_LIMIT:
        raise BadInput("branch_words", "Nhận xét dài quá 3.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    if votes != before:
        voters = counted_voters(meeting, person.member_id)
        check_votes(branch.the_scheme(), votes, voters)
        require_quorum(voters.present, len(rated))
        _replace_tally(meeting_id, row.id, votes)
    row.branch_words = words
    row.version += 1
    audit.record(actor, "meeting_ballot", "evaluation", row.id, branch.id, fields=["votes", "branch_words"])
    return row.version


def _counted(votes: Mapping[str, int] | None, before: Mapping[str, int]) -> Mapping[str, int]:
    if votes is None:
        return before
    return votes if any(votes.values()) else {}


def _replace_tally(meeting_id: UUID, evaluation_id: UUID, votes: Mapping[str, int]) -> None:
    """Hands counted stand in the place of what was counted before, by hands or by a secret ballot that is closed."""
    ballot = db.session.get(SecretBallot, evaluation_id)
    if ballot is not None and ballot.open:
        raise WrongMoment("Đang mở phiếu kín cho người này. Hãy đóng phiếu trước.")
    db.session.execute(delete(SecretBallot).where(SecretBallot.evaluation_id == evaluation_id))
    db.session.execute(delete(VoteTally).where(VoteTally.meeting_id == meeting_id, VoteTally.evaluation_id == evaluation_id))
    tally = {"meeting_id": meeting_id, "evaluation_id": evaluation_id}
    db.session.add_all([VoteTally(level=level, votes=count, **tally) for level, count in votes.items()])


@happening
def save_notes(actor: Actor, meeting_id: UUID, notes: str, version: int) -> int:
    """Keep what was discussed; the meeting's new version. Stale when someone else wrote in between; the same words change nothing."""
    meeting, branch = open_sitting(actor, meeting_id)
    if meeting.notes == notes:
        return meeting.version
    if meeting.version != version:
        raise Stale()
    if len(notes) > TEXT_LIMIT:
        raise BadInput("notes", "Nội dung thảo luận dài quá 3.000 ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")
    meeting.notes = notes
    meeting.version += 1
    audit.record(actor, "meeting_notes", "rating_meeting", meeting_id, branch.id, fields=["notes"])
    return meeting.version


@happening
def close_meeting(actor: Actor, meeting_id: UUID) -> None:
    """End the meeting: every person voted on gets the vote's level and moves to Đã họp. WrongMoment without a quorum, or while
    someone to be rated has no vote yet."""
    meeting, branch = open_sitting(actor, meeting_id)
    ensure_evaluations(branch.id, branch.year)
    rated, tallies, present = rated_people(branch, meeting), votes_of(meeting_id), present_count(meeting_id)
    require_quorum(present, len(rated))
    waiting = [person for person in rated if person.state in BEFORE_THE_MEETING]
    left = [person.name for person in waiting if person.evaluation_id not in tallies]
    if left:
        raise WrongMoment(f"Còn {len(left)} người chưa biểu quyết: {', '.join(left[:5])}{'…' if len(left) > 5 else ''}.")
    for person in waiting:
        assert person.evaluation_id is not None
        row = db.session.get_one(Evaluation, person.evaluation_id)
        row.vote_level = vote_level(tallies[row.id], present)
        take_step(actor, row, move(row.state, EvaluationState.MET))
        notices.tell_member(row.member_id, f"Chi đoàn đã họp xét xếp loại năm {branch.year}.", f"/danh-gia?nam={branch.year}")
    meeting.closed_at = clock.now()
    meeting.version += 1
    audit.record(actor, "meeting_close", "rating_meeting", meeting_id, branch.id, fields=["closed", present, len(rated)])


@happening
def reopen_meeting(actor: Actor, meeting_id: UUID, words: str) -> None:
    """Open a closed meeting again with words that say why: those not sent up yet are voted on anew, their counts kept to start from.

    WrongMoment when it is open, or when everyone was sent up already.
    """
    meeting, branch = _load(actor, meeting_id)
    if meeting.closed_at is None:
        raise WrongMoment("Cuộc họp vẫn đang mở.")
    require_open(branch.facts, Activity.MEETINGS, clock.today())
    words = clean_return(words)
    here = (Evaluation.unit_id == branch.id) & (Evaluation.year == branch.year) & (Evaluation.state == EvaluationState.MET)
    rows = db.session.execute(select(Evaluation).where(here)).scalars().all()
    if not rows:
        raise WrongMoment("Chi đoàn đã đề nghị lên cấp trên. Muốn họp lại, hãy nhờ cấp trên trả lại.")
    for row in rows:
        row.vote_level = ""
        give_back(actor, row, step_back(row.state, row.self_assessed_at is not None), words)
    meeting.closed_at = None
    meeting.version += 1
    audit.record(actor, "meeting_reopen", "rating_meeting", meeting_id, branch.id, fields=["closed", len(rows)])


def _load(actor: Actor, meeting_id: UUID) -> tuple[RatingMeeting, Branch]:
    meeting = db.session.get(RatingMeeting, meeting_id)
    if meeting is None:
        raise NotFound()
    return meeting, load_branch(actor, Action.EVALUATION_PROPOSE, meeting.unit_id, meeting.year)


def open_sitting(actor: Actor, meeting_id: UUID) -> tuple[RatingMeeting, Branch]:
    """The meeting while it is open and its window too; WrongMoment otherwise."""
    meeting, branch = _load(actor, meeting_id)
    if meeting.closed_at is not None:
        raise WrongMoment("Cuộc họp đã kết thúc. Muốn sửa, hãy mở lại họp.")
    require_open(branch.facts, Activity.MEETINGS, clock.today())
    return meeting, branch


def rated_people(branch: Branch, meeting: RatingMeeting) -> list[Person]:
    """Those the meeting rates; people who were rated and sent up in an earlier sitting among them."""
    return [person for person in people(branch, meeting_facts(branch.id, meeting.year), clock.today()) if person.rated]
