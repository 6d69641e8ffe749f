"""Schemes: the rules a year is rated by, as data."""

from .bodies import from_body, to_body
from .caps import CapWarning, allowed_by_cap, cap_base, cap_faults, cap_warnings, over_caps
from .shapes import ROUNDING_LABELS, Cap, Condition, Criterion, Level, Rounding, Scheme, require_scheme
from .shipped import GUIDED, SCHEME_2011, SCHEME_2023, SCHEME_POINTS, SHIPPED, for_year

__all__ = [
    "GUIDED", "ROUNDING_LABELS", "SCHEME_2011", "SCHEME_2023", "SCHEME_POINTS", "SHIPPED", "Cap", "CapWarning", "Condition", "Criterion",
    "Level", "Rounding", "Scheme", "allowed_by_cap", "cap_base", "cap_faults", "cap_warnings", "for_year", "from_body", "over_caps",
    "require_scheme", "to_body",
]  # fmt: skip
