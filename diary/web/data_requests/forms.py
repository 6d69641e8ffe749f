"""Forms of requests about one's own data, and of the answers to them."""

from wtforms.validators import InputRequired

from ...domain.data_requests import ANSWER_LIMIT, WORDS_LIMIT
from ..forms import DiaryForm, IdField, TextField


class CorrectionForm(DiaryForm):
    id = IdField()
    words = TextField("Chỗ sai và nội dung đúng", WORDS_LIMIT, (InputRequired("Hãy ghi chỗ nào sai và nội dung đúng."),))


class AnswerForm(DiaryForm):
    answer = TextField("Lời nhắn cho người đề nghị", ANSWER_LIMIT)
