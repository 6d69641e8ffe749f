"""The administrator's page."""

import re
import uuid
from datetime import UTC, datetime

from sqlalchemy import select

from diary.models.accounts import Account
from diary.models.base import db
from diary.services import audit
from tests.counting import counted
from tests.web.reading import heading, token, words


def record(app, cast, number, action="unit_edit", subject="unit"):
    with app.app_context():
        for n in range(number):
            audit.record(None, action, subject, n + 1, cast.units["KB"], ["name"])
        db.session.commit()


def test_only_the_administrator_opens_it(browser, cast):
    for name in cast.all:
        assert browser(name).get("/quan-tri").status_code == (200 if name == "administrator" else 403), name


def test_it_counts_accounts_by_their_state(app, browser, cast):
    with app.app_context():
        accounts = {row.username: row for row in db.session.execute(select(Account)).scalars()}
        accounts["member"].password_hash = "x"
        accounts["stranger"].closed_at = datetime(2026, 1, 1, tzinfo=UTC)
        db.session.commit()
    page = browser("administrator").get("/quan-tri").text
    said = words(page)
    assert heading(page) == "Quản trị" and "Tài khoản 13 Đang dùng 1 Chưa kích hoạt 11 Đã đóng 1" in said
    assert "1 máy đang đăng nhập" in said


def test_an_account_is_found_by_username_or_name(browser):
    client = browser("administrator")
    assert "Thạch Thị Sa Rinh, Chi đoàn Khối Nội" in words(client.get("/quan-tri?q=sa rinh").text)
    assert "bloc_deputy" in client.get("/quan-tri?q=BLOC_").text
    assert "Không có tài khoản nào" in client.get("/quan-tri?q=%25<b>").text


def test_the_settings_name_no_secret(app, browser):
    page = browser("administrator").get("/quan-tri").text
    assert "SQLite" in page or "PostgreSQL" in page
    assert app.config["SECRET_KEY"] not in page and app.config["SQLALCHEMY_DATABASE_URI"] not in page


def test_audit_lines_stand_newest_first_in_words_and_are_filtered(app, browser, cast):
    record(app, cast, 1)
    record(app, cast, 1, action="year_open", subject="year")
    client = browser("administrator")
    table = lambda path: words(client.get(path).text.split("<tbody>")[1])  # noqa: E731
    both = table("/quan-tri")
    assert both.index("Mở năm công tác") < both.index("Sửa tổ chức") and "Chương trình" in both and "Chi đoàn Kho bạc" in both
    assert "Mở năm công tác" not in table("/quan-tri?viec=unit_edit")
    assert "Sửa tổ chức" not in table("/quan-tri?loai=year")
    assert "Sửa tổ chức" in table("/quan-tri?viec=nothing&loai=nothing&truoc=nothing")


def test_the_log_pages_back_through_all_lines_with_the_same_number_of_queries(app, browser, cast):
    def asked(path):
        with counted(app) as sent:
            page = client.get(path)
        assert page.status_code == 200
        return page.text, len(sent)

    client = browser("administrator")
    record(app, cast, 1)
    _, few = asked("/quan-tri")
    record(app, cast, 119)
    page, many = asked("/quan-tri")
    seen = page.count("Sửa tổ chức</div>")
    for _ in range(2):
        older = page.split('rel="next" href="')[1].split('"')[0].split("#")[0].replace("&amp;", "&")
        page, same = asked(older)
        assert same == many == few
        seen += page.count("Sửa tổ chức</div>")
    assert seen == 120 and "Cũ hơn" not in page and "Về mới nhất" in page


def test_a_line_from_nowhere_is_the_start_of_an_empty_page(browser):
    assert browser("administrator").get(f"/quan-tri?truoc={uuid.UUID(int=0)}").status_code == 200


def test_another_administrator_gets_a_code_here_shown_once_and_one_s_own_account_none(app, browser):
    with app.app_context():
        db.session.add(Account(username="administrator2", name="Quản trị thứ hai", password_hash="x"))
        db.session.commit()
    client = browser("administrator")
    found = client.get("/quan-tri?q=administrator").text
    assert "Cấp mã mới cho administrator2" in found and "Cấp mã mới cho administrator<" not in found.replace('"', "<")
    answer = client.post("/quan-tri/ma", data={"username": "administrator2", "csrf_token": token(client, "/ca-nhan")})
    assert answer.status_code == 200 and re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", words(answer.text))
    assert heading(answer.text) == "Mã kích hoạt của Quản trị thứ hai" and answer.headers["Cache-Control"] == "no-store"
    for username, status in (("administrator", 403), ("member", 403), ("khong-co-ai", 404)):
        assert client.post("/quan-tri/ma", data={"username": username, "csrf_token": token(client, "/ca-nhan")}).status_code == status
    assert client.get("/quan-tri/ma").status_code == 405
