"""What a reviewer sends: a verdict, ready reasons, kept comments, words, and the version they saw."""

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ...domain.reviews import CHANGE_RETURN_REASONS, PLEDGE_RETURN_REASONS, RETURN_REASONS, WORDS_LIMIT, Kind, Verdict
from ...domain.saved_comments import LIMIT
from ...queries.saved_comments import Kept
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
    saved = SelectMultipleField("Lời đã lưu", coerce=int)
    words = TextField("Lý do", WORDS_LIMIT)
    keep = BooleanField("Lưu lời này để dùng lại")
    version = VersionField()

    def says(self) -> tuple[Verdict, str, int, tuple[str, ...]]:
        """What the services ask for, once the form is valid. Reasons and kept comments are said with a return alone."""
        verdict = VERDICTS[self.verdict.data]
        if verdict is Verdict.APPROVED:
            return verdict, self.words.data, self.version.data or 0, ()
        kept = [words for comment_id, words in self.comments if comment_id in self.saved.data]
        return verdict, "\n".join([*kept, self.words.data]), self.version.data or 0, tuple(self.reasons.data)

    @property
    def comments(self) -> list[tuple[int, str]]:
        """The kept comments that may be chosen."""
        return [(choice.value, choice.label) for choice in self.saved.choices]


class CommentForm(DiaryForm):
    words = TextField("Lời cần lưu", LIMIT)


def review_form(kind: Kind, kept: Sequence[Kept]) -> ReviewForm:
    """The form of one card, with the reasons that fit what is reviewed and the reviewer's kept comments."""
    form = ReviewForm()
    form.saved.choices = [SelectChoice(one.id, one.words) for one in kept]
    form.reasons.choices = [SelectChoice(reason, reason) for reason in REASONS[kind]]
    return form
