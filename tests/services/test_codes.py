"""One-time codes: who may hand one out to whom, and that nothing keeps them readable."""

import pytest
from sqlalchemy import select, update

from diary.domain.actors import Post
from diary.domain.errors import NotAllowed, NotFound, WrongMoment
from diary.models.accounts import Account, SecondFactor
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.notices import Notice
from diary.models.units import Unit
from diary.services import accounts, codes
from diary.services.accounts import Caller
from tests import factories

KEY = "a key for the one-time codes of tests"


def account(account_id):
    db.session.expire_all()
    return db.session.get_one(Account, account_id)


@pytest.mark.parametrize("who", ["secretary", "deputy", "base_secretary", "bloc_secretary", "administrator"])
def test_officers_and_the_administrator_issue_a_code_that_opens_the_account_once(actor, cast, who):
    issued = codes.issue_code(actor(who), cast.member.member_id, KEY)
    assert (issued.username, issued.name, issued.unit.branch) == ("member", "Thạch Thị Sa Rinh", "Chi đoàn Khối Nội")
    assert issued.code.replace("-", "") not in account(cast.member.account_id).code_hash
    assert accounts.activate("member", issued.code, "mot-mat-khau", "mot-mat-khau", Caller("::1"), KEY)
    assert account(cast.member.account_id).code_hash == ""


@pytest.mark.parametrize(
    ("who", "error"), [("member2", NotFound), ("other_secretary", NotFound), ("inspector", NotAllowed), ("stranger", NotFound)]
)
def test_others_issue_none(actor, cast, who, error):
    with pytest.raises(error):
        codes.issue_code(actor(who), cast.member.member_id, KEY)
    assert account(cast.member.account_id).code_hash == ""


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("deputy", "secretary"),
        ("secretary", "deputy"),
        ("lone_secretary", "bloc_secretary"),
        ("base_secretary", "base_secretary"),
        ("bloc_secretary", "bloc_secretary"),
        ("lone_secretary", "inspector"),
    ],
)
def test_nobody_gets_a_code_for_their_own_account_or_that_of_an_officer_whose_post_they_could_not_give(actor, cast, who, whose):
    with pytest.raises(NotAllowed):
        codes.issue_code(actor(who), getattr(cast, whose).member_id, KEY)


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        ("base_secretary", "deputy"),
        ("bloc_secretary", "base_secretary"),
        ("bloc_deputy", "bloc_secretary"),
        ("administrator", "bloc_secretary"),
    ],
)
def test_the_unit_above_and_the_administrator_issue_codes_to_officers(actor, cast, who, whose):
    assert codes.issue_code(actor(who), getattr(cast, whose).member_id, KEY).username == whose


def test_no_officer_opens_the_account_of_an_administrator(actor, cast):
    factories.appoint(account(cast.member.account_id), db.session.get_one(Unit, cast.units["KHOI"]), Post.ADMINISTRATOR)
    db.session.commit()
    with pytest.raises(NotAllowed):
        codes.issue_code(actor("bloc_secretary"), cast.member.member_id, KEY)
    assert codes.issue_code(actor("administrator"), cast.member.member_id, KEY)


def test_a_new_code_replaces_the_one_before_and_its_holder_is_told(actor, cast):
    first, second = (codes.issue_code(actor("secretary"), cast.member.member_id, KEY) for _ in range(2))
    assert (
        accounts.hash_code(second.code, "member", KEY)
        == account(cast.member.account_id).code_hash
        != accounts.hash_code(first.code, "member", KEY)
    )
    told = db.session.execute(select(Notice.text).where(Notice.account_id == cast.member.account_id)).scalars().all()
    assert len(told) == 2 and first.code not in told[0]
    lines = db.session.execute(select(AuditLine.fields).where(AuditLine.action == "code_issue")).scalars().all()
    assert lines == [[], []]


def test_a_new_code_forgives_the_mistyped_ones(actor, cast):
    db.session.execute(update(Account).where(Account.id == cast.member.account_id).values(code_tries=5))
    db.session.commit()
    codes.issue_code(actor("secretary"), cast.member.member_id, KEY)
    assert account(cast.member.account_id).code_tries == 0


def test_without_a_key_no_code_is_made(actor, cast):
    with pytest.raises(WrongMoment, match="khóa bí mật"):
        codes.issue_code(actor("secretary"), cast.member.member_id, "")


def test_first_codes_go_to_who_has_no_password_yet_within_reach_and_never_to_stronger_accounts(actor, cast):
    db.session.execute(update(Account).where(Account.username == "member2").values(password_hash="x"))
    db.session.commit()
    everyone = [getattr(cast, name).member_id for name in factories.CAST]
    issued = codes.issue_first_codes(actor("secretary"), everyone, KEY)
    assert {one.username for one in issued} == {"member", "new_member"}
    issued = codes.issue_first_codes(actor("base_secretary"), everyone, KEY)
    assert {one.username for one in issued} == {"member", "new_member", "secretary", "deputy", "other_secretary"}
    assert codes.issue_first_codes(actor("member"), everyone, KEY) == ()


def test_an_administrator_gives_another_administrator_a_code_and_nobody_else_does(session, actor, cast):
    session.add(Account(username="quantri2", name="Quản trị hệ thống", password_hash="x"))
    session.commit()
    issued = codes.issue_administrator_code(actor("administrator"), "QuanTri2", KEY)
    assert accounts.activate("quantri2", issued.code, "mot-mat-khau", "mot-mat-khau", Caller("::1"), KEY)
    for who in ("bloc_secretary", "member", "inspector"):
        with pytest.raises(NotAllowed):
            codes.issue_administrator_code(actor(who), "quantri2", KEY)
    for username, error in (("administrator", NotAllowed), ("member", NotAllowed), ("khong-co-ai", NotFound)):
        with pytest.raises(error):
            codes.issue_administrator_code(actor("administrator"), username, KEY)


def test_the_operator_makes_a_code_for_any_open_account_and_takes_a_lost_factor_away_only_when_asked(session, cast):
    account_id = cast.administrator.account_id
    session.add(SecondFactor(account_id=account_id, secret="JBSWY3DPEHPK3PXP", confirmed_at=accounts.clock.now()))
    session.commit()
    issued = codes.issue_operator_code("administrator", KEY)
    assert accounts.activate("administrator", issued.code, "mot-mat-khau", "mot-mat-khau", Caller("::1"), KEY).needs_code
    issued = codes.issue_operator_code("administrator", KEY, clear_factor=True)
    assert not accounts.activate("administrator", issued.code, "mot-mat-khau", "mot-mat-khau", Caller("::1"), KEY).needs_code
    told = session.execute(select(AuditLine.action).where(AuditLine.subject_id == str(account_id))).scalars().all()
    assert told.count("code_issue") == 2 and told.count("second_factor_clear") == 1
    account(account_id).closed_at = accounts.clock.now()
    session.commit()
    for name, key, error in (("administrator", KEY, WrongMoment), ("khong-co-ai", KEY, NotFound), ("member", "", WrongMoment)):
        with pytest.raises(error):
            codes.issue_operator_code(name, key)
