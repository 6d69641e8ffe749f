"""How the fields of an audit line read: names of columns, states, posts, ways, counts and revisions, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from . import entries, evaluations, members, pledges, years
from .actors import POST_LABELS
from .dates import screen_day
from .documents import KIND_LABELS
from .measures import MEMBER_MEASURES, UNIT_MEASURES
from .readings import WAY_LABELS
from .units import KIND_LABELS as UNIT_KIND_LABELS

_NAMES = {
    "abstains": "người được xét không bỏ phiếu", "amount": "số tiền", "attendance": "điểm danh", "backup": "sao lưu",
    "best_entries": "bài tiêu biểu", "birth_year": "năm sinh", "born_on": "ngày sinh", "branch_words": "nhận xét của chi đoàn",
    "cap_reason": "lý do vượt tỷ lệ", "caps": "mức khống chế", "chair": "chủ trì", "chair_id": "chủ trì", "clerk": "thư ký",
    "clerk_id": "thư ký",
    "closed": "kết thúc", "codes": "số mã", "columns": "số cột", "conditions": "điều kiện của từng mức", "copy": "chép sang nơi khác",
    "correction": "đề nghị sửa", "criteria": "tiêu chí và minh chứng", "csv": "tệp CSV",
    "did": "việc đã làm", "due_on": "hạn hoàn thành", "eligibility": "ai được xếp loại", "email": "email", "entries": "số bài",
    "erasure": "đề nghị xóa",
    "ethnicity": "dân tộc", "leave_from": "ngày đầu", "leave_to": "ngày cuối", "leave_kind": "loại nghỉ",
    "leave_note": "ghi chú về ngày nghỉ", "evidence": "minh chứng", "family_name": "họ và chữ lót", "field": "lĩnh vực", "files": "số tệp",
    "gender": "giới tính", "given_name": "tên", "handover_note": "lời nhắn bàn giao", "hands": "giơ tay", "happened_on": "ngày thực hiện",
    "hint_alike": "mức giống để gợi ý", "hint_days": "số ngày ghi dồn để gợi ý", "hint_words": "số từ để gợi ý",
    "held_on": "ngày họp", "how": "cách làm", "how_checked": "cách kiểm tra", "job": "công việc", "joined_union_on": "ngày vào Đoàn",
    "lesson": "bài học", "levels": "các mức", "name": "tên", "naming": "tên và thời gian dùng", "new": "số dòng mới", "note": "ghi riêng",
    "notes": "biên bản",
    "overdue_days": "số ngày để cấp trên duyệt thay",
    "one_person": "số dòng là cùng một người", "party_member": "đảng viên", "password": "mật khẩu", "people": "cho ai, cùng ai",
    "persons": "số người", "phone": "số điện thoại", "place": "địa danh", "pledge": "nội dung đăng ký", "pledge_id": "nội dung đăng ký",
    "quarter_1": "quý I", "quarter_2": "quý II", "quarter_3": "quý III", "quarter_4": "quý IV",
    "training_note": "ghi chú rèn luyện", "training_result": "kết quả rèn luyện",
    "private_note": "ghi riêng", "refused": "dòng bị từ chối", "result": "kết quả cụ thể", "result_unit": "đơn vị tính",
    "rows": "số dòng", "search": "chữ để tìm", "secret": "phiếu kín", "self_assessment": "tự đánh giá", "self_level": "tự xếp loại",
    "signer_name": "người ký", "sort_key": "thứ tự tên", "symbol": "ký hiệu", "target": "kết quả cần đạt", "title": "nội dung làm theo",
    "two_people": "số dòng là hai người", "undone": "số dòng hoàn tác", "unit": "tổ chức", "units_rated": "xếp loại tổ chức Đoàn",
    "by_mail": "nhắc bằng thư", "by_notice": "nhắc trong chương trình", "by_push": "nhắc bằng thông báo đẩy", "hour": "giờ nhắc",
    "quiet_from": "đầu giờ yên lặng", "quiet_to": "cuối giờ yên lặng", "weekday": "ngày nhắc",
    "version": "phiên bản", "virtue": "chuẩn mực",
    "virtue_id": "chuẩn mực", "votes": "số phiếu", "xlsx": "tệp Excel",
}  # fmt: skip
_MEASURES = {one.code: one.label[:1].lower() + one.label[1:] for one in (*UNIT_MEASURES.values(), *MEMBER_MEASURES.values())}
_LABELS: tuple[Mapping[Any, str], ...] = (
    POST_LABELS, WAY_LABELS, KIND_LABELS, UNIT_KIND_LABELS, entries.STATE_LABELS, pledges.STATE_LABELS, evaluations.STATE_LABELS,
    members.STANDING_LABELS, years.ACTIVITY_LABELS, _MEASURES,
)  # fmt: skip
_WORDS = {str(key): label for labels in reversed(_LABELS) for key, label in labels.items()} | _NAMES
_REVISED = frozenset({"entry_send", "entry_review", "pledge_send", "pledge_review"})


def field_words(action: str, field: object) -> str:
    """One field of a line of `action`, in words: "việc đã làm", "bản 2", "số dòng: 14"; itself where no words were given to it."""
    if isinstance(field, int):
        return f"bản {field}" if action in _REVISED else str(field)
    name, mark, count = str(field).replace("=", ":").partition(":")
    words = _WORDS.get(name) or _day(name)
    return f"{words}: {count}" if mark else words


def _day(text: str) -> str:
    """A day as it is read, where the text is one."""
    try:
        return screen_day(date.fromisoformat(text))
    except ValueError:
        return text
