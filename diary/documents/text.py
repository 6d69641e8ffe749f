"""Text on its way to paper: what the faces cannot draw is replaced, runs become paragraphs. Nothing a user wrote is parsed as markup."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from reportlab.lib.colors import Color
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from ..domain.vietnamese import nfc
from . import fonts

NBSP = "\u00a0"

_LOOKALIKES = str.maketrans("✓✔✅☑✗✘❌\uf0b7\u2011\t", "√√√√×××•- ")
_SCRIPTS = {"KHMER": "Khmer", "CJK": "Hán", "LAO": "Lào", "THAI": "Thái", "CHAM": "Chăm"}
_SAME_AGAIN = re.compile(r"(\[chữ \w+\])(?: ?\1)+")
_SPACES = re.compile(r" {2,}| +$|^ +", re.MULTILINE)


class Run(NamedTuple):
    """A piece of a paragraph in a face of its own; without a colour it takes the style's."""

    text: str
    face: str
    color: Color | None = None


Runs = tuple[str | Run, ...]


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
    """A paragraph that breaks its lines once for a width (tables and kept blocks ask twice or more), and inside a word only where
    the word is wider than the line.

    Papers say the same again and again: labels, heads, names of levels. So what was made from the same `runs` in the same style is
    broken once, and within one file set once: later ones are the same strokes at another place.
    """

    style: ParagraphStyle
    runs: Runs | None = None  # None: a piece of a paragraph that broke over pages
    _broken_at: float | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if self._broken_at != availWidth or not hasattr(self, "blPara"):
            if self.runs is None or self.bulletText:
                self.break_lines(availWidth)
            else:
                self.__dict__.update(_broken(self.style, self.runs, availWidth))
        return self.width, self.height

    def break_lines(self, width: float) -> None:
        """Break the lines for a width in points."""
        super().wrap(width, 0)
        if self._width_max > max(self._wrapWidths) + 0.01 and not self.style.splitLongWords:
            self.style = self.style.clone(self.style.name + "-breaking", splitLongWords=1)
            super().wrap(width, 0)
        self._broken_at = width

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        strokes: dict[object, list[str]] | None = getattr(canvas, "strokes", None)
        if strokes is None or self.runs is None or self.bulletText:
            super().drawOn(canvas, x, y, _sW)
            return
        # what a text leaves on the page depends on nothing but these, for a file has one list of letters for each face
        key = (self.style, self.runs, self._broken_at, canvas._fillColorObj, canvas._fontname, canvas._fontsize)
        known = strokes.get(key)
        if known is None:
            known = strokes[key] = self._strokes(canvas)
        canvas._code += ["q", f"1 0 0 1 {fp_str(x, y)} cm", *known, "Q"]

    def _strokes(self, canvas: Any) -> list[str]:
        """What draws the text at the origin; nothing is left on the page."""
        page, canvas._code = canvas._code, []
        canvas.push_state_stack()
        self._drawOn(canvas)
        canvas.pop_state_stack()
        drawn: list[str] = canvas._code
        canvas._code = page
        return drawn


@lru_cache(maxsize=1024)
def _made(style: ParagraphStyle, runs: Runs) -> dict[str, Any]:
    made = Text(None, style, frags=[_fragment(style, run) for run in runs])
    made.runs = runs
    return made.__dict__


@lru_cache(maxsize=1024)
def _broken(style: ParagraphStyle, runs: Runs, width: float) -> dict[str, Any]:
    made = _text(style, runs)
    made.break_lines(width)
    return made.__dict__


def _text(style: ParagraphStyle, runs: Runs) -> Text:
    text = Text.__new__(Text)
    text.__dict__.update(_made(style, runs))
    return text


def cut(text: str, limit: int = 240) -> str:
    """A text that must stay small, such as a name, in; the same, cut with "…" where it is longer than `limit`, out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def shortened(text: str, room: float, face: str, size: float) -> str:
    """A line of text in; out: what of it can be drawn within `room` points, with "…" where it was longer."""
    text = drawable(text)
    if fonts.width(text, face, size) <= room:
        return text
    while text and fonts.width(text + "…", face, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def sentence(text: str) -> str:
    """A text in, the same with a full stop out, unless it ends in a mark of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…:;" else f"{text}."


def paragraph(style: ParagraphStyle, *runs: str | Run) -> Text:
    """Runs in, one paragraph out; newlines in them become spaces. A plain text is a run in the style's own face."""
    return _text(style, runs)


def paragraphs(style: ParagraphStyle, text: str, *lead: str | Run) -> list[Text]:
    """A text in, a paragraph for each of its lines out; `lead` runs in before the first."""
    first, *others = [line for line in text.split("\n") if line.strip()] or [""]
    return [paragraph(style, *lead, first), *(paragraph(style, line) for line in others)]


def broken_paragraph(style: ParagraphStyle, text: str, *lead: str | Run) -> Text:
    """A text in, one paragraph that begins a new line where the text does out: for a style with a ground of its own."""
    frags = [_fragment(style, run) for run in lead]
    for number, line in enumerate(line for line in text.split("\n") if line.strip()):
        if number:
            frags.append(_fragment(style, "").clone(lineBreak=True))
        frags.append(_fragment(style, line))
    return Text(None, style, frags=frags)


def labelled(style: ParagraphStyle, label: str, text: str, *runs: str | Run) -> list[Text]:
    """A label in the style's bullet place and the text beside it, a paragraph for each of its lines; `runs` follow the last."""
    *others, last = [line for line in text.split("\n") if line.strip()] or [""]
    made = [*(paragraph(style, line) for line in others), paragraph(style, last, *runs)]
    made[0].bulletText = drawable(label)
    return made


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
