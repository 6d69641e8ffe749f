"""Approving a page of the queue at once: only what was seen, each by itself, with one way back."""

import uuid

import pytest
from sqlalchemy import select, update

from diary.domain.entries import EntryState
from diary.domain.errors import NotAllowed
from diary.domain.pledges import PledgeState
from diary.domain.reviews import Kind, Verdict
from diary.models.base import db
from diary.models.entries import Entry
from diary.models.notices import Notice
from diary.services import reviews
from diary.services.review_lots import Seen, approve_seen, undo_lot
from tests import factories


def states(*rows):
    return [db.session.get_one(type(row), row.id, populate_existing=True).state for row in rows]


def told(person):
    query = select(Notice.text, Notice.link).where(Notice.account_id == person.account_id).order_by(Notice.at)
    return [tuple(row) for row in db.session.execute(query)]


def test_all_that_was_seen_is_approved_and_each_member_told_once(actor, cast):
    rows = [factories.entry(cast.member), factories.entry(cast.member), factories.entry(cast.member2)]
    pledge = factories.pledge(cast.member)
    outcome = approve_seen(actor("secretary"), [*(Seen(Kind.ENTRY, row.id, 1) for row in rows), Seen(Kind.PLEDGE, pledge.id, 1)])
    assert len(outcome.done) == 4 and outcome.left == ()
    assert states(*rows, pledge) == [EntryState.APPROVED] * 3 + [PledgeState.APPROVED]
    assert told(cast.member) == [("2 bài, 1 nội dung đăng ký của bạn đã được duyệt.", "/nhat-ky")]
    assert told(cast.member2) == [("Bài ngày 23/11 đã được duyệt.", f"/nhat-ky/{rows[2].id}")]


def test_what_changed_came_later_or_was_handled_is_left_and_said(actor, cast):
    good, resent, handled, later, foreign = (factories.entry(cast.member) for _ in range(5))
    own = factories.entry(cast.secretary)
    reviews.review_entry(actor("deputy"), handled.id, Verdict.APPROVED, "", 1)
    db.session.execute(update(Entry).where(Entry.id == resent.id).values(version=3))
    db.session.execute(
        update(Entry).where(Entry.id == foreign.id).values(unit_id=cast.units["BV-NGOAI"], review_unit_id=cast.units["BV-NGOAI"])
    )
    db.session.commit()
    wanted = [Seen(Kind.ENTRY, row.id, 1) for row in (good, resent, handled, foreign, own)] + [Seen(Kind.PLEDGE, uuid.uuid4(), 1)]
    outcome = approve_seen(actor("secretary"), wanted)
    assert [one.id for one in outcome.done] == [good.id]
    assert [one.id for one, _ in outcome.left] == [resent.id, handled.id, foreign.id, own.id, wanted[-1].id]
    assert "Phan Thị Mỹ Duyên" in outcome.left[1][1] and "không còn ở hàng chờ" in outcome.left[2][1]
    assert states(resent, later, foreign, own) == [EntryState.WAITING] * 4


def test_a_lot_is_taken_back_at_once_but_for_what_its_author_changed(actor, cast):
    rows = [factories.entry(cast.member) for _ in range(3)]
    secretary = actor("secretary")
    done = approve_seen(secretary, [Seen(Kind.ENTRY, row.id, 1) for row in rows]).done
    db.session.execute(update(Entry).where(Entry.id == rows[1].id).values(version=7))
    db.session.commit()
    back = undo_lot(secretary, done)
    assert [(one.id, one.version) for one in back.done] == [(rows[0].id, 3), (rows[2].id, 3)]
    assert [one.id for one, _ in back.left] == [rows[1].id] and "thay đổi" in back.left[0][1]
    assert states(*rows) == [EntryState.WAITING, EntryState.APPROVED, EntryState.WAITING]
    assert told(cast.member) == [("Bài ngày 23/11 đã được duyệt.", f"/nhat-ky/{rows[1].id}")]


def test_those_without_a_post_of_review_have_no_page_to_approve(actor, cast):
    with pytest.raises(NotAllowed):
        approve_seen(actor("member"), [Seen(Kind.ENTRY, factories.entry(cast.member).id, 1)])
