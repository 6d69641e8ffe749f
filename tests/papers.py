"""A branch's year-end brought to where documents are issued, and what was issued, for tests. Every step needs an application context."""

from pathlib import Path

from sqlalchemy import select

from diary.domain.documents import DocumentKind
from diary.files.storage import Storage
from diary.jobs.documents import Press, issue_list, issue_sheet
from diary.models.base import db
from diary.models.documents import Document
from tests import year_end
from tests.factories import YEAR, actor

SITE = "https://nhatky.example"


def propose(officer="secretary"):
    """The officer's branch has met and proposed; one member assessed herself."""
    if officer == "secretary":
        year_end.self_assess("member")
    year_end.meet(officer)
    year_end.propose(officer)


def decide():
    """The same, passed on by the base and decided by the bloc."""
    propose()
    unit_id = year_end.branch_of("secretary")
    year_end.pass_on("base_secretary", unit_id)
    year_end.decide("bloc_secretary", unit_id)


def sheet_id(name="member", year=YEAR):
    """The id of that person's evaluation."""
    return year_end.one(name, year).id


def press(folder: Path, site: str = SITE) -> Press:
    return Press(Storage(folder), site)


def issued_sheet(folder: Path, name="member", officer="secretary") -> Document:
    """That person's sheet, issued by the officer."""
    return document(issue_sheet(actor(officer), sheet_id(name), press(folder)))


def issued_list(folder: Path, officer="secretary") -> Document:
    """The list of the officer's branch, issued."""
    who = actor(officer)
    return document(issue_list(who, who.place.unit_id, YEAR, press(folder)))


def document(document_id) -> Document:
    """The row, read anew."""
    return db.session.execute(select(Document).where(Document.id == document_id).execution_options(populate_existing=True)).scalar_one()


def all_of(kind: DocumentKind) -> list[Document]:
    return list(db.session.execute(select(Document).where(Document.kind == kind).order_by(Document.number)).scalars())
