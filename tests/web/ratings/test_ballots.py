"""The pages of secret ballots: the hall's, and the phone's."""

import pytest

from diary.models.base import db
from diary.models.evaluations import RatingMeeting
from diary.queries.evaluations.tables import votes_of
from diary.services import ballots
from tests import year_end
from tests.factories import actor
from tests.web.reading import heading, hidden, token, words

HALL, PHONE = "/xep-loai/hop", "/bo-phieu"


@pytest.fixture
def sitting(app, cast):
    """A meeting by secret ballot, everyone present."""
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        year_end.attend("secretary", meeting_id)
        ballots.set_manner(actor("secretary"), meeting_id, secret=True)
        return meeting_id


def key_of(app, name):
    with app.app_context():
        return year_end.one(name).id


def press(client, meeting_id, act, key=""):
    return client.post(f"{HALL}/{meeting_id}/phieu-kin", data={"csrf_token": token(client, "/ca-nhan"), "act": act, "nguoi": key})


def give(client, **levels):
    page = client.get(PHONE).text
    return client.post(PHONE, data={"csrf_token": hidden(page, "csrf_token")} | {f"level-{key}": level for key, level in levels.items()})


def test_the_opening_form_offers_the_secret_ballot(app, browser, cast):
    client = browser("secretary")
    page = client.get(HALL).text
    assert "Cách biểu quyết" in page and "Bỏ phiếu kín trên điện thoại" in page
    sent = {name: hidden(page, name) for name in ("csrf_token", "id")}
    sent |= {
        "held_on": "23/11/2026",
        "chair_id": cast.secretary.member_id,
        "clerk_id": cast.deputy.member_id,
        "manner": "secret",
        "abstains": "y",
    }
    assert client.post(HALL, data=sent).status_code == 303
    with app.app_context():
        row = db.session.query(RatingMeeting).one()
        assert row.secret and row.abstains


def test_the_hall_opens_a_ballot_the_phone_gives_it_and_the_hall_tells_the_result(app, browser, sitting):
    key = key_of(app, "member")
    hall, phone = browser("secretary"), browser("member2")
    assert "Chờ chủ trì mở phiếu" in words(phone.get(PHONE).text)
    assert "Mở phiếu cho người này" in hall.get(f"{HALL}?nguoi={key}").text
    press(hall, sitting, "open", key)
    page = phone.get(PHONE).text
    assert heading(page) == "Bỏ phiếu kín" and "Thạch Thị Sa Rinh" in page
    answer = give(phone, **{str(key): "good"})
    assert answer.status_code == 303 and "Đã bỏ 1 phiếu" in phone.get(PHONE).text
    page = hall.get(f"{HALL}?nguoi={key}").text
    assert "0 người đã bỏ" not in words(page) and "1 /5 người đã bỏ phiếu" in words(page).replace("1/5", "1 /5")
    assert 'name="votes-good"' not in page
    press(hall, sitting, "close", key)
    read = words(hall.get(f"{HALL}?nguoi={key}").text)
    assert "1/5 phiếu." in read and "Bỏ phiếu lại" in read


def test_many_ballots_stand_on_one_page_and_what_is_chosen_counts(app, browser, sitting):
    hall, phone = browser("secretary"), browser("deputy")
    press(hall, sitting, "open-all")
    keys = [str(key_of(app, name)) for name in ("member", "member2", "new_member")]
    give(phone, **dict.fromkeys(keys[:2], "good"))
    read = words(phone.get(PHONE).text)
    assert "Đã bỏ 2 phiếu" in read
    assert give(phone, **{keys[0]: "done", keys[2]: "good"}).status_code == 303
    read = words(phone.get(PHONE).text)
    assert "Đã bỏ 1 phiếu" in read and "đã bỏ phiếu cho người này" in read


def test_sending_nothing_says_what_to_do(browser, sitting):
    press(browser("secretary"), sitting, "open-all")
    phone = browser("member")
    give(phone)
    assert "Hãy chọn mức cho ít nhất một người" in phone.get(PHONE).text


def test_the_qr_lets_a_member_note_themselves_present(app, browser, cast):
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        code = ballots.hall_code(meeting_id, app.config["SECRET_KEY"])
    poster = browser("secretary").get(f"{HALL}/ma-qr").text
    assert heading(poster) == "Vào họp bằng điện thoại" and f"{meeting_id}/co-mat/{code}" in poster and "<svg" in poster
    phone = browser("member")
    path = f"{HALL}/{meeting_id}/co-mat/{code}"
    assert "Bạn chưa được điểm danh" in words(phone.get(PHONE).text)
    page = phone.get(path).text
    assert "Tôi có mặt" in page
    assert phone.post(path, data={"csrf_token": hidden(page, "csrf_token")}).location == PHONE
    assert "Đã ghi bạn có mặt" in phone.get(PHONE).text and phone.get(path).status_code == 303
    assert browser("secretary").get(f"{HALL}/{meeting_id}/tinh-hinh").json == {"present": 1, "marked": 1, "open": {}}


def test_a_wrong_code_opens_no_hall(browser, sitting):
    assert browser("member").get(f"{HALL}/{sitting}/co-mat/000000000000").status_code == 404


def test_without_a_meeting_the_poster_leads_to_opening_one(browser, cast):
    answer = browser("secretary").get(f"{HALL}/ma-qr")
    assert answer.status_code == 303 and answer.location.startswith(HALL)
    assert "Chi đoàn chưa mở họp" in browser("member").get(PHONE).text


def test_the_phone_and_the_screen_learn_how_it_stands(app, browser, sitting):
    key = key_of(app, "member")
    hall, phone = browser("secretary"), browser("member")
    assert phone.get(f"{PHONE}/dang-mo").json == {"waiting": 0, "voted": 0, "going_on": True}
    press(hall, sitting, "open", key)
    give(phone, **{str(key): "good"})
    assert phone.get(f"{PHONE}/dang-mo").json == {"waiting": 0, "voted": 1, "going_on": True}
    assert hall.get(f"{HALL}/{sitting}/tinh-hinh").json["open"] == {str(key): [1, 5]}


def test_going_to_the_next_person_keeps_the_secret_counts(app, browser, sitting):
    key = key_of(app, "member")
    hall = browser("secretary")
    press(hall, sitting, "open", key)
    give(browser("member2"), **{str(key): "good"})
    press(hall, sitting, "close", key)
    sent = {
        "csrf_token": token(hall, "/ca-nhan"),
        "version": year_end_version(app),
        "notes_version": "2",
        "branch_words": "Tốt.",
        "go": "next",
    }
    assert hall.post(f"{HALL}/{sitting}/phieu/{key}", data=sent).status_code == 303
    with app.app_context():
        assert votes_of(sitting)[key]["good"] == 1


def year_end_version(app):
    with app.app_context():
        return str(year_end.one("member").version)


def test_a_refusal_of_the_hall_is_said_in_words(app, browser, sitting):
    hall, key = browser("secretary"), key_of(app, "member")
    press(hall, sitting, "open", key)
    where = press(hall, sitting, "close", key).location
    assert "Chưa ai bỏ phiếu" in hall.get(where).text
    assert press(hall, sitting, "hands").status_code == 303
    assert "Đang có phiếu mở" in hall.get(HALL).text
    press(hall, sitting, "gi-do")
    assert "Hãy bấm một nút trên trang" in hall.get(HALL).text


def test_a_member_s_evaluation_page_leads_into_the_ballot(browser, sitting):
    page = browser("member").get("/danh-gia").text
    assert "Chi đoàn đang họp xét xếp loại" in page and 'href="/bo-phieu"' in page
    assert "đang họp xét xếp loại" not in browser("stranger").get("/danh-gia").text
