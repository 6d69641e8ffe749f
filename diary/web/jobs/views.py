"""Long work somebody asked for: how far it is, stopping it, and the files that came of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for

from ...domain.errors import NotFound, WrongMoment
from ...domain.permissions import Action, may_somewhere
from ...files.zip_streams import zip_stream
from ...queries import jobs as queries
from ...queries.bulk_papers import PrintedFile, printed_files
from ...services import clock, exports, jobs
from ..documents.downloads import storage
from ..session import current_actor

bp = Blueprint("jobs", __name__, url_prefix="/viec-nen")
_GONE = "Tệp này không còn được giữ. Bạn có thể in lại ở trang In hàng loạt."


@bp.get("")
def index() -> Any:
    actor = current_actor()
    return render_template("jobs/index.html", jobs=queries.own_jobs(actor), may_print=may_somewhere(actor, Action.EVALUATION_PRINT))


@bp.get("/<uuid:job_id>")
def show(job_id: UUID) -> Any:
    actor = current_actor()
    job = queries.load_job(actor, job_id)
    return render_template("jobs/show.html", job=job, files=printed_files(actor, job_id, clock.now()))


@bp.get("/<uuid:job_id>/tep/<int:number>")
def file(job_id: UUID, number: int) -> Response:
    one = next((kept for kept in _files(job_id) if kept.number == number), None)
    if one is None:
        raise NotFound(_GONE)
    _note([one])
    response = send_file(storage().path(one.sha256), as_attachment=True, download_name=one.name, etag=one.sha256)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/<uuid:job_id>/tat-ca.zip")
def all_files(job_id: UUID) -> Response:
    kept = _files(job_id)
    if not kept:
        raise NotFound(_GONE)
    _note(kept)
    store = storage()
    parts = zip_stream((f"{one.number:03d}-{one.name}", store.path(one.sha256)) for one in kept)
    response = Response(parts, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="phieu-danh-gia-{kept[0].year}.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _files(job_id: UUID) -> tuple[PrintedFile, ...]:
    """The kept files whose bytes are in the store."""
    return tuple(one for one in printed_files(current_actor(), job_id, clock.now()) if storage().exists(one.sha256))


def _note(taken: Sequence[PrintedFile]) -> None:
    first = taken[0]
    exports.note_export(current_actor(), "document", sum(one.people for one in taken), first.unit_id, ["evaluation_sheet", first.year])


@bp.post("/<uuid:job_id>/dung")
def stop(job_id: UUID) -> Any:
    try:
        jobs.cancel_job(current_actor(), job_id)
        flash("Việc này sẽ dừng sau phần đang làm dở.", "success")
    except WrongMoment as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for(".show", job_id=job_id), 303)
