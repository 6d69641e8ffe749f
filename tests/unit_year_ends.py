"""A unit's year-end played step by step, for tests that begin in the middle of it. Every step needs an application context."""

from sqlalchemy import select

from diary.domain.proposals import Choice
from diary.domain.unit_evaluations import UnitNote, UnitProposal
from diary.models.base import db
from diary.models.unit_evaluations import UnitEvaluation
from diary.services import clock, unit_evaluations
from tests.factories import YEAR, actor
from tests.year_end import unit

WORDS = "Duy trì sinh hoạt, nhận chăm vườn thuốc nam của khoa."


def row(code: str, year: int = YEAR) -> UnitEvaluation | None:
    """The unit's row, read anew."""
    mine = select(UnitEvaluation).where(UnitEvaluation.unit_id == unit(code), UnitEvaluation.year == year)
    return db.session.execute(mine.execution_options(populate_existing=True)).scalar_one_or_none()


def version(code: str, year: int = YEAR) -> int:
    found = row(code, year)
    return found.version if found else 0


def note(officer: str, code: str, **counts: int | None) -> int:
    figures = {measure: UnitNote(count) for measure, count in counts.items()}
    return unit_evaluations.note_figures(actor(officer), unit(code), YEAR, figures)


def propose(officer: str, code: str, level: str = "strong", reason: str = "Chi đoàn có việc chưa vào số liệu.", words: str = WORDS) -> None:
    unit_evaluations.propose(actor(officer), unit(code), YEAR, UnitProposal(level, words, reason, version(code)))


def pass_on(officer: str, code: str, level: str = "strong", words: str = "") -> int:
    return unit_evaluations.pass_on(actor(officer), YEAR, {unit(code): Choice(level, words, version(code))})


def decide(officer: str, *codes: str, level: str = "strong", reason: str = "", number: str = "22-QĐ/ĐTNK", **facts: object) -> int:
    choices = {unit(code): Choice(level, reason, version(code)) for code in codes}
    given = {"number": number, "decided_on": clock.today(), "choices": choices} | facts
    return unit_evaluations.decide(actor(officer), unit_evaluations.UnitDecision(YEAR, **given))


def send_back(officer: str, code: str, words: str = "Bổ sung số buổi sinh hoạt.") -> int:
    return unit_evaluations.send_back(actor(officer), YEAR, {unit(code): version(code)}, words)


def reopen(officer: str, code: str, words: str = "Ghi nhầm mức.") -> None:
    unit_evaluations.reopen(actor(officer), unit(code), YEAR, words, version(code))
