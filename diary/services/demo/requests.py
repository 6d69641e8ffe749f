"""What somebody of the demo's home branch asked about their own data: it waits for the branch's officers."""

from datetime import datetime, timedelta
from uuid import UUID

from ...domain.data_requests import RequestKind, RequestState
from ...models.data_requests import DataRequest
from .people import Bloc
from .rows import Rows

_WORDS = "Công việc ghi chưa đúng: từ tháng 9 tôi đã chuyển sang bộ phận văn thư."


def ask_correction(rows: Rows, bloc: Bloc, now: datetime) -> None:
    """Let the second named member of the home branch ask for one correction."""
    person, asked = bloc.home.people[3], now - timedelta(days=1, hours=2)
    number = (int(asked.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62) | person.id  # a UUIDv7 the same for the same bloc
    waits = {"kind": RequestKind.CORRECTION, "state": RequestState.WAITING, "words": _WORDS, "asked_at": asked}
    rows.add(DataRequest, id=UUID(int=number), member_id=person.id, **waits)
