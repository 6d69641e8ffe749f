"""Year-end on a phone, counted in taps: a member's self-assessment, and a secretary's meeting of 25 from the home page to its end."""

import shutil

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.evaluations import BestEntry, Evaluation
from diary.models.units import Unit
from tests import factories, year_end

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PEOPLE, MEETING_TAPS, SELF_TAPS = 25, 25 + 8, 6


class Hand:
    """A person with a phone: every touch of the screen is counted."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, where):
        where.tap()
        self.taps += 1

    def press(self, words):
        self.tap(self.page.get_by_role("button", name=words, exact=True))

    def follow(self, words):
        self.tap(self.page.get_by_role("link", name=words).first)


@pytest.fixture
def phone(chromium, site, browser):
    """phone("member") is that person's hand on the first page."""
    contexts = []

    def take(name):
        context = chromium.new_context(**PHONE)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "so", "value": browser(name).get_cookie("so").value, "url": site}])
        page = context.new_page()
        page.goto(site)
        return Hand(page)

    yield take
    for context in contexts:
        context.close()


def test_a_member_s_year_end_takes_at_most_six_taps(app, cast, phone):
    with app.app_context():
        for n in range(8):
            factories.entry(cast.member, EntryState.APPROVED, result=str(n + 2), result_unit="hồ sơ")
    hand = phone("member")
    hand.follow("Tự đánh giá năm 2026")
    expect(hand.page.get_by_label("Ưu điểm")).to_have_value("Có 8 bài đã được duyệt.")
    for n in range(3):
        hand.tap(hand.page.get_by_role("checkbox").nth(n))
    hand.tap(hand.page.get_by_role("radio", name="Hoàn thành tốt nhiệm vụ"))
    hand.press("Nộp tự đánh giá")
    expect(hand.page.get_by_text("Đã nộp tự đánh giá.")).to_be_visible()
    assert hand.taps <= SELF_TAPS
    with app.app_context():
        sent = year_end.one("member")
        assert sent.state is EvaluationState.SELF_ASSESSED and sent.self_level == "good"
        assert len(db.session.execute(select(BestEntry).where(BestEntry.evaluation_id == sent.id)).all()) == 3


def test_a_meeting_of_25_takes_the_secretary_at_most_33_taps(app, phone):
    """One is away, one is voted on by two levels, all others unanimously."""
    with app.app_context():
        branch = db.session.execute(select(Unit).where(Unit.code == "BV-NOI")).scalar_one()
        for n in range(PEOPLE - branch.member_count):
            factories.member("Kiên Thị Thu", f"An{n:02}", branch)
        db.session.commit()
    hand = phone("secretary")
    hand.press("Danh mục") if hand.page.get_by_role("button", name="Danh mục").count() else hand.follow("Danh mục")
    hand.follow("Xếp loại chi đoàn")
    hand.follow("Họp xét xếp loại")
    hand.press("Mở họp")
    hand.tap(hand.page.get_by_role("group", name="Thạch Thị Sa Rinh").get_by_text("Vắng có phép"))
    hand.press("Số còn lại có mặt") if hand.page.get_by_role("button", name="Số còn lại có mặt").count() else hand.press("Tất cả có mặt")
    for number in range(1, PEOPLE + 1):
        expect(hand.page.get_by_text(f"Người thứ {number} trên {PEOPLE}", exact=True)).to_be_visible()
        if number == 3:
            hand.tap(hand.page.get_by_label("Thêm một phiếu Xuất sắc"))
        hand.press("Tốt")
    expect(hand.page.get_by_text(f"Đã biểu quyết xong {PEOPLE} người.")).to_be_visible()
    hand.press("Kết thúc họp")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Xếp loại chi đoàn")
    print(f"the meeting of {PEOPLE} took {hand.taps} taps")
    assert hand.taps <= MEETING_TAPS
    with app.app_context():
        met = db.session.execute(select(Evaluation).where(Evaluation.state == EvaluationState.MET)).scalars().all()
        assert len(met) == PEOPLE and {one.vote_level for one in met} == {"good"}
