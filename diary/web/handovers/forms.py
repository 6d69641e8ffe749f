"""The forms of a hand-over: who takes the post, and the note for them."""

from collections.abc import Iterable

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.handovers import NOTE_LIMIT
from ...queries.units import Person
from ..forms import DiaryForm, TextField


class HandoverForm(DiaryForm):
    account_id = RadioField("Người nhận", [InputRequired("Hãy chọn người nhận bàn giao.")], coerce=int, validate_choice=False)
    note = TextField("Lời nhắn cho người kế nhiệm", NOTE_LIMIT)

    def offer(self, people: Iterable[Person], unit_name: str) -> None:
        """The people one may choose; the unit is named where it is another than `unit_name`."""
        labels = {one.account_id: one.name if one.unit_name == unit_name else f"{one.name} – {one.unit_name}" for one in people}
        self.account_id.choices = [SelectChoice(account_id, label) for account_id, label in labels.items()]


class NoteForm(DiaryForm):
    note = TextField("Lời nhắn cho người kế nhiệm", NOTE_LIMIT)
