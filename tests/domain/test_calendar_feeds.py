"""What stands in a calendar."""

from datetime import date, datetime, timedelta

from diary.domain.calendar_feeds import UnitYear, review_days, window_events, writing_hours
from diary.domain.reminders import VIETNAM, Choice
from diary.domain.rhythm import Days
from diary.domain.years import Activity, OpenDays, YearFacts, default_windows


def unit_year(unit_id=7, name="Chi đoàn Khối Nội", locked=False, **windows):
    facts = YearFacts(2026, None, locked, default_windows(2026) | {Activity(key): days for key, days in windows.items()})
    return UnitYear(unit_id, name, facts)


def told(*years):
    return {event.uid: event for event in window_events(years)}


def test_every_window_stands_there_a_long_one_as_its_first_day_and_each_with_its_last():
    found = told(unit_year())
    assert len(found) == 10
    rating = found["2026-self-assessment-7"]
    assert (rating.title, rating.first, rating.last) == ("Tự đánh giá năm 2026", date(2026, 11, 15), date(2026, 12, 20))
    begins, ends = found["2026-writing-7-dau"], found["2026-writing-7-cuoi"]
    assert (begins.title, begins.first, begins.last) == ("Bắt đầu: ghi nhật ký năm 2026", date(2026, 1, 1), date(2026, 1, 1))
    assert (ends.title, ends.first, ends.last) == ("Hạn cuối: ghi nhật ký năm 2026", date(2026, 12, 31), date(2026, 12, 31))
    assert "từ 01/01/2026 đến hết 31/12/2026" in begins.words and begins.link == "/nhat-ky/moi"


def test_a_window_of_one_day_is_told_once():
    day = OpenDays(date(2026, 12, 5), date(2026, 12, 5))
    assert [uid for uid in told(unit_year(meetings=day)) if "meetings" in uid] == ["2026-meetings-7"]


def test_what_several_units_share_is_told_once_and_what_differs_with_their_names():
    own = OpenDays(date(2026, 12, 1), date(2026, 12, 10))
    found = told(unit_year(), unit_year(8, "Chi đoàn Khối Ngoại", meetings=own))
    assert found["2026-self-assessment-7"].title == "Tự đánh giá năm 2026"
    assert found["2026-meetings-7"].title == "Họp xét xếp loại năm 2026 – Chi đoàn Khối Nội"
    assert found["2026-meetings-8"].title == "Họp xét xếp loại năm 2026 – Chi đoàn Khối Ngoại"
    assert found["2026-meetings-8"].first == date(2026, 12, 1)


def test_a_locked_year_has_nothing_left_to_come():
    assert told(unit_year(locked=True)) == {} == dict.fromkeys(writing_hours([unit_year(locked=True)], Choice()))
    assert list(review_days([unit_year(locked=True)])) == []


def test_the_hour_of_the_week_is_the_chosen_one_while_the_year_is_written_in():
    (hour,) = writing_hours([unit_year()], Choice(weekday=6, hour=20))
    assert hour.begins == datetime(2026, 1, 4, 20, tzinfo=VIETNAM) and hour.until.date() == date(2026, 12, 31)
    (hour,) = writing_hours([unit_year()], Choice(weekday=3, hour=0))
    assert hour.begins == datetime(2026, 1, 1, 0, tzinfo=VIETNAM)
    leave = Days(date(2026, 1, 9), date(2026, 1, 22)), Days(date(2026, 3, 2), date(2026, 3, 4))
    (hour,) = writing_hours([unit_year()], Choice(weekday=3, hour=8), leave)
    assert hour.skipped == tuple(datetime(2026, 1, day, 8, tzinfo=VIETNAM) for day in (15, 22)), "none while on leave"
    assert list(writing_hours([unit_year(writing=OpenDays(date(2026, 5, 5), date(2026, 5, 6)))], Choice(weekday=6))) == []


def test_officers_look_at_the_week_before_on_mondays_until_the_week_after_the_last():
    (days,) = review_days([unit_year()])
    assert days.first.weekday() == 0 and days.first == date(2026, 1, 5) and days.until == date(2027, 1, 4)
    assert days.until - date(2026, 12, 31) <= timedelta(weeks=1)
