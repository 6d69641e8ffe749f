"""The administrator's page."""

from datetime import UTC, datetime

from sqlalchemy import select

from diary.models.accounts import Account
from diary.models.base import db
from diary.services import audit
from tests.web.reading import heading, words


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


def test_the_newest_audit_lines_stand_in_words_with_a_way_to_them_all(app, browser, cast):
    record(app, cast, 1)
    record(app, cast, 9, action="year_open", subject="year")
    page = browser("administrator").get("/quan-tri").text
    table = words(page.split("<tbody>")[1])
    assert table.count("Mở năm công tác") == 8 and "Sửa tổ chức" not in table and "Chương trình" in table
    assert 'href="/quan-tri/nhat-ky"' in page
