import pytest

from diary.domain.member_lists import CLEAN_HEADER, Column
from diary.domain.member_lists.headers import find_head, label, meaning


def test_the_clean_header_is_known_in_full():
    head = find_head([CLEAN_HEADER], 0)
    assert head is not None
    assert tuple(head.columns.values()) == tuple(Column)[:10]
    assert CLEAN_HEADER[0] == "Họ và tên"
    assert CLEAN_HEADER[-1] == "Email"


@pytest.mark.parametrize(
    ("column", "spellings"),
    [
        (Column.NUMBER, "STT|TT|Stt|Số TT"),
        (Column.FULL_NAME, "Họ và tên|HỌ & TÊN |Họ tên|Họ, chữ đệm và tên|Họ và tên đoàn viên|Ho va ten|HỌ VÀ TÊN\n(chữ in hoa)"),
        (Column.FAMILY_NAME, "Họ đệm|Họ và đệm|Họ lót|Họ và chữ lót|Họ"),
        (Column.GIVEN_NAME, "Tên|TÊN"),
        (Column.BORN_ON, "Ngày sinh|Năm sinh|Ngày, tháng, năm sinh|Ngày tháng năm sinh|Sinh ngày|NTNS|Ngày sinh (dd/mm/yyyy)|Nam sinh"),
        (Column.GENDER, "Giới tính|Nam/Nữ|Phái|GT|Giới|Giới tính (Nam/Nữ)"),
        (Column.FEMALE_MARK, "Nữ|Giới tính: Nữ"),
        (Column.ETHNICITY, "Dân tộc|DT|Dân  tộc"),
        (Column.BASE, "Cơ sở Đoàn|Đoàn cơ sở|Tên cơ sở Đoàn|Đoàn cơ sở, chi đoàn cơ sở"),
        (Column.BRANCH, "Chi đoàn|Chi đoàn trực thuộc|Thuộc chi đoàn|Chi đoàn sinh hoạt"),
        (Column.UNIT, "Đơn vị|Đơn vị trực thuộc"),
        (Column.WORKPLACE, "Đơn vị công tác|Nơi công tác|Cơ quan"),
        (Column.POST, "Chức vụ|Chức danh|Chức vụ Đoàn|Chức vụ trong Đoàn|CV"),
        (Column.JOINED_UNION_ON, "Ngày vào Đoàn|Vào Đoàn|Ngày kết nạp Đoàn|Ngày vào Đoàn TNCS|Năm vào Đoàn|Ngày kết nạp vào Đoàn"),
        (Column.PHONE, "Số điện thoại|ĐT|SĐT|Số ĐT|Điện thoại|Di động|Số điện thoại liên hệ|ĐTDĐ|Số ĐT Zalo"),
        (Column.EMAIL, "Email|E-mail|Thư điện tử|Địa chỉ email|EMAIL"),
        (
            Column.IGNORED,
            "Ghi chú|Quê quán|Nơi sinh|Ngày vào Đảng|Số CMND|Họ và tên cha|Số điện thoại phụ huynh|Trình độ|Chức vụ chính quyền",
        ),
    ],
)
def test_heads_are_known_in_many_spellings(column, spellings):
    assert {spelling: meaning(label(spelling))[0] for spelling in spellings.split("|")} == dict.fromkeys(spellings.split("|"), column)


def test_a_row_of_a_person_or_a_title_is_no_head():
    assert find_head([("1", "Nguyễn Văn Tên", "Nam", "Kinh")], 0) is None
    assert find_head([("DANH SÁCH ĐOÀN VIÊN NĂM 2012", None, None)], 0) is None
    assert find_head([("Họ và tên người lập bảng", "Nam", "Kinh")], 0) is None


def test_a_head_may_take_two_rows():
    rows = [("TT", "Họ và tên", "Ngày sinh", None, "Giới tính", None), (None, None, "Nam", "Nữ", "Nam", "Nữ")]
    head = find_head(rows, 0)
    assert head is not None and head.height == 2
    assert list(head.columns.values())[2:] == [Column.BORN_IF_MALE, Column.BORN_IF_FEMALE, Column.MALE_MARK, Column.FEMALE_MARK]


def test_a_day_may_stand_in_three_columns():
    rows = [("Họ tên", "Ngày sinh", None, None, "ĐT"), (None, "Ngày", "Tháng", "Năm", None)]
    head = find_head(rows, 0)
    assert head is not None
    assert list(head.columns.values()) == [Column.FULL_NAME, Column.BIRTH_DAY, Column.BIRTH_MONTH, Column.BIRTH_YEAR, Column.PHONE]


def test_the_surer_of_two_columns_is_taken():
    head = find_head([("Họ và tên", "Chức vụ chuyên môn", "Chức vụ Đoàn", "Họ và tên cha", "Ngày vào Đảng", "Ngày vào Đoàn")], 0)
    assert head is not None
    assert dict(head.columns) == {0: Column.FULL_NAME, 2: Column.POST, 5: Column.JOINED_UNION_ON}
