"""Results of the Chương trình rèn luyện đoàn viên, one for a member and year."""

from dataclasses import dataclass
from enum import StrEnum

from .errors import BadInput
from .vietnamese import clean_line

NOTE_LIMIT = 200


class TrainingResult(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"


RESULT_LABELS = {
    TrainingResult.EXCELLENT: "Hoàn thành xuất sắc",
    TrainingResult.GOOD: "Hoàn thành tốt",
    TrainingResult.COMPLETED: "Hoàn thành",
    TrainingResult.NOT_COMPLETED: "Không hoàn thành",
}


SHORT_LABELS = {
    TrainingResult.EXCELLENT: "Xuất sắc",
    TrainingResult.GOOD: "Tốt",
    TrainingResult.COMPLETED: "Hoàn thành",
    TrainingResult.NOT_COMPLETED: "Không hoàn thành",
}


@dataclass(frozen=True, slots=True)
class YearTraining:
    """A member's result of a year, with a remark of the branch ("" where there is none)."""

    result: TrainingResult
    note: str = ""

    @property
    def words(self) -> str:
        return RESULT_LABELS[self.result]


def clean_training(result: TrainingResult, note: str) -> YearTraining:
    """The result with its remark on one clean line; BadInput "note" when it is too long."""
    line = clean_line(note)
    if len(line) > NOTE_LIMIT:
        raise BadInput("note", f"Ghi chú dài quá {NOTE_LIMIT} ký tự; hãy rút ngắn lại.")
    return YearTraining(result, line)
