"""Reads about members: the list an officer works with, and one member with posts, memberships and account."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from ..domain.accounts import CODE_TRIES
from ..domain.actors import POST_LABELS, Actor, Post
from ..domain.dates import screen_day
from ..domain.errors import NotFound
from ..domain.members import MemberDraft, Standing
from ..domain.names import full_name, initials
from ..domain.permissions import Action, Subject, may, require
from ..domain.units import Place, UnitKind, lineage, path_range
from ..domain.vietnamese import clean_line, fold, like_pattern
from ..models.accounts import Account
from ..models.accounts import Appointment as AppointmentRow
from ..models.base import db
from ..models.members import Member, Membership
from ..models.units import Unit
from .accounts import held_on
from .reach import units_within

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as a line of the list."""

    id: int
    family_name: str
    given_name: str
    unit_name: str
    born_on: date | None
    birth_year: int | None
    phone: str
    standing: Standing
    activated: bool
    posts: tuple[str, ...]

    @property
    def name(self) -> str:
        return full_name(self.family_name, self.given_name)

    @property
    def initials(self) -> str:
        return initials(self.family_name, self.given_name)

    @property
    def born(self) -> str:
        return born_words(self.born_on, self.birth_year)


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page of the list: `total` of all pages, those of them who have not activated their account, pages from 1."""

    rows: tuple[MemberRow, ...]
    total: int
    waiting: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to filter by or to put people into; `depth` below the topmost one offered."""

    id: int
    name: str
    depth: int
    takes_members: bool


def born_words(born_on: date | None, birth_year: int | None) -> str:
    """The birth as people read it: the day, or the year alone, or nothing."""
    return screen_day(born_on) if born_on else str(birth_year or "")


def unit_choices(actor: Actor, action: Action = Action.MEMBER_READ) -> tuple[UnitChoice, ...]:
    """The open units where the actor's posts allow `action`, in the order of the tree."""
    reach = units_within(actor, action)
    assert reach is not None
    rows = db.session.execute(select(Unit.id, Unit.path, Unit.name, Unit.kind, Unit.search).where(reach, Unit.closed_on.is_(None))).all()
    keys = {row.id: (row.search, row.id) for row in rows}
    rows = sorted(rows, key=lambda row: [keys[unit_id] for unit_id in lineage(row.path) if unit_id in keys])
    tops = min((len(lineage(row.path)) for row in rows), default=0)
    return tuple(UnitChoice(row.id, row.name, len(lineage(row.path)) - tops, row.kind is not UnitKind.BLOC) for row in rows)


def member_page(
    actor: Actor, today: date, page: int = 1, words: str = "", unit_id: int | None = None, standing: Standing = Standing.ACTIVE
) -> MemberPage:
    """The members `actor` may read whose name holds `words` (marks ignored, exact ones first), of a unit and below; A_PAGE of them by name.

    Digits are looked for in the phone, a word with a dot among the usernames too. A unit out of reach gives nobody.
    """
    where = _wanted(actor, words, unit_id, standing)
    counts = select(func.count(), func.count(case((Account.password_hash == "", 1)))).select_from(Member).join(Unit).outerjoin(Account)
    total, waiting = db.session.execute(counts.where(where)).one()
    pages = max(1, -(-total // A_PAGE))
    page = min(max(page, 1), pages)
    columns: tuple[Any, ...] = (
        Member.id, Member.family_name, Member.given_name, Unit.name, Member.born_on, Member.birth_year, Member.phone, Member.standing,
        func.coalesce(Account.password_hash, "") != "",
    )  # fmt: skip
    query = select(*columns).select_from(Member).join(Unit).outerjoin(Account).where(where)
    found = db.session.execute(query.order_by(*_order(words)).limit(A_PAGE).offset((page - 1) * A_PAGE))
    rows: list[tuple[Any, ...]] = [tuple(row) for row in found]
    posts = _posts_of([row[0] for row in rows], today)
    return MemberPage(tuple(MemberRow(*(*row, posts.get(row[0], ()))) for row in rows), total, waiting, page, pages)


def _wanted(actor: Actor, words: str, unit_id: int | None, standing: Standing) -> ColumnElement[bool]:
    reach = units_within(actor, Action.MEMBER_READ)
    assert reach is not None
    parts = [reach, Member.standing == standing]
    if unit_id is not None:
        path = db.session.execute(select(Unit.path).where(Unit.id == unit_id)).scalar()
        parts.append(_below(path) if path else false())
    folded = fold(words)
    if folded:
        parts.append(or_(*_holding(folded)))
    return and_(*parts)


def _below(path: str) -> ColumnElement[bool]:
    low, high = path_range(path)
    return and_(Unit.path >= low, Unit.path < high)


def _holding(folded: str) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = [Member.search.like(like_pattern(folded), escape="\\")]
    digits = "".join(letter for letter in folded if letter.isdigit())
    if len(digits) >= 3:
        ways.append(Member.phone.like(like_pattern(digits), escape="\\"))
    if "." in folded:
        ways.append(Account.username.like(like_pattern(folded), escape="\\"))
    return ways


def _order(words: str) -> tuple[Any, ...]:
    """By name; a search with marks puts the names that have them before those that only fold alike."""
    typed = clean_line(words)
    if not typed or fold(typed) == typed.lower():
        return Member.sort_key, Member.id
    name = Member.family_name + " " + Member.given_name
    exact = or_(*(name.like(like_pattern(way), escape="\\") for way in {typed, typed.lower(), typed.title(), typed.upper()}))
    return case((exact, 0), else_=1), Member.sort_key, Member.id


def _posts_of(member_ids: Sequence[int], today: date) -> dict[int, tuple[str, ...]]:
    """The posts these members hold, in words with the unit where it is not their own."""
    query = (
        select(Account.member_id, AppointmentRow.post, AppointmentRow.unit_id == Member.unit_id, Unit.name)
        .select_from(AppointmentRow)
        .join(Account, Account.id == AppointmentRow.account_id)
        .join(Member, Member.id == Account.member_id)
        .join(Unit, Unit.id == AppointmentRow.unit_id)
        .where(Account.member_id.in_(member_ids), held_on(today))
        .order_by(Unit.path)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for member_id, post, own, unit_name in db.session.execute(query):
        if member_id is not None:
            found[member_id].append(POST_LABELS[post] if own else f"{POST_LABELS[post]} – {unit_name}")
    return {member_id: tuple(labels) for member_id, labels in found.items()}


@dataclass(frozen=True, slots=True)
class Held:
    """A post or a membership over time; without an end it still holds, without a beginning it is older than the books."""

    words: str
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """The account behind a member. `code_until`: the last day of a code that is out and still good."""

    username: str
    activated: bool
    closed: bool
    code_until: datetime | None


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member as an officer, or they themselves, may see them."""

    id: int
    version: int
    draft: MemberDraft
    standing: Standing
    place: Place
    unit_name: str
    account: AccountFacts | None
    posts: tuple[Held, ...]
    memberships: tuple[Held, ...]
    may_edit: bool
    is_self: bool
    erased: bool  # nothing of theirs is left but what is counted

    @property
    def name(self) -> str:
        return full_name(self.draft.family_name, self.draft.given_name)

    @property
    def born(self) -> str:
        return born_words(self.draft.born_on, self.draft.birth_year)


_DRAFT = tuple(getattr(Member, field) for field in MemberDraft.__dataclass_fields__)


def load_member(actor: Actor, member_id: int, now: datetime) -> MemberFacts:
    """A member with posts, memberships and account; NotFound to who may not know of them."""
    row = db.session.execute(_facts().where(Member.id == member_id)).one_or_none()
    if row is None:
        raise NotFound()
    subject = Subject(Place(row.unit_id, row.path), owner_id=row.id)
    require(actor, Action.MEMBER_READ, subject)
    return MemberFacts(
        id=row.id,
        version=row.version,
        draft=MemberDraft(**{field: getattr(row, field) for field in MemberDraft.__dataclass_fields__}),
        standing=row.standing,
        place=subject.place,
        unit_name=row.unit_name,
        account=_account(row, now) if row.username else None,
        posts=_all_posts(member_id),
        memberships=_memberships(member_id),
        may_edit=may(actor, Action.MEMBER_EDIT, subject) and row.erased_at is None,
        is_self=actor.member_id == row.id,
        erased=row.erased_at is not None,
    )


def _facts() -> Select[Any]:
    account = (Account.username, Account.password_hash, Account.code_hash, Account.code_expires_at, Account.code_tries, Account.closed_at)
    columns: tuple[Any, ...] = (
        Member.id, Member.version, Member.standing, Member.erased_at, Member.unit_id, Unit.name.label("unit_name"), Unit.path, *_DRAFT,
        *account,
    )  # fmt: skip
    return select(*columns).select_from(Member).join(Unit).outerjoin(Account)


def _account(row: Any, now: datetime) -> AccountFacts:
    good = row.code_hash and row.code_tries < CODE_TRIES and row.code_expires_at is not None and row.code_expires_at > now
    return AccountFacts(row.username, bool(row.password_hash), row.closed_at is not None, row.code_expires_at if good else None)


def _all_posts(member_id: int) -> tuple[Held, ...]:
    query = (
        select(AppointmentRow.post, Unit.name, AppointmentRow.from_day, AppointmentRow.to_day)
        .select_from(AppointmentRow)
        .join(Account, Account.id == AppointmentRow.account_id)
        .join(Unit, Unit.id == AppointmentRow.unit_id)
        .where(Account.member_id == member_id)
        .order_by(AppointmentRow.to_day.is_not(None), AppointmentRow.from_day.desc(), AppointmentRow.id.desc())
        .limit(A_PAGE)
    )
    rows = db.session.execute(query)
    return tuple(Held(f"{POST_LABELS[Post(post)]} – {unit_name}", from_day, to_day) for post, unit_name, from_day, to_day in rows)


def _memberships(member_id: int) -> tuple[Held, ...]:
    query = (
        select(Unit.name, Membership.from_day, Membership.to_day)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.member_id == member_id)
        .order_by(Membership.to_day.is_not(None), Membership.to_day.desc(), Membership.id.desc())
        .limit(A_PAGE)
    )
    return tuple(Held(*row) for row in db.session.execute(query))
