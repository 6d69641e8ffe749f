"""Figures the demo's branches noted by hand: attendance that varies with the level, a few commendations, now and then a reprimand.

Some branches have not noted this year's yet, so that every kind of suggestion comes out. The dice are their own.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date

from ...domain.noted_figures import NotedFigure
from ...models.noted_figures import MemberFigure
from .people import Bloc, Person
from .registers import levels_of, noted_at
from .rows import Rows

_ATTENDS = {"outstanding": (0.9, 1.0), "good": (0.8, 0.97), "done": (0.52, 0.82), "not_done": (0.2, 0.55)}
_SOME = (0.6, 1.0)  # of whom no level is known yet
_STRAY = 0.06  # how often the figures speak for another level than the one that was given
_PRAISES = ("Giấy khen của Đoàn cơ sở", "Giấy khen của Đoàn Khối", "Được biểu dương tại hội nghị tổng kết")
_MODELS = ("Tủ sách khoa phòng", "Ngày thứ Bảy tình nguyện", "Công trình “Góc xanh cơ quan”", "Tổ hỗ trợ người dân làm thủ tục")
_NOTED_BY_NOW = 0.75  # of the branches, of the running year


def note_by_hand(rows: Rows, bloc: Bloc, year: int, today: date, seed: int) -> None:
    """Fill in what branches noted of a year; call it when levels are in the database."""
    dice, levels = random.Random(f"{seed} {year} noted"), levels_of(year)
    at = noted_at(date(year, 12, 5), today)
    for branch in bloc.branches:
        meetings, activities = dice.choice((9, 10, 11, 12)), dice.randint(6, 14)
        noted = year < today.year or dice.random() < _NOTED_BY_NOW or branch is bloc.home
        by = {"noted_by": branch.people[0].account_id, "noted_at": at} if branch.people else {}
        for person in branch.people if noted else ():
            for code, figure in _figures(dice, person, year, levels, meetings, activities):
                key = {"member_id": person.id, "unit_id": branch.id, "year": year, "measure": code}
                rows.add(MemberFigure, **key, count=figure.count, of=figure.of, words=figure.words, **by)


def _figures(
    dice: random.Random, person: Person, year: int, levels: Mapping[int, str], meetings: int, activities: int
) -> Iterator[tuple[str, NotedFigure]]:
    if person.since.year > year:
        return
    level = levels.get(person.id, "")
    lowest, highest = _SOME if dice.random() < _STRAY else _ATTENDS.get(level, _SOME)
    there = (13 - person.since.month) / 12 if person.since.year == year else 1
    for code, whole in (("meetings", max(1, round(meetings * there))), ("activities", max(1, round(activities * there)))):
        yield code, NotedFigure(min(whole, -int(-whole * dice.uniform(lowest, highest) // 1)), whole)
    if dice.random() < (0.5 if level == "outstanding" else 0.12):
        yield "initiatives", NotedFigure(1, None, dice.choice(_MODELS))
    if dice.random() < (0.4 if level == "outstanding" else 0.05):
        yield "commendations", NotedFigure(1, None, dice.choice(_PRAISES))
    if level == "not_done" and dice.random() < 0.3:
        yield "discipline", NotedFigure(1, None, "Khiển trách trong chi đoàn")
