"""Forms about documents: withdrawing one, and asking whether one is genuine."""

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from ...domain.documents import REASON_LIMIT
from ..forms import DiaryForm, LineField, TextField

_CODE_LOOK = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "placeholder": "Ví dụ: 4HX9-2MTC"}


class WithdrawalForm(DiaryForm):
    reason = TextField("Lý do thu hồi", REASON_LIMIT, (InputRequired("Hãy ghi lý do thu hồi."),))


class LookupForm(DiaryForm):
    code = LineField("Mã văn bản", 200, render_kw=_CODE_LOOK)
    file = FileField("Tệp văn bản", render_kw={"accept": "application/pdf,.pdf"})


class ComparisonForm(DiaryForm):
    file = FileField("Tệp văn bản", render_kw={"accept": "application/pdf,.pdf"})
