"""Noting figures by hand: the whole table at once, by whom, and what it leaves alone."""

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.noted_figures import NotedFigure
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.noted_figures import MemberFigure
from diary.models.years import WorkYear
from diary.queries.noted_figures import seen_state
from diary.services import clock
from diary.services.noted_figures import note_figures
from tests.factories import YEAR

MEETINGS, PRAISE = NotedFigure(10, 12), NotedFigure(1, None, "Giấy khen của Đoàn cơ sở")


def _note(actor, cast, figures, who="secretary", seen=None, unit="BV-NOI"):
    unit_id = cast.units[unit]
    return note_figures(actor(who), unit_id, YEAR, figures, seen_state(unit_id, YEAR) if seen is None else seen)


def _noted(cast, name="member"):
    db.session.expire_all()
    rows = db.session.execute(select(MemberFigure).where(MemberFigure.member_id == getattr(cast, name).member_id)).scalars()
    return {(row.measure, row.unit_id): (row.count, row.of, row.words) for row in rows}


def test_the_table_is_noted_changed_and_taken_back_in_one_act_each(cast, actor):
    mine, home = cast.member.member_id, cast.units["BV-NOI"]
    assert _note(actor, cast, {mine: {"meetings": MEETINGS, "commendations": PRAISE, "discipline": None}}) == 2
    assert _noted(cast) == {("meetings", home): (10, 12, ""), ("commendations", home): (1, None, PRAISE.words)}
    assert _note(actor, cast, {mine: {"meetings": NotedFigure(11, 12), "commendations": PRAISE}}) == 1, "what stays is no change"
    assert _note(actor, cast, {mine: {"meetings": None}}) == 1
    assert _noted(cast) == {("commendations", home): (1, None, PRAISE.words)}
    lines = db.session.execute(select(AuditLine).where(AuditLine.action == "figures_note").order_by(AuditLine.id)).scalars().all()
    assert [line.fields for line in lines] == [[YEAR, "meetings", "commendations"], [YEAR, "meetings"], [YEAR, "meetings"]]
    assert all(line.subject_id == str(mine) and "khen" not in str(line.fields).lower() for line in lines)


def test_a_table_filled_in_from_an_older_state_is_refused(cast, actor):
    seen = seen_state(cast.units["BV-NOI"], YEAR)
    _note(actor, cast, {cast.member.member_id: {"meetings": MEETINGS}})
    with pytest.raises(Stale):
        _note(actor, cast, {cast.member.member_id: {"meetings": NotedFigure(9, 12)}}, "deputy", seen)
    assert _noted(cast)["meetings", cast.units["BV-NOI"]] == (10, 12, "")


def test_only_officers_of_the_branch_and_those_above_note_and_only_of_its_own(cast, actor):
    figures = {cast.member.member_id: {"meetings": MEETINGS}}
    for who, refusal in (("member", NotFound), ("stranger", NotFound), ("other_secretary", NotFound), ("inspector", NotAllowed)):
        with pytest.raises(refusal):
            _note(actor, cast, figures, who)
    assert _note(actor, cast, figures, "other_secretary", unit="BV-NGOAI") == 0, "a member of another branch is passed over"
    assert _note(actor, cast, figures, "base_secretary") == 1


def test_a_measure_that_is_counted_cannot_be_noted(cast, actor):
    with pytest.raises(BadInput):
        _note(actor, cast, {cast.member.member_id: {"rhythm": MEETINGS}})


def test_a_locked_year_takes_nothing(cast, actor):
    db.session.get_one(WorkYear, YEAR).locked_at = clock.now()
    db.session.commit()
    with pytest.raises(WrongMoment):
        _note(actor, cast, {cast.member.member_id: {"meetings": MEETINGS}})


def test_what_another_branch_noted_of_a_mover_stays_theirs(session, cast, actor):
    facts = {"member_id": cast.member.member_id, "year": YEAR, "noted_by": cast.other_secretary.account_id, "noted_at": clock.now()}
    session.add(MemberFigure(**facts, unit_id=cast.units["BV-NGOAI"], measure="meetings", count=2, of=3))
    session.commit()
    assert _note(actor, cast, {cast.member.member_id: {"meetings": None}}) == 0
    assert _note(actor, cast, {cast.member.member_id: {"meetings": MEETINGS}}) == 1
    assert set(_noted(cast)) == {("meetings", cast.units["BV-NGOAI"]), ("meetings", cast.units["BV-NOI"])}
