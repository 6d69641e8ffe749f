"""Writing, sending, changing and deleting entries, and what is counted along the way."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryState, Field
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.members import Standing
from diary.domain.pledges import PledgeState
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.entries import Entry, EntryRevision, Evidence, PrivateNote
from diary.models.members import Member, Membership
from diary.models.units import Virtue
from diary.models.years import WorkYear
from diary.services import entries
from tests import factories
from tests.services.entries.facts import DEED, TODAY, draft, figures, fresh, give_back, photo, week


def test_a_sent_entry_waits_for_its_branch_with_its_first_revision(log, me, cast):
    row = log(result="6", result_unit="hộ", field=Field.COMMUNITY)
    assert (row.state, row.unit_id, row.review_unit_id, row.year) == (EntryState.WAITING, me.place.unit_id, me.place.unit_id, 2026)
    assert row.sent_at and row.written_at and row.result_number == 6 and "nop ho so" in row.search
    revision = db.session.execute(select(EntryRevision).where(EntryRevision.entry_id == row.id)).scalars().one()
    assert revision.number == 1 and revision.body["did"] == DEED and revision.body["field"] == "Với cộng đồng"
    assert figures(me.member_id) == {(2026, me.place.unit_id): (0, 1, 0, 0, 0)}
    assert week(me.member_id, TODAY).entries == 1


def test_a_draft_is_counted_as_one_and_keeps_no_week(log, me):
    row = log(send=False)
    assert row.state is EntryState.DRAFT and row.sent_at is None and row.review_unit_id is None
    assert figures(me.member_id) == {(2026, me.place.unit_id): (1, 0, 0, 0, 0)} and week(me.member_id, TODAY) is None


def test_the_same_form_sent_twice_makes_one_entry(log, me):
    entry_id = new_id()
    first, second = log(entry_id=entry_id, files=(photo(),)), log(entry_id=entry_id, files=(photo(),))
    assert first.id == second.id and db.session.execute(select(func.count()).select_from(Entry)).scalar_one() == 1
    assert figures(me.member_id) == {(2026, me.place.unit_id): (0, 1, 0, 0, 0)} and second.evidence_count == 1


def test_going_back_to_the_form_of_a_draft_changes_and_sends_it(log):
    entry_id = new_id()
    log(send=False, entry_id=entry_id)
    row = log(entry_id=entry_id, did="Nói rõ hơn: giúp 6 hộ.")
    assert row.state is EntryState.WAITING and row.did == "Nói rõ hơn: giúp 6 hộ."


def test_going_back_to_the_form_of_a_sent_entry_loses_no_new_text_in_silence(log):
    entry_id = new_id()
    log(entry_id=entry_id)
    with pytest.raises(WrongMoment, match="đã gửi"):
        log(entry_id=entry_id, did="Một việc khác hẳn.")


def test_a_result_typed_anew_on_the_page_of_a_sent_entry_is_not_dropped_in_silence(log):
    entry_id = new_id()
    log(entry_id=entry_id)
    with pytest.raises(WrongMoment, match="đã gửi rồi"):
        log(entry_id=entry_id, result="99")


def test_an_old_form_does_not_undo_a_later_change(log, me):
    entry_id = new_id()
    log(send=False, entry_id=entry_id)
    entries.edit_entry(me, entry_id, draft(did="Bản mới"), 1, TODAY, send=False)
    with pytest.raises(Stale):
        log(send=False, entry_id=entry_id)


def test_an_id_that_belongs_to_another_is_not_found(log, actor):
    row = log(person=actor("member2"))
    with pytest.raises(NotFound):
        log(entry_id=row.id)


def test_only_active_members_write(log, actor, me, session):
    with pytest.raises(NotAllowed):
        log(person=actor("administrator"))
    session.get_one(Member, me.member_id).standing = Standing.LEFT
    session.commit()
    with pytest.raises(NotAllowed):
        log()


def test_a_day_to_come_or_in_a_year_nobody_opened_is_refused_at_its_field(log):
    for day in (TODAY + timedelta(days=1), date(2024, 5, 3)):
        with pytest.raises(BadInput) as refused:
            log(happened_on=day)
        assert refused.value.field == "happened_on"


def test_nothing_is_written_in_a_locked_year(log, session):
    session.get_one(WorkYear, 2026).locked_at = factories.datetime.now(factories.VIETNAM)
    session.commit()
    with pytest.raises(WrongMoment, match="khóa sổ"):
        log()


def test_a_past_year_takes_entries_only_while_its_window_is_open(log, session, cast, time):
    factories.work_year(2025, session.get_one(factories.Unit, cast.units["KHOI"]))
    session.commit()
    with pytest.raises(WrongMoment, match="hết hạn"):
        log(happened_on=date(2025, 12, 30))
    time.move_to("2026-01-20 09:00 +0700")
    found = entries.log_entry(factories.actor("member"), new_id(), draft(happened_on=date(2025, 12, 30)), date(2026, 1, 20), send=True)
    assert db.session.get_one(Entry, found).year == 2025


def test_an_entry_belongs_to_the_unit_of_its_day(log, session, me, cast):
    old = session.execute(select(Membership).where(Membership.member_id == me.member_id)).scalars().one()
    old.to_day = date(2026, 9, 1)
    session.flush()
    session.add(Membership(member_id=me.member_id, unit_id=cast.units["BV-NGOAI"], from_day=date(2026, 9, 1)))
    session.get_one(Member, me.member_id).unit_id = cast.units["BV-NGOAI"]
    session.commit()
    units = [log(happened_on=day).unit_id for day in (date(2026, 8, 31), date(2026, 9, 1), TODAY)]
    assert units == [cast.units["BV-NOI"], cast.units["BV-NGOAI"], cast.units["BV-NGOAI"]]


def test_a_day_the_books_do_not_know_belongs_to_the_unit_of_now(log, session, me):
    session.execute(select(Membership).where(Membership.member_id == me.member_id)).scalars().one().from_day = date(2026, 10, 1)
    session.commit()
    assert log(happened_on=date(2026, 3, 3)).unit_id == me.place.unit_id


def test_a_pledge_brings_its_virtue_and_both_stand_in_the_revision(log, cast):
    pledge = factories.pledge(cast.member, PledgeState.APPROVED)
    row = log(pledge_id=pledge.id)
    body = db.session.execute(select(EntryRevision.body).where(EntryRevision.entry_id == row.id)).scalar_one()
    assert row.virtue_id == pledge.virtue_id and body["virtue"] == "Cần" and body["pledge"] == pledge.title


def test_a_virtue_chosen_goes_before_the_pledge_s(log, cast, session):
    pledge = factories.pledge(cast.member, PledgeState.APPROVED)
    other = session.execute(select(Virtue.id).where(Virtue.year == 2026, Virtue.position == 3)).scalar_one()
    assert log(pledge_id=pledge.id, virtue_id=other).virtue_id == other


@pytest.mark.parametrize("state", [PledgeState.DRAFT, PledgeState.WAITING, PledgeState.RETURNED, PledgeState.MET])
def test_only_an_approved_pledge_may_be_named(log, cast, state):
    with pytest.raises(BadInput) as refused:
        log(pledge_id=factories.pledge(cast.member, state).id)
    assert refused.value.field == "pledge_id"


def test_another_s_pledge_or_none_at_all_is_refused(log, cast):
    for pledge_id in (factories.pledge(cast.member2, PledgeState.APPROVED).id, new_id()):
        with pytest.raises(BadInput) as refused:
            log(pledge_id=pledge_id)
        assert refused.value.field == "pledge_id"


def test_a_pledge_of_another_year_is_refused(log, cast, session):
    factories.work_year(2025, session.get_one(factories.Unit, cast.units["KHOI"]))
    pledge = factories.pledge(cast.member, PledgeState.APPROVED)
    pledge.year = 2025
    session.commit()
    with pytest.raises(BadInput, match="2025"):
        log(pledge_id=pledge.id)


def test_a_virtue_out_of_the_list_is_refused_and_one_of_the_same_name_is_taken(log, session, cast):
    factories.work_year(2025, session.get_one(factories.Unit, cast.units["KHOI"]))
    session.add(Virtue(unit_id=cast.units["KB"], year=2026, position=1, name="Riêng của Kho bạc"))
    session.commit()
    by_year = select(Virtue.id).where(Virtue.position == 1).order_by(Virtue.year, Virtue.unit_id)
    last_year, this_year, elsewhere = session.execute(by_year).scalars()
    assert log(virtue_id=last_year).virtue_id == this_year
    for wrong in (elsewhere, 9999):
        with pytest.raises(BadInput) as refused:
            log(virtue_id=wrong)
        assert refused.value.field == "virtue_id"


def test_the_private_note_stands_apart_and_nowhere_else(log, session):
    row = log(private_note="Hơi ngại vì nói tiếng Khmer chưa sõi")
    assert session.get_one(PrivateNote, row.id).words.startswith("Hơi ngại")
    bodies = session.execute(select(EntryRevision.body).where(EntryRevision.entry_id == row.id)).scalars().all()
    lines = session.execute(select(AuditLine.fields).where(AuditLine.subject_id == str(row.id))).scalars().all()
    assert "ngai" not in row.search and not any("ngại" in str(one) or "note" in str(one) for one in (*bodies, *lines))


def test_a_note_stays_until_it_is_emptied(log, me, session):
    row = log(send=False, private_note="riêng")
    entries.edit_entry(me, row.id, draft(did="khác"), 1, TODAY, send=False)
    assert session.get(PrivateNote, row.id).words == "riêng"
    entries.edit_entry(me, row.id, draft(did="khác", private_note=""), 2, TODAY, send=False)
    assert session.get(PrivateNote, row.id) is None


def test_an_entry_written_more_than_a_week_after_the_deed_is_late_once_sent(log, me):
    row = log(send=False, happened_on=TODAY - timedelta(days=8))
    assert figures(me.member_id)[2026, row.unit_id] == (1, 0, 0, 0, 0)
    entries.send_entry(me, row.id, TODAY)
    log(happened_on=TODAY - timedelta(days=7))
    assert figures(me.member_id)[2026, row.unit_id] == (0, 2, 0, 0, 1)


def test_a_returned_entry_is_sent_again_as_a_new_revision(log, me, actor):
    row = give_back(actor, log())
    entries.edit_entry(me, row.id, draft(did=DEED + " Được 6 hộ."), row.version, TODAY, send=True)
    assert fresh(row).state is EntryState.WAITING
    numbers = db.session.execute(select(EntryRevision.number).where(EntryRevision.entry_id == row.id)).scalars().all()
    assert sorted(numbers) == [1, 2] and week(me.member_id, TODAY).entries == 1
    assert figures(me.member_id)[2026, row.unit_id] == (0, 1, 0, 0, 0)


def test_a_returned_entry_that_changes_its_day_moves_its_week_and_its_lateness(log, me, actor):
    row = give_back(actor, log())
    earlier = TODAY - timedelta(days=14)
    entries.edit_entry(me, row.id, draft(happened_on=earlier), row.version, TODAY, send=False)
    assert week(me.member_id, TODAY).entries == 0 and week(me.member_id, earlier).entries == 1
    assert figures(me.member_id)[2026, row.unit_id] == (0, 0, 1, 0, 1)
    entries.edit_entry(me, row.id, draft(), fresh(row).version, TODAY, send=True)
    assert week(me.member_id, TODAY).entries == 1 and figures(me.member_id)[2026, row.unit_id] == (0, 1, 0, 0, 0)


def test_a_returned_entry_stays_in_its_year_and_with_its_branch(log, me, actor, session, cast):
    row = give_back(actor, log())
    factories.work_year(2025, session.get_one(factories.Unit, cast.units["KHOI"]))
    session.execute(select(Membership).where(Membership.member_id == me.member_id)).scalars().one().unit_id = cast.units["BV-NGOAI"]
    session.commit()
    with pytest.raises(BadInput, match="2026"):
        entries.edit_entry(me, row.id, draft(happened_on=date(2025, 12, 30)), row.version, TODAY, send=True)
    entries.edit_entry(me, row.id, draft(happened_on=date(2026, 11, 20)), row.version, TODAY, send=True)
    assert fresh(row).unit_id == cast.units["BV-NOI"]


def test_a_draft_that_changes_its_day_takes_its_count_along(log, me, session, cast, time):
    factories.work_year(2025, session.get_one(factories.Unit, cast.units["KHOI"]))
    session.commit()
    time.move_to("2026-01-20 09:00 +0700")
    me, today = factories.actor("member"), date(2026, 1, 20)
    found = entries.log_entry(me, new_id(), draft(happened_on=today), today, send=False)
    entries.edit_entry(me, found, draft(happened_on=date(2025, 12, 30)), 1, today, send=False)
    counts = figures(me.member_id)
    assert counts[2026, me.place.unit_id] == (0, 0, 0, 0, 0) and counts[2025, me.place.unit_id] == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("state", [EntryState.WAITING, EntryState.APPROVED, EntryState.LOCKED])
def test_what_was_sent_and_not_returned_is_not_changed_sent_or_deleted(me, cast, state):
    row = factories.entry(cast.member, state)
    for attempt in (
        lambda: entries.edit_entry(me, row.id, draft(), 1, TODAY, send=False),
        lambda: entries.send_entry(me, row.id, TODAY),
        lambda: entries.delete_entry(me, row.id),
    ):
        with pytest.raises(WrongMoment):
            attempt()


def test_a_stale_form_is_refused(log, me):
    row = log(send=False)
    entries.edit_entry(me, row.id, draft(did="một"), 1, TODAY, send=False)
    with pytest.raises(Stale):
        entries.edit_entry(me, row.id, draft(did="hai"), 1, TODAY, send=False)


def test_strangers_find_nothing_and_readers_may_not_change(log, actor):
    row, hidden = log(), log(send=False)
    for name, row_id, refusal in (
        ("secretary", row.id, NotAllowed),
        ("secretary", hidden.id, NotFound),
        ("member2", row.id, NotFound),
        ("bloc_secretary", row.id, NotFound),
        ("administrator", row.id, NotFound),
    ):
        with pytest.raises(refusal):
            entries.delete_entry(actor(name), row_id)


def test_a_deleted_draft_takes_its_note_its_evidence_and_its_count_along(log, me, session):
    row = log(send=False, private_note="riêng", files=(photo(),))
    entries.delete_entry(me, row.id)
    assert all(session.execute(select(func.count()).select_from(table)).scalar_one() == 0 for table in (Entry, PrivateNote, Evidence))
    assert figures(me.member_id) == {(2026, me.place.unit_id): (0, 0, 0, 0, 0)}


def test_the_only_officer_s_entry_goes_to_the_unit_above(log, actor, cast):
    assert log(person=actor("other_secretary")).review_unit_id == cast.units["BV"]


def test_what_an_entry_named_before_may_stay_though_it_could_not_be_chosen_now(log, me, cast, session):
    pledge = factories.pledge(cast.member, PledgeState.APPROVED)
    own = Virtue(unit_id=cast.units["BV-NOI"], year=2026, position=1, name="Tận tụy")
    session.add(own)
    session.commit()
    row = log(send=False, pledge_id=pledge.id, virtue_id=own.id)
    pledge.state = PledgeState.MET
    own.unit_id = cast.units["KB"]
    session.commit()
    entries.edit_entry(me, row.id, draft(did="Nói rõ hơn", pledge_id=pledge.id, virtue_id=own.id), 1, TODAY, send=True)
    body = session.execute(select(EntryRevision.body).where(EntryRevision.entry_id == row.id)).scalar_one()
    assert (body["pledge"], body["virtue"]) == (pledge.title, "Tận tụy") and fresh(row).virtue_id == own.id
