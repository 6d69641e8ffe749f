"""What stands beside an entry: evidence, late additions and weeks without anything to do."""

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.models.base import new_id
from diary.models.entries import Entry, EntryAddition, Evidence
from diary.models.years import WorkYear
from diary.services import entries
from tests import factories
from tests.services.entries.facts import TODAY, draft, fresh, photo, week


def test_a_file_is_kept_once_and_more_than_six_are_refused(log, me):
    row = log(send=False, files=(photo("a"), photo("a"), photo("b")))
    assert row.evidence_count == 2
    more = tuple(photo(mark) for mark in "cdef0")
    with pytest.raises(BadInput) as refused:
        entries.edit_entry(me, row.id, draft(), 1, TODAY, send=False, files=more)
    assert refused.value.field == "evidence" and fresh(row).evidence_count == 2
    entries.edit_entry(me, row.id, draft(), 1, TODAY, send=False, files=(photo("a"), *more[:4]))
    assert fresh(row).evidence_count == 6


def test_evidence_is_taken_off_while_it_is_the_author_s_turn(log, me, actor, session):
    row = log(send=False, files=(photo(),))
    evidence_id = session.execute(select(Evidence.id)).scalar_one()
    with pytest.raises(NotFound):
        entries.remove_evidence(actor("secretary"), evidence_id)
    assert entries.remove_evidence(me, evidence_id) == row.id and fresh(row).evidence_count == 0
    with pytest.raises(Stale):  # a form opened before the file was taken off
        entries.edit_entry(me, row.id, draft(), 1, TODAY, send=False)
    with pytest.raises(NotFound):
        entries.remove_evidence(me, evidence_id)


def test_evidence_of_a_sent_entry_stays(log, me, session):
    log(files=(photo(),))
    with pytest.raises(WrongMoment):
        entries.remove_evidence(me, session.execute(select(Evidence.id)).scalar_one())


def test_an_approved_entry_is_added_to_once_for_each_form(me, cast, session):
    row, addition = factories.entry(cast.member, EntryState.APPROVED), new_id()
    for _ in range(2):
        entries.add_words(me, addition, row.id, "Thêm: cả thảy 9 hộ.", TODAY)
    kept = session.execute(select(EntryAddition)).scalars().one()
    assert (kept.state, kept.review_unit_id, kept.words) == (EntryState.WAITING, row.unit_id, "Thêm: cả thảy 9 hộ.")
    assert session.get_one(Entry, row.id).state is EntryState.APPROVED


def test_what_is_not_approved_yet_takes_no_addition(me, cast):
    with pytest.raises(WrongMoment):
        entries.add_words(me, new_id(), factories.entry(cast.member, EntryState.WAITING).id, "thêm", TODAY)


def test_an_addition_of_a_locked_year_is_refused(me, cast, session):
    row = factories.entry(cast.member, EntryState.APPROVED)
    session.get_one(WorkYear, 2026).locked_at = factories.datetime.now(factories.VIETNAM)
    session.commit()
    with pytest.raises(WrongMoment, match="khóa sổ"):
        entries.add_words(me, new_id(), row.id, "thêm", TODAY)


def test_an_addition_s_id_that_belongs_to_another_entry_is_not_found(me, actor, cast):
    mine, other = factories.entry(cast.member, EntryState.APPROVED), factories.entry(cast.member2, EntryState.APPROVED)
    addition = entries.add_words(actor("member2"), new_id(), other.id, "thêm", TODAY)
    with pytest.raises(NotFound):
        entries.add_words(me, addition, mine.id, "thêm", TODAY)


def test_a_week_with_nothing_to_do_is_said_and_taken_back(me, actor):
    for said in (True, True, False):
        entries.say_nothing_to_do(me, TODAY, said=said)
        assert week(me.member_id, TODAY).nothing_to_do is said
    with pytest.raises(NotAllowed):
        entries.say_nothing_to_do(actor("administrator"), TODAY, said=True)


def test_in_a_locked_year_no_week_is_said_to_hold_nothing(me, session):
    session.get_one(WorkYear, 2026).locked_at = factories.datetime.now(factories.VIETNAM)
    session.commit()
    with pytest.raises(WrongMoment, match="khóa sổ"):
        entries.say_nothing_to_do(me, TODAY, said=True)


def test_a_week_that_has_its_entry_needs_no_such_word(log, me):
    log()
    with pytest.raises(WrongMoment):
        entries.say_nothing_to_do(me, TODAY, said=True)
    entries.say_nothing_to_do(me, TODAY, said=False)
    assert week(me.member_id, TODAY).nothing_to_do is False
