"""One's own year-end: the figures, what was said so far, the entries one may choose, and the result."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, exists, select

from ...domain.actors import Actor
from ...domain.entries import EntryState, shown_result
from ...domain.evaluations import BEST_ENTRIES, EvaluationState, base_between, next_turn, shown_state
from ...domain.evidence_sheets import EvidenceSheet
from ...domain.schemes import Level, Scheme
from ...domain.units import Place
from ...domain.year_figures import YearFigures
from ...domain.years import Activity, YearFacts, opens_later
from ...models.accounts import Account
from ...models.base import db
from ...models.entries import Entry, MonthChoice
from ...models.evaluations import BestEntry, Decision, Evaluation
from ...models.units import Unit
from .. import years
from ..evidence_sheets import evidence_of
from ..figures import year_figures
from ..grounds import with_links

MOST_CHOICES = 120  # entries offered to choose from; a diary kept every week holds some 60 a year


@dataclass(frozen=True, slots=True)
class Result:
    """What the bloc decided: the level, in which paper, on which day, and who signed it."""

    level: str
    number: str
    decided_on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class OwnEvaluation:
    """What the member wrote of the year and what was said since; `version` 0 before anything was kept."""

    id: UUID | None
    state: EvaluationState
    version: int
    strengths: str = ""
    weaknesses: str = ""
    remedies: str = ""
    self_level: str = ""
    vote_level: str = ""
    proposed_level: str = ""
    branch_words: str = ""
    return_words: str = ""
    result: Result | None = None

    @property
    def shown_state(self) -> str:
        return shown_state(self.state, self.return_words)

    @property
    def kept(self) -> bool:
        """Whether the member kept a text before, so that it is not filled in anew."""
        return bool(self.strengths or self.weaknesses or self.remedies or self.self_level)


@dataclass(frozen=True, slots=True)
class BestChoice:
    """An approved entry that may stand for the year; `suggested` when it has a result or evidence; `month`: that whose best it is, or 0."""

    id: UUID
    happened_on: date
    did: str
    result: str
    chosen: bool
    suggested: bool
    month: int = 0


@dataclass(frozen=True, slots=True)
class OwnYear:
    """Everything the page of one's own evaluation shows."""

    year: int
    years: tuple[int, ...]
    place: Place
    facts: YearFacts | None
    scheme: Scheme | None
    evaluation: OwnEvaluation
    figures: YearFigures
    evidence: EvidenceSheet
    choices: tuple[BestChoice, ...]
    today: date

    @property
    def turn(self) -> str:
        """Who acts next, in words to the member; before the window opens, when that will be."""
        if self.evaluation.state is EvaluationState.NOT_STARTED:
            return opens_later(self.facts, Activity.SELF_ASSESSMENT, self.today) or "Đến lượt bạn"
        return next_turn(self.evaluation.state, base_between(self.place.path))

    @property
    def preselected(self) -> tuple[UUID, ...]:
        """The entries ticked when the page is opened: those kept before, else as many as may stand of those chosen as a month's best."""
        chosen = tuple(choice.id for choice in self.choices if choice.chosen)
        if chosen or self.evaluation.kept:
            return chosen
        return tuple(choice.id for choice in self.choices if choice.month)[:BEST_ENTRIES]

    def asked(self, level: Level) -> str:
        """What a level asks, with what the books say: "Cần tham gia từ 90 %. Bạn: 91,7 % (11/12)."; "" where it asks for nothing."""
        lines = {line.measure.code: line.figure for line in self.evidence.lines}
        known = [lines[one.measure] for one in level.conditions if lines.get(one.measure)]
        return f"{level.condition} Bạn: {'; '.join(known)}." if known else level.condition


def own_year(actor: Actor, year: int, today: date) -> OwnYear:
    """The actor's own year-end; only for actors who are members of a unit."""
    assert actor.member_id is not None and actor.place is not None
    row = db.session.execute(_own(actor.member_id, year)).one_or_none()
    place = Place(row.unit_id, row.path) if row else actor.place
    scheme = years.scheme_of(year)
    evaluation = _evaluation(row) if row else OwnEvaluation(None, EvaluationState.NOT_STARTED, 0)
    return OwnYear(
        year=year,
        years=years.years(),
        place=place,
        facts=years.year_facts(year, place),
        scheme=scheme,
        evaluation=evaluation,
        figures=year_figures([actor.member_id], year, today)[actor.member_id],
        evidence=with_links(actor, evidence_of(scheme, actor.member_id, year, today, row.snapshot if row else None), actor.member_id, year),
        choices=best_choices(actor.member_id, year, evaluation.id),
        today=today,
    )


def _own(member_id: int, year: int) -> Any:
    columns = (
        Evaluation.id, Evaluation.state, Evaluation.version, Evaluation.strengths, Evaluation.weaknesses, Evaluation.remedies,
        Evaluation.self_level, Evaluation.vote_level, Evaluation.proposed_level, Evaluation.branch_words, Evaluation.return_words,
        Evaluation.unit_id, Unit.path, Evaluation.decided_level, Decision.number, Decision.decided_on, Account.name,
        Evaluation.snapshot,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Unit, Unit.id == Evaluation.unit_id)
        .outerjoin(Decision, Decision.id == Evaluation.decision_id)
        .outerjoin(Account, Account.id == Decision.decided_by)
        .where(Evaluation.member_id == member_id, Evaluation.year == year)
    )


def _evaluation(row: Row[*tuple[Any, ...]]) -> OwnEvaluation:
    found = OwnEvaluation(*row[:11])
    if row.state is not EvaluationState.DECIDED:
        return found
    return replace(found, result=Result(row.decided_level, row.number, row.decided_on, row.name))


def best_choices(member_id: int, year: int, evaluation_id: UUID | None) -> tuple[BestChoice, ...]:
    """The member's approved entries of the year: chosen ones first, then those chosen as the best of a month, then those with both
    a result and evidence, with one, newest first."""
    chosen = exists().where(and_(BestEntry.entry_id == Entry.id, BestEntry.evaluation_id == evaluation_id))
    weight = case((Entry.result != "", 1), else_=0) + case((Entry.evidence_count > 0, 1), else_=0)
    shown = Entry.state.in_((EntryState.APPROVED, EntryState.LOCKED))
    query = (
        select(Entry.id, Entry.happened_on, Entry.did, Entry.result, Entry.result_unit, chosen, weight, MonthChoice.month)
        .outerjoin(MonthChoice, and_(MonthChoice.entry_id == Entry.id, MonthChoice.member_id == Entry.member_id))
        .where(Entry.member_id == member_id, Entry.year == year, shown)
        .order_by(chosen.desc(), MonthChoice.month.is_(None), weight.desc(), Entry.happened_on.desc(), Entry.id.desc())
        .limit(MOST_CHOICES)
    )
    return tuple(
        BestChoice(entry_id, day, did, shown_result(result, unit), bool(is_chosen), weight > 0, month or 0)
        for entry_id, day, did, result, unit, is_chosen, weight, month in db.session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class ChosenEntry:
    """An entry its author chose to stand for the year."""

    id: UUID
    did: str
    result: str


def chosen_entries(evaluation_id: UUID) -> tuple[ChosenEntry, ...]:
    """The entries the member chose, by day."""
    query = (
        select(Entry.id, Entry.did, Entry.result, Entry.result_unit)
        .join(BestEntry, BestEntry.entry_id == Entry.id)
        .where(BestEntry.evaluation_id == evaluation_id)
        .order_by(Entry.happened_on, Entry.id)
    )
    return tuple(ChosenEntry(entry_id, did, shown_result(result, unit)) for entry_id, did, result, unit in db.session.execute(query))
