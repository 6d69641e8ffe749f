"""Text files as tables: encoding and delimiter guessed."""

import csv
import re
from collections import Counter
from io import StringIO

from diary.domain.sheets import Cell, Sheet
from diary.files.encodings import decode_bytes

from .limits import MAX_ROWS, MAX_TEXT, UnreadableFile, too_many_rows

_DELIMITERS = ",;\t"
_SAMPLE_LINES = 60
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# What a writer put before a text that a spreadsheet would run as a formula.
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how some programs keep a leading 0: ="0912345678"


def read_text_sheet(name: str, content: bytes) -> Sheet:
    """The name to give the sheet and the bytes of a text file in, its one sheet out. Raises UnreadableFile."""
    text = decode_bytes(content)
    if len(_NOT_TEXT.findall(text[:20_000])) > 2:
        raise UnreadableFile("Tệp này không phải bảng tính. Hãy gửi tệp Excel (.xlsx, .xls), .ods hoặc .csv.")
    first_row = 1
    if told := _SEPARATOR_LINE.match(text):
        delimiter, text, first_row = told[1], text[told.end() :], 2
    else:
        delimiter = _guess_delimiter(text)
    csv.field_size_limit(MAX_TEXT * 4)
    rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append(tuple(map(_cell, row)))
            if len(rows) > MAX_ROWS:
                raise too_many_rows()
    except csv.Error:
        raise UnreadableFile("Tệp chữ này không theo dạng bảng (có dấu ngoặc kép không đóng hoặc ô quá dài).") from None
    return Sheet(name, tuple(rows), first_row)


def _cell(text: str) -> Cell:
    if not text or text.isspace():
        return None
    if kept := _KEPT_AS_TEXT.fullmatch(text):
        return kept[1]
    return text[1:] if _GUARDED.match(text) else text


def _guess_delimiter(text: str) -> str:
    lines = "\n".join([line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES])
    return max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: str, delimiter: str) -> int:
    """How well a delimiter cuts the lines alike: the columns of all rows that have the usual number of them."""
    try:
        widths = Counter(len(row) for row in csv.reader(StringIO(lines), delimiter=delimiter))
    except csv.Error:
        return 0
    return max((width * times for width, times in widths.items() if width > 1), default=0)
