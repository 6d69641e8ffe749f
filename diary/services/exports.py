"""Noting that records of people left the program as a file."""

from collections.abc import Sequence

from ..domain.actors import Actor
from ..domain.documents import About, DocumentKind, Ending
from . import audit, readings
from .transaction import happening


@happening
def note_export(actor: Actor | None, subject: str, rows: int, unit_id: int | None = None, fields: Sequence[object] = ()) -> None:
    """Note that `actor` (None: who runs the program's commands) took `rows` records of the kind `subject` out as a file.

    Whoever makes such a file calls this once it is made, before it is handed over. `fields` may name a year or the file's kind.
    """
    audit.record(actor, "records_export", subject, "", unit_id, [f"rows:{rows}", *fields])


def note_paper(actor: Actor, about: About, ending: Ending = Ending.PDF) -> None:
    """Note that `actor` took a paper with others on it; of another's book its owner is told. One's own papers leave no line."""
    if about.kind is DocumentKind.YEAR_BOOK and about.member_id is not None:
        readings.note_books(actor, about.year, [(about.member_id, about.unit_id)])
    elif about.member_id is None or about.member_id != actor.member_id:
        note_export(actor, "document", 1, about.unit_id, [about.kind.value, about.year, ending.value])
