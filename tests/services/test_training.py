"""Noting results of the Chương trình rèn luyện: who may, what is written, brought in from lists."""

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from diary.domain.member_lists.import_plan import Outcome
from diary.domain.training import NOTE_LIMIT, TrainingResult, YearTraining
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.training import Training
from diary.models.years import WorkYear
from diary.services import clock, training
from diary.services.training import Choice
from tests import registers as lists
from tests.registers import YEAR, training_row

EXCELLENT, GOOD = YearTraining(TrainingResult.EXCELLENT, "Đạt giải"), YearTraining(TrainingResult.GOOD)


def noted(cast, name="member"):
    db.session.expire_all()
    query = select(Training).where(Training.member_id == getattr(cast, name).member_id, Training.year == YEAR)
    row = db.session.execute(query).scalar_one_or_none()
    return YearTraining(row.result, row.note) if row else None


def lines():
    return [(row.action, row.fields) for row in db.session.execute(select(AuditLine).order_by(AuditLine.id)).scalars()]


def test_a_result_is_noted_changed_and_taken_back_with_a_line_each(session, cast, actor):
    who, member = actor("secretary"), cast.member.member_id
    for result in (EXCELLENT, EXCELLENT, GOOD, None, None):
        training.note_member(who, member, YEAR, result)
        assert noted(cast) == result
    both = ("training_note", [YEAR, "training_result", "training_note"])
    assert lines() == [both, both, ("training_note", [YEAR, "training_result"])]


@pytest.mark.parametrize(
    ("name", "refusal"), [("member", NotAllowed), ("inspector", NotAllowed), ("other_secretary", NotFound), ("administrator", NotFound)]
)
def test_nobody_else_notes_a_result(session, cast, actor, name, refusal):
    with pytest.raises(refusal):
        training.note_member(actor(name), cast.member.member_id, YEAR, GOOD)
    with pytest.raises((NotAllowed, NotFound)):
        training.note_branch(actor(name), cast.member.unit_id, YEAR, [Choice(cast.member.member_id, None, GOOD)])
    assert noted(cast) is None


def test_a_locked_year_and_a_remark_too_long_are_refused(session, cast, actor):
    who, member = actor("secretary"), cast.member.member_id
    with pytest.raises(BadInput):
        training.note_member(who, member, YEAR, YearTraining(TrainingResult.GOOD, "a" * (NOTE_LIMIT + 1)))
    session.get_one(WorkYear, YEAR).locked_at = clock.now()
    session.commit()
    with pytest.raises(WrongMoment):
        training.note_member(who, member, YEAR, GOOD)


def test_the_table_writes_only_the_lines_this_person_changed(session, cast, actor):
    who, unit = actor("secretary"), cast.member.unit_id
    training.note_member(actor("deputy"), cast.member.member_id, YEAR, EXCELLENT)
    choices = [
        Choice(cast.member.member_id, None, None), Choice(cast.member2.member_id, None, GOOD), Choice(cast.stranger.member_id, None, GOOD),
    ]  # fmt: skip
    assert training.note_branch(who, unit, YEAR, choices) == 1
    assert noted(cast) == EXCELLENT and noted(cast, "member2") == GOOD and noted(cast, "stranger") is None


def bring(*rows, year=None):
    return training.import_training(None, lists.training(*rows), year)


def counts(plan):
    return tuple(plan.counts[outcome] for outcome in Outcome)


def test_a_list_is_brought_in_and_the_same_list_again_changes_nothing(session, cast):
    rows = [
        training_row("Thạch Thị Sa Rinh", "HTXS", "Đạt giải"),
        training_row("Võ Quốc Huy", "tốt"),
        training_row("Sơn Ngọc Rạch Thi", None, "mới về"),
    ]
    plan = bring(*rows)
    assert counts(plan) == (2, 0, 1, 0) and "chưa có kết quả" in plan.taken[2].notes[0]
    assert noted(cast) == EXCELLENT and noted(cast, "member2") == GOOD and noted(cast, "new_member") is None
    assert counts(bring(*rows)) == (0, 0, 3, 0) and len(lines()) == 1


def test_a_changed_result_keeps_the_remark_and_a_remark_joins_the_result_that_stands(session, cast):
    bring(training_row("Thạch Thị Sa Rinh", "HTXS", "Đạt giải"), training_row("Võ Quốc Huy", "tốt"))
    assert counts(bring(training_row("Thạch Thị Sa Rinh", "HTT"), training_row("Võ Quốc Huy", None, "Bổ sung hồ sơ"))) == (0, 2, 0, 0)
    assert noted(cast) == YearTraining(TrainingResult.GOOD, "Đạt giải")
    assert noted(cast, "member2") == YearTraining(TrainingResult.GOOD, "Bổ sung hồ sơ")
    assert lines()[-1] == ("training_note", [YEAR, "training_result"]), "what was only added to leaves no line of its own"
