"""When a person is reminded, when they are left in peace, and what is said."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from diary.domain.branches import BranchFigures
from diary.domain.errors import BadInput
from diary.domain.reminder_words import (
    BranchWeek,
    Returned,
    branch_week,
    letter,
    pledges_missing,
    push_words,
    queue_waiting,
    returned_waiting,
    self_assessment,
    week_missing,
)
from diary.domain.reminders import (
    USUAL,
    VIETNAM,
    Choice,
    after_quiet,
    check_choice,
    is_quiet,
    next_turn,
    slots_between,
    week_asked,
    window_period,
)

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 23)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


def test_the_usual_turn_is_friday_afternoon_and_the_night_is_quiet():
    assert (USUAL.slot, USUAL.quiet_from, USUAL.quiet_to, USUAL.silent) == (4 * 24 + 16, 21, 7, False)
    assert Choice(by_notice=False, by_mail=False, by_push=False).silent


@pytest.mark.parametrize(("field", "value"), [("weekday", 7), ("weekday", -1), ("hour", 24), ("quiet_from", -1), ("quiet_to", 24)])
def test_days_and_hours_that_are_none_are_refused_at_their_field(field, value):
    with pytest.raises(BadInput) as refusal:
        check_choice(Choice(**{field: value}))
    assert refusal.value.field == field


def test_quiet_hours_may_go_over_midnight_and_the_same_hour_twice_means_none():
    assert [hour for hour in range(24) if is_quiet(hour, 21, 7)] == [0, 1, 2, 3, 4, 5, 6, 21, 22, 23]
    assert [hour for hour in range(24) if is_quiet(hour, 12, 14)] == [12, 13]
    assert not any(is_quiet(hour, 9, 9) for hour in range(24))


def test_what_falls_into_the_quiet_hours_waits_until_they_are_over():
    assert after_quiet(at(27, 20, 59), 21, 7) == at(27, 20, 59)
    assert after_quiet(at(27, 21), 21, 7) == at(28, 7)
    assert after_quiet(at(28, 3), 21, 7) == at(28, 7)
    assert after_quiet(at(28, 7), 21, 7) == at(28, 7)
    assert after_quiet(at(27, 12, 30), 12, 14) == at(27, 14)


def test_the_next_turn_is_this_week_until_its_hour_has_come():
    assert next_turn(USUAL, at(27, 15, 59)) == at(27, 16)
    assert next_turn(USUAL, at(27, 16)) == at(27, 16) + timedelta(weeks=1)


def test_turns_due_are_those_since_the_last_look_and_shortly_before_it_and_none_of_a_week_gone():
    friday_4 = 4 * 24 + 16
    assert slots_between(at(27, 16, 5), at(27, 16, 15)) == (friday_4, friday_4)
    assert slots_between(at(27, 16, 20), at(27, 16, 30)) == (friday_4 + 1, friday_4), "none"
    assert slots_between(None, at(27, 16, 15)) == (0, friday_4)
    assert slots_between(at(16, 9), at(27, 16)) == (0, friday_4), "off since last week: this week's only"
    assert slots_between(at(22, 23, 59), at(23, 0, 9)) == (0, 0)


def test_a_turn_early_in_the_week_asks_about_the_week_that_is_over_and_a_late_one_about_the_one_that_runs():
    asked = [week_asked(weekday, FRIDAY) for weekday in range(7)]
    assert asked == [MONDAY - timedelta(weeks=1)] * 3 + [MONDAY] * 4


def test_an_open_window_is_told_once_when_it_opens_and_weekly_in_its_last_three_weeks():
    opens, closes = date(2026, 11, 1), date(2026, 12, 20)
    days = {window_period(opens, closes, opens + timedelta(days=n)) for n in range((closes - opens).days + 1)}
    assert days == {opens, date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)}
    assert window_period(date(2026, 12, 16), closes, date(2026, 12, 17)) == date(2026, 12, 16), "never before it opened"


FIGURES = BranchFigures(members=14, registered=13, wrote=9, asked=13, missing=4, on_leave=1)


def week(silent=(), unregistered=(), waiting=0):
    return BranchWeek(12, "Chi đoàn Văn phòng", MONDAY, FIGURES, tuple(silent), tuple(unregistered), waiting)


def every_matter():
    later = Returned(uuid4(), date(2026, 11, 3), MONDAY)
    return [
        week_missing(MONDAY),
        pledges_missing(2026, date(2026, 3, 31), date(2026, 1, 1)),
        self_assessment(2026, date(2026, 12, 20), MONDAY),
        returned_waiting([later], FRIDAY, MONDAY),
        returned_waiting([Returned(uuid4(), None, MONDAY)], FRIDAY, MONDAY),
        returned_waiting([later, Returned(uuid4(), None, MONDAY)], FRIDAY, MONDAY),
        queue_waiting(5, 6, MONDAY, 7),
        branch_week(week(["Hồ Gia Bảo"], ["Đặng Trung Kiên"], 5)),
    ]


def test_every_matter_fits_a_notice_names_its_page_and_does_not_shout():
    for one in every_matter():
        assert len(one.text) <= 300 and one.link.startswith("/") and "!" not in one.text + one.subject + one.more
        assert len(one.subject) <= 200


def test_weeks_are_named_by_their_days_for_a_mail_may_wait_over_night():
    assert "tuần 23–29/11" in week_missing(MONDAY).text and "tuần 30/11–06/12" in week_missing(date(2026, 11, 30)).text


def test_a_returned_thing_leads_to_itself_and_several_to_the_first_page():
    one, pledge = Returned(uuid4(), date(2026, 11, 3), MONDAY), Returned(uuid4(), None, MONDAY - timedelta(days=2))
    alone, both = returned_waiting([one], FRIDAY, MONDAY), returned_waiting([one, pledge], FRIDAY, MONDAY)
    assert alone.link == f"/nhat-ky/{one.id}" and "việc ngày 03/11" in alone.text and "đã 4 ngày" in alone.text
    assert both.link == "/" and both.text.startswith("2 mục") and "lâu nhất đã 6 ngày" in both.text
    assert returned_waiting([pledge], FRIDAY, MONDAY).link == f"/dang-ky/{pledge.id}"


def test_the_digest_begins_with_numbers_names_ten_at_most_and_leads_to_its_week():
    names = [f"Người {n}" for n in range(13)]
    found = branch_week(week(names, ["Đặng Trung Kiên"], 5))
    assert found.text == "Chi đoàn Văn phòng, tuần 23–29/11: 9/13 người đã ghi, 1 người chưa đăng ký, 5 mục chờ duyệt."
    assert found.more.startswith("Chưa ghi (13): Người 0, ") and "Người 9 và 3 người nữa." in found.more and "Người 10" not in found.more
    assert found.link == "/chi-doan?don-vi=12&tuan=2026-11-23" and "Người" not in found.text


def test_a_week_without_exceptions_has_no_digest():
    assert week(waiting=3).is_empty and not week(["Hồ Gia Bảo"]).is_empty and not week((), ["Hồ Gia Bảo"]).is_empty


def test_a_mail_holds_the_whole_turn_with_its_links_and_says_where_to_change_it():
    subject, words = letter([week_missing(MONDAY), queue_waiting(5, 6, MONDAY, 7)], "https://nhatky.example")
    assert subject == "Nhắc việc: Chưa ghi nhật ký tuần 23–29/11 và 1 việc nữa"
    for part in (
        "Chào bạn,",
        "https://nhatky.example/nhat-ky/moi",
        "https://nhatky.example/duyet",
        "https://nhatky.example/ca-nhan/nhac-viec",
    ):
        assert part in words
    alone, plain = letter([week_missing(MONDAY)], "")
    assert alone == "Chưa ghi nhật ký tuần 23–29/11" and "http" not in plain and "trang Cá nhân, mục Nhắc việc" in plain


def test_a_queue_says_when_the_base_steps_in_only_where_one_would_and_before_it_may():
    assert "Quá 7 ngày thì Đoàn cơ sở được duyệt thay." in queue_waiting(5, 6, MONDAY, 7).text
    assert "duyệt thay" not in queue_waiting(5, 8, MONDAY, 7).text + queue_waiting(5, 6, MONDAY).text


def test_a_push_says_the_first_matter_and_how_many_more():
    assert push_words([week_missing(MONDAY)]) == (week_missing(MONDAY).text, "/nhat-ky/moi")
    words, link = push_words([week_missing(MONDAY), queue_waiting(5, 6, MONDAY, 7)])
    assert words.endswith("Và 1 việc nữa.") and link == "/"
