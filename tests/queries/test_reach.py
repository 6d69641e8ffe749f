"""How far posts reach in a query, held equal to what `may` says of every single unit."""

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.permissions import Action, Subject, may
from diary.domain.units import Place
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.units import Unit
from diary.queries.reach import units_within
from tests import factories


@pytest.fixture
def more_posts(session, cast):
    """A committee member of the base and one of a branch; two posts in one hand."""
    for name, code, post in (
        ("member", "BV", Post.COMMITTEE_MEMBER),
        ("member2", "BV-NOI", Post.COMMITTEE_MEMBER),
        ("stranger", "BV", Post.DEPUTY_SECRETARY),
        ("stranger", "KB", Post.SECRETARY),
    ):
        account = db.session.get_one(Account, getattr(cast, name).account_id)
        factories.appoint(account, db.session.get_one(Unit, cast.units[code]), post)
    db.session.commit()


@pytest.mark.parametrize("action", [Action.MEMBER_READ, Action.MEMBER_EDIT, Action.UNIT_READ, Action.UNIT_EDIT])
@pytest.mark.parametrize("who", [*factories.CAST, "administrator"])
def test_a_query_reaches_exactly_the_units_that_may_be_acted_on(actor, more_posts, who, action):
    one = actor(who)
    units = [tuple(row) for row in db.session.execute(select(Unit.id, Unit.path))]
    reached = set(db.session.execute(select(Unit.id).where(units_within(one, action))).scalars())
    assert reached == {unit_id for unit_id, path in units if may(one, action, Subject(Place(unit_id, path)))}


def test_the_program_itself_reaches_everything(session):
    assert units_within(None, Action.MEMBER_READ) is None
