"""What a reviewer says, whose sendings they see, when a base stands in, what may be undone."""

from datetime import UTC, datetime, timedelta

import pytest

from diary.domain.actors import Actor, Appointment, Post
from diary.domain.errors import BadInput, NotAllowed, WrongMoment
from diary.domain.reviews import (
    OVERDUE_DAYS,
    Kind,
    LastReview,
    Reach,
    Verdict,
    already_reviewed,
    clean_words,
    day_start,
    is_overdue,
    is_soon_overdue,
    overdue_before,
    passed_up,
    reach,
    require_undoable,
)
from diary.domain.units import Place, UnitKind

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine o'clock in Vietnam
BLOC, BASE, BRANCH, SISTER = Place(1, "1."), Place(2, "1.2."), Place(3, "1.2.3."), Place(4, "1.2.4.")
KINDS = {1: UnitKind.BLOC, 2: UnitKind.BASE_UNION, 3: UnitKind.BRANCH, 4: UnitKind.BRANCH}
FRESH, OLD = NOW - timedelta(days=2), NOW - timedelta(days=9)


def holder(post, place, has_members=False):
    return Actor(7, "an", "An", 70, appointments=(Appointment(post, place.unit_id, place.path, KINDS[place.unit_id], "", has_members),))


def last(account_id=7, at=NOW - timedelta(minutes=3), version=4, verdict=Verdict.APPROVED):
    return LastReview(account_id, "Lâm Thanh Sang", verdict, at, version)


def test_a_return_without_words_is_refused_at_its_field():
    for typed in ("", "  \n "):
        with pytest.raises(BadInput) as refused:
            clean_words(Verdict.RETURNED, (), typed)
        assert refused.value.field == "words"


def test_ready_reasons_and_typed_words_make_one_text():
    assert clean_words(Verdict.RETURNED, ("Thiếu minh chứng", "Giống bài trước"), " Thêm ảnh nhé ") == (
        "Thiếu minh chứng; Giống bài trước\nThêm ảnh nhé"
    )
    assert clean_words(Verdict.RETURNED, ("Thiếu minh chứng",), " ") == "Thiếu minh chứng"


def test_an_approval_needs_no_words():
    assert clean_words(Verdict.APPROVED, (), "") == ""


def test_too_many_words_are_refused():
    with pytest.raises(BadInput, match="1000"):
        clean_words(Verdict.APPROVED, (), "a" * 1001)


def test_branch_officers_see_all_that_is_sent_to_their_branch():
    for post in (Post.SECRETARY, Post.DEPUTY_SECRETARY):
        assert reach(holder(post, BRANCH)) == Reach(whole=(BRANCH,))


def test_a_mere_committee_member_of_a_branch_and_an_inspector_see_nothing():
    assert reach(holder(Post.COMMITTEE_MEMBER, BRANCH)) == Reach()
    assert reach(holder(Post.INSPECTOR, BLOC)) == Reach()


def test_a_base_committee_sees_what_is_sent_up_and_what_is_left_too_long_below():
    assert reach(holder(Post.SECRETARY, BASE)) == Reach(whole=(BASE,), late=(BASE,))
    assert reach(holder(Post.COMMITTEE_MEMBER, BASE, has_members=True)) == Reach(above=(BASE,), late=(BASE,))


def test_the_bloc_sees_only_what_is_sent_to_it():
    assert reach(holder(Post.COMMITTEE_MEMBER, BLOC)) == Reach(whole=(BLOC,))


def test_a_base_stands_in_for_what_waited_more_than_seven_days():
    base = holder(Post.SECRETARY, BASE)
    assert passed_up(base, BRANCH, BRANCH.unit_id, OLD, NOW, lambda: OVERDUE_DAYS)
    assert not passed_up(base, BRANCH, BRANCH.unit_id, FRESH, NOW, lambda: OVERDUE_DAYS)


def test_whoever_a_thing_was_sent_up_to_stands_in_at_once():
    assert passed_up(holder(Post.COMMITTEE_MEMBER, BASE), BRANCH, BASE.unit_id, FRESH, NOW, lambda: OVERDUE_DAYS)
    assert passed_up(holder(Post.SECRETARY, BLOC), BRANCH, BLOC.unit_id, FRESH, NOW, lambda: OVERDUE_DAYS)


def test_the_days_a_branch_is_allowed_are_a_choice_and_asked_for_only_where_they_decide():
    base = holder(Post.SECRETARY, BASE)
    assert passed_up(base, BRANCH, BRANCH.unit_id, FRESH, NOW, lambda: 1)
    assert not passed_up(base, BRANCH, BRANCH.unit_id, OLD, NOW, lambda: 10)

    def never():
        raise AssertionError("nobody needs to know")

    assert not passed_up(holder(Post.SECRETARY, BRANCH), SISTER, SISTER.unit_id, OLD, NOW, never)
    assert passed_up(base, BRANCH, BASE.unit_id, FRESH, NOW, never)


@pytest.mark.parametrize(("days", "first"), [(7, 5), (14, 12), (2, 1), (1, 1)])
def test_the_clock_warns_two_days_before_the_base_may_step_in(days, first):
    assert is_soon_overdue(first, days) and not is_soon_overdue(first - 1, days)


def test_neither_the_bloc_nor_a_sister_branch_stands_in_for_a_late_one():
    assert not passed_up(holder(Post.SECRETARY, BLOC), BRANCH, BRANCH.unit_id, OLD, NOW, lambda: OVERDUE_DAYS)
    assert not passed_up(holder(Post.SECRETARY, SISTER), BRANCH, BRANCH.unit_id, OLD, NOW, lambda: OVERDUE_DAYS)


def test_the_eighth_day_of_waiting_is_overdue_by_the_calendar_of_vietnam():
    sent = datetime(2026, 11, 15, 16, 59, tzinfo=UTC)  # 15 November, one minute to midnight in Vietnam
    assert is_overdue(sent, NOW, 7) and not is_overdue(sent + timedelta(minutes=1), NOW, 7)
    assert overdue_before(NOW, 7) == sent + timedelta(minutes=1)
    assert day_start(NOW) == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def test_whose_review_came_first_is_said():
    assert str(already_reviewed(Kind.ENTRY, last(account_id=8), 7)) == "Bài này vừa được Lâm Thanh Sang duyệt."
    assert str(already_reviewed(Kind.PLEDGE, last(verdict=Verdict.RETURNED), 7)) == "Nội dung này bạn vừa trả lại để sửa rồi."
    assert str(already_reviewed(Kind.ENTRY, None, 7)) == "Bài này không còn chờ duyệt."


def test_one_s_own_newest_review_may_be_undone_for_fifteen_minutes():
    assert require_undoable(Kind.ENTRY, last(), 7, 4, NOW) == last()
    edge = last(at=NOW - timedelta(minutes=15))
    assert require_undoable(Kind.ENTRY, edge, 7, 4, NOW) == edge
    with pytest.raises(WrongMoment, match="15 phút"):
        require_undoable(Kind.ENTRY, last(at=NOW - timedelta(minutes=15, seconds=1)), 7, 4, NOW)


def test_nobody_undoes_another_s_review():
    with pytest.raises(NotAllowed, match="Lâm Thanh Sang"):
        require_undoable(Kind.ENTRY, last(account_id=8), 7, 4, NOW)


def test_what_was_changed_since_cannot_be_undone():
    with pytest.raises(WrongMoment, match="thay đổi"):
        require_undoable(Kind.ENTRY, last(version=4), 7, 5, NOW)
    with pytest.raises(WrongMoment):
        require_undoable(Kind.ENTRY, None, 7, 1, NOW)
