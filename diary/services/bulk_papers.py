"""Asking for papers by the thousand, and the files that come of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from ..domain.actors import Actor
from ..domain.bulk_papers import KEPT, KIND, PrintForm
from ..domain.errors import WrongMoment
from ..domain.jobs import OPEN, JobState
from ..domain.schemes import require_scheme
from ..models.base import db
from ..models.jobs import Job, JobFile
from ..queries import years
from ..queries.accounts import actor_of
from ..queries.bulk_papers import branches_to_print
from . import audit, clock, jobs, notices
from .transaction import happening


@happening
def ask_for_papers(actor: Actor, job_id: UUID, unit_id: int, year: int, form: PrintForm) -> UUID:
    """Ask for all evaluation sheets of a unit and those below it; the id of the job.

    NotFound or NotAllowed where the actor may not print for the unit. WrongMoment in a year without a scheme, where nobody is to be
    rated yet, and while another such job of theirs goes on: a press twice is one job.
    """
    require_scheme(years.scheme_of(year), year)
    if not branches_to_print(actor, unit_id, year):
        raise WrongMoment(f"Năm {year} đơn vị này chưa có phiếu đánh giá nào để in.")
    going_on = select(Job.id).where(Job.kind == KIND, Job.asked_by == actor.account_id, Job.state.in_(OPEN), Job.id != job_id)
    if db.session.execute(going_on.limit(1)).first() is not None:
        raise WrongMoment("Một lượt in của bạn đang chạy. Hãy đợi lượt ấy xong, hoặc dừng nó ở trang Việc chạy nền.")
    return jobs.ask_job(actor, KIND, {"unit_id": unit_id, "year": year, "form": form.value}, job_id)


@happening
def keep_files(job_id: UUID, files: Sequence[dict[str, Any]]) -> None:
    """Keep what a piece made for a week: each with "number", "name", "sha256", "size" in bytes, "people" and "pages"."""
    until = clock.now() + KEPT
    db.session.add_all(JobFile(job_id=job_id, kept_until=until, **file) for file in files)
    db.session.flush()


@happening
def note_printed(job_id: UUID, account_id: int, unit_id: int, year: int, people: int) -> None:
    """Note that the files are there: an audit line, and a notice to who asked."""
    actor = actor_of(account_id, clock.today())
    audit.record(actor, "documents_print", "unit", unit_id, unit_id, [year, f"evaluation_sheet={people}"])
    notices.tell(account_id, f"Đã in xong {people} phiếu đánh giá năm {year}. Tệp được giữ bảy ngày.", f"/viec-nen/{job_id}")


@happening
def drop_old_files() -> list[str]:
    """Forget the files that were kept for their week, and a day after they were made those of jobs that were stopped or failed; the
    SHA-256 of what nobody can fetch any more."""
    ended_badly = select(Job.id).where(Job.state.in_([JobState.CANCELLED, JobState.FAILED]))
    a_day_old = JobFile.kept_until <= clock.now() + KEPT - timedelta(days=1)
    old = (JobFile.kept_until <= clock.now()) | (a_day_old & JobFile.job_id.in_(ended_badly))
    digests = list(db.session.execute(select(JobFile.sha256).where(old)).scalars())
    db.session.execute(delete(JobFile).where(old), execution_options={"synchronize_session": False})
    return digests


def end_reading() -> None:
    """End the transaction that reading began, so that none is open while papers are drawn."""
    db.session.rollback()
