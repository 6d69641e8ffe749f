"""The calendar on one's phone: its address is shown once, what it holds are dates, and only its owner's."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from sqlalchemy import update

from diary.domain.members import Standing
from diary.domain.years import Activity, default_windows
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.counts import Leave
from diary.models.members import Member
from diary.models.reminders import CalendarFeed
from diary.models.years import Window
from tests import factories
from tests.web.reading import heading, token, words

PAGE, CHANGE = "/ca-nhan/nhac-viec", "/ca-nhan/nhac-viec/lich"


@pytest.fixture(autouse=True)
def usual_days(app):
    """The bloc has the usual days of a year."""
    with app.app_context():
        for activity, days in default_windows(factories.YEAR).items():
            of_it = update(Window).where(Window.activity == activity)
            db.session.execute(of_it.values(opens_on=days.opens_on, closes_on=days.closes_on))
        db.session.commit()


@pytest.fixture
def post(browser):
    def send(name, **fields):
        client = browser(name)
        return client.post(CHANGE, data={"csrf_token": token(client, PAGE), **fields})

    return send


@pytest.fixture
def make(post):
    """make("member") is the path of a new address of theirs."""

    def go(name="member", weekly="y"):
        answer = post(name, act="make", weekly=weekly)
        assert answer.status_code == 200 and heading(answer.text) == "Địa chỉ lịch của bạn"
        address = re.search(r'readonly value="([^"]+)"', answer.text)[1]
        assert f'href="webcal://{address.partition("//")[2]}"' in answer.text
        return address.removeprefix("http://localhost")

    return go


@pytest.fixture
def read(browser):
    def get(path, **headers):
        return browser(None).get(path, headers=headers)

    return get


def events(answer):
    calendar = icalendar.Calendar.from_ical(answer.data)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_the_year_s_dates_are_read_without_signing_in(make, read):
    answer = read(make())
    assert answer.content_type == "text/calendar; charset=utf-8" and answer.headers["Cache-Control"].startswith("private")
    found = events(answer)
    rating = found["Tự đánh giá năm 2026"]
    assert (rating.decoded("dtstart"), rating.decoded("dtend")) == (date(2026, 11, 15), date(2026, 12, 21))
    assert "http://localhost/danh-gia" in str(rating["description"])
    assert found["Hạn cuối: đăng ký làm theo năm 2026"].decoded("dtstart") == date(2026, 3, 31)


def test_the_weekly_hour_comes_with_it_when_wanted_at_the_hour_one_chose_but_on_leave(app, make, read, post, cast):
    path = make()
    hour = events(read(path))["Ghi nhật ký tuần này"]
    assert hour.decoded("dtstart") == datetime(2026, 1, 2, 9, tzinfo=UTC), "Friday, 16 o'clock in Vietnam"
    assert hour["rrule"].to_ical().decode() == "FREQ=WEEKLY;UNTIL=20261231T165959Z" and "exdate" not in hour
    with app.app_context():
        db.session.add(Leave(member_id=cast.member.member_id, from_day=date(2026, 11, 23), to_day=date(2026, 12, 6)))
        db.session.commit()
    skipped = [one.to_ical().decode() for one in events(read(path))["Ghi nhật ký tuần này"]["exdate"]]
    assert skipped == ["20261127T090000Z", "20261204T090000Z"]
    assert post("member", act="weekly").status_code == 303
    assert "Ghi nhật ký tuần này" not in events(read(path))


def test_officers_of_a_branch_have_days_to_review_on_and_members_none(make, read):
    days = events(read(make("secretary")))["Duyệt nhật ký – Chi đoàn Khối Nội"]
    assert days.decoded("dtstart") == date(2026, 1, 5) and "UNTIL=20270104" in days["rrule"].to_ical().decode()
    assert not any("Duyệt" in title for title in events(read(make("member"))))


def test_a_branch_with_days_of_its_own_has_them_in_its_calendars_and_others_have_not(app, make, read, cast):
    with app.app_context():
        days = {"opens_on": date(2026, 12, 1), "closes_on": date(2026, 12, 5)}
        db.session.add(Window(year=factories.YEAR, unit_id=cast.member.unit_id, activity=Activity.MEETINGS, **days))
        db.session.commit()
    assert events(read(make("member")))["Họp xét xếp loại năm 2026"].decoded("dtend") == date(2026, 12, 6)
    assert events(read(make("stranger")))["Họp xét xếp loại năm 2026"].decoded("dtend") == date(2027, 1, 1)


def test_it_is_written_by_the_rules_of_calendars(make, read):
    raw = read(make("secretary")).data
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines) and raw.decode("utf-8")
    for line in (b"BEGIN:VCALENDAR", b"VERSION:2.0", b"METHOD:PUBLISH", b"REFRESH-INTERVAL;VALUE=DURATION:PT12H", b"X-PUBLISHED-TTL:PT12H"):
        assert line in lines
    found = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert len({str(event["uid"]) for event in found}) == len(found) >= 10
    for event in found:
        assert event.decoded("dtstamp").utcoffset() == timedelta(0) and event.decoded("dtend") > event.decoded("dtstart")
        dated = not isinstance(event.decoded("dtstart"), datetime)
        assert event["dtstart"].params.get("VALUE") == ("DATE" if dated else None)
        if "rrule" in event:  # UNTIL is of the kind DTSTART is
            assert isinstance(event["rrule"]["UNTIL"][0], datetime) is not dated


def test_what_was_not_moved_keeps_its_name_and_an_unchanged_calendar_is_not_sent_twice(make, read, time):
    path = make()
    first = read(path)
    assert read(path, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    time.shift(timedelta(days=1))
    later = read(path)
    assert [str(one["uid"]) for one in events(first).values()] == [str(one["uid"]) for one in events(later).values()]


def test_only_the_newest_address_is_good_and_its_token_is_kept_nowhere(app, make, read, post, browser, cast):
    old, new = make(), make()
    assert read(old).status_code == 404 and read(new).status_code == 200
    page = browser("member").get(PAGE).text
    assert "Đã có địa chỉ" in words(page) and new.split("/")[-1][:-4] not in page
    with app.app_context():
        assert db.session.get(CalendarFeed, cast.member.account_id).token_hash not in new
    assert post("member", act="off").status_code == 303 and read(new).status_code == 404
    assert "Tạo địa chỉ lịch" in words(browser("member").get(PAGE).text)


def test_an_unknown_address_is_no_page(read):
    for path in ("/lich/khong-co.ics", f"/lich/{'a' * 500}.ics", "/lich/.ics"):
        assert read(path).status_code == 404


def test_whoever_left_or_lost_the_account_has_no_calendar(app, make, read, cast):
    paths = [make("member"), make("member2")]
    with app.app_context():
        db.session.get(Member, cast.member.member_id).standing = Standing.LEFT
        db.session.get(Account, cast.member2.account_id).closed_at = datetime.now(UTC)
        db.session.commit()
    assert [read(path).status_code for path in paths] == [404, 404]


def test_a_choice_without_an_address_says_so(post, browser):
    assert post("member", act="weekly").status_code == 303 and post("member", act="off").status_code == 303
    assert post("member").status_code == 303
