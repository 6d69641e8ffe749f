"""Asking for a correction of one's data, the officers' answers, and taking one's data along over the web."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from diary.domain.data_requests import RequestKind, RequestState
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.data_requests import DataRequest
from diary.models.notices import Notice
from tests.web.reading import heading, hidden, token, words

OWN, FORM, LIST = "/ca-nhan", "/ca-nhan/de-nghi-sua", "/doan-vien/de-nghi"
WORDS = "Ngày sinh ghi 14/04/1998, đúng là 04/4/1998."


def ask(client, text=WORDS):
    page = client.get(FORM).text
    return client.post(FORM, data={"csrf_token": hidden(page, "csrf_token"), "id": hidden(page, "id"), "words": text})


def the_request(app):
    with app.app_context():
        return db.session.execute(select(DataRequest).order_by(DataRequest.asked_at.desc())).scalars().first()


def answer(client, request, act, **fields):
    return client.post(f"{LIST}/{request.id}", data={"csrf_token": token(client, OWN), "act": act, **fields})


def told(app, account_id):
    with app.app_context():
        return db.session.execute(select(Notice.text).where(Notice.account_id == account_id)).scalars().all()


class TestAsking:
    def test_the_profile_shows_what_is_held_and_leads_to_asking(self, browser):
        page = browser("member").get(OWN).text
        assert 'href="/ca-nhan/de-nghi-sua"' in page and "Đề nghị sửa" in words(page)
        assert all(part in words(page) for part in ("Ngày sinh 14/04/1998", "Giới tính Nữ", "Dân tộc Chưa ghi", "Đảng viên Không"))
        form = browser("member").get(FORM).text
        assert heading(form) == "Đề nghị sửa thông tin" and "Ngày sinh 14/04/1998" in words(form)

    def test_what_is_wrong_is_sent_shown_and_told_to_the_officers(self, app, browser, cast):
        client = browser("member")
        assert ask(client).location == "/ca-nhan#du-lieu"
        page = words(client.get(OWN).text)
        assert WORDS in page and "Chờ trả lời Đến lượt bí thư chi đoàn" in page
        for officer in (cast.secretary, cast.deputy):
            assert told(app, officer.account_id) == ["Thạch Thị Sa Rinh đề nghị sửa thông tin của mình."]
        with app.app_context():
            line = db.session.execute(select(AuditLine).where(AuditLine.action == "data_request_add")).scalar_one()
        assert (line.fields, line.unit_id) == (["correction"], cast.member.unit_id)

    @pytest.mark.parametrize("text", ["", "  ", "x" * 1001])
    def test_nothing_said_or_too_much_keeps_the_text_on_the_page(self, app, browser, text):
        answer = ask(browser("member"), text)
        assert answer.status_code == 200 and "cần sửa" in answer.text and the_request(app) is None
        assert text.strip() in answer.text

    def test_one_waits_at_a_time_and_the_text_of_a_second_is_kept(self, app, browser):
        client = browser("member")
        page = client.get(FORM).text
        ask(client)
        late = {"csrf_token": hidden(page, "csrf_token"), "id": "01890000-0000-7000-8000-000000000001", "words": "Cả số điện thoại."}
        refused = client.post(FORM, data=late)
        assert refused.status_code == 409 and "Cả số điện thoại." in refused.text and "đang chờ" in refused.text
        assert "rút đề nghị đó lại" in client.get(FORM).text

    def test_the_same_form_twice_is_one_request_and_another_s_id_is_none(self, app, browser):
        client = browser("member")
        page = client.get(FORM).text
        fields = {"csrf_token": hidden(page, "csrf_token"), "id": hidden(page, "id"), "words": WORDS}
        assert [client.post(FORM, data=fields).status_code for _ in range(2)] == [303, 303]
        with app.app_context():
            assert len(db.session.execute(select(DataRequest)).all()) == 1
        other = browser("member2")
        assert other.post(FORM, data=fields | {"csrf_token": token(other, FORM)}).status_code == 404

    def test_it_is_taken_back_while_it_waits_and_not_after(self, app, browser):
        client = browser("member")
        ask(client)
        back = f"/ca-nhan/de-nghi/{the_request(app).id}/rut-lai"
        assert client.post(back, data={"csrf_token": token(client, OWN)}).location == "/ca-nhan#du-lieu"
        assert the_request(app).state is RequestState.WITHDRAWN
        assert client.post(back, data={"csrf_token": token(client, OWN)}).status_code == 409
        stranger = browser("stranger")
        assert stranger.post(back, data={"csrf_token": token(stranger, OWN)}).status_code == 404
        assert client.get(back).status_code == 405

    def test_an_administrator_who_is_no_member_has_nothing_to_correct(self, browser):
        client = browser("administrator")
        assert client.get(FORM).status_code == 403 and "Đề nghị sửa" not in client.get(OWN).text


class TestAnswering:
    def test_it_waits_on_home_in_the_list_and_on_the_member_s_page(self, app, browser, cast):
        ask(browser("member"))
        client = browser("secretary")
        assert "1 đề nghị về dữ liệu Đến lượt bạn" in words(client.get("/").text)
        assert "Đề nghị về dữ liệu (1)" in words(client.get("/doan-vien").text)
        listed = words(client.get(LIST).text)
        assert heading(client.get(LIST).text) == "Đề nghị về dữ liệu" and "Thạch Thị Sa Rinh" in listed
        member = client.get(f"/doan-vien/{cast.member.member_id}").text
        assert WORDS in words(member) and "Đã sửa" in member

    def test_without_any_the_list_says_how_one_comes_there(self, browser):
        assert "Không có đề nghị nào đang chờ" in browser("secretary").get(LIST).text

    def test_one_press_says_it_is_put_right_and_the_person_hears(self, app, browser, cast):
        ask(browser("member"))
        assert answer(browser("secretary"), the_request(app), "done").location == f"/doan-vien/{cast.member.member_id}"
        row = the_request(app)
        assert (row.state, row.answered_by) == (RequestState.DONE, cast.secretary.account_id)
        assert told(app, cast.member.account_id) == ["Thông tin của bạn đã được sửa theo đề nghị."]
        assert "Đã làm" in words(browser("member").get(OWN).text)
        assert answer(browser("deputy"), row, "done").status_code == 409

    def test_a_refusal_needs_its_reason(self, app, browser, cast):
        ask(browser("member"))
        client = browser("secretary")
        empty = answer(client, the_request(app), "refused")
        assert empty.status_code == 200 and "Hãy ghi lý do" in empty.text
        long = answer(client, the_request(app), "refused", answer="y" * 501)
        assert long.status_code == 200 and "y" * 501 in long.text and the_request(app).state is RequestState.WAITING
        assert answer(client, the_request(app), "refused", answer="Giấy khai sinh ghi khác.").status_code == 303
        assert "Giấy khai sinh ghi khác." in told(app, cast.member.account_id)[0]
        assert "Giấy khai sinh ghi khác." in words(browser("member").get(OWN).text)

    def test_those_above_hear_of_it_on_home_when_it_has_waited_three_days(self, app, browser, time):
        ask(browser("member"))
        assert "đề nghị về dữ liệu" not in words(browser("base_secretary").get("/").text)
        assert "Thạch Thị Sa Rinh" in words(browser("base_secretary").get(LIST).text), "though they may look and answer any time"
        time.shift(timedelta(days=4))
        assert "1 đề nghị về dữ liệu" in words(browser("base_secretary").get("/").text)

    def test_nobody_answers_their_own(self, app, browser, cast):
        ask(browser("secretary"))
        assert answer(browser("secretary"), the_request(app), "done").status_code == 403
        assert "đề nghị về dữ liệu" not in words(browser("secretary").get("/").text)
        assert told(app, cast.deputy.account_id), "the deputy is told"
        assert answer(browser("deputy"), the_request(app), "done").status_code == 303

    def test_the_only_officer_s_own_goes_to_the_unit_above(self, app, browser, cast):
        ask(browser("lone_secretary"))
        assert told(app, cast.bloc_secretary.account_id)

    @pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("other_secretary", 404), ("member", 403), ("inspector", 403)])
    def test_others_get_no_answer_in(self, app, browser, who, status):
        ask(browser("member"))
        assert browser(who).get(f"{LIST}/{the_request(app).id}").status_code == status
        assert answer(browser(who), the_request(app), "done").status_code == status

    def test_members_get_no_list(self, browser):
        assert browser("member").get(LIST).status_code == 403

    def test_a_correction_cannot_be_used_to_erase(self, app, browser, cast):
        ask(browser("member"))
        answer(browser("bloc_secretary"), the_request(app), "done")
        with app.app_context():
            assert db.session.execute(select(DataRequest.kind)).scalar_one() is RequestKind.CORRECTION
        assert browser("member").get(OWN).status_code == 200


class TestTakingAlong:
    def test_the_button_gives_an_archive_to_keep(self, browser):
        client = browser("member")
        assert "Tải dữ liệu của tôi</button>" in client.get(OWN).text
        packed = client.post("/ca-nhan/tai-du-lieu", data={"csrf_token": token(client, OWN)})
        assert packed.status_code == 200 and packed.mimetype == "application/zip" and packed.headers["Cache-Control"] == "no-store"
        assert "attachment" in packed.headers["Content-Disposition"] and packed.content_length == len(packed.data)
        with zipfile.ZipFile(BytesIO(packed.data)) as archived:
            body = json.loads(archived.read("du-lieu.json"))
        packed.close()
        assert body["account"]["username"] == "member"

    def test_an_administrator_gets_what_there_is(self, browser):
        client = browser("administrator")
        packed = client.post("/ca-nhan/tai-du-lieu", data={"csrf_token": token(client, OWN)})
        assert packed.status_code == 200 and packed.data[:2] == b"PK"
        packed.close()

    def test_it_is_a_post_of_who_is_signed_in(self, browser):
        assert browser("member").get("/ca-nhan/tai-du-lieu").status_code == 405
        client = browser(None)
        assert client.post("/ca-nhan/tai-du-lieu", data={"csrf_token": token(client, "/dang-nhap")}).location.startswith("/dang-nhap")
