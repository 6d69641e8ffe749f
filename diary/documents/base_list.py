"""Danh sách đề nghị công nhận xếp loại: everyone a base asks for, by branch, with the shares per level: the petition's annex."""

from reportlab.lib.units import mm

from ..domain.figures import padded
from ..domain.petitions import AskedRow, Petition, counted
from .levels import denominator, figure, letters_of, order_width, summary
from .outlines import Block, Cell, Closing, Grid, HeadCell, Look, Outline, Spread, Style, Together, Words, pdf
from .outlines.shapes import Row
from .page import LANDSCAPE
from .text import cut

TITLE = "Danh sách đề nghị công nhận xếp loại"

_TT, _NAME, _BORN, _POSITION, _LEVEL = 10 * mm, 56 * mm, 16 * mm, 32 * mm, 24 * mm


def render(petition: Petition) -> bytes:
    """A base's list in, its PDF out (A4 landscape)."""
    return pdf(outline(petition))


def outline(petition: Petition) -> Outline:
    """What the list says, before it is set."""
    return Outline(
        title=f"{TITLE} năm {petition.year}",
        letterhead=petition.letterhead,
        kind="DANH SÁCH",
        subject=(f"Đề nghị công nhận kết quả xếp loại đoàn viên năm {petition.year}",),
        blocks=(*_people(petition), Together((_summary(petition), _note(petition), Closing(petition.signer, petition.recipients)))),
        landscape=True,
        verification=petition.verification,
    )


def _people(petition: Petition) -> tuple[Block, ...]:
    if not petition.branches:
        return (Words("Chưa có chi đoàn nào được chuyển lên.", Style.NOTE),)
    texts = ("TT", "Họ và tên", "Năm sinh", "Chức vụ", "Tự xếp loại", "Biểu quyết", "Đề nghị", "Ghi chú")
    rows: list[Row] = []
    order = 0
    for branch in petition.branches:
        rows.append(Spread(f"{branch.name} ({padded(len(branch.rows))})"))
        for one in branch.rows:
            order += 1
            rows.append(_row(order, one))
    tt = order_width(order, _TT)
    widths = (tt, _NAME, _BORN, _POSITION, *[_LEVEL] * 3, LANDSCAPE.width - tt - _NAME - _BORN - _POSITION - 3 * _LEVEL)
    return (Grid("Danh sách", widths, (tuple(map(HeadCell, texts)),), tuple(rows), figures=(0,)),)


def _row(order: int, one: AskedRow) -> tuple[Cell, ...]:
    return (
        figure(order),
        Cell(cut(one.name, 120)),
        Cell(str(one.birth_year or ""), Look.CENTRE, one.birth_year),
        Cell(cut(one.position, 120)),
        Cell(letters_of(one.self_level), Look.CENTRE),
        Cell(letters_of(one.vote), Look.CENTRE),
        Cell(one.proposed.letters, Look.BOLD_CENTRE),
        Cell(cut(one.note), Look.SMALL),
    )


def _summary(petition: Petition) -> Grid:
    return summary(petition.levels, _counts(petition), LANDSCAPE.width, petition.earlier)


def _note(petition: Petition) -> Words:
    total, many = sum(_counts(petition)), len(petition.branches)
    return Words(denominator(total, "được đề nghị", many, petition.earlier, petition.levels), Style.NOTE)


def _counts(petition: Petition) -> tuple[int, ...]:
    return counted(petition.levels, (one.proposed for branch in petition.branches for one in branch.rows))
