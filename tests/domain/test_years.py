"""The rules of work years and of the virtues of a year."""

from datetime import date

import pytest

from diary.domain.errors import BadInput, WrongMoment
from diary.domain.years import (
    Activity,
    OpenDays,
    UnitWindow,
    VirtueDraft,
    YearFacts,
    check_days,
    clean_reason,
    clean_virtue,
    default_windows,
    nearest_windows,
    require_open,
    require_unlocked,
)

DAYS = OpenDays(date(2026, 2, 1), date(2026, 2, 28))


def facts(locked=False, **windows):
    return YearFacts(2026, None, locked, {Activity(name): days for name, days in windows.items()})


def test_both_ends_of_a_window_are_open():
    year = facts(writing=DAYS)
    assert year.is_open(Activity.WRITING, DAYS.opens_on) and year.is_open(Activity.WRITING, DAYS.closes_on)
    assert not year.is_open(Activity.WRITING, date(2026, 3, 1)) and not year.is_open(Activity.MEETINGS, DAYS.opens_on)
    assert not facts(locked=True, writing=DAYS).is_open(Activity.WRITING, DAYS.opens_on)


@pytest.mark.parametrize(
    ("year", "day", "said"),
    [
        (None, date(2026, 2, 1), "chưa được mở"),
        (facts(locked=True, writing=DAYS), date(2026, 2, 1), "đã khóa sổ"),
        (facts(), date(2026, 2, 1), "chưa đặt thời gian"),
        (facts(writing=DAYS), date(2026, 1, 31), "mở từ 01/02/2026"),
        (facts(writing=DAYS), date(2026, 3, 1), "hết hạn ngày 28/02/2026"),
    ],
)
def test_a_closed_window_says_why(year, day, said):
    with pytest.raises(WrongMoment, match=said):
        require_open(year, Activity.WRITING, day)


def test_only_an_opened_and_unlocked_year_is_changed():
    assert require_unlocked(facts()).year == 2026
    for year in (None, facts(locked=True)):
        with pytest.raises(WrongMoment):
            require_unlocked(year)


def test_the_window_of_the_unit_nearest_below_holds():
    other = OpenDays(date(2026, 5, 1), date(2026, 5, 2))
    windows = [UnitWindow(5, Activity.WRITING, other), UnitWindow(1, Activity.WRITING, DAYS), UnitWindow(1, Activity.MEETINGS, DAYS)]
    assert nearest_windows(windows, (1, 5)) == {Activity.WRITING: other, Activity.MEETINGS: DAYS}


def test_usual_windows_stand_for_every_activity_and_pass_the_check():
    for year in (2013, 2026):
        windows = default_windows(year)
        assert set(windows) == set(Activity)
        for days in windows.values():
            check_days(year, days)


def test_a_reason_is_said_and_not_too_long():
    assert clean_reason("  Hết năm ") == "Hết năm"
    for wrong in ("", " \n", "a" * 501):
        with pytest.raises(BadInput):
            clean_reason(wrong)


@pytest.mark.parametrize("slot", [0, 6])
def test_a_list_has_five_places(slot):
    with pytest.raises(BadInput) as refused:
        clean_virtue(VirtueDraft(slot, "Cần"), [])
    assert refused.value.field == "position"


def test_a_virtue_s_name_is_one_line_and_its_own():
    assert clean_virtue(VirtueDraft(1, " Tận\n tụy ", " Hỏi  "), ["Cần"]) == VirtueDraft(1, "Tận tụy", "Hỏi")
    assert clean_virtue(VirtueDraft(1, ""), ["Cần"]).name == ""
    with pytest.raises(BadInput):
        clean_virtue(VirtueDraft(1, "TAN TUY"), ["Tận tụy"])
