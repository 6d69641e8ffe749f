"""The audit log on its page: narrowed, paged, one thing's whole history, taken out as a file."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from diary.files.sheets import read_sheets
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.services import audit
from tests import factories
from tests.counting import counted
from tests.web.reading import heading, words

PATH = "/quan-tri/nhat-ky"


@pytest.fixture
def write(app, cast):
    """write("unit_edit", by="secretary", …) adds a line, or as many as `number` says."""

    def line(action="unit_edit", subject="unit", subject_id=1, by=None, unit="KB", fields=("name",), number=1):
        with app.app_context():
            actor = replace(factories.actor(by), address="203.0.113.7") if by else None
            audit.record_all(actor, action, [audit.About(subject, subject_id, cast.units[unit] if unit else None, fields)] * number)
            db.session.commit()

    return line


@pytest.fixture
def client(browser):
    return browser("administrator")


def table(client, query=""):
    """The words of the table's body; "" where there is none."""
    answer = client.get(PATH + query)
    assert answer.status_code == 200
    return words(answer.text.split("<tbody>")[1].split("</tbody>")[0]) if "<tbody>" in answer.text else ""


def test_a_line_says_who_when_from_where_and_which_fields_and_revisions(client, write, time):
    write("entry_send", "entry", uuid.uuid4(), by="secretary", fields=[3])
    write("member_edit", "member", 12, by="secretary", fields=["phone", "given_name"])
    said = table(client)
    assert heading(client.get(PATH).text) == "Nhật ký hệ thống"
    assert "09:00, 23/11/2026 Lâm Thanh Sang secretary Gửi bài Bài nhật ký Chi đoàn Kho bạc" in said and "bản 3 203.0.113.7" in said
    assert "Đoàn viên 12" in said and "số điện thoại, tên 203.0.113.7" in said


FILTERS = [
    ("ai=sang", "A"), ("ai=SECRETARY", "A"), ("ai=lam+thanh", "A"), ("ai=chuong+trinh", "B"), ("viec=year_open", "B"),
    ("loai=member", "A"), ("to-chuc=BV-noi", "A"), ("to-chuc=kho+bac", "B"), ("loai=member&ma=7", "A"),
    ("tu=24/11/2026", "B"), ("den=2026-11-23", "A"), ("tu=23/11/2026&den=23/11/2026", "A"),
    ("ai=sang&viec=year_open", ""), ("viec=nothing&loai=nothing&truoc=nothing", "AB"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found"), FILTERS, ids=[query for query, _ in FILTERS])
def test_the_log_is_narrowed_by_who_what_where_and_when(client, write, time, query, found):
    write("member_edit", "member", 7, by="secretary", unit="BV-NOI")  # A
    time.shift(timedelta(days=1))
    write("year_open", "year", 2026)  # B
    said = table(client, f"?{query}")
    assert {name for name, label in (("A", "Sửa thông tin đoàn viên"), ("B", "Mở năm công tác")) if label in said} == set(found)


def test_what_is_typed_and_means_nobody_is_said(client, write):
    write()
    page = words(client.get(f"{PATH}?ai=khong+ai&to-chuc=%25<b>").text)
    assert "Không có người nào như “khong ai”." in page and "Không có tổ chức nào như “%<b>”." in page
    assert "Sửa tổ chức" not in table(client, "?ai=khong+ai")
    assert table(client, "?ai=%25") == "" and table(client, "?ai=...") == ""


def test_a_day_that_is_none_is_told_at_its_field_and_nothing_is_exported(client, write):
    write()
    page = client.get(f"{PATH}?tu=32/13/2026").text
    assert 'id="tu-loi"' in page and 'value="32/13/2026"' in page and "Xuất Excel" not in page and "<tbody>" not in page
    assert client.get(f"{PATH}/xuat?tu=32/13/2026").status_code == 303


def test_everything_done_to_one_thing_is_a_link_away(client, write):
    write("member_add", "member", 7)
    write("member_edit", "member", 7)
    write("member_edit", "member", 70)
    page = client.get(PATH).text
    assert "loai=member&amp;ma=7&#34;" in page.replace('"', "&#34;")
    said = table(client, "?loai=member&ma=7")
    assert "Thêm đoàn viên" in said and "Đoàn viên 70" not in said
    assert "Đang xem mọi việc với một mục: Đoàn viên 7" in words(client.get(f"{PATH}?loai=member&ma=7").text)


def test_the_log_pages_back_through_all_lines_with_the_same_number_of_queries(app, client, write):
    def asked(path):
        with counted(app) as sent:
            page = client.get(path)
        assert page.status_code == 200
        return page.text, len(sent)

    write()
    _, few = asked(f"{PATH}?viec=unit_edit")
    write(number=119)
    page, many = asked(f"{PATH}?viec=unit_edit")
    seen = page.count("<div>Sửa tổ chức</div>")
    for _ in range(2):
        older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        page, same = asked(older)
        assert same == many == few
        seen += page.count("<div>Sửa tổ chức</div>")
    assert seen == 120 and "Cũ hơn" not in page and "Về mới nhất" in page


def test_from_a_line_that_is_not_there_there_is_nothing_older(client, write):
    write()
    assert "Không có dòng nào" in client.get(f"{PATH}?truoc={uuid.UUID(int=0)}").text


# Files


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_is_narrowed_is_exported_and_the_export_leaves_a_line(app, client, cast, write, kind):
    write("member_edit", "member", 7, by="secretary", fields=["phone"])
    write("unit_edit", by="deputy")
    answer = client.get(f"{PATH}/xuat?dang={kind}&ai=sang")
    assert answer.headers["Cache-Control"] == "no-store" and f"nhat-ky-he-thong.{kind}" in answer.headers["Content-Disposition"]
    (sheet,) = read_sheets(f"x.{kind}", answer.data)
    head, *rows = [list(map(str, row)) for row in sheet.rows]
    assert head[:4] == ["Lúc", "Ai", "Tên đăng nhập", "Việc"] and len(rows) == 1
    assert rows[0][:9] == [
        "23/11/2026 09:00:00", "Lâm Thanh Sang", "secretary", "Sửa thông tin đoàn viên", "Đoàn viên", "7", "Chi đoàn Kho bạc Nhà nước",
        "số điện thoại", "203.0.113.7",
    ]  # fmt: skip
    with app.app_context():
        line = db.session.execute(select(AuditLine).where(AuditLine.action == "records_export")).scalar_one()
    assert (line.account_id, line.subject, line.fields) == (cast.administrator.account_id, "audit_log", ["rows:1", kind])
    assert "Xuất dữ liệu ra tệp" in table(client) and f"số dòng: 1, tệp {'Excel' if kind == 'xlsx' else 'CSV'}" in table(client)


def test_nothing_in_an_export_runs_as_a_formula(app, client, cast, write):
    from diary.models.accounts import Account

    with app.app_context():
        db.session.get_one(Account, cast.secretary.account_id).name = "=HYPERLINK(1)"
        db.session.commit()
    write("member_edit", "member", "@SUM(1)", by="secretary", fields=["+1", "-cmd"])
    text = client.get(f"{PATH}/xuat?dang=csv").data.decode("utf-8-sig")
    assert client.get(f"{PATH}/xuat?dang=csv").data.startswith(b"\xef\xbb\xbf")
    line = next(line for line in text.splitlines() if "HYPERLINK" in line)
    assert "'=HYPERLINK(1)" in line and "'@SUM(1)" in line and '"\'+1, -cmd"' in line


def test_only_the_administrator_reads_or_exports_it(browser, cast):
    for name in cast.all:
        for path in (PATH, f"{PATH}/xuat"):
            assert browser(name).get(path).status_code == (200 if name == "administrator" else 403), name
