"""Schemes: the rules a year is rated by, as data."""

from .bodies import from_body, to_body
from .caps import CapWarning, allowed_by_cap, cap_base, cap_faults, cap_warnings, over_caps
from .changes import changed_parts, code_for
from .checking import scheme_faults
from .drafts import Draft, read_draft, with_codes
from .shapes import ROUNDING_LABELS, Cap, Condition, Criterion, Level, Rounding, Scheme, require_scheme
from .shipped import GUIDED, SCHEME_2011, SCHEME_2023, SCHEME_POINTS, SHIPPED, for_year

__all__ = [
    "GUIDED", "ROUNDING_LABELS", "SCHEME_2011", "SCHEME_2023", "SCHEME_POINTS", "SHIPPED", "Cap", "CapWarning", "Condition",
    "Criterion", "Draft", "Level", "Rounding", "Scheme", "allowed_by_cap", "cap_base", "cap_faults", "cap_warnings", "changed_parts",
    "code_for", "for_year", "from_body", "over_caps", "read_draft", "require_scheme", "scheme_faults", "to_body", "with_codes",
]  # fmt: skip
