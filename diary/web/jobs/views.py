"""Long work somebody asked for: how far it is, and stopping it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from ...domain.errors import WrongMoment
from ...queries import jobs as queries
from ...services import jobs
from ..session import current_actor

bp = Blueprint("jobs", __name__, url_prefix="/viec-nen")


@bp.get("/<uuid:job_id>")
def show(job_id: UUID) -> Any:
    return render_template("jobs/show.html", job=queries.load_job(current_actor(), job_id))


@bp.post("/<uuid:job_id>/dung")
def stop(job_id: UUID) -> Any:
    try:
        jobs.cancel_job(current_actor(), job_id)
        flash("Việc này sẽ dừng sau phần đang làm dở.", "success")
    except WrongMoment as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for(".show", job_id=job_id), 303)
