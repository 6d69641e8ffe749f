"""Leave: days a member is away, so that their weeks are not due; long sick leave may cap the level of the year."""

from enum import StrEnum

NOTE_LIMIT = 200


class LeaveKind(StrEnum):
    ANNUAL = "annual"
    MATERNITY = "maternity"
    SICK = "sick"
    OTHER = "other"


KIND_LABELS = {
    LeaveKind.ANNUAL: "Nghỉ phép",
    LeaveKind.MATERNITY: "Thai sản",
    LeaveKind.SICK: "Nghỉ ốm",
    LeaveKind.OTHER: "Lý do khác",
}
