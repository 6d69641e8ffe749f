"""The form of an entry, and the one that adds words to it later."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from ...domain.entries import (
    ADDITION_LIMIT,
    DID_LIMIT,
    FIELD_LABELS,
    LESSON_LIMIT,
    NOTE_LIMIT,
    PEOPLE_LIMIT,
    RESULT_LIMIT,
    UNIT_LIMIT,
    EntryDraft,
    Field,
)
from ...domain.evidence import MAX_FILES
from ...queries.entries import EntryPage, LastEntry, PledgeChoice
from ...queries.years import VirtueRow
from ..forms import DayField, DiaryForm, IdField, LineField, TextField, VersionField

_UNPLANNED = SelectChoice("", "Việc phát sinh")
CHOOSE_AGAIN = "Trình duyệt không giữ lại được tệp đã chọn; hãy chọn lại trước khi gửi."


_FIELDS = [SelectChoice(field.value, label) for field, label in FIELD_LABELS.items()]


def _or_none(kind: Any) -> Any:
    return lambda value: kind(value) if value else None


class EntryForm(DiaryForm):
    id = IdField()
    version = VersionField()
    happened_on = DayField("Ngày thực hiện", validators=())
    pledge_id = SelectField("Nội dung đăng ký", coerce=_or_none(UUID), validate_choice=False, choices=[_UNPLANNED])
    did = TextField("Việc đã làm", DID_LIMIT, (DataRequired("Hãy ghi việc đã làm."),))
    people = LineField("Cho ai, cùng ai", PEOPLE_LIMIT)
    result = LineField("Kết quả cụ thể", RESULT_LIMIT)
    result_unit = LineField("Đơn vị", UNIT_LIMIT)
    evidence = MultipleFileField("Minh chứng", render_kw={"accept": "image/*,application/pdf", "data-most": str(MAX_FILES)})
    virtue_id = RadioField("Chuẩn mực", coerce=_or_none(int), validate_choice=False)
    field = RadioField("Lĩnh vực", coerce=_or_none(Field), validate_choice=False, choices=_FIELDS)
    lesson = TextField("Bài học", LESSON_LIMIT)
    private_note = TextField("Ghi riêng", NOTE_LIMIT)

    def validate_happened_on(self, field: DayField) -> None:
        if field.data is None and not field.errors:  # a day that could not be read says so itself
            raise ValidationError("Hãy chọn ngày thực hiện.")

    def offer(self, pledges: Sequence[PledgeChoice], virtues: Sequence[VirtueRow], this_year: int) -> None:
        """Let the person choose among these pledges and virtues."""
        titles = ((one.id, one.title if one.year == this_year else f"{one.title} (năm {one.year})") for one in pledges)
        self.pledge_id.choices = [*(SelectChoice(str(pledge_id), title) for pledge_id, title in titles), _UNPLANNED]
        self.virtue_id.choices = [SelectChoice(str(virtue.id), virtue.name) for virtue in virtues]

    def begin(self, entry_id: UUID, day: date, pledge_id: str = "") -> None:
        """Start an empty form after `offer`: its id, the day, and the pledge wanted, or else the first one offered."""
        offered = [choice.value for choice in self.pledge_id.choices]
        wanted = pledge_id if pledge_id in offered[:-1] else offered[0]
        self.id.data, self.happened_on.data, self.pledge_id.data = str(entry_id), day, UUID(wanted) if wanted else None

    def repeat(self, last: LastEntry) -> None:
        """Fill an empty form in, after `begin`, with what the next entry may have in common with `last`: a start to be changed."""
        for name in ("did", "people", "result_unit", "field"):
            self[name].data = getattr(last, name)
        offered = {choice.value for choice in [*self.pledge_id.choices, *self.virtue_id.choices]}
        for name in ("pledge_id", "virtue_id"):
            wanted = getattr(last, name)
            if wanted is None or str(wanted) in offered:
                self[name].data = wanted

    def show(self, entry: EntryPage) -> None:
        """Fill the form in with an entry as it is kept."""
        self.id.data = str(entry.id)  # by it the hints know not to compare the entry with itself
        for name in ("version", "happened_on", "pledge_id", "did", "people", "result", "result_unit", "virtue_id", "field", "lesson"):
            self[name].data = getattr(entry, name)
        self.private_note.data = entry.note

    def to_draft(self) -> EntryDraft:
        """What was typed, in a form that was found valid. One without the private note's field leaves the note as it is."""
        assert self.happened_on.data is not None
        return EntryDraft(
            happened_on=self.happened_on.data,
            did=self.did.data,
            pledge_id=self.pledge_id.data,
            virtue_id=self.virtue_id.data,
            field=self.field.data,
            people=self.people.data,
            result=self.result.data,
            result_unit=self.result_unit.data,
            lesson=self.lesson.data,
            private_note=self.private_note.data if self.private_note.raw_data else None,
        )

    def uploads(self) -> list[tuple[str, bytes]]:
        """The files chosen, as (name, content)."""
        return [(file.filename or "", file.read()) for file in self.evidence.data or () if file.filename]

    def ask_for_files_again(self) -> None:
        """Say at Minh chứng that a page shown again comes without the files chosen before."""
        if any(file.filename for file in self.evidence.data or ()):
            self.evidence.errors = [*self.evidence.errors, CHOOSE_AGAIN]


class AdditionForm(DiaryForm):
    id = IdField()
    words = TextField("Phần bổ sung", ADDITION_LIMIT, (DataRequired("Hãy ghi phần muốn bổ sung."),))
