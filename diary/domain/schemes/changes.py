"""What was changed in a scheme, and schemes made from others."""

from dataclasses import replace

from .shapes import Level, Scheme

CODE_LIMIT = 40
_PARTS = {
    "naming": ("name", "source", "last_year"),
    "levels": ("levels",),
    "conditions": ("levels",),
    "criteria": ("criteria", "thin_rhythm"),
    "eligibility": ("minimum_months", "rates_party_members", "movers_with_comment", "long_leave_days", "long_leave_level"),
    "caps": ("caps",),
    "units_rated": ("unit_levels", "unit_criteria"),
}


def changed_parts(before: Scheme, after: Scheme) -> tuple[str, ...]:
    """Which parts of the scheme differ: "levels", "conditions" …, as the audit log names them."""
    return tuple(part for part, fields in _PARTS.items() if any(_of(part, before, field) != _of(part, after, field) for field in fields))


def _of(part: str, scheme: Scheme, field: str) -> object:
    value = getattr(scheme, field)
    if part == "levels":
        return [_bare(level) for level in value]
    return {level.code: (level.conditions, level.points_from) for level in value} if part == "conditions" else value


def _bare(level: Level) -> Level:
    return replace(level, conditions=(), points_from=0)


def code_for(based_on: str, year: int, taken: frozenset[str]) -> str:
    """The code of a scheme of one's own made for `year`: "2023-2027/2026", where that is taken "2023-2027/2026.2"."""
    base = based_on.partition("/")[0][: CODE_LIMIT - 9]
    number = 1
    while (code := f"{base}/{year}" + (f".{number}" if number > 1 else "")) in taken:
        number += 1
    return code
