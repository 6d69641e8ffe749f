"""Who may read a paper and who may issue it, by its kind: the one place where papers are tied to rights."""

from collections.abc import Mapping
from dataclasses import dataclass

from .actors import Actor
from .documents import DocumentKind
from .errors import NotAllowed
from .permissions import Action, Subject, may, require


@dataclass(frozen=True, slots=True)
class Rights:
    """What one must be allowed to do to what a paper is about: to read it, and to issue it, issue it again or withdraw it."""

    reads: Action
    issues: Action


_OF_THE_UNIT = Rights(Action.EVALUATION_READ, Action.EVALUATION_PROPOSE)  # its own secretary and deputies sign it
RIGHTS: Mapping[DocumentKind, Rights] = {
    DocumentKind.EVALUATION_SHEET: _OF_THE_UNIT,
    DocumentKind.YEAR_BOOK: _OF_THE_UNIT,
    DocumentKind.PROPOSAL_LIST: _OF_THE_UNIT,
    DocumentKind.MINUTES: _OF_THE_UNIT,
    DocumentKind.REGISTRATION: Rights(Action.PLEDGE_READ, Action.PLEDGE_REVIEW),
    DocumentKind.BASE_LIST: _OF_THE_UNIT,
    DocumentKind.PETITION: _OF_THE_UNIT,
    DocumentKind.DECISION: Rights(Action.EVALUATION_READ, Action.EVALUATION_DECIDE),
}
OF_PLEDGES = tuple(kind for kind, rights in RIGHTS.items() if rights.reads is Action.PLEDGE_READ)
"""The kinds that hold what a member promised: for the member and the officers of the branch alone."""


def require_reading(actor: Actor, kind: DocumentKind, subject: Subject) -> None:
    """Refuse with NotFound who may not read a paper of `kind` about `subject`."""
    require(actor, RIGHTS[kind].reads, subject)


def may_issue(actor: Actor, kind: DocumentKind, subject: Subject) -> bool:
    """Whether `actor` may issue a paper of `kind` about `subject`, moments aside."""
    return may(actor, RIGHTS[kind].issues, subject)


def require_issuing(actor: Actor, kind: DocumentKind, subject: Subject) -> None:
    """Refuse with NotFound who may not read the paper, with NotAllowed who may read but not issue it."""
    require_reading(actor, kind, subject)
    if not may_issue(actor, kind, subject):
        raise NotAllowed()
