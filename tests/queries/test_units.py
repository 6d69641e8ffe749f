"""Reads about units: how far a person sees, in what order, and with how many queries."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.errors import NotAllowed, NotFound
from diary.domain.units import UnitKind
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.units import Unit
from diary.queries import units
from tests import factories

TODAY = date(2026, 11, 23)


def unit(code):
    return db.session.execute(select(Unit).where(Unit.code == code)).scalar_one()


def names(nodes):
    return [node.name for node in nodes]


def test_the_bloc_sees_what_stands_below_with_everything_under_it(actor, cast):
    tree = units.unit_tree(actor("bloc_secretary"), TODAY)
    assert names(tree.roots) == ["Đoàn Khối các cơ quan tỉnh"] and tree.roots[0].members == 12
    assert names(tree.children) == ["Chi đoàn Kho bạc Nhà nước", "Đoàn cơ sở Bệnh viện Đa khoa"]
    assert names(tree.children[1].children) == ["Chi đoàn Khối Dược", "Chi đoàn Khối Ngoại", "Chi đoàn Khối Nội"]
    assert tree.children[1].members == 7


def test_each_post_sees_its_own_part_of_the_tree(actor, cast):
    assert names(units.unit_tree(actor("base_secretary"), TODAY).roots) == ["Đoàn cơ sở Bệnh viện Đa khoa"]
    branch = units.unit_tree(actor("secretary"), TODAY)
    assert (names(branch.roots), branch.children) == (["Chi đoàn Khối Nội"], ())
    for name in ("member", "administrator"):
        with pytest.raises(NotAllowed):
            units.unit_tree(actor(name), TODAY)


def test_two_posts_of_which_one_stands_below_the_other_make_one_tree(actor, cast):
    account = db.session.execute(select(Account).where(Account.username == "secretary")).scalar_one()
    factories.appoint(account, unit("BV"), Post.DEPUTY_SECRETARY)
    db.session.commit()
    assert names(units.unit_tree(actor("secretary"), TODAY).roots) == ["Đoàn cơ sở Bệnh viện Đa khoa"]


def test_officers_of_today_are_named_in_the_order_of_their_posts(actor, cast):
    node = units.load_unit(actor("bloc_secretary"), cast.units["BV-NOI"], TODAY)
    assert [(one.label, one.name) for one in node.officers] == [("Bí thư", "Lâm Thanh Sang"), ("Phó Bí thư", "Phan Thị Mỹ Duyên")]
    row = db.session.get_one(factories.Appointment, node.officers[0].appointment_id)
    row.to_day = date(2026, 11, 22)
    db.session.commit()
    later = units.load_unit(actor("bloc_secretary"), cast.units["BV-NOI"], TODAY)
    assert (names(later.officers), names(later.former)) == (["Phan Thị Mỹ Duyên"], ["Lâm Thanh Sang"])


def test_administrators_are_no_officers_of_the_bloc(actor, cast):
    held = units.load_unit(actor("bloc_secretary"), cast.units["KHOI"], TODAY).officers
    assert [one.post for one in held] == [Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.INSPECTOR]


def test_what_stands_below_a_unit_is_not_found_by_its_neighbours(actor, cast):
    with pytest.raises(NotFound):
        units.load_unit(actor("other_secretary"), cast.units["BV-NOI"], TODAY)
    with pytest.raises(NotFound):
        units.load_unit(actor("bloc_secretary"), 999_999, TODAY)


def test_the_rights_of_a_page_are_those_of_the_rules(actor, cast):
    rights = {
        name: (page.may_edit, page.may_add, page.may_set_virtues)
        for name in ("bloc_secretary", "base_secretary", "inspector")
        for page in [units.load_unit(actor(name), cast.units["BV"], TODAY)]
    }
    assert rights == {
        "bloc_secretary": (True, True, True),
        "base_secretary": (False, True, True),
        "inspector": (False, False, False),
    }


def test_the_way_up_names_only_units_the_person_may_open(actor, cast):
    above = units.load_unit(actor("base_secretary"), cast.units["BV-NOI"], TODAY).above
    assert [one.label for one in above] == ["Đoàn cơ sở Bệnh viện Đa khoa"]


def test_search_ignores_marks_and_stays_within_reach(actor, cast):
    assert names(units.unit_tree(actor("bloc_secretary"), TODAY, words="khoi noi").children) == ["Chi đoàn Khối Nội"]
    assert units.unit_tree(actor("base_secretary"), TODAY, words="kho bạc").children == ()
    assert units.unit_tree(actor("bloc_secretary"), TODAY, words="%").children == ()


def test_closed_units_come_last_and_waiting_ones_are_counted(actor, cast):
    unit("KB").closed_on = date(2026, 1, 1)
    unit("BV-DUOC").needs_placing = True
    db.session.commit()
    tree = units.unit_tree(actor("bloc_secretary"), TODAY)
    assert names(tree.children)[-1] == "Chi đoàn Kho bạc Nhà nước" and tree.waiting == 1


def test_the_list_pages_by_fifty_and_a_page_past_the_end_is_the_last(actor, cast):
    bloc = unit("KHOI")
    for n in range(101):
        factories.unit(f"X{n}", f"Đoàn cơ sở {n:03}", UnitKind.BASE_UNION, bloc)
    db.session.commit()
    first, last = (units.unit_tree(actor("bloc_secretary"), TODAY, page) for page in (1, 99))
    assert (len(first.children), first.pages) == (50, 3) and (len(last.children), last.page) == (3, 3)


def test_people_for_a_post_are_active_members_of_the_unit_and_below_with_an_account(actor, cast):
    place = units.load_unit(actor("bloc_secretary"), cast.units["BV"], TODAY).place
    assert [one.name for one in units.people_for_post(place, "sang")] == ["Lâm Thanh Sang"]
    assert len(units.people_for_post(place)) == 7
    account = db.session.execute(select(Account).where(Account.username == "member")).scalar_one()
    account.closed_at = factories.datetime(2026, 1, 1, tzinfo=factories.VIETNAM)
    db.session.commit()
    assert len(units.people_for_post(place)) == 6


def test_a_unit_may_be_moved_under_open_bases_within_reach_but_never_into_itself(actor, cast):
    base = units.load_unit(actor("bloc_secretary"), cast.units["BV"], TODAY).node
    branch = units.load_unit(actor("bloc_secretary"), cast.units["BV-NOI"], TODAY).node
    bloc = actor("bloc_secretary")
    assert [one.label for one in units.places_for(bloc, base)] == ["Đoàn Khối các cơ quan tỉnh"]
    assert [one.label for one in units.places_for(bloc, branch)] == ["Đoàn Khối các cơ quan tỉnh", "Đoàn cơ sở Bệnh viện Đa khoa"]
