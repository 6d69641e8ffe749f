"""What stands behind each address of the access table: things of `member` and of her branch, made when asked for."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

from flask import current_app
from sqlalchemy import select

from diary.domain.data_requests import RequestKind, RequestState
from diary.domain.documents import DocumentKind, DocumentState
from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.domain.evidence import EvidenceKind
from diary.domain.jobs import JobState
from diary.domain.pledges import PledgeState
from diary.domain.transfers import TransferState
from diary.domain.years import Activity
from diary.files.storage import Storage
from diary.models.accounts import Appointment
from diary.models.base import db
from diary.models.counts import Leave
from diary.models.data_requests import DataRequest
from diary.models.documents import Document
from diary.models.entries import EntryAddition, Evidence
from diary.models.evaluations import Decision, Evaluation, RatingMeeting, SecondLook
from diary.models.jobs import Job
from diary.models.reminders import CalendarFeed, PushSubscription
from diary.models.saved_comments import SavedComment
from diary.models.transfers import Transfer
from diary.services.accounts import hash_token
from diary.services.ballots import hall_code
from diary.services.evaluations import ensure_evaluations
from diary.web.assets import asset_url
from tests import factories

Maker = Callable[[SimpleNamespace], object]


def address(rule: str, cast: SimpleNamespace) -> str:
    """The address of `rule` filled in with things of `member` or of her branch."""
    path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: str(_maker(rule, found[1])(cast)), rule)
    return path + QUERIES[rule](cast) if rule in QUERIES else path


def fields(rule: str, cast: SimpleNamespace) -> dict[str, str]:
    """The least a post to `rule` carries besides its token, so that the answer is about rights and not about a missing field."""
    made = FIELDS.get(rule)
    return made(cast) if made else {}


def _maker(rule: str, name: str) -> Maker:
    return RULES.get(rule) or NAMES[name]


def _entry(state: EntryState) -> Maker:
    return lambda cast: factories.entry(cast.member, state).id


def _entry_like_another(cast: SimpleNamespace) -> object:
    earlier = factories.entry(cast.member)
    return factories.entry(cast.member, hints="copied", alike_id=earlier.id).id


def _pledge(state: PledgeState) -> Maker:
    return lambda cast: factories.pledge(cast.member, state).id


def _change(cast: SimpleNamespace) -> object:
    """`member` asks to change an approved pledge."""
    return factories.pledge_change(factories.pledge(cast.member, PledgeState.APPROVED)).id


def _evidence(cast: SimpleNamespace) -> object:
    content = b"\xff\xd8\xff\xd9"
    digest = Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files").put(content)
    entry = factories.entry(cast.member, EntryState.RETURNED, evidence_count=1)
    facts = {"media_type": "image/jpeg", "name": "anh.jpg", "sha256": digest, "thumbnail_sha256": digest, "size": len(content)}
    return _kept(Evidence(entry_id=entry.id, kind=EvidenceKind.PHOTO, added_at=datetime.now(factories.VIETNAM), **facts))


def _addition(cast: SimpleNamespace) -> object:
    entry = factories.entry(cast.member, EntryState.APPROVED)
    unit_id = cast.member.unit_id
    now = datetime.now(factories.VIETNAM)
    return _kept(EntryAddition(entry_id=entry.id, unit_id=unit_id, words="Thêm một việc.", sent_at=now, review_unit_id=unit_id))


def _evaluation(cast: SimpleNamespace) -> object:
    found = db.session.execute(select(Evaluation).where(Evaluation.member_id == cast.member.member_id)).scalars().one_or_none()
    row = Evaluation(member_id=cast.member.member_id, unit_id=cast.member.unit_id, year=factories.YEAR, state=EvaluationState.SELF_ASSESSED)
    return found.id if found else _kept(row)


def _meeting(cast: SimpleNamespace) -> object:
    found = db.session.execute(select(RatingMeeting).where(RatingMeeting.unit_id == cast.member.unit_id)).scalars().one_or_none()
    now = datetime.now(factories.VIETNAM)
    return found.id if found else _kept(RatingMeeting(unit_id=cast.member.unit_id, year=factories.YEAR, held_on=now.date(), opened_at=now))


def _second_look(cast: SimpleNamespace) -> object:
    decision = Decision(
        unit_id=cast.member.unit_id, year=factories.YEAR, number="21-QĐ/KHOI", decided_on=date(2026, 11, 23),
        decided_by=cast.bloc_secretary.account_id, at=datetime.now(factories.VIETNAM),
    )  # fmt: skip
    facts = {"evaluation_id": _evaluation(cast), "decision_id": _kept(decision), "level_before": "good"}
    return _kept(SecondLook(words="Xin xem lại.", asked_at=datetime.now(factories.VIETNAM), **facts))


def _hall_code(cast: SimpleNamespace) -> object:
    ensure_evaluations(cast.member.unit_id, factories.YEAR)
    db.session.commit()
    return hall_code(_meeting(cast), current_app.config["SECRET_KEY"])


def _document(cast: SimpleNamespace) -> Document:
    """An issued evaluation sheet of `member`, its bytes in the store."""
    found = db.session.execute(select(Document)).scalars().first()
    if found:
        return found
    content = b"%PDF-1.4\n%%EOF\n"
    Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files").put(content)
    row = Document(
        code="ABCD2345", kind=DocumentKind.EVALUATION_SHEET, unit_id=cast.member.unit_id, member_id=cast.member.member_id,
        year=factories.YEAR, number=1, symbol="01-PĐG/BV-NOI", title="Phiếu đánh giá, xếp loại đoàn viên", dated_on=date(2026, 11, 23),
        issued_by=cast.secretary.account_id, issued_at=datetime.now(factories.VIETNAM), state=DocumentState.VALID,
        sha256=hashlib.sha256(content).hexdigest(), size=len(content),
    )  # fmt: skip
    _kept(row)
    return row


def _appointment(cast: SimpleNamespace) -> object:
    return db.session.execute(select(Appointment.id).where(Appointment.account_id == cast.deputy.account_id)).scalars().first()


def _transfer(cast: SimpleNamespace) -> object:
    """`member` waits to go from chi đoàn Khối Nội to Khối Ngoại."""
    found = db.session.execute(select(Transfer)).scalars().first()
    units = {"from_unit_id": cast.member.unit_id, "to_unit_id": cast.units["BV-NGOAI"]}
    facts = {"state": TransferState.WAITING, "asked_by": cast.secretary.account_id, "asked_at": datetime.now(factories.VIETNAM)}
    return found.id if found else _kept(Transfer(member_id=cast.member.member_id, **units, **facts))


def _leave(cast: SimpleNamespace) -> object:
    found = db.session.execute(select(Leave)).scalars().first()
    return found.id if found else _kept(Leave(member_id=cast.member.member_id, from_day=date(2026, 3, 2), to_day=date(2026, 3, 8)))


def _device(cast: SimpleNamespace) -> object:
    """The phone of `member`, which takes pushes."""
    found = db.session.execute(select(PushSubscription.id)).scalars().first()
    row = PushSubscription(account_id=cast.member.account_id, endpoint="https://push.example/1", p256dh="k", auth="a", device="Máy")
    row.made_at = datetime.now(factories.VIETNAM)
    return found or _kept(row)


def _calendar(cast: SimpleNamespace) -> object:
    token, made_at = "dia-chi-lich-cua-mot-nguoi", datetime.now(factories.VIETNAM)
    if db.session.get(CalendarFeed, cast.member.account_id) is None:
        db.session.add(CalendarFeed(account_id=cast.member.account_id, token_hash=hash_token(token), weekly=True, made_at=made_at))
        db.session.commit()
    return token


def _kept(row: object) -> object:
    db.session.add(row)
    db.session.commit()
    return row.id  # type: ignore[attr-defined]


def _request(cast: SimpleNamespace) -> object:
    """What `member` asked to be put right; the one that waits, or a new one."""
    waits = (DataRequest.member_id == cast.member.member_id) & (DataRequest.state == RequestState.WAITING)
    found = db.session.execute(select(DataRequest.id).where(waits)).scalars().first()
    facts = {"kind": RequestKind.CORRECTION, "state": RequestState.WAITING, "words": "Ngày sinh đúng là 05/3/1998."}
    return found or _kept(DataRequest(member_id=cast.member.member_id, asked_at=datetime.now(factories.VIETNAM), **facts))


def _job(cast: SimpleNamespace) -> object:
    asked = {"facts": {}, "result": {}, "asked_at": datetime.now(factories.VIETNAM), "asked_by": cast.member.account_id}
    return _kept(Job(kind="made_up", state=JobState.WAITING, **asked))


def _comment(cast: SimpleNamespace) -> object:
    mine = {"account_id": cast.secretary.account_id, "words": "Kể rõ hơn nhé."}
    found = db.session.execute(select(SavedComment.id).filter_by(**mine)).scalars().first()
    return found or _kept(SavedComment(kept_at=datetime.now(factories.VIETNAM), **mine))


NAMES: dict[str, Maker] = {
    "activity": lambda cast: Activity.WRITING.value,
    "appointment_id": _appointment,
    "comment_id": _comment,
    "code": lambda cast: _document(cast).code,
    "device_id": _device,
    "document_id": lambda cast: _document(cast).id,
    "ending": lambda cast: "pdf",
    "entry_id": _entry(EntryState.WAITING),
    "evaluation_id": _evaluation,
    "evidence_id": _evidence,
    "hall_code": _hall_code,
    "job_id": _job,
    "leave_id": _leave,
    "look_id": _second_look,
    "meeting_id": _meeting,
    "member_id": lambda cast: cast.member.member_id,
    "month": lambda cast: f"{factories.YEAR}-05",
    "name": lambda cast: asset_url("theme.css").rsplit("/", 1)[1],
    "number": lambda cast: 1,
    "pledge_id": _pledge(PledgeState.WAITING),
    "request_id": _request,
    "subject_id": _entry(EntryState.WAITING),
    "token": lambda cast: "khong-phai-cua-ai",
    "transfer_id": _transfer,
    "unit_id": lambda cast: cast.member.unit_id,
    "year": lambda cast: factories.YEAR,
}
RULES: dict[str, Maker] = {
    "/lich/<token>.ics": _calendar,
    "/dang-ky/<uuid:pledge_id>/gui": _pledge(PledgeState.DRAFT),
    "/dang-ky/<uuid:pledge_id>/sua": _pledge(PledgeState.RETURNED),
    "/dang-ky/<uuid:pledge_id>/xoa": _pledge(PledgeState.DRAFT),
    "/dang-ky/<uuid:pledge_id>/ket-qua": _pledge(PledgeState.APPROVED),
    "/dang-ky/<uuid:pledge_id>/rut-xin-doi": _pledge(PledgeState.APPROVED),
    "/dang-ky/<uuid:pledge_id>/xin-doi": _pledge(PledgeState.APPROVED),
    "/duyet/dang-ky/<uuid:subject_id>": _pledge(PledgeState.WAITING),
    "/duyet/bo-sung/<uuid:subject_id>": _addition,
    "/duyet/xin-doi/<uuid:subject_id>": _change,
    "/nhat-ky/<uuid:entry_id>/giong": _entry_like_another,
    "/nhat-ky/<uuid:entry_id>/sua": _entry(EntryState.RETURNED),
    "/nhat-ky/<uuid:entry_id>/gui": _entry(EntryState.DRAFT),
    "/nhat-ky/<uuid:entry_id>/xoa": _entry(EntryState.DRAFT),
    "/nhat-ky/<uuid:entry_id>/bo-sung": _entry(EntryState.APPROVED),
}


def _registered(cast: SimpleNamespace) -> str:
    _pledge(PledgeState.WAITING)(cast)
    return ""


def _base(cast: SimpleNamespace) -> str:
    return f"?don-vi={cast.units['BV']}"


def _decided(cast: SimpleNamespace) -> str:
    day, number = date(2026, 11, 20), "21-QĐ/ĐTNK"
    if db.session.execute(select(Decision.id).where(Decision.number == number)).first() is None:
        made_by = cast.bloc_secretary.account_id
        facts = {"number": number, "decided_on": day, "decided_by": made_by, "at": datetime.now(factories.VIETNAM)}
        decision_id = _kept(Decision(unit_id=cast.member.unit_id, year=factories.YEAR, **facts))
        theirs = {"member_id": cast.deputy.member_id, "unit_id": cast.member.unit_id, "year": factories.YEAR}
        row = db.session.execute(select(Evaluation).filter_by(**theirs)).scalars().one_or_none() or Evaluation(**theirs)
        row.state, row.proposed_level, row.decided_level, row.decision_id = EvaluationState.DECIDED, "good", "good", decision_id
        _kept(row)
    return f"?so={number}&ngay={day.isoformat()}"


QUERIES: dict[str, Callable[[SimpleNamespace], str]] = {  # what an address asks for behind its path, made on the way
    "/dang-ky/<int:year>/<int:member_id>/ban-dang-ky.<any(pdf, docx):ending>": _registered,
    "/xet-duyet/danh-sach.<any(pdf, docx, xlsx):ending>": _base,
    "/xet-duyet/quyet-dinh.<any(pdf, docx, xlsx):ending>": _decided,
    "/xet-duyet/to-trinh.<any(pdf, docx):ending>": _base,
}


def _approval(cast: SimpleNamespace) -> dict[str, str]:
    return {"verdict": "approve"}


FIELDS: dict[str, Callable[[SimpleNamespace], dict[str, str]]] = {
    "/chi-doan/nhac-ca": lambda cast: {"don-vi": str(cast.member.unit_id)},
    "/chi-doan/nhac": lambda cast: {"member_id": str(cast.member.member_id)},
    "/doan-phi": lambda cast: {"don-vi": str(cast.member.unit_id)},
    "/xep-loai/so-lieu": lambda cast: {"don-vi": str(cast.member.unit_id)},
    "/doan-phi/hoan-tac": lambda cast: {"don-vi": str(cast.member.unit_id), "quy": "1", "luc": "1"},
    "/ren-luyen": lambda cast: {"don-vi": str(cast.member.unit_id)},
    "/doan-vien/phieu-ma": lambda cast: {"don-vi": str(cast.member.unit_id)},
    "/duyet/bai/<uuid:subject_id>": _approval,
    "/duyet/bo-sung/<uuid:subject_id>": _approval,
    "/duyet/dang-ky/<uuid:subject_id>": _approval,
    "/duyet/xin-doi/<uuid:subject_id>": _approval,
    "/duyet/hoan-tac": lambda cast: {"muc": f"entry:{_entry(EntryState.APPROVED)(cast)}"},
    "/xep-loai/to-chuc/<int:unit_id>": lambda cast: {"act": "propose", "words": "Đều đặn.", "level": "strong"},
    "/van-ban-phat-hanh": lambda cast: {"kind": "evaluation_sheet", "id": str(_evaluation(cast))},
}
