"""One list as every kind of file an office may send: whatever the kind, the same people are read from it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.domain.member_lists import read_member_list
from diary.domain.vietnamese import nfc
from diary.files.encodings import repair_sheets
from diary.files.sheets import read_sheets
from tests.domain.member_lists.test_dirt import TODAY, dirty_lists
from tests.files.test_encodings import windows_1258

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1258")


def people(name, content):
    return [without_place(each) for each in read_member_list(repair_sheets(read_sheets(name, content)), TODAY).people]


def without_place(person):
    return replace(person, sheet="", row=0, original=())


def as_text(sheet, delimiter, encoding):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    for row in sheet.rows:
        writer.writerow([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else cell for cell in row])
    return windows_1258(nfc(out.getvalue())) if encoding == "windows-1258" else out.getvalue().encode(encoding)


def as_workbook(sheet):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, cell)
                elif cell is not None:
                    page.write(number, column, cell)
    return out.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dirty_lists(), st.sampled_from(",;\t"), st.sampled_from(ENCODINGS))
def test_a_text_file_of_any_encoding_and_delimiter_gives_the_people_of_the_sheet(dirty, delimiter, encoding):
    _, _, sheet = dirty
    wanted = [without_place(each) for each in read_member_list([sheet], TODAY).people]
    assert people("ds.txt" if delimiter == "\t" else "ds.csv", as_text(sheet, delimiter, encoding)) == wanted


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dirty_lists())
def test_a_workbook_gives_the_people_of_the_sheet(dirty):
    _, _, sheet = dirty
    assert people("ds.xlsx", as_workbook(sheet)) == [without_place(each) for each in read_member_list([sheet], TODAY).people]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_person_alone_is_read_in_every_encoding(encoding):
    content = "Họ và tên;Ngày sinh;Chi đoàn\r\nLý Thị Mẫu;8/3/1990;Chi đoàn Đường bộ\r\n"
    (one,) = people("ds.csv", windows_1258(content) if encoding == "windows-1258" else content.encode(encoding))
    assert (one.family_name, one.given_name, one.branch_name, one.born_on) == ("Lý Thị", "Mẫu", "Chi đoàn Đường bộ", date(1990, 3, 8))
