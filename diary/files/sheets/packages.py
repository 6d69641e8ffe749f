"""Zipped workbooks (.xlsx, .ods) looked over before they are opened: the library that reads them has no limits of its own."""

import re
import zipfile
import zlib
from io import BytesIO

from .limits import MAX_CELLS, MAX_PARTS, MAX_ROWS, MAX_UNPACKED_BYTES, UnreadableFile, too_many_rows

LOCKED = "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu (Excel: Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại."
BROKEN = "Không mở được tệp: tệp bị hỏng hoặc không phải bảng tính. Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
_NO_WORKBOOK = "Tệp này không phải bảng tính (có thể là văn bản Word hoặc tệp nén). Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv."
_BOMB = "Tệp giãn ra quá lớn khi mở (hơn 200 MB), có thể là tệp bị hỏng. Hãy chép riêng danh sách sang một tệp mới."
_TOO_WIDE = "Bảng trải ra quá rộng. Hãy chép riêng danh sách sang một tệp mới rồi gửi lại."

# Each looks no further than the next mark of a tag, or some hundred bytes: openings that are never closed cost no more than others.
_FILLED_CELL = re.compile(rb'<(?:\w{1,20}:)?c\s[^<>]{0,60}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,300}+(?<!/)>')
_OPEN_TAG = re.compile(rb"<(/?)table:(table-row|(?:covered-)?table-cell)\b([^<>]*+)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]{1,9})"')


def look_over(content: bytes) -> None:
    """Refuse a zip that is no workbook, or would fill the memory once opened: the reader itself has no limit.

    First the sizes it declares, then the true ones: a crafted file may declare less than it holds.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _refuse_what_is_declared(parts, len(content))
            _refuse_other_packages({part.filename for part in parts}, package)
            left = MAX_UNPACKED_BYTES
            for part in parts:
                unpacked = _unpack(content, part, left)
                left -= len(unpacked)
                _refuse_endless_sheet(part.filename, unpacked)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OverflowError):
        raise UnreadableFile(BROKEN) from None


def _refuse_what_is_declared(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Before anything is unpacked: too large, too many parts, or parts that lie over one another and so are unpacked again and again."""
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFile(_BOMB)
    if len(parts) > MAX_PARTS or sum(part.compress_size for part in parts) > size:
        raise UnreadableFile(BROKEN)


def _refuse_other_packages(names: set[str], package: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return
    if "content.xml" not in names or b"spreadsheet" not in package.read("mimetype")[:200] if "mimetype" in names else True:
        raise UnreadableFile(_NO_WORKBOOK)
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableFile(LOCKED)


def _unpack(content: bytes, part: zipfile.ZipInfo, limit: int) -> bytes:
    header = content[part.header_offset : part.header_offset + 30]
    start = part.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        if len(packed) > limit:
            raise UnreadableFile(_BOMB)
        return packed
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile(BROKEN)
    unpacked = zlib.decompressobj(-15).decompress(packed, limit + 1)
    if len(unpacked) > limit:
        raise UnreadableFile(_BOMB)
    return unpacked


def _refuse_endless_sheet(name: str, xml: bytes) -> None:
    """A sheet is read as a full rectangle: one stray cell in the last corner would ask for gigabytes."""
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        _refuse_rectangle(*_corner_of_excel_sheet(xml))
    elif name == "content.xml":
        for table in xml.split(b"<table:table ")[1:]:
            _refuse_rectangle(*_corner_of_open_sheet(table))


def _refuse_rectangle(rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise too_many_rows()
    if rows * columns > MAX_CELLS:
        raise UnreadableFile(_TOO_WIDE)


def _corner_of_excel_sheet(xml: bytes) -> tuple[int, int]:
    """Rows from the first to the last cell that holds something, and columns up to the last."""
    columns, top, bottom = 0, 0, -1
    for cell in _FILLED_CELL.finditer(xml):
        letters, row = cell.groups()
        columns, bottom = max(columns, _column_number(letters)), max(bottom, int(row))
        top = top or bottom
    return bottom - top + 1, columns


def _corner_of_open_sheet(xml: bytes) -> tuple[int, int]:
    """Rows and columns up to the last cell that holds something; what is repeated counts as often as it is."""
    row, column, bottom, widest = 0, 0, 0, 0
    for tag in _OPEN_TAG.finditer(xml):
        closing, name, attributes = tag.groups()
        if closing:
            continue
        if name == b"table-row":
            row, column = row + _times(attributes), 0
            continue
        column += _times(attributes)
        if not attributes.endswith(b"/") and xml[tag.end() : tag.end() + 2] != b"</":
            bottom, widest = row, max(widest, column)
    return bottom, widest


def _times(attributes: bytes) -> int:
    repeated = _REPEATED.search(attributes)
    return int(repeated[1]) if repeated else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
