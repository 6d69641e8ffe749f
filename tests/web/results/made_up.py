"""A made-up bloc of 1,000 people rated in 2012: 855 xuất sắc, 132 khá, 13 trung bình, in 10 bases of 4 branches of 25."""

from datetime import date, datetime

from sqlalchemy import insert

from diary.domain.evaluations import EvaluationState
from diary.domain.units import UnitKind, child_path
from diary.models.base import db, new_id
from diary.models.evaluations import Decision, Evaluation
from diary.models.members import Member, Membership
from diary.models.units import Unit, UnitVersion
from tests import factories

YEAR, NUMBER, DAY = 2012, "21-QĐ/KHOI", date(2012, 12, 20)
COUNTS = (855, 132, 13, 0)
LEVELS = ("excellent", "good", "average", "weak")
BASES, BRANCHES, PEOPLE = 10, 4, 25
FIRST = 1000


def make(cast) -> None:
    """Insert it beside the cast's units, a row at a time of each kind; committed. Needs an application context."""
    factories.work_year(YEAR, db.session.get_one(Unit, cast.units["KHOI"]), "2011-2018")
    _insert(Unit, _units(cast.units["KHOI"]))
    branches = [FIRST + 100 + n for n in range(BASES * BRANCHES)]
    version = {"from_day": date(2010, 1, 1)}
    names = [(row["id"], row["name"], row["kind"], row["parent_id"]) for row in _units(cast.units["KHOI"])]
    _insert(UnitVersion, [{"unit_id": key, "name": name, "kind": kind, "parent_id": up, **version} for key, name, kind, up in names])
    people = [(FIRST + n, branches[n // PEOPLE]) for n in range(BASES * BRANCHES * PEOPLE)]
    same = {"family_name": "Nguyễn Văn", "search": "nguyen van", "born_on": date(1990, 1, 1)}
    _insert(Member, [{"id": key, "unit_id": unit, "given_name": f"N{key}", "sort_key": f"n{key}", **same} for key, unit in people])
    _insert(Membership, [{"member_id": key, "unit_id": unit, "from_day": date(2010, 1, 1)} for key, unit in people])
    made = {"number": NUMBER, "decided_on": DAY, "decided_by": cast.bloc_secretary.account_id, "year": YEAR}
    decisions = {unit: new_id() for unit in branches}
    at = datetime(2012, 12, 20, 9, tzinfo=factories.VIETNAM)
    _insert(Decision, [{"id": key, "unit_id": unit, "at": at, **made} for unit, key in decisions.items()])
    levels = [level for level, count in zip(LEVELS, COUNTS, strict=True) for _ in range(count)]
    decided = {"year": YEAR, "state": EvaluationState.DECIDED}
    rows = [
        {"id": new_id(), "member_id": key, "unit_id": unit, "decided_level": level, "decision_id": decisions[unit], **decided}
        for (key, unit), level in zip(people, levels, strict=True)
    ]
    _insert(Evaluation, rows)
    db.session.commit()


def _units(bloc_id: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    up = child_path("", bloc_id)
    for n in range(BASES):
        key = FIRST + n
        base = {"id": key, "code": f"CS{n}", "name": f"Đoàn cơ sở {n + 1}", "kind": UnitKind.BASE_UNION, "parent_id": bloc_id}
        rows.append({**base, "path": child_path(up, key), "search": f"cs {n}", "member_count": 0})
    for n in range(BASES * BRANCHES):
        key, base_id = FIRST + 100 + n, FIRST + n // BRANCHES
        branch = {"id": key, "code": f"CD{n}", "name": f"Chi đoàn {n + 1}", "kind": UnitKind.BRANCH, "parent_id": base_id}
        rows.append({**branch, "path": child_path(child_path(up, base_id), key), "search": f"cd {n}", "member_count": PEOPLE})
    return rows


def _insert(model: type, rows: list[dict[str, object]]) -> None:
    db.session.execute(insert(model), rows)
