"""Schemes as they are typed or read from a file: plain values in, a scheme and everything that is wrong with it out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ..vietnamese import clean_line, fold
from .checking import scheme_faults
from .shapes import Cap, Condition, Criterion, Level, Rounding, Scheme

MOST_ROWS = 40  # of any list; more than that nobody fills in
CODE_LIMIT = 24
_Reader = Callable[[Any], Any]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme as it was typed, and what is wrong with it: each field ("levels-0-conditions-1-least") with its message."""

    scheme: Scheme
    faults: dict[str, str]


def read_draft(raw: Mapping[str, Any]) -> Draft:
    """The scheme that `raw` holds, the keys of `to_body` with typed values or with texts as a form sends them.

    What is missing counts as empty; a field that cannot be read, or that nothing is known of, is a fault like those against the rules.
    """
    faults: dict[str, str] = {}
    facts = _fields(raw, _SCHEME, "", faults, lists=_LISTS)
    levels = _levels(raw, "levels", faults)
    facts |= {
        "levels": levels,
        "criteria": _rows(raw, "criteria", _CRITERION, Criterion, faults),
        "caps": _rows(raw, "caps", _CAP, Cap, faults),
        "unit_levels": _levels(raw, "unit_levels", faults),
        "unit_criteria": _rows(raw, "unit_criteria", _CRITERION, Criterion, faults),
    }
    scheme = Scheme(**facts)
    return Draft(scheme, scheme_faults(scheme) | faults)


def with_codes(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same with a code for every named row that has none yet, made from its name, so that caps can name it."""
    named = dict(raw)
    for name, words in (("levels", "name"), ("unit_levels", "name"), ("criteria", "text"), ("unit_criteria", "text")):
        rows = [dict(row) for row in raw.get(name) or ()]
        taken = {row["code"] for row in rows if row.get("code")}
        for row in rows:
            if not row.get("code") and row.get(words):
                row["code"] = _free_code(str(row[words]), taken)
                taken.add(row["code"])
        named[name] = rows
    return named


def _free_code(words: str, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[: CODE_LIMIT - 3].strip("-") or "muc"
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, MOST_ROWS * 3))
    return next(code for code in numbered if code not in taken)


def _line(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("Hãy ghi chữ ở mục này.")
    return clean_line(value)


def _bound(value: Any) -> int | None:
    """A whole number, or None where nothing was written."""
    text = value.strip() if isinstance(value, str) else value
    if text is None or text == "":
        return None
    if isinstance(text, bool) or not re.fullmatch(r"[0-9]{1,9}", str(text)):
        raise ValueError("Hãy ghi một số nguyên, không âm.")
    return int(text)


def _count(value: Any) -> int:
    return _bound(value) or 0


def _flag(value: Any) -> bool:
    if value not in (None, "", "y", True, False):
        raise ValueError("Mục này chỉ nhận có hoặc không (true hoặc false).")
    return bool(value)


def _rounding(value: Any) -> Rounding:
    if value in (None, ""):
        return Rounding.DOWN
    if value not in tuple(Rounding):
        raise ValueError("Hãy chọn một cách làm tròn trong danh sách.")
    return Rounding(value)


_CONDITION: Mapping[str, _Reader] = {"measure": _line, "least": _bound, "most": _bound, "local_default": _flag}
_LEVEL: Mapping[str, _Reader] = {"code": _line, "name": _line, "short": _line, "letters": _line, "points_from": _count}
_CRITERION: Mapping[str, _Reader] = {"code": _line, "text": _line, "evidence": _line, "points": _count, "full_at": _count}
_CAP: Mapping[str, _Reader] = {"level": _line, "share": _count, "of_level": _line, "rounding": _rounding, "refuses": _flag}
_SCHEME: Mapping[str, _Reader] = {
    "code": _line, "name": _line, "source": _line, "first_year": _count, "last_year": _count, "minimum_months": _count,
    "rates_party_members": _flag, "movers_with_comment": _flag, "long_leave_days": _count, "long_leave_level": _line, "thin_rhythm": _count,
}  # fmt: skip
_LISTS = ("levels", "criteria", "caps", "unit_levels", "unit_criteria")


def _fields(
    raw: Mapping[str, Any], readers: Mapping[str, _Reader], path: str, faults: dict[str, str], lists: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What the readers make of `raw`; a fault for each field one of them refuses, and for each that has no reader."""
    for key in raw.keys() - readers.keys() - set(lists):
        faults[f"{path}{key}"] = f"Bộ tiêu chí không có mục “{key}”."
    found = {}
    for key, reader in readers.items():
        try:
            found[key] = reader(raw.get(key))
        except ValueError as error:
            faults[f"{path}{key}"] = str(error)
            found[key] = reader(None)
    return found


def _listed(raw: Mapping[str, Any], name: str, path: str, faults: dict[str, str]) -> list[Mapping[str, Any]]:
    """The rows of a list, those there may be."""
    rows = raw.get(name) or []
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        faults[f"{path}{name}"] = "Mục này phải là một danh sách."
        return []
    if len(rows) > MOST_ROWS:
        faults[f"{path}{name}"] = f"Danh sách này dài quá {MOST_ROWS} dòng."
    return list(rows[:MOST_ROWS])


def _rows(
    raw: Mapping[str, Any], name: str, readers: Mapping[str, _Reader], shape: Callable[..., Row], faults: dict[str, str], path: str = ""
) -> tuple[Row, ...]:
    rows = _listed(raw, name, path, faults)
    return tuple(shape(**_fields(row, readers, f"{path}{name}-{number}-", faults)) for number, row in enumerate(rows))


def _levels(raw: Mapping[str, Any], name: str, faults: dict[str, str]) -> tuple[Level, ...]:
    found = []
    for number, row in enumerate(_listed(raw, name, "", faults)):
        path = f"{name}-{number}-"
        conditions = _rows(row, "conditions", _CONDITION, Condition, faults, path)
        found.append(Level(**_fields(row, _LEVEL, path, faults, lists=("conditions",)), conditions=conditions))
    return tuple(found)
