"""Factories per noun, and the fixed cast every test plays with.

The tree: the bloc > Đoàn cơ sở Bệnh viện > chi đoàn Khối Nội (where most of the cast are), chi đoàn Khối Ngoại, chi đoàn Khối Dược;
the bloc > Chi đoàn Kho bạc, a base branch with no base between.
"""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain import consents, schemes
from diary.domain.actors import Actor, Post
from diary.domain.entries import EntryState
from diary.domain.members import Gender
from diary.domain.names import full_name, sort_key
from diary.domain.pledges import PledgeState
from diary.domain.units import UnitKind, child_path
from diary.domain.vietnamese import fold
from diary.domain.years import Activity
from diary.models.accounts import Account, Appointment, Consent, SignInSession
from diary.models.base import db
from diary.models.counts import MemberYear
from diary.models.entries import Entry, EntryRevision
from diary.models.members import Member, Membership
from diary.models.pledges import Pledge, PledgeChange, PledgeRevision
from diary.models.units import Unit, UnitVersion, Virtue
from diary.models.years import Scheme, Window, WorkYear
from diary.queries import accounts as account_queries
from diary.services import accounts as account_services

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR = 2026
PASSWORD = "mat-khau-thu"
CODE_KEY = "a key for the one-time codes of tests"

# name in tests -> (family, given, unit code, post held there); the administrator is no member
CAST: dict[str, tuple[str, str, str, Post | None]] = {
    "bloc_secretary": ("Trương Quốc", "Khải", "KHOI", Post.SECRETARY),
    "bloc_deputy": ("Lý Thị Mỹ", "Hạnh", "KHOI", Post.DEPUTY_SECRETARY),
    "inspector": ("Đặng Hồng", "Nhung", "KHOI", Post.INSPECTOR),
    "base_secretary": ("Huỳnh Lê Thảo", "Nguyên", "BV", Post.SECRETARY),
    "secretary": ("Lâm Thanh", "Sang", "BV-NOI", Post.SECRETARY),
    "deputy": ("Phan Thị Mỹ", "Duyên", "BV-NOI", Post.DEPUTY_SECRETARY),
    "member": ("Thạch Thị Sa", "Rinh", "BV-NOI", None),
    "member2": ("Võ Quốc", "Huy", "BV-NOI", None),
    "new_member": ("Sơn Ngọc", "Rạch Thi", "BV-NOI", None),
    "other_secretary": ("Hồ Gia", "Bảo", "BV-NGOAI", Post.SECRETARY),
    "lone_secretary": ("Danh Hoàng", "Rích", "KB", Post.SECRETARY),
    "stranger": ("Bùi Thị Tường", "Vi", "KB", None),
}
HOME = {"KHOI": "KB", "BV": "BV-NGOAI"}  # officers of a bloc or base union are members of a branch


def unit(code: str, name: str, kind: UnitKind, parent: Unit | None = None, **facts: Any) -> Unit:
    row = Unit(
        code=code, name=name, kind=kind, parent_id=parent.id if parent else None, path=f"?{code}", search=fold(name), symbol=code, **facts
    )
    db.session.add(row)
    db.session.flush()
    row.path = child_path(parent.path if parent else "", row.id)
    db.session.add(UnitVersion(unit_id=row.id, from_day=date(2020, 1, 1), name=name, kind=kind, parent_id=row.parent_id))
    db.session.flush()
    return row


def member(family: str, given: str, home: Unit, username: str = "", **facts: Any) -> tuple[Member, Account]:
    row = Member(
        unit_id=home.id,
        family_name=family,
        given_name=given,
        sort_key=sort_key(family, given),
        search=fold(full_name(family, given)),
        **({"born_on": date(1998, 4, 14), "gender": Gender.FEMALE, "joined_union_on": date(2014, 3, 26)} | facts),
    )
    db.session.add(row)
    db.session.flush()
    home.member_count += 1
    db.session.add(Membership(member_id=row.id, unit_id=home.id, from_day=date(2020, 8, 1)))
    account = Account(username=username or f"m{row.id}", name=full_name(family, given), member_id=row.id)
    db.session.add(account)
    db.session.flush()
    db.session.add(Consent(account_id=account.id, version=consents.VERSION, given_at=datetime(2026, 1, 5, 8, tzinfo=VIETNAM)))
    return row, account


def appoint(account: Account, home: Unit, post: Post, **facts: Any) -> Appointment:
    row = Appointment(account_id=account.id, unit_id=home.id, post=post, **({"from_day": date(2024, 1, 1)} | facts))
    db.session.add(row)
    db.session.flush()
    return row


def work_year(year: int, bloc: Unit, scheme_code: str | None = "2023-2027") -> WorkYear:
    """A work year with every window open from its first day to the end of the next January."""
    row = WorkYear(year=year, scheme_code=scheme_code)
    db.session.add(row)
    db.session.flush()
    days = {"opens_on": date(year, 1, 1), "closes_on": date(year + 1, 1, 31)}
    db.session.add_all([Window(year=year, unit_id=bloc.id, activity=activity, **days) for activity in Activity])
    names = ("Cần", "Kiệm", "Liêm", "Chính", "Chí công vô tư")
    db.session.add_all([Virtue(unit_id=bloc.id, year=year, position=n, name=name) for n, name in enumerate(names, 1)])
    db.session.flush()
    return row


def set_cast() -> None:
    """The tree, the year 2026, and the cast; committed."""
    for scheme in schemes.SHIPPED:
        db.session.add(
            Scheme(
                code=scheme.code, name=scheme.name, first_year=scheme.first_year, last_year=scheme.last_year, body=schemes.to_body(scheme)
            )
        )
    bloc = unit("KHOI", "Đoàn Khối các cơ quan tỉnh", UnitKind.BLOC, place="Phước Châu")
    base = unit("BV", "Đoàn cơ sở Bệnh viện Đa khoa", UnitKind.BASE_UNION, bloc)
    units = {"KHOI": bloc, "BV": base, "KB": unit("KB", "Chi đoàn Kho bạc Nhà nước", UnitKind.BASE_BRANCH, bloc)}
    for code, name in (("BV-NOI", "Chi đoàn Khối Nội"), ("BV-NGOAI", "Chi đoàn Khối Ngoại"), ("BV-DUOC", "Chi đoàn Khối Dược")):
        units[code] = unit(code, name, UnitKind.BRANCH, base)
    work_year(YEAR, bloc)
    for name, (family, given, code, post) in CAST.items():
        _, account = member(family, given, units[HOME.get(code, code)], username=name)
        if post:
            appoint(account, units[code], post)
    admin = Account(username="administrator", name="Quản trị hệ thống")
    db.session.add(admin)
    db.session.flush()
    appoint(admin, bloc, Post.ADMINISTRATOR)
    db.session.commit()


def read_cast() -> SimpleNamespace:
    rows = db.session.execute(
        select(Account.username, Account.id, Account.member_id, Member.unit_id).outerjoin(Member, Member.id == Account.member_id)
    )
    people = {
        name: SimpleNamespace(username=name, account_id=account, member_id=member_id, unit_id=unit_id)
        for name, account, member_id, unit_id in rows
    }
    units = {row.code: row.id for row in db.session.execute(select(Unit.code, Unit.id))}
    return SimpleNamespace(**people, units=units, all=(*CAST, "administrator"))


def _open_session(name: str) -> str:
    account_id = db.session.execute(select(Account.id).where(Account.username == name)).scalar_one()
    token, now = f"token-of-{name}", datetime.now(VIETNAM)
    row = SignInSession(
        token_hash=account_services.hash_token(token),
        account_id=account_id,
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(days=9),
    )
    db.session.merge(row)
    db.session.commit()
    return token


def sign_in(app: Flask, client: FlaskClient, name: str) -> None:
    """Give the client the cookie of an open session, without the 25 ms a password costs."""
    with app.app_context():
        token = _open_session(name)
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True


def actor(name: str) -> Actor:
    """That person as the services take them; needs an application context."""
    token = _open_session(name)
    now = datetime.now(VIETNAM)
    found = account_queries.signed_in(account_services.hash_token(token), now, now.date())
    assert found is not None
    return found.actor


def entry(person: SimpleNamespace, state: EntryState = EntryState.WAITING, **facts: Any) -> Entry:
    """An entry of one of the cast in the year's books, its summary row and revision with it; committed."""
    now = datetime.now(VIETNAM)
    sent = None if state is EntryState.DRAFT else facts.pop("sent_at", now)
    row = Entry(
        member_id=person.member_id,
        unit_id=person.unit_id,
        year=YEAR,
        **(
            {
                "happened_on": now.date(),
                "written_at": now,
                "sent_at": sent,
                "did": "Ở lại giúp bác Sáu điền hồ sơ khám bệnh.",
                "state": state,
                "review_unit_id": person.unit_id if sent else None,
            }
            | facts
        ),
    )
    row.search = fold(row.did)
    db.session.add(row)
    db.session.flush()
    if sent:
        db.session.add(EntryRevision(entry_id=row.id, number=1, sent_at=sent, body={"did": row.did}))
    counts = _counts(person)
    name = {EntryState.LOCKED: "entries_approved"}.get(state, f"entries_{state.value}")
    setattr(counts, name, getattr(counts, name) + 1)
    db.session.commit()
    return row


def pledge(person: SimpleNamespace, state: PledgeState = PledgeState.WAITING, **facts: Any) -> Pledge:
    """A pledge of one of the cast, its summary row and revision with it; committed."""
    now = datetime.now(VIETNAM)
    sent = None if state is PledgeState.DRAFT else now
    virtue = db.session.execute(select(Virtue.id).where(Virtue.year == YEAR, Virtue.position == 1)).scalar_one()
    made = {"title": "Trả lời hồ sơ trong ngày", "written_at": now, "sent_at": sent, "virtue_id": virtue, "state": state}
    row = Pledge(
        member_id=person.member_id, unit_id=person.unit_id, year=YEAR, review_unit_id=person.unit_id if sent else None, **(made | facts)
    )
    db.session.add(row)
    db.session.flush()
    if sent:
        db.session.add(PledgeRevision(pledge_id=row.id, number=1, sent_at=sent, body={"title": row.title}))
    counts = _counts(person)
    setattr(counts, f"pledges_{state.value}", getattr(counts, f"pledges_{state.value}") + 1)
    db.session.commit()
    return row


def pledge_change(row: Pledge, **facts: Any) -> PledgeChange:
    """A wish to change that pledge, which waits for the officers of its branch; committed."""
    before = {"title": row.title, "how": row.how, "target": row.target, "due_on": "", "virtue": "Cần", "virtue_id": row.virtue_id}
    made = {"unit_id": row.unit_id, "review_unit_id": row.unit_id, "before": before, "asked_at": datetime.now(VIETNAM)}
    wish = {"body": before | {"title": "Trả lời hồ sơ trong hai ngày"}, "reason": "Đổi ca trực."}
    change = PledgeChange(pledge_id=row.id, **(made | wish | facts))
    db.session.add(change)
    db.session.commit()
    return change


def _counts(person: SimpleNamespace) -> MemberYear:
    key = (person.member_id, YEAR, person.unit_id)
    row = db.session.get(MemberYear, key)
    if row is None:
        row = MemberYear(member_id=key[0], year=key[1], unit_id=key[2])
        db.session.add(row)
        db.session.flush()
        db.session.refresh(row)
    return row
