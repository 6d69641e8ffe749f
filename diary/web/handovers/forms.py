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

    def offer(self, people: Iterable[Person]) -> None:
        self.account_id.choices = [SelectChoice(one.account_id, f"{one.name} – {one.unit_name}") for one in people]


class NoteForm(DiaryForm):
    note = TextField("Lời nhắn cho người kế nhiệm", NOTE_LIMIT)
