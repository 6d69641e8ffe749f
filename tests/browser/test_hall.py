"""The rating meeting in a real browser: hands counted without page loads, the same without any script, and pages axe finds nothing on."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from diary.queries.evaluations.tables import votes_of
from tests import year_end
from tests.browser.conftest import DESK, PHONE

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]


@pytest.fixture
def hall(app, visit):
    """hall() is the meeting's page for `member`; 4 of 5 are present."""
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        year_end.attend("secretary", meeting_id, absent=1)
        evaluation_id = year_end.one("member").id

    def votes():
        with app.app_context():
            return votes_of(meeting_id).get(evaluation_id, {})

    def go(**how):
        page = visit("secretary", f"/xep-loai/hop?nguoi={evaluation_id}", **how)
        page.votes = votes
        return page

    return go


def said(page, words):
    page.locator("[data-tally]", has_text=words).wait_for()


def test_plus_counts_at_once_never_past_those_present_and_is_stored_without_a_page_load(hall):
    page = hall()
    page.evaluate("window.sameDocument = true")
    for _ in range(6):
        page.get_by_label("Thêm một phiếu Tốt").click()
    assert page.locator("#votes-good").input_value() == "4"
    said(page, "Tốt 100,0 %, quá nửa")
    page.get_by_label("Bớt một phiếu Tốt").click()
    page.get_by_label("Thêm một phiếu Xuất sắc").click()
    page.get_by_label("Thêm một phiếu Xuất sắc").click()
    said(page, "Tốt 75,0 %, quá nửa")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.sameDocument") and page.votes() == {"outstanding": 1, "good": 3, "done": 0, "not_done": 0}


def test_a_typed_remark_is_stored_and_there_after_a_reload(hall):
    page = hall()
    page.locator("#votes-good").fill("3")
    page.get_by_text("Nhận xét và thảo luận").click()
    page.locator("#branch_words").fill("Làm việc chắc tay")
    said(page, "3/4 phiếu.")
    page.wait_for_load_state("networkidle")
    page.reload()
    assert page.locator("#branch_words").input_value() == "Làm việc chắc tay" and page.locator("#votes-good").input_value() == "3"


def test_going_on_right_after_a_press_loses_nothing(hall):
    page = hall()
    for _ in range(3):
        page.get_by_label("Thêm một phiếu Tốt").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Người tiếp theo").click()
    assert page.votes()["good"] == 3 and page.locator("h2").first.inner_text() != "Thạch Thị Sa Rinh"


def test_ending_while_a_press_is_under_way_waits_for_it(hall):
    page = hall()
    page.route("**/phieu/**", lambda route: None)  # on its way for as long as nobody lets it through
    page.locator("#votes-good").fill("3")
    with page.expect_request("**/phieu/**"):
        page.get_by_role("button", name="Người tiếp theo").click()
    page.get_by_role("button", name="Kết thúc họp").click()
    page.unroute("**/phieu/**")
    page.get_by_text("chưa biểu quyết").first.wait_for()
    assert page.votes()["good"] == 3, "the vote is stored first, and the ending is refused for the others' sake only"


def test_a_refused_count_is_told_where_the_eye_is(hall):
    page = hall()
    page.locator("#votes-good").fill("9")
    said(page, "Có 4 người có mặt, không thể có 9 phiếu.")
    assert page.votes() == {}


def test_each_press_stores_without_any_script(hall):
    page = hall(script=False)
    page.get_by_label("Thêm một phiếu Tốt").click()
    page.get_by_label("Thêm một phiếu Tốt").click()
    assert page.votes()["good"] == 2 and page.locator("#votes-good").input_value() == "2"


def test_enter_in_a_count_stores_it_and_neither_ends_the_meeting_nor_takes_a_hand_away(hall):
    page = hall(script=False)
    page.locator("#votes-good").fill("3")
    with page.expect_navigation():
        page.locator("#votes-good").press("Enter")
    assert page.votes()["good"] == 3 and "nguoi=" in page.url


def prepare_met():
    year_end.self_assess("secretary", level="outstanding")
    year_end.meet("secretary", levels={year_end.one("member").member_id: "outstanding", year_end.one("member2").member_id: "outstanding"})


def prepare_proposed():
    prepare_met()
    year_end.propose("secretary", cap_reason="Có số liệu từng tháng")


def prepare_passed_on():
    prepare_proposed()
    year_end.pass_on("base_secretary", year_end.unit("BV-NOI"))


def prepare_decided():
    prepare_passed_on()
    year_end.decide("bloc_secretary", year_end.unit("BV-NOI"))


PAGES = {
    "own": (lambda: None, "member", "/danh-gia"),
    "opening": (lambda: None, "secretary", "/xep-loai/hop"),
    "attendance": (lambda: year_end.open_meeting("secretary"), "secretary", "/xep-loai/hop"),
    "hall": (lambda: year_end.attend("secretary", year_end.open_meeting("secretary")), "secretary", "/xep-loai/hop"),
    "table": (prepare_met, "secretary", "/xep-loai"),
    "closed": (prepare_met, "secretary", "/xep-loai/hop"),
    "queue": (prepare_proposed, "base_secretary", "/xet-duyet"),
    "base": (prepare_proposed, "base_secretary", "/xet-duyet/{}"),
    "bloc": (prepare_passed_on, "bloc_secretary", "/xet-duyet/{}"),
    "result": (prepare_decided, "secretary", "/danh-gia"),
}


VISITS = [*((name, DESK) for name in PAGES), *((name, PHONE) for name in ("own", "attendance", "hall", "table", "bloc"))]


@pytest.mark.parametrize(("page_name", "viewport"), VISITS, ids=lambda value: value if isinstance(value, str) else str(value["width"]))
def test_axe_finds_nothing_and_nothing_sticks_out_sideways(app, visit, page_name, viewport):
    prepare, name, path = PAGES[page_name]
    with app.app_context():
        prepare()
        path = path.format(year_end.unit("BV-NOI"))
    page = visit(name, path, viewport=viewport)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
