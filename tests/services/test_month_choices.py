"""The best entry of a month: chosen, changed, taken back, by its author alone."""

from datetime import date

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryState
from diary.domain.errors import NotFound, WrongMoment
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.entries import MonthChoice
from diary.services.month_choices import choose_best, take_back_best
from tests import factories

pytestmark = pytest.mark.usefixtures("session")


def choices():
    db.session.expire_all()
    columns = MonthChoice.year, MonthChoice.month, MonthChoice.entry_id
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(MonthChoice.month))]


def test_an_entry_is_chosen_for_its_month_another_takes_its_place_and_it_is_taken_back(actor, cast):
    first = factories.entry(cast.member, happened_on=date(2026, 3, 2)).id
    second = factories.entry(cast.member, EntryState.LOCKED, happened_on=date(2026, 3, 9)).id
    assert choose_best(actor("member"), first) == (2026, 3) == choose_best(actor("member"), first)
    choose_best(actor("member"), second)
    assert choices() == [(2026, 3, second)]
    take_back_best(actor("member"), first)
    assert choices() == [(2026, 3, second)]
    take_back_best(actor("member"), second)
    assert choices() == []
    told = select(AuditLine.action, func.count()).where(AuditLine.action.like("month%")).group_by(AuditLine.action)
    assert dict(db.session.execute(told).all()) == {"month_choose": 2, "month_choice_take_back": 1}


@pytest.mark.parametrize("name", ["member2", "secretary", "administrator"])
def test_nobody_chooses_among_another_s_entries(actor, cast, name):
    entry_id = factories.entry(cast.member).id
    for act in (choose_best, take_back_best):
        with pytest.raises(NotFound):
            act(actor(name), entry_id)
    with pytest.raises(NotFound):
        choose_best(actor("member"), new_id())


def test_a_draft_is_no_month_s_best(actor, cast):
    draft = factories.entry(cast.member, EntryState.DRAFT).id
    with pytest.raises(WrongMoment):
        choose_best(actor("member"), draft)


def test_an_entry_whose_day_was_mended_is_the_best_of_one_month_only(actor, cast):
    row = factories.entry(cast.member, EntryState.RETURNED, happened_on=date(2026, 3, 2))
    choose_best(actor("member"), row.id)
    db.session.merge(row).happened_on = date(2026, 4, 2)
    db.session.commit()
    choose_best(actor("member"), row.id)
    assert choices() == [(2026, 4, row.id)]
