"""A new secretary on a phone: from the slip in her hand to the first reminder sent, counted in touches and seconds."""

import shutil
import time
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, func, select, update

from diary.models.accounts import Account, Appointment, Consent
from diary.models.base import db
from diary.models.notices import Notice, Nudge
from diary.services import codes
from tests import factories

CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FIVE_MINUTES = 300
MOST_TOUCHES = 8  # two of them to reach the fields of the code and the new password; the name comes with the slip's QR


@pytest.fixture
def slip(app, cast):
    """The code on the slip of a secretary who was appointed today and has never signed in."""
    with app.app_context():
        issued = codes.issue_code(factories.actor("administrator"), cast.secretary.member_id, app.config["SECRET_KEY"])
        db.session.execute(
            update(Appointment).where(Appointment.account_id == cast.secretary.account_id).values(from_day=date(2026, 11, 23))
        )
        db.session.execute(delete(Consent).where(Consent.account_id == cast.secretary.account_id))
        db.session.commit()
        return issued.code


def test_from_the_slip_to_the_first_reminders_in_a_few_touches_and_far_below_five_minutes(app, cast, chromium, site, slip):
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(15_000)
    page, touches, begun = context.new_page(), [], time.monotonic()

    def tap(what):
        touches.append(what)
        what.tap()

    page.goto(f"{site}/kich-hoat?ten=secretary")
    tap(page.get_by_label("Mã kích hoạt"))
    page.keyboard.type(slip)
    for label in ("Mật khẩu mới", "Nhập lại mật khẩu"):
        tap(page.get_by_label(label))
        page.keyboard.type("mot-mat-khau-dai")
    tap(page.get_by_role("button", name="Kích hoạt", exact=True))
    tap(page.get_by_role("button", name="Tôi đồng ý"))
    tap(page.get_by_role("link", name="Việc đầu tiên của bí thư: nhắc chi đoàn"))
    expect(page.get_by_role("heading", name="Chi đoàn", exact=True)).to_be_visible()
    tap(page.get_by_role("button", name="Nhắc cả 4 người còn thiếu"))
    expect(page.get_by_text("Đã nhắc 4 người còn thiếu.")).to_be_visible()
    assert time.monotonic() - begun < FIVE_MINUTES and len(touches) <= MOST_TOUCHES
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(Nudge)).scalar_one() == 4
        reached = select(Account.username).join(Notice, Notice.account_id == Account.id).where(Notice.text.contains("nhắc bạn"))
        assert set(db.session.execute(reached).scalars()) == {"member", "member2", "new_member", "deputy"}
    context.close()
