"""How papers end: signatures with room to sign, "Nơi nhận", and the rule that neither stands alone on a page."""

from collections.abc import Sequence
from copy import copy

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from ..domain.papers import Signer
from . import fonts
from .styles import CELL, FORM_LEFT, SIGNING_ROOM, SIGNING_ROOM_IN_FORMS
from .text import NBSP, cut, paragraph

RIGHT_COLUMN = 0.48  # where the right half of an end block begins, as a part of the width

ROLE = FORM_LEFT.clone("role", fontName=fonts.BOLD, alignment=TA_CENTER, spaceAfter=0)
FORM_ROLE = ROLE.clone("form-role", fontSize=13, leading=17)
RECIPIENTS = FORM_LEFT.clone("recipients", spaceAfter=0)
RECIPIENT = CELL.clone("recipient", leading=14.5)

_INSET = 6
_LINES_KEPT = 2  # lines of the last paragraph that go with what follows it


class Stack:
    """Flowables one under the other, measured and drawn as one."""

    def __init__(self, flowables: Sequence[Flowable]):
        self.flowables = flowables

    def measure(self, width: float) -> float:
        """The height at a width, with the spaces between, not around."""
        self._heights = [float(flowable.wrap(width, 0xFFFFFF)[1]) for flowable in self.flowables]
        return sum(self._heights) + sum(self._gaps())

    def draw(self, canvas: object, x: float, top: float) -> None:
        """Draw downwards from `top`, after `measure`."""
        for flowable, height, gap in zip(self.flowables, self._heights, [0.0, *self._gaps()], strict=False):
            top -= gap + height
            flowable.drawOn(canvas, x, top)

    def _gaps(self) -> list[float]:
        pairs = zip(self.flowables, self.flowables[1:], strict=False)
        return [max(upper.getSpaceAfter(), lower.getSpaceBefore()) for upper, lower in pairs]


class EndBlock(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """The last block of a paper: at the left other flowables (or none), at the right roles, room to sign, and the name."""

    spaceBefore = 6
    spaceAfter = 10

    def __init__(
        self,
        signer: Signer,
        left: Sequence[Flowable] = (),
        room: float = SIGNING_ROOM,
        column: float = RIGHT_COLUMN,
        style: ParagraphStyle = ROLE,
    ):
        super().__init__()
        self._left = Stack(left)
        self._roles = Stack([paragraph(style, role) for role in signer.roles])
        self._name = Stack([paragraph(style, cut(signer.name) or NBSP)])
        self._room = room
        self._column = column

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._x = width * self._column + _INSET
        inner = width - self._x - _INSET
        left = self._left.measure(self._x - 2 * _INSET)
        self._roles_height = self._roles.measure(inner)
        right = self._roles_height + self._room + self._name.measure(inner)
        self._height = max(left, right)
        return width, self._height

    def stretch(self, height: float) -> None:
        """After `wrap`: more room to sign, so that the block is `height` points high."""
        self._room += max(height - self._height, 0)
        self._height = max(height, self._height)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Only a list at the left that no page could hold breaks: what is too much of it goes on under the signature."""
        rest = list(self._left.flowables)
        kept: list[Flowable] = []
        while rest and Stack([*kept, rest[0]]).measure(self._x - 2 * _INSET) <= height:
            kept.append(rest.pop(0))
        block = copy(self)
        block._left = Stack(kept)
        return [block, *rest] if rest and block.wrap(width, height)[1] <= height else []

    def draw(self) -> None:
        self._left.draw(self.canv, 0, self._height)
        self._roles.draw(self.canv, self._x, self._height)
        self._name.draw(self.canv, self._x, self._height - self._roles_height - self._room)


def form_signature(signer: Signer, column: float = RIGHT_COLUMN) -> EndBlock:
    """Who signs on a form, in its smaller type and room, from `column` (a part of the width) to the right end."""
    return EndBlock(signer, room=SIGNING_ROOM_IN_FORMS, column=column, style=FORM_ROLE)


class TwoSignatures(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Two who sign side by side, their names on one line."""

    spaceBefore = 24

    def __init__(self, left: Signer, right: Signer):
        super().__init__()
        self._blocks = [form_signature(left, 0), form_signature(right, 0)]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._half = width / 2
        self._height = max(block.wrap(self._half, height)[1] for block in self._blocks)
        return width, self._height

    def draw(self) -> None:
        for number, block in enumerate(self._blocks):
            block.stretch(self._height)
            block.drawOn(self.canv, number * self._half, 0)


class Kept(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph and what must not part from its last lines: tick boxes, a signature. Only the paragraph may break."""

    def __init__(self, lead: Paragraph, *rest: Flowable):
        super().__init__()
        self._lead, self._rest = lead, rest
        self._stack = Stack([lead, *rest])

    def getSpaceBefore(self) -> float:
        return float(self._lead.getSpaceBefore())

    def getSpaceAfter(self) -> float:
        return float(self._rest[-1].getSpaceAfter())

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._height = self._stack.measure(width)
        return width, self._height

    def split(self, width: float, height: float) -> list[Flowable]:
        lead_height = self._lead.wrap(width, height)[1]
        room = min(height, lead_height - _LINES_KEPT * self._lead.style.leading)
        pieces = self._lead.split(width, room) if room > 0 else []
        if len(pieces) != 2:
            return []
        return [pieces[0], Kept(pieces[1], *self._rest)]

    def draw(self) -> None:
        self._stack.draw(self.canv, 0, self._height)


def recipients(lines: Sequence[str]) -> list[Flowable]:
    """Who a paper goes to, as lines without dash and stop, in; "Nơi nhận:" and its list out, the last line being where it is kept."""
    if not lines:
        return []
    stops = [";"] * (len(lines) - 1) + ["."]
    head = Paragraph("<u>Nơi nhận</u>:", RECIPIENTS)
    return [head, *(paragraph(RECIPIENT, f"- {line.rstrip(';. ')}{stop}") for line, stop in zip(lines, stops, strict=True))]
