"""Danh sách đề nghị xếp loại đoàn viên: a branch's rated members, the shares per level, those not rated, and the signature."""

from collections.abc import Sequence
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from ..domain.figures import NONE, number, padded, shares
from ..domain.papers import LevelName
from ..domain.proposal_lists import ProposalList, ProposalRow, level_counts
from . import fonts
from .endings import EndBlock, recipients
from .letterhead import LetterheadBlock, title_block
from .page import LANDSCAPE, Footer, Part, typeset
from .styles import (
    CELL,
    CELL_BOLD,
    CELL_BOLD_CENTRE,
    CELL_BOLD_RIGHT,
    CELL_CENTRE,
    CELL_GREY,
    CELL_GREY_RIGHT,
    CELL_RIGHT,
    CELL_SMALL,
    FORM_NOTE,
    TABLE_HEAD,
)
from .tables import cells, head, ruled, table
from .text import cut, paragraph, sentence

TITLE = "Danh sách đề nghị xếp loại đoàn viên"

_TT, _BORN, _POSITION, _SHARE, _SELF, _PROPOSED = 10 * mm, 14 * mm, 28 * mm, 20 * mm, 19 * mm, 20.5 * mm
_NAME = 49 * mm
_LEAST_VOTE, _VOTE_PADDING = 12 * mm, 6
_SUM_LABEL, _SUM_TOTAL = 38.5 * mm, 30 * mm


def render(listing: ProposalList) -> bytes:
    """A branch's list in, its PDF out (A4 landscape)."""
    title = f"{TITLE} năm {listing.year}"
    return typeset(title, listing.letterhead.author, LANDSCAPE, [Part(lambda: _story(listing), Footer(listing.verification))])


def _story(listing: ProposalList) -> list[Flowable]:
    return [
        LetterheadBlock(listing.letterhead),
        *title_block("DANH SÁCH", f"Đề nghị xếp loại đoàn viên năm {listing.year}"),
        _members_table(listing) if listing.rows else paragraph(FORM_NOTE, "Không có đoàn viên thuộc diện xếp loại."),
        *_unrated_lines(listing),
        KeepTogether([_summary_table(listing), _note(listing), EndBlock(listing.signer, recipients(listing.recipients))]),
    ]


def _members_table(listing: ProposalList) -> Flowable:
    votes = len(listing.levels)
    vote_widths = [max(_LEAST_VOTE, _width_of(level.letters) + _VOTE_PADDING) for level in listing.levels]
    note = LANDSCAPE.width - sum((_TT, _NAME, _BORN, _POSITION, _SHARE, _SELF, _PROPOSED, *vote_widths))
    widths = [_TT, _NAME, _BORN, _POSITION, _SHARE, _SELF, *vote_widths, _PROPOSED, note]
    rows = [*_heads(listing), *(_member_row(number, row, votes) for number, row in enumerate(listing.rows, 1))]
    spans = [("SPAN", (column, 0), (column, 1)) for column in (*range(6), 6 + votes, 7 + votes)]
    narrow = [(side, (6, 0), (5 + votes, 1), 1) for side in ("LEFTPADDING", "RIGHTPADDING")]
    look = ruled(2, figures=(0, 4, *range(6, 6 + votes)), tight=True, more=(("SPAN", (6, 0), (5 + votes, 0)), *spans, *narrow))
    return table(rows, widths, look, heads=2)


def _heads(listing: ProposalList) -> list[list[Flowable]]:
    voters = "Số phiếu" if listing.voters is None else f"Số phiếu (trên {listing.voters})"
    blanks = [""] * (len(listing.levels) - 1)
    upper = head("TT", "Họ và tên", "Năm sinh", "Chức vụ", "Tham gia (%)", "Tự xếp loại", voters, *blanks, "Chi đoàn đề nghị", "Ghi chú")
    return [upper, head(*[""] * 6, *(level.letters for level in listing.levels), "", "")]


def _member_row(order: int, row: ProposalRow, votes: int) -> list[Flowable]:
    counts = [NONE] * votes if row.votes is None else [number(count) for count in row.votes]
    return [
        paragraph(CELL_RIGHT, str(order)),
        paragraph(CELL, cut(row.name, 120)),
        paragraph(CELL_CENTRE, str(row.birth_year or "")),
        paragraph(CELL, cut(row.position, 120)),
        paragraph(CELL_RIGHT, NONE if row.participation is None else number(row.participation, 1)),
        paragraph(CELL_CENTRE, _letters(row.self_level)),
        *cells(CELL_RIGHT, *counts),
        paragraph(CELL_BOLD_CENTRE, _letters(row.proposed)),
        paragraph(CELL_SMALL, cut(row.note)),
    ]


def _unrated_lines(listing: ProposalList) -> list[Flowable]:
    """Who is not rated and why, a line each."""
    if not listing.unrated:
        return []
    lines: list[Flowable] = [CondPageBreak(50), paragraph(CELL_BOLD, f"Không thuộc diện xếp loại ({padded(len(listing.unrated))}):")]
    for order, row in enumerate(listing.unrated, 1):
        born = f" ({row.birth_year})" if row.birth_year else ""
        lines.append(paragraph(CELL, f"{order}. {cut(row.name, 120)}{born}: {sentence(row.reason or 'chưa ghi lý do')}"))
    return [*lines, Spacer(1, 6)]


def _summary_table(listing: ProposalList) -> Flowable:
    many = len(listing.levels)
    counts = level_counts(listing.levels, listing.rows)
    rows = [
        head("Tổng hợp", *(level.short for level in listing.levels), "Cộng"),
        [paragraph(CELL, "Số đoàn viên"), *cells(CELL_RIGHT, *map(number, counts)), paragraph(CELL_BOLD_RIGHT, number(sum(counts)))],
        [paragraph(CELL, "Tỷ lệ (%)"), *cells(CELL_RIGHT, *_shares(counts)), paragraph(CELL_BOLD_RIGHT, _total(counts))],
    ]
    if listing.earlier:
        earlier = listing.earlier.counts
        label = paragraph(CELL_GREY, f"Năm {listing.earlier.year} (%)")
        rows.append([label, *cells(CELL_GREY_RIGHT, *_shares(earlier), _total(earlier))])
    widths = [_SUM_LABEL, *[(LANDSCAPE.width - _SUM_LABEL - _SUM_TOTAL) / many] * many, _SUM_TOTAL]
    return table(rows, widths, ruled(1, figures=tuple(range(1, many + 2)), tight=True))


def _shares(counts: Sequence[int]) -> list[str]:
    parts: Sequence[Decimal] = shares(counts)
    return [number(part, 1) for part in parts] or [NONE] * len(counts)


def _total(counts: Sequence[int]) -> str:
    return number(100, 1) if sum(counts) else NONE


def _note(listing: ProposalList) -> Flowable:
    """The denominators behind the shares, and what the letters of the levels stand for."""
    rated = sum(level_counts(listing.levels, listing.rows))
    everyone = len(listing.rows) + len(listing.unrated)
    facts = [f"{padded(everyone)} đoàn viên", f"{padded(len(listing.unrated))} không thuộc diện"]
    missing = len(listing.rows) - rated
    if missing:
        facts.append(f"{padded(missing)} chưa có mức đề nghị")
    if listing.earlier:
        facts.append(f"năm {listing.earlier.year}: {padded(sum(listing.earlier.counts))} đoàn viên được xếp loại")
    letters = "; ".join(f"{level.letters}: {level.name[:1].lower()}{level.name[1:]}" for level in listing.levels)
    return paragraph(FORM_NOTE, f"Mẫu số: {padded(rated)} đoàn viên được đề nghị xếp loại ({'; '.join(facts)}). {letters}.")


def _letters(level: LevelName | None) -> str:
    return NONE if level is None else level.letters


def _width_of(letters: str) -> float:
    return fonts.width(letters, TABLE_HEAD.fontName, TABLE_HEAD.fontSize)
