"""What the registers say of members in a year, for the pages and papers that show it beside the grade."""

from collections.abc import Collection

from ..domain.year_registers import YearRegisters
from .fees import year_fees
from .training import year_training


def year_registers(member_ids: Collection[int], year: int) -> dict[int, YearRegisters]:
    """The fees and the training result of `year` per member, all branches of a mover together; two queries for any 10,000 members."""
    fees, training = year_fees(member_ids, year), year_training(member_ids, year)
    return {member_id: YearRegisters(fees[member_id], training.get(member_id)) for member_id in member_ids}
