"""Measures, colours and paragraph styles: made once, shared by all documents. Lengths are in points unless a name says otherwise."""

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from . import fonts

INK = HexColor("#000000")
GREY = HexColor("#5d636b")
INNER_LINE = HexColor("#8d949c")
CELL_EDGE = HexColor("#ccd3dc")
HEAD_GROUND = HexColor("#f3f4f6")
PANEL = HexColor("#edf1f7")
BLUE = HexColor("#0a4a94")
LIGHT_BLUE = HexColor("#7fa8d9")
GOLD = HexColor("#b98a1d")
RED = HexColor("#b3261e")

OUTER_LINE_WIDTH = 0.8
INNER_LINE_WIDTH = 0.4
SIGNING_ROOM = 24 * mm
SIGNING_ROOM_IN_FORMS = 18 * mm


def _style(name: str, size: float, leading: float, face: str = fonts.REGULAR, **more: object) -> ParagraphStyle:
    base = {
        "fontName": face,
        "bulletFontName": fonts.REGULAR,
        "fontSize": size,
        "leading": leading,
        "textColor": INK,
        "alignment": TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 0,
    }
    return ParagraphStyle(name, **(base | more))


_INDENT = 10 * mm
BODY = _style("body", 14, 18.5, alignment=TA_JUSTIFY, firstLineIndent=_INDENT, spaceAfter=4)
SECTION = _style("section", 14, 18.5, fonts.BOLD, firstLineIndent=_INDENT, spaceBefore=2, spaceAfter=3)
FORM = _style("form", 14, 18, alignment=TA_JUSTIFY, spaceAfter=4)
FORM_LEFT = _style("form-left", 14, 18, spaceAfter=4)
FORM_HEAD = _style("form-head", 14, 18, fonts.BOLD, spaceBefore=4, spaceAfter=4)
FORM_NOTE = _style("form-note", 12, 14.6, fonts.ITALIC, spaceBefore=3, spaceAfter=2)
KIND = _style("kind", 16, 20, fonts.BOLD, alignment=TA_CENTER)
SUBJECT = _style("subject", 14, 18, fonts.BOLD, alignment=TA_CENTER)

PERSON_LABEL = _style("person-label", 13, 17, textColor=GREY)
PERSON = _style("person", 13, 17)
PERSON_NAME = _style("person-name", 13, 17, fonts.BOLD)

CELL = _style("cell", 12, 14.6)
CELL_CENTRE = _style("cell-centre", 12, 14.6, alignment=TA_CENTER)
CELL_RIGHT = _style("cell-right", 12, 14.6, alignment=TA_RIGHT)
CELL_BOLD = _style("cell-bold", 12, 14.6, fonts.BOLD)
CELL_BOLD_CENTRE = _style("cell-bold-centre", 12, 14.6, fonts.BOLD, alignment=TA_CENTER)
CELL_BOLD_RIGHT = _style("cell-bold-right", 12, 14.6, fonts.BOLD, alignment=TA_RIGHT)
CELL_GREY = _style("cell-grey", 12, 14.6, textColor=GREY)
CELL_GREY_RIGHT = _style("cell-grey-right", 12, 14.6, textColor=GREY, alignment=TA_RIGHT)
CELL_SMALL = _style("cell-small", 11, 13.4)
TABLE_HEAD = _style("table-head", 12, 14.6, fonts.BOLD, alignment=TA_CENTER)
TABLE_HEAD_SMALL = _style("table-head-small", 11.5, 13.6, fonts.BOLD, alignment=TA_CENTER)

BOX = _style("box", 13, 16.5)
BOX_HEAD = _style("box-head", 13, 16.5, fonts.BOLD, spaceAfter=3)

DAY_COLUMN = 20 * mm
PLEDGE_COLUMN = 13 * mm
LABEL_COLUMN = 28 * mm
_REMARK_INDENT = 3.5 * mm
_LABEL = {"bulletFontName": fonts.REGULAR, "bulletFontSize": 11, "bulletColor": GREY}

BOOK_TITLE = _style("book-title", 22, 27, fonts.BOLD, textColor=BLUE)
BOOK_ASIDE = _style("book-aside", 13, 16, fonts.ITALIC, textColor=GREY, alignment=TA_RIGHT)
BOOK_HEAD = _style("book-head", 14, 18, fonts.BOLD, textColor=BLUE, spaceBefore=14, spaceAfter=3)
BOOK_CHART_HEAD = _style("book-chart-head", 14, 18, fonts.BOLD, spaceBefore=14, spaceAfter=4)
BOOK_TEXT = _style("book-text", 13.5, 17.8, alignment=TA_JUSTIFY, spaceAfter=2)
BOOK_WORDS = _style("book-words", 13.5, 17.8, fonts.ITALIC, alignment=TA_JUSTIFY, spaceAfter=3)
BOOK_NOTE = _style("book-note", 12, 15, textColor=GREY, spaceBefore=6)
BOOK_PANEL = _style(
    "book-panel",
    *(13, 17),
    alignment=TA_JUSTIFY,
    leftIndent=12,
    rightIndent=12,
    backColor=PANEL,
    borderPadding=(9, 12, 11, 12),
    spaceBefore=20,
    spaceAfter=12,
)
BOOK_VIRTUE = _style("book-virtue", 14, 18, fonts.BOLD, textColor=BLUE)
BOOK_DUE = _style("book-due", 12, 18, textColor=GREY, alignment=TA_RIGHT)
BOOK_SIGNED = _style("book-signed", 12.5, 16, fonts.ITALIC, textColor=GREY, alignment=TA_RIGHT)
BOOK_MOMENT = _style("book-moment", 13.5, 17.8, leftIndent=16 * mm, bulletFontName=fonts.BOLD, bulletFontSize=13, bulletColor=GOLD)

ENTRY_META = _style("entry-meta", 11, 14, leftIndent=DAY_COLUMN, textColor=GREY, spaceAfter=1)
ENTRY_TEXT = _style("entry-text", 13.5, 17.8, leftIndent=DAY_COLUMN, alignment=TA_JUSTIFY, spaceAfter=1)
ENTRY_FACT = _style("entry-fact", 13, 17.2, leftIndent=DAY_COLUMN + LABEL_COLUMN, bulletIndent=DAY_COLUMN, **_LABEL)
ENTRY_CAPTION = _style("entry-caption", 10.5, 13, fonts.ITALIC, textColor=GREY)
ENTRY_REMARK = _style("entry-remark", 12.5, 16, fonts.ITALIC, leftIndent=DAY_COLUMN + _REMARK_INDENT, spaceBefore=3, spaceAfter=2)
PLEDGE_TEXT = _style("pledge-text", 13.5, 17.8, leftIndent=PLEDGE_COLUMN, spaceAfter=2)
PLEDGE_FACT = _style("pledge-fact", 12.5, 16, leftIndent=PLEDGE_COLUMN + 30 * mm, bulletIndent=PLEDGE_COLUMN, spaceAfter=2.5, **_LABEL)
