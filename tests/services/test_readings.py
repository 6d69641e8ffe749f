"""A line for each reader, entry and day: who wrote it learns of it, and those who read pay nothing for it twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from diary.domain.readings import Way
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.services import readings
from tests import factories
from tests.counting import counted


@pytest.fixture
def entries(session, cast):
    return [factories.entry(cast.member).id for _ in range(3)]


@pytest.fixture(autouse=True)
def forgotten():
    """A process that has just begun."""
    readings._memory = readings._Memory()


def lines():
    query = select(AuditLine.account_id, AuditLine.subject_id, AuditLine.fields, AuditLine.owner_id).where(AuditLine.subject == "entry")
    return [tuple(row) for row in db.session.execute(query.order_by(AuditLine.id))]


def test_a_line_names_the_reader_the_entry_the_way_and_whose_it_is(entries, actor, cast):
    readings.note_readings(actor("secretary"), entries[:1], Way.QUEUE)
    assert lines() == [(cast.secretary.account_id, str(entries[0]), ["queue"], cast.member.member_id)]


@pytest.mark.parametrize("forgetful", [False, True])
def test_reading_is_noted_once_a_day_for_a_reader_and_an_entry_whatever_the_process_remembers(entries, actor, time, forgetful):
    for way in (Way.QUEUE, Way.PAGE, Way.SHEET, Way.THUMBNAIL):
        readings.note_readings(actor("secretary"), entries, way)
        if forgetful:
            readings._memory = readings._Memory()
    assert len(lines()) == 3
    readings.note_readings(actor("secretary"), entries[:1], Way.FILE)
    readings.note_readings(actor("deputy"), entries[:1], Way.PAGE)
    assert len(lines()) == 5
    time.shift(timedelta(days=1))
    readings.note_readings(actor("secretary"), entries[:1], Way.PAGE)
    assert len(lines()) == 6


def test_one_s_own_entries_and_unknown_ones_leave_no_line(entries, actor):
    readings.note_readings(actor("member"), entries, Way.PAGE)
    assert lines() == []


def test_twenty_cards_are_noted_in_four_statements_and_shown_again_for_none(app, cast, actor):
    reader, shown = actor("secretary"), [factories.entry(cast.member).id for _ in range(20)]
    with counted(app) as first:
        readings.note_readings(reader, shown, Way.QUEUE)
    with counted(app) as again:
        readings.note_readings(reader, shown, Way.QUEUE)
    assert (len(first), len(again)) == (3, 0)  # no address stands with this reader; else the details are the fourth
    assert len(lines()) == 20


def test_what_is_remembered_of_a_day_is_forgotten_with_it(entries, actor, time):
    readings.note_readings(actor("secretary"), entries, Way.PAGE)
    time.shift(timedelta(days=1))
    readings.note_readings(actor("secretary"), entries[:1], Way.PAGE)
    assert len(readings._memory.noted) == 1


def test_a_printed_book_is_noted_for_its_owner_and_not_when_they_print_it_themselves(session, actor, cast):
    mine = (cast.member.member_id, cast.member.unit_id)
    readings.note_books(actor("member"), 2026, [mine])
    readings.note_books(None, 2026, [mine, (cast.member2.member_id, cast.member2.unit_id)])
    query = select(AuditLine.account_id, AuditLine.owner_id, AuditLine.fields).where(AuditLine.action == "book_print")
    assert sorted(db.session.execute(query).all()) == [
        (None, cast.member.member_id, ["book", 2026]),
        (None, cast.member2.member_id, ["book", 2026]),
    ]
