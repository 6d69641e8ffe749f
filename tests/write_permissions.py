"""The table of rights as a page: `python -m tests.write_permissions` writes docs/permissions.md, and a test holds it equal."""

from pathlib import Path

from diary.domain.actors import ROLE_LABELS, Role
from diary.domain.permissions import GRANTS, KNOWING, NEVER_ONE_S_OWN, Action, Condition

PAGE = Path(__file__).parents[1] / "docs" / "permissions.md"

ABOUT: dict[Action, str] = {
    Action.ACCOUNT_MANAGE: "give anyone a one-time code, turn off the second factor of who lost it",
    Action.AUDIT_READ: "read the audit lines",
    Action.ENTRY_EDIT: "write, change, send and delete an entry",
    Action.ENTRY_READ: "read an entry, its photos and its revisions",
    Action.ENTRY_REVIEW: "approve or return an entry",
    Action.EVALUATION_DECIDE: "decide levels",
    Action.EVALUATION_EDIT: "write and hand in a self-assessment",
    Action.EVALUATION_PASS_ON: "pass a branch's proposals on to the bloc, or return them",
    Action.EVALUATION_PRINT: "print the sheets of a unit and those below it together",
    Action.EVALUATION_PROPOSE: "hold the rating meeting, propose levels, see who is missing",
    Action.EVALUATION_READ: "read an evaluation and its steps",
    Action.LEAVE_EDIT: "see why someone is on leave, note, change and take back their days of leave",
    Action.MEMBER_EDIT: "add, change, move and take in members, import lists, give one-time codes to those without a higher post",
    Action.MEMBER_ERASE: "erase what is a member's own, once they have left and asked for it",
    Action.MEMBER_READ: "read a member's details",
    Action.NOTE_READ: "read the private note of an entry",
    Action.PLEDGE_EDIT: "write, change, send and close a pledge",
    Action.PLEDGE_READ: "read a pledge and its revisions",
    Action.PLEDGE_REVIEW: "approve or return a pledge",
    Action.REGISTER_EDIT: "note in the registers (fees, training), import their lists",
    Action.REGISTER_READ: "read the registers, export them",
    Action.RESULT_EXPORT: "take the results of a year out as a list, set its columns",
    Action.SETTING_EDIT: "set after how many days the unit above stands in, and from when a text gets a hint",
    Action.SYSTEM_MANAGE: "the system's own settings",
    Action.UNIT_EDIT: "add, rename, move, merge and close units, give posts and hand them over",
    Action.UNIT_READ: "see a unit, its history and its officers",
    Action.VIRTUE_EDIT: "set the unit's own virtues",
    Action.YEAR_EDIT: "open, lock and unlock work years, set their dates and scheme",
    Action.YEAR_READ: "see work years and their dates",
}

HEAD = """\
# Who may do what

Written by `python -m tests.write_permissions` from `diary/domain/permissions.py`; a test fails when the two differ. Change the
table there, never here.

Rights follow a post in a unit, never a mark on the account. A post reaches its unit and everything below. A person may hold several;
any one that allows an action is enough. What someone is to a thing:

{roles}

## The table

● always · a number: only under the condition below the table · blank: never

{table}

{conditions}

## Never one's own

Whatever posts a person holds, these they may never do to what is their own:

{never}

A secretary's diary goes to the deputy, else to the unit above. Besides, whoever proposed a level does not decide it: the thing itself
names whom it bars.

## Knowing that it exists

Someone who may not do a thing gets 403 where they may know of it, and 404 where they may not. What one must be allowed in order to
know (every action not listed answers 404 to whoever may not do it):

{knowing}

When a thing may be done is no matter of rights: states and dates decide that, and the wrong moment answers 409.
"""


def render() -> str:
    """The whole page as Markdown."""
    numbers = {condition: number for number, condition in enumerate((c for c in Condition if c is not Condition.ALWAYS), 1)}
    return HEAD.format(
        roles="\n".join(f"- **{_words(role)}** – {ROLE_LABELS[role]}" for role in Role),
        table=_table(numbers),
        conditions="\n".join(f"{number}. {condition.value}" for condition, number in numbers.items()),
        never="\n".join(f"- `{action}`" for action in Action if action in NEVER_ONE_S_OWN),
        knowing="\n".join(f"- `{action}` ← `{known}`" for action, known in sorted(KNOWING.items()) if action is not known),
    )


def _table(numbers: dict[Condition, int]) -> str:
    lines = [f"| action | what | {' | '.join(map(_words, Role))} |", "|---" * (2 + len(Role)) + "|"]
    for action in Action:
        marks = (_mark(GRANTS[action].get(role), numbers) for role in Role)
        lines.append(f"| `{action}` | {ABOUT[action]} | {' | '.join(marks)} |")
    return "\n".join(lines)


def _mark(condition: Condition | None, numbers: dict[Condition, int]) -> str:
    if condition is None:
        return ""
    return "●" if condition is Condition.ALWAYS else str(numbers[condition])


def _words(role: Role) -> str:
    return role.value.replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
    print(PAGE)
