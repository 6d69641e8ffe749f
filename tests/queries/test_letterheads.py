"""Letterheads: a unit's papers name it as it was on their day."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.documents import DocumentKind
from diary.domain.errors import NotFound
from diary.domain.units import UnitDraft
from diary.models.accounts import Appointment
from diary.models.base import db
from diary.models.units import Unit
from diary.queries.letterheads import issuer
from diary.services import units
from tests import year_end

BEFORE, RENAMED, AFTER = date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)


def rename(code, name, day=RENAMED, **facts):
    units.rename_unit(None, year_end.unit(code), UnitDraft(name, **facts), day)


def end_post(account_id, day):
    for row in db.session.execute(select(Appointment).where(Appointment.account_id == account_id)).scalars():
        row.to_day = day
    db.session.commit()


def test_a_paper_carries_the_names_of_its_day(session):
    rename("BV-NOI", "Chi đoàn Nội tổng hợp", symbol="CĐNTH")
    rename("BV", "Đoàn cơ sở Bệnh viện Trung tâm", symbol="ĐBV")
    old, new = (issuer(year_end.unit("BV-NOI"), day) for day in (BEFORE, AFTER))
    assert (old.superior, old.name) == ("Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội")
    assert (new.superior, new.name) == ("Đoàn cơ sở Bệnh viện Trung tâm", "Chi đoàn Nội tổng hợp")


def test_a_day_before_the_history_takes_the_first_names(session):
    rename("BV-NOI", "Chi đoàn Nội tổng hợp")
    assert issuer(year_end.unit("BV-NOI"), date(2012, 3, 1)).name == "Chi đoàn Khối Nội"


def test_break_marks_serve_the_name_they_were_set_for(session):
    rename("BV", "Đoàn cơ sở Bệnh viện Đa khoa", letterhead="Đoàn Bệnh viện | Đa khoa")
    assert issuer(year_end.unit("BV"), BEFORE).name == "Đoàn Bệnh viện | Đa khoa"
    rename("BV", "Đoàn cơ sở Bệnh viện Trung tâm", letterhead="Đoàn Bệnh viện | Trung tâm")
    assert issuer(year_end.unit("BV"), BEFORE).name == "Đoàn cơ sở Bệnh viện Đa khoa"
    assert issuer(year_end.unit("BV-NOI"), AFTER).superior == "Đoàn Bệnh viện | Trung tâm"


def test_a_moved_unit_stands_under_the_one_above_it_on_the_day(session):
    units.move_unit(None, year_end.unit("BV-NOI"), year_end.unit("KHOI"), RENAMED)
    assert issuer(year_end.unit("BV-NOI"), BEFORE).superior == "Đoàn cơ sở Bệnh viện Đa khoa"
    assert issuer(year_end.unit("BV-NOI"), AFTER).superior == "Đoàn Khối các cơ quan tỉnh"


def test_the_town_is_the_nearest_one_set_on_the_way_up(session):
    assert issuer(year_end.unit("BV-NOI"), AFTER).place == "Phước Châu"
    rename("BV", "Đoàn cơ sở Bệnh viện Đa khoa", town="Trà Lấp")
    assert issuer(year_end.unit("BV-NOI"), AFTER).place == "Trà Lấp"


def test_a_unit_without_symbol_is_named_by_its_code(session):
    rename("BV-NOI", "Chi đoàn Khối Nội")
    assert db.session.get(Unit, year_end.unit("BV-NOI")).symbol == ""
    assert str(issuer(year_end.unit("BV-NOI"), AFTER).letterhead(DocumentKind.PROPOSAL_LIST).number) == "......-DS/BV-NOI"


def test_the_secretary_signs_then_the_deputy_in_their_stead_then_nobody_known(session, cast):
    unit_id = year_end.unit("BV-NOI")
    assert issuer(unit_id, AFTER).signer.name == "Lâm Thanh Sang"
    assert issuer(unit_id, AFTER).signer.roles == ("TM. BAN CHẤP HÀNH", "BÍ THƯ")
    end_post(cast.secretary.account_id, BEFORE)
    assert issuer(unit_id, BEFORE).signer.name == "Lâm Thanh Sang"
    deputy = issuer(unit_id, AFTER).signer
    assert (deputy.name, deputy.roles[1:]) == ("Phan Thị Mỹ Duyên", ("KT. BÍ THƯ", "PHÓ BÍ THƯ"))
    end_post(cast.deputy.account_id, BEFORE)
    assert issuer(unit_id, AFTER).signer.name == ""


def test_a_mere_committee_member_does_not_sign(session, cast):
    end_post(cast.secretary.account_id, BEFORE)
    end_post(cast.deputy.account_id, BEFORE)
    db.session.add(
        Appointment(account_id=cast.member.account_id, unit_id=cast.member.unit_id, post=Post.COMMITTEE_MEMBER, from_day=date(2024, 1, 1))
    )
    db.session.commit()
    assert issuer(cast.member.unit_id, AFTER).signer.name == ""


def test_the_bloc_signs_by_its_standing_committee_and_asks_nobody_above(session):
    bloc = issuer(year_end.unit("KHOI"), AFTER)
    assert bloc.signer.roles[0] == "TM. BAN THƯỜNG VỤ" and bloc.superior == ""
    assert bloc.recipients == ("Lưu KHOI",)


def test_a_list_is_sent_to_the_committee_above_and_kept(session):
    assert issuer(year_end.unit("BV-NOI"), AFTER).recipients == ("BCH Đoàn cơ sở Bệnh viện Đa khoa (để xem xét)", "Lưu BV-NOI")
    assert issuer(year_end.unit("KB"), AFTER).recipients[0] == "BTV Đoàn Khối các cơ quan tỉnh (để xem xét)"


def test_a_unit_there_is_not_is_not_found(session):
    with pytest.raises(NotFound):
        issuer(999_999, AFTER)
