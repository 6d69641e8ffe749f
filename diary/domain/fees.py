"""Đoàn phí: what each member paid for each quarter."""

from enum import StrEnum

QUARTERS = (1, 2, 3, 4)


class FeeState(StrEnum):
    PAID = "paid"
    EXEMPT = "exempt"


STATE_LABELS = {FeeState.PAID: "Đã đóng", FeeState.EXEMPT: "Được miễn"}
