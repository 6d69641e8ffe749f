"""The base of all forms: Vietnamese messages, text cleaned on the way in, shape checked and nothing else.

Forms never query and never save. Choices are passed in by the view.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from ..domain.dates import DayError, parse_day
from ..domain.errors import BadInput
from ..domain.vietnamese import clean_line, clean_text

R = TypeVar("R")

MESSAGES = {
    "This field is required.": "Hãy điền mục này.",
    "Not a valid choice.": "Hãy chọn một mục trong danh sách.",
    "Not a valid choice": "Hãy chọn một mục trong danh sách.",
    "Invalid Choice: could not coerce.": "Hãy chọn một mục trong danh sách.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Hãy chọn các mục trong danh sách.",
    "Not a valid integer value.": "Hãy ghi một số nguyên.",
    "Not a valid date value.": "Hãy ghi ngày theo dạng ngày/tháng/năm.",
    "Invalid UUID.": "Mã không hợp lệ.",
    "CSRF token missing": "Phiên làm việc đã cũ. Hãy tải lại trang rồi gửi lại.",
}


class _Vietnamese:
    """What WTForms asks for words; it ships none in Vietnamese."""

    def gettext(self, text: str) -> str:
        return MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return MESSAGES.get(singular if n == 1 else plural, plural)


class DiaryForm(FlaskForm):
    """Every form's base. `refuse` puts a rule's refusal at its field, or above the form when it names none of them."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Vietnamese:
            return _Vietnamese()

    def refuse(self, error: BadInput) -> None:
        if error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, str(error)]
        else:
            self.form_errors.append(str(error))

    def attempt(self, happening: Callable[[], R]) -> R | None:
        """What `happening` returns, or None after placing its BadInput at the field."""
        try:
            return happening()
        except BadInput as error:
            self.refuse(error)
            return None


class LineField(StringField):
    """One line of text, cleaned and NFC; `limit` characters at most."""

    def __init__(self, label: str, limit: int, validators: tuple[Any, ...] = (), **kwargs: Any):
        super().__init__(label, [*validators, at_most(limit)], filters=[lambda text: clean_line(text or "")], **kwargs)


class TextField(TextAreaField):
    """Several lines of text, cleaned and NFC; `limit` characters at most. What was typed is kept even when it is too long."""

    def __init__(self, label: str, limit: int, validators: tuple[Any, ...] = (), **kwargs: Any):
        super().__init__(label, [*validators, at_most(limit)], filters=[lambda text: clean_text(text or "")], **kwargs)


class DayField(DateField):
    """A day typed as dd/mm/yyyy or picked as yyyy-mm-dd; what was typed is shown again when it is no day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        self.raw_data = valuelist
        try:
            self.data = parse_day(valuelist[0])
        except DayError as error:
            raise ValueError(str(error)) from error

    def _value(self) -> str:
        if self.data:
            return str(self.data.isoformat())
        return str(self.raw_data[0]) if self.raw_data else ""


class IdField(HiddenField):
    """The id a new thing will have: made with the form, so that the same form sent twice makes one thing."""


class VersionField(IntegerField):
    """The version the person saw; the service refuses the change when the thing has moved on since."""

    def __init__(self, **kwargs: Any):
        from wtforms.widgets import HiddenInput

        super().__init__("", [Optional()], widget=HiddenInput(), **kwargs)

    def _value(self) -> str:
        """What the view set last, not what was sent: after a refusal the next press means the version that is seen now."""
        return "" if self.data is None else str(self.data)


def at_most(limit: int) -> Length:
    """At most `limit` characters, refused in words that say how many there may be."""
    shown = f"{limit:,}".replace(",", ".")
    return Length(max=limit, message=f"Mục này dài quá {shown} ký tự. Chữ bạn gõ vẫn còn; hãy rút ngắn lại.")


def field_errors(form: DiaryForm) -> list[tuple[Field, str]]:
    """Every refusal with its field, in the order of the form: for the summary at the top."""
    return [(field, message) for field in form for message in field.errors]
