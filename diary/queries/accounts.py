"""Reads about accounts: who is signed in, and the sessions a person has open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from ..domain import consents
from ..domain.actors import Actor, Appointment
from ..domain.dates import screen_day
from ..domain.members import GENDER_LABELS, Gender
from ..domain.units import Place
from ..models.accounts import Account, Consent, SecondFactor, SignInSession
from ..models.accounts import Appointment as AppointmentRow
from ..models.base import db, run
from ..models.members import Member
from ..models.notices import Notice
from ..models.units import Unit


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session belongs to, and what every page's frame needs of them."""

    actor: Actor
    theme: str
    seen_at: datetime
    unread: int
    has_factor: bool  # the second factor is on
    consented: bool  # to the words in force, and not withdrawn


def held_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Whether an appointment row holds on `day`."""
    return and_(AppointmentRow.from_day <= day, or_(AppointmentRow.to_day.is_(None), AppointmentRow.to_day >= day))


def _signed_in_query() -> Select[Any]:
    home, reach = aliased(Unit), aliased(Unit)
    unread = select(func.count()).where(Notice.account_id == Account.id, Notice.read_at.is_(None)).scalar_subquery()
    factor = exists().where(SecondFactor.account_id == Account.id, SecondFactor.confirmed_at.is_not(None))
    agreed = (Consent.account_id == Account.id, Consent.version == consents.VERSION, Consent.withdrawn_at.is_(None))
    return (
        select(
            Account.id, Account.username, Account.name, Account.member_id, Account.theme, SignInSession.seen_at, unread, factor,
            exists().where(*agreed),
            home.id, home.path, home.name,
            AppointmentRow.post, reach.id, reach.path, reach.kind, reach.name, reach.member_count,
        )
        .select_from(SignInSession)
        .join(Account, Account.id == SignInSession.account_id)
        .outerjoin(Member, Member.id == Account.member_id)
        .outerjoin(home, home.id == Member.unit_id)
        .outerjoin(AppointmentRow, and_(AppointmentRow.account_id == Account.id, held_on(bindparam("today", type_=Date))))
        .outerjoin(reach, reach.id == AppointmentRow.unit_id)
        .where(SignInSession.token_hash == bindparam("token"), SignInSession.expires_at > bindparam("now"), Account.closed_at.is_(None))
        .order_by(reach.path)
    )  # fmt: skip


_SIGNED_IN = _signed_in_query()  # every request asks it: building it anew would cost more than running it


def signed_in(token_hash: str, now: datetime, today: date, address: str = "") -> SignedIn | None:
    """The person behind a session token's hash, with the posts they hold `today`; None when it is unknown or over."""
    rows = [tuple(row) for row in run(_SIGNED_IN, {"token": token_hash, "now": now, "today": today})]
    return _signed_in(rows, address) if rows else None


def _signed_in(rows: Sequence[tuple[Any, ...]], address: str) -> SignedIn:
    account_id, username, name, member_id, theme, seen_at, unread, has_factor, consented, unit_id, path, unit_name, *_ = rows[0]
    posts = (row[12:] for row in rows if row[12] is not None)
    actor = Actor(
        account_id=account_id,
        username=username,
        name=name,
        member_id=member_id,
        place=Place(unit_id, path) if unit_id else None,
        unit_name=unit_name or "",
        appointments=tuple(Appointment(post, unit, where, kind, called, bool(count)) for post, unit, where, kind, called, count in posts),
        address=address,
    )
    return SignedIn(actor, theme, seen_at, unread, has_factor, consented)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in as this person; `here` marks the one that asks."""

    browser: str
    address: str
    seen_at: datetime
    here: bool


def open_sessions(actor: Actor, token_hash: str, now: datetime) -> tuple[OpenSession, ...]:
    """The actor's open sessions, the last seen first; `token_hash` is that of the asking one."""
    query = (
        select(SignInSession.browser, SignInSession.address, SignInSession.seen_at, SignInSession.token_hash == token_hash)
        .where(SignInSession.account_id == actor.account_id, SignInSession.expires_at > now)
        .order_by(SignInSession.seen_at.desc())
        .limit(20)
    )
    return tuple(OpenSession(*row) for row in db.session.execute(query))


@dataclass(frozen=True, slots=True)
class Profile:
    """A member's own details as they see them; a mere administrator has only a name."""

    username: str
    name: str
    unit_name: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    gender: Gender | None = None
    ethnicity: str = ""
    joined_union_on: date | None = None
    party_member: bool = False
    phone: str = ""
    email: str = ""
    job: str = ""
    is_member: bool = False

    @property
    def born(self) -> str:
        """The birth as people read it: the day, or the year alone, or nothing."""
        return screen_day(self.born_on) if self.born_on else str(self.birth_year or "")

    @property
    def gender_label(self) -> str:
        return GENDER_LABELS[self.gender] if self.gender else ""


def own_profile(actor: Actor) -> Profile:
    """What the actor's own page shows of them."""
    columns = (
        Member.born_on, Member.birth_year, Member.gender, Member.ethnicity, Member.joined_union_on, Member.party_member, Member.phone,
        Member.email, Member.job,
    )  # fmt: skip
    row = db.session.execute(select(*columns).where(Member.id == actor.member_id)).one_or_none()
    facts: dict[str, Any] = {**row._asdict(), "is_member": True} if row else {}
    return Profile(actor.username, actor.name, actor.unit_name, **facts)


def account_id(username: str) -> int | None:
    """The id of the account called `username`; None when there is none."""
    return db.session.execute(select(Account.id).where(Account.username == username)).scalars().one_or_none()


def actor_of(account_id: int, today: date) -> Actor:
    """The holder of an account as they act today, for what is done in their name without a browser."""
    person = (
        select(Account.username, Account.name, Account.member_id, Unit.id, Unit.path, Unit.name)
        .outerjoin(Member, Member.id == Account.member_id)
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .where(Account.id == account_id)
    )
    username, name, member_id, unit_id, path, unit_name = db.session.execute(person).one()
    posts = (
        select(AppointmentRow.post, Unit.id, Unit.path, Unit.kind, Unit.name, Unit.member_count)
        .join(Unit, Unit.id == AppointmentRow.unit_id)
        .where(AppointmentRow.account_id == account_id, held_on(today))
        .order_by(Unit.path)
    )
    held = (Appointment(*post[:5], bool(post[5])) for post in db.session.execute(posts))
    place = Place(unit_id, path) if unit_id else None
    return Actor(account_id, username, name, member_id, place, unit_name or "", tuple(held))
