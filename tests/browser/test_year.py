"""A whole year lived in a real browser: from an empty folder to the signed papers' text, each step by the person it belongs to."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from diary.domain.dates import short_day
from diary.domain.member_lists import CLEAN_HEADER
from diary.files.sheets import read_sheets, write_sheet
from tests.browser.installation import Installation

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM or not shutil.which("pdftotext"), reason="needs chromium and pdftotext"),
]
PASSWORD = "mat-khau-cua-toi"
PHONE = {"width": 390, "height": 844}
BASE, BRANCH, TREASURY = "Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội", "Chi đoàn Kho bạc Nhà nước"
BLOC_SECRETARY = ["Trương Quốc Khải", "02/02/1990", "Nam", "Kinh", TREASURY, "", "", "26/03/2006", "0901000001", ""]
PEOPLE = [
    ["Huỳnh Lê Thảo Nguyên", "11/05/1991", "Nữ", "Kinh", BASE, "", "Bí thư", "26/03/2007", "0901000002", ""],
    ["Lâm Thanh Sang", "07/09/1993", "Nam", "Hoa", BASE, BRANCH, "Bí thư", "26/03/2009", "0901000003", ""],
    ["Phan Thị Mỹ Duyên", "20/10/1996", "Nữ", "Kinh", BASE, BRANCH, "Phó Bí thư", "26/03/2012", "0901000004", ""],
    ["Thạch Thị Sa Rinh", "14/04/1998", "Nữ", "Khmer", BASE, BRANCH, "", "26/03/2014", "0901000005", ""],
    ["Võ Quốc Huy", "30/06/1999", "Nam", "Kinh", BASE, BRANCH, "", "26/03/2015", "0901000006", ""],
]
DEED = "Dịch tờ hướng dẫn ăn uống sang tiếng Khmer cho người bệnh buồng 4."
BETTER = "Dịch tờ hướng dẫn ăn uống sang tiếng Khmer, đọc cho 3 người bệnh buồng 4 nghe, ai cũng gật đầu."
NOTE = "Hôm nay hơi tủi thân 7Q2X, nhưng vui."


@contextmanager
def signed_in(browser: Browser, url: str, name: str, viewport: dict[str, int] | None = None) -> Iterator[Page]:
    context = browser.new_context(viewport=viewport or {"width": 1280, "height": 800}, accept_downloads=True, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{url}/dang-nhap")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
    yield page
    context.close()


def activate(browser: Browser, url: str, name: str, code: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{url}/kich-hoat?ten={name}")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value(name)
    page.get_by_label("Mã kích hoạt").fill(code)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Kích hoạt", exact=True).click()
    agree = page.get_by_role("button", name="Tôi đồng ý")
    expect(agree.or_(page.get_by_role("heading", name="Hôm nay"))).to_be_visible()
    if agree.is_visible():
        agree.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hôm nay")
    context.close()


def codes(content: bytes) -> dict[str, tuple[str, str]]:
    """Full name: username and code, from the file of codes."""
    sheet = read_sheets("ma.xlsx", content)[0]
    head = [str(cell) for cell in sheet.rows[0]]
    name, user, code = (head.index(words) for words in ("Họ và tên", "Tên đăng nhập", "Mã kích hoạt"))
    return {str(row[name]): (str(row[user]), str(row[code])) for row in sheet.rows[1:]}


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1800, 1200), "#2a8a57").save(out, "JPEG")
    return out.getvalue()


def text_of(pdf: bytes, folder: Path) -> str:
    file = folder / "giay.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.replace("\u00a0", " ").split())


def download(page: Page, path: str) -> bytes:
    answer = page.request.get(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    return answer.body()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
        yield chromium
        chromium.close()


def test_a_year_from_the_empty_folder_to_the_papers(browser: Browser, tmp_path: Path):
    home = Installation(tmp_path / "instance")
    home.flask("setup", "--name", "Đoàn Khối các cơ quan tỉnh", "--symbol", "ĐTNK", "--admin", "quantri")
    first, list_file = tmp_path / "dau.xlsx", tmp_path / "danh-sach.xlsx"
    first.write_bytes(write_sheet("dau.xlsx", CLEAN_HEADER, [BLOC_SECRETARY]))
    list_file.write_bytes(write_sheet("danh-sach.xlsx", CLEAN_HEADER, [BLOC_SECRETARY, *PEOPLE]))
    home.flask("import", "members", str(first), "--codes", str(tmp_path / "ma.xlsx"))
    bloc, bloc_code = codes((tmp_path / "ma.xlsx").read_bytes())["Trương Quốc Khải"]
    home.flask("appoint", bloc, "secretary")
    with home.serving() as url:
        activate(browser, url, bloc, bloc_code)
        people = _bring_in_the_list(browser, url, bloc, list_file)
        for username, code in people.values():
            activate(browser, url, username, code)
        names = {name: username for name, (username, _) in people.items()}
        member, secretary = names["Thạch Thị Sa Rinh"], names["Lâm Thanh Sang"]
        _open_the_windows(browser, url, bloc)
        _promise_and_approve(browser, url, member, secretary)
        _write_return_mend_approve(browser, url, member, secretary)
        _assess(browser, url, member)
        _meet_and_propose(browser, url, secretary)
        _pass_on_and_decide(browser, url, names["Huỳnh Lê Thảo Nguyên"], bloc)
        _read_the_papers(browser, url, member, secretary, tmp_path)


def _bring_in_the_list(browser: Browser, url: str, bloc: str, file: Path) -> dict[str, tuple[str, str]]:
    with signed_in(browser, url, bloc) as page:
        page.goto(f"{url}/doan-vien/nhap")
        page.get_by_label("Tệp danh sách").set_input_files(file)
        page.get_by_role("button", name="Xem trước").click()
        expect(page.get_by_text("Mới", exact=True).first).to_be_visible()
        page.get_by_role("button", name="Nhập", exact=False).first.click()
        with page.expect_download() as got:
            page.get_by_role("button", name="Tải mã kích hoạt").click()
        found = codes(Path(got.value.path()).read_bytes())
        assert set(found) == {row[0] for row in PEOPLE}, "those known already get no new code"
        return found


def _open_the_windows(browser: Browser, url: str, bloc: str) -> None:
    today = date.today()
    with signed_in(browser, url, bloc) as page:
        page.goto(f"{url}/nam-cong-tac/{today.year}")
        form = page.locator("section", has=page.get_by_role("heading", name="Thời gian chung"))
        days = form.locator("input[type=date]")
        for place in range(days.count()):
            days.nth(place).fill((date(today.year, 1, 1) if place % 2 == 0 else date(today.year + 1, 1, 31)).isoformat())
        form.get_by_role("button", name="Lưu thời gian").click()
        expect(page.get_by_text("đang mở hôm nay").first).to_be_visible()


def _promise_and_approve(browser: Browser, url: str, member: str, secretary: str) -> None:
    with signed_in(browser, url, member, PHONE) as page:
        page.goto(f"{url}/dang-ky/moi")
        page.locator("label.chip", has_text="Cần").first.click()
        page.get_by_label("Nội dung làm theo").fill("Dịch tờ hướng dẫn cho người bệnh Khmer")
        page.get_by_label("Kết quả cần đạt").fill("12 tờ trong năm")
        page.get_by_role("button", name="Gửi đăng ký").click()
        expect(page.get_by_text("Chờ bí thư").first).to_be_visible()
    with signed_in(browser, url, secretary) as page:
        page.goto(f"{url}/duyet")
        expect(page.get_by_text("Dịch tờ hướng dẫn cho người bệnh Khmer").first).to_be_visible()
        page.get_by_role("button", name="Duyệt").first.click()
        expect(page.get_by_role("button", name="Hoàn tác").first).to_be_visible()


def _write_return_mend_approve(browser: Browser, url: str, member: str, secretary: str) -> None:
    day = date.today() - timedelta(days=1)
    day = day if day.year == date.today().year else date.today()
    with signed_in(browser, url, member, PHONE) as page:
        page.goto(f"{url}/nhat-ky/moi")
        page.locator("input[name=happened_on]").fill(day.isoformat())
        page.get_by_label("Việc đã làm").fill(DEED)
        page.get_by_label("Ghi riêng").fill(NOTE)
        page.locator("input[type=file]").first.set_input_files({"name": "to.jpg", "mimeType": "image/jpeg", "buffer": photo()})
        page.get_by_role("button", name="Gửi bí thư").click()
        expect(page.get_by_text("Chờ bí thư").first).to_be_visible()
    with signed_in(browser, url, secretary) as page:
        page.goto(f"{url}/duyet")
        expect(page.get_by_text(DEED).first).to_be_visible()
        expect(page.locator("article img").first).to_be_visible()
        assert "7Q2X" not in page.content(), "the private note reached the reviewer"
        page.get_by_text("Lý do cần bổ sung").first.click()
        page.get_by_label("Lý do", exact=True).first.fill("Đọc cho mấy người nghe?")
        page.get_by_role("button", name="Cần bổ sung").first.click()
        expect(page.get_by_role("button", name="Hoàn tác").first).to_be_visible()
    with signed_in(browser, url, member, PHONE) as page:
        page.get_by_text("Cần bổ sung").first.click()
        expect(page.get_by_text("Đọc cho mấy người nghe?").first).to_be_visible()
        page.get_by_role("link", name="Bổ sung").or_(page.get_by_role("link", name="Sửa")).first.click()
        page.get_by_label("Việc đã làm").fill(BETTER)
        page.get_by_label("Kết quả cụ thể").fill("3")
        page.get_by_label("Đơn vị").fill("người bệnh")
        page.get_by_role("button", name="Gửi bí thư").click()
        expect(page.get_by_text("Chờ bí thư").first).to_be_visible()
    with signed_in(browser, url, secretary, PHONE) as page:
        page.goto(f"{url}/duyet")
        expect(page.get_by_text(BETTER).first).to_be_visible()
        page.get_by_role("button", name="Duyệt").first.click()
        expect(page.get_by_role("button", name="Hoàn tác").first).to_be_visible()
    with signed_in(browser, url, member, PHONE) as page:
        page.goto(f"{url}/nhat-ky")
        expect(page.get_by_text("Đã duyệt").first).to_be_visible()
        expect(page.get_by_text(f"Việc ngày {short_day(day)} – ghi ngày").first).to_be_visible()


def _assess(browser: Browser, url: str, member: str) -> None:
    with signed_in(browser, url, member, PHONE) as page:
        page.goto(f"{url}/danh-gia")
        expect(page.get_by_label("Ưu điểm")).not_to_have_value("")
        page.get_by_label("Hướng khắc phục").fill("Ghi ngay cuối tua trực.")
        page.locator("label.level", has_text="Hoàn thành tốt nhiệm vụ").click()
        page.get_by_role("button", name="Nộp tự đánh giá").click()
        expect(page.get_by_text("Đã tự đánh giá").first).to_be_visible()


def _meet_and_propose(browser: Browser, url: str, secretary: str) -> None:
    with signed_in(browser, url, secretary) as page:
        page.goto(f"{url}/xep-loai/hop")
        page.get_by_label("Thư ký").select_option(index=1)
        page.get_by_role("button", name="Mở họp").click()
        page.get_by_role("button", name="Tất cả có mặt").click()
        page.get_by_role("link", name="Vào biểu quyết").or_(page.locator(".hall-vote")).first.wait_for()
        if page.get_by_role("link", name="Vào biểu quyết").is_visible():
            page.get_by_role("link", name="Vào biểu quyết").click()
        for number in range(1, 5):
            expect(page.get_by_text(f"Người thứ {number} trên 4")).to_be_visible()
            page.get_by_label("Tốt", exact=True).fill("4")
            page.get_by_role("button", name="Người tiếp theo" if number < 4 else "Lưu", exact=True).click()
        page.get_by_role("button", name="Kết thúc họp").click()
        expect(page.get_by_text("Cuộc họp đã kết thúc")).to_be_visible()
        expect(page.get_by_text("Đã họp").first).to_be_visible()
        page.get_by_role("button", name="Đề nghị lên cấp trên").click()
        expect(page.get_by_text("Đã đề nghị").first).to_be_visible()


def _pass_on_and_decide(browser: Browser, url: str, base: str, bloc: str) -> None:
    with signed_in(browser, url, base) as page:
        page.goto(f"{url}/xet-duyet")
        page.get_by_role("link", name=BRANCH, exact=True).click()
        page.get_by_role("button", name="Chuyển lên").click()
        page.goto(f"{url}/xet-duyet")
    with signed_in(browser, url, bloc) as page:
        page.goto(f"{url}/xet-duyet")
        page.get_by_role("link", name=BRANCH, exact=True).click()
        page.get_by_label("Số quyết định").fill("21-QĐ/ĐTNK")
        page.get_by_role("button", name="Công nhận").click()
        expect(page.get_by_text("Đã quyết định").or_(page.get_by_text("Đã công nhận")).first).to_be_visible()


def _read_the_papers(browser: Browser, url: str, member: str, secretary: str, folder: Path) -> None:
    year = date.today().year
    with signed_in(browser, url, member, PHONE) as page:
        page.goto(f"{url}/danh-gia")
        expect(page.get_by_text("Hoàn thành tốt nhiệm vụ").first).to_be_visible()
        expect(page.get_by_text("21-QĐ/ĐTNK").first).to_be_visible()
        sheet_link = page.locator("a[href$='phieu.pdf']").first.get_attribute("href")
        assert sheet_link
        sheet = text_of(download(page, url + sheet_link), folder)
        book = text_of(download(page, f"{url}/so-nhat-ky/{year}.pdf"), folder)
    for words in ("PHIẾU ĐÁNH GIÁ, XẾP LOẠI ĐOÀN VIÊN", f"Năm {year}", "Thạch Thị Sa Rinh", "Ghi ngay cuối tua trực.", "21-QĐ/ĐTNK"):
        assert words in sheet, f"{words} is not in the sheet: {sheet}"
    assert BETTER in book and "3 người bệnh" in book and DEED not in book
    assert "7Q2X" not in sheet + book, "a private note went on paper"
    with signed_in(browser, url, secretary) as page:
        listing = text_of(download(page, f"{url}/xep-loai/danh-sach.pdf"), folder)
    for words in ("DANH SÁCH", f"Đề nghị xếp loại đoàn viên năm {year}", "Võ Quốc Huy", "HTT"):
        assert words in listing, f"{words} is not in the list: {listing}"
