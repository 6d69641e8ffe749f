"""`appoint`: the first officers of a new bloc are named from the machine itself."""

from sqlalchemy import select

from diary.domain.actors import Post
from diary.models.accounts import Appointment
from diary.models.base import db


def test_a_member_is_given_a_post_in_the_bloc(app, cast):
    answer = app.test_cli_runner().invoke(args=["appoint", "member", "committee_member"])
    assert answer.exit_code == 0, answer.output
    with app.app_context():
        held = db.session.execute(select(Appointment).where(Appointment.account_id == cast.member.account_id)).scalars().one()
        assert (held.post, held.unit_id) == (Post.COMMITTEE_MEMBER, cast.units["KHOI"])


def test_an_unknown_name_or_unit_is_told(app, cast):
    for args in (["khong-ai", "secretary"], ["member", "secretary", "--unit", "KHONG-CO"]):
        answer = app.test_cli_runner().invoke(args=["appoint", *args])
        assert answer.exit_code == 1 and "Không có" in answer.output
