"""The first hour of a new installation: the bloc's secretary brings in 500 people, screens and clicks counted by the browser itself."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from diary.domain.member_lists import CLEAN_HEADER
from diary.files.sheets import read_sheets, write_sheet
from tests.browser.installation import Installation
from tests.browser.test_year import activate, codes, signed_in

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]
SECRETARY = ["Trương Quốc Khải", "02/02/1990", "Nam", "Kinh", "Chi đoàn Kho bạc Nhà nước", "", "", "26/03/2006", "0901000001", ""]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Phái", "Chi đoàn", "Chức vụ", "Số ĐT"]
BAD_DAYS, BAD_PHONES = range(20, 400, 32), range(25, 400, 50)
"""Which of the 500 have an impossible day (12 of them), and which a phone too short (8)."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
        yield chromium
        chromium.close()


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    """500 people of ten branches as an office keeps them: titles above, 20 rows that cannot be taken, a total and a signature below."""
    families, middles, givens = (
        ("Lý", "Thạch", "Trần", "Võ", "Kim"),
        ("Thị", "Văn", "Hữu", "Ngọc", "Minh"),
        ("An", "Bình", "Châu", "Dung", "Hà"),
    )
    rows: list[list[object]] = []
    for number in range(500):
        name = f"{families[number % 5]} {middles[number // 5 % 5]} {givens[number // 25 % 5]}"
        born = "31/02/1990" if number in BAD_DAYS else f"{date(1990, 1, 1) + timedelta(days=number * 7):%d/%m/%Y}"
        phone = "0912" if number in BAD_PHONES else f"091{number:07d}"
        post = "Bí thư" if number % 50 == 0 else ""
        rows.append([number + 1, name, born, "Nữ" if number % 2 else "Nam", f"Chi đoàn Số {number // 50 + 1}", post, phone])
    below = [["", "Tổng cộng: 500 đoàn viên"], ["", "", "", "", "TM. BAN CHẤP HÀNH"]]
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(write_sheet("danh-sach.xlsx", ["DANH SÁCH ĐOÀN VIÊN NĂM 2012"], [HEAD, *rows, *below]))
    return file


class Steps:
    """Counts what a person does in a page: screens that come up, and clicks the browser itself trusts."""

    def __init__(self, page: Page):
        self.screens, self.clicks = [page.url], 0
        page.expose_function("noteClick", self._click)
        script = "addEventListener('click', event => event.isTrusted && event.detail && noteClick(), true)"
        page.add_init_script(script)
        page.evaluate(script)
        page.on("framenavigated", lambda frame: self.screens.append(frame.url) if frame == page.main_frame else None)

    def _click(self) -> None:
        self.clicks += 1


def choose(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_label("Tệp danh sách").click()
    chooser.value.set_files(file)
    page.get_by_role("button", name="Xem trước", exact=True).click()


def figures(page: Page, *wanted: int) -> None:
    """Mới, Thay đổi, Như cũ, Bị từ chối as the page shows them."""
    expect(page.locator("dl.figs dd")).to_have_text([str(figure) for figure in wanted])


def taken(page: Page, role: str, name: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role(role, name=name).click()  # type: ignore[arg-type]
    return Path(got.value.path()).read_bytes()


def test_five_hundred_people_are_brought_in_on_four_screens_with_ten_clicks_at_most(browser: Browser, tmp_path: Path, list_file: Path):
    home = Installation(tmp_path / "instance")
    home.flask("setup", "--name", "Đoàn Khối các cơ quan tỉnh", "--symbol", "ĐTNK", "--admin", "quantri")
    first = tmp_path / "dau.xlsx"
    first.write_bytes(write_sheet("dau.xlsx", CLEAN_HEADER, [SECRETARY]))
    home.flask("import", "members", str(first), "--codes", str(tmp_path / "ma.xlsx"))
    name, code = codes((tmp_path / "ma.xlsx").read_bytes())["Trương Quốc Khải"]
    home.flask("appoint", name, "secretary")
    with home.serving() as url:
        activate(browser, url, name, code)
        with signed_in(browser, url, name) as page:
            refused = _bring_in(page, list_file)
            _bring_back_mended(page, refused, tmp_path / "da-sua.xlsx")
            _bring_in_again(page, list_file)


def _bring_in(page: Page, file: Path) -> bytes:
    steps = Steps(page)
    page.get_by_role("link", name="Nhập danh sách đoàn viên").click()
    choose(page, file)
    figures(page, 480, 0, 0, 20)
    page.get_by_role("button", name="Nhập", exact=True).click()
    expect(page.get_by_text("Đã nhập 480 trên 500 dòng.")).to_be_visible()
    refused = taken(page, "link", "Tải các dòng bị từ chối")
    assert len(codes(taken(page, "button", "Tải mã kích hoạt"))) == 125, "one line a name; 480 people share 125 names"
    assert len(steps.screens) <= 4 and steps.clicks <= 10, f"{steps.clicks} clicks on {steps.screens}"
    assert steps.clicks >= 6, "the browser counts the clicks"
    return refused


def _bring_back_mended(page: Page, refused: bytes, file: Path) -> None:
    (sheet,) = read_sheets("tu-choi.xlsx", refused)
    head, *rows = sheet.rows
    born, phone, at = head.index("Ngày sinh"), head.index("Số điện thoại"), head.index("Dòng")
    assert len(rows) == 20
    mended = []
    for number, row in enumerate(rows):
        cells = list(row)
        assert isinstance(cells[at], int) and (cells[born] == "31/02/1990" or cells[phone] == "0912")
        cells[born] = f"{number + 1:02d}/02/2001" if cells[born] == "31/02/1990" else cells[born]
        cells[phone] = f"092{number:07d}" if cells[phone] == "0912" else cells[phone]
        mended.append(cells)
    file.write_bytes(write_sheet("da-sua.xlsx", [str(words) for words in head], mended))
    page.get_by_role("link", name="Nhập tệp khác").click()
    choose(page, file)
    figures(page, 20, 0, 0, 0)
    page.get_by_role("button", name="Nhập", exact=True).click()
    expect(page.get_by_text("Đã nhập 20 trên 20 dòng.")).to_be_visible()


def _bring_in_again(page: Page, file: Path) -> None:
    page.get_by_role("link", name="Nhập tệp khác").click()
    choose(page, file)
    figures(page, 0, 0, 480, 20)
    expect(page.get_by_role("button", name="Nhập", exact=True)).to_have_count(0)
