"""The pages of one's own diary: the timeline, the form, one entry."""

import html
import re
import unicodedata
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.entries import EntryState
from diary.domain.pledges import PledgeState
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.entries import EntryAddition, EntryRevision, PrivateNote
from diary.models.units import Virtue
from diary.models.years import Window, WorkYear
from diary.services import clock
from tests import factories
from tests.counting import counted
from tests.web.entries.filling import DEED, fill, kept, made
from tests.web.reading import heading, hidden, token, words

TODAY = date(2026, 11, 23)


def lock(app):
    with app.app_context():
        db.session.get_one(WorkYear, 2026).locked_at = clock.now()
        db.session.commit()


# ── writing ──


def test_the_form_has_the_labels_and_buttons_members_know(app, cast, browser):
    page = browser("member").get("/nhat-ky/moi")
    assert heading(page.text) == "Ghi nhật ký"
    labels = (
        "Ngày thực hiện", "Nội dung đăng ký", "Chuẩn mực", "Lĩnh vực", "Việc đã làm", "Cho ai, cùng ai", "Kết quả cụ thể", "Đơn vị",
        "Bài học", "Minh chứng", "Ghi riêng",
    )  # fmt: skip
    found = {words(label).strip() for label in re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", page.text, re.S)}
    assert set(labels) <= found
    assert re.findall(r'name="act" value="(\w+)"[^>]*>([^<]+)<', page.text) == [("keep", "Lưu nháp"), ("send", "Gửi bí thư")]


def test_a_sent_entry_leads_to_its_page_and_waits(app, browser):
    client = browser("member")
    answer = fill(client)
    (row,) = kept(app)
    assert answer.status_code == 303 and answer.location == f"/nhat-ky/{row.id}"
    assert row.state is EntryState.WAITING and row.did == DEED
    page = client.get(answer.location).text
    assert "Đã gửi bí thư." in page and "Chờ bí thư" in page and heading(page) == "Việc ngày 23/11/2026"


def test_only_the_day_and_the_deed_are_needed(app, browser):
    assert fill(browser("member")).status_code == 303
    for missing in ("did", "happened_on"):
        page = fill(browser("member"), **{missing: " "})
        assert page.status_code == 200 and 'class="field-error"' in page.text
    assert len(kept(app)) == 1


def test_a_draft_stays_with_its_author(app, browser):
    fill(browser("member"), act="keep")
    (row,) = kept(app)
    assert row.state is EntryState.DRAFT
    assert browser("secretary").get(f"/nhat-ky/{row.id}").status_code == 404


def test_everything_typed_is_kept(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member, PledgeState.APPROVED).id
        virtue = db.session.execute(select(Virtue.id).where(Virtue.name == "Liêm")).scalar_one()
    fields = {
        "pledge_id": str(pledge), "virtue_id": str(virtue), "field": "community", "people": "Bà con ấp Rạch Sậy", "result": "6",
        "result_unit": "hồ sơ", "lesson": "Đọc chậm từng bước", "private_note": "Hơi ngại",
    }  # fmt: skip
    answer = fill(browser("member"), **fields)
    (row,) = kept(app)
    found = {name: str(getattr(row, name)) for name in fields if name != "private_note"}
    assert found == {name: value for name, value in fields.items() if name != "private_note"}
    page = browser("member").get(answer.location).text
    for shown in ("Trả lời hồ sơ trong ngày", "Liêm", "Với cộng đồng", "Bà con ấp Rạch Sậy", "6 hồ sơ", "Đọc chậm từng bước", "Hơi ngại"):
        assert shown in page


@pytest.mark.parametrize("typed", ["23/11/2026", "2026-11-23", " 23/11/2026 "])
def test_days_are_taken_as_people_and_browsers_write_them(app, browser, typed):
    assert fill(browser("member"), happened_on=typed).status_code == 303
    assert kept(app)[0].happened_on == TODAY


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02/2026", "không có trên lịch"),
        ("hôm kia", "Không đọc được ngày"),
        ("24/11/2026", "chưa tới"),
        ("31/12/2024", "2024 chưa được mở"),
    ],
)
def test_a_wrong_day_is_refused_at_its_field_and_nothing_typed_is_lost(app, browser, typed, says):
    page = fill(browser("member"), happened_on=typed)
    assert page.status_code == 200 and says in words(page.text) and DEED in page.text
    assert 'aria-invalid="true"' in page.text and kept(app) == []


def test_text_written_in_parts_is_composed(app, browser):
    fill(browser("member"), did=unicodedata.normalize("NFD", DEED), people=unicodedata.normalize("NFD", "Bà con"))
    (row,) = kept(app)
    assert (row.did, row.people) == (DEED, "Bà con")


@pytest.mark.parametrize("field", ["did", "people", "result", "result_unit", "lesson", "private_note"])
def test_a_text_far_too_long_is_refused_at_its_field_and_kept_on_the_page(app, browser, field):
    text = "Đọc sách mỗi tối. " * 5600
    page = fill(browser("member"), **{field: text})
    assert page.status_code == 200 and "dài quá" in page.text and kept(app) == []
    assert text.strip() in html.unescape(page.text)


def test_marks_of_html_are_shown_as_typed(app, browser):
    answer = fill(browser("member"), did="<script>alert(1)</script> & <b>", people='"><img src=x>')
    page = browser("member").get(answer.location).text
    assert "<script>alert" not in page and "<img src=x>" not in page and "<script>alert(1)</script> & <b>" in html.unescape(page)
    timeline = browser("member").get("/nhat-ky").text
    assert "<script>alert" not in timeline


@pytest.mark.parametrize(
    "fields", [{"pledge_id": "x"}, {"pledge_id": str(uuid.uuid4())}, {"virtue_id": "abc"}, {"virtue_id": "99999"}, {"field": "elsewhere"}]
)
def test_choices_nobody_offered_are_refused_at_their_field(app, browser, fields):
    page = fill(browser("member"), **fields)
    assert page.status_code == 200 and 'class="field-error"' in page.text and DEED in page.text and kept(app) == []


def test_another_s_pledge_is_not_offered_and_not_taken(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member2, PledgeState.APPROVED, title="Của người khác").id
    assert "Của người khác" not in browser("member").get("/nhat-ky/moi").text
    assert fill(browser("member"), pledge_id=str(pledge)).status_code == 200


def test_the_pledge_last_served_is_chosen_beforehand(app, cast, browser):
    with app.app_context():
        factories.pledge(cast.member, PledgeState.APPROVED, title="một")
        second = factories.pledge(cast.member, PledgeState.APPROVED, title="hai")
        factories.entry(cast.member, pledge_id=second.id)
    options = re.findall(r"<option( selected)? value=\"([^\"]*)\">([^<]*)", browser("member").get("/nhat-ky/moi").text)
    assert [(bool(chosen), title) for chosen, _, title in options] == [(True, "hai"), (False, "một"), (False, "Việc phát sinh")]


def test_the_same_form_sent_twice_makes_one_entry(app, browser):
    client = browser("member")
    fields = {"id": str(uuid.uuid4())}
    first, second = fill(client, **fields), fill(client, **fields)
    assert first.location == second.location and len(kept(app)) == 1


def test_an_id_that_belongs_to_another_is_not_found(app, cast, browser):
    taken = made(app, cast.member2)
    assert fill(browser("member"), id=str(taken)).status_code == 404


def test_in_a_locked_year_the_text_stays_on_the_page(app, browser):
    lock(app)
    page = fill(browser("member"))
    assert page.status_code == 409 and "khóa sổ" in page.text and DEED in page.text and kept(app) == []


def test_while_writing_is_closed_the_text_stays_on_the_page(app, browser):
    with app.app_context():
        db.session.execute(db.update(Window).values(closes_on=date(2026, 6, 30)))
        db.session.commit()
    page = fill(browser("member"))
    assert page.status_code == 409 and "hết hạn" in page.text and DEED in page.text


def test_who_is_no_member_has_no_diary(browser):
    for path in ("/nhat-ky", "/nhat-ky/moi"):
        assert browser("administrator").get(path).status_code == 403


def test_a_visitor_is_asked_to_sign_in(browser):
    for path in ("/nhat-ky", "/nhat-ky/moi", f"/nhat-ky/{uuid.uuid4()}"):
        assert browser(None).get(path).status_code == 303


def test_the_quick_form_goes_on_in_the_full_one_with_what_was_typed(app, browser):
    client = browser("member")
    answer = fill(client, "/", "/nhat-ky/moi", act="more")
    (row,) = kept(app)
    assert row.state is EntryState.DRAFT and answer.location == f"/nhat-ky/{row.id}/sua" and DEED in client.get(answer.location).text
    assert fill(client, "/", "/nhat-ky/moi", act="more", did="").location == "/nhat-ky/moi"


# ── one entry ──


def test_both_days_are_always_shown(app, cast, browser):
    row = made(app, cast.member, happened_on=date(2026, 11, 3))
    assert "Việc ngày 03/11 – ghi ngày 23/11, sau 20 ngày" in words(browser("member").get(f"/nhat-ky/{row}").text)
    assert "Việc ngày 03/11 – ghi ngày 23/11" in words(browser("member").get("/nhat-ky").text)


ROLES = {"member": 200, "secretary": 200, "deputy": 200, "member2": 404, "other_secretary": 404, "base_secretary": 404,
         "bloc_secretary": 404, "inspector": 404, "administrator": 404, "stranger": 404}  # fmt: skip


@pytest.mark.parametrize(("name", "status"), ROLES.items())
def test_an_entry_is_read_by_its_author_and_the_branch_s_officers(app, cast, browser, name, status):
    assert browser(name).get(f"/nhat-ky/{made(app, cast.member)}").status_code == status


def test_the_private_note_is_its_author_s_alone(app, cast, browser):
    row = made(app, cast.member)
    with app.app_context():
        db.session.add(PrivateNote(entry_id=row, words="Hơi ngại lắm"))
        db.session.commit()
    assert "Hơi ngại lắm" in browser("member").get(f"/nhat-ky/{row}").text
    for name in ("secretary", "deputy"):
        page = browser(name).get(f"/nhat-ky/{row}").text
        assert "Hơi ngại lắm" not in page and "Ghi riêng" not in page
    assert "Hơi ngại lắm" not in browser("member").get("/nhat-ky?q=ngai").text


def test_reading_another_s_entry_leaves_a_line_and_reading_one_s_own_does_not(app, cast, browser):
    row = made(app, cast.member)
    for name in ("member", "secretary", "secretary"):
        browser(name).get(f"/nhat-ky/{row}")
    with app.app_context():
        readers = db.session.execute(select(AuditLine.account_id).where(AuditLine.action == "entry_read")).scalars().all()
    assert readers == [cast.secretary.account_id]


def test_a_reviewer_is_led_to_the_queue_and_offered_nothing_of_the_author_s(app, cast, browser):
    page = browser("secretary").get(f"/nhat-ky/{made(app, cast.member)}").text
    assert "/duyet?chon=" in page and "/sua" not in page and "/xoa" not in page


def test_what_changed_between_two_sendings_is_shown(app, cast, browser):
    row = made(app, cast.member, did="giúp ba hộ")
    with app.app_context():
        db.session.get_one(EntryRevision, (row, 1)).body = {"did": "giúp hai hộ"}
        db.session.add(EntryRevision(entry_id=row, number=2, sent_at=clock.now(), body={"did": "giúp ba hộ"}))
        db.session.commit()
    page = browser("secretary").get(f"/nhat-ky/{row}").text
    assert "<del>hai</del>" in page and "<ins>ba</ins>" in page and "Bản 2" in page


# ── changing, sending, deleting ──


@pytest.mark.parametrize("state", [EntryState.DRAFT, EntryState.RETURNED])
def test_an_entry_is_changed_and_sent_while_it_is_the_author_s_turn(app, cast, browser, state):
    row = made(app, cast.member, state, people="Bà con")
    client = browser("member")
    assert 'value="Bà con"' in client.get(f"/nhat-ky/{row}/sua").text
    answer = fill(client, f"/nhat-ky/{row}/sua", did="Nói rõ hơn: 6 hộ.")
    assert answer.location == f"/nhat-ky/{row}"
    (after,) = kept(app)
    assert after.state is EntryState.WAITING and after.did == "Nói rõ hơn: 6 hộ." and after.people == ""


def test_the_note_stays_when_a_form_without_it_is_sent(app, cast, browser):
    row = made(app, cast.member, EntryState.DRAFT)
    with app.app_context():
        db.session.add(PrivateNote(entry_id=row, words="riêng"))
        db.session.commit()
    client = browser("member")
    assert "riêng" in client.get(f"/nhat-ky/{row}/sua").text
    fill(client, f"/nhat-ky/{row}/sua", act="keep")
    with app.app_context():
        assert db.session.get_one(PrivateNote, row).words == "riêng"
    fill(client, f"/nhat-ky/{row}/sua", act="keep", private_note="")
    with app.app_context():
        assert db.session.get(PrivateNote, row) is None


def test_a_stale_form_keeps_the_text_and_may_be_sent_again(app, cast, browser):
    row = made(app, cast.member, EntryState.DRAFT)
    client = browser("member")
    fill(client, f"/nhat-ky/{row}/sua", did="bản trên máy tính", act="keep")
    page = fill(client, f"/nhat-ky/{row}/sua", did="bản trên điện thoại", act="keep", version="1")
    assert page.status_code == 409 and "bản trên điện thoại" in page.text and "bản trên máy tính" in page.text
    fill(client, f"/nhat-ky/{row}/sua", did="bản trên điện thoại", act="keep", version=hidden(page.text, "version"))
    assert kept(app)[0].did == "bản trên điện thoại"


@pytest.mark.parametrize("state", [EntryState.WAITING, EntryState.APPROVED, EntryState.LOCKED])
def test_what_is_not_the_author_s_turn_is_shown_and_not_changed(app, cast, browser, state):
    row = made(app, cast.member, state)
    client = browser("member")
    assert client.get(f"/nhat-ky/{row}/sua").location == f"/nhat-ky/{row}"
    answer = client.post(f"/nhat-ky/{row}/sua", data={"csrf_token": token(client, "/"), "happened_on": "2026-11-23", "did": "khác"})
    assert answer.status_code == 409 and "khác" in answer.text
    for act in ("gui", "xoa"):
        assert client.post(f"/nhat-ky/{row}/{act}", data={"csrf_token": token(client, "/")}).status_code == 409


def test_strangers_and_readers_change_nothing(app, cast, browser):
    row = made(app, cast.member, EntryState.RETURNED)
    for name, status in (("secretary", 403), ("member2", 404), ("bloc_secretary", 404)):
        client = browser(name)
        data = {"csrf_token": token(client, "/"), "happened_on": "2026-11-23", "did": "khác", "words": "thêm"}
        assert client.get(f"/nhat-ky/{row}/sua").status_code == status
        for act in ("sua", "gui", "xoa", "bo-sung"):
            assert client.post(f"/nhat-ky/{row}/{act}", data=data).status_code == status, (name, act)
    assert kept(app)[0].did != "khác"


def test_a_draft_is_sent_or_deleted_from_its_page(app, cast, browser):
    client = browser("member")
    first, second = made(app, cast.member, EntryState.DRAFT), made(app, cast.member, EntryState.DRAFT)
    data = {"csrf_token": token(client, f"/nhat-ky/{first}")}
    assert client.post(f"/nhat-ky/{first}/gui", data=data).status_code == 303
    assert client.post(f"/nhat-ky/{second}/xoa", data=data).location == "/nhat-ky"
    assert [(row.id, row.state) for row in kept(app)] == [(first, EntryState.WAITING)]


def test_acts_are_posted_never_opened(app, cast, browser):
    row = made(app, cast.member)
    for path in (f"/nhat-ky/{row}/gui", f"/nhat-ky/{row}/xoa", f"/nhat-ky/{row}/bo-sung", "/nhat-ky/tuan-khong-co-viec"):
        assert browser("member").get(path).status_code == 405


def test_words_are_added_to_an_approved_entry_once(app, cast, browser):
    row = made(app, cast.member, EntryState.APPROVED)
    client = browser("member")
    page = client.get(f"/nhat-ky/{row}").text
    data = {"csrf_token": token(client, f"/nhat-ky/{row}"), "id": hidden(page, "id"), "words": "Cả thảy 9 hộ."}
    for _ in range(2):
        assert client.post(f"/nhat-ky/{row}/bo-sung", data=data).status_code == 303
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(EntryAddition)).scalar_one() == 1
    assert "Cả thảy 9 hộ." in client.get(f"/nhat-ky/{row}").text


@pytest.mark.parametrize(
    ("words_typed", "state", "status"),
    [(" ", EntryState.APPROVED, 200), ("x" * 3000, EntryState.APPROVED, 200), ("thêm", EntryState.WAITING, 409)],
)
def test_an_addition_that_cannot_be_taken_loses_no_text(app, cast, browser, words_typed, state, status):
    row = made(app, cast.member, state)
    client = browser("member")
    answer = client.post(f"/nhat-ky/{row}/bo-sung", data={"csrf_token": token(client, "/"), "words": words_typed})
    assert answer.status_code == status and words_typed.strip() in answer.text


# ── the timeline ──


def test_the_empty_timeline_says_what_to_do(browser):
    page = browser("new_member").get("/nhat-ky")
    assert heading(page.text) == "Nhật ký của tôi" and "/nhat-ky/moi" in page.text and "Trang đầu còn trắng" in page.text


def test_the_timeline_is_searched_without_marks(app, cast, browser):
    made(app, cast.member, did="In hai mặt, tắt điện sau 17 giờ")
    made(app, cast.member, did="Dọn kho giấy")
    page = browser("member").get("/nhat-ky?q=tat+dien").text
    assert "tắt điện" in page and "Dọn kho" not in page and 'value="tat dien"' in page
    assert "Không có bài nào" in browser("member").get("/nhat-ky?q=kh%C3%B4ng-c%C3%B3").text


def test_the_timeline_opens_a_month(app, cast, browser):
    made(app, cast.member, did="việc tháng mười một")
    made(app, cast.member, did="việc tháng mười", happened_on=date(2026, 10, 5))
    page = browser("member").get("/nhat-ky?thang=10&nam=2026").text
    assert "việc tháng mười<" in page and "việc tháng mười một" not in page
    assert 'href="/nhat-ky?thang=11&amp;nam=2026"' in page


@pytest.mark.parametrize(
    "query", ["thang=13&nam=2026", "thang=x", "nam=99999", "trang=0", "trang=-3", "trang=999999999999", "trang-thai=x", "q=%25%00"]
)
def test_an_address_that_makes_no_sense_still_opens(app, cast, browser, query):
    made(app, cast.member)
    assert browser("member").get(f"/nhat-ky?{query}").status_code == 200


def test_pages_of_the_timeline_keep_what_was_asked(app, cast, browser):
    for n in range(21):
        made(app, cast.member, happened_on=date(2026, 10, 1) + timedelta(days=n % 30))
    page = browser("member").get("/nhat-ky?thang=10&nam=2026").text
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])
    assert page.count('class="leaf-row"') == 20 and "thang=10" in following
    assert browser("member").get(following).text.count('class="leaf-row"') == 1


def test_the_timeline_asks_as_many_statements_for_a_long_diary_as_for_a_short_one(app, cast, browser):
    client = browser("member")
    made(app, cast.member)
    with counted(app) as few:
        client.get("/nhat-ky")
    for n in range(40):
        made(app, cast.member, happened_on=TODAY - timedelta(days=n))
    with counted(app) as many:
        assert client.get("/nhat-ky").text.count('class="leaf-row"') == 20
    assert len(few) == len(many) <= 3


# ── nothing to do this week ──


def test_a_week_without_anything_to_do_is_said_once_and_taken_back(app, cast, browser):
    client = browser("member")

    def said():
        with app.app_context():
            return db.session.execute(select(MemberWeek.nothing_to_do).where(MemberWeek.member_id == cast.member.member_id)).scalar()

    for data, wanted in (({}, True), ({}, True), ({"hoan-tac": "1"}, False)):
        answer = client.post("/nhat-ky/tuan-khong-co-viec", data={"csrf_token": token(client, "/"), **data})
        assert answer.location == "/" and said() is wanted
    fill(client)
    client.post("/nhat-ky/tuan-khong-co-viec", data={"csrf_token": token(client, "/")})
    assert "không cần báo thêm" in client.get("/").text and said() is False
    assert browser("administrator").post("/nhat-ky/tuan-khong-co-viec").status_code == 400
