"""Hints while one writes, after one sent, and for who reviews."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryDraft
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.models.entries import Entry, EntryPrint
from diary.services import entries
from diary.web.entries import hints as asked
from diary.web.floods import Gate
from tests.factories import VIETNAM, actor
from tests.web.reading import hidden, token, words

TODAY = date(2026, 11, 23)
DEED = "Sáng nay cùng chị Hoa dọn kho thuốc tầng hai, ghi lại hạn dùng của 42 hộp."
ASK = "/nhat-ky/goi-y"


@pytest.fixture
def sent(app, cast):
    """Sends an entry in somebody's name; its id."""

    def send(name: str, text: str = DEED, day: date = TODAY, *, send: bool = True):
        with app.app_context():
            return entries.log_entry(actor(name), new_id(), EntryDraft(day, text), TODAY, send=send)

    return send


def ask(client, did: str, **more):
    return client.post(ASK, data={"csrf_token": token(client, "/nhat-ky/moi"), "did": did, "happened_on": "23/11/2026", **more})


def test_what_is_there_is_said_beside_what_is_not(browser):
    said = ask(browser("member"), "Dọn kho thuốc.").json
    assert said["there"].startswith("Đã có")
    assert [hint["kind"] for hint in said["hints"]] == ["short"]


def test_one_s_own_earlier_entry_is_named_and_linked(browser, sent):
    earlier = sent("member", day=date(2026, 11, 20))
    (hint,) = ask(browser("member"), DEED).json["hints"]
    assert hint["kind"] == "copied" and "20/11/2026" in hint["words"]
    assert hint["link"] == f"/nhat-ky/{earlier}"


def test_an_entry_being_changed_is_not_found_like_itself(browser, sent):
    entry_id, client = sent("member", send=False), browser("member")
    named = hidden(client.get(f"/nhat-ky/{entry_id}/sua").text, "id")
    client.post(f"/nhat-ky/{entry_id}/gui", data={"csrf_token": token(client, "/nhat-ky/moi")})
    assert named == str(entry_id) and ask(client, DEED, id=named).json["hints"] == []
    assert [hint["kind"] for hint in ask(client, DEED, id="").json["hints"]] == ["copied"]


def test_of_a_colleague_s_neither_text_nor_author_nor_link_is_told(browser, sent):
    sent("member2", f"{DEED} Bí mật.")
    said = ask(browser("member"), DEED)
    (hint,) = said.json["hints"]
    assert hint["kind"] == "like_others" and set(hint) == {"kind", "words"}
    assert "mật" not in said.text and "Huy" not in said.text


def test_the_people_and_the_result_typed_beside_it_count(browser):
    client = browser("member")
    assert ask(client, "Dọn kho thuốc.").json["hints"]
    assert not ask(client, "Dọn kho thuốc.", people="Cùng chị Hoa ở tầng hai", result="42", result_unit="hộp").json["hints"]


def test_at_most_two_hints_are_said_at_once(browser, sent):
    for ago in range(5):
        sent("member", "Làm tốt mọi việc.", TODAY - timedelta(days=ago))
    assert len(ask(browser("member"), "Làm tốt mọi việc.").json["hints"]) == 2


def test_asking_keeps_nothing(app, browser):
    ask(browser("member"), DEED)
    with app.app_context():
        for table in (Entry, EntryPrint, AuditLine):
            assert db.session.execute(select(func.count()).select_from(table)).scalar_one() == 0


@pytest.mark.parametrize("typed", [{"did": ""}, {"did": " \n"}, {"did": DEED, "happened_on": "hôm qua"}, {"did": DEED, "id": "?"}])
def test_half_a_form_is_no_trouble(browser, typed):
    assert ask(browser("member"), **{"did": "", **typed}).status_code == 200


def test_a_page_gone_wild_is_refused_and_let_in_again_after_a_while(browser, monkeypatch, time):
    monkeypatch.setattr(asked, "GATE", Gate(burst=3, every=0.5))
    client, other = browser("member"), browser("member2")
    csrf = {"csrf_token": token(client, "/nhat-ky/moi"), "did": DEED}
    assert [client.post(ASK, data=csrf).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert ask(other, DEED).status_code == 200
    time.shift(timedelta(seconds=1))
    assert client.post(ASK, data=csrf).status_code == 200


def test_a_gate_forgets_who_came_first_when_too_many_come():
    gate, now = Gate(burst=1, every=60, most=2), datetime(2026, 11, 23, tzinfo=VIETNAM)
    assert [gate.lets_in(who, now) for who in (1, 1, 2, 3, 1)] == [True, False, True, True, True]


def test_a_draft_s_page_says_what_could_be_added_before_it_is_sent(browser, sent):
    entry_id = sent("member", "Làm tốt mọi việc.", send=False)
    assert "Bạn kể thêm" in browser("member").get(f"/nhat-ky/{entry_id}").text


def test_after_sending_its_author_reads_which_mark_the_secretary_sees(browser, sent):
    entry_id = sent("member", "Làm tốt mọi việc.")
    page = words(browser("member").get(f"/nhat-ky/{entry_id}").text)
    assert "Bài ngắn" in page and "Bí thư thấy dấu này" in page
    assert "Bí thư thấy dấu này" not in words(browser("secretary").get(f"/nhat-ky/{entry_id}").text)


def test_a_reviewer_sees_two_alike_side_by_side_and_is_noted_for_both(app, browser, sent):
    earlier, entry_id = sent("member2"), sent("member", f"{DEED} Thêm hai kệ nữa.")
    client = browser("secretary")
    assert f"/nhat-ky/{entry_id}/giong" in client.get(f"/nhat-ky/{entry_id}").text
    page = client.get(f"/nhat-ky/{entry_id}/giong").text
    assert "<mark>Sáng nay cùng chị Hoa dọn kho thuốc tầng hai, ghi lại hạn dùng của 42 hộp</mark>" in page
    assert "Võ Quốc Huy" in page and "Thạch Thị Sa Rinh" in page
    with app.app_context():
        read = select(AuditLine.subject_id).where(AuditLine.action == "entry_read")
        assert set(db.session.execute(read).scalars()) == {str(earlier), str(entry_id)}


def test_an_author_sees_their_own_two_and_nothing_of_a_colleague_s(browser, sent):
    first, again, theirs = sent("member"), sent("member"), sent("member2")
    client = browser("member")
    assert f"/nhat-ky/{first}" in client.get(f"/nhat-ky/{again}/giong").text
    page = browser("member2").get(f"/nhat-ky/{theirs}")
    assert "Giống bài trong chi đoàn" in words(page.text) and "/giong" not in page.text
    beside = browser("member2").get(f"/nhat-ky/{theirs}/giong").text
    assert "không có quyền xem" in beside and "Rinh" not in beside


def test_an_entry_like_no_other_has_no_such_page(browser, sent):
    entry_id = sent("member")
    assert browser("member").get(f"/nhat-ky/{entry_id}/giong").status_code == 404
