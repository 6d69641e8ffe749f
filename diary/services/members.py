"""Members: adding and editing one, and the rows behind every new member."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from ..domain.members import MemberDraft, search_name
from ..domain.names import full_name, sort_key
from ..models.accounts import Account
from ..models.base import Base, db
from ..models.members import Member, Membership
from ..models.units import Unit
from .usernames import free_usernames

NewMember = tuple[int, MemberDraft]
"""The unit's id and who comes into it."""


def add_rows(people: Sequence[NewMember], since: date | None) -> list[int]:
    """Insert members with their memberships and accounts, and count them in their units; their ids in the same order.

    `since` is the day the memberships begin, None for "before the books". No question asked and nothing told.
    """
    ids = insert_all(Member, [{"unit_id": unit_id, **columns_of(draft)} for unit_id, draft in people])
    memberships = [{"member_id": member, "unit_id": unit_id, "from_day": since} for member, (unit_id, _) in zip(ids, people, strict=True)]
    insert_all(Membership, memberships)
    usernames = free_usernames((draft.family_name, draft.given_name) for _, draft in people)
    names = [full_name(draft.family_name, draft.given_name) for _, draft in people]
    whose = zip(usernames, names, ids, strict=True)
    insert_all(Account, [{"username": username, "name": name, "member_id": member} for username, name, member in whose])
    for unit_id, more in Counter(unit_id for unit_id, _ in people).items():
        count_members(unit_id, more)
    return ids


def insert_all(table: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert many rows of one table; their ids in the same order."""
    if not rows:
        return []
    ids = insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True)
    return list(db.session.execute(ids, rows).scalars())


def columns_of(draft: MemberDraft) -> dict[str, Any]:
    """The columns a draft fills, those made from the name among them."""
    facts = {field: getattr(draft, field) for field in draft.__dataclass_fields__}
    return facts | name_columns(draft.family_name, draft.given_name)


def name_columns(family: str, given: str) -> dict[str, str]:
    """The columns of a name, in which order it stands and by what it is found."""
    return {"family_name": family, "given_name": given, "sort_key": sort_key(family, given), "search": search_name(family, given)}


def count_members(unit_id: int, more: int) -> None:
    """Let the unit count `more` active members (fewer when negative)."""
    db.session.execute(update(Unit).where(Unit.id == unit_id).values(member_count=Unit.member_count + more))
