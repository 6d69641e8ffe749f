"""What waits above the branches: the base passes on or returns, the bloc decides or returns, a branch at a time."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.evaluations import NUMBER_LIMIT
from ...domain.permissions import Action
from ...domain.proposals import Choice
from ...domain.reviews import day_start
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
    """What the page of a branch sent and what was refused of it; `from_last`: number and day were filled in from the last decision."""

    choices: Mapping[str, Choice] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    from_last: bool = False


@bp.get("")
def index() -> Any:
    if not may_open(Action.EVALUATION_PASS_ON):
        open_page(Action.EVALUATION_DECIDE)
    year = chosen_year()
    scheme, all_years = years.scheme_of(year), years.years()
    found = queries.queue(current_actor(), year, scheme, clock.today(), page_number()) if scheme else None
    papers = documents.of_own_bases(current_actor(), year) if scheme else ()
    facts = {"queue": found, "looks": waiting_looks(current_actor()), "papers": papers}
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
        last = queries.last_paper(current_actor(), found.year, day_start(clock.now()))
        form.id.data, form.decided_on.data = str(new_id()), last.decided_on if last else clock.today()
        form.number.data = last.number if last else ""
        return _page(found, form, Typed(from_last=last is not None))
    typed = Typed(read_choices(request.form), frozenset(request.form.getlist("back")), clean_text(request.form.get("words", "")))
    act = ACTS.get(request.form.get("act", ""))
    if act is None or not form.validate():
        return _page(found, form, typed)
    try:
        words, stays = act(found, form, typed)
    except BadInput as error:
        typed.faults = faults_of(error)
        form.refuse(error)
        return _page(found, form, typed)
    except WrongMoment as error:
        typed.notice = f"{error} Những gì bạn gõ vẫn còn dưới đây."
        return _page(found, form, typed), 409
    flash(words, "success")
    return redirect(url_for(".branch", unit_id=unit_id, nam=found.year) if stays else url_for(".index", nam=found.year), 303)


def _pass_on(found: Branch, form: DecisionForm, typed: Typed) -> tuple[str, bool]:
    if typed.chosen:
        raise BadInput(
            "words", "Bạn đang đánh dấu người cần trả lại. Hãy bấm Trả lại trước rồi chuyển những người còn lại, hoặc bỏ đánh dấu."
        )
    seen = {key: version for key, version in read_seen(request.form).items() if f"level-{key}" not in request.form}
    count = decisions.pass_on(current_actor(), found.id, found.year, seen, typed.words)
    return f"Đã chuyển lên Đoàn Khối {count} đề nghị của {found.name}.", False


def _send_back(found: Branch, form: DecisionForm, typed: Typed) -> tuple[str, bool]:
    seen = read_seen(request.form)
    wanted = {key: version for key, version in seen.items() if key in typed.chosen} if typed.chosen else seen
    count = decisions.send_back(current_actor(), found.id, found.year, wanted, typed.words)
    return f"Đã trả lại {count} đề nghị của {found.name}.", bool(typed.chosen)


def _decide(found: Branch, form: DecisionForm, typed: Typed) -> tuple[str, bool]:
    choices = {key: one for key, one in typed.choices.items() if f"level-{key}" in request.form and key not in typed.chosen}
    returned = {key: version for key, version in read_seen(request.form).items() if key in typed.chosen}
    facts = (found.id, found.year, form.number.data, form.decided_on.data, choices, returned, typed.words)
    decisions.decide(current_actor(), DecisionDraft(form_id(form.id.data), *facts))
    back = f"; trả lại {len(returned)} người" if returned else ""
    return f"Đã công nhận kết quả của {found.name}: {len(choices)} người{back}.", False


# each answers with what happened in words, and whether there is more to do on the same page
ACTS: Mapping[str, Callable[[Branch, DecisionForm, Typed], tuple[str, bool]]] = {
    "pass_on": _pass_on,
    "send_back": _send_back,
    "decide": _decide,
}


def _page(found: Branch, form: DecisionForm, typed: Typed) -> str:
    table = queries.branch_table(found, clock.today(), {key: one.level for key, one in typed.choices.items() if one.level})
    turns = queries.turns(current_actor(), found, [row.person for row in table.rows], clock.today())
    levels = [_level(row, typed.choices) for row in table.rows]
    following = queries.next_branch(current_actor(), found, clock.today())
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
        following=following,
        decided_by=() if turns.mine else queries.papers_of(found),
        closed=why_closed(lambda: require_open(found.facts, Activity.DECIDING, clock.today())),
        bars=tuple(bar for bar in bars if bar.people),
        papers=documents.of_branch(current_actor(), found.id, found.year) if table.meeting else (),
        warnings=cap_warnings(table.scheme, Counter(levels)),
    )


def _level(row: queries.TableRow, typed: Mapping[str, Choice]) -> str:
    """What counts for the person in the shares: the decision, what is typed, else the proposal; a vote alone counts for nothing here."""
    return row.level if row.person.decided_level or row.person.key in typed else row.person.proposed_level
