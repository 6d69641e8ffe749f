"""Reads for the administrator: accounts, and how much there is of everything. Never a word of a diary."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, func, or_, select

from ..domain.actors import Actor
from ..domain.permissions import Action, require_somewhere
from ..domain.units import UnitKind
from ..domain.vietnamese import fold
from ..models.accounts import Account, SecondFactor, SignInSession
from ..models.base import db
from ..models.entries import Entry, Evidence
from ..models.members import Member
from ..models.pledges import Pledge
from ..models.units import Unit

MOST_ACCOUNTS = 20


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
