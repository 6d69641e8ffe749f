"""Issuing: numbers that never repeat, one document that holds, and who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.accounts import CODE_LETTERS
from diary.domain.documents import FAILED_LOOKUPS, DocumentKind, DocumentState
from diary.domain.errors import BadInput, NotAllowed, NotFound, TooManyTries, WrongMoment
from diary.models.accounts import SignInAttempt
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.documents import Document
from diary.models.notices import Notice
from diary.services import documents
from diary.services.evaluations import ensure_evaluations
from diary.services.transaction import happening
from tests import papers, year_end
from tests.factories import YEAR

SHEET, LIST = DocumentKind.EVALUATION_SHEET, DocumentKind.PROPOSAL_LIST
HEX = "0123456789abcdef" * 4


@pytest.fixture
def proposed(session, cast):
    papers.propose()
    return cast


def reserved_list(actor, name="secretary"):
    who = actor(name)
    return documents.reserve_list(who, year_end.unit("BV-NOI"), YEAR)


def valid_list(actor):
    document_id = reserved_list(actor)
    documents.finish(actor("secretary"), document_id, HEX, 10)
    return document_id


@happening
def take(unit_id, kind=LIST, year=YEAR):
    return documents.take_number(unit_id, year, kind)


def test_numbers_run_by_unit_year_and_kind(session, cast):
    here, there = cast.member.unit_id, year_end.unit("BV-NGOAI")
    assert [take(here), take(here), take(there), take(here, SHEET), take(here, LIST, YEAR - 1), take(here)] == [1, 2, 1, 1, 1, 3]


def test_a_number_that_failed_with_its_happening_was_never_given(session, cast):
    @happening
    def fail():
        documents.take_number(cast.member.unit_id, YEAR, LIST)
        raise BadInput("x", "không")

    with pytest.raises(BadInput):
        fail()
    assert take(cast.member.unit_id) == 1


def test_a_reserved_document_has_its_number_and_code_and_no_bytes(proposed, actor):
    row = papers.document(reserved_list(actor))
    assert (row.state, row.number, row.symbol, row.sha256) == (DocumentState.RESERVED, 1, "01-DS/BV-NOI", "")
    assert len(row.code) == 8 and set(row.code) <= set(CODE_LETTERS)
    assert row.title == "Danh sách đề nghị xếp loại đoàn viên năm 2026" or row.title.startswith("Danh sách đề nghị xếp loại")


def test_what_was_begun_is_taken_up_again_with_the_same_number(proposed, actor):
    assert reserved_list(actor) == reserved_list(actor, "deputy")
    assert len(papers.all_of(LIST)) == 1


def test_eight_presses_at_once_reserve_one_list(app, session, proposed, actor):
    who, unit_id = actor("secretary"), proposed.member.unit_id

    def reserve(_):
        with app.app_context():
            try:
                return documents.reserve_list(who, unit_id, YEAR)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(reserve, range(8)))) == 1
    db.session.rollback()  # this thread's own reading began before
    assert len(papers.all_of(LIST)) == 1


def test_an_issued_document_is_not_issued_again_by_accident(proposed, actor):
    valid_list(actor)
    with pytest.raises(WrongMoment, match=r"01-DS/BV-NOI.*Phát hành lại"):
        reserved_list(actor)


def test_issuing_again_gives_the_next_number_and_replaces_once_the_bytes_are_there(proposed, actor):
    old = valid_list(actor)
    new = documents.reserve_again(actor("secretary"), old)
    assert papers.document(old).state is DocumentState.VALID
    assert documents.finish(actor("secretary"), new, HEX[::-1], 10)
    before, after = papers.document(old), papers.document(new)
    assert (before.state, before.replaced_by, before.sha256) == (DocumentState.REPLACED, new, HEX)
    assert (after.state, after.number) == (DocumentState.VALID, 2)
    with pytest.raises(WrongMoment, match="Đã được thay thế"):
        documents.reserve_again(actor("secretary"), old)


def test_finishing_twice_keeps_the_first_bytes(proposed, actor):
    document_id = valid_list(actor)
    assert documents.finish(actor("secretary"), document_id, "f" * 64, 99) is False
    assert (papers.document(document_id).sha256, papers.document(document_id).size) == (HEX, 10)


def test_a_withdrawn_document_keeps_its_number_and_the_next_takes_another(proposed, actor):
    document_id = valid_list(actor)
    documents.withdraw_document(actor("secretary"), document_id, " Ghi sai tên chi đoàn. ")
    row = papers.document(document_id)
    assert (row.state, row.withdrawal_reason, row.withdrawn_at is not None) == (DocumentState.WITHDRAWN, "Ghi sai tên chi đoàn.", True)
    assert papers.document(reserved_list(actor)).number == 2


def test_a_withdrawal_says_why_and_happens_once(proposed, actor):
    document_id = valid_list(actor)
    with pytest.raises(BadInput):
        documents.withdraw_document(actor("secretary"), document_id, " ")
    documents.withdraw_document(actor("secretary"), document_id, "Ghi sai.")
    with pytest.raises(WrongMoment, match="Đã thu hồi"):
        documents.withdraw_document(actor("secretary"), document_id, "Lần nữa.")


def test_what_was_not_finished_is_not_withdrawn_or_replaced(proposed, actor):
    document_id = reserved_list(actor)
    for act in (
        lambda: documents.withdraw_document(actor("secretary"), document_id, "Vì."),
        lambda: documents.reserve_again(actor("secretary"), document_id),
    ):
        with pytest.raises(WrongMoment, match="Đang lập"):
            act()


def test_before_the_branch_proposes_there_is_nothing_to_issue(session, cast, actor):
    ensure_evaluations(cast.member.unit_id, YEAR)
    with pytest.raises(WrongMoment, match="chưa đề nghị"):
        reserved_list(actor)
    with pytest.raises(WrongMoment, match="chưa đề nghị"):
        documents.reserve_sheet(actor("secretary"), papers.sheet_id())


def test_what_was_given_back_to_the_branch_is_not_issued_again(proposed, actor):
    from diary.services import decisions

    document_id = valid_list(actor)
    unit_id = proposed.member.unit_id
    decisions.send_back(actor("base_secretary"), unit_id, YEAR, year_end.seen(unit_id, YEAR, ("proposed",)), "Xem lại.")
    with pytest.raises(WrongMoment, match="chưa đề nghị"):
        documents.reserve_again(actor("secretary"), document_id)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("member", NotAllowed),  # her own sheet: she may read it, not issue it
        ("member2", NotFound),
        ("other_secretary", NotFound),
        ("stranger", NotFound),
        ("administrator", NotFound),
        ("base_secretary", NotAllowed),
        ("bloc_secretary", NotAllowed),
        ("inspector", NotAllowed),
    ],
)
def test_only_the_branch_s_officers_issue_and_withdraw(proposed, actor, name, refusal):
    document_id = documents.reserve_sheet(actor("secretary"), papers.sheet_id())
    documents.finish(actor("secretary"), document_id, HEX, 1)
    who = actor(name)
    for act in (
        lambda: documents.reserve_sheet(who, papers.sheet_id()),
        lambda: documents.reserve_again(who, document_id),
        lambda: documents.withdraw_document(who, document_id, "Vì."),
        lambda: documents.require_reserved(who, document_id),
        lambda: documents.finish(who, document_id, "f" * 64, 1),
    ):
        with pytest.raises(refusal):
            act()
    assert papers.document(document_id).state is DocumentState.VALID


def test_a_member_does_not_learn_of_the_branch_s_list(proposed, actor):
    document_id = valid_list(actor)
    for act in (lambda: reserved_list(actor, "member"), lambda: documents.withdraw_document(actor("member"), document_id, "Vì.")):
        with pytest.raises(NotFound):
            act()


def test_ids_of_nothing_are_not_found(session, actor):
    from diary.models.base import new_id

    for act in (
        lambda: documents.reserve_sheet(actor("secretary"), new_id()),
        lambda: documents.reserve_list(actor("secretary"), 999_999, YEAR),
        lambda: documents.reserve_again(actor("secretary"), new_id()),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_member_is_told_of_her_sheet_and_of_its_withdrawal(proposed, actor):
    document_id = documents.reserve_sheet(actor("secretary"), papers.sheet_id())
    documents.finish(actor("secretary"), document_id, HEX, 1)
    documents.withdraw_document(actor("secretary"), document_id, "Vì ghi sai.")
    mine = select(Notice.text, Notice.link).where(Notice.account_id == proposed.member.account_id, Notice.text.contains("01-PĐG/BV-NOI"))
    told = db.session.execute(mine.order_by(Notice.at)).all()
    assert [row.link for row in told] == [f"/danh-gia?nam={YEAR}"] * 2
    assert "đã phát hành" in told[0].text and "thu hồi" in told[1].text and "ghi sai" not in told[1].text


def test_audit_lines_name_what_was_done_and_never_the_reason(proposed, actor):
    document_id = valid_list(actor)
    documents.withdraw_document(actor("secretary"), document_id, "Một lý do riêng.")
    lines = db.session.execute(
        select(AuditLine.action, AuditLine.fields).where(AuditLine.subject == "document").order_by(AuditLine.id)
    ).all()
    assert [line.action for line in lines] == ["document_reserve", "document_issue", "document_withdraw"]
    assert "lý do riêng" not in repr(lines)


def test_sixty_unknown_codes_from_one_address_close_it_for_a_while(session, time):
    for _ in range(FAILED_LOOKUPS - 1):
        documents.note_failed_lookup("203.0.113.9")
    documents.require_lookups_left("203.0.113.9")
    documents.note_failed_lookup("203.0.113.9")
    with pytest.raises(TooManyTries):
        documents.require_lookups_left("203.0.113.9")
    documents.require_lookups_left("203.0.113.10")
    time.shift(timedelta(minutes=16))
    documents.require_lookups_left("203.0.113.9")
    assert db.session.execute(select(func.count()).select_from(SignInAttempt)).scalar_one() == FAILED_LOOKUPS


def test_codes_are_all_different(proposed, actor):
    ids = [documents.reserve_sheet(actor("secretary"), papers.sheet_id(name)) for name in ("member", "member2", "deputy", "new_member")]
    rows = db.session.execute(select(Document.code, Document.number).where(Document.id.in_(ids))).all()
    assert len({row.code for row in rows}) == 4 and sorted(row.number for row in rows) == [1, 2, 3, 4]
