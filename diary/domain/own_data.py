"""What a person takes along of their own data: the parts of the file, what each holds in words, and the note that comes with it.

The parts and their names are kept stable, for other programs may read the file. Whoever renames or drops one raises VERSION; adding one
does not.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .dates import screen_day
from .evidence import safe_file_name
from .figures import number

FORMAT, VERSION = "so-nhat-ky-lam-theo-loi-bac", 1
ARCHIVE_NAME, BODY_NAME, NOTE_NAME = "du-lieu-cua-toi.zip", "du-lieu.json", "DOC-TOI.txt"
EVIDENCE_FOLDER, BOOKS_FOLDER, PAPERS_FOLDER = "minh-chung", "so-nhat-ky", "van-ban"

PARTS: Mapping[str, str] = {
    "account": "tài khoản",
    "profile": "thông tin đoàn viên",
    "memberships": "nơi sinh hoạt qua các thời gian",
    "posts": "chức vụ đã và đang giữ",
    "transfers": "các lần chuyển sinh hoạt, kèm nhận xét của nơi đi",
    "consents": "những lần đồng ý và rút lại đồng ý",
    "pledges": "nội dung đăng ký, mỗi bản đã gửi, nhận xét và lời xin đổi",
    "entries": "bài nhật ký, mỗi bản đã gửi, phần bổ sung, nhận xét, tên tệp minh chứng và mục Ghi riêng",
    "month_choices": "bài bạn chọn là hay nhất của từng tháng",
    "weeks": "từng tuần: số bài, hoặc lời báo không có việc",
    "leaves": "những ngày nghỉ không tính",
    "evaluations": "tự đánh giá, các bước xét và kết quả xếp loại",
    "attendances": "những lần họp xét xếp loại bạn được điểm danh",
    "fees": "đoàn phí",
    "trainings": "kết quả Chương trình rèn luyện đoàn viên",
    "figures": "số liệu chi đoàn ghi tay về bạn: sinh hoạt, hoạt động, mô hình, khen thưởng, kỷ luật",
    "documents": "văn bản đã phát hành về bạn",
    "requests": "những đề nghị của bạn về dữ liệu, kèm câu trả lời",
    "notices": "thông báo chương trình đã gửi bạn",
    "nudges": "những ngày bạn được nhắc",
    "reminders": "những lần chương trình nhắc bạn",
    "reminder_choices": "cách bạn muốn được nhắc (thứ Hai là 0)",
    "devices": "những máy nhận lời nhắc trên màn hình",
    "calendar": "địa chỉ lịch đã tạo (không giữ chính địa chỉ)",
    "mails": "thư chương trình đã gửi bạn (không giữ lời thư)",
    "readings": "ai đã đọc nhật ký của bạn, lúc nào",
    "sessions": "những máy đang đăng nhập",
    "sign_ins": "những lần đăng nhập, cả lần chưa đúng",
    "activity": "những việc bạn đã làm trong chương trình, không kèm lời",
}


def readable_names(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """Names for files, each in its folder and there only once; (folder, name as a person knows it) in.

    A name that is taken gets a number before its ending: "a.jpg", "a (2).jpg".
    """
    taken: set[str] = set()
    return [_free(folder, safe_file_name(name), taken) for folder, name in wanted]


def _free(folder: str, name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    candidate, count = f"{folder}/{name}", 1
    while candidate.casefold() in taken:
        count += 1
        candidate = f"{folder}/{stem} ({count}){dot}{ending}" if stem else f"{folder}/{name} ({count})"
    taken.add(candidate.casefold())
    return candidate


def note(name: str, day: date, body: Mapping[str, Any], lost: Iterable[str] = ()) -> str:
    """The note beside the data, in plain words: what the archive holds, how much of it, and which files the store had lost."""
    parts = (f"- {part}: {words}{_amount(body[part])}" for part, words in PARTS.items() if part in body)
    gone = [f"- {one}" for one in lost]
    missing = ["", "Những tệp sau không còn trong kho nên không có ở đây. Hãy báo người quản trị.", *gone] if gone else []
    return "\r\n".join([*_HEAD.format(name=name, day=screen_day(day)).splitlines(), *parts, *missing, *_FOOT.splitlines(), ""])


def _amount(part: Any) -> str:
    return f" ({number(len(part))} mục)" if isinstance(part, list) else ""


_HEAD = f"""\
DỮ LIỆU CỦA {{name}}
Lấy ra ngày {{day}} từ Sổ nhật ký làm theo lời Bác.

Trong tệp này có mọi điều chương trình đang giữ về bạn:

- {BODY_NAME}: toàn bộ dữ liệu, dạng chữ (JSON, UTF-8), mở được bằng trình duyệt hoặc trình soạn thảo.
- {BOOKS_FOLDER}/: sổ nhật ký từng năm, dạng PDF để đọc và in. Sổ in không có bài nháp và mục Ghi riêng; {BODY_NAME} có.
- {EVIDENCE_FOLDER}/: ảnh và tệp minh chứng của bạn, tên bắt đầu bằng ngày thực hiện việc.
- {PAPERS_FOLDER}/: văn bản đã phát hành về bạn, đúng bản gốc.

Các phần trong {BODY_NAME}:
"""
_FOOT = """\

Ngày ghi theo dạng năm-tháng-ngày; giờ theo giờ quốc tế (UTC), sớm hơn giờ Việt Nam 7 tiếng.
Tệp có cả mục Ghi riêng và lời nhận xét về bạn. Hãy cất ở nơi chỉ mình bạn mở được."""
