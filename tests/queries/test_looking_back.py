"""One's own year month by month: counts, the entry chosen, photos, sums, pledges."""

from datetime import date
from decimal import Decimal

import pytest

from diary.domain.entries import EntryState
from diary.domain.evidence import EvidenceKind
from diary.domain.pledges import PledgeState
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.entries import Evidence, MonthChoice
from diary.queries.looking_back import MOST_A_MONTH, look_back
from tests import factories
from tests.counting import counted

TODAY = date(2026, 12, 5)
pytestmark = pytest.mark.usefixtures("session")


def made(cast, day, state=EntryState.APPROVED, **facts):
    return factories.entry(cast.member, state, happened_on=day, **facts)


def test_a_year_has_twelve_months_with_what_was_sent_in_each_and_the_weeks_kept(actor, cast):
    made(cast, date(2026, 3, 31))
    made(cast, date(2026, 4, 1), EntryState.WAITING)
    made(cast, date(2026, 4, 2), EntryState.DRAFT)
    factories.entry(cast.member2, happened_on=date(2026, 4, 3))
    db.session.add(MemberWeek(member_id=cast.member.member_id, monday=date(2026, 3, 30), entries=2))
    db.session.commit()
    back = look_back(actor("member"), 2026, TODAY)
    assert [(month.month, month.count) for month in back.months if month.count] == [(3, 1), (4, 1)] and len(back.months) == 12
    assert (back.entries, back.written, back.chosen) == (2, 2, 0)
    assert back.months[3].kept == 1 and back.months[2].kept == 0  # a week belongs to the month of its Thursday


def test_the_entry_chosen_stands_for_its_month_also_among_more_than_are_listed(actor, cast):
    rows = [made(cast, date(2026, 5, 20)) for _ in range(MOST_A_MONTH + 3)]
    last = made(cast, date(2026, 5, 31), EntryState.WAITING)
    db.session.add(MonthChoice(member_id=cast.member.member_id, year=2026, month=5, entry_id=last.id))
    db.session.commit()
    may = look_back(actor("member"), 2026, TODAY).months[4]
    assert may.best.id == last.id and not may.best.may_stand and not may.near
    assert (may.count, len(may.entries), may.more) == (len(rows) + 1, MOST_A_MONTH, 4)


def test_where_none_is_chosen_those_with_most_to_show_are_near(actor, cast):
    plain = [made(cast, date(2026, 5, day)) for day in (1, 2, 3)]
    rich = made(cast, date(2026, 5, 9), result="6", result_unit="hộ")
    may = look_back(actor("member"), 2026, TODAY).months[4]
    assert may.best is None and rich.id in [one.id for one in may.near] and len(may.near) == 3
    assert len(may.rest) == 1 and may.rest[0].id in [one.id for one in plain]


def test_photos_of_sent_entries_are_shown_and_no_other_files(actor, cast):
    facts = {
        "media_type": "image/jpeg",
        "name": "a.jpg",
        "sha256": "a" * 64,
        "size": 9,
        "added_at": factories.datetime.now(factories.VIETNAM),
    }
    sent, draft = made(cast, date(2026, 5, 1), evidence_count=2), made(cast, date(2026, 5, 1), EntryState.DRAFT, evidence_count=1)
    kinds = ((sent, EvidenceKind.PHOTO), (sent, EvidenceKind.FILE), (draft, EvidenceKind.PHOTO))
    db.session.add_all([Evidence(entry_id=row.id, kind=kind, **facts) for row, kind in kinds])
    db.session.commit()
    assert [photo.entry_id for photo in look_back(actor("member"), 2026, TODAY).months[4].photos] == [sent.id]


def test_approved_results_are_added_up_for_the_year_and_for_each_pledge(actor, cast):
    pledge = factories.pledge(cast.member, PledgeState.APPROVED, title="Giúp dân")
    idle = factories.pledge(cast.member, PledgeState.MET, title="Tiết kiệm")
    factories.pledge(cast.member, PledgeState.DRAFT)
    for served, figure, state in ((pledge.id, 6, "approved"), (None, 4, "locked"), (pledge.id, 100, "waiting")):
        made(
            cast, date(2026, 5, 1), EntryState(state), pledge_id=served, result=str(figure), result_number=Decimal(figure), result_unit="hộ"
        )
    back = look_back(actor("member"), 2026, TODAY)
    assert [one.words for one in back.sums] == ["10 hộ"]
    found = {row.id: row for row in back.pledges}
    assert set(found) == {pledge.id, idle.id} and back.served == 1
    assert [one.words for one in found[pledge.id].sums] == ["6 hộ"] and found[pledge.id].entries == 2


def test_january_opens_the_year_just_over_and_both_can_be_chosen(actor, cast):
    made(cast, date(2026, 5, 1))
    back = look_back(actor("member"), None, date(2027, 1, 3))
    assert back.year == 2026 and back.years == (2026,)
    assert look_back(actor("member"), 2027, date(2027, 1, 3)).years == (2027, 2026)


def test_looking_back_asks_the_same_for_a_long_year_as_for_a_short_one(app, actor, cast):
    me = actor("member")
    made(cast, date(2026, 5, 1))
    with counted(app) as few:
        look_back(me, 2026, TODAY)
    for day in range(1, 29):
        made(cast, date(2026, 6, day), result="1", result_unit=f"đơn vị {day}", result_number=Decimal(1))
    with counted(app) as many:
        look_back(me, 2026, TODAY)
    assert len(few) == len(many) <= 9
