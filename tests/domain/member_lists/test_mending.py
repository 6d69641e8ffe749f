"""The file of refused rows: brought back it says the same again, mended it brings in just these people."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings

from diary.domain.member_lists import CLEAN_HEADER, Gender, read_member_list
from diary.domain.member_lists.import_plan import Books, Outcome, plan_import
from diary.domain.member_lists.mending import REFUSED_HEADER, rows_to_mend
from diary.domain.member_lists.placing import KnownUnit
from diary.domain.sheets import Sheet
from diary.domain.units import UnitKind
from diary.files.sheets import read_sheets, write_sheet
from tests.domain.member_lists.test_dirt import TODAY, dirty_lists

BLOC = KnownUnit(1, None, "1.", UnitKind.BLOC, "Đoàn Khối các cơ quan")
BORN = REFUSED_HEADER.index("Ngày sinh")


def written(refused):
    """The file of refused rows as it is read back."""
    return read_sheets("tu-choi.xlsx", write_sheet("Dòng bị từ chối.xlsx", REFUSED_HEADER, rows_to_mend(refused)))


def facts(person):
    """A person without the place in a file, and units as they are compared."""
    units = {column: (getattr(person, column) or "").casefold() for column in ("base_name", "branch_name")}
    return replace(person, sheet="", row=0, original=(), notes=(), **units)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dirty_lists())
def test_refused_rows_brought_back_are_refused_again_and_mended_they_are_the_people_meant(dirty):
    listed, spoiled, sheet = dirty
    found = read_member_list([sheet], TODAY)
    plan = plan_import(found, Books([BLOC], {}))
    assert found.rows_read == sum(plan.counts.values()) == plan.rows_read
    refused = [row for row in plan.refused if row.clean]
    assert len(refused) == len(plan.refused) and {row.name for row in refused} >= {f"{listed[n][0]} {listed[n][1]}" for n in spoiled}
    if not refused:
        return
    again = read_member_list(written(refused), TODAY)
    replanned = plan_import(again, Books([BLOC], {}))
    assert again.rows_read == len(refused) and replanned.counts[Outcome.REFUSED] == len(refused)
    assert sorted((row.name, row.reason) for row in replanned.refused) == sorted((row.name, row.reason) for row in refused)

    (file,) = written(refused)
    born = {f"{family} {given_name}": day for family, given_name, day, *_ in listed}
    mended = Sheet(file.name, (file.rows[0], *((*row[:BORN], born[row[0]], *row[BORN + 1 :]) for row in file.rows[1:])))
    whole = Sheet(sheet.name, tuple(_mended_row(row, listed, spoiled) for row in sheet.rows))
    meant = {facts(person) for person in read_member_list([whole], TODAY).people}
    now = read_member_list([mended], TODAY)
    assert not now.refused and {facts(person) for person in now.people} <= meant and len(now.people) == len(refused)


def _mended_row(row, listed, spoiled):
    """The row of the first file with its true day of birth in place of the impossible one."""
    at = row[0] - 1 if row and isinstance(row[0], int) else -1
    return tuple(listed[at][2] if at in spoiled and cell == "31/02/1990" else cell for cell in row)


def test_a_refused_row_keeps_what_was_understood_and_the_cells_that_were_not():
    head = ("TT", "Họ và tên", "Ngày sinh", "Phái", "Chi đoàn", "Chức vụ", "Vào Đoàn", "ĐT", "Email")
    rows = ((1, "lý thị mẫu", "8.3.90", "nữ", "CHI ĐOÀN KHOA NỘI", "P.BT", "2006", "12", "a@b"), (2, "Trần Thử", "x/y", "?", "nt"))
    found = read_member_list([Sheet("Đoàn cơ sở Bệnh viện Mẫu", (head, *rows))], TODAY)
    units = ("Đoàn cơ sở Bệnh viện Mẫu", "Chi đoàn Khoa Nội")
    assert [row.clean for row in found.refused] == [
        ("Lý Thị Mẫu", date(1990, 3, 8), "Nữ", None, *units, "Phó Bí thư", "2006", "12", "a@b"),
        ("Trần Thử", "x/y", "?", None, *units, None, None, None, None),
    ]


def test_a_row_without_a_unit_does_not_take_that_of_the_row_above_it():
    head = (*CLEAN_HEADER,)
    lost = ("Lý Lạc", date(1990, 1, 1), None, None, None, None, None, None, None, None)
    bad = ("Trần Thử", "31/02/1990", None, None, "Đoàn cơ sở Mẫu", "Chi đoàn Một", None, None, None, None)
    plan = plan_import(read_member_list([Sheet("DS", (head, lost, bad))], TODAY), Books([BLOC], {}))
    assert [row.name for row in plan.refused] == ["Lý Lạc", "Trần Thử"]
    again = read_member_list(written(plan.refused), TODAY)
    assert [(each.given_name, each.gender, each.base_name, each.branch_name) for each in again.people] == [("Lạc", None, None, None)]
    assert Gender.MALE not in {each.gender for each in again.people}
