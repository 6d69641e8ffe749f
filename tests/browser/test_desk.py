"""The bloc's desk in a real browser, counted in clicks: a branch of 25 where nothing is odd, and the same with one sent back."""

import shutil

import pytest
from playwright.sync_api import expect

from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.evaluations import Evaluation
from diary.models.units import Unit
from tests import factories, year_end
from tests.browser.conftest import DESK, PHONE
from tests.factories import YEAR

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]
MOST_CLICKS, MOST_MORE = 5, 3  # for a branch of 25 without questions; for one person sent back


@pytest.fixture
def branch(app, cast):
    """A branch of 25 that self-assessment, vote, proposal and books agree on waits for the bloc."""
    unit_id = cast.member.unit_id
    with app.app_context():
        home = db.session.get_one(Unit, unit_id)
        for number in range(20):
            factories.member("Trần Văn", f"Số {number}", home)
        db.session.commit()
        year_end.keep_books(unit_id)
        agreed = dict.fromkeys(("self_level", "vote_level", "proposed_level"), "good")
        by = {"proposed_by": cast.secretary.account_id, "state": EvaluationState.PASSED_ON}
        db.session.add_all(Evaluation(member_id=one, unit_id=unit_id, year=YEAR, **agreed, **by) for one in year_end.members(unit_id))
        db.session.commit()
    return unit_id


class Clicks:
    """Clicks or taps as a person makes them, counted; typing is not."""

    def __init__(self, page):
        self.page, self.made = page, 0

    def on(self, role, name):
        self.made += 1
        self.page.get_by_role(role, name=name).filter(visible=True).first.click()

    def type_into(self, label, words):
        self.made += 1
        self.page.get_by_label(label).click()
        self.page.keyboard.type(words)


def decided(app, unit_id):
    with app.app_context():
        return sum(row.state is EvaluationState.DECIDED for row in year_end.rows(unit_id).values())


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_branch_of_25_without_questions_is_decided_in_at_most_5_clicks_from_the_home_page(app, visit, branch, viewport):
    page = visit("bloc_secretary", "/", viewport)
    clicks = Clicks(page)
    clicks.on("link", "Xét duyệt")
    clicks.on("link", "Chi đoàn tiếp theo: Chi đoàn Khối Nội")
    expect(page.get_by_text("trường hợp cần xem")).to_have_count(0)
    clicks.type_into("Số quyết định", "21-QĐ/ĐTNK")
    clicks.on("button", "Công nhận")
    expect(page.get_by_text("Đã công nhận kết quả của Chi đoàn Khối Nội: 25 người")).to_be_visible()
    assert decided(app, branch) == 25 and clicks.made <= MOST_CLICKS


def test_one_question_sent_back_costs_at_most_3_clicks_more_and_the_others_are_decided(app, visit, branch):
    page = visit("bloc_secretary", "/xet-duyet", PHONE)
    clicks = Clicks(page)
    clicks.on("link", "Chi đoàn tiếp theo: Chi đoàn Khối Nội")
    clicks.on("checkbox", "Trả lại Thạch Thị Sa Rinh")
    clicks.type_into("Lý do trả lại", "Nhờ chi đoàn xem lại nội dung đăng ký thứ hai.")
    clicks.type_into("Số quyết định", "21-QĐ/ĐTNK")
    clicks.on("button", "Công nhận")
    expect(page.get_by_text("24 người; trả lại 1 người")).to_be_visible()
    assert decided(app, branch) == 24 and clicks.made <= 3 + MOST_MORE
    with app.app_context():
        assert year_end.one("member").state is EvaluationState.PROPOSED


def test_shares_and_caps_follow_the_levels_that_are_being_chosen(app, visit, cast):
    with app.app_context():
        year_end.keep_books(cast.member.unit_id)
        year_end.meet("secretary")
        keys = [str(year_end.one(name).id) for name in ("member", "member2")]
    page = visit("secretary", "/xep-loai")
    for key in keys:
        page.locator(f"#level-{key}").select_option("outstanding")
    expect(page.get_by_role("heading", name="Xuất sắc vượt mức 20 %")).to_be_visible()
    page.get_by_label("Lý do", exact=True).first.fill("Hai bạn cùng làm bàn dịch vụ công")
    page.locator(f"#level-{keys[0]}").select_option("good")
    expect(page.get_by_role("heading", name="Xuất sắc vượt mức 20 %")).to_have_count(0)
    assert page.locator(f"#level-{keys[1]}").input_value() == "outstanding", "what was chosen stays"
