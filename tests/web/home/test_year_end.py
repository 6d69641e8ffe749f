"""What year-end asks of a person on the first page: a self-assessment while it may be sent, a meeting while it goes on."""

from datetime import date, datetime

import pytest
from sqlalchemy import update

from diary.domain.years import Activity
from diary.models.base import db
from diary.models.evaluations import RatingMeeting
from diary.models.years import Window, WorkYear
from tests import factories, year_end
from tests.web.home.test_views import todo

NOW = datetime(2026, 11, 23, 9, tzinfo=factories.VIETNAM)
ASSESS, MEETING, VOTE = "Tự đánh giá năm 2026", "Đang họp xét xếp loại", "Chi đoàn đang họp xét xếp loại"


@pytest.fixture
def waits(browser):
    """waits("member") are the titles of what waits for that person."""
    return lambda name: todo(browser(name).get("/").text)


def test_a_self_assessment_waits_until_it_is_sent(app, browser, waits):
    page = browser("member").get("/").text
    assert todo(page) == [ASSESS] and "nộp trước Chủ nhật, 31/01/2027" in page and 'href="/danh-gia?nam=2026"' in page
    with app.app_context():
        year_end.self_assess("member", submit=False)
    assert waits("member") == [ASSESS], "a draft is not sent"
    with app.app_context():
        year_end.self_assess("member")
    assert waits("member") == []


@pytest.mark.parametrize("change", [{"opens_on": date(2026, 11, 24)}, {"closes_on": date(2026, 11, 22)}])
def test_it_waits_only_while_it_may_be_sent(app, waits, change):
    with app.app_context():
        db.session.execute(update(Window).where(Window.activity == Activity.SELF_ASSESSMENT).values(change))
        db.session.commit()
    assert waits("member") == []


def test_the_nearest_unit_s_own_days_decide(app, waits):
    with app.app_context():
        branch = factories.actor("member").place.unit_id
        days = {"opens_on": date(2026, 10, 1), "closes_on": date(2026, 10, 31)}
        db.session.add(Window(year=2026, unit_id=branch, activity=Activity.SELF_ASSESSMENT, **days))
        db.session.commit()
    assert waits("member") == [] and waits("other_secretary") == [ASSESS]


@pytest.mark.parametrize("change", [{"scheme_code": None}, {"locked_at": NOW}])
def test_a_year_that_is_not_rated_or_locked_asks_for_nothing(app, waits, change):
    with app.app_context():
        db.session.execute(update(WorkYear).values(change))
        db.session.commit()
    assert waits("member") == []


def test_a_meeting_that_goes_on_waits_for_its_officers_and_a_secret_one_for_every_voter(app, waits):
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
    assert MEETING in waits("secretary") and waits("member") == [ASSESS] and MEETING not in waits("other_secretary")
    with app.app_context():
        db.session.get_one(RatingMeeting, meeting_id).secret = True
        db.session.commit()
    assert waits("member") == [VOTE, ASSESS] and {MEETING, VOTE} < set(waits("deputy"))
    with app.app_context():
        db.session.get_one(RatingMeeting, meeting_id).closed_at = NOW
        db.session.commit()
    assert waits("member") == [ASSESS] and MEETING not in waits("deputy")
