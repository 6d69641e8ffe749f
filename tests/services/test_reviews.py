"""Reviewing: who may, when, what it leaves behind, and taking it back."""

import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from diary.domain.entries import EntryState
from diary.domain.errors import BadInput, NotAllowed, NotFound, Stale, WrongMoment
from diary.domain.pledges import PledgeState
from diary.domain.reviews import Kind, Verdict
from diary.models.accounts import Appointment
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.counts import MemberYear
from diary.models.entries import Entry, EntryAddition, EntryReview
from diary.models.notices import Notice
from diary.models.pledges import Pledge, PledgeReview
from diary.models.years import WorkYear
from diary.services import counts, notices, reviews
from tests import factories

YES, NO = Verdict.APPROVED, Verdict.RETURNED


def old(days=9):
    return datetime.now(factories.VIETNAM) - timedelta(days=days)


def addition(entry, **facts):
    unit = {"unit_id": entry.unit_id, "review_unit_id": entry.unit_id}
    made = EntryAddition(entry_id=entry.id, words="Bác gọi lại báo hồ sơ xong.", **({**unit, "sent_at": old(0)} | facts))
    db.session.add(made)
    db.session.commit()
    return made


def again(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def figures(person):
    row = db.session.get_one(MemberYear, (person.member_id, factories.YEAR, person.unit_id), populate_existing=True)
    return {name: value for name in counts.MemberYear.__table__.columns.keys()[3:] if (value := getattr(row, name))}


def told(person):
    return list(db.session.execute(select(Notice.text).where(Notice.account_id == person.account_id).order_by(Notice.id)).scalars())


def approve(actor, row, words="", version=1):
    reviews.review_entry(actor, row.id, YES, words, version)


def test_approving_moves_the_entry_its_figures_and_the_author_s_notices(actor, cast):
    row = factories.entry(cast.member)
    approve(actor("secretary"), row, "Tốt lắm.")
    row = again(row)
    assert (row.state, row.review_words, row.version) == (EntryState.APPROVED, "Tốt lắm.", 2) and row.reviewed_at
    assert figures(cast.member) == {"entries_approved": 1}
    assert told(cast.member) == ["Bài ngày 23/11 đã được duyệt."]
    review = db.session.execute(select(EntryReview)).scalar_one()
    assert (review.account_id, review.verdict, review.words, review.revision) == (cast.secretary.account_id, YES, "Tốt lắm.", 1)


def test_returning_needs_a_reason_and_counts_it(actor, cast):
    row = factories.entry(cast.member)
    with pytest.raises(BadInput, match="lý do"):
        reviews.review_entry(actor("secretary"), row.id, NO, " ", 1)
    assert again(row).state is EntryState.WAITING and told(cast.member) == []
    reviews.review_entry(actor("secretary"), row.id, NO, "Mấy hộ?", 1, ("Thiếu kết quả cụ thể",))
    assert again(row).state is EntryState.RETURNED and again(row).review_words == "Thiếu kết quả cụ thể\nMấy hộ?"
    assert figures(cast.member) == {"entries_returned": 1, "times_returned": 1}


def test_a_notice_tells_the_day_and_never_the_words(actor, cast):
    row = factories.entry(cast.member, did="Chở bà Năm đi viện.")
    reviews.review_entry(actor("secretary"), row.id, NO, "Kể rõ hơn.", 1)
    (notice,) = told(cast.member)
    assert "23/11" in notice and "bà Năm" not in notice and "Kể rõ" not in notice


def test_the_audit_line_names_verdict_and_revision_and_no_words(actor, cast):
    row = factories.entry(cast.member)
    approve(actor("secretary"), row, "Tốt lắm.")
    line = db.session.execute(select(AuditLine).where(AuditLine.action == "entry_review")).scalar_one()
    assert (line.subject_id, line.fields) == (str(row.id), ["approved", 1])


def test_the_deputy_reviews_the_secretary_s_own_entry_and_the_secretary_does_not(actor, cast):
    row = factories.entry(cast.secretary)
    with pytest.raises(NotAllowed):
        approve(actor("secretary"), row)
    approve(actor("deputy"), row)
    assert again(row).state is EntryState.APPROVED


def test_the_base_reviews_what_was_sent_up_to_it_and_never_its_own_secretary_s(actor, cast):
    sent_up = factories.entry(cast.secretary, review_unit_id=cast.units["BV"])
    approve(actor("base_secretary"), sent_up)
    own = factories.entry(cast.base_secretary, review_unit_id=cast.units["BV"])
    with pytest.raises(NotAllowed):
        approve(actor("base_secretary"), own)


def test_the_base_stands_in_once_a_branch_has_let_an_entry_wait_too_long(actor, cast):
    fresh, late = factories.entry(cast.member, sent_at=old(7)), factories.entry(cast.member, sent_at=old(8))
    with pytest.raises(NotFound):
        approve(actor("base_secretary"), fresh)
    approve(actor("base_secretary"), late)
    assert again(late).state is EntryState.APPROVED
    reviews.undo_review(actor("base_secretary"), Kind.ENTRY, late.id)
    assert again(late).state is EntryState.WAITING


def test_the_base_is_told_when_the_branch_came_first_after_all(actor, cast):
    row = factories.entry(cast.member, sent_at=old(9))
    approve(actor("secretary"), row)
    with pytest.raises(WrongMoment, match="Lâm Thanh Sang duyệt"):
        approve(actor("base_secretary"), row)


@pytest.mark.parametrize("name", ["bloc_secretary", "bloc_deputy", "inspector", "other_secretary", "stranger", "member2", "administrator"])
def test_nobody_else_learns_that_an_entry_exists_however_long_it_waits(actor, cast, name):
    for row in (factories.entry(cast.member, sent_at=old(9)), factories.entry(cast.member, EntryState.DRAFT)):
        with pytest.raises(NotFound):
            approve(actor(name), row)


def test_a_draft_is_nobody_s_to_review(actor, cast):
    with pytest.raises(NotFound):
        approve(actor("secretary"), factories.entry(cast.member, EntryState.DRAFT))
    with pytest.raises(NotFound):
        reviews.review_entry(actor("secretary"), uuid.uuid4(), YES, "", 1)


def test_a_second_review_is_refused_and_says_whose_came_first(actor, cast):
    row = factories.entry(cast.member)
    approve(actor("deputy"), row)
    with pytest.raises(WrongMoment, match="vừa được Phan Thị Mỹ Duyên duyệt"):
        reviews.review_entry(actor("secretary"), row.id, NO, "Kể rõ hơn.", 1)
    with pytest.raises(WrongMoment, match="bạn vừa duyệt rồi"):
        approve(actor("deputy"), row)
    assert figures(cast.member) == {"entries_approved": 1}
    assert db.session.execute(select(func.count()).select_from(EntryReview)).scalar_one() == 1


def test_a_text_sent_anew_since_the_page_was_opened_is_not_approved_unseen(actor, cast):
    row = factories.entry(cast.member, version=3)
    with pytest.raises(Stale):
        approve(actor("secretary"), row, version=2)
    assert again(row).state is EntryState.WAITING


def test_a_locked_year_takes_no_reviews(actor, cast):
    row = factories.entry(cast.member)
    db.session.execute(update(WorkYear).values(locked_at=old(1)))
    db.session.commit()
    with pytest.raises(WrongMoment, match="khóa sổ"):
        approve(actor("secretary"), row)


def test_a_pledge_is_approved_or_returned_with_its_figures(actor, cast):
    good, bad = factories.pledge(cast.member), factories.pledge(cast.member)
    reviews.review_pledge(actor("secretary"), good.id, YES, "", 1)
    reviews.review_pledge(actor("secretary"), bad.id, NO, "", 1, ("Khó kiểm tra",))
    assert (again(good).state, again(bad).state, again(bad).review_words) == (PledgeState.APPROVED, PledgeState.RETURNED, "Khó kiểm tra")
    assert figures(cast.member) == {"pledges_approved": 1, "pledges_returned": 1}
    assert db.session.execute(select(func.count()).select_from(PledgeReview)).scalar_one() == 2
    assert told(cast.member) == ["Đã duyệt 1 nội dung đăng ký của bạn, trả lại 1 nội dung đăng ký để sửa. Mở ra để xem lý do rồi gửi lại."]
    with pytest.raises(NotAllowed):
        reviews.review_pledge(actor("secretary"), factories.pledge(cast.secretary).id, YES, "", 1)


def test_an_addition_has_a_review_of_its_own_and_leaves_the_entry_and_the_figures(actor, cast):
    row = factories.entry(cast.member, EntryState.APPROVED)
    more = addition(row)
    reviews.review_addition(actor("secretary"), more.id, NO, "Thêm ngày gọi.", 1)
    assert again(more).state is EntryState.RETURNED and again(row).state is EntryState.APPROVED
    assert figures(cast.member) == {"entries_approved": 1}
    assert told(cast.member)[0].startswith("Phần bổ sung của bài ngày 23/11")
    own = addition(factories.entry(cast.secretary, EntryState.APPROVED))
    with pytest.raises(NotAllowed):
        reviews.review_addition(actor("secretary"), own.id, YES, "", 1)


@pytest.mark.parametrize("verdict", [YES, NO])
def test_undoing_lets_an_entry_wait_again_with_its_figures_as_they_were(actor, cast, verdict):
    row = factories.entry(cast.member)
    reviews.review_entry(actor("secretary"), row.id, verdict, "Lý do", 1)
    assert reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id) == 3
    row = again(row)
    assert (row.state, row.review_words, row.reviewed_at, row.version) == (EntryState.WAITING, "", None, 3)
    assert figures(cast.member) == {"entries_waiting": 1}
    assert db.session.execute(select(EntryReview)).scalar_one().undone_at is not None, "the review stays, marked"
    assert told(cast.member) == [], "what was not read yet is taken back"


def test_undoing_a_pledge_s_and_an_addition_s_review_works_alike(actor, cast):
    pledge, more = factories.pledge(cast.member), addition(factories.entry(cast.member, EntryState.APPROVED))
    reviews.review_pledge(actor("secretary"), pledge.id, NO, "Dài quá", 1)
    reviews.review_addition(actor("secretary"), more.id, YES, "", 1)
    reviews.undo_review(actor("secretary"), Kind.PLEDGE, pledge.id)
    reviews.undo_review(actor("secretary"), Kind.ADDITION, more.id)
    assert (again(pledge).state, again(more).state) == (PledgeState.WAITING, EntryState.WAITING)
    assert figures(cast.member) == {"pledges_waiting": 1, "entries_approved": 1}


def test_an_author_who_has_read_the_notice_is_told_that_it_no_longer_holds(actor, cast):
    row = factories.entry(cast.member)
    approve(actor("secretary"), row)
    notices.mark_read(actor("member"))
    reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id)
    assert len(told(cast.member)) == 2 and "rút lại" in told(cast.member)[1]


def test_undoing_a_second_review_brings_back_what_the_first_said(actor, cast):
    row = factories.entry(cast.member)
    reviews.review_entry(actor("secretary"), row.id, NO, "Mấy hộ?", 1)
    first = again(row).reviewed_at
    db.session.execute(update(Entry).where(Entry.id == row.id).values(state="waiting", version=3))
    db.session.commit()
    reviews.review_entry(actor("secretary"), row.id, YES, "Rõ rồi.", 3)
    reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id)
    assert (again(row).review_words, again(row).reviewed_at) == ("Mấy hộ?", first)


def test_only_the_same_reviewer_undoes_and_only_once(actor, cast):
    row = factories.entry(cast.member)
    approve(actor("secretary"), row)
    with pytest.raises(NotAllowed, match="Lâm Thanh Sang"):
        reviews.undo_review(actor("deputy"), Kind.ENTRY, row.id)
    with pytest.raises(NotFound):
        reviews.undo_review(actor("other_secretary"), Kind.ENTRY, row.id)
    reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id)
    with pytest.raises(WrongMoment):
        reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id)


def test_after_fifteen_minutes_a_review_stands(actor, cast, time):
    row = factories.entry(cast.member)
    approve(actor("secretary"), row)
    time.shift(15 * 60 + 5)
    with pytest.raises(WrongMoment, match="15 phút"):
        reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id)


def test_what_its_author_has_begun_to_change_is_not_taken_back(actor, cast):
    row = factories.entry(cast.member)
    reviews.review_entry(actor("secretary"), row.id, NO, "Mấy hộ?", 1)
    db.session.execute(update(Entry).where(Entry.id == row.id).values(version=3, did="Năm hộ, đang viết dở"))
    db.session.commit()
    with pytest.raises(WrongMoment, match="thay đổi"):
        reviews.undo_review(actor("secretary"), Kind.ENTRY, row.id)
    assert again(row).state is EntryState.RETURNED


def test_a_post_that_has_ended_reviews_nothing(actor, cast):
    row = factories.entry(cast.member)
    db.session.execute(update(Appointment).where(Appointment.account_id == cast.secretary.account_id).values(to_day=old(1).date()))
    db.session.commit()
    with pytest.raises(NotFound):
        approve(actor("secretary"), row)


def test_the_member_s_pledge_is_no_entry(actor, cast):
    pledge = factories.pledge(cast.member)
    with pytest.raises(NotFound):
        reviews.review_entry(actor("secretary"), pledge.id, YES, "", 1)
    assert db.session.get_one(Pledge, pledge.id).state is PledgeState.WAITING
