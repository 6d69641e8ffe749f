"""Đoàn phí: what each member paid for each quarter. A quarter without a note was not noted; nothing is judged by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .errors import BadInput
from .figures import money

QUARTERS = (1, 2, 3, 4)
NUMERALS = ("I", "II", "III", "IV")
AMOUNT_LIMIT = 100_000_000
FIRST_AMOUNT = 6_000  # offered for a quarter until a branch has noted its own: 2.000 đồng a month, a local default to confirm


class FeeState(StrEnum):
    PAID = "paid"
    EXEMPT = "exempt"


STATE_LABELS = {FeeState.PAID: "Đã đóng", FeeState.EXEMPT: "Được miễn"}
NOT_NOTED = "Chưa ghi"


@dataclass(frozen=True, slots=True)
class FeeNote:
    """What is noted of one quarter; `amount` in đồng, 0 where only the fact was noted, and always for who is exempt."""

    state: FeeState
    amount: int = 0

    @property
    def words(self) -> str:
        """For the screen: "Đã đóng 20.000 đồng", "Được miễn"."""
        return f"{STATE_LABELS[self.state]} {money(self.amount)}" if self.amount else STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class YearFees:
    """A member's notes of a year by quarter, whichever branch noted them."""

    notes: Mapping[int, FeeNote] = field(default_factory=dict)

    def quarters(self, state: FeeState) -> tuple[int, ...]:
        """The quarters noted so, in order."""
        return tuple(quarter for quarter in QUARTERS if quarter in self.notes and self.notes[quarter].state is state)

    @property
    def settled(self) -> int:
        """Quarters paid or exempt."""
        return len(self.notes)

    @property
    def words(self) -> str:
        """ "Quý I, II đã đóng; quý III được miễn"; "" where nothing is noted."""
        said = [f"quý {_numerals(self.quarters(state))} {STATE_LABELS[state].lower()}" for state in FeeState if self.quarters(state)]
        line = "; ".join(said)
        return line[:1].upper() + line[1:]


def _numerals(quarters: Iterable[int]) -> str:
    return ", ".join(NUMERALS[quarter - 1] for quarter in quarters)


def quarter_of(day: date) -> int:
    """The quarter a day falls in, 1 to 4."""
    return (day.month + 2) // 3


def quarter_label(quarter: int) -> str:
    """ "Quý I" to "Quý IV"."""
    return f"Quý {NUMERALS[quarter - 1]}"


def fee_note(state: FeeState, amount: int) -> FeeNote:
    """The note of a quarter; who is exempt pays nothing. BadInput "amount" for an amount below 0 or above a hundred million."""
    if not 0 <= amount <= AMOUNT_LIMIT:
        raise BadInput("amount", "Số tiền phải từ 0 đến 100.000.000 đồng.")
    return FeeNote(state, amount if state is FeeState.PAID else 0)


def require_quarter(quarter: int) -> int:
    """The quarter, when there is such; BadInput "quarter" otherwise."""
    if quarter not in QUARTERS:
        raise BadInput("quarter", "Hãy chọn một trong bốn quý.")
    return quarter
