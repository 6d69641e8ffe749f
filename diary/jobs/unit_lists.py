"""The list of units' levels as a file: read, then drawn, with no transaction open while it is."""

from datetime import date

from ..documents import unit_list as paper
from ..documents.outlines import docx, pdf, xlsx
from ..domain.documents import Ending
from ..domain.unit_lists import UnitList
from ..queries.unit_lists import unit_list
from ..services import documents as services

_SET = {Ending.PDF: pdf, Ending.DOCX: docx, Ending.XLSX: xlsx}


def list_of_units(
    unit_id: int, year: int, day: date, ending: Ending, number: str = "", decided_on: date | None = None
) -> tuple[UnitList, bytes]:
    """The list below a base or the bloc as it stands on `day`, of one decision where it is named, and its bytes.

    WrongMoment in a year without levels of units.
    """
    found = unit_list(unit_id, year, day, number, decided_on)
    services.end_reading()
    return found, _SET[ending](paper.outline(found))
