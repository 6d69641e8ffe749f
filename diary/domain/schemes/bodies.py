"""Schemes as plain data, fit for a JSON column, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .shapes import Cap, Condition, Criterion, Level, Rounding, Scheme


def to_body(scheme: Scheme) -> dict[str, Any]:
    """The scheme as plain data, fit for a JSON column."""
    return asdict(scheme)


def from_body(body: Mapping[str, Any]) -> Scheme:
    """The scheme that `to_body` made `body` from."""
    return Scheme(
        **{
            **body,
            "levels": tuple(_level(level) for level in body["levels"]),
            "criteria": tuple(Criterion(**criterion) for criterion in body["criteria"]),
            "caps": tuple(Cap(**{**cap, "rounding": Rounding(cap["rounding"])}) for cap in body["caps"]),
            "unit_levels": tuple(_level(level) for level in body["unit_levels"]),
            "unit_criteria": tuple(Criterion(**criterion) for criterion in body["unit_criteria"]),
        }
    )


def _level(body: Mapping[str, Any]) -> Level:
    return Level(**{**body, "conditions": tuple(Condition(**condition) for condition in body["conditions"])})
