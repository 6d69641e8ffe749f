"""The desk over units: the base says what it thinks of each, the bloc decides many under one number, either returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.dates import parse_day
from ...domain.documents import Ending
from ...domain.eligibility import drawn_as_of
from ...domain.errors import BadInput, NotAllowed, WrongMoment
from ...domain.permissions import Action, scopes
from ...domain.proposals import BadChoices, Choice
from ...domain.unit_evaluations import STATE_LABELS, require_unit_scheme
from ...domain.vietnamese import clean_text
from ...jobs.unit_lists import list_of_units
from ...queries import unit_evaluations as queries
from ...queries import years
from ...queries.unit_evaluations import Desk
from ...services import clock, exports
from ...services import unit_evaluations as services
from ..documents.downloads import download
from ..ids import row_number
from ..paging import chosen_year, page_number
from ..session import current_actor, may_open, open_page
from ..year_ends import why_closed
from .forms import UnitDecisionForm, read_levels, read_picked

bp = Blueprint("unit_approvals", __name__, url_prefix="/xet-duyet/to-chuc")


@dataclass(slots=True)
class Typed:
    """What the page sent and what was refused of it; `picked` None while nothing was sent."""

    choices: Mapping[int, Choice] = field(default_factory=dict)
    picked: frozenset[int] | None = None
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


@bp.route("", methods=["GET", "POST"])
def desk() -> Any:
    if not may_open(Action.EVALUATION_PASS_ON):
        open_page(Action.EVALUATION_DECIDE)
    year = chosen_year()
    scheme = years.scheme_of(year)
    closed = why_closed(lambda: require_unit_scheme(scheme, year))
    if closed or scheme is None:
        facts = {"closed": closed, "year": year, "years": years.years()}
        return render_template("unit_evaluations/unrated_year.html", **facts), 409 if request.method == "POST" else 200
    found = _found(year)
    form = UnitDecisionForm(formdata=request.form or None)
    if request.method == "GET":
        form.decided_on.data = clock.today()
        return _page(found, form, Typed())
    typed = _typed(found)
    act = ACTS.get(request.form.get("act", ""))
    if act is None or not form.validate():
        return _page(found, form, typed)
    try:
        words = act(found, form, typed)
    except BadInput as error:
        typed.faults = error.faults if isinstance(error, BadChoices) else {error.field: str(error)}
        form.refuse(error)
        return _page(found, form, typed)
    except WrongMoment as error:
        typed.notice = f"{error} Những gì bạn gõ vẫn còn dưới đây."
        return _page(_found(year), form, typed), 409
    flash(words, "success")
    return redirect(_url(found), 303)


@bp.get("/danh-sach.<any(pdf, docx, xlsx):ending>")
def units(ending: str) -> Any:
    """The units below the reader's committee, or below the base `?co-so=` names; with `?so=&ngay=` those of one decision."""
    unit_id, year, wanted = _listed(), chosen_year(), Ending(ending)
    number, day = request.args.get("so", ""), _day(request.args.get("ngay", ""))
    found, content = list_of_units(unit_id, year, drawn_as_of(year, clock.today()), wanted, number if day else "", day)
    exports.note_export(current_actor(), "unit_evaluation", len(found.lines), unit_id, [year, ending])
    return download(content, f"Danh sách xếp loại tổ chức Đoàn năm {year}", wanted)


def _listed() -> int:
    """The unit whose list is wanted; NotFound for a base that is not within the reader's reach."""
    actor = current_actor()
    posts = (*scopes(actor, Action.EVALUATION_DECIDE), *scopes(actor, Action.EVALUATION_PASS_ON))
    if not posts:
        raise NotAllowed("Trang này dành cho người có chức vụ khác trong tổ chức Đoàn.")
    wanted = request.args.get("co-so", type=row_number)
    return queries.readable_base(actor, wanted) if wanted else posts[0].unit_id


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


def _found(year: int) -> Desk:
    scheme = require_unit_scheme(years.scheme_of(year), year)
    return queries.desk(current_actor(), year, scheme, clock.today(), page_number(), request.args.get("co-so", type=row_number))


def _url(found: Desk, **more: Any) -> str:
    return url_for(".desk", **{"nam": found.year, "co-so": found.base_id, **more})


def _typed(found: Desk) -> Typed:
    shown = [row.unit_id for row in found.rows]
    return Typed(read_levels(request.form, shown), read_picked(request.form, shown), clean_text(request.form.get("words", "")))


def _chosen(found: Desk, typed: Typed, action: Action) -> dict[int, Choice]:
    """What is ticked and waits for this act."""
    picked = typed.picked or frozenset()
    mine = {row.unit_id for row in found.rows if row.mine in (action, None)}
    return {unit_id: choice for unit_id, choice in typed.choices.items() if unit_id in picked & mine}


def _pass_on(found: Desk, form: UnitDecisionForm, typed: Typed) -> str:
    count = services.pass_on(current_actor(), found.year, _chosen(found, typed, Action.EVALUATION_PASS_ON))
    return f"Đã chuyển lên Đoàn Khối đề nghị của {count} đơn vị."


def _decide(found: Desk, form: UnitDecisionForm, typed: Typed) -> str:
    decision = form.to_decision(found.year, _chosen(found, typed, Action.EVALUATION_DECIDE))
    return f"Đã công nhận kết quả của {services.decide(current_actor(), decision)} đơn vị."


def _send_back(found: Desk, form: UnitDecisionForm, typed: Typed) -> str:
    seen = {unit_id: choice.version for unit_id, choice in typed.choices.items() if unit_id in (typed.picked or ())}
    return f"Đã trả lại đề nghị của {services.send_back(current_actor(), found.year, seen, typed.words)} đơn vị."


ACTS: Mapping[str, Callable[[Desk, UnitDecisionForm, Typed], str]] = {"pass_on": _pass_on, "decide": _decide, "send_back": _send_back}


def _page(found: Desk, form: UnitDecisionForm, typed: Typed) -> str:
    acts = {row.mine for row in found.mine}
    return render_template(
        "unit_evaluations/desk.html",
        desk=found,
        scheme=found.scheme,
        form=form,
        typed=typed,
        labels=STATE_LABELS,
        years=years.years(),
        own=queries.own_units(current_actor()),
        passing=Action.EVALUATION_PASS_ON in acts,
        deciding=Action.EVALUATION_DECIDE in acts,
        page_url=lambda number: _url(found, trang=number),
    )
