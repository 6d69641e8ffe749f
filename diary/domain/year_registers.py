"""What the registers say of one member in a year, as evidence beside the grade; nothing is judged by what was not noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .fees import QUARTERS, FeeNote, FeeState, YearFees
from .measures import TRAINING_RANKS, Measured
from .training import SHORT_LABELS, TrainingResult, YearTraining

NOT_NOTED = "Chưa ghi"


@dataclass(frozen=True, slots=True)
class YearRegisters:
    """The fees of a year from every branch a mover was in, and the result of the Chương trình rèn luyện (None: not noted)."""

    fees: YearFees = field(default_factory=YearFees)
    training: YearTraining | None = None

    @property
    def fee_figure(self) -> str:
        """ "3/4 quý": quarters paid or exempt; "" where nothing is noted."""
        return f"{self.fees.settled}/{len(QUARTERS)} quý" if self.fees.notes else ""

    @property
    def fee_line(self) -> str:
        """ "3/4 quý. Quý I, II đã đóng; quý III được miễn."; "" where nothing is noted."""
        return f"{self.fee_figure}. {self.fees.words}." if self.fees.notes else ""

    @property
    def training_words(self) -> str:
        """The result in words; "" where none is noted."""
        return self.training.words if self.training else ""

    @property
    def lines(self) -> tuple[str, str]:
        """Both in short: "Đoàn phí 3/4 quý", "Rèn luyện: Tốt"; "chưa ghi" for what is not noted."""
        result = SHORT_LABELS[self.training.result] if self.training else NOT_NOTED.lower()
        return f"Đoàn phí {self.fee_figure or NOT_NOTED.lower()}", f"Rèn luyện: {result}"


def to_body(registers: YearRegisters) -> dict[str, Any]:
    """The registers as plain data, fit for a JSON column."""
    fees = {str(quarter): [note.state.value, note.amount] for quarter, note in registers.fees.notes.items()}
    return {"fees": fees, "training": registers.training.result.value if registers.training else ""}


def from_body(body: Mapping[str, Any]) -> YearRegisters:
    """The registers that `to_body` made `body` from; a remark is not kept."""
    notes = {int(quarter): FeeNote(FeeState(state), amount) for quarter, (state, amount) in body["fees"].items()}
    return YearRegisters(YearFees(notes), YearTraining(TrainingResult(body["training"])) if body["training"] else None)


def measures(registers: YearRegisters) -> dict[str, Measured]:
    """The measures that the registers feed, by code; nothing where nothing was noted."""
    found = {}
    if registers.fees.notes:
        found["fees"] = Measured(registers.fees.settled, len(QUARTERS), registers.fees.words)
    if registers.training:
        found["training"] = Measured(TRAINING_RANKS[registers.training.result], words=registers.training.note)
    return found
