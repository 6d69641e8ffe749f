"""Quyết định công nhận kết quả: the bloc's decision in articles, its annexes the counts by unit and the names by unit."""

from reportlab.lib.units import mm

from ..domain.dates import paper_day
from ..domain.decisions import DecisionPaper
from ..domain.figures import padded
from ..domain.papers import plain_name
from ..domain.petitions import counted
from .levels import by_unit, denominator, figure, in_words, order_width
from .outlines import Annex, Block, Cell, Closing, Grid, HeadCell, Look, Outline, Spread, Style, Words, pdf
from .outlines.shapes import Row
from .page import LANDSCAPE, PORTRAIT
from .text import NBSP, cut

TITLE = "Quyết định công nhận kết quả xếp loại"

_TT, _BORN, _LEVEL = 12 * mm, 20 * mm, 62 * mm


def render(paper: DecisionPaper) -> bytes:
    """A decision in, its PDF out: the decision upright, the counts lying on their side, the names upright."""
    return pdf(outline(paper))


def outline(paper: DecisionPaper) -> Outline:
    """What the decision says, before it is set."""
    return Outline(
        title=f"{TITLE} năm {paper.year}, số {paper.number}",
        letterhead=paper.letterhead,
        kind="QUYẾT ĐỊNH",
        subject=("Công nhận kết quả", f"đánh giá, xếp loại đoàn viên năm {paper.year}"),
        blocks=(*_reasons(paper), *_articles(paper), Closing(paper.signer, paper.recipients), *_annexes(paper)),
        verification=paper.verification,
    )


def _reasons(paper: DecisionPaper) -> tuple[Block, ...]:
    guidance = (Words(f"Căn cứ {paper.guidance};"),) if paper.guidance else ()
    return (
        Words(f"BAN THƯỜNG VỤ {plain_name(paper.bloc).upper()}", Style.CENTRED_BOLD),
        Words("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;"),
        *guidance,
        Words(f"Xét đề nghị của các tổ chức Đoàn trực thuộc về kết quả đánh giá, xếp loại đoàn viên năm {paper.year},"),
        Words("QUYẾT ĐỊNH:", Style.CENTRED_BOLD),
    )


def _articles(paper: DecisionPaper) -> tuple[Block, ...]:
    counts = counted(paper.levels, (row.level for unit in paper.units for row in unit.rows))
    whose = f"{padded(sum(counts))}{NBSP}đoàn viên thuộc {padded(len(paper.units))}{NBSP}chi đoàn (phụ lục kèm theo)"
    first = f"Công nhận kết quả đánh giá, xếp loại năm {paper.year} của {whose}: {in_words(paper.levels, counts)}."
    second = (
        "Các tổ chức Đoàn có tên trong phụ lục thông báo kết quả đến từng đoàn viên. Đoàn viên chưa đồng ý với kết quả có quyền xin "
        f"phúc tra trong 07{NBSP}ngày kể từ ngày nhận thông báo."
    )
    who = f"Ban Thường vụ {plain_name(paper.bloc)}, Ban Chấp hành các tổ chức Đoàn và đoàn viên có tên trong phụ lục"
    third = f"Quyết định có hiệu lực từ ngày ký. {who} thi hành Quyết định này./."
    articles = enumerate((first, second, third), 1)
    return tuple(Words(text, lead=f"Điều {number}. ") for number, text in articles)


def _annexes(paper: DecisionPaper) -> tuple[Block, ...]:
    note = f"(Kèm theo Quyết định số {paper.number}, ngày {paper_day(paper.day)})"
    names = [(unit.name, unit.above) for unit in paper.units]
    counts = [counted(paper.levels, (row.level for row in unit.rows)) for unit in paper.units]
    return (
        Annex("PHỤ LỤC I", f"Tổng hợp kết quả xếp loại đoàn viên năm {paper.year}", note),
        by_unit("Phụ lục I", "Chi đoàn", names, counts, paper.levels, LANDSCAPE.width, paper.earlier),
        Words(denominator(sum(map(sum, counts)), "được xếp loại", len(counts), paper.earlier, paper.levels), Style.NOTE),
        Annex("PHỤ LỤC II", f"Danh sách đoàn viên được công nhận xếp loại năm {paper.year}", note, landscape=False),
        _names(paper),
    )


def _names(paper: DecisionPaper) -> Grid:
    rows: list[Row] = []
    for unit in paper.units:
        rows.append(Spread(", ".join(part for part in (unit.name, unit.above) if part) + f" ({padded(len(unit.rows))})"))
        for order, row in enumerate(unit.rows, 1):
            born = Cell(str(row.birth_year or ""), Look.CENTRE, row.birth_year)
            rows.append((figure(order), Cell(cut(row.name, 120)), born, Cell(row.level.name)))
    heads = tuple(map(HeadCell, ("TT", "Họ và tên", "Năm sinh", "Mức xếp loại")))
    tt = order_width(max(len(unit.rows) for unit in paper.units), _TT)
    widths = (tt, PORTRAIT.width - tt - _BORN - _LEVEL, _BORN, _LEVEL)
    return Grid("Phụ lục II", widths, (heads,), tuple(rows), figures=(0,))
