"""An outline as a DOCX, to be edited and signed: the same words in the same order, set with Word's own means."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from reportlab.lib.units import mm

from ...domain.papers import LetterheadStyle, Signer
from ..letterhead import UNION, date_line, left_block
from ..page import LANDSCAPE, PORTRAIT, Layout
from .docx_tables import borderless, fill_grid
from .shapes import Annex, Block, Closing, Facts, Grid, Outline, Section, Style, Together, TwoSigners, Words

_FACE = "Times New Roman"
_BLANK = "………………"
_SIGNING_LINES = 3
_ON_ONE_PAGE = 30  # rows
_LEFT, _CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # Word asks for its elements in one order
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the same outline is to give the same bytes


def write(outline: Outline) -> bytes:
    """An outline in, the DOCX's bytes out."""
    return _Writer(outline).written()


class _Writer:
    """Writes one document from its head to its end."""

    def __init__(self, outline: Outline):
        self._outline = outline
        self._doc: Any = Document()
        self._layout = LANDSCAPE if outline.landscape else PORTRAIT
        self._prepare()

    def written(self) -> bytes:
        self._letterhead()
        self._title()
        for block in self._outline.blocks:
            self._write(block)
        self._gap(2)  # Word wants a paragraph after a last table
        out = BytesIO()
        self._doc.save(out)
        return _same_every_time(out.getvalue())

    def _prepare(self) -> None:
        normal = self._doc.styles["Normal"]
        normal.font.name, normal.font.size = _FACE, Pt(14)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:eastAsia", "w:cs", "w:hAnsi"):
            fonts.set(qn(name), _FACE)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)
        normal.paragraph_format.space_after = Pt(0)
        facts = self._doc.core_properties
        facts.title, facts.author, facts.language, facts.comments = self._outline.title, self._outline.letterhead.author, "vi", ""
        section = self._doc.sections[0]
        section.different_first_page_header_footer = True
        _shape(section, self._layout)
        _page_number(section.header.paragraphs[0])

    def _write(self, block: Block) -> None:
        match block:
            case Section():
                self._paragraph(block.text, bold=True, indent=True, before=2, after=3).paragraph_format.keep_with_next = True
            case Words():
                self._words(block)
            case Facts():
                self._facts(block)
            case Grid():
                fill_grid(self._table(len(block.heads) + len(block.rows), block.widths), block, _clean)
                self._gap(6)
            case Closing():
                self._closing(block)
            case TwoSigners():
                self._two_signers(block)
            case Annex():
                self._annex(block)
            case Together():
                self._together(block)

    def _together(self, block: Together) -> None:
        for inner in block.blocks:
            if isinstance(inner, Grid) and len(inner.rows) <= _ON_ONE_PAGE:
                self._write(replace(inner, together=len(inner.heads) + len(inner.rows)))
            else:
                self._write(inner)
            self._stay_with_what_follows()

    def _table(self, rows: int, widths: tuple[float, ...]) -> Any:
        made = self._doc.add_table(rows, len(widths))
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Pt(width)
        for row in made.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Pt(width)
        return made

    def _paragraph(self, text: str, lead: str = "", **more: Any) -> Any:
        return _fill(self._doc.add_paragraph(), text, lead, **more)

    def _gap(self, points: float) -> Any:
        """An empty paragraph of that height, whatever face it stands in."""
        made = self._paragraph("")
        made.paragraph_format.line_spacing = Pt(points)
        return made

    def _letterhead(self) -> None:
        head, width = self._outline.letterhead, self._layout.width
        early = head.style is LetterheadStyle.EARLY
        left, right = borderless(self._table(1, (width * 0.46, width * 0.54))).rows[0].cells
        lines = left_block(head, width)
        for place, (text, bold) in enumerate(lines):
            _fill(_paragraph_of(left, place), text, bold=bold, align=_CENTRE)
        if not early:
            _fill(_paragraph_of(right, 0), UNION, bold=True, size=15, align=_CENTRE, underline=True)
        gap = 1 if early else len(lines) - 2
        for place in range(gap):
            _fill(_paragraph_of(right, place + (not early)), "")
        _fill(right.add_paragraph(), date_line(head), italic=True, align=_CENTRE)

    def _title(self) -> None:
        self._paragraph(self._outline.kind, bold=True, size=16, align=_CENTRE, before=16)
        for line in self._outline.subject:
            last = self._paragraph(line, bold=True, align=_CENTRE)
        rule = self._gap(2)
        rule.paragraph_format.space_after = Pt(8)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Pt((self._layout.width - 42 * mm) / 2)
        _rule_over(rule)
        last.paragraph_format.space_after = Pt(4)

    def _words(self, block: Words) -> None:
        lead = block.lead
        for line in [line for line in block.text.split("\n") if line.strip()] or [""]:
            self._paragraph(line, lead, **_WORDS[block.style])
            lead = ""

    def _facts(self, block: Facts) -> None:
        for number, row in enumerate(block.rows):
            for place, (label, value) in enumerate(row):
                made = self._paragraph(f"{label}: ", size=13, after=3)
                named = made.add_run(_clean(value or _BLANK))
                named.bold, named.font.size = number == place == 0, Pt(13)

    def _stay_with_what_follows(self) -> None:
        """A signature takes the last words before it along."""
        if self._doc.paragraphs:
            self._doc.paragraphs[-1].paragraph_format.keep_with_next = True

    def _closing(self, block: Closing) -> None:
        self._stay_with_what_follows()
        width = self._layout.width
        left, right = borderless(self._table(1, (width * 0.48, width * 0.52))).rows[0].cells
        for place, line in enumerate(_recipient_lines(block)):
            _fill(_paragraph_of(left, place), line, size=14 if place == 0 else 12, underline=place == 0)
        _sign(right, block.signer, 14)

    def _two_signers(self, block: TwoSigners) -> None:
        self._stay_with_what_follows()
        width = self._layout.width
        for cell, signer in zip(borderless(self._table(1, (width / 2, width / 2))).rows[0].cells, (block.left, block.right), strict=True):
            _sign(cell, signer, 13)

    def _annex(self, block: Annex) -> None:
        self._layout = LANDSCAPE if block.landscape else PORTRAIT
        section = self._doc.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        _shape(section, self._layout)
        self._paragraph(block.title, bold=True, align=_CENTRE)
        self._paragraph(block.subject, bold=True, align=_CENTRE)
        self._paragraph(block.note, italic=True, align=_CENTRE, after=6)


_WORDS: dict[Style, dict[str, Any]] = {
    Style.BODY: {"align": _JUSTIFY, "indent": True, "after": 4},
    Style.LINE: {"size": 12},
    Style.LINE_BOLD: {"size": 12, "bold": True},
    Style.NOTE: {"size": 12, "italic": True, "before": 3, "after": 2},
    Style.CENTRED_BOLD: {"bold": True, "align": _CENTRE, "before": 8, "after": 6},
    Style.CENTRED_ITALIC: {"italic": True, "align": _CENTRE, "after": 6},
}


def _fill(
    made: Any, text: str, lead: str = "", *, bold: bool = False, italic: bool = False, underline: bool = False, size: float = 14,
    align: Any = _LEFT, indent: bool = False, before: float = 0, after: float = 0,
) -> Any:  # fmt: skip
    shape = made.paragraph_format
    made.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(10)
    for words, heavy in ((lead, True), (text, bold)):
        if words:
            run = made.add_run(_clean(words))
            run.bold, run.italic, run.underline, run.font.size = heavy, italic, underline, Pt(size)
    return made


def _sign(cell: Any, signer: Signer, size: float) -> None:
    lines = [*signer.roles, *[""] * _SIGNING_LINES, signer.name]
    for place, line in enumerate(lines):
        _fill(_paragraph_of(cell, place), line, bold=True, size=size, align=_CENTRE).paragraph_format.keep_with_next = True


def _recipient_lines(block: Closing) -> list[str]:
    if not block.recipients:
        return []
    stops = [";"] * (len(block.recipients) - 1) + ["."]
    return ["Nơi nhận:", *(f"- {line.rstrip(';. ')}{stop}" for line, stop in zip(block.recipients, stops, strict=True))]


def _paragraph_of(cell: Any, place: int) -> Any:
    """The cell's paragraph at `place`, made where it is the next one: a cell is born with one."""
    return cell.paragraphs[place] if place < len(cell.paragraphs) else cell.add_paragraph()


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)


def _shape(section: Any, layout: Layout) -> None:
    lies = layout.size[0] > layout.size[1]
    section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(layout.size[0]), Pt(layout.size[1])
    section.top_margin, section.bottom_margin = Pt(layout.top), Pt(layout.bottom)
    section.left_margin, section.right_margin = Pt(layout.inner), Pt(layout.outer)


def _page_number(made: Any) -> None:
    made.alignment = _CENTRE
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = words
        made.add_run()._r.append(mark)


def _rule_over(made: Any) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        line.set(qn(name), value)
    borders.append(line)
    made._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _same_every_time(content: bytes) -> bytes:
    """The same package with its parts dated alike."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w") as kept:
        for name in made.namelist():
            part = ZipInfo(name, _ZIP_DAY)
            part.compress_type = ZIP_DEFLATED
            kept.writestr(part, made.read(name))
    return out.getvalue()
