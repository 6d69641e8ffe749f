"""The forms of a work year. A form of several rows has a field per row: "writing_opens_on", "name_3"."""

from collections.abc import Iterable, Mapping

from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.years import (
    ACTIVITY_LABELS,
    HOW_CHECKED_LIMIT,
    REASON_LIMIT,
    VIRTUE_LIMIT,
    VIRTUE_SLOTS,
    Activity,
    OpenDays,
    VirtueDraft,
)
from ...queries.units import UnitChoice
from ...queries.years import SchemeChoice
from ..forms import DayField, DiaryForm, LineField, TextField

_ACTIVITIES = [SelectChoice(activity.value, label) for activity, label in ACTIVITY_LABELS.items()]
_A_DAY = InputRequired("Hãy ghi ngày.")


class OpenYearForm(DiaryForm):
    year = IntegerField("Năm", [InputRequired("Hãy ghi năm.")])


class WindowsForm(DiaryForm):
    """First and last day of every activity."""

    def show(self, windows: Mapping[Activity, OpenDays]) -> None:
        for activity, days in windows.items():
            self[f"{activity.value}_opens_on"].data = days.opens_on
            self[f"{activity.value}_closes_on"].data = days.closes_on

    def to_windows(self) -> dict[Activity, OpenDays]:
        return {one: OpenDays(self[f"{one.value}_opens_on"].data, self[f"{one.value}_closes_on"].data) for one in Activity}


for _one in Activity:
    setattr(WindowsForm, f"{_one.value}_opens_on", DayField("Từ ngày", [_A_DAY]))
    setattr(WindowsForm, f"{_one.value}_closes_on", DayField("Đến ngày", [_A_DAY]))


class OwnWindowForm(DiaryForm):
    unit_id = SelectField("Tổ chức", coerce=int)
    activity = SelectField("Việc", choices=_ACTIVITIES)
    opens_on = DayField("Từ ngày", [_A_DAY])
    closes_on = DayField("Đến ngày", [_A_DAY])

    def days(self) -> OpenDays:
        """The days typed, once the form has found both."""
        assert self.opens_on.data and self.closes_on.data
        return OpenDays(self.opens_on.data, self.closes_on.data)

    def offer(self, units: Iterable[UnitChoice]) -> None:
        self.unit_id.choices = [SelectChoice(unit.id, unit.label) for unit in units]


class SchemeForm(DiaryForm):
    scheme = SelectField("Bộ tiêu chí", validate_choice=False)

    def offer(self, schemes: Iterable[SchemeChoice]) -> None:
        named = [SelectChoice(one.code, f"{one.name} ({one.first_year}–{one.last_year})") for one in schemes]
        self.scheme.choices = [SelectChoice("", "Chưa chọn"), *named]


class VirtuesForm(DiaryForm):
    """The five places of a unit's list."""

    def show(self, virtues: Iterable[VirtueDraft]) -> None:
        for virtue in virtues:
            self[f"name_{virtue.position}"].data = virtue.name
            self[f"how_checked_{virtue.position}"].data = virtue.how_checked

    def to_drafts(self) -> list[VirtueDraft]:
        return [VirtueDraft(slot, self[f"name_{slot}"].data, self[f"how_checked_{slot}"].data) for slot in VIRTUE_SLOTS]


for _slot in VIRTUE_SLOTS:
    setattr(VirtuesForm, f"name_{_slot}", LineField(f"Chuẩn mực {_slot}", VIRTUE_LIMIT))
    setattr(VirtuesForm, f"how_checked_{_slot}", TextField(f"Cách kiểm tra {_slot}", HOW_CHECKED_LIMIT))


class LockForm(DiaryForm):
    reason = TextField("Lý do", REASON_LIMIT, (InputRequired("Hãy ghi lý do."),))
