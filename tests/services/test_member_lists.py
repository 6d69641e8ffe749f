"""Importing member lists: what is written, by whom, and that the same list again writes nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from diary.domain.accounts import normal_code
from diary.domain.actors import Post
from diary.domain.member_lists import read_member_list
from diary.domain.member_lists.import_plan import Outcome
from diary.domain.members import Gender
from diary.domain.sheets import Sheet
from diary.domain.units import UnitKind
from diary.models.accounts import Account, Appointment
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.members import Member, Membership
from diary.models.units import Unit, UnitVersion
from diary.queries import member_lists as queries
from diary.services import accounts, member_lists
from tests.lists import BASE, BORN, NOI, listed, person

TODAY = date(2026, 11, 23)
KEY = "a key for the one-time codes of tests"


def bring(*people, actor=None, key=""):
    return member_lists.import_members(actor, listed(*people), TODAY, key)


def counts(done):
    return tuple(done.plan.counts[outcome] for outcome in Outcome)


def one(name):
    db.session.expire_all()
    row = db.session.execute(select(Member, Account).join(Account).where(Account.name == name)).one()
    return row[0], row[1]


def unit(name):
    db.session.expire_all()
    return db.session.execute(select(Unit).where(Unit.name == name)).scalar_one()


def posts(account):
    query = select(Appointment.post, Appointment.unit_id, Appointment.from_day, Appointment.to_day).where(
        Appointment.account_id == account.id
    )
    return [tuple(row) for row in db.session.execute(query.order_by(Appointment.id))]


def snapshot():
    """Every row an import could touch."""
    db.session.expire_all()
    return [
        [tuple(row) for row in db.session.execute(select(table.__table__))]
        for table in (Member, Membership, Account, Appointment, Unit, UnitVersion, AuditLine)
    ]


def test_a_new_member_gets_a_membership_an_account_and_is_counted(session, cast):
    before = unit(NOI).member_count
    done = bring(person(gender=Gender.FEMALE, ethnicity="Khmer", phone="0901234567", email="d@vidu.example"))
    member, account = one("Lương Ngọc Diệp")
    assert counts(done) == (1, 0, 0, 0) and done.new_member_ids == (member.id,)
    assert (member.family_name, member.given_name, member.born_on, member.birth_year) == ("Lương Ngọc", "Diệp", BORN, None)
    assert (member.gender, member.ethnicity, member.phone, member.email) == (Gender.FEMALE, "Khmer", "0901234567", "d@vidu.example")
    assert (account.username, account.password_hash, account.code_hash) == ("diep.ln", "", "")
    assert unit(NOI).member_count == before + 1
    memberships = db.session.execute(select(Membership).where(Membership.member_id == member.id)).scalars().all()
    assert [(row.unit_id, row.from_day, row.to_day) for row in memberships] == [(cast.units["BV-NOI"], None, None)]


def test_usernames_are_numbered_when_taken_in_the_list_and_in_the_books(session):
    bring(person("Trần Thị Kim Ngân"))
    bring(person("Trương Thanh Khả Ngân", row=2), person("Tạ Thu Kiều Ngân", row=3))
    names = db.session.execute(select(Account.username).where(Account.username.startswith("ngan.")).order_by(Account.id)).scalars()
    assert list(names) == ["ngan.ttk", "ngan.ttk2", "ngan.ttk3"]


def test_a_code_is_made_for_who_has_neither_password_nor_code_and_opens_the_account(session, app):
    bring(person())
    done = bring(person(), person("Trần An Nhiên", row=3), key=KEY)
    assert [(code.name, code.unit.base, code.unit.branch) for code in done.codes] == [
        ("Lương Ngọc Diệp", BASE, NOI),
        ("Trần An Nhiên", BASE, NOI),
    ]
    first = done.codes[0]
    assert first.good_until == TODAY + timedelta(days=30) and len(normal_code(first.code)) == 8
    _, account = one(first.name)
    assert account.code_hash == accounts.hash_code(first.code, first.username, KEY)
    assert bring(person(), key=KEY).codes == ()


def test_units_the_list_names_are_made_once_with_their_history_and_codes(session, cast):
    rows = [("Đoàn cơ sở Công an tỉnh", "Chi đoàn Phòng 1"), ("ĐOÀN CƠ SỞ CÔNG AN TỈNH", "Chi đoàn phòng 1"), ("Chi đoàn Sở Tư pháp", None)]
    people = [
        person(name, base, branch, row=n)
        for n, (name, (base, branch)) in enumerate(zip(("Võ An Nhi", "Võ Bảo Nhi", "Võ Chí Nhi"), rows, strict=True))
    ]
    bring(*people, person("Lê Lạc Loài", None, "Chi đoàn Lạc", row=9))
    base, branch, office, lost = map(unit, ("Đoàn cơ sở Công an tỉnh", "Chi đoàn Phòng 1", "Chi đoàn Sở Tư pháp", "Chi đoàn Lạc"))
    assert (base.kind, base.code, branch.kind, branch.code, branch.parent_id) == (
        UnitKind.BASE_UNION,
        "CAT",
        UnitKind.BRANCH,
        "CAT-P1",
        base.id,
    )
    assert (office.kind, office.needs_placing) == (UnitKind.BASE_BRANCH, False)
    assert (lost.kind, lost.parent_id, lost.needs_placing) == (UnitKind.BRANCH, cast.units["KHOI"], True)
    assert [row.member_count for row in (base, branch, office, lost)] == [0, 2, 1, 1]
    assert branch.path == f"{base.path}{branch.id}."
    assert db.session.execute(select(func.count()).where(UnitVersion.unit_id == branch.id)).scalar_one() == 1


def test_a_branch_that_waited_goes_under_the_base_a_later_list_names(session, cast):
    bring(person("Lê Lạc Loài", None, "Chi đoàn Lạc"))
    again = bring(person("Lê Lạc Loài", BASE, "Chi đoàn Lạc"))
    lost = unit("Chi đoàn Lạc")
    assert counts(again) == (0, 0, 1, 0)
    assert (lost.parent_id, lost.needs_placing) == (cast.units["BV"], False)


def test_posts_of_the_list_become_appointments_and_a_changed_post_ends_the_old_one(session, cast):
    bring(person(base="Chi đoàn Sở Tư pháp", branch=None, post="Bí thư"))
    _, account = one("Lương Ngọc Diệp")
    home = unit("Chi đoàn Sở Tư pháp").id
    assert posts(account) == [(Post.SECRETARY, home, TODAY, None)]
    later = TODAY + timedelta(days=9)
    done = member_lists.import_members(None, listed(person(base="Chi đoàn Sở Tư pháp", branch=None, post="Ủy viên BCH")), later)
    assert counts(done) == (0, 1, 0, 0)
    assert posts(account) == [(Post.SECRETARY, home, TODAY, later - timedelta(days=1)), (Post.COMMITTEE_MEMBER, home, later, None)]


def test_a_changed_member_keeps_what_the_list_leaves_empty_and_moves_to_the_next_version(session, cast):
    bring(person("Luong Ngoc Diep", phone="0901234567"))
    done = bring(person(email="moi@vidu.example"))
    member, account = one("Lương Ngọc Diệp")
    assert counts(done) == (0, 1, 0, 0) and done.plan.taken[0].labels == ("Họ và tên", "Email")
    assert (member.given_name, member.phone, member.email, member.version) == ("Diệp", "0901234567", "moi@vidu.example", 2)
    assert (account.username, member.search) == ("diep.ln", "luong ngoc diep") and member.sort_key > ""
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "member_edit")).scalar_one()
    assert (line.subject_id, line.fields) == (str(member.id), ["email", "family_name", "given_name"])


def test_one_audit_line_tells_the_counts_and_none_is_written_when_nothing_changes(session):
    for _ in range(2):
        bring(person())
    (line,) = db.session.execute(select(AuditLine).where(AuditLine.action == "members_import")).scalars().all()
    assert line.fields == ["new:1", "changed:0", "same:0", "refused:0"]


def test_nothing_is_written_when_something_fails_in_the_middle(session):
    before = snapshot()
    with pytest.raises(IntegrityError):
        bring(person("Lê Mới", "Đoàn Sở Mới", "Chi đoàn Mới"), person(row=3, phone="12"))
    assert snapshot() == before


def test_a_branch_secretary_fills_only_her_own_branch_and_gives_no_posts(actor, cast):
    people = [
        person("Mai Gia Linh", None, None, row=2, post="Phó Bí thư"),
        person("Ngô An Nhiên", BASE, "Chi đoàn Khối Ngoại", row=3),
        person("Đỗ Hà My", "Chi đoàn Kho bạc Nhà nước", None, row=4),
        person("Vũ Bảo Châu", BASE, "Chi đoàn Mới", row=5),
    ]
    done = bring(*people, actor=actor("secretary"))
    assert counts(done) == (1, 0, 0, 3)
    member, account = one("Mai Gia Linh")
    assert member.unit_id == cast.units["BV-NOI"] and posts(account) == []
    assert all("phụ trách" in row.reason or "phạm vi" in row.reason for row in done.plan.refused)


def test_a_base_committee_fills_and_makes_branches_below_it_and_the_bloc_everywhere(actor, cast):
    people = person("Mai Gia Linh", BASE, "Chi đoàn Mới"), person("Đỗ Hà My", "Chi đoàn Kho bạc Nhà nước", None, row=3)
    assert counts(bring(*people, actor=actor("base_secretary"))) == (1, 0, 0, 1)
    assert counts(bring(*people, actor=actor("bloc_secretary"))) == (1, 0, 1, 0)
    assert unit("Chi đoàn Mới").parent_id == cast.units["BV"]


@pytest.mark.parametrize("name", ["member", "inspector", "administrator"])
def test_who_may_not_edit_members_imports_nobody(actor, name):
    assert counts(bring(person(), actor=actor(name))) == (0, 0, 0, 1)


def test_the_preview_says_what_the_import_does_and_writes_nothing(session):
    people = person(post="Bí thư", base="Đoàn Sở Mới", branch="Chi đoàn Một"), person("Đỗ Hà My", None, None, row=3)
    before = snapshot()
    plan = queries.plan_member_import(None, listed(*people), TODAY)
    assert snapshot() == before
    done = bring(*people)
    assert done.plan.counts == plan.counts and [u.name for u in done.plan.units.made] == [u.name for u in plan.units.made]


def test_the_longest_names_fit(session):
    family = " ".join(["Ǆ" * 23] * 2 + ["Ꞝ" * 22])
    bring(person(f"{family} {'Ǆ' * 40}", email=f"{'a' * 240}@vidu.example"))
    member = db.session.execute(select(Member).where(Member.email != "")).scalar_one()
    assert len(member.family_name) == 70 and len(member.given_name) == 40


NAMES = st.sampled_from(
    ["Lê Thị Hà", "Lê Thị Hạ", "LE THI HA", "lê thị hà", "Trần Văn Nam", "Trần Văn Năm", "Tran Van Nam", "Sơn Ngọc Rạch Thi", "Nam"]
)
DAYS = st.sampled_from([None, "1996", "09/08/1996", "9/8/96", "10/08/1996", date(1996, 8, 9), "31/02/1990"])
PHONES = st.sampled_from([None, "0901111111", "901111111", "0902222222", "12"])
POSTS = st.sampled_from([None, "BT", "Bí thư", "P.BT", "UV BCH", "Trưởng phòng"])
BASES = st.sampled_from([None, "Đoàn cơ sở Bệnh viện Đa khoa", "ĐOÀN CƠ SỞ BỆNH VIỆN ĐA KHOA", "Chi đoàn Kho bạc Nhà nước", "Sở Mới", "nt"])
BRANCHES = st.sampled_from([None, "Chi đoàn Khối Nội", "khối nội", "Chi đoàn Mới", "nt"])
ROWS = st.lists(st.tuples(NAMES, DAYS, PHONES, POSTS, BASES, BRANCHES), max_size=12)
HEAD = ("Họ và tên", "Ngày sinh", "Số điện thoại", "Chức vụ", "Cơ sở Đoàn", "Chi đoàn")


def rolled_back(check):
    """Run `check` in a transaction of its own that leaves no trace."""
    db.session.rollback()
    db.session.connection(execution_options={"writes": True} if db.engine.dialect.name == "sqlite" else {})
    db.session.info["in_happening"] = True
    try:
        check()
    finally:
        db.session.info.pop("in_happening")
        db.session.rollback()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_the_same_list_again_changes_nothing_whatever_is_in_it(session, rows):
    people = read_member_list([Sheet("DS", (HEAD, *rows))], TODAY)

    def twice():
        first = member_lists.import_members(None, people, TODAY)
        assert sum(first.plan.counts.values()) == people.rows_read
        after = snapshot()
        second = member_lists.import_members(None, people, TODAY)
        assert snapshot() == after
        assert counts(second) == (0, 0, sum(counts(first)[:3]), counts(first)[3])

    rolled_back(twice)
