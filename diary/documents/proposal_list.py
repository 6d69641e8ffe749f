"""Danh sách đề nghị xếp loại đoàn viên: a branch's rated members, the shares per level, those not rated, and the signature."""

from reportlab.lib.units import mm

from ..domain.figures import NONE, number, padded
from ..domain.papers import LevelName
from ..domain.proposal_lists import ProposalList, ProposalRow, level_counts
from .levels import figure, letters_width, named_letters, share_cells, total_share
from .outlines import Block, Cell, Closing, Grid, HeadCell, Look, Outline, Style, Together, Words, pdf
from .outlines.shapes import Row
from .page import LANDSCAPE
from .text import cut, sentence

TITLE = "Danh sách đề nghị xếp loại đoàn viên"

_TT, _BORN, _POSITION, _SHARE, _SELF, _PROPOSED = 10 * mm, 14 * mm, 28 * mm, 20 * mm, 19 * mm, 20.5 * mm
_NAME = 49 * mm
_SUM_LABEL, _SUM_TOTAL = 38.5 * mm, 30 * mm


def render(listing: ProposalList) -> bytes:
    """A branch's list in, its PDF out (A4 landscape)."""
    return pdf(outline(listing))


def outline(listing: ProposalList) -> Outline:
    """What the list says, before it is set."""
    nobody = Words("Không có đoàn viên thuộc diện xếp loại.", Style.NOTE)
    return Outline(
        title=f"{TITLE} năm {listing.year}",
        letterhead=listing.letterhead,
        kind="DANH SÁCH",
        subject=(f"Đề nghị xếp loại đoàn viên năm {listing.year}",),
        blocks=(
            _members_table(listing) if listing.rows else nobody,
            *_unrated_lines(listing),
            Together((_summary_table(listing), _note(listing), Closing(listing.signer, listing.recipients))),
        ),
        landscape=True,
        verification=listing.verification,
    )


def _members_table(listing: ProposalList) -> Grid:
    votes = len(listing.levels)
    vote_widths = [letters_width(level) for level in listing.levels]
    note = LANDSCAPE.width - sum((_TT, _NAME, _BORN, _POSITION, _SHARE, _SELF, _PROPOSED, *vote_widths))
    widths = (_TT, _NAME, _BORN, _POSITION, _SHARE, _SELF, *vote_widths, _PROPOSED, note)
    rows = tuple(_member_row(order, row, votes) for order, row in enumerate(listing.rows, 1))
    columns = range(6, 6 + votes)
    return Grid("Danh sách", widths, _heads(listing), rows, figures=(0, 4, *columns), narrow=tuple(columns))


def _heads(listing: ProposalList) -> tuple[tuple[HeadCell | None, ...], ...]:
    voters = "Số phiếu" if listing.voters is None else f"Số phiếu (trên {listing.voters})"
    before = ("TT", "Họ và tên", "Năm sinh", "Chức vụ", "Tham gia (%)", "Tự xếp loại")
    blanks = [None] * (len(listing.levels) - 1)
    votes = HeadCell(voters, across=len(listing.levels))
    after = (HeadCell("Chi đoàn đề nghị", down=2), HeadCell("Ghi chú", down=2))
    upper = (*(HeadCell(text, down=2) for text in before), votes, *blanks, *after)
    return upper, (*[None] * len(before), *(HeadCell(level.letters) for level in listing.levels), None, None)


def _member_row(order: int, row: ProposalRow, votes: int) -> tuple[Cell, ...]:
    counts = [Cell(NONE, Look.RIGHT)] * votes if row.votes is None else [figure(count) for count in row.votes]
    share = NONE if row.participation is None else number(row.participation, 1)
    return (
        figure(order),
        Cell(cut(row.name, 120)),
        Cell(str(row.birth_year or ""), Look.CENTRE, row.birth_year),
        Cell(cut(row.position, 120)),
        Cell(share, Look.RIGHT, row.participation),
        Cell(_letters(row.self_level), Look.CENTRE),
        *counts,
        Cell(_letters(row.proposed), Look.BOLD_CENTRE),
        Cell(cut(row.note), Look.SMALL),
    )


def _unrated_lines(listing: ProposalList) -> tuple[Block, ...]:
    """Who is not rated and why, a line each."""
    if not listing.unrated:
        return ()
    lines = []
    for order, row in enumerate(listing.unrated, 1):
        born = f" ({row.birth_year})" if row.birth_year else ""
        lines.append(f"{order}. {cut(row.name, 120)}{born}: {sentence(row.reason or 'chưa ghi lý do')}".replace("\n", " "))
    head = Words(f"Không thuộc diện xếp loại ({padded(len(listing.unrated))}):", Style.LINE_BOLD)
    return head, Words("\n".join(lines), Style.LINE)


def _summary_table(listing: ProposalList) -> Grid:
    many = len(listing.levels)
    counts = level_counts(listing.levels, listing.rows)
    heads = (HeadCell("Tổng hợp"), *(HeadCell(level.short) for level in listing.levels), HeadCell("Cộng"))
    rows: list[Row] = [
        (Cell("Số đoàn viên"), *map(figure, counts), figure(sum(counts), Look.BOLD_RIGHT)),
        (Cell("Tỷ lệ (%)"), *share_cells(counts), Cell(total_share(counts), Look.BOLD_RIGHT)),
    ]
    if listing.earlier:
        earlier = listing.earlier.counts
        label, total = Cell(f"Năm {listing.earlier.year} (%)", Look.GREY), Cell(total_share(earlier), Look.GREY_RIGHT)
        rows.append((label, *share_cells(earlier, Look.GREY_RIGHT), total))
    widths = (_SUM_LABEL, *[(LANDSCAPE.width - _SUM_LABEL - _SUM_TOTAL) / many] * many, _SUM_TOTAL)
    return Grid("Tổng hợp", widths, (heads,), tuple(rows), figures=tuple(range(1, many + 2)))


def _note(listing: ProposalList) -> Words:
    """The denominators behind the shares, and what the letters of the levels stand for."""
    rated = sum(level_counts(listing.levels, listing.rows))
    everyone = len(listing.rows) + len(listing.unrated)
    facts = [f"{padded(everyone)} đoàn viên", f"{padded(len(listing.unrated))} không thuộc diện"]
    missing = len(listing.rows) - rated
    if missing:
        facts.append(f"{padded(missing)} chưa có mức đề nghị")
    if listing.earlier:
        facts.append(f"năm {listing.earlier.year}: {padded(sum(listing.earlier.counts))} đoàn viên được xếp loại")
    denominator = f"Mẫu số: {padded(rated)} đoàn viên được đề nghị xếp loại ({'; '.join(facts)})."
    return Words(f"{denominator} {named_letters(listing.levels)}.", Style.NOTE)


def _letters(level: LevelName | None) -> str:
    return NONE if level is None else level.letters
