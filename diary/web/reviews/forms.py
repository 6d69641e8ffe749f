"""What a reviewer sends: a verdict, ready reasons, words, and the version they saw; and which review to take back."""

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import UUID, AnyOf, InputRequired

from ...domain.reviews import CHANGE_RETURN_REASONS, PLEDGE_RETURN_REASONS, RETURN_REASONS, WORDS_LIMIT, Kind, Verdict
from ..forms import DiaryForm, TextField, VersionField

REASONS = {
    Kind.ENTRY: RETURN_REASONS,
    Kind.PLEDGE: PLEDGE_RETURN_REASONS,
    Kind.ADDITION: RETURN_REASONS,
    Kind.CHANGE: CHANGE_RETURN_REASONS,
}
VERDICTS = {"approve": Verdict.APPROVED, "return": Verdict.RETURNED}
_CHOOSE = "Hãy bấm Duyệt, hoặc nút bên cạnh để trả lại."


class ReviewForm(DiaryForm):
    verdict = RadioField("Quyết định", [InputRequired(_CHOOSE)], choices=[SelectChoice(value, value) for value in VERDICTS])
    reasons = SelectMultipleField("Chọn nhanh")
    words = TextField("Lý do", WORDS_LIMIT)
    version = VersionField()

    def says(self) -> tuple[Verdict, str, int, tuple[str, ...]]:
        """What the services ask for, once the form is valid. Reasons are those of a return: an approval leaves them out."""
        verdict = VERDICTS[self.verdict.data]
        chosen = tuple(self.reasons.data) if verdict is Verdict.RETURNED else ()
        return verdict, self.words.data, self.version.data or 0, chosen


class UndoForm(DiaryForm):
    kind = HiddenField(validators=[AnyOf([kind.value for kind in Kind])])
    id = HiddenField(validators=[UUID()])


def review_form(kind: Kind) -> ReviewForm:
    """The form of one card, with the reasons that fit what is reviewed."""
    form = ReviewForm()
    form.reasons.choices = [SelectChoice(reason, reason) for reason in REASONS[kind]]
    return form
