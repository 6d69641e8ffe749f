"""Reads for the administrator: audit lines, accounts, and how much there is of everything. Never a word of a diary."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, exists, func, or_, select

from ..domain.actors import Actor
from ..domain.audit import action_label, subject_label
from ..domain.permissions import Action, require_somewhere
from ..domain.units import UnitKind
from ..domain.vietnamese import fold
from ..models.accounts import Account, SecondFactor, SignInSession
from ..models.audit import AuditDetail, AuditLine
from ..models.base import db
from ..models.entries import Entry, Evidence
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit

LINES_A_PAGE, MOST_ACCOUNTS = 50, 20


@dataclass(frozen=True, slots=True)
class Line:
    """One audit line. `fields`: names, states and counts, never words a person wrote."""

    id: UUID
    at: datetime
    who: str
    action: str
    subject: str
    subject_id: str
    unit_name: str
    fields: tuple[str, ...]
    address: str

    @property
    def action_label(self) -> str:
        return action_label(self.action)

    @property
    def subject_label(self) -> str:
        return subject_label(self.subject)


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines, the newest first; `older`: from which id the next page goes on, None at the end."""

    lines: tuple[Line, ...]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class AccountCounts:
    all: int
    active: int  # with a password, not closed
    waiting: int  # not activated yet
    closed: int
    sessions: int  # browsers signed in now


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account; `member_id` is None for one that belongs to no member, `has_factor`: its second factor is on."""

    username: str
    name: str
    unit_name: str
    activated: bool
    closed: bool
    member_id: int | None
    has_factor: bool


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many rows there are of the large nouns."""

    units: int
    members: int
    entries: int
    pledges: int
    evidence: int


def audit_lines(actor: Actor, action: str = "", subject: str = "", before: UUID | None = None) -> LinePage:
    """The newest audit lines, only those of an action or subject where given, from before the line `before`."""
    require_somewhere(actor, Action.AUDIT_READ)
    columns = (
        AuditLine.id, AuditLine.at, func.coalesce(Account.name, "Chương trình"), AuditLine.action, AuditLine.subject,
        AuditLine.subject_id, func.coalesce(Unit.name, ""), AuditLine.fields, AuditDetail.body,
    )  # fmt: skip
    query = (
        select(*columns)
        .outerjoin(Account, Account.id == AuditLine.account_id)
        .outerjoin(Unit, Unit.id == AuditLine.unit_id)
        .outerjoin(AuditDetail, AuditDetail.line_id == AuditLine.id)
        .order_by(AuditLine.id.desc())
        .limit(LINES_A_PAGE + 1)
    )
    for column, wanted in ((AuditLine.action, action), (AuditLine.subject, subject)):
        query = query.where(column == wanted) if wanted else query
    if before is not None:
        query = query.where(AuditLine.id < before)
    lines = [_line(row) for row in db.session.execute(query)]
    older = lines[LINES_A_PAGE - 1].id if len(lines) > LINES_A_PAGE else None
    return LinePage(tuple(lines[:LINES_A_PAGE]), older)


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    *facts, fields, body = row
    line_id, at, who, action, subject, subject_id, unit_name = facts
    address = str((body or {}).get("address", ""))
    return Line(line_id, at, who, action, subject, subject_id, unit_name, tuple(str(field) for field in fields), address)


def account_counts(actor: Actor, now: datetime) -> AccountCounts:
    """How many accounts there are and in which state."""
    require_somewhere(actor, Action.ACCOUNT_MANAGE)
    closed, activated = Account.closed_at.is_not(None), Account.password_hash != ""
    sessions = select(func.count()).select_from(SignInSession).where(SignInSession.expires_at > now).scalar_subquery()

    def counted(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(func.count(), counted(~closed & activated), counted(~closed & ~activated), counted(closed), sessions).select_from(
        Account
    )
    return AccountCounts(*db.session.execute(query).one())


def find_accounts(actor: Actor, words: str) -> tuple[AccountRow, ...]:
    """The first 20 accounts whose username begins with `words` or whose member's name holds them, marks ignored; none for no words."""
    require_somewhere(actor, Action.ACCOUNT_MANAGE)
    wanted = fold(words)
    if not wanted:
        return ()
    query = (
        select(
            Account.username,
            Account.name,
            func.coalesce(Unit.name, ""),
            Account.password_hash != "",
            Account.closed_at.is_not(None),
            Account.member_id,
            exists().where(SecondFactor.account_id == Account.id, SecondFactor.confirmed_at.is_not(None)),
        )
        .outerjoin(Member, Member.id == Account.member_id)
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .where(or_(Account.username.startswith(wanted, autoescape=True), Member.search.contains(wanted, autoescape=True)))
        .order_by(Account.username)
        .limit(MOST_ACCOUNTS)
    )
    return tuple(AccountRow(*row) for row in db.session.execute(query))


def amounts(actor: Actor) -> Amounts:
    """How many rows there are of units, active members, entries, pledges and evidence."""
    require_somewhere(actor, Action.SYSTEM_MANAGE)
    members = select(func.coalesce(func.sum(Unit.member_count), 0)).scalar_subquery()
    units = select(func.count()).select_from(Unit).where(Unit.kind != UnitKind.BLOC).scalar_subquery()
    entries, pledges, evidence = (select(func.count()).select_from(table).scalar_subquery() for table in (Entry, Pledge, Evidence))
    return Amounts(*db.session.execute(select(units, members, entries, pledges, evidence)).one())
