"""A branch's ratings: everyone with self, vote, proposal and evidence, sent up in one act; and the sheet of one person."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.evaluations import BEFORE_THE_MEETING, SENT_UP, EvaluationState
from ...domain.permissions import Action
from ...domain.proposals import BadChoices, Choice
from ...domain.readings import Way
from ...domain.schemes import cap_warnings
from ...domain.vietnamese import clean_text
from ...domain.years import Activity, opens_later
from ...queries import documents, years
from ...queries import evaluations as queries
from ...queries.evaluation_persons import person_page
from ...queries.evaluations import Bar, Branch, level_counts
from ...services import clock, decisions, evaluations, readings
from ..paging import chosen_year
from ..session import current_actor, open_page
from ..year_ends import branch_url, chosen_unit, why_closed
from .forms import read_choices

bp = Blueprint("ratings", __name__, url_prefix="/xep-loai")


@bp.route("", methods=["GET", "POST"])
def table() -> Any:
    posts = open_page(Action.EVALUATION_PROPOSE)
    unit_id, year = chosen_unit(posts).unit_id, chosen_year()
    branch = queries.load_branch(current_actor(), Action.EVALUATION_PROPOSE, unit_id, year)
    facts = {"branch": branch, "posts": posts, "years": years.years()}
    closed = why_closed(branch.the_scheme)
    if closed:
        return render_template("ratings/unrated_year.html", closed=closed, **facts), 409 if request.method == "POST" else 200
    if request.method == "GET":
        return _page(branch, facts)
    choices, cap_reason = read_choices(request.form), clean_text(request.form.get("cap_reason", ""))
    if request.form.get("act") == "look":
        return _page(branch, facts, choices, cap_reason)
    try:
        sent = decisions.propose(current_actor(), unit_id, year, choices, cap_reason)
    except BadInput as error:
        return _page(branch, facts, choices, cap_reason, faults_of(error))
    except WrongMoment as error:
        return _page(branch, facts, choices, cap_reason, notice=f"{error} Những gì bạn gõ vẫn còn dưới đây."), 409
    flash(f"Đã đề nghị xếp loại {sent} người lên cấp trên.", "success")
    return redirect(branch_url(".table", unit_id, year), 303)


def faults_of(error: BadInput) -> dict[str, str]:
    """The refused fields of a table with their messages."""
    return error.faults if isinstance(error, BadChoices) else {error.field: str(error)}


def _page(
    branch: Branch,
    facts: Mapping[str, Any],
    choices: Mapping[str, Choice] | None = None,
    cap_reason: str = "",
    faults: Mapping[str, str] | None = None,
    notice: str = "",
) -> str:
    typed = choices or {}
    found = queries.branch_table(branch, clock.today(), {key: choice.level for key, choice in typed.items()})
    levels = [row.level for row in found.rows]
    counts = level_counts(found.scheme, levels)
    early, waiting = found.in_state(*BEFORE_THE_MEETING), found.in_state(EvaluationState.MET)
    return render_template(
        "ratings/table.html",
        **facts,
        table=found,
        typed=typed,
        faults=faults or {},
        notice=notice,
        cap_reason=cap_reason or found.cap_reason,
        bars=tuple(bar for bar in (Bar("Đề nghị năm nay" if waiting else f"Năm {found.branch.year}", counts), *found.beside) if bar.people),
        warnings=cap_warnings(found.scheme, Counter(levels)) if waiting else (),
        early=len(early),
        opening=opens_later(branch.facts, Activity.MEETINGS, clock.today()),
        waiting=len(waiting),
        sent_up=len(found.in_state(*SENT_UP)),
        standing=min((row.person for row in found.rows), key=lambda person: list(EvaluationState).index(person.state), default=None),
        papers=documents.of_branch(current_actor(), found.branch.id, found.branch.year) if found.meeting else (),
    )


@bp.get("/phieu/<uuid:evaluation_id>")
def person(evaluation_id: UUID) -> Any:
    return _person_page(evaluation_id)


@bp.post("/phieu/<uuid:evaluation_id>/tra-lai")
def send_back(evaluation_id: UUID) -> Any:
    words, version = clean_text(request.form.get("words", "")), request.form.get("version", 0, type=int)
    try:
        evaluations.return_self_assessment(current_actor(), evaluation_id, words, version)
    except BadInput as error:
        return _person_page(evaluation_id, words, str(error))
    except WrongMoment as error:
        return _person_page(evaluation_id, words, notice=str(error)), 409
    flash("Đã trả lại cho đoàn viên sửa.", "success")
    return redirect(url_for(".person", evaluation_id=evaluation_id), 303)


def _person_page(evaluation_id: UUID, words: str = "", fault: str = "", notice: str = "") -> str:
    page = person_page(current_actor(), evaluation_id, clock.today())
    readings.note_readings(current_actor(), [one.id for one in page.best], Way.SHEET)
    facts = {"words": words, "fault": fault, "notice": notice, "papers": (documents.sheet_of(current_actor(), evaluation_id),)}
    return render_template("ratings/person.html", page=page, sheet=page.sheet, **facts)
