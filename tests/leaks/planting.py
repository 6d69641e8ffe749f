"""Words nobody else may read, planted in every text column there is: a row of each table for each of three branches, marked.

The rows are made from the tables themselves, so a new table or column is planted without a line here, unless it asks for something special:
then the database refuses the row and VARIANTS says what it needs. A mark says which branch and which planted value it is: QZA2345X.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, Table, Uuid, insert, select, update

from diary.domain import consents
from diary.domain.actors import Post
from diary.domain.data_requests import RequestKind, RequestState
from diary.domain.documents import DocumentKind, DocumentState
from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.domain.evidence import EvidenceKind
from diary.domain.pledges import PledgeState
from diary.domain.transfers import TransferState
from diary.files.storage import Storage
from diary.models.base import Base, UtcDateTime, db, new_id
from tests import factories

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=factories.VIETNAM)
TODAY = NOW.date()
MARK = re.compile(r"QZ([A-Z])([2-9])-?([2-9]{3})X", re.IGNORECASE)

# Tables that are no branch's: what stands in them belongs to everyone, to the program, or is planted in another way.
NOBODY_S = {
    "alembic_version", "audit_blocks", "document_counters", "duties", "result_columns", "schemes", "settings", "unit_versions", "units",
    "windows", "work_years", "year_locks",
}  # fmt: skip
# Columns that hold no words (nor do the codes of levels): digests, paths, keys a program reads.
NO_WORDS = {
    "accounts.theme", "audit_lines.action", "audit_lines.subject", "audit_lines.subject_id", "column_choices.column",
    "column_choices.register", "documents.sha256", "entries.hints", "evidence.media_type", "evidence.sha256",
    "evidence.thumbnail_sha256", "jobs.kind", "member_figures.measure", "members.phone", "members.sort_key", "notices.link",
    "notices.topic", "pushes.link", "unit_figures.measure", "units.path",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A planted value: in which branch's world, in which table and column, and what else the row said of itself."""

    world: str
    table: str
    column: str
    row: dict[str, Any]

    @property
    def where(self) -> str:
        return f"{self.table}.{self.column}"


@dataclass(slots=True)
class World:
    """What was planted for a branch: its rows by table, its marks by their letters."""

    letter: str
    unit_id: int
    officer_id: int
    storage: Storage
    sister_id: int = 0
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)

    def mark(self, table: str, column: str, row: dict[str, Any]) -> str:
        n = len(self.marks)
        text = f"QZ{self.letter}" + "".join(str(2 + n // 8**place % 8) for place in (3, 2, 1, 0)) + "X"
        self.marks[text] = Mark(self.letter, table, column, row)
        return text

    @property
    def owner(self) -> str:
        """The username of the member everything is about."""
        return str(self.rows["accounts"][0]["username"])

    @property
    def phone(self) -> str:
        return f"0977{ord(self.letter):03d}{ord(self.letter):03d}"

    def ids(self, table: str) -> list[Any]:
        return [row["id"] for row in self.rows.get(table, [])]


def plant(letter: str, unit_id: int, officer: SimpleNamespace, storage: Storage, sister_id: int) -> World:
    """Plant a world around a new member of the unit; committed."""
    world = World(letter, unit_id, officer.account_id, storage, sister_id)
    _mark_unit(world)
    for table in Base.metadata.sorted_tables:
        if table.name not in NOBODY_S:
            for row in _rows(world, table):
                _insert(world, table, row)
    db.session.commit()
    return world


def _mark_unit(world: World) -> None:
    for name, mine in (("units", "id"), ("unit_versions", "unit_id")):
        table = Base.metadata.tables[name]
        words = {column.name: world.mark(name, column.name, {}) for column in table.columns if holds_words(column)}
        if "search" in words:
            words["search"] = words["search"].lower()
        db.session.execute(update(table).where(table.c[mine] == world.unit_id).values(words))
    units = Base.metadata.tables["units"]
    db.session.execute(update(units).where(units.c.id == world.unit_id).values(member_count=units.c.member_count + 1))
    world.rows["units"] = [{"id": world.unit_id}]


def _insert(world: World, table: Table, row: dict[str, Any]) -> None:
    made = db.session.execute(insert(table).values(row))
    keys = [column for column in table.primary_key.columns if column.name not in row]
    row |= dict(zip((key.name for key in keys), made.inserted_primary_key or (), strict=False)) if keys else {}
    world.rows.setdefault(table.name, []).append(row)


def holds_words(column: Column[Any]) -> bool:
    """Whether words can stand in the column: text or JSON that is no enum, no key and none of NO_WORDS."""
    plain = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)
    a_code = "level" in column.name or f"{column.table.name}.{column.name}" in NO_WORDS
    return plain and not column.foreign_keys and not a_code


# --- rows ------------------------------------------------------------------------------------------------------------------------------

FAMILY = {"entries", "pledges", "entry_additions", "evaluations", "rating_meetings", "audit_lines", "fees", "jobs", "transfers"}
SENT_ONLY = {"entry_revisions", "entry_reviews", "pledge_changes", "pledge_revisions", "pledge_reviews"}


def _rows(world: World, table: Table) -> Iterator[dict[str, Any]]:
    """A row for each variant of the table and each parent of the family it belongs to."""
    parents = [column for column in table.columns if points_to(column) in FAMILY and not column.nullable]
    for family in product(*(world.rows.get(points_to(column), []) for column in parents)):
        if table.name in SENT_ONLY and any(row.get("state") in ("draft",) for row in family):
            continue
        if table.name == "entry_additions" and family[0]["state"] is not EntryState.APPROVED:
            continue
        if table.name == "month_choices" and family[0]["state"] is not EntryState.LOCKED:
            continue
        if table.name == "best_entries" and family[1]["state"] is not EntryState.LOCKED:
            continue
        for variant in VARIANTS.get(table.name, [{}]):
            given = {name: value(world) if callable(value) else value for name, value in variant.items()}
            given |= {column.name: row["id"] for column, row in zip(parents, family, strict=True)}
            about = {f"of_{points_to(column)}": row for column, row in zip(parents, family, strict=True)}
            yield _row(world, table, given, about)


def points_to(column: Column[Any]) -> str:
    """The table the column's key points to, "" for none."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _row(world: World, table: Table, given: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = dict(given)
    facts = given | about
    for column in table.columns:
        if column.name in given:
            continue
        if holds_words(column):
            row[column.name] = _words(world, column, facts)
        else:
            value = _plain(world, column)
            if value is not _LEFT_OUT:
                row[column.name] = value
    return row


_LEFT_OUT = object()


def _words(world: World, column: Column[Any], facts: dict[str, Any]) -> Any:
    mark = world.mark(column.table.name, column.name, facts)
    if isinstance(column.type, JSON):
        return {"did": mark, "title": mark, "words": mark}
    return mark.lower() if column.name in {"search", "username"} else mark


def _plain(world: World, column: Column[Any]) -> Any:
    target = points_to(column)
    if target:
        return _key(world, column, target)
    if isinstance(column.type, Uuid) and column.primary_key:
        return new_id()
    if column is column.table.autoincrement_column:
        return _LEFT_OUT
    if column.nullable:
        return None
    if column.default is not None:
        return _LEFT_OUT
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class))
    if isinstance(column.type, UtcDateTime):
        return NOW
    a_level = "good" if "level" in column.name else ""
    return {date: TODAY, int: 1, str: a_level, bool: False}[column.type.python_type]


def _key(world: World, column: Column[Any], target: str) -> Any:
    """What a key points to: the world's own unit, member, account; nothing where it may, and says nothing of whom it belongs to."""
    if target == "work_years":
        return factories.YEAR
    if target == "accounts":
        return world.officer_id if column.name.endswith("_by") or target not in world.rows else world.rows["accounts"][0]["id"]
    if target == "units":
        return world.unit_id
    if column.nullable and target not in {"members", "virtues"}:
        return None
    named = next(iter(column.foreign_keys)).column.name
    return world.rows[target][0][named] if world.rows.get(target) else None


def _digest(world: World) -> str:
    return world.storage.put(_content(world))


def _content(world: World) -> bytes:
    return b"%PDF-1.4\n% " + world.mark("evidence", "content", {}).encode() + b"\n%%EOF\n"


def _paper(world: World) -> str:
    return world.storage.put(b"%PDF-1.4\n% " + world.mark("documents", "content", {}).encode() + b"\n%%EOF\n")


def _later(world: World) -> datetime:
    return NOW + timedelta(days=20)


_OFFICER = {"account_id": lambda world: world.officer_id}
_SENT = {"sent_at": NOW, "review_unit_id": lambda world: world.unit_id}
_RATED = {"self_level": "good", "vote_level": "good", "proposed_level": "good", "decided_level": "good"}
_PAPER = {"state": DocumentState.VALID, "sha256": _paper, "size": 30}

VARIANTS: dict[str, list[dict[str, Any]]] = {
    "accounts": [{"theme": "", "is_demo": False, "code_expires_at": NOW}],
    "appointments": [{"post": Post.COMMITTEE_MEMBER, "from_day": date(2022, 1, 1), "to_day": date(2022, 12, 31)}],
    "audit_lines": [
        {"action": "entry_read", "subject": "unit", "subject_id": lambda world: str(world.unit_id),
         "fields": lambda world: [world.mark("audit_lines", "fields", {})], "account_id": lambda world: world.officer_id}
    ],
    "consents": [{"version": consents.VERSION}],
    "column_choices": [{"register": "members", "column": "job"}],
    "data_requests": [
        {"answered_by": None, "answer": ""},
        {"kind": RequestKind.ERASURE, "state": RequestState.REFUSED, "answered_at": NOW},
    ],
    "documents": [
        {"kind": DocumentKind.EVALUATION_SHEET, "number": 71, **_PAPER},
        {"kind": DocumentKind.PROPOSAL_LIST, "number": 72, "member_id": None, **_PAPER},
        {"kind": DocumentKind.YEAR_BOOK, "number": 73, **_PAPER, "state": DocumentState.WITHDRAWN, "withdrawn_at": NOW},
    ],
    "entries": [
        {"happened_on": TODAY - timedelta(days=2 * n), "written_at": NOW, "state": state, **({} if state == "draft" else _SENT)}
        for n, state in enumerate(EntryState)
    ],
    "entry_additions": [{"state": EntryState.WAITING}, {"state": EntryState.RETURNED}],
    "entry_reviews": [_OFFICER],
    "addition_reviews": [_OFFICER],
    "pledge_reviews": [_OFFICER],
    "evaluation_steps": [_OFFICER],
    "evaluations": [{"state": EvaluationState.DECIDED, "decision_id": lambda world: world.ids("decisions")[0], **_RATED}],
    "evidence": [
        {"kind": EvidenceKind.FILE, "media_type": "application/pdf", "sha256": _digest, "thumbnail_sha256": ""},
        {"kind": EvidenceKind.PHOTO, "media_type": "image/jpeg", "sha256": _digest, "thumbnail_sha256": _digest},
    ],
    "fees": [{"quarter": 1}, {"quarter": 2, "amount": 54321}],
    "jobs": [{"kind": "planted"}],
    "leaves": [{"from_day": date(2026, 2, 1), "to_day": date(2026, 2, 10)}],
    "member_figures": [{"measure": "commendations"}],
    "members": [
        {"unit_id": lambda world: world.unit_id, "phone": lambda world: world.phone, "sort_key": lambda world: f"qz{world.letter}"}
    ],
    "member_years": [{"entries_draft": 1, "entries_waiting": 3, "entries_returned": 2, "entries_approved": 2, "pledges_waiting": 1}],
    "notices": [{"link": "/"}],
    "pledges": [
        {"written_at": NOW, "state": state, **({} if state == "draft" else _SENT)} for state in PledgeState
    ],
    "second_looks": [{"answered_at": NOW, "level_after": "good"}],
    "second_factors": [{"confirmed_at": NOW}],
    "sign_in_sessions": [{"expires_at": _later}],
    "sign_in_attempts": [{"succeeded": False}],
    "transfers": [
        {"to_unit_id": lambda world: world.sister_id, "from_unit_id": lambda world: world.unit_id, "state": TransferState.WAITING,
         "answered_by": None, "answer": ""},
        {"to_unit_id": lambda world: world.sister_id, "from_unit_id": lambda world: world.unit_id, "state": TransferState.DECLINED,
         "answered_at": NOW},
    ],
    "unit_evaluation_steps": [_OFFICER],
    "unit_evaluations": [
        {"state": EvaluationState.DECIDED, "proposed_level": "strong", "base_level": "strong", "decided_level": "strong",
         "decided_on": TODAY, "proposed_at": NOW, "proposed_by": lambda world: world.officer_id}
    ],
    "unit_figures": [{"measure": "topics"}],
    "virtues": [{"position": 5}],
    "vote_tallies": [{"level": "good", "votes": 4}],
}  # fmt: skip


def wordless(worlds: list[World]) -> list[str]:
    """Columns that hold words and in which some world has no mark: each needs a planted row, or a reason in NO_WORDS or NOBODY_S."""
    wanted = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if holds_words(column) and (table.name not in NOBODY_S or table.name in {"units", "unit_versions"})
    }
    there = [{mark.where for mark in world.marks.values()} for world in worlds]
    return sorted(name for name in wanted if not all(name in marked for marked in there))


def dump() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    return {table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in Base.metadata.sorted_tables}


def mentions(world: World) -> dict[str, list[str]]:
    """Every row that belongs to the world or points into it, as text."""
    ids = {name: {str(row["id"]) for row in rows if "id" in row} for name, rows in world.rows.items()}
    found = {}
    for table in Base.metadata.sorted_tables:
        keys = [(c.name, target) for c in table.columns for target in [points_to(c) or table.name] if target in ids]
        keys = [(name, target) for name, target in keys if name == "id" or points_to(table.c[name])]
        rows = db.session.execute(select(table)).mappings()
        found[table.name] = sorted(repr(row) for row in rows if any(str(row[name]) in ids[target] for name, target in keys))
    return found
