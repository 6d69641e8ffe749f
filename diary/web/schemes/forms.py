"""The editor of a scheme as a form: fields "levels-0-name", rows that come and go by buttons, and the worked example's own fields."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from ...domain.measures import Measure
from ...domain.schemes import Scheme, to_body
from ...domain.worked_examples import MOST_PEOPLE, Example, asked_measures, usual_example

LISTS = ("levels", "criteria", "caps", "unit_levels", "unit_criteria")
_PLAIN = (
    "name", "source", "last_year", "minimum_months", "rates_party_members", "movers_with_comment", "long_leave_days", "long_leave_level",
    "thin_rhythm",
)  # fmt: skip
_ROW_FIELDS = (
    "code", "name", "short", "letters", "points_from", "text", "evidence", "points", "full_at", "level", "share", "of_level", "rounding",
    "refuses",
)  # fmt: skip
_CONDITION_FIELDS = ("measure", "least", "most", "local_default")
_FIELD = re.compile(
    rf"({'|'.join(LISTS)})-([0-9]{{1,2}})-(?:({'|'.join(_ROW_FIELDS)})|conditions-([0-9]{{1,2}})-({'|'.join(_CONDITION_FIELDS)}))"
)
_ACT = re.compile(rf"(add|drop|up):({'|'.join(LISTS)})(?:-([0-9]{{1,2}})(?:-(conditions)(?:-([0-9]{{1,2}}))?)?)?")
_POINTS = {"points": "", "full_at": "", "points_from": ""}
_HIDDEN = {"code", "rounding"}  # a row that holds nothing else is empty
Raw = dict[str, Any]


def shown(scheme: Scheme) -> Raw:
    """The scheme as the editor shows it."""
    return to_body(scheme) | {"by_points": scheme.gives_points}


def typed(fields: MultiDict[str, str]) -> Raw:
    """What was typed into the editor, as nested values; rows in the order of their numbers."""
    raw: Raw = {key: fields.get(key, "") for key in (*_PLAIN, "by_points")}
    rows: dict[str, dict[int, Raw]] = {name: {} for name in LISTS}
    for key, value in fields.items():
        found = _FIELD.fullmatch(key)
        if found is None:
            continue
        name, number, field, inner, inner_field = found.groups()
        row = rows[name].setdefault(int(number), {})
        if field:
            row[field] = value
        else:
            row.setdefault("conditions", {}).setdefault(int(inner), {})[inner_field] = value
    return raw | {name: [_ordered(row) for _, row in sorted(found.items())] for name, found in rows.items()}


def _ordered(row: Raw) -> Raw:
    if "conditions" in row:
        row["conditions"] = [one for _, one in sorted(row["conditions"].items())]
    return row


def changed(raw: Raw, act: str) -> Raw:
    """The same after a button of the editor: a row added, dropped or moved up, points asked for or not; unknown acts change nothing."""
    if act in {"points:on", "points:off"}:
        return raw | {"by_points": act == "points:on"}
    found = _ACT.fullmatch(act)
    if found is None:
        return raw
    verb, name, number, inner, inner_number = found.groups()
    rows = list(raw[name])
    if inner and int(number) < len(rows):
        conditions = rows[int(number)].get("conditions") or []
        rows[int(number)] = rows[int(number)] | {"conditions": _after(list(conditions), verb, inner_number)}
    elif not inner:
        rows = _after(rows, verb, number)
    return raw | {name: rows}


def _after(rows: list[Raw], verb: str, number: str | None) -> list[Raw]:
    at = len(rows) if number is None else int(number)
    if verb == "add":
        return [*rows, {}]
    if at >= len(rows):
        return rows
    if verb == "drop":
        return rows[:at] + rows[at + 1 :]
    return [*rows[: max(at - 1, 0)], rows[at], *rows[max(at - 1, 0) : at], *rows[at + 1 :]]


def without_empty_rows(raw: Raw) -> Raw:
    """The same without rows that nobody filled in."""
    kept = {name: [_trimmed(row) for row in raw[name] if not _is_empty(row)] for name in LISTS}
    return raw | kept


def _trimmed(row: Raw) -> Raw:
    return row | {"conditions": [one for one in row["conditions"] if not _is_empty(one)]} if "conditions" in row else row


def _is_empty(row: Raw) -> bool:
    return not any(value for key, value in row.items() if key not in _HIDDEN and key != "conditions") and not any(
        not _is_empty(one) for one in row.get("conditions", ())
    )


def to_read(raw: Raw, scheme: Scheme) -> Raw:
    """What `read_draft` reads: the facts of `scheme` that are not for editing added, points left out where the scheme goes without."""
    kept = {key: value for key, value in raw.items() if key != "by_points"} | {"code": scheme.code, "first_year": scheme.first_year}
    if raw.get("by_points"):
        return kept
    return kept | {name: [{key: one for key, one in row.items() if key not in _POINTS} for row in raw[name]] for name in LISTS}


# What one may choose, and where it stands


def sections_of(faults: Mapping[str, str], act: str) -> set[str]:
    """The sections of the editor that stand open: those with faults, and the one whose button was pressed, or the first."""
    paths = [*faults, "levels" if act.startswith("points:") else act.partition(":")[2]]
    return {_section(path) for path in paths if path} or {"muc"}


def _section(path: str) -> str:
    if path.startswith("unit_"):
        return "to-chuc"
    if "conditions" in path:
        return "dieu-kien"
    name = path.partition("-")[0]
    named = {"levels": "muc", "criteria": "tieu-chi", "thin_rhythm": "tieu-chi", "caps": "khong-che"}
    return named.get(name, "ten" if name in {"name", "source", "last_year"} else "ai")


def labels_of(kinds: Mapping[str, Measure]) -> list[tuple[str, str]]:
    """Measures as a list to choose from."""
    return [(code, measure.label) for code, measure in kinds.items()]


def named_levels(raw: Raw) -> list[tuple[str, str]]:
    """The levels typed so far, as a list to choose from."""
    return [(row["code"], row.get("name", "")) for row in raw["levels"] if row.get("code")]


def cap_bases(raw: Raw) -> list[tuple[str, str]]:
    """What a cap may count over, beside everyone."""
    return [(code, f"Người xếp từ “{name}” trở lên") for code, name in named_levels(raw)[:-1]]


# The worked example


def example_of(fields: Mapping[str, str], scheme: Scheme) -> Example:
    """The example as it was typed; the usual one where nothing was. What is no number counts as not known, or none."""
    if "vd-thang" not in fields:
        return usual_example(scheme)
    return Example(
        figures={measure.code: _number(fields.get(f"vd-so-{measure.code}", "")) for measure in asked_measures(scheme)},
        months=min(_number(fields.get("vd-thang", "")) or 0, 600),
        moved=bool(fields.get("vd-chuyen-den")),
        commented=bool(fields.get("vd-nhan-xet")),
        party_member=bool(fields.get("vd-dang-vien")),
        sick_days=min(_number(fields.get("vd-nghi-om", "")) or 0, 366),
        counts={level.code: min(_number(fields.get(f"vd-muc-{level.code}", "")) or 0, MOST_PEOPLE) for level in scheme.levels},
    )


def _number(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,5}", digits) else None
