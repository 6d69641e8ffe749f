"""Who the person is to the program: account, profile, posts, what was told to them, who signed in, who read."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ...domain.actors import Actor
from ...models.accounts import Account, Appointment, Consent, SecondFactor, SignInAttempt, SignInSession
from ...models.audit import AuditDetail, AuditLine
from ...models.data_requests import DataRequest
from ...models.mails import Mail
from ...models.members import Member, Membership
from ...models.notices import Notice, Nudge
from ...models.reminders import CalendarFeed, PushSubscription, Reminder, ReminderChoice
from ...models.transfers import Transfer
from ...models.units import Unit
from .rows import Part, row, rows


def account(actor: Actor) -> dict[str, Any]:
    """The account itself; never a hash of a password or code."""
    columns = (Account.username, Account.name, Account.theme, Account.code_expires_at)
    query = select(*columns, (Account.password_hash != "").label("activated"), SecondFactor.confirmed_at.label("second_factor_since"))
    query = query.outerjoin(SecondFactor, SecondFactor.account_id == Account.id)
    return row(query.where(Account.id == actor.account_id)) or {}


def profile(member_id: int) -> dict[str, Any]:
    """What the books say of the member."""
    columns = (
        Member.family_name, Member.given_name, Member.born_on, Member.birth_year, Member.gender, Member.ethnicity,
        Member.joined_union_on, Member.phone, Member.email, Member.job, Member.party_member, Member.standing, Unit.name.label("unit"),
    )  # fmt: skip
    return row(select(*columns).join(Unit, Unit.id == Member.unit_id).where(Member.id == member_id)) or {}


def memberships(member_id: int) -> Part:
    """Where they belonged, from when to when."""
    query = select(Unit.name.label("unit"), Membership.from_day, Membership.to_day).join(Unit, Unit.id == Membership.unit_id)
    return rows(query.where(Membership.member_id == member_id).order_by(Membership.id))


def posts(actor: Actor) -> Part:
    """The posts they held and hold, with what the one before left for them."""
    columns = (Appointment.post, Unit.name.label("unit"), Appointment.from_day, Appointment.to_day, Appointment.handover_note)
    query = select(*columns).join(Unit, Unit.id == Appointment.unit_id).where(Appointment.account_id == actor.account_id)
    return rows(query.order_by(Appointment.from_day, Appointment.id))


def transfers(member_id: int) -> Part:
    """Their transfers, with what the unit they left said of them."""
    before, after = aliased(Unit), aliased(Unit)
    columns = (
        before.name.label("from_unit"), after.name.label("to_unit"), Transfer.state, Transfer.comment, Transfer.asked_at,
        Transfer.answered_at, Transfer.answer, Transfer.moved_on,
    )  # fmt: skip
    query = select(*columns).join(before, before.id == Transfer.from_unit_id).join(after, after.id == Transfer.to_unit_id)
    return rows(query.where(Transfer.member_id == member_id).order_by(Transfer.asked_at, Transfer.id))


def consents(actor: Actor) -> Part:
    """What they agreed to, and what they took back."""
    query = select(Consent.version, Consent.given_at, Consent.withdrawn_at).where(Consent.account_id == actor.account_id)
    return rows(query.order_by(Consent.id))


def requests(member_id: int) -> Part:
    """What they asked about their data, and what was answered."""
    columns = (DataRequest.kind, DataRequest.words, DataRequest.state, DataRequest.asked_at, DataRequest.answered_at, DataRequest.answer)
    return rows(select(*columns).where(DataRequest.member_id == member_id).order_by(DataRequest.asked_at, DataRequest.id))


def notices(actor: Actor) -> Part:
    """What the program told them."""
    query = select(Notice.at, Notice.text, Notice.link, Notice.read_at).where(Notice.account_id == actor.account_id)
    return rows(query.order_by(Notice.at, Notice.id))


def nudges(member_id: int) -> Part:
    """The days somebody reminded them."""
    return rows(select(Nudge.day).where(Nudge.member_id == member_id).order_by(Nudge.day))


def reminders(actor: Actor) -> Part:
    """What the program reminded them of, and in which week or window."""
    query = select(Reminder.kind, Reminder.period, Reminder.planned_at).where(Reminder.account_id == actor.account_id)
    return rows(query.order_by(Reminder.planned_at, Reminder.kind))


def reminder_choices(actor: Actor) -> Part:
    """How they want to be reminded, where they ever said so."""
    ways = (ReminderChoice.by_notice, ReminderChoice.by_mail, ReminderChoice.by_push)
    hours = (ReminderChoice.weekday, ReminderChoice.hour, ReminderChoice.quiet_from, ReminderChoice.quiet_to)
    return rows(select(*ways, *hours).where(ReminderChoice.account_id == actor.account_id))


def devices(actor: Actor) -> Part:
    """The browsers that show them reminders; the addresses and keys of those are their makers' and stay here."""
    query = select(PushSubscription.device.label("name"), PushSubscription.made_at).where(PushSubscription.account_id == actor.account_id)
    return rows(query.order_by(PushSubscription.made_at, PushSubscription.id))


def calendar(actor: Actor) -> Part:
    """That their calendar program may read the year's dates, since when; the address is known to them alone."""
    return rows(select(CalendarFeed.made_at, CalendarFeed.weekly).where(CalendarFeed.account_id == actor.account_id))


def mails(actor: Actor) -> Part:
    """The mail sent to them; its words are not kept, and one that still waits may hold a one-time code."""
    query = select(Mail.address, Mail.subject, Mail.state, Mail.made_at, Mail.sent_at).where(Mail.account_id == actor.account_id)
    return rows(query.order_by(Mail.made_at, Mail.id))


def readings(member_id: int) -> Part:
    """Each time somebody else was shown their diary: who, when, and of which entry or book."""
    columns = (AuditLine.at, func.coalesce(Account.name, "").label("by"), AuditLine.subject, AuditLine.subject_id, AuditLine.fields)
    query = select(*columns).outerjoin(Account, Account.id == AuditLine.account_id).where(AuditLine.owner_id == member_id)
    return rows(query.order_by(AuditLine.at, AuditLine.id))


def sessions(actor: Actor) -> Part:
    """The browsers that are signed in as them."""
    columns = (SignInSession.created_at, SignInSession.seen_at, SignInSession.expires_at, SignInSession.address, SignInSession.browser)
    return rows(select(*columns).where(SignInSession.account_id == actor.account_id).order_by(SignInSession.created_at))


def sign_ins(actor: Actor) -> Part:
    """The tries to sign in under their name that are still kept."""
    query = select(SignInAttempt.at, SignInAttempt.address, SignInAttempt.succeeded).where(SignInAttempt.subject == actor.username)
    return rows(query.order_by(SignInAttempt.at, SignInAttempt.id))


def activity(actor: Actor) -> Part:
    """What they did, as the audit lines tell it: names of fields and states, never words; with the address it came from."""
    columns = (AuditLine.at, AuditLine.action, AuditLine.subject, AuditLine.subject_id, AuditLine.fields, AuditDetail.body)
    query = select(*columns).outerjoin(AuditDetail, AuditDetail.line_id == AuditLine.id).where(AuditLine.account_id == actor.account_id)
    found = rows(query.order_by(AuditLine.id))
    return [{**{k: v for k, v in one.items() if k != "body"}, "address": (one["body"] or {}).get("address", "")} for one in found]
