"""Danh sách đề nghị xếp loại đoàn viên: a branch's rated members, the shares per level, those not rated, and the signature."""

from reportlab.lib.units import mm

from ..domain.figures import NONE, number, padded
from ..domain.proposal_lists import ProposalList, ProposalRow, level_counts
from .levels import figure, letters_of, letters_width, named_letters, narrow_among, order_width, summary
from .outlines import Block, Cell, Closing, Grid, HeadCell, Look, Outline, Style, Together, Words, pdf
from .page import LANDSCAPE
from .text import cut, sentence

TITLE = "Danh sách đề nghị xếp loại đoàn viên"

_TT, _BORN, _POSITION, _SHARE, _SELF, _PROPOSED = 10 * mm, 14 * mm, 28 * mm, 20 * mm, 19 * mm, 20.5 * mm
_NAME, _NOTE = 49 * mm, 32 * mm
_LEAST_NAME, _LEAST_POSITION, _LEAST_VOTE = 40 * mm, 24 * mm, 10 * mm  # where many levels leave little


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
            Together((_summary(listing), _note(listing), Closing(listing.signer, listing.recipients))),
        ),
        landscape=True,
        verification=listing.verification,
    )


def _members_table(listing: ProposalList) -> Grid:
    votes = len(listing.levels)
    rows = tuple(_member_row(order, row, votes) for order, row in enumerate(listing.rows, 1))
    columns = range(6, 6 + votes)
    widths = _widths(listing)
    close = narrow_among(widths, columns)
    return Grid("Danh sách", widths, _heads(listing), rows, figures=(0, 4, *columns), narrow=tuple(columns), close=close)


def _widths(listing: ProposalList) -> tuple[float, ...]:
    """The columns in points; the note gets what is left, and where that is little, names, posts and votes get less."""
    order, name, position = order_width(len(listing.rows), _TT), _NAME, _POSITION
    votes = [letters_width(level) for level in listing.levels]
    room = LANDSCAPE.width - sum((order, _BORN, _SHARE, _SELF, _PROPOSED))
    if room - name - position - sum(votes) < _NOTE:
        name, position = _LEAST_NAME, _LEAST_POSITION
        most = max(_LEAST_VOTE, (room - name - position - _NOTE) / len(votes))
        votes = [min(width, most) for width in votes]
    note = room - name - position - sum(votes)
    return order, name, _BORN, position, _SHARE, _SELF, *votes, _PROPOSED, note


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
        Cell(letters_of(row.self_level), Look.CENTRE),
        *counts,
        Cell(letters_of(row.proposed), Look.BOLD_CENTRE),
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


def _summary(listing: ProposalList) -> Grid:
    return summary(listing.levels, level_counts(listing.levels, listing.rows), LANDSCAPE.width, listing.earlier)


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
