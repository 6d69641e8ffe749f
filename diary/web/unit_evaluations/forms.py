"""What a unit sends of its own year-end, and what the desk sends of many units. Shape only."""

from collections.abc import Iterable, Mapping
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from ...domain.evaluations import NUMBER_LIMIT, REASON_LIMIT, TEXT_LIMIT
from ...domain.proposals import Choice
from ...domain.schemes import Scheme
from ...domain.unit_evaluations import WORDS_LIMIT, UnitNote, UnitProposal
from ...domain.vietnamese import clean_line
from ...services.unit_evaluations import UnitDecision
from ..forms import DayField, DiaryForm, LineField, TextField, VersionField


class FiguresForm(DiaryForm):
    meetings_held = IntegerField("Số buổi sinh hoạt đã tổ chức", [Optional()])
    meetings_held_words = LineField("Ghi chú về sinh hoạt", WORDS_LIMIT)
    topics = IntegerField("Số chuyên đề đã học", [Optional()])
    topics_words = LineField("Tên các chuyên đề", WORDS_LIMIT)
    initiatives = IntegerField("Số mô hình, công trình, phần việc", [Optional()])
    initiatives_words = LineField("Tên mô hình, công trình", WORDS_LIMIT)

    CODES = ("meetings_held", "topics", "initiatives")

    def show(self, noted: Mapping[str, UnitNote]) -> None:
        """Fill in what is noted."""
        for code, note in noted.items():
            self[code].data, self[f"{code}_words"].data = note.count, note.words

    def to_figures(self) -> dict[str, UnitNote]:
        return {code: UnitNote(self[code].data, self[f"{code}_words"].data or "") for code in self.CODES}


class ProposalForm(DiaryForm):
    words = TextField("Kết quả trong năm", TEXT_LIMIT)
    level = RadioField("Mức đề nghị", validate_choice=False)
    reason = TextField("Lý do khác gợi ý", REASON_LIMIT)
    version = VersionField()

    def offer(self, scheme: Scheme) -> None:
        """Let the officer choose among the scheme's levels of units."""
        self.level.choices = [SelectChoice(level.code, level.name) for level in scheme.unit_levels]

    def to_proposal(self) -> UnitProposal:
        return UnitProposal(self.level.data or "", self.words.data or "", self.reason.data or "", self.version.data or 0)


class UnitDecisionForm(DiaryForm):
    number = LineField("Số quyết định", NUMBER_LIMIT)
    decided_on = DayField("Ngày quyết định", validators=())

    def to_decision(self, year: int, choices: Mapping[int, Choice]) -> UnitDecision:
        day: date | None = self.decided_on.data
        return UnitDecision(year, self.number.data or "", day, choices)


def read_picked(form: MultiDict[str, str], known: Iterable[int]) -> frozenset[int]:
    """The units ticked on the sent page, of those the reader knows."""
    sent = set(form.getlist("pick"))
    return frozenset(unit_id for unit_id in known if str(unit_id) in sent)


def read_levels(form: MultiDict[str, str], known: Iterable[int]) -> dict[int, Choice]:
    """The level, the reason and the version sent for each unit of the page."""
    return {
        one: Choice(form.get(f"level-{one}", ""), clean_line(form.get(f"reason-{one}", "")), form.get(f"version-{one}", 0, type=int))
        for one in known
        if f"version-{one}" in form
    }
