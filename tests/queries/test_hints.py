"""What a text is compared with when its hints are looked for."""

import time
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select

from diary.domain.entries import EntryDraft, EntryState
from diary.domain.hints import HintKind, prints, runs
from diary.models.base import db, new_id
from diary.models.entries import Entry, EntryPrint
from diary.models.years import WorkYear
from diary.queries.hints import found
from diary.services import entries
from tests.counting import counted
from tests.factories import VIETNAM, actor

TODAY = date(2026, 11, 23)
DEED = "Sáng nay cùng chị Hoa dọn kho thuốc tầng hai, ghi lại hạn dùng của 42 hộp."
OTHER = "Chở hai bao gạo tới nhà bác Năm ở hẻm 12, sửa giúp bác cái cửa sổ."


def sent(name: str, text: str = DEED, day: date = TODAY) -> UUID:
    return entries.log_entry(actor(name), new_id(), EntryDraft(day, text), TODAY, send=True)


def kinds(name: str, text: str = DEED, **more) -> set[HintKind]:
    who = actor(name)
    return {hint.kind for hint in found(who.member_id, who.place.unit_id, text, TODAY, **more).hints}


@pytest.fixture
def in_app(app, cast):
    with app.app_context():
        yield cast


def test_a_text_nobody_wrote_before_is_like_none(in_app):
    sent("member")
    assert kinds("member2", OTHER) == set()


def test_one_s_own_earlier_entry_is_found_and_named_by_its_day(in_app):
    earlier = sent("member", day=date(2026, 11, 20))
    seen = found(in_app.member.member_id, in_app.member.unit_id, DEED.replace("42", "40"), TODAY)
    assert [hint.kind for hint in seen.hints] == [HintKind.COPIED]
    assert (seen.alike_id, seen.alike_own) == (earlier, True)
    assert "20/11/2026" in seen.hints[0].words


def test_a_colleague_s_entry_is_found_without_saying_whose(in_app):
    earlier = sent("member2")
    seen = found(in_app.member.member_id, in_app.member.unit_id, DEED, TODAY)
    assert [hint.kind for hint in seen.hints] == [HintKind.LIKE_OTHERS]
    assert (seen.alike_id, seen.alike_own) == (earlier, False)


def test_one_s_own_comes_before_a_colleague_s(in_app):
    own = sent("member", day=date(2026, 11, 20))
    sent("member2")
    assert found(in_app.member.member_id, in_app.member.unit_id, DEED, TODAY).alike_id == own


def test_an_entry_of_another_branch_is_not_compared(in_app):
    sent("other_secretary")
    assert kinds("member") == set()


def test_one_s_own_is_found_in_a_branch_left_behind_and_a_former_colleague_s_is_not(in_app):
    own, theirs = sent("member"), sent("member2", OTHER)
    now_in = in_app.units["BV-NGOAI"]
    assert found(in_app.member.member_id, now_in, DEED, TODAY).alike_id == own
    assert found(in_app.member.member_id, now_in, OTHER, TODAY).alike_id != theirs


def test_a_draft_is_compared_with_nothing(in_app):
    entries.log_entry(actor("member2"), new_id(), EntryDraft(TODAY, DEED), TODAY, send=False)
    assert kinds("member") == set()


def test_what_a_colleague_is_mending_is_left_alone(in_app):
    entry_id = sent("member2")
    db.session.get_one(Entry, entry_id).state = EntryState.RETURNED
    db.session.commit()
    assert kinds("member") == set()


def test_an_entry_is_not_compared_with_itself(in_app):
    entry_id = sent("member")
    assert kinds("member", without=entry_id) == set()


def test_what_happened_more_than_two_years_ago_is_not_compared(in_app):
    row = db.session.get_one(Entry, sent("member"))
    row.happened_on = date(2024, 11, 23)
    db.session.commit()
    assert kinds("member") == {HintKind.COPIED}
    row.happened_on = date(2024, 11, 22)
    db.session.commit()
    assert kinds("member") == set()


def test_days_written_at_once_are_the_different_days_told_of_today(in_app):
    for ago in (0, 1, 1, 2, 3):
        sent("member", f"{OTHER} Lần {ago}", TODAY - timedelta(days=ago))
    assert HintKind.MANY_DAYS not in kinds("member", OTHER, day=TODAY)
    assert HintKind.MANY_DAYS in kinds("member", OTHER, day=TODAY - timedelta(days=4))
    later = found(in_app.member.member_id, in_app.member.unit_id, OTHER, TODAY + timedelta(days=1), day=TODAY - timedelta(days=4))
    assert HintKind.MANY_DAYS not in {hint.kind for hint in later.hints}


def test_two_years_of_a_branch_are_compared_in_under_20_ms(app, cast):
    """5,000 entries of a branch, a fifth of them one and the same text: the quickest of five looks, which is what it costs."""
    with app.app_context():
        _fill(cast.member2, 5_000)
        who = cast.member.member_id, cast.member.unit_id
        seen = found(*who, _told(4_321), TODAY)
        assert seen.alike_id is not None
        assert _quickest(lambda: found(*who, _told(77), TODAY)) < 0.020
        assert _quickest(lambda: found(*who, DEED, TODAY)) < 0.020


def test_looking_sends_as_many_statements_whatever_was_written_before(app, cast):
    with app.app_context():
        who = cast.member.member_id, cast.member.unit_id
        sent("member2")
        found(*who, DEED, TODAY)
        with counted(app) as few:
            found(*who, DEED, TODAY)
        _fill(cast.member2, 60)
        with counted(app) as many:
            found(*who, DEED, TODAY)
        assert len(few) == len(many) == 2


def _quickest(act) -> float:
    """Seconds, once a database has settled on a plan it keeps for any text (PostgreSQL after ten looks)."""
    for _ in range(11):
        act()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def _told(number: int) -> str:
    """One of thousands of different texts that share everyday runs of words, or the same one for every fifth."""
    if number % 5 == 0:
        return DEED
    return f"Sáng nay cùng chị Hoa ở phòng {number * 7 % 611} {_WORDS[number % 7]} {number * 13 % 997} hồ sơ cho bác {_NAMES[number % 11]}."


_WORDS = ("xếp lại", "đóng bìa", "ghi số", "tìm", "sao chụp", "giao", "kiểm tra")
_NAMES = ("Sáu", "Năm", "Tư", "Hai", "Bảy", "Tám", "Chín", "Mười", "Út", "Ba", "Lan")


def _fill(person, count: int) -> None:
    """Entries of the person over two years, with their prints, in bulk."""
    db.session.add(WorkYear(year=2025))
    db.session.flush()
    start, now = date(2025, 1, 2), datetime.now(VIETNAM)
    facts = {"member_id": person.member_id, "unit_id": person.unit_id, "written_at": now - timedelta(days=3), "sent_at": now, "hints": ""}
    facts |= {"people": "", "result": "", "result_unit": "", "lesson": "", "review_words": "", "search": "", "evidence_count": 0}
    facts |= {"state": EntryState.APPROVED, "version": 1}
    rows = []
    for number in range(count):
        day = start + timedelta(days=number % 680)
        rows.append({"id": new_id(), "year": day.year, "happened_on": day, "did": _told(number), **facts})
    db.session.execute(insert(Entry), rows)
    marks = [
        {"unit_id": person.unit_id, "year": row["happened_on"].year, "print": one, "entry_id": row["id"]}
        for row in rows
        for one in prints(runs(row["did"]))
    ]
    db.session.execute(insert(EntryPrint), marks)
    db.session.commit()
    assert db.session.execute(select(func.count()).select_from(EntryPrint)).scalar_one() >= count
