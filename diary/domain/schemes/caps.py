"""Caps: how many may get a level, which are passed, and how that reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from ..figures import percent
from .shapes import Cap, Rounding, Scheme

_ROUNDINGS = {Rounding.DOWN: ROUND_FLOOR, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_CEILING}


def cap_base(cap: Cap, scheme: Scheme, counts: Mapping[str, int]) -> int:
    """The denominator of the cap where `counts` says how many are proposed for each level."""
    counted = scheme.levels[: scheme.rank(cap.of_level)] if cap.of_level else scheme.levels
    return sum(counts.get(level.code, 0) for level in counted)


def allowed_by_cap(cap: Cap, scheme: Scheme, counts: Mapping[str, int]) -> int:
    """How many may get the cap's level where `counts` says how many are proposed for each."""
    exact = Decimal(cap_base(cap, scheme, counts) * cap.share) / 100
    return int(exact.quantize(Decimal(1), _ROUNDINGS[cap.rounding]))


def over_caps(scheme: Scheme, counts: Mapping[str, int]) -> tuple[tuple[Cap, int, int], ...]:
    """The caps that `counts` passes, each with how many are proposed and how many may be."""
    found = ((cap, counts.get(cap.level, 0), allowed_by_cap(cap, scheme, counts)) for cap in scheme.caps)
    return tuple((cap, proposed, allowed) for cap, proposed, allowed in found if proposed > allowed)


@dataclass(frozen=True, slots=True)
class CapWarning:
    """A cap that is passed: a short title, the figures behind it in words, and whether it may be passed with a reason or not at all."""

    title: str
    words: str
    refuses: bool = False


def cap_faults(scheme: Scheme, counts: Mapping[str, int], reason: str = "") -> dict[str, str]:
    """What keeps `counts` from being proposed or decided, as a fault of the field "cap_reason": a cap that refuses is passed, or another
    one is and `reason` is empty."""
    passed = cap_warnings(scheme, counts)
    refused = next((warning for warning in passed if warning.refuses), None)
    if refused:
        return {"cap_reason": f"{refused.title}: {refused.words} Bộ tiêu chí của năm không cho vượt; hãy chọn lại mức của một số người."}
    if passed and not reason:
        return {"cap_reason": "Số người đề nghị vượt mức của Đoàn Khối: hãy ghi lý do."}
    return {}


def cap_warnings(scheme: Scheme, counts: Mapping[str, int]) -> tuple[CapWarning, ...]:
    """What to say of each cap that `counts` passes: "4 trên 11 người loại tốt trở lên là 36,4 %; …cho tối đa 2 người"."""
    return tuple(_cap_warning(cap, scheme, counts, proposed, allowed) for cap, proposed, allowed in over_caps(scheme, counts))


def _cap_warning(cap: Cap, scheme: Scheme, counts: Mapping[str, int], proposed: int, allowed: int) -> CapWarning:
    base, among = cap_base(cap, scheme, counts), "người được xếp loại"
    if cap.of_level:
        among = f"người loại {scheme.level(cap.of_level).short.lower()} trở lên"
    share = percent(proposed, base)
    words = f"{proposed} trên {base} {among} là {share}; mức của Đoàn Khối cho tối đa {allowed} người."
    return CapWarning(f"{scheme.level(cap.level).short} vượt mức {cap.share} %", words, cap.refuses)
