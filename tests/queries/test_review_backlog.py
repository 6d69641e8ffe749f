"""How much waits in the branches below a committee, and since when."""

from datetime import datetime, timedelta

from diary.queries import reviews
from diary.services import clock
from tests import factories
from tests.counting import counted


def ago(days):
    return datetime.now(factories.VIETNAM) - timedelta(days=days)


def test_the_base_and_the_bloc_see_each_branch_that_lets_things_wait_the_longest_first(actor, cast):
    factories.entry(cast.member, sent_at=ago(2))
    factories.pledge(cast.member2, sent_at=ago(0))
    factories.entry(cast.other_secretary, sent_at=ago(9))
    factories.entry(cast.lone_secretary, sent_at=ago(1))
    base, bloc = (reviews.backlog(actor(name), clock.now()) for name in ("base_secretary", "bloc_secretary"))
    assert [(row.unit_id, row.waiting, row.overdue, row.oldest) for row in base.rows] == [
        (cast.other_secretary.unit_id, 1, 1, 9),
        (cast.member.unit_id, 2, 0, 2),
    ]
    assert (base.waiting, base.overdue, base.branches, base.late_branches, base.oldest) == (3, 1, 2, 1, 9)
    assert bloc.branches == 3 and bloc.rows[-1].unit_id == cast.lone_secretary.unit_id


def test_a_branch_s_officer_has_no_branches_below_and_nothing_is_asked_for_them(app, session, actor, cast):
    factories.entry(cast.member)
    who = actor("secretary")
    with counted(app) as sent:
        assert reviews.backlog(who, clock.now()).branches == 0 and not reviews.looks_down(who)
    assert sent == []


def test_a_page_of_branches_has_the_sums_of_all(actor, cast):
    for person, days in ((cast.member, 2), (cast.other_secretary, 5)):
        factories.entry(person, sent_at=ago(days))
    found = reviews.backlog(actor("bloc_secretary"), clock.now(), page=2, size=1)
    assert [row.unit_id for row in found.rows] == [cast.member.unit_id] and (found.waiting, found.branches, found.oldest) == (2, 2, 5)
    assert reviews.backlog(actor("bloc_secretary"), clock.now(), size=0).rows == ()
