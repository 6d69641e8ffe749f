"""Photos of an entry: one across the column, more of them two by two, each with the line under it."""

import hashlib
import struct
from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from ...domain.year_books import BookPhoto
from .. import fonts
from ..styles import DAY_COLUMN, ENTRY_CAPTION, GREY, HEAD_GROUND, INNER_LINE
from ..text import Text, paragraph

_GAP = 4 * mm
_ONE_HIGH, _TWO_HIGH = 66 * mm, 50 * mm
_LEAST = 0.6  # of that height is the least a photo shrinks to, so that its entry ends on the page where it began
_UNREADABLE = (4, 3)
_NO_END = 0xFFFFFF  # as high as a page is that never ends


class _Jpeg:
    """A JPEG file as reportlab takes it without decoding it; its text is what the file is known by, so that one is stored once."""

    def __init__(self, content: bytes):
        self._content = content
        self.size = _size_of(content)

    def jpeg_fh(self) -> BytesIO:
        return BytesIO(self._content)

    def __str__(self) -> str:
        return hashlib.sha256(self._content).hexdigest()


def _size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, None for what is no JPEG that can be embedded."""
    if not content.startswith(b"\xff\xd8"):
        return None
    try:
        width, height, *_ = readJPEGInfo(BytesIO(content))
    except (PDFError, struct.error):
        return None
    return (width, height) if width and height else None


class PhotoRow(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """One or two photos side by side with their captions, indented like the entry's text; never broken.

    At the foot of a page they shrink rather than leave the page half empty; `company` is the height of what follows and is to stay.
    """

    spaceBefore = 4
    spaceAfter = 4

    def __init__(self, photos: Sequence[BookPhoto], columns: int):
        super().__init__()
        self._columns = columns
        self.company = 0.0
        self._pictures = [_Jpeg(photo.jpeg) for photo in photos]
        self._captions: list[Text | None] = [paragraph(ENTRY_CAPTION, photo.caption) if photo.caption.strip() else None for photo in photos]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        room = width - DAY_COLUMN
        self._column = (room - _GAP * (self._columns - 1)) / self._columns
        tallest = _ONE_HIGH if self._columns == 1 else _TWO_HIGH
        under = max(caption.wrap(self._column, height)[1] + 2 if caption else 0.0 for caption in self._captions)
        tallest = min(tallest, max(height - under - self.company, tallest * _LEAST))
        self._boxes = [_fitted(picture.size or _UNREADABLE, self._column, tallest) for picture in self._pictures]
        self._height = max(box[1] for box in self._boxes) + under
        return width, self._height

    def slack(self, width: float) -> float:
        """How much lower than in full size the row can be."""
        full = self.wrap(width, _NO_END)[1]
        return full - self.wrap(width, 0)[1]

    def draw(self) -> None:
        for place, (picture, box, caption) in enumerate(zip(self._pictures, self._boxes, self._captions, strict=True)):
            x = DAY_COLUMN + place * (self._column + _GAP)
            _draw(self.canv, picture, x, self._height - box[1], box)
            if caption:
                caption.drawOn(self.canv, x, self._height - box[1] - 2 - caption.height)


def photo_rows(photos: Sequence[BookPhoto]) -> list[PhotoRow]:
    """Photos in, the rows they stand in out."""
    columns = min(len(photos), 2)
    return [PhotoRow(photos[start : start + 2], columns) for start in range(0, len(photos), 2)]


def _fitted(size: tuple[int, int], width: float, height: float) -> tuple[float, float]:
    scale = min(width / size[0], height / size[1])
    return size[0] * scale, size[1] * scale


def _draw(canvas: Canvas, picture: _Jpeg, x: float, y: float, box: tuple[float, float]) -> None:
    canvas.saveState()
    canvas.setStrokeColor(INNER_LINE)
    canvas.setLineWidth(0.5)
    if picture.size:
        canvas.drawImage(picture, x, y, *box)
        canvas.rect(x, y, *box, stroke=1, fill=0)
    else:
        canvas.setFillColor(HEAD_GROUND)
        canvas.rect(x, y, *box, stroke=1, fill=1)
        canvas.setFillColor(GREY)
        canvas.setFont(fonts.ITALIC, 11)
        canvas.drawCentredString(x + box[0] / 2, y + box[1] / 2, "Không đọc được ảnh")
    canvas.restoreState()
