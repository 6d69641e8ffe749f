"""What every document on paper is made of: its letterhead, its number, who signs it, and how it can be checked."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

BREAK_MARK = "|"
"""Stands in a unit's name where a letterhead may break it: "Đoàn Bệnh viện | Đa khoa tỉnh"."""


class LetterheadStyle(Enum):
    """The two letterheads of Union documents.

    EARLY: the Union's name over the issuing body's. CURRENT: the superior body over the issuing unit, the Union's name at the right.
    """

    EARLY = "early"
    CURRENT = "current"


CURRENT_STYLE_FROM = date(2013, 10, 29)


def letterhead_style(day: date | None) -> LetterheadStyle:
    """A document's day in, its letterhead out: documents dated before 29/10/2013 carry the early one, an undated one today's."""
    return LetterheadStyle.EARLY if day is not None and day < CURRENT_STYLE_FROM else LetterheadStyle.CURRENT


def name_parts(name: str) -> tuple[str, ...]:
    """A name with or without break marks in, the pieces it may be broken into out: "A | B" gives ("A", "B")."""
    return tuple(part for part in (piece.strip() for piece in name.split(BREAK_MARK)) if part)


def plain_name(name: str) -> str:
    """A name in, the same without its break marks out, as running text writes it."""
    return " ".join(name_parts(name))


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A document's number: `order` within the issuing unit, year and kind (None: not numbered yet), kind ("PĐG", "BC"), unit symbol."""

    order: int | None
    kind: str
    symbol: str

    def __str__(self) -> str:
        """As paper writes it: "01-BC/KCCQ"; without an order, room to write one in by hand."""
        order = "......" if self.order is None else f"{self.order:02}"
        return f"{order}-{self.kind}/{self.symbol}"


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A document's number as someone gave it, whole: "21-QĐ/ĐTNK"."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Facts of a letterhead; names as running text writes them, with break marks where they may break.

    `superior` is the body above the issuing unit (not shown in the early style); `number` None leaves the line out; `day` None
    leaves room for it; `early_body` is how the early style names the issuing body, "BCH" and the unit's name when empty.
    """

    superior: str
    issuer: str
    number: PaperNumber | GivenNumber | None
    place: str
    day: date | None
    early_body: str = ""

    @property
    def style(self) -> LetterheadStyle:
        """The layout that the day asks for."""
        return letterhead_style(self.day)

    @property
    def body_of_early_style(self) -> str:
        """The issuing body as the early style names it, break marks included."""
        return self.early_body or f"BCH {self.issuer}"

    @property
    def author(self) -> str:
        """The issuing unit with the body above it, for a file's metadata: "Chi đoàn Khối Nội, Đoàn Bệnh viện"."""
        return ", ".join(plain_name(name) for name in (self.issuer, self.superior) if name_parts(name))


@dataclass(frozen=True, slots=True)
class Verification:
    """What the footer of an issued document says: its short code, the full address behind its QR, the day it was made."""

    code: str
    url: str
    printed_on: date

    @property
    def page(self) -> str:
        """The address where a code is typed in: the QR's, without scheme and code ("nhatky.example/xac-minh")."""
        return self.url.split("://", 1)[-1].removesuffix(self.code).rstrip("/")


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: the lines over the signature ("TM. BAN CHẤP HÀNH", "BÍ THƯ") and the name under it ("" leaves room only)."""

    roles: tuple[str, ...]
    name: str = ""


COMMITTEE = "TM. BAN CHẤP HÀNH"
STANDING_COMMITTEE = "TM. BAN THƯỜNG VỤ"


def officer_signer(name: str = "", *, standing_committee: bool = False, deputy: bool = False) -> Signer:
    """Who signs for a unit: a bloc's standing committee or a committee, by its secretary or, "KT. BÍ THƯ", by a deputy."""
    collective = STANDING_COMMITTEE if standing_committee else COMMITTEE
    return Signer((collective, "KT. BÍ THƯ", "PHÓ BÍ THƯ") if deputy else (collective, "BÍ THƯ"), name)


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level (mức xếp loại) on paper: in full ("Hoàn thành tốt nhiệm vụ"), short ("Hoàn thành tốt"), and in letters ("HTT")."""

    name: str
    short: str
    letters: str


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """How many members each level had in an earlier year, in the order of this year's levels."""

    year: int
    counts: tuple[int, ...]


BRANCH_SECRETARY = officer_signer()
BLOC_SECRETARY = officer_signer(standing_committee=True)
"""Who signs where no name is known yet."""
