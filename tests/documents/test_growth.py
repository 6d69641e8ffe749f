"""Drawing takes time that grows with what is drawn, and a full year's book with its photos is a matter of a second or two."""

from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pytest

from diary.documents import base_list, decision, minutes, proposal_list, year_book
from diary.domain.petitions import AskedBranch, AskedRow

from .meeting_samples import BASE_LIST, decision_of, minutes_of
from .samples import BOOK, ENTRY, GOOD, LIST, jpeg, row, with_photo


def base_list_of(branches):
    rows = tuple(AskedRow("Kim Sô Phi", 1999, "Đoàn viên", GOOD, GOOD, GOOD) for _ in range(25))
    return replace(BASE_LIST, branches=tuple(AskedBranch(f"Chi đoàn số {number}", rows) for number in range(branches)))


def list_of(people):
    return replace(LIST, rows=tuple(row(f"Kim Sô Phi {number}", (0, 7, 0, 0), GOOD) for number in range(people)))


def book_of(entries, photos=0):
    days = [date(2025, 1, 1) + timedelta(days=number * 364 // entries) for number in range(entries)]
    pictured = [with_photo(jpeg(800, 600, number)).photos for number in range(photos)]
    return replace(
        BOOK,
        entries=tuple(
            replace(ENTRY, happened_on=day, written_on=day, photos=pictured[number] if number < photos else ())
            for number, day in enumerate(days)
        ),
    )


def taken(render, paper) -> float:
    """Seconds of the processor, the less of two runs."""

    def once() -> float:
        began = process_time()
        render(paper)
        return process_time() - began

    return min(once(), once())


@pytest.mark.parametrize(
    ("render", "of", "small"),
    [(decision.render, lambda units: decision_of(units, 25), 15), (base_list.render, base_list_of, 6),
     (proposal_list.render, list_of, 60), (minutes.render, minutes_of, 80), (year_book.render, book_of, 60)],
    ids=["decision", "base list", "list", "minutes", "book"],
)  # fmt: skip
def test_four_times_as_much_takes_nowhere_near_sixteen_times_as_long(render, of, small):
    render(of(small))
    assert taken(render, of(4 * small)) < 9 * taken(render, of(small))


def test_a_book_of_four_hundred_deeds_and_two_hundred_photos_is_drawn_in_two_seconds():
    assert taken(year_book.render, book_of(400, 200)) < 2
