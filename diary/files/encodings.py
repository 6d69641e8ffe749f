"""Text of the years before Unicode: fonts like .VnTime (TCVN3) and VNI-Times, and bytes of Windows-1258."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from diary.domain.sheets import Cell, Row, Sheet

from .syllables import count_strange, count_vietnamese, is_all_vietnamese

UNICODE, TCVN3, VNI = "Unicode", "TCVN3", "VNI"
ENCODINGS = (UNICODE, TCVN3, VNI)

_SAMPLE = 3_000  # different texts looked at before an encoding is named
_FEW = 3  # a column with fewer telling words than this follows its sheet
_BEYOND_LATIN = re.compile("[\u0100-\u0151\u0154-\u0177\u0179-\u017c\u01a0-\u01b0\u0300-\u036f\u1e00-\u1eff]")

_ASCII_LETTERS = re.compile("[A-Za-z]")
_LEFT_OUT_OF_VNI = {"aú": "ẳ", "AÚ": "Ẳ", "Aú": "Ẳ"}  # the one letter the library's table lacks


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=50_000)
def _from_tcvn3(text: str) -> str:
    """TCVN3 has no capitals with tones: a text typed in capitals comes out half small, and is made whole again."""
    converted = _convert(text, "tcvn3")
    letters = _ASCII_LETTERS.findall(converted)
    return converted.upper() if len(letters) > 2 and all(map(str.isupper, letters)) else converted


@lru_cache(maxsize=50_000)
def _from_vni(text: str) -> str:
    for old, new in _LEFT_OUT_OF_VNI.items():
        text = text.replace(old, new)
    return _convert(text, "vni")


def _convert(text: str, table: str) -> str:
    from viparse.normalize.encodings import CHARMAPS  # takes 90 ms, and most files need none of it
    from viparse.normalize.tables import convert

    return str(convert(text, CHARMAPS[table]))


_READINGS: dict[str, Callable[[str], str]] = {UNICODE: _plain, TCVN3: _from_tcvn3, VNI: _from_vni}


def repair_encoding(sheet: Sheet, told: str = "") -> tuple[Sheet, str]:
    """A sheet as read in; the sheet in composed Unicode and the name of what it was written in out ("Unicode", "TCVN3", "VNI").

    What someone `told` is believed.

    The encoding is settled over a whole sheet, then column by column, never by a single cell: one name alone reads as Vietnamese in
    several ways. Only a cell that makes no sense in its column's encoding, or holds letters no old font had, is read on its own.
    """
    width = max(map(len, sheet.rows), default=0)
    found = told if told in _READINGS else guess_encoding(_telling_texts(cell for row in sheet.rows for cell in row))
    columns = [found] * width if told in _READINGS else [_column_encoding(sheet.rows, number, found) for number in range(width)]
    rows = tuple(_repair_row(row, columns) for row in sheet.rows)
    old = [name for name in (found, *columns) if name != UNICODE]
    encoding = old[0] if old else UNICODE
    return replace(sheet, name=_plain(sheet.name), rows=rows, encoding=encoding), encoding


def repair_sheets(sheets: Iterable[Sheet], told: Mapping[str, str] | None = None) -> tuple[Sheet, ...]:
    """Sheets as read in, each repaired by `repair_encoding` out; `Sheet.encoding` tells what it was.

    `told` gives, by sheet name, the encoding someone named.
    """
    return tuple(repair_encoding(sheet, (told or {}).get(_plain(sheet.name), ""))[0] for sheet in sheets)


def guess_encoding(texts: Iterable[str]) -> str:
    """Texts written by one hand in, the reading ("Unicode", "TCVN3", "VNI") that makes most Vietnamese words of them out."""
    together = "\n".join(texts)
    if is_all_vietnamese(_plain(together)):
        return UNICODE
    scores = {name: count_vietnamese(read(together)) for name, read in _READINGS.items()}
    return max(scores, key=scores.__getitem__)


def decode_bytes(content: bytes) -> str:
    """The bytes of a text file in, its text out: UTF-8, UTF-16 with or without its mark, or one byte a letter.

    Of the last, Windows-1258 is told from an old font's bytes by which makes more Vietnamese words; an old font's letters come back
    unconverted, for `repair_encoding`. Never fails: what cannot be read becomes U+FFFD.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if wide := _utf16_without_mark(content):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_single_bytes(content)


def _decode_single_bytes(content: bytes) -> str:
    windows = _plain(content.decode("cp1258", "replace"))
    latin = content.decode("latin-1")
    best_old = max(count_vietnamese(_from_tcvn3(latin)), count_vietnamese(_from_vni(latin)))
    return windows if count_vietnamese(windows) >= best_old else latin


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:4000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) / half > 0.2 and sample[0::2].count(0) / half < 0.05:
        return "utf-16-le"
    if sample[0::2].count(0) / half > 0.2 and sample[1::2].count(0) / half < 0.05:
        return "utf-16-be"
    return None


def _telling_texts(cells: Iterable[Cell]) -> list[str]:
    texts: dict[str, None] = {}
    for cell in cells:
        if isinstance(cell, str) and not cell.isascii():
            texts[cell] = None
            if len(texts) >= _SAMPLE:
                break
    return list(texts)


def _column_encoding(rows: tuple[Row, ...], number: int, of_sheet: str) -> str:
    texts = _telling_texts(row[number] for row in rows if number < len(row))
    return guess_encoding(texts) if len(texts) >= _FEW else of_sheet


def _repair_row(row: Row, columns: Sequence[str]) -> Row:
    """A row with a cell of plain Unicode in a column of an old font (a head typed later) is Unicode wherever both readings make sense."""
    pairs = list(zip(row, columns, strict=False))
    typed_later = any(encoding != UNICODE and isinstance(cell, str) and _BEYOND_LATIN.search(cell) for cell, encoding in pairs)
    return tuple(_repair_cell(cell, encoding, typed_later) for cell, encoding in pairs)


def _repair_cell(cell: Cell, encoding: str, typed_later: bool) -> Cell:
    if not isinstance(cell, str) or cell.isascii():
        return cell
    plain = _plain(cell)
    if encoding == UNICODE or _BEYOND_LATIN.search(cell):
        return plain
    converted = _READINGS[encoding](cell)
    gain = count_vietnamese(converted) - count_vietnamese(plain) or count_strange(plain) - count_strange(converted)
    return plain if gain < 0 or (gain == 0 and typed_later) else converted
