"""Text on its way to paper: what the faces cannot draw is replaced, runs become paragraphs. Nothing a user wrote is parsed as markup."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from ..domain.vietnamese import nfc
from . import fonts

NBSP = "\u00a0"
LONGEST_WORD = 24  # longer than any word of Vietnamese or date; what is longer (an address) may break anywhere

_LOOKALIKES = str.maketrans("✓✔✅☑✗✘❌\uf0b7\u2011\t", "√√√√×××•- ")
_SCRIPTS = {"KHMER": "Khmer", "CJK": "Hán", "LAO": "Lào", "THAI": "Thái", "CHAM": "Chăm"}
_SAME_AGAIN = re.compile(r"(\[chữ \w+\])(?: ?\1)+")
_SPACES = re.compile(r" {2,}| +$|^ +", re.MULTILINE)


class Run(NamedTuple):
    """A piece of a paragraph in a face of its own; without a colour it takes the style's."""

    text: str
    face: str
    color: Color | None = None


def bold(text: str) -> Run:
    """A text in, the same as a bold run out."""
    return Run(text, fonts.BOLD)


def italic(text: str) -> Run:
    """A text in, the same as an italic run out."""
    return Run(text, fonts.ITALIC)


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """Any text in; out: NFC text that the faces can draw, newlines kept.

    Letters of another script become its name in brackets ("[chữ Khmer]"), since a row of boxes would say nothing; look-alikes
    and plain forms stand in for ticks and styled letters; pictographs and invisible signs are left out, and where nothing else
    stood, the text says so.
    """
    text = nfc(text)
    known = fonts.covered()
    if all(ord(char) in known for char in text if char != "\n"):
        return text
    replaced = "".join(_stand_in(char, known) for char in text.translate(_LOOKALIKES))
    named = _SAME_AGAIN.sub(r"\1", replaced)
    return _SPACES.sub(lambda match: " " if match.start() and match.end() < len(named) else "", named).strip() or "[biểu tượng]"


def _stand_in(char: str, known: frozenset[int]) -> str:
    if char == "\n" or ord(char) in known:
        return char
    plain = unicodedata.normalize("NFKC", char)
    if all(ord(part) in known for part in plain):
        return plain
    if unicodedata.category(char)[0] in "LMN" and not unicodedata.name(char, "").startswith("VARIATION"):
        first_word = unicodedata.name(char, "").split(" ")[0]
        return f"[chữ {_SCRIPTS.get(first_word, 'khác')}]"
    return ""


class Text(Paragraph):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph that breaks its lines once for a width: tables and kept blocks ask twice or more."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if getattr(self, "blPara", None) is not None and self.width == availWidth:
            return self.width, self.height
        width, height = super().wrap(availWidth, availHeight)
        return width, height


def paragraph(style: ParagraphStyle, *runs: str | Run) -> Text:
    """Runs in, one paragraph out; newlines in them become spaces. A plain text is a run in the style's own face."""
    return Text(None, _breaking(style, runs), frags=[_fragment(style, run) for run in runs])


def paragraphs(style: ParagraphStyle, text: str, *lead: str | Run) -> list[Text]:
    """A text in, a paragraph for each of its lines out; `lead` runs in before the first."""
    first, *others = [line for line in text.split("\n") if line.strip()] or [""]
    return [paragraph(style, *lead, first), *(paragraph(style, line) for line in others)]


def _fragment(style: ParagraphStyle, run: str | Run) -> ParaFrag:
    text, face, color = run if isinstance(run, Run) else (run, style.fontName, None)
    return ParaFrag(
        text=drawable(text).replace("\n", " "),
        fontName=face,
        fontSize=style.fontSize,
        textColor=color or style.textColor,
        rise=0,
        greek=0,
        bold=0,
        italic=0,
        link=[],
        us_lines=[],
    )


def _breaking(style: ParagraphStyle, runs: tuple[str | Run, ...]) -> ParagraphStyle:
    """The style itself, or its twin that breaks inside words where a word is too long for any line."""
    texts = (run if isinstance(run, str) else run.text for run in runs)
    if any(len(word) > LONGEST_WORD for text in texts if len(text) > LONGEST_WORD for word in text.split()):
        return _twin(style)
    return style


_TWINS: dict[int, tuple[ParagraphStyle, ParagraphStyle]] = {}


def _twin(style: ParagraphStyle) -> ParagraphStyle:
    if id(style) not in _TWINS:
        _TWINS[id(style)] = (style, style.clone(style.name + "-breaking", splitLongWords=1))
    return _TWINS[id(style)][1]
