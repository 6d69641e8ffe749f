"""What waits above the branches: the base passes on or returns, the bloc decides or returns, a branch at a time."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.evaluations import NUMBER_LIMIT, STATE_LABELS, Choice
from ...domain.permissions import Action
from ...domain.schemes import cap_warnings
from ...domain.vietnamese import clean_text
from ...domain.years import Activity, require_open
from ...queries import documents, years
from ...queries import evaluations as queries
from ...queries.evaluations import Bar, Branch, level_counts
from ...queries.second_looks import waiting_looks
from ...services import clock, decisions
from ...services.decisions import DecisionDraft
from ..forms import DayField, DiaryForm, IdField, LineField
from ..ids import form_id, new_id
from ..paging import chosen_year, page_number
from ..ratings.forms import read_choices, read_seen
from ..ratings.views import faults_of
from ..session import current_actor, may_open, open_page
from ..year_ends import why_closed

bp = Blueprint("approvals", __name__, url_prefix="/xet-duyet")


class DecisionForm(DiaryForm):
    id = IdField()
    number = LineField("Số quyết định", NUMBER_LIMIT)
    decided_on = DayField("Ngày quyết định", validators=())


@dataclass(slots=True)
class Typed:
    """What the page of a branch sent and what was refused of it."""

    choices: Mapping[str, Choice] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


@bp.get("")
def index() -> Any:
    if not may_open(Action.EVALUATION_PASS_ON):
        open_page(Action.EVALUATION_DECIDE)
    year = chosen_year()
    scheme, all_years = years.scheme_of(year), years.years()
    found = queries.queue(current_actor(), year, scheme, clock.today(), page_number()) if scheme else None
    papers = documents.of_own_bases(current_actor(), year) if scheme else ()
    facts = {"queue": found, "labels": STATE_LABELS, "looks": waiting_looks(current_actor()), "papers": papers}
    facts["decisions"] = documents.decisions(current_actor(), year) if scheme else ()
    return render_template("approvals/index.html", year=year, years=all_years, scheme=scheme, **facts)


@bp.route("/<int:unit_id>", methods=["GET", "POST"])
def branch(unit_id: int) -> Any:
    found = queries.load_branch_above(current_actor(), unit_id, chosen_year())
    closed = why_closed(found.the_scheme)
    if closed:
        return render_template("approvals/unrated_year.html", closed=closed, branch=found), 409 if request.method == "POST" else 200
    form = DecisionForm(formdata=request.form or None)
    if request.method == "GET":
        form.id.data, form.decided_on.data = str(new_id()), clock.today()
        return _page(found, form, Typed())
    typed = _typed(found)
    act = ACTS.get(request.form.get("act", ""))
    if act is None or not form.validate():
        return _page(found, form, typed)
    try:
        words = act(found, form, typed)
    except BadInput as error:
        typed.faults = faults_of(error)
        form.refuse(error)
        return _page(found, form, typed)
    except WrongMoment as error:
        typed.notice = f"{error} Những gì bạn gõ vẫn còn dưới đây."
        return _page(found, form, typed), 409
    flash(words, "success")
    return redirect(url_for(".index", nam=found.year), 303)


def _typed(found: Branch) -> Typed:
    everyone = queries.people(found, queries.meeting_facts(found.id, found.year), clock.today())
    chosen = frozenset(request.form.getlist("back"))
    return Typed(read_choices(request.form, everyone), chosen, clean_text(request.form.get("words", "")))


def _pass_on(found: Branch, form: DecisionForm, typed: Typed) -> str:
    seen = {key: version for key, version in read_seen(request.form).items() if f"level-{key}" not in request.form}
    count = decisions.pass_on(current_actor(), found.id, found.year, seen, typed.words)
    return f"Đã chuyển lên Đoàn Khối {count} đề nghị của {found.name}."


def _send_back(found: Branch, form: DecisionForm, typed: Typed) -> str:
    seen = read_seen(request.form)
    wanted = {key: version for key, version in seen.items() if key in typed.chosen} if typed.chosen else seen
    count = decisions.send_back(current_actor(), found.id, found.year, wanted, typed.words)
    return f"Đã trả lại {count} đề nghị của {found.name}."


def _decide(found: Branch, form: DecisionForm, typed: Typed) -> str:
    choices = {key: choice for key, choice in typed.choices.items() if f"level-{key}" in request.form}
    facts = (found.id, found.year, form.number.data, form.decided_on.data, choices)
    decisions.decide(current_actor(), DecisionDraft(form_id(form.id.data), *facts))
    return f"Đã công nhận kết quả của {found.name}: {len(choices)} người."


ACTS: Mapping[str, Callable[[Branch, DecisionForm, Typed], str]] = {"pass_on": _pass_on, "send_back": _send_back, "decide": _decide}


def _page(found: Branch, form: DecisionForm, typed: Typed) -> str:
    table = queries.branch_table(found, clock.today())
    turns = queries.turns(current_actor(), found, [row.person for row in table.rows], clock.today())
    levels = [_level(row, typed.choices) for row in table.rows]
    bars = (Bar(f"Đề nghị năm {found.year}", level_counts(table.scheme, levels)), *table.beside)
    return render_template(
        "approvals/branch.html",
        branch=found,
        table=table,
        turns=turns,
        mine={person.key for person in turns.mine},
        deciding={person.key for person in turns.to_decide},
        form=form,
        typed=typed,
        closed=why_closed(lambda: require_open(found.facts, Activity.DECIDING, clock.today())),
        bars=tuple(bar for bar in bars if bar.people),
        papers=documents.of_branch(current_actor(), found.id, found.year) if table.meeting else (),
        warnings=cap_warnings(table.scheme, Counter(levels)),
    )


def _level(row: queries.TableRow, typed: Mapping[str, Choice]) -> str:
    """What counts for the person in the shares: the decision, what is typed, else the proposal."""
    return row.person.decided_level or (typed[row.person.key].level if row.person.key in typed else "") or row.person.proposed_level
