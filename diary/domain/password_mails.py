"""The mails about passwords: subject and words of each."""

from datetime import datetime

from .accounts import MAILED_CODE_LIFE
from .dates import screen_day

_FROM = "Sổ nhật ký làm theo lời Bác"
_END = f"\n\nĐây là thư tự động, bạn không cần trả lời.\n{_FROM}"
_NOT_YOU = "Nếu bạn không yêu cầu, bạn bỏ qua thư này: mật khẩu đang dùng vẫn như cũ."
Words = tuple[str, str]
"""The subject and the words."""


def code(username: str, shown_code: str, site: str) -> Words:
    """The one-time code, and where to use it; `site` is scheme and host of the pages, "" where nobody said."""
    minutes = int(MAILED_CODE_LIFE.total_seconds() // 60)
    where = f"mở {site}/kich-hoat?ten={username}" if site else "mở trang Kích hoạt tài khoản của chương trình"
    return "Mã đặt lại mật khẩu", (
        f"Chào bạn,\n\nMã đặt lại mật khẩu của tài khoản {username}:\n\n    {shown_code}\n\n"
        f"Bạn {where}, nhập mã này rồi chọn mật khẩu mới. Mã dùng được một lần, trong {minutes} phút. "
        f"Mã cấp trước đó không còn dùng được.\n\n{_NOT_YOU}{_END}"
    )


def not_activated(username: str) -> Words:
    """Why no code comes: the account waits for its first one, which its slip holds."""
    return "Tài khoản chưa kích hoạt", (
        f"Chào bạn,\n\nTài khoản {username} chưa kích hoạt nên chưa có mật khẩu để đặt lại. "
        f"Bạn dùng mã trên phiếu để kích hoạt; mất phiếu thì nhắn bí thư chi đoàn cấp mã mới.\n\n{_NOT_YOU}{_END}"
    )


def ask_above(username: str) -> Words:
    """Why no code comes: who holds a post gets one by mail only with a second factor."""
    return "Đặt lại mật khẩu", (
        f"Chào bạn,\n\nTài khoản {username} đang giữ chức vụ và chưa bật xác thực hai bước, nên mã không gửi qua thư. "
        f"Bạn hãy nhờ Đoàn cấp trên hoặc quản trị cấp mã mới.\n\n{_NOT_YOU}{_END}"
    )


def changed(username: str, at: datetime) -> Words:
    """That the password was changed; `at` is the moment in Vietnam."""
    return "Mật khẩu vừa được đổi", (
        f"Chào bạn,\n\nMật khẩu của tài khoản {username} vừa được đổi lúc {at:%H:%M} ngày {screen_day(at.date())}. "
        f"Các máy khác đã được đăng xuất.\n\nNếu không phải bạn, hãy báo ngay bí thư chi đoàn hoặc quản trị.{_END}"
    )
