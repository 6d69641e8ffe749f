"""The units of the demo bloc, its people, their accounts and posts."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ...domain.actors import Post
from ...domain.consents import VERSION
from ...domain.members import Gender
from ...domain.names import full_name, sort_key, username_base
from ...domain.units import UnitKind, child_path
from ...domain.vietnamese import fold
from ...models.accounts import Account, Appointment, Consent
from ...models.base import db
from ...models.members import Member, Membership
from ...models.units import Unit, UnitVersion
from ..clock import VIETNAM
from .content import Content, Row
from .rows import Rows

BRANCH_SIZE = 14  # about how many people a branch of a small demo has
OLD = date(2020, 1, 6)
CAME_AGO = timedelta(days=160)  # when the newcomer of the home branch came from elsewhere: long enough ago to be rated there


@dataclass
class Person:
    """A made-up member, as the diaries and ratings need them."""

    id: int
    account_id: int
    unit_id: int
    name: str
    job: str
    since: date
    posts: list[tuple[Post, int]] = field(default_factory=list)
    username: str = ""
    zeal: float = 0.8  # how often a week has an entry
    wordless: bool = False  # has written nothing yet


@dataclass
class Branch:
    """A unit with its people; the first is its secretary, the second its deputy."""

    id: int
    code: str
    path: str
    name: str
    symbol: str
    parent: "Branch | None"
    people: list[Person]

    def line(self) -> "list[Branch]":
        """The unit and those above it."""
        return [self, *(self.parent.line() if self.parent else ())]


@dataclass
class Bloc:
    unit_id: int
    symbol: str
    branches: list[Branch]
    home: Branch  # where the demo accounts are
    elsewhere: Branch
    secretary: Person
    deputy: Person
    inspector: Person

    @property
    def people(self) -> list[Person]:
        return [person for branch in self.branches for person in branch.people]


def chosen_units(content: Content, members: int) -> tuple[list[Row], dict[str, int]]:
    """The units a bloc of `members` people has, parents first, and how many people sit in each: as large as real
    branches, so that a small bloc has fewer units rather than empty ones."""
    leaves = [unit for unit in content.units if unit.get("size")]
    home = home_base(content)
    leaves.sort(key=lambda unit: unit["parent"] != home)
    leaves = [*leaves[:3], *_interleaved(leaves[3:])]
    leaves = leaves[: max(5, members // BRANCH_SIZE)]
    total = sum(unit["size"] for unit in leaves)
    small = len(leaves) < 100
    sizes = {u["code"]: BRANCH_SIZE if small else max(4, round(u["size"] * members / total)) for u in leaves}
    codes = {unit["code"] for unit in leaves} | {unit["parent"] for unit in leaves}
    return [unit for unit in content.units if unit["code"] in codes or unit["kind"] == "bloc"], sizes


def _interleaved(leaves: list[Row]) -> list[Row]:
    """Two base branches, then a branch of a base union, and so on: a small bloc has both kinds."""
    kinds = {kind: [unit for unit in leaves if unit["kind"] == kind] for kind in ("base_branch", "branch")}
    order = {unit["code"]: place * step for kind, step in (("base_branch", 2), ("branch", 3)) for place, unit in enumerate(kinds[kind])}
    return sorted(leaves, key=lambda unit: order[unit["code"]])


def home_base(content: Content) -> str:
    """The code of the base union of the demo accounts: the one with exactly three branches."""
    below = Counter(unit["parent"] for unit in content.units if unit["kind"] == "branch")
    return next(str(code) for code, count in below.items() if count == 3)


def make_units(rows: Rows, units: list[Row], sizes: dict[str, int]) -> dict[str, dict[str, Any]]:
    """Insert the units; returns each by code with its id, path and parent."""
    made: dict[str, dict[str, Any]] = {}
    for number, unit in enumerate(units, 1):
        parent = made.get(unit.get("parent", ""))
        facts = {
            "id": number,
            "code": unit["code"],
            "parent_id": parent["id"] if parent else None,
            "path": child_path(parent["path"] if parent else "", number),
            "kind": UnitKind(unit["kind"]),
            "name": unit["name"],
            "search": fold(unit["name"]),
            "symbol": unit["symbol"],
            "place": unit.get("place", ""),
            "letterhead": "",
            "needs_placing": False,
            "member_count": sizes.get(unit["code"], 0),
            "opened_on": OLD,
            "closed_on": None,
        }
        made[unit["code"]] = facts
        rows.add(Unit, **facts)
        rows.add(
            UnitVersion, unit_id=number, from_day=OLD, to_day=None, name=facts["name"], kind=facts["kind"], parent_id=facts["parent_id"]
        )
    rows.flush()
    return made


class Crowd:
    """Makes people one after another: names, births, accounts."""

    def __init__(self, rows: Rows, content: Content, dice: random.Random, today: date, password_hash: str):
        self.rows, self.content, self.dice, self.today, self.password_hash = rows, content, dice, today, password_hash
        self.usernames: Counter[str] = Counter()
        self.count = 0
        self.agreed_at = datetime(today.year, 1, 1, tzinfo=VIETNAM)

    def person(self, unit: dict[str, Any], job: str) -> Person:
        """Insert one member of `unit` with an account."""
        self.count += 1
        ethnicity, gender, family, given = self._name()
        born = self._birth(job)
        since = max(OLD, self.today - timedelta(days=self.dice.choice((60, 200, 500, 900, 1500, 2200))))
        name = full_name(family, given)
        facts = {"id": self.count, "unit_id": unit["id"], "family_name": family, "given_name": given, "sort_key": sort_key(family, given)}
        self.rows.add(
            Member,
            **facts,
            search=fold(name),
            born_on=born,
            birth_year=None,
            gender=Gender.FEMALE if gender == "Nữ" else Gender.MALE,
            ethnicity=ethnicity,
            joined_union_on=date(born.year + 16, 3, 26),
            phone=f"09{self.dice.randrange(10**8):08d}",
            email="",
            job=self.dice.choice(self.content.titles[job]),
            party_member=job != "student" and self.dice.random() < 0.12,
        )
        username = self._username(family, given)
        self.account(username, name, self.count)
        return Person(self.count, self.count, unit["id"], name, job, since, username=username)

    def account(self, username: str, name: str, member_id: int | None) -> None:
        facts = {"username": username, "name": name, "member_id": member_id, "password_hash": self.password_hash, "is_demo": True}
        self.rows.add(Account, id=member_id or self.count + 1, **facts)
        if member_id:
            self.rows.add(Consent, account_id=member_id, version=VERSION, given_at=self.agreed_at, withdrawn_at=None)

    def _name(self) -> tuple[str, str, str, str]:
        content, dice = self.content, self.dice
        kind = dice.choices(content.ethnicities, [row["weight"] for row in content.ethnicities])[0]
        gender = dice.choice(("Nam", "Nữ"))
        families = content.families[kind["name"]]
        family = dice.choices([row[0] for row in families], [row[1] for row in families])[0]
        if dice.random() * 100 >= kind["no_middle"]:
            family += " " + dice.choice(content.middles[kind["name"], gender])
        return kind["name"], gender, family, dice.choice(content.givens[kind["name"], gender])

    def _birth(self, job: str) -> date:
        youngest, oldest = (17, 22) if job == "student" else (22, 34)
        return date(self.today.year - self.dice.randint(youngest, oldest), 1, 1) + timedelta(days=self.dice.randrange(365))

    def _username(self, family: str, given: str) -> str:
        base = username_base(family, given)
        self.usernames[base] += 1
        return base if self.usernames[base] == 1 else f"{base}{self.usernames[base]}"


def make_people(rows: Rows, crowd: Crowd, units: list[Row], made: dict[str, dict[str, Any]], sizes: dict[str, int]) -> Bloc:
    """Insert every member with account and posts, and pick who the demo accounts are."""
    above: dict[str, Branch] = {}
    branches: list[Branch] = []
    for unit in units:
        facts = made[unit["code"]]
        size = sizes.get(unit["code"], 0)
        people = [crowd.person(facts, crowd.dice.choice(unit["jobs"])) for _ in range(size)]
        branch = Branch(
            facts["id"], facts["code"], facts["path"], facts["name"], facts["symbol"], above.get(unit.get("parent", "")), people
        )
        above[unit["code"]] = branch
        if people:
            branches.append(branch)
    bloc = _pick(branches, made, home_base(crowd.content))
    _spread_zeal(bloc, crowd.dice, crowd.today)
    _hand_out_posts(rows, crowd, bloc)
    rows.flush()
    return bloc


def _pick(branches: list[Branch], made: dict[str, dict[str, Any]], home_code: str) -> Bloc:
    home = next(branch for branch in branches if branch.parent and branch.parent.code == home_code)
    elsewhere = next(branch for branch in branches if branch.parent is not home.parent)
    others = [branch for branch in branches if branch is not home and branch is not elsewhere]
    facts = next(facts for facts in made.values() if facts["parent_id"] is None)
    seats = [others[-1].people[-1], others[-2].people[-1], others[-3].people[-1]]
    return Bloc(facts["id"], facts["symbol"], branches, home, elsewhere, *seats)


def _spread_zeal(bloc: Bloc, dice: random.Random, today: date) -> None:
    for person in bloc.people:
        person.zeal = min(0.98, max(0.12, dice.gauss(0.78, 0.17)))
    bloc.home.people[2].zeal = 0.93  # the account doanvien has a full year
    bloc.home.people[2].since = OLD
    newcomer = bloc.home.people[-1]
    newcomer.wordless, newcomer.since = True, today - CAME_AGO


def _hand_out_posts(rows: Rows, crowd: Crowd, bloc: Bloc) -> None:
    bases: dict[int, list[Person]] = {}
    for branch in bloc.branches:
        branch.people[0].posts.append((Post.SECRETARY, branch.id))
        if len(branch.people) > 4:
            branch.people[1].posts.append((Post.DEPUTY_SECRETARY, branch.id))
        if branch.parent and branch.parent.id != bloc.unit_id:
            bases.setdefault(branch.parent.id, []).extend(branch.people[3:6])
    for base_id, people in bases.items():
        posts = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE_MEMBER)
        for post, person in zip(posts, people[3:] if len(people) > 5 else people, strict=False):
            person.posts.append((post, base_id))
    bloc.secretary.posts.append((Post.SECRETARY, bloc.unit_id))
    bloc.deputy.posts.append((Post.DEPUTY_SECRETARY, bloc.unit_id))
    bloc.inspector.posts.append((Post.INSPECTOR, bloc.unit_id))
    for person in bloc.people:
        rows.add(Membership, member_id=person.id, unit_id=person.unit_id, from_day=person.since, to_day=None)
        for post, unit_id in person.posts:
            from_day = max(OLD, crowd.today - timedelta(days=900))
            rows.add(Appointment, account_id=person.account_id, unit_id=unit_id, post=post, from_day=from_day, to_day=None)


def base_secretary(bloc: Bloc) -> Person:
    """The secretary of the base union above the home branch."""
    assert bloc.home.parent is not None
    wanted = (Post.SECRETARY, bloc.home.parent.id)
    return next(person for person in bloc.people if wanted in person.posts)


def reset_counters() -> None:
    """PostgreSQL: let the id sequences go on after the ids given here."""
    if db.engine.dialect.name == "postgresql":
        for table in (Unit, Member, Account):
            name = table.__tablename__
            db.session.execute(db.text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"))  # noqa: S608 - our own names
