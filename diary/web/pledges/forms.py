"""The form of a pledge, and the one that says how it ended."""

from datetime import date

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.pledge_changes import REASON_LIMIT
from ...domain.pledge_library import ReadyPledge
from ...domain.pledges import HOW_LIMIT, OUTCOME_LIMIT, STATE_LABELS, TARGET_LIMIT, TITLE_LIMIT, PledgeDraft, PledgeState
from ...queries.pledge_changes import ChangeRow
from ...queries.pledges import PledgeRow
from ...queries.years import VirtueRow
from ..forms import DayField, DiaryForm, IdField, LineField, TextField, VersionField

_ENDS = [SelectChoice(state.value, STATE_LABELS[state]) for state in (PledgeState.MET, PledgeState.NOT_MET)]


class PledgeForm(DiaryForm):
    id = IdField()
    version = VersionField()
    virtue_id = RadioField("Chuẩn mực", coerce=int, validate_choice=False)  # whether it is the year's is for the service to say
    title = TextField("Nội dung làm theo", TITLE_LIMIT, (InputRequired("Hãy ghi nội dung bạn sẽ làm theo."),))
    how = TextField("Cách làm", HOW_LIMIT)
    target = LineField("Kết quả cần đạt", TARGET_LIMIT)
    due_on = DayField("Hạn hoàn thành", validators=())

    def offer(self, virtues: tuple[VirtueRow, ...]) -> None:
        """Let the person choose among these virtues."""
        self.virtue_id.choices = [SelectChoice(virtue.id, virtue.name) for virtue in virtues]

    def keep(self, pledge: PledgeRow) -> None:
        """Let the person stay with the virtue the pledge names, offered to others still or not."""
        choices = list(self.virtue_id.choices or ())
        if pledge.virtue_id is not None and pledge.virtue_id not in {choice.value for choice in choices}:
            self.virtue_id.choices = [*choices, SelectChoice(pledge.virtue_id, pledge.virtue)]

    def show(self, pledge: PledgeRow) -> None:
        """Fill the form in with a pledge as it is kept."""
        for name in ("version", "virtue_id", "title", "how", "target", "due_on"):
            self[name].data = getattr(pledge, name)

    def take_over(self, sample: ReadyPledge, virtue_id: int | None, due_on: date) -> None:
        """Fill the form in with a ready pledge, under that virtue of the year."""
        self.virtue_id.data, self.due_on.data = virtue_id, due_on
        self.title.data, self.how.data, self.target.data = sample.title, sample.how, sample.target

    def to_draft(self) -> PledgeDraft:
        return PledgeDraft(self.virtue_id.data, self.title.data or "", self.how.data or "", self.target.data or "", self.due_on.data)


class ChangeForm(PledgeForm):
    reason = TextField("Lý do đổi", REASON_LIMIT, (InputRequired("Hãy ghi lý do đổi để người duyệt hiểu."),))

    def wish(self, change: ChangeRow) -> None:
        """Fill the form in with what was wished for before."""
        for name in ("virtue_id", "title", "how", "target", "due_on"):
            self[name].data = getattr(change.wanted, name)
        self.reason.data = change.reason


class OutcomeForm(DiaryForm):
    outcome = RadioField("Kết quả", [InputRequired("Hãy chọn Hoàn thành hoặc Không hoàn thành.")], choices=_ENDS, validate_choice=False)
    words = TextField("Ghi thêm", OUTCOME_LIMIT)
