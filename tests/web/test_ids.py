"""Numbers in addresses and forms."""

import pytest

from diary.web.ids import row_number


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999"])
def test_a_number_no_row_can_have_is_no_page_rather_than_a_failure(browser, number):
    assert browser("bloc_secretary").get(f"/to-chuc/{number}").status_code == 404


def test_the_largest_number_is_asked_for_and_not_found(browser):
    assert browser("bloc_secretary").get("/to-chuc/2147483647").status_code == 404


@pytest.mark.parametrize("text", ["0", "-1", "2147483648", "x", ""])
def test_a_form_carries_numbers_of_rows_only(text):
    with pytest.raises(ValueError, match=r".+"):
        row_number(text)


def test_a_number_a_row_can_have_is_read():
    assert row_number("2147483647") == 2147483647
