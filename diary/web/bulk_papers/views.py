"""In hàng loạt: asking for all evaluation sheets of a unit, and what was asked for before."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from ...domain.bulk_papers import KIND, PrintForm
from ...domain.permissions import Action
from ...queries import jobs, years
from ...queries.bulk_papers import print_units
from ...services.bulk_papers import ask_for_papers
from ..attempts import HAPPENED, attempt
from ..ids import form_id, new_id
from ..paging import chosen_year
from ..session import current_actor, open_page
from .forms import PrintingForm

bp = Blueprint("bulk_papers", __name__, url_prefix="/in-hang-loat")


@bp.route("", methods=["GET", "POST"])
def index() -> Any:
    open_page(Action.EVALUATION_PRINT)
    actor, year, form, status = current_actor(), chosen_year(), PrintingForm(), 200
    units = print_units(actor, year)
    form.offer(units)
    if form.validate_on_submit():
        job_id = form_id(form.id.data)
        status = attempt(form, lambda: ask_for_papers(actor, job_id, form.unit.data, year, PrintForm(form.form.data)))
        if status == HAPPENED:
            return redirect(url_for("jobs.show", job_id=job_id), 303)
    form.id.data = form.id.data or str(new_id())
    before = [job for job in jobs.own_jobs(actor) if job.kind == KIND]
    page = {"units": units, "before": before, "year": year, "years": years.years(), "scheme": years.scheme_of(year)}
    return render_template("bulk_papers/index.html", form=form, **page), status
