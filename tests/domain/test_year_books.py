from dataclasses import fields
from datetime import date

from diary.domain.year_books import (
    BookEntry,
    BookPledge,
    MonthRemark,
    YearBook,
    deeds_by_day,
    deeds_by_virtue,
    entries_by_month,
)


def _entry(day, virtue="Cần", written=None):
    return BookEntry(day, written or day, virtue, "", None, f"việc {day}")


def _book(*entries, **more):
    return YearBook(2025, "Đỗ Minh An", "", "", "", "", entries=entries, **more)


def test_months_come_in_order_and_deeds_by_day_then_by_writing():
    late, early = _entry(date(2025, 5, 8), written=date(2025, 5, 20)), _entry(date(2025, 5, 8))
    december = _entry(date(2024, 12, 5))
    months = entries_by_month(_book(late, december, early))
    assert list(months) == [date(2024, 12, 1), date(2025, 5, 1)]
    assert months[date(2025, 5, 1)] == (early, late)


def test_a_month_with_only_a_remark_has_its_place():
    remark = MonthRemark(date(2025, 4, 1), "Tháng này bận thi.", "Phan Gia Huy", date(2025, 5, 2))
    assert entries_by_month(_book(_entry(date(2025, 5, 1)), month_remarks=(remark,)))[date(2025, 4, 1)] == ()


def test_virtues_of_the_pledges_come_first_even_without_deeds():
    pledges = (BookPledge(1, "Liêm", ""), BookPledge(2, "Cần", ""))
    book = _book(_entry(date(2025, 3, 1), "Kiệm"), _entry(date(2025, 1, 1)), _entry(date(2025, 2, 1)), pledges=pledges)
    assert deeds_by_virtue(book) == (("Liêm", 0), ("Cần", 2), ("Kiệm", 1))


def test_deeds_of_a_day_are_counted():
    book = _book(_entry(date(2025, 5, 8)), _entry(date(2025, 5, 8)), _entry(date(2025, 5, 9)))
    assert deeds_by_day(book)[date(2025, 5, 8)] == 2
    assert deeds_by_day(book)[date(2025, 5, 10)] == 0


def test_a_private_note_has_no_place_in_a_book():
    names = {field.name for shape in (YearBook, BookEntry) for field in fields(shape)}
    assert not {name for name in names if "private" in name or name in {"note", "own_note", "secret"}}
