"""The list a branch proposes: everyone once, by name, rated or with the reason why not."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from diary.domain.errors import NotFound
from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.evaluations import Decision, Evaluation
from diary.models.members import Member, Membership
from diary.models.noted_figures import MemberFigure
from diary.queries.proposal_lists import proposal_list
from diary.services import clock
from tests import factories, papers, year_end
from tests.counting import counted
from tests.factories import YEAR

TODAY = date(2026, 11, 23)


def listing(cast, day=TODAY):
    return proposal_list(cast.member.unit_id, YEAR, day)


def test_everyone_rated_stands_in_it_by_given_name(session, cast):
    found = listing(cast)
    assert [row.name.split()[-1] for row in found.rows] == ["Duyên", "Huy", "Thi", "Rinh", "Sang"]
    assert {row.position for row in found.rows} == {"Bí thư", "Phó Bí thư", "Đoàn viên"}


def test_nothing_is_proposed_before_the_branch_proposes(session, cast):
    year_end.self_assess("member")
    year_end.meet("secretary")
    found = listing(cast)
    assert {row.proposed for row in found.rows} == {None} and {row.votes for row in found.rows} == {(0, 5, 0, 0)}
    year_end.propose("secretary")
    found = listing(cast)
    assert {row.proposed.letters for row in found.rows} == {"HTT"} and found.voters == 5


def test_a_self_assessment_not_sent_is_not_told(session, cast):
    year_end.self_assess("member", submit=False)
    assert {row.self_level for row in listing(cast).rows} == {None}


def test_votes_are_told_only_after_the_meeting(session, cast):
    meeting_id = year_end.open_meeting("secretary")
    year_end.vote("secretary", meeting_id, year_end.attend("secretary", meeting_id))
    assert {row.votes for row in listing(cast).rows} == {None}


def test_who_is_not_rated_stands_apart_with_the_reason(session, cast):
    mine = Membership.member_id == cast.new_member.member_id
    db.session.execute(update(Membership).where(mine).values(from_day=date(2026, 11, 1)))
    db.session.commit()
    found = listing(cast)
    assert [(row.name, row.birth_year) for row in found.unrated] == [("Sơn Ngọc Rạch Thi", 1998)]
    assert found.unrated[0].reason.startswith("về chi đoàn từ 01/11/2026") and len(found.rows) == 4


def test_how_much_each_took_part_comes_from_what_the_branch_noted(session, cast):
    by = {"noted_by": cast.secretary.account_id, "noted_at": clock.now()}
    for measure, count, of in (("meetings", 10, 12), ("activities", 3, 4)):
        where = {"member_id": cast.member.member_id, "unit_id": cast.member.unit_id, "year": YEAR, "measure": measure}
        db.session.add(MemberFigure(**where, count=count, of=of, **by))
    db.session.commit()
    shares = {row.name: row.participation for row in listing(cast).rows}
    assert shares.pop("Thạch Thị Sa Rinh") == Decimal("81.25") and set(shares.values()) == {None}


def test_a_birth_year_serves_where_the_day_is_unknown(session, cast):
    db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(born_on=None, birth_year=2001))
    db.session.commit()
    assert {row.birth_year for row in listing(cast).rows if row.name.endswith("Rinh")} == {2001}


def test_last_year_stands_beside_where_the_scheme_is_the_same(session, cast):
    assert listing(cast).earlier is None
    for year, scheme in ((YEAR - 1, "2023-2027"),):
        factories.work_year(year, db.session.get_one(factories.Unit, year_end.unit("KHOI")), scheme)
    paper = {"number": "1-QĐ/ĐTNK", "decided_on": date(2025, 12, 20), "decided_by": cast.bloc_secretary.account_id, "at": clock.now()}
    decision = Decision(unit_id=cast.member.unit_id, year=YEAR - 1, **paper)
    db.session.add(decision)
    db.session.flush()
    facts = {"year": YEAR - 1, "unit_id": cast.member.unit_id, "state": EvaluationState.DECIDED, "decision_id": decision.id}
    db.session.add_all(
        [
            Evaluation(member_id=cast.member.member_id, decided_level="good", **facts),
            Evaluation(member_id=cast.member2.member_id, decided_level="done", **facts),
        ]
    )
    db.session.commit()
    assert (listing(cast).earlier.year, listing(cast).earlier.counts) == (YEAR - 1, (0, 1, 1, 0))


def test_it_asks_the_same_number_of_questions_for_five_and_for_fifty(app, cast):
    def asked():
        with counted(app) as sent, app.app_context():
            listing(cast)
        return len(sent)

    with app.app_context():
        papers.propose()
    few = asked()
    with app.app_context():
        home = db.session.get_one(factories.Unit, cast.member.unit_id)
        for number in range(45):
            factories.member("Lê Văn", f"Người {number}", home)
        db.session.commit()
        assert len(listing(cast).rows) == 50
    assert asked() == few


def test_a_unit_there_is_not_is_not_found(session):
    with pytest.raises(NotFound):
        proposal_list(999_999, YEAR, TODAY)


def test_the_papers_of_a_branch_nobody_is_in_are_empty(session):
    found = proposal_list(year_end.unit("BV-DUOC"), YEAR, TODAY)
    assert (found.rows, found.unrated, found.voters) == ((), (), None)
    assert db.session.execute(select(Evaluation.id)).first() is None
