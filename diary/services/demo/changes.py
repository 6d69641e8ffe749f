"""What happened to the demo bloc's organisation: a unit that was called otherwise, someone who came this year, someone about to come."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, update

from ...domain.transfers import TransferState
from ...models.base import db
from ...models.members import Membership
from ...models.transfers import Transfer
from ...models.units import UnitVersion
from ..clock import VIETNAM
from .content import Content
from .people import CAME_AGO, OLD, Bloc, Branch, Person
from .rows import Rows

_SAID_OF_NEWCOMER = "Ở chi đoàn cũ làm việc cẩn thận, đi đủ các buổi sinh hoạt. Chưa quen ghi nhật ký, cần anh chị nhắc những tuần đầu."
_SAID_OF_COMER = "Nhận việc gì làm trọn việc ấy, hay giúp người mới. Từ tháng tới công tác ở cơ quan mới theo quyết định điều động."


def change_organisation(rows: Rows, content: Content, bloc: Bloc, now: datetime) -> None:
    """Write the history of a renamed unit, one transfer that is done and one that waits for the home branch."""
    today = now.astimezone(VIETNAM).date()
    for branch in bloc.branches:
        former = next((unit.get("formerly") for unit in content.units if unit["code"] == branch.code), None)
        if former:
            _called_otherwise(branch, former, today)
    _came(rows, bloc, bloc.home.people[-1], today)
    _waits(rows, bloc, bloc.elsewhere.people[5], now)


def _called_otherwise(branch: Branch, former: str, today: date) -> None:
    renamed = min(date(today.year, 3, 15), today - timedelta(days=30))
    current = db.session.execute(select(UnitVersion).where(UnitVersion.unit_id == branch.id)).scalar_one()
    facts = {"kind": current.kind, "parent_id": current.parent_id}
    db.session.add(UnitVersion(unit_id=branch.id, from_day=OLD, to_day=renamed - timedelta(days=1), name=former, **facts))
    db.session.execute(update(UnitVersion).where(UnitVersion.id == current.id).values(from_day=renamed))


def _came(rows: Rows, bloc: Bloc, person: Person, today: date) -> None:
    came = today - CAME_AGO
    rows.add(Membership, member_id=person.id, unit_id=bloc.elsewhere.id, from_day=OLD, to_day=came - timedelta(days=1))
    asked = datetime.combine(came - timedelta(days=3), time(8, 30), VIETNAM)
    rows.add(
        Transfer, **_facts(bloc, person, asked), state=TransferState.DONE, comment=_SAID_OF_NEWCOMER, moved_on=came,
        answered_by=bloc.home.people[0].account_id, answered_at=datetime.combine(came, time(9, 15), VIETNAM), answer="",
    )  # fmt: skip


def _waits(rows: Rows, bloc: Bloc, person: Person, now: datetime) -> None:
    rows.add(
        Transfer, **_facts(bloc, person, now - timedelta(days=1)), state=TransferState.WAITING, comment=_SAID_OF_COMER, moved_on=None,
        answered_by=None, answered_at=None, answer="",
    )  # fmt: skip


def _facts(bloc: Bloc, person: Person, asked: datetime) -> dict[str, object]:
    number = (int(asked.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62) | person.id  # a UUIDv7 the same for the same bloc
    ends = {"from_unit_id": bloc.elsewhere.id, "to_unit_id": bloc.home.id}
    return {"id": UUID(int=number), "member_id": person.id, "asked_by": bloc.elsewhere.people[0].account_id, "asked_at": asked, **ends}
