"""The base passes on; the base and the bloc return with words."""

from collections.abc import Mapping

from ...domain.actors import Actor
from ...domain.errors import BadInput, Stale
from ...domain.evaluations import REASON_LIMIT, EvaluationState, clean_return, move, step_back
from ...domain.proposals import Choice
from ..evaluation_steps import base_units, bloc_unit, give_back, take_step, tell_officers
from ..transaction import happening
from .waiting import above, desk_url, require_same, require_some, rows


@happening
def pass_on(actor: Actor, unit_id: int, year: int, seen: Mapping[str, int], words: str = "") -> int:
    """Pass everything of the branch that waits for the base on to the bloc, in one act, with the base's remark; how many went.

    `seen` maps evaluation ids to the versions on the page: Stale when they are no longer what waits. One's own stays for a colleague.
    """
    branch, mine = above(actor, unit_id, year)
    if len(words) > REASON_LIMIT:
        raise BadInput("words", "Ý kiến dài quá 1.000 ký tự; hãy viết ngắn lại.")
    require_some(branch, mine, mine.to_pass_on, seen)
    require_same(mine.to_pass_on, {key: Choice("", version=version) for key, version in seen.items()})
    for _, row in rows(mine.to_pass_on):
        row.base_words = words
        take_step(actor, row, move(row.state, EvaluationState.PASSED_ON), words)
    tell_officers(bloc_unit(branch.path), f"{branch.name}: {len(seen)} đề nghị xếp loại năm {year} đã chuyển lên.", desk_url(branch))
    return len(seen)


@happening
def send_back(actor: Actor, unit_id: int, year: int, seen: Mapping[str, int], words: str) -> int:
    """Return the named evaluations one step, with words: from the base to the branch, from the bloc to who sent them; how many.

    `seen` maps evaluation ids to the versions on the page: Stale when one no longer waits here. BadInput "words" without any.
    """
    branch, mine = above(actor, unit_id, year)
    words = clean_return(words)
    require_some(branch, mine, mine.mine, seen)
    chosen = [person for person in mine.mine if person.key in seen]
    if len(chosen) < len(seen) or not seen:
        raise Stale()
    require_same(chosen, {key: Choice("", version=version) for key, version in seen.items()})
    for _, row in rows(chosen):
        give_back(actor, row, step_back(row.state), words)
    to_base = any(person.state is EvaluationState.PASSED_ON for person in chosen)
    units = base_units(branch.path) if to_base else (branch.id,)
    link = desk_url(branch) if to_base else f"/xep-loai?don-vi={branch.id}&nam={year}"
    tell_officers(units, f"{branch.name}: {len(chosen)} đề nghị xếp loại năm {year} bị trả lại.", link)
    return len(chosen)
