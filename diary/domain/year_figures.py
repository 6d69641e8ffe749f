"""A member's figures of a year, and the self-assessment they are put into words for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from .figures import number
from .measures import Measured


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What the year's books say of one member: weeks, sent entries, confirmed pledges. Everything is a count."""

    weeks_kept: int = 0
    weeks_due: int = 0
    sent: int = 0  # entries that left their author's hands
    approved: int = 0
    late: int = 0  # written more than 7 days after the deed
    times_returned: int = 0
    pledges_met: int = 0
    pledges_confirmed: int = 0  # approved at some time, closed or not

    @property
    def weeks_missed(self) -> int:
        return self.weeks_due - self.weeks_kept

    @property
    def pledges_open(self) -> int:
        """Confirmed pledges that were not met (yet)."""
        return self.pledges_confirmed - self.pledges_met


def to_body(figures: YearFigures) -> dict[str, Any]:
    """The figures as plain data, fit for a JSON column."""
    return asdict(figures)


def from_body(body: Mapping[str, Any]) -> YearFigures:
    """The figures that `to_body` made `body` from; what it does not name counts as 0."""
    return YearFigures(**{field.name: int(body[field.name]) for field in fields(YearFigures) if field.name in body})


def complete(body: Mapping[str, Any]) -> bool:
    """Whether `body` names every figure there is today."""
    return all(field.name in body for field in fields(YearFigures))


def measures(figures: YearFigures) -> dict[str, Measured]:
    """The measures that diary and pledges feed, by code."""
    met, confirmed = figures.pledges_met, figures.pledges_confirmed
    return {
        "pledges": Measured(met, confirmed, "Nội dung hoàn thành trên nội dung đã được duyệt"),
        "rhythm": Measured(figures.weeks_kept, figures.weeks_due, "Tuần có ghi trên tuần phải ghi"),
        "entries": Measured(figures.approved, words=f"Đã gửi {number(figures.sent)} bài, được duyệt {number(figures.approved)}"),
        "late": Measured(figures.late, words="Ghi sau việc làm hơn 7 ngày"),
        "returned": Measured(figures.times_returned, words="Số lần bài được gửi lại để bổ sung"),
    }


def strengths(figures: YearFigures) -> str:
    """Ưu điểm as the figures tell it, a text to edit; "" where there is nothing to tell."""
    said = []
    if figures.weeks_kept:
        said.append(f"Giữ nhịp {figures.weeks_kept}/{figures.weeks_due} tuần.")
    if figures.pledges_met:
        said.append(_pledges_met(figures))
    if figures.approved:
        said.append(f"Có {number(figures.approved)} bài đã được duyệt.")
    return " ".join(said)


def _pledges_met(figures: YearFigures) -> str:
    met, confirmed = figures.pledges_met, figures.pledges_confirmed
    if met < confirmed:
        return f"Hoàn thành {met}/{confirmed} nội dung đăng ký."
    return f"Hoàn thành cả {met} nội dung đăng ký." if met > 1 else "Hoàn thành nội dung đăng ký."


def weaknesses(figures: YearFigures) -> str:
    """Hạn chế as the figures tell it, a text to edit; "" where there is nothing to tell."""
    said = []
    if figures.weeks_missed:
        said.append(f"{figures.weeks_missed} tuần chưa ghi.")
    if figures.pledges_open:
        said.append(f"{figures.pledges_open} nội dung đăng ký chưa hoàn thành.")
    if figures.times_returned:
        said.append(f"{number(figures.times_returned)} lần bài phải bổ sung.")
    if figures.late:
        said.append(f"{number(figures.late)} bài ghi chậm.")
    return " ".join(said)
