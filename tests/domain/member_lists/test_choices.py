"""What a person says of a file goes before the guess: the head, the columns, which sheets are read; and it is remembered by its words."""

from datetime import date

from diary.domain.member_lists import Column, read_member_list
from diary.domain.member_lists.choices import NO_HEAD, SheetChoice
from diary.domain.member_lists.layout import layouts
from diary.domain.sheets import Sheet

TODAY = date(2026, 11, 23)
STRANGE = Sheet(
    "DS",
    (
        ("Phòng Tổ chức",),
        ("Đồng chí", "Sinh", "Liên hệ", "Ghi chú"),
        ("Rơ Châm Linh", "9/8/1996", "0901234567", "x"),
        ("Siu An", "1/2/1997", None, None),
    ),
    first_row=3,
)
SAID = {0: Column.FULL_NAME, 1: Column.BORN_ON, 2: Column.PHONE}
MEMORY = {"dong chi": Column.FULL_NAME, "sinh": Column.BORN_ON, "lien he": Column.PHONE, "ghi chu": Column.IGNORED}


def names(listed):
    return [each.given_name for each in listed.people]


def test_a_sheet_without_a_known_head_is_shown_with_its_first_rows_and_columns_to_choose():
    (layout,) = layouts([STRANGE], {}, {})
    assert layout.doubtful and not layout.found and layout.head == NO_HEAD
    assert layout.first_rows[:2] == ((3, "Phòng Tổ chức"), (4, "Đồng chí | Sinh | Liên hệ | Ghi chú"))
    assert [column.column for column in layout.columns] == [Column.IGNORED] * 4


def test_the_row_said_to_be_the_head_is_one_and_the_columns_said_are_read():
    told = {"DS": SheetChoice(head=4, columns=SAID)}
    listed = read_member_list([STRANGE], TODAY, told)
    assert names(listed) == ["Linh", "An"] and listed.people[0].phone == "0901234567" and listed.people[0].row == 5
    (layout,) = layouts([STRANGE], told, {})
    assert [(one.head, one.key, one.column, one.guess) for one in layout.columns][:2] == [
        ("Đồng chí", "dong chi", Column.FULL_NAME, Column.IGNORED),
        ("Sinh", "sinh", Column.BORN_ON, Column.IGNORED),
    ]


def test_a_head_said_far_below_the_sheet_reads_nothing_and_fails_nothing():
    for head in (1, 6, 99_999):
        assert read_member_list([STRANGE], TODAY, {"DS": SheetChoice(head=head)}).rows_read <= 2
        assert layouts([STRANGE], {"DS": SheetChoice(head=head)}, {})
    assert layouts([Sheet("Trống", ())], {"Trống": SheetChoice(head=1)}, {})


def test_a_head_said_not_to_be_there_leaves_the_columns_that_are_said():
    rows = (("Tên gọi", "Sinh"), ("Lý Mẫu", "1/2/1990"))
    told = {"DS": SheetChoice(head=NO_HEAD, columns={0: Column.FULL_NAME, 1: Column.BORN_ON})}
    assert names(read_member_list([Sheet("DS", rows[1:])], TODAY, told)) == ["Mẫu"]


def test_a_sheet_said_not_to_be_read_is_left_alone():
    sheet = Sheet("DS", (("Họ và tên", "Năm sinh"), ("Lý Mẫu", 1990)))
    listed = read_member_list([sheet], TODAY, {"DS": SheetChoice(read=False)})
    assert listed.rows_read == 0 and listed.unread_sheets == ("DS",)
    (layout,) = layouts([sheet], {"DS": SheetChoice(read=False)}, {})
    assert not layout.read and not layout.doubtful and layout.columns


def test_a_remembered_head_makes_its_row_a_head_and_says_so():
    listed = read_member_list([STRANGE], TODAY, None, MEMORY)
    assert names(listed) == ["Linh", "An"] and listed.columns == {"DS": SAID}
    (layout,) = layouts([STRANGE], {}, MEMORY)
    assert [one.remembered for one in layout.columns] == [True] * 4 and layout.head == 4 and not layout.doubtful


def test_what_is_remembered_of_a_head_goes_before_the_guess_and_what_is_said_now_before_both():
    sheet = Sheet("DS", (("Họ và tên", "ĐT", "Chi đoàn"), ("Lý Mẫu", "Kinh", "A")))
    (person,) = read_member_list([sheet], TODAY, None, {"dien thoai": Column.ETHNICITY}).people
    assert person.ethnicity == "Kinh" and person.phone is None
    told = {"DS": SheetChoice(columns={0: Column.FULL_NAME})}
    (person,) = read_member_list([sheet], TODAY, told, {"dien thoai": Column.ETHNICITY}).people
    assert person.ethnicity is None and person.branch_name is None


def test_a_head_that_repeats_below_the_one_that_was_said_is_no_person():
    head = ("Họ và tên", "Ghi nhận")
    sheet = Sheet("DS", (head, ("Lý Mẫu", "0901234567"), head, ("Trần Thử", None)))
    told = {"DS": SheetChoice(head=1, columns={0: Column.FULL_NAME, 1: Column.PHONE})}
    assert names(read_member_list([sheet], TODAY, told)) == ["Mẫu", "Thử"]
