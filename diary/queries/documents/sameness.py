"""Which documents are about the same thing: of them one holds."""

from sqlalchemy import ColumnElement, and_

from ...domain.documents import About, DocumentKind
from ...models.documents import Document


def about_the_same(about: About) -> ColumnElement[bool]:
    """For a query on documents: those about what `about` names, a member's year whichever branch printed it (what they registered
    in one branch), a unit's, or a decision."""
    same = and_(Document.kind == about.kind, Document.year == about.year)
    if about.kind is DocumentKind.REGISTRATION:
        return and_(same, Document.member_id == about.member_id, Document.unit_id == about.unit_id)
    if about.member_id is not None:
        return and_(same, Document.member_id == about.member_id)
    if about.kind is DocumentKind.DECISION:
        return and_(same, Document.unit_id == about.unit_id, Document.symbol == about.number, Document.dated_on == about.day)
    return and_(same, Document.unit_id == about.unit_id)
