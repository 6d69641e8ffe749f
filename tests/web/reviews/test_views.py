"""The reviewer's queue on the web: with page loads, and answered in JSON."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
import uuid_utils.compat as uuid_utils
from sqlalchemy import insert, select, update

from diary.domain.entries import EntryState
from diary.domain.evidence import EvidenceKind
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.entries import Entry, EntryAddition, Evidence
from diary.models.pledges import Pledge
from tests import factories
from tests.counting import counted
from tests.web.reading import heading, token, words

JSON = {"Accept": "application/json"}


def ago(days):
    return datetime.now(factories.VIETNAM) - timedelta(days=days)


def made(app, person, kind="entry", **facts):
    """An entry, pledge or addition that waits; its address."""
    with app.app_context():
        if kind == "pledge":
            return f"/duyet/dang-ky/{factories.pledge(person, **facts).id}"
        if kind == "entry":
            return f"/duyet/bai/{factories.entry(person, **facts).id}"
        entry = factories.entry(person, EntryState.APPROVED)
        row = EntryAddition(entry_id=entry.id, unit_id=entry.unit_id, review_unit_id=entry.unit_id, words="Bác gọi lại.", sent_at=ago(0))
        db.session.add(row)
        db.session.commit()
        return f"/duyet/bo-sung/{row.id}"


def state(app, address):
    table = {"bai": Entry, "dang-ky": Pledge, "bo-sung": EntryAddition}[address.split("/")[2]]
    with app.app_context():
        return db.session.get_one(table, uuid.UUID(address.split("/")[3])).state


def press(client, address, verdict="approve", headers=None, **fields):
    data = {"verdict": verdict, "version": 1, "csrf_token": token(client, "/ca-nhan")} | fields
    return client.post(address, data=data, headers=headers)


def undo(client, address, headers=None, **fields):
    _, _, slug, subject_id = address.split("/")
    kind = {"bai": "entry", "dang-ky": "pledge", "bo-sung": "addition"}[slug]
    data = {"muc": f"{kind}:{subject_id}", "csrf_token": token(client, "/ca-nhan")} | fields
    return client.post("/duyet/hoan-tac", data=data, headers=headers)


def card(page, address):
    """The words of the card whose form goes to `address`."""
    found = re.search(rf'action="{address}".*?</article>', page, re.S)
    return words(found[0]) if found else ""


def test_the_empty_queue_says_what_will_come(browser):
    page = browser("secretary").get("/duyet").text
    assert heading(page) == "Chờ duyệt" and "Không còn gì chờ duyệt" in words(page)


@pytest.mark.parametrize("name", ["member", "inspector", "administrator", "stranger"])
def test_the_queue_opens_for_reviewers_only(browser, name):
    assert browser(name).get("/duyet").status_code == 403


def test_a_visitor_is_asked_to_sign_in(browser):
    assert browser(None).get("/duyet").status_code == 303
    assert browser(None).get("/duyet", headers=JSON).status_code == 401


def test_a_card_carries_the_whole_text_its_days_its_clock_and_what_it_serves(app, browser, cast):
    text = "Gom giấy in hỏng một mặt của cả tầng. " * 20
    address = made(app, cast.member, did=text, sent_at=ago(5), written_at=ago(5), happened_on=ago(17).date())
    seen = card(browser("secretary").get("/duyet").text, address)
    for part in (text.strip(), "Việc ngày 06/11 – ghi ngày 18/11", "Chờ 5 ngày, hạn 7 ngày", "Việc phát sinh", "Ghi chậm 12 ngày"):
        assert part in seen
    for part in ("Thạch Thị Sa Rinh", "Duyệt", "Cần bổ sung", "Lý do", "Thiếu kết quả cụ thể"):
        assert part in seen


def test_photos_and_files_stand_on_the_card(app, browser, cast):
    address = made(app, cast.member, evidence_count=2)
    with app.app_context():
        facts = {"entry_id": uuid.UUID(address.split("/")[3]), "sha256": "x", "size": 3, "added_at": ago(0)}
        photo = Evidence(kind=EvidenceKind.PHOTO, media_type="image/jpeg", name="Chồng sổ", **facts)
        file = Evidence(kind=EvidenceKind.FILE, media_type="application/pdf", name="bien-ban.pdf", **facts)
        db.session.add_all([photo, file])
        db.session.commit()
        links = [f'src="/minh-chung/{photo.id}/nho"', f'href="/minh-chung/{photo.id}"', f'href="/minh-chung/{file.id}"']
    page = browser("secretary").get("/duyet").text
    assert all(link in page for link in links) and 'alt="Chồng sổ"' in page and "bien-ban.pdf" in words(page)


def test_what_people_write_is_never_markup(app, browser, cast):
    made(app, cast.member, did="<script>alert(1)</script> @@")
    page = browser("secretary").get("/duyet").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; @@" in page


def test_approving_leads_back_with_the_way_to_undo_it(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    answer = press(client, address)
    assert answer.status_code == 303 and state(app, address) is EntryState.APPROVED
    page = client.get(answer.location).text
    assert "Đã duyệt bài của Thạch Thị Sa Rinh" in words(page) and "Hoàn tác" in words(page)
    assert undo(client, address).status_code == 303
    assert state(app, address) is EntryState.WAITING
    assert "Hoàn tác" not in words(client.get(answer.location).text.split("<template")[0]), "nothing is left to undo"


@pytest.mark.parametrize(("kind", "button"), [("pledge", "Cần sửa"), ("addition", "Cần bổ sung")])
def test_pledges_and_additions_are_cards_of_the_same_kind(app, browser, cast, kind, button):
    address, client = made(app, cast.member, kind), browser("secretary")
    assert button in card(client.get("/duyet").text, address)
    assert press(client, address, "return", words="Viết lại nhé.").status_code == 303
    assert state(app, address) == "returned"
    assert undo(client, address).status_code == 303 and state(app, address) == "waiting"


def test_returning_without_a_reason_asks_for_it_at_its_field(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    made(app, cast.member2)
    page = press(client, address, "return").text
    form = re.search(rf'action="{address}".*?</article>', page, re.S)[0]
    assert "Hãy ghi lý do" in form and 'class="return more" open' in form and 'aria-invalid="true"' in form
    assert page.count('aria-invalid="true"') == 1 and state(app, address) is EntryState.WAITING


def test_ready_reasons_are_enough_to_return(app, browser, cast):
    address = made(app, cast.member)
    assert press(browser("secretary"), address, "return", reasons=["Thiếu minh chứng"]).status_code == 303
    with app.app_context():
        assert db.session.get_one(Entry, uuid.UUID(address.split("/")[3])).review_words == "Thiếu minh chứng"


def test_reasons_chosen_by_mistake_are_not_said_with_an_approval(app, browser, cast):
    address = made(app, cast.member)
    press(browser("secretary"), address, reasons=["Thiếu minh chứng"], words="Hay lắm")
    with app.app_context():
        assert db.session.get_one(Entry, uuid.UUID(address.split("/")[3])).review_words == "Hay lắm"


def test_a_bad_form_keeps_what_was_typed(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    long = "Kể rõ hơn nhé. " * 80
    page = press(client, address, "return", words=long, reasons=["Giống bài trước"]).text
    assert long.strip() in page and 'value="Giống bài trước" checked' in page and "1.000 ký tự" in words(page)
    for fields in ({"verdict": "burn"}, {"reasons": ["Không ưa"], "verdict": "return"}):
        page = press(client, address, **{"verdict": "return", "words": "Giữ chữ này", **fields}).text
        assert "Giữ chữ này" in page
    assert state(app, address) is EntryState.WAITING


@pytest.mark.parametrize("name", ["other_secretary", "stranger", "member2", "bloc_secretary", "inspector", "administrator"])
@pytest.mark.parametrize("kind", ["entry", "pledge", "addition"])
def test_to_strangers_there_is_nothing_to_review(app, browser, cast, name, kind):
    address = made(app, cast.member, kind)
    assert press(browser(name), address).status_code == 404
    assert undo(browser(name), address).status_code == 404
    assert state(app, address) == "waiting"


def test_an_author_learns_that_it_is_for_others_to_review(app, browser, cast):
    assert press(browser("member"), made(app, cast.member)).status_code == 403


def test_the_deputy_reviews_the_secretary_s_own_entry_and_she_does_not(app, browser, cast):
    address = made(app, cast.secretary)
    assert card(browser("secretary").get("/duyet").text, address) == ""
    assert press(browser("secretary"), address).status_code == 403
    assert card(browser("deputy").get("/duyet").text, address)
    assert press(browser("deputy"), address).status_code == 303


def test_the_base_stands_in_when_the_branch_is_late_and_the_bloc_never_sees_the_text(app, browser, cast):
    address = made(app, cast.member, did="Chở bà Năm đi viện.", sent_at=ago(8))
    assert "bà Năm" not in browser("bloc_secretary").get("/duyet").text
    client = browser("base_secretary")
    assert "quá hạn (hạn 7 ngày)" in card(client.get("/duyet").text, address) and "Chi đoàn Khối Nội" in client.get("/duyet").text
    assert press(client, address).status_code == 303


def readings(app):
    with app.app_context():
        query = select(AuditLine.account_id, AuditLine.subject_id).where(AuditLine.action == "entry_read")
        return [tuple(row) for row in db.session.execute(query)]


def test_whose_cards_are_shown_is_noted_for_their_author_once_a_day(app, browser, cast):
    late, fresh = made(app, cast.member, sent_at=ago(8)), made(app, cast.member2)
    made(app, cast.member, "pledge", sent_at=ago(9))
    for _ in range(2):
        browser("secretary").get("/duyet")
        browser("base_secretary").get("/duyet")
    own = [(cast.secretary.account_id, address.split("/")[3]) for address in (late, fresh)]
    assert sorted(readings(app)) == sorted([*own, (cast.base_secretary.account_id, late.split("/")[3])])


def test_a_second_press_is_told_what_happened(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    press(client, address)
    again = press(client, address, "return", words="Chữ đang gõ dở")
    assert again.status_code == 409 and "bạn vừa duyệt rồi" in words(again.text)
    assert "Chữ đang gõ dở" in again.text
    other = press(browser("deputy"), address)
    assert other.status_code == 409 and "vừa được Lâm Thanh Sang duyệt" in words(other.text)


def test_a_text_that_changed_meanwhile_is_shown_anew_with_the_typed_words_kept(app, browser, cast):
    address = made(app, cast.member, version=3, did="Bản mới gửi lại.")
    answer = press(browser("secretary"), address, "return", version=2, words="Chữ đang gõ dở")
    seen = card(answer.text, address)
    assert answer.status_code == 409 and "Bản mới gửi lại." in seen and "Chữ đang gõ dở" in seen
    assert state(app, address) is EntryState.WAITING


def test_undoing_late_or_something_unknown_is_refused_in_words(app, browser, cast, time):
    address, client = made(app, cast.member), browser("secretary")
    press(client, address)
    assert undo(browser("deputy"), address).status_code == 403
    for broken in ("entry:khong-phai-ma", f"bread:{uuid.uuid4()}", "", [f"entry:{uuid.uuid4()}"] * 61):
        assert undo(client, address, muc=broken).status_code == 400
    assert undo(client, address, muc=f"entry:{uuid.uuid4()}").status_code == 404
    time.shift(16 * 60)
    late = undo(client, address)
    assert late.status_code == 409 and "15 phút" in words(late.text)


def test_addresses_for_sending_are_not_for_reading(app, browser, cast):
    client = browser("secretary")
    for address in (made(app, cast.member), made(app, cast.member, "pledge"), made(app, cast.member, "addition"), "/duyet/hoan-tac"):
        assert client.get(address).status_code == 405


def test_an_address_that_is_no_id_is_not_found(browser):
    assert press(browser("secretary"), "/duyet/bai/khong-phai-ma").status_code == 404


def test_nothing_is_reviewed_without_the_token_of_the_page(app, browser, cast):
    address = made(app, cast.member)
    assert browser("secretary").post(address, data={"verdict": "approve", "version": 1}).status_code == 400
    assert state(app, address) is EntryState.WAITING


def test_the_script_gets_short_answers_from_the_same_addresses(app, browser, cast):
    address, client = made(app, cast.member), browser("secretary")
    made(app, cast.member2)
    asked = press(client, address, "return", headers=JSON)
    assert asked.status_code == 400 and "lý do" in asked.json["error"]
    done = press(client, address, headers=JSON)
    assert done.status_code == 200
    assert done.json == {
        "words": "Đã duyệt bài của Thạch Thị Sa Rinh", "kind": "entry", "id": address.split("/")[3],
        "waiting": 1, "lead": "1 mục của 1 người. Hôm nay đã duyệt 1.",
    }  # fmt: skip
    assert press(client, address, headers=JSON).status_code == 409
    undone = undo(client, address, headers=JSON)
    assert (undone.json["versions"], undone.json["waiting"]) == ({address.split("/")[3]: 3}, 2)
    assert undo(client, address, headers=JSON).status_code == 409


def test_a_desk_shows_the_chosen_card_and_the_first_one_otherwise(app, browser, cast):
    first, second = made(app, cast.member, sent_at=ago(3)), made(app, cast.member2, sent_at=ago(2))
    client = browser("secretary")

    def shown(path):
        return [f"/duyet/bai/{one}" for one in re.findall(r'<article id="the-([^"]+)"', client.get(path).text)]

    assert shown("/duyet") == [first]
    assert shown(f"/duyet?chon={second.split('/')[3]}") == [second]
    assert shown("/duyet?chon=linh-tinh&xong=bai:linh-tinh&trang=linh-tinh") == [first]
    assert shown("/duyet?trang=99&xong=xoi:1") == [first]


def test_two_thousand_waiting_are_paged_and_cost_the_statements_of_twenty(app, browser, cast):
    client, costs = browser("secretary"), []
    for how_many in (20, 1980):
        with app.app_context():
            facts = {
                "member_id": cast.member.member_id,
                "unit_id": cast.member.unit_id,
                "year": factories.YEAR,
                "did": "Việc",
                "version": 1,
            }
            more = {"happened_on": ago(1).date(), "written_at": ago(1), "state": "waiting", "review_unit_id": cast.member.unit_id}
            rows = [{"id": uuid_utils.uuid7(), "sent_at": ago(2), **facts, **more} for _ in range(how_many)]
            db.session.execute(insert(Entry), rows)
            db.session.commit()
        client.get("/duyet")  # that the cards were read is noted once a day
        with counted(app) as sent:
            page = client.get("/duyet").text
        assert len(re.findall("<article", page)) == 20
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 5
    assert "2.000 mục của 1 người" in words(page) and "Trang 1 trên 100" in words(page)
    assert len(re.findall("<article", client.get("/duyet?trang=100").text)) == 20


def test_a_locked_year_is_refused_in_words(app, browser, cast):
    from diary.models.years import WorkYear

    address = made(app, cast.member)
    with app.app_context():
        db.session.execute(update(WorkYear).values(locked_at=ago(1)))
        db.session.commit()
    answer = press(browser("secretary"), address)
    assert answer.status_code == 409 and "khóa sổ" in words(answer.text)
