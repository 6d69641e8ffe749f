"""The hints a text gets, compared with what its author and the author's branch sent in the last two years."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ..domain.hints import Hint, hints
from .settings import settings


@dataclass(frozen=True, slots=True)
class Found:
    """The hints of a text, the most useful first, and the earlier entry it is much like."""

    hints: tuple[Hint, ...]
    alike_id: UUID | None = None


def found(member_id: int, unit_id: int, text: str, today: date, without: UUID | None = None) -> Found:
    """The hints `text` would get if the member sent it now in that branch; `without` is the entry it is the text of."""
    return Found(hints(text, limits=settings().limits))
