"""The form of a leave: first and last day, why, a remark."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.leaves import KIND_LABELS, NOTE_LIMIT, LeaveDraft, LeaveKind
from ..forms import DayField, DiaryForm, LineField, VersionField


class LeaveForm(DiaryForm):
    """A last day left open is the first one: a leave of one day."""

    from_day = DayField("Từ ngày", [InputRequired("Hãy chọn ngày đầu.")])
    to_day = DayField("Đến hết ngày")
    kind = RadioField("Loại nghỉ", [InputRequired("Hãy chọn loại nghỉ.")])
    note = LineField("Ghi chú", NOTE_LIMIT)
    version = VersionField()

    def offer(self) -> None:
        self.kind.choices = [SelectChoice(kind.value, KIND_LABELS[kind]) for kind in LeaveKind]

    def show(self, draft: LeaveDraft, version: int) -> None:
        self.from_day.data, self.to_day.data, self.note.data = draft.from_day, draft.to_day, draft.note
        self.kind.data, self.version.data = draft.kind.value, version

    def to_draft(self) -> LeaveDraft:
        assert self.from_day.data is not None
        return LeaveDraft(self.from_day.data, self.to_day.data or self.from_day.data, LeaveKind(self.kind.data), self.note.data)
