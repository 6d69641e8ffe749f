"""A wish to change an approved pledge in mid-year: when it may be asked, and the old and the new side by side.

The pledge stays approved and in force while the wish waits, and as it is where the wish is sent back; a reason is given both ways.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .dates import screen_day
from .errors import BadInput, WrongMoment
from .pledges import STATE_LABELS, ChangeState, PledgeDraft, PledgeState, clean_draft, require_complete, revision_body
from .reviews import Verdict
from .units import Place, is_below
from .vietnamese import clean_text
from .years import Activity, YearFacts, require_open

REASON_LIMIT = 1000
CHANGE_LABELS = {
    ChangeState.WAITING: "Xin đổi",
    ChangeState.ACCEPTED: "Đã đổi",
    ChangeState.DECLINED: "Cần sửa",
    ChangeState.WITHDRAWN: "Đã rút lại",
}
FIELD_LABELS = {
    "virtue": "Chuẩn mực",
    "title": "Nội dung làm theo",
    "how": "Cách làm",
    "target": "Kết quả cần đạt",
    "due_on": "Hạn hoàn thành",
}
VERDICTS = {ChangeState.ACCEPTED: Verdict.APPROVED, ChangeState.DECLINED: Verdict.RETURNED}
AFTER = {verdict: state for state, verdict in VERDICTS.items()}
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One field of a pledge, as it is and as it is to be; `changed` where they differ."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the wish changes this field."""
        return self.before != self.after


def require_changeable(state: PledgeState, place: Place, home: Place, facts: YearFacts | None, day: date) -> None:
    """WrongMoment unless the pledge is approved, stands with the author's branch of today (at `home`, or one merged into it), and, on
    `day`, diaries are written or pledges registered for its year."""
    if not is_below(place.path, home.path):
        raise WrongMoment("Nội dung này được duyệt ở đơn vị trước của bạn nên giữ nguyên. Hãy đăng ký nội dung mới ở đơn vị hiện nay.")
    if state is not PledgeState.APPROVED:
        raise WrongMoment(f"Chỉ xin đổi được nội dung đã duyệt; nội dung này đang ở trạng thái “{STATE_LABELS[state]}”.")
    if facts is None or not facts.is_open(Activity.REGISTERING, day):
        require_open(facts, Activity.WRITING, day)


def clean_wish(draft: PledgeDraft, before: PledgeDraft, year: int) -> PledgeDraft:
    """The pledge as it is to be, in clean text. BadInput as for a pledge that is sent, and where it says the same as `before`."""
    clean = clean_draft(draft, year)
    require_complete(clean)
    if clean == before:
        raise BadInput("title", "Bạn chưa đổi mục nào. Hãy sửa mục cần đổi rồi gửi.")
    return clean


def clean_reason(words: str) -> str:
    """Why a pledge is to be changed; BadInput "reason" when nothing is said."""
    clean = clean_text(words)
    if not clean:
        raise BadInput("reason", "Hãy ghi lý do đổi để người duyệt hiểu.")
    if len(clean) > REASON_LIMIT:
        raise BadInput("reason", f"Mục này dài quá {REASON_LIMIT} ký tự; hãy rút ngắn lại.")
    return clean


def as_body(draft: PledgeDraft, virtue: str) -> dict[str, Any]:
    """A pledge as a wish keeps it: as a sending does, and which virtue of the year it stands under."""
    return {**revision_body(draft, virtue), "virtue_id": draft.virtue_id}


def as_draft(body: Body) -> PledgeDraft:
    """The pledge that `as_body` kept."""
    due_on = body.get("due_on")
    return PledgeDraft(
        body.get("virtue_id"), body["title"], body.get("how", ""), body.get("target", ""), date.fromisoformat(due_on) if due_on else None
    )


def as_sent(body: Body) -> dict[str, str]:
    """The same in the shape of a sending."""
    return {field: body.get(field, "") for field in FIELD_LABELS}


def shown(field: str, body: Body) -> str:
    """One field of a kept pledge, as people read it."""
    text: str = body.get(field) or ""
    return screen_day(date.fromisoformat(text)) if field == "due_on" and text else text


def sides(before: Body, after: Body) -> tuple[Side, ...]:
    """Each field that says something, as it is and as it is to be."""
    found = (Side(label, shown(field, before), shown(field, after)) for field, label in FIELD_LABELS.items())
    return tuple(side for side in found if side.before or side.after)
