"""The form of how one wants to be reminded."""

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from ...domain.reminders import HOURS_A_DAY, WEEKDAYS, Choice
from ..forms import DiaryForm, VersionField

_HOURS = [SelectChoice(hour, f"{hour} giờ") for hour in range(HOURS_A_DAY)]


class ReminderForm(DiaryForm):
    """Ways, the hour of the week, and the quiet hours."""

    by_notice = BooleanField("Thông báo trong chương trình")
    by_mail = BooleanField("Thư điện tử")
    by_push = BooleanField("Thông báo đẩy trên máy đã bật")
    weekday = SelectField("Ngày nhắc", coerce=int, choices=[SelectChoice(*day) for day in enumerate(WEEKDAYS)])
    hour = SelectField("Giờ nhắc", coerce=int, choices=_HOURS)
    quiet_from = SelectField("Yên lặng từ", coerce=int, choices=_HOURS)
    quiet_to = SelectField("Đến", coerce=int, choices=_HOURS)
    version = VersionField()

    def show(self, choice: Choice, version: int) -> None:
        """Fill in what is in force."""
        for name in Choice.__dataclass_fields__:
            self[name].data = getattr(choice, name)
        self.version.data = version

    def to_choice(self) -> Choice:
        return Choice(**{name: self[name].data for name in Choice.__dataclass_fields__})
