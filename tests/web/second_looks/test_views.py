"""The pages of second looks: the member's, the bloc's list and answer, and opening a result again."""

import pytest

from diary.domain.entries import EntryState
from diary.models.base import db, new_id
from diary.models.evaluations import SecondLook
from diary.services import second_looks
from tests import factories, year_end
from tests.factories import actor
from tests.web.reading import heading, hidden, token, words

WORDS = "Tôi giữ đủ 48 tuần, xin xem lại."


@pytest.fixture
def decided(app, cast):
    with app.app_context():
        year_end.meet("secretary")
        year_end.propose("secretary")
        year_end.pass_on("base_secretary", cast.secretary.unit_id)
        year_end.decide("bloc_secretary", cast.secretary.unit_id)
        return year_end.one("member").id


@pytest.fixture
def look_id(app, decided):
    with app.app_context():
        return second_looks.ask(actor("member"), decided, new_id(), WORDS)


def ask(client, evaluation_id, text=WORDS):
    page = client.get("/danh-gia").text
    sent = {"csrf_token": hidden(page, "csrf_token"), "id": hidden(page, "id"), "words": text}
    return client.post(f"/danh-gia/{evaluation_id}/phuc-tra", data=sent)


def answer(client, look_id, **fields):
    page = client.get(f"/xet-duyet/phuc-tra/{look_id}").text
    sent = {name: hidden(page, name) for name in ("csrf_token", "version")}
    return client.post(f"/xet-duyet/phuc-tra/{look_id}", data=sent | {"level": "outstanding", "answer": "Đã xem lại."} | fields)


def test_the_member_asks_and_sees_who_acts_next(browser, decided):
    client = browser("member")
    read = words(client.get("/danh-gia").text)
    assert "Xin phúc tra" in read and "đến hết ngày 30/11/2026" in read
    assert ask(client, decided).status_code == 303
    read = words(client.get("/danh-gia").text)
    assert "Đến lượt Đoàn Khối trả lời" in read and WORDS in read
    assert ask_again(client, decided).status_code == 409


def ask_again(client, evaluation_id):
    return client.post(f"/danh-gia/{evaluation_id}/phuc-tra", data={"csrf_token": token(client, "/ca-nhan"), "words": "Lần nữa"})


def test_a_request_without_a_reason_is_refused_at_its_field(browser, decided):
    answered = ask(browser("member"), decided, "  ")
    assert answered.status_code == 200 and "vì sao bạn xin phúc tra" in answered.text and "field-error" in answered.text


def test_a_request_too_long_keeps_what_was_typed(browser, decided):
    answered = ask(browser("member"), decided, "Dài quá. " * 200)
    assert "dài quá 1.000" in answered.text and answered.text.count("Dài quá.") >= 200


def test_the_bloc_finds_it_reads_what_it_rested_on_and_answers(app, browser, look_id):
    client = browser("bloc_secretary")
    assert "Thạch Thị Sa Rinh" in words(client.get("/xet-duyet").text) and f"/xet-duyet/phuc-tra/{look_id}" in client.get("/xet-duyet").text
    page = client.get(f"/xet-duyet/phuc-tra/{look_id}").text
    assert heading(page) == "Phúc tra" and WORDS in page and "Trả lời phúc tra" in page
    assert answer(client, look_id).status_code == 303
    read = words(browser("member").get("/danh-gia").text)
    assert "Đã trả lời phúc tra" in read and "Đổi từ Hoàn thành tốt nhiệm vụ thành Hoàn thành xuất sắc nhiệm vụ" in read
    assert "Kết quả trước đó" in read
    assert f"/xet-duyet/phuc-tra/{look_id}" not in client.get("/xet-duyet").text


def test_an_answer_without_words_is_refused_at_its_field(browser, look_id):
    refused = answer(browser("bloc_secretary"), look_id, answer="")
    assert refused.status_code == 200 and "Hãy viết lời trả lời" in refused.text


def test_a_second_answer_answers_409(browser, look_id):
    client = browser("bloc_secretary")
    answer(client, look_id)
    sent = {"csrf_token": token(client, "/ca-nhan"), "version": "0", "level": "good", "answer": "Lần nữa."}
    assert client.post(f"/xet-duyet/phuc-tra/{look_id}", data=sent).status_code == 409


def test_the_texts_behind_a_level_open_to_the_bloc_only_while_a_second_look_waits(app, browser, cast, decided):
    with app.app_context():
        entry_id = factories.entry(cast.member, EntryState.APPROVED).id
        other_id = factories.entry(cast.member2, EntryState.APPROVED).id
    client = browser("bloc_secretary")
    assert client.get(f"/nhat-ky/{entry_id}").status_code == 404
    with app.app_context():
        look_id = second_looks.ask(actor("member"), decided, new_id(), WORDS)
    assert client.get(f"/nhat-ky/{entry_id}").status_code == 200
    assert f"/nhat-ky/{entry_id}" in client.get(f"/xet-duyet/phuc-tra/{look_id}").text
    assert client.get(f"/nhat-ky/{other_id}").status_code == 404
    assert browser("inspector").get(f"/nhat-ky/{entry_id}").status_code == 404
    answer(client, look_id)
    assert client.get(f"/nhat-ky/{entry_id}").status_code == 404


def test_a_draft_stays_closed_under_a_second_look(app, browser, cast, look_id):
    with app.app_context():
        draft_id = factories.entry(cast.member, EntryState.DRAFT).id
    assert browser("bloc_secretary").get(f"/nhat-ky/{draft_id}").status_code == 404


def test_a_result_is_opened_again_from_the_person_s_page(app, browser, decided):
    client = browser("bloc_secretary")
    page = client.get(f"/xep-loai/phieu/{decided}").text
    assert "Mở lại kết quả đã công nhận" in page
    sent = {"csrf_token": hidden(page, "csrf_token"), "version": hidden(page, "version"), "words": "Nhầm số."}
    assert client.post(f"/xet-duyet/mo-lai/{decided}", data=sent).status_code == 303
    read = words(client.get(f"/xep-loai/phieu/{decided}").text)
    assert "Đã mở lại kết quả" in read and "Kết quả trước đó" in read and "Nhầm số." in read
    assert "Mở lại kết quả đã công nhận" not in browser("secretary").get(f"/xep-loai/phieu/{decided}").text


def test_a_reopening_without_a_reason_changes_nothing(app, browser, decided):
    client = browser("bloc_secretary")
    sent = {"csrf_token": token(client, "/ca-nhan"), "version": "9", "words": ""}
    client.post(f"/xet-duyet/mo-lai/{decided}", data=sent)
    with app.app_context():
        assert year_end.one("member").state == "decided" and db.session.query(SecondLook).count() == 0


def test_reading_the_address_of_a_post_is_405(browser, decided):
    assert browser("bloc_secretary").get(f"/xet-duyet/mo-lai/{decided}").status_code == 405
