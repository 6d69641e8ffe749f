"""`import fees`, `export fees`, `import training`, `export training`: what they print, how they end, the same columns both ways."""

import csv
import io

import pytest

from diary.domain.fee_lists import FEES
from diary.domain.training_lists import TRAINING
from diary.files.sheets import read_sheets
from tests.registers import YEAR, clean_file, fee_row, training_row

CASES = (
    ("fees", FEES, [fee_row("Thạch Thị Sa Rinh", 15000, "x", "Miễn"), fee_row("Võ Quốc Huy", "20.000")], fee_row("Mai Gia Linh", 1000)),
    (
        "training", TRAINING,
        [training_row("Thạch Thị Sa Rinh", "HTXS", "Đạt giải"), training_row("Võ Quốc Huy", "tốt")], training_row("Mai Gia Linh", "HT"),
    ),
)  # fmt: skip
each = pytest.mark.parametrize(("noun", "register", "rows", "unknown"), CASES, ids=["fees", "training"])


@pytest.fixture
def flask(app):
    """flask("import", "fees", file): the command's exit code and words."""
    runner = app.test_cli_runner()

    def call(*words):
        done = runner.invoke(args=[str(word) for word in words])
        return done.exit_code, done.output

    return call


@each
def test_an_import_ends_with_0_when_all_were_taken_and_again_when_nothing_changed(flask, tmp_path, noun, register, rows, unknown):
    file = clean_file(tmp_path, register, *rows)
    assert flask("import", noun, file, "--dry-run") == (0, "Xem trước 2 dòng: 2 mới, 0 thay đổi, 0 như cũ, 0 bị từ chối.\n")
    assert flask("import", noun, file) == (0, "Đã nhập 2 dòng: 2 mới, 0 thay đổi, 0 như cũ, 0 bị từ chối.\n")
    assert flask("import", noun, file) == (0, "Đã nhập 2 dòng: 0 mới, 0 thay đổi, 2 như cũ, 0 bị từ chối.\n")


@each
def test_an_import_ends_with_1_when_some_were_refused_and_prints_them(flask, tmp_path, noun, register, rows, unknown):
    code, said = flask("import", noun, clean_file(tmp_path, register, *rows, unknown))
    assert code == 1 and "Từ chối: trang “danh-sach”, dòng 4, Mai Gia Linh: Không tìm thấy đoàn viên này" in said


@each
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", "một,hai\nba,bốn\n".encode()])
def test_an_import_ends_with_2_when_the_file_is_no_list(flask, tmp_path, noun, register, rows, unknown, content):
    file = tmp_path / "tep.xlsx"
    file.write_bytes(content)
    code, said = flask("import", noun, file)
    assert code == 2 and "Lỗi: " in said


@each
def test_an_import_ends_with_2_when_every_row_was_refused(flask, tmp_path, noun, register, rows, unknown):
    assert flask("import", noun, clean_file(tmp_path, register, unknown))[0] == 2


@each
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_exported_is_imported_and_changes_nothing(flask, tmp_path, noun, register, rows, unknown, ending):
    flask("import", noun, clean_file(tmp_path, register, *rows))
    file = tmp_path / f"ra.{ending}"
    assert flask("export", noun, file, "--year", YEAR) == (0, f"Đã ghi 12 dòng vào {file}.\n")
    code, said = flask("import", noun, file)
    assert (code, said.splitlines()[-1]) == (0, "Đã nhập 12 dòng: 0 mới, 0 thay đổi, 12 như cũ, 0 bị từ chối.")


def test_the_export_has_its_columns_in_order_and_csv_carries_its_mark(flask, tmp_path):
    flask("import", "fees", clean_file(tmp_path, FEES, *CASES[0][2]))
    file = tmp_path / "ra.csv"
    flask("export", "fees", file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    assert rows[0] == ["Họ và tên", "Ngày sinh", "Cơ sở Đoàn", "Chi đoàn", "Năm", "Quý I", "Quý II", "Quý III", "Quý IV"]
    mine = next(row for row in rows if row[0] == "Thạch Thị Sa Rinh")
    assert mine[1:] == ["14/04/1998", "Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội", "2026", "15000", "x", "Miễn", ""]


def test_the_year_of_rows_that_name_none_is_told_and_other_years_come_out_empty(flask, tmp_path):
    file = clean_file(tmp_path, FEES, fee_row("Võ Quốc Huy", 1000, year=None))
    code, said = flask("import", "fees", file)
    assert code == 2 and "Danh sách không ghi năm" in said
    assert flask("import", "fees", file, "--year", YEAR)[0] == 0
    out = tmp_path / "ra.xlsx"
    assert flask("export", "fees", out, "--year", 2025)[0] == 0
    (sheet,) = read_sheets("ra.xlsx", out.read_bytes())
    assert {row[4:] for row in sheet.rows[1:]} == {(2025, None, None, None, None)}


def test_an_ending_that_is_not_known_is_refused(flask, tmp_path):
    code, said = flask("export", "training", tmp_path / "ra.docx")
    assert code == 2 and ".xlsx hoặc .csv" in said


def test_a_list_in_an_old_font_is_read(flask, tmp_path):
    file = tmp_path / "vni.csv"
    head = "DANH SAÙCH THU ÑOAØN PHÍ NAÊM 2026,,,\nHoï vaø teân,Ngaøy sinh,Chi ñoaøn,Quyù I\n"
    rows = "Thaïch Thò Sa Rinh,14/04/1998,Chi ñoaøn Khoái Noäi,15.000\nVoõ Quoác Huy,14/04/1998,Chi ñoaøn Khoái Noäi,Mieãn\n"
    file.write_text(head + rows, "utf-8")
    assert flask("import", "fees", file) == (0, "Đã nhập 2 dòng: 2 mới, 0 thay đổi, 0 như cũ, 0 bị từ chối.\n")
