"""A branch as its officers see it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from diary.domain.actors import Post
from diary.domain.entries import EntryState
from diary.domain.errors import NotAllowed, NotFound
from diary.domain.members import Standing
from diary.domain.pledges import PledgeState
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.counts import Leave, MemberWeek, MemberYear
from diary.models.members import Member
from diary.models.notices import Nudge
from diary.models.units import Unit
from diary.queries import branches
from tests import factories
from tests.counting import counted

TODAY = date(2026, 11, 23)
LAST = date(2026, 11, 16)


def load(actor, cast, name="secretary", page=1):
    return branches.load_branch(actor(name), cast.units["BV-NOI"], factories.YEAR, TODAY, page)


def wrote(person, monday=LAST, entries=1, nothing=False):
    db.session.add(MemberWeek(member_id=person.member_id, monday=monday, entries=entries, nothing_to_do=nothing))
    db.session.commit()


def named(page, name):
    return next(one for one in page.people if one.name == name)


def test_people_stand_by_name_with_what_they_registered_and_wrote(actor, cast):
    for state in (PledgeState.APPROVED, PledgeState.WAITING, PledgeState.DRAFT, PledgeState.RETURNED):
        factories.pledge(cast.member, state)
    for state in (EntryState.APPROVED, EntryState.WAITING, EntryState.DRAFT):
        factories.entry(cast.member, state)
    page = load(actor, cast)
    assert [one.name.split()[-1] for one in page.people] == ["Duyên", "Huy", "Thi", "Rinh", "Sang"]
    member = named(page, "Thạch Thị Sa Rinh")
    assert (member.pledges, member.entries, member.initials) == (2, 2, "SR"), "drafts and what was sent back to be mended count for nothing"


def test_figures_and_who_is_missing_come_from_the_last_week_that_is_over(actor, cast):
    for person in (cast.member, cast.member2):
        factories.pledge(person, PledgeState.APPROVED)
    wrote(cast.member)
    wrote(cast.member2, monday=TODAY)  # the week that is still open asks nothing of anybody and excuses nobody
    page = load(actor, cast)
    assert (page.figures.members, page.figures.registered, page.figures.wrote, page.figures.asked) == (5, 2, 1, 5)
    assert (page.monday, page.sunday) == (LAST, date(2026, 11, 22))
    assert "Thạch Thị Sa Rinh" not in [one.name for one in page.missing] and len(page.missing) == page.figures.missing == 4
    assert named(page, "Võ Quốc Huy").missing.startswith("Chưa ghi 8 tuần")


def test_saying_there_was_nothing_to_do_keeps_the_week(actor, cast):
    factories.pledge(cast.member)
    wrote(cast.member, entries=0, nothing=True)
    assert "Thạch Thị Sa Rinh" not in [one.name for one in load(actor, cast).missing]


def test_someone_on_leave_is_not_asked_and_it_is_said(actor, cast):
    db.session.add(Leave(member_id=cast.member.member_id, from_day=date(2026, 10, 26), to_day=date(2027, 4, 26), reason="thai sản"))
    db.session.commit()
    page = load(actor, cast)
    member = named(page, "Thạch Thị Sa Rinh")
    assert member.away == "Nghỉ thai sản từ 26/10" and member not in page.missing
    assert (page.figures.asked, page.figures.on_leave) == (4, 1)


def test_leave_that_was_taken_back_excuses_nobody(actor, cast):
    days = {"from_day": date(2026, 10, 26), "to_day": date(2027, 4, 26)}
    db.session.add(Leave(member_id=cast.member.member_id, **days, taken_back_at=datetime(2026, 11, 1, tzinfo=factories.VIETNAM)))
    db.session.commit()
    page = load(actor, cast)
    assert named(page, "Thạch Thị Sa Rinh") in page.missing and page.figures.on_leave == 0


def test_the_week_that_runs_may_be_looked_at_as_if_it_were_over(actor, cast):
    factories.pledge(cast.member, PledgeState.APPROVED)
    wrote(cast.member, monday=LAST)
    page = branches.load_branch(actor("secretary"), cast.units["BV-NOI"], factories.YEAR, TODAY, week=TODAY)
    assert (page.monday, page.figures.wrote) == (TODAY, 0) and named(page, "Thạch Thị Sa Rinh").missing == "Chưa ghi tuần này"


def test_a_mover_brings_what_they_registered_elsewhere(actor, cast):
    factories.pledge(cast.member, PledgeState.APPROVED)
    db.session.execute(update(MemberYear).values(unit_id=cast.units["BV-NGOAI"]))
    db.session.commit()
    assert named(load(actor, cast), "Thạch Thị Sa Rinh").pledges == 1


def test_those_who_left_are_not_shown(actor, cast):
    db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(standing=Standing.LEFT))
    db.session.commit()
    assert len(load(actor, cast).people) == 4


def test_those_reminded_today_stand_after_the_others(actor, cast):
    db.session.add(Nudge(member_id=cast.deputy.member_id, day=TODAY, account_id=cast.secretary.account_id))
    db.session.add(Nudge(member_id=cast.member2.member_id, day=TODAY - timedelta(days=2), account_id=cast.secretary.account_id))
    db.session.commit()
    missing = load(actor, cast).missing
    assert [one.name.split()[-1] for one in missing] == ["Huy", "Thi", "Rinh", "Sang", "Duyên"]
    assert [one.nudged_on for one in missing][::4] == [date(2026, 11, 21), TODAY]


def test_an_account_that_was_never_activated_is_marked(actor, cast):
    db.session.execute(update(Account).where(Account.username == "member").values(password_hash="x"))
    db.session.commit()
    page = load(actor, cast)
    assert named(page, "Thạch Thị Sa Rinh").activated and not named(page, "Võ Quốc Huy").activated


def test_a_branch_is_for_its_own_officers(actor, cast):
    assert load(actor, cast, "deputy").name == "Chi đoàn Khối Nội"
    for above in ("base_secretary", "bloc_secretary", "inspector"):
        with pytest.raises(NotAllowed):
            load(actor, cast, above)
    for stranger in ("other_secretary", "member", "stranger", "administrator"):
        with pytest.raises(NotFound):
            load(actor, cast, stranger)
    with pytest.raises(NotFound):
        branches.load_branch(actor("secretary"), 999_999, factories.YEAR, TODAY)


def test_who_holds_posts_in_two_branches_may_choose(actor, cast):
    account = db.session.execute(select(Account).where(Account.username == "secretary")).scalar_one()
    factories.appoint(account, db.session.get_one(Unit, cast.units["BV-DUOC"]), Post.DEPUTY_SECRETARY)
    db.session.commit()
    assert {choice.name for choice in branches.my_branches(actor("secretary"))} == {"Chi đoàn Khối Nội", "Chi đoàn Khối Dược"}
    assert branches.my_branches(actor("bloc_secretary")) == ()


def test_a_big_branch_is_paged_and_costs_the_statements_of_a_small_one(app, session, actor, cast):
    unit, who, costs = db.session.get_one(Unit, cast.units["BV-NOI"]), actor("secretary"), []
    for how_many in (15, 180):
        for n in range(how_many):
            factories.member("Trần Văn", f"Thứ {how_many} {n}", unit, born_on=datetime(2000, 1, 1))
        db.session.commit()
        with counted(app) as sent:
            page = branches.load_branch(who, unit.id, factories.YEAR, TODAY, 9)
        costs.append(len(sent))
    assert costs[0] == costs[1] == 5
    assert (page.page, page.last, len(page.people), page.figures.members, len(page.missing)) == (4, 4, 50, 200, 50)
