from datetime import date, datetime

import pytest

from diary.domain.member_lists.days import PartDay, read_birth, read_joined
from diary.domain.member_lists.values import CellError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "cell",
    [
        date(1990, 2, 1),
        datetime(1990, 2, 1, 7, 30),
        "01/02/1990",
        "1/2/90",
        "1.2.1990",
        " 01 - 02 - 1990 ",
        "1990-02-01",
        "1990-02-01 00:00:00",
        "01/02/1990 00:00",
        "ngày 01 tháng 02 năm 1990",
        "01021990",
        1021990,
        32905,
        32905.0,
        "32905",
    ],
)
def test_one_day_is_read_in_all_its_shapes(cell):
    assert read_birth(cell, TODAY) == PartDay(date(1990, 2, 1), 1990)


@pytest.mark.parametrize("cell", [1986, 1986.0, "1986", "86", "06/1986", "T6/1986"])
def test_a_bare_year_stays_a_year(cell):
    assert read_birth(cell, TODAY) == PartDay(None, 1986)


@pytest.mark.parametrize("cell", [None, "", "-", "không rõ", 0])
def test_nothing_said_is_nothing_known(cell):
    assert read_birth(cell, TODAY) == PartDay()


@pytest.mark.parametrize(("text", "year"), [("1/1/05", 2005), ("1/1/16", 2016), ("1/1/37", 1937), ("1/1/99", 1999)])
def test_two_digits_of_a_birth_year_get_the_century_of_a_living_member(text, year):
    assert read_birth(text, TODAY).day == date(year, 1, 1)


@pytest.mark.parametrize("cell", ["31/02/1990", "29/02/1991", "15/13/1990", "00/01/1990", "32011990"])
def test_a_day_that_is_not_in_the_calendar_is_refused(cell):
    with pytest.raises(CellError, match="không có trên lịch"):
        read_birth(cell, TODAY)


@pytest.mark.parametrize("cell", ["01/01/2020", date(1930, 1, 1), "2030", 1900, "1/1/30"])
def test_a_member_is_ten_to_ninety_years_old(cell):
    with pytest.raises(CellError, match="không hợp lý"):
        read_birth(cell, TODAY)


def test_the_tenth_birthday_and_the_last_day_at_ninety_are_in():
    assert read_birth(date(2016, 11, 23), TODAY).day and read_birth(date(1935, 11, 24), TODAY).day
    for wrong in (date(2016, 11, 24), date(1935, 11, 23)):
        with pytest.raises(CellError):
            read_birth(wrong, TODAY)


@pytest.mark.parametrize("cell", ["sinh năm Tuất", "1990?", "12/1990/1", 12.5, "123456789"])
def test_what_is_no_day_is_refused_with_an_example(cell):
    with pytest.raises(CellError, match="ngày/tháng/năm"):
        read_birth(cell, TODAY)


def test_the_day_of_joining_lies_between_birth_and_today():
    birth = PartDay(date(1990, 2, 1), 1990)
    assert read_joined("26/3/05", TODAY, birth).day == date(2005, 3, 26)
    assert read_joined("26/3/98", TODAY, PartDay()).day == date(1998, 3, 26)
    assert read_joined("2005", TODAY, birth) == PartDay(None, 2005)
    assert read_joined(None, TODAY, birth) == PartDay()
    for wrong, why in (("24/11/2026", "sau hôm nay"), ("2027", "sau hôm nay"), ("01/02/1990", "trước ngày sinh"), ("26/3/1930", "1931")):
        with pytest.raises(CellError, match=why):
            read_joined(wrong, TODAY, birth if "1930" not in wrong else PartDay())
