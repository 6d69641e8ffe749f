"""Biên bản họp xét xếp loại: who was there, what was said, and the hands counted for each in one table."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from ..domain.dates import long_day
from ..domain.figures import padded, percent
from ..domain.meeting_minutes import MeetingMinutes, Presiding, Remark
from ..domain.papers import Signer, plain_name
from ..domain.petitions import counted
from . import fonts
from .levels import column_head, figure, in_words, named_letters, narrow_among, order_width
from .outlines import Block, Cell, Grid, HeadCell, Outline, Section, Style, Together, TwoSigners, Words, pdf
from .page import PORTRAIT
from .styles import CELL, TABLE_HEAD_SMALL
from .tables import heads_that_fit
from .text import NBSP, cut

TITLE = "Biên bản họp xét xếp loại"

_TT, _RESULT = 9 * mm, 38 * mm
_VOTE, _LEAST_NAME = 16 * mm, 36 * mm
_BESIDE = 10  # points beside a result
_NO_LEVEL = "Chưa quá nửa"
_HOUR = f"……{NBSP}giờ{NBSP}……"
_ROOM_TO_WRITE = "……" * 70
_ON_ONE_PAGE = 28  # so many rows stand with their heading on one page


def render(minutes: MeetingMinutes) -> bytes:
    """A meeting's minutes in, their PDF out."""
    return pdf(outline(minutes))


def outline(minutes: MeetingMinutes) -> Outline:
    """What the minutes say, before they are set."""
    return Outline(
        title=f"{TITLE} năm {minutes.year}",
        letterhead=minutes.letterhead,
        kind="BIÊN BẢN",
        subject=(f"Họp đánh giá, xếp loại đoàn viên năm {minutes.year}",),
        blocks=(*_those_there(minutes), *_what_was_said(minutes), *_votes(minutes), *_close(minutes)),
        verification=minutes.verification,
    )


def _those_there(minutes: MeetingMinutes) -> tuple[Block, ...]:
    day = long_day(minutes.held_on, nbsp=True)
    opening = f"Hôm nay, lúc {_HOUR} {day}, tại ……………………, {plain_name(minutes.branch)} họp đánh giá, xếp loại đoàn viên."
    presiding = f"3. Chủ trì: {_named(minutes.chair)}. Thư ký: {_named(minutes.clerk)}."
    return (Words(opening), Section("I. THÀNH PHẦN"), Words(_attendance(minutes)), Words(_not_rated(minutes)), Words(presiding))


def _attendance(minutes: MeetingMinutes) -> str:
    rated, away = len(minutes.rows), len(minutes.rows) - minutes.present
    enough = ", quá nửa theo quy định" if minutes.present >= minutes.needed else ""
    said = f"; vắng {padded(away)}: {_listed(minutes.absent)}" if minutes.absent else ""
    share = percent(minutes.present, rated, nbsp=True)
    whole = padded(rated + len(minutes.unrated))
    there = f"Có mặt {minutes.present}/{rated} ({share}){enough}{said}."
    return f"1. Tổng số đoàn viên {whole}, trong đó thuộc diện xếp loại {padded(rated)}. {there}"


def _not_rated(minutes: MeetingMinutes) -> str:
    if not minutes.unrated:
        return "2. Mọi đoàn viên đều thuộc diện xếp loại."
    return f"2. Không thuộc diện xếp loại {padded(len(minutes.unrated))}: {_listed(minutes.unrated)}."


def _listed(people: Sequence[Remark]) -> str:
    return "; ".join(f"{cut(one.name, 120)} ({one.words.rstrip('.')})" if one.words else cut(one.name, 120) for one in people)


def _named(one: Presiding) -> str:
    return ", ".join(part for part in (cut(one.name, 120), one.post) if part) or "……………………"


def _what_was_said(minutes: MeetingMinutes) -> tuple[Block, ...]:
    return Section("II. NỘI DUNG"), Words(minutes.notes.strip() or _ROOM_TO_WRITE)


def _votes(minutes: MeetingMinutes) -> tuple[Block, ...]:
    title = "III. KẾT QUẢ BỎ PHIẾU KÍN" if minutes.secret and not minutes.by_hands else "III. KẾT QUẢ BIỂU QUYẾT"
    how = f"{_manner(minutes)}, {padded(minutes.present)}{NBSP}đồng chí có mặt. "
    rule = f"Kết quả của mỗi người là mức được quá nửa số người có mặt (từ {padded(minutes.majority)}{NBSP}phiếu)."
    aside = " Người được xét không biểu quyết về mình." if minutes.abstains else ""
    blocks: tuple[Block, ...] = (Section(title), Words(how + rule + aside))
    if not minutes.rows:
        return Section(title), Words("Không có đoàn viên thuộc diện xếp loại.")
    whole = (*blocks, _table(minutes), *_letters_said(minutes))
    return (Together(whole),) if len(minutes.rows) <= _ON_ONE_PAGE else whole


def _manner(minutes: MeetingMinutes) -> str:
    if not minutes.secret:
        return "Biểu quyết bằng giơ tay"
    rows = ", ".join(map(str, minutes.by_hands))
    return f"Bỏ phiếu kín, riêng TT{NBSP}{rows} biểu quyết bằng giơ tay" if rows else "Bỏ phiếu kín"


def _table(minutes: MeetingMinutes) -> Grid:
    many, blank = len(minutes.levels), (None,) * (len(minutes.levels) - 1)
    order, vote, result = _widths(minutes)
    upper = (
        HeadCell("TT", down=2),
        HeadCell("Họ và tên", down=2),
        HeadCell("Số phiếu theo mức", across=many),
        *blank,
        HeadCell("Kết quả", down=2),
    )
    lower = (None, None, *map(HeadCell, _level_heads(minutes)), None)
    rows = tuple(
        (figure(order), Cell(cut(row.name, 120)), *map(figure, row.votes), Cell(row.level.short if row.level else _NO_LEVEL))
        for order, row in enumerate(minutes.rows, 1)
    )
    columns = tuple(range(2, 2 + many))
    widths = (order, PORTRAIT.width - order - result - many * vote, *[vote] * many, result)
    return Grid(
        "Biểu quyết", widths, (upper, lower), rows, figures=(0, *columns), narrow=columns, close=narrow_among(widths, columns), small=True
    )


def _widths(minutes: MeetingMinutes) -> tuple[float, float, float]:
    """Of the running number, of the votes for a level, and of the result, in points: votes get less where there are many levels."""
    order = order_width(len(minutes.rows), _TT)
    said = [*(level.short for level in minutes.levels), _NO_LEVEL]
    result = min(_RESULT, max(fonts.width(text, CELL.fontName, CELL.fontSize) for text in said) + _BESIDE)
    return order, min(_VOTE, (PORTRAIT.width - order - result - _LEAST_NAME) / len(minutes.levels)), result


def _level_heads(minutes: MeetingMinutes) -> tuple[str, ...]:
    heads = [column_head(level) for level in minutes.levels]
    letters = [level.letters for level in minutes.levels]
    return heads_that_fit(heads, letters, _widths(minutes)[1] - 2, TABLE_HEAD_SMALL)


def _letters_said(minutes: MeetingMinutes) -> tuple[Block, ...]:
    """What letters over the columns stand for, where it is letters that stand there."""
    in_letters = _level_heads(minutes) == tuple(level.letters for level in minutes.levels)
    return (Words(f"{named_letters(minutes.levels)}.", Style.NOTE),) if in_letters else ()


def _close(minutes: MeetingMinutes) -> tuple[Block, ...]:
    sums = _sums(minutes)
    end = f"Biên bản đọc lại trước hội nghị, các đồng chí có mặt nhất trí; họp kết thúc lúc {_HOUR} cùng ngày."
    signers = TwoSigners(Signer(("THƯ KÝ",), minutes.clerk.name), Signer(("CHỦ TRÌ",), minutes.chair.name))
    return (*([Words(sums)] if sums else []), Words(end), signers)


def _sums(minutes: MeetingMinutes) -> str:
    given = [row.level for row in minutes.rows if row.level]
    if not given:
        return ""
    without = len(minutes.rows) - len(given)
    rest = f"; chưa mức nào quá nửa {padded(without)}" if without else ""
    return f"Cộng {padded(len(given))}: {in_words(minutes.levels, counted(minutes.levels, given))}{rest}."
