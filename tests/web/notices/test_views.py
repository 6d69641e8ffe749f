"""The page of notices."""

from diary.models.base import db
from diary.services import notices
from tests.counting import counted
from tests.web.reading import heading, token, words


def tell(app, person, *texts, link="/dang-ky"):
    with app.app_context():
        for text in texts:
            notices.tell(person.account_id, text, link)
        db.session.commit()


def test_the_page_without_notices_says_what_will_stand_there(browser):
    page = browser("member").get("/thong-bao").text
    assert heading(page) == "Thông báo" and "Chưa có thông báo nào" in page and "Đánh dấu đã đọc" not in page


def test_own_notices_stand_newest_first_and_nobody_else_s(app, browser, cast, time):
    tell(app, cast.member, "Tin cũ")
    time.shift(60)
    tell(app, cast.member, "Tin mới")
    tell(app, cast.member2, "Tin của người khác")
    page = words(browser("member").get("/thong-bao").text)
    assert page.index("Tin mới") < page.index("Tin cũ") and "người khác" not in page and "2 thông báo chưa đọc" in page


def test_a_notice_s_text_is_never_markup(app, browser, cast):
    tell(app, cast.member, "<script>alert(1)</script>")
    assert "<script>alert" not in browser("member").get("/thong-bao").text


def test_all_are_marked_read_at_once_and_only_one_s_own(app, browser, cast):
    tell(app, cast.member, "Một", "Hai")
    tell(app, cast.member2, "Ba")
    client = browser("member")
    assert client.post("/thong-bao/da-doc", data={"csrf_token": token(client, "/thong-bao")}).status_code == 303
    page = client.get("/thong-bao").text
    assert "Không còn thông báo chưa đọc" in page and "Đánh dấu đã đọc" not in page
    assert "1 thông báo chưa đọc" in browser("member2").get("/thong-bao").text


def test_marking_takes_a_post(browser):
    assert browser("member").get("/thong-bao/da-doc").status_code == 405


def test_every_role_has_the_page(browser, cast):
    assert {browser(name).get("/thong-bao").status_code for name in cast.all} == {200}


def test_many_notices_are_paged_with_the_same_number_of_queries(app, browser, cast):
    def asked(path):
        with counted(app) as sent:
            page = client.get(path).text
        return page, len(sent)

    client = browser("member")
    tell(app, cast.member, "Tin đầu")
    _, few = asked("/thong-bao")
    tell(app, cast.member, *(f"Tin {n}" for n in range(64)))
    first, many = asked("/thong-bao")
    last, same = asked("/thong-bao?trang=99")
    assert many == same == few and "Trang 1 trên 3" in words(first) and "Tin đầu" in last and "Tin đầu" not in first
    assert {client.get(f"/thong-bao?trang={bad}").status_code for bad in ("0", "-3", "abc", "9" * 40)} == {200}
