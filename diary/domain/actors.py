"""Who acts: the signed-in person as the rules see them. Rights follow appointments to units, never a flag on the account."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .units import Place, UnitKind, is_below


class Post(StrEnum):
    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


POST_LABELS = {
    Post.SECRETARY: "Bí thư",
    Post.DEPUTY_SECRETARY: "Phó Bí thư",
    Post.COMMITTEE_MEMBER: "Ủy viên BCH",
    Post.INSPECTOR: "Ủy viên Ủy ban Kiểm tra",
    Post.ADMINISTRATOR: "Quản trị",
}
OFFICERS = frozenset({Post.SECRETARY, Post.DEPUTY_SECRETARY})
COMMITTEE = OFFICERS | {Post.COMMITTEE_MEMBER}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post held today in a unit; it reaches the unit and everything below."""

    post: Post
    unit_id: int
    path: str
    kind: UnitKind
    unit_name: str = ""
    has_members: bool = False  # whether people belong to the unit itself, not only to units below it

    @property
    def place(self) -> Place:
        return Place(self.unit_id, self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person: account, member (none for a mere administrator), own unit, posts held today."""

    account_id: int
    username: str
    name: str
    member_id: int | None = None
    place: Place | None = None
    unit_name: str = ""
    appointments: tuple[Appointment, ...] = ()
    address: str = ""  # where the request came from, for the audit lines


class Role(StrEnum):
    """What an actor is to one subject; the columns of the table of rights."""

    OWNER = "owner"
    BRANCH_OFFICER = "branch_officer"
    BASE_COMMITTEE = "base_committee"
    BLOC_COMMITTEE = "bloc_committee"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.OWNER: "chính người đó",
    Role.BRANCH_OFFICER: "bí thư, phó bí thư chi đoàn",
    Role.BASE_COMMITTEE: "BCH Đoàn cơ sở",
    Role.BLOC_COMMITTEE: "BTV Đoàn Khối",
    Role.INSPECTOR: "Ủy ban Kiểm tra",
    Role.ADMINISTRATOR: "quản trị",
}


def role_of(appointment: Appointment, place: Place) -> Role | None:
    """What the post makes its holder to a subject in the unit at `place`; None where it does not reach."""
    if not is_below(place.path, appointment.path):
        return None
    if appointment.post is Post.ADMINISTRATOR:
        return Role.ADMINISTRATOR
    if appointment.post is Post.INSPECTOR:
        return Role.INSPECTOR
    if appointment.kind is UnitKind.BLOC:
        return Role.BLOC_COMMITTEE
    if appointment.unit_id == place.unit_id:
        return Role.BRANCH_OFFICER if appointment.post in OFFICERS else None
    return Role.BASE_COMMITTEE


def roles_anywhere(appointment: Appointment) -> frozenset[Role]:
    """What the post makes its holder to some subject below: decides which pages without a subject open."""
    if appointment.post is Post.ADMINISTRATOR:
        return frozenset({Role.ADMINISTRATOR})
    if appointment.post is Post.INSPECTOR:
        return frozenset({Role.INSPECTOR})
    if appointment.kind is UnitKind.BLOC:
        return frozenset({Role.BLOC_COMMITTEE})
    found = set()
    if appointment.kind is UnitKind.BASE_UNION:
        found.add(Role.BASE_COMMITTEE)
    if appointment.post in OFFICERS and (appointment.kind is not UnitKind.BASE_UNION or appointment.has_members):
        found.add(Role.BRANCH_OFFICER)
    return frozenset(found)


def roles(actor: Actor, place: Place, owner_id: int | None = None) -> Iterator[Role]:
    """Everything `actor` is to a subject that belongs to member `owner_id` of the unit at `place`."""
    if owner_id is not None and owner_id == actor.member_id:
        yield Role.OWNER
    for appointment in actor.appointments:
        role = role_of(appointment, place)
        if role is not None:
            yield role
