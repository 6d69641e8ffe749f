"""What the branch's tables and the hall send: levels with reasons, hands counted. Shape only."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from ...domain.errors import BadInput
from ...domain.evaluations import Attendance
from ...domain.proposals import Choice
from ...domain.vietnamese import clean_line
from ..forms import DayField, DiaryForm, IdField

_MOST_DIGITS = 5
HANDS, SECRET = "hands", "secret"
_MANNERS = [SelectChoice(HANDS, "Giơ tay"), SelectChoice(SECRET, "Bỏ phiếu kín trên điện thoại")]


def read_choices(form: MultiDict[str, str]) -> dict[str, Choice]:
    """The level, the reason and the version of everyone on the sent page, by evaluation id."""
    return {
        key: Choice(form.get(f"level-{key}", ""), clean_line(form.get(f"reason-{key}", "")), version)
        for key, version in read_seen(form).items()
    }


def read_seen(form: MultiDict[str, str]) -> dict[str, int]:
    """The versions of all evaluations on the sent page, by evaluation id."""
    prefix = "version-"
    return {name.removeprefix(prefix): form.get(name, 0, type=int) for name in form if name.startswith(prefix)}


def read_votes(form: MultiDict[str, str], levels: Iterable[str]) -> dict[str, int]:
    """Hands per level, an empty field counting 0, after the step of a − or + that was pressed; BadInput at a field that is no count."""
    votes = {level: _count(form, level) for level in levels}
    level, _, change = form.get("step", "").partition(":")
    if level in votes and change in {"1", "-1"}:
        votes[level] = max(0, votes[level] + int(change))
    return votes


def _count(form: Mapping[str, str], level: str) -> int:
    typed = form.get(f"votes-{level}", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS):
        raise BadInput(level, "Hãy ghi số phiếu bằng chữ số, ví dụ 9.")
    return int(typed or 0)


def read_marks(form: MultiDict[str, str], member_ids: Iterable[int], rest: str = "") -> dict[int, Attendance]:
    """The attendance marked for each member, or `rest` for those without a mark; what is neither is left out."""
    known = {one.value: one for one in Attendance}
    sent = {member_id: form.get(f"mark-{member_id}", "") or rest for member_id in member_ids}
    return {member_id: known[mark] for member_id, mark in sent.items() if mark in known}


def as_uuid(text: str) -> UUID | None:
    """The id in an address, None where there is none or a broken one."""
    try:
        return UUID(text)
    except ValueError:
        return None


class OpeningForm(DiaryForm):
    id = IdField()
    held_on = DayField("Ngày họp", validators=())
    chair_id = SelectField("Chủ trì", coerce=int, validate_choice=False)
    clerk_id = SelectField("Thư ký", coerce=int, validate_choice=False)

    manner = RadioField("Cách biểu quyết", choices=_MANNERS, default=HANDS)
    abstains = BooleanField("Người được xét không bỏ phiếu cho chính mình")

    def offer(self, members: Iterable[tuple[int, str]]) -> None:
        """Let the officer choose chair and clerk among the branch's members."""
        self.chair_id.choices = self.clerk_id.choices = [(0, "Chọn"), *members]
