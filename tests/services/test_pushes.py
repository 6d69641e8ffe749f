"""Which browser takes pushes for whom, and what waits for it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from diary.domain.errors import BadInput, NotFound
from diary.domain.pushes import MOST_DEVICES, Address
from diary.models.accounts import Account
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.reminders import Push, PushSubscription
from diary.services import accounts, clock, pushes
from diary.services.accounts import Caller
from diary.services.pushes import Words
from tests.counting import counted
from tests.pushes import Browser

HERE = Caller("203.0.113.9", "Chrome")


@pytest.fixture
def subscribe(session, actor):
    """subscribe("member", endpoint) lets a browser of that address take pushes for them; the id of its row."""

    def make(name="member", endpoint="https://push.example/1", session_hash="h"):
        return pushes.subscribe(actor(name), Browser(endpoint).address, "Chrome trên Android", session_hash)

    return make


def devices(account_id=None):
    db.session.rollback()
    found = select(PushSubscription.endpoint).order_by(PushSubscription.endpoint)
    return list(db.session.execute(found.where(PushSubscription.account_id == account_id) if account_id else found).scalars())


def waiting():
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(Push)).scalar_one()


def test_each_browser_of_a_person_gets_what_they_are_told(subscribe, cast):
    subscribe(), subscribe(endpoint="https://push.example/2"), subscribe("member2", "https://push.example/3")
    assert pushes.push_to(cast.member.account_id, "Tuần này bạn chưa ghi.", "/nhat-ky/moi", clock.now()) == 2
    assert pushes.push_to(cast.secretary.account_id, "Có bài chờ duyệt.", "/duyet", clock.now()) == 0
    due = pushes.take_due()
    assert (due.words, due.link) == ("Tuần này bạn chưa ghi.", "/nhat-ky/moi")
    assert due.address.endpoint in {"https://push.example/1", "https://push.example/2"}


def test_however_many_are_told_takes_the_same_statements(subscribe, cast, app):
    for name in ("member", "member2", "secretary"):
        subscribe(name, f"https://push.example/{name}")
    told = [Words(getattr(cast, name).account_id, "Nhắc.", "/", clock.now()) for name in ("member", "member2", "secretary")]
    with counted(app) as one:
        pushes.push_all(told[:1])
    with counted(app) as three:
        pushes.push_all(told)
    assert len(one) == len(three) and waiting() == 4


def test_nothing_goes_before_its_moment(subscribe, cast, time):
    subscribe()
    pushes.push_to(cast.member.account_id, "Nhắc.", "/", clock.now() + timedelta(hours=9))
    assert not pushes.is_any_due() and pushes.take_due() is None
    time.shift(timedelta(hours=9))
    assert pushes.is_any_due() and pushes.take_due() is not None


def test_a_shared_phone_belongs_to_who_switched_it_on_last_and_what_waited_for_the_other_is_gone(subscribe, cast):
    subscribe("member")
    pushes.push_to(cast.member.account_id, "Nhắc.", "/", clock.now())
    subscribe("member2")
    assert devices(cast.member.account_id) == [] and devices(cast.member2.account_id) == ["https://push.example/1"]
    assert waiting() == 0


def test_switching_on_twice_is_once_and_the_keys_are_the_newest(subscribe, session):
    first = subscribe()
    assert subscribe() == first and len(devices()) == 1
    lines = select(func.count()).select_from(AuditLine).where(AuditLine.action == "push_on")
    assert session.execute(lines).scalar_one() == 1


def test_the_oldest_of_too_many_browsers_goes(subscribe, time):
    for number in range(MOST_DEVICES + 1):
        subscribe(endpoint=f"https://push.example/{number:02}")
        time.shift(timedelta(minutes=1))
    assert len(devices()) == MOST_DEVICES and "https://push.example/00" not in devices()


def test_only_its_owner_switches_a_browser_off(subscribe, actor):
    mine = subscribe()
    with pytest.raises(NotFound):
        pushes.unsubscribe(actor("member2"), mine)
    pushes.unsubscribe(actor("member"), mine)
    assert devices() == []
    with pytest.raises(NotFound):
        pushes.unsubscribe(actor("member"), mine)


def signed_in(name, session):
    account = session.execute(select(Account).where(Account.username == name)).scalars().one()
    return accounts.open_session(account.id, name, HERE)


def test_signing_out_ends_pushes_to_that_browser_and_to_no_other(subscribe, actor, cast, session):
    token, other = signed_in(cast.member.username, session), signed_in(cast.member.username, session)
    subscribe(endpoint="https://push.example/here", session_hash=accounts.hash_token(token))
    subscribe(endpoint="https://push.example/there", session_hash=accounts.hash_token(other))
    accounts.sign_out(actor("member"), token)
    assert devices() == ["https://push.example/there"]


def test_signing_out_elsewhere_leaves_this_browser_only(subscribe, actor, cast, session):
    token = signed_in(cast.member.username, session)
    subscribe(endpoint="https://push.example/here", session_hash=accounts.hash_token(token))
    subscribe(endpoint="https://push.example/lost")
    subscribe("member2", "https://push.example/hers")
    accounts.sign_out_elsewhere(actor("member"), token)
    assert devices() == ["https://push.example/here", "https://push.example/hers"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example/1"}, {"endpoint": "https://an@push.example/1"}, {"endpoint": "https:///1"},
        {"endpoint": "https://push.example/" + "a" * 500}, {"endpoint": "https://push.example:0/1"},
        {"endpoint": "https://push.example/a b"}, {"endpoint": "https://" + "a" * 64 + ".example/1"},
        {"endpoint": "https://[::1/1"}, {"p256dh": "AAAA"}, {"auth": "AAAA"}, {"auth": "****"}, {"p256dh": "A" * 87},
    ],
)  # fmt: skip
def test_what_no_browser_gives_is_refused(wrong, session, actor):
    good = Browser().address
    facts = {"endpoint": good.endpoint, "p256dh": good.p256dh, "auth": good.auth, **wrong}
    with pytest.raises(BadInput):
        pushes.subscribe(actor("member"), Address(**facts), "Chrome", "h")
    assert devices() == []
