from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.leaves import LeaveDraft, LeaveKind
from diary.domain.members import Standing
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.counts import Leave
from diary.models.members import Membership
from diary.models.notices import Notice
from diary.queries import leaves as queries
from diary.queries.rhythm import rhythm_of
from diary.services import leaves, members, years

TODAY = date(2026, 11, 23)
MARCH = LeaveDraft(date(2026, 3, 2), date(2026, 3, 15), LeaveKind.SICK, "mổ ruột thừa")


def note(actor, who="member", whose="member", draft=MARCH):
    return leaves.note_leave(actor(who), actor(whose).member_id, draft, TODAY)


def due(cast):
    return rhythm_of(cast.member.member_id, 2026, TODAY).due


def test_weeks_of_leave_are_not_due_from_the_moment_it_is_noted_until_it_is_taken_back(actor, cast):
    before = due(cast)
    leave_id = note(actor)
    assert due(cast) == before - 2
    leaves.take_back(actor("member"), leave_id)
    assert due(cast) == before
    leaves.put_back(actor("member"), leave_id)
    assert due(cast) == before - 2


def test_the_same_leave_said_twice_is_one(actor):
    assert note(actor) == note(actor)
    assert len(db.session.execute(select(Leave)).all()) == 1


def test_a_leave_that_shares_a_day_with_another_is_refused_also_when_it_is_put_back(actor):
    first = note(actor)
    later = LeaveDraft(date(2026, 3, 15), date(2026, 3, 20), LeaveKind.ANNUAL)
    with pytest.raises(BadInput, match="02/03/2026 – 15/03/2026"):
        note(actor, draft=later)
    leaves.take_back(actor("member"), first)
    note(actor, draft=later)
    with pytest.raises(BadInput):
        leaves.put_back(actor("member"), first)


def test_a_changed_leave_may_keep_its_own_days_and_a_stale_form_changes_nothing(actor):
    leave_id = note(actor)
    longer = LeaveDraft(MARCH.from_day, date(2026, 3, 22), LeaveKind.SICK)
    leaves.change_leave(actor("member"), leave_id, 1, longer, TODAY)
    with pytest.raises(Stale):
        leaves.change_leave(actor("member"), leave_id, 1, MARCH, TODAY)
    assert queries.load_leave(actor("member"), leave_id)[1].draft == longer


def test_a_leave_of_a_locked_year_stays_as_it_is(actor):
    leave_id = note(actor)
    years.lock_year(actor("bloc_secretary"), 2026, "Đã công nhận xong.")
    for act in (
        lambda: note(actor, draft=LeaveDraft(date(2026, 12, 30), date(2027, 1, 3), LeaveKind.ANNUAL)),
        lambda: leaves.change_leave(actor("member"), leave_id, 1, LeaveDraft(date(2027, 1, 4), date(2027, 1, 5), LeaveKind.ANNUAL), TODAY),
        lambda: leaves.take_back(actor("member"), leave_id),
    ):
        with pytest.raises(WrongMoment):
            act()


def test_who_noted_it_is_said_and_the_member_is_told_without_the_reason(actor, cast):
    note(actor, who="secretary")
    (row,) = queries.leaves_page(actor("member"), cast.member.member_id).rows
    assert row.noted_by == "Lâm Thanh Sang"
    (told,) = db.session.execute(select(Notice.text).where(Notice.account_id == cast.member.account_id)).scalars()
    assert "ngày nghỉ" in told and "ốm" not in told and "ruột" not in told


def test_the_audit_lines_name_neither_the_reason_nor_the_words(actor):
    leave_id = note(actor)
    leaves.change_leave(actor("member"), leave_id, 1, LeaveDraft(MARCH.from_day, MARCH.to_day, LeaveKind.OTHER, "việc nhà"), TODAY)
    leaves.take_back(actor("member"), leave_id)
    leaves.put_back(actor("member"), leave_id)
    lines = db.session.execute(select(AuditLine.action, AuditLine.fields).where(AuditLine.subject == "leave").order_by(AuditLine.id)).all()
    assert [tuple(line) for line in lines] == [
        ("leave_note", []), ("leave_change", ["leave_kind", "leave_note"]), ("leave_take_back", []), ("leave_put_back", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("member2", NotFound),
        ("other_secretary", NotFound),
        ("administrator", NotFound),
        ("base_secretary", NotAllowed),
        ("inspector", NotAllowed),
    ],
)
def test_nobody_but_the_member_and_the_officers_of_the_branch_sees_or_says_why_they_are_away(actor, cast, who, refusal):
    leave_id = note(actor)
    with pytest.raises(refusal):
        note(actor, who=who)
    with pytest.raises(refusal):
        queries.leaves_page(actor(who), cast.member.member_id)
    with pytest.raises(NotFound):
        queries.load_leave(actor(who), leave_id)
    with pytest.raises(NotFound):
        leaves.take_back(actor(who), leave_id)


def test_a_new_branch_sees_no_leave_of_before_the_member_came(actor, cast):
    old, new = note(actor), note(actor, draft=LeaveDraft(date(2026, 9, 7), date(2026, 9, 13), LeaveKind.MATERNITY))
    db.session.query(Membership).filter_by(member_id=cast.member.member_id).update({"from_day": date(2026, 8, 1)})
    db.session.commit()
    assert [row.id for row in queries.leaves_page(actor("secretary"), cast.member.member_id).rows] == [new]
    with pytest.raises(NotFound):
        leaves.take_back(actor("secretary"), old)
    assert len(queries.leaves_page(actor("member"), cast.member.member_id).rows) == 2


def test_who_has_left_the_unions_life_notes_no_leave(actor, cast):
    members.end_standing(actor("secretary"), cast.member.member_id, Standing.MATURED, TODAY)
    with pytest.raises(NotAllowed):
        note(actor)


def test_only_the_leave_taken_back_last_can_be_put_back(actor, cast):
    first, second = note(actor), note(actor, draft=LeaveDraft(date(2026, 5, 4), date(2026, 5, 10), LeaveKind.ANNUAL))
    leaves.take_back(actor("member"), first)
    assert queries.leaves_page(actor("member"), cast.member.member_id, first).taken_back is not None
    leaves.take_back(actor("member"), second)
    assert queries.leaves_page(actor("member"), cast.member.member_id, first).taken_back is None
    with pytest.raises(NotFound):
        leaves.put_back(actor("member"), first)
