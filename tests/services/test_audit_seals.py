"""Sealed audit lines: what is sealed when, and that whoever changes the tables past the triggers is found out, with the block named."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, func, select, text

from diary.domain.audit_seals import LINES_A_BLOCK, MARGIN
from diary.models.audit import AuditBlock, AuditDetail, AuditLine
from diary.models.base import db
from diary.queries.audit_seals import check_seals
from diary.services import audit, clock
from diary.services.audit_seals import seal

SOON = timedelta(seconds=1)


@pytest.fixture
def write(session, actor):
    """write(3) adds three lines with their details."""

    def lines(number):
        who = replace(actor("secretary"), address="203.0.113.7")
        audit.record_all(who, "unit_edit", [audit.About("unit", n, fields=["name", n]) for n in range(number)])
        session.commit()

    return lines


@pytest.fixture
def sealed(write):
    """Three blocks of three lines."""
    for _ in range(3):
        write(3)
        seal(clock.now() + SOON, timedelta())
    assert check().fault == "" and check().blocks == 3


def check(kept=None):
    return check_seals(clock.now(), kept)


def hack(*statements):
    """Change the tables as someone with the database in hand would: triggers and keys out of the way."""
    db.session.rollback()
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            names = [row[0] for row in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'")]
            for statement in ("PRAGMA foreign_keys=OFF", *(f"DROP TRIGGER {name}" for name in names), *statements):
                driver.execute(statement)
            driver.execute("PRAGMA foreign_keys=ON")
        else:
            driver.execute("SET session_replication_role = replica")
            for statement in statements:
                driver.execute(statement)
            driver.commit()
            driver.execute("SET session_replication_role = origin")
            driver.commit()


OF_BLOCK_2 = "(SELECT id FROM audit_lines WHERE block = 2 ORDER BY id LIMIT 1 OFFSET 1)"


def test_lines_are_sealed_only_once_they_are_older_than_any_transaction(write, time):
    write(2)
    assert seal(clock.now()) == 0 and check().unsealed == 2
    time.shift(MARGIN + SOON)
    write(1)
    assert seal(clock.now()) == 1
    found = check()
    assert (found.blocks, found.lines, found.unsealed, found.fault) == (1, 2, 1, "")


def test_many_lines_make_several_blocks_each_bound_to_the_one_before(write, time, session):
    write(2 * LINES_A_BLOCK + 1)
    time.shift(MARGIN + SOON)
    assert seal(clock.now()) == 3
    rows = session.execute(select(AuditBlock.line_count, AuditBlock.previous_hash, AuditBlock.hash).order_by(AuditBlock.number)).all()
    assert [row.line_count for row in rows] == [LINES_A_BLOCK, LINES_A_BLOCK, 1]
    assert [row.previous_hash for row in rows] == ["0" * 64, rows[0].hash, rows[1].hash]
    assert check().fault == "" and seal(clock.now()) == 0


def test_a_line_whose_id_and_moment_cross_is_not_left_behind_a_sealed_one(write, session, time):
    write(3)
    now, zone = clock.now(), "+00" if db.engine.dialect.name == "postgresql" else ""
    first, second, third = session.execute(select(AuditLine.id).order_by(AuditLine.id)).scalars()
    moments = {first: now - timedelta(hours=1), second: now, third: now - timedelta(seconds=1)}
    hack(*(f"UPDATE audit_lines SET at = '{at:%Y-%m-%d %H:%M:%S.%f}{zone}' WHERE id = '{key(line)}'" for line, at in moments.items()))
    assert seal(now, timedelta()) == 1 and check().lines == 1
    assert seal(now + SOON, timedelta()) == 1
    assert check().lines == 3 and check().fault == ""


def test_nothing_written_is_nothing_to_complain_of(session):
    assert check().fault == "" and check().newest is None and seal(clock.now()) == 0


TAMPERED = {
    "a line altered": ("UPDATE audit_lines SET action = 'unit_add' WHERE id = " + OF_BLOCK_2, "khối 2 có dòng bị sửa"),
    "whose deed it was altered": ("UPDATE audit_lines SET account_id = NULL WHERE id = " + OF_BLOCK_2, "khối 2 có dòng bị sửa"),
    "a line deleted": ("DELETE FROM audit_lines WHERE id = " + OF_BLOCK_2, "khối 2 bị bớt dòng: có 2 dòng, lúc niêm phong có 3"),
    "a line moved to another block": ("UPDATE audit_lines SET block = 1 WHERE id = " + OF_BLOCK_2, "khối 1 bị chèn thêm dòng"),
    "a line taken out of its block": ("UPDATE audit_lines SET block = NULL WHERE id = " + OF_BLOCK_2, "khối 2 bị bớt dòng"),
    "the newest block deleted": ("DELETE FROM audit_blocks WHERE number = 3", "thiếu khối 3"),
    "a middle block deleted": ("DELETE FROM audit_blocks WHERE number = 2", "thiếu khối 2"),
    "a block's hash altered": ("UPDATE audit_blocks SET hash = previous_hash WHERE number = 2", "khối 2 có dòng bị sửa"),
    "a block's moment altered": ("UPDATE audit_blocks SET sealed_at = '2020-01-01 00:00:00' WHERE number = 2", "khối 2 có dòng bị sửa"),
    "a block's bond altered": ("UPDATE audit_blocks SET previous_hash = hash WHERE number = 3", "khối 3 không nối tiếp khối 2"),
    "personal details altered": ("UPDATE audit_details SET salt = 'x' WHERE line_id = " + OF_BLOCK_2, "khối 2: thông tin kèm theo dòng"),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_changes_the_tables_is_found_out_with_the_block_named(sealed, how):
    statement, words = TAMPERED[how]
    hack(statement)
    assert words in check().fault


def inserted(session, block):
    """A copy of a line of block 2 under an id of its own that stands right after it."""
    facts = session.execute(select(AuditLine).where(AuditLine.block == 2).order_by(AuditLine.id)).scalars().first()
    hidden = facts.id.hex[:-1] + ("0" if facts.id.hex[-1] != "0" else "1")
    columns = "account_id, at, action, subject, subject_id, unit_id, owner_id, fields, details_hash"
    same = f"SELECT '{hidden}', {block}, {columns} FROM audit_lines WHERE id = '{key(facts.id)}'"
    if db.engine.dialect.name == "postgresql":
        same = same.replace(f"'{hidden}'", f"'{hidden}'::uuid").replace("NULL,", "NULL::integer,")
    return f"INSERT INTO audit_lines (id, block, {columns}) {same}"


def key(line_id):
    return line_id.hex if db.engine.dialect.name == "sqlite" else str(line_id)


def test_a_line_put_into_a_sealed_block_is_found(sealed, session):
    hack(inserted(session, 2))
    assert "khối 2 bị chèn thêm dòng: có 4 dòng, lúc niêm phong có 3" in check().fault


def test_a_line_put_among_older_ones_is_never_sealed_and_is_found(sealed, session, write):
    hack(inserted(session, "NULL"))
    write(1)
    assert seal(clock.now() + SOON, timedelta()) == 1
    assert "không thuộc khối nào" in check().fault and "được chèn sau khi niêm phong" in check().fault


def test_a_log_made_anew_from_some_block_on_is_told_by_a_hash_kept_elsewhere(sealed, session):
    third = session.execute(select(AuditBlock.hash).where(AuditBlock.number == 3)).scalar_one()
    assert check({3: third}).fault == ""
    hack(
        "DELETE FROM audit_details WHERE line_id IN (SELECT id FROM audit_lines WHERE block = 3)",
        "DELETE FROM audit_lines WHERE block = 3",
        "DELETE FROM audit_blocks WHERE number = 3",
    )
    assert check().fault == ""
    assert "khối 3 đã ghi lại trước đây nay không còn" in check({3: third}).fault
    audit.record(None, "install", "unit", 1)
    session.commit()
    seal(clock.now() + SOON, timedelta())
    assert "khối 3 không còn là khối đã ghi lại" in check({3: third}).fault


def test_erased_details_leave_the_blocks_whole(sealed, session):
    session.execute(delete(AuditDetail))
    session.commit()
    assert check().fault == "" and session.execute(select(func.count()).select_from(AuditDetail)).scalar_one() == 0


def test_lines_that_nobody_seals_for_a_day_are_told_of(write, time):
    write(1)
    time.shift(timedelta(hours=23))
    assert check().fault == ""
    time.shift(timedelta(hours=2))
    assert "hơn một ngày chưa được niêm phong" in check().fault


def test_the_first_of_several_faults_is_told(sealed):
    hack("DELETE FROM audit_blocks WHERE number = 3", "UPDATE audit_lines SET action = 'x' WHERE block = 1")
    assert check().fault.startswith("khối 1 ") and check().blocks == 0


def test_what_a_hash_covers_is_every_column_of_a_line_but_its_block():
    from dataclasses import fields

    from diary.domain.audit_seals import SealedLine

    assert {field.name for field in fields(SealedLine)} == {column.name for column in AuditLine.__table__.columns} - {"block"}


def test_details_are_hashed_with_their_salt(write, session):
    write(1)
    salt, body, kept = session.execute(
        select(AuditDetail.salt, AuditDetail.body, AuditLine.details_hash).join(AuditLine, AuditLine.id == AuditDetail.line_id)
    ).one()
    assert len(salt) == 32 and body == {"address": "203.0.113.7"} and len(kept) == 64
    assert json.dumps(body) not in kept and session.execute(text("SELECT count(*) FROM audit_details")).scalar() == 1


def test_two_who_seal_at_once_make_no_block_twice(app, write, session):
    write(5 * 40)
    session.close()
    now, began, refused = clock.now() + SOON, Barrier(3, timeout=60), []

    def sealing():
        with app.app_context():
            began.wait()
            try:
                seal(now, timedelta())
            except Exception as error:
                refused.append(error)

    threads = [Thread(target=sealing) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert (check().lines, check().unsealed, check().fault) == (200, 0, "")
