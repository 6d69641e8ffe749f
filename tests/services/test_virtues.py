"""The virtues a unit sets for a year."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from diary.domain.errors import BadInput, NotAllowed, NotFound, WrongMoment
from diary.domain.years import VirtueDraft
from diary.models.base import db
from diary.models.units import Virtue
from diary.models.years import WorkYear
from diary.services import virtues
from tests import factories


def names(unit_id):
    db.session.expire_all()
    query = select(Virtue.position, Virtue.name, Virtue.how_checked).where(Virtue.unit_id == unit_id, Virtue.year == 2026)
    return [tuple(row) for row in db.session.execute(query.order_by(Virtue.position))]


def test_officers_set_virtues_for_their_unit_and_those_above_for_units_below(actor, cast):
    unit_id = cast.units["BV-NOI"]
    for n, name in enumerate(("secretary", "deputy", "base_secretary", "bloc_secretary"), 1):
        virtues.set_virtue(actor(name), unit_id, 2026, VirtueDraft(n, f" Tận tụy {n} ", "Hỏi người bệnh"))
    assert names(unit_id) == [(n, f"Tận tụy {n}", "Hỏi người bệnh") for n in range(1, 5)]


def test_nobody_else_sets_them(actor, cast):
    draft = VirtueDraft(1, "Tận tụy")
    for name, code, refusal in (
        ("member", "BV-NOI", NotFound),
        ("other_secretary", "BV-NOI", NotFound),
        ("secretary", "BV", NotFound),
        ("inspector", "BV-NOI", NotAllowed),
        ("base_secretary", "KHOI", NotFound),
        ("administrator", "BV-NOI", NotFound),
    ):
        with pytest.raises(refusal):
            virtues.set_virtue(actor(name), cast.units[code], 2026, draft)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (VirtueDraft(6, "Sáu"), "position_6"),
        (VirtueDraft(1, "a" * 121), "name_1"),
        (VirtueDraft(1, "Tận tụy", "a" * 501), "how_checked_1"),
        (VirtueDraft(1, "", "Hỏi người bệnh"), "name_1"),
        (VirtueDraft(1, "can"), "name_1"),  # the bloc's Cần, folded
    ],
)
def test_a_wrong_virtue_is_refused_at_its_field(actor, cast, draft, field):
    with pytest.raises(BadInput) as refused:
        virtues.set_virtue(actor("secretary"), cast.units["BV-NOI"], 2026, draft)
    assert refused.value.field == field and names(cast.units["BV-NOI"]) == []


def test_two_virtues_may_change_places_but_not_bear_one_name(actor, cast):
    unit_id, who = cast.units["BV-NOI"], actor("secretary")
    virtues.set_virtues(who, unit_id, 2026, [VirtueDraft(1, "Tận tụy"), VirtueDraft(2, "Ân cần")])
    virtues.set_virtues(who, unit_id, 2026, [VirtueDraft(1, "Ân cần"), VirtueDraft(2, "Tận tụy")])
    assert [name for _, name, _ in names(unit_id)] == ["Ân cần", "Tận tụy"]
    with pytest.raises(BadInput):
        virtues.set_virtues(who, unit_id, 2026, [VirtueDraft(3, "Chu đáo"), VirtueDraft(4, "Chu đáo")])


def test_a_virtue_is_taken_away_while_nobody_promised_under_it(actor, cast):
    unit_id, who = cast.units["BV-NOI"], actor("secretary")
    virtues.set_virtues(who, unit_id, 2026, [VirtueDraft(2, "Tận tụy"), VirtueDraft(3, "Ân cần")])
    used = db.session.execute(select(Virtue.id).where(Virtue.name == "Ân cần")).scalar_one()
    factories.pledge(cast.member, virtue_id=used)
    virtues.set_virtue(who, unit_id, 2026, VirtueDraft(2, ""))
    with pytest.raises(WrongMoment, match="chỉ sửa lời"):
        virtues.set_virtue(who, unit_id, 2026, VirtueDraft(3, ""))
    virtues.set_virtue(who, unit_id, 2026, VirtueDraft(3, "Ân cần, chu đáo"))
    assert [name for _, name, _ in names(unit_id)] == ["Ân cần, chu đáo"]


def test_a_locked_or_unopened_year_takes_no_change(actor, cast):
    db.session.get_one(WorkYear, 2026).locked_at = datetime(2026, 11, 1, tzinfo=UTC)
    db.session.commit()
    for year in (2026, 2030):
        with pytest.raises(WrongMoment):
            virtues.set_virtue(actor("secretary"), cast.units["BV-NOI"], year, VirtueDraft(1, "Tận tụy"))
