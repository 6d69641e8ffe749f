"""Phiếu đánh giá, xếp loại đoàn viên: a member's sheet of one year, alone or many in one file for printing."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from reportlab.platypus import Flowable

from ...domain.evaluation_sheets import EvaluationSheet
from ..letterhead import LetterheadBlock, title_block
from ..page import PORTRAIT, Footer, Part, typeset, typeset_counted
from .criteria import criteria_section
from .decisions import decision_section
from .meeting import meeting_section
from .person import person_block
from .self_assessment import self_assessment_section

TITLE = "Phiếu đánh giá, xếp loại đoàn viên"


def render(sheet: EvaluationSheet) -> bytes:
    """One member's sheet in, its PDF out. Steps not reached are blanks to fill by hand."""
    return typeset(f"{TITLE} năm {sheet.year} – {sheet.member.name}", sheet.letterhead.author, PORTRAIT, [_part(sheet)])


def render_batch(sheets: Iterable[EvaluationSheet], printed_on: date | None = None) -> tuple[bytes, int]:
    """At least one sheet in (one by one, they may come from a generator); one PDF of all out, each counting its own pages, and how many
    pages it has. The foot says that it was printed from the books on a day, where one is given, else that it is a draft.

    For printing in one go; the file as a whole is not an issued document. Raises ValueError where there is no sheet.
    """
    coming: Iterator[EvaluationSheet] = iter(sheets)
    first = next(coming, None)
    if first is None:
        raise ValueError("no sheets to print")
    parts = (_part(sheet, printed_on) for sheet in chain([first], coming))
    return typeset_counted(f"{TITLE} năm {first.year}", first.letterhead.author, PORTRAIT, parts)


def _part(sheet: EvaluationSheet, printed_on: date | None = None) -> Part:
    return Part(lambda: _story(sheet), Footer(sheet.verification, printed_on=printed_on))


def _story(sheet: EvaluationSheet) -> list[Flowable]:
    return [
        LetterheadBlock(sheet.letterhead),
        *title_block("PHIẾU ĐÁNH GIÁ, XẾP LOẠI ĐOÀN VIÊN", f"Năm {sheet.year}"),
        person_block(sheet.member),
        *criteria_section(sheet),
        *self_assessment_section(sheet),
        *meeting_section(sheet),
        *decision_section(sheet),
    ]
