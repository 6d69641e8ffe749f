"""All evaluation sheets of a unit: every person once, a file for each branch, kept for a week, for who asked and still may."""

import zipfile
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select

from diary.domain.bulk_papers import KEPT, PEOPLE_A_PIECE, BranchToPrint, PrintForm, pieces
from diary.domain.errors import NotAllowed, NotFound, WrongMoment
from diary.domain.jobs import JobState
from diary.jobs.drawing import Drawers, Sheaf
from diary.jobs.duties import WORK
from diary.jobs.housekeeping import sweep_files
from diary.jobs.kinds import Tools
from diary.jobs.worker import Worker
from diary.models.accounts import Appointment
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.evaluations import Evaluation
from diary.models.jobs import Job, JobFile
from diary.models.notices import Notice
from diary.queries.bulk_papers import print_units
from diary.queries.evaluation_sheets import evaluation_sheets_of
from diary.services import bulk_papers, clock, jobs
from diary.services.evaluations import ensure_evaluations
from tests import year_end
from tests.documents.reading import page_texts
from tests.factories import YEAR


@pytest.fixture
def tools(tmp_path):
    return Tools(tmp_path, "", "a key")


@pytest.fixture
def people(session, cast):
    """The branches of three secretaries have everybody to rate."""
    for name in ("secretary", "other_secretary", "lone_secretary"):
        ensure_evaluations(year_end.branch_of(name), YEAR)
    session.commit()


@pytest.fixture
def ask(actor, cast, people):
    def make(name="bloc_secretary", unit="bloc_secretary", form=PrintForm.PER_BRANCH, year=YEAR):
        at = actor(unit).appointments[0].unit_id
        return bulk_papers.ask_for_papers(actor(name), uuid4(), at, year, form)

    return make


def job(job_id):
    db.session.rollback()
    return db.session.get(Job, job_id, populate_existing=True)


def files(job_id):
    db.session.rollback()
    return db.session.execute(select(JobFile).where(JobFile.job_id == job_id).order_by(JobFile.number)).scalars().all()


def printed(tools, job_id):
    """Whose pages are in the files, one name for each first page."""
    pages = [page for file in files(job_id) for page in page_texts(tools.storage.read(file.sha256))]
    return [page.split("Họ và tên ")[1].split(" Ngày sinh")[0] for page in pages if "Họ và tên" in page]


def everybody():
    return db.session.execute(select(Evaluation.id).where(Evaluation.year == YEAR)).all()


def test_a_bloc_is_printed_with_everybody_once_and_a_file_for_each_branch(ask, tools, cast):
    job_id = ask()
    assert Worker(tools).turn()
    assert job(job_id).state is JobState.DONE
    names, made = printed(tools, job_id), files(job_id)
    assert len(names) == len(everybody()) == job(job_id).result["people"] and "Thạch Thị Sa Rinh" in names
    assert len(set(names)) == len(names) and [file.number for file in made] == list(range(1, len(made) + 1))
    assert made[0].name.endswith(f"phieu-danh-gia-{YEAR}.pdf") and all(file.pages >= file.people for file in made)
    said = db.session.execute(select(AuditLine).where(AuditLine.action == "documents_print")).scalars().one()
    assert said.account_id == cast.bloc_secretary.account_id and f"evaluation_sheet={len(names)}" in said.fields
    assert "Đã in xong" in db.session.execute(select(Notice.text).order_by(Notice.id.desc()).limit(1)).scalar_one()


def test_a_printout_says_that_it_is_one_and_no_draft(ask, tools):
    job_id = ask("secretary", "secretary")
    Worker(tools).turn()
    first = page_texts(tools.storage.read(files(job_id)[0].sha256))[0]
    assert "Bản in từ sổ điện tử ngày" in first and "Bản nháp" not in first


def test_one_file_a_person_comes_in_a_zip_of_the_branch(ask, tools):
    job_id = ask("secretary", "secretary", PrintForm.PER_MEMBER)
    Worker(tools).turn()
    (file,) = files(job_id)
    with zipfile.ZipFile(BytesIO(tools.storage.read(file.sha256))) as archive:
        names = archive.namelist()
        pages = sum(len(page_texts(archive.read(name))) for name in names)
    assert file.name.endswith(".zip") and len(names) == len(set(names)) == file.people and pages == file.pages
    assert all(name.startswith(f"{place:03d}-") and name.endswith(".pdf") for place, name in enumerate(names, 1))


def test_each_prints_what_their_post_covers_and_nothing_else(ask, tools, actor, cast):
    base, bloc = (actor(name).appointments[0].unit_id for name in ("base_secretary", "bloc_secretary"))
    assert {one.id for one in print_units(actor("secretary"), YEAR)} == {year_end.branch_of("secretary")}
    assert {base, year_end.branch_of("secretary"), year_end.branch_of("other_secretary")} == {
        one.id for one in print_units(actor("base_secretary"), YEAR)
    }
    whole = print_units(actor("bloc_secretary"), YEAR)
    assert (whole[0].id, whole[0].people, whole[0].depth) == (bloc, len(everybody()), 0)
    ask("base_secretary", "base_secretary")
    for name, unit, refusal in (
        ("secretary", "other_secretary", NotFound),
        ("secretary", "bloc_secretary", NotFound),
        ("base_secretary", "bloc_secretary", NotFound),
        ("member", "secretary", NotFound),
        ("inspector", "secretary", NotAllowed),
    ):
        with pytest.raises(refusal):
            ask(name, unit)


def test_who_loses_the_post_while_it_runs_gets_no_more_of_it(ask, tools, actor, cast, session):
    job_id = ask("secretary", "secretary")
    session.query(Appointment).filter_by(account_id=cast.secretary.account_id).update({"to_day": clock.today() - timedelta(days=1)})
    session.commit()
    Worker(tools).turn()
    assert job(job_id).state is JobState.FAILED and not files(job_id)


def test_one_asks_for_one_printing_at_a_time_and_only_where_there_is_something_to_print(ask, tools):
    ask()
    with pytest.raises(WrongMoment, match="đang chạy"):
        ask()
    ask("secretary", "secretary")  # another's is another
    Worker(tools).turn()
    ask()
    with pytest.raises(WrongMoment):
        ask(year=YEAR - 3)


def test_a_job_taken_up_by_another_worker_goes_on_and_nobody_is_printed_twice(ask, tools, monkeypatch):
    monkeypatch.setattr("diary.domain.bulk_papers.PEOPLE_A_PIECE", 1)
    job_id, done = ask(), []
    Worker(tools, lambda: bool(files(job_id)) and not done).turn()
    assert job(job_id).state is JobState.WAITING and 0 < len(files(job_id)) < job(job_id).total
    done.append(True)
    Worker(tools).turn()
    assert job(job_id).state is JobState.DONE and len(printed(tools, job_id)) == len(everybody())


def test_files_go_after_their_week_and_those_of_a_stopped_job_after_a_day(ask, tools, actor, monkeypatch, time):
    monkeypatch.setattr("diary.domain.bulk_papers.PEOPLE_A_PIECE", 1)
    stopped, seen = ask(), []

    def stop_after_one():
        if files(stopped) and not seen:
            seen.append(jobs.cancel_job(actor("bloc_secretary"), stopped))
        return False

    Worker(tools, stop_after_one).turn()
    assert job(stopped).state is JobState.CANCELLED and files(stopped)
    kept = ask("secretary", "secretary")
    Worker(tools).turn()
    time.shift(timedelta(days=1))
    WORK["tidy"].do(tools)
    assert not files(stopped) and files(kept)
    time.shift(KEPT)
    WORK["tidy"].do(tools)
    assert not files(kept) and job(kept).state is JobState.DONE


def test_what_a_job_keeps_outlives_the_sweep_and_what_nobody_can_fetch_does_not(ask, tools):
    job_id = ask("secretary", "secretary")
    Worker(tools).turn()
    (file,) = files(job_id)
    later = clock.now() + timedelta(days=2)
    sweep_files(tools.instance, later)
    assert tools.storage.exists(file.sha256)
    db.session.delete(db.session.get(JobFile, (job_id, file.number)))
    db.session.commit()
    sweep_files(tools.instance, later)
    assert not tools.storage.exists(file.sha256)


def test_small_branches_go_together_and_a_large_one_alone():
    sizes = (PEOPLE_A_PIECE - 1, 1, 1, PEOPLE_A_PIECE + 1, 5)
    branches = [BranchToPrint(number, number, f"U{number}", people) for number, people in enumerate(sizes, 1)]
    assert [[one.number for one in piece] for piece in pieces(branches)] == [[1, 2], [3], [4], [5]]


def test_helpers_draw_the_same_bytes_as_one_process_does(ask, actor):
    branches = [year_end.branch_of(name) for name in ("secretary", "other_secretary", "lone_secretary")]
    today = clock.today()
    sheaves = [
        Sheaf(unit_id, tuple(evaluation_sheets_of(unit_id, YEAR, today).items()), PrintForm.PER_BRANCH, today) for unit_id in branches
    ]
    drawers = Drawers(2)
    try:
        assert list(drawers.draw(iter(sheaves))) == list(Drawers(1).draw(iter(sheaves)))
    finally:
        drawers.close()
    with pytest.raises(RuntimeError):
        list(drawers.draw(iter(sheaves)))
