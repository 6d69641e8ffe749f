"""Reads about work years: which is current, what holds for a unit, which virtues its members choose among."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.errors import NotFound
from diary.domain.units import Place
from diary.domain.years import Activity, OpenDays
from diary.models.base import db
from diary.models.units import Unit, Virtue
from diary.models.years import Window
from diary.queries import years
from tests import factories

SPRING, SUMMER = OpenDays(date(2026, 2, 1), date(2026, 3, 1)), OpenDays(date(2026, 6, 1), date(2026, 7, 1))


def place(cast, code):
    return Place(cast.units[code], db.session.execute(select(Unit.path).where(Unit.code == code)).scalar_one())


def own_days(unit_id, days):
    db.session.add(Window(year=2026, unit_id=unit_id, activity=Activity.WRITING, opens_on=days.opens_on, closes_on=days.closes_on))
    db.session.commit()


def test_the_nearest_unit_s_days_hold(session, cast):
    own_days(cast.units["BV"], SPRING)
    own_days(cast.units["BV-NOI"], SUMMER)
    held = {code: years.year_facts(2026, place(cast, code)).windows[Activity.WRITING] for code in ("BV-NOI", "BV-DUOC", "KB")}
    assert (held["BV-NOI"], held["BV-DUOC"]) == (SUMMER, SPRING) and held["KB"].opens_on == date(2026, 1, 1)


def test_the_current_year_is_the_newest_that_has_begun(session, cast):
    bloc = db.session.get_one(Unit, cast.units["KHOI"])
    factories.work_year(2027, bloc)
    db.session.commit()
    assert [years.current_year(date(year, 6, 1)) for year in (2026, 2027, 2028)] == [2026, 2027, 2027]
    assert years.current_year(date(2020, 6, 1)) == 2020 and years.years() == (2027, 2026)


def test_virtues_go_from_the_bloc_down_to_the_unit(session, cast):
    for code, name in (("BV-NOI", "Của chi đoàn"), ("BV", "Của cơ sở"), ("BV-NGOAI", "Của nơi khác")):
        db.session.add(Virtue(unit_id=cast.units[code], year=2026, position=1, name=name))
    db.session.commit()
    names = [virtue.name for virtue in years.virtues(2026, place(cast, "BV-NOI"))]
    assert names == ["Cần", "Kiệm", "Liêm", "Chính", "Chí công vô tư", "Của cơ sở", "Của chi đoàn"]


def test_what_is_open_today_is_told_in_words_in_the_year_s_order(actor, cast):
    (card,) = years.year_cards(actor("inspector"), date(2026, 11, 23))
    assert card.open_today == ("Đăng ký làm theo", "Ghi nhật ký", "Tự đánh giá", "Họp xét xếp loại", "Xét duyệt và công nhận")
    (card,) = years.year_cards(actor("inspector"), date(2027, 2, 1))
    assert card.open_today == ()


def test_years_are_read_by_the_bloc_committee_and_inspectors(actor):
    assert years.load_year(actor("bloc_deputy"), 2026).may_edit and not years.load_year(actor("inspector"), 2026).may_edit
    for name in ("base_secretary", "member", "administrator"):
        with pytest.raises(NotFound):
            years.load_year(actor(name), 2026)
        with pytest.raises(NotFound):
            years.year_cards(actor(name), date(2026, 11, 23))


def test_every_shipped_scheme_may_be_chosen(session):
    assert [choice.code for choice in years.scheme_choices()] == ["thang-100", "2011-2018", "2023-2027"]
