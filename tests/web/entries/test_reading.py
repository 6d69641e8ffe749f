"""One entry on its page, and what is done from there: who sees what, changing, sending, deleting, adding to it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryState
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.entries import EntryAddition, EntryRevision, PrivateNote
from diary.services import clock
from tests.web.entries.filling import fill, kept, made
from tests.web.reading import hidden, token, words

TODAY = date(2026, 11, 23)


def test_both_days_are_always_shown(app, cast, browser):
    row = made(app, cast.member, happened_on=date(2026, 11, 3))
    assert "Việc ngày 03/11 – ghi ngày 23/11, sau 20 ngày" in words(browser("member").get(f"/nhat-ky/{row}").text)
    assert "Việc ngày 03/11 – ghi ngày 23/11" in words(browser("member").get("/nhat-ky").text)


ROLES = {"member": 200, "secretary": 200, "deputy": 200, "member2": 404, "other_secretary": 404, "base_secretary": 404,
         "bloc_secretary": 404, "inspector": 404, "administrator": 404, "stranger": 404}  # fmt: skip


@pytest.mark.parametrize(("name", "status"), ROLES.items())
def test_an_entry_is_read_by_its_author_and_the_branch_s_officers(app, cast, browser, name, status):
    assert browser(name).get(f"/nhat-ky/{made(app, cast.member)}").status_code == status


def test_the_private_note_is_its_author_s_alone(app, cast, browser):
    row = made(app, cast.member)
    with app.app_context():
        db.session.add(PrivateNote(entry_id=row, words="Hơi ngại lắm"))
        db.session.commit()
    assert "Hơi ngại lắm" in browser("member").get(f"/nhat-ky/{row}").text
    for name in ("secretary", "deputy"):
        page = browser(name).get(f"/nhat-ky/{row}").text
        assert "Hơi ngại lắm" not in page and "Ghi riêng" not in page
    assert "Hơi ngại lắm" not in browser("member").get("/nhat-ky?q=ngai").text


def test_reading_another_s_entry_leaves_a_line_and_reading_one_s_own_does_not(app, cast, browser):
    row = made(app, cast.member)
    for name in ("member", "secretary", "secretary"):
        browser(name).get(f"/nhat-ky/{row}")
    with app.app_context():
        readers = db.session.execute(select(AuditLine.account_id).where(AuditLine.action == "entry_read")).scalars().all()
    assert readers == [cast.secretary.account_id]


def test_a_reviewer_is_led_to_the_queue_and_offered_nothing_of_the_author_s(app, cast, browser):
    page = browser("secretary").get(f"/nhat-ky/{made(app, cast.member)}").text
    assert "/duyet?chon=" in page and "/sua" not in page and "/xoa" not in page


def test_what_changed_between_two_sendings_is_shown(app, cast, browser):
    row = made(app, cast.member, did="giúp ba hộ")
    with app.app_context():
        db.session.get_one(EntryRevision, (row, 1)).body = {"did": "giúp hai hộ"}
        db.session.add(EntryRevision(entry_id=row, number=2, sent_at=clock.now(), body={"did": "giúp ba hộ"}))
        db.session.commit()
    page = browser("secretary").get(f"/nhat-ky/{row}").text
    assert "<del>hai</del>" in page and "<ins>ba</ins>" in page and "Bản 2" in page


@pytest.mark.parametrize("state", [EntryState.DRAFT, EntryState.RETURNED])
def test_an_entry_is_changed_and_sent_while_it_is_the_author_s_turn(app, cast, browser, state):
    row = made(app, cast.member, state, people="Bà con")
    client = browser("member")
    assert 'value="Bà con"' in client.get(f"/nhat-ky/{row}/sua").text
    answer = fill(client, f"/nhat-ky/{row}/sua", did="Nói rõ hơn: 6 hộ.")
    assert answer.location == f"/nhat-ky/{row}"
    (after,) = kept(app)
    assert after.state is EntryState.WAITING and after.did == "Nói rõ hơn: 6 hộ." and after.people == ""


def test_the_note_stays_when_a_form_without_it_is_sent(app, cast, browser):
    row = made(app, cast.member, EntryState.DRAFT)
    with app.app_context():
        db.session.add(PrivateNote(entry_id=row, words="riêng"))
        db.session.commit()
    client = browser("member")
    assert "riêng" in client.get(f"/nhat-ky/{row}/sua").text
    fill(client, f"/nhat-ky/{row}/sua", act="keep")
    with app.app_context():
        assert db.session.get_one(PrivateNote, row).words == "riêng"
    fill(client, f"/nhat-ky/{row}/sua", act="keep", private_note="")
    with app.app_context():
        assert db.session.get(PrivateNote, row) is None


def test_a_stale_form_keeps_the_text_and_may_be_sent_again(app, cast, browser):
    row = made(app, cast.member, EntryState.DRAFT)
    client = browser("member")
    fill(client, f"/nhat-ky/{row}/sua", did="bản trên máy tính", act="keep")
    page = fill(client, f"/nhat-ky/{row}/sua", did="bản trên điện thoại", act="keep", version="1")
    assert page.status_code == 409 and "bản trên điện thoại" in page.text and "bản trên máy tính" in page.text
    fill(client, f"/nhat-ky/{row}/sua", did="bản trên điện thoại", act="keep", version=hidden(page.text, "version"))
    assert kept(app)[0].did == "bản trên điện thoại"


@pytest.mark.parametrize("state", [EntryState.WAITING, EntryState.APPROVED, EntryState.LOCKED])
def test_what_is_not_the_author_s_turn_is_shown_and_not_changed(app, cast, browser, state):
    row = made(app, cast.member, state)
    client = browser("member")
    assert client.get(f"/nhat-ky/{row}/sua").location == f"/nhat-ky/{row}"
    answer = client.post(f"/nhat-ky/{row}/sua", data={"csrf_token": token(client, "/"), "happened_on": "2026-11-23", "did": "khác"})
    assert answer.status_code == 409 and "khác" in answer.text
    for act in ("gui", "xoa"):
        assert client.post(f"/nhat-ky/{row}/{act}", data={"csrf_token": token(client, "/")}).status_code == 409


def test_strangers_and_readers_change_nothing(app, cast, browser):
    row = made(app, cast.member, EntryState.RETURNED)
    for name, status in (("secretary", 403), ("member2", 404), ("bloc_secretary", 404)):
        client = browser(name)
        data = {"csrf_token": token(client, "/"), "happened_on": "2026-11-23", "did": "khác", "words": "thêm"}
        assert client.get(f"/nhat-ky/{row}/sua").status_code == status
        for act in ("sua", "gui", "xoa", "bo-sung"):
            assert client.post(f"/nhat-ky/{row}/{act}", data=data).status_code == status, (name, act)
    assert kept(app)[0].did != "khác"


def test_a_draft_is_sent_or_deleted_from_its_page(app, cast, browser):
    client = browser("member")
    first, second = made(app, cast.member, EntryState.DRAFT), made(app, cast.member, EntryState.DRAFT)
    data = {"csrf_token": token(client, f"/nhat-ky/{first}")}
    assert client.post(f"/nhat-ky/{first}/gui", data=data).status_code == 303
    assert client.post(f"/nhat-ky/{second}/xoa", data=data).location == "/nhat-ky"
    assert [(row.id, row.state) for row in kept(app)] == [(first, EntryState.WAITING)]


def test_acts_are_posted_never_opened(app, cast, browser):
    row = made(app, cast.member)
    for path in (f"/nhat-ky/{row}/gui", f"/nhat-ky/{row}/xoa", f"/nhat-ky/{row}/bo-sung", "/nhat-ky/tuan-khong-co-viec"):
        assert browser("member").get(path).status_code == 405


def test_words_are_added_to_an_approved_entry_once(app, cast, browser):
    row = made(app, cast.member, EntryState.APPROVED)
    client = browser("member")
    page = client.get(f"/nhat-ky/{row}").text
    data = {"csrf_token": token(client, f"/nhat-ky/{row}"), "id": hidden(page, "id"), "words": "Cả thảy 9 hộ."}
    for _ in range(2):
        assert client.post(f"/nhat-ky/{row}/bo-sung", data=data).status_code == 303
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(EntryAddition)).scalar_one() == 1
    assert "Cả thảy 9 hộ." in client.get(f"/nhat-ky/{row}").text


@pytest.mark.parametrize(
    ("words_typed", "state", "status"),
    [(" ", EntryState.APPROVED, 200), ("x" * 3000, EntryState.APPROVED, 200), ("thêm", EntryState.WAITING, 409)],
)
def test_an_addition_that_cannot_be_taken_loses_no_text(app, cast, browser, words_typed, state, status):
    row = made(app, cast.member, state)
    client = browser("member")
    answer = client.post(f"/nhat-ky/{row}/bo-sung", data={"csrf_token": token(client, "/"), "words": words_typed})
    assert answer.status_code == status and words_typed.strip() in answer.text
