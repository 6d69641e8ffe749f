"""The list of members: who sees whom, how a search finds them, and that it costs the same however many there are."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from diary.domain.errors import NotFound
from diary.domain.members import Standing
from diary.domain.permissions import Action
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.members import Member
from diary.models.units import Unit
from diary.queries import member_lists, members
from tests import factories
from tests.counting import counted

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def names(actor, **asked):
    return [row.name for row in members.member_page(actor, TODAY, **asked).rows]


def newcomer(family, given, unit_id, **facts):
    row, _ = factories.member(family, given, db.session.get_one(Unit, unit_id), **facts)
    db.session.commit()
    return row


NOI = ["Phan Thị Mỹ Duyên", "Võ Quốc Huy", "Sơn Ngọc Rạch Thi", "Thạch Thị Sa Rinh", "Lâm Thanh Sang"]


@pytest.mark.parametrize(
    ("who", "total"),
    [
        ("secretary", 5),
        ("other_secretary", 2),
        ("base_secretary", 7),
        ("bloc_secretary", 12),
        ("inspector", 12),
        ("member", 0),
        ("administrator", 0),
    ],
)
def test_each_sees_the_members_below_their_posts(actor, who, total):
    assert members.member_page(actor(who), TODAY).total == total


def test_the_list_goes_by_given_name_and_shows_posts_and_accounts(actor, cast):
    db.session.execute(update(Account).where(Account.username == "member").values(password_hash="x"))
    db.session.commit()
    page = members.member_page(actor("secretary"), TODAY)
    assert [row.name for row in page.rows] == NOI
    assert [row.posts for row in page.rows] == [("Phó Bí thư",), (), (), (), ("Bí thư",)]
    assert [row.activated for row in page.rows] == [False, False, False, True, False] and page.waiting == 4
    assert ("Bí thư – Đoàn Khối các cơ quan tỉnh",) in {row.posts for row in members.member_page(actor("bloc_secretary"), TODAY).rows}


def test_a_search_ignores_marks_and_puts_exact_marks_first(actor, cast):
    for given in ("Hạ", "Hà", "Ha"):
        newcomer("Lê Thị", given, cast.units["BV-NOI"])
    assert names(actor("secretary"), words="le thi ha") == ["Lê Thị Ha", "Lê Thị Hà", "Lê Thị Hạ"]
    assert names(actor("secretary"), words="thị hạ")[0] == "Lê Thị Hạ"
    assert names(actor("secretary"), words="DUYÊN") == ["Phan Thị Mỹ Duyên"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "T_i", "S%g", "' OR 1=1 --"])
def test_the_signs_of_sql_are_searched_for_as_they_are(actor, words):
    assert names(actor("secretary"), words=words) == []


def test_digits_find_a_phone_and_a_dot_a_username(actor, cast):
    newcomer("Lê Thị", "Hà", cast.units["BV-NOI"], username="ha.lt", phone="0901234567")
    assert names(actor("secretary"), words="0901 234") == names(actor("secretary"), words="ha.l") == ["Lê Thị Hà"]


def test_a_unit_narrows_the_list_to_it_and_below_and_one_out_of_reach_gives_nobody(actor, cast):
    assert len(names(actor("bloc_secretary"), unit_id=cast.units["BV"])) == 7
    assert names(actor("base_secretary"), unit_id=cast.units["KB"]) == names(actor("base_secretary"), unit_id=99999) == []


def test_who_left_stands_in_a_list_of_its_own(actor, cast):
    db.session.execute(update(Member).where(Member.id == cast.member2.member_id).values(standing=Standing.LEFT))
    db.session.commit()
    assert names(actor("secretary"), standing=Standing.LEFT) == ["Võ Quốc Huy"] and "Võ Quốc Huy" not in names(actor("secretary"))


def test_pages_hold_fifty_and_a_number_too_large_is_the_last(actor, cast):
    unit = db.session.get_one(Unit, cast.units["BV-DUOC"])
    for number in range(60):
        factories.member("Lê Văn", "Tám", unit, phone=f"09{number:08d}")
    db.session.commit()
    page = members.member_page(actor("base_secretary"), TODAY, page=99)
    assert (page.total, page.page, page.pages, len(page.rows)) == (67, 2, 2, 17)
    first = members.member_page(actor("base_secretary"), TODAY)
    assert not {row.id for row in first.rows} & {row.id for row in page.rows}


def test_the_list_and_its_units_cost_the_same_however_many_there_are(app, actor, cast):
    bloc = actor("bloc_secretary")

    def cost():
        with counted(app) as sent:
            members.member_page(bloc, TODAY, words="a")
            members.unit_choices(bloc)
        return len(sent)

    few = cost()
    unit = db.session.get_one(Unit, cast.units["KHOI"])
    for number in range(80):
        home = factories.unit(f"X{number}", f"Chi đoàn {number}", factories.UnitKind.BASE_BRANCH, unit)
        factories.member("Trần", "An", home)
    db.session.commit()
    assert cost() == few


def test_units_to_choose_from_stand_in_the_order_of_the_tree_within_reach(actor, cast):
    chosen = [(unit.name, unit.depth, unit.takes_members) for unit in members.unit_choices(actor("bloc_secretary"))]
    assert chosen == [
        ("Đoàn Khối các cơ quan tỉnh", 0, False),
        ("Chi đoàn Kho bạc Nhà nước", 1, True),
        ("Đoàn cơ sở Bệnh viện Đa khoa", 1, True),
        ("Chi đoàn Khối Dược", 2, True),
        ("Chi đoàn Khối Ngoại", 2, True),
        ("Chi đoàn Khối Nội", 2, True),
    ]
    assert [unit.name for unit in members.unit_choices(actor("secretary"), Action.MEMBER_EDIT)] == ["Chi đoàn Khối Nội"]
    assert members.unit_choices(actor("inspector"), Action.MEMBER_EDIT) == ()


def test_a_member_is_shown_to_officers_and_to_themselves_only(actor, cast):
    facts = members.load_member(actor("member"), cast.member.member_id, NOW)
    assert facts.is_self and not facts.may_edit and facts.unit_name == "Chi đoàn Khối Nội" and facts.account.username == "member"
    assert members.load_member(actor("secretary"), cast.member.member_id, NOW).may_edit
    assert not members.load_member(actor("inspector"), cast.member.member_id, NOW).may_edit
    for who in ("member2", "other_secretary", "administrator", "stranger"):
        with pytest.raises(NotFound):
            members.load_member(actor(who), cast.member.member_id, NOW)
    with pytest.raises(NotFound):
        members.load_member(actor("bloc_secretary"), 99999, NOW)


def test_an_export_holds_what_the_actor_may_read(actor):
    assert [row[0] for row in member_lists.export_rows(actor("secretary"), TODAY)] == NOI
    assert len(member_lists.export_rows(actor("inspector"), TODAY)) == len(member_lists.export_rows(None, TODAY)) == 12
    assert member_lists.export_rows(actor("administrator"), TODAY) == []
