"""Workbooks of Excel and LibreOffice: looked over for traps first, then read."""

import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from diary.domain.sheets import Cell, Row, Sheet

from .limits import MAX_CELLS, MAX_ROWS, MAX_UNPACKED_BYTES, UnreadableFile, too_many_rows

_LOCKED = "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu (Excel: Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại."
_BROKEN = "Không mở được tệp: tệp bị hỏng hoặc không phải bảng tính. Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
_NO_WORKBOOK = "Tệp này không phải bảng tính (có thể là văn bản Word hoặc tệp nén). Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv."
_BOMB = "Tệp giãn ra quá lớn khi mở (hơn 200 MB), có thể là tệp bị hỏng. Hãy chép riêng danh sách sang một tệp mới."
_TOO_WIDE = "Bảng trải ra quá rộng. Hãy chép riêng danh sách sang một tệp mới rồi gửi lại."

_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*[^/>]>')
_REPEATS = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]+)"[^>]*[^/]>')
_CHUNK = 1 << 20


def read_workbook(content: bytes) -> tuple[Sheet, ...]:
    """The bytes of a .xlsx, .xls or .ods in, its visible sheets out. Raises UnreadableFile."""
    if content.startswith(b"PK"):
        _look_over(content)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(_LOCKED)
    try:
        return _read(content)
    except PasswordError:
        raise UnreadableFile(_LOCKED) from None
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableFile(_LOCKED if "password" in str(error).lower() else _BROKEN) from None


def _read(content: bytes) -> tuple[Sheet, ...]:
    sheets, left = [], MAX_ROWS
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        for known in book.sheets_metadata:
            if known.typ is not SheetTypeEnum.WorkSheet or known.visible is not SheetVisibleEnum.Visible:
                continue
            sheet = _read_sheet(book.get_sheet_by_name(known.name), left)
            sheets.append(sheet)
            left -= len(sheet.rows)
    return tuple(sheets)


def _read_sheet(sheet: CalamineSheet, rows_left: int) -> Sheet:
    if sheet.start is None:
        return Sheet(sheet.name, ())
    if sheet.height > rows_left:
        raise too_many_rows()
    left_edge: Row = (None,) * sheet.start[1]
    rows = tuple(left_edge + tuple(map(_plain_cell, row)) for row in sheet.to_python(skip_empty_area=True))
    return Sheet(sheet.name, rows, sheet.start[0] + 1)


def _plain_cell(value: str | float | bool | time | date | datetime | timedelta) -> Cell:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int | date):
        return value
    return str(value)


def _look_over(content: bytes) -> None:
    """Refuse a zip that is no workbook, or would fill the memory once opened: the reader itself has no limit.

    First the sizes it declares, then the true ones: a crafted file may declare less than it holds.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _refuse_other_packages({part.filename for part in parts}, package)
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise UnreadableFile(_BOMB)
            left = MAX_UNPACKED_BYTES
            for part in parts:
                unpacked = _unpack(content, part, left)
                left -= len(unpacked)
                _refuse_endless_sheet(part.filename, unpacked)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OverflowError):
        raise UnreadableFile(_BROKEN) from None


def _refuse_other_packages(names: set[str], package: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return
    if "content.xml" not in names or b"spreadsheet" not in package.read("mimetype")[:200] if "mimetype" in names else True:
        raise UnreadableFile(_NO_WORKBOOK)
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableFile(_LOCKED)


def _unpack(content: bytes, part: zipfile.ZipInfo, limit: int) -> bytes:
    header = content[part.header_offset : part.header_offset + 30]
    start = part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        return packed
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile(_BROKEN)
    unpacked = zlib.decompressobj(-15).decompress(packed, limit + 1)
    if len(unpacked) > limit:
        raise UnreadableFile(_BOMB)
    return unpacked


def _refuse_endless_sheet(name: str, xml: bytes) -> None:
    """A sheet is read as a full rectangle: one stray cell in the last corner would ask for gigabytes."""
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        columns, top, bottom = 0, 0, 0
        for letters, row in _FILLED_CELL.findall(xml):
            columns, bottom = max(columns, _column_number(letters)), max(bottom, int(row))
            top = top or bottom
        if columns * (bottom - top + 1) > MAX_CELLS:
            raise UnreadableFile(_TOO_WIDE) if bottom - top < MAX_ROWS else too_many_rows()
    elif name == "content.xml" and any(int(times) > MAX_ROWS for times in _REPEATS.findall(xml)):
        raise UnreadableFile(_TOO_WIDE)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
