"""Reads about pledges: whose they are, in what order, and what a page of one tells."""

from datetime import UTC, datetime, timedelta

import pytest
import uuid_utils.compat as uuid_utils

from diary.domain.errors import NotFound
from diary.domain.pledges import PledgeState
from diary.domain.reviews import Verdict
from diary.models.base import db
from diary.models.pledges import PledgeReview, PledgeRevision
from diary.queries import pledges
from tests import factories

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def titles(groups):
    return [(group.virtue, [row.title for row in group.pledges]) for group in groups]


def test_one_sees_the_own_pledges_of_the_year_and_nobody_else_s(actor, cast):
    factories.pledge(cast.member, title="Của tôi")
    factories.pledge(cast.member2, title="Của người khác")
    assert titles(pledges.own_pledges(actor("member"), 2026)) == [("Cần", ["Của tôi"])]
    assert pledges.own_pledges(actor("member"), 2025) == ()


def test_they_stand_in_the_order_of_the_virtues_with_unfinished_drafts_last(actor, cast):
    virtues = {row.name: row.id for row in db.session.execute(factories.select(factories.Virtue.name, factories.Virtue.id))}
    factories.pledge(cast.member, PledgeState.DRAFT, virtue_id=None, title="Chưa chọn")
    for name in ("Chính", "Cần", "Kiệm"):
        factories.pledge(cast.member, virtue_id=virtues[name], title=name)
    assert [group.virtue for group in pledges.own_pledges(actor("member"), 2026)] == ["Cần", "Kiệm", "Chính", ""]


def test_sent_entries_that_serve_a_pledge_are_counted_and_drafts_are_not(actor, cast):
    made = factories.pledge(cast.member, PledgeState.APPROVED)
    factories.entry(cast.member, pledge_id=made.id)
    factories.entry(cast.member, factories.EntryState.DRAFT, pledge_id=made.id)
    assert pledges.load_pledge(actor("member"), made.id, NOW).pledge.entries == 1


def test_a_page_tells_what_each_sending_changed_and_what_reviewers_said_that_still_stands(actor, cast):
    made = factories.pledge(cast.member, title="Lời thứ hai")
    body = {"title": "Lời thứ hai", "due_on": "2026-12-01"}
    db.session.add(PledgeRevision(pledge_id=made.id, number=2, sent_at=NOW, body=body))
    db.session.get_one(PledgeRevision, (made.id, 1)).body = {"title": "Lời thứ nhất", "due_on": ""}
    for n, undone in enumerate((None, NOW)):
        said = {"verdict": Verdict.RETURNED, "words": f"Lời {n}", "at": NOW + timedelta(minutes=n), "undone_at": undone}
        db.session.add(PledgeReview(id=uuid_utils.uuid7(), pledge_id=made.id, revision=1, account_id=cast.secretary.account_id, **said))
    db.session.commit()
    page = pledges.load_pledge(actor("member"), made.id, NOW)
    newest, oldest = page.revisions
    assert [(one.label, one.before, one.after) for one in newest.changes] == [
        ("Nội dung làm theo", "Lời thứ nhất", "Lời thứ hai"),
        ("Hạn hoàn thành", "", "01/12/2026"),
    ]
    assert (newest.number, oldest.number, oldest.changes) == (2, 1, ())
    assert [(one.name, one.words) for one in page.reviews] == [("Lâm Thanh Sang", "Lời 0")]


def test_officers_read_what_was_sent_to_them_and_may_review_it_but_not_their_own(actor, cast):
    sent, own = factories.pledge(cast.member).id, factories.pledge(cast.secretary).id
    page = pledges.load_pledge(actor("secretary"), sent, NOW)
    assert (page.own, page.may_review) == (False, True)
    page = pledges.load_pledge(actor("secretary"), own, NOW)
    assert (page.own, page.may_review) == (True, False)


def test_the_base_reads_what_waits_longer_than_seven_days_and_nothing_before(actor, cast):
    made = factories.pledge(cast.member)
    with pytest.raises(NotFound):
        pledges.load_pledge(actor("base_secretary"), made.id, NOW + timedelta(days=7))
    assert pledges.load_pledge(actor("base_secretary"), made.id, NOW + timedelta(days=8)).may_review
    with pytest.raises(NotFound):
        pledges.load_pledge(actor("bloc_secretary"), made.id, NOW + timedelta(days=8))


def test_a_pledge_sent_again_after_a_return_is_open_to_the_base_once_it_waited_too_long(actor, cast):
    now = datetime.now(factories.VIETNAM)
    row = factories.pledge(cast.member, PledgeState.WAITING, sent_at=now - timedelta(days=9), reviewed_at=now - timedelta(days=20))
    assert pledges.load_pledge(actor("base_secretary"), row.id, now)
