"""What an author is told of the reviews of a sitting: one notice, always as things stand."""

from datetime import timedelta

from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.reviews import Kind, Verdict
from diary.models.base import db
from diary.models.notices import Notice
from diary.services import clock, notices, reviews
from tests import factories


def told(person):
    query = select(Notice.text, Notice.link).where(Notice.account_id == person.account_id).order_by(Notice.at)
    return [tuple(row) for row in db.session.execute(query)]


def sitting(who, rows, returned):
    for row in rows:
        verdict = Verdict.RETURNED if row in returned else Verdict.APPROVED
        reviews.review_entry(who, row.id, verdict, "Kể rõ hơn." if row in returned else "", 1)


def test_many_reviews_of_a_sitting_are_one_notice_that_leads_to_the_returned_one(actor, cast):
    rows = [factories.entry(cast.member) for _ in range(4)]
    sitting(actor("secretary"), rows, rows[1:2])
    assert told(cast.member) == [
        ("Đã duyệt 3 bài của bạn, trả lại 1 bài để bổ sung. Mở ra để xem lý do rồi gửi lại.", f"/nhat-ky/{rows[1].id}"),
    ]


def test_taking_a_review_back_corrects_the_notice_and_the_last_takes_it_away(actor, cast):
    rows, who = [factories.entry(cast.member) for _ in range(3)], actor("secretary")
    sitting(who, rows, rows[2:])
    reviews.undo_review(who, Kind.ENTRY, rows[2].id)
    assert told(cast.member) == [("2 bài của bạn đã được duyệt.", "/nhat-ky")]
    reviews.undo_review(who, Kind.ENTRY, rows[0].id)
    assert told(cast.member) == [("Bài ngày 23/11 đã được duyệt.", f"/nhat-ky/{rows[1].id}")]
    reviews.undo_review(who, Kind.ENTRY, rows[1].id)
    assert told(cast.member) == []
    reviews.review_entry(who, rows[1].id, Verdict.APPROVED, "", 3)
    assert len(told(cast.member)) == 1


def test_what_was_read_is_left_and_the_next_reviews_are_a_new_notice(actor, cast, time):
    rows, who = [factories.entry(cast.member) for _ in range(3)], actor("secretary")
    sitting(who, rows[:2], ())
    notices.mark_read(actor("member"))
    time.shift(60)
    sitting(who, rows[2:], ())
    assert [text for text, _ in told(cast.member)] == ["2 bài của bạn đã được duyệt.", "Bài ngày 23/11 đã được duyệt."]
    reviews.undo_review(who, Kind.ENTRY, rows[0].id)
    assert "rút lại" in told(cast.member)[2][0], "the notice that was read told of it: its reader is told"
    reviews.undo_review(who, Kind.ENTRY, rows[2].id)
    assert [text for text, _ in told(cast.member)] == ["2 bài của bạn đã được duyệt.", told(cast.member)[1][0]]


def test_reviews_of_before_are_not_counted_again(actor, cast):
    earlier = factories.entry(cast.member, EntryState.APPROVED, reviewed_at=clock.now() - timedelta(hours=3))
    row = factories.entry(cast.member)
    sitting(actor("secretary"), [row], ())
    assert told(cast.member) == [("Bài ngày 23/11 đã được duyệt.", f"/nhat-ky/{row.id}")] and earlier


def test_pledges_alone_lead_to_the_pledges_and_returns_alone_say_who_did_it(actor, cast):
    first, second = factories.pledge(cast.member2), factories.pledge(cast.member2)
    for row in (first, second):
        reviews.review_pledge(actor("secretary"), row.id, Verdict.APPROVED, "", 1)
    assert told(cast.member2) == [("2 nội dung đăng ký của bạn đã được duyệt.", "/dang-ky")]
    rows = [factories.entry(cast.member) for _ in range(2)]
    sitting(actor("secretary"), rows, rows)
    assert told(cast.member)[0][0].startswith("Người duyệt trả lại 2 bài để bổ sung.")
