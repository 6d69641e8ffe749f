"""The honest minimum of printing sheets: the same words on a bare canvas, at places written down by hand, with no layout engine.

It knows one shape of sheet only (every step reached), breaks lines at spaces, justifies nothing, and checks nothing.
"""

from collections.abc import Iterable
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from diary.documents import fonts
from diary.domain.dates import paper_day
from diary.domain.evaluation_sheets import EvaluationSheet
from diary.domain.figures import number, shares
from diary.domain.papers import Signer

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 190 * mm, 277 * mm, 24 * mm
COLUMNS = (0, 9 * mm, 61 * mm, 118.5 * mm, 139 * mm, 160 * mm)
BOX = 80 * mm


def draw_sheets(sheets: Iterable[EvaluationSheet]) -> bytes:
    """Sheets in, one PDF of all out."""
    fonts.register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, initialFontName=fonts.REGULAR, invariant=1, lang="vi")
    for sheet in sheets:
        _Hand(canvas).sheet(sheet)
    canvas.save()
    return out.getvalue()


class _Hand:
    def __init__(self, canvas: Canvas):
        self.canvas, self.y, self.page = canvas, TOP, 1

    def sheet(self, sheet: EvaluationSheet) -> None:
        self._head(sheet)
        self._person(sheet)
        self._criteria(sheet)
        self._own(sheet)
        self._meeting(sheet)
        self._decisions(sheet)
        self._end_page(2)

    def _head(self, sheet: EvaluationSheet) -> None:
        head = sheet.letterhead
        lines = (head.superior.upper(), head.issuer.upper(), "***", f"Số: {head.number}")
        for row, text in enumerate(lines):
            self._put(LEFT, TOP - 14 - row * 17.5, text, fonts.BOLD if row == 1 else fonts.REGULAR, 14)
        self._put(LEFT + 88 * mm, TOP - 14, "ĐOÀN TNCS HỒ CHÍ MINH", fonts.BOLD, 15)
        self.canvas.line(LEFT + 88 * mm, TOP - 18, RIGHT, TOP - 18)
        blank = "ngày\u00a0.....\u00a0tháng\u00a0.....\u00a0năm\u00a0........"
        self._put(LEFT + 88 * mm, TOP - 14 - 3 * 17.5, f"{head.place}, {blank}", fonts.ITALIC, 14)
        self.y = TOP - 100
        self._centred("PHIẾU ĐÁNH GIÁ, XẾP LOẠI ĐOÀN VIÊN", 16)
        self._centred(f"Năm {sheet.year}", 14)
        self.canvas.line(LEFT + 59 * mm, self.y + 10, LEFT + 101 * mm, self.y + 10)

    def _person(self, sheet: EvaluationSheet) -> None:
        who = sheet.member
        party = "Đã là đảng viên" if who.party_member else "Chưa"
        rows = (
            ("Họ và tên", who.name, "Ngày sinh", paper_day(who.born_on) if who.born_on else ""),
            ("Ngày vào Đoàn", paper_day(who.joined_union_on) if who.joined_union_on else "", "Chức vụ", who.position),
            ("Sinh hoạt tại", who.branch, "", ""),
            ("Công việc", who.job, "Đảng viên", party),
        )
        for row, (label, value, second, other) in enumerate(rows):
            self._put(LEFT, self.y, label, fonts.REGULAR, 13)
            self._put(LEFT + 31.5 * mm, self.y, value, fonts.BOLD if row == 0 else fonts.REGULAR, 13)
            self._put(LEFT + 98 * mm, self.y, second, fonts.REGULAR, 13)
            self._put(LEFT + 126 * mm, self.y, other, fonts.REGULAR, 13)
            self.y -= 20.5

    def _criteria(self, sheet: EvaluationSheet) -> None:
        self._heading("I. KẾT QUẢ THEO TIÊU CHÍ")
        self._row(("TT", "Tiêu chí", "Minh chứng trong năm", "Số liệu", "Mức đạt"), fonts.BOLD, COLUMNS)
        for place, line in enumerate(sheet.criteria, 1):
            self._row((str(place), line.name, line.evidence, line.figure, line.outcome), fonts.REGULAR, COLUMNS)
        self.y -= 8

    def _own(self, sheet: EvaluationSheet) -> None:
        own = sheet.self_assessment
        assert own is not None and own.level is not None
        self._heading("II. ĐOÀN VIÊN TỰ ĐÁNH GIÁ")
        for label, text in (("1. Ưu điểm: ", own.strengths), ("2. Hạn chế: ", own.limits), ("3. Hướng khắc phục: ", own.remedy)):
            self._text(label, text)
        self._text("4. Tự xếp loại: ", f"{own.level.name}.")
        for place, level in enumerate(sheet.levels):
            x, ticked = LEFT + place * 42 * mm, level == own.level
            self.canvas.rect(x, self.y, 9.5, 9.5)
            if ticked:
                self.canvas.line(x + 2, self.y + 4, x + 4, self.y + 2)
                self.canvas.line(x + 4, self.y + 2, x + 8, self.y + 8)
            self._put(x + 14, self.y, level.short, fonts.BOLD if ticked else fonts.REGULAR, 13)
        self.y -= 20
        self._signature(Signer(("NGƯỜI TỰ ĐÁNH GIÁ",), sheet.member.name), LEFT + 77 * mm, RIGHT)

    def _meeting(self, sheet: EvaluationSheet) -> None:
        vote, proposal = sheet.vote, sheet.proposal
        assert vote is not None and proposal is not None
        self._heading("III. CHI ĐOÀN NHẬN XÉT, BIỂU QUYẾT VÀ ĐỀ NGHỊ")
        self._text("1. Nhận xét: ", sheet.remark)
        said = f" bằng phiếu kín, ngày {paper_day(vote.day)}; phát {vote.handed_out}, thu {vote.collected}, hợp lệ {vote.valid}:"
        self._text("2. Biểu quyết", said)
        width = 114 * mm / len(sheet.levels)
        columns = (0, *(26 * mm + width * place for place in range(len(sheet.levels) + 1)), 160 * mm)
        parts = shares(vote.counts)
        self._row(("", *(level.short for level in sheet.levels), "Cộng"), fonts.BOLD, columns)
        self._row(("Số phiếu", *(number(count) for count in vote.counts), number(vote.valid)), fonts.REGULAR, columns)
        self._row(("Tỷ lệ (%)", *(number(part, 1) for part in parts), number(sum(parts), 1)), fonts.REGULAR, columns)
        self._text("3. Đề nghị: ", f"{proposal.level.name}. Lý do: {proposal.reason}.")
        self._signature(sheet.branch_signer, LEFT + 77 * mm, RIGHT)

    def _decisions(self, sheet: EvaluationSheet) -> None:
        self._break(150)
        self.canvas.rect(LEFT, self.y - 130, 160 * mm, 140)
        self.canvas.line(LEFT + BOX, self.y - 130, LEFT + BOX, self.y + 10)
        top = self.y
        for x, ordinal, words, instance in (
            (LEFT + 6, "IV", "Nhất trí mức ", sheet.base), (LEFT + BOX + 6, "V", "Công nhận mức ", sheet.bloc),
        ):  # fmt: skip
            assert instance is not None and instance.verdict is not None
            self.y = top
            self._put(x, self.y - 4, f"{ordinal}. {instance.title}".upper(), fonts.BOLD, 13)
            self.y -= 22
            verdict = f"{words}{instance.verdict.level.name} ({instance.verdict.paper})."
            for line in _lines(verdict, 13, BOX - 12, BOX - 12):
                self._put(x, self.y, line, fonts.REGULAR, 13)
                self.y -= 16.5
            self.y = top - 66
            self._signature(instance.signer, x, x + BOX - 12)

    def _signature(self, signer: Signer, left: float, right: float) -> None:
        self._break(80)
        middle = (left + right) / 2
        self.canvas.setFont(fonts.BOLD, 13)
        for role in signer.roles:
            self.canvas.drawCentredString(middle, self.y, role)
            self.y -= 17
        self.y -= 36
        self.canvas.drawCentredString(middle, self.y, signer.name)
        self.y -= 24

    def _row(self, texts: tuple[str, ...], face: str, columns: tuple[float, ...]) -> None:
        broken = [
            [line for part in text.split("\n") for line in _lines(part, 12, right - left - 8, right - left - 8, face)]
            for text, left, right in zip(texts, columns, columns[1:], strict=False)
        ]
        height = 14.6 * max(map(len, broken)) + 7.4
        self._break(height)
        for lines, left in zip(broken, columns, strict=False):
            for place, line in enumerate(lines):
                self._put(LEFT + left + 4, self.y - 14.6 * place, line, face, 12)
            self.canvas.line(LEFT + left, self.y + 14, LEFT + left, self.y + 14 - height)
        self.canvas.line(RIGHT, self.y + 14, RIGHT, self.y + 14 - height)
        self.canvas.line(LEFT, self.y + 14, RIGHT, self.y + 14)
        self.canvas.line(LEFT, self.y + 14 - height, RIGHT, self.y + 14 - height)
        self.y -= height

    def _text(self, label: str, text: str) -> None:
        self._break(40)
        indent = stringWidth(label, fonts.BOLD, 14)
        self._put(LEFT, self.y, label, fonts.BOLD, 14)
        for place, line in enumerate(_lines(text, 14, 160 * mm - indent, 160 * mm)):
            self._break(18)
            self._put(LEFT + (0 if place else indent), self.y, line, fonts.REGULAR, 14)
            self.y -= 18
        self.y -= 4

    def _heading(self, text: str) -> None:
        self._break(90)
        self.y -= 4
        self._put(LEFT, self.y, text, fonts.BOLD, 14)
        self.y -= 24

    def _centred(self, text: str, size: float) -> None:
        self.canvas.setFont(fonts.BOLD, size)
        self.canvas.drawCentredString(LEFT + 80 * mm, self.y, text)
        self.y -= size + 6

    def _put(self, x: float, y: float, text: str, face: str, size: float) -> None:
        self.canvas.setFont(face, size)
        self.canvas.drawString(x, y, text)

    def _break(self, needed: float) -> None:
        if self.y - needed < BOTTOM:
            self._end_page(self.page)
            self.page += 1
            self._put(LEFT + 79 * mm, 283.5 * mm, str(self.page), fonts.REGULAR, 14)
            self.y = TOP - 14

    def _end_page(self, page: int) -> None:
        self.canvas.line(LEFT, 20 * mm, RIGHT, 20 * mm)
        self._put(LEFT, 16 * mm, "Bản nháp, chưa phát hành", fonts.BOLD, 9.5)
        self._put(LEFT, 12 * mm, "Bản in để xem và ghi tay; chưa có số, mã kiểm tra của văn bản phát hành.", fonts.REGULAR, 8.5)
        self.canvas.setFont(fonts.REGULAR, 9)
        self.canvas.drawRightString(RIGHT, 16 * mm, f"Trang {page}/2")
        self.canvas.showPage()


def _lines(text: str, size: float, first: float, others: float, face: str = fonts.REGULAR) -> list[str]:
    """The text broken at spaces: `first` points for the first line, `others` for the rest."""
    lines: list[str] = []
    space, room, used = stringWidth(" ", face, size), first, 0.0
    line: list[str] = []
    for word in text.split(" "):
        width = stringWidth(word, face, size)
        if line and used + space + width > room:
            lines.append(" ".join(line))
            line, used, room = [word], width, others
        else:
            used += width + (space if line else 0)
            line.append(word)
    return [*lines, " ".join(line)]
