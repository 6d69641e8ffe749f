"""The forms of a transfer: where to and what the branch says, why not, and many at once."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.transfers import ANSWER_LIMIT, COMMENT_LIMIT
from ...queries.transfers import Destination
from ..forms import DiaryForm, IdField, TextField
from ..ids import form_id


class AskForm(DiaryForm):
    id = IdField()
    unit_id = RadioField("Chuyển đến", [InputRequired("Hãy chọn nơi nhận.")], coerce=int, validate_choice=False)
    comment = TextField("Nhận xét của chi đoàn", COMMENT_LIMIT)

    def offer(self, units: Iterable[Destination]) -> None:
        self.unit_id.choices = [SelectChoice(unit.id, f"{unit.name} – {unit.above}" if unit.above else unit.name) for unit in units]

    def chosen_id(self) -> UUID:
        """The id the transfer will have."""
        return form_id(self.id.data)


class DeclineForm(DiaryForm):
    answer = TextField("Lý do không nhận", ANSWER_LIMIT)


class ManyForm(DiaryForm):
    unit_id = SelectField("Chuyển đến", coerce=int)
