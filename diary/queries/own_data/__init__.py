"""Everything the program holds about the person who asks, and nothing of anybody else: for taking along."""

from dataclasses import dataclass
from typing import Any

from ...domain.actors import Actor
from ...domain.own_data import EVIDENCE_FOLDER, PAPERS_FOLDER, readable_names
from . import diary, person, year_end


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A stored file that goes along: its digest, and under which name."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class OwnData:
    """What an account holds about its person: the parts by name, the files they name, and the years that have a book."""

    name: str
    parts: dict[str, Any]
    files: tuple[OwnFile, ...] = ()
    years: tuple[int, ...] = ()


def own_data(actor: Actor) -> OwnData:
    """All of the actor's data, in some forty statements whatever there is of it. An account without a member has fewer parts."""
    parts: dict[str, Any] = {"account": person.account(actor)}
    files: tuple[OwnFile, ...] = ()
    if actor.member_id is not None:
        parts |= _of_member(actor.member_id)
        files = _name_files(parts)
    parts |= {
        "posts": person.posts(actor),
        "consents": person.consents(actor),
        "notices": person.notices(actor),
        "reminders": person.reminders(actor),
        "reminder_choices": person.reminder_choices(actor),
        "devices": person.devices(actor),
        "calendar": person.calendar(actor),
        "mails": person.mails(actor),
        "sessions": person.sessions(actor),
        "sign_ins": person.sign_ins(actor),
        "activity": person.activity(actor),
    }
    years = year_end.written_years(actor.member_id) if actor.member_id is not None else ()
    return OwnData(actor.name, parts, files, years)


def _of_member(member_id: int) -> dict[str, Any]:
    return {
        "profile": person.profile(member_id),
        "memberships": person.memberships(member_id),
        "transfers": person.transfers(member_id),
        "pledges": diary.pledges(member_id),
        "entries": diary.entries(member_id),
        "month_choices": diary.month_choices(member_id),
        "weeks": diary.weeks(member_id),
        "leaves": diary.leaves(member_id),
        "evaluations": year_end.evaluations(member_id),
        "attendances": year_end.attendances(member_id),
        "fees": year_end.fees(member_id),
        "trainings": year_end.trainings(member_id),
        "figures": year_end.figures(member_id),
        "documents": year_end.documents(member_id),
        "requests": person.requests(member_id),
        "nudges": person.nudges(member_id),
        "readings": person.readings(member_id),
    }


def _name_files(parts: dict[str, Any]) -> tuple[OwnFile, ...]:
    """Give each photo, file and document a name in the archive; its row then says that name, as `file`, beside the digest."""
    kept = [(EVIDENCE_FOLDER, f"{entry['happened_on']} {one['name']}", one) for entry in parts["entries"] for one in entry["evidence"]]
    kept += [(PAPERS_FOLDER, f"{one['title']} {one['symbol'].replace('/', '-')}.pdf", one) for one in parts["documents"]]
    names = readable_names((folder, name) for folder, name, _ in kept)
    for name, (_, _, one) in zip(names, kept, strict=True):
        one["file"] = name
    return tuple(OwnFile(one["sha256"], one["file"]) for _, _, one in kept)
