"""Printing by the thousand as who asks for it sees it: asking, the files, who gets them, and until when."""

import zipfile
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from diary.domain.bulk_papers import KEPT
from diary.jobs.kinds import Tools
from diary.jobs.worker import Worker
from diary.models.accounts import Appointment
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.jobs import Job
from diary.services import clock
from diary.services.evaluations import ensure_evaluations
from tests import factories, year_end
from tests.web.reading import heading, hidden, token, words

PAGE = "/in-hang-loat"


@pytest.fixture
def printing(app, cast, browser):
    """`ask(name)` prints what that person's post covers, `work()` lets a worker do it, `path()` is the newest job's page."""
    with app.app_context():
        for name in ("secretary", "other_secretary", "lone_secretary"):
            ensure_evaluations(year_end.branch_of(name), factories.YEAR)
        db.session.commit()

    def ask(name, **sent):
        client = browser(name)
        page = client.get(PAGE).text
        with app.app_context():
            unit = factories.actor(name).appointments[0].unit_id
        fields = {"csrf_token": token(client, PAGE), "id": hidden(page, "id"), "unit": unit, "form": "branch", **sent}
        return client.post(PAGE, data=fields)

    def work():
        with app.app_context():
            Worker(Tools(app.config["DIARY_INSTANCE"], "", "k")).turn()

    def path():
        with app.app_context():
            return f"/viec-nen/{db.session.execute(select(Job.id).order_by(Job.asked_at.desc()).limit(1)).scalar_one()}"

    return SimpleNamespace(ask=ask, work=work, path=path)


def fetched(client, address):
    """The status, the bytes and the headers of an answer that was read to its end."""
    with client.get(address) as answer:
        return answer.status_code, answer.data, answer.headers


def test_the_sheets_of_a_unit_are_asked_for_printed_and_fetched(app, browser, printing):
    answer = printing.ask("base_secretary")
    assert (answer.status_code, answer.location) == (303, printing.path())
    printing.work()
    client = browser("base_secretary")
    page = client.get(printing.path()).text
    assert heading(page) == "In phiếu đánh giá hàng loạt" and "Giữ đến" in words(page)
    _, one, headers = fetched(client, f"{printing.path()}/tep/1")
    assert one.startswith(b"%PDF") and "attachment" in headers["Content-Disposition"]
    _, packed, _ = fetched(client, f"{printing.path()}/tat-ca.zip")
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert archive.testzip() is None and archive.read(archive.namelist()[0]) == one and len(archive.namelist()) == 2
    assert "Xong" in words(client.get("/viec-nen").text) and printing.path() in client.get(PAGE).text
    with app.app_context():
        taken = db.session.execute(select(AuditLine.fields).where(AuditLine.action == "records_export")).scalars().all()
    assert len(taken) == 2 and all("evaluation_sheet" in str(fields) for fields in taken)


def test_nobody_else_gets_the_files_not_even_who_sees_the_job(browser, printing):
    printing.ask("secretary")
    printing.work()
    for name in ("administrator", "base_secretary", "bloc_secretary", "deputy", "member"):
        for address in ("tep/1", "tat-ca.zip"):
            assert browser(name).get(f"{printing.path()}/{address}").status_code == 404
    assert "Tệp đã in" not in browser("administrator").get(printing.path()).text


def test_who_lost_the_post_no_longer_gets_the_files(app, browser, printing, cast):
    printing.ask("secretary")
    printing.work()
    client = browser("secretary")
    assert fetched(client, f"{printing.path()}/tep/1")[0] == 200
    with app.app_context():
        mine = Appointment.account_id == cast.secretary.account_id
        db.session.query(Appointment).filter(mine).update({"to_day": clock.today() - timedelta(days=1)})
        db.session.commit()
    assert client.get(f"{printing.path()}/tep/1").status_code == 404


def test_after_a_week_the_files_are_gone_and_the_page_says_what_to_do(browser, printing, time):
    printing.ask("secretary")
    printing.work()
    path = printing.path()
    time.shift(KEPT)
    client = browser("secretary")
    assert "Tệp đã in" not in client.get(path).text
    answer = client.get(f"{path}/tep/1")
    assert answer.status_code == 404 and "Bạn có thể in lại ở trang In hàng loạt" in words(answer.text)


def test_a_second_press_is_the_same_job_and_a_second_printing_waits_for_the_first(browser, printing):
    first = printing.ask("secretary")
    assert first.status_code == 303
    again = printing.ask("secretary")
    assert again.status_code == 409 and "Một lượt in của bạn đang chạy" in words(again.text)


def test_a_unit_that_is_not_theirs_is_no_choice(browser, printing, cast):
    answer = printing.ask("secretary", unit=cast.stranger.unit_id)
    assert answer.status_code == 200 and "Hãy chọn một mục trong danh sách" in words(answer.text)
    assert printing.ask("secretary", form="khac").status_code == 200


def test_a_year_with_nothing_to_print_says_so(browser, cast):
    page = browser("secretary").get(PAGE).text
    assert heading(page) == "In hàng loạt" and "chưa có phiếu nào" in words(page)
    assert "Bạn chưa giao việc nào" in words(browser("member").get("/viec-nen").text)
