"""A unit's own year-end: its evidence, the figures it notes, the level it proposes, and a result taken back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.measures import UNIT_MEASURES
from ...domain.permissions import Action
from ...domain.unit_evaluations import require_unit_scheme
from ...domain.vietnamese import clean_text
from ...domain.years import Activity, opens_later, require_open, require_unlocked
from ...queries import unit_evaluations as queries
from ...queries import years
from ...queries.unit_evaluations import UnitPage
from ...services import clock
from ...services import unit_evaluations as services
from ..attempts import HAPPENED, attempt
from ..formats import unbroken
from ..paging import chosen_year
from ..session import current_actor, may_open, open_page
from ..year_ends import why_closed
from .forms import FiguresForm, ProposalForm

bp = Blueprint("unit_evaluations", __name__, url_prefix="/xep-loai/to-chuc")


@bp.get("")
def index() -> Any:
    """One's own unit; a committee without one of its own goes to the desk."""
    own, year = queries.own_units(current_actor()), chosen_year()
    if own:
        return redirect(url_for(".unit", unit_id=own[0].unit_id, nam=year), 303)
    if not may_open(Action.EVALUATION_PASS_ON):
        open_page(Action.EVALUATION_DECIDE)
    return redirect(url_for("unit_approvals.desk", nam=year), 303)


@bp.route("/<int:unit_id>", methods=["GET", "POST"])
def unit(unit_id: int) -> Any:
    page = queries.unit_page(current_actor(), unit_id, chosen_year(), clock.today())
    figures, proposal = FiguresForm(formdata=_sent("figures")), ProposalForm(formdata=_sent("propose"))
    if page.suggestion and page.unit.scheme:
        proposal.offer(page.unit.scheme)
    act = ACTS.get(request.form.get("act", ""))
    if act is None:
        _fill(page, figures, proposal)
        return _render(page, figures, proposal)
    status, words = act(page, figures, proposal)
    if status == HAPPENED:
        flash(words, "success")
        return redirect(url_for(".unit", unit_id=unit_id, nam=page.unit.year), 303)
    page = queries.unit_page(current_actor(), unit_id, page.unit.year, clock.today())
    _fill(page, figures, proposal)
    return _render(page, figures, proposal, words), status


def _sent(act: str) -> Any:
    return request.form if request.form.get("act") == act else None


def _fill(page: UnitPage, figures: FiguresForm, proposal: ProposalForm) -> None:
    """What is known goes into the form that was not sent; a version is always the one that is seen now."""
    if _sent("figures") is None:
        figures.show(page.noted)
    if _sent("propose") is None:
        proposal.words.data, proposal.reason.data = page.standing.words, page.standing.proposal_reason
        proposal.level.data = page.standing.levels.proposed
    proposal.version.data = page.standing.version


def _note(page: UnitPage, figures: FiguresForm, proposal: ProposalForm) -> tuple[int, str]:
    if not figures.validate():
        return 200, ""
    found = figures.to_figures()
    status = attempt(figures, lambda: services.note_figures(current_actor(), page.unit.id, page.unit.year, found))
    return status, "Đã lưu số liệu ghi tay."


def _propose(page: UnitPage, figures: FiguresForm, proposal: ProposalForm) -> tuple[int, str]:
    if not proposal.validate():
        return 200, ""
    said = proposal.to_proposal()
    status = attempt(proposal, lambda: services.propose(current_actor(), page.unit.id, page.unit.year, said))
    return status, "Đã đề nghị mức xếp loại của đơn vị lên cấp trên."


def _reopen(page: UnitPage, figures: FiguresForm, proposal: ProposalForm) -> tuple[int, str]:
    words, version = clean_text(request.form.get("words", "")), request.form.get("version", 0, type=int)
    try:
        services.reopen(current_actor(), page.unit.id, page.unit.year, words, version)
    except BadInput as error:
        return 200, str(error)
    except WrongMoment as error:
        return 409, str(error)
    return HAPPENED, "Đã mở lại kết quả; đơn vị trở lại chờ công nhận."


Act = Callable[[UnitPage, FiguresForm, ProposalForm], tuple[int, str]]
ACTS: Mapping[str, Act] = {"figures": _note, "propose": _propose, "reopen": _reopen}


def _render(page: UnitPage, figures: FiguresForm, proposal: ProposalForm, refusal: str = "") -> str:
    today, facts = clock.today(), page.unit.facts
    scheme = page.unit.scheme
    kinds = scheme.unit_measures if scheme else UNIT_MEASURES
    meeting = facts is not None and facts.is_open(Activity.MEETINGS, today)
    return render_template(
        "unit_evaluations/unit.html",
        page=page,
        unit=page.unit,
        standing=page.standing,
        figures=figures,
        proposal=proposal,
        refusal="" if figures.errors or proposal.errors else refusal,
        reopen_words=clean_text(request.form.get("words", "")) if refusal else "",
        years=years.years(),
        kinds=kinds,
        beside={"meetings_held": page.meetings_beside},
        opening="" if meeting else opens_later(facts, Activity.MEETINGS, today),
        level_notes={level.code: [unbroken(one) for one in level.asked(kinds)] for level in scheme.unit_levels} if scheme else {},
        own=queries.own_units(current_actor()),
        locked=why_closed(lambda: require_unlocked(facts)),
        unrated=why_closed(lambda: require_unit_scheme(page.unit.scheme, page.unit.year)),
        closed="" if meeting else why_closed(lambda: require_open(facts, Activity.DECIDING, today)),
    )
