"""What a unit's papers of one day carry: its name and that of the unit above as they were then, symbol, town, and who signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select

from ..domain.actors import OFFICERS, Post
from ..domain.documents import KIND_LETTERS, DocumentKind
from ..domain.errors import NotFound
from ..domain.papers import Letterhead, PaperNumber, Signer, officer_signer, plain_name
from ..domain.units import UnitKind
from ..models.accounts import Account, Appointment
from ..models.base import db
from ..models.units import Unit, UnitVersion
from .accounts import held_on
from .unit_names import line_on


@dataclass(frozen=True, slots=True)
class Issuer:
    """A unit as its papers name it on one day. Names may hold break marks; `superior` is "" for the bloc."""

    unit_id: int
    kind: UnitKind
    name: str
    superior: str
    superior_kind: UnitKind | None
    symbol: str
    place: str
    signer: Signer

    def letterhead(self, kind: DocumentKind) -> Letterhead:
        """The head of a paper of this kind that has no number and no day yet: room to write them in by hand."""
        return Letterhead(self.superior, self.name, PaperNumber(None, KIND_LETTERS[kind], self.symbol), self.place, None)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The lines of "Nơi nhận" on a paper that asks the unit above for something."""
        above = f"{collective(self.superior_kind)} {plain_name(self.superior)} (để xem xét)" if self.superior_kind else ""
        return tuple(line for line in (above, f"Lưu {self.symbol}") if line)


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    kind: UnitKind
    parent_id: int | None
    path: str
    symbol: str


def collective(kind: UnitKind) -> str:
    """Who leads a unit, in letters: the bloc's standing committee (BTV), another unit's committee (BCH)."""
    return "BTV" if kind is UnitKind.BLOC else "BCH"


def issuer(unit_id: int, day: date) -> Issuer:
    """The unit as its papers of `day` name it: a day before its history began takes its first names. NotFound when there is none."""
    own = _named(unit_id, day)
    above = _named(own.parent_id, day) if own.parent_id is not None else None
    return Issuer(
        unit_id=unit_id,
        kind=own.kind,
        name=own.name,
        superior=above.name if above else "",
        superior_kind=above.kind if above else None,
        symbol=own.symbol,
        place=_place(line_on(unit_id, day)),
        signer=signer(unit_id, own.kind, day),
    )


def paper_name(unit_id: int, day: date) -> str:
    """A unit's name and that of the unit above as running text writes them on `day`: "Chi đoàn Khối Nội, Đoàn Bệnh viện"."""
    own = _named(unit_id, day)
    above = _named(own.parent_id, day).name if own.parent_id is not None else ""
    return ", ".join(plain_name(name) for name in (own.name, above) if name)


def signer(unit_id: int, kind: UnitKind, day: date, but: int | None = None) -> Signer:
    """Who signs for the unit on `day`: its secretary, else a deputy in their stead, else nobody known; never the member `but`."""
    secretary_first = case((Appointment.post == Post.SECRETARY, 0), else_=1)
    query = (
        select(Account.name, Appointment.post)
        .join(Account, Account.id == Appointment.account_id)
        .where(
            Appointment.unit_id == unit_id, Appointment.post.in_(OFFICERS), held_on(day), func.coalesce(Account.member_id, 0) != (but or -1)
        )
        .order_by(secretary_first, Appointment.from_day, Appointment.id)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    standing = kind is UnitKind.BLOC
    if row is None:
        return officer_signer(standing_committee=standing)
    return officer_signer(row.name, standing_committee=standing, deputy=row.post is Post.DEPUTY_SECRETARY)


def _named(unit_id: int, day: date) -> _Named:
    """The version of the unit that held on `day`; where none did, the last before it, else the first after it."""
    begun = case((UnitVersion.from_day <= day, UnitVersion.from_day))
    query = (
        select(
            Unit.name.label("now"), Unit.letterhead, Unit.path, Unit.symbol, Unit.code, Unit.kind.label("kind_now"),
            Unit.parent_id.label("parent_now"), UnitVersion.id, UnitVersion.name, UnitVersion.kind, UnitVersion.parent_id,
        )
        .outerjoin(UnitVersion, UnitVersion.unit_id == Unit.id)
        .where(Unit.id == unit_id)
        .order_by(case((begun.is_(None), 1), else_=0), begun.desc(), UnitVersion.from_day)
        .limit(1)
    )  # fmt: skip
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound()
    known = row.id is not None
    name = row.name if known else row.now
    return _Named(
        name=row.letterhead if row.letterhead and name == row.now else name,
        kind=row.kind if known else row.kind_now,
        parent_id=row.parent_id if known else row.parent_now,
        path=row.path,
        symbol=row.symbol or row.code,
    )


def _place(line: Sequence[int]) -> str:
    """The town a paper is dated from: the unit's own, else that of the nearest unit above which has one; `line` from the bloc down."""
    found = db.session.execute(select(Unit.id, Unit.place).where(Unit.id.in_(line), Unit.place != ""))
    towns = {unit_id: town for unit_id, town in found}  # noqa: C416 - dict() of rows loses their types
    return next((towns[unit_id] for unit_id in reversed(line) if unit_id in towns), "")
