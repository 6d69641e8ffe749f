"""III. Chi đoàn nhận xét, biểu quyết và đề nghị."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from ...domain.dates import paper_day
from ...domain.evaluation_sheets import EvaluationSheet, Proposal, VoteCount
from ...domain.figures import NONE, number, shares
from ..blanks import DAY_DOTS, DOTS, DottedLines
from ..endings import Kept, form_signature
from ..headings import form_heading
from ..styles import CELL, CELL_BOLD_RIGHT, CELL_RIGHT, FORM, FORM_LEFT, TABLE_HEAD
from ..tables import cells, head, heads_that_fit, ruled, table
from ..text import NBSP, Run, bold, paragraph, paragraphs, sentence
from .self_assessment import written

_FIRST, _LAST = 26 * mm, 20 * mm
_HEAD_SIDE = 4
_LOOK = ruled(heads=1, figures=(1, 2, 3, 4, 5))
_VOTE_HEIGHT = 112  # the sentence, the table and some


def meeting_section(sheet: EvaluationSheet) -> list[Flowable]:
    """The heading, the branch's remark, the vote, the proposal and the secretary's signature."""
    if sheet.unrated:
        return _only_remarked(sheet)
    return [
        *form_heading("III. CHI ĐOÀN NHẬN XÉT, BIỂU QUYẾT VÀ ĐỀ NGHỊ"),
        *written("1. Nhận xét:", sheet.remark, 2),
        CondPageBreak(_VOTE_HEIGHT),
        paragraph(FORM_LEFT, bold("2. Biểu quyết"), _vote_words(sheet.vote)),
        _vote_table(sheet),
        *_proposal(sheet),
    ]


def _only_remarked(sheet: EvaluationSheet) -> list[Flowable]:
    """The branch's remark on someone who is not rated, and why not."""
    why = paragraph(FORM, bold("2. Không xếp loại. "), sentence(sheet.unrated))
    return [
        *form_heading("III. CHI ĐOÀN NHẬN XÉT"),
        *written("1. Nhận xét:", sheet.remark, 4),
        Kept(why, form_signature(sheet.branch_signer)),
    ]


def _vote_words(vote: VoteCount | None) -> str:
    if vote is None:
        return f" bằng {DOTS}, ngày{NBSP}{DAY_DOTS}; phát{NBSP}{DOTS}, thu{NBSP}{DOTS}, hợp{NBSP}lệ{NBSP}{DOTS}:"
    day = paper_day(vote.day)
    if vote.secret:
        return f" bằng phiếu kín, ngày {day}; phát {vote.handed_out}, thu {vote.collected}, hợp lệ {vote.valid}:"
    return f" bằng giơ tay, ngày {day}; có mặt {vote.handed_out}, biểu quyết {vote.valid}:"


def _vote_table(sheet: EvaluationSheet) -> Flowable:
    vote, many = sheet.vote, len(sheet.levels)
    label = "Số người" if vote and not vote.secret else "Số phiếu"
    counts = [number(count) for count in vote.counts] if vote else [""] * many
    width = (160 * mm - _FIRST - _LAST) / many
    names, letters = zip(*((level.short, level.letters) for level in sheet.levels), strict=True)
    heads = heads_that_fit(names, letters, width - 2 * _HEAD_SIDE, TABLE_HEAD)
    rows = [
        head("", *heads, "Cộng"),
        _row(label, counts, number(vote.valid) if vote else ""),
        _row("Tỷ lệ (%)", *_share_cells(vote, many)),
    ]
    widths = [_FIRST, *[width] * many, _LAST]
    return table(rows, widths, _LOOK if many == 4 else ruled(heads=1, figures=tuple(range(1, many + 2))))


def _share_cells(vote: VoteCount | None, many: int) -> tuple[list[str], str]:
    if vote is None:
        return [""] * many, ""
    parts = shares(vote.counts)
    return ([number(part, 1) for part in parts], number(sum(parts), 1)) if parts else ([NONE] * many, NONE)


def _row(label: str, figures: Sequence[str], total: str) -> list[Flowable]:
    return [paragraph(CELL, label), *cells(CELL_RIGHT, *figures), paragraph(CELL_BOLD_RIGHT, total)]


def _proposal(sheet: EvaluationSheet) -> list[Flowable]:
    signature = form_signature(sheet.branch_signer)
    if sheet.proposal is None:
        return [DottedLines("3. Đề nghị:", 1), signature]
    *others, last = paragraphs(FORM, *_proposal_text(sheet, sheet.proposal))
    return [*others, Kept(last, signature)]


def _proposal_text(sheet: EvaluationSheet, proposal: Proposal) -> tuple[str, Run, Run, str]:
    """The reason, and what runs in before it."""
    own = sheet.self_assessment.level if sheet.self_assessment else None
    reason = sentence(proposal.reason)
    differs = f" Khác mức tự xếp loại ({own.short})." if own and own != proposal.level else ""
    return f"Lý do: {reason}" if reason else "", bold("3. Đề nghị: "), bold(proposal.level.name), f".{differs}" + (" " if reason else "")
