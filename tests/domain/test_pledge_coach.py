"""What a pledge is asked for."""

from datetime import date
from pathlib import Path

import pytest

from diary.domain.pledge_coach import BRIEF, Asked, coach
from diary.domain.pledges import PledgeDraft

HERE = Path(__file__).parent


def drafts(name):
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        title, how, target, due = ([part.strip() for part in line.split("|")] + [""] * 3)[:4]
        yield PledgeDraft(None, title, how, target, date(2026, *(int(part) for part in reversed(due.split("/")))) if due else None)


def test_nine_in_ten_weak_pledges_are_asked_for_something():
    weak = list(drafts("pledges_weak.txt"))
    assert len(weak) == 40 and [one.title for one in weak if not coach(one).asked][4:] == []


def test_one_in_ten_good_pledges_at_most_is_asked_for_anything():
    good = list(drafts("pledges_good.txt"))
    assert len(good) == 40 and [(one.title, coach(one).asked) for one in good if coach(one).asked][4:] == []


@pytest.mark.parametrize(
    ("draft", "asked"),
    [
        (PledgeDraft(None, "Nâng cao tinh thần trách nhiệm"), (Asked.WHAT, Asked.HOW_OFTEN, Asked.BY_WHEN, Asked.SEEN)),
        (PledgeDraft(None, "Mỗi tuần đọc sách"), (Asked.SEEN,)),
        (PledgeDraft(None, "Đọc 12 cuốn sách"), (Asked.HOW_OFTEN, Asked.BY_WHEN)),
        (PledgeDraft(None, "Đọc 12 cuốn sách", due_on=date(2026, 12, 31)), ()),
        (PledgeDraft(None, ""), ()),
    ],
)
def test_a_pledge_is_asked_for_what_it_leaves_open(draft, asked):
    assert coach(draft).asked == asked


def test_what_is_good_is_said_first():
    assert coach(PledgeDraft(None, "Mỗi tuần đọc sách")).good == "Đã có việc cụ thể, nhịp làm và thời hạn."


def test_a_long_title_is_asked_to_be_brief():
    assert coach(PledgeDraft(None, "Mỗi tuần đọc 30 trang sách " + "rất hay " * (BRIEF // 8))).asked == (Asked.BRIEF,)
