"""Every list page asks the database the same number of questions with 20 rows behind it and with 2,000."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from diary.domain.data_requests import RequestKind, RequestState
from diary.domain.documents import DocumentKind, DocumentState
from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.domain.pledges import PledgeState
from diary.domain.transfers import TransferState
from diary.domain.units import UnitKind, child_path
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.counts import MemberYear
from diary.models.data_requests import DataRequest
from diary.models.documents import Document
from diary.models.entries import Entry
from diary.models.evaluations import Decision, Evaluation
from diary.models.members import Member, Membership
from diary.models.notices import Notice
from diary.models.pledges import Pledge, PledgeChange
from diary.models.transfers import Transfer
from diary.models.units import Unit, UnitVersion, Virtue
from tests import factories
from tests.counting import counted

FEW, MANY = 20, 2000
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=factories.VIETNAM)


def entries(cast, numbers, state=EntryState.WAITING):
    same = {
        "member_id": cast.member.member_id,
        "unit_id": cast.member.unit_id,
        "year": 2026,
        "written_at": NOW,
        "sent_at": NOW,
        "state": state,
    }
    more = {"did": "Dọn kho, xếp lại 3 kệ.", "review_unit_id": cast.member.unit_id, "search": "don kho"}
    rows = [{"id": new_id(), "happened_on": date(2026, 11, 20) - timedelta(days=n % 300), **same, **more} for n in numbers]
    db.session.execute(insert(Entry), rows)


def pledges(cast, numbers):
    same = {"member_id": cast.member.member_id, "unit_id": cast.member.unit_id, "year": 2026, "written_at": NOW, "state": PledgeState.DRAFT}
    db.session.execute(insert(Pledge), [{"id": new_id(), "title": f"Việc {n}", **same} for n in numbers])


def changes(cast, numbers):
    """Wishes to change as many approved pledges."""
    virtue = db.session.execute(select(Virtue.id).where(Virtue.year == 2026, Virtue.position == 1)).scalar_one()
    unit = {"unit_id": cast.member.unit_id}
    same = {"member_id": cast.member.member_id, "year": 2026, "written_at": NOW, "state": PledgeState.APPROVED, "virtue_id": virtue, **unit}
    ids = [new_id() for _ in numbers]
    db.session.execute(insert(Pledge), [{"id": one, "title": "Đọc sách", **same} for one in ids])
    body = {"title": "Đọc sách mỗi tối", "virtue": "Cần", "how": "", "target": "", "due_on": ""}
    wish = {
        "before": body | {"title": "Đọc sách"},
        "body": body,
        "reason": "Đổi ca.",
        "asked_at": NOW,
        "review_unit_id": unit["unit_id"],
        **unit,
    }
    db.session.execute(insert(PledgeChange), [{"id": new_id(), "pledge_id": one, **wish} for one in ids])


def members(cast, numbers):
    ids = [10_000 + n for n in numbers]
    home = {"unit_id": cast.member.unit_id}
    same = {"family_name": "Trần Văn", "search": "tran van", "born_on": date(1999, 1, 1)}
    db.session.execute(insert(Member), [{"id": i, "given_name": f"N{i}", "sort_key": f"n{i}", **home, **same} for i in ids])
    db.session.execute(insert(Membership), [{"member_id": i, "from_day": date(2020, 1, 1), **home} for i in ids])
    db.session.execute(insert(MemberYear), [{"member_id": i, "year": 2026, **home} for i in ids])


def units(cast, numbers):
    rows = []
    for n in numbers:
        unit_id, name = 10_000 + n, f"Chi đoàn số {n}"
        path = child_path(child_path("", cast.units["KHOI"]), unit_id)
        rows.append({"id": unit_id, "code": f"X{n}", "parent_id": cast.units["KHOI"], "path": path, "name": name, "search": name.lower()})
    db.session.execute(insert(Unit), [{**row, "kind": UnitKind.BASE_BRANCH, "member_count": 1} for row in rows])


def branches_that_wait(cast, numbers):
    units(cast, numbers)
    same = {"member_id": cast.member.member_id, "year": 2026, "written_at": NOW, "sent_at": NOW, "state": EntryState.WAITING}
    more = {"did": "Dọn kho.", "happened_on": date(2026, 11, 20), "search": "don kho"}
    rows = [{"id": new_id(), "unit_id": 10_000 + n, "review_unit_id": 10_000 + n, **same, **more} for n in numbers]
    db.session.execute(insert(Entry), rows)


def results(cast, numbers):
    """So many base branches with one person each, decided, and as many who came lately and wait."""
    units(cast, numbers)
    decision = new_id()
    facts = {"number": f"{len(numbers)}-QĐ", "decided_on": NOW.date(), "decided_by": cast.bloc_secretary.account_id, "at": NOW}
    db.session.execute(insert(Decision), [{"id": decision, "unit_id": cast.units["KHOI"], "year": 2026, **facts}])
    rows = [{"id": n, "unit_id": 10_000 + n % 2000, "number": n} for n in (*(10_000 + n for n in numbers), *(20_000 + n for n in numbers))]
    same = {"family_name": "Trần Văn", "given_name": "An", "search": "tran van an", "sort_key": "an"}
    db.session.execute(insert(Member), [{"id": row["id"], "unit_id": row["unit_id"], **same} for row in rows])
    came = [{"member_id": row["id"], "unit_id": row["unit_id"], "from_day": date(2026, 10, 1)} for row in rows]
    db.session.execute(insert(Membership), came)
    versions = [{"unit_id": 10_000 + n, "from_day": date(2020, 1, 1), "name": f"Chi đoàn số {n}"} for n in numbers]
    at = {"kind": UnitKind.BASE_BRANCH, "parent_id": cast.units["KHOI"]}
    db.session.execute(insert(UnitVersion), [version | at for version in versions])
    decided = {"year": 2026, "state": EvaluationState.DECIDED, "decided_level": "good", "decision_id": decision}
    ids = [10_000 + n for n in numbers]
    db.session.execute(insert(Evaluation), [{"id": new_id(), "member_id": one, "unit_id": one, **decided} for one in ids])


def notices(cast, numbers):
    same = {"account_id": cast.member.account_id, "at": NOW, "link": "/"}
    db.session.execute(insert(Notice), [{"id": new_id(), "text": f"Tin {n}", **same} for n in numbers])


def audit_lines(cast, numbers):
    same = {"at": NOW, "account_id": cast.member.account_id, "action": "entry_send", "subject": "entry", "fields": []}
    db.session.execute(insert(AuditLine), [{"id": new_id(), "subject_id": str(n), **same} for n in numbers])


def documents(cast, numbers):
    same = {
        "kind": DocumentKind.PROPOSAL_LIST, "unit_id": cast.member.unit_id, "year": 2026, "title": "Danh sách", "dated_on": NOW.date(),
        "issued_by": cast.secretary.account_id, "issued_at": NOW, "state": DocumentState.VALID, "sha256": "a" * 64, "size": 9,
    }  # fmt: skip
    rows = [{"id": new_id(), "code": f"{n:08d}", "number": n + 1, "symbol": f"{n + 1:02d}-DS/X", **same} for n in numbers]
    db.session.execute(insert(Document), rows)


def readings(cast, numbers):
    same = {"at": NOW, "account_id": cast.secretary.account_id, "action": "entry_read", "subject": "entry", "fields": ["page"]}
    row = factories.entry(cast.member)
    more = {"subject_id": str(row.id), "owner_id": cast.member.member_id, "unit_id": cast.member.unit_id}
    db.session.execute(insert(AuditLine), [{"id": new_id(), **same, **more} for _ in numbers])


def data_requests(cast, numbers):
    members(cast, numbers)
    same = {"kind": RequestKind.CORRECTION, "state": RequestState.WAITING, "words": "Ngày sinh sai.", "asked_at": NOW}
    db.session.execute(insert(DataRequest), [{"id": new_id(), "member_id": 10_000 + n, **same} for n in numbers])


def transfers(cast, numbers):
    members(cast, numbers)
    ends = {"from_unit_id": cast.member.unit_id, "to_unit_id": cast.units["BV-NGOAI"]}
    same = {"state": TransferState.WAITING, "asked_by": cast.secretary.account_id, "asked_at": NOW, **ends}
    db.session.execute(insert(Transfer), [{"id": new_id(), "member_id": 10_000 + n, **same} for n in numbers])


PAGES = [
    ("/", "member", entries),
    ("/nhat-ky", "member", entries),
    ("/nhat-ky?q=don+kho", "member", entries),
    ("/nhat-ky?q=don+kho&anh=1&chuan-muc=C%E1%BA%A7n&tu=2026-01-01", "member", entries),
    ("/nhat-ky/nhin-lai", "member", entries),
    ("/dang-ky", "member", pledges),
    ("/duyet", "secretary", entries),
    ("/duyet", "secretary", changes),
    ("/duyet/ton-dong", "bloc_secretary", branches_that_wait),
    ("/chi-doan", "secretary", members),
    ("/doan-vien", "secretary", members),
    ("/doan-vien?q=tran", "bloc_secretary", members),
    ("/chuyen-sinh-hoat", "other_secretary", transfers),
    ("/chuyen-sinh-hoat?xem=di", "secretary", transfers),
    ("/", "other_secretary", transfers),
    ("/doan-phi", "secretary", members),
    ("/doan-phi", "bloc_secretary", units),
    ("/ren-luyen", "secretary", members),
    ("/ren-luyen", "bloc_secretary", units),
    ("/xep-loai", "secretary", members),
    ("/xep-loai/so-lieu", "secretary", members),
    ("/xep-loai/so-lieu", "bloc_secretary", units),
    ("/xet-duyet", "bloc_secretary", units),
    ("/xet-duyet/to-chuc", "bloc_secretary", units),
    ("/xep-loai/ket-qua", "bloc_secretary", results),
    ("/to-chuc", "bloc_secretary", units),
    ("/nam-cong-tac", "bloc_secretary", units),
    ("/doan-vien/de-nghi", "secretary", data_requests),
    ("/thong-bao", "member", notices),
    ("/van-ban-phat-hanh", "secretary", documents),
    ("/quan-tri", "administrator", audit_lines),
    ("/quan-tri/nhat-ky", "administrator", audit_lines),
    ("/quan-tri/nhat-ky?ai=sa+rinh&viec=entry_send", "administrator", audit_lines),
    ("/ca-nhan/ai-da-doc", "member", readings),
]


@pytest.mark.parametrize(("path", "person", "fill"), PAGES, ids=[path for path, _, _ in PAGES])
def test_a_list_asks_as_much_with_2000_rows_as_with_20(app, browser, cast, path, person, fill):
    client, asked = browser(person), []
    client.get("/danh-muc")  # what is done once an hour is done
    for numbers in (range(FEW), range(FEW, MANY)):
        with app.app_context():
            fill(cast, numbers)
            db.session.commit()
        client.get(path)  # that somebody read an entry is noted once a day
        with counted(app) as sent:
            assert client.get(path).status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1], f"{path}: {asked[0]} questions with 20 rows, {asked[1]} with 2,000"
