"""Two hundred documents issued at once: numbers 1..200, none twice, none left out, whatever breaks in the middle."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from diary.domain.documents import DocumentKind, DocumentState
from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.evaluations import Evaluation
from diary.models.members import Member
from diary.services import documents
from tests import papers
from tests.factories import YEAR

SHEETS, AT_ONCE = 200, 40
SHEET = DocumentKind.EVALUATION_SHEET


@pytest.fixture
def branch_of_two_hundred(session, cast):
    """Two hundred members of one branch, all proposed; the ids of their evaluations."""
    home = cast.secretary.unit_id
    members = [Member(unit_id=home, family_name="Kiên Thị", given_name=f"An {n}", sort_key=f"{n:03}", search="an") for n in range(SHEETS)]
    db.session.add_all(members)
    db.session.flush()
    rows = [Evaluation(member_id=one.id, unit_id=home, year=YEAR, state=EvaluationState.PROPOSED, proposed_level="good") for one in members]
    db.session.add_all(rows)
    db.session.flush()
    keys = [row.id for row in rows]
    db.session.commit()
    return keys


def issue(app, who, key, breaks):
    """Reserve a sheet's number and name its bytes, unless it breaks off between the two."""
    with app.app_context():
        try:
            document_id = documents.reserve_sheet(who, key)
            if not breaks:
                documents.finish(who, document_id, hashlib.sha256(document_id.bytes).hexdigest(), 1)
        finally:
            db.session.remove()


def at_once(app, who, keys, breaks):
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda key: issue(app, who, key, key in breaks), keys))
    db.session.rollback()  # this thread's own reading began before
    return papers.all_of(SHEET)


def test_two_hundred_issued_at_once_are_1_to_200_and_what_broke_off_keeps_its_number(app, branch_of_two_hundred, actor):
    who, keys = actor("secretary"), branch_of_two_hundred
    broken = keys[::7]
    rows = at_once(app, who, keys, broken)
    assert [row.number for row in rows] == list(range(1, SHEETS + 1))
    waiting = {row.number: row.member_id for row in rows if row.state is DocumentState.RESERVED}
    assert len(waiting) == len(broken)
    rows = at_once(app, who, broken, ())
    assert [row.number for row in rows] == list(range(1, SHEETS + 1))
    assert {row.state for row in rows} == {DocumentState.VALID}
    assert {row.number: row.member_id for row in rows}.items() >= waiting.items()
