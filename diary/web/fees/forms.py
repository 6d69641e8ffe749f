"""Forms of Đoàn phí: quarters of one member, and what the table of a branch sends."""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from ...domain.errors import BadInput
from ...domain.fees import AMOUNT_LIMIT, NOT_NOTED, QUARTERS, STATE_LABELS, FeeNote, FeeState, quarter_label
from ...domain.figures import parse_number
from ...queries.registers import Person
from ...services.fees import Tick
from ..forms import DiaryForm, LineField

_NONE = ""


class AmountField(LineField):
    """An amount in đồng, typed with or without dots; `amount` is its figure."""

    def __init__(self, label: str, **kwargs: Any):
        super().__init__(label, 20, **{"render_kw": {"inputmode": "numeric", "autocomplete": "off"}, **kwargs})

    @property
    def amount(self) -> int:
        return amount_of(self.data or "", self.short_name)


def amount_of(text: str, field: str) -> int:
    """What someone typed in, an amount in whole đồng out; 0 for nothing. BadInput at `field`."""
    typed = text.removesuffix("đồng").removesuffix("đ").strip()
    found = parse_number(typed) if typed else 0
    if found is None or found != int(found) or not 0 <= found <= AMOUNT_LIMIT:
        raise BadInput(field, "Hãy ghi số tiền bằng đồng, ví dụ 6.000.")
    return int(found)


class MemberFeesForm(DiaryForm):
    """Four quarters of one member, each with its state and amount."""

    state_1 = RadioField(quarter_label(1), validate_choice=False)
    amount_1 = AmountField("Số tiền quý I")
    state_2 = RadioField(quarter_label(2), validate_choice=False)
    amount_2 = AmountField("Số tiền quý II")
    state_3 = RadioField(quarter_label(3), validate_choice=False)
    amount_3 = AmountField("Số tiền quý III")
    state_4 = RadioField(quarter_label(4), validate_choice=False)
    amount_4 = AmountField("Số tiền quý IV")

    def offer(self) -> None:
        for quarter in QUARTERS:
            field = self[f"state_{quarter}"]
            field.choices = [SelectChoice(_NONE, NOT_NOTED), *(SelectChoice(state.value, STATE_LABELS[state]) for state in FeeState)]
            field.data = field.data or _NONE

    def show(self, notes: Mapping[int, FeeNote | None], usual: int) -> None:
        """Fill in what is noted; a quarter without a note offers the usual amount."""
        for quarter in QUARTERS:
            note = notes.get(quarter)
            self[f"state_{quarter}"].data = note.state.value if note else _NONE
            self[f"amount_{quarter}"].data = f"{note.amount if note else usual:,}".replace(",", ".")

    def to_notes(self, quarters: Iterable[int]) -> dict[int, FeeNote | None]:
        """What the form says of these quarters. BadInput at an amount."""
        return {quarter: self._note(quarter) for quarter in quarters}

    def _note(self, quarter: int) -> FeeNote | None:
        state = next((state for state in FeeState if state.value == self[f"state_{quarter}"].data), None)
        if state is None:
            return None
        return FeeNote(state, self[f"amount_{quarter}"].amount if state is FeeState.PAID else 0)


class NewFeeForm(DiaryForm):
    """One note for some quarters of a member."""

    member_id = SelectField("Đoàn viên", coerce=int)
    quarters = SelectMultipleField(
        "Quý", [InputRequired("Hãy chọn quý.")], coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    state = RadioField("Tình trạng")
    amount = AmountField("Số tiền mỗi quý")

    def offer(self, people: Iterable[Person], usual: int) -> None:
        self.member_id.choices = [SelectChoice(person.id, person.name) for person in people]
        self.quarters.choices = [(quarter, quarter_label(quarter)) for quarter in QUARTERS]
        self.state.choices = [SelectChoice(state.value, STATE_LABELS[state]) for state in FeeState]
        if not self.is_submitted():
            self.state.data, self.amount.data = FeeState.PAID.value, f"{usual:,}".replace(",", ".")

    def to_notes(self) -> dict[int, FeeNote | None]:
        """The note for each quarter chosen. BadInput "amount"."""
        state = FeeState(self.state.data)
        amount = self.amount.amount if state is FeeState.PAID else 0
        return dict.fromkeys(self.quarters.data, FeeNote(state, amount))


Box = tuple[int, int]
"""A member and a quarter."""


def boxes(sent: "MultiDict[str, str]", name: str) -> frozenset[Box]:
    """The boxes a field of that name holds, each as "member-quarter"; what is none is passed over."""
    found = (text.partition("-") for text in sent.getlist(name))
    pairs = ((member, quarter) for member, _, quarter in found if member.isascii() and member.isdigit() and quarter in {"1", "2", "3", "4"})
    return frozenset((int(member), int(quarter)) for member, quarter in pairs if len(member) < 10)


def ticks_of(sent: "MultiDict[str, str]") -> list[Tick]:
    """The boxes of the table that were ticked before or are now."""
    before, now = boxes(sent, "truoc"), boxes(sent, "dong")
    return [Tick(member, quarter, (member, quarter) in before, (member, quarter) in now) for member, quarter in sorted(before | now)]
