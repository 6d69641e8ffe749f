"""Reads of entries: who sees what of one, one's own timeline, and what waits on the first page of the day."""

from datetime import date, datetime, timedelta
from itertools import chain

import pytest

from diary.domain.entries import EntryState
from diary.domain.errors import NotFound
from diary.domain.evidence import EvidenceKind
from diary.domain.pledges import PledgeState
from diary.domain.reviews import Verdict
from diary.domain.wording import Sort
from diary.models.base import db, new_id
from diary.models.entries import EntryAddition, EntryReview, EntryRevision, Evidence, PrivateNote
from diary.queries import entries as queries
from diary.queries.entries import Wanted
from tests import factories
from tests.counting import counted

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.VIETNAM)
TODAY = NOW.date()
pytestmark = pytest.mark.usefixtures("session")


def ids(page):
    return [row.id for row in chain.from_iterable(month.rows for month in page.months)]


def add_photo(row, name="anh.jpg", kind=EvidenceKind.PHOTO):
    media = "image/jpeg" if kind is EvidenceKind.PHOTO else "application/pdf"
    found = Evidence(entry_id=row.id, kind=kind, media_type=media, name=name, sha256="a" * 64, size=9, added_at=NOW)
    db.session.add(found)
    row.evidence_count += 1
    db.session.commit()
    return found


READERS = {
    EntryState.DRAFT: {"member"},
    EntryState.WAITING: {"member", "secretary", "deputy"},
    EntryState.RETURNED: {"member", "secretary", "deputy"},
    EntryState.APPROVED: {"member", "secretary", "deputy"},
    EntryState.LOCKED: {"member", "secretary", "deputy"},
}


@pytest.mark.parametrize("state", EntryState)
def test_an_entry_and_its_evidence_are_found_by_its_author_and_once_sent_by_its_branch_s_officers(state, actor, cast):
    row = factories.entry(cast.member, state)
    evidence_id = add_photo(row).id
    for name in cast.all:
        for load in (lambda a: queries.load_entry(a, row.id, NOW), lambda a: queries.load_evidence(a, evidence_id, NOW)):
            if name in READERS[state]:
                assert load(actor(name))
            else:
                with pytest.raises(NotFound):
                    load(actor(name))


def test_the_base_reads_what_its_branch_let_wait_more_than_seven_days(actor, cast):
    row = factories.entry(cast.member, sent_at=NOW - timedelta(days=7))
    with pytest.raises(NotFound):
        queries.load_entry(actor("base_secretary"), row.id, NOW)
    assert queries.load_entry(actor("base_secretary"), row.id, NOW + timedelta(days=1)).may_review
    with pytest.raises(NotFound):
        queries.load_entry(actor("bloc_secretary"), row.id, NOW + timedelta(days=1))


def test_a_returned_entry_sent_again_is_the_base_s_only_after_waiting_as_long_again(actor, cast):
    row = factories.entry(cast.member, sent_at=NOW - timedelta(days=8), reviewed_at=NOW - timedelta(days=9))
    assert queries.load_entry(actor("base_secretary"), row.id, NOW).may_review
    done = factories.entry(cast.member, EntryState.RETURNED, sent_at=NOW - timedelta(days=20), reviewed_at=NOW - timedelta(days=19))
    with pytest.raises(NotFound):
        queries.load_entry(actor("base_secretary"), done.id, NOW)


def test_the_unit_above_reads_what_was_sent_to_it(actor, cast):
    row = factories.entry(cast.other_secretary, review_unit_id=cast.units["BV"])
    page = queries.load_entry(actor("base_secretary"), row.id, NOW)
    assert page.may_review and page.turn == "Đến lượt cấp trên"


def test_only_the_author_gets_the_private_note(actor, cast, session):
    row = factories.entry(cast.member)
    session.add(PrivateNote(entry_id=row.id, words="riêng tôi"))
    session.commit()
    assert queries.load_entry(actor("member"), row.id, NOW).note == "riêng tôi"
    assert queries.load_entry(actor("secretary"), row.id, NOW).note is None


def test_nobody_may_review_their_own(actor, cast):
    row = factories.entry(cast.secretary)
    assert not queries.load_entry(actor("secretary"), row.id, NOW).may_review
    assert queries.load_entry(actor("deputy"), row.id, NOW).may_review


def test_an_unknown_id_is_not_found(actor, cast):
    for load in (queries.load_entry, queries.load_evidence):
        with pytest.raises(NotFound):
            load(actor("member"), new_id(), NOW)


def test_a_page_shows_evidence_reviews_that_stand_and_additions(actor, cast, session):
    row = factories.entry(cast.member, EntryState.APPROVED)
    add_photo(row)
    add_photo(row, "giay.pdf", EvidenceKind.FILE)
    said = {"entry_id": row.id, "revision": 1, "account_id": cast.secretary.account_id, "at": NOW}
    session.add(EntryReview(**said, verdict=Verdict.APPROVED, words="Việc hay lắm."))
    session.add(EntryReview(**said, verdict=Verdict.RETURNED, words="nhầm", undone_at=NOW))
    session.add(EntryAddition(entry_id=row.id, unit_id=row.unit_id, review_unit_id=row.unit_id, words="thêm 2 hộ", sent_at=NOW))
    session.commit()
    page = queries.load_entry(actor("member"), row.id, NOW)
    assert [one.name for one in page.photos] == ["anh.jpg"] and [one.name for one in page.files] == ["giay.pdf"]
    assert [review.words for review in page.reviews] == ["Việc hay lắm."] and page.reviews[0].name == "Lâm Thanh Sang"
    assert [addition.words for addition in page.additions] == ["thêm 2 hộ"]


def test_a_revision_tells_what_changed_since_the_one_before(actor, cast, session):
    row = factories.entry(cast.member)
    session.get_one(EntryRevision, (row.id, 1)).body = {"did": "giúp hai hộ", "happened_on": "2026-11-19"}
    session.add(EntryRevision(entry_id=row.id, number=2, sent_at=NOW, body={"did": "giúp ba hộ", "happened_on": "2026-11-19"}))
    session.commit()
    second, first = queries.load_entry(actor("member"), row.id, NOW).revisions
    assert (second.number, first.number, first.changes) == (2, 1, ())
    assert [change.label for change in second.changes] == ["Việc đã làm"]
    assert [piece.text for piece in second.changes[0].pieces if piece.sort is not Sort.SAME] == [" hai", " ba"]
    assert ("Ngày thực hiện", "19/11/2026") in first.body


@pytest.fixture
def year_of_entries(cast, session):
    """45 entries, one every eighth day back from today, in turn approved and waiting."""
    rows = []
    for n in range(45):
        state = EntryState.APPROVED if n % 2 else EntryState.WAITING
        rows.append(factories.entry(cast.member, state, happened_on=TODAY - timedelta(days=8 * n), did=f"Việc số {n}"))
    return rows


def test_the_timeline_runs_newest_first_in_pages_of_twenty(cast, year_of_entries):
    pages = [queries.timeline(cast.member.member_id, Wanted(page=n)) for n in (1, 2, 3, 4)]
    assert [len(ids(page)) for page in pages] == [20, 20, 5, 0] and pages[0].total == 45
    assert [i for page in pages for i in ids(page)] == [row.id for row in year_of_entries]
    assert [(month.year, month.month) for month in pages[0].months][:2] == [(2026, 11), (2026, 10)]


def test_the_timeline_of_a_month_or_a_state_holds_just_that(cast, year_of_entries):
    october = queries.timeline(cast.member.member_id, Wanted(2026, 10))
    assert ids(october) == [row.id for row in year_of_entries if (row.happened_on.year, row.happened_on.month) == (2026, 10)]
    assert october.total == len(ids(october))
    waiting = queries.timeline(cast.member.member_id, Wanted(state=EntryState.WAITING))
    assert waiting.total == 23 == waiting.by_state[EntryState.WAITING] and len(ids(waiting)) == 20
    assert queries.timeline(cast.member.member_id, Wanted(2025)).total == sum(row.happened_on.year == 2025 for row in year_of_entries)


def test_locked_entries_are_found_among_the_approved(cast):
    row = factories.entry(cast.member, EntryState.LOCKED)
    assert ids(queries.timeline(cast.member.member_id, Wanted(state=EntryState.APPROVED))) == [row.id]


def test_the_timeline_is_one_s_own(cast, year_of_entries):
    factories.entry(cast.member2)
    assert queries.timeline(cast.member2.member_id, Wanted()).total == 1
    assert not ids(queries.timeline(cast.new_member.member_id, Wanted()))


@pytest.mark.parametrize("words", ["điện", "dien", "DIEN hai mat", "ĐIỆN", "die\u0323\u0302n"])
def test_search_needs_no_marks(cast, words):
    found = factories.entry(cast.member, did="In hai mặt, tắt điện sau 17 giờ")
    factories.entry(cast.member, did="Dọn kho giấy")
    assert ids(queries.timeline(cast.member.member_id, Wanted(words=words))) == [found.id]


def test_words_with_the_very_marks_come_before_newer_ones_without(cast):
    exact = factories.entry(cast.member, did="Sửa bàn ghế", happened_on=TODAY - timedelta(days=90))
    folded = factories.entry(cast.member, did="Gặp bạn đoàn viên")
    assert ids(queries.timeline(cast.member.member_id, Wanted(words="bàn"))) == [exact.id, folded.id]


@pytest.mark.parametrize("words", ["%", "_", "100%", "\\", "'", "x" * 5000])
def test_signs_that_mean_something_to_the_database_mean_nothing_in_a_search(cast, words):
    factories.entry(cast.member, did="Dọn kho giấy")
    assert queries.timeline(cast.member.member_id, Wanted(words=words)).total == 0


def test_the_timeline_shows_photos_and_cuts_long_texts_at_a_word(cast):
    row = factories.entry(cast.member, did="chữ " * 300)
    photo = add_photo(row)
    add_photo(row, "giay.pdf", EvidenceKind.FILE)
    shown = queries.timeline(cast.member.member_id, Wanted()).months[0].rows[0]
    assert shown.photo == photo.id and shown.shown.endswith("chữ…") and len(shown.shown) < 425


def test_the_timeline_asks_two_statements_however_long_the_diary(app, cast, session):
    factories.entry(cast.member)
    with counted(app) as few:
        queries.timeline(cast.member.member_id, Wanted())
    for n in range(60):
        factories.entry(cast.member, happened_on=TODAY - timedelta(days=n))
    with counted(app) as many:
        queries.timeline(cast.member.member_id, Wanted())
    assert len(few) == len(many) == 2


def test_what_waits_for_a_member_is_what_was_returned_and_drafts_left_lying(cast):
    returned = factories.entry(cast.member, EntryState.RETURNED, review_words="Giúp được mấy hộ?")
    pledge = factories.pledge(cast.member, PledgeState.RETURNED, review_words="Ghi rõ con số.")
    old = factories.entry(cast.member, EntryState.DRAFT, written_at=NOW - timedelta(days=4))
    factories.entry(cast.member, EntryState.DRAFT, written_at=NOW - timedelta(days=2))
    factories.entry(cast.member, EntryState.WAITING)
    factories.entry(cast.member2, EntryState.RETURNED)
    factories.pledge(cast.member, PledgeState.APPROVED)
    found = queries.waiting_for(cast.member.member_id, NOW)
    assert {(one.id, one.is_pledge, one.words) for one in found.returned} == {
        (returned.id, False, "Giúp được mấy hộ?"),
        (pledge.id, True, "Ghi rõ con số."),
    }
    assert [(one.id, one.happened_on) for one in found.drafts] == [(old.id, TODAY)]


def test_a_year_ago_is_the_nearest_day_within_three(cast, session):
    factories.work_year(2025, session.get_one(factories.Unit, cast.units["KHOI"]))
    assert queries.same_day_last_year(cast.member.member_id, TODAY) is None
    factories.entry(cast.member, happened_on=date(2025, 11, 19), did="xa quá")
    factories.entry(cast.member, EntryState.DRAFT, happened_on=date(2025, 11, 23), did="nháp")
    factories.entry(cast.member, happened_on=date(2025, 11, 26), did="gần")
    assert queries.same_day_last_year(cast.member.member_id, TODAY).did == "gần"
    factories.entry(cast.member, happened_on=date(2025, 11, 22), did="gần nhất")
    assert queries.same_day_last_year(cast.member.member_id, TODAY).did == "gần nhất"


def test_a_leap_day_looks_back_too(cast):
    assert queries.same_day_last_year(cast.member.member_id, date(2028, 2, 29)) is None


def test_pledges_to_choose_are_the_approved_ones_and_the_last_served_comes_first(cast):
    first = factories.pledge(cast.member, PledgeState.APPROVED, title="một")
    second = factories.pledge(cast.member, PledgeState.APPROVED, title="hai")
    for state in (PledgeState.DRAFT, PledgeState.WAITING, PledgeState.MET):
        factories.pledge(cast.member, state)
    factories.pledge(cast.member2, PledgeState.APPROVED)
    assert [one.id for one in queries.pledge_choices(cast.member.member_id, 2026)] == [first.id, second.id]
    factories.entry(cast.member, pledge_id=second.id)
    assert [one.title for one in queries.pledge_choices(cast.member.member_id, 2026)] == ["hai", "một"]
    assert queries.pledge_choices(cast.member.member_id, 2027) == ()
