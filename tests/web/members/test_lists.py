"""Importing a list on the web: four screens from the file to the codes, and what may go wrong between them."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from diary.domain.member_lists import CLEAN_HEADER
from diary.files.sheets import read_sheets, write_sheet
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.member_lists import ColumnChoice
from diary.models.members import Member
from tests.lists import BASE, NOI, clean_file, clean_row
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


def press(client, address, page=SEND, **fields):
    return client.post(address, data={"csrf_token": token(client, page), **fields})


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
    for part in (
        "31/02/1990",
        "dòng 5",
        "Chi đoàn Mới – Đoàn cơ sở Bệnh viện Đa khoa",
        "Số điện thoại",
        "A: Họ và tên Mai Gia Linh; Thạch Thị Sa Rinh; Võ Quốc Huy",
    ):
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


def test_refused_rows_are_downloaded_as_a_clean_list_with_sheet_row_and_reason(browser, file):
    client = browser("bloc_secretary")
    waiting = send(client, file).location
    for _ in range(2):
        (sheet,) = read_sheets("tu-choi.xlsx", client.get(f"{waiting}/tu-choi.xlsx").data)
        assert sheet.rows[0] == (*CLEAN_HEADER, "Trang", "Dòng", "Lý do")
        assert sheet.rows[1] == (
            *("Đỗ Hà My", "31/02/1990", "Nữ", "Kinh", BASE, NOI, None, "26/03/2012", None, None),
            *("danh-sach", 5, "Ngày sinh “31/02/1990” không có trên lịch."),
        )
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
        ("một\nba\n".encode(), "a.csv", "không có bảng nào"),
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


STRANGE_HEAD = ("Đồng chí", "Sinh", "Liên hệ", "Ghi chú")
STRANGE = write_sheet("a.xlsx", STRANGE_HEAD, [("Rơ Châm Linh", "9/8/1996", "0901234567", "x"), ("Siu An", "1/2/1997", None, None)])
SAID = {"cot-0-0": "full_name", "cot-0-1": "born_on", "cot-0-2": "phone", "cot-0-3": "ignored"}
TOLD = {"trang": "0", "doc-0": "1", "dau-0": "1", "chu-0": "Unicode"}


def last_fields(app, action):
    with app.app_context():
        return db.session.execute(
            select(AuditLine.fields).where(AuditLine.action == action).order_by(AuditLine.id.desc()).limit(1)
        ).scalar_one()


def test_a_file_whose_head_is_not_recognised_is_read_once_someone_says_what_its_columns_are(browser, app):
    client = browser("secretary")
    waiting = send(client, STRANGE).location
    page = client.get(waiting).text
    assert (
        "Chưa nhận ra danh sách" in page and "Dòng 1: Đồng chí | Sinh | Liên hệ | Ghi chú" in page and '<details class="more" open>' in page
    )
    press(client, waiting, act="xem", **TOLD, **SAID)
    assert counts(client.get(waiting).text) == (2, 0, 0, 0)
    press(client, waiting, act="nhap")
    with app.app_context():
        linh = db.session.execute(select(Member).where(Member.given_name == "Linh", Member.phone == "0901234567")).scalar_one()
        assert linh.born_on == date(1996, 8, 9)


def test_columns_matched_by_hand_are_remembered_for_the_office_said_so_and_forgotten_on_request(browser, app):
    client = browser("secretary")
    waiting = send(client, STRANGE).location
    press(client, waiting, act="xem", **TOLD)
    press(client, waiting, act="xem", **TOLD, **SAID)
    press(client, waiting)
    assert last_fields(app, "columns_remember") == ["columns:3"]
    page = client.get(send(client, STRANGE).location).text
    assert (
        counts(page) == (0, 0, 2, 0)
        and page.count(">theo lần trước<") == 3
        and "(3 cột theo lần trước)" in page
        and "Quên các cột đã nhớ" in page
    )
    other = browser("bloc_secretary")
    assert "Chưa nhận ra danh sách" in other.get(send(other, STRANGE).location).text
    again = send(client, STRANGE).location
    press(client, again, act="quen")
    assert "Chưa nhận ra danh sách" in client.get(again).text and last_fields(app, "columns_forget") == ["columns:3"]
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(ColumnChoice)).scalar_one() == 0


def test_a_guessed_column_is_changed_and_the_list_is_seen_again_before_it_is_imported(browser, app):
    content, before = write_sheet("a.xlsx", ("Họ và tên", "Ngày sinh", "ĐT"), [("Mai Gia Linh", "9/8/1996", "Kinh")]), people(app)
    client = browser("secretary")
    waiting = send(client, content).location
    assert counts(client.get(waiting).text) == (0, 0, 0, 1)
    press(client, waiting, act="nhap", **TOLD, **{"cot-0-2": "ethnicity"})
    page = client.get(waiting).text
    assert "Hãy xem lại rồi bấm Nhập" in page and counts(page) == (1, 0, 0, 0) and people(app) == before
    press(client, waiting, act="xem", **TOLD, **{"cot-0-2": "full_name"})
    assert "hai cột cùng được chọn là “Họ và tên”" in client.get(waiting).text
    press(client, waiting, act="xem", **{name: value for name, value in TOLD.items() if name != "doc-0"})
    assert "Chưa nhận ra danh sách" in client.get(waiting).text
    press(client, waiting, act="xem", **TOLD | {"dau-0": "99999", "chu-0": "VNI", "cot-0-2": "nothing"})
    assert client.get(waiting).status_code == 200


def fields_of(page):
    """What a browser sends of the preview's form when nothing is touched."""
    ticked = re.findall(r'type="(?:checkbox|radio)" name="([^"]+)"[^>]*value="([^"]+)" checked', page)
    selects = [(name, re.search(r'value="([^"]*)" selected|<option selected>([^<]+)', options)) for name, options in SELECT.findall(page)]
    return {"trang": "0", **dict(ticked), **{name: chosen.group(1) or chosen.group(2) for name, chosen in selects}}


SELECT = re.compile(r'<select[^>]* name="([^"]+)"(.*?)</select>', re.DOTALL)


def test_what_is_sent_untouched_is_imported_at_once(browser, app, file):
    client, before = browser("bloc_secretary"), people(app)
    waiting = send(client, file).location
    fields = fields_of(client.get(waiting).text)
    assert fields["dau-0"] == "1" and fields["chu-0"] == "Unicode" and fields["cot-0-0"] == "full_name" and fields["doc-0"] == "1"
    press(client, waiting, act="nhap", **fields)
    assert people(app) == before + 2
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(ColumnChoice)).scalar_one() == 0


def doubt_of(page):
    return re.search(r'name="(nghi-[^"]+)"', page).group(1)


def test_a_row_that_may_be_a_known_person_is_asked_and_waits_refused(browser, app, tmp_path):
    client, before = browser("bloc_secretary"), people(app)
    file = clean_file(tmp_path, clean_row("Thạch Thị Sà Rinh", date(1998, 4, 14)), clean_row("Mai Gia Linh"))
    waiting = send(client, file).location
    page = client.get(waiting).text
    assert counts(page) == (1, 0, 0, 1) and "Có thể là một người (1)" in words(page) and "Thạch Thị Sa Rinh" in page
    press(client, waiting, act="nhap", **{doubt_of(page): "sau"})
    assert people(app) == before + 1 and counts(client.get(waiting).text) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("answer", "after", "made", "said"), [("mot", (0, 1, 0, 0), 0, "one_person:1"), ("khac", (1, 0, 0, 0), 1, "two_people:1")]
)
def test_the_answer_settles_the_row_is_audited_and_the_same_file_then_changes_nothing(browser, app, tmp_path, answer, after, made, said):
    client, before = browser("bloc_secretary"), people(app)
    file = clean_file(tmp_path, clean_row("Thạch Thị Sà Rinh", date(1998, 4, 14)))
    waiting = send(client, file).location
    press(client, waiting, act="xem", **{doubt_of(client.get(waiting).text): answer})
    assert counts(client.get(waiting).text) == after
    press(client, waiting)
    assert people(app) == before + made and said in last_fields(app, "members_import")
    assert counts(client.get(send(client, file).location).text) == (0, 0, 1, 0)


def test_one_person_in_another_unit_is_never_moved_by_a_list(browser, app, tmp_path):
    client = browser("bloc_secretary")
    file = clean_file(tmp_path, clean_row("Thạch Thị Sa Rinh", date(1998, 4, 14), branch="Chi đoàn Khối Ngoại"))
    waiting = send(client, file).location
    page = client.get(waiting).text
    press(client, waiting, act="xem", **{doubt_of(page): "mot"})
    page = client.get(waiting).text
    assert counts(page) == (0, 0, 0, 1) and "Hãy chuyển sinh hoạt thay vì nhập lại" in page and "/chuyen" in page
    with app.app_context():
        assert db.session.execute(select(Member.unit_id).where(Member.given_name == "Rinh")).scalars().all() != []


def test_a_doubt_shows_nothing_of_a_person_of_a_unit_the_importer_may_not_read(browser, tmp_path):
    client = browser("secretary")  # the stranger belongs to Chi đoàn Kho bạc Nhà nước
    file = clean_file(tmp_path, clean_row("Bùi Thị Tường Vi", date(1998, 4, 14), base="", branch=""))
    page = words(client.get(send(client, file).location).text)
    assert "Có thể là một người (1)" in page and "Đơn vị khác" in page and "Kho bạc" not in page


def test_a_mended_file_of_refused_rows_brings_in_just_these(browser, app, file):
    client = browser("bloc_secretary")
    waiting = send(client, file).location
    press(client, waiting)
    (sheet,) = read_sheets("tu-choi.xlsx", client.get(f"{waiting}/tu-choi.xlsx").data)
    before, (head, row) = people(app), sheet.rows
    mended = write_sheet("tu-choi.xlsx", head, [(row[0], "28/02/1990", *row[2:])])
    again = send(client, mended).location
    assert counts(client.get(again).text) == (1, 0, 0, 0)
    press(client, again)
    assert people(app) == before + 1


def test_who_edits_no_members_imports_none(browser):
    for who in ("member", "inspector", "administrator"):
        client = browser(who)
        assert client.get(SEND).status_code == 403
        assert press(client, f"{SEND}/{'a' * 32}", "/ca-nhan").status_code == 403


def test_codes_are_taken_by_a_press_not_by_opening_an_address(browser, file):
    client = browser("bloc_secretary")
    assert client.get(f"{send(client, file).location}/ma.xlsx").status_code == 405


def test_letters_of_an_old_font_are_said_to_be_converted_and_may_be_taken_as_they_are(browser):
    client = browser("secretary")
    content = write_sheet("a.xlsx", ("Hä vµ tªn", "Ngµy sinh"), [("TrÇn ThÞ Ngäc", "1/2/1990"), ("NguyÔn V¨n Hïng", "1/2/1991")])
    waiting = send(client, content).location
    page = client.get(waiting).text
    assert "được đổi từ bảng mã TCVN3 (trang a)" in page and "Trần Thị Ngọc" in page
    press(client, waiting, act="xem", **TOLD | {"chu-0": "Unicode"})
    assert "được đổi từ bảng mã" not in client.get(waiting).text
