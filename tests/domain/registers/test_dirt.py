"""Fee lists with every dirt at once: no row is lost, none invented, every cell comes out right."""

import unicodedata
from datetime import date
from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.domain.fee_lists import FEES, NOT_PAID
from diary.domain.fees import FeeNote, FeeState
from diary.domain.registers import read_register
from diary.domain.sheets import Sheet
from diary.files.sheets import read_sheets, write_sheet
from tests.registers import TODAY, read

FAMILIES = ["Lý", "Trần Văn", "Thạch Thị", "Đoàn Trường", "Danh Ngọc", "Ông Thị Bích", "Kim Sa"]
GIVENS = ["Mẫu", "Thử", "Ý", "Sóc", "Hòa", "Ký", "Quý", "Ẩn", "Đường", "Nữ"]
NUMERALS = [("I", "1"), ("II", "2"), ("III", "3"), ("IV", "4")]
TITLES = [(), ("ĐOÀN TNCS HỒ CHÍ MINH",), (None, "DANH SÁCH THU ĐOÀN PHÍ NĂM 2025"), ("Chi đoàn Khối Nội",), (None, None, "Mẫu số 3")]
ENDINGS: list[dict[object, object]] = [  # what stands under which column
    {},
    {"stt": "Tổng cộng", 0: 60000, 1: 20000},
    {"name": "Tổng cộng: 2 đoàn viên", 2: 45000},
    {"born": "Cộng", 3: 5},
    {3: "Ngày 5 tháng 6 năm 2025"},
    {"name": "Người lập", 2: "BÍ THƯ"},
]
SAID = {
    None: ["", None, "-", "0", "."],
    NOT_PAID: ["chưa", "Chưa đóng", "còn nợ"],
    FeeNote(FeeState.PAID): ["x", "X", "✓", 1, 1.0, "đã đóng", date(2025, 3, 3)],
    FeeNote(FeeState.PAID, 15_000): ["15.000", "15000 đ", "15k", 15000, 15000.0, "15 nghìn", " 15.000  đồng "],
    FeeNote(FeeState.EXEMPT): ["Miễn", "được miễn", "MIỄN"],
}  # fmt: skip

people = st.lists(
    st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVENS), st.dates(date(1985, 1, 1), date(2010, 12, 31))),
    min_size=1,
    max_size=10,
    unique_by=lambda person: (person[0], person[1]),
)


def dirty_name(draw, name):
    return draw(st.sampled_from([name, f"  {name.replace(' ', '  ')} ", name.upper(), unicodedata.normalize("NFD", name)]))


@st.composite
def lists(draw):
    """A sheet and what it says: (name, born, the four quarters) of each person, in order."""
    found = [(f"{family} {given}", born, [draw(st.sampled_from(list(SAID))) for _ in range(4)]) for family, given, born in draw(people)]
    heads = [
        draw(st.sampled_from([f"Quý {roman}", f"Q{digit}", f"Đoàn phí quý {digit}", f"QUÝ {roman}/2025"])) for roman, digit in NUMERALS
    ]
    columns = draw(st.permutations(["stt", "name", "born", *range(4), "note"]))
    head = {
        "stt": "TT",
        "name": draw(st.sampled_from(["Họ và tên", "HỌ TÊN", "Họ và tên đoàn viên"])),
        "born": "Ngày sinh",
        "note": "Ghi chú",
    }
    head |= dict(enumerate(heads))
    rows = [tuple(head[column] for column in columns)]
    for number, (name, born, quarters) in enumerate(found, 1):
        cells = {"stt": number, "name": dirty_name(draw, name), "born": f"{born:%d/%m/%Y}", "note": draw(st.sampled_from([None, "mới về"]))}
        cells |= {quarter: draw(st.sampled_from(SAID[said])) for quarter, said in enumerate(quarters)}
        rows.append(tuple(cells[column] for column in columns))
        rows += draw(st.lists(st.just(()), max_size=1))
    titles, endings = draw(st.lists(st.sampled_from(TITLES), max_size=4)), draw(st.lists(st.sampled_from(ENDINGS), max_size=3))
    last = [tuple(ending.get(column) for column in columns) for ending in sorted(endings, key=ENDINGS.index)]
    return Sheet("Thu phí", tuple(chain(titles, rows, last))), found


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lists())
def test_dirt_loses_and_invents_no_row_and_no_cell(drawn):
    sheet, found = drawn
    listed = read_register([sheet], FEES, TODAY)
    assert listed.refused == ()
    assert [(row.name.casefold(), row.person.born_on) for row in listed.rows] == [(name.casefold(), born) for name, born, _ in found]
    for row, (_, _, quarters) in zip(listed.rows, found, strict=True):
        assert row.values == {f"quarter_{number}": said for number, said in enumerate(quarters, 1) if said is not None}


cells = st.one_of(st.none(), st.text(max_size=12), st.integers(-10, 10**9), st.floats(allow_nan=False, allow_infinity=False), st.dates())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(cells, max_size=6).map(tuple), max_size=12))
def test_no_sheet_whatever_it_holds_breaks_the_reader(rows):
    head = ("TT", "Họ và tên", "Ngày sinh", "Quý I", "Quý II")
    named = [row for row in rows if len(row) > 1 and isinstance(row[1], str) and row[1].strip()]
    listed = read(FEES, head, *rows)
    assert listed.rows_read <= len(rows) and len(listed.rows) <= len(named)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVENS), st.sampled_from([None, 15000, "x", "Miễn"])), max_size=8))
def test_a_clean_list_is_read_back_from_excel_and_csv_alike(drawn):
    rows = [(f"{family} {given}", date(1999, 1, 2), None, "Chi đoàn Khối Nội", 2026, fee, None, None, fee) for family, given, fee in drawn]
    said = [read_register(read_sheets(name, write_sheet(name, FEES.header, rows)), FEES, TODAY) for name in ("a.xlsx", "a.csv")]
    assert [[(row.name, row.values, row.year, row.cells) for row in one.rows] for one in said] == 2 * [
        [(row.name, row.values, row.year, row.cells) for row in said[0].rows]
    ]
    assert len(said[0].rows) == len(rows) and not said[0].refused
