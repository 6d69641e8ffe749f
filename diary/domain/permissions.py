"""Who may do what. The one place where rights are decided; when something may be done is decided by the states of each noun.

The table GRANTS is printed into docs/permissions.md and held equal to it by a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .actors import Actor, Appointment, Role, roles, roles_anywhere
from .errors import NotAllowed, NotFound
from .units import Place


class Action(StrEnum):
    """Everything that needs a right, named noun_verb, in alphabetical order."""

    ACCOUNT_MANAGE = "account_manage"
    AUDIT_READ = "audit_read"
    ENTRY_EDIT = "entry_edit"
    ENTRY_READ = "entry_read"
    ENTRY_REVIEW = "entry_review"
    EVALUATION_DECIDE = "evaluation_decide"
    EVALUATION_EDIT = "evaluation_edit"
    EVALUATION_PASS_ON = "evaluation_pass_on"  # noqa: S105 - no password
    EVALUATION_PRINT = "evaluation_print"
    EVALUATION_PROPOSE = "evaluation_propose"
    EVALUATION_READ = "evaluation_read"
    LEAVE_EDIT = "leave_edit"
    MEMBER_EDIT = "member_edit"
    MEMBER_ERASE = "member_erase"
    MEMBER_READ = "member_read"
    NOTE_READ = "note_read"
    PLEDGE_EDIT = "pledge_edit"
    PLEDGE_READ = "pledge_read"
    PLEDGE_REVIEW = "pledge_review"
    REGISTER_EDIT = "register_edit"
    REGISTER_READ = "register_read"
    RESULT_EXPORT = "result_export"
    SETTING_EDIT = "setting_edit"
    SYSTEM_MANAGE = "system_manage"
    UNIT_EDIT = "unit_edit"
    UNIT_READ = "unit_read"
    VIRTUE_EDIT = "virtue_edit"
    YEAR_EDIT = "year_edit"
    YEAR_READ = "year_read"


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing as the rules of rights see it: where it belongs, whose it is, and what opens it to others.

    `sent`: it has left its author's hands. `passed_up`: the unit above stands in for the branch. `sampled`: an open
    inspection holds it, or a second look does for who answers it. `barred`: accounts that may not act on it although their post
    would allow (the proposer of a level).
    """

    place: Place
    owner_id: int | None = None
    sent: bool = True
    passed_up: bool = False
    sampled: bool = False
    barred: frozenset[int] = frozenset()


class Condition(StrEnum):
    """When a role's grant holds for a subject."""

    ALWAYS = "có"
    SENT = "khi đã gửi"
    PASSED_UP = "khi chuyển lên hoặc chi đoàn để quá hạn"
    SAMPLED = "khi có trong mẫu kiểm tra"
    PASSED_UP_OR_SAMPLED = "khi chuyển lên, quá hạn hoặc trong mẫu kiểm tra"


_HOLDS: dict[Condition, Callable[[Subject], bool]] = {
    Condition.ALWAYS: lambda s: True,
    Condition.SENT: lambda s: s.sent,
    Condition.PASSED_UP: lambda s: s.sent and s.passed_up,
    Condition.SAMPLED: lambda s: s.sent and s.sampled,
    Condition.PASSED_UP_OR_SAMPLED: lambda s: s.sent and (s.passed_up or s.sampled),
}

_ALL = Condition.ALWAYS
_MANAGERS = {Role.BRANCH_OFFICER: _ALL, Role.BASE_COMMITTEE: _ALL, Role.BLOC_COMMITTEE: _ALL}
_REVIEWERS = {Role.BRANCH_OFFICER: Condition.SENT, Role.BASE_COMMITTEE: Condition.PASSED_UP, Role.BLOC_COMMITTEE: Condition.PASSED_UP}
_TEXT_READERS = {
    Role.OWNER: _ALL,
    Role.BRANCH_OFFICER: Condition.SENT,
    Role.BASE_COMMITTEE: Condition.PASSED_UP_OR_SAMPLED,
    Role.BLOC_COMMITTEE: Condition.PASSED_UP_OR_SAMPLED,
    Role.INSPECTOR: Condition.SAMPLED,
}

GRANTS: Mapping[Action, Mapping[Role, Condition]] = {
    Action.ACCOUNT_MANAGE: {Role.ADMINISTRATOR: _ALL},
    Action.AUDIT_READ: {Role.ADMINISTRATOR: _ALL},
    Action.ENTRY_EDIT: {Role.OWNER: _ALL},
    Action.ENTRY_READ: _TEXT_READERS,
    Action.ENTRY_REVIEW: _REVIEWERS,
    Action.EVALUATION_DECIDE: {Role.BLOC_COMMITTEE: _ALL},
    Action.EVALUATION_EDIT: {Role.OWNER: _ALL},
    Action.EVALUATION_PASS_ON: {Role.BASE_COMMITTEE: _ALL},
    Action.EVALUATION_PRINT: _MANAGERS,
    Action.EVALUATION_PROPOSE: {Role.BRANCH_OFFICER: _ALL},
    Action.EVALUATION_READ: {Role.OWNER: _ALL, **_MANAGERS, Role.INSPECTOR: _ALL},
    Action.LEAVE_EDIT: {Role.OWNER: _ALL, Role.BRANCH_OFFICER: _ALL},
    Action.MEMBER_EDIT: _MANAGERS,
    Action.MEMBER_ERASE: {Role.BLOC_COMMITTEE: _ALL},
    Action.MEMBER_READ: {Role.OWNER: _ALL, **_MANAGERS, Role.INSPECTOR: _ALL},
    Action.NOTE_READ: {Role.OWNER: _ALL},
    Action.PLEDGE_EDIT: {Role.OWNER: _ALL},
    Action.PLEDGE_READ: _TEXT_READERS,
    Action.PLEDGE_REVIEW: _REVIEWERS,
    Action.REGISTER_EDIT: _MANAGERS,
    Action.REGISTER_READ: {Role.OWNER: _ALL, **_MANAGERS, Role.INSPECTOR: _ALL},
    Action.RESULT_EXPORT: {Role.BLOC_COMMITTEE: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.SETTING_EDIT: {Role.BLOC_COMMITTEE: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.SYSTEM_MANAGE: {Role.ADMINISTRATOR: _ALL},
    Action.UNIT_EDIT: {Role.BASE_COMMITTEE: _ALL, Role.BLOC_COMMITTEE: _ALL},
    Action.UNIT_READ: {**_MANAGERS, Role.INSPECTOR: _ALL},
    Action.VIRTUE_EDIT: _MANAGERS,
    Action.YEAR_EDIT: {Role.BLOC_COMMITTEE: _ALL},
    Action.YEAR_READ: {Role.BLOC_COMMITTEE: _ALL, Role.INSPECTOR: _ALL},
}

# Nobody reviews their own entries and pledges, nor decides or passes on their own level.
NEVER_ONE_S_OWN = frozenset({Action.ENTRY_REVIEW, Action.PLEDGE_REVIEW, Action.EVALUATION_DECIDE, Action.EVALUATION_PASS_ON})

# What one must be allowed before learning that the thing exists at all.
KNOWING = {
    Action.ENTRY_EDIT: Action.ENTRY_READ,
    Action.ENTRY_REVIEW: Action.ENTRY_READ,
    Action.EVALUATION_DECIDE: Action.EVALUATION_READ,
    Action.EVALUATION_EDIT: Action.EVALUATION_READ,
    Action.EVALUATION_PASS_ON: Action.EVALUATION_READ,
    Action.EVALUATION_PRINT: Action.EVALUATION_READ,
    Action.EVALUATION_PROPOSE: Action.EVALUATION_READ,
    Action.LEAVE_EDIT: Action.MEMBER_READ,
    Action.MEMBER_EDIT: Action.MEMBER_READ,
    Action.MEMBER_ERASE: Action.MEMBER_READ,
    Action.NOTE_READ: Action.NOTE_READ,
    Action.PLEDGE_EDIT: Action.PLEDGE_READ,
    Action.PLEDGE_REVIEW: Action.PLEDGE_READ,
    Action.REGISTER_EDIT: Action.REGISTER_READ,
    Action.UNIT_EDIT: Action.UNIT_READ,
    Action.VIRTUE_EDIT: Action.UNIT_READ,
    Action.YEAR_EDIT: Action.YEAR_READ,
}


def may(actor: Actor, action: Action, subject: Subject) -> bool:
    """Whether `actor` may do `action` to `subject`, moments aside."""
    if action in NEVER_ONE_S_OWN and subject.owner_id is not None and subject.owner_id == actor.member_id:
        return False
    if actor.account_id in subject.barred:
        return False
    grants = GRANTS[action]
    return any(role in grants and _HOLDS[grants[role]](subject) for role in roles(actor, subject.place, subject.owner_id))


def may_somewhere(actor: Actor, action: Action) -> bool:
    """Whether some post of `actor` opens `action` for something below it: the right to a page that has no subject."""
    return bool(scopes(actor, action))


def scopes(actor: Actor, action: Action) -> tuple[Appointment, ...]:
    """The posts under which `actor` may do `action`, in the order held; each reaches its unit and everything below."""
    return tuple(a for a in actor.appointments if not roles_anywhere(a).isdisjoint(GRANTS[action]))


def require(actor: Actor, action: Action, subject: Subject) -> None:
    """Refuse with NotFound what the actor may not know of, with NotAllowed what they may know of but not do."""
    if may(actor, action, subject):
        return
    knowing = KNOWING.get(action, action)
    if knowing is action or not may(
        actor, knowing, Subject(subject.place, subject.owner_id, subject.sent, subject.passed_up, subject.sampled)
    ):
        raise NotFound()
    raise NotAllowed()


def require_somewhere(actor: Actor, action: Action) -> tuple[Appointment, ...]:
    """The posts under which `actor` may open a page for `action`; NotAllowed when there is none."""
    found = scopes(actor, action)
    if not found:
        raise NotAllowed("Trang này dành cho người có chức vụ khác trong tổ chức Đoàn.")
    return found
