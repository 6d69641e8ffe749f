"""Importing a member list: one transaction, rows written many at a time. What becomes of each row is the plan's to say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update

from ..domain.actors import POST_LABELS, Actor, Post
from ..domain.member_lists import Column, ListedMember, MemberList
from ..domain.member_lists.doubts import Answers
from ..domain.member_lists.import_plan import ImportPlan, Outcome, TakenRow
from ..domain.member_lists.placing import AnyUnit, KnownUnit
from ..domain.members import MemberDraft
from ..domain.permissions import Action, require_somewhere
from ..domain.units import UnitDraft, UnitKind, unit_code
from ..models.accounts import Account
from ..models.accounts import Appointment as AppointmentRow
from ..models.base import db
from ..models.member_lists import ColumnChoice
from ..models.members import Member
from ..models.units import Unit
from ..queries.member_lists import MEMBERS, chunks, office_of, plan_member_import, remembered_columns
from . import audit, clock, codes, members, notices, units
from .codes import IssuedCode
from .transaction import happening

Written = list[tuple[TakenRow, int]]
"""Rows and the ids of their members."""


@dataclass(frozen=True, slots=True)
class ImportedList:
    """What an import did: the plan it followed, the ids of the new members, and the codes it made when a key was given."""

    plan: ImportPlan
    new_member_ids: tuple[int, ...]
    codes: tuple[IssuedCode, ...] = ()


@happening
def import_members(
    actor: Actor | None,
    listed: MemberList,
    today: date,
    key: str = "",
    answers: Answers | None = None,
    chosen: Mapping[str, Column] | None = None,
) -> ImportedList:
    """Bring the people of a read list into the books, as `queries.member_lists.plan_member_import` says at this moment.

    `answers` settle rows that may be a person already known; `chosen` columns, by their folded head, are remembered for the actor's office.

    New members get an account each. With a `key`, new accounts and those of the list that have neither password nor code get a one-time
    code. The same list again changes nothing. An actor of None is the program itself.
    """
    plan = plan_member_import(actor, listed, today, answers)
    unit_ids = _make_units(actor, plan, today)
    new = plan.with_outcome(Outcome.NEW)
    ids = members.add_rows([(unit_ids.get(row.unit) or _id_of(row.unit), _draft(row.person)) for row in new], since=None)
    known = [(row, row.member.id) for row in plan.taken if row.member]
    written: Written = [*zip(new, ids, strict=True), *known]
    _change_members(actor, [row for row, _ in known if row.changes])
    _give_posts(actor, [(row, member) for row, member in written if row.post], unit_ids, today)
    if plan.changes_something:
        audit.record(actor, "members_import", "member_list", "", None, _counts(plan))
    _remember(actor, chosen or {})
    issued = codes.make_missing_codes([member for _, member in written], key) if key else ()
    return ImportedList(plan, tuple(ids), issued)


def _counts(plan: ImportPlan) -> list[str]:
    """The rows by what became of them, and how doubts were settled: what the audit line of an import names."""
    counts = [f"{outcome.name.lower()}:{count}" for outcome, count in plan.counts.items()]
    answers = Counter("one_person" if doubt.same else "two_people" for doubt in plan.doubts if doubt.same is not None)
    return counts + [f"{answer}:{count}" for answer, count in sorted(answers.items())]


def _remember(actor: Actor | None, chosen: Mapping[str, Column]) -> None:
    """Keep what was said of columns for the next list of the actor's office; the newest word on a head counts."""
    unit_id, known = office_of(actor), remembered_columns(actor)
    said = {head: column for head, column in chosen.items() if known.get(head) is not column}
    if actor is None or unit_id is None or not said:
        return
    db.session.execute(delete(ColumnChoice).where(*_choices_of(unit_id), ColumnChoice.head.in_(list(said))))
    facts = {"unit_id": unit_id, "register": MEMBERS, "chosen_by": actor.account_id, "chosen_at": clock.now()}
    members.insert_all(ColumnChoice, [{**facts, "head": head, "column": column.name.lower()} for head, column in said.items()])
    audit.record(actor, "columns_remember", "member_list", "", unit_id, [f"columns:{len(said)}"])


@happening
def forget_columns(actor: Actor) -> int:
    """Forget how the columns of the actor's office were matched by hand; how many were. NotAllowed for who imports no lists."""
    require_somewhere(actor, Action.MEMBER_EDIT)
    unit_id, forgotten = office_of(actor), len(remembered_columns(actor))
    if unit_id is not None and forgotten:
        db.session.execute(delete(ColumnChoice).where(*_choices_of(unit_id)))
        audit.record(actor, "columns_forget", "member_list", "", unit_id, [f"columns:{forgotten}"])
    return forgotten


def _choices_of(unit_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ColumnChoice.unit_id == unit_id, ColumnChoice.register == MEMBERS


def _make_units(actor: Actor | None, plan: ImportPlan, today: date) -> dict[AnyUnit, int]:
    """Make the units the list names, move those that waited; the ids of the new ones."""
    taken = set(db.session.execute(select(Unit.code)).scalars())
    made: dict[AnyUnit, int] = {}
    for unit in plan.units.made:
        parent = db.session.get_one(Unit, made.get(unit.parent) or _id_of(unit.parent))
        code = unit_code(unit.name, parent.code if parent.kind is not UnitKind.BLOC else "", taken)
        taken.add(code)
        row = units.unit_row(parent, UnitDraft(unit.name), unit.kind, today, code, unit.needs_placing)
        audit.record(actor, "unit_add", "unit", row.id, row.id, [unit.kind.value])
        made[unit] = row.id
    for waiting, base in plan.units.moved.values():
        units.move_unit(actor, waiting.id, made.get(base) or _id_of(base), today)
    return made


def _id_of(unit: AnyUnit) -> int:
    assert isinstance(unit, KnownUnit), "a new unit is made before anything is put into it"
    return unit.id


def _draft(person: ListedMember) -> MemberDraft:
    return MemberDraft(
        family_name=person.family_name,
        given_name=person.given_name,
        born_on=person.born_on,
        birth_year=None if person.born_on else person.birth_year,
        gender=person.gender,
        ethnicity=person.ethnicity or "",
        joined_union_on=person.joined_union_on,
        phone=person.phone or "",
        email=person.email or "",
    )


def _change_members(actor: Actor | None, rows: Sequence[TakenRow]) -> None:
    for row in rows:
        assert row.member is not None
        values = dict(row.changes)
        if "given_name" in values:
            values |= members.name_columns(str(values["family_name"]), str(values["given_name"]))
            db.session.execute(update(Account).where(Account.member_id == row.member.id).values(name=row.name))
        db.session.execute(update(Member).where(Member.id == row.member.id).values(**values, version=Member.version + 1))
        audit.record(actor, "member_edit", "member", row.member.id, row.member.unit_id, sorted(row.changes))


def _give_posts(actor: Actor | None, rows: Written, unit_ids: Mapping[AnyUnit, int], today: date) -> None:
    """Give each row's post; those that end with it end first, so that a Bí thư leaves before the next one comes."""
    accounts = _account_ids([member for _, member in rows])
    homes = {member: unit_ids.get(row.unit) or _id_of(row.unit) for row, member in rows}
    for row, member in rows:
        for post in sorted(row.ends_posts):
            _end_post(accounts[member], homes[member], post, today)
            audit.record(actor, "post_end", "account", accounts[member], homes[member], [post.value])
    given = [{"account_id": accounts[member], "unit_id": homes[member], "post": row.post, "from_day": today} for row, member in rows]
    members.insert_all(AppointmentRow, given)
    for row, member in rows:
        assert row.post is not None
        audit.record(actor, "post_give", "account", accounts[member], homes[member], [row.post.value])
        if row.member:
            notices.tell(accounts[member], f"Bạn được giao chức vụ {POST_LABELS[row.post]} – {row.unit.name}.", "/")


def _account_ids(member_ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in chunks(member_ids):
        query = select(Account.member_id, Account.id).where(Account.member_id.in_(some))
        found |= {member: account for member, account in db.session.execute(query) if member is not None}
    return found


def _end_post(account_id: int, unit_id: int, post: Post, today: date) -> None:
    """Yesterday was its last day; one given today is taken back whole."""
    held = (AppointmentRow.account_id == account_id, AppointmentRow.unit_id == unit_id, AppointmentRow.post == post)
    db.session.execute(delete(AppointmentRow).where(*held, AppointmentRow.from_day >= today))
    still = or_(AppointmentRow.to_day.is_(None), AppointmentRow.to_day >= today)
    db.session.execute(update(AppointmentRow).where(*held, still).values(to_day=today - timedelta(days=1)))
