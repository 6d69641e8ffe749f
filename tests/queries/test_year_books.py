"""The book of a year: what was sent and what was said of it, and nothing else."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.errors import NotFound
from diary.domain.evidence import EvidenceKind
from diary.domain.pledges import ChangeState, PledgeState
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.entries import EntryAddition, Evidence, PrivateNote
from diary.models.evaluations import BestEntry
from diary.models.units import Virtue
from diary.models.years import WorkYear
from diary.queries import year_books
from diary.queries.registrations import registration
from diary.services import decisions
from tests import factories, papers, year_end
from tests.counting import counted
from tests.factories import VIETNAM, YEAR

TODAY = date(2026, 11, 23)


def pages(cast, today=TODAY, name="member"):
    return year_books.year_book(getattr(cast, name).member_id, YEAR, today)


def book(cast, today=TODAY, name="member"):
    return pages(cast, today, name).book


def moment(day, hour=20):
    return datetime(YEAR, 11, day, hour, tzinfo=VIETNAM)


def add_photos(entry, *digests):
    for order, sha256 in enumerate(digests):
        facts = {"kind": EvidenceKind.PHOTO, "media_type": "image/jpeg", "name": "a.jpg", "size": 1}
        db.session.add(Evidence(entry_id=entry.id, sha256=sha256, added_at=moment(1) + timedelta(minutes=order), **facts))
    db.session.commit()


def test_drafts_are_left_out_and_whatever_was_sent_is_in(session, cast):
    for state in EntryState:
        factories.entry(cast.member, state, did=f"Việc {state.value}")
    found = {entry.done: entry.approved for entry in book(cast).entries}
    assert found == {"Việc waiting": False, "Việc returned": False, "Việc approved": True, "Việc locked": True}


def test_nobody_else_s_deeds_and_no_other_year_s_are_in(session, cast):
    factories.work_year(YEAR - 1, db.session.get_one(factories.Unit, year_end.unit("KHOI")))
    factories.entry(cast.member2)
    last_year = factories.entry(cast.member)
    last_year.year = YEAR - 1
    db.session.commit()
    assert book(cast).entries == ()


def test_a_private_note_is_nowhere_in_the_book(session, cast):
    entry = factories.entry(cast.member)
    db.session.add(PrivateNote(entry_id=entry.id, words="Điều tôi giữ riêng"))
    db.session.commit()
    assert "giữ riêng" not in repr(pages(cast))


def test_an_entry_is_told_with_both_days_virtue_field_pledge_and_result(session, cast):
    pledge = factories.pledge(cast.member, PledgeState.APPROVED)
    facts = {"happened_on": date(2026, 11, 3), "written_at": moment(12), "virtue_id": pledge.virtue_id, "field": "work"}
    factories.entry(cast.member, pledge_id=pledge.id, result="1500000", result_unit="đồng", people="Bác Sáu", lesson="Hỏi trước.", **facts)
    entry = book(cast).entries[0]
    assert (entry.happened_on, entry.written_on, entry.virtue, entry.sphere) == (
        date(2026, 11, 3),
        date(2026, 11, 12),
        "Cần",
        "với công việc",
    )
    assert (entry.pledge, entry.result, entry.with_whom, entry.lesson) == (1, "1.500.000 đồng", "Bác Sáu", "Hỏi trước.")


def test_the_day_it_was_written_is_vietnam_s(session, cast):
    factories.entry(cast.member, written_at=datetime(2026, 11, 3, 0, 30, tzinfo=VIETNAM), happened_on=date(2026, 11, 2))
    assert book(cast).entries[0].written_on == date(2026, 11, 3)


def test_pledges_stand_by_virtue_and_a_draft_is_none(session, cast):
    virtues = {name: number for number, name in db.session.execute(select(Virtue.id, Virtue.name))}
    for name, state in (
        ("Chính", PledgeState.APPROVED),
        ("Cần", PledgeState.NOT_MET),
        ("Kiệm", PledgeState.DRAFT),
        ("Kiệm", PledgeState.WAITING),
    ):
        factories.pledge(cast.member, state, virtue_id=virtues[name], title=f"Lời {name}", outcome_words="Đi học ba tháng.")
    found = [(pledge.order, pledge.content, pledge.state, pledge.outcome) for pledge in book(cast).pledges]
    assert found == [(1, "Lời Cần", "không hoàn thành", "Đi học ba tháng"), (2, "Lời Kiệm", "", ""), (3, "Lời Chính", "", "")]


def test_a_pledge_that_was_changed_says_when(session, cast):
    facts = {"answered_by": cast.secretary.account_id, "answered_at": moment(12)}
    factories.pledge_change(factories.pledge(cast.member, PledgeState.APPROVED), state=ChangeState.ACCEPTED, **facts)
    factories.pledge_change(factories.pledge(cast.member, PledgeState.APPROVED), state=ChangeState.DECLINED, **facts)
    factories.pledge_change(factories.pledge(cast.member, PledgeState.APPROVED))
    assert [pledge.changed_on for pledge in book(cast).pledges] == [moment(12).date(), None, None]
    paper = registration(cast.member.member_id, cast.member.unit_id, factories.YEAR, date(2026, 11, 23))
    assert [pledge.changed_on for pledge in paper.pledges] == [moment(12).date(), None, None]


def test_when_the_year_is_over_every_pledge_says_how_it_stands(session, cast):
    for state in (PledgeState.APPROVED, PledgeState.RETURNED, PledgeState.MET):
        factories.pledge(cast.member, state)
    assert {pledge.state for pledge in book(cast, date(2027, 1, 1)).pledges} == {"chưa báo kết quả", "chưa được duyệt", "hoàn thành"}


def test_a_reviewer_s_words_stand_under_what_they_were_about(session, cast):
    words = {"review_words": "Ghi rõ việc.", "reviewed_at": moment(20)}
    for state in (EntryState.APPROVED, EntryState.RETURNED, EntryState.WAITING):
        factories.entry(cast.member, state, did=state.value, **words)
    remarks = {entry.done: entry.remark and (entry.remark.text, entry.remark.day) for entry in book(cast).entries}
    assert remarks == {"approved": ("Ghi rõ việc.", date(2026, 11, 20)), "returned": ("Ghi rõ việc.", date(2026, 11, 20)), "waiting": None}


def test_later_additions_follow_the_deed_with_their_day(session, cast):
    entry = factories.entry(cast.member, EntryState.APPROVED, did="Rà tủ thuốc.")
    unit_id = cast.member.unit_id
    db.session.add(EntryAddition(entry_id=entry.id, unit_id=unit_id, review_unit_id=unit_id, words="Thêm hai hộp.", sent_at=moment(21)))
    db.session.commit()
    assert book(cast).entries[0].done == "Rà tủ thuốc.\nBổ sung ngày 21/11: Thêm hai hộp."


def test_every_deed_s_first_photo_comes_before_any_second(session, cast, monkeypatch):
    monkeypatch.setattr(year_books, "MOST_PHOTOS", 4)
    for day, many in ((1, 3), (2, 0), (3, 1), (4, 2)):
        entry = factories.entry(cast.member, happened_on=date(2026, 11, day), did=f"Việc {day}")
        add_photos(entry, *(f"{day}{order}".ljust(64, "0") for order in range(many)))
    assert [[digest[:2] for digest in of_entry] for of_entry in pages(cast).photos] == [["10", "11"], [], ["30"], ["40"]]


def test_an_entry_shows_four_photos_at_most(session, cast):
    add_photos(factories.entry(cast.member), *(str(order).ljust(64, "0") for order in range(6)))
    assert len(pages(cast).photos[0]) == 4


def test_files_are_no_photos(session, cast):
    entry = factories.entry(cast.member)
    facts = {"kind": EvidenceKind.FILE, "media_type": "application/pdf", "name": "a.pdf", "size": 1, "added_at": moment(1)}
    db.session.add(Evidence(entry_id=entry.id, sha256="a" * 64, **facts))
    db.session.commit()
    assert pages(cast).photos == ((),)


def test_the_rhythm_of_the_months_adds_up_to_the_year_s(session, cast):
    db.session.add_all([MemberWeek(member_id=cast.member.member_id, monday=date(2026, month, 2), entries=1) for month in (2, 3, 11)])
    db.session.commit()
    found = book(cast)
    assert found.rhythm.kept == 3 == sum(rhythm.kept for _, rhythm in found.month_rhythm)
    assert found.rhythm.due == sum(rhythm.due for _, rhythm in found.month_rhythm) > 40
    assert dict(found.month_rhythm)[date(2026, 2, 1)].kept == 1


def test_a_year_nobody_opened_is_not_found(session, cast):
    with pytest.raises(NotFound):
        year_books.year_book(cast.member.member_id, 2031, TODAY)


def test_a_locked_year_is_a_closed_book_and_its_figures_end_with_the_year(session, cast):
    assert book(cast).closed_on is None and book(cast).figures_on == TODAY
    db.session.get_one(WorkYear, YEAR).locked_at = datetime(2027, 2, 1, 1, tzinfo=VIETNAM)
    db.session.commit()
    found = book(cast, date(2027, 3, 1))
    assert (found.closed_on, found.figures_on) == (date(2027, 2, 1), date(2026, 12, 31))


def test_the_steps_to_the_level_are_told_in_their_order(session, cast):
    papers.decide()
    found = book(cast)
    assert [(step.name, step.level, step.who) for step in found.steps] == [
        ("Tự xếp loại", "Hoàn thành tốt", "Thạch Thị Sa Rinh"),
        ("Chi đoàn biểu quyết", "Hoàn thành tốt (5/5)", "Chi đoàn Khối Nội"),
        ("Chi đoàn đề nghị", "Hoàn thành tốt", "Lâm Thanh Sang"),
        ("Đoàn cơ sở xem xét", "Hoàn thành tốt", "Đoàn cơ sở Bệnh viện Đa khoa"),
        ("Công nhận", "Hoàn thành tốt nhiệm vụ", "Đoàn Khối các cơ quan tỉnh"),
    ]
    assert (found.level.letters, found.decision) == ("HTT", "Quyết định số 21-QĐ/ĐTNK ngày 23/11/2026")
    assert found.scheme == "Bộ tiêu chí 2023–2027" and found.branch_remark == "Làm việc chắc chắn."


def test_before_the_decision_there_is_no_level(session, cast):
    papers.propose()
    found = book(cast)
    assert found.level is None and found.decision == "" and [step.name for step in found.steps][-1] == "Chi đoàn đề nghị"


def test_what_was_given_back_does_not_count_as_a_step(session, cast):
    papers.propose()
    unit_id = year_end.branch_of("secretary")
    year_end.pass_on("base_secretary", unit_id)
    decisions.send_back(factories.actor("bloc_secretary"), unit_id, YEAR, year_end.seen(unit_id), "Xem lại.")
    steps = book(cast).steps
    assert [(step.name, step.who) for step in steps][-1] == ("Chi đoàn đề nghị", "Lâm Thanh Sang")


def test_without_a_scheme_the_year_has_no_ending(session, cast):
    db.session.get_one(WorkYear, YEAR).scheme_code = None
    db.session.commit()
    assert (book(cast).steps, book(cast).scheme, book(cast).level) == ((), "", None)


def test_the_chosen_entries_are_the_ones_remembered_and_give_their_results(session, cast):
    year_end.self_assess("member", submit=False)
    virtue = db.session.execute(select(Virtue.id).where(Virtue.name == "Kiệm")).scalar_one()
    facts = {"virtue_id": virtue, "result": "3", "result_unit": "ram giấy", "happened_on": date(2026, 11, 2)}
    chosen = factories.entry(cast.member, EntryState.APPROVED, did="In hai mặt. " + "Nhớ mãi " * 40, **facts)
    factories.entry(cast.member, EntryState.APPROVED, did="Việc không chọn")
    db.session.add(BestEntry(evaluation_id=papers.sheet_id(), entry_id=chosen.id))
    db.session.commit()
    assert book(cast).moments == ((date(2026, 11, 2), "In hai mặt."),)
    assert book(cast).highlights == (("Kiệm", "3 ram giấy"),)


def test_it_asks_the_same_number_of_questions_for_one_entry_and_for_a_hundred(app, cast):
    def asked():
        with counted(app) as sent, app.app_context():
            pages(cast)
        return len(sent)

    with app.app_context():
        factories.entry(cast.member, EntryState.APPROVED)
    few = asked()
    with app.app_context():
        for _ in range(100):
            add_photos(factories.entry(cast.member, EntryState.APPROVED), "a" * 64)
    assert asked() == few


def test_a_mover_s_book_names_the_branch_that_rated_them(session, cast):
    papers.propose()
    row = db.session.get_one(factories.Member, cast.member.member_id)
    row.unit_id = year_end.unit("BV-DUOC")
    db.session.commit()
    assert book(cast).branch == "Chi đoàn Khối Nội"
