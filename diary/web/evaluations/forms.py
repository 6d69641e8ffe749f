"""The form of a self-assessment."""

from uuid import UUID

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from ...domain.evaluations import TEXT_LIMIT, SelfAssessment
from ...domain.schemes import Scheme
from ...domain.year_figures import strengths, weaknesses
from ...queries.evaluations import OwnYear
from ..forms import DiaryForm, TextField, VersionField


class SelfAssessmentForm(DiaryForm):
    version = VersionField()
    best = SelectMultipleField("Bài tiêu biểu bạn chọn", coerce=UUID, validate_choice=False)  # whose they are is for the service to say
    strengths = TextField("Ưu điểm", TEXT_LIMIT)
    weaknesses = TextField("Hạn chế", TEXT_LIMIT)
    remedies = TextField("Hướng khắc phục", TEXT_LIMIT)
    level = RadioField("Tự xếp loại", validate_choice=False)

    def offer(self, scheme: Scheme) -> None:
        """Let the member choose among the scheme's levels."""
        self.level.choices = [SelectChoice(level.code, level.name) for level in scheme.levels]

    def show(self, own: OwnYear) -> None:
        """Fill the form in with what was kept, or with what the year's figures say; never with a level."""
        evaluation = own.evaluation
        self.version.data = evaluation.version
        self.best.data = list(own.preselected)
        self.strengths.data = evaluation.strengths if evaluation.kept else strengths(own.figures)
        self.weaknesses.data = evaluation.weaknesses if evaluation.kept else weaknesses(own.figures)
        self.remedies.data = evaluation.remedies
        self.level.data = evaluation.self_level or None

    def to_self_assessment(self) -> SelfAssessment:
        return SelfAssessment(self.strengths.data, self.weaknesses.data, self.remedies.data, self.level.data or "")
