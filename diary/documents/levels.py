"""Levels counted: heads of columns, shares in words, and the tables that add them up."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from ..domain.figures import NONE, number, padded, shares
from ..domain.papers import LevelName
from . import fonts
from .outlines import Cell, Grid, HeadCell, Look
from .outlines.shapes import Row
from .styles import TABLE_HEAD
from .text import NBSP

_LEAST, _PADDING = 12 * mm, 6
_COMMON = "Hoàn thành "


def letters_width(level: LevelName) -> float:
    """How wide a column headed by the level's letters is, in points."""
    return float(max(_LEAST, fonts.width(level.letters, TABLE_HEAD.fontName, TABLE_HEAD.fontSize) + _PADDING))


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


def by_unit(
    name: str, head: str, units: Sequence[tuple[str, ...]], counts: Sequence[Sequence[int]], levels: Sequence[LevelName], width: float
) -> Grid:
    """A table of units by levels with its sum and shares, `width` points wide.

    Each unit is its name, or its name and what it belongs to; `head` stands over the names.
    """
    above = bool(units) and len(units[0]) > 1
    many = len(levels)
    sums = [sum(column) for column in zip(*counts, strict=True)] or [0] * many
    order, rated, level_width = 10 * mm, 24 * mm, max(17 * mm, *map(letters_width, levels))
    left = width - order - rated - many * level_width
    names = (left * 0.5, left * 0.5) if above else (left,)
    heads = (
        HeadCell("TT"),
        HeadCell(head),
        *([HeadCell("Trực thuộc")] if above else []),
        HeadCell("Được xếp loại"),
        *(HeadCell(level.letters) for level in levels),
    )
    first = 2 + above
    rows: list[Row] = [
        (figure(place), *(Cell(text) for text in unit), figure(sum(each)), *map(figure, each))
        for place, (unit, each) in enumerate(zip(units, counts, strict=True), 1)
    ]
    rows.append((Cell(""), Cell("Cộng", Look.BOLD), *[Cell("")] * above, *(figure(n, Look.BOLD_RIGHT) for n in (sum(sums), *sums))))
    rows.append((Cell(""), Cell("Tỷ lệ (%)"), *[Cell("")] * above, Cell(total_share(sums), Look.RIGHT), *share_cells(sums)))
    return Grid(name, (order, *names, rated, *[level_width] * many), (heads,), tuple(rows), figures=(0, *range(first, first + 1 + many)))
