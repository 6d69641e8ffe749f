"""Bytes of a table in, sheets out: what the bytes are decides how they are read, the file's ending is not believed."""

from pathlib import PurePath

from diary.domain.sheets import Sheet

from .limits import MAX_BYTES, UnreadableFile
from .texts import read_text_sheet
from .workbooks import read_workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Hãy mở bằng Excel rồi lưu lại dạng .xlsx."
_KNOWN_OTHERS = {
    b"%PDF": "Đây là tệp PDF, không phải bảng tính. Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv.",
    b"\xff\xd8\xff": "Đây là ảnh, không phải bảng tính. Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv.",
    b"\x89PNG": "Đây là ảnh, không phải bảng tính. Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv.",
    b"{\\rtf": "Đây là văn bản Word, không phải bảng tính. Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv.",
    b"Rar!": "Đây là tệp nén. Hãy giải nén rồi gửi bảng tính bên trong.",
    b"7z\xbc\xaf": "Đây là tệp nén. Hãy giải nén rồi gửi bảng tính bên trong.",
    b"\x1f\x8b": "Đây là tệp nén. Hãy giải nén rồi gửi bảng tính bên trong.",
}
_WEB_PAGE_STARTS = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")


def read_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """A file's name and bytes in, its visible sheets out (.xlsx, .xls, .ods, or text with commas, semicolons or tabs).

    Cells are text as written (not cleaned), whole numbers as int, others as float, dates as date or datetime, blank ones None.
    Raises UnreadableFile when the file is empty, locked by a password, too large, or no table.
    """
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("Tệp trống, không có gì để đọc.")
    if len(content) > MAX_BYTES:
        raise UnreadableFile("Tệp lớn hơn 20 MB. Hãy bỏ hình ảnh hoặc chia thành nhiều tệp nhỏ hơn.")
    if content.startswith((_ZIP, _OLE)):
        return read_workbook(content)
    _refuse_known_others(content)
    return (read_text_sheet(PurePath(name).stem, content),)


def _refuse_known_others(content: bytes) -> None:
    for start, message in _KNOWN_OTHERS.items():
        if content.startswith(start):
            raise UnreadableFile(message)
    if content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_WEB_PAGE_STARTS):
        raise UnreadableFile(f"Tệp này là trang web hoặc XML mang đuôi bảng tính. {_SAVE_AS}")
