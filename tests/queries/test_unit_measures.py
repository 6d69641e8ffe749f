"""The figures of units: each as the books of its members say it, and a base's as everything below it says together."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from diary.domain.dates import monday
from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.domain.fees import FeeState
from diary.domain.pledges import PledgeState
from diary.models.base import db
from diary.models.counts import Leave, MemberWeek
from diary.models.evaluations import Evaluation
from diary.models.fees import Fee
from diary.models.members import Member, Membership
from diary.models.noted_figures import MemberFigure, UnitFigure
from diary.queries.rhythm import rhythms_of
from diary.queries.unit_measures import unit_measures
from tests import factories
from tests import unit_year_ends as play
from tests.counting import counted
from tests.factories import YEAR

TODAY = date(YEAR, 11, 23)
NOW = datetime(YEAR, 11, 20, 8, tzinfo=factories.VIETNAM)


@pytest.fixture(autouse=True)
def _context(app, cast):
    with app.app_context():
        yield


def measured(code):
    return unit_measures((play.unit(code),), YEAR, TODAY)[play.unit(code)]


def figure(code, measure):
    found = measured(code)[measure]
    return found.count, found.of


def keep(*rows):
    db.session.add_all(rows)
    db.session.commit()


def members(code):
    return list(db.session.execute(select(Member.id).where(Member.unit_id == play.unit(code))).scalars())


def test_members_with_a_confirmed_promise_are_counted_in_their_branch_and_its_base(cast):
    factories.pledge(cast.member, PledgeState.APPROVED)
    factories.pledge(cast.member2, PledgeState.WAITING)
    assert figure("BV-NOI", "registered") == (1, len(members("BV-NOI")))
    assert figure("BV", "registered")[0] == 1 and figure("BV-NGOAI", "registered")[0] == 0


def test_levels_are_those_decided_else_those_proposed(cast):
    level = {"unit_id": cast.member.unit_id, "year": YEAR}
    keep(
        Evaluation(member_id=cast.member.member_id, state=EvaluationState.PROPOSED, proposed_level="outstanding", **level),
        Evaluation(member_id=cast.member2.member_id, state=EvaluationState.PASSED_ON, proposed_level="not_done", **level),
        Evaluation(member_id=cast.deputy.member_id, state=EvaluationState.MET, vote_level="good", proposed_level="good", **level),
    )
    assert figure("BV-NOI", "rated_well") == (1, 2) and figure("BV-NOI", "rated_low") == (1, 2)
    assert figure("BV", "rated_well") == (1, 2)
    assert "Xuất sắc 1, Không hoàn thành 1 trong 2 người" in measured("BV-NOI")["rated_well"].words


def test_quarters_settled_are_of_four_for_each_member(cast):
    assert measured("BV-NOI")["fees"].value is None  # nothing was noted: nothing is known
    for quarter in (1, 2):
        keep(
            Fee(member_id=cast.member.member_id, unit_id=cast.member.unit_id, year=YEAR, quarter=quarter, state=FeeState.PAID, noted_at=NOW)
        )
    assert figure("BV-NOI", "fees") == (2, 4 * len(members("BV-NOI")))


def test_the_rhythm_of_a_unit_is_that_of_its_members_together(cast):
    weeks = [monday(TODAY) - timedelta(weeks=n) for n in range(20)]
    rows = [MemberWeek(member_id=cast.member.member_id, monday=week, entries=1) for week in weeks]  # the current one too
    rows += [MemberWeek(member_id=cast.member2.member_id, monday=week, nothing_to_do=True) for week in weeks[3:9]]
    late = weeks[4] + timedelta(days=2)
    moved = db.session.execute(select(Membership).where(Membership.member_id == cast.new_member.member_id)).scalar_one()
    moved.from_day = late
    rows += [MemberWeek(member_id=cast.new_member.member_id, monday=week, entries=2) for week in weeks[:8]]  # some from before they came
    away = Leave(member_id=cast.deputy.member_id, from_day=weeks[9], to_day=weeks[5], reason="Đi học")
    keep(*rows, away)
    for code in ("BV-NOI", "BV", "KB"):
        mine = members(code) if code != "BV" else [m for one in ("BV-NOI", "BV-NGOAI", "BV-DUOC") for m in members(one)]
        each = rhythms_of(mine, YEAR, TODAY).values()
        assert figure(code, "rhythm") == (sum(one.kept for one in each), sum(one.due for one in each))


def test_a_base_s_meetings_are_the_average_of_its_branches_and_its_initiatives_the_sum():
    play.note("secretary", "BV-NOI", meetings_held=12, topics=4, initiatives=1)
    play.note("other_secretary", "BV-NGOAI", meetings_held=7, initiatives=2)
    play.note("base_secretary", "BV", topics=2, initiatives=1)
    assert figure("BV-NOI", "meetings_held") == (12, None)
    assert figure("BV", "meetings_held") == (9, None) and figure("BV", "initiatives") == (4, None)
    assert figure("BV", "topics") == (2, None)  # its own note


def test_meetings_noted_beside_the_members_count_where_the_unit_noted_none(cast):
    noted = {"unit_id": cast.member.unit_id, "year": YEAR, "measure": "meetings", "noted_by": cast.secretary.account_id, "noted_at": NOW}
    keep(MemberFigure(member_id=cast.member.member_id, count=9, of=11, **noted))
    assert figure("BV-NOI", "meetings_held") == (11, None)
    play.note("secretary", "BV-NOI", meetings_held=12)
    assert figure("BV-NOI", "meetings_held") == (12, None)


def test_the_share_of_strong_branches_is_a_base_s_alone():
    assert "branches_strong" not in measured("BV-NOI") and "branches_strong" not in measured("KB")
    assert measured("BV")["branches_strong"].value is None
    play.propose("secretary", "BV-NOI", "strong")
    play.propose("other_secretary", "BV-NGOAI", "fair")
    assert figure("BV", "branches_strong") == (1, 2)
    play.pass_on("base_secretary", "BV-NGOAI", "strongest", "Có mô hình tốt.")
    assert figure("BV", "branches_strong") == (2, 2)


def test_one_unit_and_many_are_read_in_the_same_number_of_queries(app, cast):
    factories.entry(cast.member, EntryState.WAITING)
    keep(UnitFigure(unit_id=play.unit("KB"), year=YEAR, measure="topics", count=2, noted_by=cast.secretary.account_id, noted_at=NOW))
    alone = (play.unit("KB"),)
    with counted(app) as one:
        unit_measures(alone, YEAR, TODAY)
    with counted(app) as many:
        found = unit_measures(list(cast.units.values()), YEAR, TODAY)
    assert len(one) == len(many) and len(found) == len(cast.units)
