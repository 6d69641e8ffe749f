"""The rules of pledges, without a database."""

from datetime import date

import pytest

from diary.domain import pledges
from diary.domain.errors import BadInput, WrongMoment
from diary.domain.pledges import PledgeDraft, PledgeState
from diary.domain.years import Activity, OpenDays, YearFacts

S = PledgeState
DAY = date(2026, 5, 1)
ALLOWED = {
    (S.DRAFT, S.WAITING), (S.WAITING, S.APPROVED), (S.WAITING, S.RETURNED), (S.RETURNED, S.WAITING),
    (S.APPROVED, S.MET), (S.APPROVED, S.NOT_MET), (S.APPROVED, S.WAITING), (S.MET, S.APPROVED), (S.NOT_MET, S.APPROVED),
}  # fmt: skip


@pytest.mark.parametrize("before", S)
@pytest.mark.parametrize("after", S)
def test_only_these_states_follow_each_other(before, after):
    if (before, after) in ALLOWED:
        assert pledges.move(before, after) is after
    else:
        with pytest.raises(WrongMoment, match=pledges.STATE_LABELS[before]):
            pledges.move(before, after)


@pytest.mark.parametrize("state", S)
def test_its_author_changes_only_a_draft_or_a_returned_one(state):
    if state in (S.DRAFT, S.RETURNED):
        pledges.require_editable(state)
    else:
        with pytest.raises(WrongMoment):
            pledges.require_editable(state)


def facts(*open_now):
    days = OpenDays(date(2026, 1, 1), date(2026, 12, 31))
    return YearFacts(2026, None, False, dict.fromkeys(open_now, days))


@pytest.mark.parametrize(
    ("state", "open_now", "sendable"),
    [
        (S.DRAFT, (Activity.REGISTERING,), True),
        (S.DRAFT, (Activity.WRITING,), False),
        (S.RETURNED, (Activity.WRITING,), True),
        (S.RETURNED, (Activity.REGISTERING,), True),
        (S.RETURNED, (Activity.MEETINGS,), False),
    ],
)
def test_a_draft_is_sent_while_registering_is_open_and_a_returned_one_while_diaries_are_written_too(state, open_now, sendable):
    if sendable:
        pledges.require_sendable(state, facts(*open_now), DAY)
    else:
        with pytest.raises(WrongMoment):
            pledges.require_sendable(state, facts(*open_now), DAY)


def test_text_is_cleaned_and_a_title_is_one_line():
    clean = pledges.clean_draft(PledgeDraft(1, "  Trả lời\n hồ sơ ", "Mỗi sáng  \n\n", " 30 hồ sơ "), 2026)
    assert (clean.title, clean.how, clean.target) == ("Trả lời hồ sơ", "Mỗi sáng", "30 hồ sơ")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PledgeDraft(1, ""), "title"),
        (PledgeDraft(1, "a" * 301), "title"),
        (PledgeDraft(1, "a", how="a" * 2001), "how"),
        (PledgeDraft(1, "a", target="a" * 301), "target"),
        (PledgeDraft(1, "a", due_on=date(2027, 1, 1)), "due_on"),
    ],
)
def test_a_wrong_draft_is_refused_at_its_field(draft, field):
    with pytest.raises(BadInput) as refused:
        pledges.clean_draft(draft, 2026)
    assert refused.value.field == field


def test_a_reason_is_asked_only_where_the_pledge_was_not_met():
    assert pledges.clean_outcome(S.MET, "  ") == ""
    assert pledges.clean_outcome(S.NOT_MET, " Đi học ") == "Đi học"
    for outcome, words in ((S.NOT_MET, ""), (S.MET, "a" * 1001)):
        with pytest.raises(BadInput):
            pledges.clean_outcome(outcome, words)


def test_every_state_has_its_word():
    assert set(pledges.STATE_LABELS) == set(S)
