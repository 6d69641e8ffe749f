"""Entries: which days they may name, how long each part may be, which state may follow which."""

from datetime import date

import pytest

from diary.domain import entries as rules
from diary.domain.entries import EntryDraft, EntryState, Field, shown_result
from diary.domain.errors import BadInput, WrongMoment
from diary.domain.years import Activity, OpenDays, YearFacts

TODAY = date(2026, 11, 23)
OPEN = YearFacts(2026, None, False, {Activity.WRITING: OpenDays(date(2026, 1, 1), date(2026, 12, 31))})
CLOSED = YearFacts(2026, None, False, {Activity.WRITING: OpenDays(date(2026, 1, 1), date(2026, 6, 30))})
LOCKED = YearFacts(2026, None, True, OPEN.windows)


def draft(**facts):
    return EntryDraft(**({"happened_on": TODAY, "did": "Dọn kho giấy"} | facts))


def test_text_is_cleaned_and_composed_on_the_way_in():
    clean = rules.clean_draft(draft(did="  Do\u0323n kho\r\n\r\ngiấy \x00 ", people=" bà con\n ấp ", private_note=" ngại "))
    assert (clean.did, clean.people, clean.private_note) == ("Dọn kho\n\ngiấy", "bà con ấp", "ngại")


def test_a_note_that_was_not_asked_for_stays_unasked():
    assert rules.clean_draft(draft()).private_note is None


def test_the_deed_must_be_told():
    with pytest.raises(BadInput) as refused:
        rules.clean_draft(draft(did=" \n\u200b "))
    assert refused.value.field == "did"


@pytest.mark.parametrize(("field", "limit"), rules.LIMITS.items())
def test_each_part_may_be_just_so_long(field, limit):
    rules.clean_draft(draft(**{field: "a" * limit}))
    with pytest.raises(BadInput) as refused:
        rules.clean_draft(draft(**{field: "a" * (limit + 1)}))
    assert refused.value.field == field and "vẫn còn" in str(refused.value)


def test_a_day_to_come_is_refused_at_its_field_and_today_is_not():
    rules.require_writable(EntryState.DRAFT, TODAY, OPEN, TODAY)
    with pytest.raises(BadInput) as refused:
        rules.require_writable(EntryState.DRAFT, date(2026, 11, 24), OPEN, TODAY)
    assert refused.value.field == "happened_on"


def test_a_year_nobody_opened_is_refused_at_the_day():
    with pytest.raises(BadInput) as refused:
        rules.require_writable(EntryState.DRAFT, date(2019, 5, 3), None, TODAY)
    assert refused.value.field == "happened_on" and "2019" in str(refused.value)


def test_writing_needs_its_window_open():
    with pytest.raises(WrongMoment, match="hết hạn"):
        rules.require_writable(EntryState.DRAFT, TODAY, CLOSED, TODAY)


def test_a_returned_entry_may_be_mended_until_its_year_is_locked():
    rules.require_writable(EntryState.RETURNED, TODAY, CLOSED, TODAY)
    with pytest.raises(WrongMoment, match="khóa sổ"):
        rules.require_writable(EntryState.RETURNED, TODAY, LOCKED, TODAY)


def test_states_follow_each_other_as_the_books_say():
    allowed = {(a, b) for a, after in rules.NEXT.items() for b in after}
    for before in EntryState:
        for after in EntryState:
            if (before, after) in allowed:
                assert rules.move(before, after) is after
            else:
                with pytest.raises(WrongMoment):
                    rules.move(before, after)
    assert (EntryState.APPROVED, EntryState.RETURNED) not in allowed and (EntryState.LOCKED, EntryState.WAITING) not in allowed


@pytest.mark.parametrize("state", EntryState)
def test_only_a_draft_or_a_returned_entry_is_its_author_s_to_change(state):
    if state in (EntryState.DRAFT, EntryState.RETURNED):
        rules.require_editable(state)
    else:
        with pytest.raises(WrongMoment):
            rules.require_editable(state)


@pytest.mark.parametrize("state", EntryState)
def test_only_an_approved_entry_is_added_to(state):
    if state is EntryState.APPROVED:
        rules.require_additions(state)
    else:
        with pytest.raises(WrongMoment):
            rules.require_additions(state)


def test_an_addition_says_something_and_not_too_much():
    assert rules.clean_addition(" thêm 2 hộ ") == "thêm 2 hộ"
    for words in (" ", "a" * (rules.ADDITION_LIMIT + 1)):
        with pytest.raises(BadInput):
            rules.clean_addition(words)


@pytest.mark.parametrize(("written", "late"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True)])
def test_written_more_than_seven_days_after_the_deed_is_late(written, late):
    assert rules.is_late(TODAY, written) is late


def test_search_finds_words_without_their_marks_but_never_the_private_note():
    text = rules.search_text(draft(did="Đọc sách", lesson="Kiên trì", private_note="bí mật"))
    assert text == "doc sach kien tri" and "bi mat" not in text


def test_a_revision_keeps_plain_words_and_never_the_private_note():
    body = rules.revision_body(draft(field=Field.COMMUNITY, private_note="bí mật"), "Cần", "Trả lời hồ sơ trong ngày")
    assert body["field"] == "Với cộng đồng" and body["virtue"] == "Cần" and "bí mật" not in body.values()


@pytest.mark.parametrize(("result", "number"), [("6", 6), ("1.500.000", 1500000), ("nhiều", None), ("", None)])
def test_a_result_that_is_a_figure_is_kept_as_one(result, number):
    assert rules.result_number(draft(result=result)) == number


@pytest.mark.parametrize(
    ("result", "unit", "shown"),
    [
        ("72000", "đồng", "72.000 đồng"),
        ("6", "hồ sơ", "6 hồ sơ"),
        ("1.500.000", "đồng", "1.500.000 đồng"),
        ("hai lần", "", "hai lần"),
        ("", "hộ", ""),
    ],
)
def test_a_figure_is_shown_with_its_thousands_and_words_as_typed(result, unit, shown):
    assert shown_result(result, unit) == shown
