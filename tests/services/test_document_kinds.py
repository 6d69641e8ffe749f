"""Minutes, registrations, petitions, base lists and decisions: who may issue each, when, and under which number."""

from datetime import date

import pytest

from diary.domain.document_rights import RIGHTS
from diary.domain.documents import ENDINGS, KIND_LABELS, KIND_LETTERS, About, DocumentKind, DocumentState, Ending, counter_of
from diary.domain.errors import NotAllowed, NotFound, WrongMoment
from diary.domain.evaluations import EvaluationState
from diary.domain.pledges import PledgeState
from diary.jobs import documents as jobs
from diary.models.base import db
from diary.models.evaluations import Decision, Evaluation
from diary.models.units import Unit
from diary.queries import documents as queries
from diary.queries.decision_papers import decision_paper, decisions_made
from diary.queries.meeting_minutes import meeting_minutes
from diary.queries.petitions import base_list
from diary.services import documents
from tests import factories, papers, year_end
from tests.counting import counted
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.factories import YEAR

TODAY = date(2026, 11, 23)
MINUTES, REGISTRATION, PETITION = DocumentKind.MINUTES, DocumentKind.REGISTRATION, DocumentKind.PETITION
BASE_LIST, DECISION, LIST = DocumentKind.BASE_LIST, DocumentKind.DECISION, DocumentKind.PROPOSAL_LIST


@pytest.fixture
def decided(session, cast):
    papers.decide()
    return cast


def base_paper(kind, cast):
    return About(kind, cast.units["BV"], YEAR)


def decision(cast):
    (made,) = decisions_made(YEAR)
    return About(DECISION, cast.units["KHOI"], YEAR, number=made.number, day=made.day)


def issue(name, about, place):
    return papers.document(jobs.issue(factories.actor(name), about, papers.press(place)))


def text_of(row, place):
    return flowing_text(papers.press(place).storage.read(row.sha256))


def test_every_kind_has_its_label_letters_rights_and_endings():
    for table in (KIND_LABELS, KIND_LETTERS, RIGHTS, ENDINGS):
        assert set(table) == set(DocumentKind)
    assert all(endings[0] is Ending.PDF for endings in ENDINGS.values())


def test_kinds_with_the_same_letters_share_a_counter(decided, tmp_path):
    assert counter_of(BASE_LIST) is LIST and counter_of(PETITION) is PETITION
    documents.reserve(factories.actor("base_secretary"), base_paper(BASE_LIST, decided))
    assert papers.all_of(BASE_LIST)[0].symbol == "01-DS/BV"
    assert year_end_number(decided.units["BV"]) == 2


@documents.happening
def year_end_number(unit_id):
    return documents.take_number(unit_id, YEAR, LIST)


@needs_pdftotext
def test_minutes_are_issued_once_the_meeting_is_over_and_by_the_branch_s_officers_alone(session, cast, tmp_path):
    about = About(MINUTES, cast.member.unit_id, YEAR)
    meeting_id = year_end.open_meeting("secretary")
    with pytest.raises(WrongMoment, match="Kết thúc họp"):
        documents.reserve(factories.actor("secretary"), about)
    present = year_end.attend("secretary", meeting_id, absent=1)
    year_end.vote("secretary", meeting_id, present)
    year_end.meetings.close_meeting(factories.actor("secretary"), meeting_id)
    for name, refusal in (("member", NotFound), ("other_secretary", NotFound), ("base_secretary", NotAllowed), ("inspector", NotAllowed)):
        with pytest.raises(refusal):
            documents.reserve(factories.actor(name), about)
    row = issue("deputy", about, tmp_path)
    assert (row.symbol, row.state, row.dated_on) == ("01-BB/BV-NOI", DocumentState.VALID, TODAY)
    text = text_of(row, tmp_path)
    assert "Có mặt 4/5 (80,0 %), quá nửa theo quy định; vắng 01:" in text and "(có phép)" in text
    assert "Số: 01-BB/BV-NOI" in text and "Cộng 05: hoàn thành xuất sắc 0 (0,0 %), hoàn thành tốt 05 (100,0 %)" in text


@needs_pdftotext
def test_a_registration_is_confirmed_by_the_branch_never_by_its_own_author(session, cast, tmp_path):
    factories.pledge(cast.member, PledgeState.APPROVED)
    waiting = factories.pledge(cast.member, PledgeState.WAITING)
    about = About(REGISTRATION, cast.member.unit_id, YEAR, cast.member.member_id)
    with pytest.raises(WrongMoment, match="còn 1 nội dung chờ bí thư duyệt"):
        documents.reserve(factories.actor("secretary"), about)
    waiting.state = PledgeState.RETURNED
    db.session.commit()
    for name, refusal in (("member", NotAllowed), ("new_member", NotFound), ("base_secretary", NotFound), ("inspector", NotFound)):
        with pytest.raises(refusal):
            documents.reserve(factories.actor(name), about)
    row = issue("secretary", about, tmp_path)
    assert row.symbol == "01-BĐK/BV-NOI"
    assert "Chi đoàn xác nhận 01 nội dung" in text_of(row, tmp_path)


@needs_pdftotext
def test_the_secretary_s_own_registration_is_signed_and_issued_by_the_deputy(session, cast, tmp_path):
    factories.pledge(cast.secretary, PledgeState.APPROVED)
    about = About(REGISTRATION, cast.secretary.unit_id, YEAR, cast.secretary.member_id)
    with pytest.raises(NotAllowed):
        documents.reserve(factories.actor("secretary"), about)
    row = issue("deputy", about, tmp_path)
    assert f"KT. BÍ THƯ PHÓ BÍ THƯ {factories.actor('deputy').name} NGƯỜI ĐĂNG KÝ {factories.actor('secretary').name}" in text_of(
        row, tmp_path
    )


def test_a_registration_belongs_to_the_branch_its_pledges_were_sent_to(session, cast):
    factories.pledge(cast.member, PledgeState.APPROVED)
    elsewhere = About(REGISTRATION, cast.other_secretary.unit_id, YEAR, cast.member.member_id)
    with pytest.raises(NotFound):
        documents.reserve(factories.actor("other_secretary"), elsewhere)


@needs_pdftotext
def test_who_moved_has_a_registration_in_each_branch_and_neither_reads_the_other_s(session, cast, tmp_path):
    here, there = cast.member.unit_id, cast.other_secretary.unit_id
    factories.pledge(cast.member, PledgeState.APPROVED, title="Việc ở chi đoàn cũ.")
    factories.pledge(cast.member, PledgeState.APPROVED, title="Việc ở chi đoàn mới.").unit_id = there
    db.session.commit()
    before, after = (About(REGISTRATION, unit_id, YEAR, cast.member.member_id) for unit_id in (here, there))
    rows = [issue("secretary", before, tmp_path), issue("other_secretary", after, tmp_path)]
    assert [papers.document(row.id).state for row in rows] == [DocumentState.VALID] * 2
    texts = [text_of(row, tmp_path) for row in rows]
    assert ["chi đoàn mới." in text for text in texts] == [False, True]
    assert ["chi đoàn cũ." in text for text in texts] == [True, False]
    own = queries.registrations(factories.actor("member"), [cast.member.member_id], YEAR)
    assert {paper.about.unit_id for paper in own} == {here, there}
    for name, mine in (("secretary", here), ("other_secretary", there)):
        found = queries.registrations(factories.actor(name), [cast.member.member_id], YEAR)
        assert [paper.about.unit_id for paper in found] == [mine]


@needs_pdftotext
@pytest.mark.parametrize(("kind", "symbol"), [(PETITION, "01-TTr/BV"), (BASE_LIST, "01-DS/BV")])
def test_a_base_issues_what_it_sends_up_once_something_was_passed_on(session, cast, tmp_path, kind, symbol):
    papers.propose()
    with pytest.raises(WrongMoment, match="chưa có chi đoàn nào được chuyển lên"):
        documents.reserve(factories.actor("base_secretary"), base_paper(kind, cast))
    year_end.pass_on("base_secretary", year_end.branch_of("secretary"))
    for name, refusal in (("secretary", NotFound), ("bloc_secretary", NotAllowed), ("inspector", NotAllowed)):
        with pytest.raises(refusal):
            documents.reserve(factories.actor(name), base_paper(kind, cast))
    row = issue("base_secretary", base_paper(kind, cast), tmp_path)
    assert row.symbol == symbol and "05" in text_of(row, tmp_path)


@pytest.mark.parametrize("kind", [PETITION, BASE_LIST])
def test_only_a_base_below_the_bloc_has_a_petition(decided, kind):
    for name, code in (("secretary", "BV-NOI"), ("lone_secretary", "KB")):
        with pytest.raises(NotFound):
            documents.reserve(factories.actor(name), About(kind, decided.units[code], YEAR))


@needs_pdftotext
def test_a_decision_carries_the_number_and_day_it_was_given_whoever_prints_it(decided, tmp_path):
    about = decision(decided)
    for name in ("secretary", "base_secretary"):
        with pytest.raises(NotFound):
            documents.reserve(factories.actor(name), about)
    with pytest.raises(NotAllowed):
        documents.reserve(factories.actor("inspector"), about)
    row = issue("bloc_secretary", about, tmp_path)
    assert (row.symbol, row.dated_on, row.number) == (about.number, about.day, 1)
    again = papers.document(jobs.issue_again(factories.actor("bloc_deputy"), row.id, papers.press(tmp_path)))
    assert (again.symbol, again.dated_on, again.number) == (about.number, about.day, 2)
    assert papers.document(row.id).state is DocumentState.REPLACED
    text = text_of(again, tmp_path)
    assert f"Số: {about.number}" in text and "05 đoàn viên thuộc 01 chi đoàn" in text


def test_decisions_of_other_numbers_or_days_are_documents_of_their_own(decided, tmp_path):
    about = decision(decided)
    issue("bloc_secretary", about, tmp_path)
    row = db.session.query(Decision).one()
    row.decided_on = date(2026, 11, 20)
    db.session.commit()
    other = decision(decided)
    assert other != about and queries.valid_bytes_of(other) == ""
    issue("bloc_secretary", other, tmp_path)
    assert [(row.number, row.state) for row in papers.all_of(DECISION)] == [(1, DocumentState.VALID), (2, DocumentState.VALID)]


def test_a_decision_is_of_the_bloc_and_of_a_number_there_is(decided):
    who, about = factories.actor("bloc_secretary"), decision(decided)
    with pytest.raises(NotFound):
        documents.reserve(who, About(DECISION, decided.units["BV-NOI"], YEAR, number=about.number, day=about.day))
    with pytest.raises(WrongMoment):
        documents.reserve(who, About(DECISION, about.unit_id, YEAR, number="99-QĐ/KHAC", day=about.day))


def test_those_who_may_not_read_pledges_do_not_see_registrations_among_the_documents(session, cast, tmp_path):
    factories.pledge(cast.member, PledgeState.APPROVED)
    issue("secretary", About(REGISTRATION, cast.member.unit_id, YEAR, cast.member.member_id), tmp_path)
    seen = {name: queries.issued_documents(factories.actor(name), YEAR).total for name in ("secretary", "deputy", "other_secretary")}
    seen |= {
        name: queries.issued_documents(factories.actor(name), YEAR).total for name in ("base_secretary", "bloc_secretary", "inspector")
    }
    assert seen == {"secretary": 1, "deputy": 1, "other_secretary": 0, "base_secretary": 0, "bloc_secretary": 0, "inspector": 0}


@pytest.mark.parametrize(("kind", "ending"), [(MINUTES, Ending.XLSX), (DocumentKind.EVALUATION_SHEET, Ending.DOCX), (LIST, Ending.PDF)])
def test_a_kind_comes_only_in_its_own_endings(session, cast, kind, ending):
    with pytest.raises(NotFound):
        jobs.drafted(About(kind, cast.member.unit_id, YEAR, cast.member.member_id), ending, TODAY)


def test_reading_a_paper_asks_the_same_number_of_queries_for_any_number_of_people(app, session, cast):
    papers.decide()
    about, day = decision(cast), TODAY
    reads = (
        lambda: decision_paper(about.unit_id, YEAR, about.number, about.day),
        lambda: base_list(cast.units["BV"], YEAR, day),
        lambda: meeting_minutes(cast.member.unit_id, YEAR, day),
    )
    few = [asked(app, read) for read in reads]
    decided_by, home = db.session.query(Decision.id).scalar(), db.session.get_one(Unit, cast.member.unit_id)
    for number in range(30):
        row, _ = factories.member("Lê Thị", f"Người {number}", home)
        facts = {"state": EvaluationState.DECIDED, "decided_level": "good", "proposed_level": "good", "decision_id": decided_by}
        db.session.add(Evaluation(member_id=row.id, unit_id=cast.member.unit_id, year=YEAR, **facts))
    db.session.commit()
    assert [asked(app, read) for read in reads] == few
    assert len(reads[0]().units[0].rows) == 35


def asked(app, read):
    db.session.rollback()
    with counted(app) as sent:
        read()
    return len(sent)
