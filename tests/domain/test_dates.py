from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.dates import (
    DayError,
    long_day,
    monday,
    month_days,
    paper_day,
    parse_day,
    screen_day,
    short_day,
    week_month,
    week_year,
    weekday_name,
    year_weeks,
)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
years = st.integers(1900, 2100)


@pytest.mark.parametrize(
    "text", ["03/05/2026", "3/5/2026", "03/5/2026", "2026-05-03", " 3 / 5 / 2026 ", "2026-5-3", "\u200b03/05/2026\u00a0"]
)
def test_a_day_is_read_day_first_or_year_first(text: str) -> None:
    assert parse_day(text) == date(2026, 5, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2026", "Ngày 31/02/2026 không có trên lịch."),
        ("29/2/2025", "Ngày 29/02/2025 không có trên lịch."),
        ("2026-13-01", "Ngày 01/13/2026 không có trên lịch."),
        ("0/0/2026", "Ngày 00/00/2026 không có trên lịch."),
        ("31/12/1899", "Năm 1899 nằm ngoài khoảng từ 1900 đến 2100."),
        ("2101-01-01", "Năm 2101 nằm ngoài khoảng từ 1900 đến 2100."),
        ("1/1/0000", "Năm 0 nằm ngoài khoảng từ 1900 đến 2100."),
        ("3/5/26", "Hãy ghi năm đủ bốn chữ số, ví dụ 23/11/2026."),
        ("3/5/20266", "Hãy ghi năm đủ bốn chữ số, ví dụ 23/11/2026."),
        ("", "Chưa có ngày. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."),
        ("  ", "Chưa có ngày. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."),
        ("hôm qua", "Không đọc được ngày “hôm qua”. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."),
        ("05/2026", "Không đọc được ngày “05/2026”. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."),
        ("٢٠٢٦-05-03", "Không đọc được ngày “٢٠٢٦-05-03”. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."),
        ("٣/٥/٢٠٢٦", "Không đọc được ngày “٣/٥/٢٠٢٦”. Hãy ghi theo dạng ngày/tháng/năm, ví dụ 23/11/2026."),
    ],
)
def test_what_is_no_day_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(DayError) as refusal:
        parse_day(text)
    assert str(refusal.value) == message


def test_a_refusal_repeats_only_the_start_of_a_long_text() -> None:
    with pytest.raises(DayError, match=r"“a{30}…”"):
        parse_day("a" * 5000)


@given(st.text() | st.from_regex(r"\A[0-9]{0,9}[-/ ][0-9]{0,9}[-/ ][0-9]{0,5000}\Z"))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    try:
        assert 1900 <= parse_day(text).year <= 2100
    except DayError as refusal:
        assert 0 < len(str(refusal)) < 150


@given(days)
def test_a_day_reads_back_from_every_way_of_writing_it_in_figures(day: date) -> None:
    assert parse_day(screen_day(day)) == parse_day(paper_day(day)) == parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("day", "screen", "short", "paper", "long"),
    [
        (date(2013, 5, 8), "08/05/2013", "08/5", "08/5/2013", "ngày 08 tháng 5 năm 2013"),
        (date(2013, 2, 19), "19/02/2013", "19/02", "19/02/2013", "ngày 19 tháng 02 năm 2013"),
        (date(2026, 1, 3), "03/01/2026", "03/01", "03/01/2026", "ngày 03 tháng 01 năm 2026"),
        (date(2026, 3, 10), "10/03/2026", "10/3", "10/3/2026", "ngày 10 tháng 3 năm 2026"),
        (date(2026, 11, 23), "23/11/2026", "23/11", "23/11/2026", "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_paper_pads_days_under_10_and_the_months_1_and_2_and_screens_pad_all(
    day: date, screen: str, short: str, paper: str, long: str
) -> None:
    assert (screen_day(day), short_day(day), paper_day(day), long_day(day)) == (screen, short, paper, long)


@given(days)
def test_no_break_spaces_tie_each_word_to_its_number(day: date) -> None:
    tied = long_day(day, nbsp=True)
    assert [part.split("\u00a0")[0] for part in tied.split(" ")] == ["ngày", "tháng", "năm"]
    assert tied.replace("\u00a0", " ") == long_day(day)


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = [date(2026, 11, 23) + timedelta(days=i) for i in range(7)]
    assert [weekday_name(day) for day in week] == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
    assert {monday(day) for day in week} == {week[0]}
    assert monday(week[6] + timedelta(days=1)) == week[0] + timedelta(days=7)


def test_a_week_belongs_to_the_month_and_year_of_its_thursday() -> None:
    assert (week_month(date(2025, 12, 29)), week_year(date(2025, 12, 29))) == (1, 2026)  # Thursday 01/01/2026
    assert (week_month(date(2026, 12, 28)), week_year(date(2026, 12, 28))) == (12, 2026)  # Thursday 31/12/2026
    assert week_month(date(2026, 6, 29)) == 7  # Thursday 02/7
    assert week_month(date(2026, 4, 27)) == 4  # Thursday 30/4


@pytest.mark.parametrize(
    ("year", "count", "first"), [(2026, 53, date(2025, 12, 29)), (2025, 52, date(2024, 12, 30)), (2027, 52, date(2027, 1, 4))]
)
def test_a_year_has_52_or_53_weeks(year: int, count: int, first: date) -> None:
    weeks = year_weeks(year)
    assert (len(weeks), weeks[0]) == (count, first)


@given(years)
def test_the_weeks_of_the_years_follow_each_other_without_gap_or_overlap(year: int) -> None:
    weeks = year_weeks(year) + year_weeks(year + 1)[:1]
    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(weeks))
    assert {week_year(week) for week in weeks[:-1]} == {year}
    assert {monday(week) for week in weeks} == set(weeks)


@given(years, st.integers(1, 12))
def test_a_month_holds_all_its_days_in_order(year: int, month: int) -> None:
    listed = month_days(year, month)
    assert [day.day for day in listed] == list(range(1, len(listed) + 1))
    assert {(day.year, day.month) for day in listed} == {(year, month)}
    assert (listed[-1] + timedelta(days=1)).day == 1


def test_february_has_29_days_in_a_leap_year_only() -> None:
    assert (len(month_days(2028, 2)), len(month_days(2026, 2)), len(month_days(2100, 2))) == (29, 28, 28)
