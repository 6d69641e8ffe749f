"""An entry sent by the script while its page stays, and one that starts from the last."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryState, Field
from diary.domain.pledges import PledgeState
from diary.models.base import db
from diary.models.units import Virtue
from diary.services import clock
from tests import factories
from tests.web.entries.filling import DEED, fill, kept, made
from tests.web.entries.test_views import lock
from tests.web.reading import heading, hidden, token

SCRIPT = {"Accept": "application/json"}
AGAIN = "/nhat-ky/moi?nhu-lan-truoc=1"


def post(client, path="/nhat-ky/moi", **fields):
    given = {"csrf_token": token(client, "/nhat-ky/moi"), "id": str(uuid.uuid4()), "happened_on": "2026-11-23", "did": DEED, "act": "send"}
    return client.post(path, data=given | fields, headers=SCRIPT)


@pytest.mark.parametrize(("act", "leads"), [("send", ""), ("keep", ""), ("more", "/sua")])
def test_the_script_is_told_where_a_sent_form_leads(app, browser, act, leads):
    answer = post(browser("member"), act=act)
    (row,) = kept(app)
    assert answer.status_code == 200 and answer.json == {"go": f"/nhat-ky/{row.id}{leads}"}


def test_the_script_is_told_each_fault_with_its_field(app, browser):
    answer = post(browser("member"), did=" ", happened_on="31/02/2026")
    assert answer.status_code == 422 and kept(app) == []
    assert {one["field"] for one in answer.json["errors"]} == {"did", "happened_on"} and all(one["words"] for one in answer.json["errors"])


def test_the_script_is_told_of_a_wrong_moment(app, browser):
    client = browser("member")
    lock(app)
    answer = post(client)
    assert answer.status_code == 409 and answer.json["errors"][0]["field"] == "" and "khóa sổ" in answer.json["errors"][0]["words"]


def test_a_page_that_grew_stale_is_answered_with_both_texts(app, cast, browser):
    client = browser("member")
    row = made(app, cast.member, EntryState.DRAFT)
    answer = post(client, f"/nhat-ky/{row}/sua", version="7")
    assert answer.status_code == 409 and "Xem bản đang lưu" in answer.text and DEED in answer.text


def test_another_text_on_the_page_of_a_sent_entry_is_another_entry_when_sent_once_more(app, browser):
    client, once = browser("member"), str(uuid.uuid4())
    post(client, id=once)
    refused = post(client, id=once, did="Việc khác hẳn, ở chợ.")
    assert refused.status_code == 409 and "đã gửi rồi" in refused.json["errors"][0]["words"] and len(kept(app)) == 1
    assert post(client, id=refused.json["id"], did="Việc khác hẳn, ở chợ.").status_code == 200
    assert {row.did for row in kept(app)} == {DEED, "Việc khác hẳn, ở chợ."}


def test_the_script_is_told_that_the_session_ended(browser):
    assert browser(None).post("/nhat-ky/moi", data={"did": DEED}, headers=SCRIPT).status_code in {400, 401}


def test_last_time_s_entry_is_a_start_for_the_next(app, cast, browser):
    with app.app_context():
        pledge = factories.pledge(cast.member, PledgeState.APPROVED).id
        virtue = db.session.execute(select(Virtue.id).where(Virtue.name == "Liêm")).scalar_one()
        common = {
            "pledge_id": pledge,
            "virtue_id": virtue,
            "field": Field.COMMUNITY,
            "people": "Bà con ấp Rạch Sậy",
            "result": "6",
            "result_unit": "hồ sơ",
        }
        factories.entry(cast.member, EntryState.APPROVED, did="Lần trước nữa", sent_at=clock.now() - timedelta(days=9))
        last = factories.entry(cast.member, EntryState.RETURNED, did=DEED, sent_at=clock.now(), lesson="Đọc chậm", **common).id
        factories.entry(cast.member, EntryState.DRAFT, did="Chưa gửi")
        factories.entry(cast.member2, EntryState.WAITING, did="Của người khác", sent_at=clock.now())
    page = browser("member").get(AGAIN).text
    assert DEED in page and 'value="Bà con ấp Rạch Sậy"' in page and 'value="hồ sơ"' in page
    assert (
        f'<option selected value="{pledge}"' in page
        and re.search(rf'value="{virtue}" checked', page)
        and 'value="community" checked' in page
    )
    assert 'value="6"' not in page and "Đọc chậm" not in page, "what is new each time stays empty"
    assert hidden(page, "id") != str(last) and 'value="2026-11-23"' in page
    for other in ("Lần trước nữa", "Chưa gửi<", "Của người khác"):
        assert other not in page
    assert fill(browser("member"), AGAIN, did="Xuống ấp lần nữa").status_code == 303


def test_last_time_s_private_note_is_never_filled_in(app, browser):
    client = browser("member")
    fill(client, private_note="Hơi ngại")
    assert "Hơi ngại" not in client.get(AGAIN).text


def test_a_pledge_that_was_closed_since_is_not_chosen_again(app, cast, browser):
    with app.app_context():
        factories.entry(cast.member, pledge_id=factories.pledge(cast.member, PledgeState.MET, title="đã xong").id, sent_at=clock.now())
        open_one = factories.pledge(cast.member, PledgeState.APPROVED, title="còn đó").id
    page = browser("member").get(AGAIN).text
    assert "đã xong" not in page and f'<option selected value="{open_one}">' in page


def test_who_has_sent_nothing_yet_is_told_so(browser):
    page = browser("new_member").get(AGAIN).text
    assert heading(page) == "Ghi nhật ký" and "Bạn chưa gửi bài nào" in page
    assert "Đã điền theo bài gửi lần trước" not in page and "Chỉ cần ngày và việc đã làm" in page


def test_the_first_page_and_the_form_lead_to_last_time_s_entry(browser):
    for path in ("/", "/nhat-ky/moi"):
        assert 'href="/nhat-ky/moi?nhu-lan-truoc=1"' in browser("member").get(path).text
