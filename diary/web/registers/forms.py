"""The form that sends a register's list."""

from collections.abc import Iterable

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from ..forms import DiaryForm


class RegisterListForm(DiaryForm):
    file = FileField("Tệp danh sách", [FileRequired("Hãy chọn tệp danh sách.")], render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"})
    year = SelectField("Năm", coerce=int)

    def offer(self, years: Iterable[int]) -> None:
        self.year.choices = [(year, str(year)) for year in years]
