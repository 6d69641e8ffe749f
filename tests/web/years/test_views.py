"""The pages of work years."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from diary.domain.years import Activity
from diary.models.base import db
from diary.models.evaluations import Decision
from diary.models.units import Unit
from diary.models.years import Window, WorkYear
from tests import factories
from tests.counting import counted
from tests.web.reading import heading, hidden, token, words

POSTS = ("thoi-gian", "lich-rieng", "bo-tieu-chi", "chuan-muc", "khoa", "mo-khoa", "lich-rieng/2/writing/bo")


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan")} | fields)


def windows(**changed):
    fields = {}
    for activity in Activity:
        fields |= {f"{activity.value}_opens_on": "2026-01-01", f"{activity.value}_closes_on": "2026-12-31"}
    return fields | changed


def test_the_list_says_of_each_year_what_is_open_and_by_what_it_is_rated(app, browser, cast):
    with app.app_context():
        factories.work_year(2028, db.session.get_one(Unit, cast.units["KHOI"]), scheme_code=None)
        db.session.commit()
    page = browser("bloc_secretary").get("/nam-cong-tac").text
    said = words(page)
    assert heading(page) == "Năm công tác" and hidden(page, "year") == "2029"
    for shown in (
        "Năm 2026",
        "Đánh giá, xếp loại đoàn viên 2023–2027",
        "Đang mở",
        "Ghi nhật ký",
        "Năm 2028",
        "Chưa có bộ tiêu chí xếp loại",
    ):
        assert shown in said


def test_only_the_bloc_committee_and_inspectors_open_these_pages(browser):
    for name in ("member", "secretary", "base_secretary", "administrator"):
        client = browser(name)
        assert {client.get(path).status_code for path in ("/nam-cong-tac", "/nam-cong-tac/2026")} == {403}
        assert {post(client, f"/nam-cong-tac/2026/{act}").status_code for act in POSTS} == {403}
        assert post(client, "/nam-cong-tac/mo", year="2027").status_code == 403
    inspector = browser("inspector")
    page = inspector.get("/nam-cong-tac/2026").text
    assert "01/01/2026 – 31/01/2027" in page and "<form" not in page[page.index("<main") :]
    assert "<form" not in (listed := inspector.get("/nam-cong-tac").text)[listed.index("<main") :]
    assert {post(inspector, f"/nam-cong-tac/2026/{act}").status_code for act in POSTS} == {403}


def test_the_next_year_is_opened_once(browser):
    client = browser("bloc_secretary")
    assert post(client, "/nam-cong-tac/mo", year="2027").location == "/nam-cong-tac/2027"
    page = words(client.get("/nam-cong-tac/2027").text)
    assert "Hướng dẫn số 25-HD/TWĐTN-BTC" in page
    assert post(client, "/nam-cong-tac/mo", year="2027").status_code == 409
    for wrong in ("1999", "x", ""):
        assert post(client, "/nam-cong-tac/mo", year=wrong).status_code == 200


def test_a_year_without_a_scheme_says_what_to_do(browser):
    client = browser("bloc_secretary")
    post(client, "/nam-cong-tac/mo", year="2028")
    assert "hãy chọn bộ tiêu chí ở đây" in client.get("/nam-cong-tac/2028").text
    assert post(client, "/nam-cong-tac/2028/bo-tieu-chi", scheme="2023-2027").status_code == 303
    assert "hãy chọn bộ tiêu chí ở đây" not in client.get("/nam-cong-tac/2028").text


def test_a_year_that_was_never_opened_is_not_found(browser):
    client = browser("bloc_secretary")
    assert client.get("/nam-cong-tac/2030").status_code == 404
    assert {post(client, f"/nam-cong-tac/2030/{act}").status_code for act in POSTS} == {404}


def test_the_days_of_a_year_are_set_in_one_form(app, browser):
    client = browser("bloc_deputy")
    assert post(client, "/nam-cong-tac/2026/thoi-gian", **windows(writing_closes_on="20/12/2026")).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Window.closes_on).where(Window.activity == Activity.WRITING)).scalar_one() == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"writing_closes_on": "2025-12-20"}, "đứng trước ngày bắt đầu"),
        ({"writing_opens_on": "2025-12-20"}, "phải trong năm 2026"),
        ({"writing_opens_on": ""}, "Hãy ghi ngày."),
        ({"writing_opens_on": "hôm qua"}, "hôm qua"),
    ],
)
def test_wrong_days_are_refused_at_their_field_and_the_rest_is_kept(app, browser, changed, said):
    answer = post(browser("bloc_secretary"), "/nam-cong-tac/2026/thoi-gian", **windows(meetings_opens_on="2026-11-05", **changed))
    assert answer.status_code == 200 and said in answer.text and "2026-11-05" in answer.text
    assert 'id="writing_opens_on-loi"' in answer.text or 'id="writing_closes_on-loi"' in answer.text


def test_a_unit_gets_days_of_its_own_and_gives_them_back(browser, cast):
    client, fields = browser("bloc_secretary"), {"activity": "writing", "opens_on": "2026-09-01", "closes_on": "2027-05-31"}
    assert post(client, "/nam-cong-tac/2026/lich-rieng", unit_id=cast.units["BV"], **fields).status_code == 303
    page = words(client.get("/nam-cong-tac/2026").text)
    assert "Đoàn cơ sở Bệnh viện Đa khoa" in page and "01/09/2026 – 31/05/2027" in page
    assert post(client, f"/nam-cong-tac/2026/lich-rieng/{cast.units['BV']}/writing/bo").status_code == 303
    assert "01/09/2026 – 31/05/2027" not in words(client.get("/nam-cong-tac/2026").text)
    for wrong in ({"unit_id": "999999"}, {"unit_id": cast.units["BV"], "closes_on": "2026-08-01"}, {"unit_id": "x", "activity": "y"}):
        assert post(client, "/nam-cong-tac/2026/lich-rieng", **(fields | wrong)).status_code == 200
    assert post(client, f"/nam-cong-tac/2026/lich-rieng/{cast.units['KHOI']}/writing/bo").status_code == 409
    assert post(client, f"/nam-cong-tac/2026/lich-rieng/{cast.units['KHOI']}/dancing/bo").status_code == 303


def test_the_scheme_of_a_year_with_decisions_stays(app, browser, cast):
    client = browser("bloc_secretary")
    assert post(client, "/nam-cong-tac/2026/bo-tieu-chi", scheme="2011-2018").status_code == 303
    assert post(client, "/nam-cong-tac/2026/bo-tieu-chi", scheme="2030").status_code == 200
    with app.app_context():
        facts = {"decided_by": cast.bloc_secretary.account_id, "at": datetime(2026, 11, 1, tzinfo=UTC), "number": "1-QĐ/K"}
        db.session.add(Decision(unit_id=cast.units["KB"], year=2026, decided_on=date(2026, 11, 1), **facts))
        db.session.commit()
    assert post(client, "/nam-cong-tac/2026/bo-tieu-chi", scheme="2023-2027").status_code == 409
    page = client.get("/nam-cong-tac/2026").text
    assert "bộ tiêu chí không đổi được nữa" in page and 'action="/nam-cong-tac/2026/bo-tieu-chi"' not in page


def test_the_common_virtues_are_set_for_everyone(browser):
    client = browser("bloc_secretary")
    names = {f"name_{n}": name for n, name in enumerate(("Cần", "Kiệm", "Liêm", "Chính", "Chí công"), 1)}
    assert post(client, "/nam-cong-tac/2026/chuan-muc", **names, how_checked_1="Xem sổ hằng tháng").status_code == 303
    assert "Xem sổ hằng tháng" in browser("member").get("/dang-ky/moi").text
    refused = post(client, "/nam-cong-tac/2026/chuan-muc", **(names | {"name_2": "cần"}))
    assert refused.status_code == 200 and "đã có trong danh sách" in refused.text


def test_the_books_are_locked_with_a_reason_and_opened_again(app, browser):
    client = browser("bloc_secretary")
    refused = post(client, "/nam-cong-tac/2026/khoa", reason=" ")
    assert refused.status_code == 200 and "Hãy ghi lý do." in refused.text
    assert post(client, "/nam-cong-tac/2026/khoa", reason="Đã tổng kết xong.").status_code == 303
    page = words(client.get("/nam-cong-tac/2026").text)
    assert "Đã khóa sổ" in page and "Đã tổng kết xong." in page and "Trương Quốc Khải" in page
    assert {post(client, f"/nam-cong-tac/2026/{act}", **windows(), reason="Thử").status_code for act in ("thoi-gian", "khoa")} == {409}
    assert post(client, "/nam-cong-tac/2026/mo-khoa", reason="Bổ sung.").status_code == 303
    assert post(client, "/nam-cong-tac/2026/mo-khoa", reason="Bổ sung.").status_code == 409
    with app.app_context():
        assert db.session.get_one(WorkYear, 2026).locked_at is None


def test_an_address_that_only_takes_a_post_answers_405(browser):
    client = browser("bloc_secretary")
    assert {client.get(f"/nam-cong-tac/2026/{act}").status_code for act in POSTS if act != "bo-tieu-chi"} == {405}
    assert client.get("/nam-cong-tac/mo").status_code == 405


def test_the_list_takes_as_many_queries_for_twenty_years_as_for_one(app, browser, cast):
    def asked():
        with counted(app) as sent:
            assert client.get("/nam-cong-tac").status_code == 200
        return len(sent)

    client = browser("bloc_secretary")
    few = asked()
    with app.app_context():
        for year in range(2005, 2025):
            factories.work_year(year, db.session.get_one(Unit, cast.units["KHOI"]), scheme_code=None)
        db.session.commit()
    assert asked() == few
