"""Wishes of the demo's home branch to change a pledge in mid-year: one that waits, one approved, one sent back."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from ...domain.pledge_changes import as_body, as_sent
from ...domain.pledges import ChangeState, PledgeDraft, PledgeState
from ...models.base import db
from ...models.pledges import Pledge, PledgeChange, PledgeRevision
from ...models.units import Virtue
from ..clock import VIETNAM, local_day
from .people import Bloc

_ASKED_AFTER = timedelta(days=45)  # a pledge is lived with a while before one asks to change it


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which of the branch's people asks, how many days ago, why, and what the secretary said."""

    place: int
    state: ChangeState
    days_ago: int
    reason: str
    target: str = ""
    how: str = ""  # added to what stands
    answer: str = ""
    due: tuple[int, int] | None = None  # month and day


_WISHES = (
    _Wish(
        2, ChangeState.WAITING, 2, "Từ tháng này tôi được giao thêm việc ở bộ phận khác; xin lùi hạn một tháng để làm cho đủ số.",
        due=(12, 31),
    ),
    _Wish(
        4, ChangeState.ACCEPTED, 60, "Để cuối tuần mới ghi thì hay quên, nên tôi xin thêm cách theo dõi hằng ngày.",
        how="Cuối ngày ghi một dòng vào sổ tay, thứ Sáu xem lại cả tuần.", answer="Lý do rõ, cách mới dễ kiểm tra hơn. Đồng ý.",
    ),
    _Wish(
        5, ChangeState.DECLINED, 30, "Tôi thấy số đăng ký hơi cao.", target="Làm khi có thời gian",
        answer="Kết quả cần đạt mới chưa kiểm tra được. Hãy ghi một con số vừa sức rồi gửi lại.",
    ),
)  # fmt: skip


def wish_changes(bloc: Bloc, year: int, now: datetime) -> None:
    """Let three people of the home branch ask, each about the oldest pledge of theirs that is approved. Their rows are written already."""
    secretary = bloc.home.people[0].account_id
    for wish in _WISHES:
        asked = datetime.combine(local_day(now) - timedelta(days=wish.days_ago), time(19, 40), VIETNAM)
        mine = (Pledge.member_id == bloc.home.people[wish.place].id, Pledge.year == year, Pledge.state == PledgeState.APPROVED)
        query = select(Pledge).where(*mine, Pledge.written_at < asked - _ASKED_AFTER).order_by(Pledge.written_at).limit(1)
        pledge = db.session.execute(query).scalars().one_or_none()
        if pledge is not None:
            _ask(pledge, wish, asked, secretary)
    db.session.flush()


def _ask(pledge: Pledge, wish: _Wish, asked: datetime, secretary: int) -> None:
    virtue = db.session.get_one(Virtue, pledge.virtue_id).name
    before = PledgeDraft(pledge.virtue_id, pledge.title, pledge.how, pledge.target, pledge.due_on)
    due_on = date(pledge.year, *wish.due) if wish.due else before.due_on
    after = replace(before, target=wish.target or before.target, how=f"{before.how} {wish.how}".strip(), due_on=due_on)
    answered = None if wish.state is ChangeState.WAITING else asked + timedelta(hours=13)
    pledge.version += 1 + (wish.state is ChangeState.ACCEPTED)
    number = (int(asked.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62) | wish.place  # a UUIDv7 the same for the same bloc
    change = PledgeChange(
        id=UUID(int=number), pledge_id=pledge.id, unit_id=pledge.unit_id, review_unit_id=pledge.unit_id, state=wish.state,
        before=as_body(before, virtue), body=as_body(after, virtue), reason=wish.reason, asked_at=asked, answer=wish.answer,
        answered_by=secretary if answered else None, answered_at=answered, pledge_version=pledge.version if answered else 0,
        version=2 if answered else 1,
    )  # fmt: skip
    db.session.add(change)
    if wish.state is ChangeState.ACCEPTED:
        pledge.how, pledge.target = after.how, after.target
        db.session.add(PledgeRevision(pledge_id=pledge.id, number=2, sent_at=asked, body=as_sent(change.body)))
