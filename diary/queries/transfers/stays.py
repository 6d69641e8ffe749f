"""Where members were in a year before they came to their branch."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, select

from ...domain.transfers import EarlierStay, TransferState
from ...models.base import db
from ...models.members import Membership
from ...models.transfers import Transfer
from ..unit_names import names_on


def earlier_stays(member_ids: Sequence[int], year: int, unit_id: int) -> dict[int, tuple[EarlierStay, ...]]:
    """Where each of the members was in `year` before they came to `unit_id`, by day; the same two statements for any number of them."""
    if not member_ids:
        return {}
    first, last = date(year, 1, 1), date(year, 12, 31)
    came = and_(
        Transfer.member_id == Membership.member_id, Transfer.from_unit_id == Membership.unit_id, Transfer.state == TransferState.DONE,
        Transfer.moved_on > Membership.to_day,
    )  # fmt: skip
    query = (
        select(
            Membership.id, Membership.member_id, Membership.unit_id, Membership.from_day, Membership.to_day, Transfer.comment,
            Transfer.moved_on,
        )
        .outerjoin(Transfer, came)
        .where(Membership.member_id.in_(member_ids), Membership.unit_id != unit_id, Membership.to_day.between(first, last))
        .order_by(Membership.to_day, Membership.id)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    said = {row.id: row.comment for row in rows if row.moved_on == row.to_day + timedelta(days=1)}
    names = names_on((row.unit_id, row.to_day) for row in rows)
    found: dict[int, dict[int, EarlierStay]] = {}
    for row in rows:
        stay = EarlierStay(names[row.unit_id, row.to_day], max(row.from_day or first, first), row.to_day, said.get(row.id, ""))
        found.setdefault(row.member_id, {})[row.id] = stay
    return {member_id: tuple(stays.values()) for member_id, stays in found.items()}
