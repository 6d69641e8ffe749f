"""Results of the Chương trình rèn luyện đoàn viên, one for a member and year."""

from enum import StrEnum

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
