"""The page of the settings that hold for the whole bloc."""

import pytest
from sqlalchemy import select

from diary.domain.settings import USUAL
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.settings import Setting
from diary.queries.settings import settings
from tests.web.reading import hidden

PAGE = "/quan-tri/cai-dat"
TYPED = {"overdue_days": "10", "hint_words": "7", "hint_alike": "80", "hint_days": "5"}


def unseen(page: str) -> dict[str, str]:
    """What the form carries besides what is typed."""
    return {name: hidden(page, name) for name in ("csrf_token", "seen")}


def post(browser, **changes):
    return browser.post(PAGE, data={**unseen(browser.get(PAGE).text), **TYPED, **changes})


@pytest.fixture
def bloc(browser):
    return browser("bloc_secretary")


def test_what_was_saved_holds_at_once_and_leaves_a_line(app, bloc):
    assert post(bloc).status_code == 303
    with app.app_context():
        now = settings()
        assert (now.overdue_days, now.hint_alike, now.hint_words) == (10, 0.8, 7)
        assert {row.name for row in db.session.execute(select(Setting)).scalars()} == {"overdue_days", "hint_alike"}
        line = db.session.execute(select(AuditLine).where(AuditLine.action == "settings_set")).scalar_one()
        assert line.fields == ["overdue_days=10", "hint_alike=80"]


def test_back_at_its_usual_value_a_setting_is_not_kept(app, bloc):
    post(bloc)
    assert post(bloc, overdue_days="7", hint_alike="70").status_code == 303
    with app.app_context():
        assert settings() == USUAL
        assert db.session.execute(select(Setting)).first() is None


def test_what_was_typed_wrongly_is_refused_at_its_field_and_kept(app, bloc):
    answer = post(bloc, overdue_days="0", hint_words="nhiều", hint_alike="85 %")
    assert answer.status_code == 200
    assert answer.text.count("field-error") == 2
    assert 'value="nhiều"' in answer.text and 'value="85 %"' in answer.text
    with app.app_context():
        assert settings() == USUAL


def test_of_two_who_edit_the_second_sees_what_the_first_set_before_it_is_changed(app, browser):
    first, second = browser("bloc_secretary"), browser("administrator")
    seen = unseen(second.get(PAGE).text)
    post(first)
    answer = second.post(PAGE, data={**seen, **TYPED, "overdue_days": "14"})
    assert answer.status_code == 409
    assert 'value="14"' in answer.text and "Đang dùng: 10 ngày" in answer.text
    with app.app_context():
        assert settings().overdue_days == 10
    assert second.post(PAGE, data={**unseen(answer.text), **TYPED, "overdue_days": "14"}).status_code == 303


def test_a_base_secretary_sets_nothing(browser):
    assert browser("base_secretary").get(PAGE).status_code == 403


def test_the_pages_of_years_and_of_the_administrator_lead_there(browser):
    assert PAGE in browser("bloc_secretary").get("/nam-cong-tac").text
    assert PAGE in browser("administrator").get("/quan-tri").text
