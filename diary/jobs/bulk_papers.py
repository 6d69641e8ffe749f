"""All evaluation sheets of a unit: a file for each branch, drawn by helpers, kept for a week.

It prints the state of the books for signing by hand, and issues nothing: what was issued has its own stored bytes, number and code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ..domain.bulk_papers import BranchToPrint, PrintForm, file_of_branch, pieces
from ..domain.eligibility import drawn_as_of
from ..domain.jobs import Task
from ..queries.accounts import actor_of
from ..queries.bulk_papers import branches_to_print, place_to_print
from ..queries.evaluation_sheets import evaluation_sheets_of
from ..services import bulk_papers as services
from ..services import clock
from .drawing import Drawers, Drawn, Sheaf
from .kinds import Kind, Tools

_drawers: list[Drawers] = []  # of this worker, while it has such a job in hand


def _plan(task: Task, tools: Tools) -> list[list[dict[str, Any]]]:
    assert task.asked_by is not None
    actor = actor_of(task.asked_by, clock.today())
    branches = branches_to_print(actor, task.facts["unit_id"], task.facts["year"])
    services.end_reading()
    return [[asdict(branch) for branch in piece] for piece in pieces(branches)]


def _work(task: Task, piece: list[dict[str, Any]], tools: Tools) -> list[dict[str, Any]]:
    if not _drawers:
        _drawers.append(Drawers(tools.processes if len(task.pieces or ()) > 1 else 1))  # a second's work is done before helpers stand
    branches = {branch.number: branch for branch in (BranchToPrint(**facts) for facts in piece)}
    year, form = task.facts["year"], PrintForm(task.facts["form"])
    made = []
    for drawn in _drawers[0].draw(_sheaves(task, tuple(branches.values()))):
        name = file_of_branch(branches[drawn.key].code, year, form)
        made.append(_file(drawn, name, tools.storage.put(drawn.content)))
    return made


def _sheaves(task: Task, branches: tuple[BranchToPrint, ...]) -> Iterator[Sheaf]:
    """The sheets of each branch as they stand; what who asked may no longer read refuses the whole."""
    assert task.asked_by is not None
    today, year, form = clock.today(), task.facts["year"], PrintForm(task.facts["form"])
    for branch in branches:
        place_to_print(actor_of(task.asked_by, today), branch.unit_id)
        sheets = evaluation_sheets_of(branch.unit_id, year, drawn_as_of(year, today))
        services.end_reading()
        if sheets:
            yield Sheaf(branch.number, tuple(sheets.items()), form, today)


def _file(drawn: Drawn, name: str, sha256: str) -> dict[str, Any]:
    return {
        "number": drawn.key,
        "name": name,
        "sha256": sha256,
        "size": len(drawn.content),
        "people": drawn.people,
        "pages": drawn.pages,
    }


def _keep(task: Task, piece: Any, made: list[dict[str, Any]]) -> None:
    services.keep_files(task.id, made)


def _end(task: Task, tools: Tools) -> Mapping[str, Any]:
    assert task.asked_by is not None
    files = [file for made in task.made for file in made]
    people = sum(file["people"] for file in files)
    services.note_printed(task.id, task.asked_by, task.facts["unit_id"], task.facts["year"], people)
    return {"files": len(files), "people": people, "pages": sum(file["pages"] for file in files)}


def _close() -> None:
    while _drawers:
        _drawers.pop().close()


BULK_PAPERS = Kind(_plan, _work, _keep, _end, close=_close)
