"""Schemes as the bloc committee sets them: choosing one for a year, changing it, copying it to another year, bringing it from a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import func, or_, select

from ..domain import schemes as rules
from ..domain.actors import Actor
from ..domain.errors import BadFields, BadInput, NotFound, Stale, WrongMoment
from ..domain.evaluations import EvaluationState
from ..models.base import db
from ..models.evaluations import Decision, Evaluation, VoteTally
from ..models.unit_evaluations import UnitEvaluation
from ..models.years import Scheme, WorkYear
from . import audit, installations
from .transaction import happening
from .years import bloc_to_set, unlocked_year

_SHIPPED = frozenset(scheme.code for scheme in rules.SHIPPED)


@happening
def choose_scheme(actor: Actor, year: int, code: str | None) -> None:
    """Rate the year by the scheme called `code`, or by none.

    WrongMoment once levels were decided, or where members or branches have given levels that the new scheme does not know.
    """
    bloc_id = bloc_to_set(actor)
    row = unlocked_year(year)
    installations.add_schemes()
    scheme = db.session.get(Scheme, code) if code else None
    if code and scheme is None:
        raise BadInput("scheme", "Hãy chọn một bộ tiêu chí trong danh sách.")
    if row.scheme_code == (code or None):
        return
    _require_undecided(year)
    _require_levels_of(rules.from_body(scheme.body) if scheme else None, year)
    audit.record(actor, "year_scheme", "year", year, bloc_id, [row.scheme_code or "", code or ""])
    row.scheme_code = code or None


@happening
def save_scheme(actor: Actor, year: int, wanted: rules.Scheme, code: str, version: int) -> tuple[str, ...]:
    """Rate the year by `wanted` from now on, a change of the scheme `code` in the `version` one saw; the parts that changed, () for none.

    A scheme that ships, or that another year is rated by too, stays as it is: the year gets its own from it. BadFields by field where it
    cannot be rated by; Stale where the year's scheme moved on; WrongMoment once levels were decided, or where a level that was given would
    be gone.
    """
    bloc_id = bloc_to_set(actor)
    row = _scheme_of(unlocked_year(year))
    before = rules.from_body(row.body)
    if not rules.changed_parts(before, wanted):
        return ()  # the same form sent twice
    if (row.code, row.version) != (code, version):
        raise Stale()
    own = _is_of_this_year_alone(row, year)
    wanted = replace(wanted, code=code, first_year=row.first_year if own else year)
    _require_sound(wanted, year)
    _require_undecided(year)
    _require_levels_of(wanted, year)
    if own:
        _keep(row, wanted)
    else:
        _rate_by(year, _add(replace(wanted, code=_free_code(code, year)), based_on=code))
    parts = rules.changed_parts(before, wanted)
    audit.record(actor, "scheme_edit", "year", year, bloc_id, parts)
    return parts


@happening
def copy_scheme(actor: Actor, year: int, from_year: int) -> str:
    """Give the year a scheme of its own, the same as that of `from_year`, for this year alone; its code.

    BadInput "from_year" where that year has none; WrongMoment as `choose_scheme`.
    """
    bloc_id = bloc_to_set(actor)
    unlocked_year(year)
    source = db.session.get(WorkYear, from_year)
    row = db.session.get(Scheme, source.scheme_code) if source and source.scheme_code else None
    if row is None or from_year == year:
        raise BadInput("from_year", "Hãy chọn một năm đã có bộ tiêu chí.")
    copied = replace(rules.from_body(row.body), code=_free_code(row.code, year), first_year=year, last_year=year)
    _require_undecided(year)
    _require_levels_of(copied, year)
    _rate_by(year, _add(copied, based_on=row.code))
    audit.record(actor, "scheme_copy", "year", year, bloc_id, [from_year, copied.code])
    return copied.code


class Outcome(StrEnum):
    """What an import does, or would do, with a scheme of the file."""

    ADDED = "thêm mới"
    CHANGED = "thay bản cũ"
    SAME = "không đổi"
    REFUSED = "từ chối"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one scheme of the file; `words`: why it was refused, or which parts changed."""

    code: str
    outcome: Outcome
    words: tuple[str, ...] = ()


def plan_import(drafts: Sequence[rules.Draft]) -> tuple[Imported, ...]:
    """What `import_schemes` would do with each; nothing is changed."""
    return tuple(_planned(draft) for draft in drafts)


@happening
def import_schemes(drafts: Sequence[rules.Draft]) -> tuple[Imported, ...]:
    """Bring the schemes of a file into the books as the operator: new ones are added, those of one's own are changed.

    One with faults, one that ships, and one by which levels were given or decided that would be gone, is refused, the others are taken.
    """
    bloc_id = bloc_to_set(None)
    installations.add_schemes()
    done = []
    for draft in drafts:
        planned = _planned(draft)
        done.append(planned)
        if planned.outcome is Outcome.ADDED:
            _add(draft.scheme, based_on="")
        elif planned.outcome is Outcome.CHANGED:
            _keep(db.session.get_one(Scheme, draft.scheme.code), draft.scheme)
        if planned.outcome in (Outcome.ADDED, Outcome.CHANGED):
            audit.record(None, "scheme_import", "scheme", draft.scheme.code, bloc_id, planned.words)
    return tuple(done)


def _planned(draft: rules.Draft) -> Imported:
    code = draft.scheme.code
    if draft.faults:
        return Imported(code, Outcome.REFUSED, tuple(f"{field}: {message}" for field, message in draft.faults.items()))
    row = db.session.get(Scheme, code)
    before = rules.from_body(row.body) if row else next((one for one in rules.SHIPPED if one.code == code), None)
    if before is None:
        return Imported(code, Outcome.ADDED)
    if before == draft.scheme:
        return Imported(code, Outcome.SAME)
    if row is None or code in _SHIPPED:
        return Imported(code, Outcome.REFUSED, ("Bộ đi kèm chương trình không sửa được; hãy đặt mã khác cho bộ của mình.",))
    try:
        for year in db.session.execute(select(WorkYear.year).where(WorkYear.scheme_code == code)).scalars():
            unlocked_year(year)
            _require_undecided(year)
            _require_levels_of(draft.scheme, year)
    except WrongMoment as error:
        return Imported(code, Outcome.REFUSED, (str(error),))
    return Imported(code, Outcome.CHANGED, rules.changed_parts(before, draft.scheme) or ("first_year",))


def _scheme_of(year: WorkYear) -> Scheme:
    """The row the year is rated by; NotFound where it has none."""
    row = db.session.get(Scheme, year.scheme_code) if year.scheme_code else None
    if row is None:
        raise NotFound(f"Năm {year.year} chưa có bộ tiêu chí.")
    return row


def _is_of_this_year_alone(row: Scheme, year: int) -> bool:
    others = select(func.count()).select_from(WorkYear).where(WorkYear.scheme_code == row.code, WorkYear.year != year)
    return row.code not in _SHIPPED and not db.session.execute(others).scalar_one()


def _require_sound(scheme: rules.Scheme, year: int) -> None:
    faults = rules.scheme_faults(scheme)
    if scheme.last_year < year:
        faults.setdefault("last_year", f"Bộ tiêu chí của năm {year} phải dùng được ít nhất đến năm {year}.")
    if faults:
        raise BadFields(faults)


def _require_undecided(year: int) -> None:
    """WrongMoment once a result of the year stands, of members or of units."""
    of_members = select(Decision.id).where(Decision.year == year).limit(1)
    decided = UnitEvaluation.state == EvaluationState.DECIDED
    of_units = select(UnitEvaluation.id).where(UnitEvaluation.year == year, decided).limit(1)
    if any(db.session.execute(found).first() for found in (of_members, of_units)):
        raise WrongMoment(f"Năm {year} đã có kết quả được công nhận nên không đổi bộ tiêu chí được.")


def _require_levels_of(scheme: rules.Scheme | None, year: int) -> None:
    """WrongMoment where a level that somebody gave, of a member or a unit, is none of the scheme's."""
    members = (Evaluation.self_level, Evaluation.vote_level, Evaluation.proposed_level)
    units = (UnitEvaluation.proposed_level, UnitEvaluation.base_level)
    used = [db.session.execute(select(*members).where(Evaluation.year == year, or_(*(one != "" for one in members))).distinct())]
    tallied = select(VoteTally.level).join(Evaluation, Evaluation.id == VoteTally.evaluation_id).where(Evaluation.year == year)
    used.append(db.session.execute(tallied.where(VoteTally.votes > 0).distinct()))
    of_units = db.session.execute(select(*units).where(UnitEvaluation.year == year).distinct())
    gone = _codes(used) - {level.code for level in scheme.levels} if scheme else _codes(used)
    gone_of_units = _codes([of_units]) - ({level.code for level in scheme.unit_levels} if scheme else set())
    if gone or gone_of_units:
        who = "đoàn viên" if gone else "tổ chức Đoàn"
        given = f"Đã có {who} tự xếp loại hoặc được xếp loại năm {year} theo bộ tiêu chí hiện tại"
        raise WrongMoment(f"{given} nên không bỏ được mức đang dùng.")


def _codes(results: Sequence[object]) -> set[str]:
    return {code for rows in results for row in rows for code in row if code}  # type: ignore[attr-defined]


def _free_code(based_on: str, year: int) -> str:
    return rules.code_for(based_on, year, frozenset(db.session.execute(select(Scheme.code)).scalars()))


def _add(scheme: rules.Scheme, based_on: str) -> Scheme:
    row = Scheme(code=scheme.code, name=scheme.name, body={}, based_on=based_on, first_year=scheme.first_year, last_year=scheme.last_year)
    row.body = rules.to_body(scheme)
    db.session.add(row)
    db.session.flush()
    return row


def _keep(row: Scheme, scheme: rules.Scheme) -> None:
    row.name, row.first_year, row.last_year = scheme.name, scheme.first_year, scheme.last_year
    row.body = rules.to_body(scheme)
    row.version += 1


def _rate_by(year: int, scheme: Scheme) -> None:
    db.session.get_one(WorkYear, year).scheme_code = scheme.code
