"""Erasing what is a person's own, in one transaction, so that every count, share and report of past years stays as it was.

A row that something counts stays, with a mark where its words stood; a row that only holds words goes. What stays besides: issued documents
with their bytes, minutes of meetings, audit lines. Why so: docs/decisions. Whoever adds a column for words of a person adds it here;
a test that plants a marker in every text column finds the one forgotten.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from ..domain import data_requests as rules
from ..domain.actors import Actor
from ..domain.data_requests import ERASED_NAME, ERASED_WORDS
from ..domain.entries import EntryState
from ..domain.errors import WrongMoment
from ..domain.evidence_sheets import without_words
from ..domain.leaves import LeaveKind
from ..domain.members import Standing, search_name
from ..domain.names import full_name, sort_key
from ..domain.permissions import Action
from ..domain.pledges import PledgeState
from ..models.accounts import Account, Appointment, Consent, PendingSignIn, RecoveryCode, SecondFactor, SignInAttempt, SignInSession
from ..models.audit import AuditDetail, AuditLine
from ..models.base import db
from ..models.counts import Leave
from ..models.data_requests import DataRequest
from ..models.documents import Document
from ..models.entries import Entry, EntryAddition, EntryPrint, EntryReview, EntryRevision, Evidence, MonthChoice, PrivateNote
from ..models.evaluations import Evaluation, EvaluationStep, PastResult, SecondLook
from ..models.mails import Mail
from ..models.members import Member
from ..models.noted_figures import MemberFigure
from ..models.notices import Notice, Nudge
from ..models.pledges import Pledge, PledgeChange, PledgeReview, PledgeRevision
from ..models.reminders import CalendarFeed, PushSubscription, Reminder, ReminderChoice
from ..models.saved_comments import SavedComment
from ..models.training import Training
from ..models.transfers import Transfer
from . import audit, clock
from .data_requests import asked_on, load_waiting, settle_erasure
from .transaction import happening

Statement = Any  # an update or a delete
FIGURES_OF_A_SNAPSHOT = {"figures", "self", "vote", "votes", "proposed"}  # counts and codes of levels; the rest are reasons in words


@happening
def erase_member(actor: Actor, request_id: UUID) -> tuple[str, ...]:
    """Erase what is the asker's own, as they asked for; the digests of the files that were theirs. It cannot be undone.

    By who may erase members, locked years or not. WrongMoment while the asker still has time to think again, when they are active again,
    or when the request no longer waits.
    """
    request, place = load_waiting(actor, request_id, Action.MEMBER_ERASE)
    rules.require_thought_over(asked_on(request), clock.today())
    member = db.session.get_one(Member, request.member_id)
    if member.standing is Standing.ACTIVE:
        raise WrongMoment("Người này đang sinh hoạt lại nên không xóa dữ liệu được.")
    if member.erased_at is not None:
        raise WrongMoment("Dữ liệu của người này đã được xóa rồi.")
    account = db.session.execute(select(Account).where(Account.member_id == member.id)).scalars().one_or_none()
    digests = _digests(member.id)
    settle_erasure(actor, request, place.unit_id)
    audit.record(
        actor, "member_erase", "member", member.id, place.unit_id, [f"entries:{_count(Entry, member.id)}", f"files:{len(digests)}"]
    )
    db.session.flush()
    for statement in _all_of(member, account):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    _erase_snapshots(member.id)
    _take_the_name(member, account)
    return digests


def _all_of(member: Member, account: Account | None) -> Iterator[Statement]:
    yield from _pledges(member.id)
    yield from _entries(member.id)
    yield from _year_end(member.id)
    yield from _about(member.id)
    yield from _notices_about(member)
    if account is not None:
        yield from _account(account)


def _pledges(member_id: int) -> Iterator[Statement]:
    mine = Pledge.member_id == member_id
    ids = select(Pledge.id).where(mine)
    yield delete(PledgeChange).where(PledgeChange.pledge_id.in_(ids))
    yield update(PledgeReview).where(PledgeReview.pledge_id.in_(ids)).values(words="")
    yield update(PledgeRevision).where(PledgeRevision.pledge_id.in_(ids)).values(body={"title": ERASED_WORDS})
    yield update(Pledge).where(mine, Pledge.state == PledgeState.WAITING).values(review_unit_id=None)  # nobody is asked to review it
    yield (
        update(Pledge)
        .where(mine)
        .values(title=ERASED_WORDS, how="", target="", outcome_words="", review_words="", version=Pledge.version + 1)
    )


def _entries(member_id: int) -> Iterator[Statement]:
    mine = Entry.member_id == member_id
    ids = select(Entry.id).where(mine)
    branches = select(Entry.unit_id).where(mine)  # prints stand in the order of branches: looked for without, all would be read
    yield delete(EntryPrint).where(EntryPrint.unit_id.in_(branches), EntryPrint.entry_id.in_(ids))
    for table in (EntryAddition, Evidence, MonthChoice, PrivateNote):  # what was said of an addition goes with it
        yield delete(table).where(table.entry_id.in_(ids))
    yield update(EntryReview).where(EntryReview.entry_id.in_(ids)).values(words="")
    yield update(EntryRevision).where(EntryRevision.entry_id.in_(ids)).values(body={"did": ERASED_WORDS})
    yield update(Entry).where(mine, Entry.state == EntryState.WAITING).values(review_unit_id=None)
    yield update(Entry).where(mine).values(
        did=ERASED_WORDS, people="", result="", result_unit="", result_number=None, lesson="", review_words="", search="",
        hints="", alike_id=None, evidence_count=0, version=Entry.version + 1,
    )  # fmt: skip


def _year_end(member_id: int) -> Iterator[Statement]:
    mine = Evaluation.member_id == member_id
    ids = select(Evaluation.id).where(mine)
    yield update(EvaluationStep).where(EvaluationStep.evaluation_id.in_(ids)).values(words="")
    yield update(SecondLook).where(SecondLook.evaluation_id.in_(ids)).values(words=ERASED_WORDS, answer="")
    yield update(PastResult).where(PastResult.evaluation_id.in_(ids)).values(reason=ERASED_WORDS)
    yield update(Evaluation).where(mine).values(
        strengths="", weaknesses="", remedies="", branch_words="", proposal_reason="", base_words="", return_words="",
        version=Evaluation.version + 1,
    )  # fmt: skip
    yield update(MemberFigure).where(MemberFigure.member_id == member_id).values(words="")
    yield update(Training).where(Training.member_id == member_id).values(note="")
    withdrawn = (Document.member_id == member_id) & (Document.withdrawal_reason != "")
    yield update(Document).where(withdrawn).values(withdrawal_reason=ERASED_WORDS)


def _about(member_id: int) -> Iterator[Statement]:
    """What others keep about the person beside their diary."""
    yield update(Transfer).where(Transfer.member_id == member_id).values(comment="", answer="")
    yield delete(Leave).where(Leave.member_id == member_id, Leave.taken_back_at.is_not(None))
    yield update(Leave).where(Leave.member_id == member_id).values(reason="", kind=LeaveKind.OTHER)
    yield update(DataRequest).where(DataRequest.member_id == member_id).values(words="", answer="")
    yield delete(Nudge).where(Nudge.member_id == member_id)


def _notices_about(member: Member) -> Iterator[Statement]:
    """What others were told that names the person; a notice that leads to a namesake's page stays."""
    named = Notice.text.contains(full_name(member.family_name, member.given_name), autoescape=True)
    own_page = f"/doan-vien/{member.id}"
    others_page = Notice.link.regexp_match(r"^/doan-vien/[0-9]+") & (Notice.link != own_page) & Notice.link.not_like(f"{own_page}/%")
    yield delete(Notice).where(named, ~others_page)


def _account(account: Account) -> Iterator[Statement]:
    for table in (
        SignInSession, PendingSignIn, SecondFactor, RecoveryCode, Consent, Notice, Mail, CalendarFeed, PushSubscription, Reminder,
        ReminderChoice, SavedComment,
    ):  # fmt: skip
        yield delete(table).where(table.account_id == account.id)
    yield delete(SignInAttempt).where(SignInAttempt.subject == account.username)
    lines = select(AuditLine.id).where(AuditLine.account_id == account.id)
    yield delete(AuditDetail).where(AuditDetail.line_id.in_(lines))
    yield update(Appointment).where(Appointment.account_id == account.id).values(handover_note="")


def _erase_snapshots(member_id: int) -> None:
    """Of the evidence decisions rested on, figures and levels stay and reasons go."""
    mine = Evaluation.member_id == member_id
    for row in (
        *db.session.execute(select(Evaluation).where(mine, Evaluation.snapshot.is_not(None))).scalars(),
        *db.session.execute(select(PastResult).join(Evaluation, Evaluation.id == PastResult.evaluation_id).where(mine)).scalars(),
    ):
        kept = row.snapshot or {}
        evidence = {"evidence": without_words(kept["evidence"])} if "evidence" in kept else {}
        row.snapshot = {name: value for name, value in kept.items() if name in FIGURES_OF_A_SNAPSHOT} | evidence


def _take_the_name(member: Member, account: Account | None) -> None:
    family, given = ERASED_NAME
    member.family_name, member.given_name = family, given
    member.sort_key, member.search = sort_key(family, given), search_name(family, given)
    member.born_on = member.birth_year = member.joined_union_on = None
    member.phone = member.email = member.job = member.ethnicity = ""
    member.erased_at = clock.now()
    member.version += 1
    if account is None:
        return
    account.username, account.name = f"da-xoa.{account.id}", full_name(family, given)
    account.password_hash = account.code_hash = account.theme = ""
    account.code_expires_at, account.code_tries, account.closed_at = None, 0, clock.now()


def _digests(member_id: int) -> tuple[str, ...]:
    mine = select(Evidence.sha256, Evidence.thumbnail_sha256).join(Entry, Entry.id == Evidence.entry_id).where(Entry.member_id == member_id)
    return tuple(sorted({digest for row in db.session.execute(mine) for digest in row if digest}))


def _count(table: Any, member_id: int) -> int:
    return db.session.execute(select(func.count()).select_from(table).where(table.member_id == member_id)).scalar_one()
