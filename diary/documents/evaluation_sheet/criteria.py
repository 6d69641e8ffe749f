"""I. Kết quả theo tiêu chí: each criterion with the year's evidence beside it."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from ...domain.evaluation_sheets import CriterionLine, EvaluationSheet
from ..headings import form_heading
from ..styles import CELL, CELL_CENTRE, CELL_RIGHT, FORM_NOTE
from ..tables import head, ruled, table
from ..text import cut, paragraph, paragraphs

_WIDTHS = [9 * mm, 52 * mm, 57.5 * mm, 20.5 * mm, 21 * mm]
_LOOK = ruled(heads=1)
_HEAD = ("TT", "Tiêu chí", "Minh chứng trong năm", "Số liệu")


def criteria_section(sheet: EvaluationSheet) -> list[Flowable]:
    """The heading, the table of criteria with what was reached or, in a scheme of points, what each earned, and the notes under it."""
    by_points = any(line.points for line in sheet.criteria)
    last = "Điểm" if by_points else "Mức đạt"
    rows = [head(*_HEAD, last), *(_row(number, line, by_points) for number, line in enumerate(sheet.criteria, 1))]
    notes = [paragraph(FORM_NOTE, note) for note in sheet.notes]
    return [*form_heading("I. KẾT QUẢ THEO TIÊU CHÍ"), table(rows, _WIDTHS, _LOOK), *notes]


def _row(number: int, line: CriterionLine, by_points: bool) -> list[Flowable | list[Flowable]]:
    return [
        paragraph(CELL_CENTRE, str(number)),
        paragraph(CELL, line.name),
        paragraphs(CELL, line.evidence),
        paragraphs(CELL_RIGHT, cut(line.figure, 60)),
        paragraph(CELL_CENTRE, cut(line.points if by_points else line.outcome)),
    ]
