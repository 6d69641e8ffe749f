"""Forms of the Chương trình rèn luyện: one member's result, and what the table of a branch sends."""

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.errors import BadInput
from ...domain.training import NOTE_LIMIT, RESULT_LABELS, TrainingResult, YearTraining
from ...domain.vietnamese import clean_line
from ...queries.registers import Person
from ...services.training import Choice
from ..forms import DiaryForm, LineField

_BETWEEN = "|"  # of a result and its remark, in what the page remembers of how it was drawn


class NewTrainingForm(DiaryForm):
    member_id = SelectField("Đoàn viên", coerce=int)
    result = RadioField("Kết quả", [InputRequired("Hãy chọn kết quả.")])
    note = LineField("Ghi chú", NOTE_LIMIT)

    def offer(self, people: Iterable[Person]) -> None:
        self.member_id.choices = [SelectChoice(person.id, person.name) for person in people]
        self.result.choices = [SelectChoice(result.value, label) for result, label in RESULT_LABELS.items()]

    def to_training(self) -> YearTraining:
        return YearTraining(TrainingResult(self.result.data), self.note.data)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table as it was typed."""

    member_id: int
    drawn: str
    result: str
    note: str

    def to_choice(self) -> Choice:
        """The line as a choice. BadInput for a remark without a result."""
        now = _training(self.result, self.note)
        if self.note and now is None:
            raise BadInput("note", "Có ghi chú mà chưa chọn kết quả. Hãy chọn kết quả cho người ấy, hoặc xóa ghi chú.")
        value, _, note = self.drawn.partition(_BETWEEN)
        return Choice(self.member_id, _training(value, note), now)


def lines_of(sent: "MultiDict[str, str]") -> list[Line]:
    """The lines of the table, each "ket-qua-12" and "ghi-chu-12" with "truoc-12", how it was drawn."""
    ids = [name.removeprefix("ket-qua-") for name in sent if name.startswith("ket-qua-")]
    known = [text for text in ids if text.isascii() and text.isdigit() and len(text) < 10]
    return [Line(int(text), *(clean_line(sent.get(f"{name}-{text}", "")) for name in ("truoc", "ket-qua", "ghi-chu"))) for text in known]


def _training(result: str, note: str) -> YearTraining | None:
    found = _result(result)
    return YearTraining(found, note) if found else None


def _result(text: str) -> TrainingResult | None:
    return next((result for result in TrainingResult if result.value == text), None)
