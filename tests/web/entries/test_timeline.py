"""One's own diary as a list: months, search, pages."""

import html
import re
from datetime import date, timedelta

import pytest

from tests.counting import counted
from tests.web.entries.filling import made
from tests.web.reading import heading

TODAY = date(2026, 11, 23)


def test_the_empty_timeline_says_what_to_do(browser):
    page = browser("new_member").get("/nhat-ky")
    assert heading(page.text) == "Nhật ký của tôi" and "/nhat-ky/moi" in page.text and "Trang đầu còn trắng" in page.text


def test_the_timeline_is_searched_without_marks(app, cast, browser):
    made(app, cast.member, did="In hai mặt, tắt điện sau 17 giờ")
    made(app, cast.member, did="Dọn kho giấy")
    page = browser("member").get("/nhat-ky?q=tat+dien").text
    assert "tắt điện" in page and "Dọn kho" not in page and 'value="tat dien"' in page
    assert "Không có bài nào" in browser("member").get("/nhat-ky?q=kh%C3%B4ng-c%C3%B3").text


def test_the_timeline_opens_a_month(app, cast, browser):
    made(app, cast.member, did="việc tháng mười một")
    made(app, cast.member, did="việc tháng mười", happened_on=date(2026, 10, 5))
    page = browser("member").get("/nhat-ky?thang=10&nam=2026").text
    assert "việc tháng mười<" in page and "việc tháng mười một" not in page
    assert 'href="/nhat-ky?thang=11&amp;nam=2026"' in page


@pytest.mark.parametrize(
    "query", ["thang=13&nam=2026", "thang=x", "nam=99999", "trang=0", "trang=-3", "trang=999999999999", "trang-thai=x", "q=%25%00"]
)
def test_an_address_that_makes_no_sense_still_opens(app, cast, browser, query):
    made(app, cast.member)
    assert browser("member").get(f"/nhat-ky?{query}").status_code == 200


def test_pages_of_the_timeline_keep_what_was_asked(app, cast, browser):
    for n in range(21):
        made(app, cast.member, happened_on=date(2026, 10, 1) + timedelta(days=n % 30))
    page = browser("member").get("/nhat-ky?thang=10&nam=2026").text
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])
    assert page.count('class="leaf-row"') == 20 and "thang=10" in following
    assert browser("member").get(following).text.count('class="leaf-row"') == 1


def test_the_timeline_asks_as_many_statements_for_a_long_diary_as_for_a_short_one(app, cast, browser):
    client = browser("member")
    made(app, cast.member)
    with counted(app) as few:
        client.get("/nhat-ky")
    for n in range(40):
        made(app, cast.member, happened_on=TODAY - timedelta(days=n))
    with counted(app) as many:
        assert client.get("/nhat-ky").text.count('class="leaf-row"') == 20
    assert len(few) == len(many) <= 3
