"""What the tests of writing entries stand on: what they type, and what is counted."""

from datetime import date

from sqlalchemy import select

from diary.domain.entries import EntryDraft
from diary.domain.evidence import EvidenceKind, StoredEvidence
from diary.domain.reviews import Verdict
from diary.models.base import db
from diary.models.counts import MemberWeek, MemberYear
from diary.services import reviews

TODAY = date(2026, 11, 23)
DEED = "Xuống ấp Rạch Sậy giúp bà con nộp hồ sơ."


def draft(**facts):
    return EntryDraft(**({"happened_on": TODAY, "did": DEED} | facts))


def figures(member_id):
    db.session.expire_all()
    rows = db.session.execute(select(MemberYear).where(MemberYear.member_id == member_id)).scalars()
    columns = ("entries_draft", "entries_waiting", "entries_returned", "entries_approved", "entries_late")
    return {(row.year, row.unit_id): tuple(getattr(row, column) for column in columns) for row in rows}


def week(member_id, monday):
    db.session.expire_all()
    return db.session.get(MemberWeek, (member_id, monday))


def fresh(row):
    db.session.refresh(row)
    return row


def photo(mark="a"):
    return StoredEvidence(mark * 64, 1000, EvidenceKind.PHOTO, "image/jpeg", "anh.jpg", 800, 600, "f" * 64)


def give_back(actor, row):
    reviews.review_entry(actor("secretary"), row.id, Verdict.RETURNED, "Giúp được mấy hộ?", fresh(row).version)
    return fresh(row)
