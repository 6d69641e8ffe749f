"""Recounting tells where a summary is off, and sets it right."""

from diary.domain.entries import EntryState
from diary.models.counts import MemberYear
from diary.models.units import Unit
from diary.services.recounting import recount
from tests import factories


def test_what_was_kept_along_the_way_agrees_with_counting_again(session, cast):
    factories.entry(cast.member, EntryState.DRAFT)
    factories.pledge(cast.member)
    assert recount(mend=False) == ()


def test_a_wrong_figure_is_told_and_mended(session, cast):
    factories.entry(cast.member, EntryState.DRAFT)
    row = session.get(MemberYear, (cast.member.member_id, factories.YEAR, cast.member.unit_id))
    row.entries_draft, row.pledges_met = 5, 2
    session.get(Unit, cast.units["BV-NOI"]).member_count += 1
    session.commit()
    told = {(d.table, d.column): (d.stored, d.counted) for d in recount()}
    assert told[("member_years", "entries_draft")] == (5, 1)
    assert told[("member_years", "pledges_met")] == (2, 0)
    assert ("units", "member_count") in told
    assert recount() == ()


def test_only_looking_changes_nothing(session, cast):
    session.get(Unit, cast.units["KB"]).member_count = 99
    session.commit()
    assert recount(mend=False) == recount(mend=False) != ()
