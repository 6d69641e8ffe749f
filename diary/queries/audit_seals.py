"""Reads about sealed audit lines: what waits to be sealed, and whether everything that was sealed is still as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, select

from ..domain.audit_seals import FIRST, UNSEALED_FOR, SealedLine, block_hash, details_hash
from ..models.audit import AuditBlock, AuditDetail, AuditLine
from ..models.base import db, run

_LINE = (
    AuditLine.id, AuditLine.at, AuditLine.account_id, AuditLine.action, AuditLine.subject, AuditLine.subject_id, AuditLine.unit_id,
    AuditLine.owner_id, AuditLine.fields, AuditLine.details_hash,
)  # fmt: skip
_A_LOT = 1000
NOBODY_SEALS = "có dòng hơn một ngày chưa được niêm phong"


@dataclass(frozen=True, slots=True)
class Block:
    """A sealed block; `last_id` is the newest of its lines."""

    number: int
    line_count: int
    previous_hash: str
    hash: str
    sealed_at: datetime
    last_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SealCheck:
    """What going over all blocks found. `fault` names in words the first thing that does not hold, "" where everything does."""

    blocks: int
    lines: int
    unsealed: int
    newest: Block | None
    fault: str = ""


class _Fault(Exception):
    """Something that does not hold, in words."""


def newest_block() -> Block | None:
    """The block sealed last; None before the first."""
    row = db.session.execute(_blocks().order_by(AuditBlock.number.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    last = select(AuditLine.id).where(AuditLine.block == row.number).order_by(AuditLine.id.desc()).limit(1)
    return replace(Block(*row), last_id=db.session.execute(last).scalar())


def lines_to_seal(newest: Block | None, before: datetime, most: int) -> tuple[SealedLine, ...]:
    """At most `most` lines that stand in no block and come after those of the `newest` one, in the order of their ids, up to the first
    written at that moment or later: ids and moments of one instant may cross, and no line may be left behind a sealed one."""
    query = select(*_LINE).where(AuditLine.block.is_(None)).order_by(AuditLine.id).limit(most)
    if newest is not None and newest.last_id is not None:
        query = query.where(AuditLine.id > newest.last_id)
    found = (SealedLine(*row) for row in db.session.execute(query).all())
    return tuple(takewhile(lambda line: line.at < before, found))


def check_seals(now: datetime, kept: Mapping[int, str] | None = None) -> SealCheck:
    """Go over all blocks, a block at a time, and tell the first thing that does not hold.

    `kept` are hashes of blocks by number that were noted elsewhere; where the log was made anew from some block on, they alone tell.
    """
    seen = SealCheck(0, 0, 0, None)
    try:
        for seen in _walk(dict(kept or {})):  # noqa: B007 - the last of them is what was found
            pass
        return _with_rest(seen, now)
    except _Fault as fault:
        return SealCheck(seen.blocks, seen.lines, seen.unsealed, seen.newest, str(fault))


def _walk(kept: dict[int, str]) -> Iterator[SealCheck]:
    """What holds so far after each block; raises the first fault."""
    newest, lines = None, 0
    for block in _all_blocks():
        newest = _held(block, newest)
        wanted = kept.pop(block.number, block.hash)
        if wanted != block.hash:
            raise _Fault(f"khối {block.number} không còn là khối đã ghi lại trước đây: nhật ký đã được lập lại từ khối này hoặc trước đó")
        lines += block.line_count
        yield SealCheck(block.number, lines, 0, newest)
    if kept:
        raise _Fault(f"khối {min(kept)} đã ghi lại trước đây nay không còn")
    stray = db.session.execute(_stray(newest.number if newest else 0)).scalar()
    if stray is not None:
        raise _Fault(f"thiếu khối {stray}: còn dòng thuộc khối này")


def _held(block: Block, before: Block | None) -> Block:
    """The block with its newest line, after everything about it was found to hold."""
    number, previous = (before.number + 1, before.hash) if before else (1, FIRST)
    if block.number != number:
        raise _Fault(f"thiếu khối {number}")
    if block.previous_hash != previous:
        raise _Fault(f"khối {number} không nối tiếp khối {number - 1}: một trong hai khối đã bị sửa")
    lines = _lines_of(number)
    if len(lines) != block.line_count:
        how = "bị bớt" if len(lines) < block.line_count else "bị chèn thêm"
        raise _Fault(f"khối {number} {how} dòng: có {len(lines)} dòng, lúc niêm phong có {block.line_count}")
    if before and before.last_id and lines and lines[0].id <= before.last_id:
        raise _Fault(f"khối {number} có dòng {lines[0].id} đứng trước các dòng của khối {number - 1}")
    if block_hash(previous, number, block.sealed_at, lines) != block.hash:
        raise _Fault(f"khối {number} có dòng bị sửa hoặc bị thay")
    return replace(block, last_id=lines[-1].id if lines else None)


_OF_BLOCK: Select[*tuple[Any, ...]] = (
    select(*_LINE, AuditDetail.salt, AuditDetail.body)
    .outerjoin(AuditDetail, AuditDetail.line_id == AuditLine.id)
    .where(AuditLine.block == bindparam("number"))
    .order_by(AuditLine.id)
)


def _lines_of(number: int) -> list[SealedLine]:
    """The lines of a block; raises where the details of one are not those it was written with. Details may have been erased."""
    found = []
    for *facts, salt, body in run(_OF_BLOCK, {"number": number}):
        line = SealedLine(*facts)
        if body is not None and details_hash(salt, body) != line.details_hash:
            raise _Fault(f"khối {number}: thông tin kèm theo dòng {line.id} đã bị sửa")
        found.append(line)
    return found


def _with_rest(seen: SealCheck, now: datetime) -> SealCheck:
    """The same with the lines no block holds yet; raises where one is out of place or nobody seals."""
    unsealed = AuditLine.block.is_(None)
    count, oldest = db.session.execute(select(func.count(), func.min(AuditLine.at)).where(unsealed)).one()
    last_id = seen.newest.last_id if seen.newest else None
    if last_id is not None:
        early = db.session.execute(select(AuditLine.id).where(unsealed, AuditLine.id <= last_id).limit(1)).scalar()
        if early is not None:
            raise _Fault(
                f"dòng {early} không thuộc khối nào mà lại đứng trước dòng cuối của khối {seen.blocks}: được chèn sau khi niêm phong"
            )
    if oldest is not None and oldest < now - UNSEALED_FOR:
        raise _Fault(NOBODY_SEALS)
    return SealCheck(seen.blocks, seen.lines, count, seen.newest)


def _blocks() -> Select[*tuple[Any, ...]]:
    return select(AuditBlock.number, AuditBlock.line_count, AuditBlock.previous_hash, AuditBlock.hash, AuditBlock.sealed_at)


def _all_blocks() -> Iterator[Block]:
    """Every block in order, read a lot at a time."""
    after = 0
    while rows := db.session.execute(_blocks().where(AuditBlock.number > after).order_by(AuditBlock.number).limit(_A_LOT)).all():
        yield from (Block(*row) for row in rows)
        after = rows[-1].number


def _stray(after: int) -> Select[*tuple[Any, ...]]:
    """The first block past `after` that lines name and that is not there; one sealed meanwhile is there."""
    there = exists().where(AuditBlock.number == AuditLine.block)
    return select(func.min(AuditLine.block)).where(AuditLine.block > after, ~there)
