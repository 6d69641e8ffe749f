"""Lists of registers as offices keep them: who, which year, and that no row is swallowed."""

from dataclasses import replace
from datetime import date
from unittest.mock import ANY

import pytest

from diary.domain.fee_lists import FEES
from diary.domain.registers import read_register
from diary.domain.sheets import Sheet
from diary.domain.training_lists import TRAINING
from tests.registers import TODAY, fee_row, fees, read

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Quý I", "Quý II")


def test_titles_totals_dates_and_signatures_are_taken_for_nobody():
    listed = read(
        FEES,
        ("ĐOÀN CƠ SỞ BỆNH VIỆN MẪU", None, None, "ĐOÀN TNCS HỒ CHÍ MINH"),
        ("CHI ĐOÀN KHỐI NỘI",),
        (),
        (None, "DANH SÁCH THU ĐOÀN PHÍ NĂM 2025"),
        HEAD,
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, "Lương Ngọc Diệp", "9/8/1996", "20.000", "x"),
        (),
        ("Tổng cộng", None, None, 20000, None),
        (None, None, None, None, "Ngày 12 tháng 5 năm 2026"),
        (None, "Người lập", None, None, "TM. BAN CHẤP HÀNH"),
        (None, "Lê Văn Ký", None, None, "Trần Thị Ký"),
    )
    (row,) = listed.rows
    assert (row.name, row.person.born_on, row.person.base_name, row.person.branch_name, row.year) == (
        "Lương Ngọc Diệp", date(1996, 8, 9), "Đoàn cơ sở Bệnh viện Mẫu", "Chi đoàn Khối Nội", 2025,
    )  # fmt: skip
    assert listed.refused == () and row.person.row == 7


def test_a_row_that_holds_something_but_no_name_is_refused_and_not_swallowed():
    listed = read(FEES, HEAD, (1, "Lương Ngọc Diệp", "9/8/1996", 20000, None), (2, None, None, 15000, None), (None, None, None, None, "7"))
    assert [(row.row, row.reason) for row in listed.refused] == [(3, "Thiếu họ và tên."), (4, "Thiếu họ và tên.")]


def test_the_year_comes_from_its_column_then_the_title_the_head_or_the_sheet_s_name_and_never_from_a_date():
    person = ("Lương Ngọc Diệp", 20000)
    assert read(FEES, ("Đoàn phí năm 2024",), ("Họ và tên", "Quý I", "Năm"), (*person, 2025)).rows[0].year == 2025
    assert read(FEES, ("Đoàn phí năm 2024",), ("Họ và tên", "Quý I", "Năm"), (*person, None)).rows[0].year == 2024
    assert read(FEES, ("Họ và tên", "Quý I năm 2023"), person).rows[0].year == 2023
    assert read(FEES, ("Họ và tên", "Quý I"), person, name="2022").rows[0].year == 2022
    assert read(FEES, ("Ngày 5 tháng 6 năm 2026",), ("Họ và tên", "Quý I"), person).rows[0].year is None
    assert read(FEES, ("Năm 2024 và năm 2025",), ("Họ và tên", "Quý I"), person).rows[0].year is None


@pytest.mark.parametrize("said", ["hai nghìn", "26", "1875"])
def test_a_year_that_cannot_be_read_refuses_its_row(said):
    (row,) = read(FEES, ("Họ và tên", "Quý I", "Năm"), ("Lương Ngọc Diệp", 20000, said)).refused
    assert f"Không đọc được năm “{said}”" in row.reason


def test_several_tables_on_a_sheet_keep_their_own_year_and_columns():
    listed = read(
        FEES,
        ("NĂM 2024",), ("Họ và tên", "Quý I", "Quý II"), ("Lương Ngọc Diệp", 1000, 2000),
        ("NĂM 2025",), ("Họ và tên", "Quý III", "Quý IV"), ("Đỗ Hà My", 3000, 4000),
    )  # fmt: skip
    assert [(row.name, row.year, sorted(row.values)) for row in listed.rows] == [
        ("Lương Ngọc Diệp", 2024, ["quarter_1", "quarter_2"]), ("Đỗ Hà My", 2025, ["quarter_3", "quarter_4"]),
    ]  # fmt: skip


def test_a_line_between_the_rows_names_the_branch_of_those_below_it():
    listed = read(
        FEES, HEAD, ("I", "Chi đoàn Khối Nội"), (1, "Lương Ngọc Diệp", "9/8/1996", 1000),
        ("II", "Chi đoàn Khối Dược"), (1, "Đỗ Hà My", "1/1/1999", "x")
    )  # fmt: skip
    assert [(row.name, row.person.branch_name) for row in listed.rows] == [
        ("Lương Ngọc Diệp", "Chi đoàn Khối Nội"), ("Đỗ Hà My", "Chi đoàn Khối Dược"),
    ]  # fmt: skip


def test_nt_says_what_the_row_above_says():
    listed = read(FEES, HEAD, (1, "Lương Ngọc Diệp", "9/8/1996", 15000, "Miễn"), (2, "Đỗ Hà My", "1/1/1999", "nt", "-nt-"))
    assert listed.rows[0].values == listed.rows[1].values


def test_a_sheet_without_such_a_list_is_named_and_left_alone():
    sheets = [Sheet("Bìa", (("Đoàn phí năm 2026",),)), Sheet("DS", (("Họ và tên", "Số điện thoại"), ("Lương Ngọc Diệp", "0901234567")))]
    listed = read_register(sheets, FEES, TODAY)
    assert listed.unread_sheets == ("Bìa", "DS") and listed.rows_read == 0


def test_a_person_who_cannot_be_read_is_refused_with_every_reason_and_the_cells_to_mend():
    (row,) = read(FEES, ("Đoàn phí năm 2026",), HEAD, (1, "Lương Ngọc Diệp", "31/02/1990", "abc", "x")).refused
    assert "31/02/1990" in row.reason and "abc" in row.reason and row.name == "Lương Ngọc Diệp"
    assert row.cells == ("Lương Ngọc Diệp", "31/02/1990", "", "", "2026", "abc", "x", "", "")


def test_refused_rows_mended_under_the_clean_head_are_read():
    (row,) = read(TRAINING, ("Họ và tên", "Tốt", "Hoàn thành"), ("Lương Ngọc Diệp", "x", "x")).refused
    mended = (*row.cells[:5], "Tốt", "")
    assert read(TRAINING, TRAINING.header, mended).rows[0].values["result"] == "good"


def test_the_clean_list_is_read_in_any_order_of_its_columns():
    clean = fees(fee_row("Lương Ngọc Diệp", 15000, "x", "Miễn", None))
    order = [4, 7, 0, 8, 2, 1, 5, 3, 6]
    rows = [tuple(row[number] for number in order) for row in (FEES.header, fee_row("Lương Ngọc Diệp", 15000, "x", "Miễn", None))]
    assert [(row.person, row.values, row.year) for row in read(FEES, *rows).rows] == [
        (replace(row.person, original=ANY), row.values, row.year) for row in clean.rows
    ]
