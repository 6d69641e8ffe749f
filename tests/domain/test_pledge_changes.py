"""Wishes to change a pledge: what is set side by side, and when one may ask."""

from datetime import date

import pytest

from diary.domain.errors import BadInput, WrongMoment
from diary.domain.pledge_changes import REASON_LIMIT, as_body, as_draft, as_sent, clean_reason, clean_wish, require_changeable, sides
from diary.domain.pledges import PledgeDraft, PledgeState
from diary.domain.units import Place
from diary.domain.years import YearFacts, default_windows

BEFORE = PledgeDraft(3, "Đọc sách", "Mỗi tối", "12 cuốn", date(2026, 11, 30))
HOME, MERGED, ELSEWHERE = Place(5, "1.2.5."), Place(9, "1.2.5.9."), Place(6, "1.2.6.")
OPEN = YearFacts(2026, None, False, default_windows(2026))
LOCKED = YearFacts(2026, None, True, default_windows(2026))


def test_each_field_stands_as_it_is_beside_what_it_is_to_be():
    wish = PledgeDraft(3, "Đọc sách", "Mỗi sáng", "", date(2026, 12, 31))
    found = sides(as_body(BEFORE, "Cần"), as_body(wish, "Cần"))
    assert [(side.label, side.before, side.after) for side in found if side.changed] == [
        ("Cách làm", "Mỗi tối", "Mỗi sáng"),
        ("Kết quả cần đạt", "12 cuốn", ""),
        ("Hạn hoàn thành", "30/11/2026", "31/12/2026"),
    ]
    assert [side.label for side in found if not side.changed] == ["Chuẩn mực", "Nội dung làm theo"]


def test_a_kept_pledge_is_read_back_as_it_was():
    assert as_draft(as_body(BEFORE, "Cần")) == BEFORE
    assert as_draft(as_body(PledgeDraft(3, "Đọc sách"), "Cần")) == PledgeDraft(3, "Đọc sách")
    assert as_sent(as_body(BEFORE, "Cần"))["virtue"] == "Cần" and "virtue_id" not in as_sent(as_body(BEFORE, "Cần"))


def test_a_wish_changes_something_and_has_a_reason():
    with pytest.raises(BadInput):
        clean_wish(PledgeDraft(3, " Đọc  sách ", "Mỗi tối", "12 cuốn", date(2026, 11, 30)), BEFORE, 2026)
    assert clean_wish(PledgeDraft(4, "Đọc sách", "Mỗi tối", "12 cuốn", date(2026, 11, 30)), BEFORE, 2026).virtue_id == 4
    assert clean_reason(" Đổi ca. ") == "Đổi ca."
    for words in ("", " \n", "a" * (REASON_LIMIT + 1)):
        with pytest.raises(BadInput):
            clean_reason(words)


def test_one_asks_while_writing_or_registering_is_open_for_what_the_own_branch_approved():
    for place in (HOME, MERGED):
        require_changeable(PledgeState.APPROVED, place, HOME, OPEN, date(2026, 6, 1))
    refused = [
        (PledgeState.MET, HOME, OPEN, date(2026, 6, 1)),
        (PledgeState.APPROVED, ELSEWHERE, OPEN, date(2026, 6, 1)),
        (PledgeState.APPROVED, HOME, OPEN, date(2027, 1, 1)),
        (PledgeState.APPROVED, HOME, LOCKED, date(2026, 6, 1)),
        (PledgeState.APPROVED, HOME, None, date(2026, 6, 1)),
    ]
    for state, place, facts, day in refused:
        with pytest.raises(WrongMoment):
            require_changeable(state, place, HOME, facts, day)
