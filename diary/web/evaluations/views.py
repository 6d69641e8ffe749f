"""One's own evaluation: the year's figures filled in, the self-assessment, and the result."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.actors import Actor
from ...domain.errors import BadInput, NotAllowed, WrongMoment
from ...domain.evaluations import EvaluationState
from ...domain.schemes import require_scheme
from ...domain.vietnamese import clean_text
from ...domain.years import Activity, require_open
from ...queries import documents
from ...queries import evaluations as queries
from ...queries.ballots import OwnHall, own_hall
from ...queries.evaluations import OwnYear
from ...queries.second_looks import own_look, year_of_own
from ...services import clock, evaluations, second_looks
from ..attempts import HAPPENED, WRONG_MOMENT, attempt
from ..ids import form_id, new_id
from ..paging import chosen_year
from ..session import current_actor
from ..year_ends import why_closed
from .forms import SelfAssessmentForm

bp = Blueprint("evaluations", __name__)


@bp.route("/danh-gia", methods=["GET", "POST"])
def own() -> Any:
    actor, year = _member(), chosen_year()
    own_year = queries.own_year(actor, year, clock.today())
    form = SelfAssessmentForm(formdata=request.form or None)
    if own_year.scheme:
        form.offer(own_year.scheme)
    status = 200
    if form.validate_on_submit():
        status = _keep(actor, year, form)
        if status == HAPPENED:
            return redirect(url_for(".own", nam=year), 303)
        if status == WRONG_MOMENT:
            own_year = queries.own_year(actor, year, clock.today())
            form.version.data, form.version.raw_data = own_year.evaluation.version, None  # the text may be sent over what stands now
    elif request.method == "GET":
        form.show(own_year)
    return _page(own_year, form), status


def _member() -> Actor:
    actor = current_actor()
    if actor.member_id is None or actor.place is None:
        raise NotAllowed("Trang này dành cho đoàn viên. Tài khoản của bạn không gắn với đoàn viên nào.")
    return actor


def _keep(actor: Actor, year: int, form: SelfAssessmentForm) -> int:
    submit, said, version, best = (
        request.form.get("act") == "submit",
        form.to_self_assessment(),
        form.version.data or 0,
        form.best.data or [],
    )
    status = attempt(form, lambda: evaluations.save_self_assessment(actor, year, said, best, version, submit=submit))
    if status == HAPPENED:
        flash("Đã nộp tự đánh giá. Chi đoàn sẽ họp xét." if submit else "Đã lưu nháp.", "success")
    return status


def _page(own: OwnYear, form: SelfAssessmentForm, asking: Mapping[str, str] | None = None) -> str:
    closed = _closed_words(own)
    days = own.facts.windows.get(Activity.SELF_ASSESSMENT) if own.facts else None
    editing = not closed and own.evaluation.state is EvaluationState.NOT_STARTED
    actor = current_actor()
    papers = documents.of_member(actor, actor.member_id, own.year) if actor.member_id is not None else ()
    facts = {"closed": closed, "editing": editing or bool(form.form_errors), "days": days, "papers": papers, "hall": _ballot_hall(actor)}
    facts |= {"again": own_look(own.evaluation.id, clock.today()), "asking": asking or {"id": str(new_id())}}
    return render_template("evaluations/own.html", own=own, form=form, **facts)


def _ballot_hall(actor: Actor) -> OwnHall | None:
    """The meeting that votes by secret ballot now, in the actor's branch."""
    hall = own_hall(actor)
    return hall if hall and hall.secret else None


@bp.post("/danh-gia/<uuid:evaluation_id>/phuc-tra")
def ask_again(evaluation_id: UUID) -> Any:
    actor = _member()
    year, words = year_of_own(actor, evaluation_id), clean_text(request.form.get("words", ""))
    typed = {"words": words, "id": request.form.get("id", "")}
    try:
        second_looks.ask(actor, evaluation_id, form_id(typed["id"]), words)
    except BadInput as error:
        return _page(queries.own_year(actor, year, clock.today()), SelfAssessmentForm(formdata=None), typed | {"fault": str(error)})
    except WrongMoment as error:
        return _page(queries.own_year(actor, year, clock.today()), SelfAssessmentForm(formdata=None), typed | {"fault": str(error)}), 409
    flash("Đã gửi. Đoàn Khối xem lại rồi trả lời bạn ở trang này.", "success")
    return redirect(url_for(".own", nam=year), 303)


def _closed_words(own: OwnYear) -> str:
    """Why nothing can be written now; "" when it can."""
    return why_closed(
        lambda: require_scheme(own.scheme, own.year),
        lambda: require_open(own.facts, Activity.SELF_ASSESSMENT, clock.today()),
    )
