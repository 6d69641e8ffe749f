"""Lists with every dirt at once, columns in any order: no row is lost, none invented, every cell comes out right."""

import unicodedata
from datetime import date, datetime
from time import process_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.domain.member_lists import CLEAN_HEADER, Column, Gender, read_member_list
from diary.domain.member_lists.choices import SheetChoice
from diary.domain.member_lists.layout import layouts
from diary.domain.sheets import Sheet

TODAY = date(2026, 11, 23)
FAMILIES = ["Lý", "Trần Văn", "Thạch Thị", "Đoàn Trường", "Danh Ngọc", "Võ", "Ông Thị Bích", "Kim Sa"]
GIVENS = ["Mẫu", "Thử", "Ý", "Sóc", "Hòa", "Ký", "Tuyền", "Ẩn", "Đường", "Nữ"]
UNITS = ["Chi đoàn Khoa Nội", "Chi đoàn Khối Dược - Mẫu", "Chi đoàn Văn phòng Thử", "Chi đoàn Trung tâm Đường bộ"]
POSTS = {
    None: [None, "Đoàn viên", "ĐV", "-"],
    "Bí thư": ["Bí thư", "BT", "BÍ THƯ"],
    "Phó Bí thư": ["P.BT", "PBT", "Phó Bí thư"],
    "Ủy viên BCH": ["UV BCH", "Uỷ viên BCH"],
}
HEADS = {
    "name": ["Họ và tên", "HỌ & TÊN ", "Họ tên", "Họ và tên đoàn viên"],
    "born": ["Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh", "NTNS"],
    "gender": ["Giới tính", "Nam/Nữ", "Phái"],
    "unit": ["Chi đoàn", "Đơn vị", "Chi đoàn trực thuộc"],
    "post": ["Chức vụ", "Chức danh", "Chức vụ Đoàn"],
    "phone": ["ĐT", "Số ĐT", "Điện thoại", "Số điện thoại"],
    "joined": ["Ngày vào Đoàn", "Vào Đoàn", "NGÀY, THÁNG, NĂM VÀO ĐOÀN", "Ngày kết nạp Đoàn"],
    "ethnic": ["Dân tộc", "DT", "D.tộc"],
    "email": ["Email", "E-mail", "Thư điện tử", "Địa chỉ Email"],
    "note": ["Ghi chú", "Quê quán"],
}
ETHNIC = ("Kinh", "Khmer", "Hoa")
TITLES = [
    ("ĐOÀN KHỐI CÁC CƠ QUAN", None, "ĐOÀN TNCS HỒ CHÍ MINH"),
    ("ĐOÀN CƠ SỞ BỆNH VIỆN MẪU",),
    (),
    (None, "DANH SÁCH ĐOÀN VIÊN NĂM 2012"),
    (),
]
ENDINGS = [
    (),
    (None, "Tổng cộng: nhiều đoàn viên"),
    (None, None, "ngày 08 tháng 5 năm 2012"),
    (None, "Người lập", None, "TM. BAN CHẤP HÀNH"),
    (None, None, None, "BÍ THƯ"),
]

people = st.lists(
    st.tuples(
        st.sampled_from(FAMILIES),
        st.sampled_from(GIVENS),
        st.dates(date(1980, 1, 1), date(2010, 12, 31)),
        st.sampled_from(["Nam", "Nữ"]),
        st.sampled_from(UNITS),
        st.sampled_from(list(POSTS)),
        st.integers(300_000_000, 999_999_999),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda person: (person[0], person[1]),
)


def dirty_name(draw, family, given):
    spaced = f"  {family.replace(' ', '  ')}  {given} "
    return draw(
        st.sampled_from([f"{family} {given}", spaced, f"{family} {given}".upper(), unicodedata.normalize("NFD", f"{family} {given}")])
    )


def dirty_day(draw, day):
    texts = [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day:%y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%Y-%m-%d}",
    ]
    return draw(st.sampled_from([day, datetime(day.year, day.month, day.day), (day - date(1899, 12, 30)).days, *texts]))


def dirty_phone(draw, number):
    digits = f"0{number}"
    return draw(
        st.sampled_from(
            [digits, number, float(number), f"+84{number}", f"{digits[:4]} {digits[4:]}", f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"]
        )
    )


@st.composite
def dirty_lists(draw):
    """The true people and a sheet that lists them, with an impossible day put into some rows."""
    listed = draw(people)
    columns = draw(st.permutations(list(HEADS)))
    split = draw(st.booleans())
    rows, above = [], None
    spoiled = draw(st.sets(st.integers(0, len(listed) - 1)))
    for number, (family, given_name, born, gender, unit, post, phone) in enumerate(listed):
        cells = {
            "name": (family.upper(), given_name) if split else (dirty_name(draw, family, given_name),),
            "born": ("31/02/1990" if number in spoiled else dirty_day(draw, born),),
            "gender": (draw(st.sampled_from([gender, gender.upper(), gender[0].replace("N", gender)])),),
            "unit": (
                draw(st.sampled_from(["nt", "-nt-", None, "như trên"])) if unit == above else draw(st.sampled_from([unit, unit.upper()])),
            ),
            "post": (draw(st.sampled_from(POSTS[post])),),
            "phone": (dirty_phone(draw, phone),),
            "joined": (dirty_day(draw, date(born.year + 16, 3, 26)) if born.year + 16 < 2026 else None,),
            "ethnic": (ETHNIC[number % 3],),
            "email": (f"dv{number}@vidu.example",),
            "note": (draw(st.sampled_from([None, "đi học", "Bí thư cũ"])),),
        }
        rows.append((number + 1, *(cell for column in columns for cell in cells[column])))
        above = unit
    heads = {column: (draw(st.sampled_from(labels)),) for column, labels in HEADS.items()}
    heads["name"] = ("Họ đệm", "Tên") if split else heads["name"]
    head = ("TT", *(label for column in columns for label in heads[column]))
    blanks = draw(st.sampled_from([(), ((None,) * 3,), (("", " "),)]))
    return listed, spoiled, Sheet("Trang 1", (*TITLES[draw(st.integers(0, 1)) :], head, *blanks, *rows, *ENDINGS))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dirty_lists())
def test_no_row_is_lost_or_invented_and_every_cell_comes_out_right(dirty):
    listed, spoiled, sheet = dirty
    found = read_member_list([sheet], TODAY)
    wanted = [person for number, person in enumerate(listed) if number not in spoiled]
    assert found.rows_read == len(listed)
    assert [refused.name for refused in found.refused] == [f"{listed[number][0]} {listed[number][1]}" for number in sorted(spoiled)]
    assert [(each.family_name, each.given_name, each.born_on) for each in found.people] == [person[:3] for person in wanted]
    assert [each.gender for each in found.people] == [Gender.MALE if person[3] == "Nam" else Gender.FEMALE for person in wanted]
    assert [(each.branch_name or "").casefold() for each in found.people] == [person[4].casefold() for person in wanted]
    assert {each.base_name for each in found.people} <= {"Đoàn cơ sở Bệnh viện Mẫu"}
    kept = [(number, person) for number, person in enumerate(listed) if number not in spoiled]
    assert [(each.ethnicity, each.email) for each in found.people] == [(ETHNIC[n % 3], f"dv{n}@vidu.example") for n, _ in kept]
    joined = [date(person[2].year + 16, 3, 26) if person[2].year + 16 < 2026 else None for _, person in kept]
    assert [each.joined_union_on for each in found.people] == joined
    assert [(each.post, each.phone) for each in found.people] == [(person[5], f"0{person[6]}") for person in wanted]


cells = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(["Nam", "nt", "BT", "Lý Mẫu", "Tổng cộng"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(cells, max_size=7).map(tuple), max_size=8), st.booleans(), st.integers(0, 12), st.sampled_from(list(Column)))
def test_whatever_the_cells_hold_reading_ends_and_counts_agree(rows, with_head, said_head, said_column):
    head = [("TT", "Họ và tên", "Ngày sinh", "Phái", "Chi đoàn", "ĐT", "Ngày vào Đoàn")] if with_head else []
    sheet = Sheet("DS", tuple(head + rows))
    told = {"DS": SheetChoice(head=said_head, columns={0: said_column, 1: Column.FULL_NAME})}
    for said, memory in ((None, None), (told, None), ({"DS": SheetChoice(head=said_head)}, {"nam": said_column})):
        other = read_member_list([sheet], TODAY, said, memory)
        assert other.rows_read == len(other.people) + len(other.refused) <= len(sheet.rows)
        assert all(len(each.clean) == len(CLEAN_HEADER) for each in other.refused)
        assert len(layouts([sheet], said or {}, memory or {})) == 1
    found = read_member_list([sheet], TODAY)
    assert found.rows_read == len(found.people) + len(found.refused) <= len(rows)
    assert len({each.row for each in (*found.people, *found.refused)}) == found.rows_read


def test_ten_thousand_rows_take_under_three_seconds():
    head = ("TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Cơ sở Đoàn", "Chi đoàn", "Chức vụ", "Ngày vào Đoàn", "ĐT", "Email")
    same = ("Nam", "Kinh", "Đoàn Mẫu", UNITS[0], None, "26/3/2010")
    rows = [
        (n, f"{FAMILIES[n % 8]} {GIVENS[n // 8 % 10]}", f"{n % 28 + 1}/{n // 28 % 12 + 1}/{1980 + n // 336}", *same, 900_000_000 + n, None)
        for n in range(10_000)
    ]
    started = process_time()
    found = read_member_list([Sheet("DS", (head, *rows))], TODAY)
    assert process_time() - started < 3
    assert found.rows_read == 10_000
