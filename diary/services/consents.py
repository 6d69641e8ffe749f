"""Giving and withdrawing consent to one's data being kept."""

from sqlalchemy import select

from ..domain import consents as rules
from ..domain.actors import Actor
from ..domain.errors import NotAllowed, WrongMoment
from ..models.accounts import Consent
from ..models.base import db
from . import audit, clock
from .evaluation_steps import tell_officers
from .review_routing import review_unit
from .transaction import happening

NO_MEMBER = "Tài khoản này không gắn với đoàn viên nào nên không có gì để đồng ý."


@happening
def give_consent(actor: Actor, version: int) -> None:
    """The actor agrees to the words of `version`; agreed already, nothing changes. WrongMoment when the words have changed since,
    NotAllowed for an account that belongs to no member."""
    unit_id = _unit_of(actor)
    rules.check_version(version)
    if any(row.version == version for row in _open(actor)):
        return
    db.session.add(Consent(account_id=actor.account_id, version=version, given_at=clock.now()))
    audit.record(actor, "consent_give", "account", actor.account_id, unit_id, [f"version:{version}"])


@happening
def withdraw_consent(actor: Actor) -> None:
    """The actor agrees no longer. It is written down and their officers are told; nothing is blocked or erased by it. WrongMoment when
    there is nothing to withdraw."""
    unit_id, rows = _unit_of(actor), _open(actor)
    if not rows:
        raise WrongMoment("Bạn chưa đồng ý, hoặc đã rút lại rồi.")
    for row in rows:
        row.withdrawn_at = clock.now()
    assert actor.member_id is not None
    audit.record(actor, "consent_withdraw", "account", actor.account_id, unit_id, [f"version:{row.version}" for row in rows])
    units = (review_unit(actor.member_id, unit_id, clock.today()),)
    words = f"{actor.name} đã rút lại sự đồng ý cho lưu dữ liệu. Hãy gặp bạn ấy; đừng nhắc bạn ấy ghi bài."
    tell_officers(units, words, f"/doan-vien/{actor.member_id}")


def _unit_of(actor: Actor) -> int:
    if actor.member_id is None or actor.place is None:
        raise NotAllowed(NO_MEMBER)
    return actor.place.unit_id


def _open(actor: Actor) -> list[Consent]:
    mine = select(Consent).where(Consent.account_id == actor.account_id, Consent.withdrawn_at.is_(None))
    return list(db.session.execute(mine.order_by(Consent.id)).scalars())
