"""Who may read what was planted, written down from what the product promises and never by asking the program itself.

A person stands to a branch in one or more ways; each planted value names the ways in which it may be read.
"""

import re
from typing import Any

from tests.leaks.planting import Mark, World

OWNER, COLLEAGUE, OFFICER, BASE, BLOC, INSPECTOR, ADMINISTRATOR = (
    "owner", "colleague", "officer", "base", "bloc", "inspector", "administrator",
)  # fmt: skip

# What each of the cast is to the branches A (Khối Nội), B (Khối Ngoại) and C (Kho bạc); officers above are plain members somewhere.
STANDING: dict[str | None, dict[str, set[str]]] = {
    None: {},
    "member": {"A": {COLLEAGUE}},
    "new_member": {"A": {COLLEAGUE}},
    "secretary": {"A": {OFFICER}},
    "other_secretary": {"B": {OFFICER}},
    "base_secretary": {"A": {BASE}, "B": {BASE, COLLEAGUE}},
    "bloc_secretary": {"A": {BLOC}, "B": {BLOC}, "C": {BLOC, COLLEAGUE}},
    "inspector": {"A": {INSPECTOR}, "B": {INSPECTOR}, "C": {INSPECTOR, COLLEAGUE}},
    "administrator": {"A": {ADMINISTRATOR}, "B": {ADMINISTRATOR}, "C": {ADMINISTRATOR}},
    "lone_secretary": {"C": {OFFICER}},
    "stranger": {"C": {COLLEAGUE}},
}

ABOVE = {BASE, BLOC}
READERS = {OFFICER, *ABOVE, INSPECTOR}
TEXT = {OWNER, OFFICER}
NOBODY: set[str] = set()

# Who may read the words of a table; where a column differs it stands with its own name.
SEERS: dict[str, set[str]] = {
    "accounts": {OWNER, *READERS, ADMINISTRATOR},
    "accounts.code_hash": NOBODY,
    "accounts.password_hash": NOBODY,
    "addition_reviews": TEXT,
    "appointments": {OWNER, OFFICER, *ABOVE},
    "audit_details": {ADMINISTRATOR},
    "audit_lines": {ADMINISTRATOR},
    "calendar_feeds": NOBODY,
    "column_choices": {OFFICER, *ABOVE},
    "data_requests": {OWNER, OFFICER, *ABOVE},
    "decisions": {OWNER, *READERS},
    "documents": {OWNER, *READERS},
    "entries": TEXT,
    "entry_additions": TEXT,
    "entry_reviews": TEXT,
    "entry_revisions": TEXT,
    "evaluation_steps": {OWNER, *READERS},
    "evaluations": {OWNER, *READERS},
    "evidence": TEXT,
    "job_files": {OFFICER},
    "jobs": {OFFICER, ADMINISTRATOR},
    "leaves": {OWNER, OFFICER},
    "mails": NOBODY,
    "member_figures": {OWNER, *READERS},
    "members": {OWNER, *READERS, ADMINISTRATOR},
    "notices": {OWNER},
    "past_results": {OWNER, *READERS},
    "pending_sign_ins": NOBODY,
    "pledge_changes": TEXT,
    "pledge_reviews": TEXT,
    "pledge_revisions": TEXT,
    "pledges": TEXT,
    "private_notes": {OWNER},
    "proposals": READERS,
    "push_subscriptions": {OWNER},
    "push_subscriptions.auth": NOBODY,
    "push_subscriptions.endpoint": NOBODY,
    "push_subscriptions.p256dh": NOBODY,
    "push_subscriptions.session_hash": NOBODY,
    "pushes": NOBODY,
    "rating_meetings": READERS,
    "recovery_codes": NOBODY,
    "saved_comments": {OWNER},
    "second_factors": NOBODY,
    "second_looks": {OWNER, *READERS},
    "sign_in_attempts": {ADMINISTRATOR},
    "sign_in_sessions": {OWNER},
    "sign_in_sessions.token_hash": NOBODY,
    "trainings": {OWNER, *READERS},
    "transfers": {OWNER, *READERS},
    "unit_evaluation_steps": READERS,
    "unit_evaluations": READERS,
    "unit_figures": READERS,
    "unit_versions": {OWNER, COLLEAGUE, *READERS, ADMINISTRATOR},
    "units": {OWNER, COLLEAGUE, *READERS, ADMINISTRATOR},
    "uploads": {OFFICER},
    "virtues": {OWNER, COLLEAGUE, *READERS},
}
ON_THE_SHEET = {"entries.did"}  # of the entries a member chose to stand for the year, also for those who read the evaluation
BEFORE_THE_CODE = ("documents", "units", "unit_versions")  # what anyone with a paper's code may see of it; never a word about a person
UNIT_NAMES = ("units.name", "unit_versions.name")  # all that an officer sees of the other branches when choosing where someone goes
RESULTS_OUT = "/xep-loai/ket-qua/tep"  # the list of everyone's results: an administrator reads no level on a page, and takes this list out
CHOOSING_A_UNIT = re.compile(r"/doan-vien/(\d+/)?chuyen\b")


def standing(person: str | None, world: World) -> set[str]:
    """What the person is to the branch of that world."""
    if person == world.owner:
        return {OWNER}
    return STANDING.get(person, {}).get(world.letter, set())


def entry_of(row: dict[str, Any]) -> dict[str, Any]:
    """The row that decides whether something was sent: the entry or pledge it belongs to, else the row itself."""
    while parent := row.get("of_entries") or row.get("of_pledges") or row.get("of_entry_additions"):
        row = parent
    return row


def may_read(person: str | None, mark: Mark, world: World) -> bool:
    """Whether the person may read a planted value."""
    seers = SEERS.get(mark.where, SEERS.get(mark.table))
    assert seers is not None, f"say in tests/leaks/oracle.py who may read {mark.table}"
    state = str(entry_of(mark.row).get("state", ""))
    if seers == TEXT and state == "draft":
        seers = {OWNER}
    if mark.where in ON_THE_SHEET and state == "locked":
        seers = seers | READERS
    return bool(seers & standing(person, world))


def may_read_there(path: str, mark: Mark) -> bool:
    """Whether everyone who is let in at this address may read the value, whatever they are to the branch."""
    if path.startswith("/xac-minh"):
        return mark.table in BEFORE_THE_CODE
    if path.startswith(RESULTS_OUT):
        return mark.where == "decisions.number"
    return mark.where in UNIT_NAMES and bool(CHOOSING_A_UNIT.match(path))


# Who may learn that a thing is there at all, by its table: to everyone else its address answers as one that leads nowhere.
KNOWERS: dict[str, set[str]] = {
    "appointments": READERS,
    "data_requests": {OWNER, *READERS},  # an inspector reads people, and not what they ask
    "documents": {OWNER, *READERS},
    "entries": TEXT,
    "entry_additions": TEXT,
    "evaluations": {OWNER, *READERS},
    "evidence": TEXT,
    "jobs": {OFFICER, ADMINISTRATOR},
    "leaves": {OWNER, OFFICER},
    "members": {OWNER, *READERS, ADMINISTRATOR},
    "pledge_changes": TEXT,
    "pledges": TEXT,
    "push_subscriptions": {OWNER},
    "rating_meetings": READERS,
    "saved_comments": {OWNER},
    "second_looks": {OWNER, *READERS},
    "transfers": {OWNER, *READERS},
    "units": READERS,
    "uploads": {OFFICER},
}


def may_know(person: str | None, table: str, row: dict[str, Any], world: World) -> bool:
    """Whether the person may learn that a row of the world is there."""
    knowers = KNOWERS[table]
    if knowers == TEXT and str(entry_of(row).get("state", "")) == "draft":
        knowers = {OWNER}
    return bool(knowers & standing(person, world))
