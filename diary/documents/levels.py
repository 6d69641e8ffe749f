"""Levels counted: heads of columns, shares in words, and the tables that add them up."""

from collections.abc import Iterable, Iterator, Sequence

from reportlab.lib.units import mm

from ..domain.figures import NONE, number, padded, shares
from ..domain.papers import EarlierYear, LevelName
from . import fonts
from .outlines import Cell, Grid, HeadCell, Look
from .outlines.shapes import Row
from .styles import CELL, TABLE_HEAD
from .text import NBSP

_LEAST, _PADDING = 12 * mm, 6
_LEVEL, _NAME, _LEAST_NAME = 17 * mm, 58 * mm, 38 * mm  # a level's column; what a unit's name should have, and what it keeps
_SUM_LABEL, _SUM_TOTAL = 38.5 * mm, 30 * mm
_ROOMY, _ROOMY_SHARE = 11.9 * mm, 16 * mm  # for a count, and for a share up to 100,0
_FIGURE_SIDES = 12.5  # points beside a figure
_COMMON = "Hoàn thành "


def letters_width(level: LevelName) -> float:
    """How wide a column headed by the level's letters is, in points."""
    return float(max(_LEAST, fonts.width(level.letters, TABLE_HEAD.fontName, TABLE_HEAD.fontSize) + _PADDING))


def order_width(rows: int, least: float) -> float:
    """How wide a column of running numbers up to `rows` is, in points: at least `least`, and no number breaks."""
    return max(least, fonts.width(number(rows), CELL.fontName, CELL.fontSize) + _FIGURE_SIDES)


def narrow_among(widths: Sequence[float], columns: Iterable[int], shares: bool = False) -> tuple[int, ...]:
    """Those of `columns` that are too narrow for counts, or for `shares`, with room beside them."""
    return tuple(column for column in columns if widths[column] < (_ROOMY_SHARE if shares else _ROOMY))


def column_head(level: LevelName) -> str:
    """A level over a column, without what the levels share: "Xuất sắc", "Tốt", "Hoàn thành", "Không HT"."""
    rest = level.short.removeprefix(_COMMON)
    if rest != level.short:
        return rest[:1].upper() + rest[1:]
    return level.short.replace("hoàn thành", "HT")


def named_letters(levels: Sequence[LevelName]) -> str:
    """What the letters stand for: "HTT: hoàn thành tốt nhiệm vụ; HT: …"."""
    return "; ".join(f"{level.letters}: {level.name[:1].lower()}{level.name[1:]}" for level in levels)


def in_words(levels: Sequence[LevelName], counts: Sequence[int]) -> str:
    """Levels with their counts and shares: "hoàn thành tốt 17 (68,0 %), hoàn thành 03 (12,0 %)"."""
    parts = share_texts(counts)
    said = (
        f"{level.short[:1].lower()}{level.short[1:]} {padded(n)} ({part}{NBSP}%)"
        for level, n, part in zip(levels, counts, parts, strict=True)
    )
    return ", ".join(said)


def share_texts(counts: Sequence[int]) -> list[str]:
    """The counts' shares with one decimal, together 100,0; "–" for each where nothing is counted."""
    return [number(part, 1) for part in shares(counts)] or [NONE] * len(counts)


def total_share(counts: Sequence[int]) -> str:
    """100,0, or "–" where nothing is counted."""
    return number(100, 1) if sum(counts) else NONE


def figure(count: int, look: Look = Look.RIGHT) -> Cell:
    """A count as a cell."""
    return Cell(number(count), look, count)


def share_cells(counts: Sequence[int], look: Look = Look.RIGHT) -> tuple[Cell, ...]:
    """The shares of counts as cells."""
    parts = shares(counts) or (None,) * len(counts)
    return tuple(Cell(text, look, part) for text, part in zip(share_texts(counts), parts, strict=True))


def letters_of(level: LevelName | None) -> str:
    """A level in letters, "–" where there is none."""
    return NONE if level is None else level.letters


def denominator(total: int, whose: str, units: int, earlier: EarlierYear | None, levels: Sequence[LevelName]) -> str:
    """What shares under a table are of, this year and the year before, and what the letters over it stand for.

    `whose` says how those counted stand: "được đề nghị".
    """
    before = f"; năm {earlier.year}: {padded(sum(earlier.counts))} đoàn viên được xếp loại" if earlier else ""
    return f"Mẫu số: {padded(total)} đoàn viên {whose} của {padded(units)} chi đoàn{before}. {named_letters(levels)}."


def summary(
    levels: Sequence[LevelName], counts: Sequence[int], width: float, earlier: EarlierYear | None, what: str = "Số đoàn viên"
) -> Grid:
    """A table of the levels' counts and shares, `width` points wide, and under them the shares of an earlier year; `what` is counted."""
    heads = (HeadCell("Tổng hợp"), *(HeadCell(level.short) for level in levels), HeadCell("Cộng"))
    rows: list[Row] = [
        (Cell(what), *map(figure, counts), figure(sum(counts), Look.BOLD_RIGHT)),
        (Cell("Tỷ lệ (%)"), *share_cells(counts), Cell(total_share(counts), Look.BOLD_RIGHT)),
    ]
    if earlier:
        label, total = Cell(f"Năm {earlier.year} (%)", Look.GREY), Cell(total_share(earlier.counts), Look.GREY_RIGHT)
        rows.append((label, *share_cells(earlier.counts, Look.GREY_RIGHT), total))
    widths = (_SUM_LABEL, *[(width - _SUM_LABEL - _SUM_TOTAL) / len(levels)] * len(levels), _SUM_TOTAL)
    return Grid("Tổng hợp", widths, (heads,), tuple(rows), figures=tuple(range(1, len(widths))))


def by_unit(
    name: str, head: str, units: Sequence[tuple[str, ...]], counts: Sequence[Sequence[int]], levels: Sequence[LevelName], width: float,
    earlier: EarlierYear | None = None,
) -> Grid:  # fmt: skip
    """A table of units by levels with its sum and shares, `width` points wide, and under them the shares of an earlier year.

    Each unit is its name, or its name and what it belongs to; `head` stands over the names.
    """
    names = max((len(unit) for unit in units), default=1)
    order, rated = order_width(len(units), 10 * mm), 24 * mm
    level_width = _level_width(levels, width - order - rated, names)
    name_width = (width - order - rated - len(levels) * level_width) / names
    above = ("Trực thuộc",) * (names - 1)
    heads = tuple(map(HeadCell, ("TT", head, *above, "Được xếp loại", *(level.letters for level in levels))))
    rows: list[Row] = [
        (figure(place), *(Cell(text) for text in unit), figure(sum(each)), *map(figure, each))
        for place, (unit, each) in enumerate(zip(units, counts, strict=True), 1)
    ]
    rows += _sums(counts, len(levels), names, earlier)
    widths = (order, *[name_width] * names, rated, *[level_width] * len(levels))
    figures, narrow = (0, *range(1 + names, len(widths))), narrow_among(widths, range(2 + names, len(widths)), shares=True)
    return Grid(name, widths, (heads,), tuple(rows), figures, narrow, narrow, together=4)


def _sums(counts: Sequence[Sequence[int]], many: int, names: int, earlier: EarlierYear | None) -> Iterator[Row]:
    """The last rows of a table by units: the sum, its shares, and those of an earlier year."""
    sums = [sum(column) for column in zip(*counts, strict=True)] or [0] * many
    blanks = [Cell("")] * (names - 1)
    yield Cell(""), Cell("Cộng", Look.BOLD), *blanks, *(figure(n, Look.BOLD_RIGHT) for n in (sum(sums), *sums))
    yield Cell(""), Cell("Tỷ lệ (%)"), *blanks, Cell(total_share(sums), Look.RIGHT), *share_cells(sums)
    if earlier:
        grey = Look.GREY_RIGHT
        total = Cell(total_share(earlier.counts), grey)
        yield Cell(""), Cell(f"Năm {earlier.year} (%)", Look.GREY), *blanks, total, *share_cells(earlier.counts, grey)


def _level_width(levels: Sequence[LevelName], room: float, names: int) -> float:
    """How wide each level's column is where `names` columns of names share `room` points with them: narrower the more levels there are."""
    good, most = ((room - names * name) / len(levels) for name in (_NAME, _LEAST_NAME))
    return float(min(max(min(_LEVEL, good), *map(letters_width, levels)), most))
