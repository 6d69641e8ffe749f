"""A member's whole life in the program, played and planted: at least one row of everything that is kept about a person.

`planted(cast)` gives `member` of the cast such a life; `mark_texts` writes a marker into every text column of it, found from the tables
themselves, so that a column added later is marked too. Both need an application context.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, Table, select, update

from diary.domain.entries import EntryDraft
from diary.domain.fees import FeeState
from diary.domain.members import Standing
from diary.domain.pledges import PledgeState
from diary.domain.readings import Way
from diary.domain.reviews import Verdict
from diary.domain.training import TrainingResult
from diary.domain.transfers import TransferState
from diary.files.attachments import keep, read_attachment
from diary.files.storage import Storage
from diary.jobs.documents import issue_sheet
from diary.models import accounts, counts, evaluations, fees, mails, noted_figures, notices, pledges, reminders, training, transfers
from diary.models.base import Base, db, new_id
from diary.models.entries import EntryPrint, MonthChoice
from diary.models.members import Member
from diary.models.saved_comments import SavedComment
from diary.models.units import Virtue
from diary.services import audit, clock, consents, entries, members, readings, reviews
from tests import factories, papers, year_end
from tests.documents.samples import jpeg
from tests.factories import YEAR, actor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.VIETNAM)
TODAY = date(2026, 11, 23)
DEED = "Dọn tủ thuốc trực, ghi lại hạn dùng từng hộp."


def planted(cast, storage: Storage) -> None:
    """Give `member` diary, year-end, papers, fees and all the rest, through the services where they are the way in."""
    _diary(cast, storage)
    papers.decide()
    issue_sheet(actor("secretary"), papers.sheet_id(), papers.Press(storage, papers.SITE))
    _rows(cast)
    consents.withdraw_consent(who())
    consents.give_consent(who(), consents.rules.VERSION)
    audit.record(who(), "password_change", "account", cast.member.account_id)
    db.session.commit()


def who():
    """`member` as the services take her, with an address."""
    return replace(actor("member"), address="203.0.113.9")


def leave(standing: Standing = Standing.MATURED) -> None:
    """`member` leaves the union's life."""
    members.end_standing(actor("secretary"), actor("member").member_id, standing, clock.today())


def photo(storage: Storage, shade: int = 120, name: str = "ảnh tủ thuốc.jpg"):
    """A photo in the store, and what a row about it holds."""
    return keep(storage, read_attachment(name, jpeg(400, 300, shade)))


def _diary(cast, storage: Storage) -> None:
    member, secretary = who(), actor("secretary")
    virtue = db.session.execute(select(Virtue.id).where(Virtue.year == YEAR, Virtue.position == 1)).scalar_one()
    pledge = factories.pledge(cast.member, PledgeState.APPROVED, how="Mỗi sáng một lượt", target="9 trên 10", outcome_words="Đã làm")
    db.session.add(
        pledges.PledgeReview(
            pledge_id=pledge.id, revision=1, account_id=secretary.account_id, verdict=Verdict.APPROVED, words="Tốt.", at=NOW
        )
    )
    factories.pledge(cast.member, PledgeState.WAITING)
    factories.pledge(cast.member, PledgeState.DRAFT)
    draft = EntryDraft(TODAY - timedelta(days=3), DEED, pledge.id, virtue, people="Cùng chị Hoa", result="40", result_unit="hộp")
    draft = replace(draft, lesson="Làm mỗi tuần.", private_note="Hơi mệt.")
    entry_id = entries.log_entry(member, new_id(), draft, TODAY, send=True, files=(photo(storage), photo(storage, 40)))
    reviews.review_entry(secretary, entry_id, Verdict.RETURNED, "Bao nhiêu hộp?", 1)
    entries.edit_entry(member, entry_id, replace(draft, result="42"), 2, TODAY, send=True)
    reviews.review_entry(secretary, entry_id, Verdict.APPROVED, "Rõ rồi.", 3)
    addition = entries.add_words(member, new_id(), entry_id, "Thêm một hộp nữa.", TODAY)
    reviews.review_addition(secretary, addition, Verdict.APPROVED, "Đã đọc.", 1)
    entries.add_words(member, new_id(), entry_id, "Và một hộp nữa.", TODAY)
    db.session.add_all(
        [
            MonthChoice(member_id=cast.member.member_id, year=YEAR, month=TODAY.month, entry_id=entry_id),
            EntryPrint(unit_id=cast.member.unit_id, year=YEAR, print=7, entry_id=entry_id),
            pledges.PledgeChange(
                pledge_id=pledge.id,
                unit_id=cast.member.unit_id,
                review_unit_id=cast.member.unit_id,
                body={"title": "Mỗi chiều một lượt"},
                reason="Đổi ca trực",
                asked_at=NOW,
            ),
        ]
    )
    db.session.commit()
    readings.note_readings(secretary, [entry_id], Way.PAGE)
    entries.log_entry(member, new_id(), replace(draft, happened_on=TODAY), TODAY, send=True)
    entries.log_entry(member, new_id(), replace(draft, happened_on=TODAY), TODAY, send=False)
    entries.log_entry(actor("member2"), new_id(), EntryDraft(TODAY, "Việc của người khác."), TODAY, send=True)


def _rows(cast) -> None:
    mine, account, home = {"member_id": cast.member.member_id}, {"account_id": cast.member.account_id}, cast.member.unit_id
    later = NOW + timedelta(days=9)
    db.session.add_all(
        [
            counts.Leave(**mine, from_day=date(2026, 2, 2), to_day=date(2026, 2, 8), kind="sick", reason="Ốm"),
            fees.Fee(**mine, unit_id=home, year=YEAR, quarter=1, state=FeeState.PAID, amount=6000, noted_at=NOW),
            noted_figures.MemberFigure(
                **mine, unit_id=home, year=YEAR, measure="commendations", count=1, words="Khen phong trào", noted_at=NOW,
                noted_by=cast.secretary.account_id,
            ),
            training.Training(**mine, unit_id=home, year=YEAR, result=TrainingResult.GOOD, note="Đủ buổi", noted_at=NOW),
            transfers.Transfer(
                **mine, from_unit_id=cast.units["BV-DUOC"], to_unit_id=home, state=TransferState.DONE, comment="Chăm chỉ", answer="Mời em",
                asked_by=cast.other_secretary.account_id, asked_at=NOW, answered_by=cast.secretary.account_id, answered_at=NOW,
                moved_on=date(2020, 8, 1),
            ),
            notices.Notice(**account, at=NOW, text="Tin cho bạn"),
            notices.Nudge(**mine, day=TODAY, account_id=cast.secretary.account_id),
            mails.Mail(
                **account, address="rinh@example.org", subject="Mã mới", words="ABCD-2345", state="sent", made_at=NOW, not_before=NOW
            ),
            *_reminded(cast.member.account_id),
            accounts.SecondFactor(**account, secret="S" * 32, confirmed_at=NOW),
            accounts.RecoveryCode(**account, code_hash="h" * 64),
            accounts.PendingSignIn(**account, token_hash="p" * 64, expires_at=later),
            accounts.SignInAttempt(at=NOW, subject="member", address="203.0.113.9", succeeded=False),
            accounts.Appointment(
                **account, unit_id=home, post="committee_member", from_day=date(2025, 1, 1), to_day=date(2025, 6, 1),
                handover_note="Sổ ở tủ",
            ),
        ]
    )  # fmt: skip
    _year_end(cast)
    row = db.session.get_one(Member, cast.member.member_id)
    row.phone, row.email, row.job, row.ethnicity, row.birth_year = "0901234567", "rinh@example.org", "Điều dưỡng", "Khmer", 1998


def _reminded(account_id: int) -> list[Any]:
    mine = {"account_id": account_id}
    phone = reminders.PushSubscription(
        **mine, id=new_id(), endpoint="https://push.example/1", p256dh="k", auth="a", device="Máy", made_at=NOW
    )
    db.session.add(phone)
    db.session.flush()
    return [
        reminders.ReminderChoice(**mine, weekday=4, hour=16, quiet_from=21, quiet_to=7),
        reminders.Reminder(**mine, kind="week_missing", period=TODAY, planned_at=NOW),
        reminders.Push(subscription_id=phone.id, words="Tuần này bạn chưa ghi.", state="waiting", made_at=NOW, not_before=NOW),
        reminders.CalendarFeed(**mine, token_hash="f" * 64, weekly=True, made_at=NOW),
        SavedComment(**mine, words="Ghi rõ kết quả.", kept_at=NOW),
    ]


def _year_end(cast) -> None:
    decided = year_end.one("member")
    about = {"evaluation_id": decided.id, "decision_id": decided.decision_id}
    answered = {"answered_by": cast.bloc_secretary.account_id, "answered_at": NOW, "level_after": "good", "answer": "Giữ nguyên."}
    replaced = {"replaced_by": cast.bloc_secretary.account_id, "replaced_at": NOW, "reason": "Tính lại."}
    db.session.add_all(
        [
            evaluations.SecondLook(**about, words="Xin xem lại số tuần.", asked_at=NOW, level_before="good", **answered),
            evaluations.PastResult(**about, level="done", snapshot={"figures": {}, "decision_reason": "Còn thiếu."}, **replaced),
        ]
    )


KEYS = {"entries": "entry_id", "pledges": "pledge_id", "evaluations": "evaluation_id", "entry_additions": "addition_id"}
NOT_WORDS = {
    "members": {"family_name", "given_name", "search", "sort_key", "phone"},  # looked for as they are
    "accounts": {"username", "name", "theme", "password_hash", "code_hash"},
    "documents": {"code", "symbol", "title", "sha256"},  # what is issued stays
    "evidence": {"media_type", "sha256", "thumbnail_sha256"},
    "evaluations": {"self_level", "vote_level", "suggested_level", "proposed_level", "decided_level"},
    "member_figures": {"measure"},
    "past_results": {"level"},
    "second_looks": {"level_before", "level_after"},
    "vote_tallies": {"level"},
    "notices": {"link"},
}
OF_AN_OFFICE = {"audit_lines", "unit_evaluation_steps", "year_locks"}  # what somebody wrote in a post is the union's
HASHES = {"token_hash", "code_hash", "secret"}


def tables_of(member_id: int, account_id: int) -> Iterator[tuple[Table, Any]]:
    """Every table that holds rows of the member or of the account, with the condition that picks them."""
    ids: dict[str, Any] = {}
    for table in Base.metadata.sorted_tables:
        key = next((key for key in KEYS.values() if key in table.c and key in ids), "")
        if table.name in OF_AN_OFFICE:
            continue
        if table.name in ("members", "accounts"):
            condition = table.c.id == (member_id if table.name == "members" else account_id)
        elif "member_id" in table.c:
            condition = table.c.member_id == member_id
        elif key:
            condition = table.c[key].in_(ids[key])
        elif "account_id" in table.c:
            condition = table.c.account_id == account_id
        else:
            continue
        if table.name in KEYS:
            ids[KEYS[table.name]] = select(table.c.id).where(condition)
        yield table, condition


def words_of(table: Table) -> list[Column[Any]]:
    """The columns that can hold a person's words."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON)
        and not isinstance(column.type, Enum)
        and column.name not in NOT_WORDS.get(table.name, set()) | HASHES
    ]


def mark_texts(member_id: int, account_id: int, marker: str) -> set[str]:
    """Write the marker into every text of the person; the names of the columns that were marked ("entries.did")."""
    marked = set()
    for table, condition in tables_of(member_id, account_id):
        columns = words_of(table)
        if not columns or db.session.execute(select(table).where(condition)).first() is None:
            continue
        values = {column.name: _marked(column, marker) for column in columns}
        db.session.execute(update(table).where(condition).values(values))
        marked |= {f"{table.name}.{column.name}" for column in columns}
    db.session.commit()
    return marked


def _marked(column: Column[Any], marker: str) -> Any:
    if isinstance(column.type, JSON):
        return {"did": marker, "title": marker, "proposal_reason": marker, "decision_reason": marker, "figures": {}}
    assert isinstance(column.type, String)
    return marker[: column.type.length]


def found(marker: str) -> list[str]:
    """The tables in which the marker still stands, whoever's row it is."""
    return [
        table.name for table in Base.metadata.sorted_tables if any(marker in repr(tuple(row)) for row in db.session.execute(select(table)))
    ]
