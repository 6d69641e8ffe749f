"""The pages of one's own pledges."""

import re
import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from diary.domain.pledges import PledgeState
from diary.domain.reviews import Verdict
from diary.domain.years import Activity
from diary.models.base import db
from diary.models.pledges import Pledge
from diary.models.units import Virtue
from diary.models.years import Window
from diary.services import reviews
from tests import factories
from tests.counting import counted
from tests.web.reading import heading, hidden, token, words


def virtue(app, name="Cần"):
    with app.app_context():
        return db.session.execute(select(Virtue.id).where(Virtue.name == name)).scalar_one()


def made(app, person, state=PledgeState.WAITING, **facts):
    with app.app_context():
        return factories.pledge(person, state, **facts).id


def state(app, pledge_id):
    with app.app_context():
        return db.session.execute(select(Pledge.state).where(Pledge.id == pledge_id)).scalar_one_or_none()


def close_registering(app):
    with app.app_context():
        window = db.session.execute(select(Window).where(Window.activity == Activity.REGISTERING)).scalar_one()
        window.closes_on = date(2026, 3, 31)
        db.session.commit()


def fill(client, app, path="/dang-ky/moi", **fields):
    page = client.get(path).text
    given = {"virtue_id": virtue(app), "title": "Trả lời hồ sơ trong ngày", "act": "send"} | fields
    seen = {name: hidden(page, name) for name in ("csrf_token", "id", "version")}
    return client.post(path, data={name: value for name, value in (seen | given).items() if value is not None})


def test_the_empty_page_says_what_to_do(browser):
    page = browser("new_member").get("/dang-ky")
    assert heading(page.text) == "Nội dung đăng ký" and "/dang-ky/moi" in page.text
    assert "Chưa đăng ký nội dung nào" in page.text


def test_the_form_has_the_labels_and_buttons_members_know(browser):
    page = words(browser("member").get("/dang-ky/moi").text)
    labels = (
        "Đăng ký làm theo",
        "Chuẩn mực",
        "Nội dung làm theo",
        "Cách làm",
        "Kết quả cần đạt",
        "Hạn hoàn thành",
        "Lưu nháp",
        "Gửi đăng ký",
    )
    assert [label for label in labels if label not in page] == []
    assert all(test in page for test in ("ngắn gọn", "dễ nhớ", "dễ thực hiện", "dễ kiểm tra"))


def test_a_sent_pledge_stands_on_the_list_with_its_state_and_who_acts_next(app, browser):
    client = browser("member")
    answer = fill(client, app, target="30 hồ sơ mỗi tháng", due_on="30/11/2026")
    assert answer.status_code == 303
    page = words(client.get("/dang-ky").text)
    for shown in ("Trả lời hồ sơ trong ngày", "30 hồ sơ mỗi tháng", "Chờ bí thư", "Đến lượt bí thư", "Cần"):
        assert shown in page
    assert "30/11/2026" in client.get(answer.location).text


def test_a_draft_may_lack_the_virtue_and_is_not_sent_without_it(app, browser):
    client = browser("member")
    draft = fill(client, app, virtue_id=None, act="keep").location
    assert "Nháp" in client.get(draft).text and "Nội dung chưa chọn chuẩn mực" in heading(client.get(draft).text)
    refused = fill(client, app, virtue_id=None, title="Một lời khác hẳn")
    assert refused.status_code == 200 and "chọn một chuẩn mực" in refused.text and "Một lời khác hẳn" in refused.text


def test_the_same_form_sent_twice_makes_one_pledge(app, browser):
    client, wanted = browser("member"), str(uuid.uuid4())
    first, second = (fill(client, app, id=wanted) for _ in range(2))
    assert first.location == second.location == f"/dang-ky/{wanted}"
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(Pledge)).scalar_one() == 1


def test_the_id_of_another_s_pledge_is_not_found(app, browser, cast):
    assert fill(browser("member"), app, id=str(made(app, cast.member2))).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "Hãy ghi nội dung bạn sẽ làm theo."),
        ({"title": "a" * 301}, "dài quá 300 ký tự"),
        ({"how": "a" * 2001}, "dài quá 2.000 ký tự"),
        ({"due_on": "31/02/2026"}, "31/02/2026"),
        ({"due_on": "2027-01-01"}, "trong năm 2026"),
        ({"virtue_id": "abc"}, "trong danh sách"),
        ({"virtue_id": "999999"}, "trong danh sách"),
    ],
)
def test_a_bad_form_says_where_and_keeps_what_was_typed(app, browser, fields, said):
    answer = fill(browser("member"), app, **({"how": "Mỗi sáng thứ Hai"} | fields))
    assert answer.status_code == 200 and said in answer.text
    assert next(iter(fields.values())).strip() in answer.text or "virtue_id" in fields
    assert "how" in fields or "Mỗi sáng thứ Hai" in answer.text


def test_sending_outside_the_days_answers_409_and_keeps_what_was_typed(app, browser):
    close_registering(app)
    client = browser("member")
    assert "đã hết hạn ngày 31/03/2026" in client.get("/dang-ky/moi").text
    answer = fill(client, app, title="Một lời chưa ai thấy")
    assert answer.status_code == 409 and "Một lời chưa ai thấy" in answer.text and "31/03/2026" in answer.text
    assert fill(client, app, act="keep").status_code == 303


def test_a_stale_form_shows_both_texts_and_may_then_be_sent(app, browser, cast):
    wanted, client = made(app, cast.member, PledgeState.DRAFT), browser("member")
    path = f"/dang-ky/{wanted}/sua"
    old = hidden(client.get(path).text, "version")
    fill(client, app, path, title="Lời thứ nhất", act="keep")
    answer = fill(client, app, path, title="Lời thứ hai", act="keep", version=old)
    assert answer.status_code == 409 and "Lời thứ nhất" in answer.text and "Lời thứ hai" in answer.text
    assert fill(client, app, path, title="Lời thứ hai", act="keep", version=hidden(answer.text, "version")).status_code == 303
    assert "Lời thứ hai" in client.get(f"/dang-ky/{wanted}").text


def test_a_pledge_page_shows_the_newest_review_only_and_who_gave_it(app, browser, cast):
    wanted = made(app, cast.member)
    with app.app_context():
        reviews.review_pledge(factories.actor("secretary"), wanted, Verdict.RETURNED, "Ghi rõ bao giờ làm.", 1)
    page = words(browser("member").get(f"/dang-ky/{wanted}").text)
    assert "Ghi rõ bao giờ làm." in page and "Lâm Thanh Sang" in page


def test_a_returned_pledge_shows_the_secretary_s_words_and_is_mended(app, browser, cast):
    wanted = made(app, cast.member, PledgeState.RETURNED)
    close_registering(app)
    client = browser("member")
    assert "Cần sửa" in client.get("/dang-ky").text
    assert fill(client, app, f"/dang-ky/{wanted}/sua", title="Trả lời trong nửa ngày").status_code == 303
    page = words(client.get(f"/dang-ky/{wanted}").text)
    assert state(app, wanted) is PledgeState.WAITING and "Bản 2" in page and "Trả lời trong nửa ngày" in page


def test_a_pledge_that_waits_is_shown_and_not_edited(app, browser, cast):
    wanted, client = made(app, cast.member), browser("member")
    assert client.get(f"/dang-ky/{wanted}/sua").location == f"/dang-ky/{wanted}"
    assert fill_edit(client, app, wanted).status_code == 409


def fill_edit(client, app, wanted, **fields):
    data = {"virtue_id": virtue(app), "title": "Đổi lời", "version": "1", "act": "keep", "csrf_token": token(client, "/dang-ky/moi")}
    return client.post(f"/dang-ky/{wanted}/sua", data=data | fields)


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan")} | fields)


def test_a_draft_is_sent_and_deleted_from_its_page(app, browser, cast):
    kept, dropped = made(app, cast.member, PledgeState.DRAFT), made(app, cast.member, PledgeState.DRAFT)
    client = browser("member")
    assert post(client, f"/dang-ky/{kept}/gui").status_code == 303 and state(app, kept) is PledgeState.WAITING
    assert post(client, f"/dang-ky/{kept}/gui").status_code == 409
    assert post(client, f"/dang-ky/{dropped}/xoa").status_code == 303 and state(app, dropped) is None
    assert post(client, f"/dang-ky/{kept}/xoa").status_code == 409


def test_an_approved_pledge_is_closed_with_its_reason_and_taken_back(app, browser, cast):
    wanted, client = made(app, cast.member, PledgeState.APPROVED), browser("member")
    refused = post(client, f"/dang-ky/{wanted}/ket-qua", outcome="not_met")
    assert refused.status_code == 200 and "lý do không hoàn thành" in refused.text
    assert post(client, f"/dang-ky/{wanted}/ket-qua").status_code == 200
    assert post(client, f"/dang-ky/{wanted}/ket-qua", outcome="not_met", words="Đi học ba tháng").status_code == 303
    page = client.get(f"/dang-ky/{wanted}").text
    assert "Không hoàn thành" in page and "Đi học ba tháng" in page
    assert post(client, f"/dang-ky/{wanted}/ket-qua", outcome="approved").status_code == 303
    assert state(app, wanted) is PledgeState.APPROVED
    assert post(client, f"/dang-ky/{made(app, cast.member)}/ket-qua", outcome="met").status_code == 409


WRITES = ("gui", "xoa", "ket-qua")


def test_strangers_learn_nothing_and_readers_change_nothing(app, browser, cast):
    waiting, draft = made(app, cast.member), made(app, cast.member, PledgeState.DRAFT)
    for name in ("member2", "other_secretary", "base_secretary", "bloc_secretary", "inspector", "administrator", "stranger"):
        client = browser(name)
        assert client.get(f"/dang-ky/{waiting}").status_code == 404, name
        assert {post(client, f"/dang-ky/{waiting}/{act}").status_code for act in WRITES} == {404}
        assert fill_edit_as(client, waiting) == 404
    secretary = browser("secretary")
    assert secretary.get(f"/dang-ky/{waiting}").status_code == 200
    assert secretary.get(f"/dang-ky/{draft}").status_code == 404
    assert {post(secretary, f"/dang-ky/{waiting}/{act}").status_code for act in WRITES} == {403}
    assert secretary.get(f"/dang-ky/{waiting}/sua").status_code == 403


def fill_edit_as(client, wanted):
    return post(client, f"/dang-ky/{wanted}/sua", title="x", act="keep", version="1").status_code


def test_what_was_sent_up_is_read_where_it_was_sent(app, browser, cast):
    wanted = made(app, cast.secretary)
    with app.app_context():
        db.session.get_one(Pledge, wanted).review_unit_id = cast.units["BV"]
        db.session.commit()
    assert browser("base_secretary").get(f"/dang-ky/{wanted}").status_code == 200
    assert browser("bloc_secretary").get(f"/dang-ky/{wanted}").status_code == 404


def test_pages_of_one_s_own_pledges_are_for_members(browser):
    client = browser("administrator")
    assert {client.get(path).status_code for path in ("/dang-ky", "/dang-ky/moi")} == {403}


def test_an_address_that_only_takes_a_post_answers_405(app, browser, cast):
    wanted, client = made(app, cast.member, PledgeState.DRAFT), browser("member")
    assert {client.get(f"/dang-ky/{wanted}/{act}").status_code for act in WRITES} == {405}


def test_an_unknown_pledge_is_not_found(browser):
    assert browser("member").get(f"/dang-ky/{uuid.uuid4()}").status_code == 404


def test_the_year_is_chosen_and_an_unknown_one_falls_back(app, browser, cast):
    with app.app_context():
        bloc = db.session.get_one(factories.Unit, cast.units["KHOI"])
        factories.work_year(2025, bloc)
        db.session.commit()
    made(app, cast.member, title="Lời hứa năm nay")
    client = browser("member")
    assert "Lời hứa năm nay" in client.get("/dang-ky").text and "nam=2025" in client.get("/dang-ky").text
    assert "Lời hứa năm nay" not in client.get("/dang-ky?nam=2025").text
    assert {client.get(f"/dang-ky?nam={bad}").status_code for bad in ("1999", "abc", "9" * 30, "-1")} == {200}


def test_the_list_takes_as_many_queries_for_forty_pledges_as_for_two(app, browser, cast):
    def asked():
        with counted(app) as sent:
            assert client.get("/dang-ky").status_code == 200
        return len(sent)

    client = browser("member")
    for _ in range(2):
        made(app, cast.member)
    few = asked()
    for _ in range(38):
        made(app, cast.member)
    assert asked() == few


def test_the_library_leads_to_a_form_filled_in_under_the_year_s_virtue(app, browser):
    client = browser("new_member")
    assert "/dang-ky/mau" in client.get("/dang-ky").text
    page = client.get("/dang-ky/mau?nghe=teacher&chuan-muc=can&q=du+gio").text
    assert heading(page) == "Mẫu đăng ký" and "mau=teacher-can-1" in page and "mau=teacher-kiem-1" not in page
    filled = client.get("/dang-ky/moi?mau=teacher-can-1").text
    assert "Mỗi tháng dự giờ hai tiết của đồng nghiệp" in filled and "Sửa cho đúng việc của bạn" in filled
    assert re.search(rf'value="{virtue(app)}"[^>]*checked', filled)


def test_a_sample_nobody_knows_and_a_search_in_vain_say_so_kindly(browser):
    client = browser("member")
    assert client.get("/dang-ky/moi?mau=khong-co").status_code == 200
    assert "Không có mẫu nào như vậy" in words(client.get("/dang-ky/mau?nghe=x&q=zzzz").text)


def test_the_coach_asks_for_what_a_typed_pledge_leaves_open(browser):
    client = browser("member")
    page = client.get("/dang-ky/moi").text
    assert "Bốn câu tự hỏi" in words(page)
    said = client.post(
        "/dang-ky/goi-y", data={"csrf_token": hidden(page, "csrf_token"), "title": "Mỗi tuần đọc sách", "due_on": "hôm nào đó"}
    ).text
    assert "Đã có việc cụ thể" in said and "Người khác nhìn vào đâu" in said
    assert client.get("/dang-ky/goi-y").status_code == 405


def test_a_page_gone_wild_cannot_keep_the_coach_busy(browser):
    client = browser("member2")
    asked = {"csrf_token": token(client, "/dang-ky/moi"), "title": "Mỗi tuần đọc sách"}
    answers = [client.post("/dang-ky/goi-y", data=asked).status_code for _ in range(60)]
    assert set(answers[:30]) == {200} and 429 in answers[30:]
    assert client.get("/dang-ky").status_code == 200 and browser("member").get("/dang-ky/moi").status_code == 200
