"""Importing a list on the web: four screens from the file to the codes, and what may go wrong between them."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from diary.files.sheets import read_sheets
from diary.models.base import db
from diary.models.members import Member
from tests.lists import clean_file, clean_row
from tests.web.reading import heading, token, words

SEND = "/doan-vien/nhap"
ROWS = (
    clean_row("Mai Gia Linh", post="Ủy viên BCH"),
    clean_row("Thạch Thị Sa Rinh", date(1998, 4, 14), phone="0901234567"),
    clean_row("Võ Quốc Huy", date(1998, 4, 14)),
    clean_row("Đỗ Hà My", "31/02/1990"),
    clean_row("Trần An Nhiên", branch="Chi đoàn Mới"),
)


def send(client, file, name="danh-sach.xlsx"):
    content = file if isinstance(file, bytes) else file.read_bytes()
    fields = {"csrf_token": token(client, SEND), "file": (io.BytesIO(content), name)}
    answer = client.post(SEND, data=fields, content_type="multipart/form-data")
    answer.request.input_stream.close()  # a large body lies in a temporary file of the client's
    return answer


def press(client, address, page="/ca-nhan"):
    return client.post(address, data={"csrf_token": token(client, page)})


def counts(page):
    """Mới, Thay đổi, Như cũ, Bị từ chối as the page shows them."""
    found = re.search(r"Mới (\d+) Thay đổi (\d+) Như cũ (\d+) Bị từ chối (\d+)", words(page))
    return tuple(map(int, found.groups()))


def people(app):
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(Member)).scalar_one()


@pytest.fixture
def file(tmp_path):
    return clean_file(tmp_path, *ROWS)


def test_a_list_is_seen_before_it_is_imported_and_then_its_codes_are_taken_once(browser, app, file):
    client, before = browser("bloc_secretary"), people(app)
    assert heading(client.get(SEND).text) == "Nhập danh sách"
    preview = send(client, file)
    assert preview.status_code == 303
    page = client.get(preview.location).text
    assert counts(page) == (2, 2, 0, 1) and people(app) == before
    for part in ("31/02/1990", "dòng 5", "Chi đoàn Mới – Đoàn cơ sở Bệnh viện Đa khoa", "Số điện thoại", "cột 1 là Họ và tên"):
        assert part in words(page), part
    assert press(client, preview.location).status_code == 303
    done = client.get(preview.location).text
    assert counts(done) == (2, 2, 0, 1) and people(app) == before + 2 and "Tải mã kích hoạt" in done
    taken = press(client, f"{preview.location}/ma.xlsx")
    (sheet,) = read_sheets("ma.xlsx", taken.data)
    assert [row[2:4] for row in sheet.rows[1:]] == [("Mai Gia Linh", "linh.mg"), ("Trần An Nhiên", "nhien.ta")]
    again = press(client, f"{preview.location}/ma.xlsx")
    assert again.status_code == 303 and "Tải mã kích hoạt" not in client.get(preview.location).text


def test_pressing_import_twice_and_sending_the_file_again_change_nothing(browser, app, file):
    client = browser("bloc_secretary")
    first = send(client, file).location
    for _ in range(2):
        press(client, first)
    after = people(app)
    page = client.get(send(client, file).location).text
    assert counts(page) == (0, 0, 4, 1) and "mọi người trong tệp đã có" in page and people(app) == after


def test_what_changed_between_the_preview_and_the_import_is_seen(browser, app, file):
    one, other = browser("bloc_secretary"), browser("bloc_deputy")
    waiting = send(one, file).location
    press(other, send(other, file).location)
    press(one, waiting)
    assert counts(one.get(waiting).text) == (0, 0, 4, 1)


def test_refused_rows_are_downloaded_with_sheet_row_reason_and_their_cells(browser, file):
    client = browser("bloc_secretary")
    waiting = send(client, file).location
    for _ in range(2):
        (sheet,) = read_sheets("tu-choi.xlsx", client.get(f"{waiting}/tu-choi.xlsx").data)
        assert sheet.rows[1][:6] == ("danh-sach", 5, "Ngày sinh “31/02/1990” không có trên lịch.", "Đỗ Hà My", "Đỗ Hà My", "31/02/1990")
        press(client, waiting)


def test_a_branch_secretary_s_list_needs_no_unit_and_reaches_no_other_branch(browser, app, tmp_path):
    file = clean_file(
        tmp_path, clean_row("Mai Gia Linh", base="", branch="", post="Bí thư"), clean_row("Đỗ Hà My", branch="Chi đoàn Khối Ngoại")
    )
    client = browser("secretary")
    waiting = send(client, file).location
    page = client.get(waiting).text
    assert counts(page) == (1, 0, 0, 1) and "Bạn không phụ trách Chi đoàn Khối Ngoại" in page and "Đoàn cấp trên giao" in page
    press(client, waiting)
    assert "Mai Gia Linh" in client.get("/doan-vien").text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "Tệp trống"),
        (b"%PDF-1.7", "a.xlsx", "PDF"),
        (b"PK\x03\x04 broken", "a.xlsx", "bị hỏng"),
        ("một,hai\nba,bốn\n".encode(), "a.csv", "Không tìm thấy danh sách"),
        (b"x" * (20 * 1024 * 1024 + 1), "a.csv", "lớn hơn 20 MB"),
    ],
)
def test_an_unreadable_file_is_refused_at_its_field(browser, content, name, said):
    answer = send(browser("secretary"), content, name)
    assert answer.status_code == 200 and said in words(answer.text) and 'aria-invalid="true"' in answer.text


def test_no_file_is_refused_at_its_field(browser):
    client = browser("secretary")
    answer = client.post(SEND, data={"csrf_token": token(client, SEND)})
    assert answer.status_code == 200 and "Hãy chọn tệp danh sách." in answer.text


def test_a_list_of_which_nothing_can_be_taken_offers_no_import(browser, tmp_path):
    client = browser("secretary")
    page = client.get(send(client, clean_file(tmp_path, clean_row("Đỗ Hà My", "31/02/1990"))).location).text
    assert "mọi dòng đều bị từ chối" in page and ">Nhập<" not in page.replace("</svg>", ">")


def test_another_person_s_file_is_not_found_and_an_old_one_is_gone(browser, file, time):
    waiting = send(browser("bloc_secretary"), file).location
    other = browser("bloc_deputy")
    for path in (waiting, f"{waiting}/tu-choi.xlsx"):
        assert other.get(path).status_code == 404
    assert press(other, waiting).status_code == press(other, f"{waiting}/ma.xlsx").status_code == 404
    time.shift(2 * 3600 + 60)
    gone = browser("bloc_secretary").get(waiting)
    assert gone.status_code == 404 and "2 giờ" in gone.text


def test_who_edits_no_members_imports_none(browser):
    for who in ("member", "inspector", "administrator"):
        client = browser(who)
        assert client.get(SEND).status_code == 403
        assert press(client, f"{SEND}/{'a' * 32}").status_code == 403


def test_codes_are_taken_by_a_press_not_by_opening_an_address(browser, file):
    client = browser("bloc_secretary")
    assert client.get(f"{send(client, file).location}/ma.xlsx").status_code == 405
