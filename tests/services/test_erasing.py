"""Erasing a person's data: their words are nowhere any more, and every count of past years stays as it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from diary.domain.data_requests import RequestState
from diary.domain.documents import About, DocumentKind
from diary.domain.errors import NotAllowed, NotFound, WrongMoment
from diary.domain.leaves import LeaveKind
from diary.files.storage import Storage
from diary.jobs.documents import draw, printed
from diary.jobs.erasing import erase
from diary.models.accounts import Account, SignInAttempt, SignInSession
from diary.models.audit import AuditDetail, AuditLine
from diary.models.base import Base, db, new_id
from diary.models.counts import Leave
from diary.models.data_requests import DataRequest
from diary.models.documents import Document
from diary.models.entries import Entry
from diary.models.evaluations import Evaluation
from diary.models.members import Member
from diary.models.notices import Notice, Nudge
from diary.models.pledges import Pledge
from diary.models.years import WorkYear
from diary.queries.audit_seals import check_seals
from diary.queries.figures import year_figures
from diary.services import audit, audit_seals, clock, data_requests, members, recounting
from diary.services.entries.evidence import attach
from tests import factories, lives
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.factories import YEAR, actor

MARKER = "Lời riêng 7ZQ4K"
NAME, GONE = "Thạch Thị Sa Rinh", "Đoàn viên đã xóa dữ liệu"


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path / "files")


@pytest.fixture
def left(session, cast, storage):
    """`member` had a whole life in the program and left; the officers have her entry in the queue of another too."""
    lives.planted(cast, storage)
    lives.leave()
    return cast


@pytest.fixture
def asked(left):
    """She asked for erasure; the request's id."""
    return data_requests.ask_erasure(lives.who(), new_id())


@pytest.fixture
def ripe(asked, time):
    """The days in which she could think again are over."""
    time.shift(timedelta(days=3))
    return asked


def test_the_life_she_had_filled_every_table_that_holds_words_of_a_person(left, cast):
    empty = [
        table.name
        for table, of_hers in lives.tables_of(cast.member.member_id, cast.member.account_id)
        if lives.words_of(table) and db.session.execute(select(table).where(of_hers)).first() is None
    ]
    assert empty == ["data_requests"], "plant a row in tests/lives.py, so that erasing it is tried"


def test_nobody_s_word_of_her_is_left_in_any_table(ripe, cast, storage):
    marked = lives.mark_texts(cast.member.member_id, cast.member.account_id, MARKER)
    assert {"entries.did", "private_notes.words", "evaluations.snapshot", "transfers.comment", "leaves.reason", "notices.text"} <= marked
    assert lives.found(MARKER)
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    db.session.expire_all()
    assert lives.found(MARKER) == []
    assert set(db.session.execute(select(Leave.kind).where(Leave.member_id == cast.member.member_id)).scalars()) == {LeaveKind.OTHER}


def test_her_name_and_how_to_reach_her_are_in_no_table(ripe, cast, storage):
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    db.session.expire_all()
    for trace in ("Sa Rinh", "sa rinh", "0901234567", "rinh@example.org", "203.0.113.9", "Khmer", "Điều dưỡng", lives.DEED):
        assert lives.found(trace) == [], trace
    assert db.session.execute(select(SignInAttempt).where(SignInAttempt.subject == "member")).all() == []
    assert db.session.execute(select(Nudge).where(Nudge.member_id == cast.member.member_id)).all() == []
    row = db.session.get_one(Member, cast.member.member_id)
    assert (row.born_on, row.birth_year, row.joined_union_on) == (None, None, None) and row.erased_at is not None


def test_the_account_is_closed_with_every_session(ripe, cast, storage):
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    account = db.session.execute(select(Account).where(Account.member_id == cast.member.member_id)).scalar_one()
    assert account.closed_at and (account.password_hash, account.code_hash) == ("", "") and account.name == GONE
    assert db.session.execute(select(SignInSession).where(SignInSession.account_id == account.id)).all() == []


def counted():
    """What counts rest on: the summaries, every entry's and pledge's day and state, every level, fee and result."""
    kept = {
        "entries": ["id", "member_id", "unit_id", "year", "happened_on", "written_at", "sent_at", "virtue_id", "field", "state"],
        "pledges": ["id", "member_id", "unit_id", "year", "virtue_id", "state", "due_on"],
        "evaluations": ["id", "unit_id", "year", "state", "self_level", "vote_level", "proposed_level", "decided_level"],
        "entry_reviews": ["id", "verdict", "undone_at"],
        "member_years": None, "member_weeks": None, "fees": None, "memberships": None, "meeting_attendances": None, "vote_tallies": None,
    }  # fmt: skip
    tables = Base.metadata.tables
    found = {}
    for name, columns in kept.items():
        chosen = [tables[name].c[column] for column in columns] if columns else list(tables[name].columns)
        found[name] = sorted(repr(tuple(row)) for row in db.session.execute(select(*chosen)))
    found["units"] = sorted(tuple(row) for row in db.session.execute(select(tables["units"].c.id, tables["units"].c.member_count)))
    return found


def test_every_count_is_the_same_before_and_after(ripe, cast, storage):
    before, figures = counted(), year_figures([cast.member.member_id], YEAR, clock.today())
    assert recounting.recount(mend=False) == ()
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert recounting.recount(mend=False) == ()
    db.session.expire_all()
    assert counted() == before
    assert year_figures([cast.member.member_id], YEAR, clock.today()) == figures


@pytest.mark.parametrize("table", [Entry, Pledge])
def test_what_waited_for_a_reviewer_waits_for_nobody(ripe, cast, storage, table):
    waiting = select(table.review_unit_id).where(table.member_id == cast.member.member_id, table.state == "waiting")
    assert db.session.execute(waiting).scalars().all() == [cast.member.unit_id]
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert db.session.execute(waiting).scalars().all() == [None]


def test_a_locked_year_is_no_hindrance(ripe, storage):
    db.session.execute(update(WorkYear).values(locked_at=clock.now()))
    db.session.commit()
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert db.session.execute(select(Entry.did).where(Entry.did == lives.DEED)).all() == []


def test_photos_go_and_issued_papers_stay(ripe, cast, storage):
    paper = db.session.execute(select(Document)).scalar_one()
    assert len(set(storage.digests())) == 5, "two photos with their small pictures, and the paper"
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert set(storage.digests()) == {paper.sha256}
    about = About(DocumentKind.EVALUATION_SHEET, cast.member.unit_id, YEAR, cast.member.member_id)
    assert printed(about, clock.today(), storage) == storage.read(paper.sha256)


def test_a_photo_that_is_another_s_too_stays(ripe, cast, storage, time):
    shared = lives.photo(storage, 40)
    row = factories.entry(cast.member2)
    attach(db.session.get_one(Entry, row.id), [shared])
    db.session.commit()
    time.shift(timedelta(days=2))
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert storage.exists(shared.sha256) and storage.exists(shared.thumbnail_sha256)


@needs_pdftotext
def test_papers_printed_anew_bear_the_mark(ripe, cast, storage):
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    for kind in (DocumentKind.YEAR_BOOK, DocumentKind.EVALUATION_SHEET, DocumentKind.PROPOSAL_LIST):
        member_id = None if kind is DocumentKind.PROPOSAL_LIST else cast.member.member_id
        text = flowing_text(draw(About(kind, cast.member.unit_id, YEAR, member_id), clock.today(), storage))
        assert "đã xóa dữ liệu" in text and "Sa Rinh" not in text and lives.DEED not in text, kind


def test_the_audit_lines_stay_and_still_fit_the_details_that_are_left(ripe, storage):
    lines = {row.id: (row.action, row.account_id, row.details_hash) for row in db.session.execute(select(AuditLine)).scalars()}
    erase(replace(actor("bloc_secretary"), address="198.51.100.7"), ripe, storage, clock.now())
    db.session.expire_all()
    after = {row.id: (row.action, row.account_id, row.details_hash) for row in db.session.execute(select(AuditLine)).scalars()}
    assert lines.items() <= after.items()
    assert {action for action, *_ in (after[new] for new in after.keys() - lines.keys())} == {"data_request_answer", "member_erase"}
    for detail in db.session.execute(select(AuditDetail)).scalars():
        assert audit.details_hash(detail.salt, detail.body) == after[detail.line_id][2]


def test_the_seals_of_what_was_written_before_still_hold(ripe, storage, time):
    assert audit_seals.seal(clock.now()) == 1
    erase(replace(actor("bloc_secretary"), address="198.51.100.7"), ripe, storage, clock.now())
    time.shift(timedelta(hours=2))
    assert audit_seals.seal(clock.now()) == 1
    found = check_seals(clock.now())
    assert (found.blocks, found.unsealed, found.fault) == (2, 0, "")


def test_a_namesake_keeps_their_notice(ripe, cast, storage):
    db.session.add(Notice(account_id=cast.secretary.account_id, at=clock.now(), text=f"{NAME} đã rút lại", link="/doan-vien/9999"))
    db.session.commit()
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert db.session.execute(select(Notice.link).where(Notice.text.contains(NAME))).scalars().all() == ["/doan-vien/9999"]


def test_it_waits_until_she_had_three_days_to_think_again(asked, storage, time):
    for _ in range(2):
        with pytest.raises(WrongMoment, match="đổi ý"):
            erase(actor("bloc_secretary"), asked, storage, clock.now())
        time.shift(timedelta(days=1))
    time.shift(timedelta(days=1))
    erase(actor("bloc_secretary"), asked, storage, clock.now())
    assert db.session.get_one(DataRequest, asked).state is RequestState.DONE


@pytest.mark.parametrize("who", ["secretary", "base_secretary"])
def test_officers_below_the_bloc_see_it_and_do_not_carry_it_out(ripe, storage, who):
    with pytest.raises(NotAllowed):
        erase(actor(who), ripe, storage, clock.now())


@pytest.mark.parametrize("who", ["stranger", "other_secretary", "administrator", "new_member"])
def test_others_learn_nothing_of_it(ripe, storage, who):
    with pytest.raises(NotFound):
        erase(actor(who), ripe, storage, clock.now())


def test_what_she_took_back_is_not_carried_out(ripe, storage):
    data_requests.withdraw_request(lives.who(), ripe)
    with pytest.raises(WrongMoment, match="đã rút lại"):
        erase(actor("bloc_secretary"), ripe, storage, clock.now())


def test_who_came_back_is_not_erased(ripe, cast, storage):
    members.restore_standing(actor("secretary"), cast.member.member_id, clock.today())
    assert db.session.get_one(DataRequest, ripe).state is RequestState.WITHDRAWN
    with pytest.raises(WrongMoment):
        erase(actor("bloc_secretary"), ripe, storage, clock.now())
    again = DataRequest(member_id=cast.member.member_id, kind="erasure", state="waiting", asked_at=lives.NOW)
    db.session.add(again)
    db.session.commit()
    with pytest.raises(WrongMoment, match="đang sinh hoạt lại"):
        erase(actor("bloc_secretary"), again.id, storage, clock.now())


def test_it_happens_once(ripe, storage):
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    with pytest.raises(WrongMoment):
        erase(actor("bloc_secretary"), ripe, storage, clock.now())


def test_who_is_active_may_not_ask(session, cast):
    with pytest.raises(WrongMoment, match="đang sinh hoạt"):
        data_requests.ask_erasure(actor("member"), new_id())


def test_an_erased_person_is_not_edited_moved_or_called_back(ripe, cast, storage):
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    with pytest.raises(WrongMoment, match="đã xóa dữ liệu"):
        members.restore_standing(actor("secretary"), cast.member.member_id, clock.today())


def test_nobody_else_is_touched(ripe, cast, storage):
    erase(actor("bloc_secretary"), ripe, storage, clock.now())
    assert db.session.execute(select(Entry.did).where(Entry.member_id == cast.member2.member_id)).scalars().all() == [
        "Việc của người khác."
    ]
    others = db.session.execute(select(Evaluation.branch_words).where(Evaluation.member_id != cast.member.member_id)).scalars().all()
    assert others and all(others)
