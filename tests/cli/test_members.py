"""`import members` and `export members`: what they print, how they end, and that a list comes out as it went in."""

import csv
import io
from datetime import date

import pytest

from diary.domain.member_lists import CLEAN_HEADER, read_member_list
from diary.files.sheets import read_sheets
from tests.cli.commands import SETUP, run
from tests.lists import clean_file, clean_row


@pytest.fixture
def flask(app):
    """flask("import", "members", file): the command's exit code and words."""
    runner = app.test_cli_runner()

    def call(*words):
        done = runner.invoke(args=[str(word) for word in words])
        return done.exit_code, done.output

    return call


def exported(flask, folder, name="ra.csv"):
    file = folder / name
    assert flask("export", "members", file)[0] == 0
    return file


def rows_of(file):
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_an_import_ends_with_0_when_all_were_taken_and_again_when_nothing_changed(flask, tmp_path):
    file = clean_file(tmp_path, clean_row("Mai Gia Linh"), clean_row("Đỗ Hà My", post="Ủy viên BCH"))
    assert flask("import", "members", file) == (0, "Đã nhập 2 dòng: 2 mới, 0 thay đổi, 0 như cũ, 0 bị từ chối.\n")
    assert flask("import", "members", file) == (0, "Đã nhập 2 dòng: 0 mới, 0 thay đổi, 2 như cũ, 0 bị từ chối.\n")


def test_an_import_ends_with_1_when_some_were_refused_and_prints_each_with_sheet_row_reason_and_name(flask, tmp_path):
    file = clean_file(
        tmp_path,
        clean_row("Mai Gia Linh"),
        clean_row("Đỗ Hà My", "31/02/1990"),
        clean_row("Lâm Thanh Sang", date(1998, 4, 14), branch="Chi đoàn Khối Ngoại"),
    )
    code, said = flask("import", "members", file)
    assert code == 1
    assert "trang “danh-sach”, dòng 3, Đỗ Hà My: Ngày sinh “31/02/1990” không có trên lịch." in said
    assert "dòng 4, Lâm Thanh Sang: Nghi trùng" in said
    assert said.endswith("Đã nhập 3 dòng: 1 mới, 0 thay đổi, 0 như cũ, 2 bị từ chối.\n")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", "một,hai\nba,bốn\n".encode()])
def test_an_import_ends_with_2_when_the_file_is_no_list(flask, tmp_path, content):
    file = tmp_path / "tep.xlsx"
    file.write_bytes(content)
    code, said = flask("import", "members", file)
    assert code == 2 and said.startswith("Lỗi: ")


def test_an_import_ends_with_2_when_every_row_was_refused_or_the_file_is_not_there(flask, tmp_path):
    assert flask("import", "members", clean_file(tmp_path, clean_row("Đỗ Hà My", "31/02/1990")))[0] == 2
    assert flask("import", "members", tmp_path / "khong-co.xlsx")[0] == 2


def test_a_dry_run_says_the_same_and_writes_nothing(flask, tmp_path):
    before = exported(flask, tmp_path).read_bytes()
    file = clean_file(tmp_path, clean_row("Mai Gia Linh", branch="Chi đoàn Mới"))
    code, said = flask("import", "members", file, "--dry-run", "--codes", tmp_path / "ma.xlsx")
    assert code == 0 and "Sẽ lập: Chi đoàn Mới – Đoàn cơ sở Bệnh viện Đa khoa" in said and "Xem trước 1 dòng: 1 mới" in said
    assert exported(flask, tmp_path, "sau.csv").read_bytes() == before and not (tmp_path / "ma.xlsx").exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_imported_again_changes_nothing_and_exports_the_same(flask, tmp_path, ending):
    flask(
        "import",
        "members",
        clean_file(tmp_path, clean_row("Mai Gia Linh", "1999", base="", branch="Chi đoàn Lạc", post="Bí thư", phone="0901234567")),
    )
    file = exported(flask, tmp_path, f"ra.{ending}")
    code, said = flask("import", "members", file)
    assert code == 0 and " 0 mới, 0 thay đổi, 13 như cũ" in said, said
    sheet, again = (read_sheets(each.name, each.read_bytes())[0] for each in (file, exported(flask, tmp_path, f"lai.{ending}")))
    assert again.rows == sheet.rows
    people = read_member_list([sheet], date(2026, 11, 23)).people
    assert ("Chi đoàn Lạc", None, 1999, "Bí thư") in {(p.branch_name, p.base_name, p.birth_year, p.post) for p in people}


def test_an_export_has_the_clean_list_s_columns_units_posts_and_days(flask, tmp_path):
    file = exported(flask, tmp_path)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") and tuple(rows_of(file)[0]) == CLEAN_HEADER
    people = {row["Họ và tên"]: row for row in rows_of(file)}
    assert people["Lâm Thanh Sang"] == dict(
        zip(
            CLEAN_HEADER,
            ("Lâm Thanh Sang", "14/04/1998", "Nữ", "", "Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội", "Bí thư", "26/03/2014", "", ""),
            strict=True,
        )
    )
    assert (people["Danh Hoàng Rích"]["Cơ sở Đoàn"], people["Danh Hoàng Rích"]["Chi đoàn"]) == ("Chi đoàn Kho bạc Nhà nước", "")
    assert people["Huỳnh Lê Thảo Nguyên"]["Chức vụ"] == "", "a post in the base is none in her own branch"


def test_what_a_spreadsheet_would_run_as_a_formula_comes_back_as_the_text_it_was(flask, tmp_path):
    file = clean_file(tmp_path, (*clean_row("Mai Gia Linh")[:-1], "=cmd@vidu.example"), name="vao.csv")
    assert flask("import", "members", file)[0] == 0
    out = exported(flask, tmp_path)
    assert ",'=cmd@vidu.example" in out.read_text("utf-8-sig")
    assert "0 thay đổi" in flask("import", "members", out)[1]


def test_codes_are_written_once_for_new_accounts_and_never_over_others(flask, tmp_path, app):
    app.config["SECRET_KEY"], key = "x" * 40, app.config["SECRET_KEY"]
    try:
        codes = tmp_path / "ma.xlsx"
        flask("import", "members", clean_file(tmp_path, clean_row("Mai Gia Linh")), "--codes", codes)
        first = codes.read_bytes()
        (sheet,) = read_sheets(codes.name, first)
        assert sheet.rows[0] == ("Cơ sở Đoàn", "Chi đoàn", "Họ và tên", "Tên đăng nhập", "Mã kích hoạt", "Hạn dùng")
        assert (
            sheet.rows[1][:4] == ("Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội", "Mai Gia Linh", "linh.mg")
            and sheet.rows[1][5] == "23/12/2026"
        )
        assert codes.stat().st_mode & 0o077 == 0
        assert "Không có mã mới" in flask("import", "members", tmp_path / "danh-sach.xlsx", "--codes", codes)[1]
        flask("import", "members", clean_file(tmp_path, clean_row("Đỗ Hà My"), name="hai.xlsx"), "--codes", codes)
        assert codes.read_bytes() == first and (tmp_path / "ma-2.xlsx").exists()
    finally:
        app.config["SECRET_KEY"] = key


def test_codes_need_a_key_and_a_file_that_can_be_written(flask, tmp_path, app):
    file, key = clean_file(tmp_path, clean_row("Mai Gia Linh")), app.config["SECRET_KEY"]
    try:
        app.config["SECRET_KEY"] = ""
        code, said = flask("import", "members", file, "--codes", tmp_path / "ma.xlsx")
    finally:
        app.config["SECRET_KEY"] = key
    assert code == 2 and "khóa bí mật" in said
    for codes in (tmp_path / "khong-co" / "ma.xlsx", tmp_path / "ma.pdf"):
        assert flask("import", "members", file, "--codes", codes)[0] == 2
    assert "1 mới" in flask("import", "members", file)[1], "nothing was taken before"


def test_before_setup_the_commands_say_so_and_after_it_a_list_goes_in_and_out(tmp_path):
    file = clean_file(tmp_path, clean_row("Mai Gia Linh", post="Bí thư"), clean_row("Đỗ Hà My", base="Chi đoàn Sở Tư pháp", branch=""))
    for words in (("import", "members", file), ("export", "members", tmp_path / "ra.csv")):
        code, said = run(tmp_path / "moi", *words)
        assert code == 2 and "setup" in said
    assert run(tmp_path / "moi", *SETUP)[0] == 0
    code, said = run(tmp_path / "moi", "import", "members", file, "--codes", tmp_path / "ma.csv")
    assert code == 0 and "2 mới" in said
    assert run(tmp_path / "moi", "export", "members", tmp_path / "ra.csv")[0] == 0
    assert [row["Họ và tên"] for row in rows_of(tmp_path / "ra.csv")] == ["Mai Gia Linh", "Đỗ Hà My"]
