"""Reminders: what a person is reminded of, by which ways, and when they want quiet."""

from enum import StrEnum


class ReminderKind(StrEnum):
    WEEK_MISSING = "week_missing"  # to a member: nothing written this week
    PLEDGES_MISSING = "pledges_missing"  # to a member: no pledge while registering is open
    SELF_ASSESSMENT = "self_assessment"  # to a member: the year-end waits
    QUEUE_WAITING = "queue_waiting"  # to an officer: entries wait
    BRANCH_WEEK = "branch_week"  # to an officer: the week's exceptions in one digest
    RETURNED_WAITING = "returned_waiting"  # to a member: a returned entry waits


class PushState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
