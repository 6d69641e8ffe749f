"""What an entry keeps of its hints and its prints when it is sent, and the looking at entries from before."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from diary.domain.entries import EntryDraft
from diary.domain.hints import prints, runs
from diary.domain.reviews import Verdict
from diary.models.base import db, new_id
from diary.models.entries import Entry, EntryPrint
from diary.models.years import WorkYear
from diary.services import entries, reviews
from diary.services import prints as service
from tests.factories import actor

TODAY = date(2026, 11, 23)
DEED = "Sáng nay cùng chị Hoa dọn kho thuốc tầng hai, ghi lại hạn dùng của 42 hộp."
OTHER = "Chở hai bao gạo tới nhà bác Năm ở hẻm 12, sửa giúp bác cái cửa sổ."


@pytest.fixture
def in_app(app, cast):
    with app.app_context():
        yield cast


def sent(name: str, text: str = DEED, day: date = TODAY, **more) -> UUID:
    return entries.log_entry(actor(name), new_id(), EntryDraft(day, text, **more), TODAY, send=True)


def kept(entry_id: UUID) -> tuple[str | None, UUID | None]:
    return tuple(db.session.execute(select(Entry.hints, Entry.alike_id).where(Entry.id == entry_id)).one())


def kept_prints(entry_id: UUID) -> set[int]:
    return set(db.session.execute(select(EntryPrint.print).where(EntryPrint.entry_id == entry_id)).scalars())


def of(text: str) -> set[int]:
    return set(prints(runs(text)))


def test_an_entry_sent_keeps_its_hints_its_like_and_its_prints(in_app):
    first = sent("member")
    again = sent("member", day=TODAY - timedelta(days=2))
    assert kept(first) == ("", None)
    assert kept(again) == ("copied", first)
    assert kept_prints(first) == of(DEED)


def test_a_draft_keeps_none_until_it_is_sent(in_app):
    entry_id = entries.log_entry(actor("member"), new_id(), EntryDraft(TODAY, "Làm việc tốt."), TODAY, send=False)
    assert (kept(entry_id), kept_prints(entry_id)) == ((None, None), set())
    entries.send_entry(actor("member"), entry_id, TODAY)
    assert kept(entry_id) == ("short", None)
    assert kept_prints(entry_id) == of("Làm việc tốt.")


def test_sent_again_it_is_found_by_its_new_words_alone(in_app):
    entry_id = sent("member", people="Cùng chị Hoa")
    reviews.review_entry(actor("secretary"), entry_id, Verdict.RETURNED, "Việc nào?", 1)
    entries.edit_entry(actor("member"), entry_id, EntryDraft(TODAY, OTHER), 2, TODAY, send=False)
    assert kept_prints(entry_id) == of(f"{DEED}\nCùng chị Hoa")
    entries.edit_entry(actor("member"), entry_id, EntryDraft(TODAY, OTHER), 3, TODAY, send=True)
    assert kept_prints(entry_id) == of(OTHER)
    assert kept(entry_id) == ("", None)


def test_the_result_and_the_people_belong_to_what_is_told(in_app):
    entry_id = sent("member", "Dọn kho thuốc.", people="Cùng chị Hoa ở tầng hai", result="42", result_unit="hộp")
    assert kept(entry_id) == ("", None)
    assert kept_prints(entry_id) == of("Dọn kho thuốc. Cùng chị Hoa ở tầng hai 42 hộp")


def test_entries_from_before_are_looked_at_in_their_order_a_few_at_a_time(in_app):
    first, second, third = (sent("member", day=TODAY - timedelta(days=ago)) for ago in (3, 2, 1))
    _forget_all()
    assert service.is_any_to_look_at()
    assert service.look_at_some(2) == 2
    assert (kept(first), kept(second), kept(third)) == (("", None), ("copied", first), (None, None))
    assert service.look_at_some(2) == 1
    assert kept(third)[0] == "copied"
    assert kept_prints(first) == kept_prints(third) == of(DEED)
    assert not service.is_any_to_look_at()
    assert service.look_at_some(2) == 0


def test_an_entry_from_before_is_not_held_against_what_was_sent_after_it(in_app):
    first, second = sent("member"), sent("member2")
    db.session.execute(update(Entry).where(Entry.id == first).values(hints=None))
    db.session.commit()
    service.look_at_some(10)
    assert kept(first) == ("", None)
    assert kept(second) == ("like_others", first)


def test_an_entry_of_long_ago_gets_its_marks_and_no_prints(in_app):
    entry_id = sent("member", "Làm việc tốt.")
    _forget_all()
    db.session.add(WorkYear(year=2023))
    db.session.flush()
    db.session.execute(update(Entry).values(year=2023))
    db.session.commit()
    service.look_at_some(10)
    assert kept(entry_id) == ("short", None)
    assert kept_prints(entry_id) == set()


def test_prints_nothing_is_compared_with_any_more_are_forgotten(in_app):
    mine = {"unit_id": in_app.member.unit_id, "entry_id": new_id(), "print": 1}
    db.session.add_all(EntryPrint(year=year, **mine) for year in (2022, 2023, 2024, 2026))
    db.session.commit()
    assert service.forget_old_prints() == 2
    assert set(db.session.execute(select(EntryPrint.year)).scalars()) == {2024, 2026}


def _forget_all() -> None:
    """As the books stood before there were hints."""
    db.session.execute(update(Entry).values(hints=None, alike_id=None))
    db.session.query(EntryPrint).delete()
    db.session.commit()
