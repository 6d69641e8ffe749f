"""Register lists for tests: sheets as offices keep them, and the clean lists as files."""

from datetime import date
from pathlib import Path

from diary.domain.fee_lists import FEES
from diary.domain.registers import Register, RegisterList, read_register
from diary.domain.sheets import Sheet
from diary.domain.training_lists import TRAINING
from diary.files.sheets import write_sheet
from tests.lists import BASE, NOI

TODAY = date(2026, 11, 23)
BORN = date(1998, 4, 14)  # of everyone in the cast
YEAR = 2026


def read(register: Register, *rows: tuple[object, ...], name: str = "DS") -> RegisterList:
    """What those rows of one sheet say."""
    return read_register([Sheet(name, tuple(rows))], register, TODAY)


def fee_row(
    name: str, *quarters: object, born: object = BORN, base: str = BASE, branch: str = NOI, year: object = YEAR
) -> tuple[object, ...]:
    """A row of the clean list of fees."""
    return name, born, base, branch, year, *quarters, *[None] * (4 - len(quarters))


def training_row(name: str, result: object, note: object = None, year: object = YEAR, **place: object) -> tuple[object, ...]:
    """A row of the clean list of results."""
    return name, place.get("born", BORN), place.get("base", BASE), place.get("branch", NOI), year, result, note


def fees(*rows: tuple[object, ...]) -> RegisterList:
    """Clean rows as they are read."""
    return read(FEES, FEES.header, *rows)


def training(*rows: tuple[object, ...]) -> RegisterList:
    """Clean rows as they are read."""
    return read(TRAINING, TRAINING.header, *rows)


def clean_file(folder: Path, register: Register, *rows: tuple[object, ...], name: str = "danh-sach.xlsx") -> Path:
    """Clean rows as a file."""
    file = folder / name
    file.write_bytes(write_sheet(name, register.header, rows))
    return file
