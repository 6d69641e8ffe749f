"""Importing a register's list on the web: seen before it is written, refused rows to mend, nobody else's file."""

import io
import re

import pytest

from diary.domain.fee_lists import FEES
from diary.files.sheets import read_sheets, write_sheet
from diary.queries.fees import year_fees
from tests.registers import YEAR, clean_file, fee_row
from tests.web.reading import heading, token, words

SEND = "/doan-phi/nhap"
ROWS = (fee_row("Thạch Thị Sa Rinh", 15000, "x"), fee_row("Võ Quốc Huy", "abc"), fee_row("Mai Gia Linh", 1000))


def send(client, file, name="danh-sach.xlsx", path=SEND, **fields):
    content = file if isinstance(file, bytes) else file.read_bytes()
    form = {"csrf_token": token(client, path), "file": (io.BytesIO(content), name), "year": str(YEAR), **fields}
    answer = client.post(path, data=form, content_type="multipart/form-data")
    answer.request.input_stream.close()
    return answer


def press(client, address):
    return client.post(address, data={"csrf_token": token(client, "/ca-nhan")})


def counts(page):
    """Mới, Thay đổi, Như cũ, Bị từ chối as the page shows them."""
    return tuple(map(int, re.search(r"Mới (\d+) Thay đổi (\d+) Như cũ (\d+) Bị từ chối (\d+)", words(page)).groups()))


def noted(app, cast, name="member"):
    with app.app_context():
        member_id = getattr(cast, name).member_id
        return len(year_fees([member_id], YEAR)[member_id].notes)


@pytest.fixture
def file(tmp_path):
    return clean_file(tmp_path, FEES, *ROWS)


def test_a_list_is_seen_before_it_is_written_and_again_changes_nothing(app, browser, cast, file):
    client = browser("secretary")
    assert heading(client.get(SEND).text) == "Nhập đoàn phí"
    waiting = send(client, file).location
    page = client.get(waiting).text
    assert counts(page) == (1, 0, 0, 2) and "Quý I: Đã đóng 15.000 đồng Quý II: Đã đóng" in words(page) and noted(app, cast) == 0
    for _ in range(2):
        assert press(client, waiting).status_code == 303
        assert counts(client.get(waiting).text) == (1, 0, 0, 2) and noted(app, cast) == 2
    again = client.get(send(client, file).location).text
    assert counts(again) == (0, 0, 1, 2) and "đã có trong sổ" in again


def test_refused_rows_are_downloaded_under_the_clean_head_mended_there_and_sent_again(app, browser, cast, file):
    client = browser("secretary")
    waiting = send(client, file).location
    press(client, waiting)
    (sheet,) = read_sheets("a.xlsx", client.get(f"{waiting}/tu-choi.xlsx").data)
    assert sheet.rows[0] == (*FEES.header, "Trang", "Dòng", "Lý do")
    assert [row[0] for row in sheet.rows[1:]] == [
        "Võ Quốc Huy",
        "Mai Gia Linh",
    ]
    assert sheet.rows[1][9:11] == ("danh-sach", 3) and "Không đọc được “abc”" in sheet.rows[1][11]
    mended = [tuple("20.000" if cell == "abc" else cell for cell in row) for row in sheet.rows[1:2]]
    answer = send(client, write_sheet("a.xlsx", [str(cell) for cell in sheet.rows[0]], mended))
    assert counts(client.get(answer.location).text) == (1, 0, 0, 0)


def test_a_row_without_a_year_takes_the_one_chosen(browser, tmp_path):
    client = browser("secretary")
    page = client.get(send(client, clean_file(tmp_path, FEES, fee_row("Võ Quốc Huy", 1000, year=None))).location).text
    assert counts(page) == (1, 0, 0, 0) and f"năm {YEAR}" in words(page)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "Tệp trống"), (b"%PDF-1.7", "PDF"), ("một,hai\nba,bốn\n".encode(), "Không tìm thấy danh sách")]
)
def test_a_file_that_is_no_list_is_refused_at_its_field(browser, content, said):
    answer = send(browser("secretary"), content, "a.csv")
    assert answer.status_code == 200 and said in words(answer.text) and 'aria-invalid="true"' in answer.text


def test_no_file_and_no_year_are_refused_at_their_fields(browser):
    client = browser("secretary")
    answer = client.post(SEND, data={"csrf_token": token(client, SEND), "year": "1999"})
    assert answer.status_code == 200 and "Hãy chọn tệp danh sách." in answer.text and "Hãy chọn một mục trong danh sách." in answer.text


def test_another_person_s_file_and_one_sent_to_another_register_are_not_found(browser, file):
    waiting = send(browser("secretary"), file).location
    assert browser("deputy").get(waiting).status_code == 404
    other = waiting.replace("/doan-phi/", "/ren-luyen/")
    assert browser("secretary").get(other).status_code == press(browser("secretary"), other).status_code == 404


@pytest.mark.parametrize("name", ["member", "inspector", "administrator", "stranger"])
@pytest.mark.parametrize("path", [SEND, "/ren-luyen/nhap"])
def test_who_notes_nothing_imports_nothing(browser, name, path):
    assert browser(name).get(path).status_code == 403


def test_the_other_register_s_pages_speak_of_it(browser):
    page = browser("secretary").get("/ren-luyen/nhap").text
    assert heading(page) == "Nhập chương trình rèn luyện" and "“Kết quả”" in page
