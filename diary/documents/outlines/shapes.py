"""What a paper of running text and tables is made of, before anything is set."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from ...domain.papers import Letterhead, Signer, Verification


class Style(Enum):
    """How a paragraph stands: running text, a line of a list under a table, a note in italics, a centred line in bold, one in italics."""

    BODY = auto()
    LINE = auto()
    LINE_BOLD = auto()
    NOTE = auto()
    CENTRED_BOLD = auto()
    CENTRED_ITALIC = auto()


class Look(Enum):
    """How a cell's text stands."""

    PLAIN = auto()
    CENTRE = auto()
    RIGHT = auto()
    BOLD = auto()
    BOLD_CENTRE = auto()
    BOLD_RIGHT = auto()
    GREY = auto()
    GREY_RIGHT = auto()
    SMALL = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text as paper shows it and, where it is a figure to count on, its value."""

    text: str
    look: Look = Look.PLAIN
    value: int | Decimal | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A row of one text over the whole width, in bold: the name of the group that follows."""

    text: str


Row = tuple[Cell, ...] | Spread


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head, over `across` columns and `down` rows of head."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are in points; `heads` are rows of head cells, None where one from the left or above reaches; `figures` are
    columns of right-aligned figures, `narrow` those whose heads get hardly any padding, `close` those whose figures do; `small` heads
    are half a point smaller. The last rows, as many as `together` says, stay on one page.

    `name` is what its sheet is called in a workbook.
    """

    name: str
    widths: tuple[float, ...]
    heads: tuple[tuple[HeadCell | None, ...], ...]
    rows: tuple[Row, ...]
    figures: tuple[int, ...] = ()
    narrow: tuple[int, ...] = ()
    close: tuple[int, ...] = ()
    tight: bool = True
    small: bool = False
    together: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A section's heading; it never stands alone at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `lead` is its beginning in bold. Newlines begin paragraphs."""

    text: str
    style: Style = Style.BODY
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Who or what a paper is about: rows of one or two pairs of label and value."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a paper: who signs, and at the left who it goes to (lines without dash and stop)."""

    signer: Signer
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TwoSigners:
    """Two who sign side by side."""

    left: Signer
    right: Signer


@dataclass(frozen=True, slots=True)
class Annex:
    """A new page, lying on its side where `landscape`, with an annex's title, subject and the line that ties it to the paper."""

    title: str
    subject: str
    note: str = ""
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page."""

    blocks: tuple["Block", ...]


Block = Section | Words | Facts | Grid | Closing | TwoSigners | Annex | Together


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole paper. `title` names the file; `kind` and `subject` are its head in print; `verification` None marks a draft."""

    title: str
    letterhead: Letterhead
    kind: str
    subject: tuple[str, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    verification: Verification | None = None


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks in reading order, those held together one by one."""
    for block in blocks:
        if isinstance(block, Together):
            yield from flat(block.blocks)
        else:
            yield block
