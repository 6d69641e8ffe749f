"""Figures as they are written here: 6.028; 85,5 %; 14.236.000 đồng. Rounding is always half up."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

NONE = "–"  # stands where there is nothing to count

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)  # wide enough for every float there is
_SWAP = str.maketrans(",.", ".,")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)")
_FIGURE = re.compile(r"([-−+]?) ?([0-9]{1,15})(?:[.,]([0-9]{1,15}))?")  # 15 digits: more than anyone counts, and what every database holds


def number(n: int | Decimal | float, decimals: int = 0) -> str:
    """A figure in; out with `decimals` digits after the comma, dots between thousands: "6.028", "85,5". Rounds half up.

    What is no finite number gives "–".
    """
    if type(n) is int and not decimals:
        return f"{n:,}".replace(",", ".")  # a list shows twenty of them: 0.3 µs each, by way of Decimal 1.5
    value = n if isinstance(n, Decimal) else Decimal(str(n))
    if not value.is_finite():
        return NONE
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    return f"{rounded:z,f}".translate(_SWAP)


def percent(part: int | Decimal, whole: int | Decimal, decimals: int = 1, nbsp: bool = False) -> str:
    """A part and its whole in, "85,5 %" out, rounded half up; "–" when the whole is 0. With nbsp the sign stays on the figure's line."""
    if not whole:
        return NONE
    return number(Decimal(part) * 100 / Decimal(whole), decimals) + _gap(nbsp) + "%"


def money(n: int | Decimal, nbsp: bool = False) -> str:
    """An amount in đồng in, "14.236.000 đồng" out. With nbsp the word stays on the figure's line."""
    return number(n) + _gap(nbsp) + "đồng"


def file_size(size: int) -> str:
    """Bytes in, as people read them: "96 KB", "1,4 MB"."""
    kilobytes = Decimal(size) / 1024
    return f"{number(max(kilobytes, Decimal(1)))} KB" if kilobytes < 1000 else f"{number(kilobytes / 1024, 1)} MB"


def padded(n: int) -> str:
    """A count in, as documents write it out: 1 to 9 with a leading 0 ("01" … "09"), else as `number` does."""
    return f"{n:02}" if 1 <= n <= 9 else number(n)


def shares(counts: Sequence[int]) -> tuple[Decimal, ...]:
    """Counts in, their shares in per cent out, one decimal each, in the same order; together exactly 100.0.

    Each share is cut to one decimal; the tenths left over go to the largest remainders, the first of equals before the others.
    Nothing to share (no counts, or all 0) gives (). Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count cannot be negative")
    total = sum(counts)
    if not total:
        return ()
    tenths, remainders = zip(*(divmod(count * 1000, total) for count in counts), strict=True)
    by_remainder = sorted(range(len(counts)), key=lambda i: -remainders[i])
    lucky = set(by_remainder[: 1000 - sum(tenths)])
    return tuple(Decimal(t + (i in lucky)).scaleb(-1) for i, t in enumerate(tenths))


def parse_number(text: str) -> Decimal | None:
    """What someone typed in, the figure out, or None when it is none: "6", "6.028" (six thousand and twenty-eight), "85,5", "1.500.000".

    Thousands may be set apart by dots or spaces; a dot that cannot be that is a decimal point ("8.5", "0.500"). At most 15 digits
    before the comma and 15 after it.
    """
    text = " ".join(text.split())
    whole, comma, rest = text.partition(",")
    unsigned = whole.lstrip("-−+ ")
    if _GROUPED.fullmatch(unsigned):
        text = whole.replace(".", "").replace(" ", "") + comma + rest
    match = _FIGURE.fullmatch(text)
    if not match:
        return None
    value = Decimal(f"{match[2]}.{match[3]}" if match[3] else match[2])
    return -value if match[1] in {"-", "−"} else value


def _gap(nbsp: bool) -> str:
    return "\u00a0" if nbsp else " "
