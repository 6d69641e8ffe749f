"""Long work as who asked for it sees it."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from diary.domain.jobs import JobState
from diary.jobs.kinds import Tools
from diary.jobs.registry import KINDS
from diary.jobs.worker import Worker
from diary.models.base import db
from diary.models.jobs import Job
from diary.models.notices import Notice
from diary.services import jobs
from tests import factories
from tests.jobs import made_up
from tests.web.reading import heading, token, words


@pytest.fixture
def job(app, cast, tmp_path, monkeypatch):
    """A job of the secretary's; `work()` lets a worker do all of it, `state()` is where it stands."""
    monkeypatch.setitem(KINDS, made_up.NAME, made_up.KIND)

    def ask(**facts):
        with app.app_context():
            asked = {"pieces": 3, "tells": cast.member.account_id, **facts}
            return jobs.ask_job(factories.actor("secretary"), made_up.NAME, asked)

    def work():
        with app.app_context():
            Worker(Tools(tmp_path, "", "k")).turn()

    def state(job_id):
        with app.app_context():
            return db.session.get(Job, job_id).state

    return SimpleNamespace(ask=ask, work=work, state=state)


def stop(client, job_id):
    return client.post(f"/viec-nen/{job_id}/dung", data={"csrf_token": token(client, "/ca-nhan")})


def test_a_job_is_followed_from_waiting_to_its_end(app, browser, job):
    client, job_id = browser("secretary"), job.ask()
    path = f"/viec-nen/{job_id}"
    page = client.get(path).text
    assert heading(page) == made_up.NAME and "Đang chờ" in words(page) and "/static/progress-" in page
    with app.app_context():
        task = jobs.plan(jobs.claim("one"), [1, 2, 3])
        jobs.keep_piece(task, "", lambda: None)
    page = client.get(path).text
    assert "Đã xong 1 trên 3 phần" in words(page) and 'max="3" value="1"' in page and 'data-renew="1"' in page
    with app.app_context():
        jobs.give_back(task)
    assert "làm tiếp từ chỗ dở" in words(client.get(path).text)
    job.work()
    page = client.get(path).text
    assert "Đã xong 3 phần" in words(page) and 'data-renew="0"' in page and "Dừng" not in words(page)


def test_its_owner_and_the_administrator_stop_it_and_later_it_is_too_late(browser, job):
    client, first, second = browser("secretary"), job.ask(), job.ask()
    assert stop(client, first).status_code == 303 and job.state(first) is JobState.CANCELLED
    assert stop(browser("administrator"), second).status_code == 303 and job.state(second) is JobState.CANCELLED
    answer = client.post(f"/viec-nen/{first}/dung", data={"csrf_token": token(client, "/ca-nhan")}, follow_redirects=True)
    assert "đã kết thúc nên không dừng được" in words(answer.text)


@pytest.mark.parametrize("name", ["member", "deputy", "bloc_secretary", "stranger"])
def test_everyone_else_does_not_know_of_it(browser, job, name):
    job_id = job.ask()
    assert browser(name).get(f"/viec-nen/{job_id}").status_code == 404
    assert stop(browser(name), job_id).status_code == 404 and job.state(job_id) is JobState.WAITING


def test_stopping_is_posted(browser, job):
    assert browser("secretary").get(f"/viec-nen/{job.ask()}/dung").status_code == 405


def test_what_failed_says_why_leads_there_by_a_notice_and_stands_on_the_administrator_s_page(app, browser, job, cast):
    job_id = job.ask(refused=101)
    job.work()
    with app.app_context():
        told = select(Notice.link).where(Notice.account_id == cast.secretary.account_id)
        assert db.session.execute(told).scalars().all() == [f"/viec-nen/{job_id}"]
    said = words(browser("secretary").get(f"/viec-nen/{job_id}").text)
    assert "Hỏng" in said and "Không làm xong sau 1 trên 3 phần" in said and "Không làm được lúc này." in said
    page = browser("administrator").get("/quan-tri").text
    assert f'href="/viec-nen/{job_id}"' in page and "Không làm được lúc này." in page
