"""What the table of figures noted by hand sends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...domain.errors import BadInput
from ...domain.noted_figures import NOTED, SHARES, NotedFigure, TypedFigure, TypedRow, read_figure, read_whole

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The table as it was typed: the wholes by measure, the rows by member; `faults` by name of the field, `figures` what it says."""

    wholes: Mapping[str, str]
    rows: Mapping[int, TypedRow]
    faults: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[int, Mapping[str, NotedFigure | None]] = field(default_factory=dict)


def read_table(form: Typed, member_ids: Iterable[int]) -> FigureTable:
    """What the form says of these members; a member it does not name is left alone."""
    faults: dict[str, str] = {}
    typed = {code: form.get(f"of-{code}", "").strip() for code in SHARES}
    wholes = {code: _whole(faults, code, text) for code, text in typed.items()}
    rows = {member_id: _row(form, member_id) for member_id in member_ids if f"{NOTED[0]}-{member_id}" in form}
    figures = {
        member_id: {code: _figure(faults, member_id, code, cell, wholes.get(code)) for code, cell in row.items()}
        for member_id, row in rows.items()
    }
    return FigureTable(typed, rows, faults, figures)


def _row(form: Typed, member_id: int) -> dict[str, TypedFigure]:
    return {code: TypedFigure(*(form.get(f"{name}{code}-{member_id}", "").strip() for name in ("", "of-", "words-"))) for code in NOTED}


def _whole(faults: dict[str, str], code: str, text: str) -> int | None:
    try:
        return read_whole(code, text)
    except BadInput as fault:
        faults[f"of-{code}"] = str(fault)
        return None


def _figure(faults: dict[str, str], member_id: int, code: str, cell: TypedFigure, whole: int | None) -> NotedFigure | None:
    try:
        return read_figure(code, cell, whole)
    except BadInput as fault:
        faults[f"{code}-{member_id}"] = str(fault)
        return None
