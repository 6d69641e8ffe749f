"""Cells and heads of fee lists in their many spellings."""

import pytest

from diary.domain.fee_lists import FEES, NOT_PAID, cell_of, read_fee
from diary.domain.fees import FeeNote, FeeState
from diary.domain.member_lists.values import CellError
from tests.registers import read

PAID = FeeNote(FeeState.PAID)
PEOPLE = (("Lương Ngọc Diệp", 20000), ("Đỗ Hà My", "x"))


def paid(amount):
    return FeeNote(FeeState.PAID, amount)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("20000", 20_000), ("20.000", 20_000), ("20,000", 20_000), ("20 000", 20_000), ("20.000 đ", 20_000), ("20000đ", 20_000),
        ("20.000 đồng", 20_000), ("20.000 VNĐ", 20_000), ("20k", 20_000), ("20 K", 20_000), ("20 nghìn", 20_000), ("20 ngàn đồng", 20_000),
        ("1.500.000", 1_500_000), ("20.000,00", 20_000), ("Đã đóng 20.000", 20_000), ("đã nộp: 15.000", 15_000), ("6.000 (quý I)", 6_000),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(text, amount):
    assert read_fee(text) == paid(amount)


@pytest.mark.parametrize("text", ["x", "X", "v", "✓", "1", "đã đóng", "Đã nộp", "Đủ", "rồi", "15/03/2026", "15/3"])
def test_a_mark_or_a_day_says_that_it_was_paid_and_invents_no_amount(text):
    assert read_fee(text) == PAID


@pytest.mark.parametrize("text", ["Miễn", "miễn đóng", "Được miễn", "MIỄN PHÍ", "được miễn đóng đoàn phí"])
def test_who_is_exempt_is_read(text):
    assert read_fee(text) == FeeNote(FeeState.EXEMPT)


@pytest.mark.parametrize("text", ["", "-", "–", ".", "0", "/"])
def test_an_empty_cell_says_nothing(text):
    assert read_fee(text) is None


@pytest.mark.parametrize("text", ["chưa", "Chưa đóng", "chưa nộp", "không", "còn nợ", "ko"])
def test_who_has_not_paid_is_told_from_an_empty_cell(text):
    assert read_fee(text) == NOT_PAID


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "Không đọc được"),
        ("20", "quá nhỏ"),
        ("900000000", "quá lớn"),
        ("20.00", "quá nhỏ"),
        ("2.00.0", "Không đọc được"),
        ("-5000", "Không"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(text, said):
    with pytest.raises(CellError, match=said):
        read_fee(text)


@pytest.mark.parametrize("note", [None, PAID, paid(20_000), FeeNote(FeeState.EXEMPT)])
def test_a_note_comes_out_of_the_clean_list_as_it_went_in(note):
    written = cell_of(note)
    assert read_fee("" if written is None else str(written)) == note


@pytest.mark.parametrize(
    "heads",
    [
        ("Quý I", "Quý II", "Quý III", "Quý IV"), ("Quý 1", "Quý 2", "Quý 3", "Quý 4"), ("Q1", "Q2", "Q3", "Q4"),
        ("QUÝ I/2026", "q.2", "Q3", "quý 4"),
        ("Đoàn phí quý I", "Đoàn phí quý II", "Đoàn phí quý III", "Đoàn phí quý IV"),
        ("Số tiền Quý 1 (đồng)", "Quý 2 (đ)", "quí 3", "Quí IV"),
    ],
)  # fmt: skip
def test_the_heads_of_the_quarters_are_known(heads):
    listed = read(FEES, ("Họ và tên", *heads), ("Lương Ngọc Diệp", 1, 2000, 3000, 4000))
    (row,) = listed.rows
    assert row.values == {"quarter_1": PAID, "quarter_2": paid(2000), "quarter_3": paid(3000), "quarter_4": paid(4000)}


def test_quarters_under_a_joined_head_are_known_and_days_and_signatures_beside_them_are_not_taken_for_them():
    listed = read(
        FEES,
        ("STT", "Họ và tên", "Đoàn phí năm 2026", None, None, None),
        (None, None, "Quý I", None, "Quý II", None),
        (None, None, "Số tiền", "Ngày nộp", "Số tiền", "Ký nhận"),
        (1, "Lương Ngọc Diệp", 20000, "3/3/2026", 15000, "Diệp"),
    )
    (row,) = listed.rows
    assert row.values == {"quarter_1": paid(20_000), "quarter_2": paid(15_000)} and row.year == 2026


@pytest.mark.parametrize(
    "title", ["DANH SÁCH ĐÓNG ĐOÀN PHÍ QUÝ III NĂM 2025", "Thu đoàn phí quý 3 năm 2025", "Đoàn phí Quý 3/2025, năm 2025"]
)
@pytest.mark.parametrize("head", ["Số tiền", "Đã đóng", "Đoàn phí", "Số tiền đã nộp"])
def test_one_column_under_a_title_that_names_the_quarter_is_that_quarter(title, head):
    listed = read(FEES, (title,), ("TT", "Họ và tên", head), *((n, *row) for n, row in enumerate(PEOPLE, 1)))
    assert [row.values for row in listed.rows] == [{"quarter_3": paid(20_000)}, {"quarter_3": PAID}]
    assert {row.year for row in listed.rows} == {2025}


def test_amounts_counted_in_thousands_are_made_whole_where_the_head_says_so():
    listed = read(FEES, ("Họ và tên", "Quý I (nghìn đồng)", "Quý II"), ("Lương Ngọc Diệp", 20, 20000), ("Đỗ Hà My", 1, "x"))
    assert [row.values for row in listed.rows] == [
        {"quarter_1": paid(20_000), "quarter_2": paid(20_000)},
        {"quarter_1": PAID, "quarter_2": PAID},
    ]


def test_every_fault_of_a_row_is_told_with_its_quarter():
    (row,) = read(FEES, ("Họ và tên", "Quý I", "Quý II"), ("Lương Ngọc Diệp", "abc", "5")).refused
    assert "Quý I: Không đọc được “abc”" in row.reason and "Quý II: Số tiền “5” quá nhỏ" in row.reason and "5.000" in row.reason


def test_a_mark_takes_no_amount_away_and_not_paid_takes_nothing_back():
    change = FEES.change
    assert change("quarter_1", paid(20_000), PAID) == (None, "")
    assert change("quarter_1", PAID, paid(20_000)) == (paid(20_000), "")
    assert change("quarter_1", FeeNote(FeeState.EXEMPT), PAID) == (PAID, "")
    assert change("quarter_1", None, NOT_PAID) == (None, "")
    value, remark = change("quarter_2", paid(1000), NOT_PAID)
    assert value is None and "Quý II" in remark and "giữ như trong sổ" in remark
