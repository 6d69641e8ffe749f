from dataclasses import replace
from datetime import date

import pytest

from diary.domain.errors import BadInput
from diary.domain.result_columns import DEFAULT_COLUMNS, FIELDS, MOST_COLUMNS, SAMPLE, Column, clean_columns, fingerprint


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ([], "columns"),
        ([Column(f"Cột {n}", "level") for n in range(MOST_COLUMNS + 1)], "columns"),
        ([Column(" ", "full_name")], "head-0"),
        ([Column("Tên", "full_name"), Column("TÊN", "level")], "head-1"),
        ([Column("x" * 101, "level")], "head-0"),
        ([Column("Tên", "password_hash")], "field-0"),
        ([Column("Cấp", "", "x" * 101)], "text-0"),
    ],
)
def test_columns_the_list_cannot_have_are_refused_at_their_field(columns, field):
    with pytest.raises(BadInput) as refusal:
        clean_columns(columns)
    assert refusal.value.field == field


def test_the_default_columns_are_clean_and_every_field_writes_something_of_a_person():
    assert clean_columns(DEFAULT_COLUMNS) == DEFAULT_COLUMNS
    assert {code for code, field in FIELDS.items() if field.write(SAMPLE) in ("", None)} == {"party_member"}


def test_a_text_stands_in_every_row_and_goes_where_a_field_is_chosen():
    assert clean_columns([Column("Cấp", "", " Tỉnh "), Column("Tên", "full_name", "thừa")]) == (
        Column("Cấp", "", "Tỉnh"),
        Column("Tên", "full_name"),
    )
    assert Column("Cấp", "", "Tỉnh").cell(SAMPLE) == "Tỉnh"


@pytest.mark.parametrize(
    ("born_on", "year", "day", "only_year"),
    [(date(1998, 4, 14), None, date(1998, 4, 14), 1998), (None, 1999, "1999", 1999), (None, None, None, None)],
)
def test_who_is_known_by_the_year_of_birth_alone_is_written_by_it(born_on, year, day, only_year):
    row = replace(SAMPLE, born_on=born_on, birth_year=year)
    assert (FIELDS["born_on"].write(row), FIELDS["birth_year"].write(row)) == (day, only_year)


def test_another_setting_of_the_columns_has_another_fingerprint():
    told = {
        fingerprint(columns) for columns in (DEFAULT_COLUMNS, DEFAULT_COLUMNS[1:], DEFAULT_COLUMNS[::-1], (Column("STT", "", "number"),))
    }
    assert len(told) == 4
