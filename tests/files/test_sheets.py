import csv
import io
import re
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from diary.files.sheets import MAX_BYTES, UnreadableFile, read_sheets, write_sheet

CELLS = (("Họ và tên", "Năm sinh", "Số"), ("Lý Mẫu", date(1990, 2, 1), 12), ("Trần Thử", None, 1.5))


def workbook(*sheets, hidden=()):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for name, rows, start in sheets:
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows, start):
                for column, cell in enumerate(row):
                    shape = moment if isinstance(cell, datetime) else day if isinstance(cell, date) else None
                    sheet.write(number, column, cell, shape)
    return out.getvalue()


def repacked(content, change):
    """The workbook with each part run through change(name, bytes); None drops the part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if (data := change(part, old.read(part))) is not None:
                new.writestr(part, data)
    return out.getvalue()


def open_document(*rows):
    """An OpenDocument sheet of the given row elements."""
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    sheets = f'<office:spreadsheet><table:table table:name="DS">{"".join(rows)}</table:table></office:spreadsheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {names}><office:body>{sheets}</office:body></office:document-content>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def open_row(*texts, repeat=1, wide=1):
    attributes = f'office:value-type="string" table:number-columns-repeated="{wide}"'
    cells = "".join(f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f'<table:table-row table:number-rows-repeated="{repeat}">{cells}</table:table-row>'


UNUSED = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'


def test_a_workbook_gives_its_visible_sheets_with_plain_cells():
    content = workbook(("Một", CELLS, 0), ("Hai", [("a", datetime(2020, 1, 2, 3, 4), True)], 4), ("Ẩn", CELLS, 0), hidden=("Ẩn",))
    first, second = read_sheets("ds.xlsx", content)
    assert (first.name, first.rows, first.first_row) == ("Một", CELLS, 1)
    assert (second.rows, second.first_row) == ((("a", datetime(2020, 1, 2, 3, 4), "TRUE"),), 5)


def test_formulas_give_what_they_came_to_hidden_rows_are_read_and_joined_cells_keep_their_first():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("DS")
        sheet.merge_range("A1:C1", "DANH SÁCH")
        sheet.write_row("A2", ["Họ và tên", "Năm sinh", "Số TT"])
        sheet.write_row("A3", ["Lý Mẫu"])
        sheet.write_formula("B3", "=1989+1", value=1990)
        sheet.write_formula("C3", "=ROW()-2", value=1)
        sheet.write_row("A4", ["Trần\nThử", 1991])
        sheet.set_row(3, None, None, {"hidden": True})
    (found,) = read_sheets("a.xlsx", out.getvalue())
    assert found.rows == (("DANH SÁCH", None, None), ("Họ và tên", "Năm sinh", "Số TT"), ("Lý Mẫu", 1990, 1), ("Trần\nThử", 1991, None))


def test_content_decides_the_kind_and_the_ending_is_only_a_hint():
    assert read_sheets("ds.csv", workbook(("Một", CELLS, 0)))[0].rows == CELLS
    assert read_sheets("ds.xlsx", "Họ tên,Số\nLý Mẫu,1".encode())[0].rows == (("Họ tên", "Số"), ("Lý Mẫu", "1"))


def test_open_document_sheets_are_read():
    content = open_document(open_row("Họ tên", "ĐT"), open_row("Lý Mẫu", "0912345678"), UNUSED)
    assert read_sheets("ds.ods", content)[0].rows == (("Họ tên", "ĐT"), ("Lý Mẫu", "0912345678"))


@pytest.mark.parametrize("row", [open_row("a", repeat=60_000), open_row("a", repeat=40_000, wide=16_000)])
def test_an_open_document_that_repeats_without_end_is_refused(row):
    with pytest.raises(UnreadableFile, match=r"quá rộng|50\.000 dòng"):
        read_sheets("ds.ods", open_document(row))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_tables_of_any_delimiter_are_read(delimiter, encoding):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [("Họ và tên", "Địa chỉ", "Số"), ("Lý Mẫu", "Ấp 1, xã Thử; tỉnh Mẫu", ""), ("Trần Thử", 'nói "vâng"', " ")]
    )
    (sheet,) = read_sheets("thư mục/danh sach.txt", out.getvalue().encode(encoding))
    assert sheet.name == "danh sach"
    assert sheet.rows == (("Họ và tên", "Địa chỉ", "Số"), ("Lý Mẫu", "Ấp 1, xã Thử; tỉnh Mẫu", None), ("Trần Thử", 'nói "vâng"', None))


def test_excels_own_separator_line_is_obeyed_and_rows_keep_their_numbers():
    (sheet,) = read_sheets("ds.csv", "sep=|\r\nHọ tên|Số\r\nLý Mẫu|1\r\n".encode())
    assert sheet.rows == (("Họ tên", "Số"), ("Lý Mẫu", "1")) and sheet.first_row == 2


def test_numbers_kept_as_text_by_a_formula_are_unwrapped():
    assert read_sheets("ds.csv", b'ten,so\nLy Mau,"=""0912345678"""\n')[0].rows[1] == ("Ly Mau", "0912345678")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "trống"),
        (b"\xef\xbb\xbf \r\n", "trống"),
        (b"%PDF-1.7 abc", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "ảnh"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "trang web"),
        (b"PK\x03\x04 broken", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (bytes(range(256)) * 20, "không phải bảng tính"),
        (b"a,b\n" * 50_001, "50.000 dòng"),
        (b"a" * (MAX_BYTES + 1), "20 MB"),
    ],
    ids=["nothing", "blank", "pdf", "picture", "web page", "broken zip", "broken xls", "locked", "binary", "rows", "bytes"],
)
def test_what_cannot_be_read_is_refused_in_words(content, says):
    with pytest.raises(UnreadableFile, match=says):
        read_sheets("ds.xlsx", content)


def test_a_zip_that_is_no_workbook_is_refused():
    with pytest.raises(UnreadableFile, match="Word"):
        read_sheets("ds.xlsx", repacked(workbook(("A", CELLS, 0)), lambda name, data: data if "workbook" not in name else None))


def test_every_cut_short_workbook_is_refused_and_never_crashes():
    content = workbook(("A", CELLS, 0))
    for length in range(10, len(content) - 30, 97):
        with pytest.raises(UnreadableFile):
            read_sheets("ds.xlsx", content[:length])


def test_a_zip_bomb_is_refused_before_it_is_opened():
    bomb = repacked(workbook(("A", CELLS, 0)), lambda name, data: data + b" " * (220 << 20) if name.endswith("styles.xml") else data)
    assert len(bomb) < 1 << 20
    with pytest.raises(UnreadableFile, match="200 MB"):
        read_sheets("ds.xlsx", bomb)


def test_the_sizes_a_workbook_declares_are_believed_first():
    content = workbook(("A", CELLS, 0))
    true_size = next(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist() if part.filename.endswith("styles.xml"))
    with pytest.raises(UnreadableFile, match="200 MB"):
        read_sheets("ds.xlsx", content.replace(true_size.to_bytes(4, "little"), (300 << 20).to_bytes(4, "little")))


def test_a_zip_bomb_that_declares_less_than_it_holds_is_refused():
    bomb = bytearray(
        repacked(workbook(("A", CELLS, 0)), lambda name, data: data + b" " * (220 << 20) if name.endswith("styles.xml") else data)
    )
    true_size = next(part.file_size for part in zipfile.ZipFile(io.BytesIO(bytes(bomb))).infolist() if part.filename.endswith("styles.xml"))
    lying = bytes(bomb).replace(true_size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(UnreadableFile, match="200 MB"):
        read_sheets("ds.xlsx", lying)


def test_a_text_repeated_until_the_memory_is_full_ends_only_the_reader():
    long = "x" * (40 << 20)
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{long}</t></si></sst>'.encode()
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 101))

    def change(name, data):
        if name == "xl/sharedStrings.xml":
            return shared
        return re.sub(b"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", data) if "sheet1" in name else data

    with pytest.raises(UnreadableFile, match="Không mở được tệp"):
        read_sheets("ds.xlsx", repacked(workbook(("A", CELLS, 0)), change))


def test_a_stray_cell_in_the_last_corner_is_refused_not_filled_up_to():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(40_000, 16_000, "b")
    with pytest.raises(UnreadableFile, match="quá rộng"):
        read_sheets("ds.xlsx", out.getvalue())


def test_more_rows_than_fifty_thousand_are_refused():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(60_000, 1, "b")
    with pytest.raises(UnreadableFile, match=r"50\.000 dòng"):
        read_sheets("ds.xlsx", out.getvalue())


OUT = [
    ("=1+1", "0912345678", date(1990, 2, 1), 5, None),
    ("'=1", "-x", datetime(2020, 1, 2, 3, 4), 1.5, "a\tb"),
    ("@a", "+84", None, -3, "\tx"),
]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_is_written_is_read_back_as_it_was(ending):
    header = ("Một", "Hai", "Ba", "Bốn", "Năm")
    (sheet,) = read_sheets("x", write_sheet(f"danh sách{ending}", header, OUT))
    as_text = [[cell if isinstance(cell, str) else None if cell is None else str(cell) for cell in row] for row in sheet.rows]
    assert as_text == [
        ["Một", "Hai", "Ba", "Bốn", "Năm"],
        ["=1+1", "0912345678", "01/02/1990", "5", None],
        ["'=1", "-x", "02/01/2020 03:04", "1.5", "a\tb"],
        ["@a", "+84", None, "-3", "\tx"],
    ]


def test_csv_is_utf8_with_its_mark_and_runs_no_formula():
    content = write_sheet("x.csv", ["Tên", "=A1"], [["=cmd()", "+84", "-1", "@x", "\ty", "\rz"]])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Tên", "'=A1"]
    assert all(cell.startswith("'") for cell in rows[1])


def test_xlsx_keeps_text_as_text_and_its_head_in_sight():
    content = write_sheet("danh sách: 1/2.xlsx", ["Tên"], [["=1+1"], ["0912"], ["x" * 40_000]])
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and 'state="frozen"' in xml
    assert len(read_sheets("x", content)[0].rows[3][0]) == 32_767


def test_other_endings_are_not_written():
    with pytest.raises(UnreadableFile, match=r"\.xlsx"):
        write_sheet("x.pdf", ["Tên"], [])
