"""The faces of every document: Liberation Serif, metrically the office's Times New Roman, with all Vietnamese letters; and
Liberation Mono for what is typed letter by letter."""

import unicodedata
from functools import cache
from pathlib import Path
from threading import Lock

import indico_fonts
from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.tables import CellStyle

REGULAR = "DiarySerif"
BOLD = "DiarySerif-Bold"
ITALIC = "DiarySerif-Italic"
BOLD_ITALIC = "DiarySerif-BoldItalic"
MONO_BOLD = "DiaryMono-Bold"

_FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
_MONO_FILE = "LiberationMono-Bold.ttf"
_REGISTERING = Lock()
_NOT_DRAWN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def register() -> None:
    """Make the faces known to reportlab, once per process; raises reportlab's TTFError when a file cannot be read."""
    with _REGISTERING:
        _register_once()


@cache
def _register_once() -> None:
    folder = Path(indico_fonts.__file__).parent
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFont(TTFont(MONO_BOLD, str(folder / _MONO_FILE)))
    for bold, italic, name in ((0, 0, REGULAR), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD_ITALIC)):
        addMapping(REGULAR, bold, italic, name)
    CellStyle.fontname = REGULAR  # each table cell sets its default face: Helvetica would enter the file, not embedded
    rl_config.useA85 = 0  # streams stay binary: a fifth smaller, and no time spent on turning them into letters


@cache
def covered() -> frozenset[int]:
    """The code points that all four serif faces can draw, invisible signs and private ones left out."""
    register()
    in_all = frozenset.intersection(*(frozenset(pdfmetrics.getFont(name).face.charToGlyph) for name in _FILES))
    return frozenset(code for code in in_all if unicodedata.category(chr(code)) not in _NOT_DRAWN)


def width(text: str, face: str, size: float) -> float:
    """How wide a text is in points, in a face at a size in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))
