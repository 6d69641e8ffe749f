"""The table of columns as it was sent: its rows, and what a press on one of its buttons makes of them."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from ...domain.result_columns import DEFAULT_COLUMNS, MOST_COLUMNS, Column
from ...domain.vietnamese import clean_line

Sent = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """The columns as they stand on the page, and what was pressed: "save", or what already was done to them."""

    columns: tuple[Column, ...]
    act: str


def typed_columns(sent: "Sent") -> Typed:
    """Rows of "head-N", "field-N" and "text-N", moved, dropped, added or reset as `act` says ("up-2", "add", "reset")."""
    numbers = sorted(int(text) for name in sent if (text := name.removeprefix("head-")) != name and text.isascii() and text.isdigit())
    kept = [Column(*(clean_line(sent.get(f"{part}-{number}", "")) for part in ("head", "field", "text"))) for number in numbers]
    act, _, place = sent.get("act", "save").partition("-")
    return Typed(_after(act, int(place) if place.isascii() and place.isdigit() else -1, kept[: MOST_COLUMNS + 1]), act)


def _after(act: str, place: int, columns: list[Column]) -> tuple[Column, ...]:
    there = 0 <= place < len(columns)
    if act == "reset":
        return DEFAULT_COLUMNS
    if act == "add" and len(columns) < MOST_COLUMNS:
        columns.append(Column("", "full_name"))
    elif act == "drop" and there:
        del columns[place]
    elif act in ("up", "down") and there:
        other = place + (1 if act == "down" else -1)
        if 0 <= other < len(columns):
            columns[place], columns[other] = columns[other], columns[place]
    return tuple(columns)
