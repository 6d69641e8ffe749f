"""The audit log for the administrator: a page of it narrowed as asked, and the same lines to export. Never a word of a diary."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from ..domain.actors import Actor
from ..domain.audit import action_label, subject_label
from ..domain.audit_words import field_words
from ..domain.permissions import Action, require_somewhere
from ..domain.reviews import VIETNAM
from ..domain.vietnamese import fold
from ..models.accounts import Account
from ..models.audit import AuditDetail, AuditLine
from ..models.base import db
from ..models.members import Member
from ..models.units import Unit

LINES_A_PAGE = 50
MOST_EXPORTED = 20_000
PROGRAM = "Chương trình"
_MOST_MEANT = 100  # accounts or units that a typed name may mean
_LOT = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is narrowed by, "" and None for everything: who (username or name as typed, "chương trình" for the program itself),
    action, subject with the id of one, unit (code or name as typed), from and to which day in Vietnam."""

    who: str = ""
    action: str = ""
    subject: str = ""
    subject_id: str = ""
    unit: str = ""
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One audit line. `fields`: names, states and counts in words, never words a person wrote; `block` None: not sealed yet."""

    id: UUID
    at: datetime
    who: str
    username: str
    action: str
    subject: str
    subject_id: str
    unit_name: str
    fields: tuple[str, ...]
    address: str
    block: int | None

    @property
    def action_label(self) -> str:
        return action_label(self.action)

    @property
    def subject_label(self) -> str:
        return subject_label(self.subject)

    @property
    def object_name(self) -> str:
        """What it was done to, in words; ids of rows are named, those of what people write are not worth reading."""
        return f"{self.subject_label} {self.subject_id}" if 0 < len(self.subject_id) < 12 else self.subject_label


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines, the newest first; `older`: the line the next page goes on from, None at the end. `unknown`: what was typed and means
    nobody and no unit, in words."""

    lines: tuple[Line, ...]
    older: UUID | None
    unknown: tuple[str, ...] = ()


_EVERYTHING = Wanted()


def audit_lines(actor: Actor, wanted: Wanted = _EVERYTHING, before: UUID | None = None, size: int = LINES_A_PAGE) -> LinePage:
    """The newest `size` lines of those wanted, from before the line `before`."""
    require_somewhere(actor, Action.AUDIT_READ)
    conditions, unknown = _conditions(wanted)
    if unknown:
        return LinePage((), None, unknown)
    if before is not None:
        at = select(AuditLine.at).where(AuditLine.id == before).scalar_subquery()
        conditions.append(or_(AuditLine.at < at, and_(AuditLine.at == at, AuditLine.id < before)))
    lines = [_line(row) for row in db.session.execute(_newest(conditions, size + 1))]
    return LinePage(tuple(lines[:size]), lines[size - 1].id if len(lines) > size else None)


def lines_to_export(actor: Actor, wanted: Wanted) -> tuple[Line, ...]:
    """The newest 20,000 of the lines wanted, newest first."""
    require_somewhere(actor, Action.AUDIT_READ)
    conditions, unknown = _conditions(wanted)
    if unknown:
        return ()
    found = db.session.execute(_newest(conditions, MOST_EXPORTED), execution_options={"yield_per": _LOT})
    return tuple(_line(row) for row in found)


def _newest(conditions: list[ColumnElement[bool]], most: int) -> Select[*tuple[Any, ...]]:
    """The ids of those wanted first, by index alone; what stands beside them is looked up for these few."""
    found = select(AuditLine.id).where(*conditions).order_by(AuditLine.at.desc(), AuditLine.id.desc()).limit(most).subquery()
    columns = (
        AuditLine.id, AuditLine.at, func.coalesce(Account.name, PROGRAM), func.coalesce(Account.username, ""), AuditLine.action,
        AuditLine.subject, AuditLine.subject_id, func.coalesce(Unit.name, ""), AuditLine.fields, AuditDetail.body, AuditLine.block,
    )  # fmt: skip
    return (
        select(*columns)
        .join(found, found.c.id == AuditLine.id)
        .outerjoin(Account, Account.id == AuditLine.account_id)
        .outerjoin(Unit, Unit.id == AuditLine.unit_id)
        .outerjoin(AuditDetail, AuditDetail.line_id == AuditLine.id)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
    )


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    line_id, at, who, username, action, subject, subject_id, unit_name, fields, body, block = row
    said = tuple(field_words(action, field) for field in fields if field != "")
    return Line(line_id, at, who, username, action, subject, subject_id, unit_name, said, str((body or {}).get("address", "")), block)


def _conditions(wanted: Wanted) -> tuple[list[ColumnElement[bool]], tuple[str, ...]]:
    """What a line has to be, and in words what was typed that nothing answers to."""
    exact = ((AuditLine.action, wanted.action), (AuditLine.subject, wanted.subject), (AuditLine.subject_id, wanted.subject_id))
    conditions: list[ColumnElement[bool]] = [column == value for column, value in exact if value]
    if wanted.from_day:
        conditions.append(AuditLine.at >= _midnight(wanted.from_day))
    if wanted.to_day:
        conditions.append(AuditLine.at < _midnight(wanted.to_day + timedelta(days=1)))
    unknown = []
    for typed, meant, words in ((wanted.who, _whose, "người"), (wanted.unit, _of_unit, "tổ chức")):
        try:
            conditions += meant(typed) if typed else ()
        except _Unclear as unclear:
            unknown.append(str(unclear).format(words=words, typed=typed))
    return conditions, tuple(unknown)


class _Unclear(Exception):
    """What was typed means nothing there is, or too much."""


def _whose(typed: str) -> tuple[ColumnElement[bool], ...]:
    """The condition that a line is of somebody the words name, by username or full name, marks ignored."""
    words = fold(typed)
    if words == fold(PROGRAM):
        return (AuditLine.account_id.is_(None),)
    named = or_(
        Account.username.startswith(words, autoescape=True),
        Member.search.contains(words, autoescape=True),
        Account.name.icontains(typed, autoescape=True),
    )
    query = select(Account.id).outerjoin(Member, Member.id == Account.member_id).where(named)
    return _one_of(AuditLine.account_id, query)


def _of_unit(typed: str) -> tuple[ColumnElement[bool], ...]:
    """The condition that a line belongs to a unit with that code, or with a name that holds the words."""
    words = fold(typed)
    named = or_(func.lower(Unit.code) == typed.lower(), Unit.search.contains(words, autoescape=True))
    return _one_of(AuditLine.unit_id, select(Unit.id).where(named))


def _one_of(column: Any, query: Select[int]) -> tuple[ColumnElement[bool], ...]:
    """That the column holds one of the ids found; equality where there is one: an index then gives the lines in their order."""
    ids = db.session.execute(query.limit(_MOST_MEANT + 1)).scalars().all()
    if not ids:
        raise _Unclear("Không có {words} nào như “{typed}”.")
    if len(ids) > _MOST_MEANT:
        raise _Unclear("Quá nhiều {words} có tên như “{typed}”. Hãy gõ đầy đủ hơn.")
    return (column == ids[0],) if len(ids) == 1 else (column.in_(ids),)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)
