"""/xep-loai/can-cu: what a figure counts; and the evidence on the person's page, whose every link opens for who is shown it."""

import re
from datetime import date, datetime

import pytest

from diary.domain.entries import EntryState
from diary.domain.fees import FeeNote, FeeState
from diary.domain.noted_figures import NotedFigure
from diary.domain.pledges import PledgeState
from diary.domain.reviews import Verdict
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.entries import Entry, EntryReview
from diary.queries.noted_figures import seen_state
from diary.services import fees
from diary.services.noted_figures import note_figures
from tests import factories, year_end
from tests.counting import counted
from tests.factories import VIETNAM, YEAR
from tests.web.reading import heading, words


@pytest.fixture
def lived(app, cast):
    """A member with an approved entry of March, a late one sent back once, a pledge that was met, fees, and figures noted by hand."""
    with app.app_context():
        factories.entry(cast.member, EntryState.APPROVED, did="Dọn tủ thuốc trực.", happened_on=date(2026, 3, 3), written_at=_at(3, 4))
        late = factories.entry(
            cast.member, EntryState.WAITING, did="Trực thay chị Hoa.", happened_on=date(2026, 5, 1), written_at=_at(5, 20)
        )
        db.session.add(
            EntryReview(entry_id=late.id, revision=1, account_id=cast.secretary.account_id, verdict=Verdict.RETURNED, at=_at(5, 21))
        )
        factories.entry(cast.member, EntryState.DRAFT, did="Bản nháp của riêng tôi.")
        factories.pledge(cast.member, PledgeState.MET, title="Mỗi ngày một việc nhỏ")
        fees.note_member(factories.actor("secretary"), cast.member.member_id, YEAR, {1: FeeNote(FeeState.PAID, 6000)})
        unit_id, figures = cast.units["BV-NOI"], {"meetings": NotedFigure(10, 12), "commendations": NotedFigure(1, None, "Giấy khen")}
        note_figures(factories.actor("secretary"), unit_id, YEAR, {cast.member.member_id: figures}, seen_state(unit_id, YEAR))
        return year_end.self_assess("member")


def _at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=VIETNAM)


def _address(cast, view: str, **more: object) -> str:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/xep-loai/can-cu/{cast.member.member_id}?nam={YEAR}&xem={view}{asked}"


@pytest.mark.parametrize(
    ("view", "there", "not_there"),
    [
        ("duyet", "Dọn tủ thuốc trực.", "Trực thay chị Hoa."),
        ("cham", "Trực thay chị Hoa.", "Dọn tủ thuốc trực."),
        ("bo-sung", "phải bổ sung 1 lần", "Dọn tủ thuốc trực."),
        ("dang-ky", "Mỗi ngày một việc nhỏ", "Dọn tủ thuốc trực."),
        ("nhip", "Nhịp ghi chép năm 2026", "Dọn tủ thuốc trực."),
    ],
)
def test_each_figure_has_the_list_of_what_it_counts(browser, cast, lived, view, there, not_there):
    for who in ("member", "secretary"):
        page = browser(who).get(_address(cast, view)).text
        assert heading(page) == "Thạch Thị Sa Rinh" and there in page and not_there not in page
        assert "Bản nháp của riêng tôi." not in page


def test_a_month_shows_its_own_and_an_empty_one_says_so(browser, cast, lived):
    client = browser("member")
    assert "Dọn tủ thuốc trực." in client.get(_address(cast, "duyet", thang=3)).text
    assert "Chưa có gì ở mục này" in client.get(_address(cast, "duyet", thang=4)).text
    assert client.get(_address(cast, "gì-đó", thang=99, trang=-1)).status_code == 200


def test_nobody_else_reads_texts_behind_a_level_and_an_officer_s_reading_is_noted(app, browser, cast, lived):
    for who in ("new_member", "other_secretary", "base_secretary", "bloc_secretary", "inspector", "stranger"):
        assert browser(who).get(_address(cast, "duyet")).status_code == 404
    assert browser("secretary").get("/xep-loai/can-cu/999999").status_code == 404
    browser("member").get(_address(cast, "duyet"))
    with app.app_context():
        assert db.session.query(AuditLine).filter_by(action="entry_read").count() == 0, "one's own reading is nobody's business"
    browser("secretary").get(_address(cast, "duyet"))
    with app.app_context():
        assert [line.fields for line in db.session.query(AuditLine).filter_by(action="entry_read")] == [["grounds"]]


def test_entries_of_another_branch_are_counted_and_not_shown(app, browser, cast, lived):
    with app.app_context():
        db.session.query(Entry).filter_by(happened_on=date(2026, 3, 3)).update({"unit_id": cast.units["BV-NGOAI"]})
        db.session.commit()
    page = browser("secretary").get(_address(cast, "duyet")).text
    assert "Dọn tủ thuốc trực." not in page and "Còn 1 bài ở chi đoàn cũ" in words(page)
    assert "Dọn tủ thuốc trực." in browser("member").get(_address(cast, "duyet")).text


def test_the_person_s_page_shows_every_figure_with_the_suggestion_and_its_reasons(browser, lived):
    page = browser("secretary").get(f"/xep-loai/phieu/{lived}").text
    said = words(page)
    assert "Số liệu của năm" in said and "83,3 % (10/12)" in said and "25,0 % (1/4)" in said and "Giấy khen" in said
    assert "Kỷ luật Không có" in said and "Biểu đồ bài được duyệt theo tháng năm 2026" in page
    assert "Gợi ý theo số liệu Tốt" in said
    assert "Tham gia 83,3 % (10/12), mức Xuất sắc cần từ 90 %" in said


@pytest.mark.parametrize("who", ["member", "secretary", "deputy", "base_secretary", "bloc_secretary", "bloc_deputy", "inspector"])
def test_every_way_from_a_figure_opens_for_who_is_shown_it(browser, lived, who):
    client = browser(who)
    answer = client.get(f"/xep-loai/phieu/{lived}")
    assert answer.status_code == 200
    section = answer.text.split('id="so-lieu"')[1].split("</section>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', section)]
    assert len(links) == {"member": 3, "secretary": 7, "deputy": 7}.get(who, 4)
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_one_s_own_page_shows_the_same_figures_with_ways_that_open(browser, lived):
    client = browser("member")
    section = client.get(f"/danh-gia?nam={YEAR}").text.split('id="so-lieu"')[1].split("</section>")[0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', section)]
    assert len(links) == 3 and [client.get(link).status_code for link in links] == [200] * 3
    assert "83,3 % (10/12)" in words(section)


def test_the_pages_of_evidence_ask_as_much_with_one_entry_as_with_forty(app, browser, cast, lived):
    client, asked = browser("secretary"), []
    pages = (f"/xep-loai/phieu/{lived}", _address(cast, "duyet"), _address(cast, "cham"))
    for more in (0, 40):
        with app.app_context():
            for n in range(more):
                factories.entry(cast.member, EntryState.APPROVED, happened_on=date(2026, 1 + n % 10, 5), written_at=_at(1 + n % 10, 25))
        for page in pages:
            client.get(page)  # that somebody read an entry is noted once a day
            with counted(app) as sent:
                assert client.get(page).status_code == 200
            asked.append(len(sent))
    assert asked[:3] == asked[3:]
