"""Noting figures by hand: the whole table at once, by whom, and what it leaves alone."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.figure_lists import FIGURES
from diary.domain.member_lists.import_plan import Outcome
from diary.domain.noted_figures import NotedFigure
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.members import Membership
from diary.models.noted_figures import MemberFigure
from diary.models.years import WorkYear
from diary.queries.noted_figures import export_rows, seen_state
from diary.services import clock
from diary.services.noted_figures import import_figures, note_figures
from tests.factories import YEAR
from tests.lists import NOI
from tests.registers import BORN, read

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


def test_a_list_is_brought_in_once_and_goes_out_the_same(cast, actor):
    head = ("Họ và tên", "Ngày sinh", "Chi đoàn", "Dự sinh hoạt", "Số buổi đã họp", "Khen thưởng")
    rows = [("Thạch Thị Sa Rinh", BORN, NOI, 10, 12, PRAISE.words), ("Mai Gia Linh", BORN, NOI, 1, 2, None)]
    listed = read(FIGURES, head, *rows)
    plan = import_figures(actor("secretary"), listed, YEAR)
    assert (plan.counts[Outcome.NEW], plan.counts[Outcome.REFUSED]) == (1, 1)
    home = cast.units["BV-NOI"]
    assert _noted(cast) == {("meetings", home): (10, 12, ""), ("commendations", home): (1, None, PRAISE.words)}
    assert import_figures(actor("secretary"), listed, YEAR).counts[Outcome.SAME] == 1
    written = next(row for row in export_rows(actor("secretary"), YEAR) if row[0] == "Thạch Thị Sa Rinh")
    assert import_figures(actor("secretary"), read(FIGURES, FIGURES.header, written), None).counts[Outcome.SAME] == 1


def test_a_list_of_an_old_branch_notes_its_own_part_of_a_mover_s_year(session, cast, actor):
    session.add(
        Membership(member_id=cast.member.member_id, unit_id=cast.units["BV-NGOAI"], from_day=date(2026, 1, 1), to_day=date(2026, 3, 1))
    )
    session.commit()
    _note(actor, cast, {cast.member.member_id: {"meetings": MEETINGS}})
    listed = read(
        FIGURES, ("Họ và tên", "Ngày sinh", "Chi đoàn", "Dự sinh hoạt"), ("Thạch Thị Sa Rinh", BORN, "Chi đoàn Khối Ngoại", "2/3")
    )
    for _ in range(2):
        import_figures(actor("base_secretary"), listed, YEAR)
    assert _noted(cast) == {("meetings", cast.units["BV-NOI"]): (10, 12, ""), ("meetings", cast.units["BV-NGOAI"]): (2, 3, "")}
