"""The rhythm of writing: which weeks are due and which are kept."""

from datetime import date, timedelta

import pytest

from diary.domain.rhythm import Days, Look, WeekFacts, year_rhythm

TODAY = date(2026, 11, 25)  # a Wednesday
THIS_WEEK = date(2026, 11, 23)
LAST_WEEK = date(2026, 11, 16)


def look(rhythm, monday):
    return next((square.look for square in rhythm.squares if square.monday == monday), None)


def test_a_year_is_drawn_week_by_week_under_the_month_of_its_thursday():
    squares = year_rhythm(2026, TODAY, {}).squares
    assert len(squares) == 53 and squares[0].monday == date(2025, 12, 29)
    january = [square for square in squares if square.month == 1]
    assert [square.row for square in january] == [0, 1, 2, 3, 4]
    assert max(square.row for square in squares) == 4


@pytest.mark.parametrize(("entries", "wanted"), [(1, Look.ONE), (2, Look.TWO), (3, Look.THREE), (9, Look.THREE)])
def test_the_more_entries_the_darker_the_week(entries, wanted):
    assert look(year_rhythm(2026, TODAY, {LAST_WEEK: WeekFacts(entries)}), LAST_WEEK) is wanted


def test_a_week_is_kept_by_one_entry_or_by_saying_there_was_nothing_to_do():
    weeks = {LAST_WEEK: WeekFacts(1), LAST_WEEK - timedelta(7): WeekFacts(0, nothing_to_do=True)}
    rhythm = year_rhythm(2026, TODAY, weeks)
    assert (rhythm.kept, rhythm.due) == (2, 47)


def test_the_current_week_is_due_only_once_it_is_kept():
    before = year_rhythm(2026, TODAY, {})
    after = year_rhythm(2026, TODAY, {THIS_WEEK: WeekFacts(1)})
    assert look(before, THIS_WEEK) is Look.NOW and after.due == before.due + 1 and after.kept == before.kept + 1


def test_weeks_ahead_are_not_due():
    rhythm = year_rhythm(2026, date(2025, 12, 31), {})
    assert rhythm.due == 0 and look(rhythm, date(2026, 1, 5)) is Look.SOON and len(rhythm.so_far) == 1


def test_a_whole_week_on_leave_is_not_due_and_half_a_week_is():
    leave = Days(LAST_WEEK - timedelta(3), LAST_WEEK + timedelta(6))
    rhythm = year_rhythm(2026, TODAY, {}, [leave])
    assert look(rhythm, LAST_WEEK) is Look.LEAVE and look(rhythm, LAST_WEEK - timedelta(7)) is Look.MISSED
    assert rhythm.due == year_rhythm(2026, TODAY, {}).due - 1


def test_what_is_written_on_leave_counts():
    leave = Days(LAST_WEEK, LAST_WEEK + timedelta(6))
    rhythm = year_rhythm(2026, TODAY, {LAST_WEEK: WeekFacts(1)}, [leave])
    assert look(rhythm, LAST_WEEK) is Look.ONE and rhythm.kept == 1


def test_weeks_over_before_the_member_joined_are_left_out():
    rhythm = year_rhythm(2026, TODAY, {}, joined=date(2026, 11, 11))
    assert [square.monday for square in rhythm.so_far] == [date(2026, 11, 9), LAST_WEEK, THIS_WEEK] and rhythm.due == 2
    assert look(rhythm, date(2026, 11, 2)) is None


def test_it_forgives_a_week_filled_in_later_counts_and_a_missed_one_takes_nothing_away():
    weeks = {monday: WeekFacts(1) for monday in (date(2026, 1, 5), date(2026, 3, 2))}
    assert year_rhythm(2026, TODAY, weeks).kept == 2
    assert year_rhythm(2026, TODAY, weeks | {date(2026, 2, 2): WeekFacts(1)}).kept == 3


def test_a_year_says_in_words_what_its_weeks_were():
    weeks = {date(2026, 1, 5): WeekFacts(2), date(2026, 1, 12): WeekFacts(0, nothing_to_do=True)}
    rhythm = year_rhythm(2026, date(2026, 1, 30), weeks, [Days(date(2026, 1, 19), date(2026, 1, 25))])
    assert rhythm.words == "Giữ nhịp 2 trên 3 tuần: 1 tuần có bài, 1 tuần báo không có việc, 1 tuần nghỉ không tính, 1 tuần chưa ghi."
    assert [square.words for square in rhythm.so_far][1:] == [
        "05/01–11/01: 2 bài", "12/01–18/01: không có việc", "19/01–25/01: nghỉ, không tính", "26/01–01/02: đang trong tuần",
    ]  # fmt: skip
    assert [square.written for square in rhythm.so_far] == [False, True, False, False, False]
