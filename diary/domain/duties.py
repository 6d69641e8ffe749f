"""The periodic duties of the workers by name: what each is in words, and how often it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LOOK = "look_at_entries"
MAIL, PUSH, REMIND, SEAL, SWEEP, TIDY = "send_mail", "send_pushes", "remind", "seal_audit", "sweep_files", "tidy"
GRACE = timedelta(minutes=15)  # a duty, a mail or a job that waits longer than this past its time waits for a worker that does not run
RETRY = timedelta(minutes=1)  # a duty that failed rests at least this long


@dataclass(frozen=True, slots=True)
class Duty:
    """A periodic duty. `every`: at most once in this time. `on_demand`: done only while there is something for it, so it is never late."""

    label: str
    every: timedelta
    on_demand: bool = False


DUTIES = {
    LOOK: Duty("Tìm gợi ý cho các bài gửi từ trước", timedelta(seconds=10), on_demand=True),
    MAIL: Duty("Gửi thư", timedelta(seconds=2), on_demand=True),
    PUSH: Duty("Gửi thông báo đẩy", timedelta(seconds=2), on_demand=True),
    REMIND: Duty("Nhắc việc", timedelta(minutes=10)),
    SEAL: Duty("Khóa các dòng nhật ký hệ thống đã ghi", timedelta(hours=1)),
    SWEEP: Duty("Dọn tệp không còn ai dùng và phiên đăng nhập đã hết hạn", timedelta(hours=24)),
    TIDY: Duty("Dọn việc chạy nền, thư và thông báo đẩy đã cũ", timedelta(hours=6)),
}


def is_late(duty: Duty, due_at: datetime, now: datetime) -> bool:
    """Whether a duty that was due at `due_at` should have been begun by now."""
    return not duty.on_demand and now > due_at + GRACE
